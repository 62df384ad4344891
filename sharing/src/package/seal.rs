//! Encryption to named keys, in the format of age (`age-encryption.org/v1`) with its X25519 recipients.

use std::io::{Read as _, Write as _};
use std::str::FromStr as _;

use age::{DecryptError, Decryptor, Encryptor, x25519};
use probity_diagnostics::{Diagnostic, Diagnostics, Location, TreePath};

use crate::codes;

/// How secret keys begin.
pub const SECRET: &str = "AGE-SECRET-KEY-1";

/// How many characters a secret key has.
const LENGTH: usize = 74;

/// How everything encrypted begins.
const BEGINNING: &[u8] = b"age-encryption.org/v1\n";

/// How many bytes what is opened may have.
const LARGEST: usize = 64 << 20;

/// A secret key. It is never shown.
pub struct Identity(x25519::Identity);

impl std::fmt::Debug for Identity {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Identity")
    }
}

/// Whether a text is a public key that can be encrypted to: `age1…` of X25519, in small letters.
pub fn is_recipient(text: &str) -> bool {
    recipient(text).is_some()
}

fn recipient(text: &str) -> Option<x25519::Recipient> {
    // as it is written, so that one key has one form
    x25519::Recipient::from_str(text).ok().filter(|key| key.to_string() == text)
}

fn secret(text: &str) -> Option<x25519::Identity> {
    text.starts_with(SECRET).then(|| x25519::Identity::from_str(text).ok())?
}

/// Whether bytes begin as something encrypted does.
pub fn is_sealed(bytes: &[u8]) -> bool {
    bytes.starts_with(BEGINNING) && Decryptor::new(bytes).is_ok()
}

/// Whether bytes hold a secret key somewhere.
pub fn holds_identity(bytes: &[u8]) -> bool {
    let key = |window: &[u8]| std::str::from_utf8(window).ok().and_then(secret).is_some();
    let starts = bytes.windows(SECRET.len()).enumerate().filter(|(_, window)| *window == SECRET.as_bytes());
    starts.filter_map(|(at, _)| bytes.get(at..at + LENGTH)).any(key)
}

/// Encrypts to all of some public keys: each opens it alone. The same bytes never come out twice.
///
/// # Errors
/// There is no key, or one that is none.
pub fn seal(plain: &[u8], recipients: &[String]) -> Result<Vec<u8>, Diagnostic> {
    let bad = |why: &str| Diagnostic::error(&codes::KEY, format!("nothing is encrypted: {why}"));
    let to: Option<Vec<x25519::Recipient>> = recipients.iter().map(|one| recipient(one)).collect();
    let to = to.ok_or_else(|| bad("a key is no public key of age (age1…)"))?;
    let encryptor = Encryptor::with_recipients(to.iter().map(|one| one as &dyn age::Recipient))
        .map_err(|_| bad("there is no key to encrypt to"))?;
    let mut sealed = Vec::new();
    let written = encryptor.wrap_output(&mut sealed).and_then(|mut writer| {
        writer.write_all(plain)?;
        writer.finish().map(|_| ())
    });
    written.map_err(|_| bad("it cannot be written"))?;
    Ok(sealed)
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
    if !sealed.starts_with(BEGINNING) {
        return Err(damaged());
    }
    let decryptor = Decryptor::new(sealed).map_err(|_| damaged())?;
    let keys = identities.iter().map(|one| &one.0 as &dyn age::Identity);
    let mut reader = decryptor.decrypt(keys).map_err(|error| match error {
        DecryptError::NoMatchingKeys => bad("no key of the identity file fits"),
        _ => damaged(),
    })?;
    let mut plain = Vec::new();
    reader.read_to_end(&mut plain).map_err(|_| damaged())?;
    Ok(plain)
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
        let key = secret(line).map(Identity);
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
