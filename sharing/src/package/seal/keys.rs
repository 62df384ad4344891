//! Keys of X25519, and how they wrap the key of a file.

use aws_lc_rs::aead::{Aad, CHACHA20_POLY1305, LessSafeKey, NONCE_LEN, Nonce, UnboundKey};
use aws_lc_rs::agreement::{PrivateKey, UnparsedPublicKey, X25519, agree};
use aws_lc_rs::{hkdf, rand};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD_NO_PAD;
use bech32::Hrp;
use bech32::primitives::decode::CheckedHrpstring;

use super::header::Stanza;

/// What public keys begin with, before the `1`.
const PUBLIC: &str = "age";

/// What secret keys begin with, before the `1`.
const SECRET: &str = "AGE-SECRET-KEY-";

/// The kind of stanza that wraps a key by X25519.
pub(super) const KIND: &str = "X25519";

/// What a wrapping key is derived for.
const WRAPPING: &[u8] = b"age-encryption.org/v1/X25519";

/// What a file is encrypted with; it is wrapped for each recipient.
pub(super) struct FileKey([u8; 16]);

impl FileKey {
    pub(super) fn new() -> Option<Self> {
        let mut bytes = [0; 16];
        rand::fill(&mut bytes).ok()?;
        Some(Self(bytes))
    }

    /// A key that follows from this one.
    pub(super) fn derive(&self, salt: &[u8], purpose: &[u8]) -> Option<[u8; 32]> {
        derive(&self.0, salt, purpose)
    }
}

fn derive(secret: &[u8], salt: &[u8], purpose: &[u8]) -> Option<[u8; 32]> {
    let mut key = [0; 32];
    let extracted = hkdf::Salt::new(hkdf::HKDF_SHA256, salt).extract(secret);
    extracted.expand(&[purpose], hkdf::HKDF_SHA256).ok()?.fill(&mut key).ok()?;
    Some(key)
}

pub(super) fn cipher(key: &[u8; 32]) -> Option<LessSafeKey> {
    Some(LessSafeKey::new(UnboundKey::new(&CHACHA20_POLY1305, key).ok()?))
}

/// The nonce of a wrapped key: each wrapping key is used once.
fn once() -> Nonce {
    Nonce::assume_unique_for_key([0; NONCE_LEN])
}

/// A public key.
pub(super) struct Recipient([u8; 32]);

impl Recipient {
    /// Reads `age1…`, in small letters.
    pub(super) fn parse(text: &str) -> Option<Self> {
        let is_small = !text.bytes().any(|byte| byte.is_ascii_uppercase());
        is_small.then(|| decoded(text, PUBLIC)).flatten().map(Self)
    }

    /// The key of a file, for this recipient.
    pub(super) fn wrap(&self, file: &FileKey) -> Option<Stanza> {
        let secret = PrivateKey::generate(&X25519).ok()?;
        let share = secret.compute_public_key().ok()?;
        let key = wrapping(&secret, share.as_ref(), &self.0, &self.0)?;
        let mut body = file.0.to_vec();
        cipher(&key)?.seal_in_place_append_tag(once(), Aad::empty(), &mut body).ok()?;
        Some(Stanza { words: vec![KIND.to_owned(), STANDARD_NO_PAD.encode(share.as_ref())], body })
    }
}

/// A secret key.
pub(super) struct Secret {
    private: PrivateKey,
    public: [u8; 32],
}

impl Secret {
    /// Reads `AGE-SECRET-KEY-1…`.
    pub(super) fn parse(text: &str) -> Option<Self> {
        let bytes = decoded(text, SECRET)?;
        let private = PrivateKey::from_private_key(&X25519, &bytes).ok()?;
        let public = private.compute_public_key().ok()?.as_ref().try_into().ok()?;
        Some(Self { private, public })
    }

    /// The key of a file, where it was wrapped for this key. A stanza of another kind is not.
    pub(super) fn unwrap(&self, stanza: &Stanza) -> Option<FileKey> {
        let share = stanza.share()?;
        let key = wrapping(&self.private, &share, &self.public, &share)?;
        let mut body = stanza.body.clone();
        let plain = cipher(&key)?.open_in_place(once(), Aad::empty(), &mut body).ok()?;
        Some(FileKey((&*plain).try_into().ok()?))
    }
}

/// The key that wraps, of what only both sides can compute. A public key that makes this the same for everybody is refused.
fn wrapping(secret: &PrivateKey, share: &[u8], recipient: &[u8], other: &[u8]) -> Option<[u8; 32]> {
    let salt = [share, recipient].concat();
    agree(secret, UnparsedPublicKey::new(&X25519, other), (), |agreed| {
        let is_secret = agreed.iter().any(|byte| *byte != 0);
        is_secret.then(|| derive(agreed, &salt, WRAPPING)).flatten().ok_or(())
    })
    .ok()
}

/// The 32 bytes that a text in Bech32 stands for.
fn decoded(text: &str, prefix: &str) -> Option<[u8; 32]> {
    let read = CheckedHrpstring::new::<bech32::Bech32>(text).ok()?;
    if read.hrp() != Hrp::parse(prefix).ok()? {
        return None;
    }
    read.byte_iter().collect::<Vec<u8>>().try_into().ok()
}
