use std::fmt;

use indexmap::IndexMap;

/// Whom a statement of a document is about.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Subject {
    /// A control, by its id.
    Control(String),
    /// A parameter of a control, where the document does not say of which.
    Parameter(String),
    /// A metric, by its name.
    Metric(String),
    /// A resource, by its id.
    Resource(String),
}

impl Subject {
    /// The id or name.
    pub fn name(&self) -> &str {
        match self {
            Self::Control(name) | Self::Parameter(name) | Self::Metric(name) | Self::Resource(name) => name,
        }
    }

    /// What it is, in one word.
    pub fn kind(&self) -> &'static str {
        match self {
            Self::Control(_) => "control",
            Self::Parameter(_) => "parameter",
            Self::Metric(_) => "metric",
            Self::Resource(_) => "resource",
        }
    }
}

impl fmt::Display for Subject {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.kind(), self.name())
    }
}

/// What a document says, item by item and in its order: of whom, what in a few words, and the text. Blank space is told apart
/// from none, but not from other blank space, and what means nothing is left out: uuids, times of writing.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Items {
    /// The texts.
    pub(super) said: IndexMap<(Subject, String), String>,
    /// The uuids of metrics, by which one that was renamed is known again.
    pub(super) uuids: IndexMap<String, String>,
    /// Parameters, and the controls that they belong to.
    pub(super) owners: IndexMap<String, String>,
    /// Controls that took the place of others: the new id, and the old one with the relation.
    pub(super) successors: Vec<(String, String, String)>,
}

impl Items {
    /// Adds to what is said; of two things under one name the texts are joined.
    pub(super) fn add(&mut self, of: &Subject, name: impl Into<String>, text: &str) {
        let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
        self.said
            .entry((of.clone(), name.into()))
            .and_modify(|known| {
                known.push_str("; ");
                known.push_str(&text);
            })
            .or_insert(text);
    }

    /// Adds the text of a whole file, as it is.
    pub(super) fn add_file(&mut self, of: &Subject, name: &str, text: &str) {
        self.said.insert((of.clone(), name.to_owned()), text.to_owned());
    }

    /// Adds what another file says.
    pub(super) fn join(&mut self, other: &Self) {
        let clone = |(key, value): (&String, &String)| (key.clone(), value.clone());
        self.said.extend(other.said.iter().map(|(key, text)| (key.clone(), text.clone())));
        self.uuids.extend(other.uuids.iter().map(clone));
        self.owners.extend(other.owners.iter().map(clone));
        self.successors.extend(other.successors.iter().cloned());
    }

    /// The parameters of a control.
    pub(super) fn parameters<'i>(&'i self, control: &'i Subject) -> impl Iterator<Item = Subject> + 'i {
        let own =
            self.owners.iter().filter(|(_, owner)| matches!(control, Subject::Control(id) if id == *owner));
        own.map(|(parameter, _)| Subject::Parameter(parameter.clone()))
    }

    /// The items of some subjects.
    pub(super) fn of<'i>(
        &'i self,
        is_wanted: impl Fn(&Subject) -> bool + 'i,
    ) -> impl Iterator<Item = (&'i str, &'i str)> + 'i {
        let wanted = self.said.iter().filter(move |((subject, _), _)| is_wanted(subject));
        wanted.map(|((_, name), text)| (name.as_str(), text.as_str()))
    }
}
