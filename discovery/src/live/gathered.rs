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
    /// The first of them in their order, so that it does not matter which
    /// answer came first.
    names: BTreeSet<String>,
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
    /// The types that are missing where nobody knows where to look.
    all_types: BTreeSet<&'static str>,
    inner: RefCell<Inner>,
}

struct Inner {
    writer: EvidenceWriter,
    ids: BTreeSet<String>,
    reads: Vec<Read>,
    types: BTreeMap<String, usize>,
    problems: BTreeMap<Group, Members>,
    /// The services that a scope has, those that were read there, and the
    /// types that may be missing.
    offered: BTreeMap<String, Vec<&'static Service>>,
    read: BTreeSet<(String, &'static str)>,
    missing: BTreeSet<(String, &'static str)>,
    asked: BTreeSet<String>,
    alone: BTreeSet<String>,
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
            offered: BTreeMap::new(),
            read: BTreeSet::new(),
            missing: BTreeSet::new(),
            asked: BTreeSet::new(),
            alone: BTreeSet::new(),
            waited: 0,
            answered: false,
        };
        Self { ontology, collected, watch, all_types: BTreeSet::new(), inner: RefCell::new(inner) }
    }

    /// The same for a run over these services: what they yield may be missing
    /// where a call failed that finds out where to look.
    #[must_use]
    pub fn over(mut self, services: impl IntoIterator<Item = &'static Service>) -> Self {
        self.all_types.extend(services.into_iter().flat_map(|service| service.resource_types));
        self
    }

    /// When all this was observed.
    pub fn collected(&self) -> Timestamp {
        self.collected
    }

    /// Says that the run looks at a scope and at all below it.
    pub fn ask(&self, scope: &str) {
        self.inner.borrow_mut().asked.insert(scope.to_owned());
    }

    /// Says that the run looks at a scope, and at nothing below it but what is
    /// asked for by itself.
    pub fn ask_alone(&self, scope: &str) {
        self.inner.borrow_mut().alone.insert(scope.to_owned());
    }

    /// Says which services a scope has, those included that the run does not
    /// read. What of their types was there once and is not seen any more is
    /// gone only where all that yield the type were read.
    pub fn offers(&self, scope: &str, services: impl IntoIterator<Item = &'static Service>) {
        let mut inner = self.inner.borrow_mut();
        inner.offered.entry(scope.to_owned()).or_default().extend(services);
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
            let problem = members.into_problem(&group, &self.all_types);
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
        self.alone.contains(scope) || self.asked.contains(scope) || self.asked.iter().any(below)
    }

    /// Whether every resource of a type in a scope would have been seen: each
    /// service that yields the type there was read, and no listing failed.
    fn covers(&self, scope: &str, resource_type: &str) -> bool {
        let offered = self.offered.get(scope).into_iter().flatten();
        let mut yielding =
            offered.filter(|service| service.resource_types.contains(&resource_type)).peekable();
        let is_missing = |(of, kind): &(String, &str)| of == scope && *kind == resource_type;
        yielding.peek().is_some()
            && yielding.all(|service| self.read.contains(&(scope.to_owned(), service.name)))
            && !self.missing.iter().any(is_missing)
    }
}

impl Members {
    fn into_problem(self, group: &Group, all_types: &BTreeSet<&'static str>) -> Problem {
        let Members { count, names, permission, mut resource_types, properties } = self;
        if resource_types.is_empty() && properties.is_empty() {
            resource_types.clone_from(all_types);
        }
        let more = count.saturating_sub(names.len());
        let names: Vec<String> = names.into_iter().collect();
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

    /// The service that is read.
    pub(crate) fn service(&self) -> &'static Service {
        self.service
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
        members.names.extend(about.map(str::to_owned));
        if members.names.len() > NAMES {
            members.names.pop_last();
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
            inner.read.insert((read.scope.clone(), read.service));
            // a resource that others tell about is no answer
            let asks = !self.service.calls.is_empty();
            inner.answered |= asks && read.yields && read.state != ServiceState::Failed;
            inner.reads.push(read.clone());
        }
        self.gathered.watch.finished(&read);
    }
}

#[cfg(test)]
mod tests {
    use probity_diagnostics::{BundledTree, TreePath};
    use probity_evidence::{Begin, EvidenceWriter, Ontology, Resource, ServiceState, TypeName};
    use serde_json::{Map, Value};

    use super::{Gathered, Outcome};
    use crate::draft::Draft;
    use crate::live::{Call, Cause, Fault, Service, Unwatched};

    const LIST: Call = Call::listing("ListMachines", "vm:List", &["VirtualMachine"]);
    const READ: Call = Call::detail("ReadMachine", "vm:Read", &["VirtualMachine"], &["bootLogging"]);
    const LIST_DISKS: Call = Call::listing("ListDisks", "disk:List", &["BlockStorage"]);
    static MACHINES: Service =
        Service { name: "vm", resource_types: &["VirtualMachine"], calls: &[LIST, READ] };
    static DISKS: Service = Service { name: "disk", resource_types: &["BlockStorage"], calls: &[LIST_DISKS] };

    fn ontology() -> Ontology {
        let tree = BundledTree::new(probity_content::FILES);
        Ontology::load(&tree, &TreePath::parse("content:ontology/ontology.yaml").unwrap()).unwrap().value
    }

    fn begin(ontology: &Ontology) -> Begin {
        Begin::new("test", "1", "test", ontology.uri())
    }

    /// A run that `look` gathers, after one that saw `earlier`: id, type, scope.
    fn run(look: impl FnOnce(&Gathered<'_>), earlier: &[(&str, &str, &str)]) -> (Vec<String>, Outcome) {
        let ontology = ontology();
        let begin = begin(&ontology);
        let now = "2026-11-01T12:00:00Z".parse().unwrap();
        let gathered = Gathered::new(begin, &ontology, now, &Unwatched);
        look(&gathered);
        let earlier = earlier.iter().map(|(id, kind, scope)| Resource {
            id: (*id).to_owned(),
            name: (*id).to_owned(),
            resource_type: TypeName::from(*kind),
            properties: Map::new(),
            collected: "2026-10-01T12:00:00Z".parse().unwrap(),
            scope: (*scope).to_owned(),
            related: Vec::new(),
        });
        let (writer, outcome) = gathered.finish(earlier);
        (lines(writer), outcome)
    }

    /// `kind id collected` of each resource and of what is gone.
    fn lines(writer: EvidenceWriter) -> Vec<String> {
        let mut bytes = Vec::new();
        writer.finish(&mut bytes).unwrap();
        let text = String::from_utf8(bytes).unwrap();
        let records = text.lines().map(|line| serde_json::from_str::<Value>(line).unwrap());
        let told = records.filter(|record| record["kind"] == "resource" || record["kind"] == "gone");
        told.map(|record| {
            let word = |key: &str| record[key].as_str().unwrap().to_owned();
            format!("{} {} {}", word("kind"), word("id"), word("collected").split('T').next().unwrap())
        })
        .collect()
    }

    fn machine(id: &str) -> Draft {
        Draft::new("VirtualMachine", id.to_owned(), id)
    }

    #[test]
    fn what_is_not_there_any_more_is_gone() {
        let (lines, outcome) = run(
            |gathered| {
                gathered.ask("account/1");
                gathered.offers("account/1/a", [&MACHINES, &DISKS]);
                gathered.begin(&MACHINES, "account/1/a").write(machine("m1"));
            },
            &[("m1", "VirtualMachine", "account/1/a"), ("m2", "VirtualMachine", "account/1/a")],
        );
        assert_eq!(lines, ["resource m1 2026-11-01", "gone m2 2026-11-01"]);
        assert_eq!((outcome.gone, outcome.kept, outcome.is_complete()), (1, 0, true));
    }

    #[test]
    fn what_could_not_be_listed_stays_and_ages() {
        let (lines, outcome) = run(
            |gathered| {
                gathered.ask("account/1");
                gathered.offers("account/1/a", [&MACHINES, &DISKS]);
                let sink = gathered.begin(&MACHINES, "account/1/a");
                sink.write(machine("m1"));
                let refused = Err(Fault::with_code(Cause::Refused, "AccessDenied"));
                assert_eq!(sink.answer::<()>(&LIST, None, refused), None);
            },
            &[
                ("m1", "VirtualMachine", "account/1/a"),
                ("m2", "VirtualMachine", "account/1/a"),
                ("m3", "VirtualMachine", "account/1/b"),
                ("d1", "BlockStorage", "account/1/a"),
                ("m4", "VirtualMachine", "account/12/a"),
            ],
        );
        let kept = [
            "resource d1 2026-10-01",
            "resource m1 2026-11-01",
            "resource m2 2026-10-01",
            "resource m3 2026-10-01",
        ];
        assert_eq!(lines, kept);
        assert_eq!((outcome.gone, outcome.kept), (0, 3));
        assert_eq!(outcome.reads[0].state, ServiceState::Failed);
        assert!(outcome.is_nothing());
        let problem = &outcome.problems[0];
        assert_eq!(problem.message, "ListMachines was refused (AccessDenied) in account/1/a");
        assert_eq!(problem.permission.as_deref(), Some("vm:List"));
        assert!(problem.properties.is_empty());
    }

    #[test]
    fn a_type_of_two_services_is_gone_only_where_both_looked() {
        static MORE: Service = Service { name: "fleet", resource_types: &["VirtualMachine"], calls: &[] };
        let earlier = [("m2", "VirtualMachine", "account/1/a")];
        let look = |with_fleet: bool| {
            run(
                |gathered| {
                    gathered.ask("account/1");
                    gathered.offers("account/1/a", [&MACHINES, &MORE]);
                    gathered.begin(&MACHINES, "account/1/a");
                    if with_fleet {
                        gathered.begin(&MORE, "account/1/a");
                    }
                },
                &earlier,
            )
            .0
        };
        assert_eq!(look(true), ["gone m2 2026-11-01"]);
        assert_eq!(look(false), ["resource m2 2026-10-01"]);
    }

    #[test]
    fn where_nobody_knows_where_to_look_everything_may_be_missing() {
        const SIGN_IN: Call = Call::listing("SignIn", "", &[]);
        static SIGN_INS: Service = Service { name: "accounts", resource_types: &[], calls: &[SIGN_IN] };
        let ontology = ontology();
        let begin = begin(&ontology);
        let now = "2026-11-01T12:00:00Z".parse().unwrap();
        let gathered = Gathered::new(begin, &ontology, now, &Unwatched).over([&MACHINES, &DISKS]);
        gathered.begin(&SIGN_INS, "aws").fault(&SIGN_IN, Some("account/2"), Fault::new(Cause::NoCredentials));
        let (_, outcome) = gathered.finish([]);
        assert_eq!(outcome.problems[0].resource_types, ["BlockStorage", "VirtualMachine"]);
        assert!(outcome.is_nothing());
    }

    #[test]
    fn failures_of_one_kind_are_one_problem() {
        let (_, outcome) = run(
            |gathered| {
                let sink = gathered.begin(&MACHINES, "account/1/a");
                sink.answer(&LIST, None, Ok(()));
                for name in ["m1", "m2", "m3", "m4", "m5"] {
                    sink.fault(&READ, Some(name), Fault::new(Cause::TimedOut));
                }
                gathered.begin(&DISKS, "account/1/a");
            },
            &[],
        );
        let messages: Vec<&str> = outcome.problems.iter().map(|problem| problem.message.as_str()).collect();
        let told =
            "ReadMachine was not answered in time in account/1/a for 5 resources: m1, m2, m3 and 2 more";
        assert_eq!(messages, [told]);
        assert_eq!(outcome.problems[0].properties, ["bootLogging"]);
        let states: Vec<_> = outcome.reads.iter().map(|read| (read.service, read.state)).collect();
        assert_eq!(states, [("disk", ServiceState::Complete), ("vm", ServiceState::Partial)]);
        assert!(!outcome.is_complete() && !outcome.is_nothing());
    }
}
