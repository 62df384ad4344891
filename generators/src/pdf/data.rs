//! What the PDF says: short lists, with where the whole ones lie.

use crate::render::{clean, plain};
use crate::style::Language;
use crate::view::{Category, Check, Control, ControlState, Report, Resource, SourceState, Verdict};

/// Resources that are listed of a check.
const RESOURCES: usize = 10;
/// Resources in all checks together: about forty pages.
const ALL_RESOURCES: usize = 1500;

pub(super) struct Data {
    pub(super) title: String,
    pub(super) subtitle: String,
    pub(super) system: String,
    pub(super) description: Vec<Block>,
    pub(super) facts: Vec<Fact>,
    pub(super) problems: Vec<String>,
    pub(super) totals: Totals,
    pub(super) states: Vec<State>,
    pub(super) categories: Vec<CategoryRow>,
    pub(super) parts: Vec<Part>,
    pub(super) details: Vec<Details>,
    pub(super) checks: Vec<CheckBlock>,
    pub(super) attestations: Vec<AttestationRow>,
    pub(super) risks: Vec<RiskRow>,
    pub(super) certificates: Vec<CertificateRow>,
    pub(super) sources: Vec<SourceRow>,
    /// The file that lists all verdicts, if there is one.
    pub(super) whole: String,
}

/// A paragraph or an item of a list.
pub(super) struct Block {
    pub(super) item: bool,
    pub(super) text: String,
}

pub(super) struct Fact {
    pub(super) label: &'static str,
    pub(super) value: String,
    pub(super) code: bool,
}

pub(super) struct Totals {
    pub(super) open: String,
    pub(super) one_open: bool,
    pub(super) evaluated: String,
    pub(super) not_evaluated: String,
    pub(super) judged: String,
}

pub(super) struct State {
    pub(super) word: &'static str,
    pub(super) name: &'static str,
    pub(super) meaning: &'static str,
    pub(super) count: String,
}

pub(super) struct CategoryRow {
    pub(super) name: String,
    pub(super) counts: [String; 5],
}

/// The requirements that came out alike.
pub(super) struct Part {
    pub(super) title: &'static str,
    pub(super) meaning: &'static str,
    pub(super) rows: Vec<Row>,
}

pub(super) struct Row {
    pub(super) id: String,
    pub(super) label: String,
    pub(super) title: String,
    pub(super) state: &'static str,
    pub(super) state_name: &'static str,
    pub(super) severity: &'static str,
    /// Whether there are details of it.
    pub(super) detail: bool,
}

pub(super) struct Details {
    pub(super) name: String,
    pub(super) controls: Vec<ControlBlock>,
}

pub(super) struct ControlBlock {
    pub(super) row: Row,
    pub(super) statement: Vec<Item>,
    pub(super) findings: Vec<Vec<Block>>,
    pub(super) procedures: Vec<Procedure>,
    pub(super) checks: Vec<CheckLine>,
    pub(super) statements: Vec<Statement>,
}

pub(super) struct Item {
    pub(super) depth: usize,
    pub(super) label: Option<String>,
    pub(super) blocks: Vec<Block>,
}

pub(super) struct Procedure {
    pub(super) id: String,
    pub(super) description: String,
}

/// An attestation, a risk or a result of another catalog.
pub(super) struct Statement {
    pub(super) state: &'static str,
    pub(super) state_name: &'static str,
    pub(super) text: String,
}

pub(super) struct CheckLine {
    pub(super) name: String,
    pub(super) title: String,
    pub(super) verdict: &'static str,
    pub(super) verdict_name: &'static str,
    /// How many resources do not pass.
    pub(super) extent: String,
}

pub(super) struct CheckBlock {
    pub(super) line: CheckLine,
    pub(super) severity: &'static str,
    pub(super) property: String,
    pub(super) expected: String,
    pub(super) rule: String,
    pub(super) controls: String,
    pub(super) resources: Vec<ResourceRow>,
    pub(super) more: String,
}

pub(super) struct ResourceRow {
    pub(super) name: String,
    pub(super) kind: String,
    pub(super) verdict: &'static str,
    pub(super) verdict_name: &'static str,
    pub(super) found: String,
    pub(super) evidence: String,
}

pub(super) struct AttestationRow {
    pub(super) title: String,
    pub(super) controls: String,
    pub(super) by: String,
    pub(super) on: String,
    pub(super) until: String,
    pub(super) expired: bool,
}

pub(super) struct RiskRow {
    pub(super) title: String,
    pub(super) status: String,
    pub(super) severity: &'static str,
    pub(super) deadline: String,
    pub(super) by: String,
}

pub(super) struct CertificateRow {
    pub(super) title: String,
    pub(super) kind: String,
    pub(super) state: &'static str,
    pub(super) state_name: &'static str,
    pub(super) until: String,
    /// Printed ids of the controls that put it at risk.
    pub(super) at_risk: String,
    /// Printed ids of the controls that are inherited from it.
    pub(super) inherited: String,
}

pub(super) struct SourceRow {
    pub(super) file: String,
    pub(super) kind: String,
    pub(super) state: &'static str,
    pub(super) digest: String,
    pub(super) completeness: String,
}

/// The data of `report`.
pub(super) fn data(report: &Report, language: Language) -> Data {
    let subtitle = report.profile.as_deref().or(report.catalog.as_deref()).map(clean).unwrap_or_default();
    let as_of = report.as_of.as_deref().map(|at| language.instant(at));
    let as_of = as_of.map(|at| format!("{} {at}", language.say("As of")));
    let whole = report.sources.iter().find(|source| source.kind == "verdicts");
    Data {
        title: clean(&report.title),
        system: [Some(subtitle.clone()), as_of].into_iter().flatten().collect::<Vec<_>>().join(" · "),
        subtitle,
        description: blocks(&report.description),
        facts: facts(report, language),
        problems: report
            .problems
            .iter()
            .map(|one| clean(&format!("{} ({})", one.message, one.code)))
            .collect(),
        totals: totals(report, language),
        states: ControlState::ALL.into_iter().map(|state| state_row(report, state, language)).collect(),
        categories: report.categories.iter().map(|category| category_row(category, language)).collect(),
        parts: parts(report),
        details: report.categories.iter().filter_map(|c| details(report, c, language)).collect(),
        checks: checks(report, language),
        attestations: attestations(report, language),
        risks: risks(report, language),
        certificates: certificates(report, language),
        sources: sources(report, language),
        whole: whole.map(|source| clean(&source.file)).unwrap_or_default(),
    }
}

fn blocks(prose: &str) -> Vec<Block> {
    plain(prose).into_iter().map(|(item, text)| Block { item, text: clean(&text) }).collect()
}

fn facts(report: &Report, language: Language) -> Vec<Fact> {
    let fact = |label, value: Option<String>, code| {
        value.filter(|value| !value.is_empty()).map(|value| Fact { label, value: clean(&value), code })
    };
    let all = [
        fact("Assessment", report.assessment.clone(), false),
        fact("Profile", report.profile.clone(), false),
        fact("Catalog", report.catalog.clone(), false),
        fact("As of", report.as_of.as_deref().map(|at| language.instant(at)), false),
        fact("Oldest evidence", Some(language.instant(&report.start)), false),
        fact("Judged by", report.tool.clone(), false),
        fact("Made from", Some(report.file.clone()), true),
        fact("SHA-256", Some(report.digest.clone()), true),
    ];
    all.into_iter().flatten().collect()
}

fn totals(report: &Report, language: Language) -> Totals {
    let all = &report.totals;
    let rest = u64::try_from(report.not_evaluated.len()).unwrap_or_default();
    let (one, many) = ("more of the catalog was not evaluated.", "more of the catalog were not evaluated.");
    let judged =
        [language.count(all.judged, "verdict", "verdicts"), language.count(all.checks, "check", "checks")];
    Totals {
        open: language.grouped(all.open),
        one_open: all.open == 1,
        evaluated: language.grouped(all.evaluated),
        not_evaluated: if rest == 0 { String::new() } else { language.count(rest, one, many) },
        judged: if all.judged == 0 { String::new() } else { language.say_with("{0} from {1}.", &judged) },
    }
}

fn state_row(report: &Report, state: ControlState, language: Language) -> State {
    let count = report.totals.states.get(&state).copied().unwrap_or_default();
    State { word: state.word(), name: state.name(), meaning: state.meaning(), count: language.grouped(count) }
}

fn category_row(category: &Category, language: Language) -> CategoryRow {
    CategoryRow { name: name_of(category), counts: category.counts().map(|count| language.grouped(count)) }
}

fn name_of(category: &Category) -> String {
    clean(&format!("{} {}", category.label, category.title)).trim().to_owned()
}

fn parts(report: &Report) -> Vec<Part> {
    let with = |wanted: fn(ControlState) -> bool| {
        let controls = report.controls.iter().filter(move |control| wanted(control.state));
        controls.map(|control| row(report, control)).collect::<Vec<_>>()
    };
    let not_evaluated = report.not_evaluated.iter().map(|control| Row {
        id: control.id.clone(),
        label: clean(&control.label),
        title: clean(&control.title),
        state: "not-evaluated",
        state_name: "Not evaluated",
        severity: "",
        detail: false,
    });
    let all = [
        (
            "Requirements that are not met",
            "Something fails, could not be settled, or lacks a valid attestation.",
            with(ControlState::is_open),
        ),
        (
            "Requirements whose failure is accepted",
            "It fails, and the risk is accepted until a deadline.",
            with(|state| state == ControlState::Waived),
        ),
        (
            "Requirements that are met",
            "Every check passes and every attestation is valid.",
            with(|state| state == ControlState::Satisfied),
        ),
        (
            "Requirements that were not evaluated",
            "No metric and no procedure is mapped to these controls. They do not count as satisfied.",
            not_evaluated.collect(),
        ),
    ];
    let parts = all.into_iter().map(|(title, meaning, rows)| Part { title, meaning, rows });
    parts.filter(|part| !part.rows.is_empty()).collect()
}

fn row(report: &Report, control: &Control) -> Row {
    Row {
        id: control.id.clone(),
        label: clean(&control.label),
        title: clean(&control.title),
        state: control.state.word(),
        state_name: control.state.name(),
        severity: control.severity.map_or("", |severity| severity.name()),
        detail: report.category(&control.category).is_some(),
    }
}

fn details(report: &Report, category: &Category, language: Language) -> Option<Details> {
    let controls = report.controls.iter().filter(|control| control.category == category.id);
    let controls: Vec<ControlBlock> = controls.map(|control| block(report, control, language)).collect();
    (!controls.is_empty()).then(|| Details { name: name_of(category), controls })
}

fn block(report: &Report, control: &Control, language: Language) -> ControlBlock {
    let statement = control.statement.iter().filter(|_| !control.title_only);
    let checks = control.checks.iter().filter_map(|name| report.check(name));
    ControlBlock {
        row: row(report, control),
        statement: statement
            .map(|item| Item {
                depth: item.depth,
                label: item.label.as_deref().map(clean),
                blocks: blocks(&item.text),
            })
            .collect(),
        findings: control.findings.iter().map(|finding| blocks(&finding.summary)).collect(),
        procedures: control
            .procedures
            .iter()
            .map(|one| Procedure {
                id: clean(&one.id),
                description: one.description.as_deref().map(clean).unwrap_or_default(),
            })
            .collect(),
        checks: checks.map(|check| check_line(check, language)).collect(),
        statements: statements(report, control, language),
    }
}

fn statements(report: &Report, control: &Control, language: Language) -> Vec<Statement> {
    let attestations = report.attestations.iter().filter(|one| control.attestations.contains(&one.uuid));
    let attested = attestations.map(|one| {
        let (state, state_name) = one.standing("Attested");
        let until = one.valid_until.as_deref().map(|day| language.day(day));
        let until = until.map(|day| language.say_with("valid until {0}", &[day]));
        let by = (!one.by.is_empty()).then(|| one.by.join(", "));
        let parts: Vec<String> = [Some(one.title.clone()), by, until].into_iter().flatten().collect();
        Statement { state, state_name, text: clean(&parts.join(", ")) }
    });
    let risks = report.risks.iter().filter(|one| control.risks.contains(&one.uuid) && one.accepted);
    let accepted = risks.map(|one| {
        let until = one.deadline.as_deref().map(|day| language.day(day));
        let until = until.map(|day| language.say_with("until {0}", &[day]));
        let by = (!one.by.is_empty()).then(|| language.say_with("accepted by {0}", &[one.by.join(", ")]));
        let parts: Vec<String> = [Some(one.title.clone()), until, by].into_iter().flatten().collect();
        Statement { state: "waived", state_name: "Accepted", text: clean(&parts.join(", ")) }
    });
    let carried = report.carried.iter().filter(|one| control.carried.contains(&one.uuid)).map(|one| {
        let state = one.state.unwrap_or(ControlState::Unknown);
        Statement { state: state.word(), state_name: "Carried", text: clean(&one.title) }
    });
    attested.chain(accepted).chain(carried).collect()
}

fn check_line(check: &Check, language: Language) -> CheckLine {
    let (verdict, verdict_name) = match (check.no_subject, check.worst) {
        (true, _) => ("no-subject", "No subject"),
        (false, Some(verdict)) => (verdict.word(), verdict.name()),
        (false, None) => ("observed", "Observed"),
    };
    let resources = language.count(check.total, "resource", "resources");
    CheckLine {
        name: check.name.clone(),
        title: clean(&check.title),
        verdict,
        verdict_name,
        extent: language.say_with("{0} of {1} not passing", &[language.grouped(check.open), resources]),
    }
}

fn checks(report: &Report, language: Language) -> Vec<CheckBlock> {
    let mut left = ALL_RESOURCES;
    report.checks.iter().map(|check| check_block(report, check, language, &mut left)).collect()
}

fn check_block(report: &Report, check: &Check, language: Language, left: &mut usize) -> CheckBlock {
    let open = |resource: &&Resource| resource.verdict != Some(Verdict::Waived);
    let rows: Vec<ResourceRow> =
        check.listed().filter(open).take(RESOURCES.min(*left)).map(resource_row).collect();
    *left -= rows.len();
    let more = check.open.saturating_sub(u64::try_from(rows.len()).unwrap_or_default());
    let more_words = ("more resource does not pass.", "more resources do not pass.");
    let place = |file: &str, line: Option<u32>| match line {
        Some(line) => format!("{file}:{line}"),
        None => file.to_owned(),
    };
    let expected = check.expected.join(", ");
    let operator = check.operator.as_deref().unwrap_or("==");
    let label = |id: &String| report.control(id).map_or_else(|| id.clone(), |control| control.label.clone());
    CheckBlock {
        line: check_line(check, language),
        severity: check.severity.map_or("", |severity| severity.name()),
        property: check.property.as_deref().map(clean).unwrap_or_default(),
        expected: if expected.is_empty() { expected } else { clean(&format!("{operator} {expected}")) },
        rule: check.rego.as_ref().map(|rego| clean(&place(&rego.file, rego.line))).unwrap_or_default(),
        controls: clean(&check.controls.iter().map(label).collect::<Vec<_>>().join(", ")),
        resources: rows,
        more: if more == 0 { String::new() } else { language.count(more, more_words.0, more_words.1) },
    }
}

fn resource_row(resource: &Resource) -> ResourceRow {
    let (verdict, verdict_name) =
        resource.verdict.map_or(("observed", "Observed"), |verdict| (verdict.word(), verdict.name()));
    let found = resource.measured().map(|measured| measured.found.as_str());
    let evidence = resource.evidence.as_ref().map(|evidence| match evidence.line {
        Some(line) => format!("{}:{line}", evidence.source),
        None => evidence.source.clone(),
    });
    ResourceRow {
        name: clean(&resource.name),
        kind: clean(&resource.r#type),
        verdict,
        verdict_name,
        found: clean(resource.why().or(found).unwrap_or_default()),
        evidence: clean(&evidence.unwrap_or_default()),
    }
}

fn attestations(report: &Report, language: Language) -> Vec<AttestationRow> {
    let day = |day: Option<&str>| day.map(|day| language.day(day)).unwrap_or_default();
    let rows = report.attestations.iter().map(|one| AttestationRow {
        title: clean(&one.title),
        controls: labels(report, &one.controls),
        by: clean(&one.by.join(", ")),
        on: day(one.on.as_deref()),
        until: day(one.valid_until.as_deref()),
        expired: one.expired,
    });
    rows.collect()
}

/// Printed ids of controls.
fn labels(report: &Report, ids: &[String]) -> String {
    let label = |id: &String| report.control(id).map_or_else(|| id.clone(), |control| control.label.clone());
    clean(&ids.iter().map(label).collect::<Vec<_>>().join(", "))
}

fn certificates(report: &Report, language: Language) -> Vec<CertificateRow> {
    let rows = report.certificates.iter().map(|one| {
        let (state, state_name) = one.standing();
        let kind = [Some(one.scheme.as_str()), Some(one.kind.as_str()), one.issuer.as_deref()];
        CertificateRow {
            title: clean(&one.title),
            kind: clean(&kind.into_iter().flatten().collect::<Vec<_>>().join(", ")),
            state,
            state_name,
            until: language.day(&one.until),
            at_risk: labels(report, &one.at_risk),
            inherited: labels(report, &one.inherited),
        }
    });
    rows.collect()
}

/// Accepted risks, and those that no check stands for: the others say no more than their check.
fn risks(report: &Report, language: Language) -> Vec<RiskRow> {
    let told = report.risks.iter().filter(|risk| risk.accepted || risk.check.is_none());
    let rows = told.map(|risk| RiskRow {
        title: clean(&risk.title),
        status: clean(risk.status_name()),
        severity: risk.severity.map_or("", |severity| severity.name()),
        deadline: risk.deadline.as_deref().map(|day| language.day(day)).unwrap_or_default(),
        by: if risk.accepted { clean(&risk.by.join(", ")) } else { String::new() },
    });
    rows.collect()
}

fn sources(report: &Report, language: Language) -> Vec<SourceRow> {
    let files = report.sources.iter().filter(|source| source.kind != "rego");
    let rows = files.map(|source| SourceRow {
        file: clean(&source.file),
        kind: clean(&source.kind),
        state: match source.state {
            SourceState::Verified => "As assessed",
            SourceState::Changed => "Changed",
            SourceState::Missing => "Missing",
            SourceState::Unchecked => "No digest",
        },
        digest: source.digest.clone().unwrap_or_default(),
        completeness: source
            .set
            .as_ref()
            .map(|set| {
                let word = language.say(if set.complete { "Complete" } else { "Incomplete" }).to_owned();
                let count = set.resources.map(|count| language.count(count, "resource", "resources"));
                [Some(word), count].into_iter().flatten().collect::<Vec<_>>().join(", ")
            })
            .unwrap_or_default(),
    });
    rows.collect()
}
