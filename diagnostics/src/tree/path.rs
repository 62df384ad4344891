use std::fmt;
use std::sync::Arc;

use super::remote;

/// The scheme of files that come with Probity.
const CONTENT: &str = "content:";

/// A path in a file tree: `/`-separated, without `.` and `..`, counted from
/// the root. The root itself is the empty path. Paths that begin with
/// `content:` name bundled files; paths that begin with `https://` are remote
/// locations, in the normal form of RFC 3986, without fragment.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TreePath(Arc<str>);

/// A text that is no path inside the tree.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PathError {
    /// The text.
    pub text: String,
    /// Why it is refused.
    pub reason: &'static str,
}

impl fmt::Display for PathError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "`{}` {}", self.text, self.reason)
    }
}

impl std::error::Error for PathError {}

impl TreePath {
    /// The root of the tree.
    pub fn root() -> Self {
        Self(Arc::from(""))
    }

    /// Parses a path that counts from the root.
    ///
    /// # Errors
    /// The text is absolute, holds a NUL or backslash, or leaves the root.
    pub fn parse(text: &str) -> Result<Self, PathError> {
        Self::root().join(text)
    }

    /// The path that `href` (a relative reference, RFC 3986 section 4.2,
    /// without query) names when it stands in this folder. `content:` paths
    /// count from the root of the bundled content wherever they stand, and
    /// `https:` locations stand for themselves. In a remote folder the
    /// reference is resolved as RFC 3986 says, query included.
    ///
    /// # Errors
    /// As [`TreePath::parse`], or the location is not one that can be fetched.
    pub fn join(&self, href: &str) -> Result<Self, PathError> {
        let refuse = |reason| PathError { text: href.to_owned(), reason };
        if remote::is_location(href) {
            return remote::canonical(href).map(Self::of).map_err(refuse);
        }
        if self.is_remote() && !href.starts_with(CONTENT) {
            let folder = if self.0.ends_with('/') { self.as_str() } else { &format!("{self}/") };
            return remote::resolve(folder, href).map(Self::of).map_err(refuse);
        }
        if href.contains(['\0', '\\']) {
            return Err(refuse("holds a character that no path may have"));
        }
        let (scheme, base, relative) = match href.strip_prefix(CONTENT) {
            Some(rest) => (CONTENT, "", rest),
            None => match self.0.strip_prefix(CONTENT) {
                Some(own) => (CONTENT, own, href),
                None => ("", &*self.0, href),
            },
        };
        if relative.starts_with('/') {
            return Err(refuse("is an absolute path"));
        }
        let mut parts: Vec<&str> = base.split('/').filter(|p| !p.is_empty()).collect();
        for part in relative.split('/') {
            match part {
                "" | "." => {}
                ".." => {
                    parts.pop().ok_or_else(|| refuse("leaves the root"))?;
                }
                name => parts.push(name),
            }
        }
        Ok(Self::of(format!("{scheme}{}", parts.join("/"))))
    }

    fn of(text: String) -> Self {
        Self(text.into())
    }

    /// The path that `href` names when it stands in the file this path names.
    ///
    /// # Errors
    /// As [`TreePath::join`].
    pub fn sibling(&self, href: &str) -> Result<Self, PathError> {
        if self.is_remote() && !href.starts_with(CONTENT) {
            let found = remote::resolve(self.as_str(), href).map(Self::of);
            return found.map_err(|reason| PathError { text: href.to_owned(), reason });
        }
        self.parent().join(href)
    }

    /// A part of the document this path names, told apart from it by a
    /// fragment. Nothing can be read by such a path; references count from it
    /// as from the document.
    #[must_use]
    pub fn part(&self, fragment: &str) -> Self {
        Self::of(format!("{self}#{fragment}"))
    }

    /// Whether this is a remote location.
    pub fn is_remote(&self) -> bool {
        self.0.starts_with(remote::SCHEME)
    }

    /// The folder that holds this entry; the root for the root.
    #[must_use]
    pub fn parent(&self) -> Self {
        if self.is_remote() {
            return Self::of(remote::parent(&self.0).to_owned());
        }
        let (scheme, rest) = self.split_scheme();
        let parent = rest.rfind('/').and_then(|at| rest.get(..at)).unwrap_or("");
        Self(format!("{scheme}{parent}").into())
    }

    /// The last part of the path; empty for the root.
    pub fn file_name(&self) -> &str {
        let (_, rest) = self.split_scheme();
        let rest = if self.is_remote() { remote::path(rest) } else { rest };
        rest.rsplit('/').next().unwrap_or(rest)
    }

    /// The part of the file name after its last dot.
    pub fn extension(&self) -> Option<&str> {
        self.file_name().rsplit_once('.').map(|(_, ext)| ext)
    }

    /// Whether the file name begins with a dot.
    pub fn is_hidden(&self) -> bool {
        self.file_name().starts_with('.')
    }

    /// The path inside the bundled content, for `content:` paths.
    pub fn bundled(&self) -> Option<&str> {
        self.0.strip_prefix(CONTENT)
    }

    /// The path as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The relative reference that leads from the folder `self` to `target`.
    /// `content:` and remote targets keep their full name.
    pub fn relative(&self, target: &TreePath) -> String {
        if target.is_remote() || self.split_scheme().0 != target.split_scheme().0 {
            return target.to_string();
        }
        let from: Vec<&str> = self.split_scheme().1.split('/').filter(|p| !p.is_empty()).collect();
        let to: Vec<&str> = target.split_scheme().1.split('/').collect();
        let shared = from.iter().zip(&to).take_while(|(a, b)| a == b).count();
        let up = std::iter::repeat_n("..", from.len() - shared);
        up.chain(to.into_iter().skip(shared)).collect::<Vec<_>>().join("/")
    }

    fn split_scheme(&self) -> (&'static str, &str) {
        match self.0.strip_prefix(CONTENT) {
            Some(rest) => (CONTENT, rest),
            None if self.is_remote() => ("https:", &self.0),
            None => ("", &self.0),
        }
    }
}

impl fmt::Display for TreePath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(if self.0.is_empty() { "." } else { &self.0 })
    }
}
