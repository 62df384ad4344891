//! Lists, page by page.

use std::fmt::Write as _;

use probity_diagnostics::percent_encoded;
use serde_json::{Value, json};

use super::api::{Api, Reply};
use super::served::Served;
use super::services::List;
use crate::kubernetes::kind::Kind;
use crate::kubernetes::object::Object;
use crate::live::{Cause, Fault};

/// How many objects a page holds.
const PAGE: usize = 500;

/// How often a list is begun again when its pages do not fit together any
/// more. The last time everything is asked for in one answer, which is of one
/// moment by itself.
const RESTARTS: usize = 3;

/// Objects of one kind.
pub(super) struct Listing {
    pub(super) list: &'static List,
    pub(super) objects: Vec<Object>,
    /// Elements that cannot be read, by name where they have one.
    pub(super) unreadable: Vec<(Option<String>, Fault)>,
    /// Whether the list was read to its end.
    pub(super) end: Result<(), Fault>,
}

/// What pages came to.
enum Pages {
    Read,
    /// They are not of one moment.
    Torn,
    /// There is no such list.
    Missing,
}

/// Reads a list.
pub(super) async fn read(api: &Api, served: &Served, list: &'static List) -> Listing {
    let mut listing = Listing { list, objects: Vec::new(), unreadable: Vec::new(), end: Ok(()) };
    if served.lacks_group(list) {
        return listing;
    }
    for attempt in 0..=RESTARTS {
        listing.objects.clear();
        listing.unreadable.clear();
        let limit = (attempt < RESTARTS).then_some(PAGE);
        listing.end = match pages(api, &mut listing, limit).await {
            Ok(Pages::Read) => Ok(()),
            Ok(Pages::Missing) => served.why_missing(api, list).await,
            Ok(Pages::Torn) => {
                listing.end = Err(Fault::with_code(Cause::Failed, "Expired"));
                continue;
            }
            Err(fault) => Err(fault),
        };
        break;
    }
    listing
}

/// Reads pages until the last one.
async fn pages(api: &Api, listing: &mut Listing, limit: Option<usize>) -> Result<Pages, Fault> {
    let list = listing.list;
    let path = format!("{}/{}", list.base(), list.resource);
    let (mut token, mut moment) = (None::<String>, None::<String>);
    loop {
        let mut target = path.clone();
        if let Some(limit) = limit {
            let _ = write!(target, "?limit={limit}");
        }
        if let Some(token) = &token {
            target.push_str("&continue=");
            target.push_str(&percent_encoded(token));
        }
        let is_secret = list.kind == Kind::Secret;
        let reply = if is_secret { api.table(&target).await } else { api.get(&target).await };
        let page = match reply? {
            Reply::Found(page) => page,
            Reply::Expired => return Ok(Pages::Torn),
            Reply::Missing => return Ok(Pages::Missing),
        };
        let text = |key: &str| page.get("metadata").and_then(|m| m.get(key)).and_then(Value::as_str);
        let version = text("resourceVersion").map(str::to_owned);
        if token.is_some() && version != moment {
            return Ok(Pages::Torn);
        }
        (token, moment) = (text("continue").filter(|t| !t.is_empty()).map(str::to_owned), version);
        take(page, listing)?;
        if token.is_none() {
            return Ok(Pages::Read);
        }
    }
}

/// Takes the objects of a page, one by one.
fn take(page: Value, listing: &mut Listing) -> Result<(), Fault> {
    let kind = listing.list.kind;
    let undecodable = || Fault::new(Cause::Undecodable);
    for item in items(page, kind).ok_or_else(undecodable)? {
        match object(kind, item) {
            Ok(object) => listing.objects.push(object),
            Err(name) => listing.unreadable.push((name, undecodable())),
        }
    }
    Ok(())
}

/// The elements of a list of a kind. Secrets come as a table, whose columns
/// tell their type; its rows hold metadata and nothing else of the object.
fn items(page: Value, kind: Kind) -> Option<Vec<Value>> {
    let Value::Object(mut page) = page else { return None };
    let is_table = kind == Kind::Secret;
    let expected = if is_table { "Table".to_owned() } else { format!("{}List", kind.name()) };
    if page.get("kind").and_then(Value::as_str) != Some(&expected) {
        return None;
    }
    let column = is_table.then(|| type_column(page.get("columnDefinitions")?)).flatten();
    match page.remove(if is_table { "rows" } else { "items" })? {
        // an empty list of the server is written as null
        Value::Null => Some(Vec::new()),
        Value::Array(items) if is_table => {
            let column = column?;
            Some(items.into_iter().map(|row| of_row(row, column)).collect())
        }
        Value::Array(items) => Some(items),
        _ => None,
    }
}

fn type_column(columns: &Value) -> Option<usize> {
    columns.as_array()?.iter().position(|column| column.get("name").and_then(Value::as_str) == Some("Type"))
}

/// The object that a row of a table is about, as far as it tells.
fn of_row(mut row: Value, column: usize) -> Value {
    let kind = row.get("cells").and_then(|cells| cells.get(column)).cloned().unwrap_or_default();
    let metadata = row.get_mut("object").and_then(|object| object.get_mut("metadata")).map(Value::take);
    json!({"metadata": metadata, "type": kind})
}

/// An element as an object; its name where it is none.
fn object(kind: Kind, value: Value) -> Result<Object, Option<String>> {
    let metadata = |key: &str| value.get("metadata").and_then(|m| m.get(key)).and_then(Value::as_str);
    let name = metadata("name").filter(|name| !name.is_empty()).map(str::to_owned);
    let namespace =
        if kind.namespaced() { metadata("namespace").map(str::to_owned) } else { Some(String::new()) };
    let table_without_type = kind == Kind::Secret && !value.get("type").is_some_and(Value::is_string);
    match (name, namespace) {
        (Some(name), Some(namespace)) if !table_without_type => Ok(Object::new(kind, namespace, name, value)),
        (name, _) => Err(name),
    }
}
