//! Reading documents: assessment results without their subjects first, because large results are mostly subjects, and
//! the verdict file tells of the same resources with more detail.

use std::collections::BTreeMap;
use std::fmt;
use std::io::BufReader;
use std::marker::PhantomData;

use probity_diagnostics::document::{Format, Limits};
use probity_diagnostics::{Diagnostic, Diagnostics, FileTree, Location, Pointer, TreePath};
use probity_oscal::model::assessment::{
    Finding, Observation, Origin, ReviewedControls, Risk, SubjectReference,
};
use probity_oscal::model::assessment_results::{
    AssessmentResults, Attestation, ImportAp, Result as OscalResult, ResultLocalDefinitions,
};
use probity_oscal::model::implementation::InventoryItem;
use probity_oscal::model::metadata::{BackMatter, Link, Metadata, Property};
use probity_oscal::split;
use serde::de::{DeserializeOwned, DeserializeSeed, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde::{Deserialize, Deserializer};

use crate::codes;

/// The model of results.
const MODEL: &str = "assessment-results";
/// Subjects that are read of one observation.
const SUBJECTS: usize = 10_000;

/// Assessment results whose observations have no subjects yet.
///
/// # Errors
/// The file cannot be read or is no assessment-results document.
pub(crate) fn results(tree: &dyn FileTree, path: &TreePath) -> Result<AssessmentResults, Diagnostics> {
    let head: Head = read(tree, path, MODEL)?;
    Ok(AssessmentResults {
        metadata: head.metadata,
        import_ap: head.import_ap,
        results: head.results.into_iter().map(OscalResult::from).collect(),
        back_matter: head.back_matter,
        ..AssessmentResults::default()
    })
}

/// The props of the metadata of results, however large these are.
///
/// # Errors
/// The file cannot be read or is no assessment-results document.
pub fn props(tree: &dyn FileTree, path: &TreePath) -> Result<Vec<Property>, Diagnostics> {
    Ok(results(tree, path)?.metadata.props)
}

/// Adds subjects and inventory items to `result`, a result of the document in `path`.
///
/// # Errors
/// The file cannot be read or is no assessment-results document.
pub(crate) fn add_subjects(
    tree: &dyn FileTree,
    path: &TreePath,
    result: &mut OscalResult,
) -> Result<(), Diagnostics> {
    let listed: Listed = read(tree, path, MODEL)?;
    let Some(of_result) = listed.results.into_iter().find(|listed| listed.uuid == result.uuid) else {
        return Ok(());
    };
    let mut subjects: BTreeMap<String, Vec<SubjectReference>> =
        of_result.observations.into_iter().map(|o| (o.uuid, o.subjects.0)).collect();
    for observation in &mut result.observations {
        observation.subjects = subjects.remove(&observation.uuid).unwrap_or_default();
    }
    result.local_definitions = of_result.local_definitions.map(|local| ResultLocalDefinitions {
        inventory_items: local.inventory_items,
        ..ResultLocalDefinitions::default()
    });
    Ok(())
}

/// The result to report: the one that started last.
///
/// # Errors
/// There is none.
pub(crate) fn pick(
    results: Vec<OscalResult>,
    path: &TreePath,
    found: &mut Diagnostics,
) -> Result<OscalResult, Diagnostics> {
    let list = Location::value(path, &Pointer::root().key(MODEL).key("results"));
    let count = results.len();
    let latest = results.into_iter().max_by(|a, b| a.start.cmp(&b.start)).ok_or_else(|| {
        Diagnostic::error(&codes::NO_RESULT, format!("`{path}` holds no result")).at(list.clone())
    })?;
    if count > 1 {
        let message = format!(
            "`{path}` holds {count} results; the report shows the one that started last, \u{201c}{}\u{201d}",
            latest.title
        );
        found.push(Diagnostic::warning(&codes::RESULTS_LEFT_OUT, message).at(list));
    }
    Ok(latest)
}

/// The model under `key` of the document in `path`, JSON without holding its text.
///
/// Only its shape counts here: what else is wrong with it is for `validate`.
///
/// # Errors
/// The file cannot be read, is too large, or is no document of that kind.
pub(crate) fn read<T: DeserializeOwned>(
    tree: &dyn FileTree,
    path: &TreePath,
    key: &str,
) -> Result<T, Diagnostics> {
    let limits = Limits::default();
    let path = &split::document(path);
    let is_split = split::is_split(tree, path);
    let length = tree.stat(path).map_err(Diagnostic::from)?.len;
    if !is_split && !matches!(Format::of(path), Some(Format::Yaml | Format::Xml)) {
        let reader = BufReader::with_capacity(1 << 16, tree.open(path).map_err(Diagnostic::from)?);
        let mut json = serde_json::Deserializer::from_reader(reader);
        let member = Member { key, model: PhantomData };
        match member.deserialize(&mut json).and_then(|model| json.end().map(|()| model)) {
            Ok(Some(model)) => return Ok(model),
            Err(error) if length > limits.bytes => return Err(misshapen(path, key, &error)),
            Ok(None) | Err(_) => {}
        }
    }
    // What is wrong, with its place, is worth a second reading.
    let bytes = split::read(tree, path)?;
    let (_, document) = probity_oscal::read(&bytes, path)?.value;
    let Some(model) = document.get(key) else {
        let message = format!("`{path}` is no document of the kind `{key}`");
        return Err(Diagnostic::error(&codes::WRONG_DOCUMENT, message).at(Location::file(path)).into());
    };
    T::deserialize(model).map_err(|error| {
        let problems = probity_oscal::validate(&document, path);
        if problems.has_errors() { problems } else { misshapen(path, key, &error) }
    })
}

fn misshapen(path: &TreePath, key: &str, error: &serde_json::Error) -> Diagnostics {
    let message = format!("`{path}` does not have the shape of `{key}`: {error}");
    Diagnostic::error(&codes::WRONG_DOCUMENT, message).at(Location::file(path)).into()
}

/// The member `key` of an object; everything else in it is passed over.
struct Member<'k, T> {
    key: &'k str,
    model: PhantomData<T>,
}

impl<'de, T: Deserialize<'de>> DeserializeSeed<'de> for Member<'_, T> {
    type Value = Option<T>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Option<T>, D::Error> {
        deserializer.deserialize_map(self)
    }
}

impl<'de, T: Deserialize<'de>> Visitor<'de> for Member<'_, T> {
    type Value = Option<T>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "an object with the member `{}`", self.key)
    }

    fn visit_map<A: MapAccess<'de>>(self, mut members: A) -> Result<Option<T>, A::Error> {
        let mut model = None;
        while let Some(key) = members.next_key::<String>()? {
            if key == self.key {
                model = Some(members.next_value()?);
            } else {
                members.next_value::<IgnoredAny>()?;
            }
        }
        Ok(model)
    }
}

#[derive(Deserialize)]
#[serde(rename_all = "kebab-case")]
struct Head {
    metadata: Metadata,
    import_ap: ImportAp,
    #[serde(default)]
    results: Vec<ResultHead>,
    back_matter: Option<BackMatter>,
}

#[derive(Deserialize)]
#[serde(rename_all = "kebab-case")]
struct ResultHead {
    uuid: String,
    title: String,
    description: String,
    start: String,
    end: Option<String>,
    #[serde(default)]
    props: Vec<Property>,
    reviewed_controls: ReviewedControls,
    #[serde(default)]
    attestations: Vec<Attestation>,
    #[serde(default)]
    observations: Vec<ObservationHead>,
    #[serde(default)]
    risks: Vec<Risk>,
    #[serde(default)]
    findings: Vec<Finding>,
}

#[derive(Deserialize)]
struct ObservationHead {
    uuid: String,
    title: Option<String>,
    description: String,
    #[serde(default)]
    props: Vec<Property>,
    #[serde(default)]
    links: Vec<Link>,
    #[serde(default)]
    methods: Vec<String>,
    #[serde(default)]
    origins: Vec<Origin>,
    collected: String,
    expires: Option<String>,
    remarks: Option<String>,
}

impl From<ResultHead> for OscalResult {
    fn from(head: ResultHead) -> Self {
        Self {
            uuid: head.uuid,
            title: head.title,
            description: head.description,
            start: head.start,
            end: head.end,
            props: head.props,
            reviewed_controls: head.reviewed_controls,
            attestations: head.attestations,
            observations: head.observations.into_iter().map(Observation::from).collect(),
            risks: head.risks,
            findings: head.findings,
            ..Self::default()
        }
    }
}

impl From<ObservationHead> for Observation {
    fn from(head: ObservationHead) -> Self {
        Self {
            uuid: head.uuid,
            title: head.title,
            description: head.description,
            props: head.props,
            links: head.links,
            methods: head.methods,
            origins: head.origins,
            collected: head.collected,
            expires: head.expires,
            remarks: head.remarks,
            ..Self::default()
        }
    }
}

#[derive(Deserialize)]
struct Listed {
    #[serde(default)]
    results: Vec<ListedResult>,
}

#[derive(Deserialize)]
#[serde(rename_all = "kebab-case")]
struct ListedResult {
    uuid: String,
    local_definitions: Option<ListedDefinitions>,
    #[serde(default)]
    observations: Vec<ListedObservation>,
}

#[derive(Deserialize)]
#[serde(rename_all = "kebab-case")]
struct ListedDefinitions {
    #[serde(default)]
    inventory_items: Vec<InventoryItem>,
}

#[derive(Deserialize)]
struct ListedObservation {
    uuid: String,
    #[serde(default)]
    subjects: Subjects,
}

/// The first subjects of an observation.
#[derive(Default)]
struct Subjects(Vec<SubjectReference>);

impl<'de> Deserialize<'de> for Subjects {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_seq(SubjectsVisitor)
    }
}

struct SubjectsVisitor;

impl<'de> Visitor<'de> for SubjectsVisitor {
    type Value = Subjects;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a list of subjects")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Subjects, A::Error> {
        let mut subjects = Vec::new();
        while subjects.len() < SUBJECTS {
            match items.next_element()? {
                Some(subject) => subjects.push(subject),
                None => return Ok(Subjects(subjects)),
            }
        }
        while items.next_element::<IgnoredAny>()?.is_some() {}
        Ok(Subjects(subjects))
    }
}
