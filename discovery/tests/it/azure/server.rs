//! A management interface of Azure in this process: lists in pages with
//! absolute links to the next, tokens, and answers that are none.

use std::collections::{BTreeMap, VecDeque};
use std::net::SocketAddr;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use axum::body::{Body, Bytes};
use axum::extract::{Request, State};
use axum::http::{HeaderMap, Response, StatusCode};
use serde_json::{Value, json};

/// The directory, as the server knows it.
pub(crate) const TENANT: &str = "7e570000-0000-4000-8000-000000000001";
/// The secret of the application.
pub(crate) const CLIENT_SECRET: &str = "planted-client-secret";
/// What tokens begin with; a number follows.
pub(crate) const TOKEN: &str = "planted-bearer-token";

/// What the server answers in the place of what is asked for.
#[derive(Debug, Clone)]
pub(crate) enum Act {
    /// An error of this status and code, with headers.
    Refuse(u16, &'static str, Vec<(&'static str, String)>),
    /// A page for people.
    Html(u16),
    /// Half of an answer, and then the connection breaks.
    Reset,
    /// No answer for a long time.
    Stall,
    /// The answer as it is, with a link to a next page elsewhere.
    LinkTo(String),
}

/// What the server holds and does.
#[derive(Debug)]
pub(crate) struct Estate {
    /// Lists by path in lower case, query and all but `api-version` included.
    pub(crate) lists: BTreeMap<String, Vec<Value>>,
    /// Single answers by path in lower case.
    pub(crate) documents: BTreeMap<String, Value>,
    /// How many items a page holds.
    pub(crate) page: usize,
    /// What is answered instead, by path in lower case, one after the other.
    pub(crate) acts: BTreeMap<String, VecDeque<Act>>,
    /// What is answered to a request for a token.
    pub(crate) sign_in: Option<(u16, Value)>,
    /// How many tokens are not held for good any more.
    pub(crate) expired: usize,
}

impl Default for Estate {
    fn default() -> Self {
        let (lists, documents, acts) = (BTreeMap::new(), BTreeMap::new(), BTreeMap::new());
        Self { lists, documents, page: 50, acts, sign_in: None, expired: 0 }
    }
}

impl Estate {
    pub(crate) fn list(&mut self, path: &str, item: Value) {
        self.lists.entry(path.to_lowercase()).or_default().push(item);
    }

    pub(crate) fn document(&mut self, path: &str, document: Value) {
        self.documents.insert(path.to_lowercase(), document);
    }

    /// Answers a path otherwise, `times` times.
    pub(crate) fn act(&mut self, path: &str, times: usize, act: &Act) {
        let acts = std::iter::repeat_n(act.clone(), times);
        self.acts.entry(path.to_lowercase()).or_default().extend(acts);
    }
}

/// What the server saw.
#[derive(Debug, Default)]
pub(crate) struct Seen {
    /// Methods and paths, in the order in which they came.
    pub(crate) requests: Vec<String>,
    /// Values of the header that tokens are sent in.
    pub(crate) tokens: Vec<String>,
    issued: usize,
}

struct Inner {
    estate: Mutex<Estate>,
    seen: Mutex<Seen>,
    address: SocketAddr,
}

/// A server that runs until the test ends.
#[derive(Clone)]
pub(crate) struct Server(Arc<Inner>);

impl Server {
    pub(crate) async fn start(estate: Estate) -> Self {
        let listener = tokio::net::TcpListener::bind(("127.0.0.1", 0)).await.unwrap();
        let address = listener.local_addr().unwrap();
        let inner = Arc::new(Inner { estate: Mutex::new(estate), seen: Mutex::default(), address });
        let app = axum::Router::new().fallback(answer).with_state(Arc::clone(&inner));
        tokio::spawn(async move { axum::serve(listener, app).await.unwrap() });
        Self(inner)
    }

    pub(crate) fn origin(&self) -> String {
        format!("http://{}", self.0.address)
    }

    pub(crate) fn requests(&self) -> Vec<String> {
        self.0.seen.lock().unwrap().requests.clone()
    }

    pub(crate) fn tokens(&self) -> Vec<String> {
        self.0.seen.lock().unwrap().tokens.clone()
    }
}

async fn answer(State(inner): State<Arc<Inner>>, request: Request) -> Response<Body> {
    let (head, body) = request.into_parts();
    let body = axum::body::to_bytes(body, 1 << 20).await.unwrap();
    let path = head.uri.path().to_lowercase();
    let query: Vec<(String, String)> = head
        .uri
        .query()
        .unwrap_or_default()
        .split('&')
        .filter_map(|pair| {
            let (name, value) = pair.split_once('=')?;
            Some((name.replace("%24", "$"), value.to_owned()))
        })
        .collect();
    let token = head.headers.get("authorization").and_then(|value| value.to_str().ok()).map(str::to_owned);
    {
        let mut seen = inner.seen.lock().unwrap();
        seen.requests.push(format!("{} {path}", head.method));
        seen.tokens.extend(token.clone());
    }
    if path.ends_with("/oauth2/v2.0/token") {
        return sign_in(&inner, &path, &body);
    }
    if path == "/metadata/identity/oauth2/token" {
        return machine(&inner, &head.headers);
    }
    if let Some(refusal) = unsigned(&inner, token.as_deref()) {
        return refusal;
    }
    let act = inner.estate.lock().unwrap().acts.get_mut(&path).and_then(VecDeque::pop_front);
    let link = match act {
        Some(Act::Stall) => {
            tokio::time::sleep(Duration::from_secs(30)).await;
            None
        }
        Some(Act::LinkTo(link)) => Some(link),
        Some(act) => return instead(&act),
        None => None,
    };
    found(&inner, &path, &query, link)
}

fn json(status: u16, body: &Value) -> Response<Body> {
    let response = Response::builder().status(status).header("content-type", "application/json");
    response.body(Body::from(body.to_string())).unwrap()
}

fn error(status: u16, code: &str) -> Response<Body> {
    json(status, &json!({"error": {"code": code, "message": "planted-in-a-message"}}))
}

fn instead(act: &Act) -> Response<Body> {
    match act {
        Act::Refuse(status, code, headers) => {
            let mut response = error(*status, code);
            for (name, value) in headers {
                response.headers_mut().insert(*name, value.parse().unwrap());
            }
            response
        }
        Act::Html(status) => Response::builder()
            .status(*status)
            .header("content-type", "text/html")
            .body(Body::from("<html>planted-in-a-message</html>"))
            .unwrap(),
        Act::Reset => {
            let halves: [Result<Bytes, std::io::Error>; 2] =
                [Ok(Bytes::from_static(b"{\"value\": [{\"id\": \"")), Err(std::io::Error::other("broken"))];
            Response::new(Body::from_stream(futures_util::stream::iter(halves)))
        }
        Act::Stall | Act::LinkTo(_) => error(500, "NotHere"),
    }
}

/// A token for the application that knows its secret.
fn sign_in(inner: &Inner, path: &str, form: &[u8]) -> Response<Body> {
    let form = String::from_utf8_lossy(form);
    if let Some((status, body)) = &inner.estate.lock().unwrap().sign_in {
        return json(*status, body);
    }
    let refused = |number: u64| {
        let text = format!("AADSTS{number}: planted-in-a-message");
        json(401, &json!({"error": "invalid_client", "error_description": text, "error_codes": [number]}))
    };
    if !path.starts_with(&format!("/{TENANT}/")) {
        return refused(90002);
    }
    let is_known = form.contains(&format!("client_secret={CLIENT_SECRET}"))
        || form.contains("client_assertion=planted-assertion");
    if !is_known {
        return refused(7_000_215);
    }
    issue(inner, &json!(3600))
}

/// A token for the identity of a machine.
fn machine(inner: &Inner, headers: &HeaderMap) -> Response<Body> {
    if headers.get("metadata").is_none() && headers.get("x-identity-header").is_none() {
        return error(400, "bad_request");
    }
    issue(inner, &json!("3600"))
}

fn issue(inner: &Inner, held: &Value) -> Response<Body> {
    let mut seen = inner.seen.lock().unwrap();
    seen.issued += 1;
    let token = format!("{TOKEN}-{}", seen.issued);
    json(200, &json!({"token_type": "Bearer", "expires_in": held, "access_token": token}))
}

/// What is answered to those without a token that holds.
fn unsigned(inner: &Inner, token: Option<&str>) -> Option<Response<Body>> {
    let number = token.and_then(|token| token.strip_prefix(&format!("Bearer {TOKEN}-")));
    let Some(number) = number.and_then(|number| number.parse::<usize>().ok()) else {
        return Some(error(401, "AuthenticationFailed"));
    };
    let expired = inner.estate.lock().unwrap().expired;
    (number <= expired).then(|| error(401, "ExpiredAuthenticationToken"))
}

fn found(inner: &Inner, path: &str, query: &[(String, String)], link: Option<String>) -> Response<Body> {
    let get = |name: &str| query.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str());
    let Some(version) = get("api-version") else { return error(400, "MissingApiVersionParameter") };
    let estate = inner.estate.lock().unwrap();
    if let Some(document) = estate.documents.get(path) {
        return json(200, document);
    }
    let key = if get("statusOnly").is_some() { format!("{path}?statusonly") } else { path.to_owned() };
    let nothing = Vec::new();
    let items = match estate.lists.get(&key) {
        Some(items) => items,
        None if is_list(path) => &nothing,
        None => return error(StatusCode::NOT_FOUND.as_u16(), "ResourceNotFound"),
    };
    let from: usize = get("$skiptoken").map_or(0, |text| text.parse().unwrap());
    let page: Vec<&Value> = items.iter().skip(from).take(estate.page).collect();
    let status = if get("statusOnly").is_some() { "&statusOnly=true" } else { "" };
    let next = (from + page.len() < items.len()).then(|| {
        let from = from + page.len();
        format!("http://{}{path}?api-version={version}{status}&$skiptoken={from}", inner.address)
    });
    let mut body = json!({"value": page});
    if let Some(link) = link.or(next) {
        body["nextLink"] = link.into();
    }
    json(200, &body)
}

/// Whether a path is that of all resources of a type, or of the settings of
/// one, which may be none.
fn is_list(path: &str) -> bool {
    let parts: Vec<&str> = path.split('/').skip(1).collect();
    matches!(
        parts.as_slice(),
        ["subscriptions", _, "providers", _, _] | ["subscriptions", _, "resourcegroups"]
    ) || path.ends_with("/diagnosticsettings")
}
