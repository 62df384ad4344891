//! How long log groups keep what is sent to them.

use std::collections::{BTreeMap, BTreeSet};

use aws_sdk_cloudwatchlogs::Client;
use futures_util::StreamExt as _;
use serde_json::Value;

use super::fault::answer;
use super::session::Place;
use super::value::DAY;
use crate::live::{Call, Sink};

/// Seconds by the ARN of a log group; null where it keeps everything.
#[derive(Debug, Default)]
pub(super) struct Retention(BTreeMap<String, Option<i64>>);

/// The ARN of a log group, without the sign for all its streams.
pub(super) fn log_group(arn: &str) -> String {
    arn.strip_suffix(":*").unwrap_or(arn).to_owned()
}

/// The region and name of a log group of the account. Of another account's
/// nothing is known.
fn own(place: &Place, arn: &str) -> Option<(String, String)> {
    let mut parts = arn.splitn(7, ':').skip(3);
    let (region, account) = (parts.next()?, parts.next()?);
    let name = parts.nth(1)?;
    (account == place.account).then(|| (region.to_owned(), name.to_owned()))
}

impl Retention {
    /// Asks for log groups by their ARNs.
    pub(super) async fn look_up(
        place: &Place,
        sink: &Sink<'_, '_>,
        call: &Call,
        groups: BTreeSet<String>,
    ) -> Self {
        let asked = groups.into_iter().filter_map(|arn| {
            let (region, name) = own(place, &arn)?;
            let client = Client::new(&place.config_in(&region));
            let request = client.describe_log_groups().log_group_name_prefix(&name);
            Some(async move { (arn, name, answer(request.send().await)) })
        });
        let answers: Vec<_> = futures_util::stream::iter(asked).buffered(place.concurrent).collect().await;
        let periods = answers.into_iter().filter_map(|(arn, name, result)| {
            let found = sink.answer(call, Some(&name), result)?;
            let group = found.log_groups().iter().find(|group| group.log_group_name() == Some(&name))?;
            Some((arn, group.retention_in_days().map(|days| i64::from(days) * DAY)))
        });
        Self(periods.collect())
    }

    /// The shortest time that any of these keeps entries for, where it is
    /// known of each; null where all of them keep everything.
    pub(super) fn shortest(&self, groups: &[String]) -> Option<Value> {
        let periods: Option<Vec<Option<i64>>> = groups.iter().map(|arn| self.0.get(arn).copied()).collect();
        Some(periods?.into_iter().flatten().min().map_or(Value::Null, Value::from))
    }
}
