//! Incidents that are made of what is known already: a finding, a risk, or an advisory that matches the inventory.

mod advisory;
mod assets;
mod found;
mod log;
mod plan;
mod product;
mod versions;

use jiff::Timestamp;

use crate::incident::{
    Address, Contact, EventTimes, Incident, IncidentId, Kind, Purpose, System, Times, Word,
};

pub use advisory::{Match, from_advisory, matches};
pub use assets::{Asset, of_definitions, of_plan};
pub use found::{from_finding, from_risk};
pub use log::{SHARED_AS, resolved, risks, shared};
pub use plan::{Sources, plan};

/// What nobody but the maker of an incident knows.
#[derive(Debug, Clone)]
pub struct Maker {
    /// The number.
    pub id: String,
    /// Who gives it.
    pub issuer: String,
    /// The name of who makes the document.
    pub name: String,
    /// When it is made.
    pub at: Timestamp,
}

/// An incident of which nothing is known but who tells it.
pub fn blank(maker: &Maker, kind: Option<Word<Kind>>, purpose: Word<Purpose>) -> Incident {
    let times = Times { generated: maker.at, of: EventTimes::default(), aware: None, corrected: None };
    let number = IncidentId { issuer: maker.issuer.clone(), id: maker.id.clone() };
    let creator = Word::foreign("creator").zip(Word::foreign("organization")).map(|(role, r#type)| Contact {
        role,
        r#type,
        name: Some(maker.name.clone()),
        description: None,
        postal_address: None,
        emails: Vec::new(),
        telephones: Vec::new(),
    });
    Incident { kind, purpose, contacts: creator.into_iter().collect(), ..Incident::of_other(number, times) }
}

/// A resource of the inventory as a target; its id stands for an address, which it may not have.
fn target(resource: &str, asset: &str, description: Option<String>) -> Option<System> {
    Some(System {
        category: Word::foreign("target")?,
        spoofed: None,
        r#virtual: None,
        ownership: Word::foreign("organization"),
        domains: Vec::new(),
        addresses: vec![Address { r#type: Word::foreign("x-resource-id")?, value: resource.to_owned() }],
        location: None,
        roles: Vec::new(),
        services: Vec::new(),
        operating_systems: Vec::new(),
        assets: vec![asset.to_owned()],
        description,
    })
}
