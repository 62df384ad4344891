//! Where the items of a merged document stood in each version.

use std::collections::HashMap;

use probity_diagnostics::Pointer;
use serde_json::Value;

use super::walk::Three;

/// Items of the merged document by where they stood. Nothing is kept unless it is asked for: it costs as much as merging.
#[derive(Default)]
pub(super) struct Origins {
    kept: Option<[HashMap<*const Value, Pointer>; 3]>,
}

impl Origins {
    /// Origins that are kept.
    pub(super) fn kept() -> Self {
        Self { kept: Some(Default::default()) }
    }

    pub(super) fn are_kept(&self) -> bool {
        self.kept.is_some()
    }

    /// Notes where the item at `pointer` comes from.
    pub(super) fn note(&mut self, pointer: &Pointer, three: Three<'_>) {
        if let Some(kept) = &mut self.kept {
            for (kept, version) in kept.iter_mut().zip([three.base, three.ours, three.theirs]) {
                kept.extend(version.map(|value| (std::ptr::from_ref(value), pointer.clone())));
            }
        }
    }

    /// For each list item of base, ours and theirs that is in the merged document: from its pointer there to the merged one.
    pub(super) fn moves(&self, document: Three<'_>) -> [HashMap<Pointer, Pointer>; 3] {
        let Some([base, ours, theirs]) = &self.kept else { return Default::default() };
        let versions = [(base, document.base), (ours, document.ours), (theirs, document.theirs)];
        versions.map(|(kept, value)| {
            let mut moves = HashMap::new();
            value.into_iter().for_each(|value| collect(value, &mut Pointer::root(), kept, &mut moves));
            moves
        })
    }
}

fn collect(
    value: &Value,
    pointer: &mut Pointer,
    kept: &HashMap<*const Value, Pointer>,
    moves: &mut HashMap<Pointer, Pointer>,
) {
    match value {
        Value::Object(members) => {
            for (key, member) in members {
                pointer.push_key(key);
                collect(member, pointer, kept, moves);
                pointer.pop();
            }
        }
        Value::Array(items) => {
            for (index, item) in items.iter().enumerate() {
                pointer.push_index(index);
                if let Some(merged) = kept.get(&std::ptr::from_ref(item)) {
                    moves.insert(pointer.clone(), merged.clone());
                }
                collect(item, pointer, kept, moves);
                pointer.pop();
            }
        }
        _ => {}
    }
}

/// The merged pointer for one of a version; none where what it leads through is not in the merged document.
pub(super) fn translated(
    pointer: &Pointer,
    moves: &HashMap<Pointer, Pointer>,
    is_list: impl Fn(&Pointer) -> bool,
) -> Option<Pointer> {
    let mut head = Pointer::root();
    let mut merged = Pointer::root();
    for token in pointer.tokens() {
        let in_list = is_list(&head);
        head.push_key(&token);
        merged.push_key(&token);
        if in_list {
            merged = moves.get(&head)?.clone();
        }
    }
    Some(merged)
}
