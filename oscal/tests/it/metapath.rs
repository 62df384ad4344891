//! Metapath: `metapath/*.yaml` gives expressions over small documents, and what they give or why they fail.

use std::collections::BTreeMap;

use jiff::Timestamp;
use probity_diagnostics::document::{self, Format};
use probity_oscal::metapath::{Atomic, Documents, Expression, Item, NodeId, Scope, Tree};
use serde::Deserialize;
use serde_json::Value;

use crate::reference::{files, own};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Suite {
    documents: BTreeMap<String, Value>,
    cases: Vec<Case>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Case {
    /// The expression.
    eval: String,
    /// Document; `catalog` where it is not said.
    #[serde(default = "catalog")]
    of: String,
    /// Selects the context node; the document node where it is not said.
    at: Option<String>,
    /// The items: nodes by their path, texts in quotes.
    gives: Option<Vec<String>>,
    /// Whether the expression holds.
    holds: Option<bool>,
    /// `CODE message`
    fails: Option<String>,
    /// `offset message`
    wrong: Option<String>,
}

fn catalog() -> String {
    "catalog".to_owned()
}

/// The other documents of a suite by name; a profile resolves to the document `catalog`.
struct Others<'t>(&'t BTreeMap<String, Tree<'t>>);

impl Documents for Others<'_> {
    fn document(&self, uri: &str) -> Result<&Tree<'_>, String> {
        let name = uri.strip_prefix("/docs/").and_then(|name| name.strip_suffix(".json"));
        name.and_then(|name| self.0.get(name)).ok_or_else(|| format!("`{uri}` does not exist"))
    }

    fn resolved<'a>(&'a self, tree: &'a Tree<'a>) -> Result<&'a Tree<'a>, String> {
        let root = tree.root().and_then(|root| tree.name(root)).map(probity_oscal::metapath::Name::text);
        match root {
            Some("catalog") => Ok(tree),
            Some("profile") => Ok(&self.0["catalog"]),
            other => Err(format!("{other:?} is no profile")),
        }
    }
}

fn written(item: &Item<'_>) -> String {
    match item {
        Item::Atomic(Atomic::Text(text) | Atomic::Untyped(text, _)) => format!("'{text}'"),
        other => other.to_string(),
    }
}

fn outcome<'t>(expression: &'t Expression, scope: &Scope<'t>, node: NodeId, holds: bool) -> String {
    if holds {
        return match expression.holds(scope, node) {
            Ok(holds) => format!("holds {holds}"),
            Err(error) => format!("fails {} {error}", error.code()),
        };
    }
    match expression.sequence(scope, node) {
        Ok(items) => format!("gives {:?}", items.iter().map(written).collect::<Vec<_>>()),
        Err(error) => format!("fails {} {error}", error.code()),
    }
}

fn expected(case: &Case) -> String {
    match (&case.gives, case.holds, &case.fails, &case.wrong) {
        (Some(items), None, None, None) => format!("gives {items:?}"),
        (None, Some(holds), None, None) => format!("holds {holds}"),
        (None, None, Some(error), None) => format!("fails {error}"),
        (None, None, None, Some(error)) => format!("wrong {error}"),
        _ => panic!("`{}` expects one thing", case.eval),
    }
}

fn found(case: &Case, trees: &BTreeMap<String, Tree<'_>>) -> String {
    let expression = match Expression::parse(&case.eval) {
        Ok(expression) => expression,
        Err(error) => return format!("wrong {} {}", error.offset, error.message),
    };
    let others = Others(trees);
    let tree = &trees[&case.of];
    let mut scope = Scope::new(tree).with_steps(200_000);
    if !case.eval.contains("without") {
        let now: Timestamp = "2026-11-21T10:00:00Z".parse().unwrap();
        scope = scope.with_documents(&others).with_now(now);
    }
    scope.set(
        "roles",
        vec![Item::Atomic(Atomic::Text("admin".into())), Item::Atomic(Atomic::Text("user".into()))],
    );
    let at = case.at.as_ref().map(|at| Expression::parse(at).unwrap());
    let node = match &at {
        Some(at) => {
            let nodes = at.nodes(&scope, NodeId::DOCUMENT).unwrap();
            assert_eq!(nodes.len(), 1, "`{}` selects one node", at.source());
            nodes[0].id
        }
        None => NodeId::DOCUMENT,
    };
    outcome(&expression, &scope, node, case.holds.is_some())
}

#[test]
fn expressions_give_what_xpath_says() {
    let tree = own();
    let mut surprises = Vec::new();
    let mut count = 0;
    for path in files(&tree, "metapath", &["yaml"]) {
        let suite = document::read(&tree, &path, Format::Yaml).unwrap().value;
        let suite: Suite = serde_json::from_value(suite).unwrap();
        let trees: BTreeMap<String, Tree<'_>> = suite
            .documents
            .iter()
            .map(|(name, value)| (name.clone(), Tree::new(value).at(&format!("docs/{name}.json"))))
            .collect();
        for case in &suite.cases {
            let (expected, found) = (expected(case), found(case, &trees));
            if expected != found {
                surprises.push(format!("{path}: {}\n  expected {expected}\n  found    {found}", case.eval));
            }
            count += 1;
        }
    }
    assert!(count > 100, "there are only {count} cases");
    assert!(surprises.is_empty(), "{}", surprises.join("\n"));
}
