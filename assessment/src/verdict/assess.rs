//! From evidence to verdicts.
//!
//! Evidence is streamed once. Most resources are judged as they are read; those whose checks look at related resources
//! wait until all files were read, and are judged in a second round over their lines, with the resources that they refer
//! to in memory.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::hash::BuildHasher as _;
use std::io::Read;
use std::sync::{Arc, Mutex, PoisonError};

use foldhash::fast::RandomState;
use jiff::Timestamp;
use probity_diagnostics::{Diagnostic, Diagnostics, FileError, FileTree, Location, TreePath};
use probity_evidence::{
    Entry, FileFindings, LineParser, Lines, Observed, Ontology, Record, Resource, SetState, SetTracker,
    TypeName, codes as evidence_codes,
};
use rayon::iter::{IndexedParallelIterator, IntoParallelIterator, ParallelIterator};
use rayon::{ThreadPool, ThreadPoolBuilder};
use serde_json::Map;

use super::chunk::{Chunk, LIMIT};
use super::judge::{Bench, Case, Verdict};
use super::kinds::{Kind, kinds, wanted_of_related};
use super::known::KnownAnswers;
use super::loose::Gathering;
use super::missing::{Kept, Related, RelatedResources};
use super::record::Outcome;
use super::sources;
use super::store::{Shared, Subject, Verdicts};
use super::waive::Waiver;
use super::worker::Worker;
use crate::codes;
use crate::compile::Compiled;
use crate::specialise::Programs;

/// What an assessment starts from.
pub struct AssessInput<'a> {
    /// Name of the assessment.
    pub assessment: &'a str,
    /// Its checks.
    pub compiled: &'a Compiled,
    /// The vocabulary of the evidence.
    pub ontology: &'a Ontology,
    /// Where evidence files are read from; each is opened up to three times.
    pub tree: &'a dyn FileTree,
    /// The evidence files.
    pub sources: &'a [TreePath],
    /// The instant at which it is judged.
    pub as_of: Timestamp,
    /// Accepted risks.
    pub waivers: &'a [Waiver],
    /// Number of threads; none for as many as there are processors.
    pub threads: Option<usize>,
    /// What the interpreter said before.
    pub known: Option<&'a KnownAnswers>,
    /// Told the number of bytes of evidence that were judged since the last call.
    pub progress: &'a (dyn Fn(u64) + Sync),
}

/// What an assessment gives.
#[derive(Debug, Clone, PartialEq)]
pub struct Assessed {
    /// The verdicts on what could be read.
    pub verdicts: Verdicts,
    /// Errors for files and lines that could not be used, warnings for incomplete sets and checks that failed.
    pub findings: Diagnostics,
    /// What each evidence set says about itself, in the order of the sources; none for a file that cannot be opened.
    pub sets: Vec<Option<SetState>>,
}

/// Judges all resources of the sources. The verdicts are the same for any number of threads.
pub fn assess(input: &AssessInput<'_>) -> Assessed {
    let verdicts = Verdicts::new(input.assessment, input.as_of);
    let sets = Vec::new();
    let programs = match programs(input.compiled) {
        Ok(programs) => programs,
        Err(finding) => return Assessed { verdicts, findings: finding.into(), sets },
    };
    let pool = match ThreadPoolBuilder::new().num_threads(input.threads.unwrap_or(0)).build() {
        Ok(pool) => pool,
        Err(error) => {
            let finding = Diagnostic::error(&codes::CHECK_FAILED, format!("no threads: {error}"));
            return Assessed { verdicts, findings: finding.into(), sets };
        }
    };
    let shop = Shop::new(input, &pool, &programs);
    let mut run = Run {
        input,
        shop: &shop,
        gathering: Gathering::default(),
        waiting: BTreeMap::new(),
        referred: HashSet::new(),
        hashing: RandomState::default(),
        findings: Diagnostics::new(),
        sets,
    };
    run.first_round();
    run.second_round();
    run.finish(verdicts)
}

/// Prepares the programs of the checks.
pub(crate) fn programs(compiled: &Compiled) -> Result<Programs, Diagnostic> {
    Programs::new(&compiled.code, &compiled.library, &compiled.data).map_err(|error| {
        Diagnostic::error(&codes::CHECK_FAILED, format!("the bundle does not load: {}", error.message))
    })
}

/// What became of one line.
enum Line {
    Broken(Vec<Diagnostic>),
    Record(Box<Entry>, Judged),
}

/// What became of the resource on a line, if there is one.
enum Judged {
    /// No check is about it.
    Nothing,
    Verdicts(Vec<Verdict>),
    /// It waits for the resources that it refers to, by their ids.
    Waits(BTreeSet<String>),
}

/// What judges lines, on any thread.
struct Shop<'a> {
    pool: &'a ThreadPool,
    bench: Bench<'a>,
    kinds: BTreeMap<TypeName, Kind>,
    /// One for each thread.
    workers: Vec<Mutex<Worker<'a>>>,
    programs: &'a Programs,
    known: Option<&'a KnownAnswers>,
}

impl<'a> Shop<'a> {
    fn new(input: &AssessInput<'a>, pool: &'a ThreadPool, programs: &'a Programs) -> Self {
        let checks = &input.compiled.checks;
        let bench = Bench { checks, ontology: input.ontology, as_of: input.as_of, waivers: input.waivers };
        let workers =
            (0..pool.current_num_threads()).map(|_| Mutex::new(Worker::new(programs, input.known))).collect();
        Self { pool, bench, kinds: kinds(input.ontology, checks), workers, programs, known: input.known }
    }

    /// Runs `work` on every item, with the worker of the thread it runs on; results in the order of items.
    fn parallel<T: Send, R: Send>(
        &self,
        items: Vec<T>,
        work: impl Fn(T, &mut Worker<'_>) -> R + Sync,
    ) -> Vec<R> {
        let on_thread = |item| {
            let own = rayon::current_thread_index().and_then(|index| self.workers.get(index));
            match own {
                Some(worker) => work(item, &mut worker.lock().unwrap_or_else(PoisonError::into_inner)),
                None => work(item, &mut Worker::new(self.programs, self.known)),
            }
        };
        self.pool.install(|| items.into_par_iter().with_min_len(16).map(on_thread).collect())
    }

    /// Parses a line, and judges its resource where that needs no other one.
    fn line(
        &self,
        parser: &LineParser<'_>,
        number: u32,
        text: Option<&[u8]>,
        worker: &mut Worker<'_>,
    ) -> Line {
        let Some(text) = text else { return Line::Broken(vec![too_long(parser.file(), number)]) };
        let mut entry = match parser.parse(number, text) {
            Ok(entry) => entry,
            Err(findings) => return Line::Broken(findings),
        };
        let judged = match &mut entry.record {
            Record::Resource(observed) => self.first(observed, worker),
            _ => Judged::Nothing,
        };
        Line::Record(Box::new(entry), judged)
    }

    /// Judges a resource whose checks look at no other one. What was judged is dropped here: the thread that made it does
    /// so in less time than another one.
    fn first(&self, observed: &mut Observed, worker: &mut Worker<'_>) -> Judged {
        let Observed { resource, digest } = observed;
        let Some(kind) = self.kinds.get(&resource.resource_type) else { return Judged::Nothing };
        let judged = if kind.needs_related {
            Judged::Waits(kind.refers_to(resource))
        } else {
            let (refers_to, related) = (&BTreeSet::new(), &RelatedResources::new());
            let case = Case { kind, resource, refers_to, related, line: Some(*digest) };
            Judged::Verdicts(self.bench.judge(&case, worker))
        };
        resource.properties = Map::new();
        judged
    }
}

fn too_long(file: &TreePath, line: u32) -> Diagnostic {
    Diagnostic::error(&evidence_codes::LINE_TOO_LONG, format!("the line is longer than {LIMIT} bytes"))
        .at(Location::line(file, line))
}

/// What is done with a resource that is read once more, given its source and line.
type Work<'a, R> = dyn Fn((u32, u32), Resource, &mut Worker<'_>) -> R + Sync + 'a;

/// An evidence file that is read.
struct SourceFile {
    number: u32,
    name: Arc<str>,
    /// What its resources have in common, by type.
    shared: HashMap<Arc<str>, Arc<Shared>>,
}

impl SourceFile {
    fn shared(&mut self, kind: &Kind) -> Arc<Shared> {
        if let Some(known) = self.shared.get(&kind.name) {
            return Arc::clone(known);
        }
        let shared = Arc::new(Shared { kind: kind.name.clone(), source: self.name.clone() });
        self.shared.insert(kind.name.clone(), Arc::clone(&shared));
        shared
    }
}

struct Run<'a> {
    input: &'a AssessInput<'a>,
    shop: &'a Shop<'a>,
    gathering: Gathering,
    /// Subjects that wait for related resources, by source and line.
    waiting: BTreeMap<(u32, u32), u32>,
    /// Hashes of the ids that they refer to. What is taken for one of them by mistake does no harm.
    referred: HashSet<u64>,
    hashing: RandomState,
    findings: Diagnostics,
    sets: Vec<Option<SetState>>,
}

impl Run<'_> {
    fn first_round(&mut self) {
        for (source, path) in (0_u32..).zip(self.input.sources) {
            let state = match self.input.tree.open(path) {
                Ok(reader) => Some(self.read_source(source, path, reader)),
                Err(error) => {
                    self.findings.push(error.into());
                    None
                }
            };
            self.sets.push(state);
        }
    }

    fn read_source(&mut self, source: u32, path: &TreePath, reader: impl Read) -> SetState {
        let parser = LineParser::new(self.input.ontology, path.clone());
        let mut tracker = SetTracker::new(self.input.ontology, path.clone());
        let mut findings = FileFindings::new(path.clone());
        let mut file = SourceFile { number: source, name: Arc::from(path.as_str()), shared: HashMap::new() };
        let mut lines = Lines::new(reader, LIMIT);
        let mut chunk = Chunk::default();
        loop {
            match chunk.fill(&mut lines, &|_| true) {
                Ok(true) => {}
                Ok(false) => break,
                Err(error) => {
                    findings.push(FileError::from_io(path, &error).into());
                    break;
                }
            }
            let shop = self.shop;
            let judge = |(number, text), worker: &mut Worker<'_>| shop.line(&parser, number, text, worker);
            for line in shop.parallel(chunk.lines(), judge) {
                match line {
                    Line::Broken(broken) => {
                        tracker.note_broken();
                        findings.extend(broken);
                    }
                    Line::Record(entry, judged) if tracker.note(&entry, &mut findings) => {
                        self.take(&mut file, *entry, judged);
                    }
                    Line::Record(..) => {}
                }
            }
            (self.input.progress)(chunk.len());
        }
        let (state, incomplete) = tracker.finish();
        findings.extend(incomplete);
        self.findings.extend(findings.into_diagnostics());
        state
    }

    fn take(&mut self, file: &mut SourceFile, entry: Entry, judged: Judged) {
        let observed = match entry.record {
            Record::Resource(observed) => observed,
            Record::Gone(gone) => return self.gathering.gone(gone.id, gone.collected),
            Record::Begin(_) | Record::Problem(_) | Record::End(_) => return,
        };
        let Some(kind) = self.shop.kinds.get(&observed.resource.resource_type) else { return };
        let Observed { resource, digest } = observed;
        let text = (resource.id.as_str(), resource.name.as_str());
        let shared = file.shared(kind);
        let subject = Subject::new(text, shared, entry.line, digest, resource.collected);
        let subject = self.gathering.add(subject, file.number);
        match judged {
            Judged::Nothing => {}
            Judged::Verdicts(verdicts) => self.gathering.judged(subject, verdicts),
            Judged::Waits(refers_to) => {
                self.waiting.insert((file.number, entry.line), subject);
                self.referred.extend(refers_to.iter().map(|id| self.hashing.hash_one(id.as_str())));
            }
        }
    }

    /// Judges the resources that waited, with the resources that they refer to.
    fn second_round(&mut self) {
        let waiting = std::mem::take(&mut self.waiting);
        if waiting.is_empty() {
            return;
        }
        let referred = self.referred();
        let (shop, input) = (self.shop, self.input);
        let judge = |place: (u32, u32), resource: Resource, worker: &mut Worker<'_>| {
            let kind = shop.kinds.get(&resource.resource_type)?;
            let refers_to = kind.refers_to(&resource);
            let known = refers_to.iter().filter_map(|id| Some((id, referred.get(id.as_str())?.restored(id))));
            let words = &mut worker.evaluator.words;
            let related = known.map(|(id, other)| (id.clone(), Related::new(other, input.ontology, words)));
            let related: RelatedResources = related.collect();
            let case =
                Case { kind, resource: &resource, refers_to: &refers_to, related: &related, line: None };
            Some((*waiting.get(&place)?, shop.bench.judge(&case, worker)))
        };
        let gathering = &mut self.gathering;
        again(shop, input, &|place| waiting.contains_key(&place), &judge, &mut |done| {
            done.into_iter().for_each(|(subject, verdicts)| gathering.judged(subject, verdicts));
        });
    }

    /// The resources that others refer to, by id, with the properties that checks read of them.
    fn referred(&mut self) -> BTreeMap<Box<str>, Kept> {
        let referred = std::mem::take(&mut self.referred);
        let is_referred = |subject: &Subject| referred.contains(&self.hashing.hash_one(subject.id()));
        let found = self.gathering.current(is_referred);
        let places: BTreeSet<(u32, u32)> = found.iter().map(|one| (one.source, one.subject.line)).collect();
        let wanted = wanted_of_related(self.shop.bench.checks);
        let keep = |_, resource: Resource, _: &mut Worker<'_>| {
            let id: Box<str> = resource.id.as_str().into();
            (id, Kept::new(resource, wanted.as_ref()))
        };
        let mut known = BTreeMap::new();
        again(self.shop, self.input, &|place| places.contains(&place), &keep, &mut |(id, kept)| {
            known.insert(id, kept);
        });
        known
    }

    fn finish(mut self, verdicts: Verdicts) -> Assessed {
        let states = sources::states(self.input.sources, &self.sets);
        let mend = |source: u32, subject: &Subject, detail: &str| {
            let set = self.sets.get(usize::try_from(source).ok()?)?.as_ref()?;
            sources::with_remedy(set, subject, detail)
        };
        let verdicts = self.gathering.finish(verdicts, &self.input.compiled.checks, states, &mend);
        self.findings.extend(failed_checks(&verdicts));
        Assessed { verdicts, findings: self.findings, sets: self.sets }
    }
}

/// Reads the resources at certain places once more, works on them in parallel, and hands the results out in order.
fn again<R: Send>(
    shop: &Shop<'_>,
    input: &AssessInput<'_>,
    wanted: &(dyn Fn((u32, u32)) -> bool + Sync),
    work: &Work<'_, R>,
    each: &mut dyn FnMut(R),
) {
    for (source, path) in (0_u32..).zip(input.sources) {
        let Ok(reader) = input.tree.open(path) else { continue };
        let parser = LineParser::new(input.ontology, path.clone());
        let mut lines = Lines::new(reader, LIMIT);
        let mut chunk = Chunk::default();
        while chunk.fill(&mut lines, &|line| wanted((source, line))).unwrap_or(false) {
            let on_line = |(number, text): (u32, Option<&[u8]>), worker: &mut Worker<'_>| {
                let resource = parser.resource_again(number, text?)?;
                Some(work((source, number), resource, worker))
            };
            shop.parallel(chunk.lines(), on_line).into_iter().flatten().for_each(&mut *each);
        }
    }
}

/// A warning for each check that failed on resources.
fn failed_checks(verdicts: &Verdicts) -> Diagnostics {
    let mut findings = Diagnostics::new();
    for check in verdicts.checks() {
        let mut failed = verdicts.of_check(check).filter(|verdict| verdict.outcome == Outcome::Error);
        if let Some(first) = failed.next() {
            let message = format!("check `{check}` failed on {} resources", 1 + failed.count());
            let reason = first.detail().reason.unwrap_or_default();
            let finding = Diagnostic::warning(&codes::CHECK_FAILED, message);
            findings.push(finding.help(format!("on `{}`: {reason}", first.subject.id())));
        }
    }
    findings
}
