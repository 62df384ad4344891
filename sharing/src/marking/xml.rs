//! Markings in XML: IODEF, and OSCAL's own.

use probity_diagnostics::document::{self, Limits};
use probity_diagnostics::{Diagnostics, Location, TreePath};
use probity_oscal::xml::Element;

use super::{Said, Spot, iodef, json, read_embedded};

/// Whether bytes are well-formed XML.
pub(super) fn is_xml(bytes: &[u8], path: &TreePath) -> bool {
    root(bytes, path).is_ok()
}

fn root(bytes: &[u8], path: &TreePath) -> Result<Element, Diagnostics> {
    Element::read(document::text(bytes, path)?, path, Limits::default())
}

/// Reads what a document says.
pub(super) fn read(bytes: &[u8], path: &TreePath, depth: usize, said: &mut Said) -> Result<(), Diagnostics> {
    let root = root(bytes, path)?;
    iodef::read_xml(&root, path, said);
    for child in &root.children {
        let is_metadata = child.name == "metadata";
        for inner in &child.children {
            oscal(inner, path, depth, is_metadata, said);
        }
    }
    Ok(())
}

/// Reads an element of an OSCAL document; `of_document` where it stands directly in the metadata.
fn oscal(element: &Element, path: &TreePath, depth: usize, of_document: bool, said: &mut Said) {
    let place = Location::span(path, element.at..element.at + 1);
    match element.name.as_str() {
        "prop" => {
            let get = |name| element.attribute(name);
            let (name, value) = (get("name").unwrap_or_default(), get("value").unwrap_or_default());
            if json::is_marking(name, get("class"), value) {
                let spot = Spot::read(value, place);
                if of_document { said.whole.push(spot) } else { said.parts.push(spot) }
            } else if of_document && json::is_originator(name, get("ns")) {
                said.originator = Some(value.to_owned());
            }
        }
        "base64" => {
            let name = element.attribute("filename").unwrap_or_default();
            read_embedded(&element.text(), name, &place, depth, said);
        }
        _ => element.children.iter().for_each(|child| oscal(child, path, depth, false, said)),
    }
}
