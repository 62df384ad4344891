use std::fmt::{self, Write as _};
use std::io::{self, Read};
use std::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize, Serializer};
use sha2::{Digest as _, Sha224, Sha256, Sha384, Sha512};

/// A SHA-256 digest (FIPS 180-4), shown as 64 hexadecimal digits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Sha256Digest([u8; 32]);

impl Sha256Digest {
    /// The digest of `bytes`.
    pub fn of(bytes: &[u8]) -> Self {
        Self(Sha256::digest(bytes).into())
    }

    /// The digest of everything that `reader` yields.
    ///
    /// # Errors
    /// What the reader returned.
    pub fn of_reader(mut reader: impl Read) -> io::Result<Self> {
        let mut writer = DigestWriter::new(io::sink());
        io::copy(&mut reader, &mut writer)?;
        Ok(writer.digest())
    }

    /// As 64 hexadecimal digits in ASCII.
    pub fn digits(&self) -> [u8; 64] {
        let mut digits = [0; 64];
        for (pair, byte) in digits.chunks_exact_mut(2).zip(self.0) {
            if let [high, low] = pair {
                (*high, *low) = (digit(byte >> 4), digit(byte & 15));
            }
        }
        digits
    }

    /// A digest whose raw bytes are known.
    pub fn from_bytes(bytes: [u8; 32]) -> Self {
        Self(bytes)
    }

    /// The raw 32 bytes.
    pub fn as_bytes(&self) -> &[u8; 32] {
        &self.0
    }
}

impl fmt::Display for Sha256Digest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.digits().into_iter().try_for_each(|digit| f.write_char(char::from(digit)))
    }
}

impl FromStr for Sha256Digest {
    type Err = String;

    /// Reads 64 hexadecimal digits of either case.
    fn from_str(text: &str) -> Result<Self, String> {
        let wrong = || format!("`{text}` is not a SHA-256 digest in hexadecimal");
        let mut bytes = [0; 32];
        let pairs = text.as_bytes().chunks(2);
        if text.len() != 64 {
            return Err(wrong());
        }
        for (byte, pair) in bytes.iter_mut().zip(pairs) {
            let value =
                |digit: &u8| char::from(*digit).to_digit(16).and_then(|value| u8::try_from(value).ok());
            let [high, low] = pair else { return Err(wrong()) };
            *byte = value(high).zip(value(low)).map(|(high, low)| high << 4 | low).ok_or_else(wrong)?;
        }
        Ok(Self(bytes))
    }
}

impl Serialize for Sha256Digest {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Sha256Digest {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(serde::de::Error::custom)
    }
}

/// The digest of `bytes` by an algorithm of FIPS 180-4 as OSCAL names it (`SHA-512`), as lower-case hexadecimal digits; none
/// for other algorithms.
pub fn sha2(algorithm: &str, bytes: &[u8]) -> Option<String> {
    Some(match algorithm.to_ascii_uppercase().as_str() {
        "SHA-224" => hex(&Sha224::digest(bytes)),
        "SHA-256" => hex(&Sha256::digest(bytes)),
        "SHA-384" => hex(&Sha384::digest(bytes)),
        "SHA-512" => hex(&Sha512::digest(bytes)),
        _ => return None,
    })
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().flat_map(|byte| [digit(byte >> 4), digit(byte & 15)]).map(char::from).collect()
}

/// The hexadecimal digit of a value below 16.
fn digit(value: u8) -> u8 {
    if value < 10 { b'0' + value } else { b'a' + value - 10 }
}

/// A writer that digests what passes through it.
pub struct DigestWriter<W> {
    inner: W,
    hasher: Sha256,
}

impl<W> DigestWriter<W> {
    /// A writer that hands everything on to `inner`.
    pub fn new(inner: W) -> Self {
        Self { inner, hasher: Sha256::new() }
    }

    /// The digest of everything that was written.
    pub fn digest(self) -> Sha256Digest {
        Sha256Digest(self.hasher.finalize().into())
    }

    /// What everything was handed on to, and the digest.
    pub fn into_parts(self) -> (W, Sha256Digest) {
        (self.inner, Sha256Digest(self.hasher.finalize().into()))
    }
}

impl<W: io::Write> io::Write for DigestWriter<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let n = self.inner.write(bytes)?;
        self.hasher.update(bytes.get(..n).unwrap_or_default());
        Ok(n)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.inner.flush()
    }
}
