//! Taking over what other tools wrote: results of their runs, and metrics.

mod clouditor;
mod results;

use probity_importers::results::Format;

use crate::status::Status;
use crate::surroundings::Surroundings;
use crate::ui::Ui;

/// Take over results, metrics, catalogs and evidence of other tools.
///
/// Results become OSCAL assessment results; metrics, catalogs and evidence
/// of Clouditor become a project.
///
/// The format of results is told by what a file holds: SARIF 2.1.0, OCSF as
/// prowler writes it, XCCDF 1.2 results (also in an ARF), `JUnit` XML, JSON of
/// Trivy, policy reports of Kubernetes, OSCAL assessment results. CSV needs a
/// file that says what its columns are. Where it is not clear, name the format:
/// `probity import sarif FILE`.
///
/// Everything that the files hold becomes one document: an observation for
/// each rule and outcome, a risk for each rule that fails, a finding for each
/// control that a mapping names rules for, and the files with their digests.
/// To have results count in an assessment of a project, name the files in an
/// [[assessment.import]] table of probity.toml.
#[derive(Debug, clap::Args)]
#[command(
    args_conflicts_with_subcommands = true,
    subcommand_negates_reqs = true,
    after_help = "Exit codes: 0 imported, 1 imported with findings, 2 nothing was imported.\n\n\
                  Examples:\n  probity import scan.sarif -o results.json\n  \
                  probity import prowler.ocsf.json --framework CIS-3.0 --profile catalogs/cis.yaml -o results.json\n  \
                  probity import csv review.csv --columns columns.toml --map mappings/review.yaml"
)]
pub(crate) struct Args {
    #[command(subcommand)]
    command: Option<Command>,

    #[command(flatten)]
    results: results::ResultsArgs,
}

#[derive(Debug, clap::Subcommand)]
enum Command {
    Clouditor(clouditor::ClouditorArgs),
    /// Results in SARIF 2.1.0.
    Sarif(results::ResultsArgs),
    /// OCSF findings, as prowler writes them with `-M json-ocsf`.
    Ocsf(results::ResultsArgs),
    /// XCCDF 1.2 test results, also in an ARF.
    Xccdf(results::ResultsArgs),
    /// `JUnit` XML; a test case is a rule.
    Junit(results::ResultsArgs),
    /// JSON of Trivy.
    Trivy(results::ResultsArgs),
    /// Policy reports of Kubernetes (Kyverno, OPA Gatekeeper and others).
    PolicyReport(results::ResultsArgs),
    /// Comma-separated values, by a file that says what their columns are.
    Csv(results::ResultsArgs),
    /// OSCAL assessment results of another tool.
    Oscal(results::ResultsArgs),
}

pub(crate) fn run(args: &Args, surroundings: &Surroundings, ui: &mut Ui) -> Status {
    let (format, args) = match &args.command {
        Some(Command::Clouditor(args)) => {
            return clouditor::import(args, surroundings, ui).unwrap_or_else(|status| status);
        }
        None => (None, &args.results),
        Some(Command::Sarif(args)) => (Some(Format::Sarif), args),
        Some(Command::Ocsf(args)) => (Some(Format::Ocsf), args),
        Some(Command::Xccdf(args)) => (Some(Format::Xccdf), args),
        Some(Command::Junit(args)) => (Some(Format::Junit), args),
        Some(Command::Trivy(args)) => (Some(Format::Trivy), args),
        Some(Command::PolicyReport(args)) => (Some(Format::PolicyReport), args),
        Some(Command::Csv(args)) => (Some(Format::Csv), args),
        Some(Command::Oscal(args)) => (Some(Format::Oscal), args),
    };
    results::import(args, format, surroundings, ui).unwrap_or_else(|status| status)
}
