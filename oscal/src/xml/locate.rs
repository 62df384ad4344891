//! Places in XML text, found again along the model.

use std::ops::Range;

use probity_diagnostics::document::{Found, Limits};
use probity_diagnostics::{Pointer, TreePath};

use super::cursor::{Cursor, Stop, Tag, Token};
use super::prose::is_block;
use super::report::Report;
use super::text::is_blank;
use crate::schema::{Definition, Layout, Property, Role, Root, Shape};

/// Looks for the element, attribute or prose that `pointer` names.
pub(crate) fn locate(text: &str, pointer: &Pointer) -> Option<Found> {
    let tokens: Vec<String> = pointer.tokens().collect();
    let file = TreePath::root();
    let mut search = Search { text, cursor: Cursor::new(text, Limits::default(), Report::new(&file)) };
    search.document(&tokens).ok().flatten()
}

struct Search<'t, 'a> {
    text: &'t str,
    cursor: Cursor<'t, 'a>,
}

impl<'t> Search<'t, '_> {
    fn document(&mut self, tokens: &[String]) -> Result<Option<Found>, Stop> {
        let tag = loop {
            match self.cursor.next()? {
                Token::Start(tag) => break tag,
                Token::Eof => return Ok(None),
                _ => {}
            }
        };
        let root = tokens.first().and_then(|key| Root::of(key)).filter(|root| root.key == tag.name);
        match root {
            Some(root) => self.object(root.definition, &tag, tokens.get(1..).unwrap_or_default()).map(Some),
            None => self.element(&tag).map(Some),
        }
    }

    /// The element that was entered with `tag`, as a whole.
    fn element(&mut self, tag: &Tag<'_>) -> Result<Found, Stop> {
        self.cursor.skip()?;
        Ok(Found { key: Some(tag.name_range()), value: tag.start..self.cursor.position() })
    }

    /// An element whose value is text: the text without blanks around it.
    fn scalar(&mut self, tag: &Tag<'_>) -> Result<Found, Stop> {
        let mut end = tag.end;
        let depth = self.cursor.depth();
        while self.cursor.depth() >= depth {
            end = self.cursor.position();
            self.cursor.next()?;
        }
        Ok(Found { key: Some(tag.name_range()), value: self.trimmed(tag.end..end).unwrap_or(tag.range()) })
    }

    fn trimmed(&self, range: Range<usize>) -> Option<Range<usize>> {
        let text = self.text.get(range.clone())?;
        let start = range.start + (text.len() - text.trim_start_matches(is_blank).len());
        let length = text.trim_matches(is_blank).len();
        (length > 0).then_some(start..start + length)
    }

    fn object(
        &mut self,
        definition: &'static Definition,
        tag: &Tag<'t>,
        tokens: &[String],
    ) -> Result<Found, Stop> {
        let Some((key, rest)) = tokens.split_first() else { return self.element(tag) };
        let Some((_, property)) = definition.property(key) else { return self.element(tag) };
        match property.role {
            Role::Flag => self.flag(property, tag),
            Role::Value => self.scalar(tag),
            Role::Field | Role::Assembly => self.child(property, tag, rest),
        }
    }

    fn flag(&mut self, property: &Property, tag: &Tag<'t>) -> Result<Found, Stop> {
        let attributes = self.cursor.attributes(tag)?;
        match attributes.iter().find(|attribute| attribute.name == property.xml) {
            Some(attribute) => {
                Ok(Found { key: Some(attribute.name_range()), value: attribute.value_range() })
            }
            None => self.element(tag),
        }
    }

    /// An item of a property among the children of the element that was entered with `tag`.
    fn child(
        &mut self,
        property: &'static Property,
        tag: &Tag<'t>,
        tokens: &[String],
    ) -> Result<Found, Stop> {
        let index = tokens.first().and_then(|token| token.parse::<usize>().ok());
        let rest = if index.is_some() { tokens.get(1..).unwrap_or_default() } else { tokens };
        let name = if property.layout == Layout::Grouped { property.json } else { property.xml };
        let mut left = index.unwrap_or_default();
        let mut prose: Option<Range<usize>> = None;
        let mut first: Option<Range<usize>> = None;
        loop {
            match self.cursor.next()? {
                Token::Start(child) if property.layout == Layout::Unwrapped && is_block(child.name) => {
                    self.cursor.skip()?;
                    let start = prose.map_or(child.start, |range| range.start);
                    prose = Some(start..self.cursor.position());
                }
                Token::Start(child) if child.name == name && property.layout == Layout::Grouped => {
                    return if index.is_some() {
                        self.in_group(property, &child, tokens)
                    } else {
                        self.element(&child)
                    };
                }
                Token::Start(child) if child.name == name && left == 0 => {
                    return self.item(property, &child, rest);
                }
                Token::Start(child) => {
                    if child.name == name {
                        left -= 1;
                        first.get_or_insert(child.name_range());
                    }
                    self.cursor.skip()?;
                }
                Token::End | Token::Eof => break,
                _ => {}
            }
        }
        let whole = tag.start..self.cursor.position();
        Ok(match prose {
            Some(value) => Found { key: None, value },
            None => Found { key: Some(first.unwrap_or(tag.name_range())), value: whole },
        })
    }

    fn in_group(
        &mut self,
        property: &'static Property,
        group: &Tag<'t>,
        tokens: &[String],
    ) -> Result<Found, Stop> {
        let mut left = tokens.first().and_then(|token| token.parse::<usize>().ok()).unwrap_or_default();
        loop {
            match self.cursor.next()? {
                Token::Start(child) if child.name == property.xml && left == 0 => {
                    return self.item(property, &child, tokens.get(1..).unwrap_or_default());
                }
                Token::Start(child) => {
                    left = left.saturating_sub(usize::from(child.name == property.xml));
                    self.cursor.skip()?;
                }
                Token::End | Token::Eof => break,
                _ => {}
            }
        }
        Ok(Found { key: Some(group.name_range()), value: group.start..self.cursor.position() })
    }

    fn item(&mut self, property: &'static Property, tag: &Tag<'t>, tokens: &[String]) -> Result<Found, Stop> {
        match property.shape {
            Shape::Object(definition) => self.object(definition, tag, tokens),
            Shape::Scalar(_) => self.scalar(tag),
        }
    }
}
