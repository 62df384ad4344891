//! What is still to do for a control.

use jiff::Timestamp;
use probity_assessment::attest::Statement;
use probity_assessment::rollup::State;
use probity_generators::coverage::{Kind, Requirement, Task, Way};
use probity_oscal::PROBITY_NS;
use probity_oscal::model::assessment::Risk;

use super::{Seen, Sight};

impl Sight<'_> {
    /// What is to do for a control, whose coverage is in `rows`.
    pub(super) fn tasks(&self, seen: &Seen<'_>, rows: &[Requirement]) -> Vec<Task> {
        let mut tasks: Vec<Task> = rows.iter().filter_map(|row| self.uncovered(seen, row)).collect();
        tasks.extend(self.judged(seen, rows));
        tasks.extend(self.running_out(seen, rows));
        tasks
    }

    fn task(&self, row: &Requirement, kind: Kind, what: String, due: Option<Timestamp>) -> Task {
        Task {
            requirement: row.name().to_owned(),
            kind,
            what,
            owners: row.owners.clone(),
            due: due.map(|due| due.to_string()),
            overdue: due.is_some_and(|due| due < self.as_of),
        }
    }

    /// What a requirement lacks.
    fn uncovered(&self, seen: &Seen<'_>, row: &Requirement) -> Option<Task> {
        let open = row.parts.iter().find(|part| part.way == Way::Open)?;
        if seen.asked.procedures.is_empty() {
            let what = format!("cover by a metric, a procedure or a statement: {}", row.title);
            return Some(self.task(row, Kind::Cover, what, None));
        }
        let newest = self.statements(seen).max_by_key(|statement| statement.stated);
        let (kind, verb) = match seen.result.map(|result| result.state) {
            Some(State::Expired) => (Kind::Renew, "state anew"),
            Some(State::Unknown) => (Kind::Settle, "settle"),
            _ => (Kind::State, "state"),
        };
        let due = newest.filter(|_| kind == Kind::Renew).map(|statement| statement.valid_until);
        Some(self.task(row, kind, format!("{verb} {}", open.by.join("; ")), due))
    }

    /// What the state of a control asks for, beside what it lacks.
    fn judged(&self, seen: &Seen<'_>, rows: &[Requirement]) -> Option<Task> {
        let (result, row) = (seen.result?, rows.first()?);
        let failing = result.checks.iter().filter(|(_, counts)| counts.fail > 0);
        let failing: Vec<String> = failing.map(|(name, _)| name.to_string()).collect();
        let is_open = rows.iter().any(|row| row.parts.iter().any(|part| part.way == Way::Open));
        let (kind, what) = match result.state {
            State::Fail if failing.is_empty() => (Kind::Mend, "mend what is stated as not met".to_owned()),
            State::Fail => (Kind::Mend, format!("mend what fails: {}", failing.join(", "))),
            State::Error => (Kind::Settle, "find out why checks could not be run".to_owned()),
            State::Unknown if !is_open => (Kind::Settle, "collect the evidence that is missing".to_owned()),
            State::Waived => (Kind::Decide, "mend, or decide anew on the accepted risk".to_owned()),
            _ => return None,
        };
        Some(self.task(row, kind, what, self.deadline(seen)))
    }

    /// Statements that count and run out soon.
    fn running_out(&self, seen: &Seen<'_>, rows: &[Requirement]) -> Option<Task> {
        let row = rows.first()?;
        let rests = seen.result.map(|result| result.statement_uuids()).unwrap_or_default();
        let used = self.statements(seen).filter(|one| rests.contains(one.observation.uuid.as_str()));
        let ending =
            used.map(|statement| statement.valid_until).filter(|until| *until >= self.as_of).min()?;
        let soon = ending <= self.until;
        soon.then(|| {
            self.task(row, Kind::Renew, "renew the statement, which runs out".to_owned(), Some(ending))
        })
    }

    fn statements(&self, seen: &Seen<'_>) -> impl Iterator<Item = &Statement> {
        let id = seen.control.id.clone();
        self.outcome.attestations.statements().filter(move |statement| statement.controls.contains(&id))
    }

    /// The first deadline of the open or accepted risks that name the control, or a check or metric that measures it.
    fn deadline(&self, seen: &Seen<'_>) -> Option<Timestamp> {
        let mut names: Vec<String> = Vec::new();
        for name in &seen.asked.checks {
            names.push(name.to_string());
            names.extend(self.outcome.compiled.check(name).map(|check| check.metric.name.to_string()));
        }
        let about = |risk: &&Risk| {
            let is_open = risk.status != "closed";
            let ours = risk.props.iter().filter(|prop| prop.ns.as_deref() == Some(PROBITY_NS));
            let mut ours = ours.map(|prop| (prop.name.as_str(), &prop.value));
            is_open
                && ours.any(|(name, value)| match name {
                    "metric" | "check" => names.contains(value),
                    "control-id" => *value == seen.control.id,
                    _ => false,
                })
        };
        let risks = self.plan.iter().flat_map(|plan| &plan.risks).filter(about);
        risks.filter_map(|risk| risk.deadline.as_ref()?.parse().ok()).min()
    }
}
