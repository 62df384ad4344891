//! Reviews that anybody may read: which resources flip, without their names.

use std::collections::BTreeMap;

use super::{ResourceFlip, Review};

impl Review {
    /// The same review without anything that tells of single resources but their types: each becomes its type with a
    /// number, the same wherever it occurs. What was measured and where the evidence stands is left out.
    #[must_use]
    pub fn redacted(mut self) -> Self {
        let mut known: BTreeMap<String, String> = BTreeMap::new();
        let mut counts: BTreeMap<String, usize> = BTreeMap::new();
        let checks = self.assessments.iter_mut().flat_map(|assessment| &mut assessment.checks);
        for resource in checks.flat_map(|check| &mut check.resources) {
            let ResourceFlip { id, name, r#type, found, evidence, .. } = resource;
            let shown = known.entry(id.clone()).or_insert_with(|| {
                let count = counts.entry(r#type.clone()).or_default();
                *count += 1;
                format!("{type} {count}", r#type = r#type)
            });
            id.clone_from(shown);
            name.clone_from(shown);
            *found = None;
            *evidence = None;
        }
        self
    }
}
