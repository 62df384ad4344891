//! XML as elements with their places. Document types, and references to anything but characters, are refused.

use std::ops::Range;

use probity_diagnostics::{Diagnostic, Location, TreePath};
use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use super::super::codes::CONSTRAINT_FILE;
use super::NAMESPACE;

/// Elements inside of each other.
const DEPTH: usize = 64;
/// Elements of one file.
const ELEMENTS: usize = 200_000;

/// An element.
#[derive(Debug, Default)]
pub(super) struct Element {
    /// Name without prefix.
    pub(super) name: String,
    /// Where the name stands.
    pub(super) at: Range<usize>,
    pub(super) attributes: Vec<Attribute>,
    /// Characters in it and in the elements inside.
    pub(super) text: String,
    pub(super) children: Vec<Element>,
}

/// An attribute.
#[derive(Debug)]
pub(super) struct Attribute {
    pub(super) name: String,
    pub(super) value: String,
    /// Where the value stands, as written.
    pub(super) at: Range<usize>,
    /// The value as written.
    raw: String,
}

impl Element {
    pub(super) fn attribute(&self, name: &str) -> Option<&Attribute> {
        self.attributes.iter().find(|attribute| attribute.name == name)
    }

    pub(super) fn value(&self, name: &str) -> Option<&str> {
        self.attribute(name).map(|attribute| attribute.value.as_str())
    }
}

impl Attribute {
    /// The place of byte `offset` of the value in the file.
    pub(super) fn place(&self, offset: usize) -> Range<usize> {
        let mut value = 0;
        let mut raw = 0;
        while value < offset && raw < self.raw.len() {
            let rest = self.raw.get(raw..).unwrap_or_default();
            let (length, c) = character(rest).unwrap_or((1, ' '));
            raw += length;
            value += c.len_utf8();
        }
        let start = (self.at.start + raw).min(self.at.end);
        start..self.at.end.min(start + 1).max(start)
    }
}

/// Reads XML.
///
/// # Errors
/// What is not well-formed, too deep, or refused.
pub(super) fn parse(text: &str, path: &TreePath) -> Result<Element, Box<Diagnostic>> {
    Parser { text, path, open: vec![Element::default()], count: 0 }.document()
}

struct Parser<'a> {
    text: &'a str,
    path: &'a TreePath,
    open: Vec<Element>,
    count: usize,
}

type Parsed<T> = Result<T, Box<Diagnostic>>;

impl Parser<'_> {
    fn refuse<T>(&self, at: usize, message: impl Into<String>) -> Parsed<T> {
        let at = at.min(self.text.len());
        let span = at..(at + 1).min(self.text.len());
        Err(Box::new(Diagnostic::error(&CONSTRAINT_FILE, message).at(Location::span(self.path, span))))
    }

    fn document(mut self) -> Parsed<Element> {
        let mut reader = Reader::from_str(self.text);
        loop {
            let at = usize::try_from(reader.buffer_position()).unwrap_or(usize::MAX);
            match reader.read_event() {
                Err(error) => {
                    let at = usize::try_from(reader.error_position()).unwrap_or(at);
                    return self.refuse(at, format!("the XML is not well-formed: {error}"));
                }
                Ok(Event::Eof) => break,
                Ok(Event::Start(start)) => {
                    let element = self.element(&start, at)?;
                    if self.open.len() > DEPTH {
                        return self.refuse(at, format!("elements are nested more than {DEPTH} levels deep"));
                    }
                    self.open.push(element);
                }
                Ok(Event::Empty(start)) => {
                    let element = self.element(&start, at)?;
                    self.close(element);
                }
                Ok(Event::End(_)) => {
                    let element = self.open.pop().unwrap_or_default();
                    self.close(element);
                }
                Ok(Event::Text(text)) => self.characters(&text),
                Ok(Event::CData(text)) => self.characters(&text),
                Ok(Event::GeneralRef(name)) => match reference(&name) {
                    Some(c) => self.characters(c.encode_utf8(&mut [0; 4])),
                    None => return self.refuse(at, format!("`&{};` is not known", &*name)),
                },
                Ok(Event::DocType(_)) => return self.refuse(at, "a document type is not read"),
                Ok(Event::Comment(_) | Event::Decl(_) | Event::PI(_)) => {}
            }
        }
        self.finish()
    }

    fn finish(mut self) -> Parsed<Element> {
        if self.open.len() > 1 {
            return self.refuse(self.text.len(), "the XML ends inside of an element");
        }
        let document = self.open.pop().unwrap_or_default();
        let mut roots = document.children.into_iter();
        match (roots.next(), roots.next()) {
            (Some(root), None) => Ok(root),
            _ => Err(Box::new(
                Diagnostic::error(&CONSTRAINT_FILE, "a file of constraints has one element at its root")
                    .at(Location::file(self.path)),
            )),
        }
    }

    fn characters(&mut self, text: &str) {
        if let Some(element) = self.open.last_mut() {
            element.text.push_str(text);
        }
    }

    fn close(&mut self, element: Element) {
        if let Some(parent) = self.open.last_mut() {
            parent.text.push_str(&element.text);
            parent.children.push(element);
        }
    }

    fn element(&mut self, start: &BytesStart<'_>, at: usize) -> Parsed<Element> {
        self.count += 1;
        if self.count > ELEMENTS {
            return self.refuse(at, format!("the file has more than {ELEMENTS} elements"));
        }
        let name = start.name().as_ref().to_owned();
        let mut element = Element { at: at + 1..at + 1 + name.len(), ..Element::default() };
        name.rsplit(':').next().unwrap_or(&name).clone_into(&mut element.name);
        for attribute in start.attributes() {
            let Ok(attribute) = attribute else {
                return self.refuse(at, format!("the attributes of `{name}` are not well-formed"));
            };
            let key = attribute.key.as_ref();
            let start = self.offset(&attribute.value).unwrap_or(at);
            let place = start..start + attribute.value.len();
            if key == "xmlns" && *attribute.value != *NAMESPACE && self.open.len() == 1 {
                let message = format!("expected elements of the namespace `{NAMESPACE}`");
                return self.refuse(start, message);
            }
            if key == "xmlns"
                || key.starts_with("xmlns:")
                || key.starts_with("xsi:")
                || key.starts_with("xml:")
            {
                continue;
            }
            let Some(value) = decoded(&attribute.value) else {
                return self.refuse(start, format!("`{key}` holds a reference that is not known"));
            };
            let raw = attribute.value.clone().into_owned();
            element.attributes.push(Attribute { name: key.to_owned(), value, at: place, raw });
        }
        Ok(element)
    }

    /// Where a part of the text stands in it.
    fn offset(&self, part: &str) -> Option<usize> {
        let start = part.as_ptr().addr().checked_sub(self.text.as_ptr().addr())?;
        (start + part.len() <= self.text.len()).then_some(start)
    }
}

/// The character of a reference such as `lt` or `#38`.
fn reference(name: &str) -> Option<char> {
    match name {
        "lt" => Some('<'),
        "gt" => Some('>'),
        "amp" => Some('&'),
        "quot" => Some('"'),
        "apos" => Some('\''),
        _ => {
            let digits = name.strip_prefix('#')?;
            let code = match digits.strip_prefix('x') {
                Some(hex) => u32::from_str_radix(hex, 16).ok()?,
                None => digits.parse().ok()?,
            };
            char::from_u32(code).filter(|c| !c.is_control() || matches!(c, '\t' | '\n' | '\r'))
        }
    }
}

/// The first character of text as written, and how many bytes it takes.
fn character(raw: &str) -> Option<(usize, char)> {
    if let Some(rest) = raw.strip_prefix('&') {
        let end = rest.find(';')?;
        return Some((end + 2, reference(rest.get(..end)?)?));
    }
    let c = raw.chars().next()?;
    Some((c.len_utf8(), if c.is_ascii_whitespace() { ' ' } else { c }))
}

/// The value of an attribute as written; none where it holds a reference that is not known.
fn decoded(raw: &str) -> Option<String> {
    let mut value = String::with_capacity(raw.len());
    let mut rest = raw;
    while !rest.is_empty() {
        let (length, c) = character(rest)?;
        value.push(c);
        rest = rest.get(length..)?;
    }
    Some(value)
}
