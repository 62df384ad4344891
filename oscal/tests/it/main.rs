//! Tests of the OSCAL models, the structural validator and the writers.

mod corpus;
mod datatypes;
mod documents;
mod mutations;
mod reference;
mod tables;
mod writing;
