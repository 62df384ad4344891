//! JSON-lines files, line by line in bounded memory.

use std::io::{self, BufRead, BufReader, Read};

/// Longer lines are cut: no resource and no verdict is that large.
const LONGEST: u64 = 4 << 20;

/// The lines of a stream, numbered from 1.
pub(super) struct Lines<R> {
    reader: BufReader<R>,
    buffer: Vec<u8>,
    number: u32,
}

impl<R: Read> Lines<R> {
    pub(super) fn new(reader: R) -> Self {
        Self { reader: BufReader::with_capacity(1 << 16, reader), buffer: Vec::new(), number: 0 }
    }

    /// The next line that is not blank, with its number.
    ///
    /// # Errors
    /// What the reader returned.
    pub(super) fn next(&mut self) -> io::Result<Option<(u32, &[u8])>> {
        loop {
            self.buffer.clear();
            let read = self.reader.by_ref().take(LONGEST).read_until(b'\n', &mut self.buffer)?;
            if read == 0 {
                return Ok(None);
            }
            self.number = self.number.saturating_add(1);
            if !self.buffer.ends_with(b"\n") {
                self.reader.skip_until(b'\n')?;
            }
            if !self.buffer.trim_ascii().is_empty() {
                return Ok(Some((self.number, self.buffer.trim_ascii())));
            }
        }
    }
}
