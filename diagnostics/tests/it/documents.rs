use probity_diagnostics::document::{self, Format, Limits, locate, locate_all};
use probity_diagnostics::render::{Sources, short};
use probity_diagnostics::{MemoryTree, Pointer, TreePath};
use proptest::prelude::*;
use serde_json::{Value, json};

fn parse(text: &str, format: Format) -> Result<Value, Vec<&'static str>> {
    let path = TreePath::parse("file").unwrap();
    document::parse(text.as_bytes(), &path, format, Limits::default())
        .map(|warned| warned.value)
        .map_err(|findings| findings.iter().map(|d| d.code.id).collect())
}

#[test]
fn yaml_reads_as_the_core_schema_says() {
    let text = "a: yes\nb: true\nc: 1.10\nd: '1.10'\ne: 0o14\nf: 012\ng: ~\nh: 2026-01-01\ni: -3\nj: 1e3\nk: .5\nl: 0x1F\nm: '-'\nn: v1.2\n";
    let expected = json!({"a": "yes", "b": true, "c": 1.1, "d": "1.10", "e": 12, "f": 12, "g": null,
        "h": "2026-01-01", "i": -3, "j": 1000.0, "k": 0.5, "l": 31, "m": "-", "n": "v1.2"});
    assert_eq!(parse(text, Format::Yaml), Ok(expected));
}

#[test]
fn aliases_are_expanded() {
    let text = "base: &b {x: 1}\ncopy: *b\nlist: [*b, *b]\n";
    assert_eq!(
        parse(text, Format::Yaml),
        Ok(json!({"base": {"x": 1}, "copy": {"x": 1}, "list": [{"x": 1}, {"x": 1}]}))
    );
}

#[test]
fn every_duplicate_key_is_reported() {
    assert_eq!(parse(r#"{"a":1,"a":2,"b":{"c":1,"c":2}}"#, Format::Json), Err(vec!["PB0007", "PB0007"]));
    assert_eq!(parse("a: 1\na: 2\nb:\n  c: 1\n  c: 2\n", Format::Yaml), Err(vec!["PB0007", "PB0007"]));
}

/// The lines of a text at which keys stand again, and first.
fn twice(name: &str, text: &str) -> Vec<String> {
    let tree = MemoryTree::of([(name, text)]).unwrap();
    let path = TreePath::parse(name).unwrap();
    let findings = document::read(&tree, &path, Format::of(&path).unwrap()).unwrap_err();
    let sources = Sources::new(&tree);
    let first = |label: &probity_diagnostics::Label| sources.position(&label.location).unwrap();
    let line = |d| (short(d, &sources), first(&d.secondary[0]));
    findings.iter().map(line).map(|(line, at)| format!("{line} first {}:{}", at.line, at.column)).collect()
}

#[test]
fn the_second_of_two_keys_is_marked() {
    let json = "{\"a\": 1,\n \"b\": [0, {\"\\u0063\": 1,\n  \"c\": {}}],\n \"a\": {\"a\": 2}\n}";
    let yaml = "a: 1\nb: [0, {c: 1,\n  c: {}}]\nä: 1\n\"a\": {a: 2}\n";
    let help = "(help: remove one of the two)";
    assert_eq!(
        twice("a.json", json),
        [
            format!("a.json:3:3: error[PB0007]: the key `c` stands twice in `/b/1` {help} first 2:12"),
            format!("a.json:4:2: error[PB0007]: the key `a` stands twice in the document {help} first 1:2"),
        ]
    );
    assert_eq!(
        twice("a.yaml", yaml),
        [
            format!("a.yaml:3:3: error[PB0007]: the key `c` stands twice in `/b/1` {help} first 2:9"),
            format!("a.yaml:5:1: error[PB0007]: the key `a` stands twice in the document {help} first 1:1"),
        ]
    );
}

#[test]
fn no_more_than_a_hundred_keys_stand_twice() {
    let members: Vec<String> = (0..300).map(|i| format!("\"k\": {i}")).collect();
    let text = format!("{{{}}}", members.join(","));
    for format in [Format::Json, Format::Yaml] {
        let codes = parse(&text, format).unwrap_err();
        assert_eq!((codes.len(), codes[0], codes[100]), (101, "PB0007", "PB0006"), "{format:?}");
    }
}

#[test]
fn what_yaml_has_beyond_json_is_refused() {
    for text in ["a: !custom 1\n", "? [a, b]\n: 1\n", "<<: {a: 1}\n", "a: &x [*x]\n"] {
        assert_eq!(parse(text, Format::Yaml), Err(vec!["PB0010"]), "{text}");
    }
}

#[test]
fn documents_of_a_stream_know_their_lines() {
    let path = TreePath::parse("file.yaml").unwrap();
    let text = b"# head\n---\na: 1\n---\n# note\nb: 2\n---\n";
    let documents = document::parse_all(text, &path, Format::Yaml, Limits::default()).unwrap().value;
    let seen: Vec<_> = documents.iter().map(|d| (d.line, d.value.clone())).collect();
    assert_eq!(seen, vec![(3, json!({"a": 1})), (6, json!({"b": 2})), (8, Value::Null)]);
}

#[test]
fn a_pointer_is_found_in_both_formats() {
    let json = r#"{ "a": [1, {"b/c": "x"}], "d": {} }"#;
    let yaml = "a:\n  - 1\n  - b/c: x\nd: {}\n";
    let pointer = Pointer::root().key("a").index(1).key("b/c");
    for (text, format, key, value) in
        [(json, Format::Json, r#""b/c""#, r#""x""#), (yaml, Format::Yaml, "b/c", "x")]
    {
        let found = locate(text, format, &pointer).unwrap();
        assert_eq!((&text[found.key.unwrap()], &text[found.value]), (key, value));
    }
}

#[test]
fn a_pointer_past_the_text_finds_the_innermost_value() {
    let text = r#"{"a": {"b": 1}}"#;
    let found = locate(text, Format::Json, &Pointer::from_text("/a/zz/1")).unwrap();
    assert_eq!(&text[found.value], r#"{"b": 1}"#);
}

fn values() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        "[ -~äöü\"\\\\]{0,12}".prop_map(Value::from),
    ];
    leaf.prop_recursive(4, 40, 5, |inner| {
        prop_oneof![
            proptest::collection::vec(inner.clone(), 0..5).prop_map(Value::from),
            proptest::collection::btree_map("[a-z~/ ]{1,6}", inner, 0..5)
                .prop_map(|m| Value::Object(m.into_iter().collect())),
        ]
    })
}

/// Every pointer of a value, with what it points to.
fn pointers(value: &Value, at: &Pointer, out: &mut Vec<(Pointer, Value)>) {
    out.push((at.clone(), value.clone()));
    match value {
        Value::Array(items) => items.iter().enumerate().for_each(|(i, v)| pointers(v, &at.index(i), out)),
        Value::Object(members) => members.iter().for_each(|(k, v)| pointers(v, &at.key(k), out)),
        _ => {}
    }
}

proptest! {
    #[test]
    fn reading_json_agrees_with_serde_json(value in values()) {
        prop_assert_eq!(parse(&value.to_string(), Format::Json), Ok(value.clone()));
        prop_assert_eq!(parse(&value.to_string(), Format::Yaml), Ok(value));
    }

    #[test]
    fn what_is_located_is_what_the_pointer_names(value in values()) {
        let text = serde_json::to_string_pretty(&value).unwrap();
        let mut all = Vec::new();
        pointers(&value, &Pointer::root(), &mut all);
        for (pointer, expected) in all {
            let found = locate(&text, Format::Json, &pointer).unwrap();
            let there: Value = serde_json::from_str(&text[found.value]).unwrap();
            prop_assert_eq!(there, expected);
        }
    }

    #[test]
    fn many_pointers_are_found_as_one_by_one(value in values(), odd in "(/[a-z0-9~]{0,2}){0,3}") {
        let mut all = Vec::new();
        pointers(&value, &Pointer::root(), &mut all);
        let mut all: Vec<Pointer> = all.into_iter().map(|(pointer, _)| pointer).collect();
        let past = all.last().unwrap().key("past").index(0);
        all.extend([past, Pointer::from_text(odd)]);
        let all: Vec<&Pointer> = all.iter().collect();
        let text = serde_json::to_string_pretty(&value).unwrap();
        for format in [Format::Json, Format::Yaml] {
            let one_by_one: Vec<_> = all.iter().map(|pointer| locate(&text, format, pointer)).collect();
            prop_assert_eq!(locate_all(&text, format, &all), one_by_one);
        }
    }

    #[test]
    fn no_text_makes_the_readers_panic(text in "[\\[\\]{}:,\"a-c0-9 \n&*!|>#%@`'~-]{0,60}") {
        let _ = parse(&text, Format::Json);
        let _ = parse(&text, Format::Yaml);
        let _ = locate(&text, Format::Json, &Pointer::from_text("/a/0/b"));
        let _ = locate(&text, Format::Yaml, &Pointer::from_text("/a/0/b"));
    }
}
