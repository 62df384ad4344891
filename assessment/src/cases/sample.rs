//! Well-typed resources made from the ontology: the same in every run.

use std::collections::{BTreeMap, BTreeSet};

use jiff::Timestamp;
use probity_diagnostics::Sha256Digest;
use probity_evidence::{Ontology, PropertyType, Resource, TypeName};
use serde_json::{Map, Value, json};

use crate::compile::Check;

/// Features in features that are filled in.
const MAX_DEPTH: usize = 5;
/// Numbers at which something changes.
const NUMBERS: [i64; 8] = [0, 1, 2, 100, 65_535, 86_400, 1 << 53, i64::MAX];

/// A resource with those that it refers to.
#[derive(Debug, Clone, PartialEq)]
pub struct Sample {
    /// The resource.
    pub resource: Resource,
    /// What it refers to.
    pub related: Vec<Resource>,
}

impl Sample {
    /// The sample without the properties and related resources that `wrong` does not need.
    pub(super) fn smallest(mut self, wrong: &mut dyn FnMut(&Self) -> bool) -> Self {
        let names: Vec<String> = self.resource.properties.keys().cloned().collect();
        for name in names {
            let mut smaller = self.clone();
            smaller.resource.properties.shift_remove(&name);
            if wrong(&smaller) {
                self = smaller;
            }
        }
        for index in (0..self.related.len()).rev() {
            let mut smaller = self.clone();
            smaller.related.remove(index);
            if wrong(&smaller) {
                self = smaller;
            }
        }
        self
    }

    /// As it stands in `cases.yaml`, on one line.
    pub(super) fn as_case(&self) -> String {
        let written = |resource: &Resource, with_id: bool| {
            let mut members = Map::new();
            members.insert("type".to_owned(), json!(resource.resource_type));
            if with_id {
                members.insert("id".to_owned(), json!(resource.id));
            }
            members.extend(resource.properties.clone());
            Value::Object(members)
        };
        let related: Vec<Value> = self.related.iter().map(|other| written(other, true)).collect();
        let resource = written(&self.resource, false);
        if related.is_empty() {
            format!("resource: {resource}")
        } else {
            format!("resource: {resource}, related: {}", Value::Array(related))
        }
    }
}

/// Makes resources of the types that a check is for.
#[derive(Debug)]
pub struct Sampler<'a> {
    ontology: &'a Ontology,
    types: Vec<TypeName>,
    texts: Vec<String>,
    numbers: Vec<i64>,
    dice: Dice,
    made: usize,
}

impl<'a> Sampler<'a> {
    /// A sampler whose values hit both sides of what the check compares with.
    pub fn new(ontology: &'a Ontology, check: &Check) -> Self {
        let concrete = ontology
            .resource_types()
            .filter(|(name, definition)| !definition.is_abstract() && check.types.contains(name.as_str()));
        let types = concrete.map(|(name, _)| name.clone()).collect();
        let rego = &check.metric.rego;
        let mut texts: BTreeSet<String> = ["", "other", "ä b", "1.10"].map(str::to_owned).into();
        texts.extend(check.metric.target_value.iter().cloned());
        texts.extend(rego.split('"').skip(1).step_by(2).map(str::to_owned));
        let mut numbers: BTreeSet<i64> = NUMBERS.into();
        let written = rego.split(|c: char| !c.is_ascii_digit()).filter_map(|word| word.parse::<i64>().ok());
        let target = check.target.as_ref().and_then(|target| target.value.as_i64());
        for number in written.chain(target) {
            numbers.extend([number.saturating_sub(1), number, number.saturating_add(1)]);
        }
        let seed = Sha256Digest::of(check.name.as_str().as_bytes());
        let seed = seed.as_bytes().iter().take(8).fold(0, |seed, byte| (seed << 8) | u64::from(*byte));
        Self {
            ontology,
            types,
            texts: texts.into_iter().collect(),
            numbers: numbers.into_iter().collect(),
            dice: Dice(seed | 1),
            made: 0,
        }
    }

    /// The next sample: of each type first one of which nothing was collected, one without anything, one with empty
    /// lists, then any mixture. None where the check is for no type that a resource can have.
    pub fn next_sample(&mut self) -> Option<Sample> {
        let round = self.made.checked_div(self.types.len())?;
        let kind = self.types.get(self.made % self.types.len())?.clone();
        self.made += 1;
        let filling = match round {
            0 => Filling::Nothing,
            1 => Filling::Null,
            2 => Filling::EmptyLists,
            _ => Filling::Any,
        };
        let mut references = BTreeMap::new();
        let resource = self.resource("resource", kind, filling, &mut references);
        let mut beyond = BTreeMap::new();
        let related = references
            .into_iter()
            .map(|(id, kind)| self.resource(&id, kind, Filling::Any, &mut beyond))
            .collect();
        Some(Sample { resource, related })
    }

    fn resource(
        &mut self,
        id: &str,
        resource_type: TypeName,
        filling: Filling,
        references: &mut BTreeMap<String, TypeName>,
    ) -> Resource {
        let mut making = Making { sampler: self, filling, references };
        let definition = making.sampler.ontology.resource_type(resource_type.as_str());
        let properties =
            definition.map(|definition| making.members(&wanted(definition), 0)).unwrap_or_default();
        Resource {
            id: id.to_owned(),
            name: id.to_owned(),
            resource_type,
            properties,
            collected: Timestamp::UNIX_EPOCH,
            scope: "sample".to_owned(),
            related: Vec::new(),
        }
    }
}

/// What becomes of the properties of a resource.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Filling {
    /// None was collected.
    Nothing,
    /// All were looked for and are absent.
    Null,
    /// All have values, and lists are empty.
    EmptyLists,
    /// Each as chance has it.
    Any,
}

fn wanted(definition: &probity_evidence::Definition) -> Vec<(String, PropertyType)> {
    definition.properties().map(|property| (property.name.clone(), property.value_type.clone())).collect()
}

struct Making<'s, 'a> {
    sampler: &'s mut Sampler<'a>,
    filling: Filling,
    references: &'s mut BTreeMap<String, TypeName>,
}

impl Making<'_, '_> {
    fn members(&mut self, wanted: &[(String, PropertyType)], depth: usize) -> Map<String, Value> {
        let mut members = Map::new();
        for (name, kind) in wanted {
            let value = match (self.filling, self.sampler.dice.below(10)) {
                (Filling::Nothing, _) | (Filling::Any, 0..=1) => continue,
                (Filling::Null, _) | (Filling::Any, 2) => Value::Null,
                _ => self.value(kind, depth),
            };
            members.insert(name.clone(), value);
        }
        members
    }

    fn value(&mut self, kind: &PropertyType, depth: usize) -> Value {
        const VERSIONS: [&str; 8] = ["0", "1.0", "1.2", "1.3", "1.10", "2", "1.29.3-eks", "2026.11"];
        const RANGES: [&str; 4] = ["0.0.0.0/0", "::/0", "10.0.0.0/8", "192.0.2.1/32"];
        const INSTANTS: [&str; 3] =
            ["1970-01-01T00:00:00Z", "2026-11-01T10:00:00.5+01:00", "9999-12-30T00:00:00Z"];
        let ontology = self.sampler.ontology;
        match kind {
            PropertyType::Boolean => json!(self.sampler.dice.below(2) == 0),
            PropertyType::Number | PropertyType::Duration if self.sampler.dice.below(4) == 0 => json!(0.5),
            PropertyType::Integer | PropertyType::Size | PropertyType::Number | PropertyType::Duration => {
                json!(self.number())
            }
            PropertyType::Percentage => json!(self.number().min(100)),
            PropertyType::Port => json!(self.number().min(65_535)),
            PropertyType::String => json!(self.text()),
            PropertyType::Version => json!(self.sampler.dice.pick(&VERSIONS)),
            PropertyType::Cidr => json!(self.sampler.dice.pick(&RANGES)),
            PropertyType::DateTime => json!(self.sampler.dice.pick(&INSTANTS)),
            PropertyType::Reference(target) => json!(self.reference(target)),
            PropertyType::Labels if self.filling == Filling::EmptyLists => json!({}),
            PropertyType::Labels => json!({ self.text(): self.text(), "absent": null }),
            PropertyType::List(_) if self.filling == Filling::EmptyLists => json!([]),
            PropertyType::List(element) => {
                let count = self.sampler.dice.below(4);
                (0..count).map(|_| self.value(element, depth)).collect()
            }
            PropertyType::Feature(name) => match ontology.feature(name.as_str()) {
                Some(definition) if depth < MAX_DEPTH => {
                    Value::Object(self.members(&wanted(definition), depth + 1))
                }
                _ => Value::Null,
            },
        }
    }

    fn number(&mut self) -> i64 {
        self.sampler.dice.pick(&self.sampler.numbers).copied().unwrap_or(0).max(0)
    }

    fn text(&mut self) -> String {
        self.sampler.dice.pick(&self.sampler.texts).cloned().unwrap_or_default()
    }

    /// The id of a resource of this type, which is there or not.
    fn reference(&mut self, target: &TypeName) -> String {
        let sampler = &mut *self.sampler;
        let fitting: Vec<&TypeName> = sampler
            .ontology
            .descendants(target.as_str())
            .filter(|name| sampler.ontology.resource_type(name.as_str()).is_some_and(|t| !t.is_abstract()))
            .collect();
        let id = format!("{target}-{}", sampler.dice.below(3));
        if id.ends_with("-0") {
            return id;
        }
        if let Some(kind) = sampler.dice.pick(&fitting) {
            self.references.entry(id.clone()).or_insert_with(|| (*kind).clone());
        }
        id
    }
}

/// A small generator of numbers (xorshift64*): samples need no better one.
#[derive(Debug)]
struct Dice(u64);

impl Dice {
    fn below(&mut self, limit: usize) -> usize {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        let number = self.0.wrapping_mul(0x2545_F491_4F6C_DD1D) >> 33;
        usize::try_from(number).unwrap_or(0) % limit.max(1)
    }

    fn pick<'l, T>(&mut self, list: &'l [T]) -> Option<&'l T> {
        list.get(self.below(list.len()))
    }
}
