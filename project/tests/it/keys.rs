//! Keys that tests sign commits with.

use std::process::Command;

use crate::repo::Repo;

/// Whether keys can be made; a reason is printed where not.
pub(crate) fn has_ssh_keygen() -> bool {
    let found = Command::new("ssh-keygen").arg("-?").output().is_ok();
    if !found {
        println!("skipped: there is no ssh-keygen");
    }
    found
}

/// Keys of people.
pub(crate) struct Keyring {
    folder: Repo,
}

impl Keyring {
    /// No keys.
    pub(crate) fn empty() -> Self {
        Self { folder: Repo::nowhere() }
    }

    /// A key for each of these names.
    pub(crate) fn of(names: &[&str]) -> Self {
        let keys = Self::empty();
        for name in names {
            keys.make(name, &["-t", "ed25519"]);
        }
        keys
    }

    pub(crate) fn make(&self, name: &str, options: &[&str]) {
        let file = self.folder.join(name);
        let mut made = Command::new("ssh-keygen");
        let made = made.args(["-q", "-N", "", "-C", name, "-f"]).arg(&file).args(options).output().unwrap();
        assert!(made.status.success(), "{}", String::from_utf8_lossy(&made.stderr));
    }

    /// A line of a file of allowed signers.
    pub(crate) fn line(&self, name: &str, principals: &str, options: &str) -> String {
        let key = std::fs::read_to_string(self.folder.join(&format!("{name}.pub"))).unwrap();
        format!("{principals} {options} {}", key.trim())
    }

    /// Runs git on all that changed, with the key of somebody.
    pub(crate) fn sign_with(&self, name: &str, repo: &Repo, args: &[&str]) {
        repo.git(&["add", "--all"]);
        let key = format!("user.signingKey={}", self.folder.join(name).display());
        repo.git(&[&["-c", "gpg.format=ssh", "-c", &key], args].concat());
    }

    /// Commits all that changed, signed by somebody.
    pub(crate) fn commit(&self, name: &str, repo: &Repo, message: &str) {
        self.sign_with(name, repo, &["commit", "--quiet", "--allow-empty", "-S", "-m", message]);
    }
}
