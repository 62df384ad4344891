//! One assessment, from its parts to its documents: what `build`, `assess`,
//! `scan` and `compile` have in common.

use std::collections::{BTreeMap, BTreeSet};

use jiff::Timestamp;
use probity_assessment::Identity;
use probity_assessment::assemble::{
    AssembleInput, Carrying, Edition, FileRole, LinkedFile, PlanRef, SubjectMode, assemble, bundle_files,
};
use probity_assessment::attest::{AttestationFile, Attestations, inherited};
use probity_assessment::compile::{Compiled, Severity};
use probity_assessment::plan::{PlanInput, StubInput, plan, stub_ssp};
use probity_assessment::rollup::{Rollup, State};
use probity_assessment::verdict::{AssessInput, Assessed, Shelf, assess, write_verdicts};
use probity_assessment::waiver::{self, AcceptedRisks};
use probity_diagnostics::{
    Diagnostic, Diagnostics, FileTree, PathError, Sha256Digest, Step, TreePath, Warned,
};
use probity_evidence::{Ontology, ServiceState};
use probity_generators::series::{Depth, PeriodOptions, Trend, period, trend};
use probity_generators::view::Report;
use probity_generators::{Format, Marking, Style};
use probity_oscal::OscalDocument;
use probity_oscal::model::PlanOfActionAndMilestones;
use probity_sharing::Label;
use serde::{Deserialize, Serialize};

use crate::archive;
use crate::attest::{self, Scrutiny};
use crate::build::OutputFolder;
use crate::carry::{self, Giving, Taken};
use crate::config::{Assessment, FailOn, Subjects};
use crate::library;
use crate::register;
use crate::results::{self, Importing};
use crate::sharing::pages;
use crate::steps::{self, Parts, Resolved};

/// The tool, as documents name it.
pub const TOOL: &str = "Probity";

/// Its version.
pub const VERSION: &str = env!("CARGO_PKG_VERSION");

/// The folder that builds write below, in the project's.
const BUILD: &str = "build";

/// File names in the folder of an assessment.
const CATALOG: &str = "catalog.json";
pub(crate) const BUNDLE: &str = "bundle";
pub(crate) const PLAN: &str = "assessment-plan.json";
pub(crate) const STUB: &str = "ssp.json";
const VERDICTS: &str = "verdicts.jsonl";
/// What the results are called there.
pub const RESULTS: &str = "assessment-results.json";
const OWN_RESULTS: &str = "own-results.json";
pub(crate) const POAM: &str = "poam.json";

/// The folder that builds of a project write the documents of an assessment into.
///
/// # Errors
/// No assessment can have that name.
pub fn folder(assessment: &str) -> Result<TreePath, PathError> {
    TreePath::parse(&format!("{BUILD}/{assessment}"))
}

/// The results that builds of a project write.
///
/// # Errors
/// No assessment can have that name.
pub fn built_results(assessment: &str) -> Result<TreePath, PathError> {
    folder(assessment)?.join(RESULTS)
}

/// The name of the assessment that a file of a project was built for.
pub fn built_for(file: &TreePath) -> Option<&str> {
    let (name, _) = file.as_str().strip_prefix(BUILD)?.strip_prefix('/')?.split_once('/')?;
    Some(name)
}

/// One assessment with everything it is made of.
pub struct Job<'a> {
    /// The system under assessment.
    pub system: &'a str,
    /// The name of the assessment.
    pub name: &'a str,
    /// The profile as the user names it.
    pub profile: &'a str,
    /// Where OSCAL files and metrics are read from.
    pub tree: &'a dyn FileTree,
    /// Where evidence is read from.
    pub evidence: &'a dyn FileTree,
    /// Profile, mappings and system security plan.
    pub parts: Parts,
    /// The evidence sets.
    pub sources: Vec<TreePath>,
    /// Attestation files.
    pub attestations: Vec<TreePath>,
    /// How they are looked at before they count.
    pub scrutiny: &'a Scrutiny,
    /// The plan of action and milestones with accepted risks.
    pub poam: Option<TreePath>,
    /// The label that its documents bear.
    pub marking: Option<Label>,
    /// Which resources the results list.
    pub subjects: Subjects,
    /// The severity that closes the gate.
    pub gate: FailOn,
    /// Results of other tools.
    pub imports: Vec<Importing>,
    /// Other assessments that results are carried from.
    pub giving: Vec<Giving>,
    /// The folder that earlier results are kept in.
    pub archive: Option<TreePath>,
    /// What an audit looks at.
    pub period: Option<PeriodOptions>,
    /// Where the documents go, from the root of the output folder.
    pub folder: TreePath,
    /// How a document in that folder refers to a file that was read.
    pub href: &'a dyn Fn(&TreePath) -> String,
}

/// The outcome of an assessment.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct Outcome {
    /// Controls that are as bad as the gate or worse.
    pub above_gate: usize,
    /// Whether a source or service, or every run of a check, failed.
    pub incomplete: bool,
    /// The first instant at which the same input may come out differently.
    pub deadline: Option<Timestamp>,
    /// The controls that fail.
    #[serde(default)]
    pub failing: BTreeSet<String>,
}

impl Job<'_> {
    fn identity(&self) -> Identity<'_> {
        let marking = self.marking.map(Label::as_str);
        Identity { system: self.system, assessment: self.name, tool: TOOL, version: VERSION, marking }
    }

    /// A file of the assessment's folder.
    pub(crate) fn file(&self, name: &str) -> Result<TreePath, Diagnostic> {
        Ok(self.folder.join(name)?)
    }

    /// The assessment results, from the root of the output folder.
    ///
    /// # Errors
    /// The folder is no path.
    pub fn results(&self) -> Result<TreePath, Diagnostic> {
        self.file(RESULTS)
    }

    /// Resolves the profile.
    ///
    /// # Errors
    /// As [`steps::resolve`].
    pub fn resolve(&self) -> Step<Resolved> {
        steps::resolve_with_sources(self.tree, &self.parts.profile, (self.href)(&self.parts.profile))
    }

    /// Compiles the checks.
    ///
    /// # Errors
    /// As [`steps::compile`].
    pub fn compile(&self, resolved: &Resolved, ontology: &Ontology) -> Step<Compiled> {
        let mut findings = Diagnostics::new();
        let imports = results::read_all(&self.imports, self.tree, self.evidence, resolved);
        let Some(imports) = findings.absorb(imports) else { return Err(findings) };
        let compiled = findings.absorb(steps::compile(self.tree, &self.parts, resolved, ontology, &imports));
        let Some(compiled) = compiled else { return Err(findings) };
        // what is wrong with attestations is told when they are judged
        findings.unless_errors(match self.stated() {
            Ok(stated) => compiled.with_attested(&resolved.catalog, &stated.value),
            Err(_) => compiled,
        })
    }

    /// What people state, as it stands in the files.
    fn stated(&self) -> Step<Attestations> {
        Attestations::new(attest::load(self.tree, &self.attestations)?.value)
    }

    /// What is wrong with the parts of the assessment, before any evidence is
    /// judged: its profile, its checks, its attestations and accepted risks.
    pub fn check(&self, ontology: &Ontology) -> Diagnostics {
        let mut findings = Diagnostics::new();
        let resolved = findings.absorb(self.resolve());
        let compiled =
            resolved.as_ref().and_then(|resolved| findings.absorb(self.compile(resolved, ontology)));
        if let Some(resolved) = &resolved {
            findings.absorb(carry::maps(self, resolved));
        }
        match compiled {
            Some(compiled) => drop(findings.absorb(self.read_statements(&compiled))),
            None => drop(findings.absorb(self.read_attestations())),
        }
        findings.absorb(self.read_risks());
        findings
    }

    /// Writes the resolved catalog.
    ///
    /// # Errors
    /// It cannot be written.
    pub fn write_catalog(&self, resolved: &Resolved, out: &OutputFolder) -> Result<(), Diagnostic> {
        let document = OscalDocument::Catalog(Box::new(resolved.catalog.clone()));
        out.document(&self.file(CATALOG)?, &document)
    }

    /// Writes the OPA bundle and the assessment plan, with a stub of a system
    /// security plan where there is none.
    ///
    /// # Errors
    /// A file cannot be written.
    pub fn write_checks(
        &self,
        resolved: &Resolved,
        compiled: &Compiled,
        out: &OutputFolder,
    ) -> Result<(), Diagnostic> {
        for (path, bytes) in &compiled.bundle {
            out.bytes(&self.file(&format!("{BUNDLE}/{path}"))?, bytes)?;
        }
        let last_modified = &resolved.catalog.metadata.last_modified;
        let profile = (self.href)(&self.parts.profile);
        let ssp = if let Some(path) = &self.parts.ssp {
            (self.href)(path)
        } else {
            let stub = stub_ssp(&StubInput {
                identity: self.identity(),
                profile: &profile,
                compiled,
                last_modified,
            });
            out.document(&self.file(STUB)?, &OscalDocument::SystemSecurityPlan(Box::new(stub)))?;
            STUB.to_owned()
        };
        let plan = plan(&PlanInput {
            identity: self.identity(),
            profile: self.profile,
            source_profile: &profile,
            ssp: &ssp,
            compiled,
            last_modified,
        });
        out.document(&self.file(PLAN)?, &OscalDocument::AssessmentPlan(Box::new(plan)))
    }

    /// Judges the evidence and writes verdicts and assessment results.
    ///
    /// # Errors
    /// Evidence, attestations or accepted risks are broken, or a file cannot
    /// be written. Nothing is written then.
    pub fn assess(&self, made: &Made<'_>, judging: &Judging<'_>, out: &OutputFolder) -> Step<Outcome> {
        Ok(self.assess_in_parts(made, judging, out)?.map(|assessed| assessed.outcome))
    }

    /// As [`Job::assess`], and what the results consist of.
    pub(crate) fn assess_in_parts(
        &self,
        made: &Made<'_>,
        judging: &Judging<'_>,
        out: &OutputFolder,
    ) -> Step<AssessedInParts> {
        self.colours_fit()?;
        let mut findings = Diagnostics::new();
        let attestations = findings.absorb(self.read_statements(made.compiled));
        let risks = findings.absorb(self.read_risks());
        let (Some(attestations), Some(risks)) = (attestations, risks) else { return Err(findings) };
        let waivers = risks.waivers(judging.as_of);
        let assessed = assess(&AssessInput {
            assessment: self.name,
            compiled: made.compiled,
            ontology: made.ontology,
            tree: self.evidence,
            sources: &self.sources,
            as_of: judging.as_of,
            waivers: &waivers,
            threads: judging.threads,
            shelf: judging.shelf,
            progress: judging.progress,
        });
        findings.extend(assessed.findings.clone());
        if findings.has_errors() {
            return Err(findings);
        }
        let mut linked = self.write_verdicts(made, &assessed, out)?;
        linked.extend(made.taken.files.iter().cloned());
        let document = match judging.edition {
            Edition::Whole => self.results()?,
            Edition::Own => self.file(OWN_RESULTS)?,
        };
        let brought = &made.taken.brought;
        let carrying = Carrying { catalog: &made.resolved.catalog, brought };
        let Warned { value: assembled, warnings } = assemble(&AssembleInput {
            identity: self.identity(),
            profile: self.profile,
            plan: PlanRef::Href(PLAN),
            document: &document,
            compiled: made.compiled,
            verdicts: &assessed.verdicts,
            attestations: &attestations,
            waivers: &risks,
            files: &linked,
            subjects: match self.subjects {
                Subjects::Failing => SubjectMode::NotPassing,
                Subjects::All => SubjectMode::All,
            },
            carrying: (!brought.is_empty()).then_some(carrying),
            edition: judging.edition,
        });
        findings.extend(warnings);
        out.write(&document, |w| assembled.write(w))?;
        let outcome = Outcome {
            above_gate: threshold(self.gate).map_or(0, |severity| assembled.rollup.above(severity).count()),
            incomplete: is_incomplete(made.compiled, &assessed),
            deadline: assembled.next_deadline,
            failing: failing(&assembled.rollup),
        };
        let asked = assessed.asked.iter().map(|(check, count)| (check.to_string(), *count)).collect();
        findings.unless_errors(AssessedInParts { outcome, parts: assembled.fingerprints(), asked })
    }

    /// Writes the verdicts, and lists the files that the results link to.
    fn write_verdicts(
        &self,
        made: &Made<'_>,
        assessed: &Assessed,
        out: &OutputFolder,
    ) -> Result<Vec<LinkedFile>, Diagnostic> {
        let link = |role, href: String, title: &str, digest| LinkedFile {
            role,
            href,
            title: title.to_owned(),
            digest,
            check: None,
        };
        let mut linked = bundle_files(made.compiled, BUNDLE);
        let catalog = OscalDocument::Catalog(Box::new(made.resolved.catalog.clone()));
        let catalog = probity_oscal::to_json(&catalog)?;
        linked.push(link(
            FileRole::ResolvedCatalog,
            CATALOG.to_owned(),
            "Resolved catalog",
            Sha256Digest::of(catalog.as_bytes()),
        ));
        for path in &self.sources {
            let digest = self.evidence.digest(path).map_err(Diagnostic::from)?;
            linked.push(link(FileRole::Evidence, (self.href)(path), path.as_str(), digest));
        }
        for import in &self.imports {
            linked.extend(import.linked(self.evidence, self.href)?);
        }
        let people = self.attestations.iter().map(|path| (FileRole::Attestation, path));
        let register = self.parts.certificates.iter().map(|path| (FileRole::Certificate, path));
        let people = people.chain(register);
        for (role, path) in people.chain(self.poam.iter().map(|path| (FileRole::Poam, path))) {
            let digest = library::digest(self.tree, path)?;
            linked.push(link(role, (self.href)(path), path.as_str(), digest));
        }
        let verdicts = self.file(VERDICTS)?;
        let digest = out.write(&verdicts, |w| write_verdicts(&assessed.verdicts, w))?;
        pages::beside(&verdicts, self.marking.map(pages::on_pages), out)?;
        linked.push(link(FileRole::Verdicts, VERDICTS.to_owned(), "Verdicts", digest));
        Ok(linked)
    }

    /// What people state on procedures, and what is inherited from the certificates of the register.
    ///
    /// # Errors
    /// A file is broken.
    pub(crate) fn read_statements(&self, compiled: &Compiled) -> Step<Attestations> {
        let mut findings = Diagnostics::new();
        let mut read = findings.absorb(self.read_attestations()).unwrap_or_default();
        for path in &self.parts.certificates {
            let Some(certificate) = findings.absorb(probity_register::load(self.tree, path)) else {
                continue;
            };
            let altered = probity_register::altered(self.tree, &certificate);
            if altered.is_empty() {
                read.extend(findings.absorb(inherited(&certificate, compiled)).flatten());
            } else if !certificate.inherited.is_empty() {
                // nothing is inherited from it, so the controls stay unattested: that is told, and is no reason to stop
                findings.extend(altered.into_iter().map(Diagnostic::into_warning));
            }
        }
        let joined = findings.absorb(Attestations::new(read)).unwrap_or_default();
        findings.unless_errors(joined)
    }

    /// The attestation files.
    ///
    /// # Errors
    /// A file is broken.
    fn read_attestations(&self) -> Step<Vec<AttestationFile>> {
        let mut findings = Diagnostics::new();
        findings.extend(self.scrutiny.findings.clone());
        let read = findings.absorb(attest::read(self.tree, &self.attestations, self.scrutiny));
        findings.unless_errors(read.unwrap_or_default())
    }

    /// The accepted risks.
    ///
    /// # Errors
    /// The file is broken.
    pub(crate) fn read_risks(&self) -> Step<AcceptedRisks> {
        let mut findings = Diagnostics::new();
        let mut read = Vec::new();
        if let Some(path) = &self.poam {
            let model: Option<PlanOfActionAndMilestones> =
                findings.absorb(probity_oscal::load_as(self.tree, path));
            read.extend(model.and_then(|model| findings.absorb(waiver::from_document(&model, path))));
        }
        let joined = findings.absorb(AcceptedRisks::new(read)).unwrap_or_default();
        findings.unless_errors(joined)
    }

    /// What the results in `outputs` say, how the certificates stand that have to do with them, and what they came to over
    /// time, where earlier ones are kept.
    ///
    /// # Errors
    /// They or the certificates cannot be read, or as [`archive::series`].
    pub fn view(&self, project: &dyn FileTree, outputs: &dyn FileTree) -> Step<Report> {
        let mut findings = Diagnostics::new();
        let report = findings.absorb(Report::load(outputs, &self.results()?));
        let trend = findings.absorb(self.trend(outputs));
        let (Some(report), Some(trend)) = (report, trend) else { return Err(findings) };
        let certificates = register::shown(project, &self.parts.certificates, &report);
        let certificates = findings.absorb(certificates).unwrap_or_default();
        findings.unless_errors(Report { certificates, trend, ..report })
    }

    /// Writes a report.
    ///
    /// # Errors
    /// A template is wrong, or the report cannot be written.
    pub fn write_report(
        &self,
        report: &Report,
        format: Format,
        style: &Style<'_>,
        out: &OutputFolder,
    ) -> Result<(), Diagnostics> {
        let file = self.file(format.file())?;
        out.bytes(&file, &format.write(report, style)?)?;
        Ok(pages::beside(&file, style.marking.filter(|_| !format.says_label()), out)?)
    }

    /// What the results in `tree` and those that are kept came to over time; none where nothing is kept.
    ///
    /// # Errors
    /// As [`archive::series`].
    fn trend(&self, tree: &dyn FileTree) -> Step<Option<Trend>> {
        let Some(archive) = &self.archive else { return Ok(Warned::clean(None)) };
        let series = archive::series(tree, archive, Some(&self.results()?), Depth::Controls)?;
        Ok(series.map(|series| (series.points.len() > 1).then(|| trend(&series))))
    }

    /// The label of pages that show these results and those that are kept; `shares` says whether the project does.
    ///
    /// # Errors
    /// Those that are kept have another colour, or one that is refused.
    pub(crate) fn label(&self, tree: &dyn FileTree, shares: bool) -> Result<Option<Marking>, Diagnostics> {
        let kept = match &self.archive {
            Some(archive) => archive::stored(tree, archive)?,
            None => Vec::new(),
        };
        let label = pages::with_kept(tree, (&self.results()?, self.marking), &kept, shares)?;
        Ok(label.map(pages::on_pages))
    }

    /// Writes the reports on the period, where results are kept that lie in it.
    ///
    /// # Errors
    /// As [`archive::series`], or a report cannot be written.
    pub(crate) fn write_period(
        &self,
        tree: &dyn FileTree,
        marking: Option<Marking>,
        out: &OutputFolder,
    ) -> Step<()> {
        let mut findings = Diagnostics::new();
        let (Some(archive), Some(options)) = (&self.archive, self.period) else {
            return Ok(Warned::clean(()));
        };
        let read = archive::series(tree, archive, Some(&self.results()?), Depth::Resources);
        let Some(series) = findings.absorb(read) else { return Err(findings) };
        match period(&series, options) {
            Ok(judged) => {
                let (page, text) = (judged.html()?, judged.markdown()?);
                let page = marking.map_or(Ok(page.clone()), |marking| marking.on_html(&page))?;
                let text = marking.map_or(text.clone(), |marking| marking.on_markdown(&text));
                out.bytes(&self.file("period.html")?, page.as_bytes())?;
                out.bytes(&self.file("period.md")?, text.as_bytes())?;
                let data = self.file("period.json")?;
                out.document(&data, &judged)?;
                pages::beside(&data, marking, out)?;
            }
            // a period that has not begun is no fault
            Err(empty) => findings.push(empty.into_warning()),
        }
        findings.unless_errors(())
    }
}

/// The controls that fail.
fn failing(rollup: &Rollup) -> BTreeSet<String> {
    let fails = rollup.controls.iter().filter(|control| control.state == State::Fail);
    fails.map(|control| control.id.clone()).collect()
}

/// What an assessment came to, part by part.
#[derive(Debug, Default)]
pub(crate) struct AssessedInParts {
    pub(crate) outcome: Outcome,
    /// Fingerprints of the verdicts of each check (`verdicts/CHECK`) and of each finding (`finding/CONTROL`).
    pub(crate) parts: BTreeMap<String, String>,
    /// About how many resources each check was asked.
    pub(crate) asked: BTreeMap<String, u64>,
}

/// What the earlier steps made.
pub struct Made<'a> {
    /// The resolved catalog.
    pub resolved: &'a Resolved,
    /// The checks.
    pub compiled: &'a Compiled,
    /// The vocabulary of evidence.
    pub ontology: &'a Ontology,
    /// What mappings bring from other assessments.
    pub taken: &'a Taken<'a>,
}

/// How to judge.
pub struct Judging<'a> {
    /// The instant.
    pub as_of: Timestamp,
    /// Threads; as many as there are processors if none is given.
    pub threads: Option<usize>,
    /// Where what was found of evidence lines is kept between runs.
    pub shelf: Option<&'a dyn Shelf>,
    /// Told the bytes of evidence that were judged since the last call.
    pub progress: &'a (dyn Fn(u64) + Sync),
    /// Which results are written.
    pub edition: Edition,
}

/// The target and the file with the results of an assessment that others take: those that nothing was carried to.
///
/// # Errors
/// As [`folder`].
pub(crate) fn given_results(assessment: &Assessment) -> Result<(String, TreePath), PathError> {
    let name = &assessment.name;
    let (part, file) =
        if assessment.carry.is_empty() { ("results", RESULTS) } else { ("own-results", OWN_RESULTS) };
    Ok((format!("{name}/{part}"), folder(name)?.join(file)?))
}

/// The severity of a gate; none where nothing closes it.
pub fn threshold(gate: FailOn) -> Option<Severity> {
    match gate {
        FailOn::Low => Some(Severity::Low),
        FailOn::Moderate => Some(Severity::Moderate),
        FailOn::High => Some(Severity::High),
        FailOn::Critical => Some(Severity::Critical),
        FailOn::Never => None,
    }
}

/// Whether a source or a service failed as a whole, or a check on every
/// resource.
pub(crate) fn is_incomplete(compiled: &Compiled, assessed: &Assessed) -> bool {
    let source_failed = assessed.sets.iter().any(|set| {
        set.as_ref().is_none_or(|state| {
            !state.whole || state.services.iter().any(|service| service.state == ServiceState::Failed)
        })
    });
    let check_failed = compiled.checks.iter().any(|check| {
        let counts = assessed.verdicts.counts(&check.name);
        counts.error > 0 && counts.error == counts.total()
    });
    source_failed || check_failed
}
