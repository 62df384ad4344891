use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};
use probity_diagnostics::document;

use crate::commands;
use crate::ui::{Color, FindingsFormat, Format};

/// Compliance as code on OSCAL: from catalogs, profiles and metrics in git to
/// assessment results and reports.
#[derive(Debug, Parser)]
#[command(name = "probity", version, max_term_width = 100, arg_required_else_help = true)]
#[command(after_help = "Exit codes: 0 nothing to object to, 1 findings, 2 could not run, 3 incomplete.\n\
`probity explain PB0001` explains the code of a message.")]
pub struct Cli {
    /// When to use colour.
    #[arg(long, global = true, value_name = "WHEN", default_value = "auto", hide_possible_values = false)]
    pub(crate) color: Color,

    /// Print results and errors only.
    #[arg(short, long, global = true)]
    pub(crate) quiet: bool,

    #[command(subcommand)]
    pub(crate) command: Command,
}

/// The commands, one module each.
#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    Init(commands::init::Args),
    Validate(commands::validate::Args),
    Convert(commands::convert::Args),
    Fmt(commands::fmt::Args),
    Resolve(commands::resolve::Args),
    Compile(commands::compile::Args),
    Discover(commands::discover::Args),
    Assess(commands::assess::Args),
    Scan(commands::scan::Args),
    Build(commands::build::Args),
    Report(commands::report::Args),
    Explain(commands::explain::Args),
    Catalog(commands::catalog::Args),
    Metric(commands::metric::Args),
    Completions(commands::completions::Args),
    Man(commands::man::Args),
}

/// How results are printed.
#[derive(Debug, Clone, Copy, Default, Args)]
pub(crate) struct FormatArg {
    /// How results and findings are printed.
    #[arg(long, value_name = "FORMAT", default_value = "human")]
    pub(crate) format: Format,
}

/// How findings that are the result are printed.
#[derive(Debug, Clone, Copy, Default, Args)]
pub(crate) struct FindingsFormatArg {
    /// How findings are printed.
    #[arg(long, value_name = "FORMAT", default_value = "human")]
    pub(crate) format: FindingsFormat,
}

/// Which project, at which revision.
#[derive(Debug, Clone, Default, Args)]
pub(crate) struct ProjectArgs {
    /// The project folder; left out, the nearest with a `probity.toml`.
    #[arg(short = 'C', long = "project", value_name = "FOLDER")]
    pub(crate) project: Option<PathBuf>,

    /// Read the project's files from a git revision instead of the folder.
    #[arg(long, value_name = "REVISION")]
    pub(crate) rev: Option<String>,
}

/// The instant of judgement.
#[derive(Debug, Clone, Default, Args)]
pub(crate) struct AsOfArg {
    /// Judge evidence as of this instant (RFC 3339); left out, by
    /// `SOURCE_DATE_EPOCH`, then `probity.toml`, then the clock.
    #[arg(long, value_name = "INSTANT")]
    pub(crate) as_of: Option<jiff::Timestamp>,
}

/// The format of a document that is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum DocumentFormat {
    /// JSON.
    Json,
    /// YAML.
    Yaml,
    /// XML.
    Xml,
}

impl From<DocumentFormat> for document::Format {
    fn from(format: DocumentFormat) -> Self {
        match format {
            DocumentFormat::Json => Self::Json,
            DocumentFormat::Yaml => Self::Yaml,
            DocumentFormat::Xml => Self::Xml,
        }
    }
}
