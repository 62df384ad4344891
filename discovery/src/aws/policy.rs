//! Policies as IAM and resources hold them: who may do what.

mod exposure;
mod names;
mod principals;
mod transport;

use probity_diagnostics::percent_decoded;
use serde_json::{Map, Value, json};

pub(super) use names::Names;
use principals::Principals;

/// The statements of a policy.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Policy(Vec<Statement>);

/// One statement of a policy.
#[derive(Debug, PartialEq, Eq)]
struct Statement {
    allows: bool,
    /// Whom it is about; none where the policy belongs to somebody.
    principals: Option<Principals>,
    actions: Names,
    /// What it is about; none where the policy belongs to a resource.
    resources: Option<Names>,
    conditions: Vec<Condition>,
}

/// A test that a request must pass, in lower case but for its values.
#[derive(Debug, PartialEq, Eq)]
struct Condition {
    operator: String,
    key: String,
    values: Vec<String>,
}

impl Policy {
    /// A policy by its text, JSON with or without percent escapes; none where
    /// it cannot be understood as a whole.
    pub(super) fn parse(text: &str) -> Option<Self> {
        let text = if text.trim_start().starts_with('{') { text.to_owned() } else { percent_decoded(text)? };
        let policy: Value = serde_json::from_str(&text).ok()?;
        match element(policy.as_object()?, "Statement")? {
            Value::Array(all) => all.iter().map(statement).collect::<Option<_>>().map(Self),
            one => statement(one).map(|one| Self(vec![one])),
        }
    }

    /// What it allows and denies, as permissions of the ontology.
    pub(super) fn permissions(&self) -> impl Iterator<Item = Value> {
        self.0.iter().map(Statement::permission)
    }

    /// Whether it allows everything on everything, or all of IAM, with which
    /// its holder can take the rest. Conditions do not take away what may be
    /// done, only when.
    pub(super) fn is_administrative(&self) -> bool {
        let all = |names: &Option<Names>| names.as_ref().is_some_and(Names::is_all);
        let reaches = |statement: &Statement| statement.actions.covers("iam:*") && all(&statement.resources);
        self.0.iter().any(|statement| statement.allows && reaches(statement)) && !self.denies_everything()
    }

    /// Whether it takes back all that others allow, come what may.
    pub(super) fn denies_everything(&self) -> bool {
        self.0.iter().any(|statement| {
            let all = statement.resources.as_ref().is_some_and(Names::is_all) && statement.actions.is_all();
            !statement.allows && all && statement.conditions.is_empty()
        })
    }

    /// Who may take on the role that trusts by this policy: `*` stands for
    /// everybody. Where a condition narrows everybody down, what it names.
    pub(super) fn trusted(&self) -> Vec<String> {
        let taking = |statement: &&Statement| statement.allows && statement.actions.meets("sts:AssumeRole");
        let mut all: Vec<String> = self.0.iter().filter(taking).flat_map(Statement::named).collect();
        all.sort();
        all.dedup();
        all
    }
}

impl Statement {
    /// What is excepted cannot be said in the ontology: who is allowed all
    /// but something is allowed all, and what is denied is left out.
    fn permission(&self) -> Value {
        let mut permission = Map::new();
        permission.insert("effect".to_owned(), if self.allows { "allow" } else { "deny" }.into());
        let mut put = |name: &str, names: &Names| match names {
            Names::These(list) => drop(permission.insert(name.to_owned(), json!(list))),
            Names::AllBut(_) if self.allows => drop(permission.insert(name.to_owned(), json!(["*"]))),
            Names::AllBut(_) => {}
        };
        put("actions", &self.actions);
        self.resources.iter().for_each(|names| put("resources", names));
        Value::Object(permission)
    }

    /// Whom it is about, after its conditions.
    fn named(&self) -> Vec<String> {
        match &self.principals {
            None => Vec::new(),
            Some(principals) if !principals.is_everybody() => principals.names(),
            Some(_) => {
                let narrowing = self.conditions.iter().find(|condition| condition.narrows());
                narrowing.map_or_else(|| vec!["*".to_owned()], |condition| condition.values.clone())
            }
        }
    }
}

/// Keys that tell who asks, or from where.
const WHO: [&str; 13] = [
    "aws:principalaccount",
    "aws:principalarn",
    "aws:principalorgid",
    "aws:principalorgpaths",
    "aws:sourceaccount",
    "aws:sourcearn",
    "aws:sourceip",
    "aws:sourceowner",
    "aws:sourcevpc",
    "aws:sourcevpce",
    "aws:userid",
    "kms:calleraccount",
    "s3:dataaccesspointaccount",
];

impl Condition {
    fn is(&self, operator: &str, key: &str) -> bool {
        self.operator == operator && self.key == key
    }

    /// Whether it lets only some through that it names.
    fn narrows(&self) -> bool {
        let operator = self.operator.rsplit(':').next().unwrap_or_default();
        let compares = matches!(
            operator,
            "stringequals" | "stringequalsignorecase" | "stringlike" | "arnequals" | "arnlike" | "ipaddress"
        );
        // an empty set passes a test of all values
        let vacuous = self.operator.starts_with("forallvalues:");
        compares && !vacuous && self.names_who()
    }

    /// Whether it is about who asks, and its values stand for some.
    fn names_who(&self) -> bool {
        let is_who = WHO.contains(&self.key.as_str());
        is_who && !self.values.is_empty() && self.values.iter().all(|value| is_fixed(value))
    }
}

/// Whether a value of a condition stands for some and not for all: an ARN
/// names its account, an organisation's path its organisation.
fn is_fixed(value: &str) -> bool {
    let has_wildcard = |text: &str| text.contains(['*', '?']);
    match value.split(':').collect::<Vec<_>>().as_slice() {
        ["arn", _, _, _, account, ..] if !account.is_empty() => !has_wildcard(account),
        ["arn", ..] => !has_wildcard(value),
        _ if value.ends_with("/0") => false,
        _ => !value.split('/').next().is_none_or(|first| first.is_empty() || has_wildcard(first)),
    }
}

fn statement(value: &Value) -> Option<Statement> {
    let members = value.as_object()?;
    let conditions = match element(members, "Condition") {
        Some(value) => conditions(value)?,
        None => Vec::new(),
    };
    Some(Statement {
        allows: match element(members, "Effect")?.as_str()? {
            "Allow" => true,
            "Deny" => false,
            _ => return None,
        },
        principals: match (element(members, "Principal"), element(members, "NotPrincipal")) {
            (Some(value), _) => Some(Principals::parse(value)?),
            (None, Some(_)) => Some(Principals::everybody_else()),
            (None, None) => None,
        },
        actions: names(members, "Action", "NotAction")?,
        resources: names(members, "Resource", "NotResource"),
        conditions,
    })
}

fn names(members: &Map<String, Value>, these: &str, all_but: &str) -> Option<Names> {
    match (element(members, these), element(members, all_but)) {
        (Some(value), _) => texts(value).map(Names::these),
        (None, Some(value)) => texts(value).map(Names::AllBut),
        (None, None) => None,
    }
}

fn conditions(value: &Value) -> Option<Vec<Condition>> {
    let mut conditions = Vec::new();
    for (operator, tests) in value.as_object()? {
        for (key, values) in tests.as_object()? {
            conditions.push(Condition {
                operator: operator.to_lowercase(),
                key: key.to_lowercase(),
                values: texts(values)?,
            });
        }
    }
    Some(conditions)
}

/// A member by its name, whatever the case.
fn element<'a>(members: &'a Map<String, Value>, name: &str) -> Option<&'a Value> {
    members.get(name).or_else(|| {
        let mut entries = members.iter();
        entries.find(|(key, _)| key.eq_ignore_ascii_case(name)).map(|(_, value)| value)
    })
}

/// A text or a list of them. Numbers and truth values stand for their text.
fn texts(value: &Value) -> Option<Vec<String>> {
    match value {
        Value::Array(items) => items.iter().map(text).collect(),
        one => text(one).map(|one| vec![one]),
    }
}

fn text(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Number(_) | Value::Bool(_) => Some(value.to_string()),
        _ => None,
    }
}

#[cfg(test)]
mod tests;
