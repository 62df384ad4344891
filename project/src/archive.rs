//! The archive of an assessment: its results as of several instants, and what they link to.
//!
//! `<archive>/<instant>/` holds the results and their verdicts, byte by byte as they were built; `<archive>/linked/` holds
//! the resolved catalogs (and evidence sets, where they are wanted) once for each digest. Nothing in it is ever replaced.

use std::collections::BTreeMap;
use std::io;

use jiff::Timestamp;
use probity_diagnostics::{Diagnostic, Diagnostics, FileKind, FileTree, Step, TreePath};
use probity_generators::series::{Depth, Files, Series, folder_name};
use probity_generators::view::{LINKED, LoadOptions, Report, Source, SourceState, linked_name};

use crate::build::OutputFolder;
use crate::codes;
use crate::config::{Assessment, LoadedConfig};
use crate::job::RESULTS;

/// What became of the results of an assessment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Kept {
    /// As of when they hold.
    pub as_of: Timestamp,
    /// Where they are kept.
    pub folder: TreePath,
    /// The files that were written.
    pub new: Vec<TreePath>,
    /// The files that were there already.
    pub same: Vec<TreePath>,
}

/// The folder of an assessment's archive, from the project folder; none where it has none.
///
/// # Errors
/// The path leaves the project.
pub fn folder(loaded: &LoadedConfig, assessment: &Assessment) -> Result<Option<TreePath>, Diagnostic> {
    Ok(assessment.archive.as_ref().map(|archive| loaded.file.parent().join(archive)).transpose()?)
}

/// The results in an archive, oldest first as far as names of folders tell; none where there is no such folder.
///
/// # Errors
/// The folder cannot be read.
pub fn stored(tree: &dyn FileTree, archive: &TreePath) -> Result<Vec<TreePath>, Diagnostic> {
    if !tree.is_folder(archive) {
        return Ok(Vec::new());
    }
    let mut found = Vec::new();
    for entry in tree.list(archive).map_err(Diagnostic::from)? {
        let results = entry.path.join(RESULTS).ok().filter(|_| entry.kind == FileKind::Folder);
        found.extend(results.filter(|results| tree.is_file(results)));
    }
    found.sort();
    Ok(found)
}

/// The series of an archive and of the results that stand in `current`, where they are there.
///
/// # Errors
/// As [`Series::read`].
pub fn series(
    tree: &dyn FileTree,
    archive: &TreePath,
    current: Option<&TreePath>,
    depth: Depth,
) -> Step<Series> {
    let stored = stored(tree, archive)?;
    let current = current.filter(|path| tree.is_file(path));
    Series::read(tree, Files { stored: &stored, current }, depth)
}

/// Keeps the results in `results` in the archive, with their verdicts and resolved catalog, and with their evidence sets
/// where `evidence` says so.
///
/// # Errors
/// The results cannot be read, are not valid or do not belong to the series; a linked file is not the one that they were
/// made of (PB0781); the archive holds other results of the same instant (PB0780). Nothing is written then.
pub fn keep(
    tree: &dyn FileTree,
    results: &TreePath,
    archive: &TreePath,
    evidence: bool,
    out: &OutputFolder,
) -> Step<Kept> {
    let mut found = Diagnostics::new();
    let own = [results.clone()];
    let alone = found.absorb(Series::read(tree, Files { stored: &own, current: None }, Depth::Controls));
    let Some(as_of) = alone.and_then(|series| series.last().map(|point| point.as_of)) else {
        return Err(found);
    };
    let at = |name: &str| archive.join(name).map_err(Diagnostic::from);
    let folder = at(&folder_name(as_of))?;
    fits(tree, results, archive, &folder)?;
    let mut copies = BTreeMap::new();
    let named = |name: &str| at(&format!("{}/{name}", folder_name(as_of)));
    copies.insert(named(RESULTS)?, results.clone());
    let options =
        LoadOptions { details: 0, all_details: 0, listed: 0, proof: evidence, ..LoadOptions::default() };
    let report = Report::load_with(tree, results, &options)?.value;
    for source in report.sources.iter().filter(|source| is_kept(source, evidence)) {
        let from = TreePath::parse(&source.file).map_err(|_| changed(source))?;
        let digest = source.digest.as_deref().filter(|_| source.state == SourceState::Verified);
        let digest = digest.ok_or_else(|| changed(source))?;
        let beside = source.kind == "verdicts" && from.parent() == results.parent();
        let to = if beside {
            named(from.file_name())?
        } else {
            at(&format!("{LINKED}/{}", linked_name(digest, from.file_name())))?
        };
        copies.insert(to, from);
    }
    let (mut new, same) = compare(tree, &copies)?;
    // results are there only where everything is that they link to
    new.sort_by_key(|path| path.file_name() == RESULTS);
    for to in &new {
        let Some(from) = copies.get(to) else { continue };
        let mut opened = tree.open(from).map_err(Diagnostic::from)?;
        out.write(to, |writer| io::copy(&mut opened, writer).map(|_| ()))?;
    }
    found.unless_errors(Kept { as_of, folder, new, same })
}

fn is_kept(source: &Source, evidence: bool) -> bool {
    match source.kind.as_str() {
        "verdicts" | "resolved-catalog" => true,
        "evidence" => evidence,
        _ => false,
    }
}

/// Whether results go with those that were kept last, and with those of the same instant.
fn fits(
    tree: &dyn FileTree,
    results: &TreePath,
    archive: &TreePath,
    folder: &TreePath,
) -> Result<(), Diagnostics> {
    let mut with = vec![results.clone()];
    let stored = stored(tree, archive)?;
    with.extend(stored.into_iter().rfind(|stored| stored.parent() != *folder));
    Series::read(tree, Files { stored: &with, current: None }, Depth::Controls)?;
    Ok(())
}

/// Which files are new, and which are there already.
fn compare(
    tree: &dyn FileTree,
    copies: &BTreeMap<TreePath, TreePath>,
) -> Result<(Vec<TreePath>, Vec<TreePath>), Diagnostics> {
    let (mut new, mut same, mut found) = (Vec::new(), Vec::new(), Diagnostics::new());
    for (to, from) in copies {
        if !tree.is_file(to) {
            new.push(to.clone());
        } else if tree.digest(to).map_err(Diagnostic::from)? == tree.digest(from).map_err(Diagnostic::from)? {
            same.push(to.clone());
        } else {
            let message = format!("`{to}` is kept already and differs from `{from}`");
            let help = "what is kept is not replaced; build as of another instant, or remove it yourself";
            found.push(Diagnostic::error(&codes::ARCHIVED, message).help(help));
        }
    }
    if found.is_empty() { Ok((new, same)) } else { Err(found) }
}

fn changed(source: &Source) -> Diagnostic {
    let message = format!("`{}` is not the file that the results were made with", source.file);
    Diagnostic::error(&codes::NOT_ARCHIVABLE, message).help("build the assessment again, and archive it then")
}
