//! Tables as comma-separated values (RFC 4180).

use super::Sample;
use super::trend::Trend;
use crate::tables::guarded;
use crate::view::Severity;

/// The text of a table.
fn written(rows: impl IntoIterator<Item = Vec<String>>) -> String {
    let mut writer = csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(Vec::new());
    for row in rows {
        // nothing fails that writes into memory
        let _ = writer.write_record(row.into_iter().map(guarded));
    }
    let bytes = writer.into_inner().unwrap_or_default();
    String::from_utf8(bytes).unwrap_or_default()
}

fn head(names: &[&str]) -> Vec<String> {
    names.iter().map(|name| (*name).to_owned()).collect()
}

impl Trend {
    /// A row for each control and point.
    pub fn csv(&self) -> String {
        let names = ["control", "label", "title", "category", "as-of", "state", "severity"];
        let rows = self.controls.iter().flat_map(|control| {
            let states = self.points.iter().zip(control.states.iter().zip(&control.severities));
            states.map(|(point, (state, severity))| {
                vec![
                    control.id.clone(),
                    control.label.clone(),
                    control.title.clone(),
                    control.category.clone(),
                    point.as_of.to_string(),
                    state.map_or("not-evaluated", crate::view::ControlState::word).to_owned(),
                    severity.map_or("", Severity::as_str).to_owned(),
                ]
            })
        });
        written(std::iter::once(head(&names)).chain(rows))
    }
}

impl Sample {
    /// A row for each observation of a resource that was drawn.
    pub fn csv(&self) -> String {
        let names = [
            "control",
            "label",
            "population",
            "rank",
            "key",
            "resource",
            "name",
            "type",
            "as-of",
            "check",
            "verdict",
            "evidence",
            "line",
            "digest",
            "collected",
        ];
        let rows = self.controls.iter().flat_map(|control| {
            let resources = control.resources.iter();
            let found =
                resources.flat_map(|resource| resource.observations.iter().map(move |o| (resource, o)));
            found.map(|(resource, observation)| {
                vec![
                    control.id.clone(),
                    control.label.clone(),
                    control.population.to_string(),
                    resource.rank.to_string(),
                    resource.key.clone(),
                    resource.id.clone(),
                    resource.name.clone(),
                    resource.kind.clone(),
                    observation.as_of.to_string(),
                    observation.check.clone(),
                    observation.verdict.word().to_owned(),
                    observation.source.clone().unwrap_or_default(),
                    observation.line.map(|line| line.to_string()).unwrap_or_default(),
                    observation.digest.clone(),
                    observation.collected.map(|at| at.to_string()).unwrap_or_default(),
                ]
            })
        });
        written(std::iter::once(head(&names)).chain(rows))
    }
}
