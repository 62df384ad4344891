use serde_json::Value;

/// Whom a statement is about, in the words of the platform.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Principals {
    names: Vec<String>,
    /// Whether some are left out of everybody.
    excepts: bool,
}

impl Principals {
    /// Everybody, signed in or not.
    pub(super) fn everybody() -> Self {
        Self::these(vec!["*".to_owned()])
    }

    /// Everybody but some, who are not kept: they are few among all.
    pub(super) fn everybody_else() -> Self {
        Self { excepts: true, ..Self::everybody() }
    }

    fn these(names: Vec<String>) -> Self {
        Self { names, excepts: false }
    }

    /// `"*"`, or names by their kind.
    pub(super) fn parse(value: &Value) -> Option<Self> {
        let members = match value {
            Value::String(text) if text == "*" => return Some(Self::everybody()),
            Value::Object(members) => members,
            _ => return None,
        };
        let mut names = Vec::new();
        for value in members.values() {
            names.extend(super::texts(value)?);
        }
        Some(Self::these(names))
    }

    /// Whether they are everybody, or everybody but some.
    pub(super) fn is_everybody(&self) -> bool {
        self.names.iter().any(|name| name == "*")
    }

    /// Whether nobody is left out.
    pub(super) fn is_all(&self) -> bool {
        self.is_everybody() && !self.excepts
    }

    /// Their names.
    pub(super) fn names(&self) -> Vec<String> {
        self.names.clone()
    }
}
