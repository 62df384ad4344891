//! Reports as text, Markdown, HTML, CSV and JSON. The label stands before and after what they say, and on every page that is printed.
//!
//! Values are words of the standard and ids of the lexicon, which are lower-case letters, digits and hyphens; nothing that somebody wrote
//! into an incident reaches these functions.

use std::fmt::Write as _;

use probity_diagnostics::{Diagnostic, codes as files};

use super::{Report, Row, Span, Table};

/// What stands where a number is too small to be told.
const FEW: &str = "too few to be told";

/// The style of the page. Label: at the right of head and foot, 12 points or more, in its colour on black, on each printed page.
const STYLE: &str = "\
body{font:1rem/1.5 system-ui,sans-serif;max-width:60rem;margin:0 auto;padding:3.5rem 1rem}\
table{border-collapse:collapse;margin:.5rem 0 2rem}\
th,td{padding:.2rem .8rem;border-bottom:1px solid #bbb;text-align:right}\
th:first-child,td:first-child{text-align:left}\
.tlp{position:fixed;right:0;left:0;margin:0;padding:.3rem 1rem;background:#000;text-align:right;font:bold 12pt monospace}\
.tlp.head{top:0}.tlp.foot{bottom:0}\
.hint{color:#555;margin:0}\
@media (prefers-color-scheme:dark){body{background:#111;color:#eee}.hint{color:#aaa}th,td{border-color:#444}}\
@media print{body{background:#fff;color:#000}table{break-inside:avoid}\
.tlp{print-color-adjust:exact;-webkit-print-color-adjust:exact}@page{margin:22mm 15mm}.tlp.head{top:-16mm}.tlp.foot{bottom:-16mm}}";

impl Report {
    /// What the report is about, in sentences.
    fn summary(&self) -> Vec<String> {
        let few = format!("fewer than {}, which is {FEW}", self.fewest);
        let count = self.incidents.map_or(few, |count| count.to_string());
        let whose =
            if self.received { "of this project and of what was received" } else { "of this project" };
        let mut said = vec![format!("Incidents {whose}: {count}.")];
        if self.fewest > 1 {
            said.push(format!(
                "No number below {} is told but 0: what is rarer is counted together as `others`, and a table of which nothing else is \
                 left is left out.",
                self.fewest
            ));
        }
        said
    }

    /// The columns of a table after its values.
    fn columns(&self, table: &Table) -> Vec<&str> {
        let has_months = table.rows.iter().any(|row| !row.months.is_empty());
        let months = self.months.iter().filter(|_| has_months).map(String::as_str);
        months.chain(["incidents"]).collect()
    }
}

/// The numbers of a row in the order of the columns.
fn numbers(row: &Row) -> impl Iterator<Item = u64> + '_ {
    row.months.iter().copied().chain([row.incidents])
}

/// How long something took, in words.
fn took(span: &Span) -> String {
    match (span.known, span.median_hours) {
        (Some(known), Some(hours)) => format!("half of {known} took {hours} hours or less"),
        (Some(_), None) => "of no incident it is known".to_owned(),
        (None, _) => FEW.to_owned(),
    }
}

/// The report for a terminal or a mail.
pub fn text(report: &Report) -> String {
    let mut out = format!("{}\n\n{}\n", report.marking, report.title);
    for line in report.summary() {
        let _ = writeln!(out, "{line}");
    }
    for table in &report.tables {
        let columns = report.columns(table);
        let widest = table.rows.iter().map(|row| row.value.len()).max().unwrap_or_default();
        let _ = write!(out, "\n{}\n  {:widest$}", table.title, "");
        for column in &columns {
            let _ = write!(out, "  {column:>9}");
        }
        out.push('\n');
        for row in &table.rows {
            let _ = write!(out, "  {:widest$}", row.value);
            for number in numbers(row) {
                let _ = write!(out, "  {number:>9}");
            }
            out.push('\n');
        }
    }
    for span in &report.durations {
        let _ = write!(out, "\n{}: {}", span.title, took(span));
    }
    let _ = write!(out, "\n\n{}\n", report.marking);
    out
}

/// The report in Markdown, with its colour in the front matter.
pub fn markdown(report: &Report) -> String {
    let label = report.marking;
    let mut out = format!("---\nmarking: {label}\n---\n\n**{label}**\n\n# {}\n", report.title);
    for line in report.summary() {
        let _ = write!(out, "\n{line}\n");
    }
    for table in &report.tables {
        let columns = report.columns(table);
        let _ = write!(out, "\n## {}\n\n{}\n\n", table.title, table.note);
        let _ = writeln!(out, "| | {} |", columns.join(" | "));
        let _ = writeln!(out, "| --- |{}", " ---: |".repeat(columns.len()));
        for row in &table.rows {
            let cells: Vec<String> = numbers(row).map(|number| number.to_string()).collect();
            let _ = writeln!(out, "| {} | {} |", row.value, cells.join(" | "));
        }
    }
    out.push_str("\n## How long it took\n\n");
    for span in &report.durations {
        let _ = writeln!(out, "- {}: {}", span.title, took(span));
    }
    let _ = write!(out, "\n**{label}**\n");
    out
}

/// The report as one page that needs no network and no other file.
pub fn html(report: &Report) -> String {
    let label = report.marking;
    let colour = match label {
        crate::Label::Clear => "#fff",
        crate::Label::Green => "#33ff00",
        crate::Label::Amber | crate::Label::AmberStrict => "#ffc000",
        crate::Label::Red => "#ff2b2b",
    };
    let mut out = format!(
        "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <meta name=\"color-scheme\" content=\"light dark\">\n\
         <meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n\
         <title>{label} {title}</title>\n<style>{STYLE}.tlp{{color:{colour}}}</style>\n</head>\n<body>\n\
         <p class=\"tlp head\">{label}</p>\n<main>\n<h1>{title}</h1>\n",
        title = report.title
    );
    for line in report.summary() {
        let _ = writeln!(out, "<p>{line}</p>");
    }
    for table in &report.tables {
        let _ = writeln!(out, "<h2>{}</h2>\n<p class=\"hint\">{}</p>", table.title, table.note);
        out.push_str("<table><thead><tr><th></th>");
        for column in report.columns(table) {
            let _ = write!(out, "<th scope=\"col\">{column}</th>");
        }
        out.push_str("</tr></thead><tbody>\n");
        for row in &table.rows {
            let _ = write!(out, "<tr><th scope=\"row\">{}</th>", row.value);
            for number in numbers(row) {
                let _ = write!(out, "<td>{number}</td>");
            }
            out.push_str("</tr>\n");
        }
        out.push_str("</tbody></table>\n");
    }
    out.push_str("<h2>How long it took</h2>\n<ul>\n");
    for span in &report.durations {
        let _ = writeln!(out, "<li>{}: {}</li>", span.title, took(span));
    }
    let _ = write!(out, "</ul>\n</main>\n<p class=\"tlp foot\">{label}</p>\n</body>\n</html>\n");
    out
}

/// The report as CSV: a row for each number, with the month or none for the whole period. What is too small to be told is empty.
///
/// # Errors
/// It cannot be written.
pub fn csv(report: &Report) -> Result<String, Diagnostic> {
    let failed = |error: &dyn std::fmt::Display| Diagnostic::error(&files::WRITE_FAILED, error.to_string());
    let mut rows: Vec<[String; 4]> = vec![cells("all", "", "", report.incidents)];
    for table in &report.tables {
        for row in &table.rows {
            rows.push(cells(table.name, &row.value, "", Some(row.incidents)));
            let months = report.months.iter().zip(&row.months);
            rows.extend(months.map(|(month, number)| cells(table.name, &row.value, month, Some(*number))));
        }
    }
    for span in &report.durations {
        rows.push(cells(span.name, "median hours", "", span.median_hours));
    }
    let mut writer = csv::Writer::from_writer(Vec::new());
    writer.write_record(["table", "value", "month", "number", "marking"]).map_err(|error| failed(&error))?;
    for row in rows {
        let row = row.into_iter().chain([report.marking.to_string()]);
        writer.write_record(row).map_err(|error| failed(&error))?;
    }
    let bytes = writer.into_inner().map_err(|error| failed(&error))?;
    String::from_utf8(bytes).map_err(|error| failed(&error))
}

fn cells(table: &str, value: &str, month: &str, number: Option<u64>) -> [String; 4] {
    let number = number.map(|number| number.to_string()).unwrap_or_default();
    [table.to_owned(), value.to_owned(), month.to_owned(), number]
}

/// The report as data.
///
/// # Errors
/// It cannot be written.
pub fn json(report: &Report) -> Result<String, Diagnostic> {
    let failed =
        |error: probity_oscal::WriteError| Diagnostic::error(&files::WRITE_FAILED, error.to_string());
    probity_oscal::to_json(report).map_err(failed)
}
