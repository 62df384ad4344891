use std::path::PathBuf;

use probity_diagnostics::FileTree as _;
use probity_evidence::{Definition, Ontology, Property, TypeName};
use probity_generators::view::{LoadOptions, Report};
use probity_generators::{Explanation, SummaryOptions, explain};
use probity_project::config;
use probity_project::job::built_results;
use serde_json::{Value, json};

use super::{refuse, settle};
use crate::args::{FormatArg, RemoteArgs};
use crate::place;
use crate::status::Status;
use crate::surroundings::Surroundings;
use crate::ui::{Format, Ui};

/// Explain a finding: walk from a control to the resource that causes it.
///
/// The subject is a control (id or printed label), a check or metric, a
/// resource (id or name), the code of a message such as PB0102, or a word of
/// the ontology such as `VirtualMachine`. Where a name is ambiguous, the
/// candidates are listed.
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// What to explain.
    subject: String,

    /// The results to look in: a file or folder, or the name of an assessment
    /// that was built. Left out: every assessment of the project.
    #[arg(long = "in", value_name = "RESULTS")]
    results: Option<String>,

    /// The project folder; left out, the nearest with a `probity.toml`.
    #[arg(short = 'C', long = "project", value_name = "FOLDER")]
    project: Option<PathBuf>,

    #[command(flatten)]
    format: FormatArg,
}

pub(crate) fn run(args: &Args, surroundings: &Surroundings, ui: &mut Ui) -> Status {
    if let Some(code) = crate::codes().into_iter().find(|code| code.id.eq_ignore_ascii_case(&args.subject)) {
        if args.format.format == Format::Json {
            ui.json(&json!({"code": code.id, "title": code.title, "explanation": code.explanation}));
        } else {
            ui.result(&format!("{}: {}\n\n{}", code.id, code.title, fill(code.explanation, 80)));
        }
        return Status::Done;
    }
    let bundled = place::bundled();
    let ontology = settle(probity_project::steps::ontology(&bundled), &bundled, ui);
    let done = ontology.and_then(|ontology| match word(&ontology, &args.subject) {
        Some((kind, definition)) => {
            print_word(&args.subject, kind, definition, args.format.format, ui);
            Ok(Status::Done)
        }
        None => in_results(args, surroundings, ui),
    });
    done.unwrap_or_else(|status| status)
}

/// The type of resource or the feature of the ontology that has this name.
fn word<'a>(ontology: &'a Ontology, name: &str) -> Option<(&'static str, &'a Definition)> {
    let resource = ontology.resource_type(name).map(|found| ("resource type", found));
    resource.or_else(|| ontology.feature(name).map(|found| ("feature", found)))
}

/// Prints a word of the ontology with its properties.
fn print_word(name: &str, kind: &str, definition: &Definition, format: Format, ui: &mut Ui) {
    let lineage: Vec<&str> = definition.lineage().iter().map(TypeName::as_str).collect();
    if format == Format::Json {
        let property = |p: &Property| json!({"name": p.name, "type": p.value_type.to_string(), "description": p.description});
        let properties: Vec<Value> = definition.properties().map(property).collect();
        return ui.json(&json!({
            "name": name, "kind": kind, "lineage": lineage,
            "description": definition.description(), "properties": properties,
        }));
    }
    ui.result(&format!(
        "{name}: a {kind} ({})\n\n{}\n",
        lineage.join(" < "),
        fill(definition.description(), 80)
    ));
    let width = definition.properties().map(|p| p.name.len()).max().unwrap_or(0);
    for property in definition.properties() {
        let Property { name, value_type, description, .. } = property;
        let said = if description.is_empty() { String::new() } else { format!(": {description}") };
        ui.result(&format!("{name:width$}  {value_type}{said}"));
    }
}

/// Breaks a text into lines of at most `width` columns.
fn fill(text: &str, width: usize) -> String {
    let mut lines: Vec<String> = vec![String::new()];
    for word in text.split_whitespace() {
        match lines.last_mut() {
            Some(line) if line.is_empty() => line.push_str(word),
            Some(line) if line.chars().count() + 1 + word.chars().count() <= width => {
                line.push(' ');
                line.push_str(word);
            }
            _ => lines.push(word.to_owned()),
        }
    }
    lines.join("\n")
}

fn in_results(args: &Args, surroundings: &Surroundings, ui: &mut Ui) -> Result<Status, Status> {
    let names = match &args.results {
        Some(name) => vec![name.clone()],
        None => built_assessments(args, surroundings, ui)?,
    };
    let options = SummaryOptions { color: ui.color(), width: ui.width(), ..SummaryOptions::default() };
    let mut found = Vec::new();
    let mut unknown = String::new();
    for name in &names {
        let named = super::report::results(name, args.project.as_deref(), surroundings, ui)?;
        let focus = Some(args.subject.clone());
        let load =
            LoadOptions { details: 200, all_details: usize::MAX, listed: 0, focus, ..LoadOptions::default() };
        let report = settle(Report::load_with(&named.tree, &named.path, &load), &named.tree, ui)?;
        match explain(&report, &args.subject) {
            nothing @ Explanation::Unknown { .. } => unknown = nothing.text(options),
            explanation if args.format.format == Format::Json => {
                found.push(json!({"in": name, "explanation": explanation}));
            }
            explanation => {
                if names.len() > 1 {
                    ui.note(&format!("in assessment `{name}`:"));
                }
                found.push(Value::Null);
                ui.result(&explanation.text(options));
            }
        }
    }
    if found.is_empty() {
        ui.message(&format!("error: {}", unknown.trim_end()));
        return Err(Status::Invalid);
    }
    if args.format.format == Format::Json {
        ui.json(&json!({ "explanations": found }));
    }
    Ok(Status::Done)
}

/// The assessments of the project that have results.
fn built_assessments(args: &Args, surroundings: &Surroundings, ui: &mut Ui) -> Result<Vec<String>, Status> {
    let project = crate::args::ProjectArgs { project: args.project.clone(), rev: None };
    let workspace = super::workspace(&project, &RemoteArgs::default(), surroundings, ui)?;
    let tree = workspace.tree.as_ref();
    let loaded = settle(config::load(tree, &config::path()), tree, ui)?;
    let names: Vec<String> = loaded
        .config
        .assessments
        .iter()
        .map(|assessment| assessment.name.clone())
        .filter(|name| built_results(name).is_ok_and(|results| workspace.disk.is_file(&results)))
        .collect();
    if names.is_empty() {
        let finding = probity_diagnostics::Diagnostic::error(
            &probity_diagnostics::codes::FILE_NOT_FOUND,
            "no assessment of this project was built yet",
        );
        return Err(refuse(&finding.help("run `probity build` first").into(), &place::bundled(), ui));
    }
    Ok(names)
}
