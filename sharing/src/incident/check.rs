//! Whether an incident holds together.

use jiff::Timestamp;
use probity_diagnostics::{Code, Diagnostic, Diagnostics, Location, Pointer, Severity, TreePath, nearest};

use super::codes::{INCONSISTENT, LEXICON};
use super::observable::{is_domain, value_fault};
use super::words::{OWN, is_name};
use super::{
    Assessment, Contact, Event, EventTimes, Impact, Incident, IncidentId, Known, Method, Reference, Related,
    System,
};
use crate::lexicon::Lexicon;

/// Everything about an incident that cannot be as it is said, as errors, and what is likely to be a mistake, as warnings.
pub fn check(incident: &Incident, file: &TreePath, lexicon: &Lexicon) -> Diagnostics {
    let mut checker = Checker { file, lexicon, found: Diagnostics::new() };
    checker.incident(incident);
    checker.found
}

struct Checker<'a> {
    file: &'a TreePath,
    lexicon: &'a Lexicon,
    found: Diagnostics,
}

impl Checker<'_> {
    fn tell(&mut self, severity: Severity, code: &'static Code, at: &Pointer, message: impl Into<String>) {
        self.found.push(Diagnostic::new(severity, code, message).at(Location::value(self.file, at)));
    }

    fn error(&mut self, at: &Pointer, message: impl Into<String>) {
        self.tell(Severity::Error, &INCONSISTENT, at, message);
    }

    fn warning(&mut self, at: &Pointer, message: impl Into<String>) {
        self.tell(Severity::Warning, &INCONSISTENT, at, message);
    }

    fn incident(&mut self, incident: &Incident) {
        let root = Pointer::root();
        self.id(&incident.issuer, &incident.id, &root);
        for (index, other) in incident.alternative_ids.iter().enumerate() {
            let IncidentId { issuer, id } = other;
            self.id(issuer, id, &root.key("alternative-ids").index(index));
        }
        if !is_language(&incident.language) {
            self.error(&root.key("language"), "a language is written as `en` or `pt-BR`");
        }
        self.related(&incident.related, &root.key("related"));
        self.times(incident, &root.key("times"));
        self.assessments(&incident.assessments, &root.key("assessments"));
        self.methods(&incident.methods, &root.key("methods"));
        self.contacts(&incident.contacts, &root.key("contacts"));
        if !incident.contacts.iter().any(|contact| contact.role.as_str() == "creator") {
            self.error(&root.key("contacts"), "none of the contacts is the `creator` of the document");
        }
        for (index, event) in incident.events.iter().enumerate() {
            self.event(event, &root.key("events").index(index));
        }
        self.indicators(incident, &root.key("indicators"));
        self.kind(incident, &root);
        self.status(incident, &root);
    }

    fn id(&mut self, issuer: &str, id: &str, at: &Pointer) {
        if !is_domain(issuer) {
            self.warning(&at.key("issuer"), "the issuer is no domain name of a response team");
        }
        let is_plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.');
        if id.trim().is_empty() {
            self.error(&at.key("id"), "the number is empty");
        } else if id.starts_with('.') || !id.chars().all(is_plain) {
            self.warning(&at.key("id"), "a number has letters, digits, `-`, `_` and `.`: it names files");
        }
    }

    fn related(&mut self, related: &[Related], at: &Pointer) {
        for (index, related) in related.iter().enumerate() {
            let at = at.index(index);
            self.urls(&related.urls, &at);
            self.known(&related.threat_actors, &at.key("threat-actors"));
            self.known(&related.campaigns, &at.key("campaigns"));
        }
    }

    fn known(&mut self, known: &[Known], at: &Pointer) {
        for (index, one) in known.iter().enumerate() {
            self.urls(&one.urls, &at.index(index));
        }
    }

    fn urls(&mut self, urls: &[String], at: &Pointer) {
        for (index, url) in urls.iter().enumerate() {
            if !is_location(url) {
                self.error(
                    &at.key("urls").index(index),
                    "a page is an absolute location such as `https://cve.org/`",
                );
            }
        }
    }

    fn times(&mut self, incident: &Incident, at: &Pointer) {
        let times = &incident.times;
        self.event_times(times.of, at);
        let seen = times.of.detected.or(times.of.started);
        let after = |earlier: Option<Timestamp>, later: Option<Timestamp>| {
            earlier.zip(later).is_some_and(|(a, b)| b < a)
        };
        if after(times.of.detected, times.aware) {
            self.error(&at.key("aware"), "somebody was aware of it before it was detected");
        }
        if after(seen, Some(times.generated)) {
            self.error(&at.key("generated"), "the document is older than what it tells of");
        }
    }

    fn event_times(&mut self, times: EventTimes, at: &Pointer) {
        let after = [
            ("detected", times.detected, "started", times.started),
            ("ended", times.ended, "started", times.started),
            ("recovered", times.recovered, "started", times.started),
            ("recovered", times.recovered, "detected", times.detected),
            ("reported", times.reported, "detected", times.detected),
        ];
        for (later, late, earlier, early) in after {
            if late.zip(early).is_some_and(|(late, early)| late < early) {
                self.error(&at.key(later), format!("`{later}` is before `{earlier}`"));
            }
        }
    }

    fn assessments(&mut self, assessments: &[Assessment], at: &Pointer) {
        for (index, assessment) in assessments.iter().enumerate() {
            self.assessment(assessment, &at.index(index));
        }
    }

    fn assessment(&mut self, assessment: &Assessment, at: &Pointer) {
        if assessment.impacts.is_empty() {
            self.error(&at.key("impacts"), "an assessment says of at least one impact what it is");
        }
        for (index, impact) in assessment.impacts.iter().enumerate() {
            if let Impact::Time { value, .. } | Impact::Monetary { value, .. } = impact
                && (!value.is_finite() || *value <= 0.0)
            {
                self.error(&at.key("impacts").index(index), "the value is more than nothing");
            }
        }
        let known: Vec<&str> = self.lexicon.categories.iter().map(|entry| entry.id.as_str()).collect();
        self.words("category", &assessment.categories, &known, &at.key("categories"));
    }

    fn methods(&mut self, methods: &[Method], at: &Pointer) {
        let known: Vec<&str> = self.lexicon.attack_types.iter().map(|entry| entry.id.as_str()).collect();
        for (index, method) in methods.iter().enumerate() {
            let at = at.index(index);
            self.words("attack type", &method.attack_types, &known, &at.key("attack-types"));
            self.references(&method.references, &at.key("references"));
        }
    }

    /// Rule LEX-001.
    fn words(&mut self, what: &str, words: &[String], known: &[&str], at: &Pointer) {
        for (index, word) in words.iter().enumerate() {
            let own = word.strip_prefix(OWN).is_some_and(is_name);
            if own || known.contains(&word.as_str()) {
                continue;
            }
            let message = format!("LEX-001: `{}` is no {what} of the lexicon", word.escape_default());
            let help = match nearest(word, known.iter().copied()) {
                Some(meant) => format!("did you mean `{meant}`?"),
                None => format!("known: {}; words of your own begin with `x-`", known.join(", ")),
            };
            let place = Location::value(self.file, &at.index(index));
            self.found.push(Diagnostic::warning(&LEXICON, message).at(place).help(help));
        }
    }

    fn references(&mut self, references: &[Reference], at: &Pointer) {
        for (index, reference) in references.iter().enumerate() {
            let at = at.index(index);
            if reference.name.is_none() && reference.urls.is_empty() && reference.description.is_none() {
                self.error(&at, "the reference says nothing");
            }
            self.urls(&reference.urls, &at);
            let name = reference.name.as_deref().unwrap_or_default();
            if name.to_ascii_uppercase().starts_with("CVE-") && !is_cve(name) {
                self.error(&at.key("name"), "a CVE is written as `CVE-2021-44228`");
            }
        }
    }

    fn contacts(&mut self, contacts: &[Contact], at: &Pointer) {
        for (index, contact) in contacts.iter().enumerate() {
            let at = at.index(index);
            if contact.name.is_none() && contact.emails.is_empty() && contact.telephones.is_empty() {
                self.error(&at, "the contact has neither name nor address nor number");
            }
            for (index, email) in contact.emails.iter().enumerate() {
                if value_fault("e-mail", email).is_some() {
                    self.error(&at.key("emails").index(index), "it is no address for mail");
                }
            }
        }
    }

    fn event(&mut self, event: &Event, at: &Pointer) {
        self.event_times(event.times, &at.key("times"));
        self.contacts(&event.contacts, &at.key("contacts"));
        if let Some(assessment) = &event.assessment {
            self.assessment(assessment, &at.key("assessment"));
        }
        self.methods(&event.methods, &at.key("methods"));
        for (index, system) in event.systems.iter().enumerate() {
            self.system(system, &at.key("systems").index(index));
        }
    }

    fn system(&mut self, system: &System, at: &Pointer) {
        if system.addresses.is_empty() && system.domains.is_empty() {
            self.error(at, "the system has neither an address nor a domain name");
        }
        for (index, domain) in system.domains.iter().enumerate() {
            if !is_domain(domain) {
                self.error(&at.key("domains").index(index), "it is no domain name");
            }
        }
        for (index, address) in system.addresses.iter().enumerate() {
            if let Some(fault) = value_fault(address.r#type.as_str(), &address.value) {
                self.error(&at.key("addresses").index(index).key("value"), fault);
            }
        }
    }

    fn indicators(&mut self, incident: &Incident, at: &Pointer) {
        for (name, indicator) in &incident.indicators {
            let at = at.key(name);
            if !is_name(name) {
                self.error(
                    &at,
                    "an indicator is named by lower-case letters, digits and hyphens, a letter first",
                );
            }
            if let Some(fault) = indicator.observable.fault() {
                self.error(&at.key("observable"), fault);
            }
            if indicator.from.zip(indicator.until).is_some_and(|(from, until)| until < from) {
                self.error(&at.key("until"), "it ends before it begins");
            }
            self.known(&indicator.phases, &at.key("phases"));
            self.references(&indicator.references, &at.key("references"));
        }
    }

    fn kind(&mut self, incident: &Incident, root: &Pointer) {
        let kind = incident.kind.as_ref().map(super::Word::as_str);
        match (kind, &incident.member) {
            (None, _) => self.warning(root, "it does not say which kind of incident it is"),
            (Some("compromise-of-member"), None) => {
                self.error(root, "evidence of the compromise of a member names the `member`");
            }
            (Some("attack" | "malicious-activity"), Some(_)) => {
                self.error(
                    &root.key("member"),
                    "a `member` belongs to incidents of kind `compromise-of-member`",
                );
            }
            _ => {}
        }
    }

    fn status(&mut self, incident: &Incident, root: &Pointer) {
        let is_over = incident.status.as_ref().is_some_and(|status| status.as_str() == "resolved");
        if is_over && incident.times.of.ended.is_none() {
            self.warning(&root.key("status"), "it is resolved and has no time at which it `ended`");
        }
    }
}

/// Whether a text is a language tag, as far as XML schemas look at it.
fn is_language(text: &str) -> bool {
    let mut parts = text.split('-');
    let first = parts.next().unwrap_or_default();
    let is_part =
        |part: &str| (1..=8).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_alphanumeric());
    is_part(first) && first.bytes().all(|b| b.is_ascii_alphabetic()) && parts.all(is_part)
}

/// Whether a text is a location with its scheme.
fn is_location(text: &str) -> bool {
    let scheme = text.split_once(':').map(|(scheme, _)| scheme).unwrap_or_default();
    let is_scheme = scheme.starts_with(|c: char| c.is_ascii_alphabetic())
        && scheme.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '+' | '-' | '.'));
    let is_plain =
        |c: char| c.is_ascii_graphic() && !matches!(c, '<' | '>' | '"' | '\\' | '^' | '`' | '{' | '|' | '}');
    is_scheme && text.chars().all(is_plain)
}

/// Whether a text is the number of a vulnerability: `CVE-`, a year, and four digits or more.
pub(crate) fn is_cve(text: &str) -> bool {
    let digits = |text: &str| text.bytes().all(|b| b.is_ascii_digit());
    let parts = text.strip_prefix("CVE-").and_then(|rest| rest.split_once('-'));
    parts.is_some_and(|(year, number)| year.len() == 4 && digits(year) && number.len() >= 4 && digits(number))
}
