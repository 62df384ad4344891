//! Writing assembled results: the head as it is, with subjects and inventory items made on the way.
//!
//! The structs here are views of the OSCAL types in the order of the model; what results of ours never hold is left out.

use probity_oscal::model::assessment::{
    Finding, Observation, Origin, RelevantEvidence, ReviewedControls, Risk,
};
use probity_oscal::model::assessment_results::{
    AssessmentResultsLocalDefinitions, Attestation, ImportAp, Result as OscalResult,
};
use probity_oscal::model::implementation::SystemComponent;
use probity_oscal::model::metadata::{BackMatter, Link, Metadata, Property};
use serde::ser::{Error as _, Serialize, Serializer};

use super::subject::{Inventory, Subjects};
use super::{Assembled, observation};

#[derive(serde::Serialize)]
#[serde(rename_all = "kebab-case")]
struct Document<'a> {
    assessment_results: Model<'a>,
}

#[derive(serde::Serialize)]
#[serde(rename_all = "kebab-case")]
struct Model<'a> {
    uuid: &'a str,
    metadata: &'a Metadata,
    import_ap: &'a ImportAp,
    #[serde(skip_serializing_if = "Option::is_none")]
    local_definitions: Option<&'a AssessmentResultsLocalDefinitions>,
    results: [ResultView<'a>; 1],
    #[serde(skip_serializing_if = "Option::is_none")]
    back_matter: Option<&'a BackMatter>,
}

#[derive(serde::Serialize)]
#[serde(rename_all = "kebab-case")]
struct ResultView<'a> {
    uuid: &'a str,
    title: &'a str,
    description: &'a str,
    start: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    end: Option<&'a str>,
    props: &'a [Property],
    #[serde(skip_serializing_if = "Option::is_none")]
    local_definitions: Option<Definitions<'a>>,
    reviewed_controls: &'a ReviewedControls,
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    attestations: &'a [Attestation],
    #[serde(skip_serializing_if = "Vec::is_empty")]
    observations: Vec<ObservationView<'a>>,
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    risks: &'a [Risk],
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    findings: &'a [Finding],
    #[serde(skip_serializing_if = "Option::is_none")]
    remarks: Option<&'a str>,
}

#[derive(serde::Serialize)]
#[serde(rename_all = "kebab-case")]
struct Definitions<'a> {
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    components: &'a [SystemComponent],
    #[serde(skip_serializing_if = "Option::is_none")]
    inventory_items: Option<Inventory<'a>>,
}

#[derive(serde::Serialize)]
#[serde(rename_all = "kebab-case")]
struct ObservationView<'a> {
    uuid: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    title: Option<&'a str>,
    description: &'a str,
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    props: &'a [Property],
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    links: &'a [Link],
    methods: &'a [String],
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    types: &'a [String],
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    origins: &'a [Origin],
    #[serde(skip_serializing_if = "Option::is_none")]
    subjects: Option<Subjects<'a>>,
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    relevant_evidence: &'a [RelevantEvidence],
    collected: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    expires: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    remarks: Option<&'a str>,
}

impl Serialize for Assembled<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let head = &self.head;
        let result = head.results.first().ok_or_else(|| S::Error::custom("the results hold no result"))?;
        let model = Model {
            uuid: &head.uuid,
            metadata: &head.metadata,
            import_ap: &head.import_ap,
            local_definitions: head.local_definitions.as_ref(),
            results: [self.result(result)],
            back_matter: head.back_matter.as_ref(),
        };
        Document { assessment_results: model }.serialize(serializer)
    }
}

impl Assembled<'_> {
    fn result<'a>(&'a self, result: &'a OscalResult) -> ResultView<'a> {
        let inventory = Inventory { verdicts: self.verdicts, listed: &self.listed };
        let rows = result.observations.iter().zip(&self.rows);
        let tools = result.local_definitions.as_ref().map_or(&[][..], |all| &all.components);
        ResultView {
            uuid: &result.uuid,
            title: &result.title,
            description: &result.description,
            start: &result.start,
            end: result.end.as_deref(),
            props: &result.props,
            local_definitions: (!self.listed.is_empty() || !tools.is_empty()).then_some(Definitions {
                components: tools,
                inventory_items: (!self.listed.is_empty()).then_some(inventory),
            }),
            reviewed_controls: &result.reviewed_controls,
            attestations: &result.attestations,
            observations: rows.map(|(observation, key)| self.observation(observation, *key)).collect(),
            risks: &result.risks,
            findings: &result.findings,
            remarks: result.remarks.as_deref(),
        }
    }

    fn observation<'a>(
        &'a self,
        observation: &'a Observation,
        key: Option<observation::Key<'a>>,
    ) -> ObservationView<'a> {
        let listed = |key: &observation::Key<'_>| self.listed.lists(key.outcome);
        ObservationView {
            uuid: &observation.uuid,
            title: observation.title.as_deref(),
            description: &observation.description,
            props: &observation.props,
            links: &observation.links,
            methods: &observation.methods,
            types: &observation.types,
            origins: &observation.origins,
            subjects: key.filter(listed).map(|key| Subjects {
                verdicts: self.verdicts,
                listed: &self.listed,
                key,
            }),
            relevant_evidence: &observation.relevant_evidence,
            collected: &observation.collected,
            expires: observation.expires.as_deref(),
            remarks: observation.remarks.as_deref(),
        }
    }
}
