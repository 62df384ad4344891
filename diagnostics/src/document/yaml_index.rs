use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use saphyr_parser::{Event, Parser, Span};

use super::Found;
use super::wanted::Wanted;

/// Looks for values in well-formed YAML text, by replaying its events once.
pub(super) fn locate(text: &str, wanted: &Wanted, out: &mut [Option<Found>]) {
    let mut events = Parser::new_from_str(text).map_while(Result::ok).peekable();
    while matches!(events.peek(), Some((Event::StreamStart | Event::DocumentStart(_), _))) {
        events.next();
    }
    Walker { events }.find(wanted, None, false, out);
    in_bytes(text, out);
}

/// Turns ranges of characters into ranges of bytes, without the blanks that
/// the reader counts to the end of a block.
fn in_bytes(text: &str, out: &mut [Option<Found>]) {
    let ranges = || out.iter().flatten().flat_map(|found| found.key.iter().chain([&found.value]));
    let offsets = byte_offsets(text, ranges().flat_map(|range| [range.start, range.end]).collect());
    let bytes = |range: &Range<usize>| {
        let at = |number: usize| offsets.get(&number).copied().unwrap_or(text.len());
        let (start, end) = (at(range.start), at(range.end));
        let shown = text.get(start..end).unwrap_or_default().trim_end();
        start..start + shown.len()
    };
    for found in out.iter_mut().flatten() {
        *found = Found { key: found.key.as_ref().map(bytes), value: bytes(&found.value) };
    }
}

/// The byte offsets of characters given by their number, in one pass.
pub(super) fn byte_offsets(text: &str, numbers: BTreeSet<usize>) -> BTreeMap<usize, usize> {
    let mut offsets = BTreeMap::new();
    let mut characters = text.char_indices();
    let mut passed = 0;
    for number in numbers {
        let at = characters.nth(number - passed).map_or(text.len(), |(at, _)| at);
        passed = number + 1;
        offsets.insert(number, at);
    }
    offsets
}

/// The characters of a span.
fn characters(span: Span) -> Range<usize> {
    span.start.index()..span.end.index()
}

/// What is not in a collection, and the last character of it.
type Passed<'w> = (Vec<&'w Wanted>, usize);

struct Walker<I: Iterator> {
    events: std::iter::Peekable<I>,
}

impl<'a, I: Iterator<Item = (Event<'a>, Span)>> Walker<I> {
    /// Passes over the next value and notes what is wanted of it, in
    /// characters. Stops before its end where nothing is wanted of the rest
    /// and the end is not `needed`.
    fn find(
        &mut self,
        wanted: &Wanted,
        key: Option<Range<usize>>,
        needed: bool,
        out: &mut [Option<Found>],
    ) -> Option<()> {
        let needed = needed || wanted.is_end();
        let (event, span) = self.events.next()?;
        let (missed, end) = match event {
            Event::MappingStart(..) if wanted.leads_on() => self.find_members(wanted, needed, out)?,
            Event::SequenceStart(..) if wanted.leads_on() => self.find_elements(wanted, needed, out)?,
            Event::MappingStart(..) | Event::SequenceStart(..) => (wanted.all(), self.skip_open()?),
            _ => (wanted.all(), span.end.index()),
        };
        let found = Found { key, value: span.start.index()..end };
        wanted.note(&found, out);
        missed.iter().for_each(|missed| missed.note_all(&found, out));
        Some(())
    }

    /// Looks through a mapping.
    fn find_members<'w>(
        &mut self,
        wanted: &'w Wanted,
        needed: bool,
        out: &mut [Option<Found>],
    ) -> Option<Passed<'w>> {
        let mut missing = wanted.members();
        loop {
            let (event, span) = self.events.next()?;
            let member = match event {
                Event::MappingEnd => return Some((missing.into_values().collect(), span.end.index())),
                Event::Scalar(name, ..) => missing.remove(&*name),
                _ => return None,
            };
            let Some(member) = member else {
                self.skip()?;
                continue;
            };
            let needed = needed || !missing.is_empty();
            self.find(member, Some(characters(span)), needed, out)?;
            if !needed {
                return Some((Vec::new(), 0));
            }
        }
    }

    /// Looks through a sequence.
    fn find_elements<'w>(
        &mut self,
        wanted: &'w Wanted,
        needed: bool,
        out: &mut [Option<Found>],
    ) -> Option<Passed<'w>> {
        let (mut missing, others) = wanted.elements();
        let needed = needed || !others.is_empty();
        for number in 0.. {
            if matches!(self.events.peek()?.0, Event::SequenceEnd) {
                break;
            }
            let Some(element) = missing.remove(&number) else {
                self.skip()?;
                continue;
            };
            let needed = needed || !missing.is_empty();
            self.find(element, None, needed, out)?;
            if !needed {
                return Some((Vec::new(), 0));
            }
        }
        let (_, span) = self.events.next()?;
        Some((missing.into_values().chain(others).collect(), span.end.index()))
    }

    /// Passes over one value.
    fn skip(&mut self) -> Option<()> {
        match self.events.next()?.0 {
            Event::MappingStart(..) | Event::SequenceStart(..) => self.skip_open().map(drop),
            _ => Some(()),
        }
    }

    /// Passes over the rest of a collection that was begun; yields its end.
    fn skip_open(&mut self) -> Option<usize> {
        let mut depth = 1_usize;
        loop {
            let (event, span) = self.events.next()?;
            match event {
                Event::MappingStart(..) | Event::SequenceStart(..) => depth += 1,
                Event::MappingEnd | Event::SequenceEnd => depth -= 1,
                _ => {}
            }
            if depth == 0 {
                return Some(span.end.index());
            }
        }
    }
}
