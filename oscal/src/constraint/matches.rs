//! `matches`: the value has a form.

use probity_diagnostics::Diagnostic;

use super::codes;
use super::datatype::TextType;
use super::report::Report;
use super::rule::Pattern;
use super::site::Site;
use super::words::noun;

/// The form of a value.
#[derive(Debug)]
pub(super) struct Matches {
    pub(super) regex: Option<Pattern>,
    pub(super) datatype: Option<TextType>,
}

impl Matches {
    pub(super) fn check<'t>(&self, site: &Site<'t>, report: &mut Report<'t>) {
        let Some(text) = site.node.text() else { return };
        let fits = |pattern: &Pattern| pattern.regex().is_some_and(|regex| regex.is_match(&text));
        if let Some(pattern) = self.regex.as_ref().filter(|pattern| !fits(pattern)) {
            let wrong = format!("does not fit the pattern `{}`", pattern.text);
            report.add(site.id(), finding(site, &text, &wrong, report));
        }
        if let Some(datatype) = self.datatype.filter(|datatype| !(datatype.accepts)(&text)) {
            let wrong = format!("is not {}", datatype.expectation);
            report.add(site.id(), finding(site, &text, &wrong, report));
        }
    }
}

fn finding<'t>(site: &Site<'t>, text: &str, wrong: &str, report: &Report<'t>) -> Diagnostic {
    let message = format!("`{text}` as {} {wrong}", noun(report.tree(), site.id()));
    site.finding(&codes::MATCHES, message, report.value(site.id())).label("has another form")
}
