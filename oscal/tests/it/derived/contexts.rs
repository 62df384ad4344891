//! Where a definition can stand in a document.

use probity_oscal::schema::{Declaration, Definition, Property, ROOTS, Root, Shape};

/// A place of a definition: the properties from the root to it.
pub(super) struct Context {
    pub(super) root: &'static Root,
    pub(super) chain: Vec<&'static Property>,
}

/// The places of a definition, the nearest first: one for each property that holds it, in each model.
pub(super) fn contexts(declaration: &Declaration) -> Vec<Context> {
    let mut contexts: Vec<Context> = ROOTS.iter().flat_map(|root| below(root, declaration)).collect();
    contexts.sort_by_key(|context| context.chain.len());
    contexts
}

fn below(root: &'static Root, declaration: &Declaration) -> Vec<Context> {
    let mut contexts = Vec::new();
    if std::ptr::eq(root.definition.declaration, declaration) {
        contexts.push(Context { root, chain: Vec::new() });
    }
    let mut open: Vec<(&'static Definition, Vec<&'static Property>)> = vec![(root.definition, Vec::new())];
    let mut next = 0;
    while let Some((definition, above)) = open.get(next).cloned() {
        next += 1;
        for property in definition.properties {
            let chain: Vec<_> = above.iter().copied().chain([property]).collect();
            let (own, held) = match property.shape {
                Shape::Object(held) => (Some(held.declaration), Some(held)),
                Shape::Scalar(_) => (property.declaration, None),
            };
            if own.is_some_and(|own| std::ptr::eq(own, declaration)) {
                contexts.push(Context { root, chain: chain.clone() });
            }
            if let Some(held) = held
                && !open.iter().any(|(other, _)| std::ptr::eq(*other, held))
            {
                open.push((held, chain));
            }
        }
    }
    contexts
}
