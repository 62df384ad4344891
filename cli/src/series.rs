//! Stored results that commands look at over time: an archive of the project, or files that were named.

use std::path::Path;
use std::sync::Arc;

use probity_diagnostics::{Diagnostic, FileTree, TreePath};
use probity_generators::series::{Depth, Files, Series};
use probity_project::archive;
use probity_project::config::{self, Assessment, LoadedConfig};
use probity_project::job::{RESULTS, built_results};

use crate::commands::{refuse, settle};
use crate::place;
use crate::status::Status;
use crate::surroundings::Surroundings;
use crate::ui::Ui;

/// Reads the results that are named: files, folders with results or with folders of results, or an assessment of the
/// project with its archive. Where nothing is named it is the one assessment that has an archive.
///
/// # Errors
/// There are none, or they are no series: told, and exit code 2.
pub(crate) fn read(
    names: &[String],
    project: Option<&Path>,
    depth: Depth,
    surroundings: &Surroundings,
    ui: &mut Ui,
) -> Result<(Series, Arc<dyn FileTree>), Status> {
    let on_disk = |name: &String| surroundings.folder.join(name).exists();
    let found = match names {
        [name, rest @ ..] if on_disk(name) || !rest.is_empty() => of_files(names, surroundings),
        names => of_project(names.first().map(String::as_str), project, surroundings, ui)?,
    };
    let (tree, stored, current) = found.map_err(|finding| refuse(&finding.into(), &place::bundled(), ui))?;
    let files = Files { stored: &stored, current: current.as_ref() };
    let series = settle(Series::read(tree.as_ref(), files, depth), tree.as_ref(), ui)?;
    Ok((series, tree))
}

/// A tree, the results in it, and those of the last build.
type Found = (Arc<dyn FileTree>, Vec<TreePath>, Option<TreePath>);

fn of_files(names: &[String], surroundings: &Surroundings) -> Result<Found, Diagnostic> {
    let common = place::common(&names.iter().collect::<Vec<_>>(), &surroundings.folder)?;
    let mut stored = Vec::new();
    for path in &common.paths {
        let within = path.join(RESULTS).ok().filter(|within| common.tree.is_file(within));
        match within {
            Some(results) => stored.push(results),
            None if common.tree.is_folder(path) => stored.extend(archive::stored(&common.tree, path)?),
            None => stored.push(path.clone()),
        }
    }
    Ok((Arc::new(common.tree), stored, None))
}

fn of_project(
    name: Option<&str>,
    project: Option<&Path>,
    surroundings: &Surroundings,
    ui: &mut Ui,
) -> Result<Result<Found, Diagnostic>, Status> {
    let opened = place::project(&surroundings.folder, project)
        .and_then(|root| place::tree(&root, &surroundings.folder))
        .map_err(|finding| match name {
            Some(name) => finding.help(format!("there is neither a file nor an assessment `{name}`")),
            None => finding,
        });
    let tree = opened.map_err(|finding| refuse(&finding.into(), &place::bundled(), ui))?;
    let loaded = settle(config::load(&tree, &config::path()), &tree, ui)?;
    Ok(of_assessment(Arc::new(tree), &loaded, name))
}

fn of_assessment(
    tree: Arc<dyn FileTree>,
    loaded: &LoadedConfig,
    name: Option<&str>,
) -> Result<Found, Diagnostic> {
    let assessment = match name {
        Some(name) => loaded.assessment(name)?.1,
        None => only(loaded)?,
    };
    let stored = match archive::folder(loaded, assessment)? {
        Some(folder) => archive::stored(tree.as_ref(), &folder)?,
        None => Vec::new(),
    };
    let current = built_results(&assessment.name).ok().filter(|path| tree.is_file(path));
    Ok((tree, stored, current))
}

/// The one assessment that has an archive.
fn only(loaded: &LoadedConfig) -> Result<&Assessment, Diagnostic> {
    let mut kept = loaded.config.assessments.iter().filter(|assessment| assessment.archive.is_some());
    match (kept.next(), kept.next()) {
        (Some(one), None) => Ok(one),
        (None, _) => Err(no_archive(loaded, "no assessment has an archive")),
        (Some(_), Some(_)) => {
            let finding = Diagnostic::error(
                &probity_project::codes::NOTHING_TO_DO,
                "several assessments have an archive",
            );
            let names = loaded.config.assessments.iter().filter(|one| one.archive.is_some());
            let names: Vec<&str> = names.map(|one| one.name.as_str()).collect();
            Err(finding.help(format!("name one of them: {}", names.join(", "))))
        }
    }
}

/// A finding where nothing is kept.
pub(crate) fn no_archive(loaded: &LoadedConfig, message: &str) -> Diagnostic {
    Diagnostic::error(&probity_project::codes::NOT_ARCHIVABLE, message)
        .at(probity_diagnostics::Location::file(&loaded.file))
        .help("add `archive = \"archive/NAME\"` to an [[assessment]]")
}
