//! The constraints of the Metaschema as data. A definition that is used in several places has its constraints once.

use super::{Range, Role};

/// A definition of the Metaschema with its constraints.
#[derive(Debug)]
pub struct Declaration {
    /// Short name of its module, such as `oscal-metadata`.
    pub module: &'static str,
    /// Assembly, field or flag.
    pub role: Role,
    /// Names from the global definition inwards, flags with `@`: `part`, `metadata/party/@type`.
    pub path: &'static str,
    /// Its constraints in the order of the Metaschema.
    pub constraints: &'static [Constraint],
}

impl Declaration {
    /// Whether other definitions can use it: it is not defined in place.
    pub fn is_global(&self) -> bool {
        !self.path.contains('/')
    }

    /// `assembly`, `field` or `flag`.
    pub const fn role_name(&self) -> &'static str {
        match self.role {
            Role::Assembly => "assembly",
            Role::Field | Role::Value => "field",
            Role::Flag => "flag",
        }
    }

    /// Its name.
    pub fn name(&self) -> &'static str {
        let last = self.path.rsplit('/').next().unwrap_or(self.path);
        last.strip_prefix('@').unwrap_or(last)
    }
}

/// One constraint.
#[derive(Debug)]
pub struct Constraint {
    /// Its id, which others may bear too.
    pub id: Option<&'static str>,
    /// How grave it is where it does not hold.
    pub level: Level,
    /// Metapath of what is checked, from a node of the definition.
    pub target: &'static str,
    /// What to say where it does not hold; `{ … }` are Metapath expressions.
    pub message: Option<&'static str>,
    /// What must hold.
    pub check: Check,
}

/// How grave it is that a constraint does not hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Level {
    /// `DEBUG`
    Debug,
    /// `INFORMATIONAL`
    Informational,
    /// `WARNING`
    Warning,
    /// `ERROR`
    Error,
    /// `CRITICAL`
    Critical,
}

/// What a constraint asks for: the seven kinds of the Metaschema.
#[derive(Debug)]
pub enum Check {
    /// The value is one of a set.
    AllowedValues {
        /// Whether other values may stand.
        open: bool,
        /// The set.
        values: &'static [&'static str],
        /// Those of the set that should not be used any more, with the release that says so.
        deprecated: &'static [(&'static str, &'static str)],
    },
    /// The value has a form.
    Matches {
        /// Regular expression of the whole value.
        regex: Option<&'static str>,
        /// Name of a datatype.
        datatype: Option<&'static str>,
    },
    /// A condition holds.
    Expect {
        /// Metapath of the condition, from the target.
        test: &'static str,
    },
    /// The targets have different keys, which others can name.
    Index {
        /// Name of the index.
        name: &'static str,
        /// What the key is made of.
        keys: &'static [Key],
    },
    /// The key of the target is in an index.
    IndexHasKey {
        /// Name of the index.
        name: &'static str,
        /// What the key is made of.
        keys: &'static [Key],
    },
    /// The targets have different keys.
    IsUnique {
        /// What the key is made of.
        keys: &'static [Key],
    },
    /// There are so many targets.
    HasCardinality {
        /// How many.
        range: Range,
    },
}

impl Check {
    /// Name of the kind in the Metaschema.
    pub const fn kind(&self) -> &'static str {
        match self {
            Self::AllowedValues { .. } => "allowed-values",
            Self::Matches { .. } => "matches",
            Self::Expect { .. } => "expect",
            Self::Index { .. } => "index",
            Self::IndexHasKey { .. } => "index-has-key",
            Self::IsUnique { .. } => "is-unique",
            Self::HasCardinality { .. } => "has-cardinality",
        }
    }
}

/// A part of a key.
#[derive(Debug)]
pub struct Key {
    /// Metapath of the part, from the target.
    pub target: &'static str,
    /// Regular expression of the whole part, whose group is used instead of it.
    pub pattern: Option<&'static str>,
}
