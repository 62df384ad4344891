//! From evidence to verdicts.
//!
//! Evidence is streamed once. Most resources are judged as they are read; those whose checks look at related resources
//! wait until all files were read, and are judged in a second round over their lines, with the resources that they refer
//! to in memory.

use std::collections::{BTreeMap, BTreeSet};
use std::io::Read;
use std::sync::{Arc, Mutex, PoisonError};

use jiff::Timestamp;
use probity_diagnostics::{Diagnostic, Diagnostics, FileError, FileTree, Location, TreePath};
use probity_evidence::{
    Entry, FileFindings, LineParser, Lines, Observed, Ontology, Record, Resource, SetState, SetTracker,
    TypeName, codes as evidence_codes,
};
use rayon::iter::{IndexedParallelIterator, IntoParallelIterator, ParallelIterator};
use rayon::{ThreadPool, ThreadPoolBuilder};

use super::chunk::{Chunk, LIMIT};
use super::judge::{Bench, Case, Verdict};
use super::kinds::{Kind, kinds};
use super::loose::Gathering;
use super::missing::{Related, RelatedResources};
use super::record::Outcome;
use super::sources;
use super::store::{Subject, Verdicts};
use super::waive::Waiver;
use super::worker::Worker;
use crate::codes;
use crate::compile::Compiled;
use crate::engine::{Input, NONE_RELATED, Words};
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
    Record(Box<Entry>, Option<Vec<Verdict>>),
}

/// What judges lines, on any thread.
struct Shop<'a> {
    pool: &'a ThreadPool,
    bench: Bench<'a>,
    kinds: BTreeMap<TypeName, Kind>,
    /// One for each thread.
    workers: Vec<Mutex<Worker<'a>>>,
    programs: &'a Programs,
}

impl<'a> Shop<'a> {
    fn new(input: &AssessInput<'a>, pool: &'a ThreadPool, programs: &'a Programs) -> Self {
        let checks = &input.compiled.checks;
        let bench = Bench { checks, ontology: input.ontology, as_of: input.as_of, waivers: input.waivers };
        let workers = (0..pool.current_num_threads()).map(|_| Mutex::new(Worker::new(programs))).collect();
        Self { pool, bench, kinds: kinds(input.ontology, checks), workers, programs }
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
                None => work(item, &mut Worker::new(self.programs)),
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
        let entry = match parser.parse(number, text) {
            Ok(entry) => entry,
            Err(findings) => return Line::Broken(findings),
        };
        let verdicts = match &entry.record {
            Record::Resource(observed) => self.alone(observed, worker),
            _ => None,
        };
        Line::Record(Box::new(entry), verdicts)
    }

    /// The verdicts on a resource whose checks look at no other one.
    fn alone(&self, observed: &Observed, worker: &mut Worker<'_>) -> Option<Vec<Verdict>> {
        let kind = self.kinds.get(&observed.resource.resource_type).filter(|kind| !kind.needs_related)?;
        Some(self.judge(kind, &observed.resource, &BTreeSet::new(), &RelatedResources::new(), worker))
    }

    fn judge(
        &self,
        kind: &Kind,
        resource: &Resource,
        refers_to: &BTreeSet<String>,
        related: &RelatedResources,
        worker: &mut Worker<'_>,
    ) -> Vec<Verdict> {
        self.bench.judge(&Case { kind, resource, refers_to, related }, worker)
    }
}

fn too_long(file: &TreePath, line: u32) -> Diagnostic {
    Diagnostic::error(&evidence_codes::LINE_TOO_LONG, format!("the line is longer than {LIMIT} bytes"))
        .at(Location::line(file, line))
}

/// What is done with a resource that is read once more, given its source and line.
type Work<'a, R> = dyn Fn((usize, u32), Observed, &mut Worker<'_>) -> R + Sync + 'a;

/// A subject that waits for related resources.
struct Waiting {
    subject: usize,
    refers_to: BTreeSet<String>,
}

struct Run<'a> {
    input: &'a AssessInput<'a>,
    shop: &'a Shop<'a>,
    gathering: Gathering,
    /// By source and line.
    waiting: BTreeMap<(usize, u32), Waiting>,
    findings: Diagnostics,
    sets: Vec<Option<SetState>>,
}

impl Run<'_> {
    fn first_round(&mut self) {
        for (source, path) in self.input.sources.iter().enumerate() {
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

    fn read_source(&mut self, source: usize, path: &TreePath, reader: impl Read) -> SetState {
        let parser = LineParser::new(self.input.ontology, path.clone());
        let mut tracker = SetTracker::new(self.input.ontology, path.clone());
        let mut findings = FileFindings::new(path.clone());
        let name: Arc<str> = Arc::from(path.as_str());
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
                    Line::Record(entry, verdicts) if tracker.note(&entry, &mut findings) => {
                        self.take(source, &name, *entry, verdicts);
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

    fn take(&mut self, source: usize, name: &Arc<str>, entry: Entry, verdicts: Option<Vec<Verdict>>) {
        let observed = match entry.record {
            Record::Resource(observed) => observed,
            Record::Gone(gone) => return self.gathering.gone(gone.id, gone.collected),
            Record::Begin(_) | Record::Problem(_) | Record::End(_) => return,
        };
        let Some(kind) = self.shop.kinds.get(&observed.resource.resource_type) else { return };
        let refers_to = if verdicts.is_none() { kind.refers_to(&observed.resource) } else { BTreeSet::new() };
        let subject = Subject {
            id: observed.resource.id.into(),
            name: observed.resource.name.into(),
            kind: kind.name.clone(),
            source: name.clone(),
            line: entry.line,
            digest: observed.digest.to_string().into(),
            collected: observed.resource.collected,
        };
        let subject = self.gathering.add(subject, source);
        match verdicts {
            Some(verdicts) => self.gathering.judged(subject, verdicts),
            None => {
                self.waiting.insert((source, entry.line), Waiting { subject, refers_to });
            }
        }
    }

    /// Judges the resources that waited, with the resources that they refer to.
    fn second_round(&mut self) {
        let waiting = std::mem::take(&mut self.waiting);
        if waiting.is_empty() {
            return;
        }
        let referred: BTreeSet<&str> =
            waiting.values().flat_map(|one| &one.refers_to).map(String::as_str).collect();
        let mut places: BTreeSet<(usize, u32)> = BTreeSet::new();
        for index in self.gathering.current() {
            let Some(one) = self.gathering.subjects.get(index) else { continue };
            if referred.contains(&*one.subject.id) {
                places.insert((one.source, one.subject.line));
            }
        }
        let mut related = RelatedResources::new();
        let mut words = Words::default();
        let ontology = self.input.ontology;
        self.again(&|place| places.contains(&place), &|_, observed, _| observed, &mut |_, observed| {
            let names = ontology.type_names(observed.resource.resource_type.as_str()).unwrap_or_default();
            let input = Input::resource(&observed.resource, names, |_| true, NONE_RELATED, &mut words);
            let resource = observed.resource;
            related.insert(resource.id.clone(), Related { resource, input });
        });
        let shop = self.shop;
        let judge = |place: (usize, u32), observed: Observed, worker: &mut Worker<'_>| {
            let one = waiting.get(&place)?;
            let kind = shop.kinds.get(&observed.resource.resource_type)?;
            Some((one.subject, shop.judge(kind, &observed.resource, &one.refers_to, &related, worker)))
        };
        let mut judged = Vec::new();
        self.again(&|place| waiting.contains_key(&place), &judge, &mut |_, done| judged.extend(done));
        for (subject, verdicts) in judged {
            self.gathering.judged(subject, verdicts);
        }
    }

    /// Reads the resources at certain places once more, works on them in parallel, and hands the results out in order.
    fn again<R: Send>(
        &self,
        wanted: &(dyn Fn((usize, u32)) -> bool + Sync),
        work: &Work<'_, R>,
        each: &mut dyn FnMut((usize, u32), R),
    ) {
        for (source, path) in self.input.sources.iter().enumerate() {
            let Ok(reader) = self.input.tree.open(path) else { continue };
            let parser = LineParser::new(self.input.ontology, path.clone());
            let mut lines = Lines::new(reader, LIMIT);
            let mut chunk = Chunk::default();
            while chunk.fill(&mut lines, &|line| wanted((source, line))).unwrap_or(false) {
                let on_line = |(number, text): (u32, Option<&[u8]>), worker: &mut Worker<'_>| {
                    let place = (source, number);
                    match parser.parse(number, text?).ok()?.record {
                        Record::Resource(observed) => Some((place, work(place, observed, worker))),
                        _ => None,
                    }
                };
                for (place, result) in self.shop.parallel(chunk.lines(), on_line).into_iter().flatten() {
                    each(place, result);
                }
            }
        }
    }

    fn finish(mut self, verdicts: Verdicts) -> Assessed {
        let states = sources::states(self.input.sources, &self.sets);
        let mend = |source: usize, subject: &Subject, detail: &str| {
            sources::with_remedy(self.sets.get(source)?.as_ref()?, subject, detail)
        };
        let verdicts = self.gathering.finish(verdicts, &self.input.compiled.checks, states, &mend);
        self.findings.extend(failed_checks(&verdicts));
        Assessed { verdicts, findings: self.findings, sets: self.sets }
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
            findings.push(finding.help(format!("on `{}`: {reason}", first.subject.id)));
        }
    }
    findings
}
