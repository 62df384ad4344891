//! What a run gathers: resources, what could not be read, and what is known
//! to be complete.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};

use jiff::Timestamp;
use probity_evidence::{Begin, EvidenceWriter, Ontology, Problem, Resource, ServiceState};

use super::call::{Call, Service};
use super::fault::{Cause, Fault};
use super::options::Watch;
use crate::draft::Draft;

/// How many names of resources a problem lists.
const NAMES: usize = 3;

/// How one service was read in one scope.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Read {
    /// The account and region, subscription or cluster.
    pub scope: String,
    /// The service.
    pub service: &'static str,
    /// Whether it yields resources, and does not only find out where to look.
    pub yields: bool,
    /// How much of it was read.
    pub state: ServiceState,
    /// How many resources were written.
    pub resources: usize,
    /// How many calls gave nothing, by why.
    pub faults: BTreeMap<Cause, usize>,
}

/// What a run came to.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Outcome {
    /// Every service that was read, by scope and name.
    pub reads: Vec<Read>,
    /// How many resources there are of each type.
    pub types: BTreeMap<String, usize>,
    /// Everything that could not be read.
    pub problems: Vec<Problem>,
    /// How many resources of an earlier run are gone.
    pub gone: usize,
    /// How many resources of an earlier run could not be looked at again;
    /// they stand in the set as they were observed then.
    pub kept: usize,
    /// How many answers asked to slow down and were waited for.
    pub waited: usize,
    /// Whether any service that yields resources answered.
    pub answered: bool,
}

impl Outcome {
    /// Whether everything was read.
    pub fn is_complete(&self) -> bool {
        self.problems.is_empty() && self.reads.iter().all(|read| read.state == ServiceState::Complete)
    }

    /// Whether nothing at all could be read.
    pub fn is_nothing(&self) -> bool {
        !self.answered
    }
}

/// The failures that are told as one problem.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Group {
    service: &'static str,
    scope: String,
    operation: &'static str,
    fault: Fault,
}

#[derive(Default)]
struct Members {
    count: usize,
    names: Vec<String>,
    permission: &'static str,
    resource_types: BTreeSet<&'static str>,
    properties: BTreeSet<&'static str>,
}

/// Gathers what all services of a run yield. Runs go on in one thread, in
/// which services take turns.
pub struct Gathered<'a> {
    ontology: &'a Ontology,
    collected: Timestamp,
    watch: &'a dyn Watch,
    inner: RefCell<Inner>,
}

struct Inner {
    writer: EvidenceWriter,
    ids: BTreeSet<String>,
    reads: Vec<Read>,
    types: BTreeMap<String, usize>,
    problems: BTreeMap<Group, Members>,
    /// Types that a scope yields, and those that may be missing there.
    yielded: BTreeMap<(String, &'static str), BTreeSet<&'static str>>,
    missing: BTreeSet<(String, &'static str)>,
    asked: BTreeSet<String>,
    waited: usize,
    answered: bool,
}

impl<'a> Gathered<'a> {
    /// Nothing yet. What is gathered was observed at `collected`.
    pub fn new(begin: Begin, ontology: &'a Ontology, collected: Timestamp, watch: &'a dyn Watch) -> Self {
        let inner = Inner {
            writer: EvidenceWriter::new(begin),
            ids: BTreeSet::new(),
            reads: Vec::new(),
            types: BTreeMap::new(),
            problems: BTreeMap::new(),
            yielded: BTreeMap::new(),
            missing: BTreeSet::new(),
            asked: BTreeSet::new(),
            waited: 0,
            answered: false,
        };
        Self { ontology, collected, watch, inner: RefCell::new(inner) }
    }

    /// When all this was observed.
    pub fn collected(&self) -> Timestamp {
        self.collected
    }

    /// Says that the run looks at a scope and at all below it: `account/1`,
    /// or `account/1/eu-central-1` where single regions were asked for.
    pub fn ask(&self, scope: &str) {
        self.inner.borrow_mut().asked.insert(scope.to_owned());
    }

    /// Begins to read a service in a scope.
    pub(crate) fn begin(&self, service: &'static Service, scope: &str) -> Sink<'_, 'a> {
        self.watch.started(scope, service.name);
        let counts = RefCell::default();
        Sink { gathered: self, service, scope: scope.to_owned(), counts }
    }

    /// Notes answers that asked to slow down.
    pub(crate) fn waited(&self, answers: usize) {
        self.inner.borrow_mut().waited += answers;
    }

    /// Joins what was gathered with the set of an earlier run: what is not
    /// there any more is noted as gone, and what could not be looked at again
    /// stays as it was observed then, so that it ages.
    pub fn finish(self, earlier: impl IntoIterator<Item = Resource>) -> (EvidenceWriter, Outcome) {
        let mut inner = self.inner.into_inner();
        let mut outcome = Outcome { waited: inner.waited, answered: inner.answered, ..Outcome::default() };
        for resource in earlier {
            if inner.ids.contains(&resource.id) || !inner.is_asked(&resource.scope) {
                continue;
            }
            if inner.covers(&resource.scope, resource.resource_type.as_str()) {
                outcome.gone += 1;
                inner.writer.gone(probity_evidence::Gone {
                    id: resource.id,
                    resource_type: resource.resource_type,
                    collected: self.collected,
                });
            } else {
                outcome.kept += 1;
                *inner.types.entry(resource.resource_type.to_string()).or_default() += 1;
                inner.writer.resource(&resource);
            }
        }
        for (group, members) in std::mem::take(&mut inner.problems) {
            let problem = members.into_problem(&group);
            inner.writer.problem(problem.clone());
            outcome.problems.push(problem);
        }
        outcome.reads = inner.reads;
        outcome.reads.sort_by(|a, b| (&a.scope, a.service).cmp(&(&b.scope, b.service)));
        outcome.types = inner.types;
        (inner.writer, outcome)
    }
}

impl Inner {
    fn is_asked(&self, scope: &str) -> bool {
        let below =
            |asked: &String| scope.strip_prefix(asked.as_str()).is_some_and(|rest| rest.starts_with('/'));
        self.asked.contains(scope) || self.asked.iter().any(below)
    }

    /// Whether every resource of a type in a scope would have been seen.
    fn covers(&self, scope: &str, resource_type: &str) -> bool {
        let yields = |((of, _), types): (&(String, &str), &BTreeSet<&str>)| {
            of == scope && types.contains(resource_type)
        };
        let is_missing = |(of, kind): &(String, &str)| of == scope && *kind == resource_type;
        self.yielded.iter().any(yields) && !self.missing.iter().any(is_missing)
    }
}

impl Members {
    fn into_problem(self, group: &Group) -> Problem {
        let Members { count, names, permission, resource_types, properties } = self;
        let more = count.saturating_sub(names.len());
        let about = match (names.is_empty(), more) {
            (true, _) => String::new(),
            (false, 0) => format!(" for {}", names.join(", ")),
            (false, _) => format!(" for {count} resources: {} and {more} more", names.join(", ")),
        };
        let is_open = matches!(group.fault.cause, Cause::Refused | Cause::NoCredentials);
        Problem {
            service: group.service.to_owned(),
            message: format!("{} {} in {}{about}", group.operation, group.fault, group.scope),
            permission: (is_open && !permission.is_empty()).then(|| permission.to_owned()),
            resource_types: resource_types.into_iter().map(str::to_owned).collect(),
            properties: properties.into_iter().map(str::to_owned).collect(),
        }
    }
}

#[derive(Default)]
struct Counts {
    resources: usize,
    answered: usize,
    faults: BTreeMap<Cause, usize>,
}

/// Where one service in one scope puts what it yields. When it is dropped, the
/// service counts as read.
pub(crate) struct Sink<'g, 'a> {
    gathered: &'g Gathered<'a>,
    service: &'static Service,
    scope: String,
    counts: RefCell<Counts>,
}

impl Sink<'_, '_> {
    /// The scope, such as `account/123456789012/eu-central-1`.
    pub(crate) fn scope(&self) -> &str {
        &self.scope
    }

    /// When all this is observed; ages are counted to then.
    pub(crate) fn collected(&self) -> Timestamp {
        self.gathered.collected
    }

    /// Seconds from `then` to the time of observation.
    pub(crate) fn age(&self, then: Timestamp) -> i64 {
        self.gathered.collected.as_second() - then.as_second()
    }

    /// Writes a resource.
    pub(crate) fn write(&self, draft: Draft) {
        let resource = draft.into_resource(self.gathered.ontology, self.gathered.collected, &self.scope);
        let mut inner = self.gathered.inner.borrow_mut();
        if inner.ids.insert(resource.id.clone()) {
            *inner.types.entry(resource.resource_type.to_string()).or_default() += 1;
            self.counts.borrow_mut().resources += 1;
        }
        inner.writer.resource(&resource);
    }

    /// The answer to a call, or none, which is noted as a problem. `about`
    /// names the resource that was asked for.
    pub(crate) fn answer<T>(&self, call: &Call, about: Option<&str>, result: Result<T, Fault>) -> Option<T> {
        match result {
            Ok(answer) => {
                self.counts.borrow_mut().answered += 1;
                Some(answer)
            }
            Err(fault) => {
                self.fault(call, about, fault);
                None
            }
        }
    }

    /// Notes that a call, or a part of its answer, gave nothing.
    pub(crate) fn fault(&self, call: &Call, about: Option<&str>, fault: Fault) {
        *self.counts.borrow_mut().faults.entry(fault.cause).or_default() += 1;
        let mut inner = self.gathered.inner.borrow_mut();
        if call.is_listing() {
            let missing = call.resource_types.iter().map(|kind| (self.scope.clone(), *kind));
            inner.missing.extend(missing);
        }
        let group =
            Group { service: self.service.name, scope: self.scope.clone(), operation: call.operation, fault };
        let members = inner.problems.entry(group).or_default();
        members.count += 1;
        members.permission = call.permission;
        members.resource_types.extend(call.resource_types);
        members.properties.extend(call.properties);
        if let Some(name) = about.filter(|_| members.names.len() < NAMES) {
            members.names.push(name.to_owned());
        }
    }

    /// The state of the service as far as it was read.
    fn state(counts: &Counts) -> ServiceState {
        match (counts.faults.is_empty(), counts.answered) {
            (true, _) => ServiceState::Complete,
            (false, 0) => ServiceState::Failed,
            (false, _) => ServiceState::Partial,
        }
    }
}

impl Drop for Sink<'_, '_> {
    fn drop(&mut self) {
        let counts = self.counts.take();
        let read = Read {
            scope: std::mem::take(&mut self.scope),
            service: self.service.name,
            yields: !self.service.resource_types.is_empty(),
            state: Self::state(&counts),
            resources: counts.resources,
            faults: counts.faults,
        };
        {
            let mut inner = self.gathered.inner.borrow_mut();
            inner.writer.service(read.service, read.state, self.service.resource_types);
            let key = (read.scope.clone(), read.service);
            inner.yielded.entry(key).or_default().extend(self.service.resource_types);
            inner.answered |= read.yields && read.state != ServiceState::Failed;
            inner.reads.push(read.clone());
        }
        self.gathered.watch.finished(&read);
    }
}
