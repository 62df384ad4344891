use serde::Serialize;

/// A certificate or attestation report of a project's register, as it stands when the results were judged: set against them, or
/// one that controls are inherited from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Certificate {
    /// How the project calls it.
    pub name: String,
    /// Its title.
    pub title: String,
    /// The scheme that it is of.
    pub scheme: String,
    /// What kind of thing it is: `certificate, level high`, `type-2 report, unqualified`.
    pub kind: String,
    /// The number that the issuer gave it.
    pub reference: Option<String>,
    /// Who issued it.
    pub issuer: Option<String>,
    /// Its status, as the register says it: `issued`, `suspended` …
    pub status: String,
    /// Whether it is in force.
    pub in_force: bool,
    /// The first day of its term, or of the period that it covers.
    pub from: String,
    /// The last day on which it can be relied on.
    pub until: String,
    /// The day by which a surveillance assessment was due, and none was recorded since.
    pub overdue: Option<String>,
    /// Controls of its scope that fail now, and did not when it was issued; none where the results are not those that it is set
    /// against.
    pub at_risk: Vec<String>,
    /// Ids of the controls that are inherited from it.
    pub inherited: Vec<String>,
    /// Ids of the controls that are said to be inherited from it and that it does not settle.
    pub not_covered: Vec<String>,
}

impl Certificate {
    /// How it stands: the state whose colour and sign it has, and the label.
    pub(crate) fn standing(&self) -> (&'static str, &'static str) {
        match (self.in_force, self.at_risk.is_empty(), &self.overdue) {
            (_, false, _) => ("fail", "At risk"),
            (false, ..) => ("expired", "Not in force"),
            (true, true, Some(_)) => ("unknown", "Surveillance overdue"),
            (true, true, None) => ("satisfied", "In force"),
        }
    }
}

/// A certificate with how it stands.
#[derive(Serialize)]
pub(crate) struct Shown<'a> {
    certificate: &'a Certificate,
    state: &'static str,
    standing: &'static str,
}

/// The certificates as templates show them.
pub(crate) fn shown(certificates: &[Certificate]) -> Vec<Shown<'_>> {
    let all = certificates.iter().map(|certificate| {
        let (state, standing) = certificate.standing();
        Shown { certificate, state, standing }
    });
    all.collect()
}
