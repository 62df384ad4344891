//! What the pages of a review show, and how much of it.

use probity_diagnostics::render::counted;
use probity_oscal::difference::{Detail, DetailChange, Item, Piece};
use serde::Serialize;

use super::{
    Assessment, Change, CheckChange, Coverage, Fate, FindingFlip, Kind, Lint, Reason, ResourceFlip, Review,
    Rule, Status,
};
use crate::view::ControlState;

/// How much a page shows.
#[derive(Debug, Clone, Copy)]
pub(super) struct Extent {
    /// Findings, over all assessments.
    pub(super) rows: usize,
    /// Resources per check.
    pub(super) resources: usize,
    /// Checks, and controls, per assessment.
    pub(super) blocks: usize,
    /// Letters of a text that changed.
    pub(super) letters: usize,
}

impl Extent {
    /// Everything.
    pub(super) const WHOLE: Self =
        Self { rows: usize::MAX, resources: 5000, blocks: usize::MAX, letters: 4000 };
}

#[derive(Serialize)]
pub(super) struct Page<'a> {
    review: &'a Review,
    as_of: &'a str,
    /// What the gate says, in one line.
    headline: String,
    reasons: Vec<String>,
    /// What happened, in one sentence.
    summary: String,
    quiet: bool,
    blocks: Vec<Block<'a>>,
    lint: Vec<&'a Lint>,
    more_lint: usize,
}

#[derive(Serialize)]
struct Block<'a> {
    assessment: &'a Assessment,
    status: &'static str,
    rows: Vec<Row<'a>>,
    more_rows: usize,
    checks: Vec<CheckBlock<'a>>,
    more_checks: usize,
    controls: Vec<ControlBlock<'a>>,
    more_controls: usize,
    coverage: Vec<CoverageRow>,
    states: Vec<StateRow>,
}

#[derive(Serialize)]
struct Row<'a> {
    flip: &'a FindingFlip,
    kind: &'static str,
    sign: &'static str,
    tone: &'static str,
    before: &'static str,
    after: &'static str,
    before_tone: &'static str,
    after_tone: &'static str,
    resources: String,
}

#[derive(Serialize)]
struct CheckBlock<'a> {
    check: &'a CheckChange,
    fate: &'static str,
    /// What came of it, in words.
    outcome: String,
    worst: Option<&'static str>,
    changes: Vec<ChangeRow>,
    resources: Vec<ResourceRow<'a>>,
    more: usize,
    controls: Vec<&'a str>,
}

#[derive(Serialize)]
struct ControlBlock<'a> {
    control: &'a Item,
    fate: String,
    changes: Vec<ChangeRow>,
}

/// A change in words of its own.
#[derive(Serialize)]
struct ChangeRow {
    what: String,
    before: Option<String>,
    after: Option<String>,
}

#[derive(Serialize)]
struct ResourceRow<'a> {
    resource: &'a ResourceFlip,
    kind: &'static str,
    tone: &'static str,
    before: &'static str,
    after: &'static str,
}

#[derive(Serialize)]
struct CoverageRow {
    what: &'static str,
    before: Option<usize>,
    after: Option<usize>,
    change: i64,
}

#[derive(Serialize)]
struct StateRow {
    name: &'static str,
    tone: &'static str,
    before: usize,
    after: usize,
}

/// The page of a review, as much of it as `extent` says.
pub(super) fn page(review: &Review, extent: Extent) -> Page<'_> {
    let mut left = extent.rows;
    let blocks = review
        .assessments
        .iter()
        .map(|assessment| {
            let block = block(assessment, extent, left);
            left -= block.rows.len().min(left);
            block
        })
        .collect();
    Page {
        review,
        as_of: &review.as_of,
        headline: headline(review),
        reasons: review.gate.reasons.iter().map(reason).collect(),
        summary: summary(review),
        quiet: review.is_quiet(),
        blocks,
        lint: review.lint.iter().take(extent.blocks).collect(),
        more_lint: review.lint.len().saturating_sub(extent.blocks),
    }
}

fn headline(review: &Review) -> String {
    if review.gate.open {
        return if review.is_quiet() { "No consequence" } else { "The gate is open" }.to_owned();
    }
    "The gate is closed".to_owned()
}

fn reason(reason: &Reason) -> String {
    let Reason { rule, assessment, controls } = reason;
    let named = match controls.as_slice() {
        some if some.len() <= 5 => some.join(", "),
        [first, second, third, ..] => format!("{first}, {second}, {third} and {} more", controls.len() - 3),
        _ => String::new(),
    };
    match rule {
        None => format!("{assessment} can no longer be made"),
        Some(Rule::LostCoverage) if controls.is_empty() => format!("{assessment} is removed"),
        Some(Rule::Regression) => format!("regression in {assessment}: {named}"),
        Some(Rule::NewUnknown) => format!("newly unknown in {assessment}: {named}"),
        Some(Rule::LostCoverage) => format!("no longer judged in {assessment}: {named}"),
    }
}

/// How many findings flip, over all assessments.
fn summary(review: &Review) -> String {
    let flips = || review.assessments.iter().flat_map(|one| &one.findings);
    let (turned, stayed): (Vec<_>, Vec<_>) = flips().partition(|flip| flip.before != flip.after);
    let controls = |count: usize| counted(count, "control");
    let mut words: Vec<String> = super::tally(turned.iter().map(|flip| flip.kind))
        .into_iter()
        .map(|(kind, count)| format!("{} {}", controls(count), kind.name()))
        .collect();
    if !stayed.is_empty() {
        words.push(format!("{} with other resources than before", controls(stayed.len())));
    }
    if words.is_empty() {
        return "No finding flips.".to_owned();
    }
    format!("{}.", words.join(", "))
}

fn block(assessment: &Assessment, extent: Extent, rows: usize) -> Block<'_> {
    Block {
        assessment,
        status: status(assessment.status),
        rows: assessment.findings.iter().take(rows).map(row).collect(),
        more_rows: assessment.findings.len().saturating_sub(rows),
        checks: checks(assessment)
            .into_iter()
            .take(extent.blocks)
            .map(|check| check_block(check, extent))
            .collect(),
        more_checks: assessment.checks.len().saturating_sub(extent.blocks),
        controls: assessment
            .controls
            .iter()
            .take(extent.blocks)
            .map(|control| ControlBlock {
                control,
                fate: control.changes.iter().map(|change| change.word()).collect::<Vec<_>>().join(", "),
                changes: control.details.iter().map(|detail| detail_row(detail, extent.letters)).collect(),
            })
            .collect(),
        more_controls: assessment.controls.len().saturating_sub(extent.blocks),
        coverage: coverage(assessment),
        states: assessment
            .states
            .iter()
            .map(|count| StateRow {
                name: count.state.name(),
                tone: count.state.word(),
                before: count.before,
                after: count.after,
            })
            .collect(),
    }
}

/// The checks, those by which something comes out worse first.
fn checks(assessment: &Assessment) -> Vec<&CheckChange> {
    let mut all: Vec<&CheckChange> = assessment.checks.iter().collect();
    all.sort_by_key(|check| {
        let worst = check.resources.iter().map(|resource| resource.kind).min();
        (worst.is_none(), worst, std::cmp::Reverse(check.resources.len()))
    });
    all
}

fn row(flip: &FindingFlip) -> Row<'_> {
    let name = |state: Option<ControlState>| state.map_or("Not judged", ControlState::name);
    let tone = |state: Option<ControlState>| state.map_or("no-subject", ControlState::word);
    let same = flip.before == flip.after;
    Row {
        flip,
        kind: if same { "as before" } else { flip.kind.name() },
        sign: sign(flip.kind),
        tone: self::tone(flip.kind),
        before: name(flip.before),
        after: name(flip.after),
        before_tone: tone(flip.before),
        after_tone: tone(flip.after),
        resources: tallied(&flip.resources, "resource"),
    }
}

/// How many of a thing there are of each kind, in words.
fn tallied(counts: &[(Kind, usize)], thing: &str) -> String {
    let words = counts.iter().map(|(kind, count)| format!("{} {}", counted(*count, thing), kind.name()));
    words.collect::<Vec<_>>().join(", ")
}

fn check_block(check: &CheckChange, extent: Extent) -> CheckBlock<'_> {
    let flips = tallied(&check.tally(), "resource");
    let passes = match check.new_passes {
        0 => String::new(),
        1 => "1 passes".to_owned(),
        n => format!("{n} pass"),
    };
    let outcome: Vec<String> = [flips, passes].into_iter().filter(|text| !text.is_empty()).collect();
    let mut resources: Vec<&ResourceFlip> = check.resources.iter().collect();
    resources.sort_by_key(|resource| resource.kind);
    let controls = if check.controls.is_empty() { &check.former_controls } else { &check.controls };
    CheckBlock {
        check,
        fate: fate(check.fate),
        outcome: if outcome.is_empty() { "no resource flips".to_owned() } else { outcome.join(", ") },
        worst: resources.first().map(|resource| tone(resource.kind)),
        changes: changes(&check.changes, extent.letters),
        more: resources.len().saturating_sub(extent.resources),
        resources: resources.into_iter().take(extent.resources).map(resource_row).collect(),
        controls: controls.iter().map(String::as_str).collect(),
    }
}

fn resource_row(resource: &ResourceFlip) -> ResourceRow<'_> {
    let name =
        |verdict: Option<crate::view::Verdict>| verdict.map_or("not judged", crate::view::Verdict::name);
    ResourceRow {
        resource,
        kind: resource.kind.name(),
        tone: tone(resource.kind),
        before: name(resource.before),
        after: name(resource.after),
    }
}

fn changes(changes: &[Change], letters: usize) -> Vec<ChangeRow> {
    let row = |change: &Change| ChangeRow {
        what: change.what.clone(),
        before: change.before.as_deref().map(|text| cut(text, letters)),
        after: change.after.as_deref().map(|text| cut(text, letters)),
    };
    changes.iter().map(row).collect()
}

/// A difference in a control. Of prose that changed, the words around are shown.
fn detail_row(detail: &Detail, letters: usize) -> ChangeRow {
    let side = |text: &Option<String>, is_there: bool, other: fn(&Piece) -> bool| match text {
        Some(text) => Some(cut(text, letters)),
        None if detail.words.is_empty() || !is_there => None,
        None => Some(cut(&around(detail.words.iter().filter(|piece| !other(piece))), letters)),
    };
    ChangeRow {
        what: detail.name.clone(),
        before: side(&detail.before, detail.change != DetailChange::Added, |p| matches!(p, Piece::Added(_))),
        after: side(&detail.after, detail.change != DetailChange::Removed, |p| {
            matches!(p, Piece::Removed(_))
        }),
    }
}

/// What changed, with a few words on both sides.
fn around<'a>(pieces: impl Iterator<Item = &'a Piece>) -> String {
    const NEAR: usize = 5;
    let pieces: Vec<&Piece> = pieces.collect();
    let last = pieces.len().saturating_sub(1);
    let mut out = String::new();
    for (at, piece) in pieces.into_iter().enumerate() {
        let Piece::Equal(text) = piece else {
            out.push_str(piece.text());
            continue;
        };
        let words: Vec<&str> = text.split_inclusive(char::is_whitespace).collect();
        let (head, tail) = (if at == 0 { 0 } else { NEAR }, if at == last { 0 } else { NEAR });
        if words.len() <= head + tail + 1 {
            out.push_str(text);
            continue;
        }
        out.extend(words.iter().take(head).copied());
        out.push('…');
        let rest = words.len() - tail;
        out.push_str(if tail > 0 { " " } else { "" });
        out.extend(words.iter().skip(rest).copied());
    }
    out
}

/// A text of at most so many letters.
fn cut(text: &str, letters: usize) -> String {
    match text.char_indices().nth(letters) {
        Some((end, _)) => format!("{}…", text.get(..end).unwrap_or_default()),
        None => text.to_owned(),
    }
}

/// A number of coverage, with its name.
type Fact = (&'static str, fn(&Coverage) -> usize);

fn coverage(assessment: &Assessment) -> Vec<CoverageRow> {
    let facts: [Fact; 5] = [
        ("Controls", |one| one.controls),
        ("Judged", |one| one.evaluated),
        ("With a check", |one| one.automated),
        ("Checks", |one| one.checks),
        ("Satisfied", |one| one.satisfied),
    ];
    let sides = &assessment.coverage;
    facts
        .into_iter()
        .map(|(what, of)| {
            let (before, after) = (sides.before.as_ref().map(of), sides.after.as_ref().map(of));
            let number = |side: Option<usize>| i64::try_from(side.unwrap_or_default()).unwrap_or(i64::MAX);
            CoverageRow { what, before, after, change: number(after) - number(before) }
        })
        .collect()
}

fn sign(kind: Kind) -> &'static str {
    match kind {
        Kind::Regression | Kind::NewFail => "✗",
        Kind::LostCoverage => "○",
        Kind::NewUnknown => "?",
        Kind::NewlyWaived => "~",
        Kind::Fixed | Kind::NewCoverage => "✓",
    }
}

/// The word whose colour a kind of flip has.
fn tone(kind: Kind) -> &'static str {
    match kind {
        Kind::Regression | Kind::NewFail => "fail",
        Kind::LostCoverage => "no-subject",
        Kind::NewUnknown => "unknown",
        Kind::NewlyWaived => "waived",
        Kind::Fixed | Kind::NewCoverage => "satisfied",
    }
}

fn fate(fate: Fate) -> &'static str {
    match fate {
        Fate::Added => "new",
        Fate::Changed => "changed",
        Fate::Dropped => "dropped",
        Fate::Same => "as before",
    }
}

fn status(status: Status) -> &'static str {
    match status {
        Status::Kept => "",
        Status::Added => "This assessment is new.",
        Status::Removed => "This assessment is removed: nothing of it is judged any more.",
        Status::Broken => "This assessment can no longer be made.",
        Status::Mended => "This assessment could not be made before.",
        Status::StillBroken => "This assessment can be made on neither side.",
    }
}
