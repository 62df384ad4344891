use std::collections::BTreeMap;
use std::fmt::Write as _;

use probity_diagnostics::{Sha256Digest, TreePath};
use serde::Deserialize;

/// The name of the lock file, beside `probity.toml`.
pub const FILE_NAME: &str = "probity.lock";

/// The form of the lock file that is read and written.
const VERSION: u32 = 1;

/// What stands before the documents.
const HEAD: &str = "\
# The remote documents that this project reads, each with the SHA-256 digest of its bytes.
# `--allow-remote` adds to it and `--allow-remote --update-lock` accepts what has changed.
# Commit this file: every later run then reads the same bytes or none.
";

/// What is agreed on of remote documents.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Lock {
    documents: BTreeMap<TreePath, Locked>,
}

/// What is agreed on of one document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Locked {
    /// The digest of its bytes, as 64 lower-case hexadecimal digits.
    pub(crate) sha256: String,
    /// Its length in bytes.
    pub(crate) size: u64,
    /// The media type that the server gave; none where it gave none.
    pub(crate) media_type: Option<String>,
}

impl Locked {
    /// What is to be agreed on of a document.
    pub(crate) fn of(bytes: &[u8], media_type: Option<&str>) -> Self {
        Self {
            sha256: Sha256Digest::of(bytes).to_string(),
            size: u64::try_from(bytes.len()).unwrap_or(u64::MAX),
            media_type: media_type.and_then(essence),
        }
    }
}

/// The type and subtype of a media type, if they are of the characters that such have (RFC 6838, section 4.2).
fn essence(text: &str) -> Option<String> {
    let essence = text.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    let is_plain = |c: char| c.is_ascii_alphanumeric() || "!#$&-^_.+/".contains(c);
    (essence.contains('/') && essence.len() <= 255 && essence.chars().all(is_plain)).then_some(essence)
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    version: u32,
    #[serde(default)]
    document: Vec<Document>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct Document {
    url: String,
    sha256: String,
    size: u64,
    media_type: Option<String>,
}

impl Lock {
    /// Reads a lock file.
    ///
    /// # Errors
    /// The text is none of this version; the words say why.
    pub(crate) fn parse(text: &str) -> Result<Self, String> {
        let file: File = toml::from_str(text).map_err(|error| {
            let line =
                error.span().and_then(|span| text.get(..span.start)).map_or(1, |s| s.split('\n').count());
            format!("line {line}: {}", error.message().lines().next().unwrap_or_default())
        })?;
        if file.version != VERSION {
            return Err(format!(
                "it is of version {}, and this program knows version {VERSION}",
                file.version
            ));
        }
        let mut documents = BTreeMap::new();
        for Document { url, sha256, size, media_type } in file.document {
            let location = TreePath::parse(&url).ok().filter(|path| path.is_remote() && path.as_str() == url);
            let location =
                location.ok_or_else(|| format!("`{url}` is no https location in its normal form"))?;
            if sha256.len() != 64 || !sha256.bytes().all(|b| matches!(b, b'0'..=b'9' | b'a'..=b'f')) {
                return Err(format!("`{sha256}` is no SHA-256 digest of 64 lower-case digits"));
            }
            let locked = Locked { sha256, size, media_type: media_type.as_deref().and_then(essence) };
            if documents.insert(location, locked).is_some() {
                return Err(format!("`{url}` stands in it twice"));
            }
        }
        Ok(Self { documents })
    }

    /// The lock file as text: the documents in the order of their locations.
    pub(crate) fn to_text(&self) -> String {
        let mut text = format!("{HEAD}\nversion = {VERSION}\n");
        for (url, Locked { sha256, size, media_type }) in &self.documents {
            let _ = write!(text, "\n[[document]]\nurl = \"{url}\"\nsha256 = \"{sha256}\"\nsize = {size}\n");
            if let Some(name) = media_type {
                let _ = writeln!(text, "media-type = \"{name}\"");
            }
        }
        text
    }

    /// What is agreed on of the document at a location.
    pub(crate) fn get(&self, location: &TreePath) -> Option<&Locked> {
        self.documents.get(location)
    }

    /// Agrees on a document.
    pub(crate) fn insert(&mut self, location: &TreePath, locked: Locked) {
        self.documents.insert(location.clone(), locked);
    }
}
