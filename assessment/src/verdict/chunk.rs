//! Evidence files in pieces of many lines, so that threads share the work in bounded memory.

use std::io::{self, Read};
use std::ops::Range;

use probity_evidence::{LINE_LIMIT, Lines, RawLine};

/// Bytes after which a piece is full: enough lines for all threads, few enough to stay in the processor's cache.
const BYTES: usize = 256 << 10;

/// A piece of a file.
#[derive(Debug, Default)]
pub(super) struct Chunk {
    bytes: Vec<u8>,
    /// Line numbers with the place of their text; none for a line beyond the limit.
    lines: Vec<(u32, Option<Range<usize>>)>,
}

impl Chunk {
    /// Takes the next lines that `wanted` says yes to; false at the end of the file.
    pub(super) fn fill<R: Read>(
        &mut self,
        lines: &mut Lines<R>,
        wanted: &dyn Fn(u32) -> bool,
    ) -> io::Result<bool> {
        self.bytes.clear();
        self.lines.clear();
        while self.bytes.len() < BYTES {
            let Some((number, line)) = lines.next_line()? else { break };
            let text = match line {
                RawLine::Text(text) if number == 1 => text.strip_prefix(b"\xef\xbb\xbf").unwrap_or(text),
                RawLine::Text(text) => text,
                RawLine::TooLong => {
                    self.lines.push((number, None));
                    continue;
                }
            };
            if text.trim_ascii().is_empty() || !wanted(number) {
                continue;
            }
            let start = self.bytes.len();
            self.bytes.extend_from_slice(text);
            self.lines.push((number, Some(start..self.bytes.len())));
        }
        Ok(!self.lines.is_empty())
    }

    /// The lines; none for a text beyond the limit.
    pub(super) fn lines(&self) -> Vec<(u32, Option<&[u8]>)> {
        self.lines
            .iter()
            .map(|(number, place)| (*number, place.clone().and_then(|place| self.bytes.get(place))))
            .collect()
    }

    /// How many bytes it holds.
    pub(super) fn len(&self) -> u64 {
        u64::try_from(self.bytes.len()).unwrap_or(u64::MAX)
    }
}

/// The limit, for messages.
pub(super) const LIMIT: usize = LINE_LIMIT;
