//! Evidence and Rego as numbered lines with the interesting ones marked.

use serde_json::{Map, Value};

use super::report::ExcerptLine;

/// Longer texts are cut, with a sign.
const WIDEST: usize = 240;
/// Excerpts of more lines are thinned out around the marked ones.
const LONGEST: usize = 40;
/// Lines kept on either side of a marked one.
const AROUND: usize = 6;
/// Lines beside a marked one that belong to it most.
const BESIDE: usize = 2;

/// `line` indented over several lines; what `properties` (ontology paths inside `resource`) name is marked.
pub(super) fn evidence(line: &Map<String, Value>, properties: &[String]) -> Vec<ExcerptLine> {
    let marks: Vec<Vec<Step<'_>>> = properties.iter().map(|path| steps(path)).collect();
    let mut printer = Printer { lines: Vec::new(), marks: &marks, path: Vec::new() };
    printer.object(line, "", "");
    thin_out(beside(printer.lines))
}

/// The lines of a Rego module with its `compliant` rules marked, and the number of the first of them.
pub(super) fn rego(text: &str) -> (Vec<ExcerptLine>, Option<u32>) {
    let mut first = None;
    let mut lines = Vec::new();
    let mut inside = false;
    for (text, number) in text.lines().zip(1_u32..) {
        let begins = is_compliant_rule(text);
        if begins && first.is_none() {
            first = Some(number);
        }
        let marked = begins || inside;
        inside = if begins { text.trim_end().ends_with('{') } else { inside && !text.starts_with('}') };
        lines.push(ExcerptLine { number: Some(number), text: cut(text), marked, near: false });
    }
    (beside(lines), first)
}

fn is_compliant_rule(line: &str) -> bool {
    line.strip_prefix("compliant").is_some_and(|rest| {
        rest.is_empty() || rest.starts_with(|c: char| c.is_whitespace() || c == ':' || c == '=' || c == '{')
    })
}

/// A step on the way to a value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Step<'a> {
    /// Into the member of an object.
    Member(&'a str),
    /// Into an element of a list; none stands for all of them.
    Element(Option<usize>),
}

/// The steps of an ontology path: `backups[].retention`, `rules[0]`.
fn steps(path: &str) -> Vec<Step<'_>> {
    path.split('.').flat_map(steps_of_part).collect()
}

fn steps_of_part(part: &str) -> Vec<Step<'_>> {
    let mut pieces = part.split('[');
    let name = pieces.next().map(Step::Member);
    let elements = pieces.map(|piece| Step::Element(piece.trim_end_matches(']').parse().ok()));
    name.into_iter().chain(elements).collect()
}

/// Whether the value at `path` is what `mark` names, or inside it. A mark may leave out that it passes through a list.
fn is_inside(path: &[Step<'_>], mark: &[Step<'_>]) -> bool {
    match (mark.split_first(), path.split_first()) {
        (None, _) => true,
        (Some(_), None) => false,
        (Some((wanted, marks)), Some((step, rest))) => match (wanted, step) {
            (Step::Element(Some(a)), Step::Element(Some(b))) => a == b && is_inside(rest, marks),
            (Step::Element(_), Step::Element(_)) => is_inside(rest, marks),
            (Step::Member(_), Step::Element(_)) => is_inside(rest, mark),
            _ => wanted == step && is_inside(rest, marks),
        },
    }
}

struct Printer<'a> {
    lines: Vec<ExcerptLine>,
    marks: &'a [Vec<Step<'a>>],
    path: Vec<Step<'a>>,
}

impl<'a> Printer<'a> {
    /// Prints `value` after `lead` (indentation and key), with `tail` (a comma or nothing) behind it.
    fn value(&mut self, value: &'a Value, lead: &str, tail: &str) {
        match value {
            Value::Object(members) if !members.is_empty() => self.object(members, lead, tail),
            Value::Array(items) if items.iter().any(|item| item.is_object() || item.is_array()) => {
                let inner = deeper(lead);
                self.line(&format!("{lead}["));
                let last = items.len() - 1;
                for (at, item) in items.iter().enumerate() {
                    self.path.push(Step::Element(Some(at)));
                    self.value(item, &inner, if at == last { "" } else { "," });
                    self.path.pop();
                }
                self.line(&format!("{}]{tail}", indentation(lead)));
            }
            Value::Array(items) => {
                let items: Vec<String> = items.iter().map(Value::to_string).collect();
                self.line(&format!("{lead}[{}]{tail}", items.join(", ")));
            }
            other => self.line(&format!("{lead}{other}{tail}")),
        }
    }

    fn object(&mut self, members: &'a Map<String, Value>, lead: &str, tail: &str) {
        let inner = deeper(lead);
        self.line(&format!("{lead}{{"));
        for (at, (key, member)) in members.iter().enumerate() {
            self.path.push(Step::Member(key));
            let lead = format!("{inner}{}: ", Value::from(key.as_str()));
            self.value(member, &lead, if at + 1 == members.len() { "" } else { "," });
            self.path.pop();
        }
        self.line(&format!("{}}}{tail}", indentation(lead)));
    }

    fn line(&mut self, text: &str) {
        let marked = match self.path.split_first() {
            Some((Step::Member("resource"), inside)) => self.marks.iter().any(|mark| is_inside(inside, mark)),
            _ => false,
        };
        self.lines.push(ExcerptLine { number: None, text: cut(text), marked, near: false });
    }
}

/// The indentation of what stands inside an object or list that begins behind `lead`.
fn deeper(lead: &str) -> String {
    format!("{}  ", indentation(lead))
}

fn indentation(lead: &str) -> String {
    " ".repeat(lead.len() - lead.trim_start_matches(' ').len())
}

fn cut(text: &str) -> String {
    match text.char_indices().nth(WIDEST) {
        Some((at, _)) => format!("{}…", text.get(..at).unwrap_or(text)),
        None => text.to_owned(),
    }
}

/// Notes which lines stand beside a marked one.
fn beside(mut lines: Vec<ExcerptLine>) -> Vec<ExcerptLine> {
    let marked: Vec<usize> =
        (0_usize..).zip(&lines).filter(|(_, line)| line.marked).map(|(at, _)| at).collect();
    for (at, line) in lines.iter_mut().enumerate() {
        let next = marked.partition_point(|mark| *mark < at);
        let close = |mark: Option<&usize>| mark.is_some_and(|mark| mark.abs_diff(at) <= BESIDE);
        let before = next.checked_sub(1).and_then(|before| marked.get(before));
        line.near = close(marked.get(next)) || close(before);
    }
    lines
}

/// Leaves out lines far from the marked ones where there are too many.
fn thin_out(lines: Vec<ExcerptLine>) -> Vec<ExcerptLine> {
    if lines.len() <= LONGEST {
        return lines;
    }
    let keep = kept(&lines);
    let mut thinned: Vec<ExcerptLine> = Vec::new();
    let mut left_out = 0_usize;
    for (line, keep) in lines.into_iter().zip(keep) {
        if keep {
            thinned.extend(gap(left_out));
            left_out = 0;
            thinned.push(line);
        } else {
            left_out += 1;
        }
    }
    thinned.extend(gap(left_out));
    thinned
}

/// Which lines stay: the first ones, the last, and those around the first marks.
fn kept(lines: &[ExcerptLine]) -> Vec<bool> {
    let marked: Vec<usize> =
        lines.iter().enumerate().filter(|(_, line)| line.marked).map(|(at, _)| at).collect();
    let marked = marked.get(..marked.len().min(LONGEST)).unwrap_or_default();
    let near = |at: usize| marked.iter().any(|mark| mark.abs_diff(at) <= AROUND);
    (0..lines.len()).map(|at| at < AROUND || at + 1 == lines.len() || near(at)).collect()
}

fn gap(left_out: usize) -> Option<ExcerptLine> {
    let text = match left_out {
        0 => return None,
        1 => "… 1 line left out".to_owned(),
        n => format!("… {n} lines left out"),
    };
    Some(ExcerptLine { number: None, text, marked: false, near: false })
}
