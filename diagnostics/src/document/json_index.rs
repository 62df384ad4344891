use std::borrow::Cow;
use std::collections::BTreeMap;
use std::ops::Range;

use super::wanted::Wanted;
use super::{Found, Twice};
use crate::location::Pointer;

/// Looks for values in JSON text. Without recursion over values that are
/// passed over, so that deep text costs no stack. Nothing is read past the
/// last of them.
pub(super) fn locate(text: &str, wanted: &Wanted, out: &mut [Option<Found>]) {
    let mut scanner = Scanner { text, at: 0 };
    scanner.find(wanted, None, false, out);
}

/// The keys that stand twice in an object, in the order of the text; at most `limit`.
pub(super) fn twice(text: &str, limit: usize) -> Vec<Twice> {
    let mut scanner = Scanner { text, at: 0 };
    let mut found = Vec::new();
    let mut open: Vec<Open<'_>> = Vec::new();
    while found.len() < limit && scanner.token(&mut open, &mut found).is_some() {}
    found
}

/// An object or list that is still open.
enum Open<'a> {
    Object { keys: BTreeMap<Cow<'a, str>, Range<usize>>, key: Cow<'a, str> },
    List(usize),
}

struct Scanner<'a> {
    text: &'a str,
    at: usize,
}

impl<'a> Scanner<'a> {
    fn peek(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    fn blank(&mut self) {
        while self.peek().is_some_and(|b| b.is_ascii_whitespace()) {
            self.at += 1;
        }
    }

    fn eat(&mut self, byte: u8) -> bool {
        self.blank();
        let hit = self.peek() == Some(byte);
        if hit {
            self.at += 1;
        }
        hit
    }

    /// Passes over the value that begins here and notes what is wanted of it.
    /// Where nothing is wanted of the rest, and the end is not `needed`, it
    /// stops before the end.
    fn find(
        &mut self,
        wanted: &Wanted,
        key: Option<Range<usize>>,
        needed: bool,
        out: &mut [Option<Found>],
    ) -> Option<()> {
        self.blank();
        let start = self.at;
        let needed = needed || wanted.is_end();
        let missed = match self.peek()? {
            b'{' if wanted.leads_on() => self.find_members(wanted, needed, out)?,
            b'[' if wanted.leads_on() => self.find_elements(wanted, needed, out)?,
            _ => {
                self.skip_value()?;
                wanted.all()
            }
        };
        let found = Found { key, value: start..self.at };
        wanted.note(&found, out);
        missed.iter().for_each(|missed| missed.note_all(&found, out));
        Some(())
    }

    /// Looks through an object; yields what is not in it.
    fn find_members<'w>(
        &mut self,
        wanted: &'w Wanted,
        needed: bool,
        out: &mut [Option<Found>],
    ) -> Option<Vec<&'w Wanted>> {
        let mut missing = wanted.members();
        self.at += 1;
        if self.eat(b'}') {
            return Some(missing.into_values().collect());
        }
        loop {
            let (key, name) = self.key()?;
            match missing.remove(&*name) {
                Some(member) => {
                    let needed = needed || !missing.is_empty();
                    self.find(member, Some(key), needed, out)?;
                    if !needed {
                        return Some(Vec::new());
                    }
                }
                None => self.skip_value()?,
            }
            if self.eat(b'}') {
                return Some(missing.into_values().collect());
            }
            if !self.eat(b',') {
                return None;
            }
        }
    }

    /// Looks through a list; yields what is not in it.
    fn find_elements<'w>(
        &mut self,
        wanted: &'w Wanted,
        needed: bool,
        out: &mut [Option<Found>],
    ) -> Option<Vec<&'w Wanted>> {
        let (mut missing, others) = wanted.elements();
        let needed = needed || !others.is_empty();
        self.at += 1;
        if self.eat(b']') {
            return Some(missing.into_values().chain(others).collect());
        }
        for number in 0.. {
            match missing.remove(&number) {
                Some(element) => {
                    let needed = needed || !missing.is_empty();
                    self.find(element, None, needed, out)?;
                    if !needed {
                        return Some(Vec::new());
                    }
                }
                None => self.skip_value()?,
            }
            if self.eat(b']') {
                break;
            }
            if !self.eat(b',') {
                return None;
            }
        }
        Some(missing.into_values().chain(others).collect())
    }

    /// Passes over a key and its colon.
    fn key(&mut self) -> Option<(Range<usize>, Cow<'a, str>)> {
        self.blank();
        let start = self.at;
        self.skip_string()?;
        let range = start..self.at;
        let name = unquoted(self.text.get(range.clone())?)?;
        self.eat(b':').then_some((range, name))
    }

    fn skip_string(&mut self) -> Option<()> {
        if !self.eat(b'"') {
            return None;
        }
        loop {
            match self.peek()? {
                b'"' => {
                    self.at += 1;
                    return Some(());
                }
                b'\\' => self.at += 2,
                _ => self.at += 1,
            }
        }
    }

    fn skip_word(&mut self) {
        while self.peek().is_some_and(|b| !b.is_ascii_whitespace() && !b",:]}".contains(&b)) {
            self.at += 1;
        }
    }

    /// Passes over one value of any kind.
    fn skip_value(&mut self) -> Option<()> {
        let mut depth = 0_usize;
        loop {
            self.blank();
            match self.peek()? {
                b'"' => self.skip_string()?,
                b'{' | b'[' => {
                    depth += 1;
                    self.at += 1;
                }
                b'}' | b']' => {
                    depth = depth.checked_sub(1)?;
                    self.at += 1;
                }
                b',' | b':' if depth > 0 => self.at += 1,
                b',' | b':' => return None,
                _ => self.skip_word(),
            }
            if depth == 0 {
                return Some(());
            }
        }
    }

    /// Passes over one token and notes keys that stood in their object before.
    fn token(&mut self, open: &mut Vec<Open<'a>>, found: &mut Vec<Twice>) -> Option<()> {
        self.blank();
        match self.peek()? {
            b'{' => {
                self.at += 1;
                open.push(Open::Object { keys: BTreeMap::new(), key: Cow::Borrowed("") });
                self.object_key(open, found)
            }
            b'[' => {
                self.at += 1;
                open.push(Open::List(0));
                Some(())
            }
            b'}' | b']' => {
                self.at += 1;
                open.pop().map(drop)
            }
            b',' => {
                self.at += 1;
                match open.last_mut()? {
                    Open::List(number) => {
                        *number += 1;
                        Some(())
                    }
                    Open::Object { .. } => self.object_key(open, found),
                }
            }
            b'"' => self.skip_string(),
            b':' => None,
            _ => {
                self.skip_word();
                Some(())
            }
        }
    }

    /// Takes the next key of the innermost object, if there is one.
    fn object_key(&mut self, open: &mut [Open<'a>], found: &mut Vec<Twice>) -> Option<()> {
        self.blank();
        if self.peek()? == b'}' {
            return Some(());
        }
        let (again, name) = self.key()?;
        let (innermost, outer) = open.split_last_mut()?;
        let Open::Object { keys, key } = innermost else { return None };
        if let Some(first) = keys.get(&name) {
            found.push(Twice {
                object: pointer(outer),
                key: name.clone().into_owned(),
                first: first.clone(),
                again,
            });
        } else {
            keys.insert(name.clone(), again);
        }
        *key = name;
        Some(())
    }
}

/// The text of a string in quotes.
fn unquoted(raw: &str) -> Option<Cow<'_, str>> {
    let inner = raw.get(1..raw.len().checked_sub(1)?)?;
    if inner.contains('\\') {
        serde_json::from_str(raw).ok().map(Cow::Owned)
    } else {
        Some(Cow::Borrowed(inner))
    }
}

/// The pointer to what stands innermost in the open values.
fn pointer(open: &[Open<'_>]) -> Pointer {
    let mut pointer = Pointer::root();
    for value in open {
        match value {
            Open::Object { key, .. } => pointer.push_key(key),
            Open::List(number) => pointer.push_index(*number),
        }
    }
    pointer
}
