//! Links of attestations, rewritten for the place where the results lie, and the documents that they lead to.

use std::collections::BTreeSet;

use probity_diagnostics::TreePath;
use probity_oscal::model::assessment::AssessmentPart;
use probity_oscal::model::metadata::{Link, Resource};

use super::AssembleInput;
use super::statement::Used;

/// From the folder of one document to that of another.
pub(super) struct Move<'a> {
    /// The document that a link stands in.
    pub(super) from: &'a TreePath,
    /// The document that it is copied to.
    pub(super) to: &'a TreePath,
}

impl Move<'_> {
    /// `href` as it has to read in the other document. Fragments and absolute references stay as they are.
    pub(super) fn href(&self, href: &str) -> String {
        let absolute = href.split(['/', '?', '#']).next().is_some_and(|first| first.contains(':'));
        if href.is_empty() || href.starts_with(['#', '/']) || absolute {
            return href.to_owned();
        }
        let target = self.from.sibling(href);
        target.map_or_else(|_| href.to_owned(), |target| self.to.parent().relative(&target))
    }

    pub(super) fn links(&self, links: &mut [Link]) {
        for link in links {
            link.href = self.href(&link.href);
        }
    }

    pub(super) fn parts(&self, parts: &mut [AssessmentPart]) {
        for part in parts {
            self.links(&mut part.links);
            self.parts(&mut part.parts);
        }
    }
}

/// The back-matter resources that the used statements and words refer to, in the order of files.
pub(super) fn resources(input: &AssembleInput<'_>, used: &[Used<'_>]) -> Vec<Resource> {
    let mut seen = BTreeSet::new();
    let mut copied = Vec::new();
    for used in used {
        let wanted = fragments(used);
        let moved = Move { from: &used.file.path, to: input.document };
        for resource in used.file.resources.iter().filter(|resource| wanted.contains(resource.uuid.as_str()))
        {
            if seen.insert(resource.uuid.clone()) {
                let mut resource = resource.clone();
                for rlink in &mut resource.rlinks {
                    rlink.href = moved.href(&rlink.href);
                }
                copied.push(resource);
            }
        }
    }
    copied
}

/// What the fragments of all links name.
fn fragments<'a>(used: &Used<'a>) -> BTreeSet<&'a str> {
    let mut hrefs: Vec<&str> = Vec::new();
    for statement in &used.statements {
        hrefs.extend(statement.observation.relevant_evidence.iter().filter_map(|item| item.href.as_deref()));
        hrefs.extend(statement.observation.links.iter().map(|link| link.href.as_str()));
    }
    for words in &used.file.words {
        of_parts(&words.parts, &mut hrefs);
    }
    hrefs.into_iter().filter_map(|href| href.strip_prefix('#')).collect()
}

fn of_parts<'a>(parts: &'a [AssessmentPart], hrefs: &mut Vec<&'a str>) {
    for part in parts {
        hrefs.extend(part.links.iter().map(|link| link.href.as_str()));
        of_parts(&part.parts, hrefs);
    }
}
