//! Amazon `GuardDuty`: threat detection.

use aws_sdk_guardduty::types::DetectorStatus;

use super::fault::answer;
use super::session::Place;
use crate::draft::Properties;
use crate::live::{Call, Service, Sink};

const LIST_DETECTORS: Call =
    Call::detail("ListDetectors", "guardduty:ListDetectors", &["Account"], &["anomalyDetection"]);
const GET_DETECTOR: Call =
    Call::detail("GetDetector", "guardduty:GetDetector", &["Account"], &["anomalyDetection"]);

pub(super) static SERVICE: Service =
    Service { name: "guardduty", resource_types: &[], calls: &[LIST_DETECTORS, GET_DETECTOR] };

pub(super) async fn collect(place: &Place, sink: &Sink<'_, '_>) {
    if let Some(enabled) = is_enabled(place, sink).await {
        let mut detection = Properties::default();
        detection.put("enabled", enabled);
        place.facts.tell(place, "anomalyDetection", detection);
    }
}

/// Whether a detector runs in the region.
async fn is_enabled(place: &Place, sink: &Sink<'_, '_>) -> Option<bool> {
    let client = aws_sdk_guardduty::Client::new(&place.config);
    let mut pages = client.list_detectors().into_paginator().send();
    let mut ids = Vec::new();
    while let Some(page) = pages.next().await {
        ids.extend(sink.answer(&LIST_DETECTORS, None, answer(page))?.detector_ids.unwrap_or_default());
    }
    let mut is_enabled = false;
    for id in ids {
        let result = answer(client.get_detector().detector_id(&id).send().await);
        let detector = sink.answer(&GET_DETECTOR, Some(&id), result)?;
        is_enabled |= detector.status() == Some(&DetectorStatus::Enabled);
    }
    Some(is_enabled)
}
