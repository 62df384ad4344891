//! Replacements in a source text.

/// Replaces the bytes from `start` to `end`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Edit {
    pub(crate) start: usize,
    pub(crate) end: usize,
    pub(crate) text: String,
}

/// The bytes from `start` to `end` of `source` with the edits that lie within; of nested edits the outermost counts.
pub(crate) fn edited(source: &str, start: usize, end: usize, edits: &[Edit]) -> String {
    let mut inside: Vec<&Edit> = edits.iter().filter(|edit| start <= edit.start && edit.end <= end).collect();
    inside.sort_by_key(|edit| (edit.start, std::cmp::Reverse(edit.end)));
    let mut out = String::new();
    let mut at = start;
    for edit in inside {
        if edit.start < at {
            continue;
        }
        out.push_str(source.get(at..edit.start).unwrap_or_default());
        out.push_str(&edit.text);
        at = edit.end;
    }
    out.push_str(source.get(at..end).unwrap_or_default());
    out
}
