//! What a change of a project means for its assessments: the review of a pull request, as data, and as pages to read.

mod html;
mod kind;
mod markdown;
mod redact;
mod rows;
mod text;

use probity_oscal::difference::Item;
use serde::Serialize;

use crate::view::{ControlState, Severity, Verdict};

pub use html::html;
pub use kind::Kind;
pub use markdown::{MARKER, MarkdownOptions, markdown};
pub use text::text;

/// The consequence of a change: two states of a project, judged over the same evidence.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct Review {
    /// What is compared with.
    pub base: Revision,
    /// What is reviewed.
    pub head: Revision,
    /// The instant of judgement (RFC 3339).
    pub as_of: String,
    /// Where the evidence comes from, in words.
    pub evidence: String,
    /// What the gate says.
    pub gate: Gate,
    /// The assessments that the change touches, in the order of the project file of the head, then those that it drops.
    pub assessments: Vec<Assessment>,
    /// How many assessments come out the same in every respect.
    pub unchanged: usize,
    /// What is wrong in lines that the change touches.
    pub lint: Vec<Lint>,
    /// What a reader has to know besides, in sentences.
    pub notes: Vec<String>,
}

/// A state of the project.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct Revision {
    /// As the user named it; `work tree` for what is not committed.
    pub name: String,
    /// The full id of the commit.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub commit: Option<String>,
}

/// What lets a change pass.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct Gate {
    /// The rules that close it.
    pub rules: Vec<Rule>,
    /// Whether the change may pass.
    pub open: bool,
    /// Why it is closed.
    pub reasons: Vec<Reason>,
}

/// A rule that closes the gate.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Rule {
    /// A control or a resource fails that was judged before and did not fail.
    Regression,
    /// What was settled is not any more.
    NewUnknown,
    /// What was judged is not any more.
    LostCoverage,
}

/// Why the gate is closed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct Reason {
    /// The rule; none where the change cannot be assessed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub rule: Option<Rule>,
    /// The assessment.
    pub assessment: String,
    /// Ids of the controls.
    pub controls: Vec<String>,
}

/// What became of an assessment.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Status {
    /// It is on both sides.
    Kept,
    /// It is new.
    Added,
    /// It is no longer there.
    Removed,
    /// It could be made before, and cannot any more.
    Broken,
    /// It could not be made before.
    Mended,
    /// It can be made on neither side.
    StillBroken,
}

/// What the change means for one assessment.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct Assessment {
    /// Its name.
    pub name: String,
    /// What became of it.
    pub status: Status,
    /// Why it cannot be made, one message each.
    pub problems: Vec<String>,
    /// How much is covered before and after.
    pub coverage: Sides<Coverage>,
    /// How many controls are in each state before and after; states that nothing has are left out.
    pub states: Vec<StateCount>,
    /// Controls of the resolved catalog that are added, moved, changed or dropped.
    pub controls: Vec<Item>,
    /// Findings that flip, the worst first.
    pub findings: Vec<FindingFlip>,
    /// Checks that are added, changed or dropped, or that come out differently for some resource, by name.
    pub checks: Vec<CheckChange>,
}

/// Something before and after.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct Sides<T> {
    /// In the base; none where it is not there.
    pub before: Option<T>,
    /// In the head; none where it is not there.
    pub after: Option<T>,
}

/// How much of a catalog is covered.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct Coverage {
    /// Controls of the resolved catalog that ask for something.
    pub controls: usize,
    /// Those with a check, a procedure, or a result that is carried to them.
    pub evaluated: usize,
    /// Those with a check.
    pub automated: usize,
    /// Checks.
    pub checks: usize,
    /// Controls that are satisfied.
    pub satisfied: usize,
}

/// How many controls are in a state.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct StateCount {
    /// The state.
    pub state: ControlState,
    /// In the base.
    pub before: usize,
    /// In the head.
    pub after: usize,
}

/// What became of something that has a name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Fate {
    /// It is new.
    Added,
    /// It is another one now.
    Changed,
    /// It is no longer there.
    Dropped,
    /// It is as it was.
    Same,
}

/// Something that changed, with what it was and is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct Change {
    /// What it is: `target value`, `Rego`, `controls`.
    pub what: String,
    /// What it was; none where it was not there or is too long to show.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub before: Option<String>,
    /// What it is; none where it is not there or is too long to show.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub after: Option<String>,
}

/// A finding that flips, or whose resources do.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct FindingFlip {
    /// Id of the control.
    pub control: String,
    /// Its title.
    pub title: String,
    /// What kind of flip it is.
    pub kind: Kind,
    /// The state in the base; none where it was not judged.
    pub before: Option<ControlState>,
    /// The state in the head; none where it is not judged.
    pub after: Option<ControlState>,
    /// How bad it is in the head, else how bad it was.
    pub severity: Option<Severity>,
    /// Names of the checks that bring it about.
    pub checks: Vec<String>,
    /// How many resources flip, by kind of flip; each is counted once.
    pub resources: Vec<(Kind, usize)>,
}

/// What became of a check, and of its verdicts.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct CheckChange {
    /// Its name in the head, else in the base.
    pub name: String,
    /// What holds where it passes.
    pub title: String,
    /// How bad a fail is.
    pub severity: Severity,
    /// What became of it.
    pub fate: Fate,
    /// What changed.
    pub changes: Vec<Change>,
    /// The lines of the change that did it.
    pub places: Vec<Place>,
    /// Ids of the controls that it is evidence for in the head.
    pub controls: Vec<String>,
    /// Ids of the controls that it was evidence for in the base.
    pub former_controls: Vec<String>,
    /// Resources whose verdict flips, sorted by id; but for new checks only those that are open.
    pub resources: Vec<ResourceFlip>,
    /// Passes of a check that is new.
    pub new_passes: usize,
}

/// A line of a file of the head.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct Place {
    /// The file, from the project folder.
    pub file: String,
    /// Its line, from 1; none for the file as a whole.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub line: Option<u32>,
}

/// A resource whose verdict flips.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct ResourceFlip {
    /// Its id.
    pub id: String,
    /// Its name.
    pub name: String,
    /// Its type in the ontology.
    pub r#type: String,
    /// What kind of flip it is.
    pub kind: Kind,
    /// The verdict in the base; none where the check did not apply.
    pub before: Option<Verdict>,
    /// The verdict in the head; none where the check does not apply.
    pub after: Option<Verdict>,
    /// What was measured, as it is told of the side where it is open.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub found: Option<String>,
    /// Where the evidence stands.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub evidence: Option<Place>,
}

/// Something that is wrong in a line that the change touches.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct Lint {
    /// Its code.
    pub code: String,
    /// `error`, `warning` or `note`.
    pub severity: String,
    /// What is wrong.
    pub message: String,
    /// What to do about it.
    pub help: Vec<String>,
    /// Where.
    pub place: Place,
}

impl Rule {
    /// All rules.
    pub const ALL: [Self; 3] = [Self::Regression, Self::NewUnknown, Self::LostCoverage];

    /// The word that names it on the command line.
    pub fn word(self) -> &'static str {
        match self {
            Self::Regression => "regression",
            Self::NewUnknown => "new-unknown",
            Self::LostCoverage => "lost-coverage",
        }
    }

    /// The rule of that word.
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|rule| rule.word() == word)
    }
}

impl Review {
    /// Whether the change has no consequence at all.
    pub fn is_quiet(&self) -> bool {
        self.gate.open && self.assessments.is_empty() && self.lint.is_empty()
    }
}

impl CheckChange {
    /// Whether it is evidence for a control in the head.
    pub fn is_for(&self, control: &str) -> bool {
        self.controls.iter().any(|id| id == control)
    }

    /// Whether it was evidence for a control in the base.
    pub fn was_for(&self, control: &str) -> bool {
        self.former_controls.iter().any(|id| id == control)
    }

    /// How many resources flip in each way, in the order of kinds.
    pub fn tally(&self) -> Vec<(Kind, usize)> {
        tally(self.resources.iter().map(|resource| resource.kind))
    }
}

/// How often each kind occurs, in their order; what does not is left out.
pub fn tally(kinds: impl IntoIterator<Item = Kind>) -> Vec<(Kind, usize)> {
    let mut counts = std::collections::BTreeMap::new();
    for kind in kinds {
        *counts.entry(kind).or_default() += 1;
    }
    counts.into_iter().collect()
}
