//! The documents that are made from lists, and those that name files.
