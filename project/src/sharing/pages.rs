//! The colour of what is made of documents: which label results get, and which one the pages of reports bear.
//!
//! A project says the colour of its results (`marking` in `probity.toml`). What they are made of may have a wider one, but no narrower
//! one, because its content would lose its colour on the way; results of other assessments have the same. Pages bear the label of
//! the results that they show. Where these say none, they bear TLP:AMBER in a project that shares, and nothing in one that does not.

use std::collections::BTreeMap;

use probity_diagnostics::document::Limits;
use probity_diagnostics::{Diagnostic, Diagnostics, FileTree, Location, TreePath};
use probity_generators::view::props;
use probity_oscal::model::metadata::Metadata;
use probity_oscal::own::{is_marking, marking as prop};
use probity_sharing::marking::{self, Marking, Sidecar, Source, sidecar_path};
use probity_sharing::{Label, Refusal, Stop, rules};
use serde_json::json;

use crate::build::OutputFolder;
use crate::codes;
use crate::config::LoadedConfig;
use crate::job::Job;

/// The file that a project has which shares.
const POLICY: &str = "sharing/policy.yaml";

/// What pages are labelled with black: FIRST's ground for all labels of TLP 2.0.
const GROUND: [u8; 3] = [0, 0, 0];

/// The label as pages bear it.
pub fn on_pages(label: Label) -> probity_generators::Marking {
    probity_generators::Marking { label: label.as_str(), ink: label.ink(), ground: GROUND }
}

/// Whether a project shares, so that its pages are labelled even where nobody marked what they show.
pub fn shares(tree: &dyn FileTree) -> bool {
    TreePath::parse(POLICY).is_ok_and(|path| tree.is_file(&path))
}

/// The label of pages that are made of these results, by path and marking.
///
/// # Errors
/// They have several colours (rule TLP-003): what is unmarked is TLP:AMBER where something else is marked.
pub fn common(shown: &[(TreePath, Marking)], shares: bool) -> Result<Option<Label>, Stop> {
    let is_said = |(_, marking): &(TreePath, Marking)| marking.source != Source::Unmarked;
    if !shown.iter().any(is_said) {
        return Ok(shares.then_some(Label::UNMARKED));
    }
    let Some((first, one)) = shown.first() else { return Ok(None) };
    match shown.iter().find(|(_, other)| other.label != one.label) {
        None => Ok(Some(one.label)),
        Some((other, marking)) => {
            let message = format!("`{first}` is {}, and `{other}` {}", one.label, marking.label);
            let remedy = "make one report for each colour, or have the originator mark them alike";
            let refusal = Refusal::new(rules::ONE_COLOUR, &codes::SEVERAL_COLOURS, message, remedy);
            Err(refusal.of(other.as_str(), Some(marking.label)).into())
        }
    }
}

/// The label of pages that are made of these results in a tree.
///
/// # Errors
/// As [`common`], or one of them is marked in a way that is refused.
pub fn of_results(tree: &dyn FileTree, results: &[TreePath], shares: bool) -> Result<Option<Label>, Stop> {
    let marked = |path: &TreePath| Ok((path.clone(), of_one(tree, path)?));
    let shown: Vec<(TreePath, Marking)> = results.iter().map(marked).collect::<Result<_, Stop>>()?;
    common(&shown, shares)
}

/// The label of pages that show results whose colour is known already, and others that are kept in a tree.
///
/// # Errors
/// As [`of_results`].
pub(crate) fn with_kept(
    tree: &dyn FileTree,
    (results, own): (&TreePath, Option<Label>),
    kept: &[TreePath],
    shares: bool,
) -> Result<Option<Label>, Diagnostics> {
    let source = own.map_or(Source::Unmarked, |_| Source::Embedded(Location::file(results)));
    let own = Marking { label: own.unwrap_or(Label::UNMARKED), source, originator: None };
    let mut shown = vec![(results.clone(), own)];
    for path in kept {
        shown.push((path.clone(), of_one(tree, path).map_err(findings)?));
    }
    common(&shown, shares).map_err(findings)
}

/// The label of pages that show what assessments of a project come to, by its settings: of those that `only` names, or of all. Where
/// there are several editions of a project, an assessment has the narrowest of the labels that they give it: it is one thing whose colour
/// changes.
///
/// # Errors
/// Two assessments have different colours (rule TLP-003).
pub fn of_assessments(
    editions: &[(&LoadedConfig, &dyn FileTree)],
    only: &[String],
) -> Result<Option<Label>, Stop> {
    let mut labels: BTreeMap<&str, Option<Label>> = BTreeMap::new();
    for (loaded, _) in editions {
        let wanted = |name: &String| only.is_empty() || only.contains(name);
        for assessment in loaded.config.assessments.iter().filter(|one| wanted(&one.name)) {
            let label = labels.entry(&assessment.name).or_default();
            *label = (*label).max(loaded.marking(assessment));
        }
    }
    if labels.values().all(Option::is_none) {
        return Ok(editions.iter().any(|(_, tree)| shares(*tree)).then_some(Label::UNMARKED));
    }
    let mut said = labels.iter().map(|(name, label)| (*name, label.unwrap_or(Label::UNMARKED)));
    let Some((first, label)) = said.next() else { return Ok(None) };
    match said.find(|(_, other)| *other != label) {
        None => Ok(Some(label)),
        Some((name, other)) => {
            let message = format!("the assessment `{first}` is {label}, and `{name}` {other}");
            let remedy = "look at one assessment at a time, or give all of them the same `marking`";
            Err(Refusal::new(rules::ONE_COLOUR, &codes::SEVERAL_COLOURS, message, remedy).into())
        }
    }
}

/// Why a step came to nothing, as findings.
pub fn findings(stop: Stop) -> Diagnostics {
    match stop {
        Stop::Refused(refusals) => refusals.iter().map(Refusal::finding).collect(),
        Stop::Unreadable(findings) => findings,
    }
}

/// Writes the sidecar of a file that cannot say its label itself, where it bears one.
///
/// # Errors
/// It cannot be written.
pub fn beside(
    file: &TreePath,
    marking: Option<probity_generators::Marking>,
    out: &OutputFolder,
) -> Result<(), Diagnostic> {
    let Some(Ok(label)) = marking.map(|marking| marking.label.parse()) else { return Ok(()) };
    out.bytes(&sidecar_path(file)?, Sidecar { label, originator: None }.text().as_bytes())?;
    Ok(())
}

/// As [`beside`], where the bytes of the file do not say the label.
///
/// # Errors
/// They say another one, or the sidecar cannot be written.
pub(crate) fn beside_unless_said(
    file: &TreePath,
    bytes: &[u8],
    label: Option<Label>,
    out: &OutputFolder,
) -> Result<(), Diagnostics> {
    let Some(label) = label else { return Ok(()) };
    let sidecar = Sidecar { label, originator: None }.text();
    match marking::of(bytes, file, Some(sidecar.as_bytes())) {
        Ok(Marking { source: Source::Embedded(_), .. }) => Ok(()),
        Ok(_) | Err(Stop::Unreadable(_)) => Ok(beside(file, Some(on_pages(label)), out)?),
        Err(stop) => Err(findings(stop)),
    }
}

/// The colour of results. Of those that are too large to be held in memory the metadata says it.
fn of_one(tree: &dyn FileTree, path: &TreePath) -> Result<Marking, Stop> {
    let is_large = tree.stat(path).is_ok_and(|stat| stat.len > Limits::default().bytes);
    if !is_large {
        return marking::look_up(tree, path);
    }
    let head = json!({ "assessment-results": { "metadata": { "props": props(tree, path)? } } });
    marking::of(head.to_string().as_bytes(), &as_json(path)?, sidecar(tree, path)?.as_deref())
}

/// The path of a JSON document of that name.
fn as_json(path: &TreePath) -> Result<TreePath, Diagnostic> {
    let name = if path.extension() == Some("json") { path.to_string() } else { format!("{path}.json") };
    TreePath::parse(&name).map_err(Diagnostic::from)
}

/// What lies beside a document.
fn sidecar(tree: &dyn FileTree, path: &TreePath) -> Result<Option<Vec<u8>>, Diagnostic> {
    let beside = sidecar_path(path)?;
    let read = tree.is_file(&beside).then(|| tree.read(&beside, Limits::default().bytes)).transpose();
    read.map_err(Diagnostic::from)
}

impl Job<'_> {
    /// Whether the results may have their colour, by what they are made of.
    ///
    /// # Errors
    /// Something of it is narrower (rule TLP-006), results of another assessment have another colour (TLP-003), or a colour is refused.
    pub(crate) fn colours_fit(&self) -> Result<(), Diagnostics> {
        let own = self.marking.unwrap_or(Label::UNMARKED);
        let mut found = Diagnostics::new();
        for giving in &self.giving {
            let other = giving.marking.unwrap_or(Label::UNMARKED);
            if other != own {
                let message =
                    format!("`{}` is {own}, and takes results from `{}`, {other}", self.name, giving.name);
                let remedy = "give both assessments the same `marking`";
                let refusal = Refusal::new(rules::ONE_COLOUR, &codes::SEVERAL_COLOURS, message, remedy);
                found.push(refusal.of(giving.results.as_str(), Some(other)).finding());
            }
        }
        let documents = [&self.parts.profile].into_iter().chain(&self.parts.ssp).chain(&self.parts.mappings);
        let documents = documents.chain(&self.parts.certificates).chain(&self.attestations).chain(&self.poam);
        for path in documents {
            self.fits(self.tree, path, true, own, &mut found);
        }
        let files = self.imports.iter().flat_map(|import| &import.files);
        for (path, says) in
            files.map(|path| (path, true)).chain(self.sources.iter().map(|path| (path, false)))
        {
            self.fits(self.evidence, path, says, own, &mut found);
        }
        if found.is_empty() { Ok(()) } else { Err(found) }
    }

    /// Notes where a document is narrower than `own`. Evidence says nothing itself; of what cannot be read as a document the sidecar
    /// does.
    fn fits(&self, tree: &dyn FileTree, path: &TreePath, says: bool, own: Label, found: &mut Diagnostics) {
        if path.bundled().is_some() || path.is_remote() {
            return;
        }
        let beside = || match sidecar(tree, path)? {
            Some(text) => Ok(Some(Sidecar::read(&text, &sidecar_path(path)?)?.label)),
            None => Ok(None),
        };
        let marked = match says.then(|| marking::look_up(tree, path)) {
            Some(Ok(marking)) => Ok(Some(marking.label).filter(|_| marking.source != Source::Unmarked)),
            Some(Err(Stop::Refused(refusals))) => Err(Stop::Refused(refusals)),
            None | Some(Err(Stop::Unreadable(_))) => beside(),
        };
        match marked {
            Ok(Some(label)) if label > own => found.push(narrower(path, label, own, self.name).finding()),
            Ok(_) => {}
            Err(Stop::Refused(refusals)) => found.extend(refusals.iter().map(Refusal::finding)),
            Err(Stop::Unreadable(findings)) => found.extend(findings),
        }
    }
}

fn narrower(path: &TreePath, label: Label, own: Label, name: &str) -> Refusal {
    let message = format!("`{path}` is {label}, and results of `{name}` that are made of it would be {own}");
    let remedy =
        format!("say `marking = \"{label}\"` for the assessment in probity.toml, or leave the file out");
    Refusal::new(rules::STAYS, &codes::WIDER_RESULTS, message, remedy).of(path.as_str(), Some(label))
}

/// Marks a document that is made of results of that colour.
pub(crate) fn mark(metadata: &mut Metadata, label: Option<Label>) {
    let Some(label) = label else { return };
    let said = prop(label.as_str());
    match metadata.props.iter_mut().find(|prop| is_marking(prop)) {
        Some(there) => there.value = said.value,
        None => metadata.props.push(said),
    }
}
