//! A short text for each document, and a mail to those who want to be told.

use jiff::fmt::rfc2822;

use super::{Document, Published, Publisher};
use crate::mail::{subject, wrapped};
use crate::package::Files;
use crate::tlp::Label;

/// How many characters a short text has at most: one message of the services for short messages.
pub(super) const LONGEST: usize = 280;

/// The announcements of a document.
pub(super) fn files(publisher: &Publisher<'_>, document: &Document) -> Files {
    let text = short(publisher, document);
    let name = &document.listed.name;
    let mut files = Files::from([(format!("announcements/{name}.txt"), format!("{text}\n").into_bytes())]);
    if let (Some(sender), Some(list)) = (publisher.sender, publisher.site.announce.as_deref()) {
        let mail = mail(publisher, document, sender, list);
        files.insert(format!("announcements/{name}.eml"), mail.into_bytes());
    }
    files
}

/// Label, title and address of the page; the title is cut where all would be too long.
fn short(publisher: &Publisher<'_>, document: &Document) -> String {
    let before = format!("[{}] {}: ", Label::Clear, publisher.name);
    let address = publisher.site.address(&document.page());
    let taken = before.chars().count() + address.chars().count() + 1;
    let title = cut(&document.listed.title, LONGEST.saturating_sub(taken));
    format!("{before}{title} {address}")
}

/// The first characters of a text, with an ellipsis where it has more.
fn cut(text: &str, longest: usize) -> String {
    if text.chars().count() <= longest {
        return text.to_owned();
    }
    let kept: String = text.chars().take(longest.saturating_sub(1)).collect();
    format!("{}…", kept.trim_end())
}

/// The mail (RFC 5322): the label begins the subject, and stands before and after the text.
fn mail(publisher: &Publisher<'_>, document: &Document, sender: &str, list: &str) -> String {
    let Published { name, title, updated, .. } = &document.listed;
    let date = rfc2822::to_string(&updated.to_zoned(jiff::tz::TimeZone::UTC)).unwrap_or_default();
    let id = probity_oscal::uuid5(&["announcement", &publisher.site.url, name, &updated.to_string()]);
    let summary = document.incident.as_ref().and_then(|incident| incident.description.as_deref());
    let label = Label::Clear;
    let mut lines = vec![
        format!("From: {sender}"),
        format!("To: {list}"),
        format!("Date: {date}"),
        format!("Message-ID: <{id}@{}.invalid>", publisher.member),
        subject(&format!("[{label}] "), title),
        "MIME-Version: 1.0".to_owned(),
        "Content-Type: text/plain; charset=utf-8".to_owned(),
        "Content-Transfer-Encoding: 8bit".to_owned(),
        String::new(),
        label.to_string(),
        String::new(),
        title.clone(),
        publisher.site.address(&document.page()),
        String::new(),
    ];
    for text in summary.into_iter().flat_map(str::lines) {
        lines.extend(wrapped(text));
    }
    if let Some(holder) = rights(publisher, document) {
        lines.extend([String::new(), holder.to_owned()]);
    }
    lines.extend([String::new(), label.to_string(), String::new()]);
    lines.join("\r\n")
}

/// Who holds the rights in a document: what it says itself, else what holds for all.
pub(super) fn rights<'a>(publisher: &Publisher<'a>, document: &'a Document) -> Option<&'a str> {
    let own = document.incident.as_ref().and_then(|incident| incident.copyright.as_deref());
    own.or(publisher.site.copyright.as_deref())
}
