//! Why a target would be made again, or why it is up to date.

use std::collections::BTreeSet;

use jiff::Timestamp;
use probity_diagnostics::{Diagnostic, TreePath};

use super::state::{Looking, Record, file_of};
use super::{Build, Built};
use crate::config::unknown_name;

/// The answer for one target.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Why {
    /// The target.
    pub target: String,
    /// The chain of reasons, the target itself first; empty where it is up to date.
    pub reasons: Vec<Reason>,
    /// What it was made of, by path, and whether that changed since. Listed folders end in `/`.
    pub inputs: Vec<(String, bool)>,
    /// Of how many bundled files it was made besides.
    pub bundled: usize,
    /// The instant for which it was made, where it depends on one.
    pub as_of: Option<Timestamp>,
    /// The first instant at which it may come out differently.
    pub deadline: Option<Timestamp>,
}

/// One target of a chain, and why it would be made again.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reason {
    /// The target.
    pub target: String,
    /// Why.
    pub why: String,
}

impl Build<'_> {
    /// Why a target would be made, by what a dry run found.
    ///
    /// # Errors
    /// There is no such target.
    pub(super) fn why(&self, target: &str, built: &Built) -> Result<Why, Diagnostic> {
        let mut parts = target.split('/');
        let (assessment, kind) = (parts.next().unwrap_or_default(), parts.next().unwrap_or_default());
        let holder = match kind {
            "check" => format!("{assessment}/checks"),
            "finding" => format!("{assessment}/results"),
            _ => target.to_owned(),
        };
        let known: BTreeSet<&str> = built.targets.iter().map(|report| report.name.as_str()).collect();
        let record = self.record(&holder).unwrap_or_default();
        let part = target.strip_prefix(&format!("{assessment}/")).filter(|_| holder != target);
        if !known.contains(target) && part.is_none_or(|part| !record.parts.contains_key(part)) {
            return Err(unknown_name("target", target, known.iter().copied()));
        }
        let evidence = self.evidence();
        let looking = Looking { tree: &self.tree, evidence: &evidence, disk: &self.disk };
        let changed: BTreeSet<&str> = record.changed(looking).collect();
        let files = part.and_then(|part| record.files.get(part));
        let mut inputs: Vec<(String, bool)> = Vec::new();
        let mut bundled = 0;
        for key in record.inputs.keys().chain(record.evidence.keys()) {
            let path = file_of(key);
            if files.is_some_and(|files| !files.iter().any(|file| file == path)) {
                continue;
            }
            let is_changed = changed.contains(key.as_str());
            let is_bundled = TreePath::parse(path).is_ok_and(|path| path.bundled().is_some());
            // what another target wrote is told by its name
            let state = self.state();
            let writes =
                |(name, other): &(&String, &Record)| **name != holder && other.outputs.contains_key(path);
            if let Some((name, _)) = state.targets().find(writes) {
                match inputs.iter_mut().find(|(known, _)| known == name) {
                    Some(known) => known.1 |= is_changed,
                    None => inputs.push((name.clone(), is_changed)),
                }
                continue;
            }
            match key.split_once(' ') {
                _ if is_bundled && !is_changed => bundled += 1,
                Some(("presence", _)) if !is_changed => {}
                Some(("list", _)) => inputs.push((format!("{path}/"), is_changed)),
                _ => inputs.push((path.to_owned(), is_changed)),
            }
        }
        if part.is_some_and(|part| part.starts_with("finding/")) {
            let is_made = |check: &String| built.is_made(check);
            inputs.extend(files.into_iter().flatten().map(|check| (check.clone(), is_made(check))));
        }
        let reasons = reasons(target, &record, built);
        let Record { as_of, deadline, .. } = record;
        Ok(Why { target: target.to_owned(), reasons, inputs, bundled, as_of, deadline })
    }
}

/// The chain from a target to what changed.
fn reasons(target: &str, record: &Record, built: &Built) -> Vec<Reason> {
    let why = |name: &str| {
        built.targets.iter().find(|report| report.name == name).and_then(|report| report.why.clone())
    };
    let mut chain: Vec<Reason> = Vec::new();
    let mut next = Some(target.to_owned());
    while let Some(name) = next.take().filter(|name| chain.iter().all(|seen| seen.target != *name)) {
        let part = name.split_once('/').map(|(_, part)| part).unwrap_or_default();
        let below = record.files.get(part).filter(|_| part.starts_with("finding/"));
        let below = below.into_iter().flatten().find(|check| why(check).is_some());
        let Some(because) = why(&name).or_else(|| below.map(|check| format!("`{check}` will be made again")))
        else {
            break;
        };
        // a file that changed is told with the check that it belongs to
        let assessment = name.split('/').next().unwrap_or_default();
        let check = built.targets.iter().find(|report| {
            let is_check = report.name.starts_with(&format!("{assessment}/check/"));
            is_check && report.why.as_ref() == Some(&because) && report.name != name
        });
        let named = because.strip_suffix("` will be made again").and_then(|text| text.strip_prefix('`'));
        next = named.map(str::to_owned).or_else(|| check.map(|report| report.name.clone()));
        let why = match check {
            Some(check) => format!("`{}` will be made again", check.name),
            None => because,
        };
        chain.push(Reason { target: name, why });
    }
    chain
}
