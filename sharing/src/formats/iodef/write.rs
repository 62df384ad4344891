//! From an incident to IODEF v2, class by class in the order of the schema.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use jiff::Timestamp;
use serde_json::Value;

use super::{ALGORITHMS, ATTACK_TYPE, COPYRIGHT, DS, ENUM, KIND, MEMBER, NAMESPACE, SINGLE, TITLE, TLP};
use crate::formats::{CARRIED, misfit, unsaid};
use crate::incident::{
    Address, Assessment, BusinessImpact, Contact, Discovery, Event, EventTimes, Expectation, HistoryItem,
    Impact, Incident, IncidentId, Indicator, Known, Method, Observable, Reference, Related, Service, System,
    to_value,
};
use crate::tag::Tag;
use crate::{Label, Stop};

/// The index of CVE among the enumerations that IANA lists for RFC 7495.
const CVE_INDEX: &str = "1";

/// The document of an incident.
pub(in crate::formats) fn write(
    incident: &Incident,
    label: Label,
    carried: Option<&Value>,
) -> Result<String, Stop> {
    if let Some((at, c)) = misfit(&to_value(incident)?, is_xml) {
        return Err(unsaid(format_args!("the character U+{:04X} of `{at}`", u32::from(c)), label).into());
    }
    Tag::new("IODEF-Document")
        .with("version", "2.00")
        .with("xml:lang", &incident.language)
        .with("xmlns", NAMESPACE)
        .with("xmlns:enum", ENUM)
        .with("xmlns:ds", DS)
        .add(document(incident, label, carried))
        .document()
}

/// Whether XML 1.0 has the character.
fn is_xml(c: char) -> bool {
    matches!(c, '\t' | '\n' | '\r' | ' '..='\u{d7ff}' | '\u{e000}'..='\u{fffd}' | '\u{10000}'..)
}

fn document(incident: &Incident, label: Label, carried: Option<&Value>) -> Tag {
    let others = &incident.alternative_ids;
    let alternatives = (!others.is_empty()).then(|| Tag::new("AlternativeID").extend(others.iter().map(id)));
    let own = IncidentId { issuer: incident.issuer.clone(), id: incident.id.clone() };
    let indicators = incident.indicators.iter().map(|(name, one)| indicator(name, &incident.issuer, one));
    let indicators = (!incident.indicators.is_empty()).then(|| Tag::new("IndicatorData").extend(indicators));
    let history = incident.history.iter().map(history_item);
    let history = (!incident.history.is_empty()).then(|| Tag::new("History").extend(history));
    restricted(
        Tag::new("Incident")
            .word("purpose", Some(&incident.purpose))
            .word("status", incident.status.as_ref()),
        label,
    )
    .add(id(&own))
    .extend(alternatives)
    .extend(incident.related.iter().map(related))
    .extend(times(incident.times.of))
    .add(Tag::text("GenerationTime", incident.times.generated))
    .extend(described(incident.description.as_ref()))
    .extend(incident.discoveries.iter().map(discovery))
    .extend(incident.assessments.iter().map(assessment))
    .extend(incident.methods.iter().map(method))
    .extend(incident.contacts.iter().map(contact))
    .extend(incident.events.iter().map(event))
    .extend(indicators)
    .extend(history)
    .extend(additional(incident, label, carried))
}

/// The colour as the standard says it; its full name stands in `AdditionalData` besides.
fn restricted(tag: Tag, label: Label) -> Tag {
    match label {
        Label::Clear => tag.with("restriction", "white"),
        Label::Green => tag.with("restriction", "green"),
        Label::Amber => tag.with("restriction", "amber"),
        Label::AmberStrict => tag.with("restriction", "ext-value").with("ext-restriction", label),
        Label::Red => tag.with("restriction", "red"),
    }
}

fn additional(incident: &Incident, label: Label, carried: Option<&Value>) -> impl Iterator<Item = Tag> {
    let texts = [
        (TLP, Some(label.as_str().to_owned())),
        (KIND, incident.kind.as_ref().map(ToString::to_string)),
        (TITLE, incident.title.clone()),
        (MEMBER, incident.member.clone()),
        (COPYRIGHT, incident.copyright.clone()),
        (CARRIED, carried.map(ToString::to_string)),
    ];
    texts.into_iter().filter_map(|(name, text)| Some(more(name, &text?)))
}

fn more(name: &str, text: &str) -> Tag {
    Tag::text("AdditionalData", text).with("dtype", "string").with("name", name)
}

fn id(id: &IncidentId) -> Tag {
    Tag::text("IncidentID", &id.id).with("name", &id.issuer)
}

fn described(text: Option<&String>) -> Option<Tag> {
    text.map(|text| Tag::text("Description", text))
}

fn urls(urls: &[String]) -> impl Iterator<Item = Tag> + '_ {
    urls.iter().map(|url| Tag::text("URL", url))
}

fn times(times: EventTimes) -> impl Iterator<Item = Tag> {
    let all: [(&str, Option<Timestamp>); 5] = [
        ("DetectTime", times.detected),
        ("StartTime", times.started),
        ("EndTime", times.ended),
        ("RecoveryTime", times.recovered),
        ("ReportTime", times.reported),
    ];
    all.into_iter().filter_map(|(name, at)| Some(Tag::text(name, at?)))
}

fn related(related: &Related) -> Tag {
    Tag::new("RelatedActivity")
        .extend(related.incidents.iter().map(id))
        .extend(urls(&related.urls))
        .extend(related.threat_actors.iter().filter_map(|actor| known("ThreatActor", "ThreatActorID", actor)))
        .extend(related.campaigns.iter().filter_map(|campaign| known("Campaign", "CampaignID", campaign)))
        .extend(described(related.description.as_ref()))
}

/// What is known by a name; without a page the printed schema does not have it.
fn known(class: &'static str, name: &'static str, known: &Known) -> Option<Tag> {
    let tag = || {
        Tag::new(class)
            .add(Tag::text(name, &known.id))
            .extend(urls(&known.urls))
            .extend(described(known.description.as_ref()))
    };
    (!known.urls.is_empty()).then(tag)
}

fn discovery(discovery: &Discovery) -> Tag {
    Tag::new("Discovery")
        .word("source", Some(&discovery.source))
        .extend(described(discovery.description.as_ref()))
}

fn assessment(assessment: &Assessment) -> Tag {
    let texts = |name, texts: &[String]| texts.iter().map(|text| Tag::text(name, text)).collect::<Vec<_>>();
    Tag::new("Assessment")
        .word("occurrence", assessment.occurrence.as_ref())
        .extend(texts("IncidentCategory", &assessment.categories))
        .extend(assessment.impacts.iter().map(impact))
        .extend(texts("MitigatingFactor", &assessment.mitigating_factors))
        .extend(texts("Cause", &assessment.causes))
}

fn impact(impact: &Impact) -> Tag {
    match impact {
        Impact::System { r#type, severity, completion, description } => Tag::new("SystemImpact")
            .word("severity", severity.as_ref())
            .word("completion", completion.as_ref())
            .word("type", Some(r#type))
            .extend(described(description.as_ref())),
        Impact::Business(impact) => business_impact("BusinessImpact", impact),
        Impact::Intended(impact) => business_impact("IntendedImpact", impact),
        Impact::Time { value, metric, duration, severity } => Tag::text("TimeImpact", value)
            .word("severity", severity.as_ref())
            .word("metric", Some(metric))
            .word("duration", duration.as_ref()),
        Impact::Monetary { value, currency, severity } => {
            let tag = Tag::text("MonetaryImpact", value).word("severity", severity.as_ref());
            currency.iter().fold(tag, |tag, currency| tag.with("currency", currency))
        }
    }
}

fn business_impact(class: &'static str, impact: &BusinessImpact) -> Tag {
    Tag::new(class)
        .word("severity", impact.severity.as_ref())
        .word("type", Some(&impact.r#type))
        .extend(described(impact.description.as_ref()))
}

fn method(method: &Method) -> Tag {
    Tag::new("Method")
        .extend(method.references.iter().map(reference))
        .extend(described(method.description.as_ref()))
        .extend(method.attack_types.iter().map(|word| more(ATTACK_TYPE, word)))
}

/// A reference; of names, IANA's list has CVE.
fn reference(reference: &Reference) -> Tag {
    let cve = reference.name.as_ref().filter(|name| name.starts_with("CVE-"));
    let name = cve.map(|name| {
        Tag::new("enum:ReferenceName").with("specIndex", CVE_INDEX).add(Tag::text("enum:ID", name))
    });
    Tag::new("Reference")
        .extend(name)
        .extend(urls(&reference.urls))
        .extend(described(reference.description.as_ref()))
}

fn contact(contact: &Contact) -> Tag {
    let inner = |outer, name, text: &String| Tag::new(outer).add(Tag::text(name, text));
    Tag::new("Contact")
        .word("role", Some(&contact.role))
        .word("type", Some(&contact.r#type))
        .extend(contact.name.as_ref().map(|name| Tag::text("ContactName", name)))
        .extend(described(contact.description.as_ref()))
        .extend(contact.postal_address.as_ref().map(|address| inner("PostalAddress", "PAddress", address)))
        .extend(contact.emails.iter().map(|email| inner("Email", "EmailTo", email)))
        .extend(contact.telephones.iter().map(|number| inner("Telephone", "TelephoneNumber", number)))
}

fn event(event: &Event) -> Tag {
    let flow = (!event.systems.is_empty()).then(|| Tag::new("Flow").extend(event.systems.iter().map(system)));
    Tag::new("EventData")
        .extend(described(event.description.as_ref()))
        .extend(times(event.times))
        .extend(event.contacts.iter().map(contact))
        .extend(event.discoveries.iter().map(discovery))
        .extend(event.assessment.iter().map(assessment))
        .extend(event.methods.iter().map(method))
        .extend(flow)
        .extend(event.expectations.iter().map(expectation))
}

fn system(system: &System) -> Tag {
    let node = Tag::new("Node")
        .extend(system.domains.iter().map(|name| domain(name)))
        .extend(system.addresses.iter().map(address))
        .extend(system.location.as_ref().map(|place| Tag::text("Location", place)));
    let software = |text: &String| Tag::new("OperatingSystem").add(Tag::text("Description", text));
    Tag::new("System")
        .word("category", Some(&system.category))
        .word("spoofed", system.spoofed.as_ref())
        .word("virtual", system.r#virtual.as_ref())
        .word("ownership", system.ownership.as_ref())
        .add(node)
        .extend(system.roles.iter().map(|role| Tag::new("NodeRole").word("category", Some(role))))
        .extend(system.services.iter().map(service))
        .extend(system.operating_systems.iter().map(software))
        .extend(system.assets.iter().map(|asset| Tag::text("AssetID", asset)))
        .extend(described(system.description.as_ref()))
}

/// A domain name; the JSON binding demands both states.
fn domain(name: &str) -> Tag {
    Tag::new("DomainData")
        .with("system-status", "unknown")
        .with("domain-status", "unknown")
        .add(Tag::text("Name", name))
}

fn address(address: &Address) -> Tag {
    Tag::text("Address", &address.value).word("category", Some(&address.r#type))
}

fn service(service: &Service) -> Tag {
    let tag =
        service.protocol.iter().fold(Tag::new("Service"), |tag, number| tag.with("ip-protocol", number));
    let name = service.name.as_ref().map(|name| Tag::new("ServiceName").add(Tag::text("IANAService", name)));
    tag.extend(name).extend(service.port.map(|port| Tag::text("Port", port)))
}

fn expectation(expectation: &Expectation) -> Tag {
    Tag::new("Expectation")
        .word("action", Some(&expectation.action))
        .word("severity", expectation.severity.as_ref())
        .extend(described(expectation.description.as_ref()))
        .extend(expectation.from.map(|at| Tag::text("StartTime", at)))
        .extend(expectation.until.map(|at| Tag::text("EndTime", at)))
}

fn history_item(item: &HistoryItem) -> Tag {
    Tag::new("HistoryItem")
        .word("action", Some(&item.action))
        .add(Tag::text("DateTime", item.at))
        .extend(described(item.description.as_ref()))
}

fn indicator(name: &str, issuer: &str, indicator: &Indicator) -> Tag {
    Tag::new("Indicator")
        .add(Tag::text("IndicatorID", name).with("name", issuer).with("version", "1"))
        .extend(described(indicator.description.as_ref()))
        .extend(indicator.from.map(|at| Tag::text("StartTime", at)))
        .extend(indicator.until.map(|at| Tag::text("EndTime", at)))
        .add(Tag::new("Observable").add(observable(&indicator.observable)))
        .extend(indicator.roles.iter().map(|role| Tag::new("NodeRole").word("category", Some(role))))
        .extend(indicator.phases.iter().filter_map(|phase| known("AttackPhase", "AttackPhaseID", phase)))
        .extend(indicator.references.iter().map(reference))
}

fn observable(observable: &Observable) -> Tag {
    let kind = observable.r#type.as_str();
    match kind {
        "domain-name" => domain(&observable.value),
        "file-hash" => file(observable),
        "pattern" => {
            let language = observable.language.as_ref().map(ToString::to_string);
            Tag::new("DetectionPattern")
                .add(Tag::new("Application").extend(described(language.as_ref())))
                .add(Tag::text("DetectionConfiguration", &observable.value))
        }
        _ if SINGLE.contains(&kind) => Tag::new("BulkObservable")
            .with("type", kind)
            .add(Tag::text("BulkObservableList", &observable.value)),
        _ if observable.r#type.own().is_some() => more(kind, &observable.value),
        _ => Tag::text("Address", &observable.value).with("category", kind),
    }
}

/// A file that is known by its hash.
fn file(observable: &Observable) -> Tag {
    let known = observable.algorithm.as_ref().map_or("", |algorithm| algorithm.as_str());
    let uri = ALGORITHMS.iter().find(|(name, _)| *name == known).map_or("", |(_, uri)| uri);
    let hash = Tag::new("Hash")
        .add(Tag::new("ds:DigestMethod").with("Algorithm", uri))
        .add(Tag::text("ds:DigestValue", STANDARD.encode(bytes(&observable.value))));
    let data = Tag::new("HashData").with("scope", "file-contents").add(hash);
    Tag::new("FileData").add(Tag::new("File").add(data))
}

/// The bytes that hexadecimal digits stand for.
fn bytes(digits: &str) -> Vec<u8> {
    let values: Vec<u8> = digits.chars().filter_map(|c| c.to_digit(16)?.try_into().ok()).collect();
    values.chunks(2).map(|pair| pair.iter().fold(0, |byte, digit| (byte << 4) | digit)).collect()
}
