//! From evidence to verdicts.
//!
//! Evidence is streamed once. Most resources are judged as they are read; those whose checks look at related resources
//! wait until all files were read, and are judged in a second round over their lines, with the resources that they refer
//! to in memory.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::io::Read;
use std::sync::{Arc, Mutex, PoisonError};

use jiff::Timestamp;
use probity_diagnostics::{Diagnostic, Diagnostics, FileError, FileTree, Location, Sha256Digest, TreePath};
use probity_evidence::{
    Entry, FileFindings, LineParser, Lines, Observed, Ontology, Record, Resource, SetState, SetTracker,
    TypeName, codes as evidence_codes,
};
use rayon::iter::{IndexedParallelIterator, IntoParallelIterator, ParallelIterator};
use rayon::{ThreadPool, ThreadPoolBuilder};
use serde_json::Map;

use super::chunk::{Chunk, LIMIT};
use super::foreign;
use super::judge::{Bench, Case, Verdict};
use super::kinds::{Kind, kinds, wanted_of_related};
use super::loose::Gathering;
use super::memory::{self, Before, Half, Recalled, Shelf, Standards, Waited, half};
use super::missing::{Kept, Related, RelatedResources};
use super::record::Outcome;
use super::sources;
use super::store::{Shared, Subject, Verdicts};
use super::waive::Waiver;
use super::worker::Worker;
use crate::codes;
use crate::compile::{CheckName, Compiled};
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
    /// Where what was found of evidence lines is kept between runs.
    pub shelf: Option<&'a dyn Shelf>,
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
    /// About how many resources each check was asked, those left out about which it was known from before.
    pub asked: BTreeMap<CheckName, u64>,
}

impl Assessed {
    fn failed(verdicts: Verdicts, finding: Diagnostic) -> Self {
        Self { verdicts, findings: finding.into(), sets: Vec::new(), asked: BTreeMap::new() }
    }
}

/// Judges all resources of the sources. The verdicts are the same for any number of threads.
pub fn assess(input: &AssessInput<'_>) -> Assessed {
    let verdicts = Verdicts::new(input.assessment, input.as_of);
    let programs = match programs(input.compiled) {
        Ok(programs) => programs,
        Err(finding) => return Assessed::failed(verdicts, finding),
    };
    let pool = match ThreadPoolBuilder::new().num_threads(input.threads.unwrap_or(0)).build() {
        Ok(pool) => pool,
        Err(error) => {
            let finding = Diagnostic::error(&codes::CHECK_FAILED, format!("no threads: {error}"));
            return Assessed::failed(verdicts, finding);
        }
    };
    let AssessInput { compiled, ontology, waivers, as_of, .. } = *input;
    let standards = input.shelf.map(|shelf| Standards::new(shelf, compiled, ontology, waivers, as_of));
    let shop = Shop::new(input, &pool, &programs);
    let mut run = Run {
        input,
        shop: &shop,
        standards: standards.as_ref(),
        gathering: Gathering::default(),
        noted: Noted::default(),
        waiting: BTreeMap::new(),
        findings: Diagnostics::new(),
        sets: Vec::new(),
    };
    run.first_round();
    run.second_round();
    run.keep();
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
    /// It waits for the resources that it refers to.
    Waits(Waited),
}

/// What is noted of subjects to be kept for the next run, by index.
#[derive(Debug, Default)]
pub(super) struct Noted {
    /// Halves of the digests of their lines.
    pub(super) lines: Vec<Half>,
    /// Of those that look at others: halves of the digests of their ids, and the digest over all the lines.
    pub(super) others: BTreeMap<u32, (Box<[Half]>, Half)>,
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
        let resource = &mut observed.resource;
        let Some(kind) = self.kinds.get(&resource.resource_type) else { return Judged::Nothing };
        let judged = if kind.needs_related {
            Judged::Waits(Waited::new(&kind.refers_to(resource)))
        } else {
            Judged::Verdicts(self.alone(kind, resource, worker))
        };
        resource.properties = Map::new();
        judged
    }
}

impl Shop<'_> {
    /// Judges a resource by checks that look at no other one.
    fn alone(&self, kind: &Kind, resource: &Resource, worker: &mut Worker<'_>) -> Vec<Verdict> {
        let (refers_to, related) = (&BTreeSet::new(), &RelatedResources::new());
        self.bench.judge(&Case { kind, resource, refers_to, related }, worker)
    }

    /// A line that was found again: of its checks only those are asked that are not known.
    fn again(
        &self,
        parser: &LineParser<'_>,
        text: Option<&[u8]>,
        recalled: Recalled,
        worker: &mut Worker<'_>,
    ) -> Option<Line> {
        let Recalled { entry, verdicts, missing, others } = recalled;
        let Record::Resource(observed) = &entry.record else { return None };
        let kind = self.kinds.get(&observed.resource.resource_type)?;
        let judged = match others {
            Some((others, over)) => Judged::Waits(Waited { others, found: Some((over, verdicts, missing)) }),
            None if missing.is_empty() => Judged::Verdicts(verdicts),
            None => {
                let resource = parser.resource_again(entry.line, text?)?;
                let kind = worker.only(kind, &missing);
                Judged::Verdicts(merged(verdicts, self.alone(&kind, &resource, worker)))
            }
        };
        Some(Line::Record(Box::new(entry), judged))
    }
}

/// Verdicts of several checks, in the order of checks.
fn merged(mut verdicts: Vec<Verdict>, more: Vec<Verdict>) -> Vec<Verdict> {
    verdicts.extend(more);
    verdicts.sort_by_key(|(check, ..)| *check);
    verdicts
}

fn too_long(file: &TreePath, line: u32) -> Diagnostic {
    Diagnostic::error(&evidence_codes::LINE_TOO_LONG, format!("the line is longer than {LIMIT} bytes"))
        .at(Location::line(file, line))
}

/// A line with its number; no text where it is too long.
type NumberedLine<'a> = (u32, Option<&'a [u8]>);

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
    standards: Option<&'a Standards<'a>>,
    gathering: Gathering,
    noted: Noted,
    /// Subjects that wait for related resources, by source and line.
    waiting: BTreeMap<(u32, u32), (u32, Waited)>,
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
        let checks = self.shop.bench.checks;
        let mut before = self.standards.and_then(|standards| Before::open(standards, path, checks));
        loop {
            match chunk.fill(&mut lines, &|_| true) {
                Ok(true) => {}
                Ok(false) => break,
                Err(error) => {
                    findings.push(FileError::from_io(path, &error).into());
                    break;
                }
            }
            for (line, half) in self.judged(&parser, &chunk, before.as_mut()) {
                match line {
                    Line::Broken(broken) => {
                        tracker.note_broken();
                        findings.extend(broken);
                    }
                    Line::Record(entry, judged) if tracker.note(&entry, &mut findings) => {
                        self.take(&mut file, *entry, half, judged);
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

    /// Judges the lines of a piece, those that were found again by what is known of them. With each line half of the digest of
    /// its bytes, where that is wanted.
    fn judged(
        &self,
        parser: &LineParser<'_>,
        chunk: &Chunk,
        mut before: Option<&mut Before>,
    ) -> Vec<(Line, Half)> {
        let shop = self.shop;
        let wanted = self.standards.is_some();
        let halve = |(number, text): (u32, Option<&'_ [u8]>), _: &mut Worker<'_>| {
            (number, text.map(<[u8]>::len), text.filter(|_| wanted).map_or([0; 16], half))
        };
        let halves = shop.parallel(chunk.lines(), halve);
        let mut recall = |(number, _, line): (u32, Option<usize>, Half)| {
            let mut worker = shop.workers.first()?.lock().unwrap_or_else(PoisonError::into_inner);
            before.as_mut()?.recall(number, &line, &shop.bench, &shop.kinds, &mut worker)
        };
        let found = halves.into_iter().map(|line| (line.2, recall(line)));
        let lines = chunk.lines().into_iter().zip(found).collect();
        let judge = |((number, text), (half, recalled)): (NumberedLine<'_>, (Half, Option<Recalled>)),
                     worker: &mut Worker<'_>| {
            let known = recalled.and_then(|recalled| shop.again(parser, text, recalled, worker));
            (known.unwrap_or_else(|| shop.line(parser, number, text, worker)), half)
        };
        shop.parallel(lines, judge)
    }

    fn take(&mut self, file: &mut SourceFile, entry: Entry, half: Half, judged: Judged) {
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
        if self.standards.is_some() {
            self.noted.lines.push(half);
        }
        match judged {
            Judged::Nothing => {}
            Judged::Verdicts(verdicts) => self.gathering.judged(subject, verdicts),
            Judged::Waits(waited) => {
                self.waiting.insert((file.number, entry.line), (subject, waited));
            }
        }
    }

    /// Judges the resources that waited, with the resources that they refer to.
    fn second_round(&mut self) {
        let mut waiting = std::mem::take(&mut self.waiting);
        self.compare(&mut waiting);
        if waiting.is_empty() {
            return;
        }
        let referred = waiting.values().flat_map(|(_, waited)| &*waited.others).copied().collect();
        let referred = self.referred(&referred);
        let (shop, input) = (self.shop, self.input);
        let judge = |place: (u32, u32), resource: Resource, worker: &mut Worker<'_>| {
            let kind = shop.kinds.get(&resource.resource_type)?;
            let refers_to = kind.refers_to(&resource);
            let known = refers_to.iter().filter_map(|id| Some((id, referred.get(id.as_str())?.restored(id))));
            let words = &mut worker.evaluator.words;
            let related = known.map(|(id, other)| (id.clone(), Related::new(other, input.ontology, words)));
            let related: RelatedResources = related.collect();
            let (subject, waited) = waiting.get(&place)?;
            let known = waited.found.as_ref();
            let some = known.map(|(_, _, missing)| worker.only(kind, missing));
            let kind = some.as_deref().unwrap_or(kind);
            let case = Case { kind, resource: &resource, refers_to: &refers_to, related: &related };
            let verdicts = known.map(|(_, verdicts, _)| verdicts.clone()).unwrap_or_default();
            Some((*subject, merged(verdicts, shop.bench.judge(&case, worker))))
        };
        let gathering = &mut self.gathering;
        again(shop, input, &|place| waiting.contains_key(&place), &judge, &mut |done| {
            done.into_iter().for_each(|(subject, verdicts)| gathering.judged(subject, verdicts));
        });
    }

    /// Takes those of the resources that wait about which everything is known, because neither they nor those that they refer to
    /// changed; and notes what the others rest on.
    fn compare(&mut self, waiting: &mut BTreeMap<(u32, u32), (u32, Waited)>) {
        if self.standards.is_none() || waiting.is_empty() {
            return;
        }
        let referred: HashSet<Half> =
            waiting.values().flat_map(|(_, waited)| &*waited.others).copied().collect();
        let found = self.gathering.current(|subject| referred.contains(&half(subject.id().as_bytes())));
        let now: BTreeMap<Half, Sha256Digest> =
            found.iter().map(|one| (half(one.subject.id().as_bytes()), one.subject.digest)).collect();
        let (gathering, noted) = (&mut self.gathering, &mut self.noted);
        waiting.retain(|_, (subject, waited)| {
            let Some(digest) = gathering.digest(*subject) else { return false };
            let over = waited.over(&digest, &now);
            noted.others.insert(*subject, (waited.others.clone(), over));
            waited.found = waited.found.take().filter(|(was, ..)| *was == over);
            match waited.found.take() {
                Some((_, verdicts, missing)) if missing.is_empty() => {
                    gathering.judged(*subject, verdicts);
                    false
                }
                found => {
                    waited.found = found;
                    true
                }
            }
        });
    }

    /// The resources that others refer to, by id, with the properties that checks read of them.
    fn referred(&mut self, referred: &HashSet<Half>) -> BTreeMap<Box<str>, Kept> {
        let is_referred = |subject: &Subject| referred.contains(&half(subject.id().as_bytes()));
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

    /// Keeps what was found for the next run.
    fn keep(&mut self) {
        let Some(standards) = self.standards else { return };
        let found = (&self.gathering, &self.noted);
        for file in (0_u32..).zip(self.input.sources) {
            memory::write(standards, file, &self.shop.bench, &self.shop.kinds, found);
        }
        self.noted = Noted::default();
    }

    fn finish(mut self, verdicts: Verdicts) -> Assessed {
        let states = sources::states(self.input.sources, &self.sets);
        let mend = |source: u32, subject: &Subject, detail: &str| {
            let set = self.sets.get(usize::try_from(source).ok()?)?.as_ref()?;
            sources::with_remedy(set, subject, detail)
        };
        let mut verdicts = self.gathering.finish(verdicts, &self.input.compiled.checks, states, &mend);
        foreign::add(&mut verdicts, self.input.compiled, self.input.waivers);
        self.findings.extend(failed_checks(&verdicts));
        let mut asked: BTreeMap<CheckName, u64> = BTreeMap::new();
        for worker in &self.shop.workers {
            let worker = worker.lock().unwrap_or_else(PoisonError::into_inner);
            for (check, count) in self.input.compiled.checks.iter().zip(&worker.asked) {
                *asked.entry(check.name.clone()).or_default() += count;
            }
        }
        asked.retain(|_, count| *count > 0);
        Assessed { verdicts, findings: self.findings, sets: self.sets, asked }
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
