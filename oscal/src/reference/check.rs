//! The second walk through a document: whether every reference leads somewhere.

use probity_diagnostics::{
    Code, Diagnostic, Diagnostics, FileTree, Location, Severity, TreePath, codes as files, percent_decoded,
};
use serde::Deserialize as _;
use serde_json::Value;

use super::codes;
use super::index::{Index, is_uuid};
use super::kind::Kinds;
use super::library::{Document, Library, resources};
use super::prose::{Mention, mentions};
use super::report::Report;
use super::rules::{PARAMETER, Place, Reference, STANDARD_ROLES, constraint_sees_href};
use super::surroundings::{Gap, Outcome, Scope, Surroundings, surroundings};
use super::survey::{Duplicate, firsts, survey};
use super::walk::{At, Visitor, root_of, walk};
use crate::model::Profile;
use crate::resolve::codes as resolving;
use crate::resolve::source::Base;
use crate::schema::{Datatype, Property, Shape};

/// Checks the references of a document: `value` is the root with the key of its model, read from the file `path` of
/// `tree`. Its form is taken to be right.
///
/// Imported documents are read from the tree, once for all documents that are checked with the same `library`. Findings
/// name `path`; at most [`crate::structure::LIMIT`] are listed.
pub fn check(tree: &dyn FileTree, value: &Value, path: &TreePath, library: &Library) -> Diagnostics {
    let Some((root, model)) = root_of(value) else { return Diagnostics::new() };
    let mut report = Report::new(path);
    let survey = survey(value);
    let resources = resources(value, &survey.imports);
    let base = Base { file: path, root: root.key, resources: &resources };
    duplicates(value, &survey.duplicates, &mut report);
    let mut unread = false;
    if root.key == "profile" {
        let found = profile(tree, model, path, library);
        unread = found.unread;
        report.extend(found.findings);
    }
    let mut around = surroundings(tree, base, &survey.imports, library);
    report.extend(std::mem::take(&mut around.findings));
    if unread {
        around.gaps.iter_mut().for_each(|gap| gap.note("selected and altered controls"));
    }
    let mut checker = Checker { own: &survey.index, is_resolved: is_resolved(model), around, report };
    walk(value, &mut checker);
    let Checker { around, mut report, .. } = checker;
    for gap in around.gaps.iter().filter_map(Gap::finding) {
        if !gap.primary.as_ref().is_some_and(|label| report.has_error_at(&label.location)) {
            report.add(gap);
        }
    }
    report.finish()
}

fn duplicates(document: &Value, duplicates: &[Duplicate<'_>], report: &mut Report<'_>) {
    if duplicates.is_empty() {
        return;
    }
    for (duplicate, place) in duplicates.iter().zip(firsts(document, duplicates)) {
        let first = duplicate.kind.noun().unwrap_or("another object");
        let message = format!("`{}` is the identifier of {first} already", duplicate.id);
        let mut finding = report.value(Severity::Error, &codes::DUPLICATE, &duplicate.pointer, message);
        if let (Some(label), Some(place)) = (&finding.primary, place) {
            let place = Location::value(&label.location.file, &place);
            finding = finding.also(place, "stands here first");
        }
        report.add(finding.help("give one of the two an identifier of its own"));
    }
}

/// What the resolution of a profile says of the profile itself.
struct Resolution {
    findings: Vec<Diagnostic>,
    /// Whether something in the way of resolution was not reported.
    unread: bool,
}

/// Resolves a profile. That an import cannot be read is left out: it is told as a gap.
fn profile(tree: &dyn FileTree, model: &Value, path: &TreePath, library: &Library) -> Resolution {
    const GAPS: [&Code; 4] = [
        &resolving::IMPORT_MISSING,
        &resolving::IMPORT_REMOTE,
        &files::PATH_OUTSIDE,
        &resolving::NOT_RESOLVABLE,
    ];
    let Ok(model) = Profile::deserialize(model) else {
        return Resolution { findings: Vec::new(), unread: true };
    };
    let (resolves, findings) = library.try_profile(tree, path, &model);
    let is_own = |finding: &Diagnostic| {
        finding.primary.as_ref().is_some_and(|label| label.location.file == *path)
            || finding.code == &resolving::CIRCULAR_IMPORT
    };
    let told = |finding: &Diagnostic| is_own(finding) && !GAPS.contains(&finding.code);
    Resolution { findings: findings.into_iter().filter(told).collect(), unread: !resolves }
}

struct Checker<'a, 'v> {
    own: &'a Index<'v>,
    /// Whether the document is a resolved profile, in which controls name others that were not selected.
    is_resolved: bool,
    around: Surroundings,
    report: Report<'a>,
}

impl<'v> Visitor<'v> for Checker<'_, 'v> {
    fn text(&mut self, at: &At<'v>, property: &'static Property, text: &'v str) {
        match property.shape {
            Shape::Scalar(Datatype::UriReference) => {
                if let Some(fragment) = text.strip_prefix('#') {
                    self.href(at, fragment);
                }
            }
            Shape::Scalar(Datatype::MarkupLine | Datatype::MarkupMultiline) => self.prose(at, text),
            _ => {
                if let Some(reference) = Reference::of(at, property.json) {
                    self.reference(at, &reference, text);
                }
            }
        }
    }
}

/// Whether a model is a catalog that a profile was resolved to.
fn is_resolved(model: &Value) -> bool {
    let links = model.pointer("/metadata/links").and_then(Value::as_array);
    let is_source = |link: &Value| link.get("rel").and_then(Value::as_str) == Some("source-profile");
    links.is_some_and(|links| links.iter().any(is_source))
}

/// Whether the href is an import of a profile, which resolution looks at.
fn is_told_by_resolution(at: &At<'_>) -> bool {
    at.node().is_some_and(|node| node.definition.name == "import")
}

impl<'v> Checker<'_, 'v> {
    /// An href that stays in the document.
    fn href(&mut self, at: &At<'v>, fragment: &str) {
        if let Some(provider) = Reference::provider(at) {
            self.reference(at, &provider, fragment);
        } else if !constraint_sees_href(at) && !is_told_by_resolution(at) {
            self.fragment(at, fragment);
        }
    }

    fn prose(&mut self, at: &At<'v>, text: &'v str) {
        for mention in mentions(text) {
            match mention {
                Mention::Fragment(id) => self.fragment(at, id),
                Mention::Parameter(id) => self.reference(at, &Reference::new(PARAMETER, at), id),
            }
        }
    }

    /// Looks for what a fragment names: in the document, and for a profile in what it imports, beside which its
    /// additions will stand.
    fn fragment(&mut self, at: &At<'v>, fragment: &str) {
        let decoded = percent_decoded(fragment).unwrap_or_else(|| fragment.to_owned());
        let id = decoded.as_str();
        if id.is_empty() || self.own.kinds(id) != Kinds::NONE || (self.is_resolved && !is_uuid(id)) {
            return;
        }
        if at.root() == "profile" {
            match self.around.main.look(self.own, &self.around.gaps, id, Kinds::ANY) {
                Outcome::Missing => {}
                Outcome::Undecided(gaps) => return self.unchecked(&gaps, "links"),
                Outcome::Found | Outcome::Other(_) => return,
            }
        }
        let severity = if is_uuid(id) { Severity::Error } else { Severity::Warning };
        let message = format!("`#{fragment}` names nothing in this document");
        let finding = self.report.value(severity, &codes::DANGLING, &at.pointer(), message);
        let elsewhere = self.around.main.documents.iter().find(|d| d.index.kinds(id) != Kinds::NONE);
        let finding = if let Some(document) = elsewhere {
            let path = &document.path;
            finding.help(format!("a fragment alone stays in its document; `{id}` stands in `{path}`"))
        } else {
            let imported = self.around.main.documents.iter().filter(|_| at.root() == "profile");
            let imported = imported.flat_map(|document| document.index.ids(Kinds::ANY));
            self.report.hint(finding, id, self.own.ids(Kinds::ANY).chain(imported))
        };
        self.report.add(finding);
    }

    fn reference(&mut self, at: &At<'v>, reference: &Reference<'v>, id: &str) {
        let scope = scope(&self.around, reference.place);
        if reference.place == Place::Leveraged && scope.is_empty() {
            return;
        }
        match scope.look(self.own, &self.around.gaps, id, reference.wanted) {
            Outcome::Found => self.belongs(at, reference, id),
            Outcome::Undecided(gaps) => self.unchecked(&gaps, reference.plural),
            Outcome::Missing => self.missing(at, reference, id),
            Outcome::Other(kinds) => self.other(at, reference, id, kinds),
        }
    }

    fn unchecked(&mut self, gaps: &[usize], what: &'static str) {
        for index in gaps {
            if let Some(gap) = self.around.gaps.get_mut(*index) {
                gap.note(what);
            }
        }
    }

    fn missing(&mut self, at: &At<'v>, reference: &Reference<'v>, id: &str) {
        if reference.wanted == Kinds::ROLE && STANDARD_ROLES.contains(&id) {
            return;
        }
        let code = match reference.wanted {
            Kinds::PARAM => &codes::NO_PARAMETER,
            Kinds::CONTROL | Kinds::PART => &codes::NO_CONTROL,
            _ => &codes::NO_OBJECT,
        };
        let scope = scope(&self.around, reference.place);
        let searched: Vec<&Document> = searched(scope, reference.wanted).collect();
        let place = match searched.as_slice() {
            [] => "in this document".to_owned(),
            [only] if only.root == "catalog" || reference.place == Place::Leveraged => {
                format!("in `{}`", only.path)
            }
            _ => "in this document or what it imports".to_owned(),
        };
        let message = format!("there is no {} `{id}` {place}", reference.noun);
        let severity = if reference.wanted == Kinds::ROLE { Severity::Warning } else { Severity::Error };
        let finding = self.report.value(severity, code, &at.pointer(), message);
        let finding = looked_in(finding, &searched);
        if let Some(renamed) = searched.iter().find_map(|document| document.index.renamed(id)) {
            return self.report.add(finding.help(format!("`{renamed}` had this id in an earlier release")));
        }
        let known = self.own.ids(reference.wanted);
        let known = known.chain(searched.iter().flat_map(|document| document.index.ids(reference.wanted)));
        let finding = self.report.hint(finding, id, known);
        self.report.add(finding);
    }

    fn other(&mut self, at: &At<'v>, reference: &Reference<'v>, id: &str, kinds: Kinds) {
        let wanted = with_article(reference.noun);
        let message = match kinds.noun() {
            Some(noun) => format!("`{id}` is {noun}, not {wanted}"),
            None => format!("`{id}` is not {wanted}"),
        };
        let finding = self.report.value(Severity::Error, &codes::OTHER_KIND, &at.pointer(), message);
        let scope = scope(&self.around, reference.place);
        let holder = scope.documents.iter().find(|d| d.index.kinds(id) != Kinds::NONE);
        let finding = looked_in(finding, &holder.map(AsRef::as_ref).into_iter().collect::<Vec<_>>());
        self.report.add(finding);
    }

    /// Looks whether a part that was found belongs to the control it is named with.
    fn belongs(&mut self, at: &At<'v>, reference: &Reference<'v>, id: &str) {
        let Some(control) = reference.control else { return };
        let scope = scope(&self.around, reference.place);
        let owner = scope.documents.iter().find_map(|d| Some((d.index.control_of(id)?, d.as_ref())));
        let Some((owner, document)) = owner.filter(|(owner, _)| *owner != control) else { return };
        if !document.index.kinds(control).meets(Kinds::CONTROL) {
            return;
        }
        let message = format!("`{id}` is a part of `{owner}`, not of `{control}`");
        let finding = self.report.value(Severity::Warning, &codes::OTHER_CONTROL, &at.pointer(), message);
        let finding = looked_in(finding, &[document]);
        self.report.add(finding);
    }
}

/// Where a reference leads.
fn scope<'s>(around: &'s Surroundings, place: Place<'_>) -> &'s Scope {
    match place {
        Place::Leveraged => &around.leveraged,
        Place::Href(href) => around.by_href.get(href).unwrap_or(&around.main),
        Place::Main => &around.main,
    }
}

/// The documents that may hold something of some kinds.
fn searched(scope: &Scope, wanted: Kinds) -> impl Iterator<Item = &Document> {
    let documents = scope.documents.iter().map(AsRef::as_ref);
    documents.filter(move |document: &&Document| document.holds().meets(wanted))
}

fn looked_in(finding: Diagnostic, documents: &[&Document]) -> Diagnostic {
    documents
        .iter()
        .take(3)
        .fold(finding, |finding, document| finding.also(Location::file(&document.path), "looked for here"))
}

fn with_article(noun: &str) -> String {
    let article = if noun.starts_with(['a', 'e', 'i', 'o']) { "an" } else { "a" };
    format!("{article} {noun}")
}
