//! The plans of action and milestones of a project, in which becomes known what became of a risk.

use probity_diagnostics::document::{Format as Written, Limits};
use probity_diagnostics::render::printable;
use probity_diagnostics::{Diagnostic, TreePath, codes as files};
use probity_oscal::OscalDocument;
use probity_oscal::model::PlanOfActionAndMilestones as Plan;
use probity_project::{config, document, poam};
use serde::Serialize;
use serde_json::{Value, json};
use similar::TextDiff;

use super::opened::Opened;
use crate::commands::{refuse, settle};
use crate::output;
use crate::status::Status;
use crate::surroundings::Surroundings;
use crate::ui::{Format, Ui};

/// The plans, of which some have changed.
pub(super) struct Plans {
    all: Vec<Open>,
}

struct Open {
    path: TreePath,
    plan: Plan,
    /// What was changed.
    changes: Vec<Change>,
}

/// A risk of which something became known.
#[derive(Serialize)]
struct Change {
    risk: String,
    title: String,
    what: &'static str,
}

impl Plans {
    /// Those that were named, else those of all assessments of the project.
    pub(super) fn read(
        opened: &Opened,
        named: &[std::path::PathBuf],
        surroundings: &Surroundings,
        ui: &mut Ui,
    ) -> Result<Self, Status> {
        let tree = opened.tree();
        let mut paths = Vec::new();
        for file in named {
            paths.push(opened.path(file, surroundings, ui)?);
        }
        if named.is_empty() {
            let loaded = settle(config::load(tree, &config::path()), tree, ui)?;
            paths = poam::plans(tree, &loaded)
                .map_err(|error| refuse(&Diagnostic::from(error).into(), tree, ui))?;
        }
        let mut all = Vec::new();
        for path in paths {
            let plan = settle(probity_oscal::load_as(tree, &path), tree, ui)?;
            all.push(Open { path, plan, changes: Vec::new() });
        }
        Ok(Self { all })
    }

    /// Changes the risk with this uuid wherever it is, and keeps what became of it in a word. How many plans have it.
    pub(super) fn change(
        &mut self,
        risk: &str,
        what: &'static str,
        change: impl Fn(&mut Plan) -> bool,
    ) -> usize {
        let mut count = 0;
        for open in &mut self.all {
            let Some(title) =
                open.plan.risks.iter().find(|one| one.uuid == risk).map(|one| one.title.clone())
            else {
                continue;
            };
            count += 1;
            if change(&mut open.plan) {
                open.changes.push(Change { risk: risk.to_owned(), title, what });
            }
        }
        count
    }

    /// Shows what has changed, and writes it where that is wanted: comments stay. Findings where something is left to write.
    pub(super) fn settle(
        &self,
        write: bool,
        format: Format,
        opened: &Opened,
        ui: &mut Ui,
    ) -> Result<Status, Status> {
        let mut shown: Vec<Value> = Vec::new();
        for open in self.all.iter().filter(|open| !open.changes.is_empty()) {
            let (before, after) =
                open.texts(opened).map_err(|finding| refuse(&finding.into(), opened.tree(), ui))?;
            if format != Format::Json {
                for Change { title, what, .. } in &open.changes {
                    ui.note(&format!("{}: {what}: {}", open.path, printable(title)));
                }
                ui.result(&difference(&open.path, &before, &after));
            }
            if write {
                let written = output::write(&opened.workspace.on_disk(&open.path), &after);
                written.map_err(|finding| refuse(&finding.into(), opened.tree(), ui))?;
                ui.note(&format!("wrote {}", open.path));
            }
            shown.push(json!({ "file": open.path.as_str(), "changes": open.changes }));
        }
        let is_left = !shown.is_empty() && !write;
        match format {
            Format::Json => {
                ui.outcome(json!({ "plans": shown, "written": write && !shown.is_empty() }), false);
            }
            _ if shown.is_empty() => ui.note("the plans say so already"),
            _ if is_left => ui.note("nothing was written; --write does"),
            _ => {}
        }
        Ok(if is_left { Status::Findings } else { Status::Done })
    }
}

impl Open {
    /// The text of the plan before and after.
    fn texts(&self, opened: &Opened) -> Result<(Vec<u8>, Vec<u8>), Diagnostic> {
        let file = opened.workspace.on_disk(&self.path);
        if file.is_dir() || !file.exists() {
            let message = format!(
                "`{}` is no single file of the folder, into which something could be noted",
                self.path
            );
            let help = format!("put it together first: `probity assemble {}`", self.path);
            return Err(Diagnostic::error(&files::WRITE_FAILED, message).help(help));
        }
        let before = opened.tree().read(&self.path, Limits::default().bytes).map_err(Diagnostic::from)?;
        let format = Written::of(&self.path).unwrap_or(Written::Yaml);
        let after = document::text(&OscalDocument::from(self.plan.clone()), format, &before)?;
        Ok((before, after))
    }
}

/// What changes in a file, as a unified diff.
fn difference(path: &TreePath, before: &[u8], after: &[u8]) -> String {
    let (before, after) = (String::from_utf8_lossy(before), String::from_utf8_lossy(after));
    let changes = TextDiff::from_lines(before.as_ref(), after.as_ref());
    changes.unified_diff().context_radius(3).header(path.as_str(), path.as_str()).to_string()
}
