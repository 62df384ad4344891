//! OSCAL documents as they stand in files, read without a typed model.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use probity_diagnostics::document::{self, Comments, Format, Limits};
use probity_diagnostics::{Diagnostic, Diagnostics, FileTree, Location, MemoryTree, TreePath, Warned};
use probity_oscal::codes::NOT_OSCAL;
use probity_oscal::schema::Root;
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
        if !tree.is_folder(&named.path) {
            return Ok(vec![source(&named.path, named.path.file_name().to_owned(), false)]);
        }
        let files = tree.walk(&named.path).map_err(Diagnostic::from)?;
        let documents = files.iter().filter(|file| Format::of(file).is_some());
        Ok(documents.map(|file| source(file, named.path.relative(file), true)).collect())
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
    /// What was found while reading.
    pub(crate) warnings: Diagnostics,
}

/// Reads a document. None is a file of a folder that is well-formed and of another kind.
pub(crate) fn read(source: &Source) -> Result<Option<Document>, Diagnostics> {
    let limits = Limits::default();
    let bytes = source.tree.read(&source.path, limits.bytes).map_err(Diagnostic::from)?;
    probity_oscal::trestle::whole(source.tree.as_ref(), &source.path)?;
    let Warned { value: (format, value), warnings } = match probity_oscal::read(&bytes, &source.path) {
        Ok(read) => read,
        Err(_) if source.found && is_other(&bytes, &source.path) => return Ok(None),
        Err(findings) => return Err(findings),
    };
    let is_oscal = value.as_object().is_some_and(|members| members.keys().any(|key| Root::of(key).is_some()));
    match (is_oscal, source.found) {
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
    Ok(Some(Document { format, value, comments, has_xml_comments, text: bytes, warnings }))
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
