//! A small XML tree for the Metaschema modules, with their external `.ent` entities expanded.

use std::path::Path;

use quick_xml::events::{BytesStart, Event};
use quick_xml::{Reader, XmlVersion};

use super::files;

/// An element: local name, attributes, text of its own, child elements.
#[derive(Clone, Debug, Default)]
pub(crate) struct Element {
    /// Name as written; the modules use no prefixes outside examples.
    pub(crate) name: String,
    attributes: Vec<(String, String)>,
    text: String,
    /// Child elements in order.
    pub(crate) children: Vec<Element>,
}

impl Element {
    /// An attribute with its whitespace collapsed.
    pub(crate) fn attribute(&self, name: &str) -> Option<String> {
        let (_, value) = self.attributes.iter().find(|(key, _)| key == name)?;
        Some(value.split_whitespace().collect::<Vec<_>>().join(" "))
    }

    /// The names of the attributes.
    pub(crate) fn attribute_names(&self) -> impl Iterator<Item = &str> {
        self.attributes.iter().map(|(name, _)| name.as_str())
    }

    /// The children of one name.
    pub(crate) fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a Element> {
        self.children.iter().filter(move |child| child.name == name)
    }

    /// The first child of one name.
    pub(crate) fn first<'a>(&'a self, name: &'a str) -> Option<&'a Element> {
        self.all(name).next()
    }

    /// The trimmed text of the first child of one name.
    pub(crate) fn child_text(&self, name: &str) -> Option<String> {
        self.first(name).map(|child| child.text.trim().to_owned())
    }
}

/// Reads a module file.
///
/// # Errors
/// A file that cannot be read or is not well-formed, named in the message.
pub(crate) fn read(path: &Path) -> Result<Element, String> {
    let source = expand(&files::read(path)?, path)?;
    parse(&source).map_err(|error| format!("{}: {error}", path.display()))
}

/// Replaces `&name;` by the content of the file that `<!ENTITY name SYSTEM "file">` declares.
fn expand(source: &str, path: &Path) -> Result<String, String> {
    let folder = path.parent().unwrap_or(Path::new("."));
    let mut expanded = source.to_owned();
    for declaration in source.split("<!ENTITY ").skip(1) {
        let mut words = declaration.splitn(2, char::is_whitespace);
        let name = words.next().unwrap_or_default();
        let file = words.next().and_then(|rest| rest.split('"').nth(1)).unwrap_or_default();
        let reference = format!("&{name};");
        if expanded.contains(&reference) {
            expanded = expanded.replace(&reference, &files::read(&folder.join(file))?);
        }
    }
    Ok(expanded)
}

fn parse(source: &str) -> Result<Element, String> {
    let mut reader = Reader::from_str(source);
    let mut open = vec![Element::default()];
    loop {
        match reader.read_event().map_err(|error| error.to_string())? {
            Event::Start(start) => open.push(element(&start)?),
            Event::Empty(start) => close(&mut open, element(&start)?),
            Event::End(_) => {
                let done = open.pop().unwrap_or_default();
                close(&mut open, done);
            }
            Event::Text(text) => {
                if let Some(parent) = open.last_mut() {
                    parent.text.push_str(&text);
                }
            }
            Event::Eof => break,
            _ => {}
        }
    }
    open.pop()
        .and_then(|document| document.children.into_iter().next())
        .ok_or_else(|| "no root element".to_owned())
}

fn close(open: &mut [Element], done: Element) {
    if let Some(parent) = open.last_mut() {
        parent.children.push(done);
    }
}

fn element(start: &BytesStart) -> Result<Element, String> {
    let mut element = Element { name: start.name().as_ref().to_owned(), ..Element::default() };
    for attribute in start.attributes() {
        let attribute = attribute.map_err(|error| error.to_string())?;
        let value = attribute.normalized_value(XmlVersion::default()).map_err(|error| error.to_string())?;
        element.attributes.push((attribute.key.as_ref().to_owned(), value.into_owned()));
    }
    Ok(element)
}
