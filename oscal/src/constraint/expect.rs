//! `expect`: a condition holds for the target.

use super::codes;
use super::report::Report;
use super::rule::Metapath;
use super::site::Site;
use super::words::{noun, say};

/// A condition.
#[derive(Debug)]
pub(super) struct Expect {
    pub(super) test: Metapath,
}

impl Expect {
    pub(super) fn check<'t>(&'t self, site: &Site<'t>, report: &mut Report<'t>) {
        match self.test.expression.holds_at(&site.scope, site.node) {
            Ok(true) => {}
            Err(error) => report.not_checked(site.rule, site.id(), &error),
            Ok(false) => {
                let words = say(&site.rule.id);
                let message = words.map_or_else(
                    || format!("{} does not meet its condition", noun(report.tree(), site.id())),
                    |(message, _)| message.to_owned(),
                );
                let finding = site.finding(&codes::EXPECT, message, report.place(site.id()));
                let finding = match words {
                    Some((_, help)) => finding.help(help),
                    None => finding,
                };
                report.add(site.id(), finding.help(format!("the condition is `{}`", self.test.text)));
            }
        }
    }
}
