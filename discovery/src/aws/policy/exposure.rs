use super::{Condition, Policy, Principals, Statement};

impl Policy {
    /// Whether it lets everybody do something of a service with the resource
    /// that it belongs to. Conditions that name who asks narrow it down, be
    /// it where something is allowed or where everything is refused to others.
    pub(in super::super) fn is_open(&self, service: &str) -> bool {
        let service = format!("{service}:");
        let opens = |statement: &Statement| {
            let narrowed = statement.conditions.iter().any(Condition::narrows);
            statement.allows && statement.is_for_everybody() && statement.actions.meets(&service) && !narrowed
        };
        let everything = format!("{service}*");
        let shuts = |statement: &Statement| {
            let spares = statement.conditions.iter().all(Condition::spares);
            !statement.allows
                && statement.is_for_everybody()
                && statement.actions.covers(&everything)
                && spares
        };
        self.0.iter().any(opens) && !self.0.iter().any(shuts)
    }
}

impl Statement {
    fn is_for_everybody(&self) -> bool {
        self.principals.as_ref().is_some_and(Principals::is_everybody)
    }
}

impl Condition {
    /// Whether it holds for all but some that it names, whatever a request
    /// leaves out.
    fn spares(&self) -> bool {
        let operator = self.operator.strip_suffix("ifexists").unwrap_or(&self.operator);
        let differs = matches!(
            operator,
            "stringnotequals"
                | "stringnotequalsignorecase"
                | "stringnotlike"
                | "arnnotequals"
                | "arnnotlike"
                | "notipaddress"
        );
        differs && self.names_who()
    }
}
