use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use probity_diagnostics::render::counted;
use probity_diagnostics::{Diagnostics, FileTree, TreePath};
use probity_importers::clouditor::Unset;
use probity_project::check::CheckedFile;
use probity_project::import::{Clouditor, Imported, clouditor};

use super::super::metric::lint::{Words, lint};
use super::super::refuse;
use crate::args::FindingsFormatArg;
use crate::checked::{Checked, Part};
use crate::output;
use crate::place;
use crate::status::Status;
use crate::surroundings::Surroundings;
use crate::ui::Ui;

/// Take over a folder of Clouditor or Confirmate: metrics (YAML, Rego,
/// data.json), catalogs and evidence (JSON).
///
/// Metrics keep their ids and their Rego as it is; each is an OSCAL component
/// in metrics/. Catalogs become OSCAL catalogs in catalogs/, their links to
/// metrics mappings in mappings/. Evidence becomes
/// evidence/clouditor.jsonl. A folder without probity.toml gets one. The
/// metrics are then checked as by `probity metric lint`.
///
/// What evidence holds where nobody set a value (false, 0, "", [], null)
/// counts as not collected, so that verdicts are unknown and never made up.
#[derive(Debug, clap::Args)]
#[command(after_help = "Exit codes: 0 nothing to object to, 1 findings, 2 nothing was imported.")]
pub(super) struct ClouditorArgs {
    /// The folder to take over; folders in it may be of any depth.
    #[arg(value_name = "DIR")]
    folder: PathBuf,

    /// The project that gets the files; left out, the nearest with a
    /// `probity.toml`, else the working folder.
    #[arg(short = 'C', long = "project", value_name = "FOLDER")]
    project: Option<PathBuf>,

    /// Replace files that are there already.
    #[arg(long)]
    force: bool,

    /// Take values that may be unset for what they say: of the properties
    /// with these names, or of all.
    #[arg(long, value_name = "NAMES", num_args = 0.., require_equals = true, value_delimiter = ',')]
    keep_unset: Option<Vec<String>>,

    /// How bad a fail of an imported metric is: critical, high, moderate or
    /// low.
    #[arg(long, value_name = "SEVERITY", default_value = "moderate", value_parser = ["critical", "high", "moderate", "low"])]
    severity: String,

    #[command(flatten)]
    format: FindingsFormatArg,
}

pub(super) fn import(
    args: &ClouditorArgs,
    surroundings: &Surroundings,
    ui: &mut Ui,
) -> Result<Status, Status> {
    let bundled = place::bundled();
    let told = |ui: &mut Ui, finding: probity_diagnostics::Diagnostic| refuse(&finding.into(), &bundled, ui);
    let source = place::tree(&surroundings.folder.join(&args.folder), &surroundings.folder)
        .map_err(|finding| told(ui, finding))?;
    let root = root(args, surroundings);
    let project = place::tree(&root, &surroundings.folder).map_err(|finding| told(ui, finding))?;
    let unset = match &args.keep_unset {
        None => Unset::NotCollected,
        Some(names) if names.is_empty() => Unset::Kept,
        Some(names) => Unset::KeptFor(names.iter().cloned().collect::<BTreeSet<String>>()),
    };
    let system = root.canonicalize().unwrap_or_else(|_| root.clone());
    let system = system.file_name().map_or_else(|| "system".to_owned(), |n| n.to_string_lossy().into_owned());
    let imported = clouditor(&Clouditor {
        source: &source,
        folder: &TreePath::root(),
        project: &project,
        system: &system,
        unset: &unset,
        severity: &args.severity,
        version: env!("CARGO_PKG_VERSION"),
        last_modified: surroundings.now,
        force: args.force,
    });
    let imported = match imported {
        Ok(imported) => imported,
        Err(errors) => return Err(refused(&errors, &source, &project, ui)),
    };
    for (path, bytes) in &imported.files {
        output::write(&root.join(path.as_str()), bytes).map_err(|finding| told(ui, finding))?;
    }
    summary(&imported, &project, ui);
    let words = Words::load(&project, ui)?;
    let mut checked = Checked::default();
    checked.parts.push(by_file(Arc::new(source), &imported.findings));
    if !imported.metrics.is_empty() {
        checked.take(lint(Arc::new(project), &imported.metrics, None, &words));
    }
    let status = checked.print(args.format.format, ui);
    next(args, &imported, ui);
    Ok(status)
}

/// The folder that gets the files.
fn root(args: &ClouditorArgs, surroundings: &Surroundings) -> PathBuf {
    match &args.project {
        Some(given) => surroundings.folder.join(given),
        None => place::project(&surroundings.folder, None).unwrap_or_else(|_| surroundings.folder.clone()),
    }
}

/// Tells errors in the tree that they are about.
fn refused(errors: &Diagnostics, source: &dyn FileTree, project: &dyn FileTree, ui: &mut Ui) -> Status {
    let is_of_source = errors.iter().any(|error| error.primary.is_some());
    refuse(errors, if is_of_source { source } else { project }, ui)
}

/// The findings of the import as a part of the report.
fn by_file(tree: Arc<dyn FileTree>, findings: &Diagnostics) -> Part {
    let mut files: BTreeMap<TreePath, Diagnostics> = BTreeMap::new();
    for finding in findings {
        let about = finding.primary.as_ref().map(|label| label.location.file.clone());
        files.entry(about.unwrap_or_else(TreePath::root)).or_default().push(finding.clone());
    }
    Part { tree, files: files.into_iter().map(|(file, findings)| CheckedFile::new(file, findings)).collect() }
}

fn summary(imported: &Imported, project: &dyn FileTree, ui: &mut Ui) {
    let shown =
        |path: &str| TreePath::parse(path).map_or_else(|_| path.to_owned(), |path| project.display(&path));
    let left_out = match imported.left_out {
        0 => String::new(),
        many => format!("; {many} left out"),
    };
    if !imported.metrics.is_empty() || imported.left_out > 0 {
        ui.note(&format!(
            "imported {} into {}{left_out}",
            counted(imported.metrics.len(), "metric"),
            shown("metrics")
        ));
    }
    for (file, controls, links) in &imported.catalogs {
        ui.note(&format!(
            "imported a catalog with {} into {}, {} to metrics",
            counted(*controls, "control"),
            project.display(file),
            counted(*links, "link")
        ));
    }
    if let Some((file, count)) = &imported.evidence {
        let older = match imported.superseded {
            0 => String::new(),
            1 => "; an older one left out".to_owned(),
            older => format!("; {older} older ones left out"),
        };
        ui.note(&format!(
            "imported evidence of {} into {}{older}",
            counted(*count, "resource"),
            project.display(file)
        ));
        if imported.unset > 0 {
            let are = if imported.unset == 1 { "counts" } else { "count" };
            ui.note(&format!(
                "{} that nobody may have set {are} as not collected; --keep-unset keeps them",
                counted(imported.unset, "value")
            ));
        }
    }
    if let Some(file) = &imported.vocabulary {
        ui.note(&format!("wrote {}, the vocabulary of `{file}`", shown("ontology/clouditor.yaml")));
    }
    if imported.untold > 0 {
        ui.note(&format!(
            "{} on evidence left out: there are more of the same kind",
            counted(imported.untold, "finding")
        ));
    }
    if imported.is_new {
        ui.note(&format!("wrote {}", shown("probity.toml")));
    }
}

/// What to do after this.
fn next(args: &ClouditorArgs, imported: &Imported, ui: &mut Ui) {
    let at =
        args.project.as_deref().map(|folder: &Path| format!(" -C {}", folder.display())).unwrap_or_default();
    if imported.is_new && !imported.catalogs.is_empty() {
        ui.note(&format!("next: `probity build{at}` judges the evidence by the catalog"));
    } else if !imported.is_new && (imported.evidence.is_some() || !imported.catalogs.is_empty()) {
        ui.note("next: name the evidence as a source and the catalog as an assessment in probity.toml");
    }
}
