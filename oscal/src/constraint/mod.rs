//! Metaschema constraints: what a document has to keep beyond its structure.
//!
//! [`check`] looks at all 340 constraints of OSCAL and at those of [`Rules::add`]ed files. What is found names the
//! rule, the place, what was expected and how to mend it. A few constraints are wrong as published: [`DEFECTS`].
//!
//! The seven kinds follow the Metaschema specification, one file each:
//!
//! - `allowed-values`: sets that reach the same node are joined; the value is in one of them, unless all are open.
//! - `matches`: a pattern of the whole value, a datatype, or both.
//! - `expect`: a condition.
//! - `index`: targets have different keys. `index-has-key`: a key is in an index, looked up when all are collected.
//! - `is-unique`: targets have different keys.
//! - `has-cardinality`: there are so many targets.
//!
//! A target without any of its key fields has no key: it is in no index and refers to nothing. An absent field beside
//! others is a value of its own.

mod allowed_values;
pub mod codes;
mod context;
mod datatype;
mod expect;
mod external;
mod has_cardinality;
mod index;
mod index_has_key;
mod key;
mod matches;
mod message;
mod report;
mod rule;
mod rules;
mod site;
mod unique;
mod upstream;
mod walk;
mod words;

use std::collections::BTreeSet;

use probity_diagnostics::{Diagnostic, Diagnostics, Place, Pointer, TreePath};
use serde_json::Value;

pub use rules::Rules;
pub use upstream::{DEFECTS, Defect, Mend, Remedy};
pub use walk::Surroundings;

use crate::metapath::Tree;
use crate::schema::{Constraint, DECLARATIONS, Declaration, Root};
use crate::structure;

/// Checks the constraints of a document: `value` is the root with the key of its model.
///
/// Findings name `path`, in the order of the document. What is no OSCAL document has none: its structure says so.
pub fn check(value: &Value, path: &TreePath, rules: &Rules) -> Diagnostics {
    check_in(value, path, rules, Surroundings::default())
}

/// Checks the constraints of a document as [`check`] does, with what they may ask for besides it.
pub fn check_in(value: &Value, path: &TreePath, rules: &Rules, around: Surroundings<'_>) -> Diagnostics {
    let root = value.as_object().into_iter().flatten().find_map(|(key, _)| Root::of(key));
    let Some(model) = root.and_then(|root| rules.model(root)) else { return Diagnostics::new() };
    let tree = Tree::new(value).at(path.as_str());
    walk::walk(&tree, path, (rules, model), around)
}

/// Checks the structure of a document and then its constraints, without making it a typed one. Of a value that does not
/// have the form of its datatype no constraint says more.
pub fn validate(value: &Value, path: &TreePath, rules: &Rules) -> Diagnostics {
    beside(structure::form(value, path), value, path, rules)
}

/// What was found of the form of a document, and then what its constraints find that is new.
pub(crate) fn beside(
    mut findings: Diagnostics,
    value: &Value,
    path: &TreePath,
    rules: &Rules,
) -> Diagnostics {
    let place = |finding: &Diagnostic| match &finding.primary.as_ref()?.location.place {
        Place::Value(pointer) => Some(pointer.clone()),
        _ => None,
    };
    let misshapen: BTreeSet<Pointer> = findings.iter().filter_map(place).collect();
    let told = |finding: &Diagnostic| place(finding).is_some_and(|pointer| misshapen.contains(&pointer));
    findings.extend(check(value, path, rules).into_iter().filter(|finding| !told(finding)));
    findings
}

/// The id that findings of a constraint bear: its own, or the path of its definition.
pub fn rule_id(declaration: &Declaration, constraint: &Constraint) -> String {
    rule::rule_id(declaration, constraint).into_owned()
}

/// The constraints of OSCAL with the definitions that they stand at, in the order of the modules.
pub fn constraints() -> impl Iterator<Item = (&'static Declaration, &'static Constraint)> {
    DECLARATIONS.iter().flat_map(|declaration| {
        declaration.constraints.iter().map(move |constraint| (*declaration, constraint))
    })
}
