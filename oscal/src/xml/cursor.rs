//! XML text, event by event, with everything refused that could make it mean something outside of the file.

use std::ops::Range;

use probity_diagnostics::codes::{TOO_DEEP, TOO_MANY_VALUES};
use probity_diagnostics::document::Limits;
use quick_xml::Reader;
use quick_xml::events::Event;

use super::report::{Report, quoted};
use super::text::{is_blank, resolve};
use super::{HINT, NAMESPACE};
use crate::codes;
use crate::markup::expressible;

/// Attributes of one element at the most; every one is compared with the others.
const ATTRIBUTES: usize = 256;
/// Prefixes that are bound at one place at the most.
const PREFIXES: usize = 64;

/// Attributes that say where a schema is.
const SCHEMA_INSTANCE: &str = "http://www.w3.org/2001/XMLSchema-instance";

/// The text cannot be read further; the reason has been reported.
#[derive(Debug)]
pub(super) struct Stop;

/// A piece of XML.
pub(super) enum Token<'t> {
    Start(Tag<'t>),
    End,
    /// Characters as they stand in the text, and where.
    Text(&'t str, usize),
    /// Characters that stand for themselves, and where.
    Literal(&'t str, usize),
    /// A character that was written as a reference.
    Char(char, usize),
    /// What a processing instruction of ours holds.
    Hint(&'t str),
    Eof,
}

/// A start tag.
#[derive(Clone, Copy)]
pub(super) struct Tag<'t> {
    /// Where it stands.
    pub(super) start: usize,
    pub(super) end: usize,
    /// The name without its prefix.
    pub(super) name: &'t str,
    /// What follows the name.
    attributes: &'t str,
    /// Where that begins.
    attributes_at: usize,
    /// Whether the element is of the namespace of OSCAL.
    pub(super) oscal: bool,
}

impl Tag<'_> {
    /// Where the name stands.
    pub(super) fn name_range(&self) -> Range<usize> {
        self.start + 1..self.attributes_at.max(self.start + 1)
    }

    pub(super) fn range(&self) -> Range<usize> {
        self.start..self.end
    }
}

/// An attribute.
#[derive(Clone, Copy)]
pub(super) struct Attribute<'t> {
    pub(super) name: &'t str,
    /// Its value with references.
    pub(super) raw: &'t str,
    /// Where its name begins.
    pub(super) at: usize,
    /// Where its value begins.
    pub(super) value_at: usize,
}

impl Attribute<'_> {
    pub(super) fn name_range(&self) -> Range<usize> {
        self.at..self.at + self.name.len()
    }

    pub(super) fn value_range(&self) -> Range<usize> {
        self.value_at..self.value_at + self.raw.len()
    }
}

/// A prefix that was bound, the depth of its element, and what it stands for.
struct Binding<'t> {
    depth: usize,
    prefix: &'t str,
    uri: String,
}

/// The text and how far it was read.
pub(super) struct Cursor<'t, 'a> {
    text: &'t str,
    reader: Reader<&'t [u8]>,
    bindings: Vec<Binding<'t>>,
    depth: usize,
    values: usize,
    limits: Limits,
    pub(super) report: Report<'a>,
}

impl<'t, 'a> Cursor<'t, 'a> {
    pub(super) fn new(text: &'t str, limits: Limits, report: Report<'a>) -> Self {
        let mut reader = Reader::from_str(text);
        reader.config_mut().expand_empty_elements = true;
        Self { text, reader, bindings: Vec::new(), depth: 0, values: 0, limits, report }
    }

    /// The number of elements that are open.
    pub(super) fn depth(&self) -> usize {
        self.depth
    }

    /// Where the next token begins.
    pub(super) fn position(&self) -> usize {
        usize::try_from(self.reader.buffer_position()).unwrap_or(usize::MAX)
    }

    fn slice(&self, range: Range<usize>) -> &'t str {
        self.text.get(range).unwrap_or_default()
    }

    /// Counts a value.
    pub(super) fn count(&mut self) -> Result<(), Stop> {
        self.values += 1;
        if self.values <= self.limits.values {
            return Ok(());
        }
        let (at, message) =
            (self.position(), format!("the document holds more than {} values", self.limits.values));
        self.report.error(&TOO_MANY_VALUES, at..at, message);
        Err(Stop)
    }

    /// Reports characters that XML does not have, once.
    pub(super) fn check_characters(&mut self) -> Result<(), Stop> {
        let suspect = |byte: &u8| *byte < b' ' && !is_blank(char::from(*byte)) || *byte == 0xef;
        if !self.text.as_bytes().iter().any(suspect) {
            return Ok(());
        }
        let Some((at, c)) = self.text.char_indices().find(|(_, c)| !expressible(*c)) else { return Ok(()) };
        let (range, message) =
            (at..at + c.len_utf8(), format!("XML does not have the character U+{:04X}", u32::from(c)));
        match c {
            '\0' => {
                let help = "the file may be UTF-16: save it as UTF-8 text";
                self.report.error_with_help(&codes::XML_SYNTAX, range, message, help);
            }
            _ => self.report.error(&codes::XML_SYNTAX, range, message),
        }
        Err(Stop)
    }

    /// The next piece; comments and foreign processing instructions are passed over.
    pub(super) fn next(&mut self) -> Result<Token<'t>, Stop> {
        loop {
            let start = self.position();
            let event = match self.reader.read_event() {
                Ok(event) => event,
                Err(error) => return Err(self.malformed(start, &error)),
            };
            let end = self.position();
            return match event {
                Event::Start(_) | Event::Empty(_) => self.start(start, end).map(Token::Start),
                Event::End(_) => {
                    self.leave();
                    Ok(Token::End)
                }
                Event::Text(_) => Ok(Token::Text(self.slice(start..end), start)),
                Event::CData(_) => {
                    let inner = start + "<![CDATA[".len()..end.saturating_sub("]]>".len());
                    Ok(Token::Literal(self.slice(inner), start))
                }
                Event::GeneralRef(_) => self.reference(start..end),
                Event::PI(_) => match self.hint(start..end) {
                    Some(hint) => Ok(Token::Hint(hint)),
                    None => continue,
                },
                Event::Comment(_) => continue,
                Event::Decl(_) => {
                    self.declaration(start..end)?;
                    continue;
                }
                Event::DocType(_) => Err(self.refused(start..end, "the document has a DTD (`<!DOCTYPE`)")),
                Event::Eof if self.depth == 0 => Ok(Token::Eof),
                Event::Eof => Err(self.ended(start)),
            };
        }
    }

    fn ended(&mut self, at: usize) -> Stop {
        self.report.error(
            &codes::XML_SYNTAX,
            at.saturating_sub(1)..at,
            "the text ends before its last element",
        );
        Stop
    }

    fn malformed(&mut self, start: usize, error: &quick_xml::Error) -> Stop {
        let at = usize::try_from(self.reader.error_position()).unwrap_or(start).min(self.text.len());
        let end = self.slice(at..self.text.len()).chars().next().map_or(at, |c| at + c.len_utf8());
        let message = error.to_string();
        let message = message
            .strip_prefix("syntax error: ")
            .or(message.strip_prefix("ill-formed document: "))
            .unwrap_or(&message);
        self.report.error(&codes::XML_SYNTAX, at..end, format!("not well-formed XML: {message}"));
        Stop
    }

    fn refused(&mut self, at: Range<usize>, what: &str) -> Stop {
        let help = "none of this is needed: only elements, attributes and text are read";
        self.report.error_with_help(&codes::XML_REFUSED, at, what, help);
        Stop
    }

    fn declaration(&mut self, range: Range<usize>) -> Result<(), Stop> {
        let content = self.slice(range.clone());
        let Some((_, after)) = content.split_once("encoding") else { return Ok(()) };
        let name = after.trim_start_matches(|c| is_blank(c) || c == '=').trim_start_matches(['"', '\'']);
        let name = name.split(['"', '\'']).next().unwrap_or_default();
        if ["utf-8", "utf8", "us-ascii", "ascii"].contains(&name.to_ascii_lowercase().as_str()) {
            return Ok(());
        }
        Err(self.refused(
            range,
            &format!("the document says that it is encoded as {}, and is read as UTF-8", quoted(name)),
        ))
    }

    fn reference(&mut self, range: Range<usize>) -> Result<Token<'t>, Stop> {
        let name = self.slice(range.start + 1..range.end.saturating_sub(1));
        match resolve(name) {
            Some(c) => Ok(Token::Char(c, range.start)),
            None => Err(self.unknown_reference(name, range)),
        }
    }

    fn unknown_reference(&mut self, name: &str, at: Range<usize>) -> Stop {
        if name.starts_with('#') {
            self.report.error(
                &codes::XML_SYNTAX,
                at,
                format!("{} is no character of XML", quoted(&format!("&{name};"))),
            );
            return Stop;
        }
        self.refused(at, &format!("{} is an entity that XML does not define", quoted(&format!("&{name};"))))
    }

    fn hint(&self, range: Range<usize>) -> Option<&'t str> {
        let content = self.slice(range).strip_prefix("<?")?.strip_suffix("?>")?;
        content.strip_prefix(HINT).filter(|rest| rest.starts_with(is_blank))
    }

    /// Reads a start tag and enters its element.
    fn start(&mut self, start: usize, end: usize) -> Result<Tag<'t>, Stop> {
        self.depth += 1;
        if self.depth > self.limits.depth {
            let message = format!("the document is nested more than {} levels deep", self.limits.depth);
            self.report.error(&TOO_DEEP, start..end, message);
            return Err(Stop);
        }
        let content = self.slice(start + 1..end.saturating_sub(1));
        let content = content.strip_suffix('/').unwrap_or(content);
        let length = content.find(is_blank).unwrap_or(content.len());
        let (qualified, attributes) = content.split_at(length);
        let attributes_at = start + 1 + length;
        let mut tag = Tag { start, end, name: qualified, attributes, attributes_at, oscal: false };
        if attributes.contains("xmlns") {
            self.bind(&tag)?;
        }
        let (prefix, name) = qualified.split_once(':').unwrap_or(("", qualified));
        if name.is_empty() {
            self.report.error(&codes::XML_SYNTAX, start..end, "not well-formed XML: a tag without a name");
            return Err(Stop);
        }
        tag.name = name;
        tag.oscal = self.namespace(prefix) == Some(NAMESPACE);
        Ok(tag)
    }

    fn leave(&mut self) {
        let depth = self.depth;
        while self.bindings.last().is_some_and(|binding| binding.depth >= depth) {
            self.bindings.pop();
        }
        self.depth = depth.saturating_sub(1);
    }

    fn bind(&mut self, tag: &Tag<'t>) -> Result<(), Stop> {
        for attribute in self.attributes(tag)? {
            let prefix = match attribute.name.strip_prefix("xmlns") {
                Some("") => "",
                Some(rest) => match rest.strip_prefix(':') {
                    Some(prefix) => prefix,
                    None => continue,
                },
                None => continue,
            };
            if self.bindings.len() >= PREFIXES {
                return Err(self.refused(tag.range(), &format!("more than {PREFIXES} prefixes are bound")));
            }
            let uri = self.value(&attribute)?;
            self.bindings.push(Binding { depth: self.depth, prefix, uri });
        }
        Ok(())
    }

    /// What a prefix stands for.
    pub(super) fn namespace(&self, prefix: &str) -> Option<&str> {
        let bound = self.bindings.iter().rev().find(|binding| binding.prefix == prefix);
        bound.map(|binding| binding.uri.as_str())
    }

    /// Whether an attribute is no matter of OSCAL: namespaces, the place of a schema, `xml:space` and the like.
    pub(super) fn is_technical(&self, attribute: &Attribute<'_>) -> bool {
        match attribute.name.split_once(':') {
            None => attribute.name == "xmlns",
            Some(("xmlns" | "xml", _)) => true,
            Some((prefix, _)) => self.namespace(prefix) == Some(SCHEMA_INSTANCE),
        }
    }

    /// The attributes of a tag.
    pub(super) fn attributes(&mut self, tag: &Tag<'t>) -> Result<Vec<Attribute<'t>>, Stop> {
        let mut attributes: Vec<Attribute<'t>> = Vec::new();
        let mut rest = tag.attributes;
        loop {
            let trimmed = rest.trim_start_matches(is_blank);
            if trimmed.is_empty() {
                return Ok(attributes);
            }
            let at = tag.attributes_at + (tag.attributes.len() - trimmed.len());
            let scanned = scan(trimmed, at).filter(|_| trimmed.len() < rest.len());
            let Some((attribute, after)) = scanned else {
                self.report.error(
                    &codes::XML_SYNTAX,
                    at..tag.end,
                    "not well-formed XML: an attribute is written as `name=\"value\"`",
                );
                return Err(Stop);
            };
            if attributes.iter().any(|other| other.name == attribute.name) {
                let message = format!("the attribute {} stands twice", quoted(attribute.name));
                self.report.error(&codes::XML_SYNTAX, attribute.name_range(), message);
                return Err(Stop);
            }
            if attributes.len() >= ATTRIBUTES {
                return Err(
                    self.refused(tag.range(), &format!("an element has more than {ATTRIBUTES} attributes"))
                );
            }
            attributes.push(attribute);
            rest = after;
        }
    }

    /// The value of an attribute. Blanks around it are layout, unless they were written as references.
    pub(super) fn value(&mut self, attribute: &Attribute<'_>) -> Result<String, Stop> {
        let raw = attribute.raw.trim_matches(is_blank);
        if !raw.contains(['&', '\t', '\n', '\r']) {
            return Ok(raw.to_owned());
        }
        let mut out = String::with_capacity(raw.len());
        let mut rest = raw;
        while let Some((before, after)) = rest.split_once('&') {
            out.extend(before.chars().map(|c| if is_blank(c) { ' ' } else { c }));
            let (name, after) = after.split_once(';').unwrap_or((after, ""));
            match resolve(name) {
                Some(c) => out.push(c),
                None => return Err(self.unknown_reference(name, attribute.value_range())),
            }
            rest = after;
        }
        out.extend(rest.chars().map(|c| if is_blank(c) { ' ' } else { c }));
        Ok(out)
    }

    /// Passes over the element that was entered last.
    pub(super) fn skip(&mut self) -> Result<(), Stop> {
        let depth = self.depth;
        while self.depth >= depth {
            self.next()?;
        }
        Ok(())
    }
}

/// The attribute that a text begins with, and what follows it.
fn scan(text: &str, at: usize) -> Option<(Attribute<'_>, &str)> {
    let end = text.find(|c| is_blank(c) || matches!(c, '=' | '"' | '\'' | '<'))?;
    let name = text.get(..end).filter(|name| !name.is_empty())?;
    let after = text.get(end..)?.trim_start_matches(is_blank).strip_prefix('=')?.trim_start_matches(is_blank);
    let quote = after.chars().next().filter(|c| matches!(c, '"' | '\''))?;
    let value = after.get(1..)?;
    let (raw, rest) = value.split_once(quote).filter(|(raw, _)| !raw.contains('<'))?;
    Some((Attribute { name, raw, at, value_at: at + (text.len() - value.len()) }, rest))
}
