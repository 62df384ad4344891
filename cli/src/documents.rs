//! OSCAL documents as they stand in files, read without a typed model.

use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use probity_diagnostics::document::{self, Comments, Format, Limits};
use probity_diagnostics::{Diagnostic, Diagnostics, FileTree, Location, MemoryTree, TreePath, Warned};
use probity_oscal::codes::NOT_OSCAL;
use probity_oscal::schema::Root;
use probity_oscal::split;
use serde_json::Value;

use crate::place;

/// A file that may hold a document.
#[derive(Clone)]
pub(crate) struct Source {
    /// The tree it is read from.
    pub(crate) tree: Arc<dyn FileTree>,
    /// The file in it.
    pub(crate) path: TreePath,
    /// Where it lies on disk; standard input and bundled content lie nowhere.
    pub(crate) disk: Option<PathBuf>,
    /// Its path below the folder that was named, or its name.
    pub(crate) below: String,
    /// Whether it was found in a folder, where other files may stand beside documents.
    pub(crate) found: bool,
}

impl Source {
    /// The bytes of standard input.
    pub(crate) fn of_stdin(bytes: Vec<u8>) -> Option<Self> {
        let path = TreePath::parse("stdin").ok()?;
        let tree = Arc::new(MemoryTree::of([("stdin", bytes)]).ok()?);
        Some(Self { tree, path, disk: None, below: "stdin".to_owned(), found: false })
    }

    /// The file that was named, or the files of the folder that was named, whose names are those of documents.
    pub(crate) fn named(name: &str, folder: &Path) -> Result<Vec<Self>, Diagnostic> {
        let named = place::named(name, folder, None)?;
        let tree = Arc::new(named.tree);
        let source = |path: &TreePath, below: String, found: bool| Self {
            disk: tree.inner().on_disk(path).ok(),
            tree: tree.clone(),
            path: path.clone(),
            below,
            found,
        };
        if !tree.is_folder(&named.path) || split::is_split(tree.as_ref(), &named.path) {
            return Ok(vec![source(&named.path, named.path.file_name().to_owned(), false)]);
        }
        let files = tree.walk(&named.path).map(split::documents).map_err(Diagnostic::from)?;
        let is_document =
            |file: &&TreePath| Format::of(file).is_some() || split::is_split(tree.as_ref(), file);
        let documents = files.iter().filter(is_document);
        Ok(documents.map(|file| source(file, named.path.relative(file), true)).collect())
    }

    /// The files of a split folder, each as a source; the source itself where it is none.
    pub(crate) fn pieces(self) -> Result<Vec<Self>, Diagnostics> {
        let tree = self.tree.as_ref();
        if !split::is_split(tree, &self.path) {
            return Ok(vec![self]);
        }
        let pieces = split::assemble(tree, &self.path)?.pieces;
        let folder = self.disk.as_ref();
        let pieces = pieces.into_iter().map(|piece| {
            let below = self.path.relative(&piece.file);
            Self {
                tree: self.tree.clone(),
                disk: folder.map(|folder| folder.join(&below)),
                below: format!("{}/{below}", self.below),
                path: piece.file,
                found: false,
            }
        });
        Ok(pieces.collect())
    }

    /// How the file is shown to the user.
    pub(crate) fn shown(&self) -> String {
        self.tree.display(&self.path)
    }
}

/// A document that was read.
pub(crate) struct Document {
    /// Its format.
    pub(crate) format: Format,
    /// The document, with the key of its model.
    pub(crate) value: Value,
    /// The comments of YAML.
    pub(crate) comments: Comments,
    /// Whether comments of XML stand in the text.
    pub(crate) has_xml_comments: bool,
    /// The text.
    pub(crate) text: Vec<u8>,
    /// Whether it is a file of a split folder, and no document of its own.
    pub(crate) is_piece: bool,
    /// What was found while reading.
    pub(crate) warnings: Diagnostics,
}

impl Document {
    /// Writes the document anew, in its own format.
    pub(crate) fn write(&self, writer: &mut dyn io::Write) -> io::Result<()> {
        if self.is_piece {
            split::write_part(&self.value, &self.comments, writer)
        } else {
            probity_oscal::write(&self.value, self.format, &self.comments, writer)
        }
    }
}

/// Reads a document. None is a file of a folder that is well-formed and of another kind.
pub(crate) fn read(source: &Source) -> Result<Option<Document>, Diagnostics> {
    let document = read_or_piece(source)?;
    match document {
        Some(document) if document.is_piece => {
            let folder = split::folder_of(source.tree.as_ref(), &source.path);
            let folder = folder.map_or_else(String::new, |folder| source.tree.display(&folder));
            let finding = Diagnostic::error(&NOT_OSCAL, "the file holds a piece of a document only");
            let help = format!("`{folder}` is the document that it belongs to");
            Err(finding.at(Location::file(&source.path)).help(help).into())
        }
        document => Ok(document),
    }
}

/// Reads a document or a file of a split folder.
pub(crate) fn read_or_piece(source: &Source) -> Result<Option<Document>, Diagnostics> {
    let bytes = split::read(source.tree.as_ref(), &source.path)?;
    probity_oscal::trestle::whole(source.tree.as_ref(), &source.path)?;
    let Warned { value: (format, value), warnings } = match probity_oscal::read(&bytes, &source.path) {
        Ok(read) => read,
        Err(_) if source.found && is_other(&bytes, &source.path) => return Ok(None),
        Err(findings) => return Err(findings),
    };
    let is_model =
        |(key, model): (&String, &Value)| Root::of(key).is_some() && (may_be_model(model) || !source.found);
    let is_oscal = value.as_object().is_some_and(|members| members.iter().any(is_model));
    let has_index = || split::folder_of(source.tree.as_ref(), &source.path).is_some();
    let is_piece = !source.found && split::part(&value).is_some() && has_index();
    match (is_oscal || is_piece, source.found) {
        (false, true) => return Ok(None),
        (false, false) => {
            let finding = Diagnostic::error(&NOT_OSCAL, "the file holds no OSCAL document");
            return Err(finding.at(Location::file(&source.path)).into());
        }
        (true, _) => {}
    }
    let text = document::text(&bytes, &source.path)?;
    let comments = match format {
        Format::Yaml if text.contains(['#', '&', '*']) || text.contains("\n\n") => Comments::of(text),
        _ => Comments::default(),
    };
    let has_xml_comments = format == Format::Xml && (text.contains("<!--") || text.matches("<?").count() > 1);
    Ok(Some(Document { format, value, comments, has_xml_comments, text: bytes, is_piece, warnings }))
}

/// Whether a value may be meant for a model of OSCAL: settings of other programs have keys such as `profile`, too.
pub(crate) fn may_be_model(value: &Value) -> bool {
    value.is_null() || value.is_object() || value.is_array()
}

/// Whether a text that cannot be read as one document is well-formed and of another kind.
fn is_other(bytes: &[u8], path: &TreePath) -> bool {
    match Format::of(path) {
        Some(Format::Xml) => !String::from_utf8_lossy(bytes).contains("http://csrc.nist.gov/ns/oscal/"),
        Some(format) => document::parse_all(bytes, path, format, Limits::default()).is_ok_and(|documents| {
            let mut objects = documents.value.iter().filter_map(|document| document.value.as_object());
            !objects.any(|object| object.keys().any(|key| Root::of(key).is_some()))
        }),
        None => true,
    }
}
