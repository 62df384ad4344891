use std::collections::BTreeMap;
use std::ops::Range;

use saphyr_parser::{Event, Parser, ScalarStyle, Span, Tag};
use serde_json::{Map, Number, Value};

use super::yaml_index::byte_offsets;
use super::{Document, Limits, MOST_TWICE, Twice, syntax, too_deep, too_many_values, too_much_aliased};
use crate::codes;
use crate::diagnostic::{Diagnostic, Diagnostics, Step};
use crate::location::{Location, Pointer};
use crate::tree::TreePath;

pub(super) fn parse(text: &str, path: &TreePath, limits: Limits) -> Step<Vec<Document>> {
    let mut builder = Builder {
        text,
        path,
        limits,
        open: Vec::new(),
        anchors: BTreeMap::new(),
        values: 0,
        aliased: 0,
        line: 1,
        documents: Vec::new(),
        twice: Vec::new(),
    };
    for event in Parser::new_from_str(text) {
        let (event, span) = match event {
            Ok(next) => next,
            Err(error) => {
                let at = byte_offset(text, error.marker().index());
                return Err(builder.fail(if error.info().contains("recursion limit") {
                    too_deep(path, at..at, limits.depth)
                } else {
                    syntax(path, at..at, format!("not well-formed YAML: {}", error.info()))
                }));
            }
        };
        if let Err(fatal) = builder.take(event, span) {
            return Err(builder.fail(*fatal));
        }
    }
    let findings = builder.findings();
    findings.unless_errors(builder.documents)
}

/// The byte offset of the character with number `index`.
pub(super) fn byte_offset(text: &str, index: usize) -> usize {
    text.char_indices().nth(index).map_or(text.len(), |(at, _)| at)
}

/// A collection that is still open.
struct Open {
    anchor: usize,
    values_before: usize,
    kind: Collection,
}

enum Collection {
    List(Vec<Value>),
    /// With the characters of each key that was taken, and of the one whose value follows.
    Map {
        members: Map<String, Value>,
        keys: Vec<Range<usize>>,
        key: Option<(String, Range<usize>)>,
    },
}

/// A finished value, how many values it holds, and the memory that a copy of it takes up.
struct Anchored {
    value: Value,
    values: usize,
    bytes: usize,
    depth: usize,
}

struct Builder<'a> {
    text: &'a str,
    path: &'a TreePath,
    limits: Limits,
    open: Vec<Open>,
    anchors: BTreeMap<usize, Anchored>,
    values: usize,
    /// The memory of all copies that anchors and aliases made.
    aliased: usize,
    line: u32,
    documents: Vec<Document>,
    /// Keys that stand twice, in characters.
    twice: Vec<Twice>,
}

impl Builder<'_> {
    fn take(&mut self, event: Event<'_>, span: Span) -> Result<(), Box<Diagnostic>> {
        match event {
            Event::DocumentStart(_) => {
                self.line = u32::try_from(span.start.line()).unwrap_or(u32::MAX);
                self.anchors.clear();
                self.values = 0;
                self.aliased = 0;
                Ok(())
            }
            Event::Alias(anchor) => self.alias(anchor, span),
            Event::Scalar(text, style, anchor, tag) => {
                self.line_of_first(span);
                self.scalar(&text, style, anchor, tag.as_deref(), span)
            }
            Event::SequenceStart(anchor, _) => self.begin(anchor, Collection::List(Vec::new()), span),
            Event::MappingStart(anchor, _) => {
                self.begin(anchor, Collection::Map { members: Map::new(), keys: Vec::new(), key: None }, span)
            }
            Event::SequenceEnd | Event::MappingEnd => self.end(span),
            Event::Nothing | Event::StreamStart | Event::StreamEnd | Event::DocumentEnd => Ok(()),
        }
    }

    /// A document begins, for its reader, where its first value stands.
    fn line_of_first(&mut self, span: Span) {
        if self.open.is_empty() {
            self.line = u32::try_from(span.start.line()).unwrap_or(u32::MAX);
        }
    }

    fn bytes(&self, span: Span) -> Range<usize> {
        byte_offset(self.text, span.start.index())..byte_offset(self.text, span.end.index())
    }

    fn count(&mut self, more: usize, span: Span) -> Result<(), Box<Diagnostic>> {
        self.values += more;
        if self.values > self.limits.values {
            return Err(Box::new(too_many_values(self.path, self.bytes(span), self.limits.values)));
        }
        Ok(())
    }

    fn unsupported(&self, what: &str, span: Span) -> Box<Diagnostic> {
        let finding = Diagnostic::error(&codes::YAML_UNSUPPORTED, what);
        Box::new(finding.at(Location::span(self.path, self.bytes(span))))
    }

    fn begin(&mut self, anchor: usize, kind: Collection, span: Span) -> Result<(), Box<Diagnostic>> {
        self.line_of_first(span);
        if self.open.len() >= self.limits.depth {
            return Err(Box::new(too_deep(self.path, self.bytes(span), self.limits.depth)));
        }
        if let Some(Open { kind: Collection::Map { key: None, .. }, .. }) = self.open.last() {
            return Err(self.unsupported("a list or mapping stands where a key belongs", span));
        }
        self.open.push(Open { anchor, values_before: self.values, kind });
        self.count(1, span)
    }

    fn end(&mut self, span: Span) -> Result<(), Box<Diagnostic>> {
        let Some(done) = self.open.pop() else { return Ok(()) };
        let value = match done.kind {
            Collection::List(items) => Value::Array(items),
            Collection::Map { members, .. } => Value::Object(members),
        };
        let values = self.values - done.values_before;
        self.remember(done.anchor, &value, values, span)?;
        self.place(value, span)
    }

    /// Counts a copy before it is made.
    fn count_copy(&mut self, bytes: usize, span: Span) -> Result<(), Box<Diagnostic>> {
        self.aliased = self.aliased.saturating_add(bytes);
        if self.aliased > self.limits.aliased {
            return Err(Box::new(too_much_aliased(self.path, self.bytes(span), self.limits.aliased)));
        }
        Ok(())
    }

    fn remember(
        &mut self,
        anchor: usize,
        value: &Value,
        values: usize,
        span: Span,
    ) -> Result<(), Box<Diagnostic>> {
        if anchor == 0 {
            return Ok(());
        }
        let (bytes, depth) = (size(value), depth(value));
        self.count_copy(bytes, span)?;
        self.anchors.insert(anchor, Anchored { value: value.clone(), values, bytes, depth });
        Ok(())
    }

    fn alias(&mut self, anchor: usize, span: Span) -> Result<(), Box<Diagnostic>> {
        let Some(&Anchored { values, bytes, depth, .. }) = self.anchors.get(&anchor) else {
            return Err(self.unsupported("an alias stands inside the value it names", span));
        };
        self.count(values, span)?;
        self.count_copy(bytes, span)?;
        if self.open.len() + depth > self.limits.depth {
            return Err(Box::new(too_deep(self.path, self.bytes(span), self.limits.depth)));
        }
        let value = self.anchors.get(&anchor).map(|a| a.value.clone()).unwrap_or_default();
        self.place(value, span)
    }

    fn scalar(
        &mut self,
        text: &str,
        style: ScalarStyle,
        anchor: usize,
        tag: Option<&Tag>,
        span: Span,
    ) -> Result<(), Box<Diagnostic>> {
        if let Some(Open { kind: Collection::Map { key: key @ None, .. }, .. }) = self.open.last_mut() {
            if text == "<<" && style == ScalarStyle::Plain {
                return Err(Box::new(
                    self.unsupported("merge keys (`<<`) are not part of YAML 1.2", span)
                        .help("write the members out where `<<` stands; a whole value may be repeated by an alias")
                        .help("a key that is really named `<<` is written in quotes"),
                ));
            }
            *key = Some((text.to_owned(), span.start.index()..span.end.index()));
            return Ok(());
        }
        self.count(1, span)?;
        let value = match tag {
            Some(tag) if !tag.is_yaml_core_schema() => {
                return Err(
                    self.unsupported(&format!("the tag `{}{}` is unknown", tag.handle, tag.suffix), span)
                );
            }
            Some(tag) if tag.suffix == "str" => Value::String(text.to_owned()),
            None if style != ScalarStyle::Plain => Value::String(text.to_owned()),
            _ => plain(text),
        };
        self.remember(anchor, &value, 1, span)?;
        self.place(value, span)
    }

    /// Puts a finished value where it belongs.
    fn place(&mut self, value: Value, span: Span) -> Result<(), Box<Diagnostic>> {
        let Some(parent) = self.open.last_mut() else {
            self.documents.push(Document { value, line: self.line });
            return Ok(());
        };
        match &mut parent.kind {
            Collection::List(items) => items.push(value),
            Collection::Map { members, keys, key } => match key.take() {
                None => {
                    return Err(self.unsupported("an alias stands where a key belongs", span));
                }
                Some((key, again)) if members.contains_key(&key) => {
                    let number = members.keys().position(|earlier| *earlier == key);
                    let first = number.and_then(|number| keys.get(number)).unwrap_or(&again).clone();
                    return self.again(key, first, again);
                }
                Some((key, again)) => {
                    members.insert(key, value);
                    keys.push(again);
                }
            },
        }
        Ok(())
    }

    /// Notes a key that stands twice.
    fn again(
        &mut self,
        key: String,
        first: Range<usize>,
        again: Range<usize>,
    ) -> Result<(), Box<Diagnostic>> {
        if self.twice.len() >= MOST_TWICE {
            let at = byte_offset(self.text, again.start);
            return Err(Box::new(syntax(self.path, at..at, "more than a hundred duplicate keys")));
        }
        self.twice.push(Twice { object: self.pointer(), key, first, again });
        Ok(())
    }

    /// What was found, and what it ended with.
    fn fail(&mut self, fatal: Diagnostic) -> Diagnostics {
        let mut findings = self.findings();
        findings.push(fatal);
        findings
    }

    /// What was found.
    fn findings(&mut self) -> Diagnostics {
        let numbers =
            self.twice.iter().flat_map(|t| [t.first.start, t.first.end, t.again.start, t.again.end]);
        let offsets = byte_offsets(self.text, numbers.collect());
        let bytes = |range: Range<usize>| {
            let at = |number| offsets.get(&number).copied().unwrap_or(self.text.len());
            at(range.start)..at(range.end)
        };
        let twice = std::mem::take(&mut self.twice).into_iter();
        let twice = twice.map(|t| Twice { first: bytes(t.first), again: bytes(t.again), ..t });
        twice.map(|twice| twice.finding(self.path)).collect()
    }

    /// The pointer to the innermost open collection.
    fn pointer(&self) -> Pointer {
        let mut pointer = Pointer::root();
        for open in self.open.iter().take(self.open.len().saturating_sub(1)) {
            match &open.kind {
                Collection::List(items) => pointer.push_index(items.len()),
                Collection::Map { key, .. } => {
                    pointer.push_key(key.as_ref().map_or("", |(key, _)| key.as_str()));
                }
            }
        }
        pointer
    }
}

/// Levels of objects and lists in a value.
fn depth(value: &Value) -> usize {
    match value {
        Value::Array(items) => 1 + items.iter().map(depth).max().unwrap_or(0),
        Value::Object(members) => 1 + members.values().map(depth).max().unwrap_or(0),
        _ => 0,
    }
}

/// The memory that a copy of a value takes up, about.
fn size(value: &Value) -> usize {
    const MEMBER: usize = 64;
    size_of::<Value>()
        + match value {
            Value::String(text) => text.len(),
            Value::Array(items) => items.iter().map(size).sum(),
            Value::Object(members) => {
                members.iter().map(|(key, value)| MEMBER + key.len() + size(value)).sum()
            }
            _ => 0,
        }
}

/// A plain scalar by the core schema (YAML 1.2.2, section 10.3.2).
pub(super) fn plain(text: &str) -> Value {
    match text {
        "" | "~" | "null" | "Null" | "NULL" => return Value::Null,
        "true" | "True" | "TRUE" => return Value::Bool(true),
        "false" | "False" | "FALSE" => return Value::Bool(false),
        _ => {}
    }
    number(text).map_or_else(|| Value::String(text.to_owned()), Value::Number)
}

fn number(text: &str) -> Option<Number> {
    if let Some(octal) = text.strip_prefix("0o") {
        return u64::from_str_radix(octal, 8).ok().map(Number::from);
    }
    if let Some(hexadecimal) = text.strip_prefix("0x") {
        return u64::from_str_radix(hexadecimal, 16).ok().map(Number::from);
    }
    let digits = text.strip_prefix(['-', '+']).unwrap_or(text);
    if !digits.starts_with(|c: char| c.is_ascii_digit() || c == '.')
        || !digits.bytes().all(|b| b.is_ascii_digit() || b".eE+-".contains(&b))
        || !digits.contains(|c: char| c.is_ascii_digit())
    {
        return None;
    }
    let unsigned = text.strip_prefix('+').unwrap_or(text);
    if let Ok(whole) = unsigned.parse::<i64>() {
        return Some(whole.into());
    }
    if let Ok(whole) = unsigned.parse::<u64>() {
        return Some(whole.into());
    }
    unsigned.parse::<f64>().ok().and_then(Number::from_f64)
}
