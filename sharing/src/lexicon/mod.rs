//! The lexicon: terms, categories of incidents and types of attacks that members mean the same by.

mod catalog;
mod taxonomy;

use probity_diagnostics::document::{self, Format, Limits};
use probity_diagnostics::{Diagnostic, Diagnostics, FileTree, Location, Pointer, Step, TreePath, Warned};
use serde::{Deserialize, Serialize};

use crate::incident::codes::BAD_LEXICON;
use crate::incident::{OWN, is_name};
use crate::typed::typed;

pub use catalog::to_catalog;
pub use taxonomy::to_taxonomy;

/// Where the lexicon lies that comes with the program.
pub const BUNDLED: &str = "content:sharing/lexicon.yaml";
/// Where a project keeps the words that it adds.
pub const OWN_FILE: &str = "sharing/lexicon.yaml";

/// A lexicon.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Lexicon {
    /// What its words are called by elsewhere: the namespace of the taxonomy.
    pub namespace: String,
    /// Its title.
    pub title: String,
    /// What it is for.
    pub description: String,
    /// Its version, which grows.
    pub version: u32,
    /// What words mean that are used about incidents.
    #[serde(default)]
    pub terms: Vec<Entry>,
    /// What kinds of incidents there are.
    #[serde(default)]
    pub categories: Vec<Entry>,
    /// How attacks are made.
    #[serde(default)]
    pub attack_types: Vec<Entry>,
}

/// An entry of the lexicon.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Entry {
    /// How it is written in incidents.
    pub id: String,
    /// How it is shown.
    pub title: String,
    /// What it means, in own words.
    pub definition: String,
    /// The category that an attack type belongs to.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub category: Option<String>,
    /// What it goes back to.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source: Option<String>,
    /// The clause of that.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub clause: Option<String>,
    /// The class, or the class and the type after a colon, of the Reference Security Incident Taxonomy.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rsit: Option<String>,
    /// The technique of MITRE ATT&CK.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub attack: Option<String>,
}

/// The three lists of a lexicon: how they are called in files, in singular, and how they are shown.
const LISTS: [(&str, &str, &str); 3] = [
    ("terms", "term", "Terms"),
    ("categories", "category", "Categories of incidents"),
    ("attack-types", "attack-type", "Types of attacks"),
];

impl Lexicon {
    /// The lexicon that a project uses: the one that comes with the program and what the project adds.
    ///
    /// # Errors
    /// One of them cannot be read or is malformed.
    pub fn load(tree: &dyn FileTree) -> Step<Self> {
        let bundled = path(BUNDLED)?;
        let mut lexicon: Self = read(tree, &bundled)?;
        let mut found = lexicon.check(&bundled, false);
        let own = path(OWN_FILE)?;
        if tree.stat(&own).is_ok() {
            let added: Self = read(tree, &own)?;
            lexicon.terms.extend(added.terms.clone());
            lexicon.categories.extend(added.categories.clone());
            lexicon.attack_types.extend(added.attack_types.clone());
            found.extend(lexicon.check_added(&added, &own));
        }
        found.unless_errors(lexicon)
    }

    /// The three lists, with how they are called in files, in singular, and shown.
    pub fn lists(&self) -> impl Iterator<Item = ((&'static str, &'static str, &'static str), &[Entry])> {
        LISTS.into_iter().zip([self.terms.as_slice(), &self.categories, &self.attack_types])
    }

    /// What is wrong with what a project adds, given the whole.
    fn check_added(&self, added: &Self, file: &TreePath) -> Diagnostics {
        let mut found = added.check(file, true);
        for (index, entry) in added.attack_types.iter().enumerate() {
            let is_known = |id: &String| self.categories.iter().any(|category| category.id == *id);
            if !entry.category.as_ref().is_some_and(is_known) {
                let at = Pointer::root().key("attack-types").index(index);
                found.push(wrong(file, &at, format!("`{}` names no category that there is", entry.id)));
            }
        }
        found
    }

    /// What is wrong with one file of the lexicon.
    fn check(&self, file: &TreePath, is_own: bool) -> Diagnostics {
        let mut found = Diagnostics::new();
        for ((list, ..), entries) in self.lists() {
            for (index, entry) in entries.iter().enumerate() {
                let at = Pointer::root().key(list).index(index);
                for fault in entry.faults(is_own, list == "attack-types") {
                    found.push(wrong(file, &at, fault));
                }
                if entries.iter().take(index).any(|earlier| earlier.id == entry.id) {
                    found.push(wrong(file, &at, format!("`{}` stands twice", entry.id)));
                }
            }
        }
        found
    }
}

impl Entry {
    fn faults(&self, is_own: bool, is_attack: bool) -> Vec<String> {
        let mut faults = Vec::new();
        if !is_name(&self.id) {
            faults.push("an id has lower-case letters, digits and hyphens, a letter first".to_owned());
        }
        if is_own && !self.id.starts_with(OWN) {
            faults.push(format!("`{}` does not begin with `x-`, as all ids that a project adds", self.id));
        }
        if self.title.trim().is_empty() || self.definition.trim().is_empty() {
            faults.push(format!("`{}` lacks a title or a definition", self.id));
        }
        if !is_own && (self.source.is_none() || self.clause.is_none()) {
            faults.push(format!("`{}` does not say which clause it goes back to", self.id));
        }
        if is_attack != self.category.is_some() {
            faults.push(format!("`{}`: attack types name a `category`, and nothing else does", self.id));
        }
        faults
    }
}

fn wrong(file: &TreePath, at: &Pointer, message: String) -> Diagnostic {
    Diagnostic::error(&BAD_LEXICON, message).at(Location::value(file, at))
}

/// The path of one of the two files.
fn path(text: &str) -> Result<TreePath, Diagnostics> {
    TreePath::parse(text).map_err(|error| Diagnostic::error(&BAD_LEXICON, error.to_string()).into())
}

fn read(tree: &dyn FileTree, file: &TreePath) -> Result<Lexicon, Diagnostics> {
    let bytes = tree.read(file, Limits::default().bytes).map_err(Diagnostic::from)?;
    let Warned { value, .. } = document::parse(&bytes, file, Format::Yaml, Limits::default())?;
    typed(value, &BAD_LEXICON, file)
}
