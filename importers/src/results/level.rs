//! Words and scores of other tools for how bad something is.

use probity_evidence::Severity;

/// The severity that a word of a tool stands for.
pub(super) fn of_word(word: &str) -> Option<Severity> {
    match word.trim().to_ascii_lowercase().as_str() {
        "critical" | "fatal" | "very high" => Some(Severity::Critical),
        "high" | "error" | "important" => Some(Severity::High),
        "medium" | "moderate" | "warning" => Some(Severity::Moderate),
        "low" | "note" | "minor" | "info" | "informational" | "negligible" => Some(Severity::Low),
        _ => None,
    }
}

/// The worse of two severities, as far as they are known.
pub(super) fn worse(one: Option<Severity>, other: Option<Severity>) -> Option<Severity> {
    one.into_iter().chain(other).min()
}

/// The severity of a score from 0 to 10, by the ratings of CVSS 3.1 (section 5).
pub(super) fn of_score(score: &str) -> Option<Severity> {
    let score: f64 = score.trim().parse().ok()?;
    match score {
        score if score >= 9.0 => Some(Severity::Critical),
        score if score >= 7.0 => Some(Severity::High),
        score if score >= 4.0 => Some(Severity::Moderate),
        score if score > 0.0 => Some(Severity::Low),
        _ => None,
    }
}
