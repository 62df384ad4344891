//! Documents by name: looked up in the project, then in the content that
//! comes with Probity.

use std::collections::BTreeMap;

use globset::GlobBuilder;
use probity_diagnostics::{Diagnostic, Diagnostics, FileError, FileTree, Sha256Digest, TreePath};
use probity_oscal::{split, trestle};

use crate::codes;
use crate::config::unknown_name;

/// What kind of document a name stands for: the folder it lies in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shelf {
    /// OSCAL catalogs.
    Catalogs,
    /// OSCAL profiles.
    Profiles,
    /// OSCAL component definitions that map controls to metrics.
    Mappings,
    /// OSCAL mapping collections, which tie the controls of two catalogs.
    MappingCollections,
}

impl Shelf {
    /// The folder, in projects and in the bundled content.
    pub fn folder(self) -> &'static str {
        match self {
            Self::Catalogs => "catalogs",
            Self::Profiles => "profiles",
            Self::Mappings => "mappings",
            Self::MappingCollections => "mapping-collections",
        }
    }

    fn singular(self) -> &'static str {
        match self {
            Self::Catalogs => "catalog",
            Self::Profiles => "profile",
            Self::Mappings => "mapping",
            Self::MappingCollections => "mapping collection",
        }
    }
}

/// The documents of a shelf by name; a project's own hide bundled ones. In a compliance-trestle workspace a document has the name
/// of its folder.
pub fn documents(tree: &dyn FileTree, shelf: Shelf) -> BTreeMap<String, TreePath> {
    let mut found = BTreeMap::new();
    let root = TreePath::root();
    let in_workspace =
        trestle::workspace(tree, &root).map(|root| trestle::documents(tree, &root, shelf.folder()));
    for root in ["content:", ""] {
        if root.is_empty()
            && let Some(documents) = &in_workspace
        {
            found.extend(documents.iter().cloned());
            continue;
        }
        let Ok(folder) = TreePath::parse(&format!("{root}{}", shelf.folder())) else { continue };
        for file in split::documents(tree.walk(&folder).unwrap_or_default()) {
            if let Some((name, "json" | "yaml" | "yml" | "xml")) = file.file_name().rsplit_once('.') {
                found.insert(name.to_owned(), file);
            } else if split::is_split(tree, &file) {
                found.insert(file.file_name().to_owned(), file);
            }
        }
    }
    found
}

/// The document that `name` stands for: a path where it looks like one (it
/// has a `/`, a `:` or an extension), else a name on one of the shelves.
/// Paths count from `folder`.
///
/// # Errors
/// Nothing has that name, or the path is none.
pub fn find(
    tree: &dyn FileTree,
    folder: &TreePath,
    name: &str,
    shelves: &[Shelf],
) -> Result<TreePath, Diagnostic> {
    if name.contains(['/', ':'])
        || name.rsplit_once('.').is_some_and(|(_, e)| matches!(e, "json" | "yaml" | "yml" | "xml"))
    {
        let path = folder.join(name)?;
        return match tree.stat(&path) {
            Ok(_) => Ok(split::document(&path)),
            Err(error) => Err(error.into()),
        };
    }
    let known: BTreeMap<String, TreePath> = shelves.iter().rev().flat_map(|s| documents(tree, *s)).collect();
    known.get(name).cloned().ok_or_else(|| {
        let kind = shelves.iter().map(|s| s.singular()).collect::<Vec<_>>().join(" or ");
        unknown_name(&kind, name, known.keys().map(String::as_str))
    })
}

/// The files that patterns match, in the order of the patterns, then by path.
/// A pattern without a wildcard names a file, or every file of a folder.
///
/// # Errors
/// A pattern is malformed or matches nothing; every such pattern is reported.
pub fn expand(
    tree: &dyn FileTree,
    folder: &TreePath,
    patterns: &[String],
) -> Result<Vec<TreePath>, Diagnostics> {
    let mut found: Vec<TreePath> = Vec::new();
    let mut findings = Diagnostics::new();
    for pattern in patterns {
        match matches(tree, folder, pattern) {
            Ok(files) => {
                for file in files {
                    if !found.contains(&file) {
                        found.push(file);
                    }
                }
            }
            Err(finding) => findings.push(finding),
        }
    }
    if findings.is_empty() { Ok(found) } else { Err(findings) }
}

fn matches(tree: &dyn FileTree, folder: &TreePath, pattern: &str) -> Result<Vec<TreePath>, Diagnostic> {
    if !pattern.contains(['*', '?', '[', '{']) {
        let path = folder.join(pattern)?;
        return if split::is_split(tree, &path) {
            Ok(vec![path])
        } else if tree.is_folder(&path) {
            tree.walk(&path).map(split::documents).map_err(Diagnostic::from)
        } else {
            tree.stat(&path).map(|_| vec![split::document(&path)]).map_err(Diagnostic::from)
        };
    }
    let (base, rest) = split_base(pattern);
    let base = folder.join(base)?;
    let glob = GlobBuilder::new(rest).literal_separator(true).build().map_err(|e| {
        Diagnostic::error(&codes::BAD_VALUE, format!("`{pattern}` is no pattern: {}", e.kind()))
    })?;
    let matcher = glob.compile_matcher();
    let files = split::documents(tree.walk(&base).unwrap_or_default());
    let found: Vec<TreePath> = files.into_iter().filter(|f| matcher.is_match(base.relative(f))).collect();
    if found.is_empty() {
        return Err(Diagnostic::error(&codes::NOTHING_MATCHES, format!("`{pattern}` matches no file")));
    }
    Ok(found)
}

/// The folder before the first wildcard, and the rest of the pattern.
fn split_base(pattern: &str) -> (&str, &str) {
    let wild = pattern.find(['*', '?', '[', '{']).unwrap_or(pattern.len());
    match pattern.get(..wild).and_then(|head| head.rfind('/')) {
        Some(slash) => {
            (pattern.get(..slash).unwrap_or_default(), pattern.get(slash + 1..).unwrap_or_default())
        }
        None => ("", pattern),
    }
}

/// The path that a setting names, if it is there.
pub(crate) fn existing(tree: &dyn FileTree, root: &TreePath, name: &str) -> Result<TreePath, Diagnostic> {
    let path = root.join(name)?;
    tree.stat(&path).map(|_| split::document(&path)).map_err(Diagnostic::from)
}

/// The digest of a document: of its file, or of what its small files come to together.
///
/// # Errors
/// It cannot be read.
pub(crate) fn digest(tree: &dyn FileTree, path: &TreePath) -> Result<Sha256Digest, Diagnostic> {
    if !split::is_split(tree, path) {
        return tree.digest(path).map_err(Diagnostic::from);
    }
    let read = split::read(tree, path).map_err(|errors| errors.into_iter().next());
    match read {
        Ok(bytes) => Ok(Sha256Digest::of(&bytes)),
        Err(error) => Err(error.unwrap_or_else(|| FileError::not_found(path).into())),
    }
}
