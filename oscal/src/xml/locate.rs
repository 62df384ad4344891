//! Places in XML text, found again along the model.

use std::ops::Range;

use probity_diagnostics::document::{Found, Limits};
use probity_diagnostics::{Pointer, TreePath};

use super::cursor::{Cursor, Tag, Token};
use super::prose::is_block;
use super::report::Report;
use super::text::is_blank;
use crate::schema::{Definition, Layout, Property, Role, Root, Shape};

/// Looks for the elements, attributes or prose that pointers name, in one pass over the text.
pub(crate) fn locate_all(text: &str, pointers: &[&Pointer]) -> Vec<Option<Found>> {
    let file = TreePath::root();
    let cursor = Cursor::new(text, Limits::default(), Report::new(&file));
    let mut search = Search { text, cursor, elements: Vec::new() };
    search.outline();
    let tokens = |pointer: &&Pointer| pointer.tokens().collect::<Vec<String>>();
    pointers.iter().map(|pointer| search.document(&tokens(pointer))).collect()
}

/// An element with what stands in it.
struct Element<'t> {
    tag: Tag<'t>,
    /// Where its end tag begins.
    inner_end: usize,
    end: usize,
    children: Vec<usize>,
}

impl Element<'_> {
    /// The element as a whole.
    fn found(&self) -> Found {
        Found { key: Some(self.tag.name_range()), value: self.range() }
    }

    fn range(&self) -> Range<usize> {
        self.tag.start..self.end
    }
}

struct Search<'t, 'a> {
    text: &'t str,
    cursor: Cursor<'t, 'a>,
    /// All elements, in the order of the text.
    elements: Vec<Element<'t>>,
}

impl Search<'_, '_> {
    /// Reads the elements of the text, as far as it is well-formed.
    fn outline(&mut self) {
        let mut open: Vec<usize> = Vec::new();
        loop {
            let before = self.cursor.position();
            let Ok(token) = self.cursor.next() else { break };
            match token {
                Token::Start(tag) => {
                    let number = self.elements.len();
                    if let Some(parent) = open.last().and_then(|parent| self.elements.get_mut(*parent)) {
                        parent.children.push(number);
                    }
                    let end = self.text.len();
                    self.elements.push(Element { tag, inner_end: end, end, children: Vec::new() });
                    open.push(number);
                }
                Token::End => {
                    let ended = open.pop().and_then(|number| self.elements.get_mut(number));
                    if let Some(element) = ended {
                        element.inner_end = before;
                        element.end = self.cursor.position();
                    }
                }
                Token::Eof => break,
                _ => {}
            }
        }
    }

    fn document(&mut self, tokens: &[String]) -> Option<Found> {
        let element = self.elements.first()?;
        let root = tokens.first().and_then(|key| Root::of(key)).filter(|root| root.key == element.tag.name);
        match root {
            Some(root) => self.object(root.definition, 0, tokens.get(1..).unwrap_or_default()),
            None => Some(element.found()),
        }
    }

    fn object(&mut self, definition: &'static Definition, number: usize, tokens: &[String]) -> Option<Found> {
        let element = self.elements.get(number)?;
        let Some((key, rest)) = tokens.split_first() else { return Some(element.found()) };
        let Some((_, property)) = definition.property(key) else { return Some(element.found()) };
        match property.role {
            Role::Flag => self.flag(property, number),
            Role::Value => Some(self.scalar(element)),
            Role::Field | Role::Assembly => self.child(property, number, rest),
        }
    }

    /// An element whose value is text: the text without blanks around it.
    fn scalar(&self, element: &Element<'_>) -> Found {
        let content = element.tag.end..element.inner_end;
        let value = self.trimmed(content).unwrap_or(element.tag.range());
        Found { key: Some(element.tag.name_range()), value }
    }

    fn trimmed(&self, range: Range<usize>) -> Option<Range<usize>> {
        let text = self.text.get(range.clone())?;
        let start = range.start + (text.len() - text.trim_start_matches(is_blank).len());
        let length = text.trim_matches(is_blank).len();
        (length > 0).then_some(start..start + length)
    }

    fn flag(&mut self, property: &Property, number: usize) -> Option<Found> {
        let element = self.elements.get(number)?;
        let attributes = self.cursor.attributes(&element.tag).unwrap_or_default();
        Some(match attributes.iter().find(|attribute| attribute.name == property.xml) {
            Some(attribute) => Found { key: Some(attribute.name_range()), value: attribute.value_range() },
            None => element.found(),
        })
    }

    /// An item of a property among the children of an element.
    fn child(&mut self, property: &'static Property, number: usize, tokens: &[String]) -> Option<Found> {
        let element = self.elements.get(number)?;
        if property.layout == Layout::Unwrapped {
            return Some(self.prose(element));
        }
        let index = tokens.first().and_then(|token| token.parse::<usize>().ok());
        let rest = if index.is_some() { tokens.get(1..).unwrap_or_default() } else { tokens };
        if property.layout != Layout::Grouped {
            return self.item(property, number, index.unwrap_or_default(), rest);
        }
        let group = self.named(element, property.json).next();
        match (group, index) {
            (None, _) => Some(element.found()),
            (Some(group), Some(index)) => self.item(property, group, index, rest),
            (Some(group), None) => self.elements.get(group).map(Element::found),
        }
    }

    /// The blocks of prose that stand in an element, as a whole.
    fn prose(&self, element: &Element<'_>) -> Found {
        let children = element.children.iter().filter_map(|child| self.elements.get(*child));
        let mut blocks = children.filter(|child| is_block(child.tag.name));
        let Some(first) = blocks.next() else { return element.found() };
        let end = blocks.next_back().unwrap_or(first).end;
        Found { key: None, value: first.tag.start..end }
    }

    /// The numbers of the children with a name.
    fn named<'s>(&'s self, element: &'s Element<'_>, name: &'s str) -> impl Iterator<Item = usize> + 's {
        let is_named =
            move |child: &usize| self.elements.get(*child).is_some_and(|child| child.tag.name == name);
        element.children.iter().copied().filter(is_named)
    }

    /// The item of a property with this index among the children of an element; the element where there is none.
    fn item(
        &mut self,
        property: &'static Property,
        number: usize,
        index: usize,
        tokens: &[String],
    ) -> Option<Found> {
        let element = self.elements.get(number)?;
        let mut items = self.named(element, property.xml);
        let first = items.next();
        let Some(item) = (if index == 0 { first } else { items.nth(index - 1) }) else {
            let first = first.and_then(|first| self.elements.get(first)).unwrap_or(element);
            return Some(Found { key: Some(first.tag.name_range()), value: element.range() });
        };
        drop(items);
        match property.shape {
            Shape::Object(definition) => self.object(definition, item, tokens),
            Shape::Scalar(_) => self.elements.get(item).map(|item| self.scalar(item)),
        }
    }
}
