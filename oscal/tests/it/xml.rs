//! Documents in XML against the same documents in JSON.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use probity_diagnostics::document::{self, Format};
use probity_diagnostics::render::{Sources, short};
use probity_diagnostics::{FileTree, MemoryTree, Pointer, TreePath};
use probity_oscal::schema::{Datatype, Definition, Layout, Property, ROOTS, Role, Root, Shape};
use probity_oscal::{load, locate, locate_all, read, to_xml, xml};
use quick_xml::Reader;
use quick_xml::events::Event;
use serde::Deserialize;
use serde_json::{Value, json};

use crate::mutations::describe;
use crate::random;
use crate::reference::{bytes, files, own, reference};

/// The value of a document without `$schema`, which has no place in XML.
fn value(tree: &dyn FileTree, path: &TreePath) -> Value {
    let mut value = match read(&bytes(tree, path), path) {
        Ok(read) => read.value.1,
        Err(findings) => {
            let sources = Sources::locating(tree, locate_all);
            let findings: Vec<String> = findings.iter().map(|finding| short(finding, &sources)).collect();
            panic!("{}", findings.join("\n"));
        }
    };
    value.as_object_mut().unwrap().remove("$schema");
    value
}

/// The differences of two values, by pointer.
fn differences(left: &Value, right: &Value, at: &str, found: &mut BTreeMap<String, (String, String)>) {
    match (left, right) {
        (Value::Object(a), Value::Object(b)) => {
            for key in a.keys().chain(b.keys().filter(|key| !a.contains_key(*key))) {
                let null = Value::Null;
                let (a, b) = (a.get(key).unwrap_or(&null), b.get(key).unwrap_or(&null));
                differences(a, b, &format!("{at}/{key}"), found);
            }
        }
        (Value::Array(a), Value::Array(b)) if a.len() == b.len() => {
            for (index, (a, b)) in a.iter().zip(b).enumerate() {
                differences(a, b, &format!("{at}/{index}"), found);
            }
        }
        _ if left == right => {}
        _ => {
            found.insert(at.to_owned(), (left.to_string(), right.to_string()));
        }
    }
}

/// Values that differ from the JSON edition, in white space only: `file pointer`.
const DIFFERENCES: &str = include_str!("../cases/xml-differences.txt");

fn known_differences() -> BTreeSet<String> {
    DIFFERENCES.lines().filter(|line| !line.starts_with('#')).map(str::to_owned).collect()
}

/// The JSON edition of an XML document.
fn json_edition(tree: &dyn FileTree, path: &TreePath) -> Option<TreePath> {
    let stem = path.as_str().replace("/xml/", "/json/").replace(".xml", "");
    let editions = [format!("{stem}.json"), format!("{stem}-min.json")];
    editions.iter().filter_map(|edition| TreePath::parse(edition).ok()).find(|edition| tree.is_file(edition))
}

fn without_blanks(text: &str) -> String {
    let value: Value = serde_json::from_str(text).unwrap();
    value.as_str().map_or_else(|| text.to_owned(), |text| text.split_whitespace().collect())
}

#[test]
fn published_xml_means_what_the_published_json_says() {
    let Some(tree) = reference() else { return };
    let (mut standing, mut compared) = (BTreeSet::new(), 0);
    for path in files(&tree, "oscal-content", &["xml"]) {
        let Some(json) = json_edition(&tree, &path) else { continue };
        compared += 1;
        let mut found = BTreeMap::new();
        differences(&value(&tree, &path), &value(&tree, &json), "", &mut found);
        for (pointer, (ours, published)) in found {
            assert_eq!(without_blanks(&ours), without_blanks(&published), "{path} {pointer}");
            standing.insert(format!("{path} {pointer}"));
        }
    }
    assert_eq!(standing, known_differences());
    assert!(compared > 20, "only {compared} documents were compared");
}

/// Texts whose Markdown is not canonical, by file.
const NOTED: &str = include_str!("../cases/xml-noted.txt");

#[test]
fn published_json_is_the_same_after_xml() {
    let Some(tree) = reference() else { return };
    let mut noted = String::new();
    for path in files(&tree, "oscal-content", &["json", "yaml"]) {
        let original = value(&tree, &path);
        let mut text = Vec::new();
        xml::write(&original, &mut text).unwrap();
        let again = read(&text, &TreePath::parse("x.xml").unwrap()).unwrap().value.1;
        let mut found = BTreeMap::new();
        differences(&original, &again, "", &mut found);
        assert!(found.is_empty(), "{path}: {found:#?}");
        let notes = String::from_utf8(text).unwrap().matches("<?markdown").count();
        if notes > 0 {
            writeln!(noted, "{path} {notes}").unwrap();
        }
    }
    assert_eq!(noted, NOTED);
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Case {
    name: String,
    /// The text, or what stands in a catalog with all that is required.
    #[serde(default)]
    text: String,
    #[serde(default)]
    catalog: String,
    /// The findings, as in `mutations.yaml`.
    finds: Vec<String>,
}

fn text_of(case: &Case) -> String {
    if !case.text.is_empty() {
        return case.text.clone();
    }
    format!(
        r#"<catalog xmlns="http://csrc.nist.gov/ns/oscal/1.0" uuid="6f1d1c52-5f0a-4d0e-9a3b-0d6a4b6f1a01">
<metadata><title>t</title><last-modified>2026-11-21T10:00:00Z</last-modified><version>1</version><oscal-version>1.2.2</oscal-version></metadata>
{}
</catalog>"#,
        case.catalog
    )
}

#[test]
fn every_mistake_in_xml_is_found_where_it_stands() {
    let own = own();
    let path = TreePath::parse("cases/xml.yaml").unwrap();
    let cases = document::read(&own, &path, Format::Yaml).unwrap().value;
    let cases: Vec<Case> = serde_json::from_value(cases).unwrap();
    let mut surprises = Vec::new();
    for case in cases {
        let path = TreePath::parse("x.xml").unwrap();
        let tree = MemoryTree::of([("x.xml", text_of(&case))]).unwrap();
        let findings = match load(&tree, &path) {
            Ok(loaded) => loaded.warnings,
            Err(findings) => findings,
        };
        let sources = Sources::locating(&tree, locate_all);
        let found: Vec<String> = findings.iter().map(|finding| describe(finding, &sources)).collect();
        if found != case.finds {
            let found: Vec<String> =
                found.iter().map(|found| format!("    - '{}'", found.replace('\'', "''"))).collect();
            surprises.push(format!("- name: {}\n  finds:\n{}", case.name, found.join("\n")));
        }
    }
    assert!(surprises.is_empty(), "{}", surprises.join("\n"));
}

#[test]
fn deep_xml_is_refused() {
    let inner = "<group>".repeat(100_000);
    let text = format!("<catalog xmlns='http://csrc.nist.gov/ns/oscal/1.0'>{inner}");
    let findings = read(text.as_bytes(), &TreePath::parse("x.xml").unwrap()).unwrap_err();
    assert_eq!(findings.iter().last().unwrap().code.id, "PB0008");
}

#[test]
fn texts_made_to_take_long_are_read_or_refused_at_once() {
    let open = "<catalog xmlns='http://csrc.nist.gov/ns/oscal/1.0'";
    let many =
        |count: usize, of: &str| (0..count).map(|n| of.replace('#', &n.to_string())).collect::<String>();
    let (attributes, prefixes) = (many(100_000, " a#=''"), many(100, " xmlns:a#=''"));
    let prose =
        |text: &str| format!("{open}><metadata><remarks><p>{text}</p></remarks></metadata></catalog>");
    for (text, code) in [
        (format!("{open}{attributes}/>"), Some("PB0121")),
        (format!("{open}{prefixes}/>"), Some("PB0121")),
        (format!("{open}>{}</catalog>", "<x/>".repeat(300_000)), Some("PB0122")),
        (format!("{open}><{}/></catalog>", "x".repeat(3_000_000)), Some("PB0122")),
        (prose(&"{{".repeat(500_000)), None),
        (prose(&"<em>".repeat(40)), Some("PB0120")),
        (prose(&"[a](".repeat(20_000)), None),
    ] {
        let read = read(text.as_bytes(), &TreePath::parse("x.xml").unwrap());
        let found =
            read.as_ref().err().and_then(|findings| findings.iter().next()).map(|finding| finding.code.id);
        assert_eq!(found, code);
        let longest = read.err().into_iter().flatten().map(|finding| finding.message.len()).max();
        assert!(longest.unwrap_or_default() < 300);
    }
    for text in ["{{", "[a](", "> ", "* ", "`", "\"", "~a", "&", "<p>"].map(|text| text.repeat(20_000)) {
        let document = json!({ "catalog": { "metadata": { "title": text, "remarks": text } } });
        let written = to_xml(&document).unwrap();
        assert!(read(written.as_bytes(), &TreePath::parse("x.xml").unwrap()).unwrap().value.1 == document);
    }
}

#[test]
fn bytes_that_are_no_utf_8_are_refused() {
    let path = TreePath::parse("x.xml").unwrap();
    let text = "<?xml version='1.0' encoding='UTF-16'?><catalog/>";
    let wide = |text: &str| text.encode_utf16().flat_map(u16::to_le_bytes).collect::<Vec<u8>>();
    let marked = [b"\xff\xfe".to_vec(), wide(text)].concat();
    for bytes in [marked, b"<catalog>\xe4</catalog>".to_vec()] {
        assert_eq!(read(&bytes, &path).unwrap_err().iter().next().unwrap().code.id, "PB0005");
    }
    let findings = read(&wide(text), &path).unwrap_err();
    assert_eq!(findings.iter().next().unwrap().code.id, "PB0120");
    let marked = "\u{feff}<catalog xmlns='http://csrc.nist.gov/ns/oscal/1.0'\r\nuuid='a'/>\r\n";
    assert_eq!(read(marked.as_bytes(), &path).unwrap().value.1, json!({ "catalog": { "uuid": "a" } }));
}

#[test]
fn what_xml_cannot_hold_is_named() {
    let document = json!({ "catalog": { "uuid": "a", "groups": [{ "id": "\u{1}" }] } });
    let error = to_xml(&document).unwrap_err().to_string();
    assert_eq!(
        error,
        "the document cannot be written: `/catalog/groups/0/id` holds a character that XML does not have"
    );
    let error = to_xml(&json!({ "catalog": { "colour": "red" } })).unwrap_err().to_string();
    assert_eq!(error, "the document cannot be written: `/catalog/colour` is not known to OSCAL");
    assert!(to_xml(&json!({ "colour": "red" })).is_err());
}

/// Looks up every scalar that is no prose, in the XML of a document.
fn look_up(definition: &Definition, value: &Value, at: &Pointer, text: &str) -> usize {
    let mut count = 0;
    for (key, value) in value.as_object().unwrap() {
        let (_, property) = definition.property(key).unwrap();
        let at = at.key(key);
        let items: Vec<(Pointer, &Value)> = match value {
            Value::Array(items) => items.iter().enumerate().map(|(i, item)| (at.index(i), item)).collect(),
            item => vec![(at, item)],
        };
        for (at, item) in items {
            let found = locate(text, Format::Xml, &at).unwrap();
            match property.shape {
                Shape::Object(definition) => {
                    let element = text.get(found.value).unwrap();
                    assert!(element.starts_with('<') && element.ends_with('>'));
                    count += look_up(definition, item, &at, text);
                }
                Shape::Scalar(Datatype::MarkupLine | Datatype::MarkupMultiline) => {}
                Shape::Scalar(_) => {
                    let shown = item.as_str().map_or_else(|| item.to_string(), str::to_owned);
                    let written = text.get(found.value).unwrap().replace("&lt;", "<");
                    assert_eq!(written, shown, "{at}");
                    if property.role != Role::Value {
                        assert_eq!(text.get(found.key.unwrap()).unwrap(), property.xml, "{at}");
                    }
                    count += 1;
                }
            }
        }
    }
    count
}

#[test]
fn every_value_is_found_in_xml() {
    let own = own();
    let mut count = 0;
    for path in files(&own, "documents", &["json", "yaml"]) {
        let document = value(&own, &path);
        let text = to_xml(&document).unwrap();
        for (key, model) in document.as_object().unwrap() {
            let root = Root::of(key).unwrap();
            count += look_up(root.definition, model, &Pointer::root().key(key), &text);
        }
    }
    assert!(count > 150, "only {count} values were looked up");
}

#[test]
fn documents_are_written_in_the_order_of_the_model() {
    let path = TreePath::parse("documents/system-security-plan.yaml").unwrap();
    insta::assert_snapshot!("ssp", to_xml(&value(&own(), &path)).unwrap());
}

/// The elements of an XML document, by the model: each child of an object stands after those of earlier properties.
fn assert_order(reader: &mut Reader<&[u8]>, definition: &Definition, text: &str) {
    let mut reached = 0;
    loop {
        match reader.read_event().unwrap() {
            Event::Start(tag) => {
                let name = tag.name();
                let at = child(definition, name.as_ref());
                assert!(
                    at.is_some_and(|at| at >= reached),
                    "`{}` in `{}`\n{text}",
                    name.as_ref(),
                    definition.name
                );
                reached = at.unwrap();
                match definition.properties[reached].shape {
                    Shape::Object(held) if definition.properties[reached].layout == Layout::Wrapped => {
                        assert_order(reader, held, text);
                    }
                    _ => drop(reader.read_to_end(name).unwrap()),
                }
            }
            Event::End(_) | Event::Eof => return,
            _ => {}
        }
    }
}

/// The property that an element of an object belongs to.
fn child(definition: &Definition, name: &str) -> Option<usize> {
    let named = |property: &Property| match property.layout {
        Layout::Wrapped => matches!(property.role, Role::Field | Role::Assembly) && property.xml == name,
        Layout::Grouped => property.json == name,
        Layout::Unwrapped => {
            ["p", "ul", "ol", "pre", "table", "blockquote", "hr"].contains(&name) || name.starts_with('h')
        }
    };
    definition.properties.iter().position(named)
}

#[test]
fn random_documents_are_written_in_the_order_of_the_model() {
    let mut made = BTreeSet::new();
    for seed in 0..2500 {
        let document = random::document(seed);
        let (key, model) = document.as_object().unwrap().iter().next().unwrap();
        let root = Root::of(key).unwrap();
        properties(root.definition, model, &mut made);
        if seed % 20 == 0 {
            let text = to_xml(&document).unwrap();
            let mut reader = Reader::from_str(&text);
            reader.config_mut().expand_empty_elements = true;
            while !matches!(reader.read_event().unwrap(), Event::Start(_)) {}
            assert_order(&mut reader, root.definition, &text);
        }
    }
    let mut all = BTreeSet::new();
    for root in ROOTS {
        all_properties(root.definition, &mut all);
    }
    let never: Vec<_> = all.difference(&made).collect();
    assert!(never.is_empty(), "never made: {never:?}");
}

/// The properties that stand in a document, with the names of their objects.
fn properties(definition: &Definition, value: &Value, made: &mut BTreeSet<(&'static str, &'static str)>) {
    for (key, value) in value.as_object().unwrap() {
        let (_, property) = definition.property(key).unwrap();
        made.insert((definition.name, property.json));
        let items = value.as_array().map_or(std::slice::from_ref(value), Vec::as_slice);
        if let Shape::Object(held) = property.shape {
            items.iter().for_each(|item| properties(held, item, made));
        }
    }
}

fn all_properties(definition: &'static Definition, all: &mut BTreeSet<(&'static str, &'static str)>) {
    for property in definition.properties {
        if all.insert((definition.name, property.json))
            && let Shape::Object(held) = property.shape
        {
            all_properties(held, all);
        }
    }
}
