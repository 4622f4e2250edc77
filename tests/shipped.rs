//! The shipped packs and firms.
