//! What findings and verdicts are, in a few bytes each: whether one of them is another one than before.

use std::collections::BTreeMap;
use std::io::Write as _;

use probity_diagnostics::{DigestWriter, Sha256Digest};
use serde::Serialize;

use super::Assembled;
use super::observation::Key;
use crate::verdict::Verdicts;

impl Assembled<'_> {
    /// A fingerprint of the verdicts of each check (`verdicts/CHECK`) and of each finding (`finding/CONTROL`). That of a
    /// finding is of all that it rests on: observations, verdicts and risks.
    pub fn fingerprints(&self) -> BTreeMap<String, String> {
        let mut prints = BTreeMap::new();
        let mut rests_on: BTreeMap<&str, Sha256Digest> = BTreeMap::new();
        let mut of_checks: BTreeMap<&str, Vec<Sha256Digest>> = BTreeMap::new();
        for result in &self.head.results {
            let pairs = result.observations.iter().zip(&self.rows);
            for (observation, key) in pairs {
                let verdicts = key.map(|key| (key, column(self.verdicts, key)));
                if let Some((key, column)) = verdicts {
                    of_checks.entry(key.check.name.as_str()).or_default().push(column);
                }
                let column = verdicts.map(|(_, column)| column.to_string());
                rests_on.insert(&observation.uuid, digest(&(observation, column)));
            }
            rests_on.extend(result.risks.iter().map(|risk| (risk.uuid.as_str(), digest(risk))));
            for finding in &result.findings {
                let observed = finding.related_observations.iter().map(|one| &one.observation_uuid);
                let risks = finding.related_risks.iter().map(|one| &one.risk_uuid);
                let below: Vec<String> = observed
                    .chain(risks)
                    .filter_map(|uuid| rests_on.get(uuid.as_str()))
                    .map(ToString::to_string)
                    .collect();
                let control = finding.props.iter().find(|prop| prop.name == "control-id");
                let control = control.map_or(finding.uuid.as_str(), |prop| &prop.value);
                prints.insert(format!("finding/{control}"), digest(&(finding, below)).to_string());
            }
        }
        for (check, columns) in of_checks {
            let columns: Vec<String> = columns.iter().map(ToString::to_string).collect();
            prints.insert(format!("verdicts/{check}"), digest(&columns).to_string());
        }
        prints
    }
}

fn digest(value: &impl Serialize) -> Sha256Digest {
    Sha256Digest::of(&serde_json::to_vec(value).unwrap_or_default())
}

/// The digest of the verdicts of an observation: on which resources, with which details.
fn column(verdicts: &Verdicts, key: Key<'_>) -> Sha256Digest {
    let mut writer = DigestWriter::new(std::io::sink());
    let _ = writeln!(writer, "{}", key.outcome);
    for verdict in key.verdicts(verdicts) {
        let _ = writer.write_all(verdict.subject.id().as_bytes());
        let _ = writer.write_all(b"\n");
        let _ = writer.write_all(verdict.detail.as_bytes());
    }
    writer.digest()
}
