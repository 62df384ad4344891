//! Subjects and inventory items, made one at a time while the document is written.

use std::borrow::Cow;
use std::cell::RefCell;
use std::collections::BTreeMap;
use std::rc::Rc;

use probity_oscal::PROBITY_NS;
use serde::ser::{Serialize, Serializer};

use super::observation::Key;
use super::{Assembled, SubjectMode};
use crate::identity::Identity;
use crate::props::{markup_line, one_line};
use crate::verdict::{Detail, Measurement, Outcome, Subject, VerdictView, Verdicts};

/// Details of so many kinds are kept at hand; most resources share theirs with others.
const KEPT_DETAILS: usize = 1024;

/// A prop of ours, borrowed.
#[derive(serde::Serialize, Clone)]
pub(super) struct Prop<'a> {
    name: &'static str,
    ns: &'static str,
    value: Cow<'a, str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    class: Option<Cow<'a, str>>,
}

impl<'a> Prop<'a> {
    fn new(name: &'static str, value: impl Into<Cow<'a, str>>) -> Self {
        Self { name, ns: PROBITY_NS, value: tidy(value.into()), class: None }
    }
}

/// The text in the form of OSCAL's `string`.
fn tidy(text: Cow<'_, str>) -> Cow<'_, str> {
    match text {
        Cow::Borrowed(plain)
            if plain.trim() == plain && !plain.is_empty() && !plain.contains(['\n', '\r']) =>
        {
            text
        }
        other => Cow::Owned(one_line(&other)),
    }
}

/// The subjects of one observation, as a list to be written.
pub(super) struct Subjects<'a> {
    pub(super) verdicts: &'a Verdicts,
    pub(super) key: Key<'a>,
}

#[derive(serde::Serialize)]
#[serde(rename_all = "kebab-case")]
struct SubjectOut<'a> {
    subject_uuid: String,
    r#type: &'static str,
    title: String,
    props: Vec<&'a Prop<'a>>,
}

impl Serialize for Subjects<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let of_outcome = self.verdicts.of_check(self.key.check).filter(|v| v.outcome == self.key.outcome);
        let kept = RefCell::new(BTreeMap::new());
        serializer.collect_seq(of_outcome.map(|verdict| OneSubject { verdict, kept: &kept }))
    }
}

type Kept<'a> = RefCell<BTreeMap<&'a str, Rc<[Prop<'static>]>>>;

struct OneSubject<'a, 'k> {
    verdict: VerdictView<'a>,
    kept: &'k Kept<'a>,
}

impl Serialize for OneSubject<'_, '_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let subject = self.verdict.subject;
        let id = Prop::new("resource-id", &*subject.id);
        let found = self.found();
        let out = SubjectOut {
            subject_uuid: Identity::resource_uuid(&subject.id),
            r#type: "inventory-item",
            title: markup_line(&subject.name),
            props: std::iter::once(&id).chain(found.iter()).collect(),
        };
        out.serialize(serializer)
    }
}

impl OneSubject<'_, '_> {
    /// What the verdict found, taken from the props at hand where another resource has the same.
    fn found(&self) -> Rc<[Prop<'static>]> {
        let mut kept = self.kept.borrow_mut();
        if let Some(props) = kept.get(self.verdict.detail) {
            return Rc::clone(props);
        }
        let props: Rc<[Prop<'static>]> = detail_props(&self.verdict.detail(), self.verdict.outcome).into();
        if kept.len() < KEPT_DETAILS {
            kept.insert(self.verdict.detail, Rc::clone(&props));
        }
        props
    }
}

/// `found` and `expected` of what does not hold, `reason`, `missing`, `waiver`.
fn detail_props(detail: &Detail, outcome: Outcome) -> Vec<Prop<'static>> {
    let mut props = Vec::new();
    let passes = outcome == Outcome::Pass;
    for measured in detail.results.iter().filter(|measured| passes || !measured.success) {
        let class = Some(measured.property.clone()).filter(|path| is_token(path)).map(Cow::Owned);
        let of = |name, value: String| Prop { class: class.clone(), ..Prop::new(name, value) };
        props.extend(found(measured).map(|text| of("found", text)));
        props.extend(measured.expected.as_ref().map(|value| of("expected", plain(value))));
        props.extend(measured.message.clone().map(|text| of("message", text)));
    }
    props.extend(detail.reason.clone().map(|text| Prop::new("reason", text)));
    props.extend(detail.missing.iter().map(|path| Prop::new("missing", path.clone())));
    props.extend(detail.waiver.map(|uuid| Prop::new("waiver", uuid.to_string())));
    props
}

fn found(measured: &Measurement) -> Option<String> {
    measured.found.as_ref().map(plain)
}

/// A value for people: texts as they are, everything else as JSON.
fn plain(value: &serde_json::Value) -> String {
    match value.as_str() {
        Some(text) if !text.trim().is_empty() => text.to_owned(),
        _ => value.to_string(),
    }
}

/// Whether `text` is a token (OSCAL datatypes): a letter or `_`, then letters, digits, `.`, `-`, `_`.
fn is_token(text: &str) -> bool {
    let starts = text.starts_with(|c: char| c.is_alphabetic() || c == '_');
    starts && text.chars().all(|c| c.is_alphanumeric() || matches!(c, '.' | '-' | '_'))
}

/// The inventory items of a result, as a list to be written: one for each subject of an observation.
pub(super) struct Inventory<'a> {
    verdicts: &'a Verdicts,
    listed: Vec<bool>,
}

#[derive(serde::Serialize)]
struct ItemOut<'a> {
    uuid: String,
    description: String,
    props: Vec<Prop<'a>>,
}

impl<'a> Inventory<'a> {
    pub(super) fn of(assembled: &Assembled<'a>) -> Self {
        let verdicts = assembled.verdicts;
        let mut listed = vec![false; verdicts.subjects().len()];
        for row in verdicts.rows.values().flatten() {
            let wanted = assembled.subjects == SubjectMode::All || row.outcome != Outcome::Pass;
            if wanted && let Some(slot) = usize::try_from(row.subject).ok().and_then(|at| listed.get_mut(at))
            {
                *slot = true;
            }
        }
        Self { verdicts, listed }
    }

    pub(super) fn is_empty(&self) -> bool {
        !self.listed.contains(&true)
    }
}

impl Serialize for Inventory<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let scopes: BTreeMap<&str, &str> = self
            .verdicts
            .sources
            .iter()
            .map(|source| (source.path.as_str(), source.scope.as_str()))
            .collect();
        let pairs = self.verdicts.subjects().iter().zip(&self.listed);
        let listed = pairs.filter(|(_, listed)| **listed).map(|(subject, _)| subject);
        serializer.collect_seq(listed.map(|subject| item(subject, &scopes)))
    }
}

fn item<'a>(subject: &'a Subject, scopes: &BTreeMap<&str, &'a str>) -> ItemOut<'a> {
    let mut props = vec![Prop::new("resource-id", &*subject.id), Prop::new("resource-type", &*subject.kind)];
    let scope = scopes.get(&*subject.source).copied().filter(|scope| !scope.is_empty());
    props.extend(scope.map(|scope| Prop::new("scope", scope)));
    props.push(Prop::new("evidence-digest", &*subject.digest));
    props.push(Prop::new("evidence-source", &*subject.source));
    props.push(Prop::new("evidence-line", subject.line.to_string()));
    props.push(Prop::new("collected", subject.collected.to_string()));
    ItemOut { uuid: Identity::resource_uuid(&subject.id), description: markup_line(&subject.name), props }
}
