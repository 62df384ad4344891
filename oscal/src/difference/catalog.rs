//! Controls and groups, which are matched over the whole catalog, wherever they stand.

use std::collections::HashMap;

use probity_diagnostics::Pointer;
use serde_json::Value;

use super::data::{About, Change, Named};
use super::keys::text;
use super::kin::{self, Kinship};
use super::names;
use super::walk::{Alone, Object, Token, Walk};
use crate::schema::{Definition, Shape};

/// Members that hold groups and controls.
pub(super) const NESTED: [&str; 2] = ["groups", "controls"];

/// A group or a control, and where it stands.
pub(super) struct Site<'v> {
    pub(super) definition: &'static Definition,
    pub(super) object: &'v Object,
    pub(super) pointer: Pointer,
    /// What it stands in, by position among the sites.
    pub(super) parent: Option<usize>,
}

impl<'v> Site<'v> {
    /// Whether it is a control.
    pub(super) fn is_control(&self) -> bool {
        self.definition.name == "control"
    }

    /// Its id.
    pub(super) fn id(&self) -> &'v str {
        text(self.object, "id")
    }

    /// Whether it says that it is withdrawn.
    pub(super) fn is_withdrawn(&self) -> bool {
        let props = self.object.get("props").and_then(Value::as_array).into_iter().flatten();
        props.filter_map(Value::as_object).any(|prop| {
            text(prop, "name") == "status"
                && text(prop, "value").eq_ignore_ascii_case("withdrawn")
                && matches!(text(prop, "ns"), "" | crate::OSCAL_NS)
        })
    }

    fn key(&self) -> (bool, &'v str) {
        let id = self.id();
        (self.is_control(), if id.is_empty() { text(self.object, "title") } else { id })
    }
}

/// All groups and controls of one side, in the order of the document.
pub(super) fn sites<'v>(of: &'static Definition, model: &'v Object, at: &Pointer) -> Vec<Site<'v>> {
    let mut sites = Vec::new();
    collect(of, model, at, None, &mut sites);
    sites
}

fn collect<'v>(
    of: &'static Definition,
    object: &'v Object,
    at: &Pointer,
    parent: Option<usize>,
    sites: &mut Vec<Site<'v>>,
) {
    for key in NESTED {
        let Some((_, property)) = of.property(key) else { continue };
        let Shape::Object(definition) = property.shape else { continue };
        let items = object.get(key).and_then(Value::as_array).into_iter().flatten();
        for (index, inside) in items.enumerate() {
            let Some(inside) = inside.as_object() else { continue };
            let pointer = at.key(key).index(index);
            let here = sites.len();
            sites.push(Site { definition, object: inside, pointer: pointer.clone(), parent });
            collect(definition, inside, &pointer, Some(here), sites);
        }
    }
}

/// Two catalogs, side by side.
pub(super) struct Catalogs<'v> {
    pub(super) before: Vec<Site<'v>>,
    pub(super) after: Vec<Site<'v>>,
    /// For each site before, the same one after.
    pub(super) forward: Vec<Option<usize>>,
    /// For each site after, the same one before.
    pub(super) back: Vec<Option<usize>>,
}

impl<'v> Catalogs<'v> {
    /// Matches groups and controls by id, then groups by title; the same id again is another one.
    fn new(before: Vec<Site<'v>>, after: Vec<Site<'v>>) -> Self {
        let mut both =
            Self { forward: vec![None; before.len()], back: vec![None; after.len()], before, after };
        both.pair(Site::key, |_| true);
        both.pair(|site| (false, text(site.object, "title")), |site| !site.is_control());
        both
    }

    fn pair<K: std::hash::Hash + Eq>(
        &mut self,
        key: impl Fn(&Site<'v>) -> K,
        wanted: impl Fn(&Site<'v>) -> bool,
    ) {
        let mut by_key: HashMap<K, Vec<usize>> = HashMap::with_capacity(self.after.len());
        for (at, site) in self.after.iter().enumerate().rev() {
            if wanted(site) && self.back.get(at).is_some_and(Option::is_none) {
                by_key.entry(key(site)).or_default().push(at);
            }
        }
        for (at, site) in self.before.iter().enumerate() {
            let Some(forward @ None) = self.forward.get_mut(at) else { continue };
            let there = if wanted(site) { by_key.get_mut(&key(site)).and_then(Vec::pop) } else { None };
            if let Some(back) = there.and_then(|there| self.back.get_mut(there)) {
                (*forward, *back) = (there, Some(at));
            }
        }
    }
}

impl<'v> Walk<'v> {
    /// Compares the groups and controls of two catalogs.
    pub(super) fn catalogs(
        &mut self,
        of: &'static Definition,
        before: Option<&'v Object>,
        after: Option<&'v Object>,
        mappings: &[&'v Value],
    ) {
        let side = |model: Option<&'v Object>, at: &Pointer| {
            model.map(|model| sites(of, model, at)).unwrap_or_default()
        };
        let both = Catalogs::new(side(before, &self.base.0), side(after, &self.base.1));
        let kinship = kin::find(&both, mappings);
        let base = self.base.clone();
        for (at, site) in both.after.iter().enumerate() {
            let old = both.back.get(at).copied().flatten().or_else(|| kinship.ancestor(at));
            self.site(&both, &kinship, old, Some(at), site);
        }
        for (at, site) in both.before.iter().enumerate() {
            if both.forward.get(at).copied().flatten().is_none() {
                self.site(&both, &kinship, Some(at), None, site);
            }
        }
        self.base = base;
    }

    fn site(
        &mut self,
        both: &Catalogs<'v>,
        kinship: &Kinship,
        old: Option<usize>,
        new: Option<usize>,
        site: &Site<'v>,
    ) {
        let before = old.and_then(|at| both.before.get(at));
        let after = new.and_then(|at| both.after.get(at));
        self.base = (
            before.map(|site| site.pointer.clone()).unwrap_or_default(),
            after.map(|site| site.pointer.clone()).unwrap_or_default(),
        );
        self.open(site.definition, site.definition.name, (before.map(|s| s.object), after.map(|s| s.object)));
        match (before, after) {
            (Some(before), Some(after)) => {
                self.ids_differ = before.id() != after.id() && site.is_control();
                self.object(site.definition, before.object, after.object, &NESTED);
                self.ids_differ = false;
                self.moved(both, kinship, before, after);
            }
            (Some(_), None) => self.statements(site, Alone::Before),
            (None, _) => self.statements(site, Alone::After),
        }
        let within = within(if new.is_some() { &both.after } else { &both.before }, site);
        let is_new = new.is_some_and(|at| both.back.get(at).copied().flatten().is_none());
        let (was, is) = (before.is_some_and(Site::is_withdrawn), after.is_some_and(Site::is_withdrawn));
        if let Some(open) = self.current() {
            open.within = Some(within);
            if site.is_control() {
                if is && (!was || is_new) {
                    open.changes.push(Change::Withdrawn);
                } else if was && !is && after.is_some() && !is_new {
                    open.changes.push(Change::Restored);
                }
                if is_new {
                    open.changes.push(Change::Added);
                }
                kinship.tell(both, old, new, open);
            }
        }
        self.close();
    }

    /// Says where something stood where it stands elsewhere.
    fn moved(&mut self, both: &Catalogs<'v>, kinship: &Kinship, before: &Site<'v>, after: &Site<'v>) {
        let expected =
            before.parent.map(|at| both.forward.get(at).copied().flatten().or_else(|| kinship.heir(at)));
        if expected == after.parent.map(Some) {
            return;
        }
        let name = |sites: &[Site<'v>], site: &Site<'v>| {
            let parent = site.parent.and_then(|at| sites.get(at));
            parent.map_or_else(|| "the catalog".to_owned(), |parent| called(parent))
        };
        self.changed("place", name(&both.before, before), name(&both.after, after));
        self.last_detail(|detail| detail.about = About::Place);
        if let Some(open) = self.current() {
            open.changes.push(Change::Moved);
        }
    }

    /// The statement of a control that stands on one side only.
    fn statements(&mut self, site: &Site<'v>, side: Alone) {
        let parts = site.object.get("parts").and_then(Value::as_array).into_iter().flatten();
        for (at, part) in
            parts.enumerate().filter(|(_, part)| part.get("name") == Some(&Value::from("statement")))
        {
            let (Some(part), Some((_, property))) = (part.as_object(), site.definition.property("parts"))
            else {
                continue;
            };
            let Shape::Object(definition) = property.shape else { continue };
            let depth = self.enter(&[Token::Key("parts"), Token::Index(Some(at), Some(at))]);
            self.lone(definition, part, side);
            self.leave(depth);
        }
    }
}

/// `control ac-2 Account Management`.
fn called(site: &Site<'_>) -> String {
    let words = [site.definition.name, site.id(), text(site.object, "title")];
    words.into_iter().filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ")
}

/// What a site stands in, outermost first.
fn within(sites: &[Site<'_>], site: &Site<'_>) -> Vec<Named> {
    let mut around = Vec::new();
    let mut parent = site.parent;
    while let Some(site) = parent.and_then(|at| sites.get(at)) {
        let name = names::name(site.definition, site.object);
        around.push(Named { kind: site.definition.name, id: name.id, title: name.title });
        parent = site.parent;
    }
    around.reverse();
    around
}
