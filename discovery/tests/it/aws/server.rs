//! moto, which stands for AWS, as a process of its own.

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::TcpStream;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

use probity_discovery::aws::{Keys, Settings};
use serde_json::Value;

/// The account of the keys that tests call with.
pub(crate) const OWN: &str = "123456789012";

/// Another account, in which a role can be assumed.
pub(crate) const OTHER: &str = "111111111111";

/// The regions of the estate.
pub(crate) const REGIONS: [&str; 3] = ["eu-central-1", "eu-west-1", "us-east-1"];

/// A running server. It ends when this is dropped, or when this process ends.
pub(crate) struct Server {
    child: Child,
    port: u16,
}

fn own(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/moto").join(name)
}

/// The folder that `install.sh` fills.
fn packages() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../target/moto")
}

fn python(script: &str) -> Command {
    let mut command = Command::new("python3");
    command.arg(own(script)).env("PYTHONPATH", packages()).env("PYTHONDONTWRITEBYTECODE", "1");
    command
}

impl Server {
    /// Starts a server; none where moto is not installed, which is an error
    /// only where it must be.
    pub(crate) fn start() -> Option<Self> {
        if !packages().join("installed.txt").exists() {
            let required = std::env::var_os("PROBITY_REQUIRE_ORACLE").is_some_and(|value| value == "1");
            assert!(!required, "moto is required: discovery/tests/moto/install.sh target/moto");
            eprintln!("skipped: moto is absent; run discovery/tests/moto/install.sh target/moto");
            return None;
        }
        let mut child = python("launcher.py")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let mut line = String::new();
        BufReader::new(child.stdout.take().unwrap()).read_line(&mut line).unwrap();
        let port = line.trim().parse().unwrap_or_else(|_| panic!("the launcher printed `{line}`"));
        Some(Self { child, port })
    }

    /// Builds the estate, and yields what is true of it.
    pub(crate) fn seed(&self) -> Value {
        let file = std::env::temp_dir().join(format!("probity-estate-{}.json", std::process::id()));
        let status = python("seed.py").arg(self.port.to_string()).arg(&file).status().unwrap();
        assert!(status.success(), "seed.py: {status}");
        let truth = serde_json::from_slice(&std::fs::read(&file).unwrap()).unwrap();
        std::fs::remove_file(file).unwrap();
        truth
    }

    pub(crate) fn endpoint(&self) -> String {
        format!("http://127.0.0.1:{}", self.port)
    }

    /// The own account in one region of this server.
    pub(crate) fn settings(&self) -> Settings {
        Settings {
            regions: vec![REGIONS[0].to_owned()],
            endpoint: Some(self.endpoint()),
            keys: Some(Keys { id: "test".to_owned(), secret: "test".to_owned() }),
            ..Settings::default()
        }
    }

    /// Lets calls fail by these rules, and by no others.
    pub(crate) fn fail(&self, rules: &Value) {
        self.call("-", "PUT", "/_faults", &rules.to_string());
    }

    /// How often each rule held.
    pub(crate) fn failed(&self) -> Vec<u64> {
        let rules: Value = serde_json::from_str(&self.call("-", "GET", "/_faults", "")).unwrap();
        rules.as_array().unwrap().iter().map(|rule| rule["done"].as_u64().unwrap()).collect()
    }

    /// A call of a service in the first region: moto does not mind who signs.
    pub(crate) fn call(&self, service: &str, method: &str, target: &str, body: &str) -> String {
        let mut connection = TcpStream::connect(("127.0.0.1", self.port)).unwrap();
        let region = REGIONS[0];
        let head = [
            format!("{method} {target} HTTP/1.1"),
            "Host: 127.0.0.1".to_owned(),
            "Connection: close".to_owned(),
            format!(
                "Content-Type: {}",
                if service == "s3" { "application/xml" } else { "application/x-www-form-urlencoded" }
            ),
            format!("Content-Length: {}", body.len()),
            format!(
                "Authorization: AWS4-HMAC-SHA256 Credential=test/20260101/{region}/{service}/aws4_request, SignedHeaders=h, Signature=s"
            ),
        ];
        write!(connection, "{}\r\n\r\n{body}", head.join("\r\n")).unwrap();
        let mut answer = String::new();
        connection.read_to_string(&mut answer).unwrap();
        let (head, body) = answer.split_once("\r\n\r\n").unwrap();
        assert!(head.starts_with("HTTP/1.1 20"), "{target} {answer}");
        body.to_owned()
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
