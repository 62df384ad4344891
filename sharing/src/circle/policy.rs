//! Who we are, and how the community reads the colours.

use std::str::FromStr as _;

use jiff::civil::Date;
use probity_diagnostics::{Diagnostics, FileTree, Step, TreePath, Warned};
use serde::Deserialize;

use super::{malformed, record};
use crate::audience::{Audience, Profile};
use crate::codes;
use crate::plan::Wish;

/// What `policy.yaml` says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Policy {
    /// Which reading of the colours holds; where the file names none, the stricter of both.
    pub profile: Profile,
    /// The member that we are.
    pub member: String,
    /// The address from which mails are sent.
    pub sender: Option<String>,
    /// What may not go somewhere yet.
    pub embargoes: Vec<Embargo>,
}

/// A document that may go to an audience from a day on only.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Embargo {
    /// The path of the document in the project.
    pub document: String,
    /// The audience, as it is written.
    pub audience: String,
    /// The first day.
    pub not_before: Date,
}

impl Embargo {
    /// Whether it keeps a document from going to where it is wished.
    pub fn holds(&self, document: &str, wish: &Wish) -> bool {
        self.document == document && self.audience == wish.audience.to_string() && wish.day < self.not_before
    }
}

#[derive(Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
struct File {
    profile: Option<String>,
    member: String,
    sender: Option<String>,
    #[serde(default)]
    embargoes: Vec<Embargo>,
}

impl Policy {
    /// Reads the file.
    ///
    /// # Errors
    /// It cannot be read, lacks `member`, has another key, or names a profile that there is not.
    pub fn load(tree: &dyn FileTree, path: &TreePath) -> Step<Self> {
        let Warned { value: File { profile, member, sender, embargoes }, warnings } =
            record(tree, path, &codes::POLICY)?;
        let profile = match profile.as_deref().map(Profile::from_str).transpose() {
            Ok(profile) => profile.unwrap_or(Profile::Stricter),
            Err(why) => return Err(Diagnostics::from(malformed(&codes::POLICY, path, why))),
        };
        let is_plain = |text: &String| !text.contains(|c: char| c.is_whitespace() || c.is_control());
        if sender.as_ref().is_some_and(|sender| !is_plain(sender)) {
            return Err(Diagnostics::from(malformed(&codes::POLICY, path, "`sender` is no address")));
        }
        for embargo in &embargoes {
            if let Err(why) = embargo.audience.parse::<Audience>() {
                return Err(Diagnostics::from(malformed(&codes::POLICY, path, why)));
            }
        }
        Ok(Warned { value: Self { profile, member, sender, embargoes }, warnings })
    }
}
