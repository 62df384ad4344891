//! The two suites that come with the profile resolution specification: every profile, against the catalog that is
//! expected of it there. `cases/resolution/suites.yaml` says what becomes of each.

use std::collections::BTreeSet;

use probity_diagnostics::document::{self, Format};
use probity_diagnostics::{FileTree, Severity, TreePath};
use probity_oscal::{OscalDocument, ResolveOptions, read, resolve};
use serde::Deserialize;
use serde_json::Value;

use crate::reference::{own, reference};

mod normal;
mod page;

/// A suite: a folder of profiles.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Suite {
    pub(crate) folder: String,
    pub(crate) about: String,
    pub(crate) profiles: Vec<Case>,
}

/// A profile and what becomes of it.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Case {
    pub(crate) profile: String,
    #[serde(flatten)]
    pub(crate) outcome: Outcome,
}

#[derive(Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Outcome {
    /// The catalog that is expected. `null` in the file.
    Same(()),
    /// The code of the first error.
    Refused(String),
    /// The catalog that is expected once it is brought in line with clauses that it contradicts.
    Waived(Waiver),
    /// A catalog, of which nothing is expected.
    Unexpected(()),
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Waiver {
    /// The requirements that the expected catalog contradicts.
    pub(crate) against: BTreeSet<String>,
    /// What is wrong with it.
    pub(crate) why: String,
    /// The document that holds what is right, where the expected one cannot be brought in line.
    #[serde(default)]
    instead: Option<String>,
}

pub(crate) fn suites() -> Vec<Suite> {
    let own = own();
    let path = TreePath::parse("cases/resolution/suites.yaml").unwrap();
    serde_json::from_value(document::read(&own, &path, Format::Yaml).unwrap().value).unwrap()
}

#[test]
fn profiles_of_the_suites_resolve_to_what_is_expected() {
    let Some(tree) = reference() else { return };
    let mut surprises = Vec::new();
    for suite in suites() {
        let folder = TreePath::parse(&format!("profile-resolution/{}", suite.folder)).unwrap();
        let listed: BTreeSet<&str> = suite.profiles.iter().map(|case| case.profile.as_str()).collect();
        for entry in tree.list(&folder).unwrap() {
            if entry.path.extension() == Some("xml") && !listed.contains(entry.path.file_name()) {
                surprises.push(format!("{} is not listed", entry.path));
            }
        }
        for case in &suite.profiles {
            let path = folder.join(&case.profile).unwrap();
            surprises.extend(case.surprise(&tree, &path).map(|what| format!("{path}: {what}")));
        }
    }
    assert!(surprises.is_empty(), "{}", surprises.join("\n"));
}

impl Case {
    fn surprise(&self, tree: &dyn FileTree, path: &TreePath) -> Option<String> {
        let name = path.file_name().replace(".xml", "_RESOLVED.xml");
        let expected = path.sibling(&format!("output-expected/{name}")).unwrap();
        let ours = resolved(tree, path);
        match (&self.outcome, ours) {
            (Outcome::Refused(code), Err(found)) => (*code != found).then(|| format!("refused with {found}")),
            (_, Err(found)) => Some(format!("refused with {found}")),
            (Outcome::Refused(_), Ok(_)) => Some("resolves".to_owned()),
            (Outcome::Unexpected(()), Ok(_)) => {
                tree.is_file(&expected).then(|| format!("{expected} is there"))
            }
            (Outcome::Same(()), Ok(ours)) => {
                let theirs = document(tree, &expected);
                difference(&normal::form(ours), &normal::form(theirs))
            }
            (Outcome::Waived(waiver), Ok(ours)) => waiver.surprise(tree, ours, &expected),
        }
    }
}

impl Waiver {
    /// A waiver holds only as far as it goes: all else is as expected, and something is not.
    fn surprise(&self, tree: &dyn FileTree, ours: Value, expected: &TreePath) -> Option<String> {
        let published = document(tree, expected);
        if normal::form(ours.clone()) == normal::form(published.clone()) {
            return Some("needs no waiver".to_owned());
        }
        let right = self
            .instead
            .as_ref()
            .map_or(published, |path| document(tree, &expected.parent().parent().join(path).unwrap()));
        let (mut ours, mut right) = (normal::form(ours), normal::form(right));
        if self.instead.is_some() {
            normal::forget_metadata(&mut ours);
            normal::forget_metadata(&mut right);
        }
        for clause in &self.against {
            normal::bring_in_line(clause, &mut ours, &mut right);
        }
        difference(&ours, &right)
    }
}

/// The catalog that a profile resolves to, or the code of the first error.
fn resolved(tree: &dyn FileTree, path: &TreePath) -> Result<Value, String> {
    let options = ResolveOptions::at("2026-11-01T00:00:00Z".parse().unwrap());
    match resolve(tree, path, &options) {
        Ok(warned) => Ok(serde_json::to_value(OscalDocument::from(warned.value)).unwrap()),
        Err(findings) => {
            let mut errors = findings.iter().filter(|finding| finding.severity == Severity::Error);
            Err(errors.next().unwrap().code.id.to_owned())
        }
    }
}

fn document(tree: &dyn FileTree, path: &TreePath) -> Value {
    read(&tree.read(path, 1 << 20).unwrap(), path).unwrap().value.1
}

/// The first places where two documents differ.
fn difference(ours: &Value, theirs: &Value) -> Option<String> {
    let mut found = Vec::new();
    differences("", Some(ours), Some(theirs), &mut found);
    found.truncate(5);
    (!found.is_empty()).then(|| found.join("\n  "))
}

fn differences(at: &str, ours: Option<&Value>, theirs: Option<&Value>, found: &mut Vec<String>) {
    match (ours, theirs) {
        (Some(Value::Object(a)), Some(Value::Object(b))) => {
            let keys: BTreeSet<&String> = a.keys().chain(b.keys()).collect();
            for key in keys {
                differences(&format!("{at}/{key}"), a.get(key), b.get(key), found);
            }
        }
        (Some(Value::Array(a)), Some(Value::Array(b))) => {
            for i in 0..a.len().max(b.len()) {
                differences(&format!("{at}/{i}"), a.get(i), b.get(i), found);
            }
        }
        (a, b) if a == b => {}
        (a, b) => {
            let text = |value: Option<&Value>| value.map_or("nothing".to_owned(), Value::to_string);
            found.push(format!("{at}: {} where {} is expected", text(a), text(b)));
        }
    }
}
