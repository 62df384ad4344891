//! Whatever a document holds, the validator comes to an end and points to places that are there.

use probity_diagnostics::{Diagnostics, Place, TreePath};
use probity_oscal::constraint::{self, Rules};
use probity_oscal::schema::ROOTS;
use proptest::prelude::*;
use serde_json::{Value, json};

use crate::changes::clean;
use crate::random;

/// A document of any model: one of ours, or a random one.
fn documents() -> impl Strategy<Value = Value> {
    prop_oneof![
        (0..ROOTS.len()).prop_map(|model| clean(ROOTS[model].key)),
        any::<u64>().prop_map(random::document),
    ]
}

/// Something that a document may hold by mistake.
fn mistakes() -> impl Strategy<Value = Mistake> {
    let values = prop_oneof![
        Just(Value::Null),
        Just(json!([])),
        Just(json!({})),
        Just(json!([[]])),
        Just(json!(-1)),
        Just(json!(1e308)),
        Just(json!("")),
        Just(json!("#")),
        Just(json!("'")),
        Just(json!("%")),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        ".{0,40}".prop_map(Value::from),
        "#?[a-z0-9-]{0,40}".prop_map(Value::from),
        (1_usize..100_000).prop_map(|length| "x".repeat(length).into()),
        (1_usize..500).prop_map(|depth| (0..depth).fold(json!({}), |inner, _| json!({ "parts": [inner] }))),
    ];
    prop_oneof![
        Just(Mistake::Remove),
        Just(Mistake::Wrap),
        any::<prop::sample::Index>().prop_map(Mistake::Copy),
        (2_usize..300).prop_map(Mistake::Repeat),
        "\\PC{0,8}".prop_map(Mistake::Rename),
        values.prop_map(Mistake::Set),
    ]
}

#[derive(Clone, Debug)]
enum Mistake {
    Remove,
    /// An array around the value.
    Wrap,
    /// What stands elsewhere in the document.
    Copy(prop::sample::Index),
    /// So many of the same.
    Repeat(usize),
    /// Another key.
    Rename(String),
    Set(Value),
}

/// The pointers of all values.
fn places(value: &Value, at: &str, into: &mut Vec<String>) {
    into.push(at.to_owned());
    match value {
        Value::Object(members) => {
            for (key, member) in members {
                places(member, &format!("{at}/{}", key.replace('~', "~0").replace('/', "~1")), into);
            }
        }
        Value::Array(items) => {
            for (index, item) in items.iter().enumerate() {
                places(item, &format!("{at}/{index}"), into);
            }
        }
        _ => {}
    }
}

fn spoil(document: &mut Value, at: prop::sample::Index, mistake: &Mistake) {
    let mut all = Vec::new();
    places(document, "", &mut all);
    let place = at.get(&all).clone();
    let other = match mistake {
        Mistake::Copy(from) => document.pointer(from.get(&all).as_str()).unwrap().clone(),
        _ => Value::Null,
    };
    if let Mistake::Remove | Mistake::Rename(_) = mistake
        && let Some((above, last)) = place.rsplit_once('/')
        && let Some(Value::Object(members)) = document.pointer_mut(above)
    {
        let taken = members.shift_remove(last);
        if let (Mistake::Rename(key), Some(taken)) = (mistake, taken) {
            members.insert(key.clone(), taken);
        }
        return;
    }
    let place = document.pointer_mut(&place).unwrap();
    *place = match (mistake, place.take()) {
        (Mistake::Remove | Mistake::Rename(_), _) => Value::Null,
        (Mistake::Wrap, value) => json!([value]),
        (Mistake::Copy(_), _) => other,
        (Mistake::Repeat(times), Value::Array(items)) => {
            items.iter().cycle().take(items.len() * times).cloned().collect()
        }
        (Mistake::Repeat(_), value) => json!([value.clone(), value]),
        (Mistake::Set(value), _) => value.clone(),
    };
}

fn check(document: &Value, rules: &Rules) -> Diagnostics {
    constraint::validate(document, &TreePath::parse("x.json").unwrap(), rules)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn a_mistake_anywhere_is_survived(
        mut document in documents(),
        mistakes in prop::collection::vec((any::<prop::sample::Index>(), mistakes()), 1..4),
    ) {
        for (at, mistake) in &mistakes {
            spoil(&mut document, *at, mistake);
        }
        let rules = Rules::oscal();
        let findings = check(&document, &rules);
        for finding in &findings {
            let place = finding.primary.as_ref().map(|label| &label.location.place);
            if let Some(Place::Value(pointer) | Place::Key(pointer)) = place {
                prop_assert!(document.pointer(pointer.as_str()).is_some(), "{pointer}: {}", finding.message);
            }
        }
        prop_assert_eq!(check(&document, &rules), findings);
    }
}
