//! The register of members: the parties of an OSCAL component definition.
//!
//! A member is a party of type `organization` whose `short-name` is its name here. Its props in Probity's namespace:
//!
//! - `category`, one: `cloud-provider`, `telecom-provider`, `response-team` or `other`;
//! - `member-status`, one for each change in the order of days: the class is what it became (`applied`, `active`, `suspended`, `left`),
//!   the value the day, the remarks the reason;
//! - `domain`, `cidr` and `bin`, any number: names and addresses of its own, and the first six to eight digits of cards that it issues.
//!
//! A person is a party of type `person` with an e-mail address, and a member of the organisations that it belongs to; its props
//! `age-recipient` are public keys that RED is encrypted to.

use jiff::civil::Date;
use probity_diagnostics::{Diagnostic, Diagnostics, FileTree, Location, Pointer, Step, TreePath};
use probity_oscal::PROBITY_NS;
use probity_oscal::model::ComponentDefinition;
use probity_oscal::model::metadata::{Party, Property};

use crate::codes;
use crate::package::seal::is_recipient;

/// Who belongs to the community.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Register {
    /// Members, in the order of the file.
    pub members: Vec<Member>,
    /// Persons who belong to members.
    pub persons: Vec<Person>,
}

/// A member, or somebody who applies for it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Member {
    /// The short name.
    pub name: String,
    /// The name in full.
    pub title: String,
    /// What kind of organisation it is.
    pub category: Category,
    /// What it became and when, in the order of days.
    pub changes: Vec<Change>,
    /// Names that are its own, with all that lies below them.
    pub domains: Vec<String>,
    /// Networks that are its own.
    pub cidrs: Vec<String>,
    /// First digits of the cards that it issues.
    pub bins: Vec<String>,
    /// Where mail for it goes.
    pub emails: Vec<String>,
    /// Where it is called, in the order in which numbers are tried.
    pub telephones: Vec<String>,
}

/// Somebody who belongs to a member.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Person {
    /// The short name, else the name.
    pub name: String,
    /// E-mail addresses, one at least.
    pub emails: Vec<String>,
    /// The members that the person belongs to.
    pub members: Vec<String>,
    /// Public keys that can be encrypted to.
    pub keys: Vec<String>,
}

/// A change of what a member is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// What it became.
    pub to: Standing,
    /// On which day.
    pub on: Date,
}

/// What kind of organisation a member is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Category {
    /// It runs a cloud.
    CloudProvider,
    /// It runs a telecommunications network.
    TelecomProvider,
    /// It answers to incidents of others.
    ResponseTeam,
    /// Anything else; members vote on it.
    Other,
}

/// What a member is on a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Standing {
    /// It has applied for membership.
    Applied,
    /// It is a member.
    Active,
    /// It is a member that receives nothing.
    Suspended,
    /// It is no member any more.
    Left,
}

impl Category {
    /// All categories.
    pub const ALL: [Self; 4] = [Self::CloudProvider, Self::TelecomProvider, Self::ResponseTeam, Self::Other];

    /// The word in the register.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::CloudProvider => "cloud-provider",
            Self::TelecomProvider => "telecom-provider",
            Self::ResponseTeam => "response-team",
            Self::Other => "other",
        }
    }
}

impl Standing {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::Applied, Self::Active, Self::Suspended, Self::Left];

    /// The word in the register.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Applied => "applied",
            Self::Active => "active",
            Self::Suspended => "suspended",
            Self::Left => "left",
        }
    }

    /// Whether this can come after that; nothing before means that it is new.
    fn follows(self, before: Option<Self>) -> bool {
        match before {
            None | Some(Self::Left) => matches!(self, Self::Applied | Self::Active),
            Some(Self::Applied) => matches!(self, Self::Active | Self::Left),
            Some(Self::Active) => matches!(self, Self::Suspended | Self::Left),
            Some(Self::Suspended) => matches!(self, Self::Active | Self::Left),
        }
    }
}

impl Member {
    /// What it is on a day; nothing before the first change.
    pub fn standing(&self, day: Date) -> Option<Standing> {
        self.changes.iter().rev().find(|change| change.on <= day).map(|change| change.to)
    }
}

impl Register {
    /// Reads the register.
    ///
    /// # Errors
    /// It cannot be read, or a party lacks something, has it in the wrong words, or became what it could not become.
    pub fn load(tree: &dyn FileTree, path: &TreePath) -> Step<Self> {
        let loaded = probity_oscal::load_as::<ComponentDefinition>(tree, path)?;
        let mut reader = Reader { path, parties: &loaded.value.metadata.parties, found: loaded.warnings };
        let register = reader.register();
        reader.found.unless_errors(register)
    }

    /// The member of that name.
    pub fn member(&self, name: &str) -> Option<&Member> {
        self.members.iter().find(|member| member.name == name)
    }

    /// The person of that name or e-mail address.
    pub fn person(&self, name: &str) -> Option<&Person> {
        let known = |person: &&Person| {
            person.name == name || person.emails.iter().any(|email| email.eq_ignore_ascii_case(name))
        };
        self.persons.iter().find(known)
    }

    /// The members that are active on a day.
    pub fn active(&self, day: Date) -> impl Iterator<Item = &Member> {
        self.members.iter().filter(move |member| member.standing(day) == Some(Standing::Active))
    }
}

struct Reader<'a> {
    path: &'a TreePath,
    parties: &'a [Party],
    found: Diagnostics,
}

impl Reader<'_> {
    fn register(&mut self) -> Register {
        let mut register = Register { members: Vec::new(), persons: Vec::new() };
        for (index, party) in self.parties.iter().enumerate() {
            if party.r#type == "organization" {
                let member = self.member(index, party);
                if member.as_ref().is_some_and(|one| register.member(&one.name).is_some()) {
                    self.say(index, "has the short name of another one");
                }
                register.members.extend(member);
            } else {
                register.persons.extend(self.person(index, party));
            }
        }
        register
    }

    fn member(&mut self, index: usize, party: &Party) -> Option<Member> {
        let name = self.name_of(party, index)?;
        let category = ours(party, "category")
            .next()
            .and_then(|prop| Category::ALL.into_iter().find(|category| category.word() == prop.value));
        let Some(category) = category else {
            self.say(index, "has no `category`: cloud-provider, telecom-provider, response-team or other");
            return None;
        };
        let values = |name| ours(party, name).map(|prop| prop.value.clone()).collect();
        Some(Member {
            name,
            title: party.name.clone().unwrap_or_default(),
            category,
            changes: self.changes(index, party),
            domains: values("domain"),
            cidrs: values("cidr"),
            bins: values("bin"),
            emails: party.email_addresses.clone(),
            telephones: party.telephone_numbers.iter().map(|one| one.number.clone()).collect(),
        })
    }

    fn name_of(&mut self, party: &Party, index: usize) -> Option<String> {
        let name = party.short_name.clone().filter(|name| {
            name.starts_with(|c: char| c.is_ascii_lowercase())
                && name.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-')
        });
        if name.is_none() {
            self.say(index, "needs a `short-name` of lower-case letters, digits and hyphens");
        }
        name
    }

    fn changes(&mut self, index: usize, party: &Party) -> Vec<Change> {
        let mut changes: Vec<Change> = Vec::new();
        for prop in ours(party, "member-status") {
            let class = prop.class.as_deref().unwrap_or_default();
            let to = Standing::ALL.into_iter().find(|standing| standing.word() == class);
            let (Some(to), Ok(on)) = (to, prop.value.parse::<Date>()) else {
                self.say(index, "has a `member-status` without a day, or without one of its classes");
                continue;
            };
            let before = changes.last();
            if !to.follows(before.map(|change| change.to)) || before.is_some_and(|change| change.on > on) {
                self.say(index, &format!("cannot have become {} on {on}", to.word()));
            }
            changes.push(Change { to, on });
        }
        if changes.is_empty() {
            self.say(index, "has no `member-status`");
        }
        changes
    }

    fn person(&mut self, index: usize, party: &Party) -> Option<Person> {
        let Some(email) = party.email_addresses.first() else {
            self.say(index, "is a person without an e-mail address");
            return None;
        };
        let keys: Vec<String> = ours(party, "age-recipient").map(|prop| prop.value.clone()).collect();
        if !keys.iter().all(|key| is_recipient(key)) {
            self.say(index, "has an `age-recipient` that is no public key of age: age1…");
        }
        let of = |uuid: &String| self.parties.iter().find(|one| one.uuid == *uuid)?.short_name.clone();
        Some(Person {
            name: party.short_name.as_ref().or(party.name.as_ref()).unwrap_or(email).clone(),
            emails: party.email_addresses.clone(),
            members: party.member_of_organizations.iter().filter_map(of).collect(),
            keys,
        })
    }

    fn say(&mut self, index: usize, what: &str) {
        let at = Pointer::root().key("component-definition").key("metadata").key("parties").index(index);
        let finding = Diagnostic::error(&codes::REGISTER, format!("a party of the register {what}"));
        self.found.push(finding.at(Location::value(self.path, &at)));
    }
}

/// The props of a party in Probity's namespace.
fn ours<'a>(party: &'a Party, name: &'static str) -> impl Iterator<Item = &'a Property> {
    party.props.iter().filter(move |prop| prop.name == name && prop.ns.as_deref() == Some(PROBITY_NS))
}
