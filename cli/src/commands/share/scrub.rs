use std::path::{Path, PathBuf};

use probity_diagnostics::document::{self, Limits};
use probity_diagnostics::{Diagnostic, Diagnostics, FileTree as _, Location, TreePath};
use probity_sharing::marking::{self, Put, Sidecar, Source, put};
use probity_sharing::scrub::{self, File, Ours, REPORT, Report, Rules, Seed};
use probity_sharing::{Label, Stop};
use serde_json::json;

use super::incident::{named, stopped};
use super::own;
use crate::args::FormatArg;
use crate::commands::refuse;
use crate::output;
use crate::place::{self, Named};
use crate::status::Status;
use crate::surroundings::Surroundings;
use crate::ui::{Format, Ui};

/// Take personal and customer data out of files before they are shared.
///
/// Names, addresses, numbers, passwords and keys are replaced by pseudonyms:
/// the same in all files of one run, other ones in every other run. What an
/// attacker is known by stays. The result is looked through a second time;
/// where that finds anything, nothing is written. In a project with
/// `sharing/policy.yaml`, domains, networks and names of all members of the
/// register are replaced, too. The report says what was found where, and never
/// a value. No rule reads sentences: somebody has to read the result.
/// docs/scrubbing.md has the rules.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Example: probity share scrub INC-2026-0001.yaml report.md --own-domain example.org -o scrubbed\n\
Exit codes: 0 written, 2 a file cannot be scrubbed, 4 something was left."
)]
pub(super) struct Args {
    /// The files of one package: .json, .yaml, .xml, .csv, .tsv, .eml, .md, .txt, .log or .html.
    #[arg(value_name = "FILE", required = true)]
    files: Vec<String>,

    /// The folder to write to; it is made, or empty.
    #[arg(short, long, value_name = "FOLDER")]
    output: PathBuf,

    /// A domain of yours; names below it are replaced.
    #[arg(long, value_name = "DOMAIN")]
    own_domain: Vec<String>,

    /// A network of yours, such as 10.0.0.0/8; addresses in it are replaced.
    #[arg(long, value_name = "NETWORK")]
    own_network: Vec<String>,

    /// A file with a word or name in each line that is replaced wherever it stands.
    #[arg(long, value_name = "FILE")]
    words: Option<String>,

    /// A file with a value of the attacker's in each line, which stays.
    #[arg(long, value_name = "FILE")]
    indicators: Option<String>,

    /// 64 hexadecimal digits that pseudonyms are made with, to make the same again; random if left out. Keep it secret.
    #[arg(long, value_name = "HEX")]
    seed: Option<String>,

    #[command(flatten)]
    format: FormatArg,
}

pub(super) fn run(args: &Args, surroundings: &Surroundings, ui: &mut Ui) -> Result<Status, Status> {
    ui.tell_as(args.format.format);
    let folder = surroundings.folder.join(&args.output);
    let told = |errors: Diagnostics, ui: &mut Ui| refuse(&errors, &place::bundled(), ui);
    empty(&folder, &args.output).map_err(|finding| told(finding.into(), ui))?;
    let seed = seed(args.seed.as_deref()).map_err(|finding| told(finding.into(), ui))?;
    let mut rules = rules(args, surroundings, ui)?;
    let mut files = Vec::new();
    let mut sidecars = Vec::new();
    let mut projects = Vec::new();
    for file in &args.files {
        let named = named(file, surroundings, ui)?;
        projects.extend(named.project.clone());
        let (file, sidecar) = coloured(&named).map_err(|stop| {
            let hush = |findings| Stop::Unreadable(scrub::hushed(&findings, &named.path));
            let stop = if let Stop::Unreadable(findings) = stop { hush(findings) } else { stop };
            stopped(stop, &named.tree, ui)
        })?;
        files.push(file);
        sidecars.push(sidecar);
    }
    let own = own::of_members(projects.into_iter(), surroundings, ui)?;
    own.words().iter().for_each(|words| ui.note(words));
    rules.ours = rules.ours.and(own.ours);
    let scrubbed = scrub::scrub(&files, &rules, &seed).map_err(|errors| told(errors, ui))?;
    if !scrubbed.report.is_clean() {
        return Ok(left(&scrubbed.report, args.format.format, ui));
    }
    let mut written: Vec<(String, Vec<u8>)> = vec![(REPORT.to_owned(), report(&scrubbed.report))];
    for (file, sidecar) in scrubbed.files.into_iter().zip(sidecars) {
        let sidecar = sidecar.map(|sidecar| sidecar.text().into_bytes());
        keeps(&file, sidecar.as_deref()).map_err(|stop| stopped(stop, &place::bundled(), ui))?;
        written.extend(sidecar.map(|text| (format!("{}.marking.yaml", file.path), text)));
        written.push((file.path.to_string(), file.bytes));
    }
    for (name, bytes) in &written {
        output::write(&folder.join(name), bytes).map_err(|finding| told(finding.into(), ui))?;
    }
    match args.format.format {
        Format::Json => ui.outcome(json!({ "report": scrubbed.report }), false),
        _ => summary(&scrubbed.report, &args.output, ui),
    }
    Ok(Status::Done)
}

/// That the folder holds nothing that would be taken for scrubbed.
fn empty(folder: &Path, shown: &Path) -> Result<(), Diagnostic> {
    let is_empty = folder.read_dir().map_or(true, |mut entries| entries.next().is_none());
    if is_empty && !folder.is_file() {
        return Ok(());
    }
    let message = format!("`{}` is not empty", shown.display());
    Err(Diagnostic::error(&probity_oscal::codes::OUTPUT_TAKEN, message).help("name a folder that is new"))
}

fn seed(given: Option<&str>) -> Result<Seed, Diagnostic> {
    let wrong = |why: &str| Diagnostic::error(&scrub::codes::RULES, why.to_owned());
    let Some(text) = given else { return probity_project::sharing::seed() };
    if text.len() != 64 {
        return Err(wrong("a seed has 64 hexadecimal digits"));
    }
    let mut bytes = [0; 32];
    for (at, byte) in bytes.iter_mut().enumerate() {
        let digits = text.get(at * 2..at * 2 + 2).and_then(|digits| u8::from_str_radix(digits, 16).ok());
        *byte = digits.ok_or_else(|| wrong("a seed has 64 hexadecimal digits"))?;
    }
    Ok(Seed(bytes))
}

fn rules(args: &Args, surroundings: &Surroundings, ui: &mut Ui) -> Result<Rules, Status> {
    let mut networks = Vec::new();
    for network in &args.own_network {
        networks.push(network.parse().map_err(|_| {
            let finding = Diagnostic::error(
                &scrub::codes::RULES,
                format!("`{network}` is no network: write 10.0.0.0/8"),
            );
            refuse(&finding.into(), &place::bundled(), ui)
        })?);
    }
    let words = lines(args.words.as_deref(), surroundings, ui)?;
    let indicators = lines(args.indicators.as_deref(), surroundings, ui)?;
    Ok(Rules {
        ours: Ours { networks, domains: args.own_domain.clone(), words, ..Ours::default() },
        indicators,
    })
}

/// The lines of a list; those that begin with `#` are remarks.
fn lines(file: Option<&str>, surroundings: &Surroundings, ui: &mut Ui) -> Result<Vec<String>, Status> {
    let Some(file) = file else { return Ok(Vec::new()) };
    let named = named(file, surroundings, ui)?;
    let told = |errors: Diagnostics, ui: &mut Ui| refuse(&errors, &named.tree, ui);
    let bytes = bytes(&named).map_err(|errors| told(errors, ui))?;
    let text = document::text(&bytes, &named.path).map_err(|errors| told(errors, ui))?;
    let lines = text.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#'));
    Ok(lines.map(str::to_owned).collect())
}

/// A file of the package with its colour in it, or beside it where its format has no field that is written here. It lies in the package by
/// its own name, whatever folder it comes from. Whom a sidecar says it comes from does not go with it.
fn coloured(named: &Named) -> Result<(File, Option<Sidecar>), Stop> {
    let marking = marking::look_up(&named.tree, &named.path)?;
    let label = marking.label;
    let path = TreePath::parse(named.path.file_name())
        .map_err(|error| Diagnostic::error(&scrub::codes::FORMAT, error.to_string()))?;
    let bytes = bytes(named)?;
    let file = |bytes| File { path: path.clone(), bytes, label };
    if matches!(marking.source, Source::Sidecar(_)) {
        return Ok((file(bytes), Some(Sidecar { label, originator: None })));
    }
    match put(&bytes, &path, label, None) {
        Ok(Put::Into(bytes)) => Ok((file(bytes), None)),
        Ok(Put::Beside(sidecar)) => Ok((file(bytes), Some(sidecar))),
        // the colour stands in a field of another tool, and stays there
        Err(Stop::Refused(_)) => Ok((file(bytes), None)),
        Err(stop) => Err(stop),
    }
}

fn bytes(named: &Named) -> Result<Vec<u8>, Diagnostics> {
    Ok(named.tree.read(&named.path, Limits::default().bytes).map_err(Diagnostic::from)?)
}

/// That a file has the colour that it had.
fn keeps(file: &File, sidecar: Option<&[u8]>) -> Result<(), Stop> {
    let now: Label = marking::of(&file.bytes, &file.path, sidecar)?.label;
    if now == file.label {
        return Ok(());
    }
    let message = format!("`{}` was {} and would be {now}", file.path, file.label);
    Err(Diagnostic::error(&scrub::codes::FORMAT, message).into())
}

fn report(report: &Report) -> Vec<u8> {
    probity_oscal::to_json(report).unwrap_or_default().into_bytes()
}

/// Tells what was left, by place.
fn left(report: &Report, format: Format, ui: &mut Ui) -> Status {
    if format == Format::Json {
        ui.outcome(json!({ "report": report }), false);
        return Status::Refused;
    }
    let findings: Vec<Diagnostic> = report.residue.iter().map(finding).collect();
    ui.findings(&findings, &place::bundled());
    Status::Refused
}

fn finding(place: &scrub::Place) -> Diagnostic {
    let message = format!("something was left at `{}`: {}", place.place, place.rule.name());
    let finding = Diagnostic::error(&scrub::codes::RESIDUE, message)
        .help("nothing was written; list the value with --words");
    match TreePath::parse(&place.path) {
        Ok(path) => finding.at(Location::file(&path)),
        Err(_) => finding,
    }
}

fn summary(report: &Report, output: &Path, ui: &mut Ui) {
    for (rule, count) in &report.counts {
        ui.result(&format!("{count:6} {}", rule.name()));
    }
    let files = report.files.len();
    ui.note(&format!("wrote {files} files and {REPORT} to {}; somebody has to read them", output.display()));
}
