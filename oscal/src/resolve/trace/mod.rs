//! Why a resolved catalog is as it is.
//!
//! The resolver notes what it decides while it decides it (`record`); nothing is concluded afterwards from the outcome. What
//! was noted for each document becomes one story per control (`story`): its steps through all documents, from the
//! catalog that defines it to the profile that was asked for.

pub(super) mod change;
mod item;
pub(super) mod record;
mod story;

use probity_diagnostics::{Location, TreePath};
use serde_json::Value;

use crate::model::Catalog;

/// A resolved catalog and the reasons for what is in it.
#[derive(Clone, Debug)]
pub struct Traced {
    /// The catalog, the same as without a trace.
    pub catalog: Catalog,
    /// The reasons.
    pub trace: Trace,
}

/// The reasons for what a resolved catalog holds and lacks.
#[derive(Clone, Debug, PartialEq)]
pub struct Trace {
    /// The documents: each after those it imports, the one that was asked for last.
    pub documents: Vec<Document>,
    /// Every control of the catalogs behind the result: those in the result first, in its order; then the others, in
    /// the order of their catalogs.
    pub controls: Vec<ControlTrace>,
    /// Parameters that stand outside of controls, as far as something was decided about them, by id.
    pub parameters: Vec<ObjectTrace>,
    /// Resources of the back matter, by uuid.
    pub resources: Vec<ObjectTrace>,
}

/// A document that took part.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Document {
    /// The file.
    pub file: TreePath,
    /// Its title.
    pub title: String,
    /// Whether it is a profile; else it is a catalog.
    pub is_profile: bool,
    /// The files it imports, in order.
    pub imports: Vec<TreePath>,
}

/// The story of a control.
#[derive(Clone, Debug, PartialEq)]
pub struct ControlTrace {
    /// Its id.
    pub id: String,
    /// Its title: in the result, else in its catalog.
    pub title: String,
    /// How often the result holds it: more than once where several imports bring it in and all are kept.
    pub copies: usize,
    /// What became of it, in the order of events; what became of all copies is told once.
    pub steps: Vec<Step>,
    /// The parameters that its catalog or the result gives it.
    pub params: Vec<ParamTrace>,
    /// The ids of the parts that its catalog gives it.
    pub parts: Vec<String>,
}

/// The story of a parameter of a control.
#[derive(Clone, Debug, PartialEq)]
pub struct ParamTrace {
    /// Its id.
    pub id: String,
    /// Where a catalog or an addition defines it.
    pub defined: Vec<Location>,
    /// Where its values, or its selection, were set, in order; the last one holds. Empty where those of its definition
    /// hold.
    pub set: Vec<Location>,
    /// Whether the result holds it.
    pub is_in: bool,
    /// Its values in the result.
    pub values: Vec<String>,
    /// What to select from in the result.
    pub choice: Vec<String>,
    /// Its label in the result.
    pub label: Option<String>,
}

/// The story of a parameter outside of controls, or of a resource.
#[derive(Clone, Debug, PartialEq)]
pub struct ObjectTrace {
    /// Its id or uuid.
    pub id: String,
    /// Its label or title.
    pub title: Option<String>,
    /// Whether the result holds it.
    pub is_in: bool,
    /// What became of it, in the order of events.
    pub steps: Vec<Step>,
}

/// Something that was decided, and the directive that asked for it.
#[derive(Clone, Debug, PartialEq)]
pub struct Step {
    /// The directive; for a definition, the object itself.
    pub place: Location,
    /// What was decided.
    pub event: Event,
}

/// What can become of a control, a parameter or a resource.
#[derive(Clone, Debug, PartialEq)]
pub enum Event {
    /// A catalog, or a profile that brings an object along, defines it.
    Defined {
        /// What it stands in.
        inside: Holder,
    },
    /// An import takes it over.
    Selected {
        /// Which import, counted from 1.
        import: usize,
        /// How the directive means it.
        how: How,
    },
    /// An import takes over others only.
    NotNamed {
        /// Which import, counted from 1.
        import: usize,
    },
    /// An import leaves it out.
    Excluded {
        /// Which import, counted from 1.
        import: usize,
        /// How the directive means it.
        how: How,
    },
    /// It takes the place of the control above it, which is not there.
    Raised {
        /// The control above.
        above: String,
    },
    /// The copy of one import gives way to that of an earlier one (`use-first`).
    Superseded {
        /// Whose copy goes, counted from 1.
        import: usize,
        /// Whose copy stays, counted from 1.
        by: usize,
    },
    /// It is put where the structure of the profile asks for it.
    Placed {
        /// What asks for it.
        structure: Structure,
        /// What it stands in.
        inside: Holder,
    },
    /// `insert-controls` leaves it out.
    NotInserted {
        /// How the directive means it.
        how: How,
    },
    /// A structure that the profile writes out has no place for it.
    NotPlaced,
    /// A directive sets a parameter.
    Set {
        /// The parameter.
        param: String,
        /// What became another value.
        changes: Vec<Change>,
    },
    /// A directive adds to the control.
    Added {
        /// The object that the directive names; the control where it names none.
        to: Option<String>,
        /// Where the directive puts what it adds.
        position: Position,
        /// What is added.
        items: Vec<Item>,
    },
    /// A directive removes something from the control.
    Removed {
        /// What is removed.
        items: Vec<Item>,
    },
    /// A directive removes the control from the one it stands in.
    Gone {
        /// The control that was altered.
        from: String,
    },
    /// It stays although it may be dropped.
    Kept(Because),
    /// Nothing refers to it, so it is dropped.
    Dropped,
}

/// How a directive means a control.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum How {
    /// It means all: `include-all`, or an import that names none.
    All,
    /// It names its id.
    Id,
    /// It has this pattern.
    Pattern(String),
    /// It means a control above and asks for its child controls.
    ChildOf(String),
    /// It means this control, which stands inside.
    AncestorOf(String),
}

/// The structures of `merge`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Structure {
    /// `flat`, or where none is named.
    Flat,
    /// `as-is`.
    AsIs,
    /// `custom`, by an `insert-controls` that means the control in these ways.
    Custom(Vec<How>),
}

/// What an object stands in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Holder {
    /// The catalog itself.
    Catalog,
    /// A group.
    Group {
        /// Its id.
        id: Option<String>,
        /// Its title.
        title: String,
    },
    /// A control, by its id.
    Control(String),
}

/// Something about an object that became another value.
#[derive(Clone, Debug, PartialEq)]
pub struct Change {
    /// The name of the member, as in JSON.
    pub field: String,
    /// What it was; null where it was not there. Of a list that is added to, only what was taken away.
    pub old: Value,
    /// What it is; null where it is not there. Of a list that is added to, only what came.
    pub new: Value,
}

/// Where an addition puts its content.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Position {
    /// Inside, to the front.
    Starting,
    /// Inside, to the back.
    Ending,
    /// Before the object.
    Before,
    /// After the object.
    After,
}

/// Something that was added or removed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Item {
    /// What it is, as `by-item-name` has it: `param`, `prop`, `link`, `part`, `control`, `title`.
    pub kind: &'static str,
    /// Its id.
    pub id: Option<String>,
    /// Its name, of a prop or part; its relation, of a link.
    pub name: Option<String>,
    /// The namespace of a prop, where it is not that of OSCAL.
    pub ns: Option<String>,
    /// Its value, of a prop; its href, of a link; its label, of a parameter; its title, else its prose, of a part.
    pub text: Option<String>,
    /// The part or parameter it stands in, where that has an id.
    pub inside: Option<String>,
}

/// Why an object stays.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Because {
    /// Its prop `keep` says so.
    Marked,
    /// The profile sets it.
    Set,
    /// Something that stays refers to it.
    Referred(Referrer),
}

/// What refers to an object.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Referrer {
    /// The metadata of the result.
    Metadata,
    /// A group, by its id, or its title where it has none.
    Group(String),
    /// A control, by its id.
    Control(String),
    /// A parameter outside of controls, by its id.
    Param(String),
    /// A resource of the back matter, by its uuid.
    Resource(String),
}

impl Event {
    /// Whether a control is lost by this.
    pub fn is_loss(&self) -> bool {
        matches!(
            self,
            Self::NotNamed { .. }
                | Self::Excluded { .. }
                | Self::Superseded { .. }
                | Self::NotPlaced
                | Self::NotInserted { .. }
                | Self::Gone { .. }
        )
    }
}

impl ControlTrace {
    /// Whether the result holds it.
    pub fn is_in(&self) -> bool {
        self.copies > 0
    }

    /// The step by which a control that is out was lost. Where several imports lost it, this is the last one that meant
    /// it, else the first one that did not name it.
    pub fn loss(&self) -> Option<&Step> {
        let meant = |step: &&Step| step.event.is_loss() && !matches!(step.event, Event::NotNamed { .. });
        let lost = self.steps.iter().rev().find(meant);
        let lost = lost.or_else(|| self.steps.iter().find(|step| step.event.is_loss()));
        lost.filter(|_| !self.is_in())
    }
}

impl Trace {
    /// The document that was asked for.
    pub fn profile(&self) -> Option<&Document> {
        self.documents.last()
    }

    /// The control with this id, or that holds the parameter or part with this id.
    pub fn control(&self, id: &str) -> Option<&ControlTrace> {
        let holds = |control: &&ControlTrace| {
            control.params.iter().any(|param| param.id == id) || control.parts.iter().any(|part| part == id)
        };
        let named = self.controls.iter().find(|control| control.id == id);
        named.or_else(|| self.controls.iter().find(holds))
    }

    /// The id that was probably meant where there is nothing of the given one.
    pub fn similar(&self, given: &str) -> Option<&str> {
        let ids = self.controls.iter().map(|control| &control.id);
        let params = self.controls.iter().flat_map(|control| &control.params).map(|param| &param.id);
        let parts = self.controls.iter().flat_map(|control| &control.parts);
        super::similar(given, ids.chain(params).chain(parts).map(String::as_str))
    }
}
