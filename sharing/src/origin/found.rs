//! Incidents of findings and risks of assessment results and plans of action and milestones.

use jiff::Timestamp;
use probity_diagnostics::Diagnostic;
use probity_oscal::OscalDocument;
use probity_oscal::model::assessment::{Finding, Observation, RelatedObservation, Risk};
use probity_oscal::model::implementation::InventoryItem;
use probity_oscal::own::values;

use super::{Maker, blank, target};
use crate::incident::codes::NO_ORIGIN;
use crate::incident::{
    Assessment, Discovery, Event, Impact, Incident, Link, Method, Reference, System, Word,
};

/// What a document says of findings and risks.
struct Stock<'d> {
    findings: Vec<&'d Finding>,
    risks: Vec<&'d Risk>,
    observations: Vec<&'d Observation>,
    items: Vec<&'d InventoryItem>,
    /// Items of a plan by the risk that they are about: uuid of the item, of the risk.
    planned: Vec<(&'d str, &'d str)>,
}

impl<'d> Stock<'d> {
    fn of(document: &'d OscalDocument) -> Result<Self, Diagnostic> {
        match document {
            OscalDocument::AssessmentResults(results) => {
                let all = &results.results;
                let local = all.iter().filter_map(|one| one.local_definitions.as_ref());
                Ok(Self {
                    findings: all.iter().flat_map(|one| &one.findings).collect(),
                    risks: all.iter().flat_map(|one| &one.risks).collect(),
                    observations: all.iter().flat_map(|one| &one.observations).collect(),
                    items: local.flat_map(|local| &local.inventory_items).collect(),
                    planned: Vec::new(),
                })
            }
            OscalDocument::PlanOfActionAndMilestones(plan) => {
                let local = plan.local_definitions.iter();
                let planned = plan.poam_items.iter().filter_map(|item| Some((item.uuid.as_deref()?, item)));
                let risks = planned.flat_map(|(uuid, item)| {
                    item.related_risks.iter().map(move |risk| (uuid, risk.risk_uuid.as_str()))
                });
                Ok(Self {
                    findings: plan.findings.iter().collect(),
                    risks: plan.risks.iter().collect(),
                    observations: plan.observations.iter().collect(),
                    items: local.flat_map(|local| &local.inventory_items).collect(),
                    planned: risks.collect(),
                })
            }
            _ => Err(Diagnostic::error(
                &NO_ORIGIN,
                "findings and risks are in assessment results and in plans of action and milestones",
            )),
        }
    }

    fn observed(&self, related: &[RelatedObservation]) -> Vec<&'d Observation> {
        let is_meant =
            |one: &&Observation| related.iter().any(|related| related.observation_uuid == one.uuid);
        self.observations.iter().copied().filter(is_meant).collect()
    }

    /// What failed: the resources that observations of other verdicts than `pass` are about.
    fn targets(&self, observed: &[&Observation]) -> Vec<System> {
        let failed = observed
            .iter()
            .filter(|one| !values(&one.props, "verdict").any(|(_, verdict)| verdict == "pass"));
        let subjects = failed.flat_map(|one| &one.subjects);
        let mut systems: Vec<System> = Vec::new();
        for subject in subjects {
            let item = self.items.iter().find(|item| item.uuid == subject.subject_uuid);
            let id = item.and_then(|item| values(&item.props, "resource-id").next()).map(|(_, id)| id);
            let resource = id.unwrap_or(&subject.subject_uuid);
            let description = subject.title.clone().or_else(|| item.map(|item| item.description.clone()));
            let system = target(resource, &subject.subject_uuid, description);
            systems.extend(system.filter(|system| !systems.contains(system)));
        }
        systems
    }
}

/// The incident of a finding that is not satisfied, named by its uuid, its target or its control.
///
/// # Errors
/// The document has no such finding, or it is satisfied.
pub fn from_finding(document: &OscalDocument, name: &str, maker: &Maker) -> Result<Incident, Diagnostic> {
    let stock = Stock::of(document)?;
    let is_named = |one: &&&Finding| {
        one.uuid == name
            || one.target.target_id == name
            || values(&one.props, "control-id").any(|(_, control)| control == name)
    };
    let finding = stock.findings.iter().find(is_named).ok_or_else(|| none("finding", name))?;
    if finding.target.status.state == "satisfied" {
        let message =
            format!("the finding of `{}` is satisfied: there is nothing to tell", name.escape_default());
        return Err(Diagnostic::error(&NO_ORIGIN, message));
    }
    let observed = stock.observed(&finding.related_observations);
    let mut incident = told(maker, &finding.title, &finding.description, &stock, &observed);
    incident.links.extend(link("finding", &finding.uuid));
    incident.links.extend(finding.related_risks.iter().filter_map(|risk| link("risk", &risk.risk_uuid)));
    Ok(incident)
}

/// The incident of a risk that is not closed, named by its uuid or by an item of the plan about it.
///
/// # Errors
/// The document has no such risk, or it is closed.
pub fn from_risk(document: &OscalDocument, name: &str, maker: &Maker) -> Result<Incident, Diagnostic> {
    let stock = Stock::of(document)?;
    let planned = stock.planned.iter().find(|(item, _)| *item == name).map(|(_, risk)| *risk);
    let uuid = planned.unwrap_or(name);
    let risk = stock.risks.iter().find(|risk| risk.uuid == uuid).ok_or_else(|| none("risk", name))?;
    if risk.status == "closed" {
        let message = format!("the risk `{}` is closed: there is nothing to tell", risk.uuid);
        return Err(Diagnostic::error(&NO_ORIGIN, message));
    }
    let observed = stock.observed(&risk.related_observations);
    let text = format!("{}\n\n{}", risk.description, risk.statement);
    let mut incident = told(maker, &risk.title, &text, &stock, &observed);
    let threats = risk
        .threat_ids
        .iter()
        .map(|threat| Reference { urls: vec![threat.id.clone()], ..Reference::default() });
    let references: Vec<Reference> = cves(risk).chain(threats).collect();
    if !references.is_empty() {
        incident.methods.push(Method { references, ..Method::default() });
    }
    incident.links.extend(link("risk", &risk.uuid));
    let items = stock.planned.iter().filter(|(_, of)| *of == risk.uuid);
    incident.links.extend(items.filter_map(|(item, _)| link("poam-item", item)));
    Ok(incident)
}

fn none(what: &str, name: &str) -> Diagnostic {
    Diagnostic::error(&NO_ORIGIN, format!("the document has no {what} `{}`", name.escape_default()))
}

/// The vulnerabilities that a risk is characterised by.
fn cves(risk: &Risk) -> impl Iterator<Item = Reference> + '_ {
    let facets = risk.characterizations.iter().flat_map(|one| &one.facets);
    let named = facets.filter(|facet| facet.name == "cve-id");
    named.map(|facet| Reference { name: Some(facet.value.clone()), ..Reference::default() })
}

fn link(rel: &str, uuid: &str) -> Option<Link> {
    Some(Link { rel: rel.parse().ok()?, href: uuid.to_owned() })
}

/// What all incidents of assessments have: found by an audit, what it did not known yet.
fn told(maker: &Maker, title: &str, text: &str, stock: &Stock<'_>, observed: &[&Observation]) -> Incident {
    let mut incident = blank(maker, None, Word::other());
    incident.title = Some(title.to_owned());
    incident.status = Word::foreign("new");
    incident.description = Some(text.to_owned());
    incident.times.of.detected =
        observed.iter().filter_map(|one| one.collected.parse::<Timestamp>().ok()).min();
    let source = Word::foreign("audit");
    incident.discoveries = source.map(|source| Discovery { source, description: None }).into_iter().collect();
    let unknown = Word::foreign("unknown");
    let impact =
        unknown.map(|r#type| Impact::System { r#type, severity: None, completion: None, description: None });
    let assess = |impact| Assessment {
        occurrence: "potential".parse().ok(),
        impacts: vec![impact],
        ..Assessment::default()
    };
    incident.assessments = impact.map(assess).into_iter().collect();
    let systems = stock.targets(observed);
    if !systems.is_empty() {
        incident.events = vec![Event { systems, ..Event::default() }];
    }
    incident
}
