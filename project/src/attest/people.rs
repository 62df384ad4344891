//! Who people are: parties that the documents of the project know, or new ones.

use probity_diagnostics::{Diagnostic, nearest};
use probity_oscal::model::metadata::{Metadata, Party, Role};
use probity_oscal::uuid5;

use crate::codes;

/// Somebody who states or approves.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Person {
    /// The party.
    pub party: Party,
    /// The organisations that it belongs to.
    pub organizations: Vec<Party>,
    /// The role that the documents give it, where they do.
    pub role: Option<Role>,
}

/// The parties of documents: each once, as the first one describes it.
#[derive(Debug, Clone, Default)]
pub struct KnownParties {
    parties: Vec<Party>,
    /// Roles, and who has them.
    roles: Vec<(Role, Vec<String>)>,
}

/// The parties that documents know.
pub fn known_parties<'a>(documents: impl IntoIterator<Item = &'a Metadata>) -> KnownParties {
    let mut known = KnownParties::default();
    for metadata in documents {
        for party in &metadata.parties {
            if !known.parties.iter().any(|other| other.uuid == party.uuid) {
                known.parties.push(party.clone());
            }
        }
        for responsible in &metadata.responsible_parties {
            let role = metadata.roles.iter().find(|role| role.id == responsible.role_id);
            known.roles.extend(role.map(|role| (role.clone(), responsible.party_uuids.clone())));
        }
    }
    known
}

impl KnownParties {
    /// Whom `by` names: `Name <address>`, an address, a name or a uuid. Who is not known needs name and address.
    ///
    /// # Errors
    /// Nobody is known by it, or several are.
    pub fn person(&self, by: &str) -> Result<Person, Diagnostic> {
        let (name, email) = name_and_email(by);
        let fits = |party: &&Party| match (name, email) {
            (_, Some(email)) => party.email_addresses.iter().any(|own| own.eq_ignore_ascii_case(email)),
            (Some(name), None) => party.name.as_deref() == Some(name) || party.uuid == name,
            (None, None) => false,
        };
        let found: Vec<&Party> = self.parties.iter().filter(fits).collect();
        match (found.as_slice(), name, email) {
            ([party], ..) => Ok(self.described((*party).clone())),
            ([], Some(name), Some(email)) if email.contains('@') => Ok(self.described(Party {
                uuid: uuid5(&["party", &email.to_lowercase()]),
                r#type: "person".to_owned(),
                name: Some(name.to_owned()),
                email_addresses: vec![email.to_owned()],
                ..Party::default()
            })),
            ([], ..) => Err(self.unknown(by)),
            (several, ..) => {
                let uuids: Vec<&str> = several.iter().map(|party| party.uuid.as_str()).collect();
                let message = format!("`{by}` may be one of {} parties", several.len());
                let help = format!("name one by its uuid: {}", uuids.join(", "));
                Err(Diagnostic::error(&codes::UNKNOWN_PERSON, message).help(help))
            }
        }
    }

    fn described(&self, party: Party) -> Person {
        let is_theirs = |organization: &&Party| party.member_of_organizations.contains(&organization.uuid);
        let organizations: Vec<Party> = self.parties.iter().filter(is_theirs).cloned().collect();
        let role = self.roles.iter().find(|(_, parties)| parties.contains(&party.uuid));
        let role = role.map(|(role, _)| role.clone());
        let mut party = party;
        party.member_of_organizations.retain(|uuid| organizations.iter().any(|one| one.uuid == *uuid));
        Person { party, organizations, role }
    }

    fn unknown(&self, by: &str) -> Diagnostic {
        let names = self.parties.iter().filter_map(|party| party.name.as_deref());
        let finding =
            Diagnostic::error(&codes::UNKNOWN_PERSON, format!("no document of the project knows `{by}`"));
        let finding =
            finding.help("somebody new is named with an e-mail address: --by \"Name <name@example.org>\"");
        match nearest(by, names) {
            Some(meant) => finding.help(format!("did you mean `{meant}`?")),
            None => finding,
        }
    }
}

/// The two parts of `Name <address>`; a text without them is an address where it has an `@`, else a name.
fn name_and_email(by: &str) -> (Option<&str>, Option<&str>) {
    let given = |text: &'_ str| !text.trim().is_empty();
    if let Some((name, rest)) = by.split_once('<') {
        let email = rest.trim_end().trim_end_matches('>').trim();
        return (Some(name.trim()).filter(|name| given(name)), Some(email).filter(|email| given(email)));
    }
    let by = by.trim();
    if by.contains('@') { (None, Some(by)) } else { (Some(by).filter(|by| given(by)), None) }
}
