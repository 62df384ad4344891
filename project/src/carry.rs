//! Results of other assessments that mappings between catalogs carry to one.

use std::collections::{BTreeMap, BTreeSet};

use probity_assessment::assemble::{FileRole, LinkedFile};
use probity_assessment::carry::{
    Brought, Collection, Confidence, Crossing, End, Given, Origin, Side, Tie, bring, codes, crossings,
};
use probity_diagnostics::{Diagnostic, Diagnostics, FileTree, Location, Step, TreePath};
use probity_sharing::Label;

use crate::config;
use crate::job::Job;
use crate::library;
use crate::steps::{self, Resolved};

/// Another assessment that results are carried from.
#[derive(Debug, Clone)]
pub struct Giving {
    /// Its name.
    pub name: String,
    /// Its profile.
    pub profile: TreePath,
    /// The mapping collections that carry.
    pub collections: Vec<TreePath>,
    /// The lowest confidence at which a map carries.
    pub confidence: config::Confidence,
    /// The target of the build that its results are.
    pub target: String,
    /// Its results, from the root of the output folder.
    pub results: TreePath,
    /// The label that they bear.
    pub marking: Option<Label>,
}

/// What was taken from other assessments.
#[derive(Debug, Default)]
pub struct Taken<'a> {
    /// What maps bring.
    pub brought: Vec<Brought<'a>>,
    /// The results and mapping collections that it comes from.
    pub files: Vec<LinkedFile>,
}

/// The maps between the catalog of an assessment and those of the ones that it takes from: a list for each of them.
///
/// # Errors
/// A collection cannot be read, is between other catalogs, or names controls that are not there.
pub(crate) fn maps(job: &Job<'_>, resolved: &Resolved) -> Step<Vec<Vec<Crossing>>> {
    let mut findings = Diagnostics::new();
    let mut shelf = Sides { tree: job.tree, known: BTreeMap::new() };
    let mut all = Vec::new();
    for giving in &job.giving {
        let given = findings.absorb(steps::resolve_with_sources(job.tree, &giving.profile, String::new()));
        let Some(given) = given else { return Err(findings) };
        let ends = Ends { job, giving, given: &given, received: resolved };
        let mut list = Vec::new();
        for file in &giving.collections {
            let maps = findings.absorb(ends.collection(file, &mut shelf));
            list.extend(maps.unwrap_or_default());
        }
        all.push(list);
    }
    findings.unless_errors(all)
}

/// What the maps bring, by the results that lie in `outputs`.
///
/// # Errors
/// Results cannot be read.
pub(crate) fn take<'a>(
    job: &Job<'_>,
    outputs: &dyn FileTree,
    resolved: &Resolved,
    given: &'a [Given],
    maps: &'a [Vec<Crossing>],
) -> Result<Taken<'a>, Diagnostic> {
    let known: BTreeSet<&str> = steps::control_ids(&resolved.catalog);
    let mut taken = Taken::default();
    for ((giving, given), maps) in job.giving.iter().zip(given).zip(maps) {
        taken.brought.extend(bring(maps, given, &known));
        let link =
            |role, href: String, title: String, digest| LinkedFile { role, href, title, digest, check: None };
        let digest = outputs.digest(&giving.results)?;
        let title = format!("Assessment results: {}", giving.name);
        taken.files.push(link(FileRole::Results, giving.href(job), title, digest));
        for file in &giving.collections {
            let digest = library::digest(job.tree, file)?;
            let href = (job.href)(file);
            taken.files.push(link(FileRole::MappingCollection, href, file.to_string(), digest));
        }
    }
    Ok(taken)
}

/// The results that an assessment takes from, read from `outputs`.
///
/// # Errors
/// Results cannot be read.
pub(crate) fn given(job: &Job<'_>, outputs: &dyn FileTree) -> Result<Vec<Given>, Diagnostic> {
    let read = |giving: &Giving| {
        let reader = std::io::BufReader::with_capacity(1 << 16, outputs.open(&giving.results)?);
        Given::read(reader).map_err(|error| {
            let message = format!("`{}` cannot be read: {error}", giving.results);
            Diagnostic::error(&codes::CARRY_RESULTS, message).at(Location::file(&giving.results))
        })
    };
    job.giving.iter().map(read).collect()
}

impl Giving {
    /// Its results, relative to the folder of those that receive.
    fn href(&self, job: &Job<'_>) -> String {
        job.folder.relative(&self.results)
    }
}

/// The controls of resources that mappings name, each read once.
struct Sides<'a> {
    tree: &'a dyn FileTree,
    known: BTreeMap<TreePath, Side>,
}

impl Sides<'_> {
    fn of(&mut self, file: &TreePath) -> Step<Side> {
        if let Some(side) = self.known.get(file) {
            return Ok(probity_diagnostics::Warned::clean(side.clone()));
        }
        let catalog = steps::resolve(self.tree, file, None, String::new())?;
        Ok(catalog.map(|catalog| {
            let side = Side::of(&catalog);
            self.known.insert(file.clone(), side.clone());
            side
        }))
    }
}

/// The two assessments that a collection is to tie.
struct Ends<'a> {
    job: &'a Job<'a>,
    giving: &'a Giving,
    given: &'a Resolved,
    received: &'a Resolved,
}

impl Ends<'_> {
    /// The maps of a collection between the two, in both directions. Mappings between others are passed over.
    fn collection(&self, file: &TreePath, sides: &mut Sides<'_>) -> Step<Vec<Crossing>> {
        let mut findings = Diagnostics::new();
        let Some(collection) = findings.absorb(Collection::load(self.job.tree, file)) else {
            return Err(findings);
        };
        let origin = self.origin(file, &collection);
        let mut maps = Vec::new();
        let (mut tied, mut astray) = (false, Diagnostics::new());
        for index in 0..collection.model.mappings.len() {
            let Some([source, target]) = astray.absorb(collection.ends(self.job.tree, index)) else {
                continue;
            };
            for end in self.directions(&source, &target) {
                tied = true;
                let found = (findings.absorb(sides.of(&source)), findings.absorb(sides.of(&target)));
                let (Some(of_source), Some(of_target)) = found else { continue };
                let tie = Tie {
                    origin: origin.clone(),
                    collection: &collection,
                    index,
                    end,
                    source: &of_source,
                    target: &of_target,
                    files: [&source, &target],
                    threshold: threshold(self.giving.confidence),
                };
                maps.extend(findings.absorb(crossings(&tie)).unwrap_or_default());
            }
        }
        if !tied && !findings.has_errors() {
            let behind =
                [self.given, self.received].map(|side| side.sources.iter().cloned().collect::<Vec<_>>());
            let [given, received] = &behind;
            findings.extend(astray);
            findings.push(collection.untied(&self.giving.name, self.job.name, [given, received]));
        }
        findings.unless_errors(maps)
    }

    /// The sides from which a mapping between two files gives.
    fn directions(&self, source: &TreePath, target: &TreePath) -> Vec<End> {
        let (given, received) = (&self.given.sources, &self.received.sources);
        let forth = (given.contains(source) && received.contains(target)).then_some(End::Source);
        let back = (given.contains(target) && received.contains(source)).then_some(End::Target);
        forth.into_iter().chain(back).collect()
    }

    fn origin(&self, file: &TreePath, collection: &Collection) -> Origin {
        Origin {
            from: self.giving.name.clone(),
            catalog: self.given.catalog.metadata.title.clone(),
            results: self.giving.href(self.job),
            collection: (self.job.href)(file),
            title: collection.model.metadata.title.clone(),
        }
    }
}

fn threshold(confidence: config::Confidence) -> Confidence {
    match confidence {
        config::Confidence::Any => Confidence::Unstated,
        config::Confidence::Low => Confidence::Low,
        config::Confidence::Medium => Confidence::Medium,
        config::Confidence::High => Confidence::High,
    }
}
