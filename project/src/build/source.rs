use jiff::ToSpan as _;
use probity_diagnostics::{Diagnostic, Diagnostics, FileTree, Step, TreePath, codes as files};
use probity_discovery::Input;
use probity_discovery::kubernetes;
use probity_evidence::{EvidenceWriter, Ontology};

use super::state::Record;
use super::tracked::TrackedTree;
use super::{Build, OutputFolder, Target, Turn};
use crate::config::{self, Source};
use crate::steps;

impl Build<'_> {
    /// The sources that collect and that one of the assessments uses.
    pub(super) fn sources_of(&self, wanted: &[(usize, &config::Assessment)]) -> Vec<usize> {
        let used = |name: &str| {
            wanted.iter().any(|(_, a)| a.sources.as_ref().is_none_or(|list| list.iter().any(|n| n == name)))
        };
        let sources = self.loaded.config.sources.iter().enumerate();
        sources.filter(|(_, s)| s.collects() && used(&s.name)).map(|(index, _)| index).collect()
    }
}

impl Turn<'_> {
    /// Reads manifests into an evidence set, where they changed.
    pub(super) fn source(&mut self, index: usize) {
        let build = self.build;
        let Some(source) = build.loaded.config.sources.get(index) else { return };
        let name = format!("source/{}", source.name);
        let settings = format!("{source:?}");
        let target = Target { name: &name, settings: &settings, judged: true };
        if !self.is_stale(&target) || build.options.dry_run {
            return;
        }
        let tracked = TrackedTree::over(&build.tree, &build.tree);
        let root = build.loaded.file.parent();
        let instant = build.options.as_of.instant;
        match collect(&tracked, &root, source, instant) {
            Ok(collected) => {
                self.built.findings.extend(collected.warnings);
                let out = OutputFolder::new(build.workspace.root.clone());
                let (path, bytes) = collected.value;
                if let Err(finding) = out.bytes(&path, &bytes) {
                    return self.fail(finding);
                }
                let outputs = out.take_written();
                let record = Record {
                    inputs: tracked.inputs(),
                    outputs: outputs
                        .into_iter()
                        .map(|(path, digest)| (path.as_str().to_owned(), digest.to_string()))
                        .collect(),
                    deadline: instant.checked_add(24.hours()).ok(),
                    ..Record::default()
                };
                self.remember(&target, record);
            }
            Err(errors) => {
                let place = build.loaded.place(&["source", &index.to_string(), "kubernetes"]);
                self.fail(
                    errors
                        .into_iter()
                        .map(|e| if e.primary.is_none() { e.at(place.clone()) } else { e })
                        .collect::<Diagnostics>(),
                );
            }
        }
    }
}

/// The evidence set of a source that reads manifests, observed at `instant`:
/// where it belongs, and its bytes.
///
/// # Errors
/// A path leaves the project, or as [`kubernetes::collect`].
pub fn collect(
    tree: &dyn FileTree,
    root: &TreePath,
    source: &Source,
    instant: jiff::Timestamp,
) -> Step<(TreePath, Vec<u8>)> {
    let mut findings = Diagnostics::new();
    let path = root.join(&source.evidence_path()).map_err(Diagnostic::from)?;
    let mut inputs = Vec::new();
    for pattern in source.kubernetes.iter().flatten() {
        match root.join(pattern) {
            Ok(path) => inputs.push(Input::Path(path)),
            Err(error) => findings.push(error.into()),
        }
    }
    let Some(ontology) = findings.absorb(steps::ontology(tree)) else { return Err(findings) };
    let bytes = findings.absorb(kubernetes_evidence(tree, &inputs, source.scope(), instant, &ontology));
    match bytes {
        Some(bytes) => findings.unless_errors((path, bytes)),
        None => Err(findings),
    }
}

/// Kubernetes objects as an evidence set.
///
/// # Errors
/// As [`kubernetes::collect`].
pub fn kubernetes_evidence(
    tree: &dyn FileTree,
    inputs: &[Input],
    scope: &str,
    instant: jiff::Timestamp,
    ontology: &Ontology,
) -> Step<Vec<u8>> {
    let mut writer = EvidenceWriter::new(kubernetes::begin(scope, ontology));
    let collected = kubernetes::collect(tree, inputs, scope, instant, ontology, &mut writer)?;
    let mut bytes = Vec::new();
    writer.finish(&mut bytes).map_err(|e| Diagnostic::error(&files::WRITE_FAILED, e.to_string()))?;
    Ok(collected.map(|_| bytes))
}
