//! Maps, seen from the assessment that gives results.

use std::fmt;

use indexmap::IndexMap;
use probity_diagnostics::{Diagnostic, Diagnostics, Location, Pointer, Step, TreePath, nearest};
use probity_oscal::OSCAL_NS;
use probity_oscal::model::mapping::{ConfidenceScore, Map, Mapping, MappingItem};
use probity_oscal::reference::codes::{NO_CONTROL, OTHER_KIND};

use super::codes::CARRY_BLOCKED;
use super::{Collection, End, Side};

/// How much the authors of a map trust it (OSCAL, `confidence-score`).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Confidence {
    /// They do not say. As a threshold: any map.
    Unstated,
    /// Low, or less than half.
    Low,
    /// Medium, or from 0.5.
    Medium,
    /// High, or from 0.8.
    High,
}

impl Confidence {
    fn of(score: &ConfidenceScore) -> Self {
        let percentage = score.percentage.as_ref().and_then(|decimal| decimal.0.as_f64());
        match (score.category.as_deref(), percentage) {
            (Some("high"), _) => Self::High,
            (None, Some(share)) if share >= 0.8 => Self::High,
            (Some("medium"), _) => Self::Medium,
            (None, Some(share)) if share >= 0.5 => Self::Medium,
            (Some("low"), _) | (None, Some(_)) => Self::Low,
            _ => Self::Unstated,
        }
    }
}

impl fmt::Display for Confidence {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Unstated => "not stated",
            Self::Low => "low",
            Self::Medium => "medium",
            Self::High => "high",
        })
    }
}

/// What the requirements of the giving side are to those of the receiving one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Relation {
    /// The same.
    Equals,
    /// All of them and more.
    Contains,
    /// A part of them.
    ContainedIn,
    /// Some are the same.
    Overlaps,
    /// Nothing in common.
    Unrelated,
}

impl Relation {
    /// What `relationship` is, where the source gives; none where OSCAL does not know it.
    pub fn parse(relationship: &str) -> Option<Self> {
        Some(match relationship {
            "equal-to" | "equivalent-to" => Self::Equals,
            "superset-of" => Self::Contains,
            "subset-of" => Self::ContainedIn,
            "intersects-with" => Self::Overlaps,
            "no-relationship" => Self::Unrelated,
            _ => return None,
        })
    }

    /// The same, seen from the other side.
    #[must_use]
    pub fn reversed(self) -> Self {
        match self {
            Self::Contains => Self::ContainedIn,
            Self::ContainedIn => Self::Contains,
            other => other,
        }
    }

    /// Whether a result may carry at all.
    fn may_carry(self) -> bool {
        !matches!(self, Self::Overlaps | Self::Unrelated)
    }
}

/// A control of a map, or an item of its statement.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Item {
    /// Id of the control.
    pub control: String,
    /// Whether the map is about all of it.
    pub whole: bool,
    /// The requirements that it is a heading of, in the mapped catalog.
    pub requirements: Vec<String>,
}

/// Where results come from, and by which collection.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Origin {
    /// The assessment that gives.
    pub from: String,
    /// Title of its catalog.
    pub catalog: String,
    /// Its results, relative to the folder of those that receive.
    pub results: String,
    /// The mapping collection, relative to the same folder.
    pub collection: String,
    /// Title of the collection.
    pub title: String,
}

/// A map of a collection that ties the catalogs of two assessments.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Crossing {
    /// Where results come from.
    pub origin: Origin,
    /// UUID of the map.
    pub uuid: String,
    /// The relationship, as the map names it.
    pub relationship: String,
    /// The side that gives.
    pub end: End,
    /// What the giving side is to the receiving one; none where the map does not say it in words of OSCAL.
    pub relation: Option<Relation>,
    /// The giving side.
    pub given: Vec<Item>,
    /// Printed ids and titles of the controls that give.
    pub names: IndexMap<String, String>,
    /// The receiving side.
    pub received: Vec<Item>,
    /// Why nothing carries, whatever the results; none where the map may be relied on.
    pub blocked: Option<String>,
    /// What the map says for itself.
    pub remarks: Option<String>,
}

/// A mapping that ties the catalogs of two assessments.
#[derive(Debug, Clone)]
pub struct Tie<'a> {
    /// Where results come from.
    pub origin: Origin,
    /// The collection.
    pub collection: &'a Collection,
    /// The mapping in it.
    pub index: usize,
    /// The side that gives.
    pub end: End,
    /// The controls of the source.
    pub source: &'a Side,
    /// The controls of the target.
    pub target: &'a Side,
    /// The files of source and target.
    pub files: [&'a TreePath; 2],
    /// The confidence that a map must have to carry.
    pub threshold: Confidence,
}

/// The maps of a mapping. Those that carry nothing, whatever is found, are told of once for each reason.
///
/// # Errors
/// A map names a control or statement that its resource does not have; all of them are told.
pub fn crossings(tie: &Tie<'_>) -> Step<Vec<Crossing>> {
    let mut findings = Diagnostics::new();
    let mut blocked: IndexMap<(String, String), (Pointer, usize)> = IndexMap::new();
    let mut found = Vec::new();
    let Some(mapping) = tie.collection.model.mappings.get(tie.index) else { return Err(findings) };
    for (index, map) in mapping.maps.iter().enumerate() {
        let at = tie.collection.at(tie.index).key("maps").index(index);
        let given = tie.items(tie.end, map, &at, &mut findings);
        let received = tie.items(tie.end.other(), map, &at, &mut findings);
        let relation = tie.relation(map);
        let why = tie.block(mapping, map, &at).filter(|_| relation.is_none_or(Relation::may_carry));
        if let Some((at, why)) = &why {
            let counted = blocked.entry((at.to_string(), why.clone())).or_insert((at.clone(), 0));
            counted.1 += 1;
        }
        let names = tie.names(&given);
        found.push(Crossing {
            origin: tie.origin.clone(),
            uuid: map.uuid.clone(),
            relationship: map.relationship.clone(),
            end: tie.end,
            relation,
            given,
            names,
            received,
            blocked: why.map(|(_, why)| why),
            remarks: map.remarks.clone(),
        });
    }
    for ((_, why), (at, count)) in blocked {
        let who = if count == 1 {
            "a map carries no result".to_owned()
        } else {
            format!("{count} maps carry no result")
        };
        let finding = Diagnostic::note(&CARRY_BLOCKED, format!("{who}: {why}"));
        findings.push(finding.at(Location::value(&tie.collection.file, &at)));
    }
    findings.unless_errors(found)
}

impl Tie<'_> {
    fn side(&self, end: End) -> &Side {
        match end {
            End::Source => self.source,
            End::Target => self.target,
        }
    }

    /// The items on one side of a map; one that its resource does not have is told of and left out.
    fn items(&self, end: End, map: &Map, at: &Pointer, findings: &mut Diagnostics) -> Vec<Item> {
        let (list, key) = match end {
            End::Source => (&map.sources, "sources"),
            End::Target => (&map.targets, "targets"),
        };
        let mut items = Vec::new();
        for (index, item) in list.iter().enumerate() {
            match self.item(end, item) {
                Ok(item) => items.push(item),
                Err(finding) => {
                    let at = at.key(key).index(index).key("id-ref");
                    findings.push(finding.at(Location::value(&self.collection.file, &at)));
                }
            }
        }
        items
    }

    fn item(&self, end: End, item: &MappingItem) -> Result<Item, Diagnostic> {
        let (side, id) = (self.side(end), item.id_ref.as_str());
        let found = match item.r#type.as_str() {
            "statement" => side.statement(id),
            _ => side.has(id).then_some((id, true)),
        };
        let (control, whole) = found.ok_or_else(|| self.unknown(end, item))?;
        let requirements = side.requirements(control).to_vec();
        Ok(Item { control: control.to_owned(), whole, requirements })
    }

    /// What is said of an item that is not there, in the words of `validate`.
    fn unknown(&self, end: End, item: &MappingItem) -> Diagnostic {
        let (side, id) = (self.side(end), item.id_ref.as_str());
        let (ids, other) = match item.r#type.as_str() {
            "statement" => (side.statement_ids().collect::<Vec<_>>(), side.has(id).then_some("a control")),
            _ => (side.ids().collect(), side.statement(id).map(|_| "a part")),
        };
        if let Some(other) = other {
            return Diagnostic::error(&OTHER_KIND, format!("`{id}` is {other}, not a {}", item.r#type));
        }
        let file = match end {
            End::Source => self.files[0],
            End::Target => self.files[1],
        };
        let finding =
            Diagnostic::error(&NO_CONTROL, format!("there is no {} `{id}` in `{file}`", item.r#type));
        match nearest(id, ids.iter().copied()) {
            Some(meant) => finding.help(format!("did you mean `{meant}`?")),
            None => finding,
        }
    }

    fn names(&self, given: &[Item]) -> IndexMap<String, String> {
        let side = self.side(self.end);
        let ids = given.iter().flat_map(|item| std::iter::once(&item.control).chain(&item.requirements));
        ids.map(|id| (id.clone(), side.name(id).to_owned())).collect()
    }

    fn relation(&self, map: &Map) -> Option<Relation> {
        if map.ns.as_deref().is_some_and(|ns| ns != OSCAL_NS) {
            return None;
        }
        let relation = Relation::parse(&map.relationship)?;
        Some(if self.end == End::Source { relation } else { relation.reversed() })
    }

    /// Why a map may not be relied on, and where that is said.
    fn block(&self, mapping: &Mapping, map: &Map, at: &Pointer) -> Option<(Pointer, String)> {
        if self.relation(map).is_none() {
            let relationship = &map.relationship;
            return Some((
                at.key("relationship"),
                format!("OSCAL does not define its relationship `{relationship}`"),
            ));
        }
        let of_mapping = self.collection.at(self.index);
        let provenance = &self.collection.model.provenance;
        let (status, place) = match &mapping.status {
            Some(status) => (status, &of_mapping),
            None => (&provenance.status, &Collection::provenance()),
        };
        if status != "complete" {
            return Some((place.key("status"), format!("the status is `{status}`")));
        }
        if !map.qualifiers.is_empty() {
            return Some((at.key("qualifiers"), "a qualifier limits it".to_owned()));
        }
        let stated = [
            (&map.confidence_score, at),
            (&mapping.confidence_score, &of_mapping),
            (&provenance.confidence_score, &Collection::provenance()),
        ];
        let stated = stated.into_iter().find_map(|(score, at)| Some((Confidence::of(score.as_ref()?), at)));
        let (confidence, place) = match stated {
            Some((confidence, at)) => (confidence, at.key("confidence-score")),
            None => (Confidence::Unstated, Collection::provenance()),
        };
        let why = format!("the confidence is {confidence}, and {} is asked for", self.threshold);
        (confidence < self.threshold).then_some((place, why))
    }
}
