//! The label of the Traffic Light Protocol on what commands write for people.

use std::ffi::OsString;
use std::path::Path;

use probity_diagnostics::{Diagnostics, FileTree, TreePath};
use probity_generators::Marking;
use probity_project::config::LoadedConfig;
use probity_project::sharing::pages::{findings, of_assessments, of_results, on_pages, shares};
use probity_sharing::marking::Sidecar;

use crate::commands::refuse;
use crate::status::Status;
use crate::ui::Ui;

/// The label of a page that shows these results of a tree.
///
/// # Errors
/// A rule of sharing does not allow the page: told, and exit code 4.
pub(crate) fn label(
    tree: &dyn FileTree,
    results: &[TreePath],
    ui: &mut Ui,
) -> Result<Option<Marking>, Status> {
    let label = of_results(tree, results, shares(tree));
    let label = label.map_err(|stop| refuse(&findings(stop), tree, ui))?;
    Ok(label.map(on_pages))
}

/// The label of a page that shows what assessments of a project come to, in one or several editions of it.
///
/// # Errors
/// As [`label`].
pub(crate) fn of_project(
    editions: &[(&LoadedConfig, &dyn FileTree)],
    only: &[String],
    ui: &mut Ui,
) -> Result<Option<Marking>, Status> {
    let label = of_assessments(editions, only).map_err(findings);
    let label = label.map_err(|found| match editions.last() {
        Some((_, tree)) => refuse(&found, *tree, ui),
        None => Status::Refused,
    })?;
    Ok(label.map(on_pages))
}

/// A page of HTML with its label, where it bears one.
///
/// # Errors
/// As [`Marking::on_html`].
pub(crate) fn on_html(page: String, marking: Option<Marking>) -> Result<String, Diagnostics> {
    match marking {
        Some(marking) => marking.on_html(&page),
        None => Ok(page),
    }
}

/// A page of Markdown with its label, where it bears one.
pub(crate) fn on_markdown(text: String, marking: Option<Marking>) -> String {
    match marking {
        Some(marking) => marking.on_markdown(&text),
        None => text,
    }
}

/// Writes a file that cannot say its label to programs, and what says it beside the file.
pub(crate) fn write_with_sidecar(
    bytes: &[u8],
    folder: &Path,
    file: Option<&Path>,
    marking: Option<Marking>,
    ui: &mut Ui,
) -> Status {
    let status = ui.write(bytes, folder, file);
    let (Some(file), Some(Ok(label))) = (file, marking.map(|marking| marking.label.parse())) else {
        return status;
    };
    let mut beside = OsString::from(file);
    beside.push(".marking.yaml");
    let text = Sidecar { label, originator: None }.text();
    status.and(ui.write(text.as_bytes(), folder, Some(Path::new(&beside))))
}
