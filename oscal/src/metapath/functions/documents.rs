//! Functions of documents and their URIs.

use std::borrow::Cow;

use probity_diagnostics::percent_encoded;

use super::{Call, Function, uri};
use crate::metapath::error::EvaluationError;
use crate::metapath::evaluate::{Flow, MORE, Outcome, Sink};
use crate::metapath::names::Name;
use crate::metapath::scope::Documents;
use crate::metapath::tree::NodeId;
use crate::metapath::value::{Item, Node};

pub(super) fn call<'t>(call: &Call<'_, '_, 't>, sink: &mut Sink<'_, 't>) -> Flow {
    let machine = call.machine;
    let first = |index| machine.atomic(call.argument(index)?, call.context);
    let item = match call.function {
        Function::StaticBaseUri => Item::text(machine.scope.tree.uri()),
        Function::BaseUri => match machine.node(call.argument(0)?, call.context)? {
            Some(node) => Item::text(node.tree.uri()),
            None => return Ok(MORE),
        },
        Function::EncodeForUri => {
            Item::text(percent_encoded(&machine.string(call.argument(0)?, call.context)?))
        }
        Function::ResolveUri => {
            let Some(reference) = first(0)? else { return Ok(MORE) };
            let base = match call.arguments.get(1) {
                Some(base) => machine.string(base, call.context)?,
                None => Cow::Borrowed(machine.scope.tree.uri()),
            };
            Item::text(uri::resolve(&base, &reference.string()))
        }
        Function::ResolveReference => {
            let Some(reference) = first(0)? else { return Ok(MORE) };
            Item::text(resolve_reference(call, reference.into_string())?)
        }
        Function::DocAvailable => {
            let Some(uri) = first(0)? else { return sink(Item::boolean(false)) };
            Item::boolean(open(call, documents(call)?, &uri.string()).is_ok())
        }
        Function::Doc => {
            let Some(uri) = first(0)? else { return Ok(MORE) };
            Item::Node(open(call, documents(call)?, &uri.string())?)
        }
        _ => {
            let Some(node) = machine.node(call.argument(0)?, call.context)? else { return Ok(MORE) };
            let catalog = documents(call)?.resolved(node.tree);
            let tree = catalog.map_err(|why| EvaluationError::new("FODC0002", why))?;
            Item::Node(Node { tree, id: NodeId::DOCUMENT })
        }
    };
    sink(item)
}

fn documents<'t>(call: &Call<'_, '_, 't>) -> Outcome<&'t dyn Documents> {
    call.machine
        .scope
        .documents
        .ok_or_else(|| EvaluationError::new("PBME0003", "other documents cannot be read here"))
}

fn open<'t>(call: &Call<'_, '_, 't>, documents: &'t dyn Documents, reference: &str) -> Outcome<Node<'t>> {
    let uri = uri::resolve(call.machine.scope.tree.uri(), reference);
    let tree = documents.document(&uri).map_err(|why| EvaluationError::new("FODC0002", why))?;
    Ok(Node { tree, id: NodeId::DOCUMENT })
}

/// What a link leads to: of `#uuid` the first `rlink` of that resource, else the reference itself.
fn resolve_reference<'t>(call: &Call<'_, '_, 't>, reference: Cow<'t, str>) -> Outcome<Cow<'t, str>> {
    let Some(uuid) = reference.strip_prefix('#') else { return Ok(reference) };
    let tree = call.machine.scope.tree;
    call.machine.spend(tree.len() / 16)?;
    let found = names().and_then(|[resource, uuid_name, rlink, href]| {
        let mut resources = tree.descendants(NodeId::DOCUMENT).filter(|at| tree.name(*at) == Some(resource));
        let is_it = |at: &NodeId| {
            tree.flag(*at, uuid_name).and_then(|flag| tree.text(flag)).is_some_and(|text| text == uuid)
        };
        let link = tree.children_named(resources.find(is_it)?, rlink).next()?;
        tree.text(tree.flag(link, href)?)
    });
    found.ok_or_else(|| {
        EvaluationError::new("FODC0002", format!("no resource with an `rlink` has the UUID `{uuid}`"))
    })
}

fn names() -> Option<[Name; 4]> {
    Some([Name::of("resource")?, Name::of("uuid")?, Name::of("rlink")?, Name::of("href")?])
}
