//! What was probably meant by an id that is not there.

use probity_diagnostics::nearest;

/// The id among `known` that `given` probably means: one that differs only in case, separators and leading zeros
/// (`AC-2(1)` for `ac-2.1`), else the one nearest in its letters. Ids that differ in a number are different controls, not
/// misspelt ones.
pub(crate) fn similar<'a>(given: &str, known: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    let wanted = runs(given);
    let numbers = numbers_of(&wanted);
    let mut near = Vec::new();
    for id in known {
        let own = runs(id);
        if own == wanted {
            return Some(id);
        }
        if !numbers.is_empty() && numbers_of(&own) == numbers {
            near.push(id);
        }
    }
    nearest(given, near)
}

/// The runs of letters and of digits in an id, in lower case and without leading zeros.
fn runs(id: &str) -> Vec<String> {
    let mut runs: Vec<String> = Vec::new();
    let mut before = None;
    for c in id.chars() {
        let kind = c.is_alphanumeric().then(|| c.is_ascii_digit());
        match runs.last_mut() {
            Some(run) if kind.is_some() && kind == before => run.extend(c.to_lowercase()),
            _ if kind.is_some() => runs.push(c.to_lowercase().collect()),
            _ => {}
        }
        before = kind;
    }
    for run in &mut runs {
        let digits = run.trim_start_matches('0');
        if digits.len() < run.len() {
            *run = digits.to_owned();
        }
    }
    runs
}

fn numbers_of(runs: &[String]) -> Vec<&str> {
    runs.iter().map(String::as_str).filter(|run| !run.contains(|c: char| !c.is_ascii_digit())).collect()
}

#[cfg(test)]
mod tests {
    use super::similar;

    #[test]
    fn what_is_meant() {
        let known = ["ac-1", "ac-2", "ac-2.1", "ac-21", "am-01.1"];
        for (given, meant) in [
            ("AC-2(1)", Some("ac-2.1")),
            ("ac-02", Some("ac-2")),
            ("am-1.1", Some("am-01.1")),
            ("acc-21", Some("ac-21")),
            ("ac-3", None),
            ("zz-2", None),
        ] {
            assert_eq!(similar(given, known.into_iter()), meant, "{given}");
        }
    }
}
