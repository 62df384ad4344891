//! Stores: who reads the repository that a project lies in, and what may therefore lie in it.

use std::fmt;
use std::str::FromStr;

use crate::audience::{Audience, Condition, Kind, Profile, Role, allowed};
use crate::tlp::Label;

/// Who reads a repository.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Store {
    /// Persons who are named one by one, and nobody else.
    Persons,
    /// The own organisation.
    Own,
    /// All members, a working group or everybody.
    Shared(Audience),
}

impl Store {
    /// Whether others than the own organisation read it.
    #[must_use]
    pub const fn is_shared(&self) -> bool {
        matches!(self, Self::Shared(_))
    }

    /// Whether those who read it are no members, or need not be.
    pub fn is_beyond_members(&self) -> bool {
        matches!(self, Self::Shared(audience) if audience.kind() != Kind::Members)
    }

    /// Whether everybody who reads it may see a colour. Nobody can say of each reader of a repository why they need to know, so
    /// what asks for that goes by packages.
    pub fn may_hold(&self, profile: Profile, label: Label, role: Role) -> bool {
        match self {
            Self::Persons => true,
            Self::Own => label != Label::Red,
            Self::Shared(audience) => allowed(profile, label, audience.kind(), role)
                .is_some_and(|conditions| !conditions.contains(&Condition::NeedToKnow)),
        }
    }
}

impl fmt::Display for Store {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Persons => f.write_str("persons"),
            Self::Own => f.write_str("own"),
            Self::Shared(audience) => write!(f, "{audience}"),
        }
    }
}

impl FromStr for Store {
    type Err = String;

    /// Reads `persons`, `own`, `members`, `group:NAME` or `public`.
    fn from_str(text: &str) -> Result<Self, String> {
        let shared = || match text.parse() {
            Ok(audience @ (Audience::Members | Audience::Group(_) | Audience::Public)) => {
                Ok(Self::Shared(audience))
            }
            _ => Err("a store is for persons, own, members, group:NAME or public".to_owned()),
        };
        match text {
            "persons" => Ok(Self::Persons),
            "own" => Ok(Self::Own),
            _ => shared(),
        }
    }
}
