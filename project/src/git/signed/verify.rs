//! Whether an SSH signature holds (RFC 4253, 5656, 8332, 8709, and OpenSSH's PROTOCOL.u2f).

use aws_lc_rs::digest::{SHA256, digest};
use aws_lc_rs::signature::{
    ECDSA_P256_SHA256_FIXED, ECDSA_P384_SHA384_FIXED, ECDSA_P521_SHA512_FIXED, ED25519,
    RSA_PKCS1_2048_8192_SHA256, RSA_PKCS1_2048_8192_SHA512, RsaParameters, RsaPublicKeyComponents,
    UnparsedPublicKey, VerificationAlgorithm,
};
use ssh_key::public::{KeyData, RsaPublicKey};
use ssh_key::{Algorithm, EcdsaCurve, Signature};

/// How many bytes of flags and counter end the signature of a security key.
const TRAILER: usize = 5;

/// The flag of a security key that says that somebody touched it.
const TOUCHED: u8 = 1;

/// That `signature` by `key` is right for `signed`.
///
/// # Errors
/// It is wrong, or of a kind that is not read.
pub(super) fn holds(key: &KeyData, signature: &Signature, signed: &[u8]) -> Result<(), String> {
    let wrong = || "has a wrong signature".to_owned();
    let bytes = signature.as_bytes();
    match (key, signature.algorithm()) {
        (KeyData::Ed25519(key), Algorithm::Ed25519) => check(&ED25519, &key.0, signed, bytes),
        (KeyData::Ecdsa(key), Algorithm::Ecdsa { curve }) if key.curve() == curve => {
            ecdsa(curve, key.as_sec1_bytes(), signed, bytes)
        }
        (KeyData::Rsa(key), Algorithm::Rsa { hash: Some(hash) }) => {
            let parameters = match hash {
                ssh_key::HashAlg::Sha256 => &RSA_PKCS1_2048_8192_SHA256,
                ssh_key::HashAlg::Sha512 => &RSA_PKCS1_2048_8192_SHA512,
                _ => return Err("is signed in a way that is not read".to_owned()),
            };
            rsa(parameters, key, signed, bytes)
        }
        (KeyData::SkEd25519(key), Algorithm::SkEd25519) => {
            let (signature, signed) = touched(key.application(), signed, bytes).ok_or_else(wrong)?;
            check(&ED25519, &key.public_key().0, &signed, signature)
        }
        (KeyData::SkEcdsaSha2NistP256(key), Algorithm::SkEcdsaSha2NistP256) => {
            let (signature, signed) = touched(key.application(), signed, bytes).ok_or_else(wrong)?;
            ecdsa(EcdsaCurve::NistP256, key.ec_point().as_bytes(), &signed, signature)
        }
        _ => return Err("is signed with a kind of key that is not read".to_owned()),
    }
    .ok_or_else(wrong)
}

fn check(
    algorithm: &'static dyn VerificationAlgorithm,
    key: &[u8],
    signed: &[u8],
    signature: &[u8],
) -> Option<()> {
    UnparsedPublicKey::new(algorithm, key).verify(signed, signature).ok()
}

fn rsa(
    parameters: &'static RsaParameters,
    key: &RsaPublicKey,
    signed: &[u8],
    signature: &[u8],
) -> Option<()> {
    let components = RsaPublicKeyComponents { n: key.n.as_positive_bytes()?, e: key.e.as_positive_bytes()? };
    components.verify(parameters, signed, signature).ok()
}

/// The two numbers of the signature, which SSH writes one after the other with their lengths, as numbers of one width.
fn ecdsa(curve: EcdsaCurve, point: &[u8], signed: &[u8], signature: &[u8]) -> Option<()> {
    let (algorithm, width): (&'static dyn VerificationAlgorithm, usize) = match curve {
        EcdsaCurve::NistP256 => (&ECDSA_P256_SHA256_FIXED, 32),
        EcdsaCurve::NistP384 => (&ECDSA_P384_SHA384_FIXED, 48),
        EcdsaCurve::NistP521 => (&ECDSA_P521_SHA512_FIXED, 66),
    };
    let (r, rest) = number(signature)?;
    let (s, rest) = number(rest)?;
    if !rest.is_empty() {
        return None;
    }
    let fixed = [wide(r, width)?, wide(s, width)?].concat();
    check(algorithm, point, signed, &fixed)
}

/// The first number of `bytes`, and what follows it.
fn number(bytes: &[u8]) -> Option<(&[u8], &[u8])> {
    let (length, rest) = bytes.split_first_chunk::<4>()?;
    rest.split_at_checked(usize::try_from(u32::from_be_bytes(*length)).ok()?)
}

/// A number with zeros before it.
fn wide(number: &[u8], width: usize) -> Option<Vec<u8>> {
    let first = number.iter().position(|byte| *byte != 0).unwrap_or(number.len());
    let digits = number.get(first..)?;
    let zeros = width.checked_sub(digits.len())?;
    Some([vec![0; zeros], digits.to_vec()].concat())
}

/// What a security key has signed, and its signature: it adds what it is used for, flags and a counter.
fn touched<'a>(application: &str, signed: &[u8], bytes: &'a [u8]) -> Option<(&'a [u8], Vec<u8>)> {
    let (signature, trailer) = bytes.split_at_checked(bytes.len().checked_sub(TRAILER)?)?;
    if trailer.first()? & TOUCHED == 0 {
        return None;
    }
    let parts = [digest(&SHA256, application.as_bytes()).as_ref(), trailer, digest(&SHA256, signed).as_ref()]
        .concat();
    Some((signature, parts))
}
