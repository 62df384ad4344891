//! One service of one subscription: how its calls are made.

use std::collections::BTreeSet;

use futures_util::StreamExt as _;
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

use super::arm::{Arm, NOT_LICENSED, NOT_REGISTERED};
use super::id;
use crate::live::{Call, Cause, Fault, Sink};

/// A subscription, as the platform tells it.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Subscription {
    #[serde(rename = "subscriptionId")]
    pub(super) id: String,
    pub(super) display_name: Option<String>,
    pub(super) tenant_id: Option<String>,
    pub(super) state: Option<String>,
    pub(super) tags: Option<std::collections::BTreeMap<String, Option<String>>>,
}

impl Subscription {
    /// Whether its resources can be looked at.
    pub(super) fn is_readable(&self) -> bool {
        !matches!(self.state.as_deref(), Some("Disabled" | "Deleted"))
    }
}

/// Where a service is read.
pub(super) struct Place {
    pub(super) arm: Arm,
    pub(super) subscription: Subscription,
    /// How many calls run at once.
    pub(super) concurrent: usize,
}

/// A list, with whether all of it could be read.
pub(super) struct Listed<T> {
    pub(super) items: Vec<T>,
    pub(super) is_complete: bool,
}

impl<T> Listed<T> {
    /// The items, if these are all of them.
    pub(super) fn whole(self) -> Option<Vec<T>> {
        self.is_complete.then_some(self.items)
    }
}

impl Place {
    /// The directory of the subscription.
    pub(super) fn tenant(&self) -> &str {
        self.subscription.tenant_id.as_deref().unwrap_or_default()
    }

    /// A path in the subscription.
    pub(super) fn path(&self, rest: &str) -> String {
        format!("/subscriptions/{}/{rest}", self.subscription.id)
    }

    /// What is found at a path; `about` names the resource that is asked about.
    pub(super) async fn get<T: DeserializeOwned>(
        &self,
        sink: &Sink<'_, '_>,
        call: &Call,
        about: &str,
        path: &str,
        version: &str,
    ) -> Option<T> {
        let answer = match self.arm.url(path, version, &[]) {
            Ok(url) => self.arm.get(url).await,
            Err(fault) => Err(fault),
        };
        sink.answer(call, Some(about), answer.and_then(typed))
    }

    /// What an operation answers that only reads.
    pub(super) async fn post<T: DeserializeOwned>(
        &self,
        sink: &Sink<'_, '_>,
        call: &Call,
        about: &str,
        path: &str,
        version: &str,
    ) -> Option<T> {
        let answer = match self.arm.url(path, version, &[]) {
            Ok(url) => self.arm.post(url).await,
            Err(fault) => Err(fault),
        };
        sink.answer(call, Some(about), answer.and_then(typed))
    }

    /// The list at a path.
    pub(super) async fn list<T: DeserializeOwned>(
        &self,
        sink: &Sink<'_, '_>,
        call: &Call,
        about: Option<&str>,
        path: &str,
        version: &str,
    ) -> Listed<T> {
        self.list_with(sink, call, about, path, version, &[]).await
    }

    /// The list at a path, with what more is asked of it. A page that cannot be
    /// had ends it; an item that cannot be read is noted by its name, and the
    /// others of its page stay.
    pub(super) async fn list_with<T: DeserializeOwned>(
        &self,
        sink: &Sink<'_, '_>,
        call: &Call,
        about: Option<&str>,
        path: &str,
        version: &str,
        query: &[(&str, &str)],
    ) -> Listed<T> {
        let mut listed = Listed { items: Vec::new(), is_complete: true };
        let mut seen = BTreeSet::new();
        let mut next = self.arm.url(path, version, query);
        loop {
            let page = match next {
                Ok(url) if seen.insert(url.to_string()) => registered(self.arm.get(url).await),
                // a list that leads back to itself has no end
                Ok(_) => Err(Fault::with_code(Cause::Undecodable, "repeated page")),
                Err(fault) => Err(fault),
            };
            let page = page.and_then(Page::of);
            let Some(page) = sink.answer(call, about, page) else {
                listed.is_complete = false;
                return listed;
            };
            for item in page.items {
                let name = name(&item);
                let has_id = item.get("id").and_then(Value::as_str).is_some_and(|id| !id.is_empty());
                let item = if call.is_listing() && !has_id {
                    Err(Fault::with_code(Cause::Undecodable, "no id"))
                } else {
                    typed(item)
                };
                match item {
                    Ok(item) => listed.items.push(item),
                    Err(fault) => {
                        sink.fault(call, name.as_deref().or(about), fault);
                        listed.is_complete = false;
                    }
                }
            }
            match page.next {
                Some(link) => next = self.arm.next(&link),
                None => return listed,
            }
        }
    }

    /// Does something for each of these, several at once.
    pub(super) async fn each<I, F: Future<Output = ()>>(
        &self,
        items: impl IntoIterator<Item = I>,
        work: impl Fn(I) -> F,
    ) {
        let tasks = items.into_iter().map(work);
        futures_util::stream::iter(tasks).buffer_unordered(self.concurrent.max(1)).collect::<Vec<()>>().await;
    }
}

/// One page of a list.
struct Page {
    items: Vec<Value>,
    next: Option<String>,
}

impl Page {
    fn of(body: Value) -> Result<Self, Fault> {
        // some lists are not wrapped
        let mut members = match body {
            Value::Array(items) => return Ok(Self { items, next: None }),
            Value::Object(members) => members,
            _ => return Err(Fault::new(Cause::Undecodable)),
        };
        let next = members.get("nextLink").and_then(Value::as_str).filter(|link| !link.is_empty());
        let next = next.map(str::to_owned);
        match members.remove("value") {
            Some(Value::Array(items)) => Ok(Self { items, next }),
            _ => Err(Fault::new(Cause::Undecodable)),
        }
    }
}

/// Where a subscription never used a kind of service, or its directory has no
/// licence for grants that end, there is nothing of it.
fn registered(answer: Result<Value, Fault>) -> Result<Value, Fault> {
    match answer {
        Err(fault) if matches!(fault.code.as_deref(), Some(NOT_REGISTERED | NOT_LICENSED)) => {
            Ok(Value::Array(Vec::new()))
        }
        other => other,
    }
}

/// What an item is called, before it is read.
fn name(item: &Value) -> Option<String> {
    let text = |key: &str| item.get(key).and_then(Value::as_str);
    text("name").or_else(|| text("id").map(id::name)).map(str::to_owned)
}

fn typed<T: DeserializeOwned>(value: Value) -> Result<T, Fault> {
    serde_json::from_value(value).map_err(|_| Fault::new(Cause::Undecodable))
}
