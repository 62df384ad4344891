//! What the members of a community call their own.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use probity_diagnostics::{Diagnostic, FileTree as _, TreePath, codes as files};
use probity_sharing::circle::{self, Circle};
use probity_sharing::scrub::Ours;

use crate::commands::refuse;
use crate::place;
use crate::status::Status;
use crate::surroundings::Surroundings;
use crate::ui::Ui;

/// What all members in the registers of some projects call their own, and how many they are.
#[derive(Default)]
pub(super) struct Own {
    pub(super) ours: Ours,
    pub(super) members: usize,
}

impl Own {
    /// What is taken for own, in words; nothing where there is no community.
    pub(super) fn words(&self) -> Option<String> {
        let Ours { networks, domains, names, .. } = &self.ours;
        (self.members > 0).then(|| {
            format!(
                "what {} members in the register call theirs is replaced: {} domains, {} networks, {} names",
                self.members,
                domains.len(),
                networks.len(),
                names.len()
            )
        })
    }
}

/// What members call their own, by the registers of the project that the working folder belongs to and of those that files belong to.
/// A project without `sharing/policy.yaml` has no community.
///
/// # Errors
/// A register cannot be read.
pub(super) fn of_members(
    projects: impl Iterator<Item = PathBuf>,
    surroundings: &Surroundings,
    ui: &mut Ui,
) -> Result<Own, Status> {
    let mut own = Own::default();
    let here = place::project(&surroundings.folder, None).ok();
    let whole = |path: PathBuf| path.canonicalize().unwrap_or(path);
    let roots: BTreeSet<PathBuf> = here.into_iter().chain(projects).map(whole).collect();
    for root in roots {
        own = add(own, &root, surroundings, ui)?;
    }
    Ok(own)
}

fn add(own: Own, root: &Path, surroundings: &Surroundings, ui: &mut Ui) -> Result<Own, Status> {
    let outside = |error: probity_diagnostics::PathError| {
        Diagnostic::error(&files::PATH_OUTSIDE, error.to_string()).into()
    };
    let tree = place::tree(root, &surroundings.folder)
        .map_err(|finding| refuse(&finding.into(), &place::bundled(), ui))?;
    let path = |name: &str| TreePath::parse(name).map_err(outside);
    let policy = path("sharing/policy.yaml").map_err(|finding| refuse(&finding, &tree, ui))?;
    if tree.stat(&policy).is_err() {
        return Ok(own);
    }
    let read = path(circle::FOLDER).and_then(|folder| Circle::load(&tree, &folder));
    let read = read
        .and_then(|read| Ok((Ours::of_members(&read.value.register)?, read.value.register.members.len())));
    let (ours, members) = read.map_err(|findings| refuse(&findings, &tree, ui))?;
    Ok(Own { ours: own.ours.and(ours), members: own.members + members })
}
