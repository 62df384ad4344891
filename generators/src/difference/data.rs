//! What differs between two states of a project. The JSON form of these types is that of `probity diff --format json`
//! (`docs/diff.md`).

use probity_oscal::difference::results::ResultsDifference;
use probity_oscal::difference::{Difference, Line};
use serde::Serialize;

/// What differs between two states.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct Comparison {
    /// Whether a file that stands elsewhere has moved; not so where two files or folders were named.
    #[serde(skip)]
    pub has_moves: bool,
    /// What the side before is called: a revision, a file.
    pub before: String,
    /// What the side after is called.
    pub after: String,
    /// Assessment results.
    pub results: Vec<ResultsChange>,
    /// OSCAL documents, by path.
    pub documents: Vec<DocumentChange>,
    /// Metrics, by name.
    pub metrics: Vec<MetricChange>,
    /// What assessments judge, by name.
    pub coverage: Vec<CoverageChange>,
    /// Other files that differ.
    pub files: Vec<FileChange>,
}

impl Comparison {
    /// Whether there is something to review.
    pub fn differs(&self) -> bool {
        !self.documents.is_empty()
            || !self.metrics.is_empty()
            || !self.coverage.is_empty()
            || !self.files.is_empty()
            || self.results.iter().any(|results| results.difference.differs())
    }
}

/// The path of a file on both sides.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct Paths {
    /// Where it stands before; none where it was added.
    #[serde(rename = "path-before", skip_serializing_if = "Option::is_none")]
    pub before: Option<String>,
    /// Where it stands after; none where it was removed.
    #[serde(rename = "path-after", skip_serializing_if = "Option::is_none")]
    pub after: Option<String>,
}

impl Paths {
    /// The path after, else the one before.
    pub fn shown(&self) -> &str {
        self.after.as_deref().or(self.before.as_deref()).unwrap_or_default()
    }

    /// The path before, where it is another one.
    pub fn moved_from(&self) -> Option<&str> {
        self.before.as_deref().filter(|before| self.after.as_deref().is_some_and(|after| after != *before))
    }
}

/// A document that differs.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct DocumentChange {
    /// Where it stands.
    #[serde(flatten)]
    pub paths: Paths,
    /// How it differs.
    pub difference: Difference,
}

/// Assessment results that differ.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct ResultsChange {
    /// Where they stand.
    #[serde(flatten)]
    pub paths: Paths,
    /// How they differ.
    pub difference: ResultsDifference,
}

/// Whether a metric or a file is on one side only.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Presence {
    /// It is not there any more.
    Removed,
    /// It was not there before.
    Added,
    /// It is on both sides.
    Changed,
}

/// A metric that differs.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct MetricChange {
    /// Its name.
    pub name: String,
    /// Its title.
    pub title: String,
    /// Where its `metric.yaml` stands.
    #[serde(flatten)]
    pub paths: Paths,
    /// Whether it is on one side only.
    pub presence: Presence,
    /// What it asks for before, and after, where that differs: `backup.retention >= P30D`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub target: Option<(String, String)>,
    /// Its settings and texts, where they differ.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub difference: Option<Difference>,
    /// The lines of its Rego that differ, with three around them.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub rego: Vec<Line>,
    /// Its cases.
    pub cases: CasesChange,
}

/// How the cases of a metric differ.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct CasesChange {
    /// Names of cases that are new.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub added: Vec<String>,
    /// Names of cases that are gone.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub removed: Vec<String>,
    /// Names of cases that say something else.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub changed: Vec<String>,
    /// How many cases of either side were judged by both sides' metric.
    pub judged: usize,
    /// Those of them that the two judge differently.
    pub flips: Vec<CaseFlip>,
    /// Why they were not judged, if they were not.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub unjudged: Option<String>,
}

/// A case that the two sides of a metric judge differently.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct CaseFlip {
    /// Name of the case.
    pub case: String,
    /// The verdict of the metric before.
    pub before: String,
    /// The verdict of the metric after.
    pub after: String,
}

/// What an assessment judges, before and after.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct CoverageChange {
    /// The name of the assessment.
    pub assessment: String,
    /// Before; none where there was no such assessment, or it could not be compiled.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub before: Option<Coverage>,
    /// After.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub after: Option<Coverage>,
    /// Why a side could not be compiled.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub problems: Vec<String>,
    /// Controls that are judged by other metrics than before, by id.
    pub controls: Vec<ControlMetrics>,
}

/// How much of a catalog an assessment judges.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct Coverage {
    /// Controls of the resolved profile.
    pub controls: usize,
    /// Those with at least one metric.
    pub automated: usize,
    /// Those with neither metric nor procedure.
    pub not_evaluated: usize,
}

/// Metrics that a control gained and lost.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct ControlMetrics {
    /// Id of the control.
    pub control: String,
    /// Its title.
    pub title: String,
    /// Metrics that judge it now, and did not before.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub gained: Vec<String>,
    /// Metrics that judged it before, and do not now.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub lost: Vec<String>,
    /// Whether a metric judges it at all, after.
    pub is_automated: bool,
}

/// Another file that differs.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct FileChange {
    /// Where it stands.
    #[serde(flatten)]
    pub paths: Paths,
    /// Whether it is on one side only.
    pub presence: Presence,
    /// Why it was not compared any further, where it should have been.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub problem: Option<String>,
    /// The lines that differ, for settings.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub lines: Vec<Line>,
}
