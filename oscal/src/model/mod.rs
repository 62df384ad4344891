// Written by `cargo xtask schema` from the tables in `oscal/schema`. Do not edit.
//! The OSCAL 1.2.2 models as plain structs, one file per module.

pub mod assessment;
pub mod assessment_plan;
pub mod assessment_results;
pub mod catalog;
pub mod component;
pub mod control;
mod decimal;
mod document;
pub mod implementation;
pub mod mapping;
pub mod metadata;
pub mod poam;
pub mod profile;
mod singleton_or_array;
pub mod ssp;

pub use assessment_plan::AssessmentPlan;
pub use assessment_results::AssessmentResults;
pub use catalog::Catalog;
pub use component::ComponentDefinition;
pub use decimal::Decimal;
pub use document::{Model, OscalDocument};
pub use mapping::MappingCollection;
pub use poam::PlanOfActionAndMilestones;
pub use profile::Profile;
pub use ssp::SystemSecurityPlan;

/// Release of OSCAL that the types follow and that new documents name.
pub const OSCAL_VERSION: &str = "1.2.2";

/// XML namespace of OSCAL documents.
pub const XML_NAMESPACE: &str = "http://csrc.nist.gov/ns/oscal/1.0";
