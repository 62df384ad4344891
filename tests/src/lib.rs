//! Whole-pipeline tests that drive the binary.
