//! A folder that MISP reads as a feed: an event per file, and a manifest of them.

use std::collections::BTreeMap;

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
    for (incident, label) in incidents {
        let document = Format::Misp.write(incident, *label)?;
        let value: Value = serde_json::from_str(&document).unwrap_or_default();
        let event = value.get("Event").cloned().unwrap_or_default();
        let uuid = text(&event, "uuid").unwrap_or_default().to_owned();
        let facts = LISTED.iter().filter_map(|key| Some(((*key).to_owned(), event.get(key)?.clone())));
        manifest.insert(uuid.clone(), Value::Object(facts.collect()));
        if files.insert(format!("{uuid}.json"), document).is_some() {
            let message = format!("two incidents have the number {} of {}", incident.id, incident.issuer);
            let remedy = "give each its own number";
            return Err(Refusal::new(rules::STAYS, &UNSAID, message, remedy).into());
        }
    }
    files.insert("manifest.json".to_owned(), pretty(&json!(manifest))?);
    Ok(files)
}
