// Written by `cargo xtask schema` from the tables in `oscal/schema`. Do not edit.
//! The root of a document: one of the OSCAL models.

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::metadata::{BackMatter, Metadata};

/// A document: its model under its one key.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum OscalDocument {
    /// A `catalog` document.
    Catalog(Box<super::Catalog>),
    /// A `mapping-collection` document.
    MappingCollection(Box<super::MappingCollection>),
    /// A `profile` document.
    Profile(Box<super::Profile>),
    /// A `component-definition` document.
    ComponentDefinition(Box<super::ComponentDefinition>),
    /// A `system-security-plan` document.
    SystemSecurityPlan(Box<super::SystemSecurityPlan>),
    /// A `assessment-plan` document.
    AssessmentPlan(Box<super::AssessmentPlan>),
    /// A `assessment-results` document.
    AssessmentResults(Box<super::AssessmentResults>),
    /// A `plan-of-action-and-milestones` document.
    PlanOfActionAndMilestones(Box<super::PlanOfActionAndMilestones>),
}

/// A model that may stand at the root of a document.
pub trait Model: Sized {
    /// Its key at the root.
    const ROOT: &'static str;

    /// The model out of a document.
    ///
    /// # Errors
    /// The document, where it holds another model.
    fn of(document: OscalDocument) -> Result<Self, OscalDocument>;
}

impl OscalDocument {
    /// The keys that may stand at the root.
    pub const ROOTS: &'static [&'static str] = &[
        "catalog",
        "mapping-collection",
        "profile",
        "component-definition",
        "system-security-plan",
        "assessment-plan",
        "assessment-results",
        "plan-of-action-and-milestones",
    ];

    /// Reads the model that stands under `root`; none where `root` is no OSCAL root.
    ///
    /// # Errors
    /// A value that does not have the shape of the model.
    pub fn from_value(root: &str, model: &Value) -> Option<Result<Self, serde_json::Error>> {
        Some(match root {
            "catalog" => super::Catalog::deserialize(model).map(Self::from),
            "mapping-collection" => super::MappingCollection::deserialize(model).map(Self::from),
            "profile" => super::Profile::deserialize(model).map(Self::from),
            "component-definition" => super::ComponentDefinition::deserialize(model).map(Self::from),
            "system-security-plan" => super::SystemSecurityPlan::deserialize(model).map(Self::from),
            "assessment-plan" => super::AssessmentPlan::deserialize(model).map(Self::from),
            "assessment-results" => super::AssessmentResults::deserialize(model).map(Self::from),
            "plan-of-action-and-milestones" => {
                super::PlanOfActionAndMilestones::deserialize(model).map(Self::from)
            }
            _ => return None,
        })
    }

    /// The key at the root.
    pub fn root(&self) -> &'static str {
        match self {
            Self::Catalog(_) => "catalog",
            Self::MappingCollection(_) => "mapping-collection",
            Self::Profile(_) => "profile",
            Self::ComponentDefinition(_) => "component-definition",
            Self::SystemSecurityPlan(_) => "system-security-plan",
            Self::AssessmentPlan(_) => "assessment-plan",
            Self::AssessmentResults(_) => "assessment-results",
            Self::PlanOfActionAndMilestones(_) => "plan-of-action-and-milestones",
        }
    }

    /// The uuid of the document.
    pub fn uuid(&self) -> &str {
        match self {
            Self::Catalog(model) => &model.uuid,
            Self::MappingCollection(model) => &model.uuid,
            Self::Profile(model) => &model.uuid,
            Self::ComponentDefinition(model) => &model.uuid,
            Self::SystemSecurityPlan(model) => &model.uuid,
            Self::AssessmentPlan(model) => &model.uuid,
            Self::AssessmentResults(model) => &model.uuid,
            Self::PlanOfActionAndMilestones(model) => &model.uuid,
        }
    }

    /// The metadata of the document.
    pub fn metadata(&self) -> &Metadata {
        match self {
            Self::Catalog(model) => &model.metadata,
            Self::MappingCollection(model) => &model.metadata,
            Self::Profile(model) => &model.metadata,
            Self::ComponentDefinition(model) => &model.metadata,
            Self::SystemSecurityPlan(model) => &model.metadata,
            Self::AssessmentPlan(model) => &model.metadata,
            Self::AssessmentResults(model) => &model.metadata,
            Self::PlanOfActionAndMilestones(model) => &model.metadata,
        }
    }

    /// The back matter of the document.
    pub fn back_matter(&self) -> Option<&BackMatter> {
        match self {
            Self::Catalog(model) => model.back_matter.as_ref(),
            Self::MappingCollection(model) => model.back_matter.as_ref(),
            Self::Profile(model) => model.back_matter.as_ref(),
            Self::ComponentDefinition(model) => model.back_matter.as_ref(),
            Self::SystemSecurityPlan(model) => model.back_matter.as_ref(),
            Self::AssessmentPlan(model) => model.back_matter.as_ref(),
            Self::AssessmentResults(model) => model.back_matter.as_ref(),
            Self::PlanOfActionAndMilestones(model) => model.back_matter.as_ref(),
        }
    }
}

impl From<super::Catalog> for OscalDocument {
    fn from(model: super::Catalog) -> Self {
        Self::Catalog(Box::new(model))
    }
}

impl Model for super::Catalog {
    const ROOT: &'static str = "catalog";

    fn of(document: OscalDocument) -> Result<Self, OscalDocument> {
        match document {
            OscalDocument::Catalog(model) => Ok(*model),
            other => Err(other),
        }
    }
}

impl From<super::MappingCollection> for OscalDocument {
    fn from(model: super::MappingCollection) -> Self {
        Self::MappingCollection(Box::new(model))
    }
}

impl Model for super::MappingCollection {
    const ROOT: &'static str = "mapping-collection";

    fn of(document: OscalDocument) -> Result<Self, OscalDocument> {
        match document {
            OscalDocument::MappingCollection(model) => Ok(*model),
            other => Err(other),
        }
    }
}

impl From<super::Profile> for OscalDocument {
    fn from(model: super::Profile) -> Self {
        Self::Profile(Box::new(model))
    }
}

impl Model for super::Profile {
    const ROOT: &'static str = "profile";

    fn of(document: OscalDocument) -> Result<Self, OscalDocument> {
        match document {
            OscalDocument::Profile(model) => Ok(*model),
            other => Err(other),
        }
    }
}

impl From<super::ComponentDefinition> for OscalDocument {
    fn from(model: super::ComponentDefinition) -> Self {
        Self::ComponentDefinition(Box::new(model))
    }
}

impl Model for super::ComponentDefinition {
    const ROOT: &'static str = "component-definition";

    fn of(document: OscalDocument) -> Result<Self, OscalDocument> {
        match document {
            OscalDocument::ComponentDefinition(model) => Ok(*model),
            other => Err(other),
        }
    }
}

impl From<super::SystemSecurityPlan> for OscalDocument {
    fn from(model: super::SystemSecurityPlan) -> Self {
        Self::SystemSecurityPlan(Box::new(model))
    }
}

impl Model for super::SystemSecurityPlan {
    const ROOT: &'static str = "system-security-plan";

    fn of(document: OscalDocument) -> Result<Self, OscalDocument> {
        match document {
            OscalDocument::SystemSecurityPlan(model) => Ok(*model),
            other => Err(other),
        }
    }
}

impl From<super::AssessmentPlan> for OscalDocument {
    fn from(model: super::AssessmentPlan) -> Self {
        Self::AssessmentPlan(Box::new(model))
    }
}

impl Model for super::AssessmentPlan {
    const ROOT: &'static str = "assessment-plan";

    fn of(document: OscalDocument) -> Result<Self, OscalDocument> {
        match document {
            OscalDocument::AssessmentPlan(model) => Ok(*model),
            other => Err(other),
        }
    }
}

impl From<super::AssessmentResults> for OscalDocument {
    fn from(model: super::AssessmentResults) -> Self {
        Self::AssessmentResults(Box::new(model))
    }
}

impl Model for super::AssessmentResults {
    const ROOT: &'static str = "assessment-results";

    fn of(document: OscalDocument) -> Result<Self, OscalDocument> {
        match document {
            OscalDocument::AssessmentResults(model) => Ok(*model),
            other => Err(other),
        }
    }
}

impl From<super::PlanOfActionAndMilestones> for OscalDocument {
    fn from(model: super::PlanOfActionAndMilestones) -> Self {
        Self::PlanOfActionAndMilestones(Box::new(model))
    }
}

impl Model for super::PlanOfActionAndMilestones {
    const ROOT: &'static str = "plan-of-action-and-milestones";

    fn of(document: OscalDocument) -> Result<Self, OscalDocument> {
        match document {
            OscalDocument::PlanOfActionAndMilestones(model) => Ok(*model),
            other => Err(other),
        }
    }
}
