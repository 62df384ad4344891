//! Writing an evidence set.

use std::collections::BTreeMap;
use std::io::{self, Write};

use crate::ontology::TypeName;
use crate::record::{Begin, End, Gone, Problem, Resource, Service, ServiceState};

/// Gathers the records of a set and writes them in their order: `begin`,
/// resources by type and id, `gone`, `problem`, `end`. The same records give
/// the same bytes, whatever the order in which they came.
#[derive(Debug)]
pub struct EvidenceWriter {
    begin: Begin,
    resources: BTreeMap<(TypeName, String), String>,
    gone: BTreeMap<String, Gone>,
    problems: Vec<Problem>,
    services: BTreeMap<String, Service>,
}

impl EvidenceWriter {
    /// A set without resources yet.
    pub fn new(begin: Begin) -> Self {
        Self {
            begin,
            resources: BTreeMap::new(),
            gone: BTreeMap::new(),
            problems: Vec::new(),
            services: BTreeMap::new(),
        }
    }

    /// Adds a resource, with the digest of its line. One of the same type and
    /// id is replaced; then the answer is `false`.
    pub fn resource(&mut self, resource: &Resource) -> bool {
        let key = (resource.resource_type.clone(), resource.id.clone());
        self.resources.insert(key, resource.members().into_line()).is_none()
    }

    /// Notes a resource that is not there any more.
    pub fn gone(&mut self, gone: Gone) {
        self.gone.insert(gone.id.clone(), gone);
    }

    /// Notes something that could not be read.
    pub fn problem(&mut self, problem: Problem) {
        self.problems.push(problem);
    }

    /// Notes the state of a service and the resource types that it yields. Of
    /// two states of one service the worse stays.
    pub fn service(&mut self, name: &str, state: ServiceState, resource_types: &[&str]) {
        let known = self.services.entry(name.to_owned()).or_insert_with(|| Service {
            service: name.to_owned(),
            state,
            resource_types: Vec::new(),
        });
        known.state = known.state.max(state);
        known.resource_types.extend(resource_types.iter().map(|&t| t.to_owned()));
        known.resource_types.sort();
        known.resource_types.dedup();
    }

    /// How many resources there are.
    pub fn len(&self) -> usize {
        self.resources.len()
    }

    /// Whether there are no resources.
    pub fn is_empty(&self) -> bool {
        self.resources.is_empty()
    }

    /// Writes the set.
    ///
    /// # Errors
    /// What `out` returned.
    pub fn finish(self, out: &mut dyn Write) -> io::Result<()> {
        writeln!(out, "{}", self.begin.members().into_line())?;
        for line in self.resources.values() {
            writeln!(out, "{line}")?;
        }
        for gone in self.gone.values() {
            writeln!(out, "{}", gone.members().into_line())?;
        }
        for problem in &self.problems {
            writeln!(out, "{}", problem.members().into_line())?;
        }
        let resources = u64::try_from(self.resources.len()).unwrap_or(u64::MAX);
        let end = End { resources, services: self.services.into_values().collect() };
        writeln!(out, "{}", end.members().into_line())
    }
}
