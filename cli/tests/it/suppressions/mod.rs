//! Suppressions of findings, from the cases in `cases.yaml`.

use probity_diagnostics::TreePath;
use probity_diagnostics::document::{Format, Limits, parse};
use serde::Deserialize;
use serde_json::Value;

use crate::ran::{folder, probity, write};

#[derive(Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
struct Case {
    name: String,
    /// `probity.toml`
    settings: String,
    /// The arguments, separated by spaces.
    run: String,
    exit: u8,
    /// How each finding that counts begins: `file:line code message (help)`.
    finds: Vec<String>,
    /// Each suppressed finding: `file:line reason`.
    #[serde(default)]
    suppressed: Vec<String>,
}

const A: &str = r#"{
  "catalog": {
    "uuid": "74c8ba1e-5cd4-4ad1-bbfd-d888e2f6c724",
    "metadata": {
      "title": "A",
      "last-modified": "yesterday",
      "version": "1",
      "oscal-version": "1.2.2",
      "colour": "red"
    },
    "groups": [
      { "id": "g 1", "title": "G" }
    ]
  }
}
"#;

const B: &str = r#"catalog:
  uuid: 74c8ba1e-5cd4-4ad1-bbfd-d888e2f6c725
  metadata:
    title: B
    last-modified: "2026-01-01T00:00:00Z"
    version: "1"
    oscal-version: 1.2.2
    color: red
"#;

const C: &str = r#"{
  "catalog": {
    "uuid": "74c8ba1e-5cd4-4ad1-bbfd-d888e2f6c724",
    "metadata": {
      "title": "C",
      "last-modified": "2026-01-01T00:00:00Z",
      "version": "1",
      "oscal-version": "1.2.2",
      "responsible-parties": [{ "role-id": "nobody", "party-uuids": ["74c8ba1e-5cd4-4ad1-bbfd-d888e2f6c799"] }]
    },
    "controls": [
      { "id": "c-1", "title": "C", "props": [{ "name": "status", "value": "withdrawm" }] }
    ]
  }
}
"#;

#[test]
fn suppressions() {
    let path = TreePath::parse("cases.yaml").unwrap();
    let text = include_bytes!("cases.yaml");
    let value = parse(text, &path, Format::Yaml, Limits::default()).unwrap().value;
    let cases: Vec<Case> = serde_json::from_value(value).unwrap();
    let wrong: Vec<String> = cases.iter().filter_map(Case::fault).collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n\n"));
}

#[test]
fn what_rules_say_of_documents_can_be_suppressed() {
    let place = folder();
    for code in probity::codes() {
        let ruled = !["PB00", "PB07", "PB09", "PB10"].iter().any(|others| code.id.starts_with(others));
        let table = format!("[[suppress]]\nrule = \"{}\"\npath = \"**\"\nreason = \"x\"\n", code.id);
        write(place.path(), "probity.toml", table);
        let ran = probity(place.path(), &["validate", "probity.toml", "--format", "short"]);
        assert_eq!(ran.out.contains("PB0717"), !ruled, "{}", ran.out);
    }
}

impl Case {
    fn fault(&self) -> Option<String> {
        let place = folder();
        write(place.path(), "probity.toml", &self.settings);
        write(place.path(), "catalogs/a.json", A);
        write(place.path(), "catalogs/more/b.yaml", B);
        write(place.path(), "constraints/c.json", C);
        let args: Vec<&str> = self.run.split_whitespace().chain(["--format", "json"]).collect();
        let ran = probity(place.path(), &args);
        let result = ran.json();
        let list = |key: &str, texts: &[&str]| -> Vec<String> {
            result[key].as_array().unwrap().iter().map(|finding| line(finding, texts)).collect()
        };
        let (found, hidden) = (list("findings", &["code", "message"]), list("suppressed", &["reason"]));
        let alike = |found: &[String], expected: &[String]| {
            found.len() == expected.len()
                && found.iter().zip(expected).all(|(f, e)| f.starts_with(e.as_str()))
        };
        let told = hidden.is_empty() || ran.err.contains(&format!("{} suppressed", hidden.len()));
        let holds =
            ran.code == self.exit && told && alike(&found, &self.finds) && alike(&hidden, &self.suppressed);
        let seen = format!("exit {}\nfinds {found:#?}\nsuppressed {hidden:#?}\n{}", ran.code, ran.err);
        (!holds).then(|| format!("{}\n{seen}", self.name))
    }
}

/// A finding as `file:line` and some of its texts.
fn line(finding: &Value, texts: &[&str]) -> String {
    let place = &finding["location"];
    let texts: Vec<&str> = texts.iter().map(|key| finding[*key].as_str().unwrap()).collect();
    let help = finding["help"][0].as_str().map_or_else(String::new, |help| format!(" ({help})"));
    format!("{}:{} {}{help}", place["file"].as_str().unwrap(), place["line"], texts.join(" "))
}
