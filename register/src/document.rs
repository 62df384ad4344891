//! The documents of a certificate, held against their digests.

use probity_diagnostics::{Diagnostic, Diagnostics, FileTree};

use crate::Certificate;
use crate::codes;

/// A finding for each document that is not there or is another one than was recorded, and one where nothing is recorded: then
/// nobody can tell what the certificate rests on.
pub fn altered(tree: &dyn FileTree, certificate: &Certificate) -> Diagnostics {
    let mut found = Diagnostics::new();
    if certificate.documents.iter().all(|document| document.digest.is_none()) {
        let message = format!("`{}` names no document with a SHA-256", certificate.name);
        let finding = Diagnostic::error(&codes::DOCUMENT, message);
        let place = probity_diagnostics::Location::file(&certificate.file);
        found.push(
            finding.at(place).help("name the certificate or report in the back matter, with its SHA-256"),
        );
    }
    for document in &certificate.documents {
        let (Some(path), Some(recorded)) = (&document.path, &document.digest) else { continue };
        let message = match tree.digest(path) {
            Ok(digest) if digest == *recorded => continue,
            Ok(digest) => format!("`{path}` is another document than was recorded: its SHA-256 is {digest}"),
            Err(error) => format!("`{path}` cannot be read: {error}"),
        };
        found.push(Diagnostic::error(&codes::DOCUMENT, message).at(document.location.clone()));
    }
    found
}
