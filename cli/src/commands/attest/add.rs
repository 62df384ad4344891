use std::path::PathBuf;

use clap::ValueEnum;
use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use probity_assessment::attest::{Quote, Stated};
use probity_diagnostics::Diagnostics;
use probity_project::attest::{EvidenceFile, Recorded, Statement, record, requirement};
use serde_json::json;

use super::Place;
use crate::args::{FormatArg, ProjectArgs};
use crate::commands::{refuse, settle};
use crate::output;
use crate::status::Status;
use crate::surroundings::Surroundings;
use crate::ui::{Format, Ui};

/// Record a statement: that a requirement is met, not met or does not apply.
///
/// Everything is looked at first: the requirement in the catalogs of the
/// project's assessments, the evidence, every quoted passage. Where something
/// is wrong, nothing is written. Evidence lies in the project; its digest is
/// noted, and the statement counts only while the file has it.
#[derive(Debug, clap::Args)]
#[command(after_help = "Example: probity attest add IM-01.1 --outcome met --valid-until 2027-10-31 \\\n  \
--reason \"The policy names the roles on duty.\" --evidence docs/incidents.pdf \\\n  \
--quote \"Incidents are reported within 24 hours\" --page 3\n\
Exit codes: 0 written, 2 something is wrong and nothing was written.")]
pub(super) struct Args {
    /// The control or the item of its statement, by id or printed label.
    #[arg(value_name = "CONTROL|STATEMENT")]
    subject: String,

    /// What is stated.
    #[arg(long)]
    outcome: Outcome,

    /// What was looked at and why it is so, in Markdown.
    #[arg(long, value_name = "TEXT")]
    reason: String,

    /// The last day on which it is valid (UTC), or an instant (RFC 3339).
    #[arg(long, value_name = "DAY", value_parser = last_instant)]
    valid_until: Timestamp,

    /// Who states it: `Name <address>`, or somebody whom the project's
    /// documents know by address, name or uuid. Left out, whom git knows.
    #[arg(long, value_name = "PERSON")]
    by: Option<String>,

    /// How it was found; left out, as the procedure asks, else by examining.
    #[arg(long)]
    method: Option<Method>,

    /// The procedure of the mapping that it answers; left out, all of them.
    #[arg(long, value_name = "ID")]
    procedure: Option<String>,

    /// A file of the project that it rests on; may be repeated.
    #[arg(long, value_name = "FILE")]
    evidence: Vec<PathBuf>,

    /// A passage that stands in one of these files word for word (PDF, text or
    /// Markdown); may be repeated.
    #[arg(long, value_name = "TEXT", requires = "evidence")]
    quote: Vec<String>,

    /// The page of a PDF on which the passage stands, one for each; left out,
    /// it is looked for.
    #[arg(long, value_name = "NUMBER", requires = "quote", value_parser = clap::value_parser!(u32).range(1..))]
    page: Vec<u32>,

    /// A resource type that the system does not use (not-applicable only); may
    /// be repeated.
    #[arg(long, value_name = "TYPE")]
    unused_type: Vec<String>,

    /// The title; left out, control and outcome.
    #[arg(long, value_name = "TEXT")]
    title: Option<String>,

    /// When it is stated (RFC 3339); left out, by `SOURCE_DATE_EPOCH`, then
    /// the clock.
    #[arg(long, value_name = "INSTANT")]
    on: Option<Timestamp>,

    /// The assessment whose catalog has the control; left out, any.
    #[arg(long, value_name = "NAME")]
    assessment: Option<String>,

    #[command(flatten)]
    format: FormatArg,

    /// The project folder; left out, the nearest with a `probity.toml`.
    #[arg(short = 'C', long = "project", value_name = "FOLDER")]
    project: Option<PathBuf>,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum Outcome {
    /// The requirement is met.
    Met,
    /// It is not met.
    NotMet,
    /// It does not apply.
    NotApplicable,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum Method {
    /// Documents, records or systems were looked at.
    Examine,
    /// People were asked.
    Interview,
}

/// An instant, or the last second of a day.
fn last_instant(text: &str) -> Result<Timestamp, String> {
    if let Ok(instant) = text.parse() {
        return Ok(instant);
    }
    let end = |day: Date| day.at(23, 59, 59, 0).to_zoned(TimeZone::UTC).map(|zoned| zoned.timestamp()).ok();
    let day = text.parse::<Date>().ok().and_then(end);
    day.ok_or_else(|| "it takes a day such as 2027-10-31, or an instant as in RFC 3339".to_owned())
}

pub(super) fn run(args: &Args, surroundings: &Surroundings, ui: &mut Ui) -> Result<Status, Status> {
    ui.tell_as(args.format.format);
    let place = Place::open(&ProjectArgs { project: args.project.clone(), rev: None }, surroundings, ui)?;
    let tree = place.tree();
    let only = args.assessment.as_deref();
    let requirement = settle(requirement(tree, &place.loaded, only, &args.subject), tree, ui)?;
    let author = place.person(args.by.as_deref(), ui)?;
    let evidence = evidence(args, &place, surroundings).map_err(|errors| refuse(&errors, tree, ui))?;
    let statement = Statement {
        requirement: &requirement,
        outcome: match args.outcome {
            Outcome::Met => Stated::Met,
            Outcome::NotMet => Stated::NotMet,
            Outcome::NotApplicable => Stated::NotApplicable,
        },
        method: args.method.map(|method| match method {
            Method::Examine => "EXAMINE",
            Method::Interview => "INTERVIEW",
        }),
        procedure: args.procedure.as_deref(),
        unused_types: &args.unused_type,
        title: args.title.as_deref(),
        reason: &args.reason,
        author: &author,
        stated: super::stated(args.on, surroundings, ui)?,
        valid_until: args.valid_until,
        evidence: &evidence,
        quotes: &quotes(args, ui)?,
    };
    let recorded = settle(record(tree, &place.loaded, &statement), tree, ui)?;
    let file = place.workspace.on_disk(&recorded.path);
    output::write(&file, recorded.text.as_bytes()).map_err(|finding| refuse(&finding.into(), tree, ui))?;
    tell(args, &recorded, &place, ui);
    Ok(Status::Done)
}

/// The files that were named, all that is wrong with them told at once.
fn evidence(
    args: &Args,
    place: &Place,
    surroundings: &Surroundings,
) -> Result<Vec<EvidenceFile>, Diagnostics> {
    let mut findings = Diagnostics::new();
    let mut files = Vec::new();
    for file in &args.evidence {
        match place.path(file, surroundings) {
            Ok(path) => files.push(EvidenceFile { path, title: None }),
            Err(finding) => findings.push(finding),
        }
    }
    if findings.is_empty() { Ok(files) } else { Err(findings) }
}

fn quotes(args: &Args, ui: &mut Ui) -> Result<Vec<Quote>, Status> {
    if !args.page.is_empty() && args.page.len() != args.quote.len() {
        let (quotes, pages) = (args.quote.len(), args.page.len());
        ui.message(&format!("error: {quotes} passages and {pages} pages: name a page for each, or none"));
        return Err(Status::Invalid);
    }
    let pages = args.page.iter().copied().map(Some).chain(std::iter::repeat(None));
    Ok(args.quote.iter().cloned().zip(pages).map(|(text, page)| Quote { text, page }).collect())
}

fn tell(args: &Args, recorded: &Recorded, place: &Place, ui: &mut Ui) {
    let shown = place.tree().display(&recorded.path);
    if args.format.format == Format::Json {
        return ui.outcome(json!({ "file": shown, "unread-by": recorded.unread_by }), false);
    }
    ui.result(&format!("wrote {shown}"));
    for assessment in &recorded.unread_by {
        let folder = recorded.path.parent();
        ui.note(&format!(
            "assessment `{assessment}` does not read it yet: probity.toml takes `attestations = [\"{folder}/*.yaml\"]`"
        ));
    }
    if place.loaded.config.attest.four_eyes {
        ui.note(&format!("it counts once somebody else has approved it: probity attest approve {shown}"));
    }
    if place.loaded.config.signing.allowed_signers.is_some() {
        ui.note("it counts once its author has committed it with a signature (git commit -S)");
    }
}
