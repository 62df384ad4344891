//! What is looked for.

use serde::{Serialize, Serializer};

/// The rules that were applied, as reports name them. It grows where a rule is added or changed: a report says by which rules it
/// is clean.
pub const RULES: u32 = 2;

/// A kind of value that is not shared.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Rule {
    /// A person's name.
    Person,
    /// The name of a member, a victim or another organisation that takes part.
    Organisation,
    /// An e-mail address.
    Mail,
    /// A telephone number.
    Phone,
    /// A place where somebody lives or works.
    Place,
    /// The name of an account.
    Account,
    /// A day of birth.
    Birth,
    /// The name of a machine, or what else an inventory calls it by.
    Asset,
    /// An identifier by which one package could be joined with another.
    Identifier,
    /// A link into what is not public.
    Link,
    /// The number of a payment card (ISO/IEC 7812, with its check digit).
    Card,
    /// The number of a bank account (ISO 13616, with its check digits).
    Iban,
    /// A number that a state gave to a person, with its check digits.
    NationalId,
    /// A social security number of the United States.
    Ssn,
    /// A password, or what a name says is one.
    Credential,
    /// A token or key of a form that is known.
    Token,
    /// A private key.
    PrivateKey,
    /// An address of an own network.
    OwnNetwork,
    /// A name of an own domain.
    OwnDomain,
    /// A word that somebody listed.
    Word,
    /// A file in a document that cannot be looked into.
    Attachment,
    /// A comment, which no reader of the format needs.
    Comment,
}

impl Rule {
    /// The name in reports.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Person => "person",
            Self::Organisation => "member",
            Self::Mail => "mail",
            Self::Phone => "phone",
            Self::Place => "place",
            Self::Account => "account",
            Self::Birth => "birth",
            Self::Asset => "asset",
            Self::Identifier => "id",
            Self::Link => "link",
            Self::Card => "card",
            Self::Iban => "iban",
            Self::NationalId => "national-id",
            Self::Ssn => "ssn",
            Self::Credential => "credential",
            Self::Token => "token",
            Self::PrivateKey => "private-key",
            Self::OwnNetwork => "own-network",
            Self::OwnDomain => "own-domain",
            Self::Word => "word",
            Self::Attachment => "attachment",
            Self::Comment => "comment",
        }
    }

    /// Whether it opens something.
    pub(super) const fn is_secret(self) -> bool {
        matches!(self, Self::Credential | Self::Token | Self::PrivateKey)
    }

    /// Whether it harms whoever it belongs to.
    pub(super) const fn is_protected(self) -> bool {
        matches!(self, Self::Card | Self::Iban | Self::NationalId | Self::Ssn) || self.is_secret()
    }

    /// Whether a value of this kind is not shared whoever it belongs to; a bank account where no indicator names it.
    pub(super) const fn never_stays(self) -> bool {
        self.is_protected() || self.is_declared()
    }

    /// How the pseudonyms of such values begin. Those of secrets do not say so: what follows the word would look like one.
    pub(super) const fn stands_as(self) -> &'static str {
        match self {
            secret if secret.is_secret() => "hidden",
            other => other.name(),
        }
    }

    /// Whether it is the name of somebody or something.
    pub(super) const fn is_name(self) -> bool {
        matches!(self, Self::Person | Self::Organisation | Self::Account | Self::Asset | Self::Place)
    }

    /// Whether it is ours because somebody said so.
    pub(super) const fn is_declared(self) -> bool {
        matches!(self, Self::OwnNetwork | Self::OwnDomain | Self::Word)
    }

    /// Whether a value of this kind may be what an attacker is known by: it stays where an indicator says that it is.
    pub(super) const fn may_be_an_attackers(self) -> bool {
        matches!(
            self,
            Self::Person | Self::Mail | Self::Phone | Self::Account | Self::Iban | Self::Asset | Self::Link
        )
    }
}

impl Serialize for Rule {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.name())
    }
}
