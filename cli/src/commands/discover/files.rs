use std::path::PathBuf;

use probity_discovery::{Input, SourceKind, detect};
use probity_project::build::kubernetes_evidence;
use serde_json::json;

use super::super::{as_of, read_stdin, refuse, settle};
use crate::args::{AsOfArg, FormatArg};
use crate::place;
use crate::status::Status;
use crate::surroundings::Surroundings;
use crate::ui::{Format, Ui};

/// Read files: Kubernetes manifests become one evidence set.
///
/// What is not understood is named in the set and told. Under `--format json`
/// that is one document with the file that was written; it goes to standard
/// error where standard output is the evidence.
#[derive(Debug, clap::Args)]
#[command(after_help = "Example: probity discover files deploy/ -o evidence/shop.jsonl")]
pub(super) struct Args {
    /// Manifests: files, folders or patterns; `-` is standard input.
    #[arg(required = true)]
    inputs: Vec<String>,

    /// Where to write the evidence; standard output if left out.
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,

    /// What the inputs belong to, such as a cluster.
    #[arg(long, default_value = "scan")]
    scope: String,

    #[command(flatten)]
    as_of: AsOfArg,

    #[command(flatten)]
    format: FormatArg,
}

pub(super) fn run(args: &Args, surroundings: &Surroundings, ui: &mut Ui) -> Result<Status, Status> {
    ui.tell_as(args.format.format);
    let instant = as_of(&args.as_of, None, surroundings, ui)?.instant;
    let bundled = place::bundled();
    let ontology = super::ontology(&bundled, ui)?;
    let (stdin, files): (Vec<&String>, Vec<&String>) = args.inputs.iter().partition(|input| *input == "-");
    let common = place::common(&files, &surroundings.folder).map_err(|f| refuse(&f.into(), &bundled, ui))?;
    let tree = &common.tree;
    let mut found = Vec::new();
    for path in &common.paths {
        if settle(detect(tree, path), tree, ui)? == SourceKind::EvidenceSet {
            ui.message(&format!("error: `{path}` is an evidence set already"));
            return Err(Status::Invalid);
        }
        found.push(Input::Path(path.clone()));
    }
    if !stdin.is_empty() {
        found.push(Input::Bytes { name: "stdin".to_owned(), bytes: read_stdin(ui)? });
    }
    let bytes = settle(kubernetes_evidence(tree, &found, &args.scope, instant, &ontology), tree, ui)?;
    let status = ui.write(&bytes, &surroundings.folder, args.output.as_deref());
    if args.format.format == Format::Json && status == Status::Done {
        let written: Vec<String> = args.output.iter().map(|path| path.display().to_string()).collect();
        ui.outcome(json!({ "written": written }), args.output.is_none());
    }
    Ok(status)
}
