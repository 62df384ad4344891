use std::path::{Path, PathBuf};

use clap::ValueEnum;
use jiff::Timestamp;
use probity_assessment::assemble::Edition;
use probity_diagnostics::{DiskTree, FileTree, TreePath};
use probity_generators::{Style, SummaryOptions, summary};
use probity_project::Workspace;
use probity_project::attest::Scrutiny;
use probity_project::build::OutputFolder;
use probity_project::carry::Taken;
use probity_project::config::{self, FailOn, Reports, Subjects};
use probity_project::job::{Job, Judging, Made, Outcome};
use probity_project::sharing::pages::{on_pages, shares};
use probity_project::steps::{self, Parts};
use probity_sharing::Label;
use serde_json::json;

use super::{as_of, refuse, settle};
use crate::args::{AsOfArg, FormatArg, ProjectArgs, RemoteArgs};
use crate::place;
use crate::status::Status;
use crate::surroundings::Surroundings;
use crate::ui::{Format, Ui};

/// Judge evidence sets by the checks of a profile.
///
/// Writes verdicts, OSCAL assessment results and what they rest on into one
/// folder. For the assessments of a project, use `build`.
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// The evidence sets (JSON lines).
    #[arg(required = true)]
    evidence: Vec<String>,

    /// The profile: a file, or a name (`probity catalog list`).
    #[arg(short, long)]
    profile: String,

    /// The folder for what is written.
    #[arg(short, long, value_name = "FOLDER", default_value = "probity-assess")]
    output: PathBuf,

    /// The severity at which a failing control makes the exit code 1.
    #[arg(long, value_name = "SEVERITY", default_value = "low")]
    fail_on: FailOnArg,

    /// Number of threads; as many as there are processors if left out.
    #[arg(short, long, value_name = "N")]
    jobs: Option<std::num::NonZeroUsize>,

    #[command(flatten)]
    as_of: AsOfArg,

    #[command(flatten)]
    format: FormatArg,

    #[command(flatten)]
    project: ProjectArgs,

    #[command(flatten)]
    pub(super) remote: RemoteArgs,
}

/// A severity at which the gate closes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum FailOnArg {
    /// Any finding.
    Low,
    /// Moderate and worse.
    Moderate,
    /// High and worse.
    High,
    /// Critical only.
    Critical,
    /// Nothing.
    Never,
}

impl From<FailOnArg> for FailOn {
    fn from(arg: FailOnArg) -> Self {
        match arg {
            FailOnArg::Low => Self::Low,
            FailOnArg::Moderate => Self::Moderate,
            FailOnArg::High => Self::High,
            FailOnArg::Critical => Self::Critical,
            FailOnArg::Never => Self::Never,
        }
    }
}

pub(crate) fn run(args: &Args, surroundings: &Surroundings, ui: &mut Ui) -> Status {
    ui.tell_as(args.format.format);
    assess(args, surroundings, ui).unwrap_or_else(|status| status)
}

fn assess(args: &Args, surroundings: &Surroundings, ui: &mut Ui) -> Result<Status, Status> {
    let instant = as_of(&args.as_of, None, surroundings, ui)?.instant;
    let workspace = super::workspace_or_folder(&args.project, &args.remote, surroundings, ui)?;
    let files: Vec<&String> = args.evidence.iter().collect();
    let common = place::common(&files, &surroundings.folder)
        .map_err(|finding| refuse(&finding.into(), &place::bundled(), ui))?;
    let output = surroundings.folder.join(&args.output);
    let from = output.clone();
    let root = common.root.clone();
    let lone = Lone {
        name: "assess",
        profile: &args.profile,
        evidence: &common.tree,
        sources: &common.paths,
        keep_evidence: false,
        href: &|path| place::relative(&from, &root.join(path.as_str())),
        output: &output,
        shown: &args.output,
        fail_on: args.fail_on.into(),
        judged: Judged { instant, threads: args.jobs.map(std::num::NonZeroUsize::get) },
        format: args.format.format,
    };
    lone.run(&workspace, ui)
}

/// When and how fast.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Judged {
    /// The instant of judgement.
    pub(crate) instant: Timestamp,
    /// The number of threads.
    pub(crate) threads: Option<usize>,
}

/// An assessment outside a project: `assess` and `scan`.
pub(crate) struct Lone<'a> {
    /// Its name.
    pub(crate) name: &'a str,
    /// The profile, as named.
    pub(crate) profile: &'a str,
    /// Where evidence is read from.
    pub(crate) evidence: &'a dyn FileTree,
    /// The evidence sets.
    pub(crate) sources: &'a [TreePath],
    /// Whether the evidence is written beside the results.
    pub(crate) keep_evidence: bool,
    /// How the results refer to an evidence set.
    pub(crate) href: &'a dyn Fn(&TreePath) -> String,
    /// The folder for what is written.
    pub(crate) output: &'a Path,
    /// That folder, as named.
    pub(crate) shown: &'a Path,
    /// The gate.
    pub(crate) fail_on: FailOn,
    /// When and how fast.
    pub(crate) judged: Judged,
    /// How the outcome is printed.
    pub(crate) format: Format,
}

/// The label that the project says whose folder this is, where it is one's.
fn marking(tree: &dyn FileTree, ui: &mut Ui) -> Result<Option<Label>, Status> {
    let file = config::path();
    if !tree.is_file(&file) {
        return Ok(None);
    }
    let loaded = config::load(tree, &file).map_err(|errors| refuse(&errors, tree, ui))?.value;
    Ok(loaded.config.system.marking.and_then(|text| text.parse().ok()))
}

impl Lone<'_> {
    /// Runs all steps, writes everything and prints the summary.
    pub(crate) fn run(&self, workspace: &Workspace, ui: &mut Ui) -> Result<Status, Status> {
        let tree = workspace.tree.as_ref();
        let parts = Parts::of_profile(tree, self.profile).map_err(|errors| refuse(&errors, tree, ui))?;
        let marking = marking(tree, ui)?;
        let href = |path: &TreePath| match path {
            path if path.bundled().is_some() || path.is_remote() => path.to_string(),
            path if self.sources.contains(path) => (self.href)(path),
            path => place::relative(self.output, &workspace.on_disk(path)),
        };
        let job = Job {
            system: "system without a plan",
            name: self.name,
            profile: self.profile,
            tree,
            evidence: self.evidence,
            parts,
            sources: self.sources.to_vec(),
            attestations: Vec::new(),
            scrutiny: &Scrutiny::default(),
            poam: None,
            marking,
            subjects: Subjects::Failing,
            gate: self.fail_on,
            imports: Vec::new(),
            giving: Vec::new(),
            archive: None,
            period: None,
            folder: TreePath::root(),
            href: &href,
        };
        let ontology = settle(steps::ontology(tree), tree, ui)?;
        let resolved = settle(job.resolve(), tree, ui)?;
        let compiled = settle(job.compile(&resolved, &ontology), tree, ui)?;
        let out = OutputFolder::new(self.output);
        let made =
            Made { resolved: &resolved, compiled: &compiled, ontology: &ontology, taken: &Taken::default() };
        let judging = Judging {
            as_of: self.judged.instant,
            threads: self.judged.threads,
            shelf: None,
            progress: &|_| {},
            edition: Edition::Whole,
        };
        let outcome = settle(job.assess(&made, &judging, &out), self.evidence, ui)?;
        let written = self.write_rest(&job, &made, &out);
        written.map_err(|finding| refuse(&finding.into(), tree, ui))?;
        self.report(&job, &out, &outcome, ui)?;
        Ok(super::build::of_outcome(&outcome))
    }

    fn write_rest(
        &self,
        job: &Job<'_>,
        made: &Made<'_>,
        out: &OutputFolder,
    ) -> Result<(), probity_diagnostics::Diagnostic> {
        job.write_catalog(made.resolved, out)?;
        job.write_checks(made.resolved, made.compiled, out)?;
        if self.keep_evidence {
            for path in self.sources {
                let mut reader = self.evidence.open(path)?;
                out.write(path, |w| std::io::copy(&mut reader, w).map(|_| ()))?;
            }
        }
        Ok(())
    }

    fn report(
        &self,
        job: &Job<'_>,
        out: &OutputFolder,
        outcome: &Outcome,
        ui: &mut Ui,
    ) -> Result<(), Status> {
        let shown = format!("{}/", self.shown.display());
        let Ok(tree) = DiskTree::new(self.output, shown.clone()) else {
            ui.message(&format!("error: `{}` cannot be read again", self.output.display()));
            return Err(Status::Invalid);
        };
        let report = settle(job.view(job.tree, &tree), &tree, ui)?;
        let label = job.marking.or(shares(job.tree).then_some(Label::UNMARKED));
        let style = Style { marking: label.map(on_pages), ..Style::default() };
        for format in Reports::default().formats() {
            job.write_report(&report, format, &style, out).map_err(|errors| refuse(&errors, &tree, ui))?;
        }
        let results = job.results().map_err(|finding| refuse(&finding.into(), &tree, ui))?;
        if self.format == Format::Json {
            let outcome = json!({
                "results": format!("{shown}{results}"),
                "controls-above-gate": outcome.above_gate,
                "incomplete": outcome.incomplete,
            });
            ui.outcome(outcome, false);
            return Ok(());
        }
        let options = SummaryOptions { color: ui.color(), width: ui.width(), ..SummaryOptions::default() };
        ui.result(&summary(&report, options));
        ui.note(&format!("report: {shown}report.html"));
        Ok(())
    }
}
