//! XML: elements and attributes stay as they are, texts and values are looked at. Comments and processing instructions are left
//! out.

use probity_diagnostics::document::Limits;
use probity_diagnostics::{Diagnostics, TreePath};
use probity_oscal::xml::Element;
use quick_xml::events::{BytesStart, BytesText, Event};
use quick_xml::{Reader, Writer, XmlVersion};

use super::super::rule::Rule;
use super::super::structure::{Level, Role};
use super::super::worker::{Change, Worker};
use super::malformed;

pub(super) fn scrub(text: &str, path: &TreePath, worker: &mut Worker<'_>) -> Result<Vec<u8>, Diagnostics> {
    // what is hostile or not well-formed is refused by the one reader that knows how
    Element::read(text, path, Limits::default())?;
    let mut walk = Walk { worker, levels: Vec::new(), open: Vec::new(), text: String::new(), tells: false };
    let written = walk.document(text);
    if walk.tells {
        return Err(malformed(path, "has an element or attribute whose name is a value that is not shared"));
    }
    written.map_err(|_| malformed(path, "is no XML that can be scrubbed"))
}

struct Walk<'w, 'a> {
    worker: &'w mut Worker<'a>,
    levels: Vec<Level>,
    /// For each element that is open what it holds, and how many elements began in it.
    open: Vec<(Role, usize)>,
    /// The text since the last tag.
    text: String,
    /// Whether a name is a value itself, which no pseudonym can stand for.
    tells: bool,
}

impl Walk<'_, '_> {
    fn document(&mut self, text: &str) -> Result<Vec<u8>, quick_xml::Error> {
        let mut reader = Reader::from_str(text);
        let mut writer = Writer::new(Vec::new());
        loop {
            let event = reader.read_event()?;
            if !matches!(
                event,
                Event::Text(_) | Event::CData(_) | Event::GeneralRef(_) | Event::Comment(_) | Event::PI(_)
            ) {
                self.flush(&mut writer)?;
            }
            match event {
                Event::Text(text) => self.text.push_str(&text.xml10_content()),
                Event::CData(text) => self.text.push_str(&text.xml10_content()),
                Event::GeneralRef(reference) => match reference.resolve_char_ref()? {
                    Some(c) => self.text.push(c),
                    None => self.text.push_str(
                        quick_xml::escape::resolve_xml_entity(&reference.xml10_content()).unwrap_or_default(),
                    ),
                },
                Event::Comment(_) | Event::PI(_) => {
                    let place = self.place();
                    self.worker.gone(&place, Rule::Comment);
                }
                Event::Start(tag) => {
                    let new = self.open(&tag)?;
                    writer.write_event(Event::Start(new))?;
                }
                Event::Empty(tag) => {
                    let new = self.open(&tag)?;
                    writer.write_event(Event::Empty(new))?;
                    self.close();
                }
                Event::End(tag) => {
                    self.close();
                    writer.write_event(Event::End(tag))?;
                }
                Event::Decl(declaration) => writer.write_event(Event::Decl(declaration))?,
                Event::DocType(_) => {}
                Event::Eof => return Ok(writer.into_inner()),
            }
        }
    }

    /// Writes what becomes of the text since the last tag.
    fn flush(&mut self, writer: &mut Writer<Vec<u8>>) -> Result<(), quick_xml::Error> {
        let text = std::mem::take(&mut self.text);
        if text.trim().is_empty() {
            return Ok(writer.write_event(Event::Text(BytesText::new(&text)))?);
        }
        let outside = self.open.last().map_or(Role::Prose, |(role, _)| *role);
        let new = match self.worker.text(&self.place(), &self.levels, outside, &text) {
            Change::Same => text,
            Change::Text(text) => text,
            Change::Gone => String::new(),
        };
        Ok(writer.write_event(Event::Text(BytesText::new(&new)))?)
    }

    /// Begins an element; what becomes of its attributes.
    fn open<'t>(&mut self, tag: &BytesStart<'t>) -> Result<BytesStart<'t>, quick_xml::Error> {
        let outside = self.open.last().map_or(Role::Prose, |(role, _)| *role);
        if let Some((_, children)) = self.open.last_mut() {
            *children += 1;
        }
        let attributes = tag.attributes().map(|attribute| {
            let attribute = attribute?;
            Ok((
                attribute.key.as_ref().to_owned(),
                attribute.normalized_value(XmlVersion::Explicit1_0)?.into_owned(),
            ))
        });
        let attributes: Vec<(String, String)> = attributes.collect::<Result<_, quick_xml::Error>>()?;
        let mut names =
            std::iter::once(tag.name().into_inner()).chain(attributes.iter().map(|(name, _)| name.as_str()));
        self.tells |= names.any(|name| self.worker.prose("name", Role::Prose, name).is_some());
        self.levels.push(Level { name: tag.local_name().as_ref().to_owned(), facts: attributes.clone() });
        let role = self.worker.table.listed(&self.levels, outside);
        self.open.push((role, 0));
        let mut new = tag.to_owned();
        new.clear_attributes();
        for (name, value) in attributes {
            if let Some(value) = self.attribute(&name, value, role) {
                new.push_attribute((name.as_str(), value.as_str()));
            }
        }
        Ok(new)
    }

    /// What becomes of an attribute. That an element names somebody does not say so of its attributes.
    fn attribute(&mut self, name: &str, value: String, role: Role) -> Option<String> {
        let outside = if role == Role::Indicator { role } else { Role::Prose };
        let place = format!("{}/@{name}", self.place());
        self.levels.push(Level { name: format!("@{name}"), facts: Vec::new() });
        let change = self.worker.text(&place, &self.levels, outside, &value);
        self.levels.pop();
        match change {
            Change::Same => Some(value),
            Change::Text(text) => Some(text),
            Change::Gone => None,
        }
    }

    fn close(&mut self) {
        self.levels.pop();
        self.open.pop();
    }

    /// The way to the element that is open: names, and which of its parent's elements each is.
    fn place(&self) -> String {
        let parents = std::iter::once(1).chain(self.open.iter().map(|(_, children)| *children));
        let levels = self.levels.iter().zip(parents);
        levels.fold(String::new(), |way, (level, number)| format!("{way}/{}[{number}]", level.name))
    }
}
