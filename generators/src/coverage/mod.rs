//! Coverage: by what each requirement is settled, and what is still to do.
//!
//! The data is made from a project (`probity_project::coverage`); here it is written as text, Markdown and CSV, and it is
//! the JSON as it stands.

use indexmap::IndexMap;
use probity_diagnostics::{Diagnostic, Diagnostics, codes as files};
use serde::Serialize;

use crate::render::{Surface, messages, render};
use crate::tables::guarded;
use crate::view::ControlState;

/// By what the requirements of a system are settled.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct Coverage {
    /// The name of the system.
    pub system: String,
    /// As of when.
    pub as_of: String,
    /// Its assessments.
    pub assessments: Vec<Assessment>,
}

/// By what the requirements of an assessment are settled.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct Assessment {
    /// Its name.
    pub name: String,
    /// The profile as the project names it.
    pub profile: String,
    /// How many of the requirements are covered in which way. One may be covered in several.
    pub totals: Totals,
    /// Each requirement, in catalog order; a control whose statement has items has a row for each of them.
    pub requirements: Vec<Requirement>,
    /// What is still to do, the most urgent first.
    pub to_do: Vec<Task>,
}

/// How many requirements are covered in which way.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct Totals {
    /// All of them.
    pub requirements: u64,
    /// Measured by checks of metrics.
    pub automated: u64,
    /// Measured by rules that other tools ran.
    pub imported: u64,
    /// Stated by somebody, and the statement counts.
    pub attested: u64,
    /// Carried from another catalog.
    pub carried: u64,
    /// Inherited from a supplier, by a certificate or report that is in force.
    pub inherited: u64,
    /// Something about them is not covered, or no longer.
    pub open: u64,
}

/// A requirement: a control, or an item of its statement.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct Requirement {
    /// The control.
    pub control: String,
    /// Its printed label.
    pub label: String,
    /// Its title.
    pub title: String,
    /// The group of the catalog that it lies in.
    pub category: String,
    /// The item of its statement; none where the row is the whole control.
    pub item: Option<String>,
    /// The state of the control; none where it is not evaluated.
    pub state: Option<ControlState>,
    /// How it is covered.
    pub parts: Vec<Part>,
    /// Who answers for it.
    pub owners: Vec<String>,
}

impl Requirement {
    /// What the row is about: the item, or the label of the control.
    pub fn name(&self) -> &str {
        self.item.as_deref().unwrap_or(&self.label)
    }
}

/// One way in which a requirement is covered, or not.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct Part {
    /// The way.
    pub way: Way,
    /// By what: checks, procedures, other assessments; of what is open, what it lacks.
    pub by: Vec<String>,
}

/// How something is covered.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Way {
    /// Checks of metrics measure it.
    Automated,
    /// Rules that other tools ran measure it.
    Imported,
    /// Somebody states it.
    Attested,
    /// It is carried from another catalog.
    Carried,
    /// It is inherited from a supplier's certificate or report.
    Inherited,
    /// It is not covered.
    Open,
}

impl Way {
    fn word(self) -> &'static str {
        match self {
            Self::Automated => "automated",
            Self::Imported => "imported",
            Self::Attested => "attested",
            Self::Carried => "carried",
            Self::Inherited => "inherited",
            Self::Open => "open",
        }
    }
}

/// Something that somebody has to do.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct Task {
    /// The control, by its printed label, or the item of its statement.
    pub requirement: String,
    /// What kind of work it is.
    pub kind: Kind,
    /// What there is to do, in words.
    pub what: String,
    /// Who has to.
    pub owners: Vec<String>,
    /// Until when, an instant.
    pub due: Option<String>,
    /// Whether that has passed.
    pub overdue: bool,
}

/// A kind of work, the most pressing first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Kind {
    /// Something fails.
    Mend,
    /// A statement does not count, or evidence settles nothing.
    Settle,
    /// A statement has expired or will soon.
    Renew,
    /// An accepted risk runs out.
    Decide,
    /// Nobody has stated what a procedure asks for.
    State,
    /// Nothing covers it: a metric, a procedure or a statement is needed.
    Cover,
}

impl Totals {
    /// Counts requirements.
    pub fn of<'a>(requirements: impl IntoIterator<Item = &'a Requirement>) -> Self {
        let mut totals = Self::default();
        for requirement in requirements {
            totals.requirements += 1;
            for part in &requirement.parts {
                match part.way {
                    Way::Automated => totals.automated += 1,
                    Way::Imported => totals.imported += 1,
                    Way::Attested => totals.attested += 1,
                    Way::Carried => totals.carried += 1,
                    Way::Inherited => totals.inherited += 1,
                    Way::Open => totals.open += 1,
                }
            }
        }
        totals
    }
}

#[derive(Serialize)]
struct Page<'a> {
    coverage: &'a Coverage,
    assessments: Vec<AssessmentPage<'a>>,
}

#[derive(Serialize)]
struct AssessmentPage<'a> {
    assessment: &'a Assessment,
    categories: Vec<(&'a str, Totals)>,
    tasks: &'a [Task],
    more: usize,
}

/// How many tasks a terminal shows, if not all are asked for.
const TASKS: usize = 30;

fn page(coverage: &Coverage, tasks: usize) -> Page<'_> {
    Page { coverage, assessments: coverage.assessments.iter().map(|one| of_assessment(one, tasks)).collect() }
}

fn of_assessment(assessment: &Assessment, tasks: usize) -> AssessmentPage<'_> {
    let Assessment { requirements, to_do, .. } = assessment;
    let mut categories: IndexMap<&str, Vec<&Requirement>> = IndexMap::new();
    for requirement in requirements {
        categories.entry(&requirement.category).or_default().push(requirement);
    }
    let shown = to_do.get(..tasks).unwrap_or(to_do);
    AssessmentPage {
        assessment,
        categories: categories.into_iter().map(|(name, rows)| (name, Totals::of(rows))).collect(),
        tasks: shown,
        more: to_do.len() - shown.len(),
    }
}

/// The coverage for a terminal: counts for each group, and what is to do; all of it, or the most urgent.
pub fn text(coverage: &Coverage, color: bool, all: bool) -> String {
    let source = include_str!("../../templates/coverage.txt");
    let tasks = if all { usize::MAX } else { TASKS };
    let text = render(Surface::Terminal { color }, "coverage.txt", source, &page(coverage, tasks));
    text.unwrap_or_else(|errors| messages(&errors))
}

/// The coverage in Markdown: counts, every requirement, and all that is to do.
///
/// # Errors
/// The template is wrong, which is a mistake of Probity.
pub fn markdown(coverage: &Coverage) -> Result<String, Diagnostics> {
    let source = include_str!("../../templates/coverage.md");
    render(Surface::Markdown, "coverage.md", source, &page(coverage, usize::MAX))
}

/// A row for each requirement and way, as CSV.
///
/// # Errors
/// It cannot be written.
pub fn csv(coverage: &Coverage) -> Result<Vec<u8>, Diagnostic> {
    let failed = |error: &dyn std::fmt::Display| Diagnostic::error(&files::WRITE_FAILED, error.to_string());
    let mut writer = csv::Writer::from_writer(Vec::new());
    let head =
        ["assessment", "control", "label", "title", "category", "item", "state", "covered", "by", "owners"];
    writer.write_record(head).map_err(|error| failed(&error))?;
    for assessment in &coverage.assessments {
        for row in &assessment.requirements {
            for part in &row.parts {
                let state = row.state.map_or("not-evaluated", ControlState::word);
                let (by, owners) = (part.by.join("; "), row.owners.join("; "));
                let cells = [
                    &assessment.name,
                    &row.control,
                    &row.label,
                    &row.title,
                    &row.category,
                    row.item.as_deref().unwrap_or_default(),
                    state,
                    part.way.word(),
                    &by,
                    &owners,
                ];
                writer
                    .write_record(cells.map(|cell| guarded(cell.to_owned())))
                    .map_err(|error| failed(&error))?;
            }
        }
    }
    writer.into_inner().map_err(|error| failed(&error))
}
