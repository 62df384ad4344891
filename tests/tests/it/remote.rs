//! Remote documents: the program and a server of https on this machine, case by case from `tests/remote`.
//!
//! `HOST` stands for the host and port of the server everywhere, `DIGEST(path)` for the SHA-256 digest of a body. The
//! requests that each step leads to are part of what is expected: none, where none is named.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::time::Duration;

use probity_diagnostics::document::{Format, Limits, parse};
use probity_diagnostics::{Sha256Digest, TreePath};
use probity_remote::{Fetcher, Patience};
use rstest::rstest;
use serde::Deserialize;
use tempfile::TempDir;

use crate::program::{program, run};
use crate::server::{Answer, Answers, Proxy, Server};

#[derive(Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
struct Case {
    /// The files of the folder.
    files: BTreeMap<String, String>,
    /// What the server answers.
    #[serde(default)]
    serves: Answers,
    /// What is done, in order.
    steps: Vec<Step>,
}

#[derive(Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
struct Step {
    /// What the server answers from now on.
    #[serde(default)]
    serves: Answers,
    /// Files that are written before; `null` deletes.
    #[serde(default)]
    files: BTreeMap<String, Option<String>>,
    /// The arguments, separated by spaces.
    run: String,
    #[serde(default)]
    exit: i32,
    /// What standard output holds.
    #[serde(default)]
    out: Vec<String>,
    /// What standard error holds, and what it does not.
    #[serde(default)]
    err: Vec<String>,
    #[serde(default)]
    err_not: Vec<String>,
    /// What the server was asked for, in order.
    #[serde(default)]
    asks: Vec<String>,
    /// What files hold afterwards.
    #[serde(default)]
    holds: BTreeMap<String, String>,
    /// A step, counted from 1, that printed the same.
    same_as: Option<usize>,
}

#[rstest]
fn cases(#[files("tests/remote/*.yaml")] file: PathBuf) {
    let bytes = std::fs::read(&file).unwrap();
    let path = TreePath::parse("case.yaml").unwrap();
    let value = parse(&bytes, &path, Format::Yaml, Limits::default()).unwrap().value;
    let text = serde_json::to_string(&value).unwrap();
    let server = Server::start();
    let case: Case = serde_json::from_str(&text.replace("HOST", &server.host())).unwrap();
    server.answer(case.serves.clone());
    let place = folder();
    write(place.path(), "trusted.pem", &server.pem());
    let mut bodies = case.serves;
    for (path, text) in &case.files {
        write(place.path(), path, &filled(text, &bodies));
    }
    let mut printed: Vec<String> = Vec::new();
    for step in case.steps {
        bodies.extend(step.serves.clone());
        server.answer(step.serves.clone());
        for (path, text) in &step.files {
            let path = filled(path, &bodies);
            match text {
                Some(text) => write(place.path(), &path, &filled(text, &bodies)),
                None => remove(&place.path().join(path)),
            }
        }
        printed.push(step.check(place.path(), &server, &bodies, &printed));
    }
}

impl Step {
    /// Runs the step and holds it to what is expected; what it printed.
    fn check(&self, place: &Path, server: &Server, bodies: &Answers, earlier: &[String]) -> String {
        let args: Vec<&str> = self.run.split_whitespace().collect();
        let mut command = program(place, &args);
        for name in ["ALL_PROXY", "HTTPS_PROXY", "HTTP_PROXY"] {
            command.env_remove(name).env_remove(name.to_ascii_lowercase());
        }
        let ran = run({
            command.env("SSL_CERT_FILE", place.join("trusted.pem"));
            command
        });
        let told = format!("probity {}\n--- out\n{}\n--- err\n{}", self.run, ran.out, ran.err);
        assert_eq!(ran.code, self.exit, "{told}");
        assert_eq!(server.asked(), self.asks, "{told}");
        for text in &self.out {
            assert!(ran.out.contains(&filled(text, bodies)), "`{text}` is not printed\n{told}");
        }
        for text in &self.err {
            assert!(ran.err.contains(&filled(text, bodies)), "`{text}` is not said\n{told}");
        }
        for text in &self.err_not {
            assert!(!ran.err.contains(text), "`{text}` is said\n{told}");
        }
        for (path, text) in &self.holds {
            let found = std::fs::read_to_string(place.join(filled(path, bodies))).unwrap();
            assert!(found.contains(&filled(text, bodies)), "{path} holds\n{found}\n{told}");
        }
        if let Some(step) = self.same_as {
            assert_eq!(earlier[step - 1], ran.out, "{told}");
        }
        ran.out
    }
}

/// A text in which digests of bodies stand for `DIGEST(path)`.
fn filled(text: &str, bodies: &Answers) -> String {
    let mut text = text.to_owned();
    for (path, answer) in bodies {
        let digest = Sha256Digest::of(answer.body.as_bytes()).to_string();
        text = text.replace(&format!("DIGEST({path})"), &digest);
    }
    text
}

fn folder() -> TempDir {
    tempfile::Builder::new().prefix("probity-").tempdir().unwrap()
}

fn write(folder: &Path, path: &str, text: &str) {
    let file = folder.join(path);
    std::fs::create_dir_all(file.parent().unwrap()).unwrap();
    std::fs::write(file, text).unwrap();
}

fn remove(path: &Path) {
    if path.is_dir() {
        std::fs::remove_dir_all(path).unwrap();
    } else {
        std::fs::remove_file(path).unwrap();
    }
}

fn answers<const N: usize>(answers: [(&str, Answer); N]) -> Answers {
    answers.into_iter().map(|(path, answer)| (path.to_owned(), answer)).collect()
}

fn body(text: &str) -> Answer {
    Answer { body: text.to_owned(), ..Answer::default() }
}

fn to(location: &str) -> Answer {
    Answer { location: Some(location.to_owned()), ..Answer::default() }
}

/// A fetcher that trusts the server, takes 100 bytes, and waits for answers only as long as `patience` says.
fn fetcher(server: &Server, patience: Patience) -> Fetcher {
    Fetcher::new(patience, 100).trusting(vec![server.der()])
}

fn fetched(server: &Server, patience: Patience, path: &str) -> Result<String, String> {
    let location = TreePath::parse(&format!("https://{}{path}", server.host())).unwrap();
    let fetched = fetcher(server, patience).fetch(&location).map_err(|error| error.message)?;
    Ok(String::from_utf8(fetched.bytes).unwrap())
}

#[test]
fn what_a_server_sends_is_bounded() {
    let server = Server::start();
    server.answer(answers([
        ("/fits", body(&"x".repeat(100))),
        ("/large", body(&"x".repeat(101))),
        ("/said-large", Answer { length: Some(1 << 40), ..Answer::default() }),
        ("/short", Answer { length: Some(50), ..body("x") }),
        ("/endless", Answer { endless: true, ..Answer::default() }),
    ]));
    let fetched = |path| fetched(&server, Patience::default(), path);
    assert_eq!(fetched("/fits").unwrap().len(), 100);
    for path in ["/large", "/said-large", "/endless"] {
        let why = fetched(path).unwrap_err();
        assert!(why.ends_with("cannot be fetched: it is larger than 100 bytes"), "{why}");
    }
    let why = fetched("/short").unwrap_err();
    assert!(why.contains("cannot be fetched: "), "{why}");
}

#[test]
fn redirects_are_few_and_stay_on_https() {
    let server = Server::start();
    let host = server.host();
    let port = host.rsplit(':').next().unwrap();
    server.answer(answers([
        ("/a/relative", to("../b/found?x=1#part")),
        ("/b/found?x=1", body("found")),
        ("/absolute", to(&format!("https://127.0.0.1:{port}/b/found?x=1"))),
        ("/twice", Answer { status: Some(308), ..to("/absolute") }),
        ("/loop", to("/loop")),
        ("/plain", to(&format!("http://{host}/b/found?x=1"))),
        ("/file", to("file:///etc/passwd")),
        ("/secret", to(&format!("https://user:secret@{host}/b/found?x=1"))),
        ("/nowhere", Answer { status: Some(302), ..Answer::default() }),
        ("/gone", Answer { status: Some(410), ..Answer::default() }),
    ]));
    let fetched = |path| fetched(&server, Patience::default(), path);
    for path in ["/a/relative", "/absolute", "/twice"] {
        assert_eq!(fetched(path).unwrap(), "found", "{path}");
    }
    server.asked();
    let refused = [
        ("/loop", "it is redirected more than 5 times", 6),
        ("/plain", "which is no https location to read from", 1),
        ("/file", "it is redirected to `file:///etc/passwd`, which is no https location to read from", 1),
        ("/secret", "which is no https location to read from", 1),
        ("/nowhere", "without a location", 1),
        ("/gone", "the server answers 410 Gone", 1),
        ("/absent", "the server answers 404 Not Found", 1),
    ];
    for (path, expected, requests) in refused {
        let why = fetched(path).unwrap_err();
        assert!(why.ends_with(expected), "{why}");
        assert_eq!(server.asked().len(), requests, "{path}");
    }
}

#[test]
fn a_silent_server_is_given_up() {
    let server = Server::start();
    server.answer(answers([("/silent", Answer { silent: true, ..Answer::default() })]));
    let patience = Patience { answer: Duration::from_millis(50), ..Patience::default() };
    let why = fetched(&server, patience, "/silent").unwrap_err();
    assert!(why.ends_with("the server takes too long"), "{why}");
}

#[test]
fn addresses_of_ipv6_are_read_from() {
    let Some(server) = Server::start_v6() else {
        eprintln!("skipped: this machine has no loopback address of IPv6");
        return;
    };
    server.answer(answers([("/found", body("found"))]));
    assert_eq!(fetched(&server, Patience::default(), "/found").unwrap(), "found");
}

#[test]
fn a_server_that_nobody_vouches_for_is_not_asked() {
    let (server, other) = (Server::start(), Server::start());
    server.answer(answers([("/found", body("found"))]));
    let location = TreePath::parse(&format!("https://{}/found", server.host())).unwrap();
    let why = fetcher(&other, Patience::default()).fetch(&location).unwrap_err().message;
    assert!(why.contains("certificate"), "{why}");
    assert!(server.asked().is_empty());
}

/// A project that is assessed against a profile at a remote location.
fn project(server: &Server) -> TempDir {
    let place = folder();
    write(place.path(), "trusted.pem", &server.pem());
    offline(place.path(), &["init", "--name", "Remote"]);
    let settings = std::fs::read_to_string(place.path().join("probity.toml")).unwrap();
    let profile = format!("profile = \"https://{}/own.yaml\"", server.host());
    let (start, rest) = settings.split_once("profile = ").unwrap();
    let rest = rest.split_once('\n').unwrap().1;
    write(place.path(), "probity.toml", &format!("{start}{profile}\n{rest}"));
    server.answer(answers([("/own.yaml", own_profile("am-01.1"))]));
    place
}

fn own_profile(control: &str) -> Answer {
    body(&format!(
        "profile:
  uuid: 0c9a5a7e-3a0c-4a39-8f0e-6f8f2f8f1d11
  metadata: {{title: Own, last-modified: \"2026-11-21T00:00:00Z\", version: \"1\", oscal-version: 1.2.2}}
  imports:
    - href: content:catalogs/eucs.yaml
      include-controls: [{{with-ids: [{control}]}}]
"
    ))
}

/// Runs the program with `SOURCE_DATE_EPOCH`, so that two builds judge as of one instant.
fn offline(folder: &Path, args: &[&str]) -> crate::program::Ran {
    let mut command = program(folder, args);
    command.env("SSL_CERT_FILE", folder.join("trusted.pem")).env("SOURCE_DATE_EPOCH", "1800000000");
    run(command)
}

fn built(folder: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    let mut files = BTreeMap::new();
    let mut open = vec![folder.join("build")];
    while let Some(next) = open.pop() {
        for entry in std::fs::read_dir(next).unwrap().map(|entry| entry.unwrap().path()) {
            if entry.is_dir() {
                open.push(entry);
            } else {
                files.insert(
                    entry.strip_prefix(folder).unwrap().to_path_buf(),
                    std::fs::read(&entry).unwrap(),
                );
            }
        }
    }
    files
}

#[test]
fn a_build_without_network_gives_the_same_bytes() {
    let server = Server::start();
    let place = project(&server);
    let refused = offline(place.path(), &["build"]).exits(2);
    assert!(refused.err.contains("is a remote location that nothing answers"), "{}", refused.err);
    assert!(server.asked().is_empty());
    let made = offline(place.path(), &["build", "--allow-remote"]);
    assert!(made.code < 2, "{}", made.err);
    assert_eq!(server.asked(), ["/own.yaml"]);
    let first = built(place.path());
    assert!(first.keys().any(|file| file.ends_with("assessment-results.json")), "{:?}", first.keys());
    let again = offline(place.path(), &["build"]);
    assert!(again.err.contains("everything is up to date"), "{}", again.err);
    // another clone: the lock came with git, the cache was restored, nothing was built
    remove(&place.path().join("build"));
    remove(&place.path().join(".probity/state.json"));
    offline(place.path(), &["build"]);
    assert!(built(place.path()) == first, "a build without network gives other bytes");
    // validate reads the profile as well
    offline(place.path(), &["validate"]).exits(0);
    assert!(server.asked().is_empty());
}

#[test]
fn a_changed_lock_builds_again() {
    let server = Server::start();
    let place = project(&server);
    offline(place.path(), &["build", "--allow-remote"]);
    server.answer(answers([("/own.yaml", own_profile("am-03.1"))]));
    let kept = offline(place.path(), &["build", "--allow-remote"]);
    assert!(kept.err.contains("everything is up to date"), "{}", kept.err);
    let lock = std::fs::read_to_string(place.path().join("probity.lock")).unwrap();
    let updated = offline(place.path(), &["build", "--allow-remote", "--update-lock", "--dry-run"]);
    assert!(updated.out.contains("`https://") && updated.out.contains("changed"), "{}", updated.out);
    offline(place.path(), &["build", "--allow-remote", "--update-lock"]);
    let catalog = |files: &BTreeMap<PathBuf, Vec<u8>>| {
        let (_, bytes) = files.iter().find(|(file, _)| file.ends_with("catalog.json")).unwrap();
        String::from_utf8(bytes.clone()).unwrap()
    };
    assert!(catalog(&built(place.path())).contains("am-03.1"));
    // the older lock leads back to the older bytes, which are kept
    write(place.path(), "probity.lock", &lock);
    server.asked();
    offline(place.path(), &["build"]);
    assert!(catalog(&built(place.path())).contains("am-01.1"));
    assert!(server.asked().is_empty());
}

#[test]
fn runs_at_the_same_time_leave_a_whole_lock() {
    let server = Server::start();
    let place = folder();
    write(place.path(), "trusted.pem", &server.pem());
    let profile = |name: &str| {
        format!(
            "profile:
  uuid: 0c9a5a7e-3a0c-4a39-8f0e-6f8f2f8f1d11
  metadata: {{title: Own, last-modified: \"2026-11-21T00:00:00Z\", version: \"1\", oscal-version: 1.2.2}}
  imports:
    - {{href: \"https://{}/{name}.yaml\", include-all: {{}}}}
    - {{href: \"https://{}/shared.yaml\", include-all: {{}}}}
",
            server.host(),
            server.host()
        )
    };
    let names: Vec<String> = (0..6).map(|n| format!("n{n}")).collect();
    for name in &names {
        write(place.path(), &format!("{name}.yaml"), &profile(name));
        server.answer(answers([(&*format!("/{name}.yaml"), own_profile("am-01.1"))]));
    }
    server.answer(answers([("/shared.yaml", own_profile("am-03.1"))]));
    std::thread::scope(|scope| {
        for name in &names {
            let (file, place) = (format!("{name}.yaml"), place.path());
            scope.spawn(move || offline(place, &["resolve", &file, "--allow-remote"]).exits(0));
        }
    });
    let lock = std::fs::read_to_string(place.path().join("probity.lock")).unwrap();
    assert_eq!(lock.matches("[[document]]").count(), names.len() + 1, "{lock}");
    server.asked();
    for name in &names {
        offline(place.path(), &["resolve", &format!("{name}.yaml")]).exits(0);
    }
    assert!(server.asked().is_empty());
}

#[test]
fn the_proxy_of_the_environment_is_used() {
    let (server, proxy) = (Server::start(), Proxy::start());
    let place = folder();
    write(place.path(), "trusted.pem", &server.pem());
    server.answer(answers([("/own.yaml", own_profile("am-01.1"))]));
    let location = format!("https://{}/own.yaml", server.host());
    let mut command = program(place.path(), &["resolve", &location, "--allow-remote"]);
    command.env("SSL_CERT_FILE", place.path().join("trusted.pem")).env_remove("ALL_PROXY");
    for name in ["NO_PROXY", "no_proxy", "all_proxy", "https_proxy"] {
        command.env_remove(name);
    }
    command.env("HTTPS_PROXY", proxy.setting());
    run(command).exits(0);
    assert_eq!(proxy.asked(), [server.host()]);
    assert_eq!(server.asked(), ["/own.yaml"]);
}
