//! The identifiers that a document declares.

use std::borrow::Cow;
use std::collections::BTreeMap;

use indexmap::IndexMap;

use super::kind::Kinds;
use crate::model::Catalog;
use crate::model::catalog::{Control, Group};
use crate::model::control::{Parameter, Part};

/// What has an identifier in a document.
#[derive(Default)]
pub(super) struct Index<'v> {
    entries: IndexMap<Cow<'v, str>, Entry>,
    /// Ids that parameters had in earlier releases of a catalog (prop `alt-identifier`), and the present ones.
    earlier: BTreeMap<String, String>,
}

#[derive(Clone, Copy)]
struct Entry {
    kinds: Kinds,
    /// The entry of the control that a part belongs to, where that is known.
    control: Option<usize>,
}

impl<'v> Index<'v> {
    /// Adds something of a kind.
    pub(super) fn add(&mut self, id: Cow<'v, str>, kind: Kinds) {
        self.insert(id, kind, None);
    }

    fn insert(&mut self, id: Cow<'v, str>, kind: Kinds, control: Option<usize>) -> usize {
        let slot = self.entries.entry(id);
        let at = slot.index();
        let entry = slot.or_insert(Entry { kinds: kind, control });
        entry.kinds = entry.kinds.or(kind);
        at
    }

    /// What kinds of things have this identifier.
    pub(super) fn kinds(&self, id: &str) -> Kinds {
        self.entries.get(folded(id).as_ref()).map_or(Kinds::NONE, |entry| entry.kinds)
    }

    /// The control that a part belongs to, where that is known.
    pub(super) fn control_of(&self, part: &str) -> Option<&str> {
        let entry = self.entries.get(part)?;
        Some(self.entries.get_index(entry.control?)?.0)
    }

    /// The present id of what had another one in an earlier release.
    pub(super) fn renamed(&self, id: &str) -> Option<&str> {
        self.earlier.get(id).map(String::as_str)
    }

    /// The identifiers of things of some kinds, in their order.
    pub(super) fn ids(&self, kinds: Kinds) -> impl Iterator<Item = &str> {
        self.entries.iter().filter(move |(_, entry)| entry.kinds.meets(kinds)).map(|(id, _)| id.as_ref())
    }

    /// The same index without the document.
    pub(super) fn into_owned(self) -> Index<'static> {
        let entries = self.entries.into_iter().map(|(id, entry)| (Cow::Owned(id.into_owned()), entry));
        Index { entries: entries.collect(), earlier: self.earlier }
    }
}

impl Index<'static> {
    /// The index of a catalog, as what is about it sees it.
    pub(super) fn of_catalog(catalog: &Catalog) -> Self {
        let mut index = Self::default();
        index.params(&catalog.params);
        index.groups(&catalog.groups);
        index.controls(&catalog.controls);
        for resource in catalog.back_matter.iter().flat_map(|back| &back.resources) {
            index.add(folded(&resource.uuid).into_owned().into(), Kinds::RESOURCE);
        }
        index
    }

    fn groups(&mut self, groups: &[Group]) {
        for group in groups {
            if let Some(id) = &group.id {
                self.add(id.clone().into(), Kinds::GROUP);
            }
            self.params(&group.params);
            self.parts(&group.parts, None);
            self.groups(&group.groups);
            self.controls(&group.controls);
        }
    }

    fn controls(&mut self, controls: &[Control]) {
        for control in controls {
            let at = self.insert(control.id.clone().into(), Kinds::CONTROL, None);
            self.params(&control.params);
            self.parts(&control.parts, Some(at));
            self.controls(&control.controls);
        }
    }

    fn params(&mut self, params: &[Parameter]) {
        for param in params {
            self.add(param.id.clone().into(), Kinds::PARAM);
            let alternates = param.props.iter().filter(|prop| prop.name == "alt-identifier");
            self.earlier.extend(alternates.map(|prop| (prop.value.clone(), param.id.clone())));
        }
    }

    fn parts(&mut self, parts: &[Part], control: Option<usize>) {
        for part in parts {
            if let Some(id) = &part.id {
                self.insert(id.clone().into(), Kinds::PART, control);
            }
            self.parts(&part.parts, control);
        }
    }
}

/// An identifier as it is compared: uuids regardless of case (RFC 9562, 4), ids letter by letter.
pub(super) fn folded(id: &str) -> Cow<'_, str> {
    if is_uuid(id) && id.contains(|c: char| c.is_ascii_uppercase()) {
        Cow::Owned(id.to_ascii_lowercase())
    } else {
        Cow::Borrowed(id)
    }
}

/// Whether an identifier has the form of a uuid.
pub(super) fn is_uuid(id: &str) -> bool {
    id.len() == 36
        && id.bytes().enumerate().all(|(at, byte)| match at {
            8 | 13 | 18 | 23 => byte == b'-',
            _ => byte.is_ascii_hexdigit(),
        })
}
