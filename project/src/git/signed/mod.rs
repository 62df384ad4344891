//! Signed commits: which key signed a commit, and whose key that is.
//!
//! Commits are signed with SSH keys (`gpg.format = ssh`), in the namespace `git`. Whose a key is says a file of allowed
//! signers as OpenSSH has it (`ssh-keygen(1)`, "ALLOWED SIGNERS"). Formats come from `ssh-key`, arithmetic from `aws-lc-rs`, which
//! TLS needs already. `OpenPGP`, X.509 and SSH certificates are not read: what they sign counts as not signed.

mod allowed;
mod verify;

use git2::ErrorCode;
use jiff::Timestamp;
use ssh_key::public::KeyData;
use ssh_key::{HashAlg, SshSig};

pub use allowed::AllowedSigners;

use super::commit::Commit;
use super::repository::Repository;

/// The namespace in which git signs.
const NAMESPACE: &str = "git";

/// The key that has signed a commit: the signature was found to be right.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SignedBy {
    key: KeyData,
    /// When the commit says that it was made.
    at: Timestamp,
}

impl SignedBy {
    /// Whether it is the same key.
    pub fn same_key(&self, other: &Self) -> bool {
        self.key == other.key
    }

    /// The fingerprint of the key, as `ssh-keygen -l` shows it.
    pub fn fingerprint(&self) -> String {
        self.key.fingerprint(HashAlg::Sha256).to_string()
    }
}

impl Repository {
    /// The key that has signed a commit.
    ///
    /// # Errors
    /// The commit is not signed, its signature is wrong or of a kind that is not read: which, in words that follow the commit's id.
    pub fn signed_by(&self, commit: &Commit) -> Result<SignedBy, String> {
        let extracted = self.lock().extract_signature(&commit.id.0, None);
        let (signature, content) = extracted.map_err(|error| match error.code() {
            ErrorCode::NotFound => "is not signed".to_owned(),
            _ => format!("cannot be read: {}", error.message()),
        })?;
        let key = signer(&signature, &content)?;
        Ok(SignedBy { key, at: commit.time })
    }
}

/// The key of a signature over `content`.
fn signer(signature: &[u8], content: &[u8]) -> Result<KeyData, String> {
    if !signature.starts_with(b"-----BEGIN SSH SIGNATURE-----") {
        return Err("is signed by other means than an SSH key".to_owned());
    }
    let signature = SshSig::from_pem(signature.trim_ascii())
        .map_err(|error| format!("has a signature that cannot be read: {error}"))?;
    if signature.namespace() != NAMESPACE {
        return Err(format!("has a signature for `{}`, not for git", signature.namespace()));
    }
    let signed = SshSig::signed_data(NAMESPACE, signature.hash_alg(), content)
        .map_err(|error| format!("has a signature that cannot be read: {error}"))?;
    verify::holds(signature.public_key(), signature.signature(), &signed)?;
    Ok(signature.public_key().clone())
}
