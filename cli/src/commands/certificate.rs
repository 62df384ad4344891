use std::collections::BTreeSet;
use std::path::PathBuf;

use clap::ValueEnum;
use jiff::civil::Date;
use probity_diagnostics::{Diagnostic, Diagnostics, FileTree, Sha256Digest, TreePath};
use probity_project::Workspace;
use probity_project::config::{self, LoadedConfig};
use probity_project::register::{self, Risk};
use probity_register::{
    Certificate, Kind, NewCertificate, Opinion, ReportType, Standing, Status as Stage, altered, overlaps,
    review,
};
use serde_json::{Value, json};

use super::{as_of, refuse, settle};
use crate::args::{AsOfArg, FormatArg, ProjectArgs, RemoteArgs};
use crate::output;
use crate::place;
use crate::status::Status;
use crate::surroundings::Surroundings;
use crate::ui::{Format, Ui};

/// Keep the register of certificates and attestation reports.
///
/// Those of the system itself, against which the results of an assessment are
/// set, and those of suppliers, from which controls are inherited. Each is a
/// file below `certificates/`.
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, clap::Subcommand)]
enum Command {
    /// Put a certificate or report into the register.
    #[command(
        after_help = "Example: probity certificate add eucs-2026 --scheme eucs --level high --issuer 'CertWerk GmbH' \
--from 2026-03-01 --until 2029-02-28 --assessment eucs --document certificates/eucs-2026.pdf"
    )]
    Add(Box<Add>),
    /// Record what became of a certificate: maintained, suspended, withdrawn …
    #[command(
        after_help = "Example: probity certificate record eucs-2026 maintained --on 2027-03-04 --reason 'first surveillance'"
    )]
    Record(Record),
    /// List the register.
    List(Look),
    /// Show one certificate with its history and its documents.
    Show {
        /// The name of the certificate.
        name: String,
        #[command(flatten)]
        look: Look,
    },
    /// Say which certificates are not in force, overdue or at risk.
    ///
    /// Holds documents against their digests and the results in `build/`
    /// against the scope of each certificate. Exits with 1 where there is
    /// something to do, with 3 where an assessment was not built yet.
    Check(Look),
}

#[derive(Debug, clap::Args)]
struct Add {
    /// How it is to be called: lower-case letters, digits and hyphens.
    name: String,
    /// The scheme: eucs, bsi-c5, iso-27001, soc-2 …
    #[arg(long)]
    scheme: String,
    /// Its title; left out, scheme and issuer.
    #[arg(long)]
    title: Option<String>,
    /// What it is about.
    #[arg(long, default_value = "What was examined stands in the documents.")]
    description: String,
    /// The level of assurance of a certificate.
    #[arg(long, conflicts_with_all = ["report_type", "opinion"])]
    level: Option<String>,
    /// What an attestation report is about.
    #[arg(long, value_name = "TYPE", requires = "opinion")]
    report_type: Option<ReportTypeArg>,
    /// What the auditor says in it.
    #[arg(long, requires = "report_type")]
    opinion: Option<OpinionArg>,
    /// A control that a qualified opinion excepts; may be repeated.
    #[arg(long, value_name = "CONTROL", requires = "opinion")]
    exception: Vec<String>,
    /// The number that the issuer gave it.
    #[arg(long, value_name = "NUMBER")]
    reference: Option<String>,
    /// Who issued it.
    #[arg(long, value_name = "NAME")]
    issuer: String,
    /// The first day of its term, or of the period that a report covers.
    #[arg(long, value_name = "DAY")]
    from: Date,
    /// The last day.
    #[arg(long, value_name = "DAY")]
    until: Date,
    /// The last day that a bridge letter covers.
    #[arg(long, value_name = "DAY", requires = "report_type")]
    bridge_until: Option<Date>,
    /// The day on which it was issued; left out, the first of its term, or the
    /// day after the period of a report.
    #[arg(long, value_name = "DAY", conflicts_with = "applied")]
    issued: Option<Date>,
    /// The day on which it was applied for, where it is not issued yet.
    #[arg(long, value_name = "DAY")]
    applied: Option<Date>,
    /// A day by which a surveillance assessment is due; may be repeated.
    #[arg(long, value_name = "DAY")]
    surveillance: Vec<Date>,
    /// The assessment whose results are set against it.
    #[arg(long)]
    assessment: Option<String>,
    /// A control of its scope; may be repeated. All of the assessment's if left
    /// out.
    #[arg(long, value_name = "CONTROL", requires = "assessment")]
    scope: Vec<String>,
    /// A document of it, in the project; may be repeated.
    #[arg(long, value_name = "FILE", required = true)]
    document: Vec<PathBuf>,
    /// The assessment results that it was issued on, in the project.
    #[arg(long, value_name = "FILE", requires = "assessment")]
    baseline: Option<PathBuf>,
    #[command(flatten)]
    project: ProjectArgs,
}

#[derive(Debug, clap::Args)]
struct Record {
    /// The name of the certificate.
    name: String,
    /// What it became.
    status: StageArg,
    /// The day of the change.
    #[arg(long, value_name = "DAY")]
    on: Date,
    /// Why.
    #[arg(long)]
    reason: Option<String>,
    #[command(flatten)]
    project: ProjectArgs,
}

#[derive(Debug, clap::Args)]
struct Look {
    #[command(flatten)]
    as_of: AsOfArg,
    #[command(flatten)]
    project: ProjectArgs,
    #[command(flatten)]
    format: FormatArg,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum ReportTypeArg {
    /// On the design of controls, on one day.
    #[value(name = "type-1")]
    Type1,
    /// On how controls worked over a period.
    #[value(name = "type-2")]
    Type2,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum OpinionArg {
    /// The controls are as described.
    Unqualified,
    /// But for exceptions.
    Qualified,
    /// They are not.
    Adverse,
    /// It could not be found out.
    Disclaimer,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum StageArg {
    /// It was issued after it had been applied for.
    Issued,
    /// A surveillance confirmed it, or its suspension ended.
    Maintained,
    /// It was issued for another term.
    Renewed,
    /// It is not to be relied on for now.
    Suspended,
    /// It was taken back.
    Withdrawn,
    /// Its term ended.
    Expired,
}

impl StageArg {
    fn stage(self) -> Stage {
        match self {
            Self::Issued => Stage::Issued,
            Self::Maintained => Stage::Maintained,
            Self::Renewed => Stage::Renewed,
            Self::Suspended => Stage::Suspended,
            Self::Withdrawn => Stage::Withdrawn,
            Self::Expired => Stage::Expired,
        }
    }
}

pub(crate) fn run(args: &Args, surroundings: &Surroundings, ui: &mut Ui) -> Status {
    let ran = match &args.command {
        Command::Add(new) => add(new, surroundings, ui),
        Command::Record(change) => record(change, surroundings, ui),
        Command::List(look) => list(look, surroundings, ui),
        Command::Show { name, look } => show(name, look, surroundings, ui),
        Command::Check(look) => check(look, surroundings, ui),
    };
    ran.unwrap_or_else(|status| status)
}

/// A project with its register.
struct Opened {
    workspace: Workspace,
    loaded: LoadedConfig,
    certificates: Vec<Certificate>,
}

impl Opened {
    fn new(project: &ProjectArgs, surroundings: &Surroundings, ui: &mut Ui) -> Result<Self, Status> {
        let workspace = super::workspace(project, &RemoteArgs::default(), surroundings, ui)?;
        let tree = workspace.tree.as_ref();
        let loaded = settle(config::load(tree, &config::path()), tree, ui)?;
        let certificates = settle(register::certificates(tree, &loaded), tree, ui)?;
        Ok(Self { workspace, loaded, certificates })
    }

    fn tree(&self) -> &dyn FileTree {
        self.workspace.tree.as_ref()
    }

    fn named(&self, name: &str, ui: &mut Ui) -> Result<&Certificate, Status> {
        register::named(&self.certificates, name).map_err(|finding| refuse(&finding.into(), self.tree(), ui))
    }

    /// The day in UTC on which certificates are looked at.
    fn day(&self, look: &Look, surroundings: &Surroundings, ui: &mut Ui) -> Result<Date, Status> {
        let project = self.loaded.config.system.as_of.as_deref();
        let instant = as_of(&look.as_of, project, surroundings, ui)?.instant;
        Ok(instant.to_zoned(jiff::tz::TimeZone::UTC).date())
    }
}

fn add(new: &Add, surroundings: &Surroundings, ui: &mut Ui) -> Result<Status, Status> {
    let opened = Opened::new(&new.project, surroundings, ui)?;
    let documents = documents(new, &opened, surroundings).map_err(|e| refuse(&e, opened.tree(), ui))?;
    let kind = kind(new);
    let first = if new.report_type.is_some() { new.until.tomorrow().unwrap_or(new.until) } else { new.from };
    let status = match new.applied {
        Some(day) => (Stage::New, day),
        None => (Stage::Issued, new.issued.unwrap_or(first)),
    };
    let title = new.title.clone().unwrap_or_else(|| format!("{} by {}", new.scheme, new.issuer));
    let facts = NewCertificate {
        system: &opened.loaded.config.system.name,
        name: &new.name,
        title: &title,
        description: &new.description,
        scheme: &new.scheme,
        kind: &kind,
        reference: new.reference.as_deref(),
        issuer: &new.issuer,
        term: (new.from, new.until),
        bridge_until: new.bridge_until,
        status,
        surveillance: &new.surveillance,
        assessment: new.assessment.as_deref(),
        scope: &new.scope.iter().cloned().collect::<BTreeSet<String>>(),
        documents: &documents,
        last_modified: surroundings.now,
    };
    let made = register::add(opened.tree(), &opened.loaded, &facts, &opened.certificates);
    let (path, text) = settle(made, opened.tree(), ui)?;
    write(&opened, &path, text.as_bytes(), ui)
}

fn kind(new: &Add) -> Kind {
    let Some(report_type) = new.report_type else { return Kind::Certificate { level: new.level.clone() } };
    Kind::Report {
        report_type: match report_type {
            ReportTypeArg::Type1 => ReportType::Type1,
            ReportTypeArg::Type2 => ReportType::Type2,
        },
        opinion: match new.opinion {
            Some(OpinionArg::Unqualified) => Opinion::Unqualified,
            Some(OpinionArg::Qualified) => Opinion::Qualified,
            Some(OpinionArg::Adverse) => Opinion::Adverse,
            Some(OpinionArg::Disclaimer) | None => Opinion::Disclaimer,
        },
        exceptions: new.exception.iter().cloned().collect(),
    }
}

/// Title, path from the file of the certificate and digest of each document, and whether it is the baseline.
fn documents(
    new: &Add,
    opened: &Opened,
    surroundings: &Surroundings,
) -> Result<Vec<(String, String, Sha256Digest, bool)>, Diagnostics> {
    let mut findings = Diagnostics::new();
    let mut all = Vec::new();
    let named =
        new.document.iter().map(|file| (file, false)).chain(new.baseline.iter().map(|file| (file, true)));
    for (file, is_baseline) in named {
        let below = place::relative(&opened.workspace.root, &surroundings.folder.join(file));
        let read = TreePath::parse(&below).map_err(|error| {
            let code = &probity_diagnostics::codes::PATH_OUTSIDE;
            Diagnostic::error(code, format!("`{}`: {error}", file.display()))
                .help("documents of certificates are kept in the project")
        });
        match read.and_then(|path| Ok((opened.tree().digest(&path).map_err(Diagnostic::from)?, path))) {
            Ok((digest, path)) => {
                let beside = path.as_str().strip_prefix(&format!("{}/", register::FOLDER)).map(str::to_owned);
                let href = beside.unwrap_or_else(|| format!("../{path}"));
                all.push((path.file_name().to_owned(), href, digest, is_baseline));
            }
            Err(finding) => findings.push(finding),
        }
    }
    if findings.is_empty() { Ok(all) } else { Err(findings) }
}

fn record(change: &Record, surroundings: &Surroundings, ui: &mut Ui) -> Result<Status, Status> {
    let opened = Opened::new(&change.project, surroundings, ui)?;
    let certificate = opened.named(&change.name, ui)?;
    let to = (change.status.stage(), change.on);
    let made = register::record(opened.tree(), certificate, to, change.reason.as_deref(), surroundings.now);
    let (path, text) = made.map_err(|errors| refuse(&errors, opened.tree(), ui))?;
    write(&opened, &path, &text, ui)
}

fn write(opened: &Opened, path: &TreePath, text: &[u8], ui: &mut Ui) -> Result<Status, Status> {
    let written = output::write(&opened.workspace.on_disk(path), text);
    written.map_err(|finding| refuse(&finding.into(), opened.tree(), ui))?;
    ui.note(&format!("wrote {}", opened.workspace.disk.display(path)));
    Ok(Status::Done)
}

fn list(look: &Look, surroundings: &Surroundings, ui: &mut Ui) -> Result<Status, Status> {
    let opened = Opened::new(&look.project, surroundings, ui)?;
    let day = opened.day(look, surroundings, ui)?;
    if look.format.format == Format::Json {
        let all: Vec<Value> = opened.certificates.iter().map(|one| facts(one, day)).collect();
        ui.json(&json!(all));
        return Ok(Status::Done);
    }
    rows(&opened.certificates, day).iter().for_each(|row| ui.result(row));
    if opened.certificates.is_empty() {
        ui.note("the register is empty; `probity certificate add` puts something into it");
    }
    Ok(Status::Done)
}

/// A line for each certificate, in columns.
fn rows(certificates: &[Certificate], day: Date) -> Vec<String> {
    let cells = |one: &Certificate| {
        let Standing { status, next, overdue } = one.standing(day);
        let next = match (overdue, next) {
            (Some(due), _) => format!("overdue since {due}"),
            (None, Some(next)) => format!("next {next}"),
            (None, None) => String::new(),
        };
        [one.name.clone(), status.to_string(), one.scheme.clone(), one.kind.words(), next]
    };
    let table: Vec<[String; 5]> = certificates.iter().map(cells).collect();
    let width =
        |column: usize| table.iter().filter_map(|row| row.get(column)).map(|cell| cell.chars().count()).max();
    let widths: Vec<usize> = (0..5).map(|column| width(column).unwrap_or(0)).collect();
    let line = |row: &[String; 5]| {
        let cells = row.iter().zip(&widths).map(|(cell, width)| format!("{cell:width$}"));
        cells.collect::<Vec<_>>().join("  ").trim_end().to_owned()
    };
    table.iter().map(line).collect()
}

/// A certificate for programs.
fn facts(one: &Certificate, day: Date) -> Value {
    let standing = one.standing(day);
    let changes = one.changes.iter().map(|change| {
        json!({"status": change.status.as_str(), "on": change.on.to_string(), "reason": change.reason})
    });
    let documents = one.documents.iter().map(|document| {
        json!({
            "title": document.title,
            "file": document.path.as_ref().map(TreePath::as_str),
            "sha-256": document.digest.as_ref().map(ToString::to_string),
            "baseline": document.is_baseline,
        })
    });
    let (covered, left) = one.controls();
    json!({
        "name": one.name,
        "title": one.title,
        "scheme": one.scheme,
        "kind": one.kind.words(),
        "reference": one.reference,
        "issuer": one.issuer.name,
        "status": standing.status.as_str(),
        "in-force": standing.status.is_in_force(),
        "valid-from": one.from.to_string(),
        "valid-until": one.until.to_string(),
        "bridge-until": one.bridge_until.map(|day| day.to_string()),
        "overdue": standing.overdue.map(|day| day.to_string()),
        "next": standing.next.map(|day| day.to_string()),
        "assessment": one.assessment,
        "scope": one.scope,
        "changes": changes.collect::<Vec<_>>(),
        "documents": documents.collect::<Vec<_>>(),
        "inherited": covered,
        "not-covered": left.iter().map(|inherited| &inherited.control).collect::<Vec<_>>(),
        "file": one.file.as_str(),
    })
}

fn show(name: &str, look: &Look, surroundings: &Surroundings, ui: &mut Ui) -> Result<Status, Status> {
    let opened = Opened::new(&look.project, surroundings, ui)?;
    let day = opened.day(look, surroundings, ui)?;
    let one = opened.named(name, ui)?;
    if look.format.format == Format::Json {
        ui.json(&facts(one, day));
    } else {
        story(one, day).iter().for_each(|line| ui.result(line));
    }
    Ok(Status::Done)
}

fn story(one: &Certificate, day: Date) -> Vec<String> {
    let standing = one.standing(day);
    let mut lines = vec![format!("{}: {}", one.name, one.title), String::new()];
    let mut line = |name: &str, value: &str| lines.push(format!("{name:12} {value}"));
    line("status", &format!("{} on {day}", standing.status));
    line("scheme", &format!("{}, {}", one.scheme, one.kind.words()));
    if let Some(reference) = &one.reference {
        line("reference", reference);
    }
    line("issuer", one.issuer.name.as_deref().unwrap_or(&one.issuer.uuid));
    line("term", &format!("{} to {}", one.from, one.until));
    if let Some(bridge) = one.bridge_until {
        line("bridge", &format!("to {bridge}"));
    }
    if let Some(assessment) = &one.assessment {
        let scope = one.scope.len();
        let of = match scope {
            0 => "all controls".to_owned(),
            1 => "1 control".to_owned(),
            _ => format!("{scope} controls"),
        };
        line("assessment", &format!("{assessment}, {of}"));
    }
    for due in &one.surveillance {
        let word = if standing.overdue == Some(*due) { " (overdue)" } else { "" };
        line("surveillance", &format!("by {due}{word}"));
    }
    for change in &one.changes {
        let reason = change.reason.as_ref().map(|reason| format!(": {reason}")).unwrap_or_default();
        line(&change.on.to_string(), &format!("{}{reason}", change.status));
    }
    for document in &one.documents {
        let digest = document.digest.as_ref().map(|digest| format!("  SHA-256 {digest}")).unwrap_or_default();
        line("document", &format!("{}{digest}", document.title));
    }
    let (covered, left) = one.controls();
    for (word, controls) in [
        ("inherited", covered.into_iter().collect::<Vec<_>>()),
        ("not covered", left.iter().map(|inherited| inherited.control.as_str()).collect()),
    ] {
        if !controls.is_empty() {
            line(word, &controls.join(", "));
        }
    }
    lines
}

fn check(look: &Look, surroundings: &Surroundings, ui: &mut Ui) -> Result<Status, Status> {
    ui.tell_as(look.format.format);
    let opened = Opened::new(&look.project, surroundings, ui)?;
    let day = opened.day(look, surroundings, ui)?;
    let mut findings = overlaps(&opened.certificates);
    let mut unbuilt = Vec::new();
    for one in &opened.certificates {
        findings.extend(review(one, day));
        findings.extend(altered(opened.tree(), one));
        if !one.is_kept(day) {
            continue;
        }
        match settle(
            register::built_risk(opened.tree(), opened.workspace.disk.as_ref(), one),
            opened.tree(),
            ui,
        )? {
            Some(Risk::Unbuilt) => {
                unbuilt.extend(one.assessment.clone().map(|name| (one.name.clone(), name)));
            }
            Some(risk) => findings.extend(risk.finding(one)),
            None => {}
        }
    }
    ui.findings(&findings, opened.tree());
    for (certificate, assessment) in &unbuilt {
        ui.note(&format!(
            "note: whether `{certificate}` is at risk is not known: run `probity build {assessment}`"
        ));
    }
    if look.format.format == Format::Json {
        let all: Vec<Value> = opened.certificates.iter().map(|one| facts(one, day)).collect();
        ui.outcome(
            json!({"certificates": all, "unbuilt": unbuilt.iter().map(|(name, _)| name).collect::<Vec<_>>()}),
            false,
        );
    } else {
        rows(&opened.certificates, day).iter().for_each(|row| ui.result(row));
    }
    let status = if findings.is_empty() { Status::Done } else { Status::Findings };
    Ok(status.and(if unbuilt.is_empty() { Status::Done } else { Status::Incomplete }))
}
