//! Votes on applications: one file for each member, which it has committed itself.

use jiff::civil::Date;
use probity_diagnostics::document::{self, Format};
use probity_diagnostics::{Diagnostic, FileTree, TreePath};
use probity_sharing::circle::{Register, Standing, is_carried};
use serde_json::Value;

use super::colours::Colours;

/// The votes on an application.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Votes {
    /// Members that are for it.
    pub yes: Vec<String>,
    /// Members that are against it.
    pub no: Vec<String>,
    /// Files that count for nothing, and why.
    pub void: Vec<(TreePath, String)>,
    /// How many members are active.
    pub active: usize,
}

impl Votes {
    /// Reads the files of a folder. A file is called like the member, and says `vote: yes` or `vote: no`; the commit that it comes from is
    /// signed with a key of that member.
    ///
    /// # Errors
    /// The folder cannot be read.
    pub(super) fn read(
        tree: &dyn FileTree,
        folder: &TreePath,
        register: &Register,
        colours: Result<&Colours, &String>,
        day: Date,
    ) -> Result<Self, Diagnostic> {
        let mut votes = Self { active: register.active(day).count(), ..Self::default() };
        let listed = if tree.is_folder(folder) { tree.list(folder)? } else { Vec::new() };
        let mut paths: Vec<TreePath> = listed.into_iter().map(|entry| entry.path).collect();
        paths.sort();
        for path in paths {
            let member = path.file_name().trim_end_matches(".yaml").to_owned();
            let standing = register.member(&member).and_then(|one| one.standing(day));
            let vote = match (standing, colours) {
                (Some(Standing::Active), Ok(colours)) => {
                    colours.vouches(tree, &path, &member).and_then(|()| vote(tree, &path))
                }
                (Some(Standing::Active), Err(why)) => Err(why.clone()),
                _ => Err(format!("`{member}` is no active member")),
            };
            match vote {
                Ok(true) => votes.yes.push(member),
                Ok(false) => votes.no.push(member),
                Err(why) => votes.void.push((path, why)),
            }
        }
        Ok(votes)
    }

    /// Whether the application is carried: by two thirds of all active members.
    pub fn is_carried(&self) -> bool {
        is_carried(self.yes.len(), self.active)
    }
}

/// Whether a vote is for it.
fn vote(tree: &dyn FileTree, path: &TreePath) -> Result<bool, String> {
    let read = document::read(tree, path, Format::Yaml).map_err(|errors| errors.first_message())?.value;
    match read.get("vote").and_then(Value::as_str) {
        Some("yes") => Ok(true),
        Some("no") => Ok(false),
        _ => Err("it says neither `vote: yes` nor `vote: no`".to_owned()),
    }
}
