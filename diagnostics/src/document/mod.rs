//! JSON and YAML text read into generic values, within limits that keep
//! hostile input harmless, and the way back from a JSON pointer to the text.
//!
//! Reading pays nothing for positions. A finding names a pointer, and
//! [`locate`] looks for it in the text when the finding is printed.

mod comments;
mod json;
mod json_index;
mod wanted;
mod yaml;
mod yaml_index;

use std::ops::Range;

use serde_json::Value;

use crate::codes;
use crate::diagnostic::{Diagnostic, Diagnostics, Step};
use crate::location::{Location, Pointer};
use crate::tree::{FileTree, TreePath};

pub use comments::Comments;

/// The format of a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// JSON (RFC 8259).
    Json,
    /// YAML 1.2 with the core schema.
    Yaml,
    /// XML 1.0, whose meaning depends on a model: it is read by the crate that knows the model.
    Xml,
}

impl Format {
    /// The format by the extension of a file name.
    pub fn of(path: &TreePath) -> Option<Self> {
        match path.extension()? {
            "json" => Some(Self::Json),
            "yaml" | "yml" => Some(Self::Yaml),
            "xml" => Some(Self::Xml),
            _ => None,
        }
    }
}

/// What a document may cost at the most.
#[derive(Debug, Clone, Copy)]
pub struct Limits {
    /// Bytes of text.
    pub bytes: u64,
    /// Levels of objects and lists.
    pub depth: usize,
    /// Values, after aliases are expanded.
    pub values: usize,
    /// Bytes of memory that anchors and aliases of YAML may take up, about.
    pub aliased: usize,
}

impl Default for Limits {
    /// 64 MiB, 128 levels and four million values: several times the largest
    /// published OSCAL document. 16 MiB of what aliases repeat.
    fn default() -> Self {
        Self { bytes: 64 << 20, depth: 128, values: 4_000_000, aliased: 16 << 20 }
    }
}

/// One document of a text, and where it begins.
#[derive(Debug, Clone, PartialEq)]
pub struct Document {
    /// The value.
    pub value: Value,
    /// The line on which the document begins, counted from 1.
    pub line: u32,
}

/// Reads the document in file `path`.
///
/// # Errors
/// The file cannot be read, or as [`parse`].
pub fn read(tree: &dyn FileTree, path: &TreePath, format: Format) -> Step<Value> {
    let limits = Limits::default();
    let bytes = tree.read(path, limits.bytes).map_err(Diagnostic::from)?;
    parse(&bytes, path, format, limits)
}

/// Reads the one document of a text; `path` is named in findings.
///
/// # Errors
/// The bytes are not UTF-8, the text is not well-formed, a key stands twice
/// in an object, or a limit is exceeded. Duplicate keys are all reported.
pub fn parse(bytes: &[u8], path: &TreePath, format: Format, limits: Limits) -> Step<Value> {
    let text = text(bytes, path)?;
    match format {
        Format::Xml => Err(unread(path)),
        Format::Json => json::parse(text, path, limits),
        Format::Yaml => {
            let warned = yaml::parse(text, path, limits)?;
            let mut documents = warned.value.into_iter();
            match (documents.next(), documents.next()) {
                (Some(only), None) => Ok(crate::Warned { value: only.value, warnings: warned.warnings }),
                (None, _) => Err(syntax(path, 0..text.len().min(1), "the file holds no document").into()),
                (_, Some(second)) => {
                    Err(Diagnostic::error(&codes::SYNTAX, "the file holds several documents")
                        .at(Location::line(path, second.line))
                        .label("a second document begins here")
                        .into())
                }
            }
        }
    }
}

/// Reads all documents of a text: YAML documents are separated by `---`, a
/// JSON text is one document.
///
/// # Errors
/// As [`parse`].
pub fn parse_all(bytes: &[u8], path: &TreePath, format: Format, limits: Limits) -> Step<Vec<Document>> {
    let text = text(bytes, path)?;
    match format {
        Format::Json => Ok(json::parse(text, path, limits)?.map(|value| vec![Document { value, line: 1 }])),
        Format::Yaml => yaml::parse(text, path, limits),
        Format::Xml => Err(unread(path)),
    }
}

/// A file of this kind that is XML.
fn unread(path: &TreePath) -> Diagnostics {
    Diagnostic::error(&codes::SYNTAX, "a file of this kind is JSON or YAML, not XML")
        .at(Location::file(path))
        .into()
}

/// The text in `bytes`: UTF-8, with or without a byte order mark.
///
/// # Errors
/// The bytes are something else.
pub fn text<'a>(bytes: &'a [u8], path: &TreePath) -> Result<&'a str, Diagnostics> {
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    std::str::from_utf8(bytes).map_err(|error| {
        let what = match bytes {
            [0xff, 0xfe, ..] | [0xfe, 0xff, ..] => "the file is UTF-16, not UTF-8".to_owned(),
            _ => format!("the file is not UTF-8: byte {} begins no character", error.valid_up_to()),
        };
        let before = bytes.get(..error.valid_up_to()).unwrap_or_default();
        let line = before.split(|byte| *byte == b'\n').count();
        Diagnostic::error(&codes::NOT_UTF8, what)
            .at(Location::line(path, u32::try_from(line).unwrap_or(u32::MAX)))
            .help("save the file as UTF-8 text")
            .into()
    })
}

/// Where a value and its key stand in a text, in bytes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    /// The key, for members of objects.
    pub key: Option<Range<usize>>,
    /// The value.
    pub value: Range<usize>,
}

/// Looks for the value that `pointer` names. Where the pointer leads past
/// what the text holds, the innermost value on the way is found. In XML nothing
/// is found: only its model tells which elements a pointer leads through.
pub fn locate(text: &str, format: Format, pointer: &Pointer) -> Option<Found> {
    locate_all(text, format, &[pointer]).into_iter().next().flatten()
}

/// Looks for the values that many pointers name, as [`locate`] does, in one
/// pass over the text; one answer for each, in the same order.
pub fn locate_all(text: &str, format: Format, pointers: &[&Pointer]) -> Vec<Option<Found>> {
    let wanted = wanted::Wanted::of(pointers);
    let mut found = vec![None; pointers.len()];
    match format {
        Format::Json => json_index::locate(text, &wanted, &mut found),
        Format::Yaml => yaml_index::locate(text, &wanted, &mut found),
        Format::Xml => {}
    }
    found
}

/// Keys that stand twice which are listed at the most.
const MOST_TWICE: usize = 100;

/// A key that stands twice in an object.
struct Twice {
    object: Pointer,
    key: String,
    /// Where it stands first, in bytes.
    first: Range<usize>,
    /// Where it stands again.
    again: Range<usize>,
}

impl Twice {
    fn finding(&self, path: &TreePath) -> Diagnostic {
        let object = self.object.as_str();
        let inside = if object.is_empty() { "the document".to_owned() } else { format!("`{object}`") };
        Diagnostic::error(&codes::DUPLICATE_KEY, format!("the key `{}` stands twice in {inside}", self.key))
            .at(Location::span(path, self.again.clone()))
            .label("stands here again")
            .also(Location::span(path, self.first.clone()), "it stands here first")
            .help("remove one of the two")
    }
}

/// An error of form at a place of the text.
fn syntax(path: &TreePath, at: Range<usize>, message: impl Into<String>) -> Diagnostic {
    Diagnostic::error(&codes::SYNTAX, message).at(Location::span(path, at))
}

/// A limit that was exceeded.
fn too_deep(path: &TreePath, at: Range<usize>, limit: usize) -> Diagnostic {
    Diagnostic::error(&codes::TOO_DEEP, format!("the document is nested more than {limit} levels deep"))
        .at(Location::span(path, at))
}

/// A limit that was exceeded.
fn too_much_aliased(path: &TreePath, at: Range<usize>, limit: usize) -> Diagnostic {
    let message = format!("the anchors and aliases of the document stand for more than {} MiB", limit >> 20);
    Diagnostic::error(&codes::TOO_MANY_VALUES, message)
        .at(Location::span(path, at))
        .help("write the values out where they are needed")
}

/// A limit that was exceeded.
fn too_many_values(path: &TreePath, at: Range<usize>, limit: usize) -> Diagnostic {
    Diagnostic::error(&codes::TOO_MANY_VALUES, format!("the document holds more than {limit} values"))
        .at(Location::span(path, at))
}
