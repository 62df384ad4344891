//! The first commit after which a finding is red.

use probity_assessment::rollup::State;
use probity_assessment::verdict::Outcome;
use probity_diagnostics::{Diagnostic, TreePath, nearest};

use super::judged::{Assessed, Judged, Judgements};
use super::past::Past;
use crate::codes;
use crate::git::{Commit, Walk};

/// A finding whose turn is looked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// The assessment; any where none is named.
    pub assessment: Option<String>,
    /// The control or check.
    pub of: String,
    /// The resource, where only its verdicts count.
    pub resource: Option<String>,
}

/// How a finding stands after a commit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Standing {
    /// It is red, with what speaks against it.
    Red(String),
    /// It is not, with its state.
    Green(String),
    /// The commit cannot be judged.
    Skipped(String),
}

/// A commit that was looked at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Look {
    /// The commit.
    pub commit: Commit,
    /// How the finding stands after it.
    pub standing: Standing,
    /// How many commits are left to choose from before it is looked at.
    pub left: usize,
}

/// What a search came to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bisected {
    /// The commits of which one is the first that is red; several where those between could not be judged. Newest first.
    pub first: Vec<Commit>,
    /// How the finding stands before, unless it is red in the oldest commit already.
    pub before: Option<String>,
    /// How it stands after the newest of them.
    pub after: String,
    /// Commits in the order in which they were looked at.
    pub looks: Vec<Look>,
    /// Commits of the range that are known to contradict a single turn: red before it, or green after it.
    pub contrary: Vec<Look>,
}

impl Finding {
    /// Reads `[ASSESSMENT/]CONTROL[/RESOURCE]`, where a check may stand for the control; the first part is an assessment where
    /// the project has one of that name.
    pub fn parse(text: &str, assessments: &[String]) -> Self {
        let (assessment, rest) = match text.split_once('/') {
            Some((name, rest)) if assessments.iter().any(|known| known == name) => {
                (Some(name.to_owned()), rest)
            }
            _ => (None, text),
        };
        let (of, resource) = rest.split_once('/').map_or((rest, None), |(of, resource)| (of, Some(resource)));
        Self { assessment, of: of.to_owned(), resource: resource.map(str::to_owned) }
    }

    /// Whether an assessment judges such a control or check.
    pub fn is_judged(&self, judged: &Judged) -> bool {
        let wanted = |name: &str| self.assessment.as_deref().is_none_or(|only| only == name);
        let assessed =
            judged.assessments.iter().filter(|(name, _)| wanted(name)).map(|(_, assessed)| assessed);
        assessed.into_iter().any(|one| one.names().any(|name| name == self.of))
    }

    /// How it stands; red in one assessment is red.
    pub fn standing(&self, judged: &Judged) -> Standing {
        let wanted = |name: &str| self.assessment.as_deref().is_none_or(|only| only == name);
        if let Some((name, why)) = judged.failed.iter().find(|(name, _)| wanted(name)) {
            return Standing::Skipped(format!("assessment `{name}` cannot be made: {why}"));
        }
        let mut green = None;
        for (_, assessed) in judged.assessments.iter().filter(|(name, _)| wanted(name)) {
            match self.in_one(assessed) {
                Some(Standing::Green(told)) => drop(green.get_or_insert(told)),
                Some(red) => return red,
                None => {}
            }
        }
        Standing::Green(green.unwrap_or_else(|| "not evaluated".to_owned()))
    }

    fn in_one(&self, assessed: &Assessed) -> Option<Standing> {
        let Some((state, checks)) = assessed.controls.get(&self.of) else {
            if !assessed.names().any(|name| name == self.of) {
                return None;
            }
            let Some(resources) = assessed.against.get(&self.of) else { return Some(verdict(None)) };
            return Some(match &self.resource {
                Some(resource) => {
                    verdict(resources.get(resource).map(|outcome| (self.of.as_str(), *outcome)))
                }
                None if resources.values().any(|outcome| is_red(*outcome)) => {
                    Standing::Red(assessed.objection(&self.of)?)
                }
                None => Standing::Green(assessed.objection(&self.of)?),
            });
        };
        let Some(resource) = &self.resource else {
            let told = assessed.told(&self.of)?;
            let fine = matches!(state, State::Satisfied | State::Waived | State::NoSubject);
            return Some(if fine { Standing::Green(told) } else { Standing::Red(told) });
        };
        let found = checks.iter().filter_map(|check| {
            let outcome = assessed.against.get(check)?.get(resource)?;
            Some((check.as_str(), *outcome))
        });
        let found: Vec<(&str, Outcome)> = found.collect();
        let worst = found.iter().find(|(_, outcome)| is_red(*outcome)).or(found.first());
        Some(verdict(worst.copied()))
    }
}

fn is_red(outcome: Outcome) -> bool {
    !matches!(outcome, Outcome::Pass | Outcome::Waived)
}

fn verdict(found: Option<(&str, Outcome)>) -> Standing {
    match found {
        Some((check, outcome)) if is_red(outcome) => Standing::Red(format!("{check}: {outcome}")),
        Some((check, outcome)) => Standing::Green(format!("{check}: {outcome}")),
        None => Standing::Green("nothing against it".to_owned()),
    }
}

/// A search in one line of commits.
struct Search<'s, 'j, 'p> {
    finding: &'s Finding,
    past: &'s Past<'p>,
    judgements: &'s mut Judgements<'j>,
    looks: Vec<Look>,
    tell: &'s dyn Fn(&Look),
}

/// Looks for the first commit after which a finding is red, between `good`, after which it is not, and `bad`, after which it
/// is. Without `good`, the search goes back to the first commit. The line is that of first parents; where the turn is a merge,
/// it goes on in what was merged. Commits that change nothing in the project are passed over.
///
/// # Errors
/// The finding is not red after `bad`, or is after `good`; one of them cannot be judged; the repository lacks a commit.
pub fn bisect(
    past: &Past<'_>,
    judgements: &mut Judgements<'_>,
    finding: &Finding,
    good: Option<&Commit>,
    bad: &Commit,
    tell: &dyn Fn(&Look),
) -> Result<Bisected, Diagnostic> {
    let mut search = Search { finding, past, judgements, looks: Vec::new(), tell };
    let after = match search.look(bad, 0) {
        Standing::Red(told) => told,
        Standing::Green(_) if !search.is_judged(bad) => return Err(search.unknown(bad)),
        Standing::Green(told) => return Err(ends(bad, &format!("is not red: {told}"))),
        Standing::Skipped(why) => return Err(ends(bad, &format!("cannot be judged: {why}"))),
    };
    if let Some(good) = good {
        match search.look(good, 0) {
            Standing::Green(_) => {}
            Standing::Red(told) => return Err(ends(good, &format!("is red already: {told}"))),
            Standing::Skipped(why) => return Err(ends(good, &format!("cannot be judged: {why}"))),
        }
    }
    let mut found = search.line(good, bad)?;
    let mut contrary = search.contrary(&found);
    // what a merge brought in is looked for where it was made
    while let [merge] = found.first.as_slice() {
        let [main, side] = merge.parents.as_slice() else { break };
        let (main, side) = (past.repository.commit(*main)?, past.repository.commit(*side)?);
        if !matches!(search.look(&side, 0), Standing::Red(_)) {
            break;
        }
        let Ok(base) = past.repository.merge_base(&main, &side) else { break };
        let inner = search.line(Some(&base), &side)?;
        contrary.extend(search.contrary(&inner));
        found = inner;
    }
    let after = found.after.clone().unwrap_or(after);
    Ok(Bisected { first: found.first, before: found.before, after, looks: search.looks, contrary })
}

fn ends(commit: &Commit, what: &str) -> Diagnostic {
    let message = format!("the finding after {} ({}) {what}", commit.id.short(), commit.summary);
    Diagnostic::error(&codes::NOT_BISECTABLE, message)
}

/// Where the turn is in a line of commits.
struct Turn {
    first: Vec<Commit>,
    before: Option<String>,
    after: Option<String>,
    /// The line, newest first, and the place of the newest of `first` in it.
    line: Vec<Commit>,
    at: usize,
}

impl Search<'_, '_, '_> {
    fn is_judged(&mut self, commit: &Commit) -> bool {
        self.judgements.of(self.past, commit).is_ok_and(|judged| self.finding.is_judged(&judged))
    }

    /// The finding for a control or check that nothing judges after a commit.
    fn unknown(&mut self, commit: &Commit) -> Diagnostic {
        let of = &self.finding.of;
        let message = format!(
            "no assessment judges a control or check `{of}` after {} ({})",
            commit.id.short(),
            commit.summary
        );
        let finding = Diagnostic::error(&codes::UNKNOWN_NAME, message);
        let judged = self.judgements.of(self.past, commit).unwrap_or_default();
        let known = judged.assessments.values().flat_map(Assessed::names);
        match nearest(of, known) {
            Some(near) => finding.help(format!("did you mean `{near}`?")),
            None => finding,
        }
    }

    /// Looks at a commit; told once.
    fn look(&mut self, commit: &Commit, left: usize) -> Standing {
        if let Some(known) = self.looks.iter().find(|look| look.commit.id == commit.id) {
            return known.standing.clone();
        }
        let standing = match self.judgements.of(self.past, commit) {
            Ok(judged) => self.finding.standing(&judged),
            Err(why) => Standing::Skipped(why),
        };
        let look = Look { commit: commit.clone(), standing: standing.clone(), left };
        (self.tell)(&look);
        self.looks.push(look);
        standing
    }

    /// The turn between two commits of a line of first parents, of which the newer one is red.
    fn line(&mut self, good: Option<&Commit>, bad: &Commit) -> Result<Turn, Diagnostic> {
        let below = Some(self.past.below.clone()).filter(|below| !below.as_str().is_empty());
        let paths: Vec<TreePath> = below.into_iter().collect();
        let walk = Walk { first_parent: true, since: good, paths: &paths };
        let mut line = self.past.repository.ancestors(bad, &walk)?;
        if line.is_empty() {
            line.push(bad.clone());
        }
        // `red` and `green` are places in the line, newest first; the end stands for what came before it
        let (mut red, mut green) = (0, line.len());
        while green - red > 1 {
            let middle = red + (green - red) / 2;
            let Some(place) = self.nearest(&line, (red, green), middle) else { break };
            let Some(commit) = line.get(place) else { break };
            match self.look(commit, green - red - 1) {
                Standing::Red(_) => red = place,
                Standing::Green(_) => green = place,
                Standing::Skipped(_) => {}
            }
        }
        let told = |looks: &[Look], commit: Option<&Commit>| {
            let found = looks.iter().find(|look| commit.is_some_and(|commit| commit.id == look.commit.id));
            found.and_then(|look| match &look.standing {
                Standing::Red(told) | Standing::Green(told) => Some(told.clone()),
                Standing::Skipped(_) => None,
            })
        };
        let before = told(&self.looks, line.get(green).or(good));
        let after = told(&self.looks, line.get(red));
        let first = line.get(red..green).unwrap_or_default().to_vec();
        Ok(Turn { first, before, after, line, at: red })
    }

    /// The place nearest to the middle between two others that was not skipped.
    fn nearest(&self, line: &[Commit], (red, green): (usize, usize), middle: usize) -> Option<usize> {
        let skipped = |place: usize| {
            let commit = line.get(place);
            let known =
                self.looks.iter().find(|look| commit.is_some_and(|commit| commit.id == look.commit.id));
            known.is_some_and(|look| matches!(look.standing, Standing::Skipped(_)))
        };
        let places = (red + 1..green).filter(|place| !skipped(*place));
        places.min_by_key(|place| place.abs_diff(middle))
    }

    /// Commits of the line that speak against a single turn, as far as is known without judging more.
    fn contrary(&mut self, turn: &Turn) -> Vec<Look> {
        let mut contrary = Vec::new();
        for (place, commit) in turn.line.iter().enumerate() {
            let Some(judged) = self.judgements.remembered(self.past, commit) else { continue };
            let standing = self.finding.standing(&judged);
            let is_older = place >= turn.at + turn.first.len();
            let against = match &standing {
                Standing::Red(_) => is_older,
                Standing::Green(_) => place < turn.at,
                Standing::Skipped(_) => false,
            };
            if against {
                contrary.push(Look { commit: commit.clone(), standing, left: 0 });
            }
        }
        contrary
    }
}
