//! Controls that go under another id: what their links, mapping collections or their words say.

use std::collections::HashMap;

use serde_json::Value;

use super::catalog::{Catalogs, Site};
use super::data::{Change, Kin, Relation};
use super::keys::text;
use super::walk::Open;

/// Which controls before became which after.
#[derive(Default)]
pub(super) struct Kinship {
    /// For a site after that is new: the site before whose successor it is.
    ancestors: HashMap<usize, (usize, Relation)>,
    /// The same from the other end.
    heirs: HashMap<usize, (usize, Relation)>,
    /// What links of newly withdrawn controls say, by site before.
    links: HashMap<usize, Vec<Kin>>,
    /// The same by the control that they lead to, by site after.
    taken_up: HashMap<usize, Vec<Kin>>,
}

impl Kinship {
    /// The site before that a new site after continues.
    pub(super) fn ancestor(&self, after: usize) -> Option<usize> {
        self.ancestors.get(&after).map(|found| found.0)
    }

    /// The site after that continues a site before.
    pub(super) fn heir(&self, before: usize) -> Option<usize> {
        self.heirs.get(&before).map(|found| found.0)
    }

    fn note(&mut self, before: usize, after: usize, relation: Relation) {
        if !self.heirs.contains_key(&before) && !self.ancestors.contains_key(&after) {
            self.heirs.insert(before, (after, relation));
            self.ancestors.insert(after, (before, relation));
        }
    }

    /// Tells an item of its kin.
    pub(super) fn tell(
        &self,
        both: &Catalogs<'_>,
        old: Option<usize>,
        new: Option<usize>,
        open: &mut Open<'_>,
    ) {
        let is_stub = new.is_none_or(|new| both.back.get(new).copied().flatten().is_some());
        if let Some((old, links)) = old.filter(|_| is_stub).map(|old| (old, self.links.get(&old))) {
            open.successors.extend(links.into_iter().flatten().cloned());
            if let Some((heir, relation)) = self.heirs.get(&old) {
                let id = both.after.get(*heir).map(Site::id).unwrap_or_default();
                if !open.successors.iter().any(|kin| kin.id == id) {
                    open.successors.push(Kin { relation: *relation, id: id.to_owned(), part: None });
                }
                open.changes.push(Change::Moved);
            }
        }
        let Some(new) = new else { return };
        open.predecessors.extend(self.taken_up.get(&new).into_iter().flatten().cloned());
        if let Some((ancestor, relation)) = self.ancestors.get(&new) {
            let id = both.before.get(*ancestor).map(Site::id).unwrap_or_default();
            if !open.predecessors.iter().any(|kin| kin.id == id) {
                open.predecessors.push(Kin { relation: *relation, id: id.to_owned(), part: None });
            }
            open.changes.push(Change::Moved);
        }
    }
}

/// Finds out which controls became which. What links say counts first, then mapping collections, then words.
pub(super) fn find(both: &Catalogs<'_>, mappings: &[&Value]) -> Kinship {
    let mut kinship = Kinship::default();
    by_links(both, &mut kinship);
    by_mappings(both, mappings, &mut kinship);
    by_words(both, &mut kinship);
    kinship
}

fn is_new(both: &Catalogs<'_>, after: usize) -> bool {
    both.back.get(after).is_some_and(Option::is_none) && both.after.get(after).is_some_and(Site::is_control)
}

fn is_gone(both: &Catalogs<'_>, before: usize) -> bool {
    both.forward.get(before).is_some_and(Option::is_none)
        && both.before.get(before).is_some_and(Site::is_control)
}

/// Links `moved-to` and `incorporated-into` of controls that are withdrawn now and were not before.
fn by_links(both: &Catalogs<'_>, kinship: &mut Kinship) {
    let places = places(both);
    for (old, new) in both.forward.iter().enumerate().filter_map(|(old, new)| Some((old, (*new)?))) {
        let (Some(before), Some(after)) = (both.before.get(old), both.after.get(new)) else { continue };
        if before.is_withdrawn() || !after.is_withdrawn() {
            continue;
        }
        let links = after.object.get("links").and_then(Value::as_array).into_iter().flatten();
        for link in links.filter_map(Value::as_object) {
            let relation = match text(link, "rel") {
                "moved-to" => Relation::MovedTo,
                "incorporated-into" => Relation::IncorporatedInto,
                _ => continue,
            };
            let href = text(link, "href");
            let href = href.strip_prefix('#').unwrap_or(href);
            let target = places.get(href).copied();
            let id = target.and_then(|at| both.after.get(at)).map_or(href, Site::id);
            let part = (id != href).then(|| href.to_owned());
            kinship.links.entry(old).or_default().push(Kin {
                relation,
                id: id.to_owned(),
                part: part.clone(),
            });
            if let Some(target) = target {
                let from = Kin { relation, id: before.id().to_owned(), part };
                kinship.taken_up.entry(target).or_default().push(from);
                if relation == Relation::MovedTo && is_new(both, target) {
                    kinship.note(old, target, relation);
                }
            }
        }
    }
}

/// The control after that each id stands in: its own, and those of its parts.
fn places<'v>(both: &Catalogs<'v>) -> HashMap<&'v str, usize> {
    fn parts<'v>(
        object: &'v serde_json::Map<String, Value>,
        at: usize,
        places: &mut HashMap<&'v str, usize>,
    ) {
        for part in object.get("parts").and_then(Value::as_array).into_iter().flatten() {
            if let Some(part) = part.as_object() {
                places.entry(text(part, "id")).or_insert(at);
                parts(part, at, places);
            }
        }
    }
    let mut places = HashMap::with_capacity(both.after.len());
    let controls = || both.after.iter().enumerate().filter(|(_, site)| site.is_control());
    for (at, site) in controls() {
        places.entry(site.id()).or_insert(at);
    }
    for (at, site) in controls() {
        parts(site.object, at, &mut places);
    }
    places
}

/// Maps between one control and one control that are equal or equivalent, whichever side is the source.
fn by_mappings(both: &Catalogs<'_>, mappings: &[&Value], kinship: &mut Kinship) {
    let ids = |sites: &[Site<'_>], wanted: &dyn Fn(usize) -> bool| -> HashMap<String, usize> {
        let ids = sites.iter().enumerate().filter(|(at, _)| wanted(*at));
        ids.map(|(at, site)| (site.id().to_owned(), at)).collect()
    };
    if mappings.is_empty() {
        return;
    }
    let gone = ids(&both.before, &|at| is_gone(both, at));
    let new = ids(&both.after, &|at| is_new(both, at));
    for (source, target) in mappings.iter().flat_map(|collection| pairs(collection)) {
        for (from, to) in [(source, target), (target, source)] {
            if let (Some(old), Some(new)) = (gone.get(from), new.get(to)) {
                kinship.note(*old, *new, Relation::MappedTo);
            }
        }
    }
}

fn pairs(collection: &Value) -> Vec<(&str, &str)> {
    let model = collection.get("mapping-collection").unwrap_or(collection);
    let mappings = model.get("mappings").map(super::walk::items).unwrap_or_default().iter();
    let maps = mappings.filter_map(|mapping| mapping.get("maps")?.as_array()).flatten();
    let only = |map: &'_ Value, key: &str| -> Option<usize> { Some(map.get(key)?.as_array()?.len()) };
    let equal = maps.filter(|map| {
        let relationship = map.get("relationship");
        let word = relationship.and_then(|r| r.as_str().or_else(|| r.get("type").and_then(Value::as_str)));
        matches!(word, Some("equal-to" | "equivalent-to" | "equal" | "equivalent"))
            && only(map, "sources") == Some(1)
            && only(map, "targets") == Some(1)
    });
    equal.filter_map(|map| Some((id_of(map, "/sources/0")?, id_of(map, "/targets/0")?))).collect()
}

fn id_of<'v>(map: &'v Value, pointer: &str) -> Option<&'v str> {
    let item = map.pointer(pointer)?;
    item.get("id-ref")?.as_str().filter(|_| item.get("type").and_then(Value::as_str) == Some("control"))
}

/// Controls that say the same, letter by letter, and of which there is one on either side.
fn by_words(both: &Catalogs<'_>, kinship: &mut Kinship) {
    let mut new: HashMap<String, Option<usize>> = HashMap::new();
    for at in (0..both.after.len()).filter(|at| is_new(both, *at) && kinship.ancestor(*at).is_none()) {
        if let Some(text) = both.after.get(at).and_then(words) {
            new.entry(text).and_modify(|place| *place = None).or_insert(Some(at));
        }
    }
    if new.is_empty() {
        return;
    }
    let mut old: HashMap<String, Option<usize>> = HashMap::new();
    let mut order = Vec::new();
    for at in (0..both.before.len()).filter(|at| is_gone(both, *at) && kinship.heir(*at).is_none()) {
        if let Some(text) = both.before.get(at).and_then(words).filter(|text| new.contains_key(text)) {
            order.push((text.clone(), at));
            old.entry(text).and_modify(|place| *place = None).or_insert(Some(at));
        }
    }
    for (text, at) in order {
        if let (Some(Some(_)), Some(Some(there))) = (old.get(&text), new.get(&text)) {
            kinship.note(at, *there, Relation::SameText);
        }
    }
}

/// Title and statement of a control; none where it has no statement.
fn words(site: &Site<'_>) -> Option<String> {
    fn prose(object: &serde_json::Map<String, Value>, out: &mut String) {
        out.push('\n');
        out.push_str(text(object, "prose"));
        for part in
            object.get("parts").and_then(Value::as_array).into_iter().flatten().filter_map(Value::as_object)
        {
            prose(part, out);
        }
    }
    let mut out = String::new();
    let parts = site.object.get("parts").and_then(Value::as_array).into_iter().flatten();
    for part in parts.filter_map(Value::as_object).filter(|part| text(part, "name") == "statement") {
        prose(part, &mut out);
    }
    (!out.trim().is_empty()).then(|| format!("{}{out}", text(site.object, "title")))
}
