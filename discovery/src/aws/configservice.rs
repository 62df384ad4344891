//! AWS Config: whether changes of configuration are recorded.

use aws_sdk_config::types::{ConfigurationRecorder, RecordingStrategyType};

use super::fault::answer;
use super::session::Place;
use crate::draft::Properties;
use crate::live::{Call, Service, Sink};

const DESCRIBE_CONFIGURATION_RECORDERS: Call = Call::detail(
    "DescribeConfigurationRecorders",
    "config:DescribeConfigurationRecorders",
    &["Account"],
    &["configurationRecording"],
);
const DESCRIBE_CONFIGURATION_RECORDER_STATUS: Call = Call::detail(
    "DescribeConfigurationRecorderStatus",
    "config:DescribeConfigurationRecorderStatus",
    &["Account"],
    &["configurationRecording"],
);

pub(super) static SERVICE: Service = Service {
    name: "config",
    resource_types: &[],
    calls: &[DESCRIBE_CONFIGURATION_RECORDERS, DESCRIBE_CONFIGURATION_RECORDER_STATUS],
};

pub(super) async fn collect(place: &Place, sink: &Sink<'_, '_>) {
    let client = aws_sdk_config::Client::new(&place.config);
    let result = answer(client.describe_configuration_recorders().send().await);
    let Some(recorders) = sink.answer(&DESCRIBE_CONFIGURATION_RECORDERS, None, result) else { return };
    let result = answer(client.describe_configuration_recorder_status().send().await);
    let Some(states) = sink.answer(&DESCRIBE_CONFIGURATION_RECORDER_STATUS, None, result) else { return };
    let is_running = |recorder: &&ConfigurationRecorder| {
        let states = states.configuration_recorders_status();
        states.iter().any(|state| state.name() == recorder.name() && state.recording())
    };
    let running: Vec<_> = recorders.configuration_recorders().iter().filter(is_running).collect();
    let mut recording = Properties::default();
    recording.put("enabled", !running.is_empty());
    recording.put("allResourceTypes", running.into_iter().any(covers_all));
    place.facts.tell(place, "configurationRecording", recording);
}

fn covers_all(recorder: &ConfigurationRecorder) -> bool {
    recorder.recording_group().is_some_and(|group| {
        let strategy = group.recording_strategy().and_then(|strategy| strategy.use_only());
        group.all_supported() || strategy == Some(&RecordingStrategyType::AllSupportedResourceTypes)
    })
}
