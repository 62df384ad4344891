//! The parts of the report, one after the other.

use pdf_writer::types::StructRole as Role;

use super::data::{Block, CheckBlock, ControlBlock, Data, Row};
use super::print::{Cell, Print};
use super::text::{Colour, Run, SOFT};
use crate::style::{Language, Marking};

/// The size of what is read, and of tables.
const SIZE: f32 = 10.0;
const SMALL: f32 = 9.0;
/// Lines of the table of contents: one page.
const ENTRIES: usize = 46;

/// The document.
pub(super) fn laid_out(data: &Data, language: Language, marking: Option<Marking>) -> Print {
    let mut print = Print::new(marking);
    let parts = Parts { data, language };
    // who has the document read to them hears the label first
    print.label_in_structure();
    parts.cover(&mut print);
    // the contents are written when it is known where everything stands
    let after_cover = print.length();
    print.page();
    print.page();
    parts.summary(&mut print);
    parts.requirements(&mut print);
    parts.details(&mut print);
    parts.checks(&mut print);
    parts.statements(&mut print);
    parts.sources(&mut print);
    let all = print.length();
    parts.contents(&mut print);
    print.moved(all, after_cover);
    let page = |number: usize, of: usize| {
        language.say_with("Page {0} of {1}", &[number.to_string(), of.to_string()])
    };
    let of = print.pages.len();
    print.margins(&data.title, &data.subtitle, &data.system, |number| page(number, of));
    print
}

fn tone(word: &str) -> Colour {
    match word {
        "fail" => [0.682, 0.122, 0.094],
        "error" => [0.478, 0.165, 0.573],
        "unknown" => [0.502, 0.333, 0.039],
        "expired" => [0.588, 0.282, 0.039],
        "unattested" => [0.400, 0.361, 0.0],
        "waived" => [0.145, 0.345, 0.659],
        "satisfied" | "pass" => [0.106, 0.416, 0.255],
        _ => SOFT,
    }
}

struct Parts<'a> {
    data: &'a Data,
    language: Language,
}

impl Parts<'_> {
    fn say<'w>(&self, label: &'w str) -> &'w str {
        self.language.say(label)
    }

    fn heads<'w, const N: usize>(&self, labels: [&'w str; N]) -> [&'w str; N] {
        labels.map(|label| self.say(label))
    }

    fn state(&self, word: &str, name: &str, size: f32) -> Run {
        Run::bold(size, self.say(name)).coloured(tone(word))
    }

    fn cover(&self, print: &mut Print) {
        let data = self.data;
        print.space(110.0);
        print.paragraph(Role::P, &[Run::soft(11.0, self.say("Assessment report"))], 0.0);
        print.paragraph(Role::H1, &[Run::bold(26.0, &data.title)], 0.0);
        print.space(10.0);
        prose(print, &data.description, 0.0);
        print.space(24.0);
        let rows = data.facts.iter().map(|fact| {
            let value = if fact.code { Run::code(SIZE, &fact.value) } else { Run::text(SIZE, &fact.value) };
            vec![vec![Run::soft(SIZE, self.say(fact.label))], vec![value]]
        });
        print.table(&[1.0, 3.4], &[], rows.collect());
        print.space(24.0);
        let hint =
            self.say("The results of a control are no better than its checks: read what each one measures.");
        print.paragraph(Role::P, &[Run::soft(SMALL, hint)], 0.0);
    }

    fn contents(&self, print: &mut Print) {
        let all = print.bookmarks.iter();
        let is_long = print.bookmarks.len() > ENTRIES;
        let shown = all.filter(|bookmark| bookmark.is_part || !is_long).take(ENTRIES);
        let entries: Vec<(bool, String, usize, f32)> =
            shown.map(|one| (one.is_part, one.title.clone(), one.page, one.y)).collect();
        let title = self.say("Contents").to_owned();
        print.on_page(1, |print| {
            print.paragraph(Role::H1, &[Run::bold(18.0, title)], 0.0);
            print.space(6.0);
            for (number, (is_part, title, page, y)) in entries.into_iter().enumerate() {
                let name = format!("contents {number}");
                print.places.insert(name.clone(), (page, y));
                print.entry(&title, if is_part { 0.0 } else { 16.0 }, page, name);
            }
        });
    }

    fn summary(&self, print: &mut Print) {
        let (data, totals) = (self.data, &self.data.totals);
        begin(print, self.say("Summary"));
        let of = self.language.say_with("{0} of {1}", &[totals.open.clone(), totals.evaluated.clone()]);
        let need = if totals.one_open {
            self.say("evaluated controls needs attention.")
        } else {
            self.say("evaluated controls need attention.")
        };
        let rest = format!(" {need} {}", totals.not_evaluated);
        print.paragraph(Role::P, &[Run::bold(13.0, of), Run::text(13.0, rest.trim_end())], 0.0);
        for problem in &data.problems {
            let mark =
                Run::bold(SIZE, format!("{}: ", self.say("About this report"))).coloured(tone("unknown"));
            print.paragraph(Role::P, &[mark, Run::text(SIZE, problem)], 0.0);
        }
        print.space(6.0);
        let rows = data.states.iter().map(|one| {
            vec![
                vec![self.state(one.word, one.name, SMALL)],
                vec![Run::text(SMALL, &one.count)],
                vec![Run::text(SMALL, self.say(one.meaning))],
            ]
        });
        print.table(&[1.0, 0.8, 4.0], &self.heads(["State", "Controls", "Meaning"]), rows.collect());
        if !totals.judged.is_empty() {
            print.paragraph(Role::P, &[Run::text(SIZE, &totals.judged)], 0.0);
        }
        print.space(8.0);
        print.heading(Role::H2, 13.0, self.say("Categories"), Some(false));
        let heads = self.heads(["Category", "Failed", "Not settled", "Waived", "Satisfied", "Not evaluated"]);
        let rows = data.categories.iter().map(|one| {
            let counts = one.counts.iter().map(|count| vec![Run::text(SMALL, count)]);
            [vec![Run::text(SMALL, &one.name)]].into_iter().chain(counts).collect()
        });
        print.table(&[3.6, 1.0, 1.0, 1.0, 1.0, 1.1], &heads, rows.collect());
    }

    fn requirements(&self, print: &mut Print) {
        for part in &self.data.parts {
            begin(print, self.say(part.title));
            print.paragraph(Role::P, &[Run::text(SIZE, self.say(part.meaning))], 0.0);
            let rows = part.rows.iter().map(|row| self.requirement(row)).collect();
            let heads = self.heads(["Requirement", "Title", "State", "Severity"]);
            print.table(&[1.1, 4.4, 1.3, 1.0], &heads, rows);
        }
    }

    fn requirement(&self, row: &Row) -> Vec<Cell> {
        let label = Run::bold(SMALL, &row.label);
        vec![
            vec![if row.detail { label.to(format!("c-{}", row.id)) } else { label }],
            vec![Run::text(SMALL, &row.title)],
            vec![self.state(row.state, row.state_name, SMALL)],
            vec![Run::text(SMALL, self.say(row.severity))],
        ]
    }

    fn details(&self, print: &mut Print) {
        begin(print, self.say("Requirements in detail"));
        for category in &self.data.details {
            print.space(6.0);
            print.heading(Role::H2, 13.0, &category.name, Some(false));
            for control in &category.controls {
                self.control(print, control);
            }
        }
    }

    fn control(&self, print: &mut Print, control: &ControlBlock) {
        let row = &control.row;
        print.need(70.0);
        print.space(5.0);
        print.place(format!("c-{}", row.id));
        print.heading(Role::H3, 10.5, &format!("{}  {}", row.label, row.title), None);
        let severity =
            if row.severity.is_empty() { String::new() } else { format!(" · {}", self.say(row.severity)) };
        let state = self.state(row.state, row.state_name, SIZE);
        print.paragraph(Role::P, &[state, Run::text(SIZE, severity)], 0.0);
        for item in &control.statement {
            let indent = 10.0 + 10.0 * f32::from(u8::try_from(item.depth.min(6)).unwrap_or_default());
            let label = item.label.as_deref().map(|label| format!("{label} ")).unwrap_or_default();
            for (at, block) in item.blocks.iter().enumerate() {
                let label = if at == 0 { label.as_str() } else { "" };
                let text = format!("{label}{}{}", if block.item { "– " } else { "" }, block.text);
                print.paragraph(Role::P, &[Run::soft(SMALL, text)], indent);
            }
        }
        control.findings.iter().for_each(|finding| prose(print, finding, 0.0));
        for procedure in &control.procedures {
            let name = Run::code(SIZE, &procedure.id);
            let lead = Run::text(SIZE, format!("{} ", self.say("Procedure")));
            let text = Run::text(SIZE, format!(" {}", procedure.description));
            print.paragraph(Role::P, &[lead, name, text], 0.0);
        }
        for check in &control.checks {
            let state = self.state(check.verdict, check.verdict_name, SMALL);
            let title = Run::text(SMALL, &check.title).to(format!("k-{}", check.name));
            let runs =
                [state, Run::text(SMALL, ": "), title, Run::text(SMALL, format!(", {}", check.extent))];
            print.paragraph(Role::P, &runs, 10.0);
        }
        for one in &control.statements {
            let state = self.state(one.state, one.state_name, SMALL);
            print.paragraph(Role::P, &[state, Run::text(SMALL, format!(": {}", one.text))], 10.0);
        }
    }

    fn checks(&self, print: &mut Print) {
        begin(print, self.say("Checks"));
        let hint =
            self.say("Each check with resources that do not pass it, and where their evidence stands.");
        let mut runs = vec![Run::text(SIZE, hint)];
        if !self.data.whole.is_empty() {
            runs.push(Run::text(SIZE, format!(" {} ", self.say("The whole list lies in"))));
            runs.push(Run::code(SIZE, &self.data.whole));
        }
        print.paragraph(Role::P, &runs, 0.0);
        self.data.checks.iter().for_each(|check| self.check(print, check));
    }

    fn check(&self, print: &mut Print, check: &CheckBlock) {
        let line = &check.line;
        print.need(80.0);
        print.space(6.0);
        print.place(format!("k-{}", line.name));
        print.heading(Role::H3, 10.5, &line.title, None);
        let severity = if check.severity.is_empty() {
            String::new()
        } else {
            format!(" · {}", self.say(check.severity))
        };
        let state = self.state(line.verdict, line.verdict_name, SIZE);
        print.paragraph(Role::P, &[state, Run::text(SIZE, format!(", {}{severity}", line.extent))], 0.0);
        let facts = [
            ("Expected", format!("{} {}", check.property, check.expected), true),
            ("Rule", check.rule.clone(), true),
            ("Controls", check.controls.clone(), false),
        ];
        for (label, value, is_code) in facts {
            if !value.trim().is_empty() {
                let label = Run::soft(SMALL, format!("{}  ", self.say(label)));
                let value = if is_code { Run::code(SMALL, value) } else { Run::text(SMALL, value) };
                print.paragraph(Role::P, &[label, value], 0.0);
            }
        }
        if !check.resources.is_empty() {
            let rows = check.resources.iter().map(|one| {
                vec![
                    vec![Run::text(SMALL, &one.name), Run::soft(8.0, format!("\n{}", one.kind))],
                    vec![self.state(one.verdict, one.verdict_name, SMALL)],
                    vec![Run::text(SMALL, &one.found)],
                    vec![Run::code(SMALL, &one.evidence)],
                ]
            });
            let heads = self.heads(["Resource", "Verdict", "Found", "Evidence"]);
            print.table(&[2.6, 1.2, 2.6, 2.0], &heads, rows.collect());
        }
        if !check.more.is_empty() {
            print.paragraph(Role::P, &[Run::soft(8.5, &check.more)], 0.0);
        }
    }

    fn statements(&self, print: &mut Print) {
        let data = self.data;
        let text = |text: &str| vec![Run::text(SMALL, text)];
        if !data.attestations.is_empty() {
            begin(print, self.say("Attestations"));
            let rows = data.attestations.iter().map(|one| {
                let expired = one.expired.then(|| self.state("expired", "Expired", SMALL));
                let until = text(&format!("{} ", one.until)).into_iter().chain(expired).collect();
                vec![text(&one.title), text(&one.controls), text(&one.by), text(&one.on), until]
            });
            let heads = self.heads(["Attestation", "Controls", "By", "Stated", "Valid until"]);
            print.table(&[3.0, 1.6, 1.5, 1.0, 1.2], &heads, rows.collect());
        }
        if !data.risks.is_empty() {
            begin(print, self.say("Risks"));
            let rows = data.risks.iter().map(|one| {
                let (status, severity) = (self.say(&one.status), self.say(one.severity));
                vec![text(&one.title), text(status), text(severity), text(&one.deadline), text(&one.by)]
            });
            let heads = self.heads(["Risk", "Status", "Severity", "Deadline", "Accepted by"]);
            print.table(&[3.4, 1.3, 1.0, 1.1, 1.5], &heads, rows.collect());
        }
        if !data.certificates.is_empty() {
            begin(print, self.say("Certificates"));
            let rows = data.certificates.iter().map(|one| {
                vec![
                    vec![Run::text(SMALL, &one.title), Run::soft(8.0, format!("\n{}", one.kind))],
                    vec![self.state(one.state, one.state_name, SMALL)],
                    text(&one.until),
                    text(&one.at_risk),
                    text(&one.inherited),
                ]
            });
            let heads = self.heads(["Certificate", "State", "Valid until", "Newly failing", "Inherited"]);
            print.table(&[3.0, 1.2, 1.1, 1.5, 1.5], &heads, rows.collect());
        }
    }

    fn sources(&self, print: &mut Print) {
        begin(print, self.say("Sources"));
        let rows = self.data.sources.iter().map(|one| {
            let digest = Run::code(6.6, format!("\n{}", one.digest)).coloured(SOFT);
            vec![
                vec![Run::code(SMALL, &one.file), digest],
                vec![Run::text(SMALL, &one.kind)],
                vec![Run::text(SMALL, self.say(one.state))],
                vec![Run::text(SMALL, &one.completeness)],
            ]
        });
        let heads = self.heads(["File", "Kind", "Digest", "Completeness"]);
        print.table(&[4.4, 1.2, 1.0, 1.4], &heads, rows.collect());
    }
}

/// Paragraphs and items of prose.
fn prose(print: &mut Print, blocks: &[Block], indent: f32) {
    for block in blocks {
        let (lead, indent) = if block.item { ("– ", indent + 10.0) } else { ("", indent) };
        print.paragraph(Role::P, &[Run::text(SIZE, format!("{lead}{}", block.text))], indent);
    }
}

/// Begins a part, on a page of its own.
fn begin(print: &mut Print, title: &str) {
    print.fresh_page();
    print.heading(Role::H1, 18.0, title, Some(true));
    print.space(6.0);
}
