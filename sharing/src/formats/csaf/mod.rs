//! CSAF 2.0 and 2.1: a document of the profile "Security incident response". It has notes, references and vulnerabilities; the rest
//! of an incident is carried in a note.

mod read;
mod write;

pub(super) use read::read;
pub(super) use write::write;

/// The profile of documents about incidents.
const PROFILE: &str = "csaf_security_incident_response";
/// What references are called by that lead to the publisher because a document must have one.
const PUBLISHER: &str = "The publisher";
/// Where the schema of CSAF 2.1 lies, which documents name.
const SCHEMA_2_1: &str = "https://docs.oasis-open.org/csaf/csaf/v2.1/schema/csaf.json";

/// The versions of CSAF.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Version {
    /// 2.0, which knows the labels of before 2022 only.
    V2_0,
    /// 2.1.
    V2_1,
}

impl Version {
    /// The version as documents write it.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::V2_0 => "2.0",
            Self::V2_1 => "2.1",
        }
    }
}
