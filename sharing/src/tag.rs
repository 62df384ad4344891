//! Elements to be written.

use probity_diagnostics::Diagnostic;
use quick_xml::Writer;
use quick_xml::events::{BytesDecl, BytesEnd, BytesStart, BytesText, Event};

use crate::Stop;
use crate::incident::codes::FOREIGN;
use crate::incident::{Vocabulary, Word};

/// An element: attributes and children in the order in which they were added; text comes before children.
#[derive(Debug, Clone)]
pub(crate) struct Tag {
    name: &'static str,
    attributes: Vec<(String, String)>,
    text: String,
    children: Vec<Tag>,
}

impl Tag {
    pub(crate) fn new(name: &'static str) -> Self {
        Self { name, attributes: Vec::new(), text: String::new(), children: Vec::new() }
    }

    /// An element that holds text.
    #[expect(clippy::needless_pass_by_value, reason = "instants, numbers and texts are written alike")]
    pub(crate) fn text(name: &'static str, text: impl ToString) -> Self {
        Self { text: text.to_string(), ..Self::new(name) }
    }

    #[expect(clippy::needless_pass_by_value, reason = "as in `text`")]
    pub(crate) fn with(mut self, name: &str, value: impl ToString) -> Self {
        self.attributes.push((name.to_owned(), value.to_string()));
        self
    }

    /// A word as an attribute; one's own is an `ext-value`.
    pub(crate) fn word<V: Vocabulary>(self, name: &str, word: Option<&Word<V>>) -> Self {
        match word.map(|word| (word.as_str(), word.own())) {
            None => self,
            Some((text, None)) => self.with(name, text),
            Some((_, Some(own))) => self.with(name, "ext-value").with(&format!("ext-{name}"), own),
        }
    }

    pub(crate) fn add(mut self, child: Tag) -> Self {
        self.children.push(child);
        self
    }

    pub(crate) fn extend(mut self, children: impl IntoIterator<Item = Tag>) -> Self {
        self.children.extend(children);
        self
    }

    /// The document with this element as its root.
    pub(crate) fn document(&self) -> Result<String, Stop> {
        let mut writer = Writer::new_with_indent(Vec::new(), b' ', 2);
        let written = writer
            .write_event(Event::Decl(BytesDecl::new("1.0", Some("UTF-8"), None)))
            .and_then(|()| self.write(&mut writer));
        let text = written.ok().and_then(|()| String::from_utf8(writer.into_inner()).ok());
        text.map(|text| text + "\n")
            .ok_or_else(|| Diagnostic::error(&FOREIGN, "the document cannot be written as XML").into())
    }

    fn write(&self, writer: &mut Writer<Vec<u8>>) -> std::io::Result<()> {
        let mut start = BytesStart::new(self.name);
        for (name, value) in &self.attributes {
            start.push_attribute((name.as_str(), value.as_str()));
        }
        if self.text.is_empty() && self.children.is_empty() {
            return writer.write_event(Event::Empty(start));
        }
        writer.write_event(Event::Start(start))?;
        if !self.text.is_empty() {
            writer.write_event(Event::Text(BytesText::new(&self.text)))?;
        }
        for child in &self.children {
            child.write(writer)?;
        }
        writer.write_event(Event::End(BytesEnd::new(self.name)))
    }
}
