use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

use clap::{Args, Parser, Subcommand, ValueEnum};
use probity_diagnostics::{Diagnostic, TreePath, document};
use probity_project::{Access, Map, Prefix};

use crate::commands;
use crate::place;
use crate::ui::{Color, FindingsFormat, Format};

/// Compliance as code on OSCAL: from catalogs, profiles and metrics in git to
/// assessment results and reports.
#[derive(Debug, Parser)]
#[command(name = "probity", version, max_term_width = 100, arg_required_else_help = true)]
#[command(after_help = "Exit codes: 0 nothing to object to, 1 findings, 2 could not run, 3 incomplete,\n\
4 refused by a rule of sharing.\n\
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
    Diff(commands::diff::Args),
    Fmt(commands::fmt::Args),
    Split(commands::split::Args),
    Assemble(commands::assemble::Args),
    Git(commands::git::Args),
    Resolve(commands::resolve::Args),
    Compile(commands::compile::Args),
    Discover(commands::discover::Args),
    Assess(commands::assess::Args),
    Scan(commands::scan::Args),
    Build(commands::build::Args),
    Attest(commands::attest::Args),
    Coverage(commands::coverage::Args),
    Report(commands::report::Args),
    Export(commands::export::Args),
    Poam(commands::poam::Args),
    Ssp(commands::ssp::Args),
    Archive(commands::archive::Args),
    Trend(commands::trend::Args),
    Review(commands::review::Args),
    Explain(commands::explain::Args),
    Log(commands::log::Args),
    Blame(commands::blame::Args),
    Bisect(commands::bisect::Args),
    Catalog(commands::catalog::Args),
    Certificate(commands::certificate::Args),
    Metric(commands::metric::Args),
    Import(commands::import::Args),
    Share(commands::share::Args),
    Test(commands::test::Args),
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

/// What may be read from remote locations.
#[derive(Debug, Clone, Default, Args)]
#[command(next_help_heading = "Remote documents")]
pub(crate) struct RemoteArgs {
    /// Read locations that begin with PREFIX from FOLDER; may be repeated.
    /// The longest prefix counts, and `[[map]]` in `probity.toml` does too.
    #[arg(long, value_name = "PREFIX=FOLDER", value_parser = MapArg::parse)]
    pub(crate) map: Vec<MapArg>,

    /// Fetch imported documents (https) that are neither mapped nor kept.
    /// They are kept below `.probity/`, and `probity.lock` notes their digests.
    #[arg(long)]
    pub(crate) allow_remote: bool,

    /// Fetch imported documents anew, and accept in `probity.lock` what has
    /// changed.
    #[arg(long, requires = "allow_remote")]
    pub(crate) update_lock: bool,

    /// How many documents were fetched.
    #[arg(skip)]
    fetched: Arc<AtomicUsize>,
}

/// A prefix and the folder that stands for it.
#[derive(Debug, Clone)]
pub(crate) struct MapArg {
    prefix: Prefix,
    folder: PathBuf,
    /// Whether a location was looked for in the folder.
    asked: Arc<AtomicBool>,
}

impl MapArg {
    fn parse(text: &str) -> Result<Self, String> {
        let (prefix, folder) = text.split_once('=').ok_or("it takes a prefix, `=` and a folder")?;
        let prefix = Prefix::parse(prefix)?;
        Ok(Self { prefix, folder: PathBuf::from(folder), asked: Arc::default() })
    }

    /// The map, its folder seen from the working folder.
    fn map(&self, folder: &Path) -> Result<Map, Diagnostic> {
        let tree = place::tree(&folder.join(&self.folder), folder).map_err(|error| {
            let message = format!("the map of `{}` cannot be used: {}", self.prefix, error.message);
            Diagnostic { message, ..error }
        })?;
        let map = Map::new(self.prefix.clone(), Arc::new(tree), TreePath::root());
        Ok(map.noting(Arc::clone(&self.asked)))
    }
}

impl RemoteArgs {
    /// What a command that was called in `folder` may read.
    ///
    /// # Errors
    /// The folder of a map cannot be entered.
    pub(crate) fn access(&self, folder: &Path) -> Result<Access, Diagnostic> {
        let maps = self.map.iter().map(|map| map.map(folder)).collect::<Result<_, _>>()?;
        let fetched = Arc::clone(&self.fetched);
        Ok(Access { maps, fetch: self.allow_remote, fetched, update_lock: self.update_lock })
    }

    /// How many documents were fetched.
    pub(crate) fn fetched(&self) -> usize {
        self.fetched.load(Ordering::Relaxed)
    }

    /// The prefixes of maps in which nothing was looked for.
    pub(crate) fn idle(&self) -> impl Iterator<Item = &Prefix> {
        self.map.iter().filter(|map| !map.asked.load(Ordering::Relaxed)).map(|map| &map.prefix)
    }
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
