//! A feed of what is published (Atom, RFC 4287).

use super::{Document, Publisher, announce};
use crate::refusal::Stop;
use crate::tag::Tag;
use crate::tlp::Label;

/// The file of the feed.
pub(super) const FILE: &str = "feed.atom";

/// Where the labels are defined, as the scheme of categories.
const SCHEME: &str = "https://www.first.org/tlp/";

/// The feed; the documents are newest first.
pub(super) fn feed(publisher: &Publisher<'_>, documents: &[Document]) -> Result<String, Stop> {
    let site = publisher.site;
    let updated = documents.iter().map(|document| document.listed.updated).max().unwrap_or_default();
    let link = |rel: &str, href: String| Tag::new("link").with("rel", rel).with("href", href);
    Tag::new("feed")
        .with("xmlns", "http://www.w3.org/2005/Atom")
        .add(Tag::text("id", id(publisher, "")))
        .add(Tag::text("title", &site.title))
        .add(Tag::text("updated", updated))
        .add(Tag::new("author").add(Tag::text("name", publisher.name)))
        .add(link("self", site.address(FILE)))
        .add(link("alternate", site.address("")))
        .extend(site.copyright.as_ref().map(|holder| Tag::text("rights", holder)))
        .extend(documents.iter().map(|document| entry(publisher, document)))
        .document()
}

fn entry(publisher: &Publisher<'_>, document: &Document) -> Tag {
    let listed = &document.listed;
    let label = Label::Clear;
    let link =
        |rel: &str, path: &str| Tag::new("link").with("rel", rel).with("href", publisher.site.address(path));
    let others = document
        .others()
        .into_iter()
        .map(|(format, path)| link("related", &path).with("title", format.name()));
    let summary = document.incident.as_ref().and_then(|incident| incident.description.as_ref());
    Tag::new("entry")
        .add(Tag::text("id", id(publisher, &listed.name)))
        .add(Tag::text("title", format!("[{label}] {}", listed.title)))
        .add(Tag::text("published", listed.published))
        .add(Tag::text("updated", listed.updated))
        .add(Tag::new("category").with("scheme", SCHEME).with("term", label))
        .add(link("alternate", &document.page()))
        .add(link("enclosure", &listed.file).with("title", &listed.name))
        .extend(others)
        .extend(announce::rights(publisher, document).map(|holder| Tag::text("rights", holder)))
        .extend(summary.map(|text| Tag::text("summary", text)))
}

/// An id that stays, of the feed or of a document.
fn id(publisher: &Publisher<'_>, name: &str) -> String {
    format!("urn:uuid:{}", probity_oscal::uuid5(&["publication", &publisher.site.url, name]))
}
