//! The ontology of cloud resources, and evidence written in its words.
//!
//! An evidence set is JSON lines: a `begin` record, one record per resource,
//! `gone` and `problem` records, and an `end` record with counts and the state
//! of each service. A property of a resource has three states: a value, `null`
//! (looked for and absent) and missing (not collected).

pub mod codes;
mod ontology;

pub use ontology::{Feature, NotationError, Ontology, Property, PropertyType, ResourceType, TypeName};
