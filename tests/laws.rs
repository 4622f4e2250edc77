//! What holds for every pack and firm.
