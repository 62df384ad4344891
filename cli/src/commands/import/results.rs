use std::path::{Path, PathBuf};

use jiff::Timestamp;
use probity_assessment::compile::{Rules, Silent};
use probity_diagnostics::render::counted;
use probity_diagnostics::{Severity, TreePath};
use probity_importers::results::Format;
use probity_oscal::OscalDocument;
use probity_project::library::{self, Shelf};
use probity_project::results::{Imported, Importing, Lone, import as import_results, profile_of};
use serde_json::json;

use super::super::{as_of, refuse, settle};
use crate::args::{AsOfArg, FormatArg};
use crate::output;
use crate::place;
use crate::status::Status;
use crate::surroundings::Surroundings;
use crate::ui::{self, Ui};

/// What results are imported, and what they count for.
#[derive(Debug, clap::Args)]
pub(super) struct ResultsArgs {
    /// The files, all of one format where it is named.
    #[arg(value_name = "FILE", required = true)]
    files: Vec<String>,

    /// The file to write; standard output if left out or `-`.
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,

    /// A mapping from controls to rules of the tool: an OSCAL component
    /// definition whose `Rule_Id` is the rule.
    #[arg(long = "map", value_name = "FILE")]
    maps: Vec<String>,

    /// The profile or catalog of the controls: a path or the name of a bundled
    /// one; left out, the one that the mapping is about.
    #[arg(short, long, value_name = "PROFILE")]
    profile: Option<String>,

    /// Take the ids that the tool itself gives for this framework for those of
    /// controls of the profile, such as `NIST-800-53-Revision-5`.
    #[arg(long, value_name = "NAME", requires = "profile")]
    framework: Option<String>,

    /// What the columns of a CSV file are: a TOML or YAML file.
    #[arg(long, value_name = "FILE")]
    columns: Option<String>,

    /// When the tool ran, where the files do not say (RFC 3339).
    #[arg(long, value_name = "INSTANT")]
    collected: Option<Timestamp>,

    /// Have a rule pass that a file lists without any result, where the file
    /// says that the tool ran to its end: for tools that list every rule that
    /// they run.
    #[arg(long)]
    silent_pass: bool,

    /// The assessment plan that the results are of, as the document is to
    /// refer to it.
    #[arg(long, value_name = "HREF")]
    plan: Option<String>,

    /// The name of the system that was looked at.
    #[arg(long, value_name = "NAME", default_value = "unnamed system")]
    system: String,

    #[command(flatten)]
    as_of: AsOfArg,

    #[command(flatten)]
    format: FormatArg,
}

pub(super) fn import(
    args: &ResultsArgs,
    format: Option<Format>,
    surroundings: &Surroundings,
    ui: &mut Ui,
) -> Result<Status, Status> {
    ui.tell_as(args.format.format);
    let as_of = as_of(&args.as_of, None, surroundings, ui)?;
    let bundled = place::bundled();
    let given = args.files.iter().chain(&args.maps).chain(&args.columns);
    let profile = args.profile.iter().filter(|name| surroundings.folder.join(name).is_file());
    let named: Vec<&String> = given.chain(profile).collect();
    let root = root(&named, surroundings);
    let told = |ui: &mut Ui, finding: probity_diagnostics::Diagnostic| refuse(&finding.into(), &bundled, ui);
    let tree = place::tree(&root, &surroundings.folder).map_err(|finding| told(ui, finding))?;
    let mut paths = Vec::new();
    for name in &named {
        paths.push(path(&root, name, surroundings).map_err(|finding| told(ui, finding))?);
    }
    let mut paths = paths.into_iter();
    let mut importing = Importing {
        files: paths.by_ref().take(args.files.len()).collect(),
        mappings: paths.by_ref().take(args.maps.len()).collect(),
        columns: paths.by_ref().take(args.columns.iter().count()).next(),
        format,
        framework: args.framework.clone(),
        max_age: None,
        collected: args.collected,
        silent: if args.silent_pass { Silent::Pass } else { Silent::Unknown },
        rules: Rules::All,
    };
    importing.files.sort();
    importing.files.dedup();
    let profile = match (&args.profile, paths.next()) {
        (None, _) => profile_of(&tree, &importing.mappings).map_err(|errors| refuse(&errors, &tree, ui))?,
        (Some(_), Some(path)) => Some(path),
        (Some(name), None) => {
            let found = library::find(&tree, &TreePath::root(), name, &[Shelf::Profiles, Shelf::Catalogs]);
            Some(found.map_err(|finding| refuse(&finding.into(), &tree, ui))?)
        }
    };
    let output = args.output.as_deref().filter(|file| file.as_os_str() != "-");
    let beside = output.map(|file| surroundings.folder.join(file));
    let beside = beside.as_deref().and_then(Path::parent).unwrap_or(&surroundings.folder).to_path_buf();
    let lone = Lone {
        tree: &tree,
        files: &tree,
        importing: &importing,
        profile: profile.as_ref(),
        named: &profile.as_ref().map(|path| href(&beside, &root, path)).unwrap_or_default(),
        system: &args.system,
        name: "import",
        plan: args.plan.as_deref().filter(|plan| !plan.is_empty()),
        as_of: (!as_of.from_clock).then_some(as_of.instant),
        now: surroundings.now,
        href: &|path| href(&beside, &root, path),
    };
    let imported = import_results(&lone).map_err(|errors| refuse(&errors, &tree, ui))?;
    let warned = imported.warnings.iter().any(|finding| finding.severity == Severity::Warning);
    let imported = settle(Ok(imported), &tree, ui)?;
    put(args, &imported, output, surroundings, ui)?;
    Ok(if warned { Status::Findings } else { Status::Done })
}

/// The folder that is read: the project's, work tree's or nearest that holds everything that is named.
fn root(named: &[&String], surroundings: &Surroundings) -> PathBuf {
    let folder = surroundings.folder.canonicalize().unwrap_or_else(|_| surroundings.folder.clone());
    let full: Vec<PathBuf> = named
        .iter()
        .filter(|name| !name.starts_with("content:"))
        .filter_map(|name| folder.join(name).canonicalize().ok())
        .collect();
    let parents = full.iter().filter_map(|file| file.parent().map(place::root_of));
    parents
        .reduce(|a, b| {
            a.components().zip(b.components()).take_while(|(x, y)| x == y).map(|(x, _)| x).collect()
        })
        .unwrap_or(folder)
}

/// A file that was named, from the folder that is read.
fn path(
    root: &Path,
    name: &str,
    surroundings: &Surroundings,
) -> Result<TreePath, probity_diagnostics::Diagnostic> {
    if name.starts_with("content:") {
        return Ok(place::named(name, &surroundings.folder, None)?.path);
    }
    Ok(place::named(name, &surroundings.folder, Some(root))?.path)
}

/// How a document in the folder `beside` refers to a file.
fn href(beside: &Path, root: &Path, path: &TreePath) -> String {
    if path.bundled().is_some() || path.is_remote() {
        return path.to_string();
    }
    place::relative(beside, &root.join(path.as_str()))
}

fn put(
    args: &ResultsArgs,
    imported: &Imported,
    output: Option<&Path>,
    surroundings: &Surroundings,
    ui: &mut Ui,
) -> Result<(), Status> {
    let document = OscalDocument::AssessmentResults(Box::new(imported.document.clone()));
    let text = probity_oscal::to_json(&document).map_err(|error| {
        ui.message(&format!("error: the document cannot be written: {error}"));
        Status::Invalid
    })?;
    match output {
        Some(file) => {
            let written = output::write(&surroundings.folder.join(file), text.as_bytes());
            written.map_err(|finding| refuse(&finding.into(), &place::bundled(), ui))?;
        }
        None if args.format.format == ui::Format::Human => {
            ui.write(text.as_bytes(), &surroundings.folder, None);
        }
        None => {}
    }
    tell(args, imported, output, ui);
    Ok(())
}

/// What was imported: the runs, and how many rules count for controls.
fn tell(args: &ResultsArgs, imported: &Imported, output: Option<&Path>, ui: &mut Ui) {
    let outcomes = |run: &probity_evidence::foreign::Run| {
        run.counts().into_iter().map(|(outcome, count)| (outcome.as_str(), count)).collect::<Vec<_>>()
    };
    if args.format.format == ui::Format::Json {
        let runs = imported.runs.iter().map(|one| {
            let counts: serde_json::Map<_, _> =
                outcomes(&one.run).into_iter().map(|(word, count)| (word.to_owned(), json!(count))).collect();
            json!({
                "file": one.file.as_str(), "tool": one.run.tool, "version": one.run.version,
                "collected": one.collected, "rules": one.run.rules.len(), "results": counts,
            })
        });
        let outcome = json!({
            "results": output.map(|file| file.display().to_string()),
            "document": output.is_none().then_some(&imported.document),
            "runs": runs.collect::<Vec<_>>(),
            "rules": imported.rules,
            "rules-without-control": imported.unmapped,
        });
        return ui.outcome(outcome, false);
    }
    for one in &imported.runs {
        let version = one.run.version.as_ref().map(|version| format!(" {version}")).unwrap_or_default();
        let counts: Vec<String> =
            outcomes(&one.run).into_iter().map(|(word, count)| format!("{count} {word}")).collect();
        let counts = if counts.is_empty() { "nothing".to_owned() } else { counts.join(", ") };
        ui.note(&format!("{}{version} in {}: {counts}", one.run.tool, one.file));
    }
    ui.note(&match (imported.unmapped, imported.rules) {
        (0, rules) => format!("{} count for controls", counted(rules, "rule")),
        (all, rules) if all == rules => {
            format!("{}, none of which counts for a control; --map names a mapping", counted(rules, "rule"))
        }
        (1, rules) => format!("{}, 1 of which counts for no control", counted(rules, "rule")),
        (left, rules) => format!("{}, {left} of which count for no control", counted(rules, "rule")),
    });
    if let Some(file) = output {
        ui.note(&format!("wrote {}", file.display()));
    }
}
