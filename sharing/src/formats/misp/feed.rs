//! A folder that MISP reads as a feed: an event per file, a manifest of them, and the digests of their values.
//!
//! `hashes.csv` has a line for each value of an event: its MD5 and the uuid of the event. MISP looks up there whether a feed knows a
//! value, before it fetches events; MD5 is what it looks up by, and guards nothing.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use md5::{Digest as _, Md5};
use serde_json::{Map, Value, json};

use crate::codes::MIXED;
use crate::formats::{Format, json::text, pretty};
use crate::incident::Incident;
use crate::incident::codes::UNSAID;
use crate::{Label, Refusal, Stop, rules};

/// The facts of an event that the manifest repeats.
const LISTED: [&str; 7] = ["Orgc", "Tag", "info", "date", "analysis", "threat_level_id", "timestamp"];

/// The files of a feed by name. All incidents have one colour.
///
/// # Errors
/// Colours differ (rule TLP-003), two incidents have one number, or one cannot be said by MISP.
pub fn feed(incidents: &[(Incident, Label)]) -> Result<BTreeMap<String, String>, Stop> {
    if let Some(((_, one), (_, other))) =
        incidents.iter().zip(incidents.iter().skip(1)).find(|((_, a), (_, b))| a != b)
    {
        let message = format!("{one} and {other} in one feed");
        return Err(Refusal::new(rules::ONE_COLOUR, &MIXED, message, "make a feed for each colour").into());
    }
    let mut files = BTreeMap::new();
    let mut manifest = Map::new();
    let mut hashes = BTreeSet::new();
    for (incident, label) in incidents {
        let document = Format::Misp.write(incident, *label)?;
        let value: Value = serde_json::from_str(&document).unwrap_or_default();
        let event = value.get("Event").cloned().unwrap_or_default();
        let uuid = text(&event, "uuid").unwrap_or_default().to_owned();
        let facts = LISTED.iter().filter_map(|key| Some(((*key).to_owned(), event.get(key)?.clone())));
        manifest.insert(uuid.clone(), Value::Object(facts.collect()));
        hashes.extend(values(&event).map(|value| (uuid.clone(), md5(value))));
        if files.insert(format!("{uuid}.json"), document).is_some() {
            let message = format!("two incidents have the number {} of {}", incident.id, incident.issuer);
            let remedy = "give each its own number";
            return Err(Refusal::new(rules::STAYS, &UNSAID, message, remedy).into());
        }
    }
    files.insert("manifest.json".to_owned(), pretty(&json!(manifest))?);
    let lines = hashes.iter().map(|(uuid, hash)| format!("{hash},{uuid}\n"));
    files.insert("hashes.csv".to_owned(), lines.collect());
    Ok(files)
}

/// The values of the attributes of an event.
fn values(event: &Value) -> impl Iterator<Item = &str> {
    let attributes = event.get("Attribute").and_then(Value::as_array);
    attributes.into_iter().flatten().filter_map(|attribute| text(attribute, "value"))
}

/// The MD5 of a text, in hexadecimal digits.
fn md5(value: &str) -> String {
    Md5::digest(value.as_bytes()).iter().fold(String::new(), |mut digits, byte| {
        let _ = write!(digits, "{byte:02x}");
        digits
    })
}
