//! Who we are, and how the community reads the colours.

use std::str::FromStr as _;

use jiff::civil::Date;
use probity_diagnostics::{Diagnostics, FileTree, Step, TreePath, Warned};
use serde::Deserialize;

use super::{Store, malformed, record};
use crate::audience::{Audience, Profile};
use crate::codes;
use crate::incident::{Retention, is_domain};
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
    /// For how long incidents are kept that do not say so themselves, and what was received.
    pub retention: Option<Retention>,
    /// What is published, and where.
    pub publication: Option<Site>,
    /// Who reads the repository that the project lies in; where the file does not say, the own organisation.
    pub store: Store,
    /// What shows that a member has signed an agreement.
    pub signatures: Proof,
}

/// What shows that a member has signed an agreement on confidentiality. A signature in a file of its own counts in a commit of the member
/// in any case.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Proof {
    /// That the agreement lists it, too.
    #[default]
    Listed,
    /// Its commit, signed with a key of the member, and nothing else.
    Committed,
    /// Its commit, signed with a key of the member or of the registrar.
    Registrar,
}

/// The folder that everybody may read.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Site {
    /// What it is called.
    pub title: String,
    /// Where it will lie: an address of https.
    pub url: String,
    /// The address of those who want to be told.
    pub announce: Option<String>,
    /// Who holds the rights in what does not say it itself.
    pub copyright: Option<String>,
}

impl Site {
    /// The address of a file of the folder; the folder itself where it has no name.
    pub fn address(&self, file: &str) -> String {
        format!("{}/{file}", self.url.trim_end_matches('/'))
    }

    /// The name of the machine that it will lie on.
    pub fn host(&self) -> &str {
        let behind = self.url.strip_prefix("https://").unwrap_or(&self.url);
        behind.split(['/', ':', '?', '#']).next().unwrap_or(behind)
    }
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
    retention: Option<Retention>,
    publication: Option<Site>,
    store: Option<ReadBy>,
    #[serde(default)]
    signatures: Proof,
}

#[derive(Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
struct ReadBy {
    circle: String,
}

impl Policy {
    /// Reads the file.
    ///
    /// # Errors
    /// It cannot be read, lacks `member`, has another key, or names a profile or a store that there is not.
    pub fn load(tree: &dyn FileTree, path: &TreePath) -> Step<Self> {
        let Warned {
            value: File { profile, member, sender, embargoes, retention, publication, store, signatures },
            warnings,
        } = record(tree, path, &codes::POLICY)?;
        let profile = match profile.as_deref().map(Profile::from_str).transpose() {
            Ok(profile) => profile.unwrap_or(Profile::Stricter),
            Err(why) => return Err(Diagnostics::from(malformed(&codes::POLICY, path, why))),
        };
        if sender.as_ref().is_some_and(|sender| !is_plain(sender)) {
            return Err(Diagnostics::from(malformed(&codes::POLICY, path, "`sender` is no address")));
        }
        for embargo in &embargoes {
            if let Err(why) = embargo.audience.parse::<Audience>() {
                return Err(Diagnostics::from(malformed(&codes::POLICY, path, why)));
            }
        }
        if let Some(why) = publication.as_ref().and_then(fault) {
            return Err(Diagnostics::from(malformed(&codes::POLICY, path, why)));
        }
        let store = match store.map(|store| store.circle.parse::<Store>()).transpose() {
            Ok(store) => store.unwrap_or(Store::Own),
            Err(why) => return Err(Diagnostics::from(malformed(&codes::POLICY, path, why))),
        };
        Ok(Warned {
            value: Self { profile, member, sender, embargoes, retention, publication, store, signatures },
            warnings,
        })
    }
}

fn is_plain(text: &str) -> bool {
    !text.contains(|c: char| c.is_whitespace() || c.is_control())
}

/// What is wrong with a place to publish at.
fn fault(site: &Site) -> Option<&'static str> {
    if !site.url.starts_with("https://") || !is_plain(&site.url) || !is_domain(site.host()) {
        return Some("`publication.url` is no address of https");
    }
    if site.announce.as_ref().is_some_and(|list| !is_plain(list) || !list.contains('@')) {
        return Some("`publication.announce` is no address");
    }
    let is_line = |text: &&String| !text.trim().is_empty() && !text.contains(char::is_control);
    let lines = [Some(&site.title), site.copyright.as_ref()];
    (!lines.into_iter().flatten().all(|text| is_line(&text)))
        .then_some("`publication` has a title or copyright that is empty or not one line")
}
