//! What each format says in its own words, and what it carries: the fields of the samples that a document carries, by format.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use probity_diagnostics::document::Limits;
use probity_oscal::xml::Element;
use probity_sharing::formats::Format;
use serde_json::Value;

use crate::incidents::{path, sample};

/// The merge patch that a document carries, wherever its format keeps it.
fn carried(format: Format, text: &str) -> Option<Value> {
    const NAME: &str = "probity-incident";
    if format == Format::Iodef {
        let root = Element::read(text, &path("x.xml"), Limits::default()).unwrap();
        let found = root.below().find(|one| one.attribute("name") == Some(NAME))?.text();
        return serde_json::from_str(&found).ok();
    }
    let document: Value = serde_json::from_str(text).unwrap();
    let all =
        |pointer: &str| document.pointer(pointer).and_then(Value::as_array).cloned().unwrap_or_default();
    let text_of = |list: &str, key: &str, value: &str| {
        let found = all(list).into_iter().find(|one| one[key] == NAME)?;
        serde_json::from_str(found[value].as_str()?).ok()
    };
    match format {
        Format::Csaf(_) => text_of("/document/notes", "title", "text"),
        Format::Misp => text_of("/Event/Attribute", "comment", "value"),
        _ => {
            let extensions =
                all("/objects").into_iter().filter_map(|one| one["extensions"].as_object().cloned());
            extensions.flatten().find_map(|(_, extension)| extension.get(NAME).cloned())
        }
    }
}

#[test]
fn formats_carry_only_what_they_have_no_place_for() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/samples/incidents");
    let names = [
        "01-syn-flood",
        "02-password-spraying",
        "03-ransomware-loader",
        "04-compromised-member",
        "05-log4shell",
        "06-phishing-operators",
        "07-open-storage",
        "08-cryptomining",
        "09-windows-worm",
        "10-hosted-c2",
    ];
    let mut table: BTreeMap<&str, BTreeSet<String>> = BTreeMap::new();
    for name in names {
        let incident = sample(&folder.join(format!("{name}.yaml")));
        for format in Format::ALL {
            let Ok(text) = format.write(&incident, incident.marking.unwrap()) else { continue };
            let patch = carried(format, &text).unwrap_or_default();
            assert_eq!(patch.get("marking"), None, "the colour is never carried");
            let keys = patch.as_object().map(|patch| patch.keys().cloned().collect()).unwrap_or_default();
            table.entry(format.name()).or_default().extend::<BTreeSet<String>>(keys);
        }
    }
    let lines: Vec<String> = table
        .iter()
        .map(|(format, keys)| format!("{format}: {}", keys.iter().cloned().collect::<Vec<_>>().join(", ")))
        .collect();
    insta::assert_snapshot!("carried", lines.join("\n"));
}
