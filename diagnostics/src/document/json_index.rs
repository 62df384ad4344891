use std::ops::Range;

use super::Found;

/// Looks for a value in well-formed JSON text. Without recursion over values
/// that are passed over, so that deep text costs no stack.
pub(super) fn locate(text: &str, tokens: &[String]) -> Option<Found> {
    let mut scanner = Scanner { bytes: text.as_bytes(), at: 0 };
    scanner.blank();
    let mut key = None;
    for token in tokens {
        let here = scanner.at;
        let Some(entered) = scanner.enter(token) else {
            scanner.at = here;
            break;
        };
        key = entered.key;
    }
    let start = scanner.at;
    scanner.skip_value()?;
    Some(Found { key, value: start..scanner.at })
}

/// A member or element that was moved to.
struct Entered {
    key: Option<Range<usize>>,
}

struct Scanner<'a> {
    bytes: &'a [u8],
    at: usize,
}

impl Scanner<'_> {
    fn peek(&self) -> Option<u8> {
        self.bytes.get(self.at).copied()
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

    /// Moves to the member or element that `token` names.
    fn enter(&mut self, token: &str) -> Option<Entered> {
        self.blank();
        match self.peek()? {
            b'{' => self.enter_object(token).map(|key| Entered { key: Some(key) }),
            b'[' => self.enter_list(token.parse().ok()?).map(|()| Entered { key: None }),
            _ => None,
        }
    }

    fn enter_object(&mut self, name: &str) -> Option<Range<usize>> {
        self.at += 1;
        loop {
            self.blank();
            let start = self.at;
            self.skip_string()?;
            let key = start..self.at;
            if !self.eat(b':') {
                return None;
            }
            self.blank();
            let raw = self.bytes.get(key.clone())?;
            if serde_json::from_slice::<String>(raw).ok()? == name {
                return Some(key);
            }
            self.skip_value()?;
            if !self.eat(b',') {
                return None;
            }
        }
    }

    fn enter_list(&mut self, index: usize) -> Option<()> {
        self.at += 1;
        for _ in 0..index {
            self.skip_value()?;
            if !self.eat(b',') {
                return None;
            }
        }
        self.blank();
        (self.peek()? != b']').then_some(())
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
                _ => {
                    while self.peek().is_some_and(|b| !b.is_ascii_whitespace() && !b",:]}".contains(&b)) {
                        self.at += 1;
                    }
                }
            }
            if depth == 0 {
                return Some(());
            }
        }
    }
}
