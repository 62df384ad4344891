//! Certificates: what is understood, when they are in force, and what is said of them.
#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::string_slice,
    clippy::panic,
    reason = "a test may panic, and cuts its own texts"
)]

mod reading;
mod time;

use probity_diagnostics::{MemoryTree, Step, TreePath};
use probity_register::{Certificate, load};

/// A report of type 2 from which one control is inherited.
const REPORT: &str = "\
component-definition:
  uuid: 6f0e2d1c-1111-4111-8111-000000000001
  metadata:
    title: Report
    last-modified: \"2026-10-06T09:00:00Z\"
    version: 1.0.0
    oscal-version: 1.2.2
    roles: [{id: issuer, title: Issuer}]
    parties: [{uuid: 6f0e2d1c-1111-4111-8111-000000000002, type: organization, name: Auditors}]
  components:
    - uuid: 6f0e2d1c-1111-4111-8111-000000000003
      type: validation
      title: Report
      description: Two halls.
      props:
        - {name: certificate-name, ns: \"https://w3id.org/probity/oscal/1\", value: halls}
        - {name: scheme, ns: \"https://w3id.org/probity/oscal/1\", value: bsi-c5}
        - {name: report-type, ns: \"https://w3id.org/probity/oscal/1\", value: type-2}
        - {name: opinion, ns: \"https://w3id.org/probity/oscal/1\", value: unqualified}
        - {name: valid-from, ns: \"https://w3id.org/probity/oscal/1\", value: \"2025-10-01\"}
        - {name: valid-until, ns: \"https://w3id.org/probity/oscal/1\", value: \"2026-09-30\"}
        - {name: bridge-until, ns: \"https://w3id.org/probity/oscal/1\", value: \"2026-12-31\"}
        - {name: surveillance, ns: \"https://w3id.org/probity/oscal/1\", value: \"2026-11-15\"}
        - {name: status, ns: \"https://w3id.org/probity/oscal/1\", class: issued, value: \"2026-10-05\"}
      responsible-roles:
        - {role-id: issuer, party-uuids: [6f0e2d1c-1111-4111-8111-000000000002]}
      control-implementations:
        - uuid: 6f0e2d1c-1111-4111-8111-000000000004
          source: ../catalogs/own.yaml
          description: Doors.
          implemented-requirements:
            - {uuid: 6f0e2d1c-1111-4111-8111-000000000005, control-id: ps-1, description: Doors are shut.}
  back-matter:
    resources:
      - uuid: 6f0e2d1c-1111-4111-8111-000000000006
        title: The report
        rlinks:
          - href: documents/report.txt
            hashes: [{algorithm: SHA-256, value: 2c26b46b68ffc68ff99b453c1d30413413422d706483bfa0f98a5e886266e7ae}]
";

/// A change of status, as a line of props.
fn change(status: &str, day: &str) -> String {
    format!(
        "\n        - {{name: status, ns: \"https://w3id.org/probity/oscal/1\", class: {status}, value: \"{day}\"}}"
    )
}

/// A project with this certificate, and the document `foo`, whose SHA-256 it records.
fn tree(text: &str) -> MemoryTree {
    MemoryTree::of([("certificates/halls.yaml", text), ("certificates/documents/report.txt", "foo")]).unwrap()
}

/// The certificate that a text is.
fn read(text: &str) -> Step<Certificate> {
    load(&tree(text), &TreePath::parse("certificates/halls.yaml").unwrap())
}

/// The report with further changes of status.
fn report_with(changes: &[(&str, &str)]) -> Certificate {
    let issued = change("issued", "2026-10-05");
    let more: String = changes.iter().map(|(status, day)| change(status, day)).collect();
    read(&REPORT.replace(&issued, &format!("{issued}{more}"))).unwrap().value
}
