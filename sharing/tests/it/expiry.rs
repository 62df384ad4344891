//! For how long incidents and received packages are kept.

use jiff::civil::date;
use probity_diagnostics::{BundledTree, FileTree, MemoryTree, OverlayTree};
use probity_sharing::expiry::kept;
use probity_sharing::incident::Retention;

use crate::incidents::path;

fn incident(id: &str, status: &str, times: &str, more: &str) -> String {
    format!(
        "id: {id}\nissuer: cert.alpha.example\nkind: attack\npurpose: watch\nstatus: {status}\ntimes: {{generated: 2026-03-01T00:00:00Z{times}}}\n\
         contacts: [{{role: creator, type: organization, name: B}}]\n{more}"
    )
}

fn tree(files: &[(&str, &str)]) -> impl FileTree + use<> {
    let files = MemoryTree::of(files.iter().map(|(path, text)| (*path, *text))).unwrap();
    OverlayTree::new(files, BundledTree::new(probity_content::FILES))
}

#[test]
fn a_time_is_days_months_or_years() {
    let since = "2026-02-28T23:59:59Z".parse().unwrap();
    for (text, until) in
        [("P2Y", "2028-02-28"), ("P18M", "2027-08-28"), ("P90D", "2026-05-29"), ("P1Y2M3D", "2027-05-01")]
    {
        let retention: Retention = text.parse().unwrap();
        assert_eq!(retention.until(since).unwrap().to_string(), until, "{text}");
        assert_eq!(retention.to_string().parse(), Ok(retention));
    }
    for wrong in ["2Y", "P", "", "PT5H", "P1DT1H", "-P1Y", "P0D", "two years", "p1y"] {
        assert!(wrong.parse::<Retention>().is_err(), "{wrong}");
    }
}

#[test]
fn an_incident_counts_from_when_it_was_over_and_a_package_from_its_receipt() {
    let own = incident("A", "resolved", ", ended: 2026-01-10T00:00:00Z", "retention: P1Y\n");
    let policy =
        incident("B", "resolved", ", ended: 2026-01-10T00:00:00Z, recovered: 2026-02-01T00:00:00Z", "");
    let open = incident("C", "in-progress", ", ended: 2026-01-10T00:00:00Z", "");
    let bare = incident("D", "resolved", "", "");
    let theirs = incident("T", "in-progress", "", "retention: P6M\n");
    let receipt = "{\"received\": \"2026-04-01T00:00:00Z\"}";
    let tree = tree(&[
        ("sharing/incidents/2026/A.yaml", &own),
        ("sharing/incidents/2026/B.yaml", &policy),
        ("sharing/incidents/2026/C.yaml", &open),
        ("sharing/incidents/2026/D.yaml", &bare),
        ("sharing/received/beta/p1/receipt.json", receipt),
        ("sharing/received/beta/p1/documents/T.TLP-AMBER.yaml", &theirs),
        ("sharing/received/beta/p2/receipt.json", receipt),
        ("sharing/received/beta/p2/documents/notes.TLP-AMBER.md", "notes\n"),
        ("sharing/received/gamma/p3/receipt.json", "{}"),
        ("sharing/received/gamma/p4/manifest.json", "{}"),
    ]);
    let days = |policy: Option<&str>| {
        let policy = policy.map(|text| text.parse().unwrap());
        let (all, found) = kept(&tree, &path("sharing/received"), policy).unwrap();
        assert_eq!(found.iter().map(|one| one.code.id).collect::<Vec<_>>(), ["PB1055", "PB1055"]);
        all.iter().map(|one| one.until.map(|day| day.to_string())).collect::<Vec<_>>()
    };
    let day = |text: &str| Some(text.to_owned());
    assert_eq!(
        days(Some("P3Y")),
        [day("2027-01-10"), day("2029-02-01"), None, day("2029-03-01"), day("2026-10-01"), day("2029-04-01")],
        "its own, else that of the policy; what is open is not over; of a package the shortest"
    );
    assert_eq!(days(None), [day("2027-01-10"), None, None, None, day("2026-10-01"), None], "nobody says");
    let (all, _) = kept(&tree, &path("sharing/received"), None).unwrap();
    assert!(
        !all[0].is_expired(date(2027, 1, 10)) && all[0].is_expired(date(2027, 1, 11)),
        "the last day counts"
    );
}

#[test]
fn an_incident_that_cannot_be_read_is_not_passed_over() {
    let tree = tree(&[("sharing/incidents/2026/A.yaml", "id: A\n")]);
    assert!(kept(&tree, &path("sharing/received"), None).is_err());
}
