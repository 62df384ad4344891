//! Which colour a document has.
//!
//! A document says it itself where its format has a field for it; else a *sidecar* beside it does, `<file>.marking.yaml`; else it is
//! [`Label::UNMARKED`]. Fields that are read:
//!
//! - OSCAL: the prop `marking` of class `tlp-2.0`, in the metadata for the document, anywhere else for a part of it;
//! - other YAML and JSON: `marking`, at the top for the document, below for a part; Markdown has it in its front matter;
//! - IODEF: `restriction`, `ext-restriction` and `AdditionalData` with name `tlp`. An incident that says nothing is `private` by
//!   the standard, which is TLP:RED;
//! - STIX: references to the marking definitions of TLP 1 and 2; CSAF: the label of the distribution; MISP: tags `tlp:…`;
//! - mail: the label at the beginning of the subject; any text: lines that hold a label and nothing else;
//! - PDF and office documents: their keywords.
//!
//! Whatever is found has to be the same colour, down to documents that are embedded in base64: what contradicts itself, or has
//! parts of different colours, is refused. All fields are looked for in all documents, so that none can hide behind another format.

mod divide;
mod iodef;
mod json;
mod keywords;
mod lint;
mod misp;
mod put;
mod sidecar;
mod stix;
mod text;
mod xml;

use std::fmt;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use probity_diagnostics::document::{self, Format, Limits};
use probity_diagnostics::{Diagnostic, Diagnostics, FileTree, Location, TreePath};

use probity_oscal::split;

use crate::codes;
use crate::refusal::{Refusal, Stop};
use crate::rules;
use crate::tlp::{Label, NoLabel};

pub use divide::divide;
pub use lint::lint;
pub use put::{Put, put};
pub use sidecar::{Sidecar, sidecar_path};

/// How deep documents may be embedded in each other.
const DEEPEST: usize = 4;

/// The colour of a document, and how it is known.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Marking {
    /// The colour.
    pub label: Label,
    /// Where it stands.
    pub source: Source,
    /// The member that the document comes from, where document or sidecar say so.
    pub originator: Option<String>,
}

/// Where a colour stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Source {
    /// In the document, here.
    Embedded(Location),
    /// In the file beside it.
    Sidecar(TreePath),
    /// Nowhere, but the format of the document says what that means.
    Format(&'static str),
    /// Nowhere.
    Unmarked,
}

impl Source {
    /// The word for programs.
    #[must_use]
    pub const fn word(&self) -> &'static str {
        match self {
            Self::Embedded(_) => "embedded",
            Self::Sidecar(_) => "sidecar",
            Self::Format(_) => "format",
            Self::Unmarked => "unmarked",
        }
    }
}

impl fmt::Display for Marking {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let label = self.label;
        match &self.source {
            Source::Embedded(_) => write!(f, "{label} (embedded)"),
            Source::Sidecar(path) => write!(f, "{label} (sidecar {})", path.file_name()),
            Source::Format(default) => write!(f, "{label} ({default})"),
            Source::Unmarked => write!(f, "{label} (default: unmarked)"),
        }
    }
}

/// The colour of the document in a file of a tree.
///
/// # Errors
/// The document or its sidecar cannot be read; a label is none, the two contradict each other, or parts differ.
pub fn look_up(tree: &dyn FileTree, path: &TreePath) -> Result<Marking, Stop> {
    let limit = Limits::default().bytes;
    let bytes = split::read(tree, path)?;
    let beside = sidecar_path(path)?;
    let sidecar = match tree.stat(&beside) {
        Ok(_) => Some(tree.read(&beside, limit).map_err(Diagnostic::from)?),
        Err(_) => None,
    };
    of(&bytes, path, sidecar.as_deref())
}

/// The colour of a document of which bytes and path are known, and what lies beside it.
///
/// # Errors
/// As [`look_up`].
pub fn of(bytes: &[u8], path: &TreePath, sidecar: Option<&[u8]>) -> Result<Marking, Stop> {
    let said = embedded(bytes, path)?;
    let own = said.colour(path)?;
    let beside = sidecar.map(|text| Sidecar::read(text, &sidecar_path(path)?)).transpose()?;
    let originator =
        agreed(path, said.originator.as_ref(), beside.as_ref().and_then(|one| one.originator.as_ref()))?;
    let marking = |label, source| Ok(Marking { label, source, originator: originator.clone() });
    match (own, beside) {
        (Some((label, _)), Some(beside)) if beside.label != label => {
            let message = format!("`{path}` says {label}, and the sidecar beside it {}", beside.label);
            let remedy = "remove the sidecar, or have the originator change the colour in both";
            Err(Refusal::new(rules::MARKED, &codes::CONTRADICTION, message, remedy)
                .of(path.as_str(), None)
                .into())
        }
        (Some((label, source)), _) => marking(label, source),
        (None, Some(beside)) => marking(beside.label, Source::Sidecar(sidecar_path(path)?)),
        (None, None) => marking(Label::UNMARKED, Source::Unmarked),
    }
    .and_then(|marking| said.parts_agree(path, &marking).map(|()| marking))
}

/// The originator, where document and sidecar do not name two.
fn agreed(path: &TreePath, own: Option<&String>, beside: Option<&String>) -> Result<Option<String>, Stop> {
    match (own, beside) {
        (Some(own), Some(beside)) if own != beside => {
            let message = format!("`{path}` names another originator than the sidecar beside it");
            let remedy = "name the originator in one of the two";
            let refusal = Refusal::new(rules::MARKED, &codes::CONTRADICTION, message, remedy);
            Err(refusal.of(path.as_str(), None).into())
        }
        _ => Ok(own.or(beside).cloned()),
    }
}

/// What a document says of its colour.
#[derive(Debug, Default)]
struct Said {
    /// Labels of the document as a whole.
    whole: Vec<Spot>,
    /// Labels of parts of it.
    parts: Vec<Spot>,
    /// Objects that stand beside each other and of which these say nothing: they are what unmarked documents are, as soon as
    /// one of the others says something.
    silent: Vec<Location>,
    originator: Option<String>,
}

/// A label and its place.
#[derive(Debug)]
struct Spot {
    label: Result<Label, NoLabel>,
    source: Source,
    location: Location,
}

impl Spot {
    fn read(text: &str, location: Location) -> Self {
        Self { label: text.parse(), source: Source::Embedded(location.clone()), location }
    }
}

impl Said {
    /// The colour that the document says as a whole.
    fn colour(&self, path: &TreePath) -> Result<Option<(Label, Source)>, Stop> {
        let none = self.whole.iter().chain(&self.parts);
        let none: Vec<Refusal> = none.filter_map(|spot| spot.no_label(path)).collect();
        if !none.is_empty() {
            return Err(Stop::Refused(none));
        }
        let labels: Vec<(Label, &Spot)> =
            self.whole.iter().filter_map(|spot| Some((*spot.label.as_ref().ok()?, spot))).collect();
        let Some((label, first)) = labels.first() else { return Ok(None) };
        if let Some((other, spot)) = labels.iter().find(|(other, _)| other != label) {
            return Err(mixed(path, *label, *other, &spot.location).into());
        }
        match self.silent.first() {
            Some(silent) if *label != Label::UNMARKED => {
                Err(mixed(path, *label, Label::UNMARKED, silent).into())
            }
            _ => Ok(Some((*label, first.source.clone()))),
        }
    }

    /// Whether all parts have the colour of the document.
    fn parts_agree(&self, path: &TreePath, marking: &Marking) -> Result<(), Stop> {
        let other = |spot: &Spot| match spot.label {
            Ok(label) if label != marking.label => Some(mixed(path, marking.label, label, &spot.location)),
            _ => None,
        };
        let refusals: Vec<Refusal> = self.parts.iter().filter_map(other).collect();
        if refusals.is_empty() { Ok(()) } else { Err(Stop::Refused(refusals)) }
    }

    /// Takes the labels of an embedded document for those of parts, all at the place where it is embedded.
    fn embed(&mut self, inner: Self, location: &Location) {
        let spots = inner.whole.into_iter().chain(inner.parts);
        self.parts.extend(spots.map(|spot| Spot { location: location.clone(), ..spot }));
    }
}

impl Spot {
    fn no_label(&self, path: &TreePath) -> Option<Refusal> {
        let why = self.label.as_ref().err()?;
        let message = format!("\"{}\" in `{path}` is no label of the Traffic Light Protocol", why.written);
        let refusal = Refusal::new(rules::LITERAL, &codes::NO_LABEL, message, why.help.clone());
        Some(refusal.of(path.as_str(), None).at(self.location.clone()))
    }
}

fn mixed(path: &TreePath, label: Label, other: Label, location: &Location) -> Refusal {
    let message = format!("`{path}` is {label}, and a part of it is {other}");
    Refusal::new(rules::ONE_COLOUR, &codes::MIXED, message, "make one document for each colour")
        .of(path.as_str(), Some(label))
        .at(location.clone())
}

/// All that a document says of its colour.
fn embedded(bytes: &[u8], path: &TreePath) -> Result<Said, Diagnostics> {
    let mut said = Said::default();
    read(bytes, path, 0, &mut said)?;
    Ok(said)
}

/// Reads what bytes say by what the path says that they are; what it does not say is told by how they begin, and read as text
/// besides.
fn read(bytes: &[u8], path: &TreePath, depth: usize, said: &mut Said) -> Result<(), Diagnostics> {
    match Format::of(path) {
        Some(Format::Xml) => return xml::read(bytes, path, depth, said),
        Some(format) => return json::read_all(bytes, path, format, depth, said),
        None => {}
    }
    match bytes.trim_ascii_start().first() {
        Some(b'{' | b'[') if is_json(bytes, path) => {
            json::read_all(bytes, path, Format::Json, depth, said)?;
        }
        Some(b'<') if xml::is_xml(bytes, path) => xml::read(bytes, path, depth, said)?,
        _ => {}
    }
    keywords::read(bytes, path, said);
    text::read(&String::from_utf8_lossy(bytes), path, said)
}

fn is_json(bytes: &[u8], path: &TreePath) -> bool {
    document::parse(bytes, path, Format::Json, Limits::default()).is_ok()
}

/// Reads a document that is embedded in base64 in another one.
fn read_embedded(text: &str, name: &str, at: &Location, depth: usize, said: &mut Said) {
    let text: String = text.split_ascii_whitespace().collect();
    let Ok(bytes) = STANDARD.decode(text) else { return };
    let plain: String = name.chars().filter(|c| c.is_ascii_alphanumeric() || "-_.".contains(*c)).collect();
    let Ok(path) = TreePath::parse(&format!("embedded-{plain}")) else { return };
    let mut inner = Said::default();
    // what cannot be read has no marking that could be taken for another one
    if depth < DEEPEST && read(&bytes, &path, depth + 1, &mut inner).is_ok() {
        said.embed(inner, at);
    }
}
