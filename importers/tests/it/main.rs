//! Integration tests of the importers.
