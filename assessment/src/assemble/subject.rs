//! Subjects and inventory items, made one at a time while the document is written.

use std::borrow::Cow;
use std::cell::RefCell;
use std::collections::BTreeMap;
use std::rc::Rc;

use probity_oscal::PROBITY_NS;
use serde::ser::{Error as _, Serialize, Serializer};
use uuid::Uuid;

use super::SubjectMode;
use super::observation::Key;
use crate::identity::Identity;
use crate::props::{markup_line, one_line};
use crate::verdict::store::Row;
use crate::verdict::{Detail, Measurement, Outcome, Subject, Verdicts};

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

/// The resources that a result lists, and their uuids.
#[derive(Debug, Clone)]
pub(super) struct Listed {
    mode: SubjectMode,
    /// By subject of the verdicts; nil = not listed.
    uuids: Vec<Uuid>,
}

impl Listed {
    pub(super) fn of(verdicts: &Verdicts, mode: SubjectMode) -> Self {
        let mut listed = Self { mode, uuids: vec![Uuid::nil(); verdicts.subjects().len()] };
        for row in verdicts.rows.values().flatten().filter(|row| lists(mode, row.found.outcome())) {
            let Ok(index) = usize::try_from(row.subject) else { continue };
            if let (Some(slot), Some(subject)) = (listed.uuids.get_mut(index), verdicts.subjects().get(index))
                && slot.is_nil()
            {
                *slot = Identity::resource_uuid(subject.id());
            }
        }
        listed
    }

    /// Whether verdicts of that outcome have subjects.
    pub(super) fn lists(&self, outcome: Outcome) -> bool {
        lists(self.mode, outcome)
    }

    pub(super) fn is_empty(&self) -> bool {
        self.uuids.iter().all(Uuid::is_nil)
    }
}

fn lists(mode: SubjectMode, outcome: Outcome) -> bool {
    mode == SubjectMode::All || outcome != Outcome::Pass
}

/// The subjects of one observation, as a list to be written.
pub(super) struct Subjects<'a> {
    pub(super) verdicts: &'a Verdicts,
    pub(super) listed: &'a Listed,
    pub(super) key: Key<'a>,
}

#[derive(serde::Serialize)]
#[serde(rename_all = "kebab-case")]
struct SubjectOut<'a> {
    subject_uuid: Uuid,
    r#type: &'static str,
    title: String,
    props: Vec<&'a Prop<'a>>,
}

impl Serialize for Subjects<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let rows = self.verdicts.rows.get(&self.key.check.name).into_iter().flatten();
        let rows = rows.filter(|row| row.found.outcome() == self.key.outcome);
        let kept = RefCell::new(BTreeMap::new());
        serializer.collect_seq(rows.map(|row| OneSubject { of: self, row: *row, kept: &kept }))
    }
}

/// Props of details at hand, by index of the detail.
type Kept = RefCell<BTreeMap<u32, Rc<[Prop<'static>]>>>;

struct OneSubject<'a> {
    of: &'a Subjects<'a>,
    row: Row,
    kept: &'a Kept,
}

impl Serialize for OneSubject<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let place = usize::try_from(self.row.subject).map_err(S::Error::custom)?;
        let missing = || S::Error::custom("a verdict names no resource");
        let subject = self.of.verdicts.subjects().get(place).ok_or_else(missing)?;
        let uuid = self.of.listed.uuids.get(place).ok_or_else(missing)?;
        let id = Prop::new("resource-id", subject.id());
        let found = self.found();
        let out = SubjectOut {
            subject_uuid: *uuid,
            r#type: "inventory-item",
            title: markup_line(subject.name()),
            props: std::iter::once(&id).chain(found.iter()).collect(),
        };
        out.serialize(serializer)
    }
}

impl OneSubject<'_> {
    /// What the verdict found, taken from the props at hand where another resource has the same.
    fn found(&self) -> Rc<[Prop<'static>]> {
        let mut kept = self.kept.borrow_mut();
        if let Some(props) = kept.get(&self.row.found.detail()) {
            return Rc::clone(props);
        }
        let place = usize::try_from(self.row.found.detail()).ok();
        let text = place.and_then(|place| self.of.verdicts.details.get(place));
        let detail: Detail = text.and_then(|text| serde_json::from_str(text).ok()).unwrap_or_default();
        let props: Rc<[Prop<'static>]> = detail_props(&detail, self.of.key).into();
        if kept.len() < KEPT_DETAILS {
            kept.insert(self.row.found.detail(), Rc::clone(&props));
        }
        props
    }
}

/// `found` and `expected` of what does not hold, `reason`, `missing`, `waiver`.
/// What is measured is the property of the check, unless the `class` of a prop names another one.
fn detail_props(detail: &Detail, key: Key<'_>) -> Vec<Prop<'static>> {
    let mut props = Vec::new();
    let passes = key.outcome == Outcome::Pass;
    let own = key.check.metric.property.as_deref();
    for measured in detail.results.iter().filter(|measured| passes || !measured.success) {
        let path = Some(measured.property.as_str()).filter(|path| own != Some(*path) && is_token(path));
        let class = path.map(|path| Cow::Owned(path.to_owned()));
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
    pub(super) verdicts: &'a Verdicts,
    pub(super) listed: &'a Listed,
}

#[derive(serde::Serialize)]
struct ItemOut<'a> {
    uuid: Uuid,
    description: String,
    props: Vec<Prop<'a>>,
}

impl Serialize for Inventory<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let scopes: BTreeMap<&str, &str> = self
            .verdicts
            .sources
            .iter()
            .map(|source| (source.path.as_str(), source.scope.as_str()))
            .collect();
        let pairs = self.verdicts.subjects().iter().zip(&self.listed.uuids);
        let listed = pairs.filter(|(_, uuid)| !uuid.is_nil());
        serializer.collect_seq(listed.map(|(subject, uuid)| item(subject, *uuid, &scopes)))
    }
}

fn item<'a>(subject: &'a Subject, uuid: Uuid, scopes: &BTreeMap<&str, &'a str>) -> ItemOut<'a> {
    let mut props = vec![Prop::new("resource-id", subject.id()), Prop::new("resource-type", subject.kind())];
    let scope = scopes.get(subject.source()).copied().filter(|scope| !scope.is_empty());
    props.extend(scope.map(|scope| Prop::new("scope", scope)));
    props.push(Prop::new("evidence-digest", subject.digest.to_string()));
    props.push(Prop::new("evidence-source", subject.source()));
    props.push(Prop::new("evidence-line", subject.line.to_string()));
    props.push(Prop::new("collected", subject.collected.to_string()));
    ItemOut { uuid, description: markup_line(subject.name()), props }
}
