//! Small systems to assess, read from YAML.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use jiff::Timestamp;
use probity_assessment::attest::{self, Attestations};
use probity_assessment::compile::{
    Check, CheckName, Compiled, Metric, MetricName, Operator, Procedure, ReviewedControl, Severity,
};
use probity_assessment::verdict::{SourceState, VerdictRecord, Verdicts};
use probity_assessment::waiver::{self, AcceptedRisks};
use probity_diagnostics::document::{self, Format, Limits};
use probity_diagnostics::{Diagnostics, Place, TreePath};
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

/// A value written in YAML.
pub(crate) fn yaml<T: DeserializeOwned>(text: &str) -> T {
    let path = TreePath::parse("test.yaml").unwrap();
    let read = document::parse(text.as_bytes(), &path, Format::Yaml, Limits::default()).unwrap();
    serde_json::from_value(read.value).unwrap()
}

/// `base` changed by a JSON merge patch (RFC 7396).
pub(crate) fn merged(base: &Value, patch: &Value) -> Value {
    let Value::Object(changes) = patch else { return patch.clone() };
    let mut object = base.as_object().cloned().unwrap_or_default();
    for (key, change) in changes {
        if change.is_null() {
            object.shift_remove(key);
        } else {
            let before = object.get(key).cloned().unwrap_or(Value::Null);
            object.insert(key.clone(), merged(&before, change));
        }
    }
    Value::Object(object)
}

/// Findings in one line each: severity, code, place, message.
pub(crate) fn lines(found: &Diagnostics) -> Vec<String> {
    let line = |d: &probity_diagnostics::Diagnostic| {
        let place = match d.primary.as_ref().map(|label| &label.location.place) {
            Some(Place::Value(pointer) | Place::Key(pointer)) => pointer.to_string(),
            _ => String::new(),
        };
        format!("{} {} {place}: {}", d.severity, d.code.id, d.message)
    };
    found.iter().map(line).collect()
}

#[derive(Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
struct Written {
    as_of: Timestamp,
    #[serde(default)]
    metrics: Vec<WrittenMetric>,
    #[serde(default)]
    controls: Vec<WrittenControl>,
    #[serde(default)]
    not_evaluated: Vec<String>,
    #[serde(default)]
    sources: Vec<SourceState>,
    #[serde(default)]
    verdicts: Vec<VerdictRecord>,
    #[serde(default)]
    attestations: Vec<Value>,
    #[serde(default)]
    waivers: Vec<Value>,
}

#[derive(Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
struct WrittenMetric {
    name: String,
    title: String,
    category: String,
    resource_types: Vec<String>,
    property: Option<String>,
    operator: Option<Operator>,
    #[serde(default)]
    target_value: Vec<String>,
    severity: Severity,
    max_age: Option<i64>,
}

#[derive(Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
struct WrittenControl {
    id: String,
    title: String,
    statement: Option<String>,
    #[serde(default)]
    checks: BTreeSet<CheckName>,
    #[serde(default)]
    procedures: Vec<WrittenProcedure>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct WrittenProcedure {
    id: String,
    method: String,
    description: String,
}

/// What an assessment has gathered before it is rolled up.
pub(crate) struct System {
    pub(crate) as_of: Timestamp,
    pub(crate) compiled: Compiled,
    pub(crate) sources: Vec<SourceState>,
    pub(crate) records: Vec<VerdictRecord>,
    pub(crate) attestations: Attestations,
    pub(crate) waivers: AcceptedRisks,
}

impl System {
    /// Reads a system.
    pub(crate) fn read(text: &str) -> Self {
        Self::from_value(yaml(text))
    }

    /// Takes a system as a value.
    pub(crate) fn from_value(value: Value) -> Self {
        let written: Written = serde_json::from_value(value).unwrap();
        let files = written.attestations.iter().zip(0..);
        let attestations = files.map(|(file, n)| {
            let path = TreePath::parse(&format!("attestations/{n}.yaml")).unwrap();
            let model = serde_json::from_value(file["assessment-results"].clone()).unwrap();
            attest::from_document(&model, &path).unwrap().value
        });
        let attestations = Attestations::new(attestations.collect()).unwrap().value;
        let files = written.waivers.iter().zip(0..);
        let waivers = files.map(|(file, n)| {
            let path = TreePath::parse(&format!("risks/{n}.yaml")).unwrap();
            let model = serde_json::from_value(file["plan-of-action-and-milestones"].clone()).unwrap();
            waiver::from_document(&model, &path).unwrap().value
        });
        let waivers = AcceptedRisks::new(waivers.collect()).unwrap().value;
        Self {
            as_of: written.as_of,
            compiled: compiled(&written),
            sources: written.sources,
            records: written.verdicts,
            attestations,
            waivers,
        }
    }

    /// Its verdicts, gathered from `records`.
    pub(crate) fn gather(&self, records: Vec<VerdictRecord>) -> Verdicts {
        let checks = self.compiled.checks.iter().map(|check| check.name.clone());
        Verdicts::from_records("demo", self.as_of, self.sources.clone(), checks, records)
    }

    /// Its verdicts.
    pub(crate) fn verdicts(&self) -> Verdicts {
        self.gather(self.records.clone())
    }
}

fn compiled(written: &Written) -> Compiled {
    let mut checks: Vec<Check> =
        written.metrics.iter().map(|metric| Check::of_metric(Arc::new(metric.metric()))).collect();
    checks.sort_by(|a, b| a.name.cmp(&b.name));
    for check in &mut checks {
        let of = written.controls.iter().filter(|control| control.checks.contains(&check.name));
        check.controls = of.map(|control| control.id.clone()).collect();
    }
    let controls = written.controls.iter().map(WrittenControl::reviewed).collect();
    Compiled::without_code(checks, controls, written.not_evaluated.clone())
}

impl WrittenMetric {
    fn metric(&self) -> Metric {
        let folder = format!("content:metrics/{}/{}", self.category, self.name);
        Metric {
            name: MetricName::parse(&self.name).unwrap(),
            uuid: probity_oscal::uuid5(&["metric", &self.name]).parse().unwrap(),
            title: self.title.clone(),
            description: format!("{}, for tests.", self.title),
            category: self.category.clone(),
            resource_types: self.resource_types.clone(),
            property: self.property.clone(),
            operator: self.operator,
            target_value: self.target_value.clone(),
            target_class: None,
            severity: self.severity,
            max_age: self.max_age,
            file: TreePath::parse(&format!("{folder}/metric.yaml")).unwrap(),
            places: BTreeMap::new(),
            rego_file: TreePath::parse(&format!("{folder}/check.rego")).unwrap(),
            rego: Arc::from("package probity.metrics.test\ncompliant := true\n"),
        }
    }
}

impl WrittenControl {
    fn reviewed(&self) -> ReviewedControl {
        let procedures = self.procedures.iter().map(|procedure| Procedure {
            id: procedure.id.clone(),
            method: procedure.method.clone(),
            description: procedure.description.clone(),
        });
        ReviewedControl {
            id: self.id.clone(),
            title: self.title.clone(),
            statement: self.statement.clone(),
            items: Vec::new(),
            leaves: Vec::new(),
            checks: self.checks.clone(),
            procedures: procedures.collect(),
            severity: None,
        }
    }
}
