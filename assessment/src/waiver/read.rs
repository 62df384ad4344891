//! From a plan of action and milestones to waivers, with a finding for everything that is not understood.

use std::collections::BTreeSet;

use jiff::Timestamp;
use probity_diagnostics::{Code, Diagnostic, Diagnostics, Location, Pointer, Step, TreePath};
use probity_oscal::model::PlanOfActionAndMilestones;
use probity_oscal::model::assessment::{Entry, Risk};
use uuid::Uuid;

use super::{AcceptedRisk, WaiverFile};
use crate::attest::codes::{WAIVER_APPROVER, WAIVER_MALFORMED};
use crate::props;

/// The status of an accepted risk (OSCAL, `risk/status`).
const APPROVED: &str = "deviation-approved";

/// Takes the waivers out of a plan of action and milestones; a plan without any is fine.
///
/// # Errors
/// Everything that a waiver must have and has not, each with its place in `file`.
pub fn from_document(model: &PlanOfActionAndMilestones, file: &TreePath) -> Step<WaiverFile> {
    let parties = model.metadata.parties.iter().map(|party| party.uuid.as_str()).collect();
    let mut reader = Reader { file, parties, found: Diagnostics::new() };
    let list = Pointer::from_text("/plan-of-action-and-milestones/risks");
    let risks = model.risks.iter().enumerate().filter(|(_, risk)| risk.status == APPROVED);
    let risks = risks.filter_map(|(index, risk)| reader.risk(risk, &list.index(index))).collect();
    let (parties, roles) = (model.metadata.parties.clone(), model.metadata.roles.clone());
    reader.found.unless_errors(WaiverFile { path: file.clone(), risks, parties, roles })
}

struct Reader<'a> {
    file: &'a TreePath,
    parties: BTreeSet<&'a str>,
    found: Diagnostics,
}

impl Reader<'_> {
    fn error(&mut self, code: &'static Code, at: &Pointer, message: impl Into<String>, help: &str) {
        let error = Diagnostic::error(code, message).at(Location::value(self.file, at));
        self.found.push(if help.is_empty() { error } else { error.help(help) });
    }

    fn risk(&mut self, risk: &Risk, at: &Pointer) -> Option<AcceptedRisk> {
        let uuid = Uuid::parse_str(&risk.uuid).ok();
        if uuid.is_none() {
            let message = format!("`{}` is no uuid", risk.uuid);
            self.error(&WAIVER_MALFORMED, &at.key("uuid"), message, "");
        }
        let names = self.waives(risk, at);
        let resources = self.resources(risk, at);
        let approval = self.approval(risk, at);
        let deadline = self.deadline(risk, at);
        if let (Some((_, from)), Some(until)) = (&approval, deadline)
            && until < *from
        {
            self.error(&WAIVER_MALFORMED, &at.key("deadline"), "the deadline is before the approval", "");
        }
        let (approvers, approved) = approval?;
        Some(AcceptedRisk {
            uuid: uuid?,
            waives: names,
            resources: resources?,
            approvers,
            approved,
            deadline: deadline?,
            risk: risk.clone(),
            location: Location::value(self.file, at),
        })
    }

    fn waives(&mut self, risk: &Risk, at: &Pointer) -> BTreeSet<String> {
        let props = ["metric", "check"].into_iter().flat_map(|name| props::values(&risk.props, name));
        let names: BTreeSet<String> = props.map(|(_, value)| value.to_owned()).collect();
        if names.is_empty() {
            let help = "add a prop `metric` or `check` of Probity's namespace";
            self.error(&WAIVER_MALFORMED, at, "the accepted risk names no metric and no check", help);
        }
        names
    }

    /// The resources, where they are named: none inside = all.
    #[expect(clippy::option_option, reason = "outer: understood or not; inner: named ids or all")]
    fn resources(&mut self, risk: &Risk, at: &Pointer) -> Option<Option<BTreeSet<String>>> {
        let ids: BTreeSet<String> =
            props::values(&risk.props, "resource-id").map(|(_, value)| value.to_owned()).collect();
        let scope: Vec<(usize, &str)> = props::values(&risk.props, "resources").collect();
        match (ids.is_empty(), scope.as_slice()) {
            (false, []) => Some(Some(ids)),
            (true, [(_, "all")]) => Some(None),
            (true, []) => {
                let help =
                    "add a prop `resource-id` for each resource, or a prop `resources` with value `all`";
                self.error(
                    &WAIVER_MALFORMED,
                    at,
                    "the accepted risk does not say which resources it covers",
                    help,
                );
                None
            }
            (false, _) => {
                let message =
                    "the accepted risk has props `resource-id` and `resources`, which exclude each other";
                self.error(&WAIVER_MALFORMED, at, message, "");
                None
            }
            (true, [(index, _), ..]) => {
                let place = at.key("props").index(*index).key("value");
                self.error(&WAIVER_MALFORMED, &place, "the only value of prop `resources` is `all`", "");
                None
            }
        }
    }

    /// The approvers and the instant of the approval.
    fn approval(&mut self, risk: &Risk, at: &Pointer) -> Option<(BTreeSet<String>, Timestamp)> {
        let entries = risk.risk_log.iter().flat_map(|log| &log.entries).enumerate();
        let list = at.key("risk-log").key("entries");
        let approvals: Vec<(Pointer, &Entry)> = entries
            .filter(|(_, entry)| entry.status_change.as_deref() == Some(APPROVED))
            .map(|(index, entry)| (list.index(index), entry))
            .collect();
        if approvals.is_empty() {
            let help = "add an entry to `risk-log` with `status-change: deviation-approved`, `start` and `logged-by`";
            self.error(&WAIVER_APPROVER, at, "no entry of the risk log approves the deviation", help);
        }
        let dated = approvals.into_iter().filter_map(|(at, entry)| {
            let start = self.instant(&entry.start, &at.key("start"))?;
            Some((start, at, entry))
        });
        let newest = dated.collect::<Vec<_>>().into_iter().max_by_key(|(start, ..)| *start);
        let (start, at, entry) = newest?;
        let approvers: BTreeSet<String> =
            entry.logged_by.iter().map(|logged| logged.party_uuid.clone()).collect();
        if approvers.is_empty() {
            self.error(&WAIVER_APPROVER, &at, "the approval does not say who approved it", "add `logged-by`");
        }
        for approver in &approvers {
            if !self.parties.contains(approver.as_str()) {
                let message = format!("the approver `{approver}` is no party of the metadata");
                self.error(&WAIVER_APPROVER, &at, message, "");
            }
        }
        Some((approvers, start))
    }

    fn deadline(&mut self, risk: &Risk, at: &Pointer) -> Option<Timestamp> {
        let Some(text) = &risk.deadline else {
            let help = "say until when the deviation is accepted";
            self.error(&WAIVER_MALFORMED, at, "the accepted risk has no deadline", help);
            return None;
        };
        self.instant(text, &at.key("deadline"))
    }

    fn instant(&mut self, text: &str, at: &Pointer) -> Option<Timestamp> {
        let parsed = text.parse();
        if parsed.is_err() {
            let message = format!("`{text}` is no instant such as `2026-11-01T10:00:00Z`");
            self.error(&WAIVER_MALFORMED, at, message, "");
        }
        parsed.ok()
    }
}
