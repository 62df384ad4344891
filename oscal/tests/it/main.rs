//! Tests of the OSCAL models, the structural validator and the writers.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::print_stdout,
    reason = "a test may panic, and says why it is skipped"
)]

mod changes;
mod constraints;
mod corpus;
mod crashes;
mod datatypes;
mod derived;
mod differences;
mod documents;
mod flips;
mod formats;
mod fuzzed;
mod merging;
mod merging_at_random;
mod metapath;
mod metapath_trees;
mod mutations;
mod patch;
mod prose;
mod published_profiles;
mod random;
mod reference;
mod references;
mod requirements;
mod resolving;
mod resolving_again;
mod revisions;
mod robust;
mod splitting;
mod suites;
mod tables;
mod tracing;
mod writing;
mod xml;
mod yaml_readers;
