//! YAML in blocks: two blanks for each level, lists set in from their key.

use std::io::{self, Write};

use probity_diagnostics::Pointer;
use probity_diagnostics::document::Comments;
use serde_json::{Map, Value};

use super::canonical::{Kind, Member};
use super::scalar::{self, Style, WIDTH};

/// Writes a value.
pub(super) fn write(value: &Value, kind: Kind, comments: &Comments, out: &mut dyn Write) -> io::Result<()> {
    let mut yaml = Yaml { out, comments, pointer: Pointer::root() };
    yaml.lines(&comments.head, 0)?;
    match value {
        Value::Object(object) if !object.is_empty() => yaml.object(object, kind, 0, false)?,
        Value::Array(items) if !items.is_empty() => yaml.list(items, kind, 0, false)?,
        Value::String(text) => writeln!(yaml.out, "{}", scalar::double_quoted(text))?,
        scalar => writeln!(yaml.out, "{scalar}")?,
    }
    yaml.lines(&comments.foot, 0)
}

struct Yaml<'a> {
    out: &'a mut dyn Write,
    comments: &'a Comments,
    /// The entry that is written; kept only where there are comments to place.
    pointer: Pointer,
}

impl Yaml<'_> {
    /// The members of an object, each on a line that is set in by `indent`, but for the first of an object that begins `inline`.
    fn object(
        &mut self,
        object: &Map<String, Value>,
        kind: Kind,
        indent: usize,
        inline: bool,
    ) -> io::Result<()> {
        for (index, Member { key, value, kind }) in kind.members(object).into_iter().enumerate() {
            self.enter(|pointer| pointer.push_key(key));
            if !inline || index > 0 {
                self.before(indent)?;
                self.set_in(indent)?;
            }
            let key = key_text(key);
            write!(self.out, "{key}:")?;
            match value {
                Value::Object(inner) if !inner.is_empty() => {
                    self.end_line()?;
                    self.object(inner, kind, indent + 2, false)?;
                }
                Value::Array(items) if !items.is_empty() => {
                    self.end_line()?;
                    self.list(items, kind, indent + 2, false)?;
                }
                leaf => {
                    write!(self.out, " ")?;
                    self.leaf(leaf, indent + 2, indent + key.chars().count() + 2)?;
                }
            }
            self.leave();
        }
        Ok(())
    }

    /// The items of a list, set in as the members of an object are.
    fn list(&mut self, items: &[Value], kind: Kind, indent: usize, inline: bool) -> io::Result<()> {
        for (index, value) in items.iter().enumerate() {
            self.enter(|pointer| pointer.push_index(index));
            if !inline || index > 0 {
                self.before(indent)?;
                self.set_in(indent)?;
            }
            write!(self.out, "- ")?;
            match value {
                Value::Object(inner) if !inner.is_empty() => self.object(inner, kind, indent + 2, true)?,
                Value::Array(inner) if !inner.is_empty() => self.list(inner, kind, indent + 2, true)?,
                leaf => self.leaf(leaf, indent + 2, indent + 2)?,
            }
            self.leave();
        }
        Ok(())
    }

    /// A scalar or something empty, from `column` on; the lines of a block are set in by `indent`.
    fn leaf(&mut self, value: &Value, indent: usize, column: usize) -> io::Result<()> {
        let Value::String(text) = value else {
            write!(self.out, "{value}")?;
            return self.end_line();
        };
        match scalar::style(text, WIDTH.saturating_sub(column)) {
            Style::Plain => write!(self.out, "{text}")?,
            Style::Single => write!(self.out, "{}", scalar::single_quoted(text))?,
            Style::Double => write!(self.out, "{}", scalar::double_quoted(text))?,
            Style::Literal { ends_line } => {
                write!(self.out, "{}", if ends_line { "|" } else { "|-" })?;
                self.end_line()?;
                let body = text.strip_suffix('\n').unwrap_or(text);
                return body.split('\n').try_for_each(|line| self.line(line, indent));
            }
            Style::Folded => {
                write!(self.out, ">-")?;
                self.end_line()?;
                let width = WIDTH.saturating_sub(indent).max(40);
                return scalar::folded(text, width).into_iter().try_for_each(|line| self.line(line, indent));
            }
        }
        self.end_line()
    }

    fn set_in(&mut self, indent: usize) -> io::Result<()> {
        write!(self.out, "{:indent$}", "")
    }

    /// A line of a block; an empty one is not set in.
    fn line(&mut self, line: &str, indent: usize) -> io::Result<()> {
        if !line.is_empty() {
            self.set_in(indent)?;
        }
        writeln!(self.out, "{line}")
    }

    /// Lines that stand by themselves.
    fn lines(&mut self, lines: &[String], indent: usize) -> io::Result<()> {
        lines.iter().try_for_each(|line| self.line(line, indent))
    }

    /// What stands before the line of this entry.
    fn before(&mut self, indent: usize) -> io::Result<()> {
        match self.comments.before.get(&self.pointer) {
            Some(lines) => self.lines(lines, indent),
            None => Ok(()),
        }
    }

    /// Ends the line of this entry, with the comment that stands there.
    fn end_line(&mut self) -> io::Result<()> {
        match self.comments.beside.get(&self.pointer) {
            Some(comment) => writeln!(self.out, " {comment}"),
            None => writeln!(self.out),
        }
    }

    fn enter(&mut self, push: impl FnOnce(&mut Pointer)) {
        if !self.comments.is_empty() {
            push(&mut self.pointer);
        }
    }

    fn leave(&mut self) {
        if !self.comments.is_empty() {
            self.pointer.pop();
        }
    }
}

/// A key: plain, or quoted.
fn key_text(key: &str) -> String {
    match scalar::style(key, usize::MAX) {
        Style::Plain => key.to_owned(),
        Style::Single => scalar::single_quoted(key),
        _ => scalar::double_quoted(key),
    }
}
