use std::path::{Path, PathBuf};

use probity_diagnostics::{Diagnostic, FileTree as _, Severity, TreePath};
use probity_generators::export::{Export, Source, Target, export, zip};
use probity_oscal::codes::OUTPUT_TAKEN;
use probity_oscal::release::Loss;

use super::{refuse, report};
use crate::output::{self, Written};
use crate::status::Status;
use crate::surroundings::Surroundings;
use crate::ui::Ui;

/// Write results as other tools take them in.
///
/// The results are those of a built assessment, or of another tool. Before
/// anything is written they are held to what the importer is known to need:
/// what it would refuse is an error, and nothing is written (exit code 2);
/// what it would lose is a warning (exit code 1).
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Args {
    /// The assessment results: a file, or the name of an assessment of the
    /// project that was built.
    results: String,

    /// Whom the export is for.
    #[arg(long = "for", value_name = "TARGET", value_parser = target())]
    target: Target,

    /// Where to write it: a file, or a folder or an archive (`.zip`) for
    /// bundles and workspaces; standard output if left out, which takes
    /// single files only.
    #[arg(short, long, value_name = "OUT")]
    output: Option<PathBuf>,

    /// Only say what the importer would refuse or lose; nothing is written.
    #[arg(long)]
    check: bool,

    /// Leave out what the release of OSCAL does not have, and tell each;
    /// otherwise nothing is written.
    #[arg(long)]
    lossy: bool,

    /// The project folder; left out, the nearest with a `probity.toml`.
    #[arg(short = 'C', long = "project", value_name = "FOLDER")]
    project: Option<PathBuf>,
}

const EXAMPLES: &str = "Examples:\n  \
probity export eucs --for sarif -o results.sarif\n  \
probity export eucs --for oscal-1.1.2 -o package.zip\n  \
probity export eucs --for servicenow --check";

/// Reads the name of a target, and lists all of them in the help.
fn target() -> impl clap::builder::TypedValueParser<Value = Target> {
    use clap::builder::{PossibleValue, PossibleValuesParser, TypedValueParser as _};
    let names =
        Target::all().into_iter().map(|target| PossibleValue::new(target.to_string()).help(target.about()));
    PossibleValuesParser::new(names).try_map(|name| name.parse().map_err(|_| "there is no such target"))
}

pub(crate) fn run(args: &Args, surroundings: &Surroundings, ui: &mut Ui) -> Status {
    write(args, surroundings, ui).unwrap_or_else(|status| status)
}

fn write(args: &Args, surroundings: &Surroundings, ui: &mut Ui) -> Result<Status, Status> {
    let named = report::results(&args.results, args.project.as_deref(), surroundings, ui)?;
    let plan = named.path.sibling("poam.json").ok().filter(|path| named.tree.is_file(path));
    let loss = if args.lossy { Loss::Told } else { Loss::Refused };
    let source = Source { tree: &named.tree, results: &named.path, poam: plan.as_ref(), loss };
    let exported = match export(source, args.target) {
        Ok(exported) => exported,
        Err(errors) => return Err(refuse(&errors, &named.tree, ui)),
    };
    ui.findings(&exported.warnings, &named.tree);
    let told = exported.warnings.iter().any(|finding| finding.severity == Severity::Warning);
    let status = if told { Status::Findings } else { Status::Done };
    if args.check {
        ui.note(&format!("{} can be written", args.target));
        return Ok(status);
    }
    let put = put(args, &exported.value, surroundings, ui);
    put.map(|put| status.and(put)).map_err(|finding| refuse(&finding.into(), &named.tree, ui))
}

/// Writes the file or the files.
fn put(args: &Args, export: &Export, surroundings: &Surroundings, ui: &mut Ui) -> Result<Status, Diagnostic> {
    let out = args.output.as_ref().filter(|out| out.as_os_str() != "-");
    if let (1, false, Some((name, bytes))) =
        (export.files.len(), args.target.is_folder(), export.files.first_key_value())
    {
        let is_folder = |out: &Path| surroundings.folder.join(out).is_dir();
        let file = out.map(|out| if is_folder(out) { out.join(name) } else { out.clone() });
        return Ok(ui.write(bytes, &surroundings.folder, file.as_deref()));
    }
    let Some(out) = out else {
        let refused = Diagnostic::error(&OUTPUT_TAKEN, "several files do not fit standard output");
        return Err(refused.help("name a folder with `-o FOLDER`, or an archive with `-o FILE.zip`"));
    };
    let folder = surroundings.folder.join(out);
    if out.extension().is_some_and(|extension| extension == "zip") && !folder.is_dir() {
        return Ok(ui.write(&zip(export)?, &surroundings.folder, Some(out)));
    }
    takes(&folder, out, export)?;
    let mut new = 0;
    for (path, bytes) in &export.files {
        new += usize::from(output::write(&folder.join(path), bytes)? == Written::New);
    }
    ui.note(&format!(
        "wrote {} files into {}, {} of them unchanged",
        export.files.len(),
        out.display(),
        export.files.len() - new
    ));
    Ok(Status::Done)
}

/// Refuses a folder that holds something else than an earlier export: files of both would lie beside each other.
fn takes(folder: &Path, named: &Path, export: &Export) -> Result<(), Diagnostic> {
    if !folder.exists() {
        return Ok(());
    }
    let refuse = |what: String| {
        let finding = Diagnostic::error(&OUTPUT_TAKEN, format!("`{}` {what}", named.display()));
        Err(finding.help("name a folder that is not there yet, or an empty one"))
    };
    if !folder.is_dir() {
        return refuse("is a file, and several files are written".to_owned());
    }
    let tree = crate::place::tree(folder, folder)?;
    let there = tree.inner().walk(&TreePath::root()).unwrap_or_default();
    match there.iter().find(|path| !export.files.contains_key(path.as_str())) {
        Some(strange) => refuse(format!("holds `{strange}`, which is no part of the export")),
        None => Ok(()),
    }
}
