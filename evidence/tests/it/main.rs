//! Tests of the ontology and of evidence sets.

mod ontology;
