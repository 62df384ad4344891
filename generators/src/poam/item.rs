//! One item of a record with its risk, observation and finding, and what results make of it.

use std::collections::BTreeSet;

use jiff::Timestamp;
use probity_diagnostics::Sha256Digest;
use probity_oscal::model::PlanOfActionAndMilestones;
use probity_oscal::model::assessment::{
    AssociatedRisk, Characterization, Facet, Finding, FindingTarget, LoggedBy, Observation, Origin,
    RelatedObservation, Risk, Status, SubjectReference,
};
use probity_oscal::model::metadata::Property;
use probity_oscal::model::poam::{Origin as ItemOrigin, PoamItem, RelatedFinding};
use probity_oscal::own::{Scope, markup_line, ours, values};
use probity_oscal::{OSCAL_NS, PROBITY_NS, uuid5};

use super::OWN_PROPS;
use super::case::{Case, Standing};
use super::log::{self, Change, Event, Logged};
use crate::view::props::prop;

/// Resources that an observation of a plan lists; the results list all.
const SUBJECTS: usize = 100;
/// Resources that an entry of the log names.
const NAMED: usize = 5;
const CLOSED: &str = "closed";
const APPROVED: &str = "deviation-approved";
/// What people set where they are at work; it stays while the check fails.
const AT_WORK: [&str; 3] = ["investigating", "remediating", "deviation-requested"];

/// When results were judged, and what people wrote.
pub(super) struct Moment<'a> {
    pub(super) as_of: Timestamp,
    pub(super) own: Option<&'a PlanOfActionAndMilestones>,
}

/// An item and what it rests on.
#[derive(Debug, Clone)]
pub(super) struct Item {
    pub(super) key: String,
    pub(super) listed: PoamItem,
    pub(super) risk: Risk,
    pub(super) observation: Option<Observation>,
    pub(super) finding: Option<Finding>,
}

impl Item {
    /// A new item, with what its log says.
    pub(super) fn open(scope: Scope<'_>, key: &str, case: &Case<'_>, moment: &Moment<'_>) -> (Self, Change) {
        let uuid = scope.uuid(&["poam-item", key]);
        let risk = Risk {
            uuid: uuid5(&["poam-risk", &uuid]),
            title: case.title.clone(),
            description: case.description.clone(),
            ..Risk::default()
        };
        let listed = PoamItem {
            uuid: Some(uuid),
            title: case.title.clone(),
            description: case.description.clone(),
            props: vec![ours("opened", &moment.as_of.to_string())],
            related_risks: vec![AssociatedRisk { risk_uuid: risk.uuid.clone(), remarks: None }],
            ..PoamItem::default()
        };
        let mut new = Self { key: key.to_owned(), listed, risk, observation: None, finding: None };
        new.take(case);
        let status = if case.accepted { APPROVED } else { "open" };
        let logged = Logged {
            event: Event::Opened,
            description: case.statement.clone(),
            status: Some(status.to_owned()),
            by: case.approvers.clone(),
        };
        let change = new.log(moment, &logged);
        (new, change)
    }

    /// Takes in how its thing stands now; what happened, if something did.
    pub(super) fn update(&mut self, standing: &Standing<'_, '_>, moment: &Moment<'_>) -> Option<Change> {
        let logged = match standing {
            Standing::Fails(case) => self.failing(case, moment),
            Standing::Unsettled(why) => self.unsettled(why),
            Standing::Met => self.met(),
        }?;
        Some(self.log(moment, &logged))
    }

    fn log(&mut self, moment: &Moment<'_>, logged: &Logged) -> Change {
        if let Some(status) = &logged.status {
            self.risk.status.clone_from(status);
        }
        let uuid = self.listed.uuid.clone().unwrap_or_default();
        log::add(&mut self.risk, &uuid, moment.as_of, logged);
        Change {
            item: self.key.clone(),
            uuid,
            title: self.listed.title.clone(),
            event: logged.event,
            description: logged.description.clone(),
        }
    }

    fn failing(&mut self, case: &Case<'_>, moment: &Moment<'_>) -> Option<Logged> {
        let before = self.facts();
        let status = self.risk.status.clone();
        let waivers: BTreeSet<String> =
            values(&self.risk.props, "waiver").map(|(_, uuid)| uuid.to_owned()).collect();
        let resources = self.resources();
        self.take(case);
        let (event, next) = match (status.as_str(), case.accepted) {
            (CLOSED, true) => (Event::Reopened, APPROVED),
            (CLOSED, false) => (Event::Reopened, "open"),
            (APPROVED, true) => (Event::Changed, APPROVED),
            (_, true) => (Event::Accepted, APPROVED),
            (APPROVED, false) => (Event::NoLongerAccepted, "open"),
            (at_work, false) => (Event::Changed, if AT_WORK.contains(&at_work) { at_work } else { "open" }),
        };
        let description = match event {
            Event::Changed => {
                changes(&before, &self.facts(), &resources, &self.resources(), &case.statement)?
            }
            Event::NoLongerAccepted => {
                let ended = waivers.iter().filter_map(|uuid| moment.ended(uuid));
                let lines: Vec<String> = ended.chain([case.statement.clone()]).collect();
                lines.join("\n\n")
            }
            _ => case.statement.clone(),
        };
        Some(Logged {
            event,
            description,
            status: (next != status).then(|| next.to_owned()),
            by: if next == APPROVED { case.approvers.clone() } else { Vec::new() },
        })
    }

    fn unsettled(&mut self, why: &str) -> Option<Logged> {
        if self.risk.status == CLOSED || prop(&self.risk.props, "standing") == Some("unsettled") {
            return None;
        }
        self.stand("unsettled");
        let description = format!("Whether it still fails cannot be said: {why}.");
        Some(Logged { event: Event::Unsettled, description, status: None, by: Vec::new() })
    }

    fn met(&mut self) -> Option<Logged> {
        if self.risk.status == CLOSED {
            return None;
        }
        self.stand("met");
        if let Some(observation) = &mut self.observation {
            observation.subjects.clear();
        }
        if let Some(finding) = &mut self.finding {
            finding.target.status = Status { state: "satisfied".to_owned(), ..Status::default() };
        }
        Some(Logged {
            event: Event::Closed,
            description: "Everything that was found failing is met.".to_owned(),
            status: Some(CLOSED.to_owned()),
            by: Vec::new(),
        })
    }

    fn stand(&mut self, word: &str) {
        self.risk.props.retain(|prop| !(prop.ns.as_deref() == Some(PROBITY_NS) && prop.name == "standing"));
        self.risk.props.push(ours("standing", word));
    }

    /// Takes over what was found; what people wrote stays.
    fn take(&mut self, case: &Case<'_>) {
        let uuid = self.listed.uuid.clone().unwrap_or_default();
        self.risk.statement.clone_from(&case.statement);
        let mut props = case.check.map(|check| ours("check", check)).into_iter().collect::<Vec<_>>();
        props.extend(case.severity.map(|severity| ours("severity", severity.as_str())));
        props.push(ours("standing", if case.accepted { "accepted" } else { "fails" }));
        let subjects = case.observation.map(|one| one.subjects.as_slice()).unwrap_or_default();
        if let Some(count) = case.observation.and_then(|one| prop(&one.props, "count")) {
            props.push(ours("count", count));
        }
        props.extend(digest(subjects).map(|digest| ours("resources-digest", &digest)));
        props.extend(case.waivers.iter().map(|waiver| ours("waiver", waiver)));
        replace(&mut self.risk.props, props);
        let origins = case.observation.map(|one| one.origins.clone()).unwrap_or_default();
        self.characterize(case, &origins);

        let opened = values(&self.listed.props, "opened").next().map(|(_, at)| ours("opened", at));
        let mut props = vec![ours("poam-item", &self.key)];
        props.extend(opened);
        props.extend(case.severity.map(|severity| ours("severity", severity.as_str())));
        props.extend(case.controls.iter().map(|id| ours("control-id", id)));
        replace(&mut self.listed.props, props);
        if self.listed.origins.is_empty() {
            let actors = origins.iter().flat_map(|origin| origin.actors.clone()).collect::<Vec<_>>();
            self.listed.origins.extend((!actors.is_empty()).then_some(ItemOrigin { actors }));
        }
        self.observation = case.observation.map(|one| observation(&uuid, one));
        self.finding = case.finding.map(|one| self.found(&uuid, case, one));
        let observed = self.observation.as_ref().map(|one| related(&one.uuid));
        self.listed.related_observations = observed.clone().into_iter().collect();
        self.risk.related_observations = observed.into_iter().collect();
        let found = self.finding.as_ref().map(|one| one.uuid.clone());
        self.listed.related_findings =
            found.map(|finding_uuid| RelatedFinding { finding_uuid, remarks: None }).into_iter().collect();
    }

    /// Sets the severity that the program found, beside how people characterise the risk.
    fn characterize(&mut self, case: &Case<'_>, origins: &[Origin]) {
        let is_ours = |one: &Characterization| {
            one.props.iter().any(|prop| prop.name == "poam-item" && prop.ns.as_deref() == Some(PROBITY_NS))
        };
        self.risk.characterizations.retain(|one| !is_ours(one));
        let (Some(severity), Some(origin)) = (case.severity, origins.first()) else { return };
        let facet = Facet {
            name: "severity".to_owned(),
            system: OSCAL_NS.to_owned(),
            value: severity.as_str().to_owned(),
            ..Facet::default()
        };
        self.risk.characterizations.insert(
            0,
            Characterization {
                props: vec![ours("poam-item", &self.key)],
                origin: origin.clone(),
                facets: vec![facet],
                ..Characterization::default()
            },
        );
        self.risk.origins = vec![origin.clone()];
    }

    /// The finding of the item: on the first of the controls, because a finding has one target.
    fn found(&self, uuid: &str, case: &Case<'_>, found: &Finding) -> Finding {
        Finding {
            uuid: uuid5(&["poam-finding", uuid]),
            title: found.title.clone(),
            description: case.statement.clone(),
            props: case.controls.iter().map(|id| ours("control-id", id)).collect(),
            origins: found.origins.clone(),
            target: FindingTarget {
                r#type: found.target.r#type.clone(),
                target_id: found.target.target_id.clone(),
                status: Status {
                    state: "not-satisfied".to_owned(),
                    reason: Some("fail".to_owned()),
                    ..Status::default()
                },
                ..FindingTarget::default()
            },
            related_observations: self.observation.iter().map(|one| related(&one.uuid)).collect(),
            related_risks: vec![AssociatedRisk { risk_uuid: self.risk.uuid.clone(), remarks: None }],
            ..Finding::default()
        }
    }

    /// What a change of is told.
    fn facts(&self) -> Facts {
        let of_risk = |name: &'static str| {
            values(&self.risk.props, name).map(|(_, value)| value.to_owned()).collect::<Vec<_>>()
        };
        Facts {
            standing: of_risk("standing"),
            severity: of_risk("severity"),
            count: of_risk("count"),
            digest: of_risk("resources-digest"),
            waivers: of_risk("waiver").into_iter().collect(),
            controls: values(&self.listed.props, "control-id").map(|(_, id)| id.to_owned()).collect(),
        }
    }

    /// The resources that are listed: ids with names.
    fn resources(&self) -> Vec<(String, String)> {
        let subjects = self.observation.iter().flat_map(|observation| &observation.subjects);
        subjects.map(|subject| (id(subject).to_owned(), name(subject))).collect()
    }
}

/// What a change of is told.
struct Facts {
    standing: Vec<String>,
    severity: Vec<String>,
    count: Vec<String>,
    digest: Vec<String>,
    waivers: BTreeSet<String>,
    controls: BTreeSet<String>,
}

/// What is another, in sentences; none where nothing is.
fn changes(
    before: &Facts,
    after: &Facts,
    old: &[(String, String)],
    new: &[(String, String)],
    statement: &str,
) -> Option<String> {
    let mut lines = Vec::new();
    if before.standing != after.standing {
        lines.push("It is settled again.".to_owned());
    }
    if before.severity != after.severity {
        let word = |severity: &[String]| severity.first().map_or("none", |word| word.as_str()).to_owned();
        lines.push(format!("The severity was {} and is {}.", word(&before.severity), word(&after.severity)));
    }
    let ids = |more: &BTreeSet<String>, less: &BTreeSet<String>| -> Vec<String> {
        more.difference(less).cloned().collect()
    };
    lines.extend(sentence("It is about these controls now, too", &ids(&after.controls, &before.controls)));
    lines
        .extend(sentence("It is not about these controls any more", &ids(&before.controls, &after.controls)));
    if before.waivers != after.waivers {
        lines.push("Other accepted risks cover some of what fails.".to_owned());
    }
    if (&before.count, &before.digest) != (&after.count, &after.digest) {
        let names = |more: &[(String, String)], less: &[(String, String)]| -> Vec<String> {
            let others: BTreeSet<&str> = less.iter().map(|(id, _)| id.as_str()).collect();
            let found = more.iter().filter(|(id, _)| !others.contains(id.as_str()));
            found.map(|(_, name)| markup_line(name)).collect()
        };
        lines.push(statement.to_owned());
        lines.extend(sentence("Failing now", &names(new, old)));
        lines.extend(sentence("No longer failing", &names(old, new)));
    }
    (!lines.is_empty()).then(|| lines.join("\n\n"))
}

fn sentence(start: &str, names: &[String]) -> Option<String> {
    let listed: Vec<&str> = names.iter().take(NAMED).map(String::as_str).collect();
    let more = match names.len() - listed.len() {
        0 => String::new(),
        more => format!(" and {more} more"),
    };
    (!names.is_empty()).then(|| format!("{start}: {}{more}.", listed.join(", ")))
}

impl Moment<'_> {
    /// How a waiver ended.
    fn ended(&self, uuid: &str) -> Option<String> {
        let risk = self.own?.risks.iter().find(|risk| risk.uuid == uuid)?;
        let deadline = risk.deadline.as_ref()?;
        let over = deadline.parse::<Timestamp>().is_ok_and(|deadline| deadline < self.as_of);
        over.then(|| format!("The accepted risk \u{201c}{}\u{201d} ended on {deadline}.", risk.title))
    }
}

/// Puts the props of ours in the place of those that stand there; others stay, after them.
fn replace(props: &mut Vec<Property>, ours: Vec<Property>) {
    let is_own =
        |prop: &Property| prop.ns.as_deref() == Some(PROBITY_NS) && OWN_PROPS.contains(&prop.name.as_str());
    let others: Vec<Property> = props.drain(..).filter(|prop| !is_own(prop)).collect();
    props.extend(ours);
    props.extend(others);
}

fn related(uuid: &str) -> RelatedObservation {
    RelatedObservation { observation_uuid: uuid.to_owned(), remarks: None }
}

/// The observation as a plan holds it: with some of its subjects, and without links into the results.
fn observation(item: &str, seen: &Observation) -> Observation {
    Observation {
        uuid: uuid5(&["poam-observation", item]),
        title: seen.title.clone(),
        description: seen.description.clone(),
        props: kept(&seen.props, &["check", "verdict", "count", "control-id", "outcome"]),
        methods: seen.methods.clone(),
        types: vec!["control-objective".to_owned()],
        origins: seen.origins.clone(),
        subjects: seen.subjects.iter().take(SUBJECTS).map(subject).collect(),
        collected: seen.collected.clone(),
        expires: seen.expires.clone(),
        ..Observation::default()
    }
}

/// A subject by which it is known; what was found of it stands in the results.
fn subject(seen: &SubjectReference) -> SubjectReference {
    SubjectReference { props: kept(&seen.props, &["resource-id"]), ..seen.clone() }
}

/// The props with these names.
pub(super) fn kept(props: &[Property], names: &[&str]) -> Vec<Property> {
    props.iter().filter(|prop| names.contains(&prop.name.as_str())).cloned().collect()
}

fn id(subject: &SubjectReference) -> &str {
    prop(&subject.props, "resource-id").unwrap_or(&subject.subject_uuid)
}

fn name(subject: &SubjectReference) -> String {
    subject.title.as_deref().map_or_else(|| id(subject).to_owned(), crate::view::markup::line)
}

/// A digest over the ids of all resources; none where there is none.
fn digest(subjects: &[SubjectReference]) -> Option<String> {
    let mut ids: Vec<&str> = subjects.iter().map(id).collect();
    ids.sort_unstable();
    (!ids.is_empty()).then(|| Sha256Digest::of(ids.join("\n").as_bytes()).to_string())
}

/// Who logged something, for the metadata.
pub(super) fn logged_by(risk: &Risk) -> impl Iterator<Item = &LoggedBy> {
    risk.risk_log.iter().flat_map(|log| &log.entries).flat_map(|entry| &entry.logged_by)
}
