//! Random resources, made from the ontology with a fixed seed: right, absent, missing and mistyped values.

use std::collections::{BTreeMap, BTreeSet};

use jiff::Timestamp;
use probity_evidence::{Ontology, PropertyType, Resource, TypeName};
use serde_json::{Map, Value, json};

use super::content::CONTENT;
use super::oracle::{Case, hold_equal};

/// A small generator of numbers (xorshift64*); tests need no better one.
pub(crate) struct Dice(pub(crate) u64);

impl Dice {
    pub(crate) fn below(&mut self, limit: usize) -> usize {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        let number = self.0.wrapping_mul(0x2545_F491_4F6C_DD1D) >> 33;
        usize::try_from(number).unwrap() % limit.max(1)
    }

    pub(crate) fn one_in(&mut self, sides: usize) -> bool {
        self.below(sides) == 0
    }

    pub(crate) fn pick<'a, T>(&mut self, list: &'a [T]) -> &'a T {
        &list[self.below(list.len())]
    }
}

/// Values that metrics compare with, so that random ones hit both sides.
struct Pool {
    texts: Vec<String>,
    numbers: Vec<i64>,
}

impl Pool {
    fn of_metrics() -> Self {
        let mut texts: BTreeSet<String> =
            [String::new(), "other".into(), "8".into(), "1.2".into(), "1.10".into()].into();
        let mut numbers: BTreeSet<i64> = [-1, 0, 1, 2, 100].into();
        for metric in &CONTENT.metrics {
            texts.extend(metric.target_value.iter().cloned());
            texts.extend(metric.rego.split('"').skip(1).step_by(2).map(str::to_owned));
            numbers.extend(
                metric.rego.split(|c: char| !c.is_ascii_digit()).filter_map(|word| word.parse::<i64>().ok()),
            );
        }
        for check in &CONTENT.compiled.checks {
            let target = check.target.as_ref().and_then(|target| target.value.as_i64());
            numbers.extend(target.into_iter().flat_map(|number| [number - 1, number, number + 1]));
        }
        Self { texts: texts.into_iter().collect(), numbers: numbers.into_iter().collect() }
    }
}

struct Maker<'a> {
    ontology: &'a Ontology,
    pool: Pool,
    dice: Dice,
    /// Ids that references may point to.
    ids: Vec<String>,
}

impl Maker<'_> {
    fn resource(&mut self, id: &str) -> Resource {
        let types: Vec<TypeName> = self
            .ontology
            .resource_types()
            .filter(|(_, definition)| !definition.is_abstract())
            .map(|(name, _)| name.clone())
            .collect();
        let resource_type = self.dice.pick(&types).clone();
        let definition = self.ontology.resource_type(resource_type.as_str()).unwrap();
        let wanted: Vec<(String, PropertyType)> = definition
            .properties()
            .map(|property| (property.name.clone(), property.value_type.clone()))
            .collect();
        Resource {
            id: id.to_owned(),
            name: id.to_owned(),
            properties: self.members(&wanted, 0),
            resource_type,
            collected: "2026-11-01T10:00:00Z".parse::<Timestamp>().unwrap(),
            scope: "random".to_owned(),
            related: Vec::new(),
        }
    }

    fn members(&mut self, wanted: &[(String, PropertyType)], depth: usize) -> Map<String, Value> {
        let mut members = Map::new();
        for (name, kind) in wanted {
            match self.dice.below(20) {
                0..=2 => {}
                3..=4 => drop(members.insert(name.clone(), Value::Null)),
                5 => drop(members.insert(name.clone(), self.anything(depth))),
                _ => drop(members.insert(name.clone(), self.value(kind, depth))),
            }
        }
        members
    }

    fn anything(&mut self, depth: usize) -> Value {
        match self.dice.below(6) {
            0 => json!(self.dice.one_in(2)),
            1 => json!(self.dice.pick(&self.pool.numbers)),
            2 => json!(self.dice.pick(&self.pool.texts)),
            3 => json!([]),
            4 => json!({}),
            _ if depth < 2 => json!([self.anything(depth + 1)]),
            _ => json!(0.5),
        }
    }

    fn value(&mut self, kind: &PropertyType, depth: usize) -> Value {
        match kind {
            PropertyType::Boolean => json!(self.dice.one_in(2)),
            PropertyType::Number if self.dice.one_in(3) => json!(0.5),
            PropertyType::Integer
            | PropertyType::Number
            | PropertyType::Duration
            | PropertyType::Size
            | PropertyType::Percentage
            | PropertyType::Port => json!(self.dice.pick(&self.pool.numbers)),
            PropertyType::Version => json!(*self.dice.pick(&["1.0", "1.2", "1.3", "1.10", "2", "", "v1"])),
            PropertyType::Cidr => json!(*self.dice.pick(&["0.0.0.0/0", "::/0", "10.0.0.0/8"])),
            PropertyType::DateTime => json!("2026-01-01T00:00:00Z"),
            PropertyType::String => json!(self.dice.pick(&self.pool.texts)),
            PropertyType::Reference(_) => json!(self.dice.pick(&self.ids)),
            PropertyType::Labels => json!({ "a": self.dice.pick(&self.pool.texts) }),
            PropertyType::List(element) => {
                let count = self.dice.below(4);
                (0..count).map(|_| self.value(element, depth)).collect()
            }
            PropertyType::Feature(name) => {
                let definition = self.ontology.feature(name.as_str()).unwrap();
                let wanted: Vec<(String, PropertyType)> = definition
                    .properties()
                    .map(|property| (property.name.clone(), property.value_type.clone()))
                    .collect();
                if depth < 4 { Value::Object(self.members(&wanted, depth + 1)) } else { Value::Null }
            }
        }
    }
}

#[test]
fn random_resources_have_one_outcome() {
    const CASES: usize = 10_000;
    let ids: Vec<String> = (0..40).map(|number| format!("related-{number}")).collect();
    let mut references = ids.clone();
    references.push("in no evidence".to_owned());
    let ontology = &CONTENT.ontology;
    let mut maker = Maker { ontology, pool: Pool::of_metrics(), dice: Dice(0x5EED_2026), ids: references };
    let related: Vec<Resource> = ids.iter().map(|id| maker.resource(id)).collect();
    let cases: Vec<Case> = (0..CASES)
        .map(|number| Case {
            resource: maker.resource(&format!("resource-{number}")),
            related: related.clone(),
        })
        .collect();
    let outcomes = hold_equal(&CONTENT.compiled, ontology, &cases);
    let mut counts: BTreeMap<(&str, &str), usize> = BTreeMap::new();
    for (check, outcome) in outcomes.iter().flatten() {
        *counts.entry((check, outcome)).or_default() += 1;
    }
    let checks = &CONTENT.compiled.checks;
    let seen = |check: &str, outcome: &str| counts.contains_key(&(check, outcome));
    let both = checks
        .iter()
        .map(|check| check.name.snake())
        .filter(|check| seen(check, "pass") && seen(check, "fail"));
    let both = both.count();
    assert!(
        both * 10 >= checks.len() * 8,
        "only {both} of {} checks pass and fail somewhere: {counts:#?}",
        checks.len()
    );
}
