//! Releases of OSCAL, and documents written for an older one.

mod differences;
mod number;
mod values;

use probity_diagnostics::document::Format;
use probity_diagnostics::{Diagnostic, Diagnostics, Location, Pointer, TreePath};
use serde_json::{Map, Value};

use crate::codes::NOT_IN_RELEASE;
use crate::schema::{Datatype, Definition, Root, Visitor, walk};
use differences::{Before, DIFFERENCES, Difference, MAPPINGS};

pub use differences::RELEASES;
pub use number::{NoRelease, Release};

/// What becomes of properties that a release does not have.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Loss {
    /// Each is an error.
    Refused,
    /// Each is left out, with a warning.
    Told,
}

/// Makes a document, written in `format`, one of the given release: sets `oscal-version` and finds what the release cannot
/// express. Properties that it does not have are removed from `document`, and told as `loss` says; what it demands, or forbids in
/// a way that no removal mends, is an error. `path` is the file that the document was read from.
///
/// Values that the release does not know in a closed set are kept, with a warning. Where an error is found the document is of no
/// use.
pub fn to_release(
    document: &mut Value,
    path: &TreePath,
    release: Release,
    format: Format,
    loss: Loss,
) -> Diagnostics {
    let mut lowering = Lowering { path, release, format, loss, findings: Diagnostics::new() };
    let Some(members) = document.as_object_mut() else { return lowering.findings };
    for (key, model) in members {
        let Some(root) = Root::of(key) else { continue };
        let mut at = Pointer::root().key(key);
        if root.key == "mapping-collection" && release < MAPPINGS {
            lowering.refuse(&at, format!("OSCAL {release} has no model `{key}`; it came with {MAPPINGS}"));
        } else {
            if let Some(version) = model.pointer_mut("/metadata/oscal-version") {
                *version = release.to_string().into();
            }
            walk(model, root.definition, &mut at, &mut lowering);
        }
    }
    lowering.findings
}

struct Lowering<'a> {
    path: &'a TreePath,
    release: Release,
    format: Format,
    loss: Loss,
    findings: Diagnostics,
}

impl Visitor for Lowering<'_> {
    fn object(&mut self, members: &mut Map<String, Value>, definition: &'static Definition, at: &Pointer) {
        let release = self.release;
        let later =
            |difference: &&Difference| difference.since > release && difference.definition == definition.name;
        for difference in DIFFERENCES.iter().filter(later) {
            if definition.property(difference.property).is_some() {
                self.difference(members, difference, at);
            }
        }
        for unknown in values::unknown(definition.name, members, release) {
            let at = at.key("props").index(unknown.property).key(unknown.key);
            let finding = Diagnostic::warning(&NOT_IN_RELEASE, unknown.message);
            self.findings.push(finding.at(Location::value(self.path, &at)));
        }
    }
}

impl Lowering<'_> {
    fn difference(&mut self, members: &mut Map<String, Value>, difference: &Difference, at: &Pointer) {
        let Difference { since, definition, property, before } = difference;
        let release = self.release;
        let stands = members.get(*property);
        match before {
            Before::Absent if stands.is_some() => {
                members.shift_remove(*property);
                self.drop(
                    &at.key(property),
                    format!("OSCAL {release} has no `{property}` in `{definition}`; it came with {since}"),
                );
            }
            Before::Required if stands.is_none() => {
                let message = format!(
                    "OSCAL {release} requires `{property}` in `{definition}`; {since} made it optional"
                );
                self.refuse(at, message);
            }
            Before::Token => {
                let text = stands.and_then(Value::as_str);
                if let Some(text) = text.filter(|text| !Datatype::Token.accepts(text)) {
                    let message = format!(
                        "in OSCAL {release} `{property}` is a token, which `{text}` is not; {since} made it a URI"
                    );
                    self.refuse_member(&at.key(property), message);
                }
            }
            Before::Attributes if stands.is_some() && self.format == Format::Xml => {
                let message = format!(
                    "`{property}` has another form in the XML of OSCAL {release}, which is not written"
                );
                self.refuse_member(&at.key(property), message);
            }
            _ => {}
        }
    }

    fn drop(&mut self, at: &Pointer, message: String) {
        let at = Location::key(self.path, at);
        self.findings.push(match self.loss {
            Loss::Told => Diagnostic::warning(&NOT_IN_RELEASE, message).at(at).label("left out"),
            Loss::Refused => Diagnostic::error(&NOT_IN_RELEASE, message)
                .at(at)
                .label("would be left out")
                .help("--lossy leaves out what the release does not have, and tells each"),
        });
    }

    fn refuse(&mut self, at: &Pointer, message: String) {
        let at = Location::key(self.path, at);
        self.findings.push(Diagnostic::error(&NOT_IN_RELEASE, message).at(at));
    }

    fn refuse_member(&mut self, at: &Pointer, message: String) {
        let at = Location::value(self.path, at);
        self.findings.push(Diagnostic::error(&NOT_IN_RELEASE, message).at(at));
    }
}

#[cfg(test)]
mod tests {
    use super::differences::{DIFFERENCES, RELEASES};
    use crate::schema::{Definition, ROOTS, Shape};

    fn every(definition: &'static Definition, seen: &mut Vec<&'static Definition>) {
        if seen.iter().any(|known| std::ptr::eq(*known, definition)) {
            return;
        }
        seen.push(definition);
        for property in definition.properties {
            if let Shape::Object(inner) = property.shape {
                every(inner, seen);
            }
        }
    }

    #[test]
    fn every_difference_is_about_something_in_the_tables() {
        let mut all = Vec::new();
        ROOTS.iter().for_each(|root| every(root.definition, &mut all));
        for difference in DIFFERENCES {
            let found = all.iter().filter(|d| d.name == difference.definition);
            let count = found.filter(|d| d.property(difference.property).is_some()).count();
            assert_eq!(count, 1, "{difference:?}");
            assert!(RELEASES.contains(&difference.since));
        }
    }
}
