use std::collections::BTreeSet;

use globset::GlobBuilder;
use probity_diagnostics::document::Limits;
use probity_diagnostics::{
    Diagnostic, Diagnostics, FileKind, FileTree, Location, TreePath, codes as general,
};

use crate::codes;

/// What a collector is given to read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Input {
    /// A file, a folder with all files below it, or a pattern such as
    /// `deploy/**/*.yaml`.
    Path(TreePath),
    /// Bytes that stand in no file, such as standard input.
    Bytes {
        /// What findings call them.
        name: String,
        /// The bytes.
        bytes: Vec<u8>,
    },
}

/// A text to read.
#[derive(Debug)]
pub(crate) struct Found {
    /// The file, or the name of bytes that stand in none.
    pub(crate) path: TreePath,
    /// Its content.
    pub(crate) bytes: Vec<u8>,
    /// Whether it was named, and not found in a folder or by a pattern.
    pub(crate) named: bool,
    /// Whether it can be read again where a finding is printed.
    pub(crate) in_tree: bool,
}

/// Reads all inputs: each file once, in the order in which they are given,
/// files of a folder or pattern by path. `wanted` says which files of a folder
/// are read.
pub(crate) fn read_all(
    tree: &dyn FileTree,
    inputs: &[Input],
    wanted: impl Fn(&TreePath) -> bool,
    findings: &mut Diagnostics,
) -> Vec<Found> {
    let mut seen = BTreeSet::new();
    let mut all = Vec::new();
    for input in inputs {
        match input {
            Input::Bytes { name, bytes } => all.extend(named_bytes(name, bytes, findings)),
            Input::Path(path) => {
                let (files, named) = expand(tree, path, &wanted, findings);
                for file in files.into_iter().filter(|file| seen.insert(file.clone())) {
                    match tree.read(&file, Limits::default().bytes) {
                        Ok(bytes) => all.push(Found { path: file, bytes, named, in_tree: true }),
                        Err(error) => findings.push(error.into()),
                    }
                }
            }
        }
    }
    all
}

fn named_bytes(name: &str, bytes: &[u8], findings: &mut Diagnostics) -> Option<Found> {
    let path = TreePath::parse(name).unwrap_or_else(|_| TreePath::root());
    let limit = Limits::default().bytes;
    if u64::try_from(bytes.len()).unwrap_or(u64::MAX) > limit {
        let message = format!("`{name}` is larger than {limit} bytes");
        findings.push(Diagnostic::error(&general::FILE_TOO_LARGE, message).at(Location::file(&path)));
        return None;
    }
    Some(Found { path, bytes: bytes.to_vec(), named: true, in_tree: false })
}

/// The files that a path stands for, and whether it names one file.
pub(crate) fn expand(
    tree: &dyn FileTree,
    path: &TreePath,
    wanted: &impl Fn(&TreePath) -> bool,
    findings: &mut Diagnostics,
) -> (Vec<TreePath>, bool) {
    let nothing =
        |what: &str| Diagnostic::error(&codes::NOTHING_FOUND, what.to_owned()).at(Location::file(path));
    let files = match tree.stat(path) {
        Ok(stat) if stat.kind == FileKind::File => return (vec![path.clone()], true),
        Ok(_) => match tree.walk(path) {
            Ok(files) => {
                let files: Vec<TreePath> = files.into_iter().filter(|file| wanted(file)).collect();
                if files.is_empty() {
                    findings.push(nothing(&format!("the folder `{path}` holds no file to read")));
                }
                files
            }
            Err(error) => {
                findings.push(error.into());
                Vec::new()
            }
        },
        Err(_) if path.as_str().contains(['*', '?', '[', '{']) => match matching(tree, path) {
            Ok(files) => {
                if files.is_empty() {
                    findings.push(nothing(&format!("no file matches the pattern `{path}`")));
                }
                files
            }
            Err(finding) => {
                findings.push(*finding);
                Vec::new()
            }
        },
        Err(error) => {
            findings.push(error.into());
            Vec::new()
        }
    };
    (files, false)
}

/// The files that match a pattern, sorted by path.
fn matching(tree: &dyn FileTree, pattern: &TreePath) -> Result<Vec<TreePath>, Box<Diagnostic>> {
    let glob = GlobBuilder::new(pattern.as_str()).literal_separator(true).build().map_err(|error| {
        let message = format!("`{pattern}` is no pattern: {}", error.kind());
        Box::new(Diagnostic::error(&codes::PATTERN, message).at(Location::file(pattern)))
    })?;
    let fixed: Vec<&str> =
        pattern.as_str().split('/').take_while(|part| !part.contains(['*', '?', '[', '{'])).collect();
    let folder = TreePath::parse(&fixed.join("/")).unwrap_or_else(|_| TreePath::root());
    let matcher = glob.compile_matcher();
    let files = tree.walk(&folder).unwrap_or_default();
    Ok(files.into_iter().filter(|file| matcher.is_match(file.as_str())).collect())
}
