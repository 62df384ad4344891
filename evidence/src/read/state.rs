use std::collections::{BTreeMap, BTreeSet, HashMap};

use foldhash::fast::RandomState;
use jiff::Timestamp;
use probity_diagnostics::{Diagnostic, Location, Sha256Digest, TreePath};

use super::{Entry, FileFindings};
use crate::codes;
use crate::ontology::{Ontology, TypeName};
use crate::record::{Begin, End, Problem, Record, Service, ServiceState};

/// What an evidence set says about itself.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct SetState {
    /// Its first record.
    pub begin: Option<Begin>,
    /// How many resources were read without findings.
    pub resources: u64,
    /// How many resources there are of each type.
    pub types: BTreeMap<TypeName, u64>,
    /// Ids of resources that are not there any more.
    pub gone: Vec<String>,
    /// What could not be collected, with its line.
    pub problems: Vec<(u32, Problem)>,
    /// The state of each service.
    pub services: Vec<Service>,
    /// When the oldest resource was observed.
    pub oldest: Option<Timestamp>,
    /// When the newest resource was observed.
    pub newest: Option<Timestamp>,
    /// Whether the set has its `end` record, and that many resources.
    pub whole: bool,
}

impl SetState {
    /// How much was collected: nothing is known to be complete without an
    /// `end`, and a set is as complete as its worst service.
    pub fn completeness(&self) -> ServiceState {
        if !self.whole {
            return ServiceState::Partial;
        }
        match self.services.iter().map(|s| s.state).max() {
            Some(ServiceState::Failed) if self.resources > 0 => ServiceState::Partial,
            Some(state) => state,
            None => ServiceState::Complete,
        }
    }

    /// The services that were not read completely.
    pub fn incomplete_services(&self) -> impl Iterator<Item = &Service> {
        self.services.iter().filter(|s| s.state != ServiceState::Complete)
    }

    /// The resource types that services or problems say are missing or
    /// incomplete, as they are written there.
    pub fn missing_types(&self) -> BTreeSet<&str> {
        let of_services = self.incomplete_services().flat_map(|s| &s.resource_types);
        let of_problems = self.problems.iter().flat_map(|(_, p)| &p.resource_types);
        of_services.chain(of_problems).map(String::as_str).collect()
    }

    /// The resource types of which whole resources may be missing: services
    /// that could not be read yield them, or problems name them without
    /// naming properties.
    pub fn unlisted_types(&self) -> BTreeSet<&str> {
        let failed = self.services.iter().filter(|s| s.state == ServiceState::Failed);
        let of_services = failed.flat_map(|s| &s.resource_types);
        let unlisting = self.problems.iter().filter(|(_, p)| p.properties.is_empty());
        let of_problems = unlisting.flat_map(|(_, p)| &p.resource_types);
        of_services.chain(of_problems).map(String::as_str).collect()
    }

    /// Whether all resources of a type in the scope of the set are known to be
    /// in it: the set is whole, a complete service yields the type (or an
    /// ancestor of it), and none says that it may be missing.
    pub fn covers(&self, ontology: &Ontology, resource_type: &str) -> bool {
        let names = |written: &str| ontology.is_a(resource_type, written);
        let yielded = self.services.iter().flat_map(|s| &s.resource_types).any(|t| names(t));
        self.whole && yielded && !self.missing_types().into_iter().any(names)
    }
}

/// Follows the records of a set, in the order of lines, and finds what is
/// wrong with the set as a whole.
#[derive(Debug)]
pub struct SetTracker<'o> {
    ontology: &'o Ontology,
    file: TreePath,
    state: SetState,
    end: Option<(u32, End)>,
    /// Lines of resources by the first half of the digest of their id.
    lines: HashMap<[u8; 16], u32, RandomState>,
    seen: bool,
    after_end: bool,
}

impl<'o> SetTracker<'o> {
    /// A tracker of the records of `file`.
    pub fn new(ontology: &'o Ontology, file: TreePath) -> Self {
        Self {
            ontology,
            file,
            state: SetState::default(),
            end: None,
            lines: HashMap::default(),
            seen: false,
            after_end: false,
        }
    }

    /// Takes the next record. Whether it belongs to the set: if not, it should
    /// be left out, and `findings` say why.
    pub fn note(&mut self, entry: &Entry, findings: &mut FileFindings) -> bool {
        let first = !std::mem::replace(&mut self.seen, true);
        if self.end.is_some() {
            if !std::mem::replace(&mut self.after_end, true) {
                findings.push(self.error(&codes::SET_FRAME, entry.line, "a record follows the `end` record"));
            }
            return false;
        }
        if first && !matches!(entry.record, Record::Begin(_)) {
            let message = "the set does not begin with a `begin` record";
            let finding = self.error(&codes::SET_FRAME, entry.line, message);
            findings.push(finding.help("an evidence file is one set: keep its lines in their order"));
        }
        let wrong = match &entry.record {
            Record::Begin(begin) => self.begin(begin, entry.line),
            Record::Resource(observed) => self.twice(&observed.resource.id, entry.line),
            _ => None,
        };
        if let Some(finding) = wrong {
            findings.push(finding);
            return false;
        }
        self.count(entry);
        true
    }

    /// Notes a line that could not be read as a record.
    pub fn note_broken(&mut self) {
        self.seen = true;
    }

    fn error(
        &self,
        code: &'static probity_diagnostics::Code,
        line: u32,
        message: impl Into<String>,
    ) -> Diagnostic {
        Diagnostic::error(code, message).at(Location::line(&self.file, line))
    }

    fn begin(&mut self, begin: &Begin, line: u32) -> Option<Diagnostic> {
        if self.state.begin.is_some() {
            let finding = self.error(&codes::SET_FRAME, line, "a second `begin` record");
            return Some(finding.help("keep one set per file"));
        }
        self.state.begin = Some(begin.clone());
        if self.ontology.is_named(&begin.ontology) {
            return None;
        }
        let message = format!("the set is written in the words of `{}`", begin.ontology);
        let finding = self.error(&codes::OTHER_ONTOLOGY, line, message);
        Some(finding.help(format!("the ontology in use is `{}`", self.ontology.uri())))
    }

    fn twice(&mut self, id: &str, line: u32) -> Option<Diagnostic> {
        let digest = Sha256Digest::of(id.as_bytes());
        let first = *self.lines.entry(*digest.as_bytes().first_chunk::<16>()?).or_insert(line);
        if first == line {
            return None;
        }
        let finding =
            self.error(&codes::DUPLICATE_RESOURCE, line, format!("the resource `{id}` stands twice"));
        Some(finding.also(Location::line(&self.file, first), "it stands here first"))
    }

    fn count(&mut self, entry: &Entry) {
        match &entry.record {
            Record::Begin(_) => {}
            Record::Resource(observed) => {
                let at = observed.resource.collected;
                self.state.resources += 1;
                *self.state.types.entry(observed.resource.resource_type.clone()).or_default() += 1;
                self.state.oldest = Some(self.state.oldest.map_or(at, |t| t.min(at)));
                self.state.newest = Some(self.state.newest.map_or(at, |t| t.max(at)));
            }
            Record::Gone(gone) => self.state.gone.push(gone.id.clone()),
            Record::Problem(problem) => self.state.problems.push((entry.line, problem.clone())),
            Record::End(end) => {
                self.state.services.clone_from(&end.services);
                self.end = Some((entry.line, end.clone()));
            }
        }
    }

    /// The state of the set, and a warning where it is incomplete (an error
    /// where there is none).
    pub fn finish(mut self) -> (SetState, Option<Diagnostic>) {
        if !self.seen {
            let finding = Diagnostic::error(&codes::SET_FRAME, "the file holds no evidence set");
            return (self.state, Some(finding.at(Location::file(&self.file))));
        }
        let warning = match &self.end {
            None => Some(
                Diagnostic::warning(&codes::SET_INCOMPLETE, "the evidence set has no `end` record")
                    .at(Location::file(&self.file)),
            ),
            Some((line, end)) if end.resources != self.state.resources => {
                let message = format!(
                    "the set should hold {} resources, {} could be read",
                    end.resources, self.state.resources
                );
                Some(
                    Diagnostic::warning(&codes::SET_INCOMPLETE, message)
                        .at(Location::line(&self.file, *line)),
                )
            }
            Some(_) => None,
        };
        self.state.whole = warning.is_none();
        let warning = warning.map(|w| w.help("what is not in the set proves nothing; collect it again"));
        (self.state, warning)
    }
}
