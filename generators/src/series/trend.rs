//! The data of a trend: what each point came to, by severity, category and control.

use std::collections::BTreeMap;

use indexmap::IndexMap;
use jiff::Timestamp;
use serde::Serialize;

use super::Series;
use crate::view::{ControlState, Severity, StateCounts};

/// What results came to over time.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct Trend {
    /// The title of the results.
    pub title: String,
    /// The assessment in `probity.toml`.
    pub assessment: Option<String>,
    /// The profile.
    #[serde(rename = "profile-href")]
    pub profile: Option<String>,
    /// The results, oldest first.
    pub points: Vec<TrendPoint>,
    /// The groups of the catalog, in the order of the latest.
    pub categories: Vec<TrendCategory>,
    /// The controls, in the order of the latest catalog.
    pub controls: Vec<TrendControl>,
}

/// Results at one point.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct TrendPoint {
    /// As of when.
    pub as_of: Timestamp,
    /// The file.
    pub file: String,
    /// Its SHA-256, in hexadecimal.
    pub digest: String,
    /// Controls that were evaluated.
    pub evaluated: u64,
    /// Controls that were not.
    pub not_evaluated: u64,
    /// Those that need attention.
    pub open: u64,
    /// Evaluated controls by state.
    pub states: StateCounts,
    /// Those that need attention, by severity.
    pub severities: BTreeMap<Severity, u64>,
}

/// A group of the catalog over time.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct TrendCategory {
    /// The group's id.
    pub id: String,
    /// The printed id.
    pub label: String,
    /// The title.
    pub title: String,
    /// Controls by state at each point; none where the point has no such group.
    pub states: Vec<Option<StateCounts>>,
}

/// A control over time.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct TrendControl {
    /// Its id.
    pub id: String,
    /// The printed id.
    pub label: String,
    /// The title.
    pub title: String,
    /// Id of the category.
    pub category: String,
    /// The state at each point; none where it was not evaluated.
    pub states: Vec<Option<ControlState>>,
    /// The severity of what is open at each point.
    pub severities: Vec<Option<Severity>>,
}

impl TrendControl {
    /// Whether its state was not the same at all points.
    pub fn changed(&self) -> bool {
        self.states.iter().zip(self.states.iter().skip(1)).any(|(one, two)| one != two)
    }
}

/// The trend of `series`.
pub fn trend(series: &Series) -> Trend {
    let points = &series.points;
    let mut categories: IndexMap<&str, TrendCategory> = IndexMap::new();
    let mut controls: IndexMap<&str, TrendControl> = IndexMap::new();
    for point in points.iter().rev() {
        for category in point.categories.iter().filter(|category| category.evaluated > 0) {
            categories.entry(&category.id).or_insert_with(|| TrendCategory {
                id: category.id.clone(),
                label: category.label.clone(),
                title: category.title.clone(),
                states: vec![None; points.len()],
            });
        }
        for control in &point.controls {
            controls.entry(&control.id).or_insert_with(|| TrendControl {
                id: control.id.clone(),
                label: control.label.clone(),
                title: control.title.clone(),
                category: control.category.clone(),
                states: vec![None; points.len()],
                severities: vec![None; points.len()],
            });
        }
    }
    for (at, point) in points.iter().enumerate() {
        for category in &point.categories {
            let known = categories.get_mut(category.id.as_str());
            if let Some(slot) = known.and_then(|known| known.states.get_mut(at)) {
                *slot = Some(category.states.clone());
            }
        }
        for control in &point.controls {
            let Some(known) = controls.get_mut(control.id.as_str()) else { continue };
            known.states.get_mut(at).into_iter().for_each(|slot| *slot = Some(control.state));
            known.severities.get_mut(at).into_iter().for_each(|slot| *slot = control.severity);
        }
    }
    Trend {
        title: series.title.clone(),
        assessment: series.assessment.clone(),
        profile: series.profile.clone(),
        points: points.iter().map(trend_point).collect(),
        categories: categories.into_values().collect(),
        controls: controls.into_values().collect(),
    }
}

fn trend_point(point: &super::Point) -> TrendPoint {
    let open = point.controls.iter().filter(|control| control.state.is_open()).count();
    TrendPoint {
        as_of: point.as_of,
        file: point.file.clone(),
        digest: point.digest.clone(),
        evaluated: number(point.controls.len()),
        not_evaluated: number(point.not_evaluated.len()),
        open: number(open),
        states: point.states.clone(),
        severities: point.severities.clone(),
    }
}

fn number(len: usize) -> u64 {
    u64::try_from(len).unwrap_or(u64::MAX)
}
