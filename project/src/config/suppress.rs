use probity_diagnostics::{Code, Diagnostic, Diagnostics, nearest};
use serde::{Deserialize, Deserializer};

use super::{LoadedConfig, Suppress};
use crate::codes;

/// What is wrong with the suppressions of a project file, beyond its form.
pub(super) fn check(loaded: &LoadedConfig) -> Diagnostics {
    let mut findings = Diagnostics::new();
    for (index, suppress) in loaded.config.suppressions.iter().enumerate() {
        let index = index.to_string();
        let faults = [
            ("rule", rule(&suppress.rule)),
            ("path", path(&suppress.path)),
            ("pointer", suppress.pointer.as_deref().and_then(pointer)),
            ("reason", reason(&suppress.reason)),
            ("until", suppress.until.as_deref().and_then(until)),
        ];
        for (key, fault) in faults {
            findings.extend(fault.map(|fault| fault.at(loaded.place(&["suppress", &index, key]))));
        }
    }
    findings
}

impl Suppress {
    /// The last day on which the findings are accepted.
    pub fn last_day(&self) -> Option<jiff::civil::Date> {
        self.until.as_deref().and_then(|text| text.parse().ok())
    }
}

/// Reads a day: a date of TOML, or the same as text.
pub(super) fn day<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<String>, D::Error> {
    #[derive(Deserialize)]
    #[serde(untagged)]
    enum Day {
        Text(String),
        Native(toml::value::Datetime),
    }
    Ok(Some(match Day::deserialize(deserializer)? {
        Day::Text(text) => text,
        Day::Native(native) => native.to_string(),
    }))
}

fn bad(message: String) -> Diagnostic {
    Diagnostic::error(&codes::BAD_SUPPRESSION, message)
}

/// A rule is a constraint, whose ids are not known here, or a code of what
/// documents say.
fn rule(rule: &str) -> Option<Diagnostic> {
    if rule.trim().is_empty() {
        return Some(bad("`rule` is empty".to_owned()));
    }
    let is_code = rule.strip_prefix("PB").is_some_and(|rest| rest.bytes().all(|b| b.is_ascii_digit()));
    if !is_code || is_in(documents(), rule) {
        return None;
    }
    let others = [probity_diagnostics::codes::CODES, codes::CODES, probity_importers::codes::CODES];
    let sharing = [
        probity_sharing::codes::CODES,
        probity_sharing::incident::codes::CODES,
        probity_sharing::scrub::codes::CODES,
        probity_sharing::split::codes::CODES,
    ];
    if is_in(sharing, rule) {
        let help = "what a rule of sharing refuses or asks for is no finding on a document of the project";
        return Some(bad(format!("`{rule}` cannot be suppressed")).help(help));
    }
    if is_in(others, rule) {
        let help = "only what a rule says of a document can be accepted, not that a file cannot be read";
        return Some(bad(format!("`{rule}` cannot be suppressed")).help(help));
    }
    let finding = bad(format!("there is no code `{rule}`"));
    let known = documents().into_iter().flatten().map(|code| code.id);
    Some(match nearest(rule, known) {
        Some(near) => finding.help(format!("did you mean `{near}`?")),
        None => finding,
    })
}

/// The codes of what is said of documents.
fn documents() -> [&'static [&'static Code]; 9] {
    [
        probity_oscal::codes::CODES,
        probity_oscal::constraint::codes::CODES,
        probity_oscal::reference::codes::CODES,
        probity_oscal::resolve::codes::CODES,
        probity_evidence::codes::CODES,
        probity_discovery::codes::CODES,
        probity_register::codes::CODES,
        probity_assessment::codes::CODES,
        probity_generators::codes::CODES,
    ]
}

fn is_in<const N: usize>(lists: [&[&Code]; N], id: &str) -> bool {
    lists.into_iter().flatten().any(|code| code.id == id)
}

fn path(path: &str) -> Option<Diagnostic> {
    if path.trim().is_empty() {
        return Some(bad("`path` is empty".to_owned()).help("`**` is every file of the project"));
    }
    let error = crate::suppress::pattern(path).err()?;
    Some(bad(format!("`{path}` is no pattern: {}", error.kind())))
}

fn pointer(pointer: &str) -> Option<Diagnostic> {
    (!pointer.starts_with('/')).then(|| {
        bad(format!("`{pointer}` is no JSON pointer")).help("it begins with `/`, as in `/catalog/metadata`")
    })
}

fn reason(reason: &str) -> Option<Diagnostic> {
    let help = "say why these findings are accepted, for whoever reads the file next";
    reason.trim().is_empty().then(|| bad("`reason` is empty".to_owned()).help(help))
}

fn until(until: &str) -> Option<Diagnostic> {
    let error = until.parse::<jiff::civil::Date>().err()?;
    Some(bad(format!("`{until}` is no date: {error}")).help("write it as 2027-01-31"))
}
