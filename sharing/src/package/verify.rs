//! Whether a package is what it says, and labelled throughout.

use std::collections::BTreeSet;

use probity_diagnostics::document::{self, Format, Limits};
use probity_diagnostics::{Sha256Digest, TreePath};

use super::{Files, Listed, MAIL, MANIFEST, Manifest, mail};
use crate::codes;
use crate::marking;
use crate::plan::Recipients;
use crate::refusal::{Refusal, Stop};
use crate::rules;
use crate::tlp::Label;
use crate::typed::typed;

/// Reads the manifest of a package and recomputes everything that it says.
///
/// # Errors
/// There is no manifest that could be read; a file is missing, another one, or not listed; a document has another colour than the package, in
/// its name, in itself, beside it or in the mail.
pub fn verify(files: &Files) -> Result<Manifest, Stop> {
    let manifest = manifest(files)?;
    let Some(label) = manifest.label() else {
        return Err(refuse(MANIFEST, None, "`manifest.json` says no label".to_owned()).into());
    };
    let mut found = Vec::new();
    let mut say = |file: &str, what: &str| found.push(refuse(file, Some(label), format!("`{file}` {what}")));
    if manifest.own_id() != manifest.id {
        say(MANIFEST, "has an id that does not follow from what it says");
    }
    let mut known = BTreeSet::from([MANIFEST.to_owned(), MAIL.to_owned()]);
    for one in &manifest.documents {
        known.extend([one.file.clone(), format!("{}.marking.yaml", one.file)]);
        match document_of(files, one, label) {
            Ok(None) => {}
            Ok(Some(what)) => say(&one.file, what),
            Err(stop) => return Err(stop),
        }
    }
    for file in files.keys().filter(|file| !known.contains(*file)) {
        say(file, "is not in the manifest");
    }
    if let Some(mail) = files.get(MAIL)
        && !is_mail_of(&manifest, files, &String::from_utf8_lossy(mail))
    {
        say(MAIL, "is not the mail of this package, or lacks the label in its subject or body");
    }
    if found.is_empty() { Ok(manifest) } else { Err(Stop::Refused(found)) }
}

fn manifest(files: &Files) -> Result<Manifest, Stop> {
    let path = TreePath::parse(MANIFEST).unwrap_or_else(|_| TreePath::root());
    let Some(bytes) = files.get(MANIFEST) else {
        return Err(refuse(MANIFEST, None, "there is no `manifest.json`".to_owned()).into());
    };
    let value = document::parse(bytes, &path, Format::Json, Limits::default())?.value;
    Ok(typed(value, &codes::NOT_EVERYWHERE, &path)?)
}

fn refuse(file: &str, label: Option<Label>, message: String) -> Refusal {
    let remedy = "ask the sender for the package that `probity share build` made";
    Refusal::new(rules::EVERYWHERE, &codes::NOT_EVERYWHERE, message, remedy).of(file, label)
}

/// What is wrong with a document of a package.
fn document_of(files: &Files, one: &Listed, label: Label) -> Result<Option<&'static str>, Stop> {
    let Some(bytes) = files.get(&one.file) else { return Ok(Some("is missing")) };
    if Sha256Digest::of(bytes).to_string() != one.sha256 {
        return Ok(Some("has another digest than the manifest says"));
    }
    let Ok(path) = TreePath::parse(&one.file) else { return Ok(Some("has no name that could be used")) };
    let in_name = format!(".{}", label.in_file_name());
    let is_named = path
        .file_name()
        .split_once(&in_name)
        .is_some_and(|(_, rest)| rest.is_empty() || rest.starts_with('.'));
    if !is_named {
        return Ok(Some("does not bear the label in its name"));
    }
    let Some(sidecar) = files.get(&format!("{}.marking.yaml", one.file)) else {
        return Ok(Some("has no sidecar"));
    };
    let marking = marking::of(bytes, &path, Some(sidecar))?;
    if marking.label != label {
        return Ok(Some("has another colour than the package"));
    }
    let is_theirs = marking.originator.as_deref() == Some(one.originator.as_str());
    Ok((!is_theirs).then_some("names another originator than the manifest"))
}

/// Whether a mail is the one that is made of a package, whoever sends it to whom.
fn is_mail_of(manifest: &Manifest, files: &Files, mail: &str) -> bool {
    let header = |name: &str| mail.lines().find_map(|line| line.strip_prefix(name)).map(str::trim);
    let (Some(sender), Some(to)) = (header("From:"), header("To:")) else { return false };
    let emails = if to == "undisclosed-recipients:;" { Vec::new() } else { vec![to.to_owned()] };
    let recipients = Recipients { emails, ..Recipients::default() };
    let without: Files = files
        .iter()
        .filter(|(name, _)| *name != MAIL)
        .map(|(name, bytes)| (name.clone(), bytes.clone()))
        .collect();
    mail::write(manifest, &without, sender, &recipients) == mail
}
