//! Making a package.

use jiff::Timestamp;
use probity_diagnostics::{Sha256Digest, TreePath};

use super::{DOCUMENTS, Files, Listed, MAIL, MANIFEST, Manifest, mail, sealed};
use crate::audience::Role;
use crate::circle::Circle;
use crate::codes;
use crate::marking::{Put, Sidecar, Source, put};
use crate::plan::{Candidate, Recipients, Wish, objections, recipients};
use crate::refusal::{Refusal, Stop};
use crate::rules;
use crate::tlp::Label;

/// Makes a package of documents for an audience. What is TLP:RED is encrypted.
///
/// # Errors
/// A rule does not allow it, or the colour cannot be put into a document.
pub fn build(circle: &Circle, documents: &[Candidate], wish: &Wish, made: Timestamp) -> Result<Files, Stop> {
    build_for_all(circle, documents, std::slice::from_ref(wish), made)
}

/// Makes a package for an audience, or one of TLP:RED for several persons.
///
/// # Errors
/// As [`build`]; or there are several audiences, and it is not TLP:RED.
pub fn build_for_all(
    circle: &Circle,
    documents: &[Candidate],
    wishes: &[Wish],
    made: Timestamp,
) -> Result<Files, Stop> {
    let Some(label) = documents.first().map(|document| document.marking.label) else {
        return Ok(Files::new());
    };
    let mut refusals: Vec<Refusal> = several(documents, wishes).into_iter().collect();
    for wish in wishes {
        refusals.extend(objections(circle, documents, wish));
    }
    if !refusals.is_empty() {
        return Err(Stop::Refused(refusals));
    }
    let mut to = Recipients::default();
    for wish in wishes {
        let found = recipients(circle, wish).map_err(Stop::Refused)?;
        to.names.extend(found.names);
        to.emails.extend(found.emails);
    }
    let (files, listed) = labelled_all(circle, documents, label)?;
    let mut manifest = Manifest {
        id: String::new(),
        colour: label.to_string(),
        from: circle.policy.member.clone(),
        audience: wishes.first().map(|wish| wish.audience.to_string()).unwrap_or_default(),
        recipients: to.names.len(),
        reason: wishes.first().and_then(|wish| wish.reason.clone()),
        made,
        documents: listed,
    };
    if label != Label::Red {
        return Ok(wrap(files, manifest, circle.policy.sender.as_deref(), &to));
    }
    to.names.sort();
    to.names.dedup();
    manifest.recipients = to.names.len();
    manifest.audience = sealed::audience(&sealed::addresses(&to.names));
    let inner = wrap(files, manifest.clone(), None, &Recipients::default());
    sealed::build(circle, &manifest, &inner, &to.names)
}

/// Several audiences of what is not TLP:RED.
fn several(documents: &[Candidate], wishes: &[Wish]) -> Option<Refusal> {
    let document = documents.iter().find(|document| document.marking.label != Label::Red)?;
    let second = wishes.get(1)?;
    let message = "a package is for one audience, and for several persons only where it is TLP:RED";
    let refusal =
        Refusal::new(rules::NAMED, &codes::NOT_NAMED, message, "make a package for each of the audiences");
    Some(refusal.of(document.path.as_str(), Some(document.marking.label)).to(second.audience.to_string()))
}

/// The documents with their colour in name and content, each with its sidecar.
fn labelled_all(
    circle: &Circle,
    documents: &[Candidate],
    label: Label,
) -> Result<(Files, Vec<Listed>), Stop> {
    let mut files = Files::new();
    let mut listed = Vec::new();
    for document in documents {
        let originator = originator(circle, document);
        let name = free_name(&files, &document.path, label);
        let bytes = labelled(document, label, &originator)?;
        let sha256 = Sha256Digest::of(&bytes).to_string();
        let sidecar = Sidecar { label, originator: Some(originator.clone()) };
        files.insert(format!("{name}.marking.yaml"), sidecar.text().into_bytes());
        files.insert(name.clone(), bytes);
        listed.push(Listed { file: name, sha256, originator });
    }
    Ok((files, listed))
}

/// Puts the manifest and the mail beside the documents of a package.
pub fn wrap(mut files: Files, manifest: Manifest, sender: Option<&str>, recipients: &Recipients) -> Files {
    let manifest = Manifest { id: manifest.own_id(), ..manifest };
    let text = serde_json::to_string_pretty(&manifest).unwrap_or_default() + "\n";
    files.insert(MANIFEST.to_owned(), text.into_bytes());
    if let Some(sender) = sender {
        let mail = mail::write(&manifest, &files, sender, recipients);
        files.insert(MAIL.to_owned(), mail.into_bytes());
    }
    files
}

/// Whom a document comes from: what it says itself, else us, where we are its originator.
fn originator(circle: &Circle, document: &Candidate) -> String {
    match (&document.marking.originator, document.role) {
        (Some(named), _) => named.clone(),
        (None, Role::Originator) => circle.policy.member.clone(),
        (None, Role::Holder) => "unknown".to_owned(),
    }
}

/// The bytes of a document with its colour in it, where its format has a field that is written here.
fn labelled(document: &Candidate, label: Label, originator: &str) -> Result<Vec<u8>, Stop> {
    if matches!(document.marking.source, Source::Embedded(_)) {
        return Ok(document.bytes.clone());
    }
    match put(&document.bytes, &document.path, label, Some(originator))? {
        Put::Into(bytes) => Ok(bytes),
        Put::Beside(_) => Ok(document.bytes.clone()),
    }
}

/// The name of a document in a package, which bears its colour: `documents/INC-1.TLP-AMBER.yaml`.
fn free_name(taken: &Files, path: &TreePath, label: Label) -> String {
    let plain = |text: &str| -> String {
        let kept = |c: char| if c.is_ascii_alphanumeric() || "-_.".contains(c) { c } else { '-' };
        text.trim_start_matches('.').chars().map(kept).collect()
    };
    let name = path.file_name();
    let (stem, ending) = name.rsplit_once('.').unwrap_or((name, ""));
    let ending = if ending.is_empty() { String::new() } else { format!(".{}", plain(ending)) };
    let named = |number: usize| {
        let number = if number == 1 { String::new() } else { format!("-{number}") };
        format!("{DOCUMENTS}/{}{number}.{}{ending}", plain(stem), label.in_file_name())
    };
    (1..=taken.len() + 1).map(named).find(|name| !taken.contains_key(name)).unwrap_or_default()
}
