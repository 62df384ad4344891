//! Functions of nodes.

use super::{Call, Function};
use crate::metapath::error::EvaluationError;
use crate::metapath::evaluate::{Flow, MORE, Outcome, Sink, hand, has_namespace};
use crate::metapath::tree::NodeId;
use crate::metapath::value::{Item, Node};

pub(super) fn call<'t>(call: &Call<'_, '_, 't>, sink: &mut Sink<'_, 't>) -> Flow {
    let machine = call.machine;
    if matches!(call.function, Function::Innermost | Function::Outermost) {
        return hand(&edges(call)?, sink);
    }
    let node = machine.node(call.argument(0)?, call.context)?;
    let item = match (call.function, node) {
        (Function::Name, node) => Item::text(node.map(Node::name).unwrap_or_default()),
        (Function::NamespaceUri, Some(node)) if node.id != NodeId::DOCUMENT => {
            Item::text("http://csrc.nist.gov/ns/oscal/1.0")
        }
        (Function::NamespaceUri, _) => Item::text(""),
        (Function::HasOscalNamespace, Some(node)) => {
            let wanted = machine.atomics(call.argument(1)?, call.context)?;
            Item::boolean(has_namespace(node, |ns| wanted.iter().any(|wanted| wanted.string() == ns)))
        }
        (Function::HasOscalNamespace | Function::HasChildren, None) => Item::boolean(false),
        (Function::HasChildren, Some(node)) => Item::boolean(node.tree.children(node.id).next().is_some()),
        (_, None) => return Ok(MORE),
        (Function::Path, Some(node)) => Item::text(node.path()),
        (_, Some(node)) => Item::Node(Node { id: NodeId::DOCUMENT, ..node }),
    };
    sink(item)
}

/// The nodes that none of the others stands in, or that stand in none of the others.
fn edges<'t>(call: &Call<'_, '_, 't>) -> Outcome<Vec<Item<'t>>> {
    let mut nodes = Vec::new();
    for item in call.machine.collect(call.argument(0)?, call.context)? {
        match item {
            Item::Node(node) => nodes.push(node),
            _ => return Err(EvaluationError::of_type("a value stands where nodes are expected")),
        }
    }
    nodes.sort();
    nodes.dedup();
    let inside = |inner: Node<'_>, outer: Node<'_>| {
        std::ptr::eq(inner.tree, outer.tree) && inner.id > outer.id && inner.id.0 < outer.tree.end(outer.id)
    };
    let mut kept: Vec<Node<'t>> = Vec::new();
    for node in nodes {
        call.machine.step()?;
        if kept.last().is_some_and(|last| inside(node, *last)) {
            if call.function == Function::Outermost {
                continue;
            }
            kept.pop();
        }
        kept.push(node);
    }
    Ok(kept.into_iter().map(Item::Node).collect())
}
