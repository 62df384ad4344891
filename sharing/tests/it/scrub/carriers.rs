//! Sentences in files of each format.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use probity_sharing::scrub::File;
use serde_json::{Value, json};

use super::rules::file;

/// A file of each format that holds all sentences.
pub(super) fn all(sentences: &[&str]) -> Vec<File> {
    let list = |one: fn(usize, &str) -> Value| {
        sentences.iter().enumerate().map(|(at, text)| one(at, text)).collect::<Vec<_>>()
    };
    let lines = sentences.join("\n");
    let uuid = "11111111-2222-4333-8444-555555555555";
    vec![
        file("notes.txt", lines.clone()),
        file("notes.md", each(sentences, |text| format!("- {text}\n"))),
        file("page.html", each(sentences, |text| format!("<p>{}</p>\n", escaped(text)))),
        file("data.yaml", probity_oscal::to_yaml(&json!({ "notes": sentences })).unwrap()),
        file("data.json", json!({ "notes": sentences }).to_string()),
        file("keys.json", json!({ "by": sentences.iter().map(|text| ((*text).to_owned(), json!(1))).collect::<serde_json::Map<_, _>>() }).to_string()),
        file("poam.json", json!({ "plan-of-action-and-milestones": { "uuid": uuid, "poam-items":
            list(|at, text| json!({ "title": format!("Item {at}"), "description": text })) } }).to_string()),
        file("bundle.json", json!({ "type": "bundle", "id": format!("bundle--{uuid}"), "objects":
            list(|_, text| json!({ "type": "note", "content": text })) }).to_string()),
        file("advisory.json", json!({ "document": { "csaf_version": "2.0", "notes":
            list(|_, text| json!({ "category": "details", "text": text })) } }).to_string()),
        file("misp.json", json!({ "Event": { "info": "x", "Attribute":
            list(|_, text| json!({ "type": "comment", "to_ids": false, "value": text })) } }).to_string()),
        file("incident.xml", format!("<IODEF-Document xmlns=\"urn:ietf:params:xml:ns:iodef-2.0\"><Incident>{}</Incident></IODEF-Document>",
            each(sentences, element))),
        file("list.csv", table(sentences)),
        file("mail.eml", mail("text/plain", "base64", &STANDARD.encode(&lines))),
        file("page.eml", mail("text/html", "quoted-printable", &quoted(&escaped(&lines)))),
    ]
}

/// All sentences in one form.
fn each(sentences: &[&str], form: impl Fn(&str) -> String) -> String {
    let forms: Vec<String> = sentences.iter().map(|text| form(text)).collect();
    forms.concat()
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

/// A sentence as text and as the value of an attribute.
fn element(text: &str) -> String {
    let attribute = escaped(text).replace('\n', "&#10;");
    format!("<Description>{}</Description><AdditionalData meaning=\"{attribute}\"/>", escaped(text))
}

fn table(sentences: &[&str]) -> Vec<u8> {
    let mut writer = csv::Writer::from_writer(Vec::new());
    writer.write_record(["number", "remark"]).unwrap();
    for (at, text) in sentences.iter().enumerate() {
        writer.write_record([at.to_string().as_str(), text]).unwrap();
    }
    writer.into_inner().unwrap()
}

fn mail(kind: &str, encoding: &str, body: &str) -> String {
    format!(
        "From: phish@evil-login.test\r\nTo: soc@victim-cloud.test\r\nSubject: what was seen\r\nMIME-Version: 1.0\r\n\
         Content-Type: {kind}; charset=utf-8\r\nContent-Transfer-Encoding: {encoding}\r\n\r\n{body}\r\n"
    )
}

fn quoted(text: &str) -> String {
    let byte = |byte: u8| match byte {
        b'\n' => "\r\n".to_owned(),
        b'=' | 0..32 | 127.. => format!("={byte:02X}"),
        byte => char::from(byte).to_string(),
    };
    // a line may have 76 characters
    let words: Vec<String> = text.split_inclusive(' ').map(|word| word.bytes().map(byte).collect()).collect();
    words.join("=\r\n")
}
