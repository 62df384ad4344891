//! Encryption to named keys, in the format of age (`age-encryption.org/v1`) with its X25519 recipients.
//!
//! The format is small, and everything in it that could be done wrong is a primitive of `aws-lc-rs`: X25519, HKDF, HMAC and
//! ChaCha20-Poly1305. Whatever age writes to such recipients is read, and age reads what is written here.

mod header;
mod keys;
mod stream;

use probity_diagnostics::{Diagnostic, Diagnostics, Location, TreePath};

use crate::codes;
use header::Header;
use keys::{FileKey, Recipient, Secret};

/// How secret keys begin.
pub const SECRET: &str = "AGE-SECRET-KEY-1";

/// How many characters a secret key has.
const LENGTH: usize = 74;

/// How many bytes what is opened may have.
const LARGEST: usize = 64 << 20;

/// A secret key. It is never shown.
pub struct Identity(Secret);

impl std::fmt::Debug for Identity {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Identity")
    }
}

/// Whether a text is a public key that can be encrypted to: `age1…` of X25519, in small letters.
pub fn is_recipient(text: &str) -> bool {
    Recipient::parse(text).is_some()
}

/// Whether bytes begin as something encrypted does.
pub fn is_sealed(bytes: &[u8]) -> bool {
    Header::read(bytes).is_some()
}

/// Whether bytes hold a secret key somewhere.
pub fn holds_identity(bytes: &[u8]) -> bool {
    let key = |window: &[u8]| std::str::from_utf8(window).ok().and_then(Secret::parse).is_some();
    let starts = bytes.windows(SECRET.len()).enumerate().filter(|(_, window)| *window == SECRET.as_bytes());
    starts.filter_map(|(at, _)| bytes.get(at..at + LENGTH)).any(key)
}

/// Encrypts to all of some public keys: each opens it alone. The same bytes never come out twice.
///
/// # Errors
/// There is no key, or one that is none, or the system has no random numbers.
pub fn seal(plain: &[u8], recipients: &[String]) -> Result<Vec<u8>, Diagnostic> {
    let bad = |why: &str| Diagnostic::error(&codes::KEY, format!("nothing is encrypted: {why}"));
    let to: Option<Vec<Recipient>> = recipients.iter().map(|one| Recipient::parse(one)).collect();
    let to = to.ok_or_else(|| bad("a key is no public key of age (age1…)"))?;
    if to.is_empty() {
        return Err(bad("there is no key to encrypt to"));
    }
    let sealed = || {
        let key = FileKey::new()?;
        let stanzas = to.iter().map(|one| one.wrap(&key)).collect::<Option<Vec<_>>>()?;
        let mut sealed = header::write(&stanzas, &key)?;
        sealed.extend(stream::seal(&key, plain)?);
        Some(sealed)
    };
    sealed().ok_or_else(|| bad("the system has no random numbers, or a key is none that could be used"))
}

/// Decrypts what was encrypted to the public key of one of some secret keys.
///
/// # Errors
/// No key fits, or it is damaged, was changed, or is larger than 64 MiB. What was damaged yields nothing, not even its beginning.
pub fn open(sealed: &[u8], identities: &[Identity]) -> Result<Vec<u8>, Diagnostic> {
    let bad = |why: &str| Diagnostic::error(&codes::SEALED, format!("it cannot be decrypted: {why}"));
    let damaged = || bad("it is damaged, or was changed");
    if sealed.len() > LARGEST {
        return Err(bad("it is larger than 64 MiB"));
    }
    let header = Header::read(sealed).ok_or_else(damaged)?;
    let mut keys = identities.iter().flat_map(|key| header.stanzas.iter().map(|stanza| key.0.unwrap(stanza)));
    let key = keys.find_map(|found| found).ok_or_else(|| bad("no key of the identity file fits"))?;
    if !header.is_whole(&key) {
        return Err(damaged());
    }
    stream::open(&key, header.payload).ok_or_else(damaged)
}

/// Reads an identity file, as `age-keygen` writes it: a secret key on each line, empty lines and comments.
///
/// # Errors
/// A line is something else, or there is no key. The line is named, never quoted.
pub fn identities(text: &[u8], path: &TreePath) -> Result<Vec<Identity>, Diagnostics> {
    let bad = |why: &str| Diagnostic::error(&codes::KEY, format!("the identity file {why}"));
    let text = std::str::from_utf8(text).map_err(|_| bad("is no text").at(Location::file(path)))?;
    let mut keys = Vec::new();
    let mut found = Diagnostics::new();
    for (number, line) in (1_u32..).zip(text.lines()) {
        let line = line.trim();
        if line.is_empty() || line.starts_with('#') {
            continue;
        }
        let key = Secret::parse(line).map(Identity);
        if key.is_none() {
            let what = format!("has a line that is no secret key of age ({SECRET}…)");
            found.push(bad(&what).at(Location::line(path, number)));
        }
        keys.extend(key);
    }
    if found.is_empty() && keys.is_empty() {
        found.push(bad("holds no key").at(Location::file(path)));
    }
    if found.is_empty() { Ok(keys) } else { Err(found) }
}
