//! The plan of action and milestones of an advisory that matches an inventory: a risk and an item for each vulnerability.

use probity_oscal::model::PlanOfActionAndMilestones;
use probity_oscal::model::assessment::{
    AssociatedRisk, Characterization, Facet, ImportSsp, Observation, Origin, OriginActor, RelatedObservation,
    Risk, SubjectReference,
};
use probity_oscal::model::metadata::{BackMatter, Link, Metadata, Party, Property, Resource, Rlink};
use probity_oscal::model::poam::PoamItem;
use probity_oscal::own::markup_line;
use probity_oscal::{OSCAL_VERSION, uuid5};
use serde_json::Value;

use super::advisory::{AFFECTED, UNDER_INVESTIGATION};
use super::{Maker, Match};
use crate::Label;
use crate::formats::json::{text, texts};
use crate::incident::Incident;

/// The system that names of vulnerabilities are of.
const CVE_SYSTEM: &str = "http://cve.mitre.org";

/// How the plan refers to what it was made of, and its colour.
#[derive(Debug, Clone, Copy)]
pub struct Sources<'a> {
    /// The advisory, from the plan.
    pub advisory: &'a str,
    /// The system security plan, from the plan.
    pub inventory: &'a str,
    /// The colour of the advisory, which the plan bears.
    pub label: Label,
}

/// The plan for what an advisory says and what it matches.
pub fn plan(
    said: &Incident,
    advisory: &Value,
    found: &[Match],
    maker: &Maker,
    sources: &Sources<'_>,
) -> PlanOfActionAndMilestones {
    let draft = Draft { said, maker, sources };
    let vulnerabilities = advisory.get("vulnerabilities").and_then(Value::as_array).into_iter().flatten();
    let risks: Vec<Risk> = vulnerabilities.filter_map(|one| draft.risk(one, found)).collect();
    let title = markup_line(said.title.as_ref().unwrap_or(&said.id));
    PlanOfActionAndMilestones {
        uuid: draft.id(&["plan"]),
        metadata: Metadata {
            title: format!("Advisory {}: {title}", markup_line(&said.id)),
            last_modified: maker.at.to_string(),
            version: "1".to_owned(),
            oscal_version: OSCAL_VERSION.to_owned(),
            props: vec![Property {
                name: "marking".to_owned(),
                class: Some("tlp-2.0".to_owned()),
                value: sources.label.to_string(),
                ..Property::default()
            }],
            parties: vec![Party {
                uuid: draft.party(),
                r#type: "organization".to_owned(),
                name: Some(maker.name.clone()),
                ..Party::default()
            }],
            ..Metadata::default()
        },
        import_ssp: Some(ImportSsp { href: sources.inventory.to_owned(), remarks: None }),
        observations: found.iter().map(|one| draft.observation(one)).collect(),
        poam_items: risks.iter().map(|risk| draft.item(risk)).collect(),
        risks,
        back_matter: Some(BackMatter { resources: vec![draft.document()] }),
        ..PlanOfActionAndMilestones::default()
    }
}

struct Draft<'a> {
    said: &'a Incident,
    maker: &'a Maker,
    sources: &'a Sources<'a>,
}

impl Draft<'_> {
    fn id(&self, parts: &[&str]) -> String {
        uuid5(&[&["advisory", &self.said.issuer, &self.said.id], parts].concat())
    }

    fn party(&self) -> String {
        uuid5(&["organization", &self.maker.name])
    }

    /// The advisory itself.
    fn document(&self) -> Resource {
        let href = self.sources.advisory.to_owned();
        Resource {
            uuid: self.id(&["document"]),
            title: Some(markup_line(&format!("Advisory {} of {}", self.said.id, self.said.issuer))),
            rlinks: vec![Rlink { href, ..Rlink::default() }],
            ..Resource::default()
        }
    }

    fn origin(&self) -> Origin {
        let actor =
            OriginActor { r#type: "party".to_owned(), actor_uuid: self.party(), ..OriginActor::default() };
        Origin { actors: vec![actor], ..Origin::default() }
    }

    fn observed(&self, one: &Match) -> String {
        self.id(&["observation", &one.product_id, &one.asset])
    }

    fn observation(&self, one: &Match) -> Observation {
        let is = if one.is_certain { "is" } else { "may be" };
        Observation {
            uuid: self.observed(one),
            description: markup_line(&format!("{} {is} {}, by {}.", one.title, one.product, one.by)),
            methods: vec!["EXAMINE".to_owned()],
            types: vec!["discovery".to_owned()],
            origins: vec![self.origin()],
            subjects: vec![SubjectReference {
                subject_uuid: one.asset.clone(),
                r#type: one.kind.to_owned(),
                title: Some(markup_line(&one.title)),
                ..SubjectReference::default()
            }],
            collected: self.maker.at.to_string(),
            ..Observation::default()
        }
    }

    /// The risk of a vulnerability, if a product that it affects was matched.
    fn risk(&self, vulnerability: &Value, found: &[Match]) -> Option<Risk> {
        let status = vulnerability.get("product_status")?;
        let lists = AFFECTED.iter().chain(&[UNDER_INVESTIGATION]);
        let affected: Vec<&str> = lists.flat_map(|list| texts(status, list)).collect();
        let about: Vec<&Match> =
            found.iter().filter(|one| affected.contains(&one.product_id.as_str())).collect();
        if about.is_empty() {
            return None;
        }
        let cve = text(vulnerability, "cve");
        let name = cve.or_else(|| text(vulnerability, "title")).unwrap_or(&self.said.id);
        let facet = |cve: &str| Characterization {
            origin: self.origin(),
            facets: vec![Facet {
                name: "cve-id".to_owned(),
                system: CVE_SYSTEM.to_owned(),
                value: cve.to_owned(),
                ..Facet::default()
            }],
            ..Characterization::default()
        };
        let names: Vec<&str> = about.iter().map(|one| one.title.as_str()).collect();
        Some(Risk {
            uuid: self.id(&["risk", name]),
            title: markup_line(name),
            description: markup_line(self.said.title.as_ref().unwrap_or(&self.said.id)),
            statement: markup_line(&format!("Of the inventory it concerns {}.", names.join(", "))),
            links: vec![Link {
                href: format!("#{}", self.id(&["document"])),
                rel: Some("reference".to_owned()),
                ..Link::default()
            }],
            status: "open".to_owned(),
            origins: vec![self.origin()],
            characterizations: cve.map(facet).into_iter().collect(),
            related_observations: about
                .iter()
                .map(|one| RelatedObservation { observation_uuid: self.observed(one), remarks: None })
                .collect(),
            ..Risk::default()
        })
    }

    fn item(&self, risk: &Risk) -> PoamItem {
        PoamItem {
            uuid: Some(self.id(&["item", &risk.title])),
            title: risk.title.clone(),
            description: risk.statement.clone(),
            related_observations: risk.related_observations.clone(),
            related_risks: vec![AssociatedRisk { risk_uuid: risk.uuid.clone(), remarks: None }],
            ..PoamItem::default()
        }
    }
}
