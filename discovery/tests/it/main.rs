//! Integration tests of discovery.
