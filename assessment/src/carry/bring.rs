//! From maps and given results to what is brought to the controls of another catalog.

use std::collections::BTreeSet;

use indexmap::IndexSet;

use super::{Crossing, Given, Item, Outcome, Relation};
use crate::compile::Severity;
use crate::rollup::State;

/// What a map brings to an assessment: a result, or only something to look at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Brought<'a> {
    /// The map.
    pub crossing: &'a Crossing,
    /// When the given results were judged.
    pub as_of: &'a str,
    /// What was found for each control of the giving side.
    pub evidence: Vec<Evidence<'a>>,
    /// What carries.
    pub carries: Carries,
    /// Ids of the controls to which it carries; none where nothing does.
    pub to: IndexSet<String>,
    /// Ids of all controls of the receiving assessment that the map is about, in the order of the map.
    pub about: IndexSet<String>,
}

/// What was found for a control of the giving side.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Evidence<'a> {
    /// Its id.
    pub control: &'a str,
    /// Its printed id and title.
    pub name: &'a str,
    /// Its state; none where it was not evaluated.
    pub state: Option<State>,
    /// UUID of its finding.
    pub finding: Option<&'a str>,
}

/// What carries over a map.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Carries {
    /// The receiving controls are satisfied as far as the map goes.
    Satisfied,
    /// The receiving control fails; how bad that is.
    Fail(Severity),
    /// Nothing; why, in words.
    Nothing(String),
}

impl Relation {
    /// What carries over a map of this relation.
    pub fn carries(self, outcome: &Outcome) -> Carries {
        let nothing = |why: &str| Carries::Nothing(why.to_owned());
        match (self, outcome) {
            (Self::Unrelated, _) => nothing("the controls have nothing in common"),
            (Self::Overlaps, _) => nothing("the controls only overlap"),
            (_, Outcome::Open(why)) => Carries::Nothing(why.clone()),
            (Self::Equals | Self::Contains, Outcome::Satisfied) => Carries::Satisfied,
            (Self::Equals | Self::ContainedIn, Outcome::Fails(severity)) => Carries::Fail(*severity),
            (Self::Contains, Outcome::Fails(_)) => {
                nothing("it asks for more than this control: the fail may lie there")
            }
            (Self::ContainedIn, Outcome::Satisfied) => nothing("it asks for a part of this control only"),
        }
    }
}

/// What the maps bring to an assessment that reviews `known` controls. Maps about other controls, and those for which the
/// giving assessment evaluated nothing, are left out.
pub fn bring<'a>(crossings: &'a [Crossing], given: &'a Given, known: &BTreeSet<&str>) -> Vec<Brought<'a>> {
    crossings.iter().filter_map(|crossing| crossing.bring(given, known)).collect()
}

impl Crossing {
    fn bring<'a>(&'a self, given: &'a Given, known: &BTreeSet<&str>) -> Option<Brought<'a>> {
        let evidence: Vec<Evidence<'_>> =
            self.given.iter().flat_map(|item| self.evidence(item, given)).collect();
        let evaluated = evidence.iter().any(|evidence| evidence.state.is_some());
        if !evaluated || self.relation == Some(Relation::Unrelated) {
            return None;
        }
        let (carries, to) = self.result(given, known);
        let mut about = to.clone();
        let around = self.received.iter().flat_map(|item| item.reviewed(known));
        about.extend(around.map(str::to_owned));
        (!about.is_empty()).then_some(Brought {
            crossing: self,
            as_of: &given.as_of,
            evidence,
            carries,
            to,
            about,
        })
    }

    fn evidence<'a>(&'a self, item: &'a Item, given: &'a Given) -> impl Iterator<Item = Evidence<'a>> {
        given.members(item).into_iter().map(|(control, result)| Evidence {
            control,
            name: self.names.get(control).map_or(control, String::as_str),
            state: result.map(|result| result.state),
            finding: result.map(|result| result.finding.as_str()),
        })
    }

    /// What carries, and to which controls.
    fn result(&self, given: &Given, known: &BTreeSet<&str>) -> (Carries, IndexSet<String>) {
        let carries = match (&self.blocked, self.relation) {
            (None, Some(relation)) => relation.carries(&given.outcome(&self.given)),
            (Some(why), _) => Carries::Nothing(why.clone()),
            (None, None) => Carries::Nothing("the relationship is not known".to_owned()),
        };
        let to = match &carries {
            Carries::Nothing(_) => Ok(IndexSet::new()),
            Carries::Satisfied => self.satisfied(known),
            Carries::Fail(_) => self.failing(known),
        };
        match to {
            Ok(to) => (carries, to),
            Err(why) => (Carries::Nothing(why.to_owned()), IndexSet::new()),
        }
    }

    /// The controls that are satisfied where all of the receiving side is.
    fn satisfied(&self, known: &BTreeSet<&str>) -> Result<IndexSet<String>, &'static str> {
        let whole = self.received.iter().filter(|item| item.whole);
        let to: IndexSet<String> = whole.flat_map(|item| item.reviewed(known)).map(str::to_owned).collect();
        if to.is_empty() { Err("the map is about an item of its statement only") } else { Ok(to) }
    }

    /// The control that fails where some of the receiving side does.
    fn failing(&self, known: &BTreeSet<&str>) -> Result<IndexSet<String>, &'static str> {
        let mut controls: Vec<&Item> = self.received.iter().collect();
        controls.sort_by(|a, b| a.control.cmp(&b.control));
        controls.dedup_by(|a, b| a.control == b.control);
        match controls.as_slice() {
            [only]
                if only.requirements.iter().chain([&only.control]).all(|id| known.contains(id.as_str())) =>
            {
                Ok(IndexSet::from([only.control.clone()]))
            }
            [_] => Err("the fail may lie in a requirement that the profile leaves out"),
            _ => Err("one of several controls fails by it, and it is not known which"),
        }
    }
}

impl Item {
    /// Ids of the controls of an assessment that the item is about: its requirements, else the control itself.
    fn reviewed<'a>(&'a self, known: &'a BTreeSet<&str>) -> impl Iterator<Item = &'a str> {
        let itself = std::iter::once(&self.control).filter(|_| self.requirements.is_empty());
        itself.chain(&self.requirements).map(String::as_str).filter(|id| known.contains(id))
    }
}
