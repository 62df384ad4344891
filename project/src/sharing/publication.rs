//! The folder of what is published: documents that everybody may see, with pages and feeds.

use jiff::Timestamp;
use probity_diagnostics::document::{self, Format, Limits};
use probity_diagnostics::{Diagnostic, FileTree, Location, Sha256Digest, TreePath, codes as files};
use probity_generators::publication::{self, Entry, Head, Index, Link, Page, Section};
use probity_sharing::audience::Role;
use probity_sharing::formats::{Format as Exchange, Version};
use probity_sharing::incident::{self, Incident};
use probity_sharing::lexicon::Lexicon;
use probity_sharing::package::Files;
use probity_sharing::plan::{Candidate, Wish, objections};
use probity_sharing::publish::{Document, LIST, List, Published, Publisher, joined, list};
use probity_sharing::{Audience, Label, Stop, codes, publish};
use serde_json::Value;

use super::pages::on_pages;
use super::{Place, story};

/// What a folder will hold, and what of it will not be there any more.
#[derive(Debug, Clone)]
pub struct Publication {
    /// The files, by their paths.
    pub files: Files,
    /// Files that were written before and belong to no document now.
    pub stale: Vec<TreePath>,
    /// The documents, newest first.
    pub documents: Vec<Published>,
}

impl Place<'_> {
    /// The folder with documents in it that are to be published. `folder` is what it holds now.
    ///
    /// # Errors
    /// A rule does not allow it, the policy does not say where documents are published, or the folder was not written here.
    pub fn publish(
        &self,
        new: &[Candidate],
        folder: &dyn FileTree,
        at: Timestamp,
    ) -> Result<Publication, Stop> {
        let day = at.to_zoned(jiff::tz::TimeZone::UTC).date();
        let refused = objections(&self.circle, new, &Wish { audience: Audience::Public, reason: None, day });
        if !refused.is_empty() {
            return Err(Stop::Refused(refused));
        }
        let publisher = self.publisher()?;
        let lexicon = Lexicon::load(self.tree)?.value;
        let (old, before) = published(folder, &lexicon, &publisher)?;
        let us = publisher.member;
        let each = |one: &Candidate| {
            let originator = match (&one.marking.originator, one.role) {
                (Some(name), _) => name.as_str(),
                (None, Role::Originator) => us,
                (None, Role::Holder) => "unknown",
            };
            let incident = incident_of(&one.bytes, &one.path, &lexicon, &publisher)?;
            Ok(Document::new(&one.path, one.bytes.clone(), incident, originator, at))
        };
        let new = new.iter().map(each).collect::<Result<Vec<Document>, Stop>>()?;
        let documents = joined(old, new)?;
        let mut files = publish::files(&publisher, &documents)?;
        pages(&publisher, &documents, &mut files)?;
        files.insert(LIST.to_owned(), list(&documents, &files));
        let stale = before.into_iter().filter(|path| !files.contains_key(path.as_str())).collect();
        Ok(Publication { files, stale, documents: documents.into_iter().map(|one| one.listed).collect() })
    }

    fn publisher(&self) -> Result<Publisher<'_>, Diagnostic> {
        let policy = &self.circle.policy;
        let site = policy.publication.as_ref().ok_or_else(|| {
            let message = "`sharing/policy.yaml` has no `publication`: nobody knows where documents will lie";
            Diagnostic::error(&codes::POLICY, message).help("add `publication: {title: …, url: https://…}`")
        })?;
        let member = self.circle.register.member(&policy.member);
        let name = member.map_or(policy.member.as_str(), |member| member.title.as_str());
        Ok(Publisher { member: &policy.member, name, sender: policy.sender.as_deref(), site })
    }
}

/// The documents that a folder holds, and all its files.
fn published(
    folder: &dyn FileTree,
    lexicon: &Lexicon,
    publisher: &Publisher<'_>,
) -> Result<(Vec<Document>, Vec<TreePath>), Stop> {
    let path = path_of(LIST)?;
    let not_ours =
        |message: String| Stop::from(Diagnostic::error(&codes::NOT_OURS, message).at(Location::file(&path)));
    if !folder.is_file(&path) {
        if folder.list(&TreePath::root()).is_ok_and(|entries| !entries.is_empty()) {
            return Err(not_ours(format!("the folder holds files and no `{LIST}`: it was not written here")));
        }
        return Ok((Vec::new(), Vec::new()));
    }
    let read = document::read(folder, &path, Format::Json)?;
    let list: List = serde_json::from_value(read.value)
        .map_err(|error| not_ours(format!("`{LIST}` is not what was written here: {error}")))?;
    let mut documents = Vec::new();
    for listed in list.documents {
        let at = path_of(&listed.file)?;
        let bytes = folder.read(&at, Limits::default().bytes).map_err(Diagnostic::from)?;
        if Sha256Digest::of(&bytes).to_string() != listed.sha256 {
            return Err(not_ours(format!("`{}` was changed since it was published", listed.file)));
        }
        let incident = incident_of(&bytes, &at, lexicon, publisher)?;
        documents.push(Document { listed, bytes, incident });
    }
    let files = list.files.iter().map(|file| path_of(file)).collect::<Result<Vec<_>, _>>()?;
    Ok((documents, files))
}

fn path_of(text: &str) -> Result<TreePath, Diagnostic> {
    TreePath::parse(text).map_err(|error| Diagnostic::error(&files::PATH_OUTSIDE, error.to_string()))
}

/// The incident that a document is; none where it has not what every incident has.
fn incident_of(
    bytes: &[u8],
    path: &TreePath,
    lexicon: &Lexicon,
    publisher: &Publisher<'_>,
) -> Result<Option<Incident>, Stop> {
    let Some(format) = Format::of(path).filter(|format| *format != Format::Xml) else { return Ok(None) };
    let value = document::parse(bytes, path, format, Limits::default())?.value;
    let has = |key: &str| value.get(key).is_some_and(|one: &Value| !one.is_null());
    if !(has("issuer") && has("purpose") && has("times")) {
        return Ok(None);
    }
    Ok(Some(publish::told_by(incident::parse(bytes, path, lexicon)?.value, publisher)))
}

/// Adds the pages of documents and of the list.
fn pages(publisher: &Publisher<'_>, documents: &[Document], files: &mut Files) -> Result<(), Stop> {
    let head = Head {
        site: publisher.site.title.clone(),
        publisher: publisher.name.to_owned(),
        marking: on_pages(Label::Clear),
        copyright: publisher.site.copyright.clone(),
    };
    for document in documents {
        let page = publication::page(&page(&head, document))?;
        files.insert(document.page(), page.into_bytes());
    }
    let entries = documents.iter().map(entry).collect();
    let feeds = [
        ("feed.atom", "Atom feed"),
        ("csaf/provider-metadata.json", "CSAF: metadata of the provider"),
        ("csaf/white/csaf-feed-tlp-white.json", "CSAF: ROLIE feed"),
        ("misp/manifest.json", "MISP: feed"),
        (LIST, "List of documents"),
    ];
    let feeds = feeds.into_iter().filter(|(href, _)| *href == LIST || files.contains_key(*href));
    let feeds = feeds.map(|(href, name)| Link { href: href.to_owned(), name: name.to_owned() }).collect();
    let index = publication::index(&Index { head, entries, feeds })?;
    files.insert("index.html".to_owned(), index.into_bytes());
    Ok(())
}

fn entry(document: &Document) -> Entry {
    let Published { title, published, updated, .. } = &document.listed;
    let text = document.incident.as_ref().and_then(|incident| incident.description.as_deref());
    let first = text.and_then(|text| text.split("\n\n").next()).map(str::to_owned);
    Entry {
        page: document.page(),
        title: title.clone(),
        published: day(*published),
        updated: (updated != published).then(|| day(*updated)),
        summary: first,
    }
}

fn day(at: Timestamp) -> String {
    at.to_zoned(jiff::tz::TimeZone::UTC).date().to_string()
}

fn page(head: &Head, document: &Document) -> Page {
    let Published { title, file, published, updated, .. } = &document.listed;
    let mut facts = vec![("Published".to_owned(), day(*published))];
    if updated != published {
        facts.push(("Changed".to_owned(), day(*updated)));
    }
    let mut files = vec![Link { href: file.clone(), name: "As it was approved".to_owned() }];
    files.extend(
        document.others().into_iter().map(|(format, href)| Link { href, name: name_of(format).to_owned() }),
    );
    let (language, sections) = match &document.incident {
        Some(incident) => {
            facts.extend(story::facts(incident));
            (incident.language.clone(), story::sections(incident))
        }
        None => ("en".to_owned(), verbatim(&document.bytes)),
    };
    let mut head = head.clone();
    if let Some(own) = document.incident.as_ref().and_then(|incident| incident.copyright.clone()) {
        head.copyright = Some(own);
    }
    Page { head, title: title.clone(), language, facts, sections, files }
}

/// A format as people call it.
fn name_of(format: Exchange) -> &'static str {
    match format {
        Exchange::Iodef => "IODEF v2 (XML)",
        Exchange::Stix => "STIX 2.1",
        Exchange::Csaf(Version::V2_0) => "CSAF 2.0",
        Exchange::Csaf(Version::V2_1) => "CSAF 2.1",
        Exchange::Misp => "MISP",
    }
}

/// A text as it is; nothing of what is no text.
fn verbatim(bytes: &[u8]) -> Vec<Section> {
    let text = std::str::from_utf8(bytes).ok();
    let section = |text: &str| Section {
        title: "The document".to_owned(),
        paragraphs: Vec::new(),
        table: None,
        verbatim: Some(text.to_owned()),
    };
    text.map(section).into_iter().collect()
}
