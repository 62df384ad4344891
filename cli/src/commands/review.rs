use std::path::{Path, PathBuf};

use clap::ValueEnum;
use probity_diagnostics::render::{FileReport, Sources, github, sarif};
use probity_diagnostics::{Diagnostic, Diagnostics, FileTree, MemoryTree, TreePath};
use probity_generators::Marking;
use probity_generators::review::{MarkdownOptions, Review, Revision, Rule, html, markdown, text};
use probity_project::build::OutputFolder;
use probity_project::config::{self, FILE_NAME, LoadedConfig};
use probity_project::git::Repository;
use probity_project::review::{Request, Reviewed, passed_over, review};
use probity_project::sharing::pages::beside;
use probity_project::{Layers, Workspace};

use super::{as_of, refuse, settle};
use crate::args::{AsOfArg, RemoteArgs};
use crate::history::{artifact, given};
use crate::labels::{of_project, on_html, on_markdown};
use crate::place;
use crate::status::Status;
use crate::surroundings::Surroundings;
use crate::ui::Ui;

/// Tell what a change means: which findings flip, by which lines of it.
///
/// Judges the project before and after the change over the same evidence.
/// Counts from the last commit that both sides have in common, as a pull
/// request does. The gate's severity and the suppressions are those of the
/// base. Exits with 1 where the gate is closed, with 2 where an assessment can
/// no longer be made.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Example: probity review --base origin/main --fail-on regression,lost-coverage -o review"
)]
pub(crate) struct Args {
    /// Names of the assessments to review; all of them if left out.
    assessments: Vec<String>,

    /// The revision that the change is for, such as `origin/main`.
    #[arg(long, value_name = "REVISION")]
    base: String,

    /// The revision with the change; the work tree if left out.
    #[arg(long, value_name = "REVISION")]
    head: Option<String>,

    /// Evidence sets to judge by: a folder, or one file. They go before those
    /// of the repository.
    #[arg(long, value_name = "PATH")]
    evidence: Option<PathBuf>,

    /// Whose evidence sets are used where both sides hold some.
    #[arg(long, value_name = "SIDE", default_value = "base")]
    evidence_from: EvidenceFrom,

    /// What closes the gate; may be repeated. `none` for nothing.
    #[arg(long, value_name = "RULE", value_delimiter = ',', default_value = "regression")]
    fail_on: Vec<FailOn>,

    /// Name no resource: for reviews that anybody can read.
    #[arg(long)]
    redact_resources: bool,

    /// How the review is printed.
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    format: ReviewFormat,

    /// Write `review.md`, `review.html`, `review.json` and `review.sarif` into
    /// FOLDER, too.
    #[arg(short, long, value_name = "FOLDER")]
    output: Option<PathBuf>,

    /// The address at which the comment finds the full report.
    #[arg(long, value_name = "URL")]
    report_url: Option<String>,

    /// The most bytes of the comment.
    #[arg(long, value_name = "BYTES", default_value_t = 60_000)]
    comment_limit: usize,

    /// Number of threads; as many as there are processors if left out.
    #[arg(short, long, value_name = "N")]
    jobs: Option<std::num::NonZeroUsize>,

    #[command(flatten)]
    as_of: AsOfArg,

    /// The project folder; left out, the nearest with a `probity.toml`.
    #[arg(short = 'C', long = "project", value_name = "FOLDER")]
    project: Option<PathBuf>,
}

/// Whose evidence is used.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum EvidenceFrom {
    /// That of the base.
    Base,
    /// That of the change.
    Head,
}

/// What closes the gate.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum FailOn {
    /// A control or resource fails that was judged before and did not fail.
    Regression,
    /// What was settled is not any more.
    NewUnknown,
    /// What was judged is not any more.
    LostCoverage,
    /// Nothing.
    None,
}

/// How a review is printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum ReviewFormat {
    /// For the terminal.
    Text,
    /// The comment of a pull request.
    Markdown,
    /// One HTML file that works without a network.
    Html,
    /// All of it as data.
    Json,
    /// Findings in the lines that the change touches, and what these lines
    /// bring about, as SARIF 2.1.0.
    Sarif,
    /// The same as commands that annotate lines in GitHub's workflows.
    Github,
}

impl FailOn {
    fn rule(self) -> Option<Rule> {
        match self {
            Self::Regression => Some(Rule::Regression),
            Self::NewUnknown => Some(Rule::NewUnknown),
            Self::LostCoverage => Some(Rule::LostCoverage),
            Self::None => None,
        }
    }
}

pub(crate) fn run(args: &Args, surroundings: &Surroundings, ui: &mut Ui) -> Status {
    review_change(args, surroundings, ui).unwrap_or_else(|status| status)
}

/// One side of the review.
struct Side {
    workspace: Workspace,
    loaded: LoadedConfig,
    name: Revision,
}

fn review_change(args: &Args, surroundings: &Surroundings, ui: &mut Ui) -> Result<Status, Status> {
    let bundled = place::bundled();
    let told = |finding: Diagnostic, ui: &mut Ui| refuse(&finding.into(), &bundled, ui);
    let root = place::project(&surroundings.folder, args.project.as_deref()).map_err(|e| told(e, ui))?;
    let (tip, common) = commits(&root, args).map_err(|e| told(e, ui))?;
    let base = side(&root, Some(&common), (&args.base, &common), surroundings, ui)?;
    let tip = workspace(&root, Some(&tip), surroundings).map_err(|e| told(e, ui))?;
    let head = match args.head.as_deref() {
        Some(rev) => side(&root, Some(rev), (rev, rev), surroundings, ui)?,
        None => side(&root, None, ("work tree", ""), surroundings, ui)?,
    };
    let named = given(args.evidence.as_deref(), surroundings, ui)?;
    let artifact = artifact(named.as_ref(), &head.loaded, ui)?;
    let mut layers: Vec<&dyn FileTree> = artifact.iter().map(|artifact| artifact as &dyn FileTree).collect();
    let own = [tip.tree.as_ref(), head.workspace.tree.as_ref()];
    match args.evidence_from {
        EvidenceFrom::Base => layers.extend(own),
        EvidenceFrom::Head => layers.extend(own.into_iter().rev()),
    }
    layers.push(head.workspace.disk.as_ref());
    let evidence = Layers::new(layers);
    let project = base.loaded.config.system.as_of.as_deref().or(head.loaded.config.system.as_of.as_deref());
    let request = Request {
        base: (&base.workspace, &base.loaded),
        head: (&head.workspace, &head.loaded),
        names: [base.name.clone(), head.name.clone()],
        evidence: &evidence,
        evidence_from: evidence_from(args),
        as_of: as_of(&args.as_of, project, surroundings, ui)?.instant,
        threads: args.jobs.map(std::num::NonZeroUsize::get),
        only: &args.assessments,
        rules: &args.fail_on.iter().filter_map(|rule| rule.rule()).collect::<Vec<_>>(),
        notes: passed_over(&evidence, head.workspace.tree.as_ref(), &head.loaded),
    };
    let tree = head.workspace.tree.as_ref();
    let sides: [(&LoadedConfig, &dyn FileTree); 2] =
        [(&base.loaded, base.workspace.tree.as_ref()), (&head.loaded, tree)];
    let marking = of_project(&sides, &args.assessments, ui)?;
    let Reviewed { review, findings, failed, incomplete } =
        review(&request).map_err(|e| refuse(&e, tree, ui))?;
    let closed = !review.gate.open;
    let review = if args.redact_resources { review.redacted() } else { review };
    let printer = Printer { args, review: &review, findings: &findings, tree, marking };
    printer.print(surroundings, ui)?;
    let mut status = if closed { Status::Findings } else { Status::Done };
    status = status.and(if incomplete { Status::Incomplete } else { Status::Done });
    Ok(status.and(if failed { Status::Invalid } else { Status::Done }))
}

/// The tip of the base, and the last commit that it has in common with the change.
fn commits(root: &Path, args: &Args) -> Result<(String, String), Diagnostic> {
    let repository = Repository::discover(root)?;
    let base = repository.resolve(&args.base)?;
    let head = repository.resolve(args.head.as_deref().unwrap_or("HEAD"))?;
    let common = repository.merge_base(&base, &head)?;
    Ok((base.id.to_string(), common.id.to_string()))
}

fn evidence_from(args: &Args) -> String {
    let side = match args.evidence_from {
        EvidenceFrom::Base => "evidence of the base",
        EvidenceFrom::Head => "evidence of the change",
    };
    match &args.evidence {
        Some(path) => format!("evidence from {}, else {side}", path.display()),
        None => side.to_owned(),
    }
}

/// The project at a revision. Nothing is fetched for it: a change is not to say what is fetched.
fn workspace(root: &Path, rev: Option<&str>, surroundings: &Surroundings) -> Result<Workspace, Diagnostic> {
    super::open(root.to_path_buf(), rev, &RemoteArgs::default(), surroundings)
}

/// A side of the review; `name` and `rev` are what it is called. A base without project is an empty one.
fn side(
    root: &Path,
    at: Option<&str>,
    (name, rev): (&str, &str),
    surroundings: &Surroundings,
    ui: &mut Ui,
) -> Result<Side, Status> {
    let opened = workspace(root, at, surroundings);
    let workspace = opened.map_err(|finding| refuse(&finding.into(), &place::bundled(), ui))?;
    let file = config::path();
    let is_base = name != "work tree" && rev != name;
    let loaded = if is_base && !workspace.tree.is_file(&file) {
        ui.note(&format!("there is no {FILE_NAME} in {name}: everything is new"));
        let empty = MemoryTree::of([(FILE_NAME, "")]).unwrap_or_default();
        settle(config::load(&empty, &file), &empty, ui)?
    } else {
        settle(config::load(workspace.tree.as_ref(), &file), workspace.tree.as_ref(), ui)?
    };
    // an id of a commit is as good in short
    let is_id = name.len() == 40 && name.bytes().all(|byte| byte.is_ascii_hexdigit());
    let shown = name.chars().take(if is_id { 10 } else { usize::MAX }).collect();
    let name = Revision { name: shown, commit: workspace.commit.clone() };
    Ok(Side { workspace, loaded, name })
}

/// Writes a review in all its forms.
struct Printer<'a> {
    args: &'a Args,
    review: &'a Review,
    findings: &'a Diagnostics,
    tree: &'a dyn FileTree,
    marking: Option<Marking>,
}

impl Printer<'_> {
    fn print(&self, surroundings: &Surroundings, ui: &mut Ui) -> Result<(), Status> {
        if let Some(folder) = &self.args.output {
            let out = OutputFolder::new(surroundings.folder.join(folder));
            let forms = [
                ("review.md", ReviewFormat::Markdown),
                ("review.html", ReviewFormat::Html),
                ("review.json", ReviewFormat::Json),
                ("review.sarif", ReviewFormat::Sarif),
            ];
            for (file, format) in forms {
                let text = self.form(format, ui)?;
                let Ok(path) = TreePath::parse(file) else { continue };
                let says = matches!(format, ReviewFormat::Markdown | ReviewFormat::Html);
                let written = out
                    .bytes(&path, text.as_bytes())
                    .and_then(|_| beside(&path, self.marking.filter(|_| !says), &out));
                written.map_err(|e| refuse(&e.into(), self.tree, ui))?;
            }
            ui.note(&format!("wrote {}/review.md, .html, .json and .sarif", folder.display()));
        }
        let text = self.form(self.args.format, ui)?;
        ui.result(&text);
        Ok(())
    }

    fn form(&self, format: ReviewFormat, ui: &mut Ui) -> Result<String, Status> {
        let review = self.review;
        let made = match format {
            ReviewFormat::Text => Ok(text(review, ui.color())),
            ReviewFormat::Markdown => markdown(
                review,
                &MarkdownOptions { report: self.args.report_url.clone(), limit: self.comment_limit() },
            )
            .map(|text| on_markdown(text, self.marking)),
            ReviewFormat::Html => html(review).and_then(|page| on_html(page, self.marking)),
            ReviewFormat::Json => Ok(pretty(&serde_json::to_value(review).unwrap_or_default())),
            ReviewFormat::Sarif => Ok(pretty(&self.sarif())),
            ReviewFormat::Github => Ok(self.annotations()),
        };
        made.map_err(|errors| refuse(&errors, self.tree, ui))
    }

    /// What the comment may take beside its label.
    fn comment_limit(&self) -> usize {
        let of_label = self.marking.map_or(0, |marking| marking.on_markdown("").len());
        self.args.comment_limit.saturating_sub(of_label)
    }

    /// Where findings are told, by the file that they are about.
    fn sarif(&self) -> serde_json::Value {
        let sources = Sources::locating(self.tree, probity_oscal::locate_all);
        sources.look_up(self.findings.iter());
        let report = FileReport {
            name: FILE_NAME.to_owned(),
            sources: &sources,
            findings: self.findings.as_slice(),
            suppressed: &[],
        };
        sarif(&[report], true)
    }

    fn annotations(&self) -> String {
        let sources = Sources::locating(self.tree, probity_oscal::locate_all);
        sources.look_up(self.findings.iter());
        let lines: Vec<String> = self.findings.iter().map(|finding| github(finding, &sources)).collect();
        lines.join("\n")
    }
}

fn pretty(value: &serde_json::Value) -> String {
    serde_json::to_string_pretty(value).unwrap_or_default() + "\n"
}
