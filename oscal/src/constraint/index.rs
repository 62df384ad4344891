//! `index`: the targets have different keys, which `index-has-key` looks for.
//!
//! An index belongs to the node that its constraint was reached from. A reference looks in the index of the nearest node
//! around it that has one of the name, else in all of the document: OSCAL collects roles in `metadata` and refers to them
//! from everywhere.

use std::borrow::Cow;
use std::collections::{BTreeMap, HashMap};

use super::codes;
use super::key::{Found, Key, KeyPart, keys};
use super::report::Report;
use super::site::Site;
use super::words::noun;
use crate::metapath::{Node, NodeId};

/// What is collected under a name.
#[derive(Debug)]
pub(super) struct Index {
    pub(super) name: Cow<'static, str>,
    pub(super) parts: Vec<KeyPart>,
}

/// The keys of one index of one node.
#[derive(Debug)]
struct Collected<'t> {
    from: NodeId,
    keys: HashMap<Key<'t>, (Node<'t>, Option<Node<'t>>)>,
    /// The keys in the order in which they stand.
    order: Vec<Key<'t>>,
}

/// The indexes of a document, by name.
#[derive(Debug, Default)]
pub(super) struct Indexes<'t> {
    collected: BTreeMap<&'t str, Vec<Collected<'t>>>,
    /// Indexes with targets that could not be found.
    incomplete: Vec<&'t str>,
}

impl<'t> Indexes<'t> {
    /// Collects the keys of the targets that were found from a node.
    pub(super) fn collect(
        &mut self,
        site: &Site<'t>,
        index: &'t Index,
        targets: &[Node<'t>],
        report: &mut Report<'t>,
    ) {
        let mut collected = Collected { from: site.id(), keys: HashMap::new(), order: Vec::new() };
        for target in targets {
            match keys(&index.parts, &site.scope, *target) {
                Err(why) => report.unkeyed(&site.at(*target), why),
                Ok(found) => {
                    for found in found {
                        collected.add(&site.at(*target), found, report);
                    }
                }
            }
        }
        self.collected.entry(&index.name).or_default().push(collected);
    }

    /// Remembers that an index could not be collected: references to it are not looked at.
    pub(super) fn give_up(&mut self, index: &'t Index) {
        self.incomplete.push(&index.name);
    }

    /// Whether references to the index can be looked at.
    pub(super) fn is_complete(&self, name: &str) -> bool {
        !self.incomplete.contains(&name)
    }

    /// The indexes that a reference at `node` looks in.
    fn around<'s>(&'s self, name: &str, node: NodeId, report: &Report<'_>) -> Vec<&'s Collected<'t>> {
        let Some(all) = self.collected.get(name) else { return Vec::new() };
        if let [only] = all.as_slice() {
            return vec![only];
        }
        let way = std::iter::once(node).chain(report.tree().ancestors(node));
        for at in way {
            let here: Vec<_> = all.iter().filter(|collected| collected.from == at).collect();
            if !here.is_empty() {
                return here;
            }
        }
        all.iter().collect()
    }

    /// Whether a reference at `node` finds its key.
    pub(super) fn has(&self, name: &str, key: &Key<'t>, node: NodeId, report: &Report<'_>) -> bool {
        match self.collected.get(name).map(Vec::as_slice) {
            None => false,
            Some([only]) => only.keys.contains_key(key),
            Some(_) => self.around(name, node, report).iter().any(|index| index.keys.contains_key(key)),
        }
    }

    /// The keys that a reference at `node` could have meant, in their order.
    pub(super) fn known(&self, name: &str, node: NodeId, report: &Report<'_>) -> Vec<&Key<'t>> {
        self.around(name, node, report).into_iter().flat_map(|index| &index.order).collect()
    }
}

impl<'t> Collected<'t> {
    fn add(&mut self, site: &Site<'t>, found: Found<'t>, report: &mut Report<'t>) {
        let (Found { key, at }, target) = (found, site.node);
        match self.keys.get(&key) {
            None => {
                self.order.push(key.clone());
                self.keys.insert(key, (target, at));
            }
            Some((first, _)) if *first == target => {}
            Some((first, first_at)) => {
                let (what, other) = (noun(report.tree(), target.id), noun(report.tree(), first.id));
                let message = if what == other {
                    format!("a second {what} is called {}", key.shown())
                } else {
                    format!("a {what} and a {other} are both called {}", key.shown())
                };
                let finding = site
                    .finding(&codes::INDEX, message, report.place(at.unwrap_or(target).id))
                    .label("stands here too")
                    .also(report.place(first_at.unwrap_or(*first).id), "stands here");
                report.add(target.id, finding);
            }
        }
    }
}
