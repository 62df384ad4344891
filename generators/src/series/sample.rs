//! A sample of resources for an auditor, which anybody can draw again.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use indexmap::IndexMap;
use jiff::Timestamp;
use probity_diagnostics::{Diagnostic, Sha256Digest};
use serde::Serialize;

use super::period::within;
use super::point::{ControlAt, Point};
use super::{Series, Span};
use crate::view::Verdict;

/// How the order of resources is found, for those who want to find it again.
const METHOD: &str = "The population of a control is the set of different resources that its checks looked at in the results of \
the period. They are put in the order of the SHA-256 of the seed, a line feed (byte 0A) and the id of the resource, all in \
UTF-8; the first of them are the sample. To draw it again: printf '%s\\n%s' SEED ID | sha256sum";

/// What to draw.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SampleOptions {
    /// The days.
    pub span: Span,
    /// Resources of each control.
    pub size: usize,
    /// What decides which ones.
    pub seed: String,
}

/// A sample of resources for each control.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct Sample {
    /// The title of the results.
    pub title: String,
    /// The assessment in `probity.toml`.
    pub assessment: Option<String>,
    /// The profile.
    #[serde(rename = "profile-href")]
    pub profile: Option<String>,
    /// The days, in UTC, both included.
    pub period: Span,
    /// Resources that were asked for of each control.
    pub size: usize,
    /// What decides which ones.
    pub seed: String,
    /// How the order of resources is found.
    pub method: &'static str,
    /// The results that the resources come from: paths and digests.
    pub points: Vec<SampledPoint>,
    /// Whether all points tell of resources that pass; else the population is larger than what was drawn from.
    pub is_complete: bool,
    /// The controls whose checks looked at resources, in the order of the catalog.
    pub controls: Vec<SampledControl>,
}

/// Results that a sample comes from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct SampledPoint {
    /// As of when.
    pub as_of: Timestamp,
    /// The file.
    pub file: String,
    /// Its SHA-256, in hexadecimal.
    pub digest: String,
}

/// The sample of a control.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct SampledControl {
    /// Its id.
    pub id: String,
    /// The printed id.
    pub label: String,
    /// The title.
    pub title: String,
    /// Different resources to draw from.
    pub population: u64,
    /// Those that were drawn, in order.
    pub resources: Vec<SampledResource>,
}

/// A resource that was drawn.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct SampledResource {
    /// Its place in the order, from 1.
    pub rank: usize,
    /// The SHA-256 that gives it this place, in hexadecimal.
    pub key: String,
    /// Its id.
    pub id: String,
    /// Its name.
    pub name: String,
    /// Its type.
    #[serde(rename = "type")]
    pub kind: String,
    /// Everything that the checks found of it in the period, by time and check.
    pub observations: Vec<SampledObservation>,
}

/// What a check found of a resource, and where the evidence stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct SampledObservation {
    /// As of when it was judged.
    pub as_of: Timestamp,
    /// The check.
    pub check: String,
    /// The outcome.
    pub verdict: Verdict,
    /// The evidence file.
    pub source: Option<String>,
    /// The line in it, from 1.
    pub line: Option<u32>,
    /// SHA-256 of the line's canonical form, in hexadecimal.
    pub digest: String,
    /// When it was collected.
    pub collected: Option<Timestamp>,
}

/// Draws a sample of `series`: for each control the resources that come first by seed and id. A larger sample begins with
/// the smaller one.
///
/// # Errors
/// No results lie in the period (PB0833).
pub fn sample(series: &Series, options: SampleOptions) -> Result<Sample, Diagnostic> {
    let points = within(series, options.span)?;
    let mut latest: IndexMap<&str, (&ControlAt, BTreeSet<&str>)> = IndexMap::new();
    for control in points.iter().rev().flat_map(|point| &point.controls) {
        let (_, checks) = latest.entry(&control.id).or_insert_with(|| (control, BTreeSet::new()));
        checks.extend(control.checks.iter().map(String::as_str));
    }
    let mut keys = Keys { seed: &options.seed, known: BTreeMap::new() };
    let drawn = latest.into_values().map(|(control, checks)| {
        let resources = draw(&points, &checks, options.size, &mut keys);
        (control, resources)
    });
    let controls =
        drawn.filter(|(_, (population, _))| *population > 0).map(|(control, (population, resources))| {
            SampledControl {
                id: control.id.clone(),
                label: control.label.clone(),
                title: control.title.clone(),
                population,
                resources,
            }
        });
    let controls = controls.collect();
    Ok(Sample {
        title: series.title.clone(),
        assessment: series.assessment.clone(),
        profile: series.profile.clone(),
        period: options.span,
        size: options.size,
        method: METHOD,
        points: points.iter().map(|point| sampled_point(point)).collect(),
        is_complete: points.iter().all(|point| point.is_complete),
        controls,
        seed: options.seed,
    })
}

fn sampled_point(point: &Point) -> SampledPoint {
    SampledPoint { as_of: point.as_of, file: point.file.clone(), digest: point.digest.clone() }
}

/// The place of a resource in the order: SHA-256 of the seed, a line feed and its id.
pub(super) fn key(seed: &str, id: &str) -> String {
    Sha256Digest::of(format!("{seed}\n{id}").as_bytes()).to_string()
}

/// Places that were found, for resources that several controls share.
struct Keys<'a> {
    seed: &'a str,
    known: BTreeMap<Arc<str>, String>,
}

impl Keys<'_> {
    fn of(&mut self, id: &Arc<str>) -> String {
        let seed = self.seed;
        self.known.entry(Arc::clone(id)).or_insert_with(|| key(seed, id)).clone()
    }
}

/// The population, and the first `size` resources of it in the order of their keys.
fn draw(
    points: &[&Point],
    checks: &BTreeSet<&str>,
    size: usize,
    keys: &mut Keys<'_>,
) -> (u64, Vec<SampledResource>) {
    let of_checks = |point: &&Point| {
        let found = checks.iter().filter_map(|name| point.checks.get(*name));
        found.flat_map(|check| check.resources.keys()).cloned().collect::<Vec<_>>()
    };
    let population: BTreeSet<Arc<str>> = points.iter().flat_map(of_checks).collect();
    let mut ordered: Vec<(String, &Arc<str>)> = population.iter().map(|id| (keys.of(id), id)).collect();
    ordered.sort();
    let drawn = ordered.iter().take(size).zip(1..);
    let resources = drawn.map(|((key, id), rank)| resource(points, checks, key, id, rank)).collect();
    (u64::try_from(population.len()).unwrap_or(u64::MAX), resources)
}

fn resource(
    points: &[&Point],
    checks: &BTreeSet<&str>,
    key: &str,
    id: &Arc<str>,
    rank: usize,
) -> SampledResource {
    let mut sampled = SampledResource {
        rank,
        key: key.to_owned(),
        id: id.to_string(),
        name: String::new(),
        kind: String::new(),
        observations: Vec::new(),
    };
    for point in points {
        for name in checks {
            let Some(looked) = point.checks.get(*name).and_then(|check| check.resources.get(id)) else {
                continue;
            };
            sampled.name = looked.name.to_string();
            sampled.kind = looked.kind.to_string();
            sampled.observations.push(SampledObservation {
                as_of: point.as_of,
                check: (*name).to_owned(),
                verdict: looked.verdict,
                source: looked.source.as_ref().map(ToString::to_string),
                line: looked.line,
                digest: looked.digest.clone(),
                collected: looked.collected,
            });
        }
    }
    sampled
}
