//! Tests of the ontology and of evidence sets.

mod canonical;
mod ontology;
mod sets;
mod writer;
