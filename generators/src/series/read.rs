//! Reading a series: every document checked, and held against the others.

use std::collections::BTreeSet;
use std::sync::Arc;

use jiff::Timestamp;
use probity_diagnostics::document::Limits;
use probity_diagnostics::{Diagnostic, Diagnostics, FileTree, Location, Severity as Grade, Step, TreePath};
use probity_oscal::split;

use super::point::{CheckAt, Looked, Point};
use super::{Depth, Files, Series};
use crate::codes;
use crate::view::{Check, LoadOptions, Observed, Report, Resource, SourceState, Verdict, each_line};

/// As [`Series::read`].
pub(super) fn read(tree: &dyn FileTree, files: Files<'_>, depth: Depth) -> Step<Series> {
    let mut found = Diagnostics::new();
    let mut read: Vec<Read> = Vec::new();
    for path in files.stored.iter().chain(files.current) {
        let is_current = files.current == Some(path);
        if let Some(one) = found.absorb(one(tree, path, depth))
            && !read.iter().any(|other| other.point.digest == one.point.digest)
        {
            read.push(Read { path: path.clone(), is_current, ..one });
        }
    }
    read.sort_by(|a, b| {
        (a.point.as_of, a.is_current, &a.point.file).cmp(&(b.point.as_of, b.is_current, &b.point.file))
    });
    replace(&mut read, &mut found);
    belongs_together(&read, &mut found);
    let Some(last) = read.last() else {
        if !found.has_errors() {
            found.push(Diagnostic::error(&codes::EMPTY_SERIES, "there are no stored results to look at"));
        }
        return Err(found);
    };
    let (title, assessment, profile) = (last.title.clone(), last.assessment.clone(), last.profile.clone());
    let points = read.into_iter().map(|read| read.point).collect();
    found.unless_errors(Series { title, assessment, profile, points })
}

/// A document that was read.
struct Read {
    path: TreePath,
    is_current: bool,
    title: String,
    assessment: Option<String>,
    profile: Option<String>,
    point: Point,
}

/// Of two documents of the same instant the current one stays; two stored ones contradict each other.
fn replace(read: &mut Vec<Read>, found: &mut Diagnostics) {
    let mut kept: Vec<Read> = Vec::new();
    for one in read.drain(..) {
        let Some(before) = kept.pop_if(|before| before.point.as_of == one.point.as_of) else {
            kept.push(one);
            continue;
        };
        let message =
            format!("`{}` and `{}` are both as of {}, and differ", before.path, one.path, one.point.as_of);
        let finding = Diagnostic::new(
            if one.is_current { Grade::Warning } else { Grade::Error },
            &codes::SAME_INSTANT,
            message,
        );
        let help = if one.is_current {
            "the newer ones are taken; archive them under another as-of, or restore what they were made of"
        } else {
            "name one of them only"
        };
        found.push(finding.at(Location::file(&one.path)).help(help));
        kept.push(one);
    }
    *read = kept;
}

/// All documents are of one system, one assessment and one profile.
fn belongs_together(read: &[Read], found: &mut Diagnostics) {
    let Some(last) = read.last() else { return };
    for one in read {
        let differs = |what, here: Option<&str>, there: Option<&str>| {
            let none = "none";
            (here != there)
                .then(|| format!("its {what} is `{}`, not `{}`", here.unwrap_or(none), there.unwrap_or(none)))
        };
        let title = || differs("title", Some(&one.title), Some(&last.title));
        let profile = || differs("profile", one.profile.as_deref(), last.profile.as_deref());
        let other = differs("assessment", one.assessment.as_deref(), last.assessment.as_deref());
        if let Some(other) = other.or_else(profile).or_else(title) {
            let message = format!("`{}` is not of the same series as `{}`: {other}", one.path, last.path);
            let finding = Diagnostic::error(&codes::MIXED_SERIES, message).at(Location::file(&one.path));
            found.push(finding.help("name the results of one system against one profile"));
        }
    }
}

fn one(tree: &dyn FileTree, path: &TreePath, depth: Depth) -> Step<Read> {
    let mut found = valid(tree, path)?;
    let options =
        LoadOptions { details: 0, all_details: 0, listed: 0, proof: false, ..LoadOptions::default() };
    let Some(mut report) = found.absorb(Report::load_with(tree, path, &options)) else { return Err(found) };
    let Some(as_of) = instant(&report) else {
        let message = format!("`{path}` does not say as of when it holds");
        found.push(Diagnostic::error(&codes::NO_INSTANT, message).at(Location::file(path)));
        return Err(found);
    };
    let title = report.title.clone();
    let (assessment, profile) = (report.assessment.clone(), report.profile.clone());
    let verdicts = verdict_file(&report);
    let mut listed = Vec::new();
    if depth == Depth::Resources && verdicts.is_none() {
        report = Report::load_with(
            tree,
            path,
            &LoadOptions { details: usize::MAX, all_details: usize::MAX, ..options },
        )?
        .value;
        let taken = |check: &mut Check| (check.name.clone(), std::mem::take(&mut check.resources));
        listed = report.checks.iter_mut().map(taken).collect();
    }
    let mut point = Point::of(report, as_of);
    match verdicts {
        Some(file) if depth == Depth::Resources => point.is_complete = take_lines(tree, &file, &mut point),
        Some(_) => point.is_complete = true,
        None => {
            for (check, resources) in listed {
                let Some(at) = point.checks.get_mut(&check) else { continue };
                at.resources.extend(resources.into_iter().filter_map(listed_resource));
            }
        }
    }
    found.unless_errors(Read { path: path.clone(), is_current: false, title, assessment, profile, point })
}

/// What is wrong with the document besides; documents too large to hold are believed to be valid.
fn valid(tree: &dyn FileTree, path: &TreePath) -> Result<Diagnostics, Diagnostics> {
    let length = tree.stat(path).map_err(Diagnostic::from)?.len;
    if length > Limits::default().bytes {
        return Ok(Diagnostics::new());
    }
    let bytes = split::read(tree, path)?;
    let (_, document) = probity_oscal::read(&bytes, path)?.value;
    let found = probity_oscal::validate(&document, path);
    if found.has_errors() { Err(found) } else { Ok(Diagnostics::new()) }
}

/// As of when results hold: what Probity says, else the end of the assessment, else its start.
fn instant(report: &Report) -> Option<Timestamp> {
    let stated = report.as_of.as_deref().or(report.end.as_deref()).unwrap_or(&report.start);
    stated.parse().ok()
}

/// The verdict file, where it may be relied on.
fn verdict_file(report: &Report) -> Option<TreePath> {
    let good = |state| matches!(state, SourceState::Verified | SourceState::Unchecked);
    let file = report.sources.iter().find(|source| source.kind == "verdicts" && good(source.state))?;
    TreePath::parse(&file.file).ok()
}

/// Takes in the verdict file; whether it was read to its end.
fn take_lines(tree: &dyn FileTree, file: &TreePath, point: &mut Point) -> bool {
    let mut words = Words::default();
    each_line(tree, file, |bytes| {
        let Ok(line) = serde_json::from_slice::<Observed<'_>>(bytes) else { return };
        let Some(check) = point.checks.get_mut(&*line.check) else { return };
        let (source, place, digest) = match line.evidence {
            Some(evidence) => (Some(words.of(&evidence.source)), evidence.line, evidence.digest),
            None => (None, None, String::new()),
        };
        let looked = Looked {
            name: words.of(&line.name),
            kind: words.of(&line.kind),
            verdict: line.verdict,
            source,
            line: place,
            digest,
            collected: line.collected.as_deref().and_then(|text| text.parse().ok()),
        };
        put(check, words.of(&line.resource), looked);
    })
}

/// A resource that a check looks at twice is as bad as the worse of the two.
fn put(check: &mut CheckAt, id: Arc<str>, looked: Looked) {
    match check.resources.get_mut(&id) {
        Some(before) if before.verdict <= looked.verdict => {}
        Some(before) => *before = looked,
        None => {
            check.resources.insert(id, looked);
        }
    }
}

fn listed_resource(resource: Resource) -> Option<(Arc<str>, Looked)> {
    let evidence = resource.evidence;
    let looked = Looked {
        name: resource.name.into(),
        kind: resource.r#type.into(),
        verdict: resource.verdict.unwrap_or(Verdict::Unknown),
        source: evidence.as_ref().map(|evidence| evidence.source.as_str().into()),
        line: evidence.as_ref().and_then(|evidence| evidence.line),
        collected: evidence.as_ref().and_then(|e| e.collected.as_deref()).and_then(|text| text.parse().ok()),
        digest: evidence.map(|evidence| evidence.digest).unwrap_or_default(),
    };
    (!resource.id.is_empty()).then(|| (resource.id.into(), looked))
}

/// Texts that occur again and again, each kept once.
#[derive(Default)]
struct Words(BTreeSet<Arc<str>>);

impl Words {
    fn of(&mut self, text: &str) -> Arc<str> {
        if let Some(known) = self.0.get(text) {
            return Arc::clone(known);
        }
        let text: Arc<str> = text.into();
        self.0.insert(Arc::clone(&text));
        text
    }
}
