//! What is published: a folder of files that everybody may read, made of documents that are TLP:CLEAR, scrubbed and approved.
//!
//! - `publications.json`: what there is ([`Published`]);
//! - `documents/`: the documents as they were approved, their sidecars, and incidents as IODEF, STIX and CSAF beside them;
//! - `feed.atom`: a feed of all of them (RFC 4287);
//! - `csaf/`: the incidents as a provider of CSAF lays them out (CSAF 2.0, section 7.1), with metadata of the provider and a ROLIE feed;
//! - `misp/`: the incidents as a feed of MISP;
//! - `announcements/`: a short text for each, and a mail to the list where there is one.
//!
//! The folder follows from the documents and the instants at which they were published, and from nothing else.

mod announce;
mod atom;
mod csaf;

use std::collections::BTreeMap;

use jiff::Timestamp;
use probity_diagnostics::{Sha256Digest, TreePath};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use crate::circle::Site;
use crate::formats::{Format, Version, feed};
use crate::incident::Incident;
use crate::marking::Sidecar;
use crate::package::Files;
use crate::refusal::{Refusal, Stop};
use crate::scrub::is_pseudonym;
use crate::tlp::Label;
use crate::{codes, rules};

/// The list of what is published.
pub const LIST: &str = "publications.json";

/// The folder of the documents.
pub const DOCUMENTS: &str = "documents";

/// A document that is published.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Published {
    /// What its page and files are called by.
    pub name: String,
    /// What it is in one line.
    pub title: String,
    /// Its path in the folder.
    pub file: String,
    /// The SHA-256 of its bytes.
    pub sha256: String,
    /// The member that it comes from.
    pub originator: String,
    /// When it was published first.
    pub published: Timestamp,
    /// When it was published as it is.
    pub updated: Timestamp,
}

/// A document with what it says.
#[derive(Debug, Clone)]
pub struct Document {
    /// What the list says of it.
    pub listed: Published,
    /// What it holds.
    pub bytes: Vec<u8>,
    /// The incident that it is, where it is one.
    pub incident: Option<Incident>,
}

/// Who publishes.
#[derive(Debug, Clone, Copy)]
pub struct Publisher<'a> {
    /// The short name.
    pub member: &'a str,
    /// The name in full.
    pub name: &'a str,
    /// The address from which mails are sent.
    pub sender: Option<&'a str>,
    /// Title and place of the folder.
    pub site: &'a Site,
}

impl Document {
    /// A document under the name of its file; its path in the folder bears the label.
    pub fn new(
        path: &TreePath,
        bytes: Vec<u8>,
        incident: Option<Incident>,
        originator: &str,
        at: Timestamp,
    ) -> Self {
        let file = path.file_name();
        let (stem, ending) = file.rsplit_once('.').unwrap_or((file, "txt"));
        let stem = stem.split(&format!(".{}", Label::Clear.in_file_name())).next().unwrap_or(stem);
        let name = plain(&incident.as_ref().map_or_else(|| stem.to_owned(), |incident| incident.id.clone()));
        let listed = Published {
            title: title(&bytes, path, incident.as_ref()),
            file: format!("{DOCUMENTS}/{name}.{}.{}", Label::Clear.in_file_name(), plain(ending)),
            sha256: Sha256Digest::of(&bytes).to_string(),
            originator: originator.to_owned(),
            published: at,
            updated: at,
            name,
        };
        Self { listed, bytes, incident }
    }

    /// The formats that it is written in besides, by their names and the paths in the folder.
    pub fn others(&self) -> Vec<(Format, String)> {
        if self.incident.is_none() {
            return Vec::new();
        }
        let formats = [Format::Iodef, Format::Stix, Format::Csaf(Version::V2_1)];
        let path = |format: Format| {
            format!("{DOCUMENTS}/{}.{}.{}", self.listed.name, Label::Clear.in_file_name(), format.ending())
        };
        formats.into_iter().map(|format| (format, path(format))).collect()
    }

    /// The page of it in the folder.
    pub fn page(&self) -> String {
        format!("{}.html", self.listed.name)
    }
}

/// An incident as a publisher tells it: where scrubbing took away who numbers it and who wrote it, the publisher stands for
/// them, and where it took away who holds the rights, those of the publisher hold.
pub fn told_by(mut incident: Incident, publisher: &Publisher<'_>) -> Incident {
    incident.copyright = incident.copyright.filter(|holder| !is_pseudonym(holder));
    if !is_pseudonym(&incident.issuer) {
        return incident;
    }
    publisher.site.host().clone_into(&mut incident.issuer);
    for contact in incident.contacts.iter_mut().filter(|contact| contact.role.as_str() == "creator") {
        contact.name = Some(publisher.name.to_owned());
        contact.emails.clear();
        contact.telephones.clear();
        contact.postal_address = None;
    }
    incident
}

/// The documents of a folder and new ones, newest first: one of the same name takes the place of the older one.
///
/// # Errors
/// It would take the place of a document of somebody else.
pub fn joined(old: Vec<Document>, new: Vec<Document>) -> Result<Vec<Document>, Stop> {
    let mut all: BTreeMap<String, Document> =
        old.into_iter().map(|document| (document.listed.name.clone(), document)).collect();
    for mut document in new {
        if let Some(older) = all.get(&document.listed.name) {
            let (is, was) = (&document.listed, &older.listed);
            if is.originator != was.originator || older.incident.is_some() != document.incident.is_some() {
                let message = format!("`{}` is published already, and is another document", is.name);
                let refusal = Refusal::new(rules::PUBLIC, &codes::TAKEN, message, "give it another name");
                return Err(refusal.of(is.file.clone(), Some(Label::Clear)).to("public").into());
            }
            let is_same = is.sha256 == was.sha256;
            document.listed.published = was.published;
            if is_same {
                document.listed.updated = was.updated;
            }
        }
        all.insert(document.listed.name.clone(), document);
    }
    let mut all: Vec<Document> = all.into_values().collect();
    all.sort_by(|a, b| {
        b.listed.updated.cmp(&a.listed.updated).then_with(|| a.listed.name.cmp(&b.listed.name))
    });
    Ok(all)
}

/// The files of the folder, but for its pages.
///
/// # Errors
/// An incident cannot be said in one of the formats.
pub fn files(publisher: &Publisher<'_>, documents: &[Document]) -> Result<Files, Stop> {
    let mut files = Files::new();
    for document in documents {
        let Published { file, originator, .. } = &document.listed;
        let sidecar = Sidecar { label: Label::Clear, originator: Some(originator.clone()) };
        files.insert(file.clone(), document.bytes.clone());
        files.insert(format!("{file}.marking.yaml"), sidecar.text().into_bytes());
        for (format, path) in document.others() {
            let Some(incident) = &document.incident else { continue };
            files.insert(path, format.write(incident, Label::Clear)?.into_bytes());
        }
        files.extend(announce::files(publisher, document));
    }
    let incidents: Vec<(Incident, Label)> =
        documents.iter().filter_map(|one| Some((one.incident.clone()?, Label::Clear))).collect();
    if !incidents.is_empty() {
        let misp = feed(&incidents)?;
        files.extend(misp.into_iter().map(|(name, text)| (format!("misp/{name}"), text.into_bytes())));
        files.extend(csaf::files(publisher, documents)?);
    }
    files.insert(atom::FILE.to_owned(), atom::feed(publisher, documents)?.into_bytes());
    Ok(files)
}

/// The list of what is published, with the names of all files of the folder.
pub fn list(documents: &[Document], files: &Files) -> Vec<u8> {
    let listed: Vec<&Published> = documents.iter().map(|document| &document.listed).collect();
    let names: Vec<&String> = files.keys().collect();
    let value = json!({ "documents": listed, "files": names });
    (serde_json::to_string_pretty(&value).unwrap_or_default() + "\n").into_bytes()
}

/// What a list says.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct List {
    /// The documents.
    pub documents: Vec<Published>,
    /// The files of the folder.
    pub files: Vec<String>,
}

/// What a document is in one line: what it says itself, else the name of its file.
fn title(bytes: &[u8], path: &TreePath, incident: Option<&Incident>) -> String {
    if let Some(incident) = incident {
        return incident.title.clone().unwrap_or_else(|| incident.id.clone());
    }
    let said = match path.extension() {
        Some("md") => heading(&String::from_utf8_lossy(bytes)),
        _ => probity_oscal::parse(bytes, path).ok().and_then(|loaded| {
            let models = loaded.value.value;
            let model = models.as_object()?.values().find(|model| model.get("metadata").is_some())?;
            model.pointer("/metadata/title").and_then(Value::as_str).map(str::to_owned)
        }),
    };
    said.unwrap_or_else(|| path.file_name().to_owned())
}

/// The first heading of a Markdown text.
fn heading(text: &str) -> Option<String> {
    let line = text.lines().find_map(|line| line.strip_prefix("# "))?.trim();
    (!line.is_empty()).then(|| line.to_owned())
}

/// A text as the name of a file and of a page: small letters, digits, and hyphens for all else, as names of CSAF are.
fn plain(text: &str) -> String {
    let kept = |c: char| if c.is_ascii_alphanumeric() || c == '-' { c.to_ascii_lowercase() } else { '_' };
    let name: String = text.chars().map(kept).collect();
    let name = name.trim_start_matches(['-', '_']);
    if name.is_empty() { "document".to_owned() } else { name.to_owned() }
}
