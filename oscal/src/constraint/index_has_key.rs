//! `index-has-key`: the key of the target is in an index. Looked at when all indexes of the document are collected.

use std::borrow::Cow;

use probity_diagnostics::Diagnostic;

use super::codes;
use super::index::Indexes;
use super::key::{Key, KeyPart, keys};
use super::report::{Report, list};
use super::rule::Rule;
use super::site::Site;
use super::words::{noun, slip, whole_noun};
use crate::metapath::Node;

/// What is looked for, and where.
#[derive(Debug)]
pub(super) struct IndexHasKey {
    pub(super) name: Cow<'static, str>,
    pub(super) parts: Vec<KeyPart>,
}

/// A key that has to be in an index.
#[derive(Debug)]
pub(super) struct Reference<'t> {
    site: Site<'t>,
    wanted: &'t IndexHasKey,
    key: Key<'t>,
    at: Option<Node<'t>>,
}

impl IndexHasKey {
    /// The references that a target makes; a target without key makes none.
    pub(super) fn references<'t>(
        &'t self,
        site: &Site<'t>,
        into: &mut Vec<Reference<'t>>,
        report: &mut Report<'t>,
    ) {
        match keys(&self.parts, &site.scope, site.node) {
            Err(why) => report.unkeyed(site, why),
            Ok(found) => into.extend(found.into_iter().map(|found| Reference {
                site: site.clone(),
                wanted: self,
                key: found.key,
                at: found.at,
            })),
        }
    }
}

/// Looks the references up.
pub(super) fn finish<'t>(
    references: Vec<Reference<'t>>,
    indexes: &Indexes<'t>,
    declared: impl Fn(&str) -> Option<&'t Rule>,
    report: &mut Report<'t>,
) {
    let mut unknown: Vec<&str> = Vec::new();
    for reference in references {
        let name: &'t str = &reference.wanted.name;
        if !indexes.is_complete(name) {
            continue;
        }
        if indexes.has(name, &reference.key, reference.site.id(), report) {
            continue;
        }
        if let Some(index) = declared(name) {
            report.add(reference.site.id(), reference.dangling(index, indexes, report));
        } else if !unknown.contains(&name) {
            unknown.push(name);
            report.add(reference.site.id(), reference.undeclared(report));
        }
    }
}

impl<'t> Reference<'t> {
    fn undeclared(&self, report: &Report<'t>) -> Diagnostic {
        let message = format!("no constraint for this model collects the index `{}`", self.wanted.name);
        self.site.finding(&codes::UNKNOWN_INDEX, message, report.place(self.site.id()))
    }

    fn dangling(&self, index: &Rule, indexes: &Indexes<'t>, report: &Report<'t>) -> Diagnostic {
        let tree = report.tree();
        let at = self.at.unwrap_or(self.site.node);
        let what = collected(index);
        let message = format!("{} in {} names no {what}", self.key.shown(), noun(tree, at.id));
        let mut finding = self.site.finding(&codes::INDEX_HAS_KEY, message, report.place(at.id));
        let known = indexes.known(&self.wanted.name, self.site.id(), report);
        let values: Vec<&str> = known.iter().filter_map(|key| key.only()).collect();
        finding = finding.label("leads nowhere");
        if let Some(meant) = self.key.only().and_then(|key| slip(key, values.iter().copied())) {
            finding = finding.help(format!("did you mean `{meant}`?"));
        } else if !values.is_empty() && values.len() <= 12 {
            finding = finding.help(format!("known here: {}", list(&values)));
        }
        let holder = whole_noun(index);
        finding.help(format!("add the {what}{holder}, or correct the reference"))
    }
}

/// What an index collects, from the names that its target ends with.
fn collected(rule: &Rule) -> String {
    let text = rule.target.text.as_ref();
    let plain = text.split('[').next().unwrap_or(text);
    let last = plain.rsplit('/').next().unwrap_or(plain).trim_matches(['(', ')', '.', ' ']);
    if last.is_empty() { "object".to_owned() } else { format!("`{}`", last.replace('|', "` or `")) }
}
