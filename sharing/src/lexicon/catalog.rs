//! The lexicon as an OSCAL catalog: a group for each list, a control for each entry.

use jiff::Timestamp;
use probity_oscal::model::catalog::{Catalog, Control, Group};
use probity_oscal::model::control::Part;
use probity_oscal::model::metadata::Metadata;
use probity_oscal::own::{markup_line, ours};
use probity_oscal::{OSCAL_VERSION, uuid5};

use super::{Entry, Lexicon};

/// The catalog of the lexicon; `modified` is when it was changed last.
pub fn to_catalog(lexicon: &Lexicon, modified: Timestamp) -> Catalog {
    let groups = lexicon.lists().filter(|(_, entries)| !entries.is_empty());
    Catalog {
        uuid: uuid5(&["lexicon", &lexicon.namespace]),
        metadata: Metadata {
            title: markup_line(&lexicon.title),
            last_modified: modified.to_string(),
            version: lexicon.version.to_string(),
            oscal_version: OSCAL_VERSION.to_owned(),
            remarks: Some(lexicon.description.clone()),
            ..Metadata::default()
        },
        groups: groups.map(|((list, one, shown), entries)| group(list, one, shown, entries)).collect(),
        ..Catalog::default()
    }
}

fn group(list: &str, one: &str, shown: &str, entries: &[Entry]) -> Group {
    Group {
        id: Some(list.to_owned()),
        title: shown.to_owned(),
        controls: entries.iter().map(|entry| control(one, entry)).collect(),
        ..Group::default()
    }
}

/// A list and an entry may have the same word, so ids have the list before them.
fn control(one: &str, entry: &Entry) -> Control {
    let facts = [
        ("category", &entry.category),
        ("source", &entry.source),
        ("clause", &entry.clause),
        ("rsit", &entry.rsit),
        ("attack", &entry.attack),
    ];
    let id = format!("{one}-{}", entry.id);
    Control {
        class: Some(one.to_owned()),
        title: markup_line(&entry.title),
        props: facts.iter().filter_map(|(name, value)| Some(ours(name, value.as_ref()?))).collect(),
        parts: vec![Part {
            id: Some(format!("{id}_smt")),
            name: "statement".to_owned(),
            prose: Some(entry.definition.clone()),
            ..Part::default()
        }],
        id,
        ..Control::default()
    }
}
