//! Packages that are TLP:RED: encrypted to the persons that they name.
//!
//! In plain text stands what is needed to deliver it, and nothing of what is in it, not even names or digests of documents:
//!
//! - `envelope.json`: from whom and for whom it is ([`Envelope`]);
//! - `sealed.TLP-RED.age`: a zip archive of a package with a manifest of its own, encrypted;
//! - its sidecar, with colour and originator;
//! - `mail.eml`: a mail with all of it, where the policy names a sender.

use jiff::Timestamp;
use probity_diagnostics::document::{self, Format, Limits};
use probity_diagnostics::{Sha256Digest, TreePath};
use serde::{Deserialize, Serialize};

use super::seal::{self, Identity};
use super::{Files, MAIL, Manifest, mail, unzip, verify, zip};
use crate::audience::Audience;
use crate::circle::Circle;
use crate::codes;
use crate::marking::Sidecar;
use crate::refusal::{Refusal, Stop};
use crate::rules::{self, Rule};
use crate::tlp::Label;
use crate::typed::typed;

/// The file that says from whom and for whom an encrypted package is.
pub const ENVELOPE: &str = "envelope.json";

/// What is encrypted.
pub const SEALED: &str = "sealed.TLP-RED.age";

/// The sidecar of what is encrypted.
const SIDECAR: &str = "sealed.TLP-RED.age.marking.yaml";

/// From whom and for whom an encrypted package is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Envelope {
    /// Its id, which follows from all the rest.
    pub id: String,
    /// TLP:RED.
    pub colour: String,
    /// The member that made it.
    pub from: String,
    /// The persons that it is for, all of them, as audiences: `person:ann@beta.example`.
    pub to: Vec<String>,
    /// As of when it was made.
    pub made: Timestamp,
    /// The digest of what is encrypted, as it is encrypted.
    pub sha256: String,
}

impl Envelope {
    /// The id that follows from the rest.
    fn own_id(&self) -> String {
        let facts = Self { id: String::new(), ..self.clone() };
        let text = serde_json::to_string(&facts).unwrap_or_default();
        probity_oscal::uuid5(&["sealed-package", &Sha256Digest::of(text.as_bytes()).to_string()])
    }

    /// The persons that it is for.
    pub fn persons(&self) -> impl Iterator<Item = String> {
        self.to.iter().filter_map(|one| match one.parse() {
            Ok(Audience::Person(name)) => Some(name),
            _ => None,
        })
    }
}

/// Whether a package is an encrypted one.
pub fn is_sealed(files: &Files) -> bool {
    files.contains_key(ENVELOPE)
}

/// Persons as audiences.
pub(super) fn addresses(persons: &[String]) -> Vec<String> {
    persons.iter().map(|person| Audience::Person(person.clone()).to_string()).collect()
}

/// What the manifest of an encrypted package says of its audience.
pub(super) fn audience(to: &[String]) -> String {
    to.join(", ")
}

/// Encrypts a package to all keys that the register has of some persons.
pub(super) fn build(
    circle: &Circle,
    manifest: &Manifest,
    inner: &Files,
    persons: &[String],
) -> Result<Files, Stop> {
    let known = persons.iter().filter_map(|person| circle.register.person(person));
    let keys: Vec<String> = known.flat_map(|person| person.keys.iter().cloned()).collect();
    let sealed = seal::seal(&zip(inner)?, &keys)?;
    let envelope = Envelope {
        id: String::new(),
        colour: Label::Red.to_string(),
        from: manifest.from.clone(),
        to: addresses(persons),
        made: manifest.made,
        sha256: Sha256Digest::of(&sealed).to_string(),
    };
    let envelope = Envelope { id: envelope.own_id(), ..envelope };
    let sidecar = Sidecar { label: Label::Red, originator: Some(manifest.from.clone()) };
    let text = serde_json::to_string_pretty(&envelope).unwrap_or_default() + "\n";
    let mut files = Files::from([
        (ENVELOPE.to_owned(), text.into_bytes()),
        (SEALED.to_owned(), sealed),
        (SIDECAR.to_owned(), sidecar.text().into_bytes()),
    ]);
    if let Some(sender) = &circle.policy.sender {
        let mail = mail::write_sealed(&envelope, &files, sender);
        files.insert(MAIL.to_owned(), mail.into_bytes());
    }
    Ok(files)
}

/// Recomputes all that can be seen of an encrypted package without a key.
///
/// # Errors
/// There is no envelope that could be read; it is not what it says; something lies beside it; or what should be encrypted is not.
pub fn verify_sealed(files: &Files) -> Result<Envelope, Stop> {
    let path = TreePath::parse(ENVELOPE).unwrap_or_else(|_| TreePath::root());
    let Some(bytes) = files.get(ENVELOPE) else {
        return Err(refuse(rules::NAMED, ENVELOPE, "there is no `envelope.json`".to_owned()).into());
    };
    let value = document::parse(bytes, &path, Format::Json, Limits::default())?.value;
    let envelope: Envelope = typed(value, &codes::NOT_EVERYWHERE, &path)?;
    let mut found = Vec::new();
    let mut say = |rule, file: &str, what: &str| found.push(refuse(rule, file, format!("`{file}` {what}")));
    if envelope.colour != Label::Red.as_str() {
        say(rules::EVERYWHERE, ENVELOPE, "does not say TLP:RED, which alone is encrypted");
    }
    if envelope.own_id() != envelope.id {
        say(rules::EVERYWHERE, ENVELOPE, "has an id that does not follow from what it says");
    }
    if envelope.to.is_empty() || envelope.persons().count() != envelope.to.len() {
        say(rules::NAMED, ENVELOPE, "names somebody who is no person, or nobody");
    }
    let is_sealed = |bytes: &Vec<u8>| Sha256Digest::of(bytes).to_string() == envelope.sha256;
    match files.get(SEALED) {
        None => say(rules::EVERYWHERE, SEALED, "is missing"),
        Some(bytes) if !seal::is_sealed(bytes) => say(rules::NAMED, SEALED, "is not encrypted with age"),
        Some(bytes) if !is_sealed(bytes) => {
            say(rules::EVERYWHERE, SEALED, "has another digest than the envelope says");
        }
        Some(_) => {}
    }
    let sidecar = Sidecar { label: Label::Red, originator: Some(envelope.from.clone()) };
    if files.get(SIDECAR).is_none_or(|bytes| *bytes != sidecar.text().into_bytes()) {
        say(rules::EVERYWHERE, SIDECAR, "is missing, or is another one");
    }
    let known = [ENVELOPE, SEALED, SIDECAR, MAIL];
    for file in files.keys().filter(|file| !known.contains(&file.as_str())) {
        say(rules::NAMED, file, "lies open in an encrypted package");
    }
    if let Some(text) = files.get(MAIL)
        && !mail::is_of(&envelope, files, &String::from_utf8_lossy(text))
    {
        say(
            rules::EVERYWHERE,
            MAIL,
            "is not the mail of this package, or lacks the label in its subject or body",
        );
    }
    if found.is_empty() { Ok(envelope) } else { Err(Stop::Refused(found)) }
}

/// The package that is encrypted in another one, verified, and its files.
///
/// # Errors
/// No key fits, it was changed, or it is not what its envelope or its own manifest says.
pub fn unseal(
    files: &Files,
    envelope: &Envelope,
    identities: &[Identity],
) -> Result<(Manifest, Files), Stop> {
    let bytes = files.get(SEALED).map(Vec::as_slice).unwrap_or_default();
    let inner = unzip(&seal::open(bytes, identities)?)?;
    let manifest = verify(&inner)?;
    let is_same = manifest.colour == envelope.colour
        && manifest.from == envelope.from
        && manifest.audience == audience(&envelope.to)
        && manifest.made == envelope.made;
    if is_same {
        Ok((manifest, inner))
    } else {
        let message =
            "the envelope says another sender, audience, colour or instant than what is encrypted in it";
        Err(refuse(rules::EVERYWHERE, ENVELOPE, message.to_owned()).into())
    }
}

fn refuse(rule: Rule, file: &str, message: String) -> Refusal {
    let remedy = "ask the sender for the package that `probity share build` made";
    Refusal::new(rule, &codes::NOT_EVERYWHERE, message, remedy).of(file, Some(Label::Red))
}
