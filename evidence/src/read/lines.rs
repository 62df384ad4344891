use std::io::{self, BufRead, BufReader, Read};

/// The longest line that is read, in bytes.
pub const LINE_LIMIT: usize = 8 << 20;

/// A line of a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RawLine<'a> {
    /// Its bytes, without the line end.
    Text(&'a [u8]),
    /// It is longer than the limit.
    TooLong,
}

/// The lines of a file, in memory of one line.
#[derive(Debug)]
pub struct Lines<R> {
    reader: BufReader<R>,
    buffer: Vec<u8>,
    number: u32,
    limit: usize,
}

impl<R: Read> Lines<R> {
    /// The lines that `reader` yields, each of at most `limit` bytes.
    pub fn new(reader: R, limit: usize) -> Self {
        Self { reader: BufReader::with_capacity(1 << 16, reader), buffer: Vec::new(), number: 0, limit }
    }

    /// The next line and its number, counted from 1.
    ///
    /// # Errors
    /// What the reader returned.
    pub fn next_line(&mut self) -> io::Result<Option<(u32, RawLine<'_>)>> {
        self.buffer.clear();
        let mut length = 0_usize;
        loop {
            let available = self.reader.fill_buf()?;
            if available.is_empty() {
                break;
            }
            let end = memchr::memchr(b'\n', available);
            let part = end.and_then(|at| available.get(..at)).unwrap_or(available);
            let taken = part.len() + usize::from(end.is_some());
            length += taken;
            if length <= self.limit {
                self.buffer.extend_from_slice(part);
            }
            self.reader.consume(taken);
            if end.is_some() {
                break;
            }
        }
        if length == 0 {
            return Ok(None);
        }
        self.number = self.number.saturating_add(1);
        if length > self.limit {
            return Ok(Some((self.number, RawLine::TooLong)));
        }
        let text = self.buffer.strip_suffix(b"\r").unwrap_or(&self.buffer);
        Ok(Some((self.number, RawLine::Text(text))))
    }
}
