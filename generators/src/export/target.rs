//! What can be exported for.

use std::fmt;
use std::str::FromStr;

use probity_oscal::Release;
use probity_oscal::release::RELEASES;

/// Whom an export is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Target {
    /// SARIF 2.1.0, for code scanning and editors.
    Sarif,
    /// A `JUnit` report, for CI.
    Junit,
    /// Compliance Findings of OCSF 1.5, for data lakes.
    Ocsf,
    /// Generic findings of `DefectDojo`.
    DefectDojo,
    /// A library of CISO Assistant with the controls as a framework.
    CisoAssistant,
    /// The plan of action and milestones for the interface of eMASS.
    Emass,
    /// A workspace of compliance-trestle.
    Trestle,
    /// A closed bundle for `ServiceNow`, in OSCAL 1.1.2.
    ServiceNow,
    /// A closed bundle with what `FedRAMP` asks of Rev. 5 packages.
    FedrampRev5,
    /// A closed bundle in a release of OSCAL.
    Oscal(Release),
}

impl Target {
    /// All targets, in the order in which they are told.
    pub fn all() -> Vec<Self> {
        let mut all: Vec<Self> = RELEASES.iter().map(|release| Self::Oscal(*release)).collect();
        all.extend([
            Self::ServiceNow,
            Self::FedrampRev5,
            Self::DefectDojo,
            Self::CisoAssistant,
            Self::Emass,
            Self::Sarif,
            Self::Junit,
            Self::Ocsf,
            Self::Trestle,
        ]);
        all
    }

    /// What it is, in a few words.
    pub fn about(self) -> &'static str {
        match self {
            Self::Sarif => "SARIF 2.1.0, for code scanning and editors",
            Self::Junit => "JUnit report, for CI",
            Self::Ocsf => "Compliance Findings of OCSF 1.5, for data lakes",
            Self::DefectDojo => "generic findings of DefectDojo (JSON)",
            Self::CisoAssistant => "library of CISO Assistant (YAML) with the controls as a framework",
            Self::Emass => "plan of action and milestones for the REST interface of eMASS (JSON)",
            Self::Trestle => "workspace of compliance-trestle",
            Self::ServiceNow => "closed bundle for ServiceNow: JSON in OSCAL 1.1.2",
            Self::FedrampRev5 => "closed bundle, held to what FedRAMP asks of Rev. 5 packages",
            Self::Oscal(_) => "closed bundle in that release of OSCAL",
        }
    }

    /// Whether it is written as several files.
    pub fn is_folder(self) -> bool {
        matches!(self, Self::Trestle | Self::ServiceNow | Self::FedrampRev5 | Self::Oscal(_))
    }
}

impl fmt::Display for Target {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Sarif => f.write_str("sarif"),
            Self::Junit => f.write_str("junit"),
            Self::Ocsf => f.write_str("ocsf"),
            Self::DefectDojo => f.write_str("defectdojo"),
            Self::CisoAssistant => f.write_str("ciso-assistant"),
            Self::Emass => f.write_str("emass"),
            Self::Trestle => f.write_str("trestle"),
            Self::ServiceNow => f.write_str("servicenow"),
            Self::FedrampRev5 => f.write_str("fedramp-rev5"),
            Self::Oscal(release) => write!(f, "oscal-{release}"),
        }
    }
}

/// A name that no target has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NoTarget;

impl FromStr for Target {
    type Err = NoTarget;

    fn from_str(name: &str) -> Result<Self, NoTarget> {
        Self::all().into_iter().find(|target| target.to_string() == name).ok_or(NoTarget)
    }
}
