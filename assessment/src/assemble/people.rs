//! People and documents that attestations and accepted risks bring into the results.

use std::collections::BTreeSet;

use probity_oscal::model::assessment::Origin;
use probity_oscal::model::assessment_results::Result as OscalResult;
use probity_oscal::model::metadata::{Party, Role};

use super::AssembleInput;
use super::statement::Used;

/// Roles and parties that the results name.
pub(super) struct People {
    pub(super) roles: Vec<Role>,
    pub(super) parties: Vec<Party>,
}

/// The people that `result` names, as attestation and waiver files describe them, in the order of files. Of parties
/// only names and membership are kept: results travel further than addresses should.
pub(super) fn people(input: &AssembleInput<'_>, result: &OscalResult, used: &[Used<'_>]) -> People {
    let mut named = Named::default();
    named.result(result);
    let waivers = input.waivers.files();
    let parties = || {
        let attesting = used.iter().flat_map(|used| &used.file.parties);
        attesting.chain(waivers.iter().flat_map(|file| &file.parties))
    };
    let members = parties().filter(|party| named.parties.contains(&party.uuid));
    let organizations: Vec<String> =
        members.flat_map(|party| party.member_of_organizations.clone()).collect();
    named.parties.extend(organizations);
    let roles = used.iter().flat_map(|used| &used.file.roles);
    let roles = roles.chain(waivers.iter().flat_map(|file| &file.roles));
    let (mut seen_roles, mut seen_parties) = (BTreeSet::new(), BTreeSet::new());
    People {
        roles: roles
            .filter(|role| named.roles.contains(&role.id) && seen_roles.insert(role.id.clone()))
            .cloned()
            .collect(),
        parties: parties()
            .filter(|party| named.parties.contains(&party.uuid) && seen_parties.insert(party.uuid.clone()))
            .map(|party| known(party, &named.parties))
            .collect(),
    }
}

fn known(party: &Party, named: &BTreeSet<String>) -> Party {
    let mut organizations = party.member_of_organizations.clone();
    organizations.retain(|uuid| named.contains(uuid));
    Party {
        uuid: party.uuid.clone(),
        r#type: party.r#type.clone(),
        name: party.name.clone(),
        short_name: party.short_name.clone(),
        member_of_organizations: organizations,
        ..Party::default()
    }
}

#[derive(Default)]
struct Named {
    roles: BTreeSet<String>,
    parties: BTreeSet<String>,
}

impl Named {
    fn result(&mut self, result: &OscalResult) {
        for responsible in result.attestations.iter().flat_map(|words| &words.responsible_parties) {
            self.roles.insert(responsible.role_id.clone());
            self.parties.extend(responsible.party_uuids.iter().cloned());
        }
        self.origins(result.observations.iter().flat_map(|observation| &observation.origins));
        self.origins(result.risks.iter().flat_map(|risk| &risk.origins));
        let logs = result.risks.iter().filter_map(|risk| risk.risk_log.as_ref());
        for logged in logs.flat_map(|log| &log.entries).flat_map(|entry| &entry.logged_by) {
            self.parties.insert(logged.party_uuid.clone());
            self.roles.extend(logged.role_id.clone());
        }
    }

    fn origins<'a>(&mut self, origins: impl Iterator<Item = &'a Origin>) {
        for actor in origins.flat_map(|origin| &origin.actors).filter(|actor| actor.r#type == "party") {
            self.parties.insert(actor.actor_uuid.clone());
            self.roles.extend(actor.role_id.clone());
        }
    }
}
