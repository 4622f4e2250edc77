//! One bad file for every diagnostic code, and what is said of it.
