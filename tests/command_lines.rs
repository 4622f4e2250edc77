//! The commands as a shell runs them: output, errors, exit codes.
