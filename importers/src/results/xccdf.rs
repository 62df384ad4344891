//! Test results of XCCDF 1.2 (NIST IR 7275 revision 4, section 6.6), in a benchmark, alone, or in an Asset Reporting Format file.
//!
//! `notchecked` and `notselected` are unknown: nobody looked. `fixed` passes, `informational` decides nothing.

use std::collections::BTreeMap;

use probity_diagnostics::document::Limits;
use probity_diagnostics::{Diagnostic, Diagnostics, Location, Step};
use probity_evidence::foreign::{Found, Outcome, Rule, Run, Subject};
use probity_oscal::xml::Element;

use super::json::instant;
use super::texts::{LineCounter, block, line};
use super::{Source, level};
use crate::codes;

pub(super) fn read(source: Source<'_>) -> Step<Vec<Run>> {
    let root = Element::read(source.text, source.file, Limits::default())?;
    let mut findings = Diagnostics::new();
    let mut rules = BTreeMap::new();
    for element in root.below().filter(|element| element.name == "Rule") {
        if let Some(id) = element.attribute("id") {
            rules.entry(id.to_owned()).or_insert_with(|| rule(element));
        }
    }
    let mut lines = LineCounter::new(source.text);
    let mut runs = Vec::new();
    for element in root.below().filter(|element| element.name == "TestResult") {
        runs.push(Reading { source, rules: &rules, lines: &mut lines, findings: &mut findings }.run(element));
    }
    if runs.is_empty() {
        let finding = source.malformed("the file holds no test result (`TestResult`)");
        findings.push(finding.help("a benchmark by itself says what is to be checked, not what was found"));
    }
    findings.unless_errors(runs)
}

fn rule(element: &Element) -> Rule {
    let text = |name: &str| element.first(name).map(Element::text);
    let mut frameworks: BTreeMap<String, std::collections::BTreeSet<String>> = BTreeMap::new();
    for ident in element.all("ident") {
        if let (Some(system), Some(id)) = (ident.attribute("system"), line(&ident.text())) {
            frameworks.entry(system.to_owned()).or_default().insert(id);
        }
    }
    for reference in element.all("reference") {
        if let (Some(href), Some(id)) = (reference.attribute("href"), line(&reference.text())) {
            frameworks.entry(href.to_owned()).or_default().insert(id);
        }
    }
    Rule {
        title: text("title").and_then(|title| line(&title)),
        description: text("description").or_else(|| text("rationale")).and_then(|said| block(&said)),
        help: None,
        severity: element.attribute("severity").and_then(level::of_word),
        frameworks,
    }
}

struct Reading<'a, 't> {
    source: Source<'t>,
    rules: &'a BTreeMap<String, Rule>,
    lines: &'a mut LineCounter<'t>,
    findings: &'a mut Diagnostics,
}

impl Reading<'_, '_> {
    fn run(&mut self, element: &Element) -> Run {
        let (tool, version) = tool(element.attribute("test-system"));
        let time = |name: &str| element.attribute(name).and_then(instant);
        let mut run = Run {
            tool,
            version,
            ended: time("end-time").or_else(|| time("start-time")),
            completed: element.attribute("end-time").is_some(),
            ..Run::default()
        };
        let target = element.first("target").and_then(|target| line(&target.text()));
        let subject = Subject::of(target.as_deref().unwrap_or("unnamed system"), "system");
        for result in element.all("rule-result") {
            self.result(result, &subject, &mut run);
        }
        run
    }

    fn result(&mut self, element: &Element, subject: &Subject, run: &mut Run) {
        let number = self.lines.line(element.at);
        let Some(id) = element.attribute("idref").filter(|id| !id.is_empty()) else {
            return self.malformed(number, "the result names no rule: `idref` is missing");
        };
        let word = element.first("result").and_then(|result| line(&result.text()));
        let outcome = match word.as_deref() {
            Some("pass" | "fixed") => Outcome::Pass,
            Some("fail") => Outcome::Fail,
            Some("error") => Outcome::Error,
            Some("unknown" | "notchecked" | "notselected") => Outcome::Unknown,
            Some("notapplicable" | "informational") => Outcome::NotApplicable,
            other => {
                let message = format!("`{}` is no result of a rule", other.unwrap_or("nothing"));
                return self.malformed(number, message);
            }
        };
        let known =
            run.rules.entry(id.to_owned()).or_insert_with(|| self.rules.get(id).cloned().unwrap_or_default());
        if known.severity.is_none() {
            known.severity = element.attribute("severity").and_then(level::of_word);
        }
        let messages = element.all("message").filter_map(|message| line(&message.text()));
        let instances = element.all("instance").filter_map(|instance| line(&instance.text()));
        let said: Vec<String> = messages.chain(instances).collect();
        let reason = word.filter(|word| word.starts_with("not"));
        let message = if said.is_empty() { reason } else { Some(said.join("; ")) };
        run.results.push(Found {
            rule: id.to_owned(),
            subject: subject.clone(),
            outcome,
            message,
            line: number,
        });
    }

    fn malformed(&mut self, line: u32, message: impl Into<String>) {
        let finding = Diagnostic::error(&codes::MALFORMED, message);
        self.findings.push(finding.at(Location::line(self.source.file, line)));
    }
}

/// Name and version of the tool by its CPE name (NIST IR 7695): `cpe:/a:redhat:openscap:1.3.8` or `cpe:2.3:a:…`.
fn tool(name: Option<&str>) -> (String, Option<String>) {
    let Some(name) = name else { return ("XCCDF".to_owned(), None) };
    let Some(parts) = name.strip_prefix("cpe:/a:").or_else(|| name.strip_prefix("cpe:2.3:a:")) else {
        return (name.to_owned(), None);
    };
    let mut parts = parts.split(':').skip(1).map(str::to_owned);
    let product = parts.next().unwrap_or_else(|| name.to_owned());
    (product, parts.next().filter(|version| !matches!(version.as_str(), "" | "*" | "-")))
}
