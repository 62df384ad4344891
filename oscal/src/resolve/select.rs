//! Which controls of a catalog a selection means (specification, "Including Controls").

use std::collections::BTreeMap;

use probity_diagnostics::{Diagnostic, Diagnostics, Location, Pointer, TreePath};

use super::similar::similar;
use super::trace::How;
use super::trace::record::Record;
use super::{codes, glob};
use crate::model::catalog::{Control, Group};
use crate::model::control::SelectControlById;

/// The controls of a catalog in document order: parents before their children, controls before groups.
pub(super) struct Roster<'a> {
    entries: Vec<Entry<'a>>,
    by_id: BTreeMap<&'a str, Vec<usize>>,
}

struct Entry<'a> {
    id: &'a str,
    parent: Option<usize>,
    /// The place behind the last descendant.
    end: usize,
}

/// Where in a profile a directive stands.
#[derive(Clone)]
pub(crate) struct Site {
    /// The profile.
    pub(crate) file: TreePath,
    /// The directive in it.
    pub(crate) pointer: Pointer,
}

impl Site {
    pub(super) fn key(&self, key: &str) -> Self {
        Self { file: self.file.clone(), pointer: self.pointer.key(key) }
    }

    pub(super) fn index(&self, index: usize) -> Self {
        Self { file: self.file.clone(), pointer: self.pointer.index(index) }
    }

    pub(crate) fn location(&self) -> Location {
        Location::value(&self.file, &self.pointer)
    }
}

/// A selection as `import` and `insert-controls` write it.
pub(super) struct Selector<'p> {
    /// Where all controls are included: what says so.
    pub(super) all: Option<Site>,
    pub(super) include: &'p [SelectControlById],
    pub(super) exclude: &'p [SelectControlById],
    pub(super) site: Site,
    /// What is selected from, for messages.
    pub(super) from: &'p str,
}

/// The outcome of a selection.
pub(super) struct Choice {
    included: Marks,
    excluded: Marks,
}

/// Controls that directives name.
struct Marks {
    /// Runs parallel to the roster.
    set: Vec<bool>,
    /// What set each mark, in order, where a trace is asked for; runs parallel to the roster.
    why: Option<Vec<Vec<Mark>>>,
}

/// As many reasons are noted for one control as anybody reads.
const REASONS: usize = 8;

/// What set a mark.
pub(super) struct Mark {
    pub(super) how: How,
    /// What names the control in the directive.
    pub(super) site: Site,
}

impl Marks {
    fn new(len: usize, traced: bool) -> Self {
        let why = traced.then(|| std::iter::repeat_with(Vec::new).take(len).collect());
        Self { set: vec![false; len], why }
    }

    fn mark(&mut self, at: usize, why: impl FnOnce() -> Mark) {
        if let Some(mark) = self.set.get_mut(at) {
            *mark = true;
        }
        let noted = self.why.as_mut().and_then(|marks| marks.get_mut(at));
        if let Some(marks) = noted.filter(|marks| marks.len() < REASONS) {
            marks.push(why());
        }
    }

    fn why(&self, at: usize) -> &[Mark] {
        self.why.as_ref().and_then(|marks| marks.get(at)).map(Vec::as_slice).unwrap_or_default()
    }

    fn is_set(&self, at: usize) -> bool {
        self.set.get(at) == Some(&true)
    }
}

impl<'a> Roster<'a> {
    /// Lists the controls of a catalog.
    pub(super) fn of(controls: &'a [Control], groups: &'a [Group]) -> Self {
        let mut roster = Self { entries: Vec::new(), by_id: BTreeMap::new() };
        roster.add_controls(controls, None);
        roster.add_groups(groups);
        roster
    }

    fn add_groups(&mut self, groups: &'a [Group]) {
        for group in groups {
            self.add_controls(&group.controls, None);
            self.add_groups(&group.groups);
        }
    }

    fn add_controls(&mut self, controls: &'a [Control], parent: Option<usize>) {
        for control in controls {
            let at = self.entries.len();
            self.by_id.entry(&control.id).or_default().push(at);
            self.entries.push(Entry { id: &control.id, parent, end: at + 1 });
            self.add_controls(&control.controls, Some(at));
            let end = self.entries.len();
            if let Some(entry) = self.entries.get_mut(at) {
                entry.end = end;
            }
        }
    }

    /// How many controls there are.
    pub(super) fn len(&self) -> usize {
        self.entries.len()
    }

    /// The id of the control at a place.
    pub(super) fn id(&self, at: usize) -> Option<&'a str> {
        self.entries.get(at).map(|entry| entry.id)
    }

    /// The place of the control that holds the one at a place.
    pub(super) fn parent(&self, at: usize) -> Option<usize> {
        self.entries.get(at).and_then(|entry| entry.parent)
    }

    /// The ids of the controls, in order.
    pub(super) fn ids(&self) -> impl Iterator<Item = &'a str> + '_ {
        self.entries.iter().map(|entry| entry.id)
    }

    /// Applies a selection. Excluded controls are never included, however they are named (req-exclude).
    pub(super) fn choose(
        &self,
        selector: &Selector<'_>,
        record: &Record,
        findings: &mut Diagnostics,
    ) -> Choice {
        let mut included = Marks::new(self.entries.len(), record.is_on());
        let mut excluded = Marks::new(self.entries.len(), record.is_on());
        if let Some(site) = &selector.all {
            for at in 0..self.entries.len() {
                included.mark(at, || Mark { how: How::All, site: site.clone() });
            }
        }
        let include = selector.site.key("include-controls");
        for (i, directive) in selector.include.iter().enumerate() {
            self.mark(&mut included, directive, &include.index(i), selector.from, findings);
        }
        let exclude = selector.site.key("exclude-controls");
        for (i, directive) in selector.exclude.iter().enumerate() {
            self.mark(&mut excluded, directive, &exclude.index(i), selector.from, findings);
        }
        for (included, excluded) in included.set.iter_mut().zip(&excluded.set) {
            *included &= !excluded;
        }
        Choice { included, excluded }
    }

    /// Marks what one directive names (req-include-by-id, req-include-by-match); descendants go along where it says so
    /// (req-with-child-controls-yes, -no, -none).
    fn mark(
        &self,
        marks: &mut Marks,
        directive: &SelectControlById,
        site: &Site,
        from: &str,
        findings: &mut Diagnostics,
    ) {
        let children = directive.with_child_controls.as_deref() == Some("yes");
        for (i, id) in directive.with_ids.iter().enumerate() {
            let Some(found) = self.by_id.get(id.as_str()) else {
                findings.push(self.unknown(id, &site.key("with-ids").index(i), from));
                continue;
            };
            let how = || (How::Id, site.key("with-ids").index(i));
            for &at in found {
                self.mark_one(marks, at, children, how);
            }
        }
        for (i, matching) in directive.matching.iter().enumerate() {
            let pattern = matching.pattern.as_deref().filter(|pattern| !pattern.is_empty());
            let found = pattern.map(|pattern| self.matching(pattern)).unwrap_or_default();
            if found.is_empty() {
                let site = site.key("matching").index(i);
                findings.push(nothing_matches(pattern, &site, from));
            }
            let how =
                || (How::Pattern(pattern.unwrap_or_default().to_owned()), site.key("matching").index(i));
            for at in found {
                self.mark_one(marks, at, children, how);
            }
        }
    }

    fn mark_one(&self, marks: &mut Marks, at: usize, children: bool, how: impl Fn() -> (How, Site)) {
        let Some(entry) = self.entries.get(at) else { return };
        marks.mark(at, || {
            let (how, site) = how();
            Mark { how, site }
        });
        for child in at + 1..if children { entry.end } else { at + 1 } {
            marks.mark(child, || Mark { how: How::ChildOf(entry.id.to_owned()), site: how().1 });
        }
    }

    fn matching(&self, pattern: &str) -> Vec<usize> {
        let entries = self.entries.iter().enumerate();
        entries.filter(|(_, entry)| glob::matches(pattern, entry.id)).map(|(at, _)| at).collect()
    }

    fn unknown(&self, id: &str, site: &Site, from: &str) -> Diagnostic {
        let finding = Diagnostic::warning(&codes::UNKNOWN_CONTROL, format!("{from} has no control `{id}`"))
            .at(site.location());
        match similar(id, self.by_id.keys().copied()) {
            Some(near) => finding.help(format!("did you mean `{near}`?")),
            None => finding,
        }
    }

    /// Includes the ancestors of every included control, as far as they are not excluded ("Dealing with Nested
    /// Controls and Groups"; the published resolutions of NIST rely on it).
    pub(super) fn include_ancestors(&self, site: &Site, choice: &mut Choice) {
        for (at, entry) in self.entries.iter().enumerate().rev() {
            if !choice.is_included(at) {
                continue;
            }
            let mut ancestor = entry.parent;
            while let Some(parent) = ancestor {
                if !choice.is_included(parent) && !choice.is_excluded(parent) {
                    let site = choice.why_included(at).first().map_or(site, |mark| &mark.site).clone();
                    choice.included.mark(parent, || Mark { how: How::AncestorOf(entry.id.to_owned()), site });
                }
                ancestor = self.parent(parent);
            }
        }
    }
}

impl Choice {
    /// Whether any control is included.
    pub(super) fn is_empty(&self) -> bool {
        !self.included.set.contains(&true)
    }

    /// For each control of the roster, in its order, whether it is included.
    pub(super) fn marks(&self) -> impl Iterator<Item = bool> + '_ {
        self.included.set.iter().copied()
    }

    /// Whether the control at a place of the roster is included.
    pub(super) fn is_included(&self, at: usize) -> bool {
        self.included.is_set(at)
    }

    /// Whether it is excluded.
    pub(super) fn is_excluded(&self, at: usize) -> bool {
        self.excluded.is_set(at)
    }

    /// What includes it, where a trace is asked for.
    pub(super) fn why_included(&self, at: usize) -> &[Mark] {
        self.included.why(at)
    }

    /// What excludes it, where a trace is asked for.
    pub(super) fn why_excluded(&self, at: usize) -> &[Mark] {
        self.excluded.why(at)
    }
}

fn nothing_matches(pattern: Option<&str>, site: &Site, from: &str) -> Diagnostic {
    let message = match pattern {
        Some(pattern) => format!("no control of {from} matches `{pattern}`"),
        None => "`matching` has no pattern and matches nothing".to_owned(),
    };
    Diagnostic::warning(&codes::NOTHING_SELECTED, message).at(site.location())
}
