//! `is-unique`: the targets differ in their keys.

use std::collections::HashMap;

use super::codes;
use super::key::{Found, Key, KeyPart, keys};
use super::report::Report;
use super::site::Site;
use super::words::noun;
use crate::metapath::Node;

/// What has to differ.
#[derive(Debug)]
pub(super) struct IsUnique {
    pub(super) parts: Vec<KeyPart>,
}

impl IsUnique {
    pub(super) fn check<'t>(&'t self, site: &Site<'t>, targets: &[Node<'t>], report: &mut Report<'t>) {
        if targets.len() < 2 {
            return;
        }
        let mut seen: HashMap<Key<'t>, (Node<'t>, Option<Node<'t>>)> = HashMap::with_capacity(targets.len());
        for target in targets {
            let found = match keys(&self.parts, &site.scope, *target) {
                Ok(found) => found,
                Err(why) => {
                    report.unkeyed(&site.at(*target), why);
                    continue;
                }
            };
            for Found { key, at } in found {
                match seen.get(&key) {
                    None => {
                        seen.insert(key, (*target, at));
                    }
                    Some((first, _)) if first == target => {}
                    Some((first, first_at)) => {
                        let what = noun(report.tree(), target.id);
                        let message = format!("a second {what} with {}", key.shown());
                        let place = report.place(at.unwrap_or(*target).id);
                        let also = report.place(first_at.unwrap_or(*first).id);
                        let finding = site
                            .at(*target)
                            .finding(&codes::IS_UNIQUE, message, place)
                            .label("stands here too")
                            .also(also, "stands here")
                            .help(format!("{} must differ in {}", what, fields(&self.parts)));
                        report.add(target.id, finding);
                    }
                }
            }
        }
    }
}

/// The key fields in words.
pub(super) fn fields(parts: &[KeyPart]) -> String {
    let names: Vec<String> = parts
        .iter()
        .map(|part| match part.path.text.as_ref() {
            "." => "value".to_owned(),
            text => format!("`{}`", text.strip_prefix('@').unwrap_or(text)),
        })
        .collect();
    names.join(", ")
}
