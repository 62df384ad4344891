//! Prose compared word by word.

use std::collections::HashMap;
use std::ops::Range;

use super::data::Piece;
use super::lcs;

/// A word or a sign, with the blank space before it.
#[derive(Clone, Copy)]
struct Token<'t> {
    gap: Gap,
    text: &'t str,
    /// Where its blank space begins, and where it ends.
    from: usize,
    to: usize,
}

/// What stands before a token. How much of it there is means nothing.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
enum Gap {
    None,
    Space,
    /// A new paragraph, item or row.
    Break,
}

/// The longest `{{ insert: param, x }}` that counts as one word.
const INSERT: usize = 200;

/// How two texts differ; none where they mean the same, that is, differ in the amount of blank space at the most.
pub(super) fn compare(before: &str, after: &str) -> Option<Vec<Piece>> {
    if before == after {
        return None;
    }
    let (before_tokens, after_tokens) = (tokens(before), tokens(after));
    let mut numbers = HashMap::with_capacity(before_tokens.len());
    let before_numbers = numbered(&before_tokens, &mut numbers);
    let after_numbers = numbered(&after_tokens, &mut numbers);
    if before_numbers == after_numbers {
        return None;
    }
    let pairs = lcs::common(&before_numbers, &after_numbers);
    let runs = joined(runs(&pairs, before_tokens.len(), after_tokens.len()), &before_tokens, &after_tokens);
    Some(pieces(&runs, (before, &before_tokens), (after, &after_tokens)))
}

/// A number for each token, the same for the same.
fn numbered<'t>(tokens: &[Token<'t>], numbers: &mut HashMap<(Gap, &'t str), u32>) -> Vec<u32> {
    let number = |token: &Token<'t>| {
        let next = u32::try_from(numbers.len()).unwrap_or(u32::MAX);
        *numbers.entry((token.gap, token.text)).or_insert(next)
    };
    tokens.iter().map(number).collect()
}

/// The tokens of a text.
fn tokens(text: &str) -> Vec<Token<'_>> {
    let mut tokens = Vec::with_capacity(text.len() / 5);
    let mut at = 0;
    while let Some(rest) = text.get(at..).filter(|rest| !rest.is_empty()) {
        let word = rest.trim_start();
        if word.is_empty() {
            break;
        }
        let blank = rest.len() - word.len();
        let length = length(word);
        let gap = if at == 0 { Gap::Space } else { gap(rest.get(..blank).unwrap_or_default(), word) };
        let text = word.get(..length).unwrap_or_default();
        tokens.push(Token { gap, text, from: at, to: at + blank + length });
        at += blank + length;
    }
    tokens
}

fn gap(blank: &str, word: &str) -> Gap {
    match blank.bytes().filter(|byte| *byte == b'\n').count() {
        0 if blank.is_empty() => Gap::None,
        0 => Gap::Space,
        1 if !begins_block(word) => Gap::Space,
        _ => Gap::Break,
    }
}

/// Whether Markdown takes a line that begins like this for something else than the rest of the paragraph.
fn begins_block(word: &str) -> bool {
    let mark = word.trim_start_matches(|c: char| c.is_ascii_digit());
    let signs =
        if mark.len() < word.len() { [". ", ") "].as_slice() } else { &["- ", "* ", "+ ", "|", "#", ">"] };
    signs.iter().any(|sign| mark.starts_with(sign))
}

/// The length of the token that a text begins with: a word, an insert, or one sign.
fn length(text: &str) -> usize {
    if text.starts_with("{{")
        && let Some(end) = text.bytes().take(INSERT).position(|byte| byte == b'}')
        && text.get(end..).is_some_and(|rest| rest.starts_with("}}"))
    {
        return end + 2;
    }
    match text.find(|c: char| !is_word(c)) {
        Some(0) => text.chars().next().map_or(1, char::len_utf8),
        Some(end) => end,
        None => text.len(),
    }
}

fn is_word(c: char) -> bool {
    c.is_alphanumeric() || matches!(c, '_' | '-' | '\'' | '’')
}

/// Tokens that both have, or those that only one has.
#[derive(Clone)]
struct Run {
    equal: bool,
    before: Range<usize>,
    after: Range<usize>,
}

fn runs(pairs: &[(usize, usize)], before: usize, after: usize) -> Vec<Run> {
    let mut runs: Vec<Run> = Vec::new();
    let (mut b, mut a) = (0, 0);
    for &(b_to, a_to) in pairs {
        if (b, a) != (b_to, a_to) {
            runs.push(Run { equal: false, before: b..b_to, after: a..a_to });
        }
        match runs.last_mut() {
            Some(run) if run.equal => {
                run.before.end = b_to + 1;
                run.after.end = a_to + 1;
            }
            _ => runs.push(Run { equal: true, before: b_to..b_to + 1, after: a_to..a_to + 1 }),
        }
        (b, a) = (b_to + 1, a_to + 1);
    }
    if (b, a) != (before, after) {
        runs.push(Run { equal: false, before: b..before, after: a..after });
    }
    runs
}

/// Runs without those short common ones between two changes that make them hard to read: `the` in two sentences that
/// have nothing else in common.
fn joined(runs: Vec<Run>, before: &[Token<'_>], after: &[Token<'_>]) -> Vec<Run> {
    let mut out: Vec<Run> = Vec::with_capacity(runs.len());
    let mut coming = runs.into_iter().peekable();
    while let Some(run) = coming.next() {
        let letters = length_of(before, &run.before);
        let weighs =
            |change: &Run| letters <= length_of(before, &change.before).max(length_of(after, &change.after));
        let between =
            run.equal && out.last().is_some_and(weighs) && coming.peek().is_some_and(weighs) && letters < 30;
        match out.last_mut() {
            Some(last) if between || (!last.equal && !run.equal) => {
                last.before.end = run.before.end;
                last.after.end = run.after.end;
            }
            _ => out.push(run),
        }
    }
    out
}

fn length_of(tokens: &[Token<'_>], run: &Range<usize>) -> usize {
    span(tokens, run).map_or(0, |span| span.len())
}

/// The bytes of a run.
fn span(tokens: &[Token<'_>], run: &Range<usize>) -> Option<Range<usize>> {
    let tokens = tokens.get(run.clone())?;
    Some(tokens.first()?.from..tokens.last()?.to)
}

fn pieces(runs: &[Run], before: (&str, &[Token<'_>]), after: (&str, &[Token<'_>])) -> Vec<Piece> {
    let text = |(text, tokens): (&str, &[Token<'_>]), run: &Range<usize>| {
        span(tokens, run).and_then(|span| text.get(span)).map(str::to_owned)
    };
    let mut pieces = Vec::with_capacity(runs.len() * 2);
    for run in runs {
        if run.equal {
            pieces.extend(text(after, &run.after).map(Piece::Equal));
            continue;
        }
        let (mut gone, mut new) = (text(before, &run.before), text(after, &run.after));
        if let (Some(gone), Some(new)) = (&mut gone, &mut new) {
            keep_blank(gone, new, &mut pieces);
        }
        pieces.extend(gone.map(Piece::Removed));
        pieces.extend(new.map(Piece::Added));
    }
    pieces
}

/// The blank space that both begin with has not changed.
fn keep_blank(gone: &mut String, new: &mut String, pieces: &mut Vec<Piece>) {
    let same = gone.chars().zip(new.chars()).take_while(|(b, a)| b == a && b.is_whitespace());
    let length: usize = same.map(|(blank, _)| blank.len_utf8()).sum();
    if length == 0 {
        return;
    }
    let blank: String = gone.drain(..length).collect();
    new.drain(..length);
    match pieces.last_mut() {
        Some(Piece::Equal(text)) => text.push_str(&blank),
        _ => pieces.push(Piece::Equal(blank)),
    }
}
