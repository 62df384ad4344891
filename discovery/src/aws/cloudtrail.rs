//! AWS `CloudTrail`: whether the account records who does what.

use std::collections::BTreeSet;

use aws_sdk_cloudtrail::Client;
use aws_sdk_cloudtrail::operation::get_event_selectors::GetEventSelectorsOutput;
use aws_sdk_cloudtrail::types::{AdvancedEventSelector, Trail};

use super::fault::answer;
use super::retention::{Retention, log_group};
use super::session::Place;
use crate::draft::Properties;
use crate::live::{Call, Service, Sink};

const DESCRIBE_TRAILS: Call =
    Call::detail("DescribeTrails", "cloudtrail:DescribeTrails", &["Account"], &["activityLogging"]);
const GET_TRAIL_STATUS: Call =
    Call::detail("GetTrailStatus", "cloudtrail:GetTrailStatus", &["Account"], &["activityLogging"]);
const GET_EVENT_SELECTORS: Call =
    Call::detail("GetEventSelectors", "cloudtrail:GetEventSelectors", &["Account"], &["activityLogging"]);
const DESCRIBE_LOG_GROUPS: Call = Call::detail(
    "DescribeLogGroups",
    "logs:DescribeLogGroups",
    &["Account"],
    &["activityLogging.retentionPeriod"],
);

pub(super) static SERVICE: Service = Service {
    name: "cloudtrail",
    resource_types: &[],
    calls: &[DESCRIBE_TRAILS, GET_TRAIL_STATUS, GET_EVENT_SELECTORS, DESCRIBE_LOG_GROUPS],
};

/// A trail that records in this region.
struct Running {
    trail: Trail,
    management: bool,
    data: bool,
}

pub(super) async fn collect(place: &Place, sink: &Sink<'_, '_>) {
    let client = Client::new(&place.config);
    let result = answer(client.describe_trails().include_shadow_trails(true).send().await);
    let Some(answered) = sink.answer(&DESCRIBE_TRAILS, None, result) else { return };
    let mut running = Vec::new();
    for trail in answered.trail_list.unwrap_or_default() {
        match state(&client, place, sink, trail).await {
            Known::Running(trail) => running.push(trail),
            Known::Stopped => {}
            Known::Nothing => return,
        }
    }
    let recording: Vec<_> = running.iter().filter(|running| running.management).collect();
    let groups: BTreeSet<String> = recording
        .iter()
        .filter_map(|running| running.trail.cloud_watch_logs_log_group_arn().map(log_group))
        .collect();
    let retention = Retention::look_up(place, sink, &DESCRIBE_LOG_GROUPS, groups.clone()).await;
    let mut logging = Properties::default();
    logging.put("enabled", !recording.is_empty());
    if !recording.is_empty() {
        let any = |test: fn(&Trail) -> Option<bool>| {
            recording.iter().any(|running| test(&running.trail) == Some(true))
        };
        logging.put("allRegions", any(Trail::is_multi_region_trail));
        logging.put("integrityValidation", any(Trail::log_file_validation_enabled));
        logging.put("dataAccess", running.iter().any(|running| running.data));
        let groups: Vec<String> = groups.into_iter().collect();
        // how long the files in buckets are kept is not asked for
        let period = retention.shortest(&groups).filter(|_| !groups.is_empty());
        if let Some(period) = period {
            logging.put("retentionPeriod", period);
        }
        logging.put("loggingServiceIds", groups);
    }
    place.facts.tell(place, "activityLogging", logging);
}

enum Known {
    Running(Box<Running>),
    Stopped,
    Nothing,
}

/// Whether a trail records here, and what. A trail that covers all regions
/// answers for each of them.
async fn state(client: &Client, place: &Place, sink: &Sink<'_, '_>, trail: Trail) -> Known {
    let Some(arn) = trail.trail_arn() else { return Known::Nothing };
    let result = answer(client.get_trail_status().name(arn).send().await);
    let Some(status) = sink.answer(&GET_TRAIL_STATUS, trail.name(), result) else { return Known::Nothing };
    if status.is_logging() != Some(true) {
        return Known::Stopped;
    }
    // what a trail records is told in the region that it belongs to
    let home = trail.home_region().unwrap_or(&place.region);
    let result = Client::new(&place.config_in(home)).get_event_selectors().trail_name(arn).send().await;
    let Some(selectors) = sink.answer(&GET_EVENT_SELECTORS, trail.name(), answer(result)) else {
        return Known::Nothing;
    };
    let (management, data) = (records_management(&selectors), records_data(&selectors));
    Known::Running(Box::new(Running { trail, management, data }))
}

fn records_management(selectors: &GetEventSelectorsOutput) -> bool {
    let basic =
        selectors.event_selectors().iter().any(|selector| selector.include_management_events() == Some(true));
    basic
        || selectors
            .advanced_event_selectors()
            .iter()
            .any(|selector| category(selector) == Some("Management"))
}

/// Whether reading and writing of all objects of the object storage is
/// recorded.
fn records_data(selectors: &GetEventSelectorsOutput) -> bool {
    let basic =
        selectors.event_selectors().iter().flat_map(aws_sdk_cloudtrail::types::EventSelector::data_resources);
    let all = ["arn:aws:s3", "arn:aws:s3:::"];
    let basic = basic
        .filter(|resource| resource.r#type() == Some("AWS::S3::Object"))
        .any(|resource| resource.values().iter().any(|value| all.contains(&value.as_str())));
    let objects = |selector: &&AdvancedEventSelector| {
        // further fields narrow a selector down
        category(selector) == Some("Data")
            && selector.field_selectors().len() == 2
            && equals(selector, "resources.type") == Some("AWS::S3::Object")
    };
    basic || selectors.advanced_event_selectors().iter().any(|selector| objects(&selector))
}

fn category(selector: &AdvancedEventSelector) -> Option<&str> {
    equals(selector, "eventCategory")
}

fn equals<'a>(selector: &'a AdvancedEventSelector, field: &str) -> Option<&'a str> {
    let found = selector.field_selectors().iter().find(|selector| selector.field() == field)?;
    found.equals().first().map(String::as_str)
}
