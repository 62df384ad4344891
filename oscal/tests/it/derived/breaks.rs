//! For every constraint two documents made from its own data: one in which it holds, and one in which it does not.

use probity_oscal::schema::{Check, Constraint, DECLARATIONS, Datatype, Declaration, Key, Range};
use regex::Regex;
use serde_json::Value;

use super::contexts::{Context, contexts};
use super::growth::{Document, Node, place_of, place_of_value};
use super::syntax::{condition, union};

/// A value that is in no set.
const OUTSIDE: &str = "out-of-the-set";

/// A constraint kept and broken.
pub(super) struct Twins {
    pub(super) whole: Value,
    pub(super) broken: Value,
    /// Where the mistake stands in the broken document.
    pub(super) place: String,
    /// The mistake, for people.
    pub(super) mistake: String,
}

/// Twins for a constraint, one pair for each of the places where its definition stands; none where its target can
/// stand nowhere.
pub(super) fn twins(
    declaration: &Declaration,
    constraint: &'static Constraint,
) -> impl Iterator<Item = Twins> {
    let contexts = contexts(declaration).into_iter();
    contexts.filter_map(|context| Breaker { context: &context, constraint }.twins())
}

struct Breaker<'a> {
    context: &'a Context,
    constraint: &'a Constraint,
}

impl Breaker<'_> {
    fn twins(&self) -> Option<Twins> {
        match &self.constraint.check {
            Check::AllowedValues { values, .. } => self.value(values[0], OUTSIDE),
            Check::Matches { regex, datatype } => self.form(*regex, *datatype),
            Check::Expect { test } => self.expectation(test),
            Check::Index { keys, .. } | Check::IsUnique { keys } => self.twice(keys),
            Check::IndexHasKey { name, keys } => self.reference(name, &keys[0]),
            Check::HasCardinality { range } => self.count(*range),
        }
    }

    /// The context of the constraint, in the smallest document that has it.
    fn start(&self) -> (Document, Node) {
        let mut document = Document::of(self.context.root);
        let root = document.root();
        let node =
            self.context.chain.iter().fold(root, |node, property| document.child(&node, property, false));
        (document, node)
    }

    /// The same with a target.
    fn grown(&self) -> Option<(Document, Node, Node)> {
        let (mut document, context) = self.start();
        let target = document.grow(&context, &union(self.constraint.target))?;
        Some((document, context, target))
    }

    /// The target with a good and a bad value.
    fn value(&self, good: &str, bad: &str) -> Option<Twins> {
        let (mut document, _, target) = self.grown()?;
        let (place, datatype) = place_of_value(&target);
        let bad = if datatype == Datatype::Uri { format!("urn:example:{bad}") } else { bad.to_owned() };
        document.set(&target, good);
        let whole = document.value.clone();
        document.set(&target, &bad);
        Some(Twins { whole, broken: document.value, mistake: format!("`{bad}`"), place })
    }

    fn form(&self, regex: Option<&str>, datatype: Option<&str>) -> Option<Twins> {
        let local = self.constraint.target.contains("@href") && !self.constraint.target.contains("not(");
        if let Some(regex) = regex {
            let whole = Regex::new(&format!("^(?:{regex})$")).unwrap();
            let good = samples().into_iter().find(|sample| whole.is_match(sample)).unwrap();
            let bad = samples().into_iter().find(|sample| !whole.is_match(sample)).unwrap();
            return self.value(&good, &bad);
        }
        let (good, bad) = match datatype.unwrap() {
            "date" => ("2026-03-01", "March"),
            "date-time" | "date-time-with-timezone" => ("2026-03-01T08:00:00Z", "March"),
            "integer" => ("1", "first"),
            "ip-v4-address" => ("192.0.2.7", "192.0.2.777"),
            "ip-v6-address" => ("2001:db8::7", "2001:db8::g"),
            "uri" => ("https://example.org/a", "a.json"),
            "uri-reference" if local => ("#a", "#a b"),
            "uuid" => ("fe000000-0000-4000-8000-000000000000", "fe"),
            other => panic!("there is no bad value of {other}"),
        };
        self.value(good, bad)
    }

    fn expectation(&self, test: &str) -> Option<Twins> {
        let test = condition(test);
        let (mut whole, _, target) = self.grown()?;
        let mut broken = whole.clone();
        let made = whole.make(&target, &test, true) && broken.make(&target, &test, false);
        let mistake = "the condition does not hold".to_owned();
        made.then_some(Twins { whole: whole.value, broken: broken.value, place: target.pointer, mistake })
    }

    /// Two targets with the same key.
    fn twice(&self, keys: &[Key]) -> Option<Twins> {
        let (mut document, _, target) = self.grown()?;
        for key in keys {
            let part = document.grow(&target, &union(key.target))?;
            let (place, _) = place_of_value(&part);
            let text = document.at(&place)?.as_str()?.to_owned();
            document.set(&part, &text);
        }
        let second = document.copy(&target)?;
        let broken = document.value.clone();
        let part = document.grow(&second, &union(keys[0].target))?;
        let (value, _) = place_of_value(&part);
        let text = document.at(&value)?.as_str()?.to_owned();
        document.set(&part, &another(&text));
        let mistake = format!("the same as `{}`", target.pointer);
        let place = if keys.len() == 1 { value } else { place_of(&second) };
        Some(Twins { whole: document.value, broken, place, mistake })
    }

    /// A target whose key is in an index, and one whose key is in none.
    fn reference(&self, index: &str, key: &Key) -> Option<Twins> {
        let (mut document, _, target) = self.grown()?;
        let part = document.grow(&target, &union(key.target))?;
        let (name, at) = self.indexed(index, &mut document)?;
        let sign = if key.target == "@href" { "#" } else { "" };
        document.set(&part, &format!("{sign}{name}"));
        let whole = document.value.clone();
        let (place, datatype) = place_of_value(&part);
        let none = if datatype == Datatype::Token { "nowhere".to_owned() } else { document.uuid() };
        document.set(&part, &format!("{sign}{none}"));
        let mistake = format!("`{sign}{none}`, where `{at}` is `{name}`");
        Some(Twins { whole, broken: document.value, place, mistake })
    }

    /// An entry of an index of the same document: its key, and where it stands.
    fn indexed(&self, index: &str, document: &mut Document) -> Option<(String, String)> {
        let definitions = DECLARATIONS.iter().flat_map(|declaration| {
            declaration.constraints.iter().map(move |constraint| (*declaration, constraint))
        });
        for (declaration, constraint) in definitions {
            let Check::Index { name, keys } = &constraint.check else { continue };
            let same_root = |context: &Context| std::ptr::eq(context.root, self.context.root);
            let Some(context) = contexts(declaration).into_iter().find(same_root) else { continue };
            if *name == index {
                let root = document.root();
                let node =
                    context.chain.iter().fold(root, |node, property| document.child(&node, property, false));
                let entry = document.grow(&node, &union(constraint.target))?;
                let part = document.grow(&entry, &union(keys[0].target))?;
                let (place, _) = place_of_value(&part);
                return Some((document.at(&place)?.as_str()?.to_owned(), place));
            }
        }
        None
    }

    /// As many targets as there may be, and one less or more.
    fn count(&self, range: Range) -> Option<Twins> {
        let (mut document, context, target) = self.grown()?;
        let whole = document.value.clone();
        if range.min > 0 {
            document.remove(&target)?;
            let mistake = "there is none".to_owned();
            return Some(Twins { whole, broken: document.value, place: context.pointer, mistake });
        }
        let second = document.copy(&target)?;
        let mistake = "there are two".to_owned();
        Some(Twins { whole, broken: document.value, place: second.pointer, mistake })
    }
}

/// Texts of which some fit a regular expression and some do not.
fn samples() -> Vec<String> {
    let digits = [56, 64, 96, 128].map(|length| "0".repeat(length));
    ["SE", "4612345678", "a", "a b"].map(str::to_owned).into_iter().chain(digits).collect()
}

/// A text of the same form that is another one.
fn another(text: &str) -> String {
    if Datatype::Uuid.accepts(text) {
        return text.replacen("fe", "fd", 1);
    }
    format!("{text}-2")
}
