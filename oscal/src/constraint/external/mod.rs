//! Files of constraints, as programmes publish them: Metaschema constraints in XML.
//!
//! Two roots are known. `metaschema-meta-constraints` holds contexts: expressions that select nodes, constraints for
//! them, and contexts inside. `METASCHEMA-CONSTRAINTS` holds scopes: a module of the Metaschema, and constraints for its
//! assemblies, fields and flags. Both import other files. Whatever is not known is an error at its place: a constraint that
//! is passed over would seem to be kept.

mod constraint;
mod element;
mod expression;
mod read;

use std::collections::BTreeSet;

use probity_diagnostics::{Diagnostic, Diagnostics, FileTree, Location, Step, TreePath, document};

use self::element::Element;
use self::read::Reader;
use super::codes;
use super::context::Context;

/// Bytes of one file.
const BYTES: u64 = 8 << 20;
/// Files that are read for one.
const FILES: usize = 64;
/// Namespace of the elements.
pub(super) const NAMESPACE: &str = "http://csrc.nist.gov/ns/oscal/metaschema/1.0";

/// Reads a file of constraints and those that it imports, imports first.
pub(super) fn read(tree: &dyn FileTree, path: &TreePath) -> Step<Vec<Context>> {
    let mut files = Files { tree, seen: BTreeSet::new(), contexts: Vec::new(), findings: Diagnostics::new() };
    files.read(path, None);
    files.findings.unless_errors(files.contexts)
}

/// The files that are read.
struct Files<'a> {
    tree: &'a dyn FileTree,
    seen: BTreeSet<TreePath>,
    contexts: Vec<Context>,
    findings: Diagnostics,
}

impl Files<'_> {
    /// Reads a file that was not read yet; `from` is the import that names it.
    fn read(&mut self, path: &TreePath, from: Option<&Location>) {
        if !self.seen.insert(path.clone()) {
            return;
        }
        if self.seen.len() > FILES {
            let message = format!("more than {FILES} files of constraints are imported");
            let finding = Diagnostic::error(&codes::CONSTRAINT_FILE, message);
            return self.findings.push(from.map_or(finding.clone(), |from| finding.at(from.clone())));
        }
        let bytes = match self.tree.read(path, BYTES) {
            Ok(bytes) => bytes,
            Err(error) => {
                let mut finding = Diagnostic::from(error);
                if let Some(from) = from {
                    finding = finding.also(from.clone(), "imported here");
                }
                return self.findings.push(finding);
            }
        };
        match document::text(&bytes, path) {
            Err(findings) => self.findings.extend(findings),
            Ok(text) => match element::parse(text, path) {
                Err(finding) => self.findings.push(*finding),
                Ok(root) => self.root(&root, path),
            },
        }
    }

    fn root(&mut self, root: &Element, path: &TreePath) {
        let mut reader = Reader::new(path);
        let imports = reader.imports(root);
        let contexts = reader.root(root);
        let mut findings: Vec<Diagnostic> = reader.findings.into_iter().collect();
        findings.sort_by(|a, b| place(a).cmp(&place(b)));
        self.findings.extend(findings);
        for (href, at) in imports {
            match beside(path, &href) {
                Some(file) => self.read(&file, Some(&at)),
                None => self.findings.push(
                    Diagnostic::error(
                        &codes::CONSTRAINT_FILE,
                        format!("`{href}` is not a file beside this one"),
                    )
                    .at(at)
                    .help("imports are relative paths that stay inside the root"),
                ),
            }
        }
        self.contexts.extend(contexts);
    }
}

/// Where a finding stands.
fn place(finding: &Diagnostic) -> Option<&Location> {
    finding.primary.as_ref().map(|label| &label.location)
}

/// The file that a relative reference in `path` names.
fn beside(path: &TreePath, href: &str) -> Option<TreePath> {
    let relative = !href.contains(':') && !href.starts_with('/') && !href.contains(['#', '?', '\\']);
    relative.then(|| path.parent().join(href).ok()).flatten()
}
