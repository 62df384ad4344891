//! Results of other tools: found by the settings of an assessment, or made into assessment results by themselves.

use std::collections::BTreeSet;

use jiff::Timestamp;
use probity_assessment::Identity;
use probity_assessment::assemble::{
    AssembleInput, Edition, FileRole, LinkedFile, PlanRef, SubjectMode, assemble,
};
use probity_assessment::attest::Attestations;
use probity_assessment::codes::NOT_COVERED;
use probity_assessment::compile::{
    Compiled, ForeignRun, Import, Input, Rules, Silent, compile as compile_checks, load_mappings, seconds,
};
use probity_assessment::verdict::{AssessInput, Verdicts, assess};
use probity_assessment::waiver::AcceptedRisks;
use probity_diagnostics::{Diagnostic, Diagnostics, FileTree, Location, Step, TreePath, Warned};
use probity_importers::results::{Columns, Format, ResultsFile, read};
use probity_oscal::model::{AssessmentResults, Catalog};

use crate::codes;
use crate::config::{self, LoadedConfig};
use crate::job::{TOOL, VERSION};
use crate::library::{self, Shelf};
use crate::steps::{self, Resolved};

/// Files of results, and how they are read and counted.
#[derive(Debug, Clone, Default)]
pub struct Importing {
    /// The files.
    pub files: Vec<TreePath>,
    /// Their format; none where it is told by what they hold.
    pub format: Option<Format>,
    /// What the columns of CSV files are.
    pub columns: Option<TreePath>,
    /// Mappings from controls to rules.
    pub mappings: Vec<TreePath>,
    /// The framework whose ids of the tool's own are ids of controls.
    pub framework: Option<String>,
    /// Age of a pass in seconds beyond which it is unknown.
    pub max_age: Option<i64>,
    /// When the tools ran, where the files do not say.
    pub collected: Option<Timestamp>,
    /// What rules come to that are listed without a result.
    pub silent: Silent,
    /// Which rules become checks.
    pub rules: Rules,
}

impl Importing {
    /// What the tables of an assessment name; `at` is its place in the project file.
    ///
    /// # Errors
    /// A file is missing or a value is wrong; all of them are reported.
    pub(crate) fn of_assessment(
        loaded: &LoadedConfig,
        at: &str,
        assessment: &config::Assessment,
        tree: &dyn FileTree,
        evidence: &dyn FileTree,
    ) -> Result<Vec<Self>, Diagnostics> {
        let root = loaded.file.parent();
        let mut findings = Diagnostics::new();
        let mut all = Vec::new();
        for (index, import) in assessment.imports.iter().enumerate() {
            let index = index.to_string();
            let place = |key: &str| loaded.place(&["assessment", at, "import", &index, key]);
            let files = library::expand(evidence, &root, &import.files)
                .map_err(|e| findings.extend(e.into_iter().map(|finding| finding.at(place("files")))));
            let columns =
                import.columns.as_ref().map(|name| library::existing(tree, &root, name)).transpose();
            let columns = columns.map_err(|finding| findings.push(finding.at(place("columns"))));
            let mut mappings = Vec::new();
            for name in &import.mappings {
                match library::find(tree, &root, name, &[Shelf::Mappings]) {
                    Ok(path) => mappings.push(path),
                    Err(finding) => findings.push(finding.at(place("mappings"))),
                }
            }
            let (Ok(files), Ok(columns)) = (files, columns) else { continue };
            all.push(Self {
                files,
                format: import.format.map(Format::from),
                columns,
                mappings,
                framework: import.framework.clone(),
                max_age: seconds(&import.max_age).ok(),
                collected: import.collected.as_deref().and_then(|text| text.parse().ok()),
                silent: import.silent.into(),
                rules: Rules::Mapped,
            });
        }
        if findings.is_empty() { Ok(all) } else { Err(findings) }
    }

    /// Reads the files, and the mappings that speak of the profile or of a catalog behind it.
    ///
    /// # Errors
    /// A file cannot be read, or is not in the shape of its format.
    pub(crate) fn read(
        &self,
        tree: &dyn FileTree,
        evidence: &dyn FileTree,
        resolved: Option<&Resolved>,
    ) -> Step<Import> {
        let mut findings = Diagnostics::new();
        let columns = self.columns.as_ref().map(|file| findings.absorb(Columns::read(tree, file)));
        let columns = columns.flatten();
        let mut runs = Vec::new();
        for file in &self.files {
            let read = findings.absorb(read(evidence, file, self.format, columns.as_ref()));
            runs.extend(read.into_iter().flat_map(|read| self.runs(read)));
        }
        let mut mappings = Vec::new();
        for file in &self.mappings {
            let read = findings.absorb(load_mappings(tree, file)).unwrap_or_default();
            let before = mappings.len();
            mappings.extend(read.into_iter().filter(|mapping| {
                resolved.is_some_and(|resolved| resolved.is_meant_by(file, &mapping.source))
            }));
            if before == mappings.len() && !findings.has_errors() {
                let message = format!("`{file}` maps no rule to a control of this assessment");
                let finding = Diagnostic::warning(&codes::MAPS_NOTHING, message).at(Location::file(file));
                findings
                    .push(finding.help("its `source` has to lead to the profile, or to a catalog behind it"));
            }
        }
        let (framework, max_age) = (self.framework.clone(), self.max_age);
        let (silent, rules) = (self.silent, self.rules);
        findings.unless_errors(Import { runs, mappings, framework, max_age, silent, rules })
    }

    fn runs(&self, read: ResultsFile) -> impl Iterator<Item = ForeignRun> {
        let (file, digest, stated) = (read.file, read.digest, self.collected);
        read.runs.into_iter().map(move |run| ForeignRun {
            file: file.clone(),
            digest,
            collected: run.ended.or(stated),
            run,
        })
    }

    /// The files, as results link to them.
    ///
    /// # Errors
    /// A file cannot be read.
    pub(crate) fn linked(
        &self,
        evidence: &dyn FileTree,
        href: &dyn Fn(&TreePath) -> String,
    ) -> Result<Vec<LinkedFile>, Diagnostic> {
        let link = |file: &TreePath| {
            Ok(LinkedFile {
                role: FileRole::Imported,
                href: href(file),
                title: file.to_string(),
                digest: evidence.digest(file).map_err(Diagnostic::from)?,
                check: None,
            })
        };
        self.files.iter().map(link).collect()
    }
}

/// The mappings of a project that name rules of other tools, and so no metrics.
pub(crate) fn mappings(tree: &dyn FileTree, loaded: &LoadedConfig) -> BTreeSet<TreePath> {
    let root = loaded.file.parent();
    let imports = loaded.config.assessments.iter().flat_map(|assessment| &assessment.imports);
    let named = imports.flat_map(|import| &import.mappings);
    named.filter_map(|name| library::find(tree, &root, name, &[Shelf::Mappings]).ok()).collect()
}

/// Reads all that an assessment takes from other tools: mappings from `tree`, files of results from `evidence`.
///
/// # Errors
/// As [`Importing::read`]; those of all files.
pub(crate) fn read_all(
    imports: &[Importing],
    tree: &dyn FileTree,
    evidence: &dyn FileTree,
    resolved: &Resolved,
) -> Step<Vec<Import>> {
    let mut findings = Diagnostics::new();
    let read = imports.iter().map(|import| import.read(tree, evidence, Some(resolved)));
    let imports = read.filter_map(|read| findings.absorb(read)).collect();
    findings.unless_errors(imports)
}

/// Files of results that become assessment results by themselves.
pub struct Lone<'a> {
    /// Where OSCAL files are read from.
    pub tree: &'a dyn FileTree,
    /// Where the files of results are read from.
    pub files: &'a dyn FileTree,
    /// The files.
    pub importing: &'a Importing,
    /// The profile or catalog of the controls; none where none is known.
    pub profile: Option<&'a TreePath>,
    /// The same as somebody names it.
    pub named: &'a str,
    /// The name of the system.
    pub system: &'a str,
    /// The name of the assessment.
    pub name: &'a str,
    /// The assessment plan, as the results refer to it, where there is one.
    pub plan: Option<&'a str>,
    /// When the results are judged; left out, when the last tool was done, else now.
    pub as_of: Option<Timestamp>,
    /// The clock.
    pub now: Timestamp,
    /// How the results refer to a file.
    pub href: &'a dyn Fn(&TreePath) -> String,
}

/// Assessment results of other tools' files.
#[derive(Debug, Clone)]
pub struct Imported {
    /// The document.
    pub document: AssessmentResults,
    /// The runs, with what was found.
    pub runs: Vec<ForeignRun>,
    /// Rules that count for no control.
    pub unmapped: usize,
    /// All rules.
    pub rules: usize,
}

/// Makes complete assessment results of files of other tools.
///
/// # Errors
/// A file, a mapping or the profile cannot be read, or a file is not in the shape of its format.
pub fn import(lone: &Lone<'_>) -> Step<Imported> {
    let mut findings = Diagnostics::new();
    let resolved = match lone.profile {
        Some(profile) => {
            let resolved =
                findings.absorb(steps::resolve_with_sources(lone.tree, profile, lone.named.to_owned()));
            if resolved.is_none() {
                return Err(findings);
            }
            resolved
        }
        None => None,
    };
    let Some(import) = findings.absorb(lone.importing.read(lone.tree, lone.files, resolved.as_ref())) else {
        return Err(findings);
    };
    let ontology = steps::ontology(lone.tree)?.value;
    let nothing = Catalog::default();
    let catalog = resolved.as_ref().map_or(&nothing, |resolved| &resolved.catalog);
    let imports = [import];
    let compiled = findings.absorb(compile_checks(&Input {
        catalog,
        known_controls: resolved.as_ref().map(|resolved| resolved.known_controls.clone()).unwrap_or_default(),
        mappings: &[],
        metrics: &[],
        ontology: &ontology,
        library: &[],
        plan: None,
        imports: &imports,
    }));
    let Some(compiled) = compiled else { return Err(findings) };
    // results by themselves are not meant to cover a catalog
    let mut findings: Diagnostics =
        findings.into_iter().filter(|finding| finding.code != &NOT_COVERED).collect();
    let [import] = imports;
    let ended = import.runs.iter().filter_map(|one| one.collected).max();
    let as_of = lone.as_of.or(ended).unwrap_or(lone.now);
    let assessed = assess(&AssessInput {
        assessment: lone.name,
        compiled: &compiled,
        ontology: &ontology,
        tree: lone.files,
        sources: &[],
        as_of,
        waivers: &[],
        threads: Some(1),
        shelf: None,
        progress: &|_| {},
    });
    findings.extend(assessed.findings);
    let files = lone.importing.linked(lone.files, lone.href)?;
    let document = lone.document(&compiled, &assessed.verdicts, &files);
    findings.extend(document.warnings);
    let unmapped = compiled.checks.iter().filter(|check| check.controls.is_empty()).count();
    let imported =
        Imported { document: document.value, runs: import.runs, unmapped, rules: compiled.checks.len() };
    findings.unless_errors(imported)
}

impl Lone<'_> {
    fn document(
        &self,
        compiled: &Compiled,
        verdicts: &Verdicts,
        files: &[LinkedFile],
    ) -> Warned<AssessmentResults> {
        let (attestations, waivers) = (Attestations::default(), AcceptedRisks::default());
        let input = AssembleInput {
            identity: Identity {
                system: self.system,
                assessment: self.name,
                tool: TOOL,
                version: VERSION,
                marking: None,
            },
            profile: self.named,
            plan: self.plan.map_or(PlanRef::Unknown, PlanRef::Href),
            document: &TreePath::root(),
            compiled,
            verdicts,
            attestations: &attestations,
            waivers: &waivers,
            files,
            subjects: SubjectMode::All,
            carrying: None,
            edition: Edition::Whole,
        };
        assemble(&input).map(|assembled| assembled.document())
    }
}

/// The profile or catalog that mappings of rules are about: the source of the first of them.
///
/// # Errors
/// A mapping cannot be read, or its source leads nowhere.
pub fn profile_of(tree: &dyn FileTree, mappings: &[TreePath]) -> Result<Option<TreePath>, Diagnostics> {
    for file in mappings {
        let read = load_mappings(tree, file)?.value;
        if let Some(first) = read.first() {
            let outside = |_| {
                let message = format!("the source `{}` of the mapping leads nowhere", first.source);
                Diagnostic::error(&probity_diagnostics::codes::PATH_OUTSIDE, message).at(Location::file(file))
            };
            return Ok(Some(file.sibling(&first.source).map_err(outside)?));
        }
    }
    Ok(None)
}
