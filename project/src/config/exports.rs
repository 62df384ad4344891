//! What of an assessment is exported.

use probity_diagnostics::Diagnostics;
use probity_generators::export::Target;

use super::{Assessment, LoadedConfig, unknown_name};

impl Assessment {
    /// The targets that are exported for, each once, in the order in which they are told.
    pub fn exports(&self) -> Vec<Target> {
        let all = Target::all().into_iter();
        all.filter(|target| self.exports.contains(&target.to_string())).collect()
    }
}

/// Every export is for a target that there is.
pub(super) fn check(loaded: &LoadedConfig) -> Diagnostics {
    let mut findings = Diagnostics::new();
    let names: Vec<String> = Target::all().iter().map(Target::to_string).collect();
    for (index, assessment) in loaded.config.assessments.iter().enumerate() {
        for (at, name) in assessment.exports.iter().enumerate().filter(|(_, name)| !names.contains(name)) {
            let place = loaded.place(&["assessment", &index.to_string(), "exports", &at.to_string()]);
            let known = names.iter().map(String::as_str);
            findings.push(unknown_name("target of exports", name, known).at(place));
        }
    }
    findings
}
