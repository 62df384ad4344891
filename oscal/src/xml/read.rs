//! From XML text to a generic value, as JSON would give it.

use probity_diagnostics::Diagnostics;
use probity_diagnostics::TreePath;
use probity_diagnostics::document::Limits;
use serde_json::{Map, Value};

use super::NAMESPACE;
use super::cursor::{Cursor, Stop, Tag, Token};
use super::prose::{self, is_block};
use super::report::{Report, quoted};
use super::text::{blank, is_blank};
use crate::codes;
use crate::markup::Block;
use crate::schema::{Datatype, Definition, Group, JsonType, Layout, Property, ROOTS, Role, Root, Shape};

/// Reads the one document of a text. The value is what could be made of it, also where there are errors.
pub(crate) fn read(text: &str, file: &TreePath, limits: Limits) -> (Option<Value>, Diagnostics) {
    let mut reading = Reading { cursor: Cursor::new(text, limits, Report::new(file)) };
    let value = reading.document().ok();
    (value, reading.cursor.report.finish())
}

/// The reading of one text.
pub(super) struct Reading<'t, 'a> {
    pub(super) cursor: Cursor<'t, 'a>,
}

/// An object that is being read: a value for each of its properties, or null.
struct Frame {
    definition: &'static Definition,
    values: Vec<Value>,
    prose: Vec<Block>,
    hint: Option<String>,
}

/// What a child element is.
enum Child {
    /// An item of the property with this index.
    Item(usize, &'static Property),
    /// The element around all items of a property.
    Group(usize, &'static Property),
    /// A block of prose without an element around it.
    Block,
}

impl<'t> Reading<'t, '_> {
    fn document(&mut self) -> Result<Value, Stop> {
        self.cursor.check_characters()?;
        let tag = loop {
            match self.cursor.next()? {
                Token::Start(tag) => break tag,
                Token::Text(text, at) => self.outside(text, at)?,
                Token::Eof => return Err(self.not_oscal(0..0, "the file holds no element")),
                _ => {}
            }
        };
        let root = self.root(&tag)?;
        let value = self.object(root.definition, &tag)?;
        loop {
            match self.cursor.next()? {
                Token::Eof => break,
                Token::Start(tag) => {
                    self.cursor.report.error(
                        &codes::XML_SYNTAX,
                        tag.range(),
                        "the document has a second root element",
                    );
                    return Err(Stop);
                }
                Token::Text(text, at) => self.outside(text, at)?,
                _ => {}
            }
        }
        Ok(Value::Object(Map::from_iter([(root.key.to_owned(), value)])))
    }

    fn outside(&mut self, text: &str, at: usize) -> Result<(), Stop> {
        if blank(text) {
            return Ok(());
        }
        self.cursor.report.error(
            &codes::XML_SYNTAX,
            at..at + text.len(),
            "text stands outside of the root element",
        );
        Err(Stop)
    }

    fn not_oscal(&mut self, at: std::ops::Range<usize>, why: &str) -> Stop {
        self.cursor.report.error(&codes::NOT_OSCAL, at, format!("not an OSCAL document: {why}"));
        Stop
    }

    fn root(&mut self, tag: &Tag<'_>) -> Result<&'static Root, Stop> {
        if !tag.oscal {
            let message = format!(
                "not an OSCAL document: the root element {} is not of the namespace {NAMESPACE}",
                quoted(tag.name)
            );
            let help = format!("write `<{} xmlns=\"{NAMESPACE}\">`", tag.name);
            let report = &mut self.cursor.report;
            match Root::of(tag.name) {
                Some(_) => report.error_with_help(&codes::NOT_OSCAL, tag.range(), message, &help),
                None => report.error(&codes::NOT_OSCAL, tag.range(), message),
            }
            return Err(Stop);
        }
        if let Some(root) = Root::of(tag.name) {
            return Ok(root);
        }
        let message = format!("not an OSCAL document: {} is no OSCAL model", quoted(tag.name));
        let known = ROOTS.iter().map(|root| root.key);
        self.cursor.report.unknown(&codes::NOT_OSCAL, tag.name_range(), message, (tag.name, known));
        Err(Stop)
    }

    /// The object of the element that was entered with `tag`.
    fn object(&mut self, definition: &'static Definition, tag: &Tag<'t>) -> Result<Value, Stop> {
        self.cursor.count()?;
        let mut frame = Frame::new(definition);
        self.flags(&mut frame, tag)?;
        let value = definition.properties.iter().position(|property| property.role == Role::Value);
        match value.and_then(|index| Some((index, definition.properties.get(index)?))) {
            Some((index, property)) => {
                let value = self.scalar(property)?;
                frame.set(index, value);
            }
            None => self.children(&mut frame)?,
        }
        Ok(frame.finish())
    }

    fn flags(&mut self, frame: &mut Frame, tag: &Tag<'t>) -> Result<(), Stop> {
        for attribute in self.cursor.attributes(tag)? {
            let flag = |property: &Property| property.role == Role::Flag && property.xml == attribute.name;
            let index = frame.definition.properties.iter().position(flag);
            match index.and_then(|index| Some((index, frame.definition.properties.get(index)?))) {
                Some((index, property)) => {
                    self.cursor.count()?;
                    let text = self.cursor.value(&attribute)?;
                    frame.set(index, typed(property, text));
                }
                None if self.cursor.is_technical(&attribute) => {}
                None => self.unknown_attribute(tag.name, &attribute, flags(frame.definition)),
            }
        }
        Ok(())
    }

    fn children(&mut self, frame: &mut Frame) -> Result<(), Stop> {
        loop {
            match self.cursor.next()? {
                Token::Start(tag) => self.child(frame, &tag)?,
                Token::End | Token::Eof => return Ok(()),
                Token::Text(text, at) | Token::Literal(text, at) => self.stray(frame.definition, text, at),
                Token::Char(c, at) => self.stray(frame.definition, c.encode_utf8(&mut [0; 4]), at),
                Token::Hint(content) => frame.hint = super::hint::text(content),
            }
        }
    }

    fn stray(&mut self, definition: &Definition, text: &str, at: usize) {
        if blank(text) {
            return;
        }
        let start = at + (text.len() - text.trim_start_matches(is_blank).len());
        let end = at + text.trim_end_matches(is_blank).len();
        let message = format!("text has no place in `{}` outside of its elements", definition.name);
        self.cursor.report.error(&codes::XML_TEXT, start..end.max(start), message);
    }

    fn child(&mut self, frame: &mut Frame, tag: &Tag<'t>) -> Result<(), Stop> {
        if self.foreign(tag) {
            return self.cursor.skip();
        }
        match frame.child(tag.name) {
            Some(Child::Item(index, property)) => {
                let item = self.item(property, tag)?;
                self.add(frame, index, property, (tag, item));
            }
            Some(Child::Group(index, property)) => self.group(frame, index, property, tag)?,
            Some(Child::Block) => {
                let block = self.block(tag, false)?;
                frame.prose.extend(block);
            }
            None => {
                self.unknown_element(&quoted(frame.definition.name), tag, frame.names());
                self.cursor.skip()?;
            }
        }
        Ok(())
    }

    fn add(&mut self, frame: &mut Frame, index: usize, property: &Property, (tag, item): (&Tag<'t>, Value)) {
        if !frame.add(index, property, item) {
            let message = format!("`{}` holds `{}` more than once", frame.definition.name, property.xml);
            self.cursor.report.error(&codes::XML_REPEATED, tag.name_range(), message);
        }
    }

    /// The items of a property that has an element around all of them.
    fn group(
        &mut self,
        frame: &mut Frame,
        index: usize,
        property: &'static Property,
        tag: &Tag<'t>,
    ) -> Result<(), Stop> {
        self.no_attributes(tag)?;
        if let Some(Value::Null) = frame.values.get(index) {
            frame.set(index, Value::Array(Vec::new()));
        }
        loop {
            match self.cursor.next()? {
                Token::Start(tag) if self.foreign(&tag) => self.cursor.skip()?,
                Token::Start(tag) if tag.name == property.xml => {
                    let item = self.item(property, &tag)?;
                    self.add(frame, index, property, (&tag, item));
                }
                Token::Start(tag) => {
                    self.unknown_element(&quoted(property.json), &tag, std::iter::once(property.xml));
                    self.cursor.skip()?;
                }
                Token::End | Token::Eof => return Ok(()),
                Token::Text(text, at) | Token::Literal(text, at) => self.stray(frame.definition, text, at),
                Token::Char(c, at) => self.stray(frame.definition, c.encode_utf8(&mut [0; 4]), at),
                Token::Hint(_) => {}
            }
        }
    }

    /// One item of a property.
    fn item(&mut self, property: &'static Property, tag: &Tag<'t>) -> Result<Value, Stop> {
        match property.shape {
            Shape::Object(definition) => self.object(definition, tag),
            Shape::Scalar(_) => {
                self.no_attributes(tag)?;
                self.scalar(property)
            }
        }
    }

    /// The value of the element that was entered last.
    fn scalar(&mut self, property: &Property) -> Result<Value, Stop> {
        self.cursor.count()?;
        match property.shape {
            Shape::Scalar(Datatype::MarkupLine) => self.markup_line().map(Value::String),
            Shape::Scalar(Datatype::MarkupMultiline) => self.markup_multiline().map(Value::String),
            _ => self.text(property.xml).map(|text| typed(property, text)),
        }
    }

    /// The text of an element without elements. Blanks around it are layout, unless they were written as references.
    fn text(&mut self, name: &str) -> Result<String, Stop> {
        let mut out = String::new();
        // what was written as a reference is kept up to here
        let mut kept = 0;
        loop {
            match self.cursor.next()? {
                Token::Text(text, _) if out.is_empty() => out.push_str(text.trim_start_matches(is_blank)),
                Token::Text(text, _) => out.push_str(text),
                Token::Literal(text, _) => {
                    out.push_str(text);
                    kept = out.len();
                }
                Token::Char(c, _) => {
                    out.push(c);
                    kept = out.len();
                }
                Token::Start(tag) => {
                    self.unknown_element(&quoted(name), &tag, std::iter::empty());
                    self.cursor.skip()?;
                }
                Token::Hint(_) => {}
                Token::End | Token::Eof => break,
            }
        }
        let length = out.trim_end_matches(is_blank).len().max(kept);
        out.truncate(length);
        Ok(if out.contains('\r') { out.replace("\r\n", "\n") } else { out })
    }

    /// Reports an element of another namespace.
    pub(super) fn foreign(&mut self, tag: &Tag<'_>) -> bool {
        if !tag.oscal {
            let message = format!("{} is not of the namespace of OSCAL", quoted(tag.name));
            let help = "OSCAL has no place for elements of others: put the information into `prop` elements";
            self.cursor.report.error_with_help(&codes::XML_FOREIGN, tag.name_range(), message, help);
        }
        !tag.oscal
    }

    /// Reports an element that is not known where it stands.
    pub(super) fn unknown_element<'n>(
        &mut self,
        parent: &str,
        tag: &Tag<'_>,
        known: impl Iterator<Item = &'n str> + Clone,
    ) {
        let message = format!("{parent} has no element {}", quoted(tag.name));
        self.cursor.report.unknown(&codes::XML_ELEMENT, tag.name_range(), message, (tag.name, known));
    }

    fn unknown_attribute<'n>(
        &mut self,
        element: &str,
        attribute: &super::cursor::Attribute<'_>,
        known: impl Iterator<Item = &'n str> + Clone,
    ) {
        if attribute.name.contains(':') {
            let message = format!("the attribute {} is not of OSCAL", quoted(attribute.name));
            return self.cursor.report.error(&codes::XML_FOREIGN, attribute.name_range(), message);
        }
        let message = format!("`{element}` has no attribute {}", quoted(attribute.name));
        let known = (attribute.name, known);
        self.cursor.report.unknown(&codes::XML_ATTRIBUTE, attribute.name_range(), message, known);
    }

    fn no_attributes(&mut self, tag: &Tag<'t>) -> Result<(), Stop> {
        self.named_attributes(tag, []).map(|[]| ())
    }

    /// The values of the attributes with these names; others are reported.
    pub(super) fn named_attributes<const N: usize>(
        &mut self,
        tag: &Tag<'t>,
        names: [&str; N],
    ) -> Result<[Option<String>; N], Stop> {
        let mut values = [const { None }; N];
        for attribute in self.cursor.attributes(tag)? {
            let index = names.iter().position(|name| *name == attribute.name);
            if let Some(value) = index.and_then(|index| values.get_mut(index)) {
                *value = Some(self.cursor.value(&attribute)?);
            } else if !self.cursor.is_technical(&attribute) {
                self.unknown_attribute(tag.name, &attribute, names.iter().copied());
            }
        }
        Ok(values)
    }
}

fn flags(definition: &'static Definition) -> impl Iterator<Item = &'static str> + Clone {
    definition.properties.iter().filter(|property| property.role == Role::Flag).map(|property| property.xml)
}

/// A text as the JSON type of its datatype; text that is none stays text, for the validator to report.
fn typed(property: &Property, text: String) -> Value {
    let Shape::Scalar(datatype) = property.shape else { return Value::String(text) };
    let value = match (datatype.json(), text.as_str()) {
        (JsonType::Boolean, "true" | "1") => Some(Value::Bool(true)),
        (JsonType::Boolean, "false" | "0") => Some(Value::Bool(false)),
        (JsonType::Integer | JsonType::Number, number) => self::number(number),
        _ => None,
    };
    value.unwrap_or(Value::String(text))
}

/// A decimal number of XML Schema: a sign, digits, and perhaps a point among them.
fn number(text: &str) -> Option<Value> {
    let plain = text.bytes().all(|byte| byte.is_ascii_digit() || b"+-.".contains(&byte));
    let unsigned = text.strip_prefix('+').unwrap_or(text);
    if !plain {
        return None;
    }
    if let Ok(number) = unsigned.parse::<i64>() {
        return Some(number.into());
    }
    if let Ok(number) = unsigned.parse::<u64>() {
        return Some(number.into());
    }
    unsigned.parse::<f64>().ok().and_then(serde_json::Number::from_f64).map(Value::Number)
}

impl Frame {
    fn new(definition: &'static Definition) -> Self {
        let values = vec![Value::Null; definition.properties.len()];
        Self { definition, values, prose: Vec::new(), hint: None }
    }

    fn set(&mut self, index: usize, value: Value) {
        if let Some(place) = self.values.get_mut(index) {
            *place = value;
        }
    }

    /// Adds an item; false where there is one already and there can be no more.
    fn add(&mut self, index: usize, property: &Property, item: Value) -> bool {
        match self.values.get_mut(index) {
            Some(Value::Array(items)) => items.push(item),
            Some(place @ Value::Null) if property.group == Group::Single => *place = item,
            Some(place @ Value::Null) => *place = Value::Array(vec![item]),
            _ => return false,
        }
        true
    }

    fn child(&self, name: &str) -> Option<Child> {
        let elements = self.definition.properties.iter().enumerate();
        let mut elements = elements.filter(|(_, property)| is_element(property));
        let found = elements.find_map(|(index, property)| match property.layout {
            Layout::Wrapped if property.xml == name => Some(Child::Item(index, property)),
            Layout::Grouped if property.json == name => Some(Child::Group(index, property)),
            _ => None,
        });
        found.or_else(|| (self.unwrapped().is_some() && is_block(name)).then_some(Child::Block))
    }

    fn unwrapped(&self) -> Option<usize> {
        self.definition.properties.iter().position(|property| property.layout == Layout::Unwrapped)
    }

    /// The names of the elements that may stand here.
    fn names(&self) -> impl Iterator<Item = &'static str> + Clone + use<> {
        let elements = self.definition.properties.iter().filter(|property| is_element(property));
        elements.filter_map(|property| match property.layout {
            Layout::Wrapped => Some(property.xml),
            Layout::Grouped => Some(property.json),
            Layout::Unwrapped => None,
        })
    }

    fn finish(mut self) -> Value {
        if let Some(index) = self.unwrapped().filter(|_| !self.prose.is_empty() || self.hint.is_some()) {
            let text = prose::chosen(self.hint.take(), &self.prose);
            self.set(index, Value::String(text));
        }
        let standing = self.values.iter().filter(|value| !value.is_null()).count();
        let mut members = Map::with_capacity(standing);
        for (property, value) in self.definition.properties.iter().zip(self.values) {
            let value = match (property.group, value) {
                (_, Value::Null) => continue,
                (Group::SingletonOrArray, Value::Array(mut items)) if items.len() == 1 => {
                    items.pop().unwrap_or_default()
                }
                (_, value) => value,
            };
            members.insert(property.json.to_owned(), value);
        }
        Value::Object(members)
    }
}

fn is_element(property: &Property) -> bool {
    matches!(property.role, Role::Field | Role::Assembly)
}
