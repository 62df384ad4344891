//! Who a document may go to: colours against audiences.

use std::fmt;
use std::str::FromStr;

use crate::tlp::Label;

/// Whom a package is for.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Audience {
    /// One person, by short name or e-mail address.
    Person(String),
    /// One member, by short name.
    Member(String),
    /// All members.
    Members,
    /// A working group, by name; it may have persons who belong to no member.
    Group(String),
    /// Everybody.
    Public,
}

/// An audience without its name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// One person.
    Person,
    /// One member.
    Member,
    /// All members.
    Members,
    /// A working group.
    Group,
    /// Everybody.
    Public,
}

impl Kind {
    /// All kinds, from the narrowest to the widest.
    pub const ALL: [Self; 5] = [Self::Person, Self::Member, Self::Members, Self::Group, Self::Public];

    /// The word that an audience of this kind begins with.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Person => "person",
            Self::Member => "member",
            Self::Members => "members",
            Self::Group => "group",
            Self::Public => "public",
        }
    }
}

impl Audience {
    /// Its kind.
    #[must_use]
    pub const fn kind(&self) -> Kind {
        match self {
            Self::Person(_) => Kind::Person,
            Self::Member(_) => Kind::Member,
            Self::Members => Kind::Members,
            Self::Group(_) => Kind::Group,
            Self::Public => Kind::Public,
        }
    }
}

impl fmt::Display for Audience {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Person(name) | Self::Member(name) | Self::Group(name) => {
                write!(f, "{}:{name}", self.kind().word())
            }
            Self::Members | Self::Public => f.write_str(self.kind().word()),
        }
    }
}

impl FromStr for Audience {
    type Err = String;

    /// Reads `person:NAME`, `member:NAME`, `members`, `group:NAME` or `public`.
    fn from_str(text: &str) -> Result<Self, String> {
        let (word, name) = text.split_once(':').map_or((text, None), |(word, name)| (word, Some(name)));
        let named = |make: fn(String) -> Self| match name {
            Some(name) if is_name(name) => Ok(make(name.to_owned())),
            _ => Err(format!("`{word}` needs a name behind it: {word}:NAME")),
        };
        match (word, name) {
            ("person", _) => named(Self::Person),
            ("member", _) => named(Self::Member),
            ("group", _) => named(Self::Group),
            ("members", None) => Ok(Self::Members),
            ("public", None) => Ok(Self::Public),
            _ => Err("an audience is person:NAME, member:NAME, members, group:NAME or public".to_owned()),
        }
    }
}

/// A short name or an e-mail address, which may stand in the name of a file.
fn is_name(text: &str) -> bool {
    text.starts_with(|c: char| c.is_ascii_alphanumeric())
        && text.chars().all(|c| c.is_ascii_alphanumeric() || "-_.@+".contains(c))
}

/// Which reading of the colours a community has agreed on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Profile {
    /// `CloudCERT` of 2012: AMBER may go to other members that need to know, whoever sends it on.
    CloudCert2012,
    /// TLP 2.0 of FIRST: who receives AMBER keeps it within the own organisation and its clients.
    First20,
    /// What both allow: where a community has not agreed on anything.
    Stricter,
}

impl Profile {
    /// The name, as policies write it.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::CloudCert2012 => "cloudcert-2012",
            Self::First20 => "first-2.0",
            Self::Stricter => "stricter",
        }
    }
}

impl FromStr for Profile {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let all = [Self::CloudCert2012, Self::First20, Self::Stricter];
        let found = all.into_iter().find(|profile| profile.name() == text);
        found.ok_or_else(|| "a profile is cloudcert-2012, first-2.0 or stricter".to_owned())
    }
}

/// What whoever shares a document is to it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Role {
    /// It comes from them.
    Originator,
    /// They received it, or nobody knows whom it comes from.
    Holder,
}

/// What has to hold beside the colour.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Condition {
    /// The recipient needs to know, and why is written down.
    NeedToKnow,
    /// The package is encrypted to the persons it names.
    Encrypted,
    /// The person belongs to the organisation that shares.
    OwnOrganisation,
    /// It was scrubbed, and nothing was left.
    Scrubbed,
    /// The incident is resolved: no active operational data.
    Resolved,
    /// A second person has approved it with a signed commit.
    Approved,
}

impl Condition {
    /// The word for programs.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::NeedToKnow => "need-to-know",
            Self::Encrypted => "encrypted",
            Self::OwnOrganisation => "own-organisation",
            Self::Scrubbed => "scrubbed",
            Self::Resolved => "resolved",
            Self::Approved => "approved",
        }
    }
}

/// Whether a colour allows an audience: the conditions that have to hold, or nothing where it never does.
#[must_use]
pub fn allowed(profile: Profile, label: Label, kind: Kind, role: Role) -> Option<Vec<Condition>> {
    match profile {
        Profile::CloudCert2012 => cloudcert(label, kind, role),
        Profile::First20 => first(label, kind, role),
        Profile::Stricter => {
            let mut both = cloudcert(label, kind, role)?;
            both.extend(first(label, kind, role)?);
            both.sort_unstable();
            both.dedup();
            Some(both)
        }
    }
}

fn cloudcert(label: Label, kind: Kind, role: Role) -> Option<Vec<Condition>> {
    match (label, role) {
        (Label::Red | Label::AmberStrict, Role::Holder) => None,
        (Label::Red, Role::Originator) => named(kind),
        (Label::AmberStrict, Role::Originator) => one_organisation(kind),
        (Label::Amber, _) => one_organisation(kind).or_else(|| members(kind)),
        (Label::Green | Label::Clear, _) => open(label, kind),
    }
}

fn first(label: Label, kind: Kind, role: Role) -> Option<Vec<Condition>> {
    match (label, role) {
        (Label::Red, Role::Holder) => None,
        (Label::Red, Role::Originator) => named(kind),
        (Label::AmberStrict | Label::Amber, Role::Holder) => {
            (kind == Kind::Person).then(|| vec![Condition::NeedToKnow, Condition::OwnOrganisation])
        }
        (Label::AmberStrict, Role::Originator) => one_organisation(kind),
        (Label::Amber, Role::Originator) => one_organisation(kind).or_else(|| members(kind)),
        (Label::Green | Label::Clear, _) => open(label, kind),
    }
}

/// RED: persons, by name.
fn named(kind: Kind) -> Option<Vec<Condition>> {
    (kind == Kind::Person).then(|| vec![Condition::Encrypted])
}

/// Those who need to know, addressed one by one.
fn one_organisation(kind: Kind) -> Option<Vec<Condition>> {
    matches!(kind, Kind::Person | Kind::Member).then(|| vec![Condition::NeedToKnow])
}

fn members(kind: Kind) -> Option<Vec<Condition>> {
    (kind == Kind::Members).then(|| vec![Condition::NeedToKnow])
}

/// GREEN goes to the community, CLEAR to everybody.
fn open(label: Label, kind: Kind) -> Option<Vec<Condition>> {
    match kind {
        Kind::Person | Kind::Member | Kind::Members => Some(Vec::new()),
        Kind::Group => Some(vec![Condition::Scrubbed, Condition::Resolved]),
        Kind::Public => (label == Label::Clear).then(|| vec![Condition::Scrubbed, Condition::Approved]),
    }
}
