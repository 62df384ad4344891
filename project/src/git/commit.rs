use std::fmt;

use git2::Oid;
use jiff::Timestamp;

/// The id of an object of a repository, shown as 40 hexadecimal digits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ObjectId(pub(super) Oid);

impl ObjectId {
    /// The first ten digits, as people write ids.
    pub fn short(&self) -> String {
        self.to_string().chars().take(10).collect()
    }
}

impl fmt::Display for ObjectId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.0)
    }
}

/// A commit, without its files.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Commit {
    /// Its id.
    pub id: ObjectId,
    /// The folder at its root.
    pub tree: ObjectId,
    /// When it was made.
    pub time: Timestamp,
    /// Who wrote the change.
    pub author: String,
    /// Their e-mail address.
    pub email: String,
    /// The first paragraph of the message, in one line.
    pub summary: String,
    /// The commits that it builds on; at the edge of a shallow clone, none.
    pub parents: Vec<ObjectId>,
}

impl Commit {
    pub(super) fn of(commit: &git2::Commit<'_>) -> Self {
        let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
        Self {
            id: ObjectId(commit.id()),
            tree: ObjectId(commit.tree_id()),
            time: Timestamp::from_second(commit.time().seconds()).unwrap_or_default(),
            author: text(commit.author().name_bytes()),
            email: text(commit.author().email_bytes()),
            summary: text(commit.summary_bytes().unwrap_or_default()),
            parents: commit.parent_ids().map(ObjectId).collect(),
        }
    }
}
