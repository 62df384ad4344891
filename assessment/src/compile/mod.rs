//! From a resolved catalog, metrics and mappings to checks.

mod bind;
mod bundle;
mod check;
mod definition;
mod digest;
mod foreign;
pub mod imported;
mod join;
mod lint;
mod load;
mod mapping;
mod metric;
mod paths;
mod plain;
mod rules;
mod target;
mod units;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use probity_diagnostics::{Diagnostic, Diagnostics, Location, Sha256Digest, Step, TreePath};
use probity_evidence::Ontology;
use probity_oscal::model::catalog::Control;
use probity_oscal::model::implementation::SystemComponent;
use probity_oscal::model::{Catalog, SystemSecurityPlan};

pub use check::{Check, CheckName, Target, TargetOrigin, TargetSource};
pub use foreign::{ForeignRule, ForeignRun, Import, Rules, Silent};
pub use join::{controls, label, reviewed};
pub use lint::lint_metrics;
pub use load::{load_metric, load_metrics};
pub use mapping::{Mapping, load_mappings};
pub use metric::{Metric, MetricName, Operator, TargetClass};
pub(crate) use paths::cut;
pub use probity_evidence::Severity;
pub(crate) use rules::rego_finding;
pub use target::typed as target_value;
pub use units::duration as seconds;

use crate::attest::{Attestations, UNASKED};
use crate::codes;
use crate::identity::Tool;
use crate::rego::parse_hoisted;
use crate::specialise::{CheckCode, Constants};

/// A Rego module that metrics may import, such as the operators.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LibraryModule {
    /// The file.
    pub path: TreePath,
    /// Its text.
    pub text: Arc<str>,
}

/// What a compilation starts from.
#[derive(Debug, Clone)]
pub struct Input<'a> {
    /// The resolved catalog of the assessment's profile.
    pub catalog: &'a Catalog,
    /// Ids of all controls of the catalogs behind the profile; a mapping entry for another one is an error. Empty: only
    /// entries for controls of the resolved catalog are looked at.
    pub known_controls: BTreeSet<String>,
    /// Mappings of those catalogs.
    pub mappings: &'a [Mapping],
    /// All metrics that mappings may name.
    pub metrics: &'a [Metric],
    /// The vocabulary of evidence.
    pub ontology: &'a Ontology,
    /// The operator library.
    pub library: &'a [LibraryModule],
    /// The system security plan and its file.
    pub plan: Option<(&'a SystemSecurityPlan, &'a TreePath)>,
    /// Results of other tools.
    pub imports: &'a [Import],
}

impl<'a> Input<'a> {
    /// Metrics by themselves; `catalog` is an empty one.
    fn of_metrics(
        metrics: &'a [Metric],
        ontology: &'a Ontology,
        library: &'a [LibraryModule],
        catalog: &'a Catalog,
    ) -> Self {
        Self {
            catalog,
            known_controls: BTreeSet::new(),
            mappings: &[],
            metrics,
            ontology,
            library,
            plan: None,
            imports: &[],
        }
    }
}

/// What a compilation gives.
#[derive(Debug, Clone)]
pub struct Compiled {
    /// The checks: those of metrics, then those that other tools ran, each sorted by name.
    pub checks: Vec<Check>,
    /// Controls with at least one check or procedure, in catalog order.
    pub controls: Vec<ReviewedControl>,
    /// Ids of controls with neither metric nor procedure, in catalog order.
    pub not_evaluated: Vec<String>,
    /// The OPA bundle: relative path and bytes, sorted by path.
    pub bundle: Vec<(String, Vec<u8>)>,
    /// The results of other tools.
    pub(crate) imports: Vec<Import>,
    /// The Rego of the checks of metrics, in their order.
    pub(crate) code: Vec<CheckCode>,
    /// The data document of the bundle.
    pub(crate) data: serde_json::Value,
    /// Modules that checks may import: file name and text.
    pub(crate) library: Vec<(String, String)>,
}

impl Compiled {
    /// The check of that name.
    pub fn check(&self, name: &CheckName) -> Option<&Check> {
        let (own, foreign) = self.checks.split_at_checked(self.code.len())?;
        [own, foreign]
            .into_iter()
            .find_map(|checks| checks.get(checks.binary_search_by(|check| check.name.cmp(name)).ok()?))
    }

    /// The tools of which results are imported, as components, sorted by name.
    pub(crate) fn tools(&self) -> Vec<SystemComponent> {
        let tools: BTreeSet<Tool<'_>> = self.checks.iter().filter_map(Check::tool).collect();
        let component = |tool: Tool<'_>| tool.component("A tool of which results were imported.");
        tools.into_iter().map(component).collect()
    }

    /// The checks with a digest of all that their verdicts depend on beside evidence, time and accepted risks: the code with
    /// what it may import, the comparison, the resource types, and how old evidence may be; of a rule of another tool the files
    /// with its results.
    pub fn digests(&self) -> impl Iterator<Item = (&Check, Sha256Digest)> {
        let own =
            self.checks.iter().zip(&self.code).map(|(check, code)| (check, digest::of(self, check, code)));
        let rules = self.checks.iter().filter_map(|check| Some((check, digest::of_rule(self, check)?)));
        own.chain(rules)
    }
}

/// A control that the assessment reviews.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct ReviewedControl {
    /// OSCAL id.
    pub id: String,
    /// Title in the resolved catalog.
    pub title: String,
    /// Id of the part named `statement`; where the control has none, the plan defines an objective.
    pub statement: Option<String>,
    /// Ids of the statement's items that the mappings name, with their checks; empty for most controls.
    pub items: Vec<(String, BTreeSet<CheckName>)>,
    /// All items of the statement that have no items themselves, in order; empty where the statement is one text.
    pub leaves: Vec<StatementItem>,
    /// Checks by which the control is judged.
    pub checks: BTreeSet<CheckName>,
    /// Manual procedures that the mappings ask for.
    pub procedures: Vec<Procedure>,
    /// The worst severity of its checks.
    pub severity: Option<Severity>,
}

/// An item of a control's statement.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StatementItem {
    /// Its id.
    pub id: String,
    /// Ids of the items and the statement that it lies in.
    pub within: Vec<String>,
}

impl StatementItem {
    /// Its id, and those of what it lies in.
    pub fn ids(&self) -> impl Iterator<Item = &String> {
        std::iter::once(&self.id).chain(&self.within)
    }
}

/// A manual procedure: somebody has to look or ask, and attest.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Procedure {
    /// Unique within the control: prop `class` of the mapping, else `attestation`.
    pub id: String,
    /// `EXAMINE` or `INTERVIEW`.
    pub method: String,
    /// What to do, in words.
    pub description: String,
}

impl Compiled {
    /// Has those controls reviewed, too, that no mapping asks anything of but that somebody attests.
    #[must_use]
    pub fn with_attested(mut self, catalog: &Catalog, attestations: &Attestations) -> Self {
        let mut known: BTreeMap<String, ReviewedControl> =
            self.controls.into_iter().map(|control| (control.id.clone(), control)).collect();
        let controls = join::controls(catalog);
        for id in std::mem::take(&mut self.not_evaluated) {
            if let Some(method) = attestations.unasked(&id) {
                let control = attested(&controls, &id, method);
                known.insert(id, control);
            } else {
                self.not_evaluated.push(id);
            }
        }
        self.controls = controls.iter().filter_map(|control| known.remove(&control.id)).collect();
        self
    }
}

/// A control that only an attestation settles.
fn attested(controls: &[&Control], id: &str, method: &str) -> ReviewedControl {
    let control = controls.iter().find(|control| control.id == id);
    let mut reviewed = control.map(|control| join::reviewed(control)).unwrap_or_default();
    reviewed.procedures.push(Procedure {
        id: UNASKED.to_owned(),
        method: method.to_owned(),
        description: "Somebody states whether the requirement is met.".to_owned(),
    });
    reviewed
}

/// Compiles the checks of an assessment.
///
/// # Errors
/// Everything that is wrong with metrics, mappings and parameters, with places. Controls that nothing covers are a warning.
pub fn compile(input: &Input<'_>) -> Step<Compiled> {
    let mut findings = Diagnostics::new();
    let metrics = join::checked_metrics(input, join::Rigour::Errors, &mut findings);
    let joined = join::join(input, &metrics, &mut findings);
    join::report_coverage(&joined, &mut findings);
    let compiled = finish(input, &metrics, joined, &mut findings);
    findings.unless_errors(compiled)
}

/// Compiles every given metric with its own target value, without any catalog: for metric cases and `metric show`.
///
/// # Errors
/// Everything that is wrong with the metrics.
pub fn compile_metrics(metrics: &[Metric], ontology: &Ontology, library: &[LibraryModule]) -> Step<Compiled> {
    let mut findings = Diagnostics::new();
    let catalog = Catalog::default();
    let input = Input::of_metrics(metrics, ontology, library, &catalog);
    let metrics = join::checked_metrics(&input, join::Rigour::Paths, &mut findings);
    let joined = join::alone(&metrics, &input);
    let compiled = finish(&input, &metrics, joined, &mut findings);
    findings.unless_errors(compiled)
}

/// Makes the bundle and the code of the checks; a check without code is an error.
fn finish(
    input: &Input<'_>,
    metrics: &BTreeMap<&str, join::CheckedMetric<'_>>,
    joined: join::Joined,
    findings: &mut Diagnostics,
) -> Compiled {
    let members: Vec<bundle::Member<'_>> = joined
        .checks
        .iter()
        .filter(|check| check.foreign.is_none())
        .filter_map(|check| {
            let module = &metrics.get(check.metric.name.as_str())?.rules.as_ref()?.module;
            Some(bundle::Member { check, module })
        })
        .collect();
    let used: Vec<LibraryModule> =
        input.library.iter().filter(|module| bundle::needs(&members, module)).cloned().collect();
    let library: Vec<LibraryModule> = used.into_iter().chain(bundle::clock(&members)).collect();
    let files = bundle::bundle(&members, &library);
    let data = bundle::data(&members);
    let code = members.iter().filter_map(|member| code(member).map_err(|e| findings.push(e)).ok()).collect();
    let library =
        library.iter().map(|module| (module.path.file_name().to_owned(), module.text.to_string())).collect();
    Compiled {
        checks: joined.checks,
        controls: joined.controls,
        not_evaluated: joined.not_evaluated,
        bundle: files,
        imports: input.imports.to_vec(),
        code,
        data,
        library,
    }
}

fn code(member: &bundle::Member<'_>) -> Result<CheckCode, Diagnostic> {
    let check = member.check;
    let text = bundle::check_module(check, member.module);
    let file = &check.metric.rego_file;
    let module = parse_hoisted(file.as_str(), &text).map_err(|error| {
        let message = format!("the check cannot be made ready for the engine: {}", error.message);
        Diagnostic::error(&codes::REGO_ERROR, message)
            .at(Location::file(file))
            .help("this is a mistake of Probity: please report it with the metric's Rego")
    })?;
    let comparison = check.target.as_ref().map(|target| (target.operator, target.value.clone()));
    Ok(CheckCode { module: Arc::new(module), constants: Constants { snake: check.name.snake(), comparison } })
}
