//! The lexicon as a taxonomy of MISP: machine tags such as `probity:category="denial-of-service"`.

use serde_json::{Value, json};

use super::{Entry, Lexicon};

/// The `machinetag.json` of the lexicon.
pub fn to_taxonomy(lexicon: &Lexicon) -> Value {
    let lists: Vec<_> = lexicon.lists().filter(|(_, entries)| !entries.is_empty()).collect();
    json!({
        "namespace": lexicon.namespace,
        "description": lexicon.description,
        "version": lexicon.version,
        "predicates": lists.iter().map(|((_, one, shown), _)| json!({ "value": one, "expanded": shown })).collect::<Vec<_>>(),
        "values": lists.iter().map(|((_, one, _), entries)| {
            json!({ "predicate": one, "entry": entries.iter().map(entry).collect::<Vec<_>>() })
        }).collect::<Vec<_>>(),
    })
}

fn entry(entry: &Entry) -> Value {
    json!({ "value": entry.id, "expanded": entry.title, "description": entry.definition })
}
