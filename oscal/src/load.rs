//! Reading OSCAL documents.

use probity_diagnostics::document::{self, Format, Limits};
use probity_diagnostics::{
    Diagnostic, Diagnostics, FileTree, Location, Pointer, Severity, Step, TreePath, Warned,
};
use serde_json::Value;

use crate::codes;
use crate::model::{Model, OscalDocument};
use crate::structure;

/// A document that was read and is of the right form.
#[derive(Clone, Debug)]
pub struct Loaded {
    /// The file it was read from.
    pub path: TreePath,
    /// Its format.
    pub format: Format,
    /// The typed document.
    pub document: OscalDocument,
    /// The document as it stands in the file, with the key of the model.
    pub value: Value,
}

/// Reads and checks the document in file `path`.
///
/// # Errors
/// The file cannot be read, is too large, is neither JSON nor YAML, or is not of the form of an OSCAL document. All
/// problems of form are reported at once.
pub fn load(tree: &dyn FileTree, path: &TreePath) -> Step<Loaded> {
    let bytes = tree.read(path, Limits::default().bytes).map_err(Diagnostic::from)?;
    parse(&bytes, path)
}

/// Reads and checks the document in file `path`, which is to hold the model `T`.
///
/// # Errors
/// As [`load`], and where the document holds another model.
pub fn load_as<T: Model>(tree: &dyn FileTree, path: &TreePath) -> Step<T> {
    let Warned { value: loaded, mut warnings } = load(tree, path)?;
    match T::of(loaded.document) {
        Ok(value) => Ok(Warned { value, warnings }),
        Err(other) => {
            let message = format!("expected a document of model `{}`, found `{}`", T::ROOT, other.root());
            let at = Location::key(path, &Pointer::root().key(other.root()));
            warnings.push(Diagnostic::error(&codes::OTHER_MODEL, message).at(at));
            Err(warnings)
        }
    }
}

/// Reads and checks a document; `path` gives the format and is named in findings.
///
/// # Errors
/// As [`load`], but for the reading of the file.
pub fn parse(bytes: &[u8], path: &TreePath) -> Step<Loaded> {
    parse_bearing(bytes, path, |_| false)
}

/// Reads and checks a document as [`parse`] does; findings of form that `bears` accepts are warnings.
pub(crate) fn parse_bearing(
    bytes: &[u8],
    path: &TreePath,
    bears: impl Fn(&Diagnostic) -> bool,
) -> Step<Loaded> {
    let format = format_of(bytes, path)?;
    let Warned { value, mut warnings } = document::parse(bytes, path, format, Limits::default())?;
    warnings.extend(structure::validate(&value, path).into_iter().map(|finding| {
        let severity = if bears(&finding) { Severity::Warning } else { finding.severity };
        Diagnostic { severity, ..finding }
    }));
    if warnings.has_errors() {
        return Err(warnings);
    }
    match typed(&value) {
        Ok(document) => {
            Ok(Warned { value: Loaded { path: path.clone(), format, document, value }, warnings })
        }
        Err(why) => {
            let finding =
                Diagnostic::error(&codes::WRONG_TYPE, format!("the document does not fit its model: {why}"));
            warnings.push(finding.at(Location::file(path)));
            Err(warnings)
        }
    }
}

/// The format of a file: by its extension, else by its first character.
fn format_of(bytes: &[u8], path: &TreePath) -> Result<Format, Diagnostics> {
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    let first = bytes.iter().find(|byte| !byte.is_ascii_whitespace());
    if first == Some(&b'<') {
        let finding = Diagnostic::error(&codes::UNSUPPORTED_FORMAT, "OSCAL in XML is not read by this build")
            .at(Location::file(path))
            .help("use the JSON or YAML edition of the document");
        return Err(finding.into());
    }
    let by_content = if matches!(first, Some(b'{' | b'[')) { Format::Json } else { Format::Yaml };
    Ok(Format::of(path).unwrap_or(by_content))
}

fn typed(value: &Value) -> Result<OscalDocument, String> {
    let mut models = value.as_object().into_iter().flatten();
    let document = models.find_map(|(root, model)| OscalDocument::from_value(root, model));
    document.ok_or_else(|| "it has no model".to_owned())?.map_err(|error| error.to_string())
}
