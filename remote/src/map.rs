use std::fmt;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use probity_diagnostics::{FileKind, FileTree, RemoteError, RemoteErrorKind, TreePath, percent_decoded};

/// The beginning of remote locations: `https://`, a host, and whole parts of a path.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Prefix(TreePath);

impl Prefix {
    /// Parses a prefix. It means the same with and without `/` at its end.
    ///
    /// # Errors
    /// The text is no https location, or has a query or a fragment; the words say so.
    pub fn parse(text: &str) -> Result<Self, String> {
        if text.contains(['?', '#']) {
            return Err(format!("`{text}` has a query or a fragment, which no prefix may have"));
        }
        let path = TreePath::parse(text).map_err(|error| error.to_string())?;
        if !path.is_remote() {
            return Err(format!("`{text}` is no location that begins with `https://`"));
        }
        let inside = path.as_str().strip_suffix('/').unwrap_or(path.as_str());
        TreePath::parse(inside).map(Self).map_err(|error| error.to_string())
    }

    /// The prefix as text; `/` stands at its end only after a host.
    pub fn as_str(&self) -> &str {
        self.0.as_str()
    }

    /// Whether a location begins with the prefix and goes on with a new part of the path, or ends there.
    pub fn covers(&self, location: &TreePath) -> bool {
        self.rest(location).is_some()
    }

    /// What follows the prefix in a location, without the `/` between them.
    fn rest<'l>(&self, location: &'l TreePath) -> Option<&'l str> {
        let prefix = self.as_str().strip_suffix('/').unwrap_or(self.as_str());
        let rest = location.as_str().strip_prefix(prefix)?;
        if rest.is_empty() || rest.starts_with('?') { Some(rest) } else { rest.strip_prefix('/') }
    }
}

impl fmt::Display for Prefix {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// A folder that stands for all remote locations that begin with a prefix.
#[derive(Clone)]
pub struct Map {
    prefix: Prefix,
    tree: Arc<dyn FileTree>,
    folder: TreePath,
    asked: Arc<AtomicBool>,
}

impl Map {
    /// Lets `folder` of `tree` stand for `prefix`.
    pub fn new(prefix: Prefix, tree: Arc<dyn FileTree>, folder: TreePath) -> Self {
        Self { prefix, tree, folder, asked: Arc::default() }
    }

    /// The same map, which notes in `asked` that a location was looked for in it.
    #[must_use]
    pub fn noting(self, asked: Arc<AtomicBool>) -> Self {
        Self { asked, ..self }
    }

    /// The prefix.
    pub fn prefix(&self) -> &Prefix {
        &self.prefix
    }

    /// The tree that the folder lies in.
    pub(crate) fn tree(&self) -> &dyn FileTree {
        self.tree.as_ref()
    }

    /// The file that stands for a location which the prefix covers.
    ///
    /// # Errors
    /// The location names nothing inside the folder, or the file is not there.
    pub(crate) fn file(&self, location: &TreePath) -> Result<TreePath, RemoteError> {
        self.asked.store(true, Ordering::Relaxed);
        let rest = self.prefix.rest(location).unwrap_or_default();
        let path = inside(&self.folder, rest).map_err(|why| {
            let message = format!("`{location}` {why}, so the map of `{}` does not answer it", self.prefix);
            RemoteError { kind: RemoteErrorKind::Refused, message, helps: Vec::new() }
        })?;
        let why = match self.tree.stat(&path) {
            Ok(stat) if stat.kind == FileKind::File => return Ok(path),
            Ok(_) => format!("`{}`, which is a folder", self.tree.display(&path)),
            Err(_) if !self.tree.is_folder(&self.folder) => {
                format!("the folder `{}`, which does not exist", self.tree.display(&self.folder))
            }
            Err(_) => format!("`{}`, which does not exist", self.tree.display(&path)),
        };
        let message = format!("`{location}` is mapped to {why}");
        Err(RemoteError { kind: RemoteErrorKind::Unanswered, message, helps: Vec::new() })
    }
}

/// The path inside a folder that the rest of a location names: every part of it is percent-decoded for itself, so that no
/// escape makes a separator or leads upwards. A query stays part of the last name.
fn inside(folder: &TreePath, rest: &str) -> Result<TreePath, &'static str> {
    let mut path = folder.clone();
    for part in rest.split('/').filter(|part| !part.is_empty()) {
        let name = percent_decoded(part).ok_or("holds a percent escape that is broken or no UTF-8")?;
        if name.contains(['/', '\\', '\0']) {
            return Err("holds an escaped separator");
        }
        if name == ".." || name == "." || name.contains("content:") {
            return Err("holds a name that no file may have");
        }
        path = path.join(&format!("./{name}")).map_err(|_| "leads out of the folder")?;
    }
    Ok(path)
}
