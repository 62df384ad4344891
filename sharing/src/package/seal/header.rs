//! The header of what is encrypted: a line for the version, a stanza for each recipient, and an authentication code of them all.

use aws_lc_rs::hmac;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD_NO_PAD;

use super::keys::{FileKey, KIND};

/// The first line.
const VERSION: &str = "age-encryption.org/v1\n";

/// What the last line begins with.
const MARK: &str = "---";

/// How many characters a line of a stanza's body has, but for the last one.
const COLUMNS: usize = 64;

/// How many stanzas a header may have.
const MOST: usize = 1000;

/// The key of a file, wrapped for a recipient.
pub(super) struct Stanza {
    /// Its kind, and what belongs to the kind.
    pub(super) words: Vec<String>,
    /// The wrapped key.
    pub(super) body: Vec<u8>,
}

impl Stanza {
    /// The public key that it was made with; none where it is of another kind, or not as its kind is.
    pub(super) fn share(&self) -> Option<[u8; 32]> {
        match self.words.as_slice() {
            [kind, share] if kind == KIND && self.body.len() == 32 => {
                STANDARD_NO_PAD.decode(share).ok()?.try_into().ok()
            }
            _ => None,
        }
    }

    /// Whether it is of a kind that is not known, or as its kind is. One with a passphrase stands alone by the format, and is none of ours.
    fn is_sound(&self) -> bool {
        match self.words.first().map(String::as_str) {
            Some(KIND) => self.share().is_some(),
            Some("scrypt") | None => false,
            Some(_) => true,
        }
    }

    fn text(&self) -> String {
        let body: Vec<char> = STANDARD_NO_PAD.encode(&self.body).chars().collect();
        let mut text = format!("-> {}\n", self.words.join(" "));
        for line in body.chunks(COLUMNS) {
            text.extend(line);
            text.push('\n');
        }
        // the last line is shorter than the others, so that its end is seen
        if body.len().is_multiple_of(COLUMNS) {
            text.push('\n');
        }
        text
    }
}

/// What was read before the payload.
pub(super) struct Header<'b> {
    /// The stanzas, one at least.
    pub(super) stanzas: Vec<Stanza>,
    /// What is authenticated.
    text: &'b [u8],
    code: Vec<u8>,
    /// What follows.
    pub(super) payload: &'b [u8],
}

impl<'b> Header<'b> {
    /// Reads a header; none where it is not just what the format says.
    pub(super) fn read(bytes: &'b [u8]) -> Option<Self> {
        let mut rest = bytes.strip_prefix(VERSION.as_bytes())?;
        let mut stanzas = Vec::new();
        while let Some(after) = rest.strip_prefix(b"-> ") {
            let (stanza, after) = stanza(after)?;
            stanzas.push(stanza);
            rest = after;
        }
        let text = bytes.get(..bytes.len() - rest.len() + MARK.len())?;
        let (code, payload) = line(rest.strip_prefix(MARK.as_bytes())?.strip_prefix(b" ")?)?;
        let code = STANDARD_NO_PAD.decode(code).ok().filter(|code| code.len() == 32)?;
        let is_sound = (1..=MOST).contains(&stanzas.len()) && stanzas.iter().all(Stanza::is_sound);
        is_sound.then_some(Self { stanzas, text, code, payload })
    }

    /// Whether nothing in it was changed by somebody who does not know the key of the file.
    pub(super) fn is_whole(&self, key: &FileKey) -> bool {
        let code = authentication(key).map(|key| hmac::verify(&key, self.text, &self.code));
        code.is_some_and(|verified| verified.is_ok())
    }
}

/// The header of some stanzas.
pub(super) fn write(stanzas: &[Stanza], key: &FileKey) -> Option<Vec<u8>> {
    let stanzas: String = stanzas.iter().map(Stanza::text).collect();
    let text = format!("{VERSION}{stanzas}{MARK}");
    let code = hmac::sign(&authentication(key)?, text.as_bytes());
    Some(format!("{text} {}\n", STANDARD_NO_PAD.encode(code.as_ref())).into_bytes())
}

fn authentication(key: &FileKey) -> Option<hmac::Key> {
    Some(hmac::Key::new(hmac::HMAC_SHA256, &key.derive(&[], b"header")?))
}

/// A stanza behind its arrow, and what follows.
fn stanza(bytes: &[u8]) -> Option<(Stanza, &[u8])> {
    let (words, mut rest) = line(bytes)?;
    let words: Vec<String> = words.split(' ').map(str::to_owned).collect();
    let is_word = |word: &String| !word.is_empty() && word.bytes().all(|byte| byte.is_ascii_graphic());
    if !words.iter().all(is_word) {
        return None;
    }
    let mut body = String::new();
    loop {
        let (text, after) = line(rest)?;
        body.push_str(text);
        rest = after;
        if text.len() < COLUMNS {
            break;
        }
        if text.len() > COLUMNS {
            return None;
        }
    }
    Some((Stanza { words, body: STANDARD_NO_PAD.decode(body).ok()? }, rest))
}

/// A line without its end, and what follows.
fn line(bytes: &[u8]) -> Option<(&str, &[u8])> {
    let end = bytes.iter().position(|byte| *byte == b'\n')?;
    let (text, rest) = bytes.split_at(end);
    Some((std::str::from_utf8(text).ok()?, rest.get(1..)?))
}
