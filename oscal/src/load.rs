//! Reading OSCAL documents.

use probity_diagnostics::document::{self, Format, Found, Limits};
use probity_diagnostics::{Diagnostic, Diagnostics, FileTree, Location, Pointer, Step, TreePath, Warned};
use serde_json::Value;

use crate::codes;
use crate::model::{Model, OscalDocument};
use crate::split;
use crate::structure;
use crate::xml;

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

/// Reads and checks the document in file `path`. A split folder, or its index, is the document that its files make.
///
/// # Errors
/// The file cannot be read, is too large, is neither JSON, YAML nor XML, or is not of the form of an OSCAL document. All
/// problems of form are reported at once.
pub fn load(tree: &dyn FileTree, path: &TreePath) -> Step<Loaded> {
    let path = &split::document(path);
    let bytes = split::read(tree, path)?;
    crate::trestle::whole(tree, path)?;
    parse(&bytes, path)
}

/// Reads and checks the document in file `path`, which is to hold the model `T`.
///
/// # Errors
/// As [`load`], and where the document holds another model.
pub fn load_as<T: Model>(tree: &dyn FileTree, path: &TreePath) -> Step<T> {
    Ok(load_with_value(tree, path)?.map(|(model, _)| model))
}

/// As [`load_as`], with the document as it stands in the file, with the key of the model.
///
/// # Errors
/// As [`load_as`].
pub fn load_with_value<T: Model>(tree: &dyn FileTree, path: &TreePath) -> Step<(T, Value)> {
    let Warned { value: loaded, mut warnings } = load(tree, path)?;
    match T::of(loaded.document) {
        Ok(model) => Ok(Warned { value: (model, loaded.value), warnings }),
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
    parse_bearing(bytes, path, |finding| finding)
}

/// Reads a document and checks its form, without making a typed document of it.
///
/// # Errors
/// As [`parse`].
pub(crate) fn checked_value(bytes: &[u8], path: &TreePath) -> Step<Value> {
    let (_, value, mut findings) = generic(bytes, path)?;
    findings.extend(structure::validate(&value, path));
    findings.unless_errors(value)
}

/// Reads and checks a document as [`parse`] does; `bear` may make warnings of what is wrong with its form.
pub(crate) fn parse_bearing(
    bytes: &[u8],
    path: &TreePath,
    bear: impl Fn(Diagnostic) -> Diagnostic,
) -> Step<Loaded> {
    let (format, value, findings) = generic(bytes, path)?;
    let mut warnings: Diagnostics = findings.into_iter().map(&bear).collect();
    let broken = warnings.has_errors();
    let form = structure::validate(&value, path).into_iter();
    // what XML could not be read of is not missing as well
    let form = form.filter(|finding| !broken || !is_absence(finding));
    warnings.extend(form.map(bear));
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

/// Reads a document in any of the three formats into a generic value, with the key of its model. `path` is named in
/// findings; its extension gives the format, unless the text is unmistakably of another one.
///
/// XML has no meaning without the model and is read along it: what the model does not know is an error. JSON and YAML
/// are only read; [`validate`](crate::validate) looks at their form.
///
/// # Errors
/// The text is not well-formed, exceeds a limit, or is XML and no OSCAL document.
pub fn read(bytes: &[u8], path: &TreePath) -> Step<(Format, Value)> {
    let (format, value, findings) = generic(bytes, path)?;
    findings.unless_errors((format, value))
}

/// The value of a document, with findings that may be errors where something can be said of the rest all the same.
pub(crate) fn generic(bytes: &[u8], path: &TreePath) -> Result<(Format, Value, Diagnostics), Diagnostics> {
    let limits = Limits::default();
    let format = format_of(bytes, path);
    if format != Format::Xml {
        let Warned { value, warnings } = document::parse(bytes, path, format, limits)?;
        return Ok((format, value, warnings));
    }
    let (value, findings) = xml::read::read(document::text(bytes, path)?, path, limits);
    match value {
        Some(value) => Ok((format, value, findings)),
        None => Err(findings),
    }
}

/// Whether a finding says that something is absent.
pub(crate) fn is_absence(finding: &Diagnostic) -> bool {
    [&codes::MISSING_PROPERTY, &codes::CHOICE, &codes::ITEM_COUNT].contains(&finding.code)
}

/// The format of a file: by its first character where that settles it, else by its extension.
fn format_of(bytes: &[u8], path: &TreePath) -> Format {
    let by_extension = Format::of(path);
    match first(bytes) {
        Some(b'<') => Format::Xml,
        Some(b'{' | b'[') if by_extension != Some(Format::Yaml) => Format::Json,
        _ => by_extension.unwrap_or(Format::Yaml),
    }
}

/// The first byte of a text that is no white space.
fn first(bytes: &[u8]) -> Option<u8> {
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    bytes.iter().copied().find(|byte| !byte.is_ascii_whitespace())
}

/// Where the value that `pointer` names stands in a text of any of the three formats, and its key: for an XML element or
/// attribute its name. Where the pointer leads past what the text holds, the innermost value on the way is found.
///
/// `format` is what the name of the file says; a text that is unmistakably XML is taken for it all the same.
pub fn locate(text: &str, format: Format, pointer: &Pointer) -> Option<Found> {
    locate_all(text, format, &[pointer]).into_iter().next().flatten()
}

/// Where the values that many pointers name stand in a text, as [`locate`] says, in one pass over it; one answer for each, in
/// the same order.
pub fn locate_all(text: &str, format: Format, pointers: &[&Pointer]) -> Vec<Option<Found>> {
    match first(text.as_bytes()) {
        Some(b'<') => xml::locate::locate_all(text, pointers),
        Some(b'{' | b'[') if format == Format::Xml => document::locate_all(text, Format::Json, pointers),
        _ => document::locate_all(text, format, pointers),
    }
}

fn typed(value: &Value) -> Result<OscalDocument, String> {
    let mut models = value.as_object().into_iter().flatten();
    let document = models.find_map(|(root, model)| OscalDocument::from_value(root, model));
    document.ok_or_else(|| "it has no model".to_owned())?.map_err(|error| error.to_string())
}
