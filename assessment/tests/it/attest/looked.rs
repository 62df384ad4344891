//! Statements that are looked at: evidence, passages, approvals, and what is left of them.

use probity_assessment::attest::{
    AttestationFile, Attestations, Doubt, approve, from_document, held_to_evidence, passage,
};
use probity_assessment::compile::StatementItem;
use probity_diagnostics::{MemoryTree, Sha256Digest};
use probity_oscal::PROBITY_NS;
use probity_oscal::model::AssessmentResults;
use serde::Deserialize;
use serde_json::{Value, json};

/// A change of an attestation.
type Change = fn(&mut AssessmentResults);

use super::{Table, path};
use crate::system::yaml;

const TEXT: &str = "One two three four.";

fn policy() -> Vec<u8> {
    let file =
        concat!(env!("CARGO_MANIFEST_DIR"), "/../content/examples/hyperiot/documents/incident-policy-5.pdf");
    std::fs::read(file).unwrap()
}

fn base() -> Value {
    let table: Table = yaml(include_str!("cases.yaml"));
    table.base
}

fn model(document: &Value) -> AssessmentResults {
    serde_json::from_value(document["assessment-results"].clone()).unwrap()
}

fn read(document: &Value) -> AttestationFile {
    from_document(&model(document), &path()).unwrap().value
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
#[expect(clippy::struct_field_names, reason = "the name that the cases give it")]
struct Passage {
    name: String,
    text: Option<String>,
    passage: String,
    page: Option<u32>,
    says: String,
}

#[test]
fn passages() {
    let cases: Vec<Passage> = yaml(include_str!("passages.yaml"));
    let policy = policy();
    for case in cases {
        let document = case.text.as_ref().map_or(policy.as_slice(), |text| text.as_bytes());
        let says = match passage::find(document, &case.passage, case.page) {
            Ok(None) => "found".to_owned(),
            Ok(Some(page)) => format!("found on {page}"),
            Err(refusal) => refusal.to_string(),
        };
        assert_eq!(says, case.says, "{}", case.name);
    }
}

/// Damaged files give an answer, and never the passage that was cut away.
#[test]
fn damaged_pdfs() {
    let whole = policy();
    let (passage, last) = ("are told within 24 hours", "are told within 99 hours");
    for cut in (5..whole.len()).step_by(1_499) {
        assert!(passage::find(&whole[..cut], last, None).is_err(), "{cut}");
        let mut changed = whole.clone();
        changed[cut] ^= 0x55;
        assert!(passage::find(&changed, last, Some(3)).is_err(), "{cut}");
    }
    assert!(passage::find(b"%PDF-1.7\n", passage, None).is_err());
    let nested =
        [b"%PDF-1.7\n1 0 obj\n".as_slice(), &b"[".repeat(200_000), b"\nendobj\ntrailer<</Root 1 0 R>>"]
            .concat();
    assert!(passage::find(&nested, passage, None).is_err());
}

/// A page that unpacks to more than is read.
#[test]
fn a_pdf_that_unpacks_to_more_than_is_read() {
    use lopdf::{Document, Object, Stream, dictionary};
    let mut pdf = Document::with_version("1.5");
    let pages = pdf.new_object_id();
    let mut content = b"BT (are told within 24 hours) Tj ET ".to_vec();
    content.resize(40 << 20, b' ');
    let mut stream = Stream::new(dictionary! {}, content);
    stream.compress().unwrap();
    assert!(stream.content.len() < 1 << 20);
    let stream = pdf.add_object(stream);
    let page = pdf.add_object(dictionary! {
        "Type" => "Page", "Parent" => pages, "Contents" => stream, "MediaBox" => vec![0.into(), 0.into(), 9.into(), 9.into()],
    });
    let tree = dictionary! { "Type" => "Pages", "Kids" => vec![page.into()], "Count" => 1 };
    pdf.objects.insert(pages, Object::Dictionary(tree));
    let root = pdf.add_object(dictionary! { "Type" => "Catalog", "Pages" => pages });
    pdf.trailer.set("Root", root);
    let mut file = Vec::new();
    pdf.save_to(&mut file).unwrap();
    let refusal = passage::find(&file, "are told within 24 hours", Some(1)).unwrap_err();
    assert!(matches!(refusal, passage::Refusal::Unreadable(_)), "{refusal}");
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Evidence {
    name: String,
    digest: Option<String>,
    algorithm: Option<String>,
    href: Option<String>,
    quote: Option<String>,
    page: Option<String>,
    #[serde(default)]
    doubts: Vec<String>,
}

impl Evidence {
    fn document(&self) -> Value {
        let uuid = "7c1b9f1e-2a53-4f0e-9c4c-5d1f3a0d7b11";
        let mut document = base();
        let props: Vec<Value> = [("quote", &self.quote), ("page", &self.page)]
            .into_iter()
            .filter_map(|(name, value)| {
                Some(json!({"name": name, "ns": PROBITY_NS, "value": value.as_ref()?}))
            })
            .collect();
        let observation = &mut document["assessment-results"]["results"][0]["observations"][0];
        observation["relevant-evidence"] =
            json!([{"href": format!("#{uuid}"), "description": "A text", "props": props}]);
        let value = self.digest.as_ref().map(|digest| match digest.as_str() {
            "own" => Sha256Digest::of(TEXT.as_bytes()).to_string(),
            "other" => Sha256Digest::of(b"other").to_string(),
            text => text.to_owned(),
        });
        let algorithm = self.algorithm.as_deref().unwrap_or("SHA-256");
        let hashes: Vec<Value> =
            value.map(|value| json!({"algorithm": algorithm, "value": value})).into_iter().collect();
        let href = self.href.as_deref().unwrap_or("../documents/a.txt");
        document["assessment-results"]["back-matter"] =
            json!({"resources": [{"uuid": uuid, "rlinks": [{"href": href, "hashes": hashes}]}]});
        document
    }
}

#[test]
fn evidence() {
    let cases: Vec<Evidence> = yaml(include_str!("evidence.yaml"));
    let tree = MemoryTree::of([("documents/a.txt", TEXT)]).unwrap();
    for case in cases {
        let file = held_to_evidence(read(&case.document()), &tree);
        let said = |doubt: &Doubt| format!("{} {}", doubt.code.id, doubt.message);
        let doubts: Vec<String> = file.statements[0].doubts.iter().map(said).collect();
        assert_eq!(doubts, case.doubts, "{}", case.name);
    }
}

/// An approval holds for what the author says, and for no more and no less.
#[test]
fn approvals_end_with_what_they_approve() {
    let before = model(&base());
    let bob = before.metadata.parties[1].clone();
    let approved = approve(&before, &bob, "2026-11-03T00:00:00Z".parse().unwrap(), None);
    let doubts = |model: &AssessmentResults| {
        let file = from_document(model, &path()).unwrap().value;
        assert_eq!(file.approvals.len(), 1);
        file.statements[0].doubts.iter().map(|doubt| doubt.message.clone()).collect::<Vec<_>>()
    };
    assert_eq!(doubts(&approved), [""; 0]);
    let again = approve(&approved, &bob, "2026-11-04T00:00:00Z".parse().unwrap(), Some("Still fine."));
    assert_eq!(doubts(&again), [""; 0]);
    let changes: [(&str, Change, bool); 6] = [
        ("title of the document", |model| model.metadata.title.push('!'), false),
        ("version", |model| model.metadata.version.push('1'), false),
        ("description", |model| model.results[0].observations[0].description.push('!'), true),
        (
            "expiry",
            |model| model.results[0].observations[0].expires = Some("2028-01-01T00:00:00Z".into()),
            true,
        ),
        ("words", |model| model.results[0].attestations[0].parts[0].prose = Some("Not me.".into()), true),
        (
            "address of the author",
            |model| model.metadata.parties[0].email_addresses.push("c@example.org".into()),
            true,
        ),
    ];
    for (name, change, ends) in changes {
        let mut changed = approved.clone();
        change(&mut changed);
        let expected: &[&str] = if ends { &["it was changed after it was approved"] } else { &[] };
        assert_eq!(doubts(&changed), expected, "{name}");
    }
}

#[derive(Deserialize)]
struct Standing {
    name: String,
    #[serde(default)]
    made: Vec<Vec<Value>>,
    says: String,
}

/// A file with one statement.
fn statement(at: usize, words: &[Value]) -> AttestationFile {
    let mut document = base();
    let observation = &mut document["assessment-results"]["results"][0]["observations"][0];
    observation["uuid"] = json!(format!("5b0c2f0e-7a53-4f0e-9c4c-{at:012}"));
    observation["collected"] = json!(format!("2026-05-{:02}T00:00:00Z", words[0].as_u64().unwrap()));
    observation["expires"] = json!("2026-05-31T00:00:00Z");
    let props = observation["props"].as_array_mut().unwrap();
    props[1]["value"] = words[1].clone();
    for item in words.get(2).and_then(Value::as_array).into_iter().flatten() {
        props.push(json!({"name": "statement-id", "ns": PROBITY_NS, "value": item}));
    }
    let mut file = read(&document);
    for statement in file.statements.iter_mut().filter(|_| words.len() > 3) {
        let (message, location) = ("doubt".to_owned(), statement.location.clone());
        statement.doubts.push(Doubt {
            code: &probity_assessment::attest::codes::NOT_SIGNED,
            message,
            location,
        });
    }
    file
}

#[test]
fn standings() {
    let cases: Vec<Standing> = yaml(include_str!("standing.yaml"));
    let item = |id: &str, within: &[&str]| StatementItem {
        id: id.to_owned(),
        within: within.iter().map(ToString::to_string).collect(),
    };
    let items = [item("a.1", &["c1_smt", "a"]), item("a.2", &["c1_smt", "a"]), item("b", &["c1_smt"])];
    for case in cases {
        let files = case.made.iter().enumerate().map(|(at, words)| statement(at, words)).collect();
        let attestations = Attestations::new(files).unwrap().value;
        let at = |day: &str| {
            let found =
                attestations.standing("c1", "p", &items, format!("2026-{day}T00:00:00Z").parse().unwrap());
            serde_json::to_value(found.standing).unwrap()
        };
        assert_eq!(at("05-20"), case.says.as_str(), "{}", case.name);
        assert!(case.says == "unattested" || at("06-01") == "expired", "{}: {}", case.name, at("06-01"));
    }
}
