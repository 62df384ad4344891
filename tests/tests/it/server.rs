//! A server of https documents on this machine, which remembers what it was asked for.

use std::collections::BTreeMap;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{Ipv4Addr, Ipv6Addr, SocketAddr, TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::thread;

use rcgen::{CertifiedKey, generate_simple_self_signed};
use rustls::pki_types::PrivateKeyDer;
use rustls::{ServerConfig, ServerConnection, StreamOwned};
use serde::Deserialize;

/// What the server answers to a path.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub(crate) struct Answer {
    /// The status; 200 if left out, 302 where a location is given.
    pub(crate) status: Option<u16>,
    /// `Location`.
    pub(crate) location: Option<String>,
    /// `Content-Type`.
    #[serde(rename = "type")]
    pub(crate) media_type: Option<String>,
    /// `Content-Length`; that of the body if left out.
    pub(crate) length: Option<u64>,
    /// The body.
    #[serde(default)]
    pub(crate) body: String,
    /// Whether the head of the answer never comes.
    #[serde(default)]
    pub(crate) silent: bool,
    /// Whether the body has no end: in chunks, until the client goes away.
    #[serde(default)]
    pub(crate) endless: bool,
}

/// The answers by path; 404 to all others.
pub(crate) type Answers = BTreeMap<String, Answer>;

/// A server that runs until the test ends.
pub(crate) struct Server {
    address: SocketAddr,
    certificate: rcgen::Certificate,
    answers: Arc<Mutex<Answers>>,
    asked: Arc<Mutex<Vec<String>>>,
}

impl Server {
    /// A server on IPv4.
    pub(crate) fn start() -> Self {
        Self::on(TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap())
    }

    /// A server on IPv6; none where this machine has no such address.
    pub(crate) fn start_v6() -> Option<Self> {
        TcpListener::bind((Ipv6Addr::LOCALHOST, 0)).ok().map(Self::on)
    }

    fn on(listener: TcpListener) -> Self {
        let names = ["localhost", "127.0.0.1", "::1"].map(str::to_owned);
        let CertifiedKey { cert, signing_key } = generate_simple_self_signed(names).unwrap();
        let key = PrivateKeyDer::try_from(signing_key.serialize_der()).unwrap();
        let config =
            ServerConfig::builder_with_provider(Arc::new(rustls::crypto::aws_lc_rs::default_provider()))
                .with_safe_default_protocol_versions()
                .unwrap()
                .with_no_client_auth()
                .with_single_cert(vec![cert.der().clone()], key)
                .unwrap();
        let server = Self {
            address: listener.local_addr().unwrap(),
            certificate: cert,
            answers: Arc::default(),
            asked: Arc::default(),
        };
        let (answers, asked, config) =
            (Arc::clone(&server.answers), Arc::clone(&server.asked), Arc::new(config));
        thread::spawn(move || {
            for stream in listener.incoming() {
                let (answers, asked, config) =
                    (Arc::clone(&answers), Arc::clone(&asked), Arc::clone(&config));
                thread::spawn(move || serve(stream.unwrap(), config, &answers, &asked));
            }
        });
        server
    }

    /// The host and port to ask, by name on IPv4.
    pub(crate) fn host(&self) -> String {
        match self.address {
            SocketAddr::V4(address) => format!("localhost:{}", address.port()),
            SocketAddr::V6(_) => self.address.to_string(),
        }
    }

    /// The certificate that vouches for the server, as PEM.
    pub(crate) fn pem(&self) -> String {
        self.certificate.pem()
    }

    /// The same as DER.
    pub(crate) fn der(&self) -> Vec<u8> {
        self.certificate.der().to_vec()
    }

    /// Answers some paths from now on; the others as before.
    pub(crate) fn answer(&self, answers: Answers) {
        self.answers.lock().unwrap().extend(answers);
    }

    /// The paths that were asked for since the last call, in order.
    pub(crate) fn asked(&self) -> Vec<String> {
        std::mem::take(&mut *self.asked.lock().unwrap())
    }
}

fn serve(stream: TcpStream, config: Arc<ServerConfig>, answers: &Mutex<Answers>, asked: &Mutex<Vec<String>>) {
    let Ok(connection) = ServerConnection::new(config) else { return };
    let mut stream = BufReader::new(StreamOwned::new(connection, stream));
    // a client that does not trust the certificate is gone before its first line
    while let Some(path) = request(&mut stream) {
        asked.lock().unwrap().push(path.clone());
        let answer = answers.lock().unwrap().get(&path).cloned();
        let answer = answer.unwrap_or_else(|| Answer { status: Some(404), ..Answer::default() });
        if respond(stream.get_mut(), &answer).is_err() {
            return;
        }
    }
}

/// The path of the next request, whose head has no credentials.
fn request(stream: &mut impl BufRead) -> Option<String> {
    let mut first = String::new();
    stream.read_line(&mut first).ok()?;
    let path = first.strip_prefix("GET ")?.split(' ').next()?.to_owned();
    loop {
        let mut line = String::new();
        if stream.read_line(&mut line).ok()? == 0 {
            return None;
        }
        let name = line.split(':').next().unwrap().to_ascii_lowercase();
        assert!(!["authorization", "cookie", "proxy-authorization"].contains(&name.as_str()), "{line}");
        if line.trim().is_empty() {
            return Some(path);
        }
    }
}

fn respond(stream: &mut (impl Read + Write), answer: &Answer) -> std::io::Result<()> {
    if answer.silent {
        // until the client closes the connection
        return std::io::copy(stream, &mut std::io::sink()).and(Err(std::io::ErrorKind::Other.into()));
    }
    let status = answer.status.unwrap_or(if answer.location.is_some() { 302 } else { 200 });
    write!(stream, "HTTP/1.1 {status} Status\r\n")?;
    if let Some(location) = &answer.location {
        write!(stream, "Location: {location}\r\n")?;
    }
    if let Some(media_type) = &answer.media_type {
        write!(stream, "Content-Type: {media_type}\r\n")?;
    }
    if answer.endless {
        write!(stream, "Transfer-Encoding: chunked\r\n\r\n")?;
        loop {
            write!(stream, "1000\r\n{:4096}\r\n", "")?;
        }
    }
    let body = answer.body.as_bytes();
    let length = answer.length.unwrap_or(u64::try_from(body.len()).unwrap());
    write!(stream, "Content-Length: {length}\r\n\r\n")?;
    stream.write_all(body)?;
    stream.flush()?;
    // a body that is shorter than it was said to be ends with the connection
    if answer.length.is_some() { Err(std::io::ErrorKind::Other.into()) } else { Ok(()) }
}

/// A proxy that tunnels to addresses of this machine, and remembers which were asked for.
pub(crate) struct Proxy {
    address: SocketAddr,
    asked: Arc<Mutex<Vec<String>>>,
}

impl Proxy {
    /// A proxy on IPv4.
    pub(crate) fn start() -> Self {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
        let proxy = Self { address: listener.local_addr().unwrap(), asked: Arc::default() };
        let asked = Arc::clone(&proxy.asked);
        thread::spawn(move || {
            for stream in listener.incoming() {
                let asked = Arc::clone(&asked);
                thread::spawn(move || tunnel(&stream.unwrap(), &asked));
            }
        });
        proxy
    }

    /// The setting that names it.
    pub(crate) fn setting(&self) -> String {
        format!("http://{}", self.address)
    }

    /// The hosts and ports that were asked for.
    pub(crate) fn asked(&self) -> Vec<String> {
        self.asked.lock().unwrap().clone()
    }
}

fn tunnel(client: &TcpStream, asked: &Mutex<Vec<String>>) {
    let mut reader = BufReader::new(client.try_clone().unwrap());
    let mut first = String::new();
    reader.read_line(&mut first).unwrap();
    let target = first.strip_prefix("CONNECT ").and_then(|rest| rest.split(' ').next()).unwrap().to_owned();
    let mut line = String::from("x");
    while !line.trim().is_empty() {
        line.clear();
        reader.read_line(&mut line).unwrap();
    }
    asked.lock().unwrap().push(target.clone());
    let port: u16 = target.rsplit(':').next().unwrap().parse().unwrap();
    let server = TcpStream::connect((Ipv4Addr::LOCALHOST, port)).unwrap();
    let (mut up, mut down) = (server.try_clone().unwrap(), client.try_clone().unwrap());
    down.write_all(b"HTTP/1.1 200 Connected\r\n\r\n").unwrap();
    thread::spawn(move || std::io::copy(&mut reader, &mut up));
    let _ = std::io::copy(&mut { server }, &mut down);
}
