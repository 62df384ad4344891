//! Trees of real documents, the expressions of the tables on them, and laws that hold for any expression.

use std::collections::BTreeSet;

use probity_diagnostics::TreePath;
use probity_diagnostics::document::{self, Format, Limits};
use probity_oscal::metapath::{Expression, Item, NodeId, NodeKind, Scope, Tree};
use proptest::prelude::*;
use serde_json::Value;

use crate::reference::{bytes, files, own, reference};

fn read(tree: &dyn probity_diagnostics::FileTree, path: &TreePath) -> Value {
    let limits = Limits { bytes: 64 << 20, ..Limits::default() };
    document::parse(&bytes(tree, path), path, Format::of(path).unwrap(), limits).unwrap().value
}

fn own_documents() -> Vec<(TreePath, Value)> {
    let tree = own();
    let paths = files(&tree, "documents", &["json", "yaml"]);
    paths.into_iter().map(|path| (path.clone(), read(&tree, &path))).collect()
}

/// The scalars of a value.
fn scalars(value: &Value) -> usize {
    match value {
        Value::Array(items) => items.iter().map(scalars).sum(),
        Value::Object(members) => members.values().map(scalars).sum(),
        _ => 1,
    }
}

/// Every node is where its pointer says, and every scalar of the document is the value of one node.
fn agrees(path: &TreePath, value: &Value) {
    let tree = Tree::new(value);
    let mut places = BTreeSet::new();
    let mut texts = 0;
    for node in tree.nodes() {
        let pointer = tree.pointer(node);
        assert!(value.pointer(pointer.as_str()).is_some(), "{path}: {pointer}");
        assert!(places.insert(pointer.clone()), "{path}: {pointer} is there twice");
        assert_eq!(tree.kind(node) == NodeKind::Document, node == NodeId::DOCUMENT);
        assert_eq!(tree.parent(node).is_some(), node != NodeId::DOCUMENT);
        if let Some(text) = tree.text(node) {
            texts += 1;
            let found = value.pointer(tree.value_pointer(node).as_str()).unwrap();
            let found = found.as_str().map_or_else(|| found.to_string(), str::to_owned);
            assert_eq!(found, text, "{path}: {pointer}");
        }
        for child in tree.children(node).chain(tree.flags(node)) {
            assert_eq!(tree.parent(child), Some(node), "{path}: {pointer}");
        }
    }
    let schema = usize::from(value.get("$schema").is_some());
    assert_eq!(texts, scalars(value) - schema, "{path}");
}

#[test]
fn nodes_are_where_their_pointers_say() {
    own_documents().iter().for_each(|(path, value)| agrees(path, value));
    let Some(tree) = reference() else { return };
    for path in files(&tree, "oscal-content/examples", &["json"]) {
        agrees(&path, &read(&tree, &path));
    }
}

const TABLES: &[&str] = &[
    include_str!("../../schema/assessment-common.table"),
    include_str!("../../schema/assessment-plan.table"),
    include_str!("../../schema/assessment-results.table"),
    include_str!("../../schema/catalog.table"),
    include_str!("../../schema/component.table"),
    include_str!("../../schema/control-common.table"),
    include_str!("../../schema/implementation-common.table"),
    include_str!("../../schema/mapping-common.table"),
    include_str!("../../schema/mapping.table"),
    include_str!("../../schema/metadata.table"),
    include_str!("../../schema/poam.table"),
    include_str!("../../schema/profile.table"),
    include_str!("../../schema/ssp.table"),
];

/// A word of a table: a JSON string, or all up to the next blank.
fn word(text: &str) -> String {
    let mut values = serde_json::Deserializer::from_str(text).into_iter::<String>();
    match values.next() {
        Some(Ok(word)) => word,
        _ => text.split(' ').next().unwrap_or_default().to_owned(),
    }
}

/// The targets, keys and tests of all constraints.
fn constraints() -> BTreeSet<String> {
    let kinds = [
        "allowed-values",
        "matches",
        "expect",
        "index",
        "index-has-key",
        "is-unique",
        "has-cardinality",
        "key",
    ];
    let mut found = BTreeSet::new();
    for line in TABLES.iter().flat_map(|table| table.lines()) {
        let Some((kind, rest)) = line.trim_start().split_once(' ') else { continue };
        if kinds.contains(&kind) {
            found.insert(word(rest));
            if let Some((_, test)) = rest.split_once(" test=") {
                found.insert(word(test));
            }
        }
    }
    found
}

#[test]
fn every_expression_of_the_tables_runs() {
    let documents = own_documents();
    let trees: Vec<Tree<'_>> = documents.iter().map(|(_, value)| Tree::new(value)).collect();
    let mut unknown = BTreeSet::new();
    let mut selected = 0;
    let constraints = constraints();
    assert_eq!(constraints.len(), 211);
    for text in &constraints {
        let expression = Expression::parse(text).unwrap_or_else(|error| panic!("{text}: {error}"));
        unknown.extend(expression.unknown_names().iter().cloned());
        for tree in &trees {
            let scope = Scope::new(tree);
            for node in tree.nodes() {
                match expression.sequence(&scope, node) {
                    Ok(items) => selected += items.len(),
                    Err(error) => panic!("{text} at {}: {error}", tree.pointer(node)),
                }
            }
        }
    }
    assert!(unknown.is_empty(), "no model has {unknown:?}");
    assert!(selected > 3000, "only {selected} items were selected");
}

/// Paths over the small catalog.
fn path() -> impl Strategy<Value = String> {
    let step = prop::sample::select(vec![
        "*",
        "prop",
        "part",
        "control",
        "@name",
        "@*",
        ".",
        "..",
        "title",
        "node()",
        "part[1]",
        "prop[@name]",
        "*[last()]",
        "ancestor::*",
        "ancestor-or-self::node()",
        "following-sibling::*",
        "preceding-sibling::*[1]",
        "descendant::part",
        "descendant-or-self::node()",
        "self::control",
        "following::prop",
        "preceding::*",
        "(part|prop)",
        "(.|..)",
        ".[prop]",
        "*[position() = 2]",
        "*[prop or part]",
    ]);
    let slash = prop::sample::select(vec!["/", "//"]);
    let start = prop::sample::select(vec!["/", "//", "", ".//"]);
    (start, step.clone(), prop::collection::vec((slash, step), 0..4)).prop_map(|(start, first, rest)| {
        let rest = rest.into_iter().flat_map(|(slash, step)| [slash, step]);
        [start, first].into_iter().chain(rest).collect::<Vec<_>>().concat()
    })
}

fn fragment() -> impl Strategy<Value = String> {
    prop::sample::select(vec![
        "(",
        ")",
        "[",
        "]",
        "{",
        "}",
        "/",
        "//",
        "@",
        "$x",
        "'a'",
        "\"",
        "1",
        "2.5",
        "1e3",
        "*",
        "+",
        "-",
        "=",
        "<",
        "eq",
        "and",
        "or",
        "if",
        "then",
        "else",
        "for",
        "in",
        "return",
        "let",
        ":=",
        "some",
        "satisfies",
        "prop",
        "count(",
        "not(",
        "..",
        ".",
        "::",
        "child",
        "|",
        "||",
        "!",
        "=>",
        "?",
        ",",
        "to",
        "instance of",
        "xs:date(",
        "cast as",
        "map",
        ":",
        "(:",
        "Q{",
        "é",
        "#",
        "-1",
        "idiv",
        "matches(",
    ])
    .prop_map(str::to_owned)
}

fn small_catalog() -> Value {
    read(&own(), &TreePath::parse("documents/catalog.json").unwrap())
}

fn nodes(expression: &str, tree: &Tree<'_>, from: NodeId) -> Vec<NodeId> {
    let expression = Expression::parse(expression).unwrap();
    let scope = Scope::new(tree);
    expression.nodes(&scope, from).unwrap().into_iter().map(|node| node.id).collect()
}

proptest! {
    #[test]
    fn any_text_is_read_or_refused(text in any::<String>()) {
        drop(Expression::parse(&text));
    }

    #[test]
    fn any_mix_of_tokens_is_read_or_refused(parts in prop::collection::vec(fragment(), 0..40)) {
        let catalog = small_catalog();
        let tree = Tree::new(&catalog);
        let scope = Scope::new(&tree).with_steps(100_000);
        for text in [parts.join(" "), parts.concat()] {
            if let Ok(expression) = Expression::parse(&text) {
                drop(expression.sequence(&scope, NodeId::DOCUMENT));
                drop(expression.holds(&scope, NodeId::DOCUMENT));
            }
        }
    }

    #[test]
    fn paths_give_sets_in_document_order(left in path(), right in path(), from in 0_usize..60) {
        let catalog = small_catalog();
        let tree = Tree::new(&catalog);
        let from = tree.nodes().nth(from % tree.len()).unwrap();
        let (one, other) = (nodes(&left, &tree, from), nodes(&right, &tree, from));
        prop_assert!(one.is_sorted_by(|a, b| a < b), "{}: {:?}", left, one);
        let set = |items: &[NodeId]| items.iter().copied().collect::<BTreeSet<_>>();
        let joined: Vec<NodeId> = set(&one).union(&set(&other)).copied().collect();
        prop_assert_eq!(nodes(&format!("({left}) | ({right})"), &tree, from), joined);
        let shared: Vec<NodeId> = set(&one).intersection(&set(&other)).copied().collect();
        prop_assert_eq!(nodes(&format!("({left}) intersect ({right})"), &tree, from), shared);
        let rest: Vec<NodeId> = set(&one).difference(&set(&other)).copied().collect();
        prop_assert_eq!(nodes(&format!("({left}) except ({right})"), &tree, from), rest);
    }

    #[test]
    fn what_exists_is_true_and_counted(path in path(), from in 0_usize..60) {
        let catalog = small_catalog();
        let tree = Tree::new(&catalog);
        let scope = Scope::new(&tree);
        let from = tree.nodes().nth(from % tree.len()).unwrap();
        let count = nodes(&path, &tree, from).len();
        let holds = |text: String| {
            Expression::parse(&text).unwrap().holds(&scope, from).unwrap()
        };
        prop_assert_eq!(holds(path.clone()), count > 0);
        prop_assert_eq!(holds(format!("exists({path})")), count > 0);
        let counted = format!("count({path}) = {count} and not({path}) = {}()", count == 0);
        prop_assert!(holds(counted));
        let stepwise = format!("deep-equal({path}, ({path})/.)");
        prop_assert!(holds(stepwise));
    }
}

#[test]
fn hostile_expressions_end_with_an_error() {
    let catalog = small_catalog();
    let tree = Tree::new(&catalog);
    let scope = Scope::new(&tree).with_steps(1_000_000);
    let long = |part: &str, count: usize| part.repeat(count);
    let texts = [
        long("(", 10_000),
        long("not(", 10_000),
        long("a[", 10_000),
        long("-", 60_000) + "1",
        long("1+", 20_000) + "1",
        long("1,", 20_000) + "1",
        long("a/", 20_000) + "a",
        long("a|", 20_000) + "a",
        long("a!", 20_000) + "a",
        long("if (1) then 1 else ", 3000) + "1",
        long("let $x := 1 return ", 3000) + "1",
        long("for $x in (1,2) return ", 40) + "1",
        long("some $x in 1 to 1000 satisfies ", 30) + "false()",
        "let $x := 1 to 100000 return $x = $x".to_owned(),
        "let $x := (1 to 100000) ! string() return count(for $y in $x return $x)".to_owned(),
        "string-join((1 to 100000) ! 'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa', '')"
            .to_owned(),
        "recurse-depth('//*')".to_owned(),
        "1 to 9223372036854775807".to_owned(),
        "matches('aaaaaaaaaaaaaaaaaaaaaaaaaaaaa!', '(a|a)*(a|a)*b')".to_owned(),
        "matches('a', 'a{1000}{1000}{1000}')".to_owned(),
    ];
    for text in texts {
        if let Ok(expression) = Expression::parse(&text) {
            match expression.sequence(&scope, NodeId::DOCUMENT) {
                Ok(items) => assert!(items.len() <= 1_000_000),
                Err(error) => assert!(!error.message().is_empty()),
            }
        }
    }
}

#[test]
fn items_are_written_as_people_read_them() {
    let catalog = small_catalog();
    let tree = Tree::new(&catalog);
    let scope = Scope::new(&tree);
    let expression = Expression::parse("//control[1]/@id, 1.50, true(), 'a'").unwrap();
    let items = expression.sequence(&scope, NodeId::DOCUMENT).unwrap();
    let written: Vec<String> = items.iter().map(Item::to_string).collect();
    assert_eq!(written.last().map(String::as_str), Some("a"));
    assert!(written[0].starts_with("/catalog/") && written[0].ends_with("/@id"), "{written:?}");
}
