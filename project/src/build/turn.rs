//! What is built beside each other, and what one of them does.

use std::collections::VecDeque;
use std::num::NonZeroUsize;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, PoisonError};

use probity_assessment::assemble::Edition;
use probity_diagnostics::{Diagnostic, FileTree as _};

use super::state::Record;
use super::{Build, Built, IntoFindings, Target, TargetReport};
use crate::check::ExtendNew as _;
use crate::codes;
use crate::config;

/// Evidence of more bytes than this is judged by all threads together, one assessment after the other: it would take up the
/// memory several times.
const MUCH: u64 = 64 << 20;

/// What is built as a whole by one thread; its steps may use more.
#[derive(Debug, Clone, Copy)]
pub(super) enum Unit {
    /// A source that collects, by index.
    Source(usize),
    /// An assessment, by index.
    Assessment(usize, Edition),
    /// An assessment that results are carried to, by index.
    Receiving(usize),
}

/// A unit while it is built.
pub(super) struct Turn<'b> {
    pub(super) build: &'b Build<'b>,
    /// What was built before all that is built beside this.
    pub(super) done: &'b Built,
    /// How many threads it may use.
    pub(super) threads: usize,
    pub(super) built: Built,
}

impl Build<'_> {
    /// Builds units beside each other. What they did stands in the order of units, whoever was first.
    pub(super) fn beside(&self, units: Vec<Unit>, done: &mut Built) {
        let processors = || std::thread::available_parallelism().map_or(1, NonZeroUsize::get);
        let threads = self.options.threads.unwrap_or_else(processors).max(1);
        let evidence: u64 = units.iter().map(|unit| self.bytes(*unit)).sum();
        let beside = if evidence > MUCH { 1 } else { threads.min(units.len()).max(1) };
        let stopped = AtomicBool::new(done.failed);
        let waiting: Mutex<VecDeque<(usize, Unit)>> = Mutex::new(units.into_iter().enumerate().collect());
        let ready: Mutex<Vec<(usize, Built)>> = Mutex::default();
        let before: &Built = done;
        let work = || {
            while let Some((number, unit)) =
                waiting.lock().unwrap_or_else(PoisonError::into_inner).pop_front()
            {
                let turn =
                    Turn { build: self, done: before, threads: threads / beside, built: Built::default() };
                let stops = stopped.load(Ordering::SeqCst) && !self.options.keep_going;
                // one that takes results which are not there says so itself
                let built = if stops
                    && !matches!(unit, Unit::Receiving(index) if self.lost(index, before).is_some())
                {
                    Built { left: vec![self.name(unit)], ..Built::default() }
                } else {
                    turn.unit(unit)
                };
                stopped.fetch_or(built.failed, Ordering::SeqCst);
                ready.lock().unwrap_or_else(PoisonError::into_inner).push((number, built));
            }
        };
        std::thread::scope(|scope| {
            (1..beside).for_each(|_| {
                scope.spawn(work);
            });
            work();
        });
        let mut ready = ready.into_inner().unwrap_or_else(PoisonError::into_inner);
        ready.sort_by_key(|(number, _)| *number);
        ready.into_iter().for_each(|(_, built)| done.join(built));
    }

    /// The carry, with its number, by which an assessment takes results that could not be made.
    fn lost(&self, index: usize, done: &Built) -> Option<(usize, &config::Carry)> {
        let assessment = self.loaded.config.assessments.get(index)?;
        assessment.carry.iter().enumerate().find(|(_, carry)| done.lost.contains(&carry.from))
    }

    fn name(&self, unit: Unit) -> String {
        let config = &self.loaded.config;
        match unit {
            Unit::Source(index) => config.sources.get(index).map(|source| format!("source/{}", source.name)),
            Unit::Assessment(index, _) | Unit::Receiving(index) => {
                config.assessments.get(index).map(|assessment| assessment.name.clone())
            }
        }
        .unwrap_or_default()
    }

    /// How much evidence a unit reads.
    fn bytes(&self, unit: Unit) -> u64 {
        let (Unit::Assessment(index, _) | Unit::Receiving(index)) = unit else { return 0 };
        let Some(assessment) = self.loaded.config.assessments.get(index) else { return 0 };
        let named = |name: &String| assessment.sources.as_ref().is_none_or(|names| names.contains(name));
        let sources = self.loaded.config.sources.iter().filter(|source| named(&source.name));
        let path = |source: &config::Source| self.loaded.file.parent().join(&source.evidence_path()).ok();
        let evidence = self.evidence();
        sources.filter_map(|source| Some(evidence.stat(&path(source)?).ok()?.len)).sum()
    }
}

impl Turn<'_> {
    fn unit(mut self, unit: Unit) -> Built {
        let assessment = |index: usize| self.build.loaded.config.assessments.get(index);
        match unit {
            Unit::Source(index) => self.source(index),
            Unit::Assessment(index, edition) => {
                if let Some(assessment) = assessment(index) {
                    self.assessment(index, assessment, edition);
                }
            }
            Unit::Receiving(index) => {
                if let Some(assessment) = assessment(index) {
                    self.receiving(index, assessment);
                }
            }
        }
        self.built
    }

    /// Builds an assessment that results are carried to, where these could be made.
    fn receiving(&mut self, index: usize, assessment: &config::Assessment) {
        let Some((at, carry)) = self.build.lost(index, self.done) else {
            return self.assessment(index, assessment, Edition::Whole);
        };
        let keys = ["assessment", &index.to_string(), "carry", &at.to_string(), "from"];
        let message = format!(
            "`{}` is not made: it takes results from `{}`, which could not be made",
            assessment.name, carry.from
        );
        self.fail(Diagnostic::error(&codes::NOT_GIVEN, message).at(self.build.loaded.place(&keys)));
    }

    /// Whether a target was not looked at in this build.
    pub(super) fn is_new(&self, target: &Target<'_>) -> bool {
        let mut seen = self.done.targets.iter().chain(&self.built.targets);
        seen.all(|seen| seen.name != target.name)
    }

    /// Whether a target was or would be made in this build.
    pub(super) fn is_made(&self, name: &str) -> bool {
        self.done.is_made(name) || self.built.is_made(name)
    }

    /// Whether a target has to be made; notes the answer, and why.
    pub(super) fn is_stale(&mut self, target: &Target<'_>) -> bool {
        let why = self.build.stale(target);
        self.note(target.name, why)
    }

    /// Notes what becomes of a target; whether it is made.
    pub(super) fn note(&mut self, name: &str, why: Option<String>) -> bool {
        let stale = why.is_some();
        if stale && !self.build.options.dry_run {
            (self.build.progress)(name);
        }
        self.built.targets.push(TargetReport { name: name.to_owned(), why });
        stale
    }

    /// Remembers what a target was made of.
    pub(super) fn remember(&mut self, target: &Target<'_>, record: Record) {
        self.built.findings.extend(self.build.remember(target, record));
    }

    pub(super) fn fail(&mut self, findings: impl IntoFindings) {
        self.built.failed = true;
        self.built.findings.extend_new(findings.into_findings());
    }
}
