//! Golden reports, widths, escaping, policy.
