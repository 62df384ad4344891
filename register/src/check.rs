//! What is wrong with certificates on a day.

use std::collections::BTreeSet;

use jiff::civil::Date;
use probity_diagnostics::{Diagnostic, Diagnostics, Location};

use crate::codes::{NOT_COVERED, NOT_IN_FORCE, OVERLAP, SURVEILLANCE};
use crate::{Certificate, Status};

/// How a certificate stands on a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Standing {
    /// What it is.
    pub status: Status,
    /// The surveillance assessment that is overdue.
    pub overdue: Option<Date>,
    /// The next day that matters: when a surveillance assessment is due, or its last day. None where it is at an end.
    pub next: Option<Date>,
}

impl Certificate {
    /// How it stands on a day.
    pub fn standing(&self, on: Date) -> Standing {
        let status = self.status(on);
        let confirmed = self.changes.iter().rfind(|change| {
            change.on <= on && matches!(change.status, Status::Issued | Status::Maintained | Status::Renewed)
        });
        let since = confirmed.map_or(self.from, |change| change.on);
        let open = self.surveillance.iter().copied().filter(|due| *due > since);
        let overdue = open.clone().find(|due| *due < on).filter(|_| status.is_in_force());
        let is_over = matches!(status, Status::Withdrawn | Status::Expired);
        let next = open.chain([self.last_day()]).filter(|day| *day >= on).min().filter(|_| !is_over);
        Standing { status, overdue, next }
    }
}

/// What is to be said of a certificate on a day: that it is not in force, that a surveillance is overdue, and which inherited
/// controls it does not cover.
pub fn review(certificate: &Certificate, on: Date) -> Diagnostics {
    let mut found = Diagnostics::new();
    let standing = certificate.standing(on);
    if !standing.status.is_in_force() && standing.status != Status::New {
        let last = certificate.changes.iter().rfind(|change| change.on <= on);
        let place = last.map_or_else(|| Location::file(&certificate.file), |change| change.location.clone());
        let since = match standing.status {
            Status::Expired => format!("its last day was {}", certificate.last_day()),
            _ => last.map(|change| format!("since {}", change.on)).unwrap_or_default(),
        };
        let message = format!("`{}` is {}: {since}", certificate.name, standing.status);
        found.push(Diagnostic::warning(&NOT_IN_FORCE, message).at(place));
    }
    if let Some(due) = standing.overdue {
        let message = format!("the surveillance of `{}` was due by {due}", certificate.name);
        found.push(Diagnostic::warning(&SURVEILLANCE, message).at(Location::file(&certificate.file)));
    }
    for inherited in certificate.controls().1 {
        let message = format!(
            "`{}` does not settle `{}`: it is a {}",
            certificate.name,
            inherited.control,
            certificate.kind.words()
        );
        found.push(Diagnostic::warning(&NOT_COVERED, message).at(inherited.location.clone()));
    }
    found
}

/// A finding for each certificate that has the name of an earlier one, or is in force at the same time for the same thing: of one
/// scheme, by one issuer and for one assessment.
pub fn overlaps(certificates: &[Certificate]) -> Diagnostics {
    let mut found = Diagnostics::new();
    let mut told: BTreeSet<&str> = BTreeSet::new();
    for (index, certificate) in certificates.iter().enumerate() {
        for earlier in certificates.iter().take(index) {
            let message = if earlier.name == certificate.name {
                format!("two certificates are called `{}`", certificate.name)
            } else if is_same_thing(earlier, certificate) && meet(earlier, certificate) {
                format!("`{}` and `{}` are in force at the same time", earlier.name, certificate.name)
            } else {
                continue;
            };
            if told.insert(&certificate.uuid) {
                let finding = Diagnostic::error(&OVERLAP, message).at(Location::file(&certificate.file));
                found.push(finding.also(Location::file(&earlier.file), "the other one"));
            }
        }
    }
    found
}

fn is_same_thing(one: &Certificate, other: &Certificate) -> bool {
    one.assessment.is_some()
        && one.scheme == other.scheme
        && one.issuer.name == other.issuer.name
        && one.assessment == other.assessment
}

fn meet(one: &Certificate, other: &Certificate) -> bool {
    let spans = other.in_force();
    one.in_force()
        .iter()
        .any(|one| spans.iter().any(|other| one.from <= other.until && other.from <= one.until))
}
