//! Putting colours into documents.

use probity_diagnostics::TreePath;
use probity_sharing::marking::{Put, of, put};
use probity_sharing::{Label, Stop};
use rstest::rstest;

const OSCAL: &str = "component-definition:
  # who we are
  uuid: 9b0f0c1e-1d53-4bd5-8f4b-3e5f5bb4a001
  metadata:
    title: Members
    last-modified: 2026-11-01T00:00:00Z
    version: \"1\"
    oscal-version: 1.2.2
";

#[rstest]
#[case(
    "a.yaml",
    "# ours\nmarking: TLP:AMBER # for now\ntitle: t\n",
    "# ours\nmarking: TLP:GREEN # for now\ntitle: t\n"
)]
#[case(
    "a.yaml",
    "marking: \"amber\"\nparts:\n  - marking: 'TLP:AMBER'\n",
    "marking: \"TLP:GREEN\"\nparts:\n  - marking: 'TLP:GREEN'\n"
)]
#[case("a.json", "{\"marking\": \"TLP:RED\"}", "{\"marking\": \"TLP:GREEN\"}")]
#[case("a.md", "# Title\n", "---\nmarking: TLP:GREEN\noriginator: \"alpha\"\n---\n\n# Title\n")]
#[case("a.md", "---\ntitle: t\n---\n", "---\nmarking: TLP:GREEN\noriginator: \"alpha\"\ntitle: t\n---\n")]
#[case(
    "a.md",
    "---\nmarking: TLP:RED\n---\n\n**TLP:RED**\n",
    "---\nmarking: TLP:GREEN\n---\n\n**TLP:GREEN**\n"
)]
#[case("a.txt", "TLP:AMBER+STRICT\ntext\nTLP:AMBER+STRICT\n", "TLP:GREEN\ntext\nTLP:GREEN\n")]
fn a_label_is_written_where_it_stands(#[case] file: &str, #[case] text: &str, #[case] expected: &str) {
    let path = TreePath::parse(file).unwrap();
    match put(text.as_bytes(), &path, Label::Green, Some("alpha")).unwrap() {
        Put::Into(bytes) => assert_eq!(String::from_utf8(bytes).unwrap(), expected),
        Put::Beside(_) => panic!("it has a field"),
    }
}

#[test]
fn oscal_gets_the_prop_and_keeps_its_comments() {
    let path = TreePath::parse("a.yaml").unwrap();
    let Put::Into(bytes) = put(OSCAL.as_bytes(), &path, Label::Green, Some("alpha")).unwrap() else {
        panic!("it has a field")
    };
    let marking = of(&bytes, &path, None).unwrap();
    assert_eq!((marking.label, marking.originator.as_deref()), (Label::Green, Some("alpha")));
    assert!(String::from_utf8(bytes.clone()).unwrap().contains("# who we are"));
    assert!(probity_oscal::parse(&bytes, &path).unwrap().warnings.is_empty());
    let Put::Into(again) = put(&bytes, &path, Label::Red, None).unwrap() else { panic!("it has a field") };
    assert_eq!(of(&again, &path, None).unwrap().label, Label::Red);
}

#[rstest]
#[case("hosts.csv", "address\n")]
#[case("page.pdf", "%PDF-1.7\n")]
#[case("manifest.yaml", "kind: Pod\n")]
fn what_has_no_field_gets_a_sidecar(#[case] file: &str, #[case] text: &str) {
    let path = TreePath::parse(file).unwrap();
    let Put::Beside(sidecar) = put(text.as_bytes(), &path, Label::Green, Some("alpha")).unwrap() else {
        panic!("it has no field")
    };
    let marking = of(text.as_bytes(), &path, Some(sidecar.text().as_bytes())).unwrap();
    assert_eq!((marking.label, marking.originator.as_deref()), (Label::Green, Some("alpha")));
}

#[rstest]
#[case("i.xml", "<IODEF-Document><Incident restriction=\"amber\"/></IODEF-Document>")]
#[case("i.xml", "<IODEF-Document><Incident/></IODEF-Document>")]
#[case(
    "a.json",
    "{\"document\": {\"csaf_version\": \"2.0\", \"distribution\": {\"tlp\": {\"label\": \"AMBER\"}}}}"
)]
#[case("e.json", "{\"Event\": {\"Tag\": [{\"name\": \"tlp:amber\"}]}}")]
#[case("a.yaml", "marking: TLP:AMBER\nparts:\n  - marking: TLP:RED\n")]
fn what_other_tools_write_and_what_is_mixed_is_refused(#[case] file: &str, #[case] text: &str) {
    let path = TreePath::parse(file).unwrap();
    assert!(matches!(put(text.as_bytes(), &path, Label::Green, None), Err(Stop::Refused(_))));
}

#[test]
fn pages_that_bear_a_label_do_not_get_another_one() {
    let path = TreePath::parse("report.pdf").unwrap();
    let marked = b"%PDF-1.7\n<< /Keywords (TLP:AMBER) >>\n";
    let Err(Stop::Refused(refusals)) = put(marked, &path, Label::Green, None) else {
        panic!("it is refused")
    };
    assert_eq!(refusals[0].rule.id, "TLP-006");
    assert!(refusals[0].remedy.contains("make it anew"), "{}", refusals[0].remedy);
    // one that bears none gets a file beside it
    assert!(matches!(put(b"%PDF-1.7\n", &path, Label::Green, None), Ok(Put::Beside(_))));
}
