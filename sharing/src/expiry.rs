//! What is kept longer than it was meant to be.
//!
//! An incident is kept for as long as it says (`retention`), else for as long as the policy says, from the instant on when it was over:
//! everything was as before, else it had ended, else the document was made. What is not resolved is not over. What was received is
//! kept from its receipt on, whatever its sender says of it later, for the shortest of what its incidents and the policy say.

use jiff::Timestamp;
use jiff::civil::Date;
use probity_diagnostics::document::{self, Format as Text, Limits};
use probity_diagnostics::{Diagnostic, Diagnostics, FileTree, Location, TreePath};
use serde::{Deserialize, Serialize};

use crate::formats::Format;
use crate::incident::codes::NO_RECEIPT;
use crate::incident::{self, Incident, Retention};
use crate::lexicon::Lexicon;
use crate::typed::typed;
use crate::{Label, marking};

/// The file in a received package that says since when it is kept.
pub const RECEIPT: &str = "receipt.json";

/// Something that is kept.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct Kept {
    /// The file of an incident, or the folder of a package that was received.
    pub path: String,
    /// Whether it was received.
    pub received: bool,
    /// Since when it counts; none where it is not over yet.
    pub since: Option<Timestamp>,
    /// For how long it is kept; none where nobody says.
    pub retention: Option<Retention>,
    /// The last day on which it is kept, where both are known.
    pub until: Option<Date>,
}

impl Kept {
    fn new(path: &TreePath, received: bool, since: Option<Timestamp>, retention: Option<Retention>) -> Self {
        let until = since.zip(retention).and_then(|(since, retention)| retention.until(since));
        Self { path: path.to_string(), received, since, retention, until }
    }

    /// Whether its time has passed on a day.
    pub fn is_expired(&self, day: Date) -> bool {
        self.until.is_some_and(|until| until < day)
    }
}

/// The incidents that a project keeps, and the packages below `received`, each with the last day on which it is kept.
///
/// # Errors
/// An incident cannot be read; a package has no receipt that could be read.
pub fn kept(
    tree: &dyn FileTree,
    received: &TreePath,
    policy: Option<Retention>,
) -> Result<(Vec<Kept>, Diagnostics), Diagnostics> {
    let lexicon = Lexicon::load(tree)?.value;
    let mut all = Vec::new();
    let mut errors = Diagnostics::new();
    for file in incident::files(tree)? {
        match incident::load(tree, &file, &lexicon) {
            Ok(read) => all.push(of_incident(&file, &read.value, policy)),
            Err(found) => errors.extend(found),
        }
    }
    if !errors.is_empty() {
        return Err(errors);
    }
    let mut found = Diagnostics::new();
    for folder in packages(tree, received)? {
        match receipt(tree, &folder) {
            Ok(since) => all.push(of_package(tree, &folder, since, policy, &lexicon)?),
            Err(finding) => found.push(finding),
        }
    }
    Ok((all, found))
}

fn of_incident(file: &TreePath, incident: &Incident, policy: Option<Retention>) -> Kept {
    let times = &incident.times;
    let is_over = incident.status.as_ref().is_some_and(|status| status.as_str() == "resolved");
    let since = times.of.recovered.or(times.of.ended).unwrap_or(times.generated);
    Kept::new(file, false, is_over.then_some(since), incident.retention.or(policy))
}

fn of_package(
    tree: &dyn FileTree,
    folder: &TreePath,
    since: Timestamp,
    policy: Option<Retention>,
    lexicon: &Lexicon,
) -> Result<Kept, Diagnostics> {
    let mut said: Vec<Retention> = policy.into_iter().collect();
    for file in tree.walk(folder).map_err(Diagnostic::from)? {
        said.extend(incidents(tree, &file, lexicon).iter().filter_map(|one| one.retention));
    }
    let shortest = said.into_iter().min_by_key(|retention| retention.until(since));
    Ok(Kept::new(folder, true, Some(since), shortest))
}

/// The incidents of a document of a package; none where it is something else.
fn incidents(tree: &dyn FileTree, file: &TreePath, lexicon: &Lexicon) -> Vec<Incident> {
    let Ok(bytes) = tree.read(file, Limits::default().bytes) else { return Vec::new() };
    let format = document::text(&bytes, file).ok().and_then(|text| Some((Format::of(text)?, text)));
    match format {
        Some((format, text)) => {
            let label = marking::look_up(tree, file).map_or(Label::UNMARKED, |marking| marking.label);
            format.read(text, file, label, lexicon).map(|read| read.value).unwrap_or_default()
        }
        None => incident::parse(&bytes, file, lexicon).map(|read| vec![read.value]).unwrap_or_default(),
    }
}

/// The folders of received packages: one for each member, and in it one for each package.
fn packages(tree: &dyn FileTree, received: &TreePath) -> Result<Vec<TreePath>, Diagnostics> {
    let folders = |path: &TreePath| -> Result<Vec<TreePath>, Diagnostics> {
        if !tree.is_folder(path) {
            return Ok(Vec::new());
        }
        let listed = tree.list(path).map_err(Diagnostic::from)?;
        let mut paths: Vec<TreePath> =
            listed.into_iter().map(|entry| entry.path).filter(|path| tree.is_folder(path)).collect();
        paths.sort();
        Ok(paths)
    };
    let mut all = Vec::new();
    for member in folders(received)? {
        all.extend(folders(&member)?);
    }
    Ok(all)
}

#[derive(Deserialize)]
struct Receipt {
    received: Timestamp,
}

/// When a package was received.
fn receipt(tree: &dyn FileTree, folder: &TreePath) -> Result<Timestamp, Diagnostic> {
    let none = || {
        let message = format!("`{folder}` has no receipt that says since when it is kept");
        Diagnostic::error(&NO_RECEIPT, message).help("receive the package anew, or delete it")
    };
    let file = folder.join(&format!("./{RECEIPT}")).ok();
    let file = file.filter(|file| tree.is_file(file)).ok_or_else(none)?;
    let at = |finding: Diagnostic| finding.at(Location::file(&file));
    let bytes = tree.read(&file, Limits::default().bytes).map_err(|_| at(none()))?;
    let parsed = document::parse(&bytes, &file, Text::Json, Limits::default()).map_err(|_| at(none()))?;
    let receipt: Receipt = typed(parsed.value, &NO_RECEIPT, &file).map_err(|_| at(none()))?;
    Ok(receipt.received)
}
