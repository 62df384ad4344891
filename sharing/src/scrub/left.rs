//! A look at files that somebody says were scrubbed.

use std::collections::BTreeSet;

use probity_diagnostics::Diagnostics;

use super::format::Format;
use super::literal::Literals;
use super::pattern::Ours;
use super::pseudonym::Seed;
use super::report::{Note, Place};
use super::rule::Rule;
use super::structure::Role;
use super::worker::{Phase, Worker};
use super::{File, Rules, Run, literals};

/// Where files hold what is not shared whoever it belongs to: cards, bank accounts that no indicator of theirs names, numbers of
/// persons, credentials, tokens, private keys, and what is ours.
///
/// It needs no seed, and takes no place of a format for a person's: names, addresses of mail and telephone numbers are not looked for.
/// Pseudonyms are known by their form. Files are read as their format has them, and once more as they stand, so that comments and files
/// of no known format are looked through, too; what is compressed or encrypted is not seen into.
///
/// # Errors
/// What is ours is too much to be searched for.
pub fn left(files: &[File], ours: &Ours) -> Result<Vec<Place>, Diagnostics> {
    let rules = Rules { ours: ours.clone(), indicators: Vec::new() };
    let mut run = Run::new(&rules, &Seed([0; 32]))?;
    run.know_attackers(files);
    Ok(run.look(files, literals(rules.ours.named())?))
}

impl Run {
    /// What files say that attackers are known by; a file that cannot be read by its format says nothing.
    fn know_attackers(&mut self, files: &[File]) {
        let mut worker = self.worker(Phase::Learn(Box::default()));
        for file in files {
            by_format(file, &mut worker);
        }
        if let Phase::Learn(learnt) = worker.phase {
            self.indicators.retain(|value| !learnt.named.has(value));
        }
    }

    /// What stands in files that never stays, by place.
    pub(super) fn look(&mut self, files: &[File], literals: Literals) -> Vec<Place> {
        let mut worker = self.worker(Phase::Look(literals));
        let mut places = BTreeSet::new();
        for file in files {
            worker.path(file.path.as_str());
            let is_read = by_format(file, &mut worker);
            let mut found = std::mem::take(&mut worker.notes);
            worker.prose("", Role::Prose, &String::from_utf8_lossy(&file.bytes));
            let known: BTreeSet<Rule> = found.iter().map(|note| note.rule).collect();
            // what is set to a name is a matter of the format, where there is one
            let is_told = |rule| known.contains(&rule) || (is_read && rule == Rule::Credential);
            found.extend(std::mem::take(&mut worker.notes).into_iter().filter(|note| !is_told(note.rule)));
            let place =
                |note: Note| Place { path: file.path.to_string(), place: note.place, rule: note.rule };
            places.extend(found.into_iter().map(place));
        }
        places.into_iter().collect()
    }
}

/// Whether a file could be read by its format.
fn by_format(file: &File, worker: &mut Worker<'_>) -> bool {
    Format::of(&file.path).is_ok_and(|format| format.scrub(&file.bytes, &file.path, worker).is_ok())
}
