use std::fmt;
use std::path::Path;
use std::str::FromStr;

/// What the file system says of a file without reading it. A file that was changed has another stamp, unless it was changed
/// twice within one step of the clock.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Stamp {
    /// Length in bytes.
    len: u64,
    /// When the content was changed: seconds and nanoseconds.
    modified: (i64, i64),
    /// When the content or the entry was changed. No program can set it at will.
    changed: (i64, i64),
    inode: u64,
    device: u64,
}

impl Stamp {
    /// The stamp of the file at `path`; none where there is no file, or where the system has no such stamps.
    #[cfg(unix)]
    pub fn of(path: &Path) -> Option<Self> {
        use std::os::unix::fs::MetadataExt as _;
        let meta = std::fs::metadata(path).ok().filter(std::fs::Metadata::is_file)?;
        Some(Self {
            len: meta.len(),
            modified: (meta.mtime(), meta.mtime_nsec()),
            changed: (meta.ctime(), meta.ctime_nsec()),
            inode: meta.ino(),
            device: meta.dev(),
        })
    }

    /// The stamp of the file at `path`: none, because this system has no stamps that can be relied upon.
    #[cfg(not(unix))]
    pub fn of(_path: &Path) -> Option<Self> {
        None
    }

    /// Whether the file was last changed before the file with the `other` stamp was, by the clock of one file system.
    pub fn is_before(&self, other: &Self) -> bool {
        self.device == other.device && self.modified < other.changed && self.changed < other.changed
    }
}

impl fmt::Display for Stamp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { len, modified, changed, inode, device } = self;
        write!(f, "{len} {}.{} {}.{} {inode} {device}", modified.0, modified.1, changed.0, changed.1)
    }
}

impl FromStr for Stamp {
    type Err = ();

    /// Reads what [`Stamp`] shows.
    fn from_str(text: &str) -> Result<Self, ()> {
        fn number<T: FromStr>(text: Option<&str>) -> Result<T, ()> {
            text.and_then(|text| text.parse().ok()).ok_or(())
        }
        let pair = |text: Option<&str>| {
            let (seconds, nanoseconds) = text.and_then(|text| text.split_once('.')).ok_or(())?;
            Ok::<_, ()>((number(Some(seconds))?, number(Some(nanoseconds))?))
        };
        let mut words = text.split(' ');
        let stamp = Self {
            len: number(words.next())?,
            modified: pair(words.next())?,
            changed: pair(words.next())?,
            inode: number(words.next())?,
            device: number(words.next())?,
        };
        if words.next().is_none() { Ok(stamp) } else { Err(()) }
    }
}
