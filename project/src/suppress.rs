//! Findings of `validate` that a project accepts: `[[suppress]]` in
//! `probity.toml`.
//!
//! A suppression names a rule, files and a reason. What it hides leaves the
//! count, and is shown as hidden with the reason. It is told where nothing is
//! left to hide, or where its last day has passed.

use std::collections::BTreeSet;

use globset::{GlobBuilder, GlobMatcher};
use jiff::civil::Date;
use probity_diagnostics::render::Suppressed;
use probity_diagnostics::{
    Diagnostic, Diagnostics, Location, Place, Pointer, Severity, TreePath, codes as files, nearest,
};
use probity_oscal::constraint;

use crate::check::CheckedFile;
use crate::codes;
use crate::config::LoadedConfig;

/// The pattern of a suppression's files: `*` stays inside a folder, `**` does
/// not.
///
/// # Errors
/// The text is no pattern.
pub fn pattern(text: &str) -> Result<GlobMatcher, globset::Error> {
    let text = text.strip_prefix("./").unwrap_or(text);
    Ok(GlobBuilder::new(text).literal_separator(true).build()?.compile_matcher())
}

/// How much of a project was checked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Extent {
    /// Everything: a suppression that hid nothing is needed no more.
    Whole,
    /// Some files: nothing is known of suppressions for others.
    Part,
}

/// The suppressions of a project at an instant.
pub struct Suppressions(Vec<Entry>);

struct Entry {
    rule: String,
    shown_path: String,
    path: GlobMatcher,
    pointer: Option<Pointer>,
    reason: String,
    /// The last day, where it has passed.
    expired: Option<Date>,
    place: Location,
    /// Whether one of its files was checked.
    met: bool,
    /// How many findings it is for.
    hits: usize,
}

impl Suppressions {
    /// Those of a project file. Days are days of UTC.
    pub fn of(loaded: &LoadedConfig, as_of: jiff::Timestamp) -> Self {
        let today = as_of.to_zoned(jiff::tz::TimeZone::UTC).date();
        let entries = loaded.config.suppressions.iter().enumerate().filter_map(|(index, suppress)| {
            Some(Entry {
                rule: suppress.rule.clone(),
                shown_path: suppress.path.clone(),
                path: pattern(&suppress.path).ok()?,
                pointer: suppress.pointer.clone().map(Pointer::from_text),
                reason: suppress.reason.clone(),
                expired: suppress.last_day().filter(|last| *last < today),
                place: loaded.place(&["suppress", &index.to_string(), "rule"]),
                met: false,
                hits: 0,
            })
        });
        Self(entries.collect())
    }

    /// Takes the findings that are accepted out of the count. `inside` yields
    /// the path of a file from the project folder.
    pub fn apply(&mut self, file: &mut CheckedFile, inside: impl Fn(&TreePath) -> Option<TreePath>) {
        let meets = |entry: &Entry, path: &TreePath| {
            inside(path).is_some_and(|path| entry.path.is_match(path.as_str()))
        };
        for entry in &mut self.0 {
            entry.met |= meets(entry, &file.file);
        }
        let mut kept = Diagnostics::new();
        for finding in std::mem::take(&mut file.findings) {
            let hidden = self.0.iter_mut().filter(|entry| entry.is_for(&finding, |path| meets(entry, path)));
            let mut reason = None;
            for entry in hidden {
                entry.hits += 1;
                if entry.expired.is_none() {
                    reason = reason.or_else(|| Some(entry.reason.clone()));
                }
            }
            match reason {
                Some(reason) => file.suppressed.push(Suppressed { finding, reason }),
                None => kept.push(finding),
            }
        }
        file.findings = kept;
    }

    /// What is to be said of the suppressions themselves: those that hid
    /// nothing, and those whose last day has passed.
    pub fn findings(&self, extent: Extent) -> Diagnostics {
        self.0.iter().filter_map(|entry| entry.finding(extent)).collect()
    }
}

impl Entry {
    fn is_for(&self, finding: &Diagnostic, meets: impl Fn(&TreePath) -> bool) -> bool {
        let Some(label) = &finding.primary else { return false };
        let ruled = finding.severity >= Severity::Warning
            && !files::CODES.contains(&finding.code)
            && !codes::CODES.contains(&finding.code);
        ruled
            && (finding.rule.as_deref() == Some(&self.rule) || finding.code.id == self.rule)
            && self.pointer.as_ref().is_none_or(|pointer| covers(pointer, &label.location.place))
            && meets(&label.location.file)
    }

    fn finding(&self, extent: Extent) -> Option<Diagnostic> {
        let Self { rule, shown_path, hits, .. } = self;
        if *hits == 0 {
            if extent == Extent::Part && !self.met {
                return None;
            }
            let message = format!("nothing is suppressed here: no finding of `{rule}` in `{shown_path}`");
            let finding = Diagnostic::warning(&codes::UNUSED_SUPPRESSION, message).at(self.place.clone());
            return Some(finding.help(match self.meant() {
                Some(meant) => format!("did you mean `{meant}`?"),
                None if self.met => "remove it".to_owned(),
                None => format!("no file that was checked is called `{shown_path}`"),
            }));
        }
        let day = self.expired?;
        let again = if *hits == 1 { "1 finding counts".into() } else { format!("{hits} findings count") };
        let message = format!("the suppression of `{rule}` ended on {day}: {again} again");
        let help = "mend what it was for, or give a later day with a reason that still holds";
        Some(Diagnostic::warning(&codes::EXPIRED_SUPPRESSION, message).at(self.place.clone()).help(help))
    }

    /// The constraint of OSCAL that was meant, where the rule is none but is called much like one.
    fn meant(&self) -> Option<String> {
        let ids: BTreeSet<String> = constraint::constraints()
            .map(|(declaration, constraint)| constraint::rule_id(declaration, constraint))
            .collect();
        if ids.contains(&self.rule) {
            return None;
        }
        nearest(&self.rule, ids.iter().map(String::as_str)).map(str::to_owned)
    }
}

/// Whether a place is the value that a pointer names, or lies inside it. `*`
/// stands for any one step.
fn covers(pointer: &Pointer, place: &Place) -> bool {
    let (Place::Value(at) | Place::Key(at)) = place else { return false };
    let mut at = at.tokens();
    pointer.tokens().all(|wanted| at.next().is_some_and(|token| wanted == "*" || wanted == token))
}
