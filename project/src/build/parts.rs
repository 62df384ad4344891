//! Checks and findings, as parts of the targets that hold them.

use std::collections::BTreeMap;

use probity_assessment::compile::Compiled;

use super::Turn;
use super::state::{Looking, Record};
use super::steps::Steps;

impl Turn<'_> {
    /// Notes which checks of an assessment are made again, and writes down in the `record` of its checks what they are.
    pub(super) fn made_checks(&mut self, name: &str, steps: &Steps<'_>, record: &mut Record) {
        let before = self.build.record(&format!("{name}/checks"));
        for (check, digest) in steps.compiled.iter().flat_map(Compiled::digests) {
            let part = format!("check/{}", check.name);
            let files = [&check.metric.file, &check.metric.rego_file].map(ToString::to_string);
            let was = before.as_ref().and_then(|before| before.parts.get(&part));
            let why =
                match (was, &before) {
                    (Some(was), _) if *was == digest.to_string() => None,
                    (Some(_), Some(before)) => {
                        let changed = |file: &&String| {
                            before.inputs.get(*file) != record.inputs.get(*file)
                                || before.evidence.get(*file) != record.evidence.get(*file)
                        };
                        let changed = files.iter().find(changed).map(|file| format!("`{file}` changed"));
                        Some(changed.unwrap_or_else(|| {
                            "its target value or what stands beside it changed".to_owned()
                        }))
                    }
                    _ => Some("it was not built yet".to_owned()),
                };
            self.note(&format!("{name}/{part}"), why);
            record.files.insert(part.clone(), files.to_vec());
            record.parts.insert(part, digest.to_string());
        }
    }

    /// Notes which findings of an assessment are made again.
    pub(super) fn made_findings(&mut self, name: &str, steps: &Steps<'_>, target: &str, record: &mut Record) {
        let before = self.build.record(target).unwrap_or_default();
        let same = |part: &String| before.parts.get(part) == record.parts.get(part);
        let controls = steps.compiled.iter().flat_map(|compiled| &compiled.controls);
        let checks: BTreeMap<&str, _> =
            controls.map(|control| (control.id.as_str(), &control.checks)).collect();
        let mut files = BTreeMap::new();
        for part in record.parts.keys() {
            let Some(control) = part.strip_prefix("finding/") else { continue };
            let of_control = checks.get(control).into_iter().copied().flatten();
            let names: Vec<String> = of_control.map(|check| format!("{name}/check/{check}")).collect();
            files.insert(part.clone(), names);
            let why = if same(part) {
                None
            } else if !before.parts.contains_key(part) {
                Some("it was not built yet".to_owned())
            } else {
                let mut of_control = checks.get(control).into_iter().copied().flatten();
                let changed = of_control.find(|check| !same(&format!("verdicts/{check}")));
                Some(match changed {
                    Some(check) => format!("the verdicts of `{check}` changed"),
                    None => "a check, a statement, a risk or what is carried to it changed".to_owned(),
                })
            };
            self.note(&format!("{name}/{part}"), why);
        }
        record.files = files;
    }

    /// Notes the parts of a target that is not made, by `kind`. Where it would be made in a dry run, those are noted of which
    /// that is known.
    pub(super) fn kept_parts(&mut self, name: &str, target: &str, kind: &str) {
        let build = self.build;
        let Some(record) = build.record(target) else { return };
        let would_be_made = self.is_made(target);
        let evidence = build.evidence();
        let looking = Looking { tree: &build.tree, evidence: &evidence, disk: &build.disk };
        let changed: Vec<&str> = if would_be_made { record.changed(looking).collect() } else { Vec::new() };
        for part in record.parts.keys().filter(|part| part.split('/').next() == Some(kind)) {
            let mut files = record.files.get(part).into_iter().flatten();
            let file = files.find(|file| changed.contains(&file.as_str()));
            if file.is_some() || !would_be_made {
                self.note(&format!("{name}/{part}"), file.map(|file| format!("`{file}` changed")));
            }
        }
    }
}
