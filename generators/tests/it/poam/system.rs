//! Results as an assessment writes them, out of a few words.

use std::collections::BTreeMap;

use probity_diagnostics::TreePath;
use probity_diagnostics::document::{Format, Limits, parse};
use probity_generators::poam::Results;
use probity_oscal::model::assessment::{
    AssociatedRisk, Entry, Finding, FindingTarget, LoggedBy, Observation, Origin, OriginActor,
    RelatedObservation, Risk, RiskLog, Status, SubjectReference,
};
use probity_oscal::model::assessment_results::{Result as OscalResult, ResultLocalDefinitions};
use probity_oscal::model::implementation::{InventoryItem, Status as Operation, SystemComponent};
use probity_oscal::model::metadata::{Metadata, Party, Property};
use probity_oscal::own::ours;
use probity_oscal::uuid5;
use serde::Deserialize;
use serde::de::DeserializeOwned;

#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) struct Table {
    pub(crate) waiver: String,
    pub(crate) deadline: String,
    pub(crate) builds: Vec<Build>,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub(crate) struct Build {
    pub(crate) as_of: String,
    #[serde(default)]
    #[expect(dead_code, reason = "for readers of the table")]
    note: String,
    pub(crate) checks: BTreeMap<String, Check>,
    #[serde(default)]
    stated: BTreeMap<String, String>,
    pub(crate) events: Vec<BTreeMap<String, String>>,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Check {
    #[serde(default)]
    pub(crate) fail: Vec<String>,
    #[serde(default)]
    waived: Vec<String>,
    #[serde(default)]
    pass: u32,
    #[serde(default)]
    unknown: u32,
    severity: String,
    controls: Vec<String>,
}

pub(crate) fn yaml<T: DeserializeOwned>(text: &str) -> T {
    let path = TreePath::parse("test.yaml").unwrap();
    let value = parse(text.as_bytes(), &path, Format::Yaml, Limits::default()).unwrap().value;
    serde_json::from_value(value).unwrap()
}

pub(crate) fn table() -> Table {
    yaml(include_str!("builds.yaml"))
}

/// The party that accepts risks.
pub(crate) fn approver() -> String {
    uuid5(&["party", "owner"])
}

fn origin() -> Origin {
    let actor = |kind: &str, uuid: String| OriginActor {
        r#type: kind.to_owned(),
        actor_uuid: uuid,
        ..OriginActor::default()
    };
    Origin { actors: vec![actor("tool", uuid5(&["tool"]))], ..Origin::default() }
}

pub(crate) fn results(build: &Build, waiver: &str) -> Results {
    let mut result =
        OscalResult { uuid: uuid5(&["result"]), title: "Results".into(), ..OscalResult::default() };
    result.start.clone_from(&build.as_of);
    result.props.push(ours("as-of", &build.as_of));
    let mut items = BTreeMap::new();
    let mut findings: BTreeMap<String, Finding> = BTreeMap::new();
    for (name, check) in &build.checks {
        for (verdict, resources, count) in [
            ("fail", check.fail.as_slice(), check.fail.len()),
            ("unknown", &[], check.unknown as usize),
            ("waived", check.waived.as_slice(), check.waived.len()),
            ("pass", &[], check.pass as usize),
        ] {
            if count > 0 {
                result.observations.push(observation(name, verdict, resources, count));
            }
            for resource in resources {
                items.insert(resource.clone(), item(resource));
            }
        }
        result.risks.extend(risks(name, check, waiver));
        for control in &check.controls {
            let finding = findings.entry(control.clone()).or_insert_with(|| finding(control, "satisfied"));
            finding.props.push(ours("check", name));
            if !check.fail.is_empty() || !check.waived.is_empty() {
                let uuid = uuid5(&["risk", name]);
                finding.related_risks.push(AssociatedRisk { risk_uuid: uuid, remarks: None });
                finding.target.status.state = "not-satisfied".into();
                finding.props[1] = ours("state", if check.fail.is_empty() { "waived" } else { "fail" });
            }
        }
    }
    for (control, outcome) in &build.stated {
        let uuid = uuid5(&["statement", control]);
        let mut stated = finding(control, if outcome == "met" { "satisfied" } else { "fail" });
        stated.related_observations =
            vec![RelatedObservation { observation_uuid: uuid.clone(), remarks: None }];
        findings.insert(control.clone(), stated);
        result.observations.push(Observation {
            uuid,
            description: "Somebody looked.".into(),
            props: vec![ours("outcome", outcome), ours("control-id", control)],
            methods: vec!["EXAMINE".into()],
            collected: build.as_of.clone(),
            ..Observation::default()
        });
    }
    result.findings = findings.into_values().collect();
    result.local_definitions = Some(ResultLocalDefinitions {
        inventory_items: items.into_values().collect(),
        ..ResultLocalDefinitions::default()
    });
    let party = Party {
        uuid: approver(),
        r#type: "person".into(),
        name: Some("Olga Owner".into()),
        ..Party::default()
    };
    Results {
        metadata: Metadata { parties: vec![party], ..Metadata::default() },
        result,
        tools: vec![SystemComponent {
            uuid: uuid5(&["tool"]),
            r#type: "software".into(),
            title: "Probity".into(),
            description: "A program.".into(),
            status: Operation { state: "operational".into(), ..Operation::default() },
            ..SystemComponent::default()
        }],
        as_of: build.as_of.parse().unwrap(),
    }
}

fn item(resource: &str) -> InventoryItem {
    InventoryItem {
        uuid: uuid5(&["resource", resource]),
        description: format!("Resource {resource}"),
        ..InventoryItem::default()
    }
}

fn observation(check: &str, verdict: &str, resources: &[String], count: usize) -> Observation {
    let subject = |resource: &String| SubjectReference {
        subject_uuid: uuid5(&["resource", resource]),
        r#type: "inventory-item".into(),
        title: Some(format!("Resource {resource}")),
        props: vec![ours("resource-id", resource)],
        ..SubjectReference::default()
    };
    Observation {
        uuid: uuid5(&["observation", check, verdict]),
        title: Some(format!("Check {check}")),
        description: format!("What {check} looks at."),
        props: vec![ours("check", check), ours("verdict", verdict), ours("count", &count.to_string())],
        methods: vec!["TEST".into()],
        origins: vec![origin()],
        subjects: resources.iter().map(subject).collect(),
        collected: "2026-03-01T09:00:00Z".into(),
        ..Observation::default()
    }
}

fn risks(name: &str, check: &Check, waiver: &str) -> Option<Risk> {
    let (status, verdict, count) = match (check.fail.len(), check.waived.len()) {
        (0, 0) => return None,
        (0, waived) => ("deviation-approved", "waived", waived),
        (failing, _) => ("open", "fail", failing),
    };
    let mut props = vec![ours("check", name), ours("severity", &check.severity)];
    let mut log = None;
    if status != "open" {
        props.push(ours("waiver", waiver));
        let by = LoggedBy { party_uuid: approver(), ..LoggedBy::default() };
        log = Some(RiskLog {
            entries: vec![Entry {
                uuid: uuid5(&["approval"]),
                start: "2026-02-20T12:00:00Z".into(),
                logged_by: vec![by],
                status_change: Some("deviation-approved".into()),
                ..Entry::default()
            }],
        });
    }
    Some(Risk {
        uuid: uuid5(&["risk", name]),
        title: format!("Not met: {name}"),
        description: format!("What {name} looks at."),
        statement: format!("Check `{name}` fails on {count} resources."),
        props,
        status: status.into(),
        origins: vec![origin()],
        risk_log: log,
        related_observations: vec![RelatedObservation {
            observation_uuid: uuid5(&["observation", name, verdict]),
            remarks: None,
        }],
        ..Risk::default()
    })
}

fn finding(control: &str, state: &str) -> Finding {
    let met = state == "satisfied";
    Finding {
        uuid: uuid5(&["finding", control]),
        title: format!("Control {control}"),
        description: "What was found.".into(),
        props: vec![ours("control-id", control), ours("state", state)] as Vec<Property>,
        target: FindingTarget {
            r#type: "statement-id".into(),
            target_id: format!("{control}_smt"),
            status: Status {
                state: if met { "satisfied" } else { "not-satisfied" }.into(),
                ..Status::default()
            },
            ..FindingTarget::default()
        },
        ..Finding::default()
    }
}
