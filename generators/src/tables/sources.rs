//! The files behind a report: evidence, catalog, rules.

use super::{Cell, Column, Table};
use crate::style::Language;
use crate::view::{Report, SourceState};

const COLUMNS: &[Column] = &[
    Column { label: "File", width: 48 },
    Column { label: "Kind", width: 18 },
    Column { label: "State", width: 15 },
    Column { label: "Resources", width: 12 },
    Column { label: "Completeness", width: 15 },
    Column { label: "Collector", width: 26 },
    Column { label: "Scope", width: 30 },
    Column { label: "Problems", width: 60 },
    Column { label: "SHA-256", width: 68 },
];

/// The files that the results of `report` link to.
pub(super) fn sources(report: &Report, language: Language) -> Table<'_> {
    let rows = report.sources.iter().map(move |source| {
        let set = source.set.as_ref();
        let label = |label: &str| Cell::lines([language.say(label)]);
        let state = match source.state {
            SourceState::Verified => ("satisfied", "As assessed"),
            SourceState::Changed => ("fail", "Changed"),
            SourceState::Missing => ("unknown", "Missing"),
            SourceState::Unchecked => ("no-subject", "No digest"),
        };
        vec![
            Cell::text(&source.file),
            Cell::text(&source.kind),
            Cell::State(state.0, language.say(state.1).to_owned().into()),
            set.and_then(|set| set.resources).map_or(Cell::Empty, Cell::Number),
            set.map_or(Cell::Empty, |set| label(if set.complete { "Complete" } else { "Incomplete" })),
            Cell::some(set.map(|set| set.collector.as_str())),
            Cell::some(set.map(|set| set.scope.as_str())),
            Cell::lines(set.into_iter().flat_map(|set| set.incomplete.iter().chain(&set.problems))),
            Cell::some(source.digest.as_deref()),
        ]
    });
    Table { name: "Sources", columns: COLUMNS, rows: Box::new(rows) }
}
