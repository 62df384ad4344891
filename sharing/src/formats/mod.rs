//! Incidents in the formats of others: IODEF v2, STIX 2.1, CSAF 2.0 and 2.1, and MISP.
//!
//! Each format has a writer and a reader. What is written says as much as the format can say in its own words; the rest is
//! *carried*, as a merge patch in a place that the format keeps for extensions. Which colour a document has is the caller's to know.

mod carry;
mod csaf;
mod iodef;
pub(crate) mod json;
mod misp;
mod stix;

use std::collections::BTreeMap;

use probity_diagnostics::{Diagnostic, Diagnostics, Location, Pointer, Step, TreePath, Warned};
use serde_json::Value;

use crate::{Label, Refusal, Stop, rules};
pub use csaf::Version;
pub use misp::feed;

use crate::incident::codes::{CONTRADICTS, FOREIGN, UNSAID};
use crate::incident::{Incident, as_name, from_value, is_name, to_value};
use crate::lexicon::Lexicon;

/// What the place is called in which the rest is carried.
const CARRIED: &str = "probity-incident";

/// A format that incidents are written in and read from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// IODEF v2, in XML (RFC 7970).
    Iodef,
    /// STIX 2.1, a bundle.
    Stix,
    /// CSAF, of one of its versions.
    Csaf(Version),
    /// An event of MISP.
    Misp,
}

/// An incident as a document says it, and what the document carries besides.
struct Read {
    said: Incident,
    carried: Option<Value>,
}

impl Format {
    /// All formats.
    pub const ALL: [Self; 5] =
        [Self::Iodef, Self::Stix, Self::Csaf(Version::V2_0), Self::Csaf(Version::V2_1), Self::Misp];

    /// How the format is called.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Iodef => "iodef",
            Self::Stix => "stix",
            Self::Csaf(Version::V2_0) => "csaf-2.0",
            Self::Csaf(Version::V2_1) => "csaf-2.1",
            Self::Misp => "misp",
        }
    }

    /// What names of files of the format end with.
    #[must_use]
    pub const fn ending(self) -> &'static str {
        match self {
            Self::Iodef => "iodef.xml",
            Self::Stix => "stix.json",
            Self::Csaf(_) => "csaf.json",
            Self::Misp => "misp.json",
        }
    }

    /// The format that a document is of, by what stands in it.
    pub fn of(text: &str) -> Option<Self> {
        if text.trim_start_matches('\u{feff}').trim_start().starts_with('<') {
            return Some(Self::Iodef);
        }
        let value: Value = serde_json::from_str(text).ok()?;
        let version = value.pointer("/document/csaf_version").and_then(Value::as_str);
        match (version, value.get("type").and_then(Value::as_str)) {
            (Some("2.0"), _) => Some(Self::Csaf(Version::V2_0)),
            (Some("2.1"), _) => Some(Self::Csaf(Version::V2_1)),
            (_, Some("bundle")) => Some(Self::Stix),
            _ => value.get("Event").is_some_and(Value::is_object).then_some(Self::Misp),
        }
    }

    /// The text of an incident in this format, bearing the colour `label`.
    ///
    /// # Errors
    /// The format can neither say nor carry something, which is named (rule TLP-006).
    pub fn write(self, incident: &Incident, label: Label) -> Result<String, Stop> {
        let whole = without_marking(to_value(incident)?);
        let bare = self.document(incident, label, None)?;
        let file = TreePath::root();
        let read = self.documents(&bare, &file)?.value;
        let [one] = read.as_slice() else { return Err(unsaid("the incident", label).into()) };
        let carried = carry::difference(&without_marking(to_value(&one.said)?), &whole);
        self.document(incident, label, carried.as_ref())
    }

    /// The incidents that a document of this format says, with the colour that it has.
    ///
    /// # Errors
    /// The document is none of this format, or what it says is no incident.
    pub fn read(self, text: &str, file: &TreePath, label: Label, lexicon: &Lexicon) -> Step<Vec<Incident>> {
        let Warned { value: documents, warnings: mut found } = self.documents(text, file)?;
        let mut incidents = Vec::new();
        for Read { said, carried } in documents {
            let bare = to_value(&said)?;
            let patch = carried.map(without_marking);
            let whole = patch.as_ref().map_or_else(|| bare.clone(), |patch| carry::join(bare.clone(), patch));
            let whole = with_creator(whole, &said.issuer);
            let read = found.absorb(from_value(whole, file, lexicon));
            if let Some(patch) = &patch {
                found.extend(self.contradictions(&bare, patch, read.as_ref(), file));
            }
            let Some(mut incident) = read else { continue };
            incident.marking = Some(label);
            incidents.push(incident);
        }
        found.unless_errors(incidents)
    }

    /// Where a document says something else than the incident that comes of it by what it carries: somebody changed one of the two.
    ///
    /// The incident is written and read again without help. What that says has to be what the document says, wherever the patch has a
    /// word in it.
    fn contradictions(
        self,
        said: &Value,
        patch: &Value,
        incident: Option<&Incident>,
        file: &TreePath,
    ) -> Diagnostics {
        let tell = |what: String| {
            let help = format!(
                "ask its sender for it again; without `{CARRIED}`, only what it says itself is taken in"
            );
            Diagnostic::error(&CONTRADICTS, what).at(Location::file(file)).help(help)
        };
        let no_fit = || tell(format!("what the document carries as `{CARRIED}` does not fit what it says"));
        // any colour that all formats can say will do
        let again = incident.and_then(|incident| self.document(incident, Label::Green, None).ok());
        let again = again.and_then(|text| self.documents(&text, file).ok()?.value.pop());
        let Some(again) = again.and_then(|read| to_value(&read.said).ok()) else { return no_fit().into() };
        let differ = |at: &Pointer| said.pointer(at.as_str()) != again.pointer(at.as_str());
        let differing = carry::places(patch).into_iter().filter(differ);
        differing
            .map(|at| tell(format!("the document says `{at}` otherwise than what it carries as `{CARRIED}`")))
            .collect()
    }

    fn document(self, incident: &Incident, label: Label, carried: Option<&Value>) -> Result<String, Stop> {
        match self {
            Self::Iodef => iodef::write(incident, label, carried),
            Self::Stix => stix::write(incident, label, carried),
            Self::Csaf(version) => csaf::write(incident, label, version, carried),
            Self::Misp => misp::write(incident, label, carried),
        }
    }

    fn documents(self, text: &str, file: &TreePath) -> Step<Vec<Read>> {
        match self {
            Self::Iodef => iodef::read(text, file),
            Self::Stix => stix::read(text, file),
            Self::Csaf(_) => csaf::read(text, file),
            Self::Misp => misp::read(text, file),
        }
    }
}

/// The colour is never a thing to be carried: it stands where the format has a place for it.
fn without_marking(mut value: Value) -> Value {
    if let Some(object) = value.as_object_mut() {
        object.shift_remove("marking");
    }
    value
}

/// Adds the issuer as the creator of a document of others that names none.
fn with_creator(mut incident: Value, issuer: &str) -> Value {
    let contacts = incident.get_mut("contacts").and_then(Value::as_array_mut);
    let is_creator = |contact: &Value| contact.get("role").and_then(Value::as_str) == Some("creator");
    if let Some(contacts) = contacts.filter(|contacts| !contacts.iter().any(is_creator)) {
        contacts.push(serde_json::json!({ "role": "creator", "type": "organization", "name": issuer }));
    }
    incident
}

/// A refusal to write what the format cannot say.
fn unsaid(what: impl std::fmt::Display, label: Label) -> Refusal {
    let remedy = "choose another format";
    Refusal::new(rules::STAYS, &UNSAID, format!("the format cannot say {what}"), remedy).of("", Some(label))
}

/// The patch that a document carries, as text.
fn carried(text: &str, file: &TreePath) -> Result<Value, Diagnostics> {
    use probity_diagnostics::document::{self, Format, Limits};
    let limits = Limits { depth: 32, ..Limits::default() };
    document::parse(text.as_bytes(), file, Format::Json, limits).map(|parsed| parsed.value).map_err(
        |mut errors| {
            errors.push(Diagnostic::error(
                &FOREIGN,
                format!("what the document carries as `{CARRIED}` is no JSON"),
            ));
            errors
        },
    )
}

/// The first text that has a character for which `fits` does not hold, and the character.
fn misfit(value: &Value, fits: fn(char) -> bool) -> Option<(Pointer, char)> {
    fn look(value: &Value, at: &Pointer, fits: fn(char) -> bool) -> Option<(Pointer, char)> {
        match value {
            Value::String(text) => text.chars().find(|c| !fits(*c)).map(|c| (at.clone(), c)),
            Value::Array(items) => {
                items.iter().enumerate().find_map(|(index, item)| look(item, &at.index(index), fits))
            }
            Value::Object(object) => object.iter().find_map(|(key, item)| look(item, &at.key(key), fits)),
            _ => None,
        }
    }
    look(value, &Pointer::root(), fits)
}

/// A name by which an indicator of another document is known here, other than those that are taken.
fn as_indicator_name<T>(text: &str, taken: &BTreeMap<String, T>) -> String {
    let mut name = as_name(text);
    if !is_name(&name) {
        name.insert_str(0, "indicator-");
    }
    let names = std::iter::once(name.clone()).chain((2_u32..).map(|number| format!("{name}-{number}")));
    names.into_iter().find(|name| !taken.contains_key(name)).unwrap_or(name)
}

/// JSON, indented, with a line feed at the end.
fn pretty(value: &Value) -> Result<String, Stop> {
    let wrong = |error: probity_oscal::WriteError| Diagnostic::error(&FOREIGN, error.to_string());
    Ok(probity_oscal::to_json(value).map_err(wrong)?)
}
