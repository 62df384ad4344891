use std::collections::BTreeSet;
use std::path::PathBuf;

use clap::ValueEnum;
use jiff::civil::Date;
use probity_diagnostics::{Diagnostic, Diagnostics, Sha256Digest};
use probity_project::register;
use probity_register::{Kind, NewCertificate, Opinion, ReportType, Status as Stage};

use super::{Opened, write};
use crate::args::ProjectArgs;
use crate::commands::{refuse, settle};
use crate::place;
use crate::status::Status;
use crate::surroundings::Surroundings;
use crate::ui::Ui;

#[derive(Debug, clap::Args)]
pub(super) struct Add {
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
    /// Who runs what was examined, where it is a supplier.
    #[arg(long, value_name = "NAME")]
    provider: Option<String>,
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

pub(super) fn add(new: &Add, surroundings: &Surroundings, ui: &mut Ui) -> Result<Status, Status> {
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
        provider: new.provider.as_deref(),
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
        let read = place::of_project(&opened.workspace.root, file, &surroundings.folder)
            .map_err(|finding| finding.help("documents of certificates are kept in the project"));
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
