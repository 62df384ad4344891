//! The files that assessment results link to in their back matter, and whether they are still the same.

use probity_diagnostics::{Diagnostic, Diagnostics, FileTree, Location, Pointer, Sha256Digest, TreePath};
use probity_oscal::model::metadata::{BackMatter, Property, Resource, Rlink};

use super::markup;
use super::props::{self, prop};
use super::report::{EvidenceSet, SourceState};
use crate::codes;

/// A linked file.
#[derive(Debug, Clone)]
pub(super) struct Link {
    /// Prop `kind`.
    pub(super) kind: String,
    /// Prop `check`, for Rego modules.
    pub(super) check: Option<String>,
    /// Title of the back-matter resource.
    pub(super) title: String,
    /// The reference as written.
    pub(super) href: String,
    /// The file; none for references that lead out of the tree.
    pub(super) path: Option<TreePath>,
    /// The recorded SHA-256.
    pub(super) digest: Option<String>,
    /// How the file compares with it.
    pub(super) state: SourceState,
    /// What the results say about an evidence set.
    pub(super) set: Option<EvidenceSet>,
}

impl Link {
    /// The path, where the file may be relied on.
    pub(super) fn usable(&self) -> Option<&TreePath> {
        let good = matches!(self.state, SourceState::Verified | SourceState::Unchecked);
        self.path.as_ref().filter(|_| good)
    }

    /// The name shown to people.
    pub(super) fn file(&self) -> String {
        self.path.as_ref().map_or_else(|| self.href.clone(), ToString::to_string)
    }
}

/// The folder beside the folders of an archive that holds, by digest, what their documents link to.
pub const LINKED: &str = "linked";

/// The name below [`LINKED`] of a file that a document links to as `href`.
pub fn linked_name(digest: &str, href: &str) -> String {
    let name = href.rsplit('/').next().unwrap_or(href);
    match name.rsplit_once('.') {
        Some((_, extension)) => format!("{digest}.{extension}"),
        None => digest.to_owned(),
    }
}

/// The resources of `back_matter` with one of these values of prop `kind`.
pub(super) fn of_kinds(back_matter: &BackMatter, kinds: &[&str]) -> BackMatter {
    let wanted =
        |resource: &&Resource| prop(&resource.props, "kind").is_some_and(|kind| kinds.contains(&kind));
    BackMatter { resources: back_matter.resources.iter().filter(wanted).cloned().collect() }
}

/// Follows every back-matter resource that has a prop `kind`.
pub(super) fn follow(
    tree: &dyn FileTree,
    document: &TreePath,
    back_matter: Option<&BackMatter>,
    found: &mut Diagnostics,
) -> Vec<Link> {
    let resources = back_matter.map(|matter| matter.resources.as_slice()).unwrap_or_default();
    let base = Pointer::root().key("assessment-results").key("back-matter").key("resources");
    let links = resources.iter().enumerate().filter_map(|(at, resource)| {
        let kind = props::owned(&resource.props, "kind")?;
        let rlink = resource.rlinks.first()?;
        let at = Location::value(document, &base.index(at));
        Some(follow_one(tree, document, kind, resource, rlink, &at, found))
    });
    links.collect()
}

fn follow_one(
    tree: &dyn FileTree,
    document: &TreePath,
    kind: String,
    resource: &Resource,
    rlink: &Rlink,
    at: &Location,
    found: &mut Diagnostics,
) -> Link {
    let digest = recorded_digest(rlink);
    let mut link = Link {
        kind,
        check: props::owned(&resource.props, "check"),
        title: resource.title.as_deref().map_or_else(|| rlink.href.clone(), markup::line),
        set: stated_set(&resource.props),
        href: rlink.href.clone(),
        path: None,
        digest,
        state: SourceState::Missing,
    };
    match document.sibling(&rlink.href) {
        Err(error) => found.push(missing(&format!("the link to {error}")).at(at.clone())),
        Ok(path) => {
            let mut doubts = Diagnostics::new();
            link.state = compare(tree, &path, link.digest.as_deref(), at, &mut doubts);
            link.path = Some(path);
            match kept(tree, document, &link).filter(|_| !doubts.is_empty()) {
                Some(kept) => (link.path, link.state) = (Some(kept), SourceState::Verified),
                None if is_left_out(tree, document, &link) => {}
                None => found.extend(doubts),
            }
        }
    }
    link
}

/// Whether a document lies in an archive, which does not hold what a file like this one is.
fn is_left_out(tree: &dyn FileTree, document: &TreePath, link: &Link) -> bool {
    let is_held = matches!(link.kind.as_str(), "resolved-catalog" | "verdicts");
    let archive = document.sibling(&format!("../{LINKED}"));
    link.state == SourceState::Missing && !is_held && archive.is_ok_and(|folder| tree.is_folder(&folder))
}

/// The file as an archive keeps it, where it is there and the one that is recorded.
fn kept(tree: &dyn FileTree, document: &TreePath, link: &Link) -> Option<TreePath> {
    let recorded: Sha256Digest = link.digest.as_deref()?.parse().ok()?;
    let name = linked_name(&recorded.to_string(), &link.href);
    let path = document.sibling(&format!("../{LINKED}/{name}")).ok()?;
    (tree.digest(&path).ok()? == recorded).then_some(path)
}

fn compare(
    tree: &dyn FileTree,
    path: &TreePath,
    recorded: Option<&str>,
    at: &Location,
    found: &mut Diagnostics,
) -> SourceState {
    let actual = match tree.digest(path) {
        Ok(actual) => actual.to_string(),
        Err(error) => {
            found.push(missing(&error.to_string()).at(at.clone()));
            return SourceState::Missing;
        }
    };
    match recorded {
        None => SourceState::Unchecked,
        Some(recorded) if recorded.eq_ignore_ascii_case(&actual) => SourceState::Verified,
        Some(_) => {
            let message = format!("`{path}` was changed after the assessment");
            let help = "restore the file, or build the assessment again";
            found.push(Diagnostic::warning(&codes::SOURCE_CHANGED, message).at(at.clone()).help(help));
            SourceState::Changed
        }
    }
}

/// What the assessment noted about an evidence set.
fn stated_set(props: &[Property]) -> Option<EvidenceSet> {
    let complete = prop(props, "complete")? == "true";
    let words = ["collector", "collector-version"].map(|name| prop(props, name).unwrap_or_default());
    Some(EvidenceSet {
        collector: words.join(" ").trim().to_owned(),
        scope: prop(props, "scope").unwrap_or_default().to_owned(),
        complete,
        ..EvidenceSet::default()
    })
}

fn recorded_digest(rlink: &Rlink) -> Option<String> {
    let sha256 = |algorithm: &str| algorithm.eq_ignore_ascii_case("SHA-256");
    rlink.hashes.iter().find(|hash| sha256(&hash.algorithm)).map(|hash| hash.value.clone())
}

fn missing(what: &str) -> Diagnostic {
    Diagnostic::warning(&codes::SOURCE_MISSING, what.to_owned())
        .help("the report is made without it; build the assessment again to restore it")
}
