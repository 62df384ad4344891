//! Encryption to keys, held against age itself.

#![allow(clippy::print_stdout, clippy::disallowed_methods, reason = "age reads and writes files")]

use std::path::Path;
use std::process::{Command, Stdio};

use probity_diagnostics::TreePath;
use probity_sharing::package::seal::{
    Identity, holds_identity, identities, is_recipient, is_sealed, open, seal,
};
use rstest::rstest;

const PLAIN: &[u8] = b"marking: TLP:RED\ntitle: the key of the sign-in was taken\n";

/// Keys that `age-keygen` made for these tests. Secret ones stand here without what they begin with, so that nobody takes them for real.
pub(crate) struct Key {
    pub(crate) public: &'static str,
    secret: &'static str,
}

impl Key {
    /// The text of its identity file.
    pub(crate) fn file(&self) -> String {
        format!("# a key\n\nAGE-SECRET-KEY-{}\n", self.secret)
    }

    pub(crate) fn read(&self) -> Vec<Identity> {
        read(&self.file())
    }
}

pub(crate) const ANN: Key = Key {
    public: "age1l9fe5mgvu95empx53xndwjj4gul7lm5epkdp56eduuycvu75adpst3gkmu",
    secret: "1FMAD2YWLXG95754H5KZ7FFY2WZC90FGEMLS0RC6K869SCC2NV7EQFV7GRV",
};
pub(crate) const BOB: Key = Key {
    public: "age15yvt69w2hzjljjdm3fwa6gn2jzl9anptnc6u3n9v5vqgvjx8830sxslqlc",
    secret: "1LXFFRYHFWNZNWGFMNA6PHAVYS3F3FSKJUA2PNFJK6L5UGHU6SNYSXCUJ6R",
};
pub(crate) const EVE: Key = Key {
    public: "age1gjawjcyk30h7tvxeuds7l36nr5jh72mqszckrpq482le7lfz5ccs2up9p9",
    secret: "1HTKC874P9LHJVD28LZ5SQQHFMP4G33AQD787EA9YH4HZRAZ2TASQZGHCXM",
};

fn read(text: &str) -> Vec<Identity> {
    identities(text.as_bytes(), &TreePath::parse("key.txt").unwrap()).unwrap()
}

#[test]
fn each_recipient_opens_it_alone_and_nobody_else() {
    let sealed = seal(PLAIN, &[ANN.public.to_owned(), BOB.public.to_owned()]).unwrap();
    for key in [ANN, BOB] {
        assert_eq!(open(&sealed, &key.read()).unwrap(), PLAIN);
    }
    let both = format!("{}{}", EVE.file(), BOB.file());
    assert_eq!(open(&sealed, &read(&both)).unwrap(), PLAIN);
    let refused = open(&sealed, &EVE.read()).unwrap_err();
    assert_eq!(refused.code.id, "PB1027");
    assert!(refused.message.contains("no key of the identity file fits"), "{}", refused.message);
    assert!(!sealed.windows(7).any(|window| window == b"TLP:RED"));
    // what says the same is not seen to be the same
    assert_ne!(sealed, seal(PLAIN, &[ANN.public.to_owned(), BOB.public.to_owned()]).unwrap());
}

#[test]
fn what_was_changed_or_cut_yields_nothing() {
    let plain = vec![b'x'; 200_000];
    let sealed = seal(&plain, &[ANN.public.to_owned()]).unwrap();
    let secret = ANN.read();
    for at in (0..sealed.len()).step_by(4999).chain([sealed.len() - 1]) {
        let mut changed = sealed.clone();
        changed[at] ^= 1;
        assert!(open(&changed, &secret).is_err(), "byte {at}");
        assert!(open(&sealed[..at], &secret).is_err(), "cut at {at}");
    }
    let longer = [sealed.as_slice(), b"x"].concat();
    assert!(open(&longer, &secret).is_err());
    assert_eq!(open(&sealed, &secret).unwrap(), plain);
}

#[rstest]
#[case::empty("")]
#[case::capitals("AGE1L9FE5MGVU95EMPX53XNDWJJ4GUL7LM5EPKDP56EDUUYCVU75ADPST3GKMU")]
#[case::a_digit_changed("age1l9fe5mgvu95empx53xndwjj4gul7lm5epkdp56eduuycvu75adpst3gkmv")]
#[case::of_ssh("ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIGPnI2sBjBHv1nKc2xuYLgUrkkn6rVUZB4tAjmEg2rYP")]
#[case::of_a_plugin("age1yubikey1qwt50d05nh5vutpdzmlg5wn80xq5negm4uj9ghv0snvdd3yysf5yw3rhl3t")]
#[case::with_a_space("age1l9fe5mgvu95empx53xndwjj4gul7lm5epkdp56eduuycvu75adpst3gkmu ")]
fn what_is_no_public_key_is_refused(#[case] text: &str) {
    assert!(!is_recipient(text));
    assert_eq!(seal(PLAIN, &[ANN.public.to_owned(), text.to_owned()]).unwrap_err().code.id, "PB1026");
}

#[test]
fn nothing_is_encrypted_to_nobody() {
    assert!(is_recipient(ANN.public));
    assert_eq!(seal(PLAIN, &[]).unwrap_err().code.id, "PB1026");
    let sealed = seal(PLAIN, &[ANN.public.to_owned()]).unwrap();
    assert!(open(&sealed, &[]).is_err());
}

#[test]
fn a_wrong_line_of_an_identity_file_is_named_and_not_quoted() {
    let path = TreePath::parse("key.txt").unwrap();
    let damaged = ANN.file().replace("KEY-1", "KEY-2");
    for text in [damaged.as_str(), ANN.public, "", "# only a comment\n"] {
        let told = format!("{:?}", identities(text.as_bytes(), &path).unwrap_err());
        assert!(told.contains("PB1026") && !told.contains("KEY-2"), "{told}");
        assert!(!told.contains(ANN.public), "{told}");
    }
    assert!(identities(&[0xff], &path).is_err());
    assert!(!format!("{:?}", ANN.read()).contains(ANN.secret));
    assert!(holds_identity(ANN.file().as_bytes()));
    // what only looks like one is none
    assert!(!holds_identity(damaged.as_bytes()) && !holds_identity(b"a key begins with AGE-SECRET-KEY-1QQQ"));
    assert!(!holds_identity(ANN.file().replace("1F", "1Q").as_bytes()));
}

/// Runs a program of age, which is of the packages that CI installs; none, with a printed reason, where it is not there.
fn age(program: &str, args: &[&str], folder: &Path) -> Option<Vec<u8>> {
    let ran = Command::new(program).args(args).current_dir(folder).stderr(Stdio::inherit()).output();
    let Ok(ran) = ran else {
        assert!(std::env::var_os("PROBITY_REQUIRE_ORACLE").is_none(), "{program} is required: install age");
        println!("skipped: {program} is absent; install age");
        return None;
    };
    assert!(ran.status.success(), "{program} {args:?}");
    Some(ran.stdout)
}

#[test]
fn age_reads_what_is_sealed_and_what_age_seals_is_read() {
    let folder = tempfile::tempdir().unwrap();
    let place = folder.path();
    let Some(secret) = age("age-keygen", &[], place) else { return };
    std::fs::write(place.join("key.txt"), &secret).unwrap();
    let public = String::from_utf8(age("age-keygen", &["-y", "key.txt"], place).unwrap()).unwrap();
    let public = public.trim();
    let sealed = seal(PLAIN, &[ANN.public.to_owned(), public.to_owned()]).unwrap();
    std::fs::write(place.join("ours.age"), sealed).unwrap();
    assert_eq!(age("age", &["--decrypt", "-i", "key.txt", "ours.age"], place).unwrap(), PLAIN);
    std::fs::write(place.join("plain"), PLAIN).unwrap();
    let theirs = age("age", &["--encrypt", "-r", public, "plain"], place).unwrap();
    let secret = read(std::str::from_utf8(&secret).unwrap());
    assert_eq!(open(&theirs, &secret).unwrap(), PLAIN);
    // what is encrypted with a passphrase, or in another form, is not ours to open
    let armoured = age("age", &["--encrypt", "--armor", "-r", public, "plain"], place).unwrap();
    assert_eq!(open(&armoured, &secret).unwrap_err().code.id, "PB1027");
}

/// Sizes around the end of a piece, where a format of pieces goes wrong.
#[rstest]
#[case(0)]
#[case(1)]
#[case((64 << 10) - 1)]
#[case(64 << 10)]
#[case((64 << 10) + 1)]
#[case(128 << 10)]
fn whatever_its_size_it_comes_back(#[case] size: usize) {
    let plain: Vec<u8> = (0..size).map(|at| u8::try_from(at % 251).unwrap()).collect();
    let sealed = seal(&plain, &[ANN.public.to_owned()]).unwrap();
    assert!(is_sealed(&sealed));
    assert_eq!(open(&sealed, &ANN.read()).unwrap(), plain);
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("key.txt"), ANN.file()).unwrap();
    std::fs::write(folder.path().join("ours.age"), &sealed).unwrap();
    let Some(read) = age("age", &["--decrypt", "-i", "key.txt", "ours.age"], folder.path()) else { return };
    assert_eq!(read, plain);
    std::fs::write(folder.path().join("plain"), &plain).unwrap();
    let theirs = age("age", &["--encrypt", "-r", ANN.public, "plain"], folder.path()).unwrap();
    assert_eq!(open(&theirs, &ANN.read()).unwrap(), plain);
}

/// The text of a header is just what the format says: what somebody else might read in another way is refused.
#[rstest]
#[case::version("/v1\n", "/v2\n")]
#[case::carriage_return("/v1\n", "/v1\r\n")]
#[case::two_spaces("-> X25519 ", "-> X25519  ")]
#[case::an_argument_more("-> X25519 ", "-> X25519 a ")]
#[case::passphrase("-> X25519 ", "-> scrypt bBXJYVo/9qG1ZQIA9MXSyQ 18\n\n-> X25519 ")]
#[case::no_stanza_behind("--- ", "---")]
#[case::line_before_the_end("--- ", "\n--- ")]
fn a_header_that_was_changed_is_refused(#[case] old: &str, #[case] new: &str) {
    let sealed = seal(PLAIN, &[ANN.public.to_owned()]).unwrap();
    let at = sealed.windows(old.len()).position(|window| window == old.as_bytes()).unwrap();
    let changed = [&sealed[..at], new.as_bytes(), &sealed[at + old.len()..]].concat();
    // an argument more is a header that somebody may write, and nobody opens
    assert!(new == "-> X25519 a " || !is_sealed(&changed));
    assert_eq!(open(&changed, &ANN.read()).unwrap_err().code.id, "PB1027");
    // a stanza of a kind that is not known is passed over, but not put in by somebody else
    let added = [&sealed[..22], b"-> new-kind word\n\n", &sealed[22..]].concat();
    assert!(is_sealed(&added));
    assert!(open(&added, &ANN.read()).unwrap_err().message.contains("was changed"));
}
