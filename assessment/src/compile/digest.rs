//! What stands for a check: when its verdicts are known from an earlier run.

use probity_diagnostics::Sha256Digest;
use serde_json::json;

use super::Compiled;
use super::check::Check;
use crate::specialise::CheckCode;

/// The digest of a check.
pub(super) fn of(compiled: &Compiled, check: &Check, code: &CheckCode) -> Sha256Digest {
    let snake = check.name.snake();
    let text = &code.module.text;
    let target = check.target.as_ref().map(|target| (target.operator.as_str(), &target.value));
    let own = compiled.data.pointer(&format!("/probity/checks/{snake}"));
    let reads: Vec<String> = check.reads.iter().map(|(kind, reads)| format!("{kind} {reads:?}")).collect();
    // a check that names more of the data document than its own part may read all of it
    let all = names_others(text, &snake).then_some((&compiled.data, &compiled.bundle));
    let whole = json!([
        text.as_str(),
        compiled.library,
        target,
        own,
        all,
        check.types,
        check.metric.max_age,
        check.metric.property,
        check.has_results,
        check.asks_time,
        reads,
    ]);
    Sha256Digest::of(whole.to_string().as_bytes())
}

/// The digest of a rule of another tool: the files with its results, and how they count.
pub(super) fn of_rule(compiled: &Compiled, check: &Check) -> Option<Sha256Digest> {
    let rule = check.foreign.as_ref()?;
    let import = compiled.imports.get(rule.import)?;
    let files: Vec<String> = import.runs.iter().map(|one| one.digest.to_string()).collect();
    let silent = format!("{:?}", import.silent);
    let whole = json!([rule.tool, rule.id, files, import.max_age, silent, check.metric.severity]);
    Some(Sha256Digest::of(whole.to_string().as_bytes()))
}

/// Whether Rego names more of the data document than the part of its own check and the operators.
fn names_others(text: &str, snake: &str) -> bool {
    let is_name = |c: char| c.is_alphanumeric() || c == '_';
    let own = [format!("data.probity.checks.{snake}"), format!("data.probity.metrics.{snake}")];
    let code = text.lines().filter(|line| !line.trim_start().starts_with('#'));
    code.flat_map(|line| line.match_indices("data").map(move |(at, _)| line.split_at(at))).any(
        |(before, from)| {
            let next = from.chars().nth(4);
            // a word, or a part of a text such as `"data-classification"`
            let is_quoted = before.ends_with('"') && matches!(next, Some('"' | '-')) || next == Some('-');
            let is_part = before.ends_with(|c: char| is_name(c) || c == '.') || next.is_some_and(is_name);
            if is_part || is_quoted {
                return false;
            }
            let known = own.iter().map(String::as_str).chain(["data.probity.operators"]);
            let ends = |name: &str| {
                from.strip_prefix(name)
                    .is_some_and(|rest| !rest.starts_with(|c: char| is_name(c) || c == '['))
            };
            !known.into_iter().any(ends)
        },
    )
}
