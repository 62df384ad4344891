//! From a generic value to XML text.

use std::io;

use probity_diagnostics::Pointer;
use serde_json::{Map, Value};

use super::prose_writer::{blocks, inlines, new_line};
use super::text::{push_prose, push_value};
use super::{NAMESPACE, hint};
use crate::markup::{Block, expressible, markdown, parse};
use crate::schema::{Datatype, Definition, Group, Layout, Property, Role, Root, Shape};
use crate::write::WriteError;

/// Bytes that are gathered before they are handed on.
const CHUNK: usize = 1 << 16;

/// Writes a document as XML: `value` is the root with the key of its model, as [`crate::read()`] gives it.
///
/// Elements stand in the order of the model, indented by two blanks; the same value gives the same bytes. `$schema` has
/// no place in XML and is left out.
///
/// # Errors
/// The writer's own, or [`io::ErrorKind::InvalidData`] with a [`WriteError`] where the value is not of the form of an
/// OSCAL document or holds a character that XML does not have. What was written until then is of no use.
pub fn write(value: &Value, writer: &mut dyn io::Write) -> io::Result<()> {
    let (root, model) = root(value).ok_or_else(|| invalid("the value holds no OSCAL model"))?;
    let mut output =
        Output { text: String::with_capacity(CHUNK * 2), writer, pointer: Pointer::root().key(root.key) };
    output.text.push_str("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
    output.object(root.key, Some(NAMESPACE), root.definition, model, 0)?;
    output.text.push('\n');
    output.flush()
}

fn root(value: &Value) -> Option<(&'static Root, &Value)> {
    value.as_object()?.iter().find_map(|(key, model)| Some((Root::of(key)?, model)))
}

fn invalid(message: impl Into<String>) -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, WriteError::new(message))
}

/// What is written, and the place in the value that is being written.
struct Output<'w> {
    text: String,
    writer: &'w mut dyn io::Write,
    pointer: Pointer,
}

impl Output<'_> {
    fn flush(&mut self) -> io::Result<()> {
        self.writer.write_all(self.text.as_bytes())?;
        self.text.clear();
        Ok(())
    }

    fn misfit(&self, what: &str) -> io::Error {
        invalid(format!("`{}` {what}", self.pointer))
    }

    fn object(
        &mut self,
        name: &str,
        namespace: Option<&str>,
        definition: &'static Definition,
        value: &Value,
        level: usize,
    ) -> io::Result<()> {
        let Value::Object(members) = value else { return Err(self.misfit("is no object")) };
        let slots = self.slots(definition, members)?;
        self.text.push('<');
        self.text.push_str(name);
        if let Some(namespace) = namespace {
            self.text.push_str(" xmlns=\"");
            self.text.push_str(namespace);
            self.text.push('"');
        }
        let mut empty = true;
        for (property, value) in &slots {
            if property.role == Role::Flag {
                self.pointer.push_key(property.json);
                self.flag(property, value)?;
                self.pointer.pop();
            } else {
                empty = false;
            }
        }
        if empty {
            self.text.push_str("/>");
            return Ok(());
        }
        self.text.push('>');
        let multiline = self.elements(&slots, level)?;
        if multiline {
            new_line(level, &mut self.text);
        }
        self.close(name);
        if self.text.len() > CHUNK { self.flush() } else { Ok(()) }
    }

    /// The members of an object in the order of the model.
    fn slots<'v>(
        &mut self,
        definition: &'static Definition,
        members: &'v Map<String, Value>,
    ) -> io::Result<Vec<(&'static Property, &'v Value)>> {
        let mut slots = Vec::with_capacity(members.len());
        for (key, value) in members {
            let Some((index, property)) = definition.property(key) else {
                self.pointer.push_key(key);
                return Err(self.misfit("is not known to OSCAL"));
            };
            slots.push((index, property, value));
        }
        slots.sort_unstable_by_key(|(index, ..)| *index);
        Ok(slots.into_iter().map(|(_, property, value)| (property, value)).collect())
    }

    /// Writes what stands between the tags of an object; whether it stands on lines of its own.
    fn elements(&mut self, slots: &[(&'static Property, &Value)], level: usize) -> io::Result<bool> {
        let mut multiline = false;
        for (property, value) in slots {
            if property.role == Role::Flag {
                continue;
            }
            self.pointer.push_key(property.json);
            if property.role == Role::Value {
                self.scalar(property, value, level)?;
            } else {
                self.property(property, value, level + 1)?;
                multiline = true;
            }
            self.pointer.pop();
        }
        Ok(multiline)
    }

    /// The elements of a property.
    fn property(&mut self, property: &'static Property, value: &Value, level: usize) -> io::Result<()> {
        let grouped = property.layout == Layout::Grouped;
        let level_of_items = if grouped { level + 1 } else { level };
        if grouped {
            new_line(level, &mut self.text);
            self.open(property.json);
        }
        match value {
            Value::Array(items) if property.group != Group::Single => {
                for (index, item) in items.iter().enumerate() {
                    self.pointer.push_index(index);
                    self.item(property, item, level_of_items)?;
                    self.pointer.pop();
                }
            }
            item => self.item(property, item, level_of_items)?,
        }
        if grouped {
            new_line(level, &mut self.text);
            self.close(property.json);
        }
        Ok(())
    }

    fn item(&mut self, property: &'static Property, value: &Value, level: usize) -> io::Result<()> {
        if property.layout == Layout::Unwrapped {
            return self.prose(value, level);
        }
        new_line(level, &mut self.text);
        match property.shape {
            Shape::Object(definition) => self.object(property.xml, None, definition, value, level),
            Shape::Scalar(datatype) => {
                self.open(property.xml);
                self.scalar(property, value, level)?;
                if datatype == Datatype::MarkupMultiline
                    && value.as_str().is_some_and(|text| !text.is_empty())
                {
                    new_line(level, &mut self.text);
                }
                self.close(property.xml);
                Ok(())
            }
        }
    }

    fn scalar(&mut self, property: &Property, value: &Value, level: usize) -> io::Result<()> {
        match (property.shape, value) {
            (Shape::Scalar(Datatype::MarkupMultiline), value) => self.multiline(value, level + 1),
            (Shape::Scalar(Datatype::MarkupLine), Value::String(text)) => {
                self.line(text);
                Ok(())
            }
            (_, value) => self.value(value),
        }
    }

    fn value(&mut self, value: &Value) -> io::Result<()> {
        match value {
            Value::String(text) if text.chars().all(expressible) => push_value(text, &mut self.text),
            Value::String(_) => return Err(self.misfit("holds a character that XML does not have")),
            Value::Bool(flag) => self.text.push_str(if *flag { "true" } else { "false" }),
            Value::Number(number) => self.text.push_str(&decimal(number)),
            _ => return Err(self.misfit("is no text, number or boolean")),
        }
        Ok(())
    }

    fn flag(&mut self, property: &Property, value: &Value) -> io::Result<()> {
        self.text.push(' ');
        self.text.push_str(property.xml);
        self.text.push_str("=\"");
        self.value(value)?;
        self.text.push('"');
        Ok(())
    }

    fn open(&mut self, name: &str) {
        self.text.push('<');
        self.text.push_str(name);
        self.text.push('>');
    }

    fn close(&mut self, name: &str) {
        self.text.push_str("</");
        self.text.push_str(name);
        self.text.push('>');
    }

    fn line(&mut self, text: &str) {
        if is_plain(text) {
            return push_prose(text, false, &mut self.text);
        }
        let line = parse::line(text);
        if markdown::line(&line) != text {
            self.text.push_str(&hint::instruction(text));
        }
        inlines(&line, false, &mut self.text);
    }

    fn multiline(&mut self, value: &Value, level: usize) -> io::Result<()> {
        match value {
            Value::String(text) if text.is_empty() => Ok(()),
            value => self.prose(value, level),
        }
    }

    /// Blocks of prose, each on a line of its own.
    fn prose(&mut self, value: &Value, level: usize) -> io::Result<()> {
        let Value::String(text) = value else { return Err(self.misfit("is no text")) };
        if is_plain(text) && !text.starts_with(' ') {
            new_line(level, &mut self.text);
            self.open("p");
            push_prose(text, false, &mut self.text);
            self.close("p");
            return Ok(());
        }
        let tree: Vec<Block> = parse::blocks(text);
        if tree.is_empty() || markdown::blocks(&tree) != *text {
            new_line(level, &mut self.text);
            self.text.push_str(&hint::instruction(text));
        }
        blocks(&tree, level, &mut self.text);
        Ok(())
    }
}

/// Whether a text is one canonical line without any mark.
fn is_plain(text: &str) -> bool {
    let mark = |byte: u8| byte < b' ' || b"*_`[]<>&\\\"~^!{#|".contains(&byte) || byte >= 0xef;
    text.as_bytes().first().is_some_and(u8::is_ascii_alphabetic) && !text.bytes().any(mark)
}

/// A number as XML Schema writes decimals: without an exponent.
fn decimal(number: &serde_json::Number) -> String {
    let text = number.to_string();
    match number.as_f64().filter(|_| text.contains(['e', 'E'])) {
        Some(number) if number.fract() == 0.0 => format!("{number}.0"),
        Some(number) => number.to_string(),
        None => text,
    }
}
