//! Which controls of a catalog a selection means (specification, "Including Controls").

use std::collections::BTreeMap;

use probity_diagnostics::{Diagnostic, Diagnostics, Location, Pointer, TreePath};

use super::similar::similar;
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
    pub(super) all: bool,
    pub(super) include: &'p [SelectControlById],
    pub(super) exclude: &'p [SelectControlById],
    pub(super) site: Site,
    /// What is selected from, for messages.
    pub(super) from: &'p str,
}

/// The outcome of a selection; both lists run parallel to the roster.
pub(super) struct Choice {
    included: Vec<bool>,
    excluded: Vec<bool>,
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

    /// The ids of the controls, in order.
    pub(super) fn ids(&self) -> impl Iterator<Item = &'a str> + '_ {
        self.entries.iter().map(|entry| entry.id)
    }

    /// Applies a selection. Excluded controls are never included, however they are named (req-exclude).
    pub(super) fn choose(&self, selector: &Selector<'_>, findings: &mut Diagnostics) -> Choice {
        let mut included = vec![selector.all; self.entries.len()];
        let mut excluded = vec![false; self.entries.len()];
        let include = selector.site.key("include-controls");
        for (i, directive) in selector.include.iter().enumerate() {
            self.mark(&mut included, directive, &include.index(i), selector.from, findings);
        }
        let exclude = selector.site.key("exclude-controls");
        for (i, directive) in selector.exclude.iter().enumerate() {
            self.mark(&mut excluded, directive, &exclude.index(i), selector.from, findings);
        }
        for (included, excluded) in included.iter_mut().zip(&excluded) {
            *included &= !excluded;
        }
        Choice { included, excluded }
    }

    /// Marks what one directive names (req-include-by-id, req-include-by-match); descendants go along where it says so
    /// (req-with-child-controls-yes, -no, -none).
    fn mark(
        &self,
        marks: &mut [bool],
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
            for &at in found {
                self.mark_one(marks, at, children);
            }
        }
        for (i, matching) in directive.matching.iter().enumerate() {
            let pattern = matching.pattern.as_deref().filter(|pattern| !pattern.is_empty());
            let found = pattern.map(|pattern| self.matching(pattern)).unwrap_or_default();
            if found.is_empty() {
                let site = site.key("matching").index(i);
                findings.push(nothing_matches(pattern, &site, from));
            }
            for at in found {
                self.mark_one(marks, at, children);
            }
        }
    }

    fn mark_one(&self, marks: &mut [bool], at: usize, children: bool) {
        let end = if children { self.entries.get(at).map_or(at, |entry| entry.end) } else { at + 1 };
        marks.iter_mut().take(end).skip(at).for_each(|mark| *mark = true);
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
    pub(super) fn include_ancestors(&self, choice: &mut Choice) {
        for at in (0..self.entries.len()).rev() {
            let mut ancestor = self.entries.get(at).and_then(|entry| entry.parent);
            if choice.included.get(at) != Some(&true) {
                continue;
            }
            while let Some(parent) = ancestor {
                if let (Some(included), Some(false)) =
                    (choice.included.get_mut(parent), choice.excluded.get(parent))
                {
                    *included = true;
                }
                ancestor = self.entries.get(parent).and_then(|entry| entry.parent);
            }
        }
    }
}

impl Choice {
    /// Whether any control is included.
    pub(super) fn is_empty(&self) -> bool {
        !self.included.contains(&true)
    }

    /// For each control of the roster, in its order, whether it is included.
    pub(super) fn marks(&self) -> impl Iterator<Item = bool> + '_ {
        self.included.iter().copied()
    }
}

fn nothing_matches(pattern: Option<&str>, site: &Site, from: &str) -> Diagnostic {
    let message = match pattern {
        Some(pattern) => format!("no control of {from} matches `{pattern}`"),
        None => "`matching` has no pattern and matches nothing".to_owned(),
    };
    Diagnostic::warning(&codes::NOTHING_SELECTED, message).at(site.location())
}
