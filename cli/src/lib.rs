//! The probity command line.
