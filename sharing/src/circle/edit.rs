//! Changes of the register: an organisation that applies, and what a member becomes.

use jiff::Timestamp;
use jiff::civil::Date;
use probity_diagnostics::document::{self, Comments, Format};
use probity_diagnostics::{Diagnostic, Diagnostics, MemoryTree, TreePath};
use probity_oscal::PROBITY_NS;
use serde_json::{Map, Value, json};

use super::{Category, Register, Standing, malformed};
use crate::codes;

/// An organisation that applies for membership.
#[derive(Debug, Clone)]
pub struct Applicant {
    /// Its short name.
    pub name: String,
    /// Its name in full.
    pub title: String,
    /// What kind of organisation it is.
    pub category: Category,
    /// Where mail for it goes.
    pub email: String,
}

/// A change of what a member is.
#[derive(Debug, Clone)]
pub struct Becomes {
    /// What it becomes.
    pub to: Standing,
    /// On which day.
    pub on: Date,
    /// Why, where somebody said it.
    pub reason: Option<String>,
}

/// The text of a register in which an organisation has applied.
///
/// # Errors
/// The register cannot be read, or what comes of it is none: the name is taken, for one.
pub fn with_applicant(
    register: &[u8],
    path: &TreePath,
    applicant: &Applicant,
    at: Timestamp,
) -> Result<Vec<u8>, Diagnostics> {
    let Applicant { name, title, category, email } = applicant;
    let on = at.to_zoned(jiff::tz::TimeZone::UTC).date();
    let party = json!({
        "uuid": probity_oscal::uuid5(&["member", name]),
        "type": "organization",
        "name": title,
        "short-name": name,
        "props": [
            {"name": "category", "ns": PROBITY_NS, "value": category.word()},
            status(&Becomes { to: Standing::Applied, on, reason: None }),
        ],
        "email-addresses": [email],
    });
    edited(register, path, at, |metadata| {
        let parties = metadata.entry("parties").or_insert_with(|| json!([]));
        parties.as_array_mut().map(|parties| parties.push(party))
    })
}

/// The text of a register in which a member has become something.
///
/// # Errors
/// The register cannot be read, has no such member, or it cannot become that.
pub fn with_change(
    register: &[u8],
    path: &TreePath,
    name: &str,
    change: &Becomes,
    at: Timestamp,
) -> Result<Vec<u8>, Diagnostics> {
    edited(register, path, at, |metadata| {
        let parties = metadata.get_mut("parties")?.as_array_mut()?;
        let is_it = |party: &&mut Value| {
            let text = |key: &str| party.get(key).and_then(Value::as_str);
            text("short-name") == Some(name) && text("type") == Some("organization")
        };
        let party = parties.iter_mut().find(is_it)?.as_object_mut()?;
        let props = party.entry("props").or_insert_with(|| json!([])).as_array_mut()?;
        props.push(status(change));
        Some(())
    })
}

fn status(change: &Becomes) -> Value {
    let Becomes { to, on, reason } = change;
    let mut prop =
        json!({"name": "member-status", "ns": PROBITY_NS, "value": on.to_string(), "class": to.word()});
    if let (Some(reason), Some(members)) = (reason, prop.as_object_mut()) {
        members.insert("remarks".to_owned(), Value::from(reason.as_str()));
    }
    prop
}

/// A register with something changed in its metadata; what comes of it is read again.
fn edited(
    register: &[u8],
    path: &TreePath,
    at: Timestamp,
    edit: impl FnOnce(&mut Map<String, Value>) -> Option<()>,
) -> Result<Vec<u8>, Diagnostics> {
    let loaded = probity_oscal::parse(register, path)?.value;
    let comments = match loaded.format {
        Format::Yaml => Comments::of(document::text(register, path)?),
        _ => Comments::default(),
    };
    let mut value = loaded.value;
    let metadata = value.pointer_mut("/component-definition/metadata").and_then(Value::as_object_mut);
    let done = metadata.and_then(|metadata| {
        metadata.insert("last-modified".to_owned(), Value::from(at.to_string()));
        edit(metadata)
    });
    if done.is_none() {
        return Err(malformed(&codes::REGISTER, path, "the register has no such member").into());
    }
    let mut text = Vec::new();
    probity_oscal::write(&value, loaded.format, &comments, &mut text)
        .map_err(|error| Diagnostic::error(&codes::REGISTER, error.to_string()))?;
    let mut tree = MemoryTree::new();
    tree.insert(path.clone(), text.clone());
    Register::load(&tree, path)?;
    Ok(text)
}
