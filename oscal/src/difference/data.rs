//! What differs, as data. The JSON form of these types is part of what Probity promises: `docs/diff.md` has it.

use std::collections::BTreeMap;

use probity_diagnostics::Pointer;
use serde::{Serialize, Serializer};

/// What differs between two documents of one model, or what a document holds that stands on one side only.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct Difference {
    /// Key of the model, such as `catalog`.
    pub model: &'static str,
    /// The outcome in one word.
    pub outcome: Outcome,
    /// The document before; none where it was added.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub before: Option<Side>,
    /// The document after; none where it was removed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub after: Option<Side>,
    /// How many items of a kind underwent a change; an item may count for several changes.
    pub totals: BTreeMap<&'static str, BTreeMap<Change, usize>>,
    /// The items that differ, in the order in which a reviewer cares about them.
    pub items: Vec<Item>,
}

/// Whether two documents differ.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Outcome {
    /// Nothing differs but what means nothing: blank space, order of what has none, uuids of what is otherwise the same.
    Same,
    /// Only the metadata differ, or the document's own uuid.
    Metadata,
    /// There are differences.
    Changed,
    /// The document stands only on the side after.
    Added,
    /// The document stands only on the side before.
    Removed,
}

impl Outcome {
    /// Whether there is something to review.
    pub const fn differs(self) -> bool {
        !matches!(self, Self::Same)
    }
}

/// What tells a document.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct Side {
    /// Its title.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    /// Its version.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub version: Option<String>,
    /// The release of OSCAL that it is written in.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub oscal_version: Option<String>,
    /// Its uuid.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub uuid: Option<String>,
}

/// What happened to an item. The order is that of sections in a review.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Change {
    /// It is not there any more.
    Removed,
    /// It is marked as withdrawn, and was not before.
    Withdrawn,
    /// It was not there before.
    Added,
    /// It was marked as withdrawn, and is not any more.
    Restored,
    /// It stands below another group or control, or under another id.
    Moved,
    /// Its title is another one.
    Retitled,
    /// Something in it is another.
    Changed,
}

impl Change {
    /// All changes, in their order.
    pub const ALL: [Self; 7] = [
        Self::Removed,
        Self::Withdrawn,
        Self::Added,
        Self::Restored,
        Self::Moved,
        Self::Retitled,
        Self::Changed,
    ];

    /// The change as the JSON form has it.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Removed => "removed",
            Self::Withdrawn => "withdrawn",
            Self::Added => "added",
            Self::Restored => "restored",
            Self::Moved => "moved",
            Self::Retitled => "retitled",
            Self::Changed => "changed",
        }
    }
}

/// Something that has a name of its own and differs: a control, a group, a component, a requirement.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct Item {
    /// What it is: the name of its object in the Metaschema, such as `control` or `implemented-requirement`; `document`
    /// for what belongs to no item.
    pub kind: &'static str,
    /// What it is known by: an id, the control of a requirement, the href of an import, else a uuid.
    pub id: String,
    /// What is printed for the id, such as `AC-2`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub label: Option<String>,
    /// Its title after, or before where it was removed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    /// What happened to it, in order, at least one.
    pub changes: Vec<Change>,
    /// The items that it stands in, outermost first.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub within: Vec<Named>,
    /// Where it stands before.
    #[serde(serialize_with = "pointer", skip_serializing_if = "Option::is_none")]
    pub before: Option<Pointer>,
    /// Where it stands after.
    #[serde(serialize_with = "pointer", skip_serializing_if = "Option::is_none")]
    pub after: Option<Pointer>,
    /// What it came out of.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub predecessors: Vec<Kin>,
    /// What became of it.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub successors: Vec<Kin>,
    /// What differs in it, in order of weight, then of the document.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub details: Vec<Detail>,
}

impl Item {
    /// Whether a change happened to it.
    pub fn is(&self, change: Change) -> bool {
        self.changes.contains(&change)
    }

    /// What is printed for it: its label, else its id, unless that is a uuid and it has a title.
    pub fn name(&self) -> &str {
        let title = self.title.as_deref().filter(|_| is_uuid(&self.id));
        self.label.as_deref().or(title).unwrap_or(&self.id)
    }
}

/// The name of an item.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct Named {
    /// What it is, as [`Item::kind`].
    pub kind: &'static str,
    /// What it is known by.
    pub id: String,
    /// Its title.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
}

impl Named {
    /// What is printed for it: its id, unless that is a uuid and it has a title.
    pub fn name(&self) -> &str {
        self.title.as_deref().filter(|_| is_uuid(&self.id)).unwrap_or(&self.id)
    }
}

fn is_uuid(id: &str) -> bool {
    id.len() == 36 && id.bytes().all(|byte| byte.is_ascii_hexdigit() || byte == b'-')
}

/// A control that another one came out of, or went into.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct Kin {
    /// How they are related.
    pub relation: Relation,
    /// The other control, or what a link leads to where that is no control.
    pub id: String,
    /// The part of the other control that is meant, where it is not all of it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub part: Option<String>,
}

/// How two controls of two documents are related.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Relation {
    /// A link `moved-to`.
    MovedTo,
    /// A link `incorporated-into`.
    IncorporatedInto,
    /// A mapping collection says that the two are equal or equivalent.
    MappedTo,
    /// Title and statement are the same, letter by letter.
    SameText,
}

/// One difference in an item.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct Detail {
    /// What it is about.
    pub about: About,
    /// What differs, in words: `statement a.1`, `parameter ac-1_prm_2, label`.
    pub name: String,
    /// What happened to it.
    pub change: DetailChange,
    /// The text before, where it does not stand in `words`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub before: Option<String>,
    /// The text after, where it does not stand in `words`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub after: Option<String>,
    /// Prose that changed, word by word.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub words: Vec<Piece>,
    /// Where it stands before.
    #[serde(serialize_with = "pointer", skip_serializing_if = "Option::is_none")]
    pub before_at: Option<Pointer>,
    /// Where it stands after.
    #[serde(serialize_with = "pointer", skip_serializing_if = "Option::is_none")]
    pub after_at: Option<Pointer>,
}

/// What a difference is about. The order is that of details in an item.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum About {
    /// The title.
    Title,
    /// The prop `status`.
    Status,
    /// The group or control that it stands in.
    Place,
    /// Which controls are chosen.
    Selection,
    /// The statement of a control, or an item of it.
    Statement,
    /// A parameter: label, values, constraints, guidelines, choices.
    Parameter,
    /// Prose: a description, remarks.
    Text,
    /// A value that is neither prose nor any of the others.
    Value,
    /// The guidance of a control.
    Guidance,
    /// Another part, such as an objective.
    Part,
    /// A property (`props`).
    Property,
    /// A link.
    Link,
    /// The order of what has an order.
    Order,
}

/// What happened in an item.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum DetailChange {
    /// It is not there any more.
    Removed,
    /// It was not there before.
    Added,
    /// It is another.
    Changed,
}

/// A run of words.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Piece {
    /// It stands on both sides.
    Equal(String),
    /// It stands only before.
    Removed(String),
    /// It stands only after.
    Added(String),
}

impl Piece {
    /// The words.
    pub fn text(&self) -> &str {
        match self {
            Self::Equal(text) | Self::Removed(text) | Self::Added(text) => text,
        }
    }
}

#[expect(clippy::ref_option, reason = "serde hands over a reference to the field")]
fn pointer<S: Serializer>(pointer: &Option<Pointer>, serializer: S) -> Result<S::Ok, S::Error> {
    match pointer {
        Some(pointer) => serializer.serialize_str(pointer.as_str()),
        None => serializer.serialize_none(),
    }
}
