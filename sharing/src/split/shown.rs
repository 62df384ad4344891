//! What an entry shows of whose it is.
//!
//! Two questions are asked, and the second is wider than the first. What *claims* an entry for a member: the domain of an e-mail
//! address, the host of a link, a field that is a name or an address, the number of a card, where it does not stand in a field for a
//! password. What *tells* of a member: anything of its own, in any field, however it is written. An entry goes to the one member
//! that claims it, and only where it tells of no other one.

use std::borrow::Cow;
use std::net::IpAddr;

use unicode_normalization::char::is_combining_mark;

use super::addresses::{alone, anywhere};
use super::cards::cards;
use super::owners::{Holders, Owners};
use crate::scrub::{is_unseen, readings};

/// A field of an entry.
#[derive(Debug, Clone)]
pub(super) struct Cell<'a> {
    pub(super) text: Cow<'a, str>,
    pub(super) is: Is,
}

impl<'a> Cell<'a> {
    pub(super) fn new(text: &'a str, is: Is) -> Self {
        Self { text: Cow::Borrowed(text), is }
    }
}

/// What a field is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Is {
    /// One value of a row or an object.
    Value,
    /// A line of its own, in which values stand beside each other.
    Line,
    /// A password or the like: it claims nothing.
    Secret,
    /// The name of a field: it claims nothing.
    Name,
}

/// Whose an entry is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Whose {
    /// One member's.
    One(usize),
    /// Several have a claim, or it tells of somebody else.
    Several,
    /// Nobody's.
    Nobody,
}

impl Owners {
    /// Whose an entry with these fields is.
    pub(super) fn whose(&self, cells: &[Cell<'_>]) -> Whose {
        let mut claims = Holders::new();
        cells.iter().for_each(|cell| self.claims(cell, &mut claims));
        let mut claims = claims.into_iter();
        match (claims.next(), claims.next()) {
            (None, _) => Whose::Nobody,
            (Some(one), None) if self.tells_of(cells).iter().all(|told| *told == one) => Whose::One(one),
            _ => Whose::Several,
        }
    }

    /// Whom fields tell of.
    pub(super) fn tells_of(&self, cells: &[Cell<'_>]) -> Holders {
        let mut told = Holders::new();
        for cell in cells {
            for reading in readings(&cell.text) {
                self.names(&reading, &mut told);
                self.addresses(&anywhere(&reading), &mut told);
                self.cards(&reading, &mut told);
            }
        }
        told
    }

    fn claims(&self, cell: &Cell<'_>, claims: &mut Holders) {
        if matches!(cell.is, Is::Secret | Is::Name) {
            return;
        }
        let first = match cell.is {
            Is::Line => cell.text.split([' ', '\t', ',', ';', '|', ':']).next().unwrap_or_default(),
            _ => cell.text.trim(),
        };
        let hosts = hosts(&cell.text).chain(lone(first));
        hosts.filter_map(|name| self.of_name(name)).for_each(|holders| claims.extend(holders));
        self.addresses(&alone(&cell.text), claims);
        self.cards(&cell.text, claims);
    }

    /// Everything that is written as a name, anywhere.
    fn names(&self, text: &str, told: &mut Holders) {
        for in_name in [in_name, |c: char| in_name(c) && c != '_'] {
            let names = text.split(|c: char| !in_name(c)).filter(|name| name.contains(is_dot));
            names.filter_map(|name| self.of_name(name)).for_each(|holders| told.extend(holders));
        }
    }

    fn addresses(&self, addresses: &[IpAddr], told: &mut Holders) {
        let owned = addresses.iter().filter_map(|address| self.of_address(*address));
        owned.for_each(|holders| told.extend(holders));
    }

    fn cards(&self, text: &str, told: &mut Holders) {
        let cards = cards(text);
        cards.iter().filter_map(|digits| self.of_card(digits)).for_each(|holders| told.extend(holders));
    }
}

/// The names behind `@` of e-mail addresses, and the hosts of links.
fn hosts(text: &str) -> impl Iterator<Item = &str> {
    let mails = text.match_indices(['@', '\u{ff20}']).filter_map(|(at, sign)| {
        let before = text.get(..at)?.chars().next_back()?;
        let has_user = !before.is_whitespace() && !"/:;,|<>(".contains(before);
        has_user.then(|| name_at(text, at + sign.len())).flatten()
    });
    let links = text.match_indices("://").filter_map(|(at, sign)| {
        let start = at + sign.len();
        let rest = text.get(start..)?;
        let ends = |c: char| c.is_whitespace() || "/?#\"'<>\\".contains(c);
        let authority = rest.get(..rest.find(ends).unwrap_or(rest.len()))?;
        name_at(text, start + authority.rfind('@').map_or(0, |at| at + 1))
    });
    mails.chain(links)
}

/// The name that begins at a byte of a text.
fn name_at(text: &str, at: usize) -> Option<&str> {
    let rest = text.get(at..)?;
    rest.get(..rest.find(|c| !in_name(c)).unwrap_or(rest.len())).filter(|name| !name.is_empty())
}

/// The name that a field is, perhaps with a port or a path behind it, or a sign for all names below it.
fn lone(field: &str) -> Option<&str> {
    let name = field.strip_prefix("*.").unwrap_or(field);
    let end = name.find(|c| !in_name(c)).unwrap_or(name.len());
    let rest = name.get(end..)?;
    let is_whole = rest.is_empty() || rest.starts_with(['/', ':', '?', '#']);
    name.get(..end).filter(|name| is_whole && name.contains(is_dot))
}

/// Characters of names of machines, in all alphabets.
fn in_name(c: char) -> bool {
    c.is_alphanumeric() || c == '-' || c == '_' || is_dot(c) || is_combining_mark(c) || is_unseen(c)
}

/// The dots that part labels (UTS 46).
fn is_dot(c: char) -> bool {
    matches!(c, '.' | '\u{3002}' | '\u{ff0e}' | '\u{ff61}')
}
