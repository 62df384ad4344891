//! Merging documents as they stand in files.

use probity_diagnostics::document::{self, Comments, Format};
use probity_diagnostics::{Diagnostic, Diagnostics, Location, Pointer, TreePath};
use serde_json::Value;

use super::origin::Origins;
use super::walk::{Kind, Three};
use super::{Conflict, Side, comments, markers, settle};
use crate::codes;
use crate::schema::Root;
use crate::split;

/// The versions of a file.
#[derive(Clone, Copy, Debug)]
pub struct Versions<'a> {
    /// What both sides came from; empty where they have no common origin.
    pub base: &'a [u8],
    /// The version that is merged into.
    pub ours: &'a [u8],
    /// The version that is merged.
    pub theirs: &'a [u8],
}

/// What stands at the markers of conflicts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Labels {
    /// The name of our side.
    pub ours: String,
    /// The name of their side.
    pub theirs: String,
    /// How many characters a marker has.
    pub size: usize,
}

impl Default for Labels {
    /// `ours` and `theirs`, at markers of seven characters.
    fn default() -> Self {
        Self { ours: "ours".to_owned(), theirs: "theirs".to_owned(), size: 7 }
    }
}

/// A merged file.
#[derive(Clone, Debug, PartialEq)]
pub struct MergedText {
    /// The text, with markers around what is in conflict.
    pub text: Vec<u8>,
    /// The conflicts.
    pub conflicts: Vec<Conflict>,
}

/// Merges the versions of a document in file `path`, in any of the three formats. The text keeps the layout and the comments of
/// our version as far as that is possible; new comments of theirs come with it.
///
/// # Errors
/// A version cannot be read or holds no OSCAL document, the versions are of different models, or something would be lost that has no
/// place in the merged document: comments of XML, anchors and aliases of YAML.
pub fn merge_texts(
    versions: Versions<'_>,
    path: &TreePath,
    labels: &Labels,
) -> Result<MergedText, Diagnostics> {
    let clean = |text: &[u8]| MergedText { text: text.to_vec(), conflicts: Vec::new() };
    let ours = Text::read(versions.ours, path)?;
    let theirs = Text::read(versions.theirs, path)?;
    let base = match versions.base.trim_ascii() {
        b"" => None,
        _ => Some(Text::read(versions.base, path)?),
    };
    if ours.root() != theirs.root() || base.as_ref().is_some_and(|base| base.root() != ours.root()) {
        let finding =
            Diagnostic::error(&codes::OTHER_MODEL, "the versions hold documents of different models");
        return Err(finding.at(Location::file(path)).into());
    }
    if versions.ours == versions.theirs || versions.base == versions.theirs {
        return Ok(clean(versions.ours));
    }
    if versions.base == versions.ours {
        return Ok(clean(versions.theirs));
    }
    let task = Task { base, ours, theirs, path };
    let first = task.variant(Side::Ours)?;
    if first.conflicts.is_empty() {
        return Ok(MergedText { text: first.text.into_bytes(), conflicts: Vec::new() });
    }
    let second = task.variant(Side::Theirs)?;
    let text = markers::marked(&first, &second, task.ours.format, labels);
    Ok(MergedText { text: text.into_bytes(), conflicts: first.conflicts })
}

/// A version of the file.
struct Text<'a> {
    content: &'a str,
    format: Format,
    kind: Kind,
    value: Value,
    comments: Comments,
    /// Comments and processing instructions of XML.
    notes: usize,
}

impl<'a> Text<'a> {
    fn read(bytes: &'a [u8], path: &TreePath) -> Result<Self, Diagnostics> {
        let (format, value) = crate::read(bytes, path)?.value;
        if root_of(&value).is_none() {
            let finding =
                Diagnostic::error(&codes::NOT_OSCAL, "a version of the file holds no OSCAL document");
            return Err(finding.at(Location::file(path)).into());
        }
        let kind = match split::part(&value) {
            Some(part) => Kind::Piece(part.definition),
            None => Kind::Root,
        };
        let content = document::text(bytes, path)?;
        let comments = if format == Format::Yaml { Comments::of(content) } else { Comments::default() };
        Ok(Self { content, format, kind, value, comments, notes: notes(content, format) })
    }

    fn root(&self) -> Option<&str> {
        root_of(&self.value)
    }

    /// The text as it would be written anew.
    fn canonical(&self) -> Option<String> {
        written(&self.value, self.format, &self.comments)
    }
}

fn root_of(value: &Value) -> Option<&str> {
    if let Some(part) = split::part(value) {
        return Some(part.key);
    }
    value.as_object()?.keys().map(String::as_str).find(|key| Root::of(key).is_some())
}

/// Comments and processing instructions in a text of XML, but for those that the writer makes.
fn notes(text: &str, format: Format) -> usize {
    if format != Format::Xml {
        return 0;
    }
    let made = text.matches("<?xml ").count() + text.matches("<?markdown").count();
    text.matches("<!--").count() + text.matches("<?").count() - made
}

fn written(value: &Value, format: Format, comments: &Comments) -> Option<String> {
    let mut text = Vec::new();
    match format {
        Format::Yaml => split::write_part(value, comments, &mut text),
        _ => crate::write(value, format, comments, &mut text),
    }
    .ok()?;
    String::from_utf8(text).ok()
}

/// The merged text with the conflicts settled in favour of one side.
pub(super) struct Variant {
    pub(super) side: Side,
    pub(super) text: String,
    pub(super) conflicts: Vec<Conflict>,
}

struct Task<'a> {
    base: Option<Text<'a>>,
    ours: Text<'a>,
    theirs: Text<'a>,
    path: &'a TreePath,
}

impl Task<'_> {
    fn variant(&self, favour: Side) -> Result<Variant, Diagnostics> {
        let none = Value::Null;
        let base = self.base.as_ref().map_or(&none, |base| &base.value);
        let (ours, theirs) = (&self.ours.value, &self.theirs.value);
        let speaks =
            [&self.ours.comments, &self.theirs.comments].into_iter().any(|comments| !comments.is_empty());
        let origins = if speaks { Origins::kept() } else { Origins::default() };
        let (value, walk) = super::walked([base, ours, theirs], self.ours.kind, favour, origins);
        let moves = walk.origins.moves(Three { base: Some(base), ours: Some(ours), theirs: Some(theirs) });
        let [of_base, of_ours, of_theirs] = &moves;
        let empty = Comments::default();
        let comments = comments::merged(
            &comments::Version::new(self.base.as_ref().map_or(&empty, |base| &base.comments), base, of_base),
            &comments::Version::new(&self.ours.comments, ours, of_ours),
            &comments::Version::new(&self.theirs.comments, theirs, of_theirs),
            &value,
        );
        let conflicts = walk.conflicts;
        let text = self.text(&value, &comments, conflicts.is_empty()).ok_or_else(|| self.lost())?;
        Ok(Variant { side: favour, text, conflicts })
    }

    /// The text of a merged document: as near to the layout of the versions as can be.
    fn text(&self, value: &Value, comments: &Comments, is_clean: bool) -> Option<String> {
        let says =
            |text: &str| crate::read(text.as_bytes(), self.path).is_ok_and(|read| read.value.1 == *value);
        if is_clean
            && let Some(base) = &self.base
            && let Some(text) = settle::lines(base.content, self.ours.content, self.theirs.content)
            && says(&text)
        {
            return Some(text);
        }
        let format = self.ours.format;
        let new = written(value, format, comments)?;
        let old = self.ours.canonical()?;
        if old == self.ours.content && self.keeps(&new) {
            return Some(new);
        }
        let laid_out = settle::patched(&old, self.ours.content, &new);
        [laid_out, new].into_iter().find(|text| self.keeps(text) && says(text))
    }

    /// Whether a text has what the writers know nothing of.
    fn keeps(&self, text: &str) -> bool {
        let base = self.base.as_ref();
        let theirs = base.map_or(0, |base| base.notes) == self.theirs.notes
            || self.theirs.notes == notes(text, self.theirs.format);
        let aliases = [Some(&self.ours), Some(&self.theirs)];
        theirs
            && notes(text, self.ours.format) == self.ours.notes
            && !aliases.into_iter().flatten().any(|version| version.comments.has_aliases)
    }

    fn lost(&self) -> Diagnostics {
        let message = "comments of XML, or anchors and aliases of YAML, would be lost";
        let finding = Diagnostic::error(&codes::NOT_FORMATTED, message);
        finding.at(Location::file(self.path)).into()
    }
}

/// Whether the value at `pointer` is a list.
pub(super) fn is_list(value: &Value, pointer: &Pointer) -> bool {
    value.pointer(pointer.as_str()).is_some_and(Value::is_array)
}
