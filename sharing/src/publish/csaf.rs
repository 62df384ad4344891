//! Incidents as a provider of CSAF 2.0 lays them out (section 7.1): documents by year with digests, metadata of the provider, a ROLIE feed,
//! an index and a list of changes.

use probity_diagnostics::{Diagnostic, Sha256Digest};
use serde_json::{Value, json};

use super::{Document, Publisher};
use crate::formats::{Format, Version};
use crate::incident::codes::FOREIGN;
use crate::package::Files;
use crate::refusal::Stop;
use crate::tlp::Label;

/// What is TLP:WHITE, as the version calls it.
const WHITE: &str = "csaf/white";
const METADATA: &str = "csaf/provider-metadata.json";
const FEED: &str = "csaf/white/csaf-feed-tlp-white.json";
/// Where the schema of documents is defined.
const DOCUMENT_SCHEMA: &str = "https://docs.oasis-open.org/csaf/csaf/v2.0/csaf_json_schema.json";

/// The files of the provider; the documents are newest first.
pub(super) fn files(publisher: &Publisher<'_>, documents: &[Document]) -> Result<Files, Stop> {
    let mut files = Files::new();
    let mut entries = Vec::new();
    let mut index = String::new();
    let mut changes = String::new();
    for document in documents {
        let Some(incident) = &document.incident else { continue };
        let text = Format::Csaf(Version::V2_0).write(incident, Label::Clear)?;
        let year = document.listed.published.to_zoned(jiff::tz::TimeZone::UTC).year();
        let inner = format!("{year}/{}.json", document.listed.name);
        let path = format!("{WHITE}/{inner}");
        entries.push(entry(publisher, document, &path));
        changes.extend([format!("\"{inner}\",\"{}\"\n", document.listed.updated)]);
        index.extend([inner, "\n".to_owned()]);
        let file = format!("{}.json", document.listed.name);
        let sha256 = Sha256Digest::of(text.as_bytes());
        files.insert(format!("{path}.sha256"), format!("{sha256}  {file}\n").into_bytes());
        files.insert(path, text.into_bytes());
    }
    let updated = documents.iter().map(|document| document.listed.updated).max().unwrap_or_default();
    let site = publisher.site;
    let feed = json!({ "feed": {
        "id": "csaf-feed-tlp-white",
        "title": format!("{} (TLP:WHITE)", site.title),
        "link": [{ "rel": "self", "href": site.address(FEED) }],
        "category": [{ "scheme": "urn:ietf:params:rolie:category:information-type", "term": "csaf" }],
        "updated": updated.to_string(),
        "entry": entries,
    }});
    let metadata = json!({
        "canonical_url": site.address(METADATA),
        "distributions": [{ "rolie": { "feeds": [{
            "summary": "All that is TLP:WHITE",
            "tlp_label": "WHITE",
            "url": site.address(FEED),
        }]}}],
        "last_updated": updated.to_string(),
        "list_on_CSAF_aggregators": true,
        "metadata_version": "2.0",
        "mirror_on_CSAF_aggregators": true,
        "publisher": { "category": "coordinator", "name": publisher.name, "namespace": site.url },
        "role": "csaf_publisher",
    });
    files.insert(FEED.to_owned(), pretty(&feed)?);
    files.insert(METADATA.to_owned(), pretty(&metadata)?);
    files.insert(format!("{WHITE}/index.txt"), index.into_bytes());
    files.insert(format!("{WHITE}/changes.csv"), changes.into_bytes());
    Ok(files)
}

fn entry(publisher: &Publisher<'_>, document: &Document, path: &str) -> Value {
    let site = publisher.site;
    let listed = &document.listed;
    json!({
        "id": document.incident.as_ref().map(|incident| &incident.id),
        "title": listed.title,
        "link": [
            { "rel": "self", "href": site.address(path) },
            { "rel": "hash", "href": site.address(&format!("{path}.sha256")) },
        ],
        "published": listed.published.to_string(),
        "updated": listed.updated.to_string(),
        "content": { "type": "application/json", "src": site.address(path) },
        "format": { "schema": DOCUMENT_SCHEMA, "version": "2.0" },
    })
}

fn pretty(value: &Value) -> Result<Vec<u8>, Stop> {
    let wrong = |error: probity_oscal::WriteError| Diagnostic::error(&FOREIGN, error.to_string());
    Ok(probity_oscal::to_json(value).map_err(wrong)?.into_bytes())
}
