//! Any XML as a tree of elements, for files of other tools: read by the same rules as OSCAL's own XML, without its model.

use probity_diagnostics::document::Limits;
use probity_diagnostics::{Diagnostic, Diagnostics, Location, TreePath};

use super::cursor::{Cursor, Stop, Tag, Token};
use super::report::Report;
use crate::codes;

/// An element. Prefixes are dropped, comments and processing instructions passed over.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Element {
    /// The name, without its prefix; empty for text.
    pub name: String,
    /// The attributes by name, without their prefixes, in order.
    pub attributes: Vec<(String, String)>,
    /// The elements and texts in it.
    pub children: Vec<Self>,
    /// What a text says.
    text: String,
    /// Where its start tag stands, in bytes.
    pub at: usize,
}

impl Element {
    /// Reads the element that a text consists of.
    ///
    /// # Errors
    /// The text is not well-formed, has a DTD, an entity that it would have to define or another encoding, or is larger or
    /// nested deeper than the limits; with the place in `file`.
    pub fn read(text: &str, file: &TreePath, limits: Limits) -> Result<Self, Diagnostics> {
        let mut cursor = Cursor::new(text, limits, Report::new(file));
        let read = document(&mut cursor);
        match read {
            Ok(Some(element)) => Ok(element),
            Ok(None) => Err(Diagnostic::error(&codes::XML_SYNTAX, "the file holds no element")
                .at(Location::file(file))
                .into()),
            Err(Stop) => Err(cursor.report.finish()),
        }
    }

    /// The value of an attribute.
    pub fn attribute(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }

    /// The elements of that name in it.
    pub fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a Self> {
        self.children.iter().filter(move |child| child.name == name)
    }

    /// The first element of that name in it.
    pub fn first(&self, name: &str) -> Option<&Self> {
        self.children.iter().find(|child| child.name == name)
    }

    /// The text in it and below it, as it stands.
    pub fn text(&self) -> String {
        self.below().map(|node| node.text.as_str()).collect()
    }

    /// It and the elements and texts below it, in the order of the file.
    pub fn below(&self) -> impl Iterator<Item = &Self> {
        let mut open = vec![self];
        std::iter::from_fn(move || {
            let next = open.pop()?;
            open.extend(next.children.iter().rev());
            Some(next)
        })
    }
}

fn document(cursor: &mut Cursor<'_, '_>) -> Result<Option<Element>, Stop> {
    cursor.check_characters()?;
    let mut open: Vec<Element> = Vec::new();
    let mut root = None;
    loop {
        match cursor.next()? {
            Token::Start(tag) => {
                cursor.count()?;
                open.push(element(cursor, &tag)?);
            }
            Token::End => {
                let Some(done) = open.pop() else { continue };
                match open.last_mut() {
                    Some(parent) => parent.children.push(done),
                    None => root = root.or(Some(done)),
                }
            }
            Token::Text(text, at) | Token::Literal(text, at) => add(&mut open, text, at),
            Token::Char(c, at) => add(&mut open, c.encode_utf8(&mut [0; 4]), at),
            Token::Hint(_) => {}
            Token::Eof => return Ok(root),
        }
    }
}

/// Puts text into the innermost element; pieces that follow each other are one text.
fn add(open: &mut [Element], text: &str, at: usize) {
    let Some(parent) = open.last_mut() else { return };
    match parent.children.last_mut().filter(|last| last.name.is_empty()) {
        Some(last) => last.text.push_str(text),
        None => parent.children.push(Element { text: text.to_owned(), at, ..Element::default() }),
    }
}

fn element<'t>(cursor: &mut Cursor<'t, '_>, tag: &Tag<'t>) -> Result<Element, Stop> {
    let mut attributes = Vec::new();
    for attribute in cursor.attributes(tag)? {
        let value = cursor.value(&attribute)?;
        let name = attribute.name.rsplit_once(':').map_or(attribute.name, |(_, name)| name);
        attributes.push((name.to_owned(), value));
    }
    Ok(Element { name: tag.name.to_owned(), attributes, at: tag.start, ..Element::default() })
}
