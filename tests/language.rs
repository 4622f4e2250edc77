//! Operators, functions and outcomes, as tables of packs, facts and results.
