use serde_json::Value;

/// Whom a statement is about, in the words of the platform.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Principals(Vec<String>);

impl Principals {
    /// Everybody, signed in or not.
    pub(super) fn everybody() -> Self {
        Self(vec!["*".to_owned()])
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
        Some(Self(names))
    }

    /// Whether nobody is left out.
    pub(super) fn is_everybody(&self) -> bool {
        self.0.iter().any(|name| name == "*")
    }

    /// Their names.
    pub(super) fn names(&self) -> Vec<String> {
        self.0.clone()
    }
}
