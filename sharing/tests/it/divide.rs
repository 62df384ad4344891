//! One document for each colour, and what is wrong with markings.

use probity_diagnostics::{MemoryTree, TreePath};
use probity_sharing::marking::{divide, lint, of};
use probity_sharing::{Label, Stop};
use rstest::rstest;
use serde_json::{Value, json};

const GREEN: &str = "marking-definition--bab4a63c-aed9-4cf5-a766-dfca5abac2bb";
const RED: &str = "marking-definition--e828b379-4e03-4974-9ac4-e53a884c97c1";

fn path(text: &str) -> TreePath {
    TreePath::parse(text).unwrap()
}

fn object(kind: &str, number: u8, marking: Option<&str>) -> Value {
    let mut object =
        json!({"type": kind, "id": format!("{kind}--0000000{number}-0000-4000-8000-000000000000")});
    if let Some(marking) = marking {
        object["object_marking_refs"] = json!([marking]);
    }
    object
}

fn bundle(objects: &[Value]) -> Value {
    json!({"type": "bundle", "id": "bundle--00000000-0000-4000-8000-000000000000", "objects": objects})
}

fn divided(value: &Value) -> Result<Vec<(Label, Value)>, String> {
    let made = divide(value.to_string().as_bytes(), &path("feed.json")).map_err(|stop| match stop {
        Stop::Refused(refusals) => format!("{}: {}", refusals[0].code.id, refusals[0].message),
        Stop::Unreadable(findings) => findings.first_message(),
    })?;
    Ok(made.into_iter().map(|(label, text)| (label, serde_json::from_slice(&text).unwrap())).collect())
}

#[test]
fn a_bundle_becomes_a_bundle_for_each_colour() {
    let definition = json!({"type": "marking-definition", "id": GREEN, "definition_type": "tlp"});
    let mut aside = object("malware", 4, Some(RED));
    aside["created_by_ref"] = object("identity", 3, None)["id"].clone();
    let all = bundle(&[
        definition.clone(),
        object("indicator", 1, Some(GREEN)),
        object("indicator", 2, Some(RED)),
        object("identity", 3, None),
        aside,
    ]);
    let mixed = of(all.to_string().as_bytes(), &path("feed.json"), None);
    assert!(matches!(mixed, Err(Stop::Refused(_))));
    let made = divided(&all).unwrap();
    let of = |label| &made.iter().find(|(one, _)| *one == label).unwrap().1;
    assert_eq!(made.len(), 3);
    assert_eq!(of(Label::Green)["objects"], json!([definition, object("indicator", 1, Some(GREEN))]));
    assert_eq!(of(Label::Amber)["objects"], json!([object("identity", 3, None)]));
    assert_eq!(of(Label::Red)["objects"].as_array().unwrap().len(), 2);
    let ids: std::collections::BTreeSet<String> = made.iter().map(|(_, one)| one["id"].to_string()).collect();
    assert_eq!(ids.len(), 3);
    assert_eq!(made, divided(&all).unwrap());
}

#[test]
fn a_part_that_would_tell_of_a_stricter_one_is_refused() {
    let mut relationship = object("relationship", 5, Some(GREEN));
    relationship["target_ref"] = object("indicator", 2, None)["id"].clone();
    let told = divided(&bundle(&[relationship, object("indicator", 2, Some(RED))])).unwrap_err();
    assert!(
        told.contains("PB1029")
            && told.contains("a `relationship` that is TLP:GREEN refers to a `indicator` that is TLP:RED"),
        "{told}"
    );
    let mut granular = object("indicator", 1, Some(GREEN));
    granular["granular_markings"] = json!([{"marking_ref": RED, "selectors": ["name"]}]);
    let told = divided(&bundle(&[granular])).unwrap_err();
    assert!(told.contains("has parts of other colours"), "{told}");
}

#[test]
fn a_list_is_divided_item_by_item() {
    let made =
        divided(&json!([{"marking": "TLP:CLEAR", "n": 1}, {"n": 2}, {"marking": "white", "n": 3}])).unwrap();
    let items: Vec<(Label, usize)> =
        made.iter().map(|(label, items)| (*label, items.as_array().unwrap().len())).collect();
    assert_eq!(items, [(Label::Clear, 2), (Label::Amber, 1)]);
    assert!(divided(&json!([{"marking": "TLP:NONE"}])).unwrap_err().contains("PB1000"));
}

#[rstest]
#[case::of_oscal("poam.json", r#"{"plan-of-action-and-milestones": {"metadata": {}, "risks": []}}"#)]
#[case::of_an_advisory("a.json", r#"{"document": {"distribution": {"tlp": {"label": "GREEN"}}}}"#)]
#[case::of_yaml("a.yaml", "- marking: TLP:RED\n- marking: TLP:GREEN\n")]
#[case::of_text("a.md", "TLP:RED\n\ntext\n\nTLP:GREEN\n")]
fn what_has_a_head_is_not_divided(#[case] file: &str, #[case] text: &str) {
    match divide(text.as_bytes(), &path(file)) {
        Err(Stop::Refused(refusals)) => assert_eq!(refusals[0].code.id, "PB1029"),
        other => panic!("{other:?}"),
    }
}

/// What a lint says of one of some files, as codes.
fn linted(files: &[(&str, &str)], file: &str) -> String {
    let mut tree = MemoryTree::new();
    for (name, text) in files {
        tree.insert(path(name), (*text).to_owned());
    }
    let found = lint(&tree, &path(file)).1;
    found.iter().map(|one| format!("{} {}", one.code.id, one.message)).collect::<Vec<_>>().join("\n")
}

#[rstest]
#[case::sound(&[("a.yaml", "marking: TLP:GREEN\n")], "a.yaml", "")]
#[case::unmarked(&[("a.bin", "x")], "a.bin", "")]
#[case::contradiction(
    &[("a.yaml", "marking: TLP:GREEN\n"), ("a.yaml.marking.yaml", "marking: TLP:RED\n")],
    "a.yaml", "PB1001"
)]
#[case::parts(&[("a.yaml", "marking: TLP:GREEN\nb: {marking: TLP:RED}\n")], "a.yaml", "PB1002")]
#[case::no_label(&[("a.md", "TLP: AMBER\n\ntext\n")], "a.md", "PB1000")]
#[case::look_alike(&[("a.md", "TLP:\u{410}MBER\n")], "a.md", "PB1000")]
#[case::of_a_name(&[("a.TLP-GREEN.yaml", "marking: TLP:RED\n")], "a.TLP-GREEN.yaml", "its name says TLP:GREEN")]
#[case::of_no_document(&[("a.pdf.marking.yaml", "marking: TLP:RED\n")], "a.pdf.marking.yaml", "lies beside no document")]
#[case::of_a_document(
    &[("a.pdf", "%PDF"), ("a.pdf.marking.yaml", "marking: TLP:RED\n")], "a.pdf.marking.yaml", ""
)]
#[case::twice(
    &[("a.yaml", "marking: TLP:RED\n"), ("a.yaml.marking.yaml", "marking: TLP:RED\n")],
    "a.yaml.marking.yaml", "says what the document says itself"
)]
#[case::with_an_originator(
    &[("a.yaml", "marking: TLP:RED\n"), ("a.yaml.marking.yaml", "marking: TLP:RED\noriginator: beta\n")],
    "a.yaml.marking.yaml", ""
)]
#[case::of_a_package(
    &[("p/manifest.json", "{}"), ("p/documents/a.yaml", "marking: TLP:RED\n"), ("p/documents/a.yaml.marking.yaml", "marking: TLP:RED\n")],
    "p/documents/a.yaml.marking.yaml", ""
)]
#[case::malformed(&[("a.pdf", "%PDF"), ("a.pdf.marking.yaml", "colour: RED\n")], "a.pdf", "PB1003")]
fn what_is_wrong_with_a_marking_is_told(
    #[case] files: &[(&str, &str)],
    #[case] file: &str,
    #[case] says: &str,
) {
    let told = linted(files, file);
    assert!(told.contains(says) && told.is_empty() == says.is_empty(), "{told}");
}
