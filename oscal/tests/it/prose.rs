//! Prose as Markdown and as elements: `cases/prose.yaml`, and texts made at random.

use probity_diagnostics::TreePath;
use probity_diagnostics::document::{self, Format};
use probity_oscal::{read, to_xml};
use proptest::prelude::*;
use serde::Deserialize;
use serde_json::{Value, json};

use crate::random;
use crate::reference::own;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Case {
    markdown: String,
    /// The elements that it is written as, without the layout between them.
    elements: String,
    /// What the elements are read as where nothing is noted beside them: the Markdown, if it is canonical.
    canonical: Option<String>,
}

fn cases() -> Vec<Case> {
    let own = own();
    let path = TreePath::parse("cases/prose.yaml").unwrap();
    serde_json::from_value(document::read(&own, &path, Format::Yaml).unwrap().value).unwrap()
}

fn document(remarks: &str) -> Value {
    json!({ "catalog": { "params": [{ "id": "p", "remarks": remarks }] } })
}

fn remarks(xml: &str) -> String {
    let value = read(xml.as_bytes(), &TreePath::parse("x.xml").unwrap()).unwrap().value.1;
    value.pointer("/catalog/params/0/remarks").and_then(Value::as_str).unwrap().to_owned()
}

/// A text of XML without what is noted beside elements.
fn without_notes(xml: &str) -> String {
    let mut out = String::new();
    let mut rest = xml;
    while let Some((before, after)) = rest.split_once("<?markdown ") {
        out.push_str(before.trim_end());
        rest = after.split_once("?>").unwrap().1;
    }
    out + rest
}

/// The elements of the remarks; blanks between elements on lines of their own are layout.
fn elements(xml: &str) -> String {
    let inside = xml.split_once("<remarks>").unwrap().1.split_once("</remarks>").unwrap().0;
    if inside.contains("<pre>") { inside.trim().to_owned() } else { inside.lines().map(str::trim).collect() }
}

#[test]
fn markdown_and_elements_mean_the_same() {
    let mut surprises = Vec::new();
    for case in cases() {
        let xml = to_xml(&document(&case.markdown)).unwrap();
        let plain = without_notes(&xml);
        let found = (elements(&plain), remarks(&xml), remarks(&plain));
        let canonical = case.canonical.unwrap_or_else(|| case.markdown.clone());
        if found != (case.elements, case.markdown.clone(), canonical) {
            let [markdown, elements, canonical] =
                [&case.markdown, &found.0, &found.2].map(|text| Value::from(text.as_str()).to_string());
            surprises
                .push(format!("- markdown: {markdown}\n  elements: {elements}\n  canonical: {canonical}"));
        }
    }
    assert!(surprises.is_empty(), "{}", surprises.join("\n"));
}

#[test]
fn a_note_that_no_longer_means_what_the_elements_say_is_passed_over() {
    let xml = to_xml(&document("- a\n")).unwrap();
    assert_eq!(remarks(&xml), "- a\n");
    assert_eq!(remarks(&xml.replace("<li>a</li>", "<li>b</li>")), "* b\n");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn canonical_markdown_means_what_the_elements_say(seed in any::<u64>()) {
        let text = random::prose(seed);
        let plain = without_notes(&to_xml(&document(&text)).unwrap());
        let canonical = remarks(&plain);
        let again = to_xml(&document(&canonical)).unwrap();
        prop_assert_eq!(elements(&without_notes(&again)), elements(&plain), "{:?} became {:?}", text, canonical);
    }

    #[test]
    fn every_text_is_the_same_after_xml(text in "(\\PC|[ \\t\\n*_`~^\"\\\\<>&#|{}\\[\\]()!-]){0,40}") {
        prop_assert_eq!(remarks(&to_xml(&document(&text)).unwrap()), text);
    }
}
