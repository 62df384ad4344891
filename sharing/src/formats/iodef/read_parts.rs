//! The classes below the incident: contacts, assessments, events with their systems, indicators and history.

use std::collections::BTreeMap;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use probity_oscal::xml::Element;

use super::read::{Reader, described, texts};
use super::{ALGORITHMS, SINGLE};
use crate::incident::{
    Address, Assessment, BusinessImpact, Contact, Discovery, Event, Expectation, HistoryItem, Impact,
    Indicator, Observable, Service, System, Word,
};

impl Reader<'_> {
    pub(super) fn discovery(&mut self, element: &Element) -> Option<Discovery> {
        self.known(element, &["Description"], &["source"]);
        let source = match element.attribute("source") {
            Some(_) => self.word(element, "source"),
            None => Word::foreign("unknown"),
        };
        Some(Discovery { source: source?, description: described(element) })
    }

    pub(super) fn assessment(&mut self, element: &Element) -> Assessment {
        let impacts = ["SystemImpact", "BusinessImpact", "IntendedImpact", "TimeImpact", "MonetaryImpact"];
        self.known(
            element,
            &[&impacts[..], &["IncidentCategory", "MitigatingFactor", "Cause"]].concat(),
            &["occurrence"],
        );
        Assessment {
            occurrence: self.word(element, "occurrence"),
            categories: texts(element, "IncidentCategory"),
            impacts: element.children.iter().filter_map(|child| self.impact(child)).collect(),
            mitigating_factors: texts(element, "MitigatingFactor"),
            causes: texts(element, "Cause"),
            confidence: None,
        }
    }

    fn impact(&mut self, element: &Element) -> Option<Impact> {
        let severity = |reader: &mut Self| reader.word(element, "severity");
        match element.name.as_str() {
            "SystemImpact" => {
                self.known(element, &["Description"], &["severity", "completion", "type"]);
                Some(Impact::System {
                    r#type: self.word(element, "type").or_else(|| Word::foreign("unknown"))?,
                    severity: severity(self),
                    completion: self.word(element, "completion"),
                    description: described(element),
                })
            }
            "BusinessImpact" => self.business_impact(element).map(Impact::Business),
            "IntendedImpact" => self.business_impact(element).map(Impact::Intended),
            "TimeImpact" => {
                self.known(element, &[], &["severity", "metric", "duration"]);
                let (value, metric) = (self.number(element)?, self.must(element, "metric")?);
                Some(Impact::Time {
                    value,
                    metric,
                    duration: self.word(element, "duration"),
                    severity: severity(self),
                })
            }
            "MonetaryImpact" => {
                self.known(element, &[], &["severity", "currency"]);
                let currency = element.attribute("currency").map(str::to_owned);
                Some(Impact::Monetary { value: self.number(element)?, currency, severity: severity(self) })
            }
            _ => None,
        }
    }

    fn number(&mut self, element: &Element) -> Option<f64> {
        let value = element.text().trim().parse().ok();
        if value.is_none() {
            self.left_out(element, &format!("`{}` without a number", element.name));
        }
        value
    }

    fn business_impact(&mut self, element: &Element) -> Option<BusinessImpact> {
        self.known(element, &["Description"], &["severity", "type"]);
        Some(BusinessImpact {
            r#type: self.word(element, "type").or_else(|| Word::foreign("unknown"))?,
            severity: self.word(element, "severity"),
            description: described(element),
        })
    }

    pub(super) fn contact(&mut self, element: &Element) -> Option<Contact> {
        let children = ["ContactName", "Description", "PostalAddress", "Email", "Telephone"];
        self.known(element, &children, &["role", "type"]);
        let inner = |outer, name| element.all(outer).flat_map(|one| texts(one, name)).collect::<Vec<_>>();
        Some(Contact {
            role: self.must(element, "role")?,
            r#type: self.must(element, "type")?,
            name: joined(&texts(element, "ContactName")),
            description: described(element),
            postal_address: joined(&inner("PostalAddress", "PAddress")),
            emails: inner("Email", "EmailTo"),
            telephones: inner("Telephone", "TelephoneNumber"),
        })
    }

    pub(super) fn event(&mut self, element: &Element) -> Event {
        let children = [
            "Description",
            "DetectTime",
            "StartTime",
            "EndTime",
            "RecoveryTime",
            "ReportTime",
            "Contact",
            "Discovery",
            "Assessment",
            "Method",
            "Flow",
            "Expectation",
        ];
        self.known(element, &children, &[]);
        let systems = element.all("Flow").flat_map(|flow| flow.all("System"));
        Event {
            description: described(element),
            times: self.times(element),
            contacts: element.all("Contact").filter_map(|one| self.contact(one)).collect(),
            discoveries: element.all("Discovery").filter_map(|one| self.discovery(one)).collect(),
            assessment: element.first("Assessment").map(|one| self.assessment(one)),
            methods: element.all("Method").map(|one| self.method(one)).collect(),
            systems: systems.filter_map(|one| self.system(one)).collect(),
            expectations: element.all("Expectation").filter_map(|one| self.expectation(one)).collect(),
        }
    }

    fn system(&mut self, element: &Element) -> Option<System> {
        let children = ["Node", "NodeRole", "Service", "OperatingSystem", "AssetID", "Description"];
        self.known(element, &children, &["category", "spoofed", "virtual", "ownership"]);
        let node = element.first("Node")?;
        self.known(node, &["DomainData", "Address", "Location"], &[]);
        let category = match element.attribute("category") {
            Some(_) => self.word(element, "category"),
            None => Word::foreign("unknown"),
        };
        Some(System {
            category: category?,
            spoofed: self.word(element, "spoofed"),
            r#virtual: self.word(element, "virtual"),
            ownership: self.word(element, "ownership"),
            domains: node.all("DomainData").filter_map(|one| self.domain(one)).collect(),
            addresses: node.all("Address").filter_map(|one| self.address(one)).collect(),
            location: joined(&texts(node, "Location")),
            roles: self.roles(element),
            services: element.all("Service").map(|one| self.service(one)).collect(),
            operating_systems: element.all("OperatingSystem").filter_map(|one| self.software(one)).collect(),
            assets: texts(element, "AssetID"),
            description: described(element),
        })
    }

    fn domain(&mut self, element: &Element) -> Option<String> {
        self.known(element, &["Name"], &["system-status", "domain-status"]);
        for state in ["system-status", "domain-status"] {
            if element.attribute(state).is_some_and(|value| value != "unknown") {
                self.left_out(element, &format!("`{state}` of `DomainData`"));
            }
        }
        texts(element, "Name").into_iter().next()
    }

    fn address(&mut self, element: &Element) -> Option<Address> {
        self.known(element, &[], &["category"]);
        let r#type = match element.attribute("category") {
            Some(_) => self.word(element, "category"),
            None => Word::foreign("ipv6-addr"),
        };
        Some(Address { r#type: r#type?, value: element.text() })
    }

    fn roles(&mut self, parent: &Element) -> Vec<Word<crate::incident::NodeRole>> {
        parent.all("NodeRole").filter_map(|one| self.must(one, "category")).collect()
    }

    fn service(&mut self, element: &Element) -> Service {
        self.known(element, &["ServiceName", "Port"], &["ip-protocol"]);
        let name = element.first("ServiceName").and_then(|name| name.first("IANAService"));
        Service {
            name: name.map(Element::text),
            port: self.value(element, "Port"),
            protocol: element.attribute("ip-protocol").and_then(|number| number.parse().ok()),
        }
    }

    fn software(&mut self, element: &Element) -> Option<String> {
        self.known(element, &["Description"], &[]);
        described(element)
    }

    fn expectation(&mut self, element: &Element) -> Option<Expectation> {
        self.known(element, &["Description", "StartTime", "EndTime"], &["action", "severity"]);
        Some(Expectation {
            action: self.word(element, "action").or_else(|| Word::foreign("other"))?,
            severity: self.word(element, "severity"),
            description: described(element),
            from: self.value(element, "StartTime"),
            until: self.value(element, "EndTime"),
        })
    }

    pub(super) fn history(&mut self, element: &Element) -> Vec<HistoryItem> {
        let mut items = Vec::new();
        for item in element.all("HistoryItem") {
            self.known(item, &["DateTime", "Description"], &["action"]);
            let (Some(at), Some(action)) = (self.value(item, "DateTime"), self.must(item, "action")) else {
                continue;
            };
            items.push(HistoryItem { at, action, description: described(item) });
        }
        items
    }

    pub(super) fn indicators(&mut self, element: &Element) -> BTreeMap<String, Indicator> {
        let mut indicators = BTreeMap::new();
        for one in element.all("Indicator") {
            let children = [
                "IndicatorID",
                "Description",
                "StartTime",
                "EndTime",
                "Observable",
                "NodeRole",
                "AttackPhase",
                "Reference",
            ];
            self.known(one, &children, &[]);
            let name = one.first("IndicatorID").map(Element::text);
            let observable = one.first("Observable").and_then(|observable| self.observable(observable));
            let (Some(name), Some(observable)) = (name, observable) else {
                self.left_out(one, "an indicator without a value that is known");
                continue;
            };
            let indicator = Indicator {
                description: described(one),
                from: self.value(one, "StartTime"),
                until: self.value(one, "EndTime"),
                confidence: None,
                observable,
                roles: self.roles(one),
                phases: self.all_known(one, "AttackPhase", "AttackPhaseID"),
                references: self.references(one),
            };
            indicators.insert(crate::formats::as_indicator_name(&name, &indicators), indicator);
        }
        indicators
    }

    fn observable(&mut self, element: &Element) -> Option<Observable> {
        let inner = element.children.iter().find(|child| !child.name.is_empty())?;
        match inner.name.as_str() {
            "DomainData" => Some(Observable::plain(Word::foreign("domain-name")?, self.domain(inner)?)),
            "FileData" => file(inner),
            "DetectionPattern" => {
                let language = inner.first("Application").and_then(described)?;
                let rule = texts(inner, "DetectionConfiguration").into_iter().next()?;
                let language = Some(language.to_ascii_lowercase().parse().ok()?);
                Some(Observable { language, ..Observable::plain(Word::foreign("pattern")?, rule) })
            }
            "BulkObservable" => {
                let kind = inner.attribute("type").filter(|kind| SINGLE.contains(kind))?;
                Some(Observable::plain(
                    Word::foreign(kind)?,
                    texts(inner, "BulkObservableList").into_iter().next()?,
                ))
            }
            "Address" => {
                let address = self.address(inner)?;
                Some(Observable::plain(Word::foreign(address.r#type.as_str())?, address.value))
            }
            "AdditionalData" => Some(Observable::plain(inner.attribute("name")?.parse().ok()?, inner.text())),
            _ => None,
        }
    }
}

/// The hash of a file: in base64 as XML signatures have it, or in hexadecimal digits, as many write it.
fn file(element: &Element) -> Option<Observable> {
    let hash = element.below().find(|one| one.name == "Hash")?;
    let uri = hash.first("DigestMethod")?.attribute("Algorithm")?;
    let (algorithm, _) = ALGORITHMS.iter().find(|(_, known)| *known == uri)?;
    let written = hash.first("DigestValue")?.text();
    let plain = |value: String| {
        let observable = Observable::plain(Word::foreign("file-hash")?, value);
        Some(Observable { algorithm: Some(algorithm.parse().ok()?), ..observable })
    };
    let hex = plain(written.trim().to_ascii_lowercase())?;
    if hex.fault().is_none() {
        return Some(hex);
    }
    let bytes = STANDARD.decode(written.split_whitespace().collect::<String>()).ok()?;
    plain(
        bytes
            .iter()
            .flat_map(|byte| [byte >> 4, byte & 15])
            .filter_map(|n| char::from_digit(n.into(), 16))
            .collect(),
    )
}

/// Several texts as one.
fn joined(texts: &[String]) -> Option<String> {
    (!texts.is_empty()).then(|| texts.join("\n"))
}
