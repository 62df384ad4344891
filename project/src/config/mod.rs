//! `probity.toml`: what a project assesses.
//!
//! The structs below are the file's definition: its JSON schema is made from
//! them, and the reader checks the text against that schema, so that every
//! mistake is reported at once and at its place.

mod archive;
mod carry;
mod check;
mod exports;
mod import;
mod map;
mod marking;
mod platform;
mod reports;
mod suppress;

use probity_diagnostics::document::Limits;
use probity_diagnostics::{Diagnostic, Diagnostics, FileTree, Location, Step, TreePath, nearest};
use schemars::JsonSchema;
use serde::Deserialize;
use serde_json::Value;

use crate::codes;

pub use platform::{Aws, Azure, Cloud, Cluster, unknown_services};
pub use reports::{ReportFormat, ReportLanguage, Reports};

/// The name of the project file.
pub const FILE_NAME: &str = "probity.toml";

/// Where the project file lies, seen from the project folder.
pub fn path() -> TreePath {
    TreePath::parse(FILE_NAME).unwrap_or_else(|_| TreePath::root())
}

/// A Probity project: the system, where its evidence comes from, and what it
/// is assessed against.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Config {
    /// The cloud service under assessment; needed where something is assessed.
    #[serde(default)]
    pub system: System,
    /// Where evidence comes from.
    #[serde(default, rename = "source")]
    pub sources: Vec<Source>,
    /// What is assessed.
    #[serde(default, rename = "assessment")]
    pub assessments: Vec<Assessment>,
    /// The reports of every assessment.
    #[serde(default)]
    pub reports: Reports,
    /// Folders that stand for remote locations.
    #[serde(default, rename = "map")]
    pub maps: Vec<Map>,
    /// How documents are checked.
    #[serde(default)]
    pub validate: Validate,
    /// Findings of `validate` that are accepted, each for a reason.
    #[serde(default, rename = "suppress")]
    pub suppressions: Vec<Suppress>,
    /// When statements of people count.
    #[serde(default)]
    pub attest: Attest,
    /// Whose keys sign commits.
    #[serde(default)]
    pub signing: Signing,
}

/// When statements of people count.
#[derive(Debug, Clone, PartialEq, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Attest {
    /// Whether a statement counts only once somebody other than its author
    /// has approved it.
    #[serde(default)]
    pub four_eyes: bool,
}

/// Whose keys sign commits. Where a file of allowed signers is named,
/// statements and approvals count only where the commits that made them are
/// signed by their authors and approvers.
#[derive(Debug, Clone, PartialEq, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Signing {
    /// The file of allowed signers, as OpenSSH and git have it; a path from
    /// the project folder. It is read from git, never from the folder.
    pub allowed_signers: Option<String>,
    /// The revision that it is read from, such as `origin/main`; the commit
    /// that is looked at if left out.
    pub from: Option<String>,
}

/// The cloud service under assessment.
#[derive(Debug, Clone, PartialEq, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct System {
    /// The name of the system.
    pub name: String,
    /// Its system security plan, an OSCAL file.
    pub ssp: Option<String>,
    /// The register of certificates and attestation reports: files or
    /// patterns. Left out: the files of the project's `certificates/` folder.
    pub certificates: Option<Vec<String>>,
    /// The instant at which evidence is judged (RFC 3339). Left out, it is
    /// the time of the build; fixed for fixtures and examples.
    pub as_of: Option<String>,
    /// The label of the Traffic Light Protocol that results, plans and reports
    /// bear, such as `TLP:AMBER`; none if left out.
    pub marking: Option<String>,
}

/// Where evidence comes from: an evidence set that exists, manifests that are
/// read into one, or a running platform that `discover` looks at.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Source {
    /// The name of the source: lower-case letters, digits and hyphens.
    pub name: String,
    /// The evidence set (JSON lines). Where the source collects, this is
    /// where it writes; `evidence/<name>.jsonl` if left out.
    pub evidence: Option<String>,
    /// Kubernetes manifests to read: files, folders or patterns.
    pub kubernetes: Option<Vec<String>>,
    /// Accounts of Amazon Web Services that `discover` looks at.
    pub aws: Option<Aws>,
    /// Subscriptions of Microsoft Azure that `discover` looks at.
    pub azure: Option<Azure>,
    /// Kubernetes clusters that `discover` looks at.
    pub cluster: Option<Cluster>,
    /// What the source covers, such as a cluster or an account; the name of
    /// the source if left out.
    pub scope: Option<String>,
}

/// One assessment: a profile, the metrics that measure it, and the evidence.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Assessment {
    /// The name of the assessment; its outputs lie in `build/<name>/`.
    pub name: String,
    /// The profile or catalog: a path, or the name of one that comes with
    /// Probity.
    pub profile: String,
    /// The label that its results, plans and reports bear; that of the system
    /// if left out.
    pub marking: Option<String>,
    /// Mappings from controls to metrics: paths, or names of bundled ones.
    /// Left out: every mapping of the project's `mappings/` folder, but for
    /// those that an import names, and the bundled one for the catalog.
    pub mappings: Option<Vec<String>>,
    /// Names of the sources to use; all of them if left out.
    pub sources: Option<Vec<String>>,
    /// Attestations of manual procedures: files or patterns.
    #[serde(default)]
    pub attestations: Vec<String>,
    /// The plan of action and milestones that holds accepted risks.
    pub poam: Option<String>,
    /// The record of the plan of action and milestones that builds continue:
    /// an item for everything that was ever found failing, with its log;
    /// `poam/<name>.yaml` if left out.
    pub poam_record: Option<String>,
    /// Which resources the results list one by one.
    #[serde(default)]
    pub subjects: Subjects,
    /// What lets the assessment pass.
    #[serde(default)]
    pub gate: Gate,
    /// Results of other assessments that mappings between catalogs carry
    /// here.
    #[serde(default)]
    pub carry: Vec<Carry>,
    /// Its reports.
    #[serde(default)]
    pub reports: Reports,
    /// What it is exported for, such as `sarif` or `oscal-1.1.2`; `probity
    /// export --help` lists the targets.
    #[serde(default)]
    pub exports: Vec<String>,
    /// The folder in which `probity archive` keeps results; the report shows
    /// their trend.
    pub archive: Option<String>,
    /// What an audit looks at: the build writes a report on it.
    pub period: Option<AuditPeriod>,
    /// Results of other tools.
    #[serde(default, rename = "import")]
    pub imports: Vec<Import>,
}

/// The days that an audit looks at.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct AuditPeriod {
    /// The first and the last day (UTC, both included), as in
    /// `2026-01-01..2026-06-30`.
    pub days: String,
    /// The longest time without an observation, as in `P7D`; left out, the
    /// `max-age` of each check.
    pub interval: Option<String>,
}

/// Results of another tool that count for controls: a fail always, a pass
/// while it is young enough. What the tool skipped, and a rule that is mapped
/// and has no result, is unknown.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Import {
    /// The files: paths or patterns.
    pub files: Vec<String>,
    /// Their format; left out, it is told by what they hold.
    pub format: Option<ResultsFormat>,
    /// What the columns of CSV files are: a TOML or YAML file.
    pub columns: Option<String>,
    /// Mappings from controls to rules of the tool, by `Rule_Id`.
    #[serde(default)]
    pub mappings: Vec<String>,
    /// The framework whose ids, where the tool gives them itself, are taken
    /// for those of controls, such as `NIST-800-53-Revision-5`.
    pub framework: Option<String>,
    /// How old a pass may be (`P7D`).
    pub max_age: String,
    /// When the tool ran (RFC 3339), for files that do not say.
    pub collected: Option<String>,
    /// What a rule comes to that the file lists without any result.
    #[serde(default)]
    pub silent: SilentRules,
}

/// A format of results of other tools.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum ResultsFormat {
    /// SARIF 2.1.0.
    Sarif,
    /// OCSF, as prowler writes it.
    Ocsf,
    /// XCCDF 1.2 test results, also in an ARF.
    Xccdf,
    /// `JUnit` XML.
    Junit,
    /// JSON of Trivy.
    Trivy,
    /// Policy reports of Kubernetes.
    PolicyReport,
    /// Comma-separated values; needs `columns`.
    Csv,
    /// OSCAL assessment results.
    Oscal,
}

/// What a rule comes to that the file lists without any result.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum SilentRules {
    /// Nobody knows.
    #[default]
    Unknown,
    /// It passes, where the file says that the tool ran to its end: for tools
    /// that list every rule that they run.
    Pass,
}

/// Results of another assessment of the project that hold for the catalog of
/// this one as far as mapping collections say so.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Carry {
    /// The name of the assessment that the results come from.
    pub from: String,
    /// OSCAL mapping collections between the two catalogs, in either
    /// direction: paths, or names of bundled ones.
    pub mappings: Vec<String>,
    /// The lowest confidence at which a map carries results; what the other
    /// assessment found is shown all the same.
    #[serde(default)]
    pub confidence: Confidence,
}

/// How much a map has to be trusted by its authors.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Confidence {
    /// Even where they do not say.
    Any,
    /// At least low.
    Low,
    /// At least medium, or half.
    #[default]
    Medium,
    /// High, or 0.8.
    High,
}

/// Which resources assessment results list one by one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Subjects {
    /// Those that do not pass; passing ones are counted.
    #[default]
    Failing,
    /// Every resource.
    All,
}

/// What lets an assessment pass.
#[derive(Debug, Clone, PartialEq, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Gate {
    /// The lowest severity of a failing control that makes `build`, `assess`
    /// and `scan` exit with 1.
    #[serde(default)]
    pub fail_on: FailOn,
}

/// A severity at which the gate closes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum FailOn {
    /// Any finding.
    #[default]
    Low,
    /// Moderate and worse.
    Moderate,
    /// High and worse.
    High,
    /// Critical only.
    Critical,
    /// Nothing: the results are only reported.
    Never,
}

/// How `validate` checks OSCAL documents.
#[derive(Debug, Clone, PartialEq, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Validate {
    /// Files of constraints (Metaschema) that documents are held to besides
    /// those of OSCAL.
    #[serde(default)]
    pub constraints: Vec<String>,
    /// Whether to check the constraints of OSCAL that are wrong as they were
    /// published, too.
    #[serde(default)]
    pub upstream_defects: bool,
}

/// A folder that stands for remote locations: documents that are imported
/// from there are read from it. Of several maps the one with the longest
/// prefix counts.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Map {
    /// The beginning of the locations: `https://`, a host and whole parts of
    /// a path.
    pub prefix: String,
    /// The folder of the project, or of the bundled content (`content:`), that
    /// holds what follows the prefix.
    pub folder: String,
}

/// Findings of `validate` that do not count, and why.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Suppress {
    /// The rule: the id of a constraint, or a code such as `PB0105`. Files
    /// that cannot be read are not suppressed, nor are mistakes in this file.
    pub rule: String,
    /// The files: a path from the project folder, or a pattern such as
    /// `catalogs/**/*.json`.
    pub path: String,
    /// The value that the findings are about, with all that is inside, as a
    /// JSON pointer in which `*` is any one step; any value if left out.
    pub pointer: Option<String>,
    /// Why the findings are accepted.
    pub reason: String,
    /// The last day on which they are (`2027-01-31`). Afterwards they count
    /// again.
    #[serde(default, deserialize_with = "suppress::day")]
    #[schemars(extend("format" = "date"))]
    pub until: Option<String>,
}

impl Source {
    /// The path of the evidence set, as written or by default.
    pub fn evidence_path(&self) -> String {
        self.evidence.clone().unwrap_or_else(|| format!("evidence/{}.jsonl", self.name))
    }

    /// The scope, as written or by default.
    pub fn scope(&self) -> &str {
        self.scope.as_deref().unwrap_or(&self.name)
    }

    /// Whether the source reads files of the project itself, instead of naming
    /// an evidence set that is there.
    pub fn collects(&self) -> bool {
        self.kubernetes.is_some()
    }
}

/// A configuration with the text it was read from, for places of findings.
#[derive(Debug, Clone)]
pub struct LoadedConfig {
    /// The settings.
    pub config: Config,
    /// The file.
    pub file: TreePath,
    text: String,
}

impl LoadedConfig {
    /// Where a setting stands; `keys` lead to it, list elements by number.
    pub fn place(&self, keys: &[&str]) -> Location {
        match check::span_of(&self.text, keys) {
            Some(span) => Location::span(&self.file, span),
            None => Location::file(&self.file),
        }
    }

    /// The assessment of that name.
    ///
    /// # Errors
    /// There is none; the nearest name is suggested.
    pub fn assessment(&self, name: &str) -> Result<(usize, &Assessment), Diagnostic> {
        let found = self.config.assessments.iter().enumerate().find(|(_, a)| a.name == name);
        found.ok_or_else(|| {
            let names = self.config.assessments.iter().map(|a| a.name.as_str());
            unknown_name("assessment", name, names).at(Location::file(&self.file))
        })
    }
}

/// A finding about a name that nothing has, with what there is.
pub fn unknown_name<'a>(kind: &str, name: &str, known: impl Iterator<Item = &'a str> + Clone) -> Diagnostic {
    let finding = Diagnostic::error(&codes::UNKNOWN_NAME, format!("there is no {kind} `{name}`"));
    if let Some(near) = nearest(name, known.clone()) {
        return finding.help(format!("did you mean `{near}`?"));
    }
    let close: Vec<&str> = known.clone().filter(|known| known.contains(name)).take(20).collect();
    let shown = if close.is_empty() { known.take(20).collect() } else { close };
    if shown.is_empty() { finding } else { finding.help(format!("known: {}", shown.join(", "))) }
}

/// The JSON schema of the project file (draft 2020-12).
pub fn schema() -> Value {
    let settings = schemars::generate::SchemaSettings::draft2020_12().with(|s| s.inline_subschemas = true);
    settings.into_generator().into_root_schema_for::<Config>().to_value()
}

/// Reads and checks a project file.
///
/// # Errors
/// The file cannot be read, does not parse or does not fit its schema; all
/// mistakes at once.
pub fn load(tree: &dyn FileTree, file: &TreePath) -> Step<LoadedConfig> {
    let bytes = tree.read(file, Limits::default().bytes.min(1 << 20)).map_err(Diagnostic::from)?;
    let text = probity_diagnostics::document::text(&bytes, file)?;
    check::against_schema(text, file, &schema())?;
    let config: Config = toml::from_str(text).map_err(|error| syntax(&error, file))?;
    let loaded = LoadedConfig { config, file: file.clone(), text: text.to_owned() };
    let mut findings = names(&loaded);
    findings.extend(map::check(tree, &loaded));
    findings.unless_errors(loaded)
}

fn syntax(error: &toml::de::Error, file: &TreePath) -> Diagnostic {
    let place = error.span().map_or_else(|| Location::file(file), |span| Location::span(file, span));
    let message = error.message().lines().next().unwrap_or_default().to_owned();
    Diagnostic::error(&codes::TOML_SYNTAX, message).at(place)
}

/// Names are usable, unique and known.
fn names(loaded: &LoadedConfig) -> Diagnostics {
    let mut findings = Diagnostics::new();
    let config = &loaded.config;
    let sources: Vec<&str> = config.sources.iter().map(|s| s.name.as_str()).collect();
    let assessments: Vec<&str> = config.assessments.iter().map(|a| a.name.as_str()).collect();
    for (table, list) in [("source", &sources), ("assessment", &assessments)] {
        for (index, name) in list.iter().enumerate() {
            let place = loaded.place(&[table, &index.to_string(), "name"]);
            if !is_name(name) {
                let message = format!("`{name}` cannot name a {table}");
                let help = "use lower-case letters, digits and hyphens, beginning with a letter";
                findings.push(Diagnostic::error(&codes::BAD_NAME, message).at(place.clone()).help(help));
            }
            if list.iter().take(index).any(|earlier| earlier == name) {
                let message = format!("two {table}s are called `{name}`");
                findings.push(Diagnostic::error(&codes::DUPLICATE_NAME, message).at(place));
            }
        }
    }
    for (index, source) in config.sources.iter().enumerate() {
        if TreePath::parse(&source.evidence_path()).is_ok_and(|path| path.is_remote()) {
            let place = loaded.place(&["source", &index.to_string(), "evidence"]);
            let finding = Diagnostic::error(&codes::BAD_VALUE, "evidence is read from files only");
            findings.push(finding.at(place));
        }
    }
    for (index, assessment) in config.assessments.iter().enumerate() {
        for (at, name) in assessment.sources.iter().flatten().enumerate() {
            if !sources.contains(&name.as_str()) {
                let keys = ["assessment", &index.to_string(), "sources", &at.to_string()];
                findings.push(unknown_name("source", name, sources.iter().copied()).at(loaded.place(&keys)));
            }
        }
    }
    if !config.assessments.is_empty() && config.system.name.trim().is_empty() {
        let finding = Diagnostic::error(&codes::MISSING_KEY, "the system that is assessed has no name");
        let place = loaded.place(&["assessment", "0", "name"]);
        findings.push(finding.at(place).help("add a table [system] with a `name`"));
    }
    if let Some(text) = &config.system.as_of
        && let Err(error) = text.parse::<jiff::Timestamp>()
    {
        let message = format!("`{text}` is no instant: {error}");
        let help = "write it as in RFC 3339, for example 2026-11-01T12:00:00Z";
        let place = loaded.place(&["system", "as-of"]);
        findings.push(Diagnostic::error(&codes::BAD_VALUE, message).at(place).help(help));
    }
    if config.signing.from.is_some() && config.signing.allowed_signers.is_none() {
        let finding = Diagnostic::error(&codes::MISSING_KEY, "`allowed-signers` is missing beside `from`");
        findings.push(finding.at(loaded.place(&["signing", "from"])));
    }
    findings.extend(marking::check(loaded));
    findings.extend(archive::check(loaded));
    findings.extend(platform::check(loaded));
    findings.extend(carry::check(loaded));
    findings.extend(exports::check(loaded));
    findings.extend(import::check(loaded));
    findings.extend(suppress::check(loaded));
    findings
}

/// Whether a text can name a source, an assessment or a metric.
pub fn is_name(text: &str) -> bool {
    text.starts_with(|c: char| c.is_ascii_lowercase())
        && text.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-')
        && text.len() <= 100
}
