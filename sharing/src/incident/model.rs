//! The incident: one to one with the core of IODEF v2 (RFC 7970), in the order of its classes, and what Probity adds at the end.
//!
//! Texts that IODEF has in several languages are one text here, in the language of the document. All instants are UTC.

use std::collections::BTreeMap;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::check::is_cve;
use super::observable::Observable;
use super::retention::Retention;
use super::words::{
    Action, AddressType, BusinessImpactType, BusinessSeverity, Completion, Confidence, ContactRole,
    ContactType, DiscoverySource, Duration, Kind, NodeRole, Occurrence, Ownership, Purpose, Relation,
    Severity, Status, SystemCategory, SystemImpactType, TimeMetric, Word, YesNo,
};
use crate::Label;

/// An incident that was seen, or a part in it (`Incident`, 3.2).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Incident {
    /// The colour, where the file itself says it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub marking: Option<Label>,
    /// The number that the issuer gave it (`IncidentID`).
    pub id: String,
    /// Who numbers it: the domain name of a response team (`IncidentID@name`).
    pub issuer: String,
    /// Which of the things that members tell each other of it is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub kind: Option<Word<Kind>>,
    /// What it is in one line.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    /// The language of all texts (`xml:lang`).
    #[serde(default = "english")]
    pub language: String,
    /// Why it is told.
    pub purpose: Word<Purpose>,
    /// How far it has come.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub status: Option<Word<Status>>,
    /// Numbers that others gave it (`AlternativeID`).
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub alternative_ids: Vec<IncidentId>,
    /// What it belongs together with (`RelatedActivity`).
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub related: Vec<Related>,
    /// When what happened.
    pub times: Times,
    /// What happened, in sentences.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    /// How it was found (`Discovery`).
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub discoveries: Vec<Discovery>,
    /// What it comes to (`Assessment`).
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub assessments: Vec<Assessment>,
    /// How it was done (`Method`).
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub methods: Vec<Method>,
    /// Whom it concerns, the creator of the document among them (`Contact`).
    pub contacts: Vec<Contact>,
    /// What was seen on which systems (`EventData`).
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub events: Vec<Event>,
    /// How others recognise it (`IndicatorData`), by a name of lower-case letters, digits and hyphens.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub indicators: BTreeMap<String, Indicator>,
    /// What was done about it (`History`).
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub history: Vec<HistoryItem>,
    /// The member that was compromised, in an incident of that kind.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub member: Option<String>,
    /// What of the project it has to do with.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub links: Vec<Link>,
    /// The duties to notify that apply, by their names.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub regimes: Vec<String>,
    /// The notifications that were made.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub notifications: Vec<Notification>,
    /// For how long it is kept after it is over.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub retention: Option<Retention>,
    /// Who holds the rights in the text.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub copyright: Option<String>,
}

/// The language of an incident that names none.
fn english() -> String {
    "en".to_owned()
}

/// A number and who gave it (`IncidentID`).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct IncidentId {
    /// Who gave it.
    pub issuer: String,
    /// The number.
    pub id: String,
}

/// When what happened; only the time of the document must be known (3.2).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Times {
    /// When this document was made (`GenerationTime`).
    pub generated: Timestamp,
    /// When the incident was seen, and its other times.
    #[serde(flatten)]
    pub of: EventTimes,
    /// When the organisation became aware of it, from which duties to notify count.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub aware: Option<Timestamp>,
    /// When a measure against it was there, from which one duty counts.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub corrected: Option<Timestamp>,
}

/// The times that incidents and events share.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct EventTimes {
    /// When it was seen first (`DetectTime`).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub detected: Option<Timestamp>,
    /// When it began (`StartTime`).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub started: Option<Timestamp>,
    /// When it ended (`EndTime`).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ended: Option<Timestamp>,
    /// When everything was as before (`RecoveryTime`).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub recovered: Option<Timestamp>,
    /// When it was reported (`ReportTime`).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reported: Option<Timestamp>,
}

/// What it belongs together with (`RelatedActivity`, 3.6).
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Related {
    /// Other incidents.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub incidents: Vec<IncidentId>,
    /// Where to read on.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub urls: Vec<String>,
    /// Who is taken to be behind it (`ThreatActor`).
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub threat_actors: Vec<Known>,
    /// What it is a part of (`Campaign`).
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub campaigns: Vec<Known>,
    /// How it belongs together.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
}

/// An actor, a campaign or a phase that is known by a name (`ThreatActor`, `Campaign`, `AttackPhase`).
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Known {
    /// The name.
    pub id: String,
    /// Where it is described.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub urls: Vec<String>,
    /// What it is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
}

/// How it was found (`Discovery`, 3.10).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Discovery {
    /// By what.
    pub source: Word<DiscoverySource>,
    /// In sentences.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
}

/// What it comes to (`Assessment`, 3.12).
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Assessment {
    /// Whether it happened.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub occurrence: Option<Word<Occurrence>>,
    /// Categories of the lexicon (`IncidentCategory`).
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub categories: Vec<String>,
    /// What it did; at least one.
    pub impacts: Vec<Impact>,
    /// What made it less bad (`MitigatingFactor`).
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub mitigating_factors: Vec<String>,
    /// What led to it (`Cause`).
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub causes: Vec<String>,
    /// How sure that is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub confidence: Option<Word<Confidence>>,
}

/// What it did (3.12.1 to 3.12.4).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "to", rename_all = "kebab-case", deny_unknown_fields)]
pub enum Impact {
    /// To systems (`SystemImpact`).
    System {
        /// What.
        r#type: Word<SystemImpactType>,
        /// How bad it is.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        severity: Option<Word<Severity>>,
        /// Whether it came to that.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        completion: Option<Word<Completion>>,
        /// In sentences.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        description: Option<String>,
    },
    /// To the business (`BusinessImpact`).
    Business(BusinessImpact),
    /// What was meant to happen to the business (`IntendedImpact`).
    Intended(BusinessImpact),
    /// Time that it took (`TimeImpact`).
    Time {
        /// How much, more than nothing.
        value: f64,
        /// Of what.
        metric: Word<TimeMetric>,
        /// In which unit.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        duration: Option<Word<Duration>>,
        /// How bad it is.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        severity: Option<Word<Severity>>,
    },
    /// Money that it cost (`MonetaryImpact`).
    Monetary {
        /// How much, more than nothing.
        value: f64,
        /// The currency, as in ISO 4217.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        currency: Option<String>,
        /// How bad it is.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        severity: Option<Word<Severity>>,
    },
}

/// What happened to the business, or was meant to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct BusinessImpact {
    /// What.
    pub r#type: Word<BusinessImpactType>,
    /// How bad it is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub severity: Option<Word<BusinessSeverity>>,
    /// In sentences.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
}

/// How it was done (`Method`, 3.11).
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Method {
    /// Attack types of the lexicon.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub attack_types: Vec<String>,
    /// What is known of it elsewhere.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub references: Vec<Reference>,
    /// In sentences.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
}

/// A vulnerability, a technique or a page (`Reference`, 3.11.1).
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Reference {
    /// Its name, such as `CVE-2021-44228` or `T1110`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// Where it is described.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub urls: Vec<String>,
    /// What it is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
}

/// A person or an organisation (`Contact`, 3.9).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Contact {
    /// Who it is in the incident.
    pub role: Word<ContactRole>,
    /// What it is.
    pub r#type: Word<ContactType>,
    /// Its name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// What there is to say of it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    /// Its postal address.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub postal_address: Option<String>,
    /// Its addresses for mail.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub emails: Vec<String>,
    /// Its telephone numbers.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub telephones: Vec<String>,
}

/// What was seen on which systems (`EventData`, 3.14).
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Event {
    /// In sentences.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    /// When what happened.
    #[serde(default, skip_serializing_if = "EventTimes::is_empty")]
    pub times: EventTimes,
    /// Whom it concerns.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub contacts: Vec<Contact>,
    /// How it was found.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub discoveries: Vec<Discovery>,
    /// What it comes to.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub assessment: Option<Assessment>,
    /// How it was done.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub methods: Vec<Method>,
    /// The systems (`Flow`).
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub systems: Vec<System>,
    /// What is asked of those who read it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub expectations: Vec<Expectation>,
}

impl EventTimes {
    fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}

/// A system that took part (`System`, 3.17). It has an address or a name.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct System {
    /// What it was in the event.
    pub category: Word<SystemCategory>,
    /// Whether its address is not its own.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub spoofed: Option<Word<YesNo>>,
    /// Whether it is a virtual machine.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub r#virtual: Option<Word<YesNo>>,
    /// Whose it is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ownership: Option<Word<Ownership>>,
    /// Its domain names (`DomainData`).
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub domains: Vec<String>,
    /// Its addresses.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub addresses: Vec<Address>,
    /// Where it stands.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub location: Option<String>,
    /// What it does.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub roles: Vec<Word<NodeRole>>,
    /// What it offers.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub services: Vec<Service>,
    /// What it runs on.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub operating_systems: Vec<String>,
    /// How the inventory knows it (`AssetID`).
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub assets: Vec<String>,
    /// In sentences.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
}

/// An address (`Address`, 3.18.1).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Address {
    /// What kind it is.
    pub r#type: Word<AddressType>,
    /// The address.
    pub value: String,
}

/// A service of a system (`Service`, 3.20).
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Service {
    /// Its name, as IANA knows it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// Its port.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub port: Option<u16>,
    /// The number of its protocol, as IANA knows it: 6 is TCP, 17 is UDP.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub protocol: Option<u8>,
}

/// What is asked of those who read it (`Expectation`, 3.15).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Expectation {
    /// To do what.
    pub action: Word<Action>,
    /// How bad it is if they do not.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub severity: Option<Word<Severity>>,
    /// In sentences.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    /// From when on.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub from: Option<Timestamp>,
    /// Until when.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<Timestamp>,
}

/// How others recognise it (`Indicator`, 3.29).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Indicator {
    /// What it means.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    /// Since when it holds.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub from: Option<Timestamp>,
    /// Until when it holds.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<Timestamp>,
    /// How sure it is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub confidence: Option<Word<Confidence>>,
    /// What is to be looked for.
    pub observable: Observable,
    /// What the system does that it is about.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub roles: Vec<Word<NodeRole>>,
    /// The phases of an attack in which it is seen.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub phases: Vec<Known>,
    /// What is known of it elsewhere.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub references: Vec<Reference>,
}

/// What was done about it (`HistoryItem`, 3.13.1).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct HistoryItem {
    /// When.
    pub at: Timestamp,
    /// What.
    pub action: Word<Action>,
    /// In sentences.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
}

/// Something of the project that the incident has to do with.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Link {
    /// What it is to the incident.
    pub rel: Word<Relation>,
    /// Its uuid, or where it stands.
    pub href: String,
}

/// A notification that was made.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Notification {
    /// The duty.
    pub regime: String,
    /// Its step.
    pub step: String,
    /// When it was made.
    pub at: Timestamp,
    /// Under which number the authority has it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reference: Option<String>,
}

impl Incident {
    /// What of an incident a foreign document says that has a number and a time: everything else is empty, the purpose `other`.
    pub(crate) fn of_other(number: IncidentId, times: Times) -> Self {
        Self {
            marking: None,
            id: number.id,
            issuer: number.issuer,
            kind: None,
            title: None,
            language: english(),
            purpose: Word::other(),
            status: None,
            alternative_ids: Vec::new(),
            related: Vec::new(),
            times,
            description: None,
            discoveries: Vec::new(),
            assessments: Vec::new(),
            methods: Vec::new(),
            contacts: Vec::new(),
            events: Vec::new(),
            indicators: BTreeMap::new(),
            history: Vec::new(),
            member: None,
            links: Vec::new(),
            regimes: Vec::new(),
            notifications: Vec::new(),
            retention: None,
            copyright: None,
        }
    }

    /// The vulnerabilities that its methods name.
    pub fn cves(&self) -> impl Iterator<Item = &str> {
        let references = self.methods.iter().flat_map(|method| &method.references);
        references.filter_map(|reference| reference.name.as_deref()).filter(|name| is_cve(name))
    }
}
