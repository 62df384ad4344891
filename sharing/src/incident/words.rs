//! The words that IODEF v2 (RFC 7970) and Probity know for the fields of an incident.

use std::fmt;
use std::marker::PhantomData;
use std::str::FromStr;

use probity_diagnostics::nearest;
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

/// What a word of one's own begins with.
pub const OWN: &str = "x-";

/// A list of words for one field.
pub trait Vocabulary {
    /// What the field is called in messages.
    const NAME: &'static str;
    /// The words.
    const WORDS: &'static [&'static str];
    /// Whether words of one's own, which begin with `x-`, may stand beside them.
    const OPEN: bool;
}

/// A word of the vocabulary `V`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Word<V> {
    text: String,
    of: PhantomData<V>,
}

impl<V: Vocabulary> Word<V> {
    /// The word.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// What follows `x-` in a word of one's own.
    pub fn own(&self) -> Option<&str> {
        self.text.strip_prefix(OWN)
    }

    /// The word of another format: one of the vocabulary, else as a word of one's own, where there may be any.
    pub fn foreign(text: &str) -> Option<Self> {
        text.parse().ok().or_else(|| format!("{OWN}{}", as_name(text)).parse().ok())
    }
}

impl Word<Purpose> {
    /// The purpose of what does not say one.
    pub(crate) fn other() -> Self {
        Self { text: "other".to_owned(), of: PhantomData }
    }
}

/// A text as a name: lower-case letters, digits and hyphens.
pub(crate) fn as_name(text: &str) -> String {
    let plain = text.to_ascii_lowercase();
    let parts = plain.split(|c: char| !c.is_ascii_alphanumeric()).filter(|part| !part.is_empty());
    parts.collect::<Vec<_>>().join("-")
}

/// Whether a text is a name: lower-case letters, digits and hyphens, and a letter first.
pub fn is_name(text: &str) -> bool {
    text.starts_with(|c: char| c.is_ascii_lowercase())
        && text.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-')
}

impl<V: Vocabulary> FromStr for Word<V> {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let own = V::OPEN && text.len() > OWN.len() && text.starts_with(OWN) && is_name(text);
        if own || V::WORDS.contains(&text) {
            return Ok(Self { text: text.to_owned(), of: PhantomData });
        }
        let known = match nearest(text, V::WORDS.iter().copied()) {
            Some(meant) => format!("did you mean `{meant}`?"),
            None => format!("known: {}", V::WORDS.join(", ")),
        };
        let own = if V::OPEN { "; words of your own begin with `x-`" } else { "" };
        let message = format!("unknown {} `{}`; {known}{own}", V::NAME, text.escape_default());
        Err(message)
    }
}

impl<V: Vocabulary> fmt::Display for Word<V> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

impl<V> Serialize for Word<V> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.text)
    }
}

impl<'de, V: Vocabulary> Deserialize<'de> for Word<V> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(de::Error::custom)
    }
}

macro_rules! vocabularies {
    ($($(#[$doc:meta])* $name:ident $shown:literal $open:literal [$($word:literal)*])*) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
        pub enum $name {}

        impl Vocabulary for $name {
            const NAME: &'static str = $shown;
            const WORDS: &'static [&'static str] = &[$($word),*];
            const OPEN: bool = $open;
        }
    )*};
}

vocabularies! {
    /// What kind of thing members tell each other of. Probity's own.
    Kind "kind of incident" false ["attack" "malicious-activity" "compromise-of-member"]
    /// Why the document was made: `Incident@purpose`.
    Purpose "purpose" true ["traceback" "mitigation" "reporting" "watch" "other"]
    /// How far the incident has come: `Incident@status`.
    Status "status" true ["new" "in-progress" "forwarded" "resolved" "future"]
    /// Who somebody is in the incident: `Contact@role`; the role that the schemas spell in two ways is left out.
    ContactRole "role of a contact" true [
        "creator" "reporter" "admin" "tech" "provider" "user" "billing" "legal" "abuse" "irt" "cc" "cc-irt" "leo" "vendor"
        "victim" "victim-notified"]
    /// What somebody is: `Contact@type`.
    ContactType "type of a contact" true ["person" "organization"]
    /// How the incident was found: `Discovery@source`. What Probity finds is `audit`.
    DiscoverySource "source of a discovery" true [
        "nidps" "hips" "siem" "av" "third-party-monitoring" "incident" "os-log" "application-log" "device-log" "network-flow"
        "passive-dns" "investigation" "audit" "internal-notification" "external-notification" "leo" "partner" "actor" "unknown"]
    /// Whether it happened: `Assessment@occurrence`.
    Occurrence "occurrence" false ["actual" "potential"]
    /// How bad it is for systems: `severity` of most classes.
    Severity "severity" false ["low" "medium" "high"]
    /// How bad it is for the business: `BusinessImpact@severity`.
    BusinessSeverity "severity of a business impact" true ["none" "low" "medium" "high" "unknown"]
    /// Whether it came to that: `SystemImpact@completion`.
    Completion "completion" false ["failed" "succeeded"]
    /// What happened to systems: `SystemImpact@type`.
    SystemImpactType "type of a system impact" true [
        "takeover-account" "takeover-service" "takeover-system" "cps-manipulation" "cps-damage" "availability-data"
        "availability-account" "availability-service" "availability-system" "damaged-system" "damaged-data"
        "breach-proprietary" "breach-privacy" "breach-credential" "breach-configuration" "integrity-data"
        "integrity-configuration" "integrity-hardware" "traffic-redirection" "monitoring-traffic" "monitoring-host" "policy"
        "unknown"]
    /// What happened to the business, or was meant to: `BusinessImpact@type` and `IntendedImpact@type`.
    BusinessImpactType "type of a business impact" true [
        "breach-proprietary" "breach-privacy" "breach-credential" "loss-of-integrity" "loss-of-service" "theft-financial"
        "theft-service" "degraded-reputation" "asset-damage" "asset-manipulation" "legal" "extortion" "unknown"]
    /// What took time: `TimeImpact@metric`.
    TimeMetric "metric of a time impact" true ["labor" "elapsed" "downtime"]
    /// The unit of a time: `duration` of several classes.
    Duration "unit of time" true ["second" "minute" "hour" "day" "month" "quarter" "year"]
    /// How sure somebody is: `Confidence@rating`, without numbers.
    Confidence "confidence" false ["low" "medium" "high" "unknown"]
    /// What a system is in the event: `System@category`.
    SystemCategory "category of a system" true ["source" "target" "intermediate" "sensor" "infrastructure"]
    /// `System@spoofed` and `System@virtual`.
    YesNo "answer" false ["yes" "no" "unknown"]
    /// Whose a system is: `System@ownership`.
    Ownership "ownership" true ["organization" "personal" "partner" "customer" "no-relationship" "unknown"]
    /// What a system does: `NodeRole@category`.
    NodeRole "role of a system" true [
        "client" "client-enterprise" "client-partner" "client-remote" "client-kiosk" "client-mobile" "server-internal"
        "server-public" "www" "mail" "webmail" "messaging" "streaming" "voice" "file" "ftp" "p2p" "name" "directory"
        "credential" "print" "application" "database" "backup" "dhcp" "assessment" "source-control" "config-management"
        "monitoring" "infra" "infra-firewall" "infra-router" "infra-switch" "camera" "proxy" "remote-access" "log"
        "virtualization" "pos" "scada" "scada-supervisory" "sinkhole" "honeypot" "anonymization" "c2-server"
        "malware-distribution" "drop-server" "hop-point" "reflector" "phishing-site" "spear-phishing-site" "recruiting-site"
        "fraudulent-site"]
    /// What kind of address it is: `Address@category`, without the masks.
    AddressType "type of an address" true [
        "asn" "atm" "e-mail" "mac" "ipv4-addr" "ipv4-net" "ipv6-addr" "ipv6-net" "site-uri"]
    /// What was done or is asked for: `action` of `HistoryItem` and `Expectation`.
    Action "action" true [
        "nothing" "contact-source-site" "contact-target-site" "contact-sender" "investigate" "block-host" "block-network"
        "block-port" "rate-limit-host" "rate-limit-network" "rate-limit-port" "redirect-traffic" "honeypot"
        "upgrade-software" "rebuild-asset" "harden-asset" "remediate-other" "status-triage" "status-new-info"
        "watch-and-report" "defined-coa" "other"]
    /// What can be observed of an attacker. Addresses are those of `Address@category`, single values those of
    /// `BulkObservable@type`, `pattern` is the rule of a detector.
    ObservableType "type of an observable" true [
        "asn" "e-mail" "mac" "ipv4-addr" "ipv4-net" "ipv6-addr" "ipv6-net" "site-uri" "domain-name" "file-hash" "pattern"
        "user-name" "email-subject" "http-user-agent" "mutex" "file-path" "windows-reg-key"]
    /// How a hash was made.
    HashAlgorithm "hash algorithm" false ["md5" "sha-1" "sha-256" "sha-512"]
    /// What a pattern is written for.
    PatternLanguage "language of a pattern" false ["stix" "yara" "snort" "suricata" "sigma" "pcre"]
    /// What something of the project is to the incident. Probity's own.
    Relation "relation" true ["finding" "risk" "poam-item" "advisory"]
}
