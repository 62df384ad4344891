//! The comments of a YAML text, by the entry that they belong to.

use std::collections::BTreeMap;

use saphyr_parser::{Event, Parser, ScalarStyle};

use crate::location::Pointer;

/// What a YAML text says to its human readers, by pointer to the member or item that it stands beside. Blank lines between
/// entries are kept as empty lines, one of several.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Comments {
    /// Lines before the first entry.
    pub head: Vec<String>,
    /// Lines before an entry.
    pub before: BTreeMap<Pointer, Vec<String>>,
    /// What ends the line of an entry.
    pub beside: BTreeMap<Pointer, String>,
    /// Lines after the last entry.
    pub foot: Vec<String>,
    /// Whether an anchor or alias stands in the text.
    pub has_aliases: bool,
}

impl Comments {
    /// Whether nothing is to be kept.
    pub fn is_empty(&self) -> bool {
        self.head.is_empty() && self.before.is_empty() && self.beside.is_empty() && self.foot.is_empty()
    }

    /// Whether there is a comment, and not only blank lines.
    pub fn has_words(&self) -> bool {
        let lines = self.head.iter().chain(self.before.values().flatten()).chain(&self.foot);
        !self.beside.is_empty() || lines.into_iter().any(|line| !line.is_empty())
    }

    /// The comments of a well-formed YAML text. Of one that is not, those before the fault.
    pub fn of(text: &str) -> Self {
        let mut reader = Reader {
            text,
            chars: text.char_indices(),
            counted: 0,
            passed: 0,
            open: Vec::new(),
            last: None,
            waiting: Vec::new(),
            comments: Self::default(),
        };
        for (event, span) in Parser::new_from_str(text).map_while(Result::ok) {
            let start = reader.byte(span.start.index());
            reader.gap(start);
            reader.take(&event);
            let end = reader.byte(span.end.index());
            reader.over(&event, start, end);
        }
        reader.gap(text.len());
        reader.close()
    }
}

/// A collection that is open, and the entry that is being read in it.
enum Open {
    List(usize),
    Map { key: Option<String>, is_key_next: bool },
}

struct Reader<'a> {
    text: &'a str,
    chars: std::str::CharIndices<'a>,
    /// Characters that were taken from `chars`.
    counted: usize,
    /// Bytes that were looked at.
    passed: usize,
    open: Vec<Open>,
    /// The entry that was met last.
    last: Option<Pointer>,
    /// Lines that wait for the next entry.
    waiting: Vec<String>,
    comments: Comments,
}

impl Reader<'_> {
    /// The byte at which the character with this number begins. Numbers never fall by much: spans come in order.
    fn byte(&mut self, index: usize) -> usize {
        if index < self.counted {
            self.chars = self.text.char_indices();
            self.counted = 0;
        }
        let ahead = index - self.counted;
        if ahead > 0 {
            self.chars.nth(ahead - 1);
        }
        self.counted = index;
        self.chars.offset()
    }

    /// Collects what stands between the last event and byte `end`, which is no value.
    fn gap(&mut self, end: usize) {
        let start = self.passed;
        let Some(gap) = self.text.get(start..end) else { return };
        self.passed = end;
        let mut at = start;
        for (index, line) in gap.split_inclusive('\n').enumerate() {
            let begins_line =
                index > 0 || start == 0 || self.text.get(..start).is_some_and(|t| t.ends_with('\n'));
            let ends_line = line.ends_with('\n') || at + line.len() == self.text.len();
            self.gap_line(line, at, begins_line, ends_line);
            at += line.len();
        }
    }

    /// One line, or the part of it that stands in a gap.
    fn gap_line(&mut self, line: &str, at: usize, begins_line: bool, ends_line: bool) {
        let content = line.trim();
        if content.is_empty() {
            if begins_line && ends_line && line.ends_with('\n') {
                self.blank();
            }
            return;
        }
        let Some(hash) = comment_start(line, at == 0 || self.text.get(..at).is_some_and(ends_in_blank))
        else {
            return;
        };
        let comment = line.get(hash..).unwrap_or_default().trim_end().to_owned();
        let own_line =
            begins_line && line.get(..hash).is_some_and(|b| b.trim_matches([' ', '\t', '-']).is_empty());
        match &self.last {
            Some(last) if !own_line => {
                self.comments.beside.insert(last.clone(), comment);
            }
            _ => self.waiting.push(comment),
        }
    }

    fn blank(&mut self) {
        let wanted = self.last.is_some() || !self.waiting.is_empty();
        if wanted && self.waiting.last().is_none_or(|line| !line.is_empty()) {
            self.waiting.push(String::new());
        }
    }

    /// Passes over the text of a scalar. The parser's end of one in quotes may lie past a comment, and that of a block past blank
    /// lines that end it.
    fn over(&mut self, event: &Event<'_>, start: usize, end: usize) {
        let Event::Scalar(_, style, ..) = event else { return };
        let text = self.text.get(start..end).unwrap_or_default();
        let length = match style {
            ScalarStyle::Literal | ScalarStyle::Folded => {
                let body = text.trim_end().len();
                text.get(body..)
                    .and_then(|rest| rest.find('\n'))
                    .map_or(text.len(), |line_feed| body + line_feed + 1)
            }
            ScalarStyle::SingleQuoted => quoted(text, '\'', None),
            ScalarStyle::DoubleQuoted => quoted(text, '"', Some('\\')),
            ScalarStyle::Plain => text.len(),
        };
        self.passed = self.passed.max(start + length);
    }

    fn take(&mut self, event: &Event<'_>) {
        match event {
            Event::Alias(_) => {
                self.comments.has_aliases = true;
                self.value();
            }
            Event::Scalar(text, _, anchor, _) => {
                self.comments.has_aliases |= *anchor != 0;
                self.scalar(text);
            }
            Event::SequenceStart(anchor, _) => {
                self.comments.has_aliases |= *anchor != 0;
                self.value();
                self.open.push(Open::List(0));
            }
            Event::MappingStart(anchor, _) => {
                self.comments.has_aliases |= *anchor != 0;
                self.value();
                self.open.push(Open::Map { key: None, is_key_next: true });
            }
            Event::SequenceEnd | Event::MappingEnd => {
                self.open.pop();
                self.done();
            }
            _ => {}
        }
    }

    fn scalar(&mut self, text: &str) {
        if let Some(Open::Map { key, is_key_next: is_key_next @ true }) = self.open.last_mut() {
            *key = Some(text.to_owned());
            *is_key_next = false;
            self.entry();
            return;
        }
        self.value();
        self.done();
    }

    /// A value begins: an item is an entry, the value of a member is not.
    fn value(&mut self) {
        if let Some(Open::List(_)) = self.open.last() {
            self.entry();
        }
    }

    /// A value ends.
    fn done(&mut self) {
        match self.open.last_mut() {
            Some(Open::List(index)) => *index += 1,
            Some(Open::Map { is_key_next, .. }) => *is_key_next = true,
            None => {}
        }
    }

    /// An entry begins.
    fn entry(&mut self) {
        let mut pointer = Pointer::root();
        for open in &self.open {
            match open {
                Open::List(index) => pointer.push_index(*index),
                Open::Map { key, .. } => pointer.push_key(key.as_deref().unwrap_or_default()),
            }
        }
        let lines = std::mem::take(&mut self.waiting);
        if self.last.is_none() {
            self.comments.head = lines;
        } else if !lines.is_empty() {
            self.comments.before.insert(pointer.clone(), lines);
        }
        self.last = Some(pointer);
    }

    fn close(mut self) -> Comments {
        while self.waiting.last().is_some_and(String::is_empty) {
            self.waiting.pop();
        }
        self.comments.foot = self.waiting;
        self.comments
    }
}

/// Where a comment begins in a line without values: at a `#` after a blank.
fn comment_start(line: &str, after_blank: bool) -> Option<usize> {
    line.char_indices()
        .find(|(at, c)| {
            *c == '#' && if *at == 0 { after_blank } else { line.get(..*at).is_some_and(ends_in_blank) }
        })
        .map(|(at, _)| at)
}

/// The length of a scalar between quotes. In one between `'` a doubled one is a character.
fn quoted(text: &str, quote: char, escape: Option<char>) -> usize {
    let mut chars = text.char_indices().skip(1).peekable();
    while let Some((at, c)) = chars.next() {
        if Some(c) == escape {
            chars.next();
        } else if c == quote {
            let doubled = escape.is_none() && chars.next_if(|(_, next)| *next == quote).is_some();
            if !doubled {
                return at + 1;
            }
        }
    }
    text.len()
}

fn ends_in_blank(text: &str) -> bool {
    text.ends_with([' ', '\t', '\n', '\r'])
}
