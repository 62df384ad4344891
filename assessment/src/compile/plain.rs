//! Checks and compilations without Rego: what planning, roll-up and assembly need.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::{Check, CheckName, Compiled, Metric, ReviewedControl, Target, TargetOrigin, TargetSource};

impl Check {
    /// A check as its metric says it, for the types that the metric names; nothing is known of what its Rego reads.
    pub fn of_metric(metric: Arc<Metric>) -> Self {
        let value = metric.target_value.iter().map(|text| serde_json::Value::from(text.as_str())).collect();
        let target = metric.operator.map(|operator| Target {
            operator,
            value,
            written: metric.target_value.clone(),
            sources: BTreeSet::from([TargetSource {
                origin: TargetOrigin::Metric,
                file: metric.file.clone(),
                parameter: None,
            }]),
        });
        Self {
            name: CheckName::new(metric.name.as_str()),
            target,
            types: metric.resource_types.iter().cloned().collect(),
            controls: Vec::new(),
            rego_line: 1,
            asks_time: false,
            has_results: false,
            reads: BTreeMap::new(),
            foreign: None,
            metric,
        }
    }
}

impl Compiled {
    /// Checks and controls without a bundle: enough to plan, to roll up and to assemble, not to judge resources.
    pub fn without_code(
        mut checks: Vec<Check>,
        controls: Vec<ReviewedControl>,
        not_evaluated: Vec<String>,
    ) -> Self {
        checks.sort_by(|a, b| a.name.cmp(&b.name));
        Self {
            checks,
            controls,
            not_evaluated,
            bundle: Vec::new(),
            imports: Vec::new(),
            code: Vec::new(),
            data: serde_json::Value::Null,
            library: Vec::new(),
        }
    }
}
