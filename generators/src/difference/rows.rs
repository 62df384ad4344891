//! What all renderers show: sections of rows, in the order in which a reviewer cares about them.

use std::fmt::Write as _;

use probity_oscal::difference::{
    About, Change, Detail, DetailChange, Difference, Item, Kin, Line, Named, Outcome, Piece, Relation,
};

use super::data::{Comparison, DocumentChange, FileChange, Paths, Presence};

/// The sections of a comparison.
pub(super) struct Section<'c> {
    /// What it is about: `catalogs/nist.json`.
    pub(super) title: String,
    /// What kind of thing that is, and what happened in a sentence.
    pub(super) facts: Vec<String>,
    /// Rows under headings.
    pub(super) groups: Vec<Group<'c>>,
}

/// Rows under a heading.
pub(super) struct Group<'c> {
    /// `withdrawn controls`.
    pub(super) title: String,
    /// How many there are.
    pub(super) count: usize,
    /// The rows.
    pub(super) rows: Vec<Row<'c>>,
}

/// What a row says happened.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Sign {
    /// Something is gone, or worse.
    Gone,
    /// Something is new, or better.
    New,
    /// Something is another.
    Other,
}

impl Sign {
    /// The sign in text.
    pub(super) const fn letter(self) -> char {
        match self {
            Self::Gone => '-',
            Self::New => '+',
            Self::Other => '~',
        }
    }

    /// The word of the sign in HTML.
    pub(super) const fn class(self) -> &'static str {
        match self {
            Self::Gone => "gone",
            Self::New => "new",
            Self::Other => "other",
        }
    }
}

/// One thing that differs.
pub(super) struct Row<'c> {
    /// What happened.
    pub(super) sign: Sign,
    /// What it is called.
    pub(super) name: String,
    /// Its title.
    pub(super) title: String,
    /// What else there is to say, in a few words each.
    pub(super) notes: Vec<String>,
    /// What differs in it.
    pub(super) details: Vec<Shown<'c>>,
}

/// A detail of a row.
pub(super) struct Shown<'c> {
    /// What it is called; may be empty.
    pub(super) name: String,
    /// What happened to it.
    pub(super) body: Body<'c>,
}

/// What happened to a detail.
pub(super) enum Body<'c> {
    /// Words.
    Words(&'c [Piece]),
    /// Another value.
    Pair(&'c str, &'c str),
    /// Texts that are gone.
    Gone(Vec<&'c str>),
    /// Texts that are new.
    New(Vec<&'c str>),
    /// A sentence of ours.
    Note(String),
    /// Lines of a text.
    Lines(&'c [Line]),
}

/// How a format writes what formats write in ways of their own.
pub(super) struct Writer {
    /// A text, escaped.
    pub(super) text: fn(&str) -> String,
    /// Words, some of them gone or new.
    pub(super) words: fn(&[Piece], &mut String),
    /// Lines of a text.
    pub(super) lines: fn(&[Line], &mut String),
}

impl Body<'_> {
    /// Writes the body with the marks of HTML, which Markdown takes as well.
    pub(super) fn marked(&self, writer: &Writer, out: &mut String) {
        let marked = |mark: &str, text: &str| format!("<{mark}>{}</{mark}>", (writer.text)(text));
        let list = |mark: &str, texts: &[&str]| -> String {
            texts.iter().map(|text| marked(mark, text)).collect::<Vec<_>>().join(", ")
        };
        match self {
            Self::Words(words) => (writer.words)(words, out),
            Self::Pair(before, after) => {
                let _ = write!(out, "{} → {}", marked("del", before), marked("ins", after));
            }
            Self::Gone(texts) => out.push_str(&list("del", texts)),
            Self::New(texts) => out.push_str(&list("ins", texts)),
            Self::Note(note) => out.push_str(&(writer.text)(note)),
            Self::Lines(lines) => (writer.lines)(lines, out),
        }
    }
}

/// The sections of `comparison`: consequences first, then the documents, then what surrounds them.
pub(super) fn sections(comparison: &Comparison) -> Vec<Section<'_>> {
    let mut sections: Vec<Section<'_>> =
        comparison.results.iter().filter_map(super::outcomes::results).collect();
    let documents =
        comparison.documents.iter().filter(|change| change.difference.outcome != Outcome::Metadata);
    sections.extend(documents.map(|change| document(change, comparison.has_moves)));
    sections.extend(super::outcomes::metrics(&comparison.metrics));
    sections.extend(comparison.coverage.iter().map(super::outcomes::coverage));
    sections.extend(only_metadata(&comparison.documents));
    sections.extend(files(&comparison.files));
    sections
}

/// `1 control`, `2 controls`.
pub(super) fn counted(count: usize, what: &str) -> String {
    if count == 1 { format!("1 {what}") } else { format!("{count} {}", plural(what)) }
}

fn plural(what: &str) -> String {
    match what.strip_suffix('y') {
        _ if matches!(what, "metadata" | "provenance" | "system-characteristics") => what.to_owned(),
        Some(stem) if !stem.ends_with(['a', 'e', 'o', 'u']) => format!("{stem}ies"),
        _ => format!("{what}s"),
    }
}

/// What an item of a kind is called.
pub(super) fn word(kind: &str) -> &str {
    match kind {
        "defined-component" | "system-component" => "component",
        "implemented-requirement" => "requirement",
        "control-implementation" => "implementation",
        "set-parameter" => "parameter setting",
        "alter" => "alteration",
        "import-component-definition" => "import",
        "poam-item" => "plan item",
        "system-user" => "user",
        "resource" => "back-matter resource",
        "mapping-provenance" => "provenance",
        other => other,
    }
}

fn document(change: &DocumentChange, has_moves: bool) -> Section<'_> {
    let difference = &change.difference;
    let mut facts = vec![named(difference)];
    facts.extend(moved(&change.paths).filter(|_| has_moves));
    facts.extend(match difference.outcome {
        Outcome::Added => Some("the document is new".to_owned()),
        Outcome::Removed => Some("the document is gone".to_owned()),
        _ => None,
    });
    facts.push(tally(difference));
    Section { title: change.paths.shown().to_owned(), facts, groups: groups(difference) }
}

fn moved(paths: &Paths) -> Option<String> {
    paths.moved_from().map(|from| format!("was {from}"))
}

/// `catalog “NIST SP 800-53”, 5.1.1 → 5.2.0`.
fn named(difference: &Difference) -> String {
    let side = difference.after.as_ref().or(difference.before.as_ref());
    let title = side.and_then(|side| side.title.as_deref()).unwrap_or_default();
    let version =
        |side: &Option<probity_oscal::difference::Side>| side.as_ref().and_then(|side| side.version.clone());
    let versions = match (version(&difference.before), version(&difference.after)) {
        (Some(before), Some(after)) if before != after => format!(", {before} → {after}"),
        (_, Some(only)) | (Some(only), None) => format!(", {only}"),
        (None, None) => String::new(),
    };
    format!("{} “{title}”{versions}", difference.model.replace('-', " "))
}

/// `controls: 87 withdrawn, 274 added; 2 groups added`.
fn tally(difference: &Difference) -> String {
    let kinds = difference.totals.iter().filter(|(kind, _)| **kind != "metadata").map(|(kind, changes)| {
        let parts: Vec<String> =
            changes.iter().map(|(change, count)| format!("{count} {}", change.word())).collect();
        format!("{}: {}", plural(word(kind)), parts.join(", "))
    });
    kinds.collect::<Vec<_>>().join("; ")
}

/// The items of a document under headings: one for each kind and change.
fn groups(difference: &Difference) -> Vec<Group<'_>> {
    let mut groups: Vec<Group<'_>> = Vec::new();
    let mut last = None;
    for item in &difference.items {
        let change = item.changes.first().copied().unwrap_or(Change::Changed);
        if last != Some((item.kind, change)) {
            groups.push(Group { title: heading(item.kind, change), count: 0, rows: Vec::new() });
            last = Some((item.kind, change));
        }
        if let Some(group) = groups.last_mut() {
            group.count += 1;
            group.rows.push(row(item));
        }
    }
    groups
}

fn heading(kind: &str, change: Change) -> String {
    if matches!(kind, "document" | "metadata" | "merge") {
        return format!("{} {}", word(kind), change.word());
    }
    format!("{} {}", plural(word(kind)), change.word())
}

fn row(item: &Item) -> Row<'_> {
    let sign = match item.changes.first() {
        Some(Change::Removed | Change::Withdrawn) => Sign::Gone,
        Some(Change::Added | Change::Restored) => Sign::New,
        _ => Sign::Other,
    };
    let title = item.title.clone().filter(|title| title != item.name()).unwrap_or_default();
    let others = item.changes.iter().skip(1).map(|change| change.word());
    let mut notes: Vec<String> = others.filter(|word| *word != "changed").map(str::to_owned).collect();
    notes.extend(item.successors.iter().map(successor));
    notes.extend(item.predecessors.iter().map(predecessor));
    if item.kind != "control" && !item.within.is_empty() {
        let within: Vec<&str> = item.within.iter().map(Named::name).collect();
        notes.push(format!("in {}", within.join(" › ")));
    }
    // of what is withdrawn, the parts that go with it and the link that says where to are no news
    let told = |detail: &&Detail| {
        !item.is(Change::Withdrawn) || matches!(detail.about, About::Title | About::Statement)
    };
    let details = details(item.details.iter().filter(told));
    Row { sign, name: item.name().to_owned(), title, notes, details }
}

fn successor(kin: &Kin) -> String {
    let place = kin.part.as_ref().map_or_else(|| kin.id.clone(), |part| format!("{} ({part})", kin.id));
    match kin.relation {
        Relation::MovedTo => format!("moved to {place}"),
        Relation::IncorporatedInto => format!("incorporated into {place}"),
        Relation::MappedTo => format!("mapped to {place}"),
        Relation::SameText => format!("the same text is {place}"),
    }
}

fn predecessor(kin: &Kin) -> String {
    let id = &kin.id;
    match kin.relation {
        Relation::MovedTo => format!("was {id}"),
        Relation::IncorporatedInto => format!("takes in {id}"),
        Relation::MappedTo => format!("mapped from {id}"),
        Relation::SameText => format!("the same text was {id}"),
    }
}

/// The details of an item; several values that came to or left the same list are one.
pub(super) fn details<'d>(details: impl IntoIterator<Item = &'d Detail>) -> Vec<Shown<'d>> {
    let mut shown: Vec<Shown<'_>> = Vec::new();
    for detail in details {
        let body = body(detail);
        match (shown.last_mut(), &body) {
            (Some(Shown { name, body: Body::Gone(texts) }), Body::Gone(more))
            | (Some(Shown { name, body: Body::New(texts) }), Body::New(more))
                if *name == detail.name && is_short(texts) && is_short(more) =>
            {
                texts.extend_from_slice(more);
            }
            _ => shown.push(Shown { name: detail.name.clone(), body }),
        }
    }
    shown
}

fn is_short(texts: &[&str]) -> bool {
    texts.iter().all(|text| text.len() < 60 && !text.contains('\n'))
}

fn body(detail: &Detail) -> Body<'_> {
    let before = detail.before.as_deref().unwrap_or_default();
    let after = detail.after.as_deref().unwrap_or_default();
    match detail.change {
        DetailChange::Removed => Body::Gone(vec![before]),
        DetailChange::Added => Body::New(vec![after]),
        DetailChange::Changed if !detail.words.is_empty() => Body::Words(&detail.words),
        DetailChange::Changed if detail.before.is_none() => Body::Note("in another order".to_owned()),
        DetailChange::Changed => Body::Pair(before, after),
    }
}

/// Documents of which nothing but metadata differs: a line each.
fn only_metadata(documents: &[DocumentChange]) -> Option<Section<'_>> {
    let unimportant = documents.iter().filter(|document| document.difference.outcome == Outcome::Metadata);
    let rows: Vec<Row<'_>> = unimportant
        .map(|document| Row {
            sign: Sign::Other,
            name: document.paths.shown().to_owned(),
            title: named(&document.difference),
            notes: moved(&document.paths).into_iter().collect(),
            details: document.difference.items.iter().flat_map(|item| details(&item.details)).collect(),
        })
        .collect();
    let group = Group { title: "only metadata changed".to_owned(), count: rows.len(), rows };
    (group.count > 0).then(|| Section {
        title: "Only metadata changed".to_owned(),
        facts: Vec::new(),
        groups: vec![group],
    })
}

fn files(files: &[FileChange]) -> Option<Section<'_>> {
    let rows: Vec<Row<'_>> = files.iter().map(file).collect();
    let group = Group { title: "files".to_owned(), count: rows.len(), rows };
    (group.count > 0).then(|| Section {
        title: "Other files".to_owned(),
        facts: Vec::new(),
        groups: vec![group],
    })
}

fn file(file: &FileChange) -> Row<'_> {
    let mut notes: Vec<String> = moved(&file.paths).into_iter().collect();
    notes.extend(file.problem.clone());
    let lines = Shown { name: String::new(), body: Body::Lines(&file.lines) };
    Row {
        sign: sign(file.presence),
        name: file.paths.shown().to_owned(),
        title: String::new(),
        notes,
        details: if file.lines.is_empty() { Vec::new() } else { vec![lines] },
    }
}

/// The sign of what is on one side only.
pub(super) fn sign(presence: Presence) -> Sign {
    match presence {
        Presence::Removed => Sign::Gone,
        Presence::Added => Sign::New,
        Presence::Changed => Sign::Other,
    }
}
