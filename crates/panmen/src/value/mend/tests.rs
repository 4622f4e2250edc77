//! Values as people type them, what is shown for each, and what that means.
