//! The register of certificates and attestation reports.
//!
//! A certificate is an OSCAL component definition with one component of type `validation`: what somebody else found out
//! about a system, be it the own one or that of a supplier. What OSCAL has a field for stands there; props in Probity's
//! namespace (`https://w3id.org/probity/oscal/1`) say the rest. Days are dates as in RFC 3339, in UTC, and all of them count
//! from their beginning to their end.
//!
//! - `certificate-name`, one: lower-case letters, digits and hyphens; how the certificate is called in a project.
//! - `scheme`, one: `eucs`, `bsi-c5`, `iso-27001`, `soc-2` …
//! - `level`: the level of assurance of a certificate, or `report-type`: `type-1` or `type-2` of an attestation report, and
//!   never both. A report has an `opinion`: `unqualified`, `qualified`, `adverse` or `disclaimer`; each `exception` of a qualified
//!   one names a control.
//! - `valid-from` and `valid-until`, one each: of a report of type 2 the period that it covers. `bridge-until`: how far a
//!   bridge letter leads beyond it.
//! - `status`, one for each change: the class is what it became, the value the day, the remarks the reason.
//! - `surveillance`, any number: days by which a surveillance assessment is due.
//! - `assessment`: the assessment of the project whose results are set against it, and `scope-control`: the controls of its
//!   scope, all of the assessment's where there is none.
//! - The issuer is the party with role `issuer` among the component's `responsible-roles`; who runs what was examined has role
//!   `provider`.
//! - The resources of the back matter are its documents: a path and its SHA-256. A resource with prop `kind` and value
//!   `baseline` is the assessment results that it was issued on.
//! - `control-implementations` name the controls that are inherited from it: [`Certificate::inherited`].

mod certificate;
mod check;
pub mod codes;
mod document;
mod force;
mod read;
mod status;
mod write;

pub use certificate::{Bearer, Certificate, Change, Document, Duty, Inherited, Kind, Opinion, ReportType};
pub use check::{Standing, overlaps, review};
pub use document::altered;
pub use force::Span;
pub use read::{from_document, inherited_from, load, procedure_of, supplier_of};
pub use status::Status;
pub use write::{NewCertificate, new_document, with_change};
