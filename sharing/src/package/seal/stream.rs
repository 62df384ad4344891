//! The payload of what is encrypted: pieces of 64 KiB, each authenticated with its number, and the last one as the last.

use aws_lc_rs::aead::{Aad, LessSafeKey, Nonce};
use aws_lc_rs::rand;

use super::keys::{FileKey, cipher};

/// How many bytes a piece has, but for the last one.
const PIECE: usize = 64 << 10;

/// How many bytes authenticate a piece.
const TAG: usize = 16;

/// How many random bytes the payload begins with.
const SALT: usize = 16;

/// What the key of the payload is derived for.
const PURPOSE: &[u8] = b"payload";

/// Encrypts with the key of a file.
pub(super) fn seal(key: &FileKey, plain: &[u8]) -> Option<Vec<u8>> {
    let mut salt = [0; SALT];
    rand::fill(&mut salt).ok()?;
    let cipher = cipher(&key.derive(&salt, PURPOSE)?)?;
    let mut sealed = salt.to_vec();
    // nothing is one piece that is empty
    let mut pieces = plain.chunks(PIECE).chain(plain.is_empty().then_some(plain)).peekable();
    let mut number = 0;
    while let Some(piece) = pieces.next() {
        let mut bytes = piece.to_vec();
        let nonce = nonce(number, pieces.peek().is_none())?;
        cipher.seal_in_place_append_tag(nonce, Aad::empty(), &mut bytes).ok()?;
        sealed.extend(bytes);
        number += 1;
    }
    Some(sealed)
}

/// Decrypts with the key of a file; none where a byte differs or is missing.
pub(super) fn open(key: &FileKey, payload: &[u8]) -> Option<Vec<u8>> {
    let (salt, sealed) = payload.split_at_checked(SALT)?;
    let cipher = cipher(&key.derive(salt, PURPOSE)?)?;
    let mut plain = Vec::with_capacity(sealed.len());
    let mut pieces = sealed.chunks(PIECE + TAG).peekable();
    // what has no piece at all was cut
    pieces.peek()?;
    let mut number = 0;
    while let Some(piece) = pieces.next() {
        let bytes = opened(&cipher, piece, nonce(number, pieces.peek().is_none())?)?;
        if bytes.is_empty() && number > 0 {
            return None;
        }
        plain.extend(bytes);
        number += 1;
    }
    Some(plain)
}

fn opened(cipher: &LessSafeKey, piece: &[u8], nonce: Nonce) -> Option<Vec<u8>> {
    let mut bytes = piece.to_vec();
    let length = cipher.open_in_place(nonce, Aad::empty(), &mut bytes).ok()?.len();
    bytes.truncate(length);
    Some(bytes)
}

/// The number of a piece in eleven bytes, and whether it is the last.
fn nonce(number: u64, is_last: bool) -> Option<Nonce> {
    let bytes = [&[0; 3][..], &number.to_be_bytes(), &[u8::from(is_last)]].concat();
    Nonce::try_assume_unique_for_key(&bytes).ok()
}
