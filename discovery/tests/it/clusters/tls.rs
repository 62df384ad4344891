//! Signing in with a certificate, over TLS, in a program that has named no
//! provider of ciphers.

use std::io::{BufRead as _, BufReader, Write as _};
use std::net::{TcpListener, TcpStream};
use std::sync::Arc;

use probity_discovery::kubernetes::live::Settings;
use probity_discovery::live::Tape;
use rcgen::{CertifiedKey, KeyPair, generate_simple_self_signed};
use rustls::pki_types::PrivateKeyDer;
use rustls::server::WebPkiClientVerifier;
use rustls::{RootCertStore, ServerConfig, ServerConnection, StreamOwned};
use serde_json::json;

use super::{LIMITS, discover, written};

type Pair = CertifiedKey<KeyPair>;

fn pair(name: &str) -> Pair {
    generate_simple_self_signed([name.to_owned()]).unwrap()
}

/// Answers callers with this certificate; all others are not let in.
fn serve(own: &Pair, caller: &Pair) -> String {
    let provider = Arc::new(rustls::crypto::aws_lc_rs::default_provider());
    let mut roots = RootCertStore::empty();
    roots.add(caller.cert.der().clone()).unwrap();
    let verifier = WebPkiClientVerifier::builder_with_provider(Arc::new(roots), Arc::clone(&provider));
    let verifier = verifier.allow_unauthenticated().build().unwrap();
    let key = PrivateKeyDer::try_from(own.signing_key.serialize_der()).unwrap();
    let config = ServerConfig::builder_with_provider(provider).with_safe_default_protocol_versions().unwrap();
    let config = config.with_client_cert_verifier(verifier);
    let config = Arc::new(config.with_single_cert(vec![own.cert.der().clone()], key).unwrap());
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("https://{}", listener.local_addr().unwrap());
    std::thread::spawn(move || {
        for stream in listener.incoming().map_while(Result::ok) {
            let config = Arc::clone(&config);
            std::thread::spawn(move || answer(stream, config));
        }
    });
    url
}

fn answer(stream: TcpStream, config: Arc<ServerConfig>) -> std::io::Result<()> {
    let connection = ServerConnection::new(config).map_err(std::io::Error::other)?;
    let mut stream = BufReader::new(StreamOwned::new(connection, stream));
    let mut head = Vec::new();
    while !head.ends_with(b"\r\n\r\n") {
        if stream.read_until(b'\n', &mut head)? == 0 {
            return Ok(());
        }
    }
    let head = String::from_utf8_lossy(&head).into_owned();
    let is_known = stream.get_ref().conn.peer_certificates().is_some();
    let (status, body) = match head.split(' ').nth(1).unwrap_or_default() {
        _ if !is_known => (401, json!({"kind": "Status", "reason": "Unauthorized"})),
        "/apis" => (200, json!({"kind": "APIGroupList", "groups": []})),
        "/version" => (200, json!({"gitVersion": "v1.34.1+k3s1"})),
        nodes if nodes.starts_with("/api/v1/nodes?") => {
            (200, json!({"kind": "NodeList", "metadata": {}, "items": null}))
        }
        _ => (201, json!({"status": {"allowed": true, "reason": ""}})),
    };
    let body = body.to_string();
    let length = body.len();
    let stream = stream.get_mut();
    write!(stream, "HTTP/1.1 {status} X\r\ncontent-length: {length}\r\nconnection: close\r\n\r\n{body}")?;
    stream.conn.send_close_notify();
    stream.flush()
}

/// A kubeconfig that trusts `server` and shows the certificate of `caller`.
fn kubeconfig(test: &str, url: &str, server: &Pair, caller: &Pair) -> String {
    let file = |name: &str, text: &str| written(&format!("{test}-{name}"), text);
    let (own, shown) = (file("ca", &server.cert.pem()), file("cert", &caller.cert.pem()));
    let key = file("key", &caller.signing_key.serialize_pem());
    let text = format!(
        "current-context: test\ncontexts: [{{name: test, context: {{cluster: b, user: c}}}}]\n\
         clusters: [{{name: b, cluster: {{server: \"{url}\", certificate-authority: \"{own}\"}}}}]\n\
         users: [{{name: c, user: {{client-certificate: \"{shown}\", client-key: \"{key}\"}}}}]\n"
    );
    written(test, &text)
}

fn settings(path: String) -> Settings {
    Settings { kubeconfig: Some(path), only: vec!["cluster".to_owned()], ..Settings::default() }
}

#[tokio::test]
async fn a_certificate_signs_in_and_is_not_shown_where_nobody_shall() {
    let (server, caller) = (pair("127.0.0.1"), pair("caller"));
    let url = serve(&server, &caller);
    let settings = settings(kubeconfig("tls", &url, &server, &caller));
    let run = discover(&settings, LIMITS, Arc::new(Tape::live())).await;
    assert!(run.outcome.is_complete(), "{:?}", run.messages());
    let resources = run.resources();
    let told =
        json!({"managementUrl": url, "version": "1.34.1", "accessControl": {"anonymousAccess": false}});
    assert_eq!(serde_json::Value::Object(resources["k8s:cluster/test"].properties.clone()), told);
}

#[tokio::test]
async fn a_server_that_is_not_trusted_learns_nothing() {
    let (server, other, caller) = (pair("127.0.0.1"), pair("127.0.0.1"), pair("caller"));
    let url = serve(&server, &caller);
    let settings = settings(kubeconfig("untrusted", &url, &other, &caller));
    let run = discover(&settings, LIMITS, Arc::new(Tape::live())).await;
    assert!(run.outcome.is_nothing());
    assert_eq!(run.messages(), ["get /apis could not reach the service in cluster/test"]);
}
