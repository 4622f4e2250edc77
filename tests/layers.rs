//! The layout of the house: arrows, sizes, headers.
