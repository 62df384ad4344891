//! From IODEF v2 to incidents. What the model has no place for is told.

use std::collections::BTreeMap;

use jiff::Timestamp;
use probity_diagnostics::document::Limits;
use probity_diagnostics::{Code, Diagnostic, Diagnostics, Location, Severity, Step, TreePath};
use probity_oscal::xml::Element;
use serde_json::Value;

use super::{ATTACK_TYPE, COPYRIGHT, KIND, MEMBER, NAMESPACE, TITLE, TLP};
use crate::formats::{CARRIED, Read, carried};
use crate::incident::codes::{FOREIGN, LEFT_OUT};
use crate::incident::{
    EventTimes, Incident, IncidentId, Known, Method, Reference, Related, Times, Vocabulary, Word,
};

/// What an element may have that says nothing about the incident, or that stands elsewhere: the colour is read for itself.
const SILENT: [&str; 7] = [
    "restriction",
    "ext-restriction",
    "lang",
    "observable-id",
    "translation-id",
    "format-id",
    "schemaLocation",
];

/// Incidents are small; what is nested deeper than this is no incident.
const LIMITS: Limits = Limits { bytes: 16 << 20, depth: 48, values: 400_000, aliased: 0 };

/// Reads a document.
pub(in crate::formats) fn read(text: &str, file: &TreePath) -> Step<Vec<Read>> {
    let root = Element::read(text, file, LIMITS)?;
    let mut reader = Reader { file, found: Diagnostics::new() };
    let is_declared = root.attributes.iter().any(|(_, value)| value == NAMESPACE);
    if root.name != "IODEF-Document" || root.attribute("version") != Some("2.00") || !is_declared {
        let error =
            Diagnostic::error(&FOREIGN, "it is no document of IODEF v2: `IODEF-Document`, version 2.00")
                .at(reader.at(&root));
        return Err(error.into());
    }
    let language = root.attribute("lang").unwrap_or("en").to_owned();
    let incidents: Vec<Option<Read>> =
        root.all("Incident").map(|one| reader.incident(one, &language)).collect();
    reader.known(&root, &["Incident"], &["version"]);
    if incidents.is_empty() {
        reader.tell(Severity::Error, &FOREIGN, &root, "the document holds no incident");
    }
    reader.found.unless_errors(incidents.into_iter().flatten().collect())
}

/// A reader of one file, with what it found.
pub(super) struct Reader<'a> {
    file: &'a TreePath,
    found: Diagnostics,
}

/// What stands in `AdditionalData` of an incident.
#[derive(Default)]
struct Additional {
    texts: BTreeMap<&'static str, String>,
    carried: Option<Value>,
}

impl Reader<'_> {
    fn at(&self, element: &Element) -> Location {
        Location::span(self.file, element.at..element.at + element.name.len() + 1)
    }

    fn tell(
        &mut self,
        severity: Severity,
        code: &'static Code,
        element: &Element,
        message: impl Into<String>,
    ) {
        self.found.push(Diagnostic::new(severity, code, message).at(self.at(element)));
    }

    /// Tells of everything in an element that is not among what is read.
    pub(super) fn known(&mut self, element: &Element, children: &[&str], attributes: &[&str]) {
        for child in &element.children {
            let is_text = child.name.is_empty();
            if !is_text && !children.contains(&child.name.as_str()) {
                self.left_out(child, &format!("`{}` of `{}`", child.name, element.name));
            }
        }
        for (name, value) in &element.attributes {
            let of = name.strip_prefix("ext-").unwrap_or(name);
            let is_namespace =
                value.starts_with("urn:ietf:params:xml:ns:") || value.starts_with("http://www.w3.org/");
            if !attributes.contains(&of) && !SILENT.contains(&name.as_str()) && !is_namespace {
                self.left_out(element, &format!("the attribute `{name}` of `{}`", element.name));
            }
        }
    }

    pub(super) fn left_out(&mut self, element: &Element, what: &str) {
        self.tell(
            Severity::Warning,
            &LEFT_OUT,
            element,
            format!("{what} was left out: the model has no place for it"),
        );
    }

    /// An attribute that is a word.
    pub(super) fn word<V: Vocabulary>(&mut self, element: &Element, name: &str) -> Option<Word<V>> {
        let text = match element.attribute(name)? {
            "ext-value" => element.attribute(&format!("ext-{name}")).unwrap_or("ext-value"),
            text => text,
        };
        let word = Word::foreign(text);
        if word.is_none() {
            self.left_out(element, &format!("`{name}=\"{}\"` of `{}`", text.escape_default(), element.name));
        }
        word
    }

    /// An attribute that must be there and is a word.
    pub(super) fn must<V: Vocabulary>(&mut self, element: &Element, name: &str) -> Option<Word<V>> {
        if element.attribute(name).is_none() {
            self.tell(
                Severity::Error,
                &FOREIGN,
                element,
                format!("`{}` has no attribute `{name}`", element.name),
            );
        }
        self.word(element, name)
    }

    /// The value of a child that has to be one of its type.
    pub(super) fn value<T: std::str::FromStr>(&mut self, parent: &Element, name: &str) -> Option<T> {
        let child = parent.first(name)?;
        let text = child.text();
        let value = text.trim().parse().ok();
        if value.is_none() {
            let message = format!("`{name}` is `{}`, which it cannot be", text.trim().escape_default());
            self.tell(Severity::Error, &FOREIGN, child, message);
        }
        value
    }

    fn incident(&mut self, element: &Element, language: &str) -> Option<Read> {
        self.known(
            element,
            &[
                "IncidentID",
                "AlternativeID",
                "RelatedActivity",
                "DetectTime",
                "StartTime",
                "EndTime",
                "RecoveryTime",
                "ReportTime",
                "GenerationTime",
                "Description",
                "Discovery",
                "Assessment",
                "Method",
                "Contact",
                "EventData",
                "IndicatorData",
                "History",
                "AdditionalData",
            ],
            &["purpose", "status"],
        );
        let purpose = self.must(element, "purpose");
        let own = element.first("IncidentID").and_then(|one| self.id(one));
        let generated: Option<Timestamp> = self.value(element, "GenerationTime");
        if own.is_none() || generated.is_none() {
            let message =
                "an incident has a number with the name of its issuer, and the time of the document";
            self.tell(Severity::Error, &FOREIGN, element, message);
        }
        let mut additional = self.additional(element);
        let mut text = |name| additional.texts.remove(name);
        let (kind, title, member, copyright) = (text(KIND), text(TITLE), text(MEMBER), text(COPYRIGHT));
        let IncidentId { issuer, id } = own?;
        let indicators = element.first("IndicatorData");
        let said = Incident {
            marking: None,
            id,
            issuer,
            kind: kind.and_then(|kind| Word::foreign(&kind)),
            title,
            language: element.attribute("lang").unwrap_or(language).to_owned(),
            purpose: purpose?,
            status: self.word(element, "status"),
            alternative_ids: element.first("AlternativeID").map(|ids| self.ids(ids)).unwrap_or_default(),
            related: element.all("RelatedActivity").map(|one| self.related(one)).collect(),
            times: Times { generated: generated?, of: self.times(element), aware: None, corrected: None },
            description: described(element),
            discoveries: element.all("Discovery").filter_map(|one| self.discovery(one)).collect(),
            assessments: element.all("Assessment").map(|one| self.assessment(one)).collect(),
            methods: element.all("Method").map(|one| self.method(one)).collect(),
            contacts: element.all("Contact").filter_map(|one| self.contact(one)).collect(),
            events: element.all("EventData").map(|one| self.event(one)).collect(),
            indicators: indicators.map(|data| self.indicators(data)).unwrap_or_default(),
            history: element.first("History").map(|history| self.history(history)).unwrap_or_default(),
            member,
            links: Vec::new(),
            regimes: Vec::new(),
            notifications: Vec::new(),
            retention: None,
            copyright,
        };
        Some(Read { said, carried: additional.carried })
    }

    fn additional(&mut self, element: &Element) -> Additional {
        let mut additional = Additional::default();
        for one in element.all("AdditionalData") {
            let name = one.attribute("name").unwrap_or_default();
            match [KIND, TITLE, MEMBER, COPYRIGHT].into_iter().find(|known| *known == name) {
                Some(known) => drop(additional.texts.insert(known, one.text())),
                None if name == TLP => {}
                None if name == CARRIED => additional.carried = self.carried(one),
                None => {
                    self.left_out(one, &format!("`AdditionalData` with name `{}`", name.escape_default()));
                }
            }
        }
        additional
    }

    fn carried(&mut self, element: &Element) -> Option<Value> {
        carried(&element.text(), self.file).map_err(|errors| self.found.extend(errors)).ok()
    }

    fn id(&mut self, element: &Element) -> Option<IncidentId> {
        self.known(element, &[], &["name"]);
        let issuer = element.attribute("name")?.to_owned();
        Some(IncidentId { issuer, id: element.text() })
    }

    fn ids(&mut self, element: &Element) -> Vec<IncidentId> {
        element.all("IncidentID").filter_map(|one| self.id(one)).collect()
    }

    fn related(&mut self, element: &Element) -> Related {
        self.known(element, &["IncidentID", "URL", "ThreatActor", "Campaign", "Description"], &[]);
        Related {
            incidents: self.ids(element),
            urls: texts(element, "URL"),
            threat_actors: self.all_known(element, "ThreatActor", "ThreatActorID"),
            campaigns: self.all_known(element, "Campaign", "CampaignID"),
            description: described(element),
        }
    }

    /// Actors, campaigns or phases; those without a name have none to be known by.
    pub(super) fn all_known(&mut self, parent: &Element, class: &str, name: &str) -> Vec<Known> {
        let mut all = Vec::new();
        for element in parent.all(class) {
            self.known(element, &[name, "URL", "Description"], &[]);
            match texts(element, name).into_iter().next() {
                Some(id) => {
                    all.push(Known { id, urls: texts(element, "URL"), description: described(element) });
                }
                None => self.left_out(element, &format!("a `{class}` without `{name}`")),
            }
        }
        all
    }

    pub(super) fn times(&mut self, element: &Element) -> EventTimes {
        EventTimes {
            detected: self.value(element, "DetectTime"),
            started: self.value(element, "StartTime"),
            ended: self.value(element, "EndTime"),
            recovered: self.value(element, "RecoveryTime"),
            reported: self.value(element, "ReportTime"),
        }
    }

    pub(super) fn method(&mut self, element: &Element) -> Method {
        self.known(element, &["Reference", "Description", "AdditionalData"], &[]);
        let mut attack_types = Vec::new();
        for one in element.all("AdditionalData") {
            match one.attribute("name") {
                Some(ATTACK_TYPE) => attack_types.push(one.text()),
                _ => self.left_out(one, "`AdditionalData` of `Method`"),
            }
        }
        let references = self.references(element);
        Method { attack_types, references, description: described(element) }
    }

    pub(super) fn references(&mut self, parent: &Element) -> Vec<Reference> {
        let mut references = Vec::new();
        for element in parent.all("Reference") {
            self.known(element, &["ReferenceName", "URL", "Description"], &[]);
            let name = element.first("ReferenceName").and_then(|name| name.first("ID")).map(Element::text);
            references.push(Reference { name, urls: texts(element, "URL"), description: described(element) });
        }
        references
    }
}

/// The texts of all children of that name.
pub(super) fn texts(element: &Element, name: &str) -> Vec<String> {
    element.all(name).map(Element::text).collect()
}

/// The descriptions of an element as one text.
pub(super) fn described(element: &Element) -> Option<String> {
    let texts = texts(element, "Description");
    (!texts.is_empty()).then(|| texts.join("\n\n"))
}
