//! What holds of every merge: documents made at random, and the project's own with edits made at random.

use std::sync::LazyLock;

use probity_diagnostics::{FileTree, Pointer, TreePath};
use probity_oscal::load;
use probity_oscal::merge::{Side, merge};
use proptest::prelude::*;
use serde_json::Value;

use crate::random::{self, Dice};
use crate::reference::own;

/// The project's own documents that can be edited.
static DOCUMENTS: LazyLock<Vec<Value>> = LazyLock::new(|| {
    let own = own();
    let files = own.walk(&TreePath::parse("documents").unwrap()).unwrap();
    let mut documents: Vec<Value> = files.iter().map(|path| load(&own, path).unwrap().value.value).collect();
    documents.retain(|document| {
        let mut all = Vec::new();
        places(document, &Pointer::root(), &mut all);
        all.len() > 1
    });
    assert!(documents.len() > 4, "only {} documents can be edited", documents.len());
    documents
});

/// Two different random documents of one model.
fn pair(seed: u64) -> (Value, Value) {
    let base = random::document(seed);
    let root = base.as_object().unwrap().keys().next().unwrap().clone();
    let other = (1..1000)
        .map(|step| random::document(seed.wrapping_add(step * 0x9e37)))
        .find(|other| other.get(&root).is_some());
    (base, other.unwrap())
}

/// Members in words, which name nothing.
const WORDS: &[&str] = &["description", "remarks", "prose", "statement", "usage", "label"];

/// What is done to a document.
#[derive(Clone, Debug, PartialEq)]
enum Edit {
    /// A text is another one.
    Text(Pointer, String),
    /// An item is gone.
    Gone(Pointer),
}

impl Edit {
    fn pointer(&self) -> &Pointer {
        match self {
            Self::Text(pointer, _) | Self::Gone(pointer) => pointer,
        }
    }

    fn apply(&self, document: &mut Value) {
        match self {
            Self::Text(pointer, text) => {
                *document.pointer_mut(pointer.as_str()).unwrap() = Value::from(text.as_str());
            }
            Self::Gone(pointer) => {
                let mut list = pointer.clone();
                list.pop();
                let index: usize = pointer.tokens().last().unwrap().parse().unwrap();
                document.pointer_mut(list.as_str()).unwrap().as_array_mut().unwrap().remove(index);
            }
        }
    }
}

/// The places at which a document can be edited: texts, and items of lists that have others.
fn places(value: &Value, at: &Pointer, found: &mut Vec<Edit>) {
    match value {
        Value::Object(members) => members.iter().for_each(|(key, member)| {
            if member.is_string() && WORDS.contains(&key.as_str()) {
                found.push(Edit::Text(at.key(key), String::new()));
            }
            places(member, &at.key(key), found);
        }),
        Value::Array(items) => items.iter().enumerate().for_each(|(index, item)| {
            let is_named = item.get("uuid").or_else(|| item.get("id")).is_some();
            if is_named && items.len() > 1 {
                found.push(Edit::Gone(at.index(index)));
            }
            places(item, &at.index(index), found);
        }),
        _ => {}
    }
}

/// Some edits of a document, of which none is inside another and each list loses one item at the most.
fn edits(document: &Value, dice: &mut Dice, mark: &str) -> Vec<Edit> {
    let mut all = Vec::new();
    places(document, &Pointer::root(), &mut all);
    let mut chosen: Vec<Edit> = Vec::new();
    for _ in 0..=dice.below(6) {
        let edit = match all[dice.below(all.len())].clone() {
            Edit::Text(pointer, _) => Edit::Text(pointer, format!("Text {mark} {}", dice.below(1000))),
            gone @ Edit::Gone(_) => gone,
        };
        if chosen.iter().all(|other| are_apart(other, &edit)) {
            chosen.push(edit);
        }
    }
    chosen
}

/// Whether two edits have nothing to do with each other.
fn are_apart(a: &Edit, b: &Edit) -> bool {
    let scope = |edit: &Edit| {
        let mut pointer = edit.pointer().clone();
        if matches!(edit, Edit::Gone(_)) {
            pointer.pop(); // what is done to one list stays apart
        }
        pointer.to_string()
    };
    let (mine, other) = (scope(a), scope(b));
    let inside = |a: &str, b: &str| a == b || a.starts_with(&format!("{b}/"));
    !inside(&mine, &other) && !inside(&other, &mine)
}

fn edited(document: &Value, edits: &[Edit]) -> Value {
    let mut document = document.clone();
    edits.iter().for_each(|edit| edit.apply(&mut document));
    document
}

/// A document in which the order of lists does not matter.
fn without_order(value: &Value) -> Value {
    match value {
        Value::Array(items) => {
            let mut items: Vec<Value> = items.iter().map(without_order).collect();
            items.sort_by_key(Value::to_string);
            Value::Array(items)
        }
        Value::Object(members) => {
            members.iter().map(|(key, member)| (key.clone(), without_order(member))).collect()
        }
        scalar => scalar.clone(),
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(150))]

    #[test]
    fn what_one_side_did_alone_is_what_comes_out(seed in any::<u64>()) {
        let (base, side) = pair(seed);
        for (ours, theirs) in [(&base, &side), (&side, &base), (&side, &side)] {
            let merged = merge(&base, ours, theirs, Side::Ours);
            prop_assert_eq!(&merged.value, &side);
            prop_assert_eq!(merged.conflicts.len(), 0);
        }
    }

    #[test]
    fn random_sides_are_merged_without_a_panic_and_as_they_are_where_they_agree(seed in any::<u64>()) {
        let (base, ours) = pair(seed);
        let (_, theirs) = pair(seed.wrapping_mul(31));
        if ours.as_object().unwrap().keys().eq(theirs.as_object().unwrap().keys()) {
            let merged = merge(&base, &ours, &theirs, Side::Ours);
            let other = merge(&base, &theirs, &ours, Side::Theirs);
            prop_assert_eq!(merged.conflicts.len(), other.conflicts.len());
        }
    }

    #[test]
    fn edits_that_are_apart_are_all_there(seed in any::<u64>()) {
        let mut dice = Dice(seed | 1);
        let base = &DOCUMENTS[dice.below(DOCUMENTS.len())];
        let ours = edits(base, &mut dice, "of ours");
        let theirs: Vec<Edit> = edits(base, &mut dice, "of theirs")
            .into_iter()
            .filter(|edit| ours.iter().all(|other| are_apart(other, edit)))
            .collect();
        let merged = merge(base, &edited(base, &ours), &edited(base, &theirs), Side::Ours);
        prop_assert_eq!(&merged.conflicts, &Vec::new());
        let both: Vec<Edit> = ours.iter().chain(&theirs).cloned().collect();
        prop_assert_eq!(&merged.value, &edited(base, &both));
        let other = merge(base, &edited(base, &theirs), &edited(base, &ours), Side::Ours);
        prop_assert_eq!(without_order(&merged.value), without_order(&other.value));
    }

    #[test]
    fn a_text_that_both_changed_is_one_conflict(seed in any::<u64>()) {
        let mut dice = Dice(seed | 1);
        let base = &DOCUMENTS[dice.below(DOCUMENTS.len())];
        let ours: Vec<Edit> = edits(base, &mut dice, "of ours").into_iter().filter(|edit| matches!(edit, Edit::Text(..))).take(1).collect();
        let theirs: Vec<Edit> = ours.iter().map(|edit| Edit::Text(edit.pointer().clone(), "Text of theirs".to_owned())).collect();
        let merged = merge(base, &edited(base, &ours), &edited(base, &theirs), Side::Ours);
        prop_assert_eq!(merged.conflicts.len(), ours.len());
        for (conflict, edit) in merged.conflicts.iter().zip(&ours) {
            prop_assert_eq!(&conflict.pointer, edit.pointer());
        }
        prop_assert_eq!(merged.value, edited(base, &ours));
    }
}
