use std::ops::Range;

use saphyr_parser::{Event, Parser, Span};

use super::Found;
use super::yaml::byte_offset;

/// Looks for a value in well-formed YAML text, by replaying its events.
pub(super) fn locate(text: &str, tokens: &[String]) -> Option<Found> {
    let mut events = Parser::new_from_str(text).map_while(Result::ok).peekable();
    while matches!(events.peek(), Some((Event::StreamStart | Event::DocumentStart(_), _))) {
        events.next();
    }
    let mut walker = Walker { events };
    let mut key = None;
    for token in tokens {
        let here = walker.events.peek().map(|(_, span)| *span)?;
        let Some(entered) = walker.enter(token) else {
            return Some(Found { key: key.map(|k| bytes(text, k)), value: bytes(text, here) });
        };
        key = entered.key;
    }
    let span = walker.skip()?;
    Some(Found { key: key.map(|k| bytes(text, k)), value: bytes(text, span) })
}

fn bytes(text: &str, span: Span) -> Range<usize> {
    let (start, end) = (byte_offset(text, span.start.index()), byte_offset(text, span.end.index()));
    let shown = text.get(start..end).unwrap_or_default().trim_end();
    start..start + shown.len()
}

/// A member or element that was moved to.
struct Entered {
    key: Option<Span>,
}

struct Walker<I: Iterator> {
    events: std::iter::Peekable<I>,
}

impl<'a, I: Iterator<Item = (Event<'a>, Span)>> Walker<I> {
    /// Moves to the member or element that `token` names.
    fn enter(&mut self, token: &str) -> Option<Entered> {
        match self.events.next()?.0 {
            Event::MappingStart(..) => loop {
                let (event, span) = self.events.next()?;
                match event {
                    Event::Scalar(name, ..) if name == token => return Some(Entered { key: Some(span) }),
                    Event::Scalar(..) => self.skip()?,
                    _ => return None,
                };
            },
            Event::SequenceStart(..) => {
                for _ in 0..token.parse::<usize>().ok()? {
                    if matches!(self.events.peek()?.0, Event::SequenceEnd) {
                        return None;
                    }
                    self.skip()?;
                }
                (!matches!(self.events.peek()?.0, Event::SequenceEnd)).then_some(Entered { key: None })
            }
            _ => None,
        }
    }

    /// Passes over one value and yields its span.
    fn skip(&mut self) -> Option<Span> {
        let (event, first) = self.events.next()?;
        let mut depth = usize::from(matches!(event, Event::MappingStart(..) | Event::SequenceStart(..)));
        let mut last = first;
        while depth > 0 {
            let (event, span) = self.events.next()?;
            match event {
                Event::MappingStart(..) | Event::SequenceStart(..) => depth += 1,
                Event::MappingEnd | Event::SequenceEnd => depth -= 1,
                _ => {}
            }
            last = span;
        }
        Some(Span::new(first.start, last.end))
    }
}
