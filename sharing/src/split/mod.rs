//! Lists of stolen credentials and cards, split so that each entry reaches only the member whose it is.
//!
//! Whose an entry is, the register says: by domains, networks and first digits of cards ([`Owners`]). An entry goes to a member where
//! that one alone has a claim to it and it tells of no other one (`shown`). What several could call theirs goes to nobody: each of
//! them would learn what was stolen from another one, and which of them it was meant for nobody knows. What is nobody's is dropped.
//! Nothing but counts is told of any of it.

mod addresses;
mod cards;
pub mod codes;
mod list;
mod manifest;
mod owners;
mod shown;

use std::collections::BTreeMap;

use jiff::civil::Date;
use probity_diagnostics::{Diagnostic, Diagnostics};

pub use list::List;
pub use manifest::{Counted, Held, Listed, Manifest};
pub use owners::Owners;

use crate::circle::Circle;
use crate::tlp::Label;
use list::Entry;
use shown::Whose;

/// What one member receives. It holds what was stolen: it is encrypted before it is written anywhere.
pub struct Parcel {
    /// The member.
    pub member: String,
    /// Public keys of the member's persons.
    pub keys: Vec<String>,
    /// Names of files, below a folder of the member's, and what they hold.
    pub files: Vec<(String, Vec<u8>)>,
}

/// Lists, split.
pub struct Split {
    /// What goes to whom.
    pub parcels: Vec<Parcel>,
    /// What became of all entries, in numbers.
    pub manifest: Manifest,
}

/// Splits lists between the members that may receive something on a day and have a key to encrypt to.
///
/// # Errors
/// The register says of something that it is a member's and it cannot be, headings tell of a member, or a list cannot be written so
/// that it reads the same.
pub fn split(circle: &Circle, lists: &[List], label: Label, day: Date) -> Result<Split, Diagnostics> {
    let owners = Owners::new(&circle.register)?;
    let telling = lists.iter().filter(|list| list.heading_tells(&owners));
    let telling: Vec<Diagnostic> = telling
        .map(|list| list.refused("has headings that tell of a member, and all would see them"))
        .collect();
    if !telling.is_empty() {
        return Err(telling.into_iter().collect());
    }
    let mut manifest = Manifest::new(&circle.policy.member, label, lists);
    let mut parcels = Vec::new();
    for (index, shares) in sorted(lists, &owners, &mut manifest) {
        let Some(member) = circle.register.members.get(index) else { continue };
        let mut counted = Counted::new(&member.name, shares.values().map(Vec::len).sum());
        let keys = keys(circle, &member.name);
        if circle.admits(&member.name, day).is_err() {
            counted.held_back = Some(Held::NotAdmitted);
        } else if keys.is_empty() {
            counted.held_back = Some(Held::NoKey);
        } else {
            let mut files = Vec::new();
            for (number, entries) in &shares {
                let Some(list) = lists.get(*number) else { continue };
                let bytes = list.with(entries).map_err(|why| list.refused(&why))?;
                second_look(list, &bytes, entries.len(), &owners, index)?;
                let name = format!("list-{}.{}.{}", number + 1, label.in_file_name(), list.extension());
                files.push((name, bytes));
            }
            counted.keys = keys.len();
            parcels.push(Parcel { member: member.name.clone(), keys, files });
        }
        manifest.members.push(counted);
    }
    Ok(Split { parcels, manifest })
}

/// The entries of a member, by the number of their list.
type Shares<'l> = BTreeMap<usize, Vec<&'l Entry>>;

/// All entries by the member whose they are; what is nobody's is counted.
fn sorted<'l>(lists: &'l [List], owners: &Owners, manifest: &mut Manifest) -> BTreeMap<usize, Shares<'l>> {
    let mut sorted: BTreeMap<usize, Shares<'l>> = BTreeMap::new();
    for (number, list) in lists.iter().enumerate() {
        for entry in &list.entries {
            match owners.whose(&list.cells(entry)) {
                Whose::One(member) => {
                    sorted.entry(member).or_default().entry(number).or_default().push(entry);
                }
                Whose::Several => manifest.ambiguous += 1,
                Whose::Nobody => manifest.unmatched += 1,
            }
        }
    }
    sorted
}

/// Public keys of all persons of a member.
fn keys(circle: &Circle, member: &str) -> Vec<String> {
    let persons = circle.register.persons.iter().filter(|one| one.members.iter().any(|name| name == member));
    let mut keys: Vec<String> = persons.flat_map(|person| person.keys.iter().cloned()).collect();
    keys.sort();
    keys.dedup();
    keys
}

/// That a file which is meant for a member reads as what it should be: as many entries, and all of them that member's.
fn second_look(
    list: &List,
    bytes: &[u8],
    entries: usize,
    owners: &Owners,
    member: usize,
) -> Result<(), Diagnostics> {
    let read = list.read_again(bytes)?;
    let is_theirs = |entry: &Entry| owners.whose(&read.cells(entry)) == Whose::One(member);
    if read.entries.len() == entries && read.unreadable == 0 && read.entries.iter().all(is_theirs) {
        return Ok(());
    }
    Err(list.refused("cannot be taken apart so that each part reads as it did").into())
}
