//! Values of the SDK in the words of the ontology.

use aws_smithy_types::DateTime;
use jiff::Timestamp;

use super::session::Place;
use crate::draft::Properties;
use crate::live::{Call, Cause, Fault, Sink};

/// Seconds of a day.
pub(super) const DAY: i64 = 86_400;

/// An instant.
pub(super) fn time(at: &DateTime) -> Option<Timestamp> {
    Timestamp::new(at.secs(), i32::try_from(at.subsec_nanos()).ok()?).ok()
}

/// The countries of regions, by the documentation of the platform.
const COUNTRIES: [(&str, &str); 36] = [
    ("af-south-1", "ZA"),
    ("ap-east-1", "HK"),
    ("ap-east-2", "TW"),
    ("ap-northeast-1", "JP"),
    ("ap-northeast-2", "KR"),
    ("ap-northeast-3", "JP"),
    ("ap-south-1", "IN"),
    ("ap-south-2", "IN"),
    ("ap-southeast-1", "SG"),
    ("ap-southeast-2", "AU"),
    ("ap-southeast-3", "ID"),
    ("ap-southeast-4", "AU"),
    ("ap-southeast-5", "MY"),
    ("ap-southeast-6", "NZ"),
    ("ap-southeast-7", "TH"),
    ("ca-central-1", "CA"),
    ("ca-west-1", "CA"),
    ("cn-north-1", "CN"),
    ("cn-northwest-1", "CN"),
    ("eu-central-1", "DE"),
    ("eu-central-2", "CH"),
    ("eu-north-1", "SE"),
    ("eu-south-1", "IT"),
    ("eu-south-2", "ES"),
    ("eu-west-1", "IE"),
    ("eu-west-2", "GB"),
    ("eu-west-3", "FR"),
    ("eusc-de-east-1", "DE"),
    ("il-central-1", "IL"),
    ("me-central-1", "AE"),
    ("me-south-1", "BH"),
    ("mx-central-1", "MX"),
    ("sa-east-1", "BR"),
    ("us-east-1", "US"),
    ("us-east-2", "US"),
    ("us-west-1", "US"),
];

/// Where a region is: its country is left out where it is not known.
pub(super) fn location(region: &str) -> Properties {
    let mut location = Properties::default();
    location.put("region", region);
    let country = COUNTRIES.iter().find(|(name, _)| *name == region).map(|(_, country)| *country);
    let american = || region.starts_with("us-").then_some("US");
    location.put_if_known("country", country.or_else(american));
    location
}

impl Place {
    /// Where the region is.
    pub(super) fn location(&self) -> Properties {
        location(&self.region)
    }

    /// Seconds from `then` to the time of observation, at which a run begins:
    /// none for what comes after it while the run goes on.
    pub(super) fn age(&self, then: Timestamp) -> i64 {
        (-self.remaining(then)).max(0)
    }

    /// Seconds from the time of observation to `then`, below 0 once it is
    /// over.
    pub(super) fn remaining(&self, then: Timestamp) -> i64 {
        then.as_second() - self.collected.as_second()
    }
}

/// What a word of the platform means. One that is in no known words is noted,
/// and means nothing.
pub(super) fn word<T: Copy>(
    sink: &Sink<'_, '_>,
    call: &Call,
    about: &str,
    word: Option<&str>,
    words: &[(&str, T)],
) -> Option<T> {
    let word = word?;
    let known = words.iter().find(|(name, _)| *name == word).map(|(_, meaning)| *meaning);
    if known.is_none() {
        sink.fault(call, Some(about), Fault::with_code(Cause::Undecodable, word));
    }
    known
}
