use std::collections::BTreeSet;

use probity_diagnostics::{Diagnostic, nearest};

use super::item::Subject;
use super::log::log;
use super::past::Past;
use crate::codes;
use crate::git::Commit;

/// Whom a name stands for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Found {
    /// One subject.
    One(Subject),
    /// Several, which the user must choose from.
    Several(Vec<Subject>),
}

/// Whom a name stands for in a commit: a control by its id or label, a metric by its name, a resource by its id or name; if
/// nobody, whom it stood for in an earlier one. `control:`, `metric:` and `resource:` before it say what is meant.
///
/// # Errors
/// Nobody ever had the name, or the repository lacks a file.
pub fn find(past: &mut Past<'_>, head: &Commit, name: &str) -> Result<Found, Diagnostic> {
    let (kind, name) = match name.split_once(':') {
        Some((kind @ ("control" | "metric" | "resource"), rest)) => (Some(kind), rest),
        _ => (None, name),
    };
    let fits = |subject: &Subject| {
        kind.is_none_or(|kind| subject.kind() == kind) && !matches!(subject, Subject::Parameter(_))
    };
    let mut known = Known::default();
    for (path, id) in past.files(head)? {
        let names = if path.extension() == Some("jsonl") { vec![name.to_owned()] } else { Vec::new() };
        if let Some(items) = past.items(&path, id, &names)? {
            for ((subject, item), text) in items.said.iter().filter(|((subject, _), _)| fits(subject)) {
                known.note(subject, item, text, name);
            }
        }
    }
    let found = [known.exact, known.similar].into_iter().find(|found| !found.is_empty());
    let found: Vec<Subject> = match found {
        Some(found) => found.into_iter().collect(),
        None => earlier(past, head, name, fits)?,
    };
    let mut found = found.into_iter();
    match (found.next(), found.next()) {
        (Some(one), None) => Ok(Found::One(one)),
        (Some(one), Some(other)) => Ok(Found::Several([one, other].into_iter().chain(found).collect())),
        (None, _) => {
            let what = kind.unwrap_or("control, metric or resource");
            let finding =
                Diagnostic::error(&codes::UNKNOWN_NAME, format!("no {what} is or was called `{name}`"));
            Err(match nearest(name, known.all.iter().map(String::as_str)) {
                Some(near) => finding.help(format!("did you mean `{near}`?")),
                None => finding,
            })
        }
    }
}

/// The subjects of a commit that a name may stand for.
#[derive(Default)]
struct Known {
    exact: BTreeSet<Subject>,
    similar: BTreeSet<Subject>,
    all: BTreeSet<String>,
}

impl Known {
    fn note(&mut self, subject: &Subject, item: &str, text: &str, name: &str) {
        if !matches!(subject, Subject::Resource(_)) {
            self.all.insert(subject.name().to_owned());
        }
        if subject.name() == name {
            self.exact.insert(subject.clone());
        } else if subject.name().eq_ignore_ascii_case(name)
            || (matches!(item, "property label" | "name") && text.eq_ignore_ascii_case(name))
        {
            self.similar.insert(subject.clone());
        }
    }
}

/// Those of earlier commits that had the name.
fn earlier(
    past: &mut Past<'_>,
    head: &Commit,
    name: &str,
    fits: impl Fn(&Subject) -> bool,
) -> Result<Vec<Subject>, Diagnostic> {
    let mut found = Vec::new();
    for kind in [Subject::Control, Subject::Metric, Subject::Resource] {
        let subject = kind(name.to_owned());
        if fits(&subject) && !log(past, head, None, &subject)?.entries.is_empty() {
            found.push(subject);
        }
    }
    Ok(found)
}
