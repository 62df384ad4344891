//! Everything that is checked of a document in a file.

use probity_diagnostics::{Diagnostics, FileTree, TreePath};

use crate::constraint::{self, Rules};
use crate::load::{generic, is_absence};
use crate::reference::{self, Library};
use crate::{split, structure};

/// Checks the document in file `path` of `tree`: its form, its constraints, and whether its references lead somewhere.
///
/// The document is not made a typed one. Nothing is said of constraints where the text
/// cannot be read as a whole, and of references where the form has errors. `library` holds imported documents for all files that are checked with it.
pub fn validate_file(tree: &dyn FileTree, path: &TreePath, rules: &Rules, library: &Library) -> Diagnostics {
    if let Err(finding) = crate::trestle::whole(tree, path) {
        return finding.into();
    }
    let path = &split::document(path);
    match split::read(tree, path) {
        Ok(bytes) => validate_bytes(tree, &bytes, path, rules, library),
        Err(findings) => findings,
    }
}

fn validate_bytes(
    tree: &dyn FileTree,
    bytes: &[u8],
    path: &TreePath,
    rules: &Rules,
    library: &Library,
) -> Diagnostics {
    let (value, mut findings) = match generic(bytes, path) {
        Ok((_, value, findings)) => (value, findings),
        Err(findings) => return findings,
    };
    if findings.has_errors() {
        // what XML could not be read of is not missing as well
        let form = structure::validate(&value, path).into_iter();
        findings.extend(form.filter(|finding| !is_absence(finding)));
        return findings;
    }
    let form = structure::form(&value, path);
    let sound = !form.has_errors();
    findings.extend(constraint::beside(form, &value, path, rules));
    if sound {
        findings.extend(reference::check(tree, &value, path, library));
    }
    findings
}
