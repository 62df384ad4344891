//! How targets and files hang together, as a drawing.

mod dot;
mod svg;

use std::collections::{BTreeMap, BTreeSet};

use probity_diagnostics::TreePath;

use super::state::{Record, State, file_of};
use super::{Build, Built};

/// Targets, the files that they are made of, and the arrows between them.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Graph {
    /// Files first, then targets.
    pub nodes: Vec<Node>,
    /// From what is read to what reads it, by index.
    pub arrows: BTreeSet<(usize, usize)>,
}

/// A target or some files.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Node {
    /// What is written on it.
    pub label: String,
    /// What it is.
    pub kind: NodeKind,
}

/// What a node stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum NodeKind {
    /// Files of the project, or what stands for them at another place.
    Files,
    /// Files that come with Probity.
    Bundled,
    /// A target that is up to date.
    Kept,
    /// A target that would be made.
    Made,
}

impl Build<'_> {
    /// The graph of the targets that a dry run looked at.
    pub(super) fn graph(&self, built: &Built) -> Graph {
        let state = self.state();
        let names: Vec<&str> = built
            .targets
            .iter()
            .filter(|target| !target.is_part())
            .map(|target| target.name.as_str())
            .collect();
        let mut drawing = Drawing::default();
        for name in &names {
            let groups = groups(&state, name);
            for ((label, is_bundled), count) in groups {
                let kind = if is_bundled { NodeKind::Bundled } else { NodeKind::Files };
                drawing.arrow((label, kind, count), name);
            }
        }
        let kind = |name: &str| if built.is_made(name) { NodeKind::Made } else { NodeKind::Kept };
        let Drawing { files, mut arrows } = drawing;
        let mut nodes: Vec<Node> = Vec::new();
        let mut places: BTreeMap<String, usize> = BTreeMap::new();
        for ((label, kind), count) in files {
            let shown = if count == 1 { label.clone() } else { format!("{label} ({count} files)") };
            places.insert(label, nodes.len());
            nodes.push(Node { label: shown, kind });
        }
        for name in &names {
            places.insert((*name).to_owned(), nodes.len());
            nodes.push(Node { label: (*name).to_owned(), kind: kind(name) });
            arrows.extend(
                before(self, &state, name, &names).into_iter().map(|from| (from, (*name).to_owned())),
            );
        }
        let at = |(from, to): (String, String)| Some((*places.get(&from)?, *places.get(&to)?));
        Graph { nodes, arrows: arrows.into_iter().filter_map(at).collect() }
    }
}

/// Files by label and kind with their numbers, and arrows by label.
#[derive(Default)]
struct Drawing {
    files: BTreeMap<(String, NodeKind), usize>,
    arrows: BTreeSet<(String, String)>,
}

impl Drawing {
    fn arrow(&mut self, (label, kind, count): (String, NodeKind, usize), target: &str) {
        let known = self.files.entry((label.clone(), kind)).or_default();
        *known = count.max(*known);
        self.arrows.insert((label, target.to_owned()));
    }
}

/// The targets that a target is made after.
fn before(build: &Build<'_>, state: &State, name: &str, names: &[&str]) -> BTreeSet<String> {
    let Some((assessment, part)) = of_assessment(name) else { return BTreeSet::new() };
    let sibling = |part: &str| format!("{assessment}/{part}");
    let mut before: BTreeSet<String> = match part {
        "checks" => [sibling("catalog")].into(),
        "results" | "own-results" => [sibling("checks")].into(),
        "catalog" => BTreeSet::new(),
        _ => [sibling("results")].into(),
    };
    let Some(settings) = build.loaded.config.assessments.iter().find(|one| one.name == assessment) else {
        return before;
    };
    if matches!(part, "results" | "own-results") {
        let used = |name: &String| settings.sources.as_ref().is_none_or(|sources| sources.contains(name));
        let sources =
            build.loaded.config.sources.iter().filter(|source| source.collects() && used(&source.name));
        before.extend(sources.map(|source| format!("source/{}", source.name)));
    }
    if part == "results" {
        let given = settings
            .carry
            .iter()
            .flat_map(|carry| [format!("{}/own-results", carry.from), format!("{}/results", carry.from)]);
        before.extend(given.filter(|given| names.contains(&given.as_str())).take(settings.carry.len()));
    }
    let _ = state;
    before
}

/// The files that a target reads and that no target before it reads, by the folder that they lie in, with their number.
fn groups(state: &State, name: &str) -> BTreeMap<(String, bool), usize> {
    let Some(record) = state.record(name) else { return BTreeMap::new() };
    let earlier: BTreeSet<&str> =
        earlier(name).iter().filter_map(|name| state.record(name)).flat_map(read).collect();
    let written: BTreeSet<&str> =
        state.targets().flat_map(|(_, record)| record.outputs.keys().map(String::as_str)).collect();
    let mut groups = BTreeMap::new();
    for path in read(record).filter(|path| !earlier.contains(path) && !written.contains(path)) {
        let is_bundled = TreePath::parse(path).is_ok_and(|path| path.bundled().is_some());
        let label = match path.split_once('/') {
            _ if path.starts_with("https://") => path.to_owned(),
            Some((folder, _)) => format!("{folder}/"),
            None => path.to_owned(),
        };
        *groups.entry((label, is_bundled)).or_default() += 1;
    }
    groups
}

/// The targets of the same assessment whose files are drawn with an arrow of their own.
fn earlier(name: &str) -> Vec<String> {
    let Some((assessment, part)) = of_assessment(name) else { return Vec::new() };
    let parts: &[&str] = match part {
        "catalog" => &[],
        "checks" => &["catalog"],
        "results" | "own-results" => &["catalog", "checks"],
        _ => &["catalog", "checks", "results"],
    };
    parts.iter().map(|part| format!("{assessment}/{part}")).collect()
}

/// The assessment that a target belongs to, and which of its targets it is.
fn of_assessment(name: &str) -> Option<(&str, &str)> {
    name.split_once('/').filter(|(assessment, _)| *assessment != "source")
}

/// The files that a target read.
fn read(record: &Record) -> impl Iterator<Item = &str> {
    let all = record.inputs.iter().chain(&record.evidence);
    let files = all.filter(|(key, print)| file_of(key) == key.as_str() && *print != "absent");
    files.map(|(key, _)| key.as_str())
}
