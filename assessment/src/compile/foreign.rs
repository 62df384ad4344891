//! Rules of other tools as checks: which of them an assessment takes, and for which controls.
//!
//! A rule is a check without Rego. It counts for the controls for which a mapping names it by `Rule_Id`, as mappings name metrics;
//! where a framework is named, also for the controls whose ids the tool itself gives for that framework. A rule that a mapping names
//! and no file knows becomes a check all the same: one that nobody ran.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use jiff::Timestamp;
use probity_diagnostics::{Diagnostic, Diagnostics, Location, Sha256Digest, TreePath};
use probity_evidence::Severity;
use probity_evidence::foreign::{Rule, Run};
use probity_oscal::model::catalog::Control;
use uuid::Uuid;

use super::check::{Check, CheckName};
use super::join::{Joined, add_item, report_unknown_control, reviewed};
use super::mapping::Mapping;
use super::metric::{Metric, MetricName};
use super::{Input, ReviewedControl};
use crate::codes;
use crate::props::{markup_line, markup_text};

/// Results of other tools that an assessment takes, and how.
#[derive(Debug, Clone, PartialEq)]
pub struct Import {
    /// The runs, in the order of files.
    pub runs: Vec<ForeignRun>,
    /// Mappings of the catalogs of the assessment that name rules.
    pub mappings: Vec<Mapping>,
    /// The framework whose ids of the tool's own are taken for ids of controls.
    pub framework: Option<String>,
    /// Age of a pass in seconds beyond which it is unknown; none where age does not matter.
    pub max_age: Option<i64>,
    /// What a rule comes to of which the tool lists no result.
    pub silent: Silent,
    /// Which rules become checks.
    pub rules: Rules,
}

/// A run and the file that it stands in.
#[derive(Debug, Clone, PartialEq)]
pub struct ForeignRun {
    /// The file.
    pub file: TreePath,
    /// Its digest.
    pub digest: Sha256Digest,
    /// What it holds.
    pub run: Run,
    /// When the tool ran; none where nobody says.
    pub collected: Option<Timestamp>,
}

/// What a rule comes to that the file lists, without any result.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Silent {
    /// Unknown.
    #[default]
    Unknown,
    /// A pass, where the file says that the tool ran to its end.
    Pass,
}

/// Which rules become checks.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Rules {
    /// Those that count for a control.
    #[default]
    Mapped,
    /// All of them.
    All,
}

/// What a check is that another tool ran.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ForeignRule {
    /// The rule, as the tool calls it.
    pub id: String,
    /// The tool.
    pub tool: String,
    /// Its version; of several the last one.
    pub version: Option<String>,
    /// Where more is written about the rule.
    pub help: Option<String>,
    /// The files with runs of the tool.
    pub files: Vec<TreePath>,
    /// Which of the imports it comes from.
    pub(crate) import: usize,
}

/// Rules by tool and id, with the controls that they count for: positions in the catalog, and items of statements.
type Wanted = BTreeMap<(String, String), Vec<(usize, Option<String>)>>;

/// Puts the rules of all imports to the checks and controls that were joined.
pub(super) fn add(input: &Input<'_>, controls: &[&Control], joined: &mut Joined, findings: &mut Diagnostics) {
    if input.imports.is_empty() {
        return;
    }
    let mut taken: BTreeSet<String> = joined.checks.iter().map(|check| check.name.to_string()).collect();
    let mut added: BTreeMap<usize, Vec<Added>> = BTreeMap::new();
    let mut checks = Vec::new();
    for (at, import) in input.imports.iter().enumerate() {
        let mut wanted = mapped(input, import, controls, findings);
        framed(import, controls, &mut wanted, findings);
        unmapped(import, &mut wanted, findings);
        for ((tool, rule), uses) in wanted {
            let metric = MetricName::of_words([tool.as_str(), rule.as_str()]);
            let name = unique(&metric, &mut taken);
            let mut check = check(at, import, (name, metric), (&tool, &rule));
            for (control, item) in uses {
                check.controls.extend(controls.get(control).map(|control| control.id.clone()));
                let severity = check.metric.severity;
                added.entry(control).or_default().push((check.name.clone(), item, severity));
            }
            check.controls.dedup();
            checks.push(check);
        }
    }
    checks.sort_by(|a, b| a.name.cmp(&b.name));
    joined.checks.extend(checks);
    review(controls, &added, joined);
}

/// The rules that mappings name. A rule that no run knows is one of every tool.
fn mapped(input: &Input<'_>, import: &Import, controls: &[&Control], findings: &mut Diagnostics) -> Wanted {
    let places: BTreeMap<&str, usize> =
        controls.iter().enumerate().map(|(at, control)| (control.id.as_str(), at)).collect();
    let mut wanted = Wanted::new();
    let first = import.runs.first().map(|one| one.run.tool.clone()).unwrap_or_default();
    for mapping in &import.mappings {
        for entry in &mapping.entries {
            report_unknown_control(input, mapping, entry, findings);
            let Some(at) = places.get(entry.control.as_str()) else { continue };
            for named in &entry.metrics {
                let mut tools: BTreeSet<&str> = import.tools_of(&named.metric).collect();
                if tools.is_empty() {
                    tools.insert(&first);
                    findings.push(absent(import, mapping, named));
                }
                for tool in tools {
                    let key = (tool.to_owned(), named.metric.clone());
                    wanted.entry(key).or_default().push((*at, named.statement.clone()));
                }
            }
        }
    }
    wanted
}

fn absent(import: &Import, mapping: &Mapping, named: &super::mapping::Named) -> Diagnostic {
    let files: Vec<&str> = import.runs.iter().map(|one| one.file.as_str()).collect();
    let message = format!("rule `{}` is in none of the imported results, so it is unknown", named.metric);
    let known = import.runs.iter().flat_map(|one| one.run.rules.keys()).map(String::as_str);
    let finding = Diagnostic::warning(&codes::RULE_ABSENT, message)
        .at(Location::value(&mapping.file, &named.at))
        .help(format!("looked for in {}", files.join(", ")));
    match probity_diagnostics::nearest(&named.metric, known) {
        Some(near) => finding.help(format!("did you mean `{near}`?")),
        None => finding,
    }
}

/// The rules that say themselves which requirements of the framework they are about.
fn framed(import: &Import, controls: &[&Control], wanted: &mut Wanted, findings: &mut Diagnostics) {
    let Some(framework) = &import.framework else { return };
    let mut places: BTreeMap<String, usize> = BTreeMap::new();
    for (at, control) in controls.iter().enumerate() {
        let labels = control.props.iter().filter(|prop| prop.name == "label").map(|prop| prop.value.as_str());
        for id in labels.chain([control.id.as_str()]) {
            places.entry(alike(id)).or_insert(at);
        }
    }
    let mut known = BTreeSet::new();
    let mut any = false;
    for one in &import.runs {
        for (id, rule) in &one.run.rules {
            known.extend(rule.frameworks.keys().map(String::as_str));
            let Some(ids) = rule.frameworks.get(framework) else { continue };
            any = true;
            for at in ids.iter().filter_map(|id| places.get(&alike(id))) {
                let uses = wanted.entry((one.run.tool.clone(), id.clone())).or_default();
                if !uses.iter().any(|(known, _)| known == at) {
                    uses.push((*at, None));
                }
            }
        }
    }
    if !any {
        let message = format!("no rule of the imported results is about the framework `{framework}`");
        let known: Vec<&str> = known.into_iter().take(20).collect();
        let finding = Diagnostic::warning(&codes::NO_FRAMEWORK, message);
        let finding = match import.runs.first() {
            Some(first) => finding.at(Location::file(&first.file)),
            None => finding,
        };
        findings.push(if known.is_empty() {
            finding.help("its rules name no framework")
        } else {
            finding.help(format!("its rules name: {}", known.join(", ")))
        });
    }
}

/// An id by its letters and numbers: `ac_2_1`, `AC-02(01)` and `ac-2.1` are alike.
fn alike(id: &str) -> String {
    let parts = id.split(|c: char| !c.is_alphanumeric()).filter(|part| !part.is_empty());
    let parts = parts.map(|part| match part.trim_start_matches('0') {
        "" => "0".to_owned(),
        rest => rest.to_lowercase(),
    });
    parts.collect::<Vec<_>>().join(".")
}

/// Where all rules become checks, those that count for no control; else their number is told.
fn unmapped(import: &Import, wanted: &mut Wanted, findings: &mut Diagnostics) {
    let mut left = BTreeSet::new();
    for one in &import.runs {
        for id in one.run.rules.keys() {
            let key = (one.run.tool.clone(), id.clone());
            if !wanted.contains_key(&key) {
                left.insert(key);
            }
        }
    }
    match import.rules {
        Rules::All => wanted.extend(left.into_iter().map(|key| (key, Vec::new()))),
        Rules::Mapped if left.is_empty() => {}
        Rules::Mapped => {
            let files = import.runs.first().map(|one| Location::file(&one.file));
            let rules = if left.len() == 1 {
                "1 rule counts".to_owned()
            } else {
                format!("{} rules count", left.len())
            };
            let message = format!("{rules} for no control of this assessment");
            let finding = Diagnostic::note(&codes::RULES_UNMAPPED, message);
            findings.push(match files {
                Some(at) => finding.at(at),
                None => finding,
            });
        }
    }
}

impl Import {
    /// The tools of which a run knows the rule.
    fn tools_of<'a>(&'a self, rule: &'a str) -> impl Iterator<Item = &'a str> {
        let knows = self.runs.iter().filter(move |one| one.run.rules.contains_key(rule));
        knows.map(|one| one.run.tool.as_str())
    }
}

/// A name that no check has: that of the metric, with a number behind it where it is taken.
fn unique(metric: &MetricName, taken: &mut BTreeSet<String>) -> CheckName {
    let mut free = metric.to_string();
    let mut number = 2_u32;
    while !taken.insert(free.clone()) {
        free = format!("{metric}--{number}");
        number += 1;
    }
    CheckName::new(free)
}

fn check(at: usize, import: &Import, names: (CheckName, MetricName), (tool, id): (&str, &str)) -> Check {
    let runs = || import.runs.iter().filter(|one| one.run.tool == tool);
    let rule: Rule = runs().find_map(|one| one.run.rules.get(id)).cloned().unwrap_or_default();
    let (name, metric) = names;
    let foreign = ForeignRule {
        id: id.to_owned(),
        tool: tool.to_owned(),
        version: runs().filter_map(|one| one.run.version.clone()).next_back(),
        help: rule.help.clone(),
        files: runs().map(|one| one.file.clone()).collect(),
        import: at,
    };
    Check {
        name,
        metric: Arc::new(self::metric(metric, rule, &foreign, import.max_age)),
        target: None,
        types: BTreeSet::new(),
        controls: Vec::new(),
        rego_line: 1,
        asks_time: false,
        has_results: false,
        reads: BTreeMap::new(),
        foreign: Some(Arc::new(foreign)),
    }
}

/// A rule as a metric. It has no Rego and no resource types: nothing of our own evidence is judged by it.
fn metric(name: MetricName, rule: Rule, foreign: &ForeignRule, max_age: Option<i64>) -> Metric {
    let file = foreign.files.first().cloned().unwrap_or_else(TreePath::root);
    let nothing = || format!("{} has no more to say of its rule {}.", foreign.tool, foreign.id);
    Metric {
        name,
        uuid: Uuid::parse_str(&probity_oscal::uuid5(&["rule", &foreign.tool, &foreign.id]))
            .unwrap_or_default(),
        title: markup_line(&rule.title.unwrap_or_else(|| foreign.id.clone())),
        description: markup_text(&rule.description.unwrap_or_else(nothing)),
        category: IMPORTED.to_owned(),
        resource_types: Vec::new(),
        property: None,
        operator: None,
        target_value: Vec::new(),
        target_class: None,
        severity: rule.severity.unwrap_or(Severity::Moderate),
        max_age,
        file: file.clone(),
        places: BTreeMap::new(),
        rego_file: file,
        rego: Arc::from(""),
    }
}

/// The category of rules of other tools.
const IMPORTED: &str = "imported";

/// A check of a control, the item of its statement that it is about, and its severity.
type Added = (CheckName, Option<String>, Severity);

/// Puts the checks to the controls, which stay in the order of the catalog.
fn review(controls: &[&Control], added: &BTreeMap<usize, Vec<Added>>, joined: &mut Joined) {
    let mut known: BTreeMap<String, ReviewedControl> = std::mem::take(&mut joined.controls)
        .into_iter()
        .map(|control| (control.id.clone(), control))
        .collect();
    for (at, control) in controls.iter().enumerate() {
        let own = known.remove(&control.id);
        let Some(more) = added.get(&at) else {
            joined.controls.extend(own);
            continue;
        };
        let mut reviewed = own.unwrap_or_else(|| reviewed(control));
        for (name, item, severity) in more {
            reviewed.checks.insert(name.clone());
            add_item(&mut reviewed, item.as_deref(), name);
            reviewed.severity = Some(reviewed.severity.map_or(*severity, |known| known.min(*severity)));
        }
        joined.not_evaluated.retain(|id| *id != control.id);
        joined.controls.push(reviewed);
    }
}
