// Written by `cargo xtask schema` from the tables in `oscal/schema`. Do not edit.
//! The structure of OSCAL 1.2.2 as constant data.

mod assessment;
mod assessment_plan;
mod assessment_results;
mod catalog;
mod component;
mod constraints;
mod control;
mod datatypes;
mod implementation;
mod mapping;
mod metadata;
mod poam;
mod profile;
mod ssp;

pub use constraints::DECLARATIONS;
pub use datatypes::Datatype;

use super::Root;

/// The models by their key at the root of a document.
pub static ROOTS: &[Root] = &[
    Root { key: "catalog", definition: &catalog::CATALOG },
    Root { key: "mapping-collection", definition: &mapping::MAPPING_COLLECTION },
    Root { key: "profile", definition: &profile::PROFILE },
    Root { key: "component-definition", definition: &component::COMPONENT_DEFINITION },
    Root { key: "system-security-plan", definition: &ssp::SYSTEM_SECURITY_PLAN },
    Root { key: "assessment-plan", definition: &assessment_plan::ASSESSMENT_PLAN },
    Root { key: "assessment-results", definition: &assessment_results::ASSESSMENT_RESULTS },
    Root { key: "plan-of-action-and-milestones", definition: &poam::PLAN_OF_ACTION_AND_MILESTONES },
];
