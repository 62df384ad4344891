//! `allowed-values`: the value is one of a set.
//!
//! All sets that reach a node are joined. Where one of them is closed, the value has to be in one of them; where all are
//! open, any value may stand, and a value that looks like a slip is a note.

use std::borrow::Cow;

use probity_diagnostics::{Diagnostic, nearest};

use super::codes;
use super::report::{Report, list};
use super::rule::Rule;
use super::site::Site;
use super::words::{noun, slip};
use crate::metapath::{NodeId, Tree};

/// A set of values.
#[derive(Debug)]
pub(super) struct AllowedValues {
    /// Whether other values may stand.
    pub(super) open: bool,
    /// Whether the value has to be in this set, whatever other sets there are.
    pub(super) alone: bool,
    pub(super) values: Vec<Cow<'static, str>>,
    /// Values that should not be used any more, with the release that says so.
    pub(super) deprecated: Vec<(Cow<'static, str>, Cow<'static, str>)>,
}

impl AllowedValues {
    /// A set of the Metaschema.
    pub(super) fn of_model(
        open: bool,
        values: &'static [&'static str],
        deprecated: &'static [(&'static str, &'static str)],
    ) -> Self {
        Self {
            open,
            alone: false,
            values: values.iter().copied().map(Cow::Borrowed).collect(),
            deprecated: deprecated
                .iter()
                .map(|(value, since)| (Cow::Borrowed(*value), Cow::Borrowed(*since)))
                .collect(),
        }
    }

    fn holds(&self, value: &str) -> bool {
        self.values.iter().any(|other| other == value)
    }
}

/// No set has reached the node.
const NOTHING: u32 = u32::MAX;
/// A set that reached the node holds its value.
const ACCEPTED: u32 = u32::MAX - 1;

/// The sets that reach each node and do not hold its value.
#[derive(Debug)]
pub(super) struct Sets<'t> {
    /// By node: nothing, accepted, or its last entry.
    heads: Vec<u32>,
    /// A set and the entry before it.
    entries: Vec<(Site<'t>, &'t AllowedValues, u32)>,
    /// Deprecated values and values close to one of an open set: where first, how often.
    remarks: Vec<Remark<'t>>,
}

/// Something to say once of a value, however often it stands.
#[derive(Debug)]
struct Remark<'t> {
    rule: &'t Rule,
    value: String,
    first: NodeId,
    times: usize,
    about: About<'t>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum About<'t> {
    /// Since when the value should not be used.
    Deprecated(&'t str),
    /// What was probably meant.
    Near(String),
}

impl<'t> Sets<'t> {
    /// For a document of so many nodes.
    pub(super) fn new(nodes: usize) -> Self {
        Self { heads: vec![NOTHING; nodes], entries: Vec::new(), remarks: Vec::new() }
    }

    /// Lets a set reach a node.
    pub(super) fn reach(&mut self, site: &Site<'t>, set: &'t AllowedValues, report: &mut Report<'t>) {
        let (node, rule) = (site.id(), site.rule);
        let Some(text) = site.node.text() else { return };
        let held = set.holds(&text);
        if held && let Some((_, since)) = set.deprecated.iter().find(|(value, _)| *value == text) {
            self.remark(rule, &text, node, About::Deprecated(since));
        }
        let Some(head) = self.heads.get_mut(node.index()) else { return };
        match *head {
            _ if set.alone && !held => {
                *head = ACCEPTED;
                if let Some(finding) = violation(&[(site, set)], report) {
                    report.add(node, finding);
                }
            }
            ACCEPTED => {}
            _ if held => *head = ACCEPTED,
            before => {
                *head = u32::try_from(self.entries.len()).unwrap_or(NOTHING);
                self.entries.push((site.clone(), set, before));
            }
        }
    }

    /// Says what does not fit, when all sets have reached their nodes.
    pub(super) fn finish(mut self, report: &mut Report<'t>) {
        for node in report.tree().nodes() {
            let head = self.heads.get(node.index()).copied().unwrap_or(NOTHING);
            if head < ACCEPTED {
                self.node(node, head, report);
            }
        }
        for remark in self.remarks {
            report.add(remark.first, remark.finding(report));
        }
    }

    fn node(&mut self, node: NodeId, head: u32, report: &mut Report<'t>) {
        let mut sets = Vec::new();
        let mut next = head;
        while let Some((site, set, before)) = self.entries.get(next as usize) {
            sets.push((site, *set));
            next = *before;
        }
        sets.reverse();
        if sets.iter().any(|(_, set)| !set.open) {
            if let Some(finding) = violation(&sets, report) {
                report.add(node, finding);
            }
        } else if let Some((site, _)) = sets.first()
            && let Some(text) = report.tree().text(node)
            && let Some(meant) = slip(&text, values(&sets))
        {
            let (rule, meant) = (site.rule, meant.to_owned());
            self.remark(rule, &text, node, About::Near(meant));
        }
    }

    fn remark(&mut self, rule: &'t Rule, value: &str, node: NodeId, about: About<'t>) {
        let same = |other: &&mut Remark<'_>| other.value == value && other.about == about;
        match self.remarks.iter_mut().find(same) {
            Some(remark) => {
                remark.times += usize::from(remark.first != node);
                remark.first = remark.first.min(node);
            }
            None => self.remarks.push(Remark { rule, value: value.to_owned(), first: node, times: 1, about }),
        }
    }
}

impl Remark<'_> {
    fn finding(&self, report: &Report<'_>) -> Diagnostic {
        let (value, what) = (&self.value, noun(report.tree(), self.first));
        let (code, message, help) = match &self.about {
            About::Deprecated(since) => (
                &codes::DEPRECATED_VALUE,
                format!("`{value}` is deprecated as {what} since release {since}"),
                None,
            ),
            About::Near(meant) => {
                let message =
                    format!("`{value}` is close to `{meant}`, a value of {what} that has a meaning");
                (&codes::UNUSUAL_VALUE, message, Some(format!("did you mean `{meant}`?")))
            }
        };
        let mut finding =
            Diagnostic::note(code, message).rule(self.rule.id.clone()).at(report.value(self.first));
        if self.times > 1 {
            finding = finding.label(format!("the first of {} places", self.times));
        }
        help.into_iter().fold(finding, Diagnostic::help)
    }
}

fn values<'a>(sets: &'a [(&Site<'_>, &AllowedValues)]) -> impl Iterator<Item = &'a str> {
    sets.iter().flat_map(|(_, set)| set.values.iter().map(AsRef::as_ref))
}

/// A value that no set holds. The gravest closed set gives the finding its rule.
fn violation<'t>(sets: &[(&Site<'t>, &AllowedValues)], report: &Report<'t>) -> Option<Diagnostic> {
    let closed = sets.iter().filter(|(_, set)| !set.open || set.alone).map(|(site, _)| *site);
    let site = closed.reduce(|first, site| if site.rule.level > first.rule.level { site } else { first })?;
    let (tree, node) = (report.tree(), site.id());
    let text = site.node.text().unwrap_or_default();
    let mut allowed: Vec<&str> = Vec::new();
    for value in values(sets) {
        if !allowed.contains(&value) {
            allowed.push(value);
        }
    }
    let message = format!("`{text}` is not allowed as {}", noun(tree, node));
    let mut finding =
        site.finding(&codes::ALLOWED_VALUES, message, report.value(node)).label("not an allowed value");
    if let Some(meant) = nearest(&text, allowed.iter().copied()) {
        finding = finding.help(format!("did you mean `{meant}`?"));
    }
    finding = finding.help(format!("allowed here: {}", list(&allowed)));
    if let Some(help) = joined(&site.rule.id, sets) {
        finding = finding.help(help);
    }
    Some(match own_namespace(tree, node) {
        Some(help) => finding.help(help),
        None => finding,
    })
}

/// The closed sets that might have held the value besides the one whose id the finding bears.
fn joined(own: &str, sets: &[(&Site<'_>, &AllowedValues)]) -> Option<String> {
    let mut others: Vec<&str> = Vec::new();
    for (site, _) in sets.iter().filter(|(_, set)| !set.open) {
        let id = site.rule.id.as_ref();
        if id != own && !others.contains(&id) {
            others.push(id);
        }
    }
    (!others.is_empty()).then(|| format!("joined here with {}", list(&others)))
}

/// What to do with a name that OSCAL does not have.
fn own_namespace(tree: &Tree<'_>, node: NodeId) -> Option<String> {
    let holder = tree.parent(node)?;
    let is = |node, name| tree.name(node).is_some_and(|found| found.text() == name);
    let named = is(node, "name") && (is(holder, "prop") || is(holder, "part"));
    let bare = !tree.flags(holder).any(|flag| is(flag, "ns"));
    (named && bare).then(|| "a name of your own needs a namespace of your own: add `ns`".to_owned())
}
