//! Plans and results as documents.

mod documents;
mod order;
mod schema;

use probity_assessment::Identity;
use probity_assessment::assemble::{AssembleInput, Edition, FileRole, LinkedFile, PlanRef, SubjectMode};
use probity_assessment::compile::CheckName;
use probity_assessment::plan::{PlanInput, StubInput};
use probity_assessment::verdict::Verdicts;
use probity_diagnostics::{Sha256Digest, TreePath};

use crate::system::System;

pub(crate) const IDENTITY: Identity<'static> =
    Identity { system: "Demo", assessment: "demo", tool: "Probity", version: "0.1.0", marking: None };

pub(crate) fn demo() -> System {
    System::read(include_str!("demo.yaml"))
}

pub(crate) fn document() -> TreePath {
    TreePath::parse("build/demo/assessment-results.json").unwrap()
}

pub(crate) fn files() -> Vec<LinkedFile> {
    let file = |role, href: &str, title: &str, check: Option<&str>| LinkedFile {
        role,
        href: href.to_owned(),
        title: title.to_owned(),
        digest: Sha256Digest::of(href.as_bytes()),
        check: check.map(CheckName::new),
    };
    vec![
        file(FileRole::Evidence, "../../evidence/cluster.jsonl", "evidence/cluster.jsonl", None),
        file(FileRole::Evidence, "../../evidence/aws.jsonl", "evidence/aws.jsonl", None),
        file(FileRole::Verdicts, "verdicts.jsonl", "verdicts.jsonl", None),
        file(FileRole::ResolvedCatalog, "catalog.json", "catalog.json", None),
        file(FileRole::Bundle, "bundle/data.json", "data.json", None),
        file(FileRole::Rego, "bundle/metrics/tls_version.rego", "tls_version.rego", Some("tls-version")),
    ]
}

pub(crate) fn input<'a>(
    system: &'a System,
    verdicts: &'a Verdicts,
    files: &'a [LinkedFile],
    document: &'a TreePath,
) -> AssembleInput<'a> {
    AssembleInput {
        identity: IDENTITY,
        profile: "content:profiles/demo.yaml",
        plan: PlanRef::Href("assessment-plan.json"),
        document,
        compiled: &system.compiled,
        verdicts,
        attestations: &system.attestations,
        waivers: &system.waivers,
        files,
        subjects: SubjectMode::NotPassing,
        carrying: None,
        edition: Edition::Whole,
    }
}

pub(crate) fn plan_input(system: &System) -> PlanInput<'_> {
    PlanInput {
        identity: IDENTITY,
        profile: "content:profiles/demo.yaml",
        source_profile: "content:profiles/demo.yaml",
        ssp: "../../ssp.yaml",
        compiled: &system.compiled,
        last_modified: "2026-11-20T00:00:00Z",
    }
}

pub(crate) fn stub_input(system: &System) -> StubInput<'_> {
    StubInput {
        identity: IDENTITY,
        profile: "profile.json",
        compiled: &system.compiled,
        last_modified: "2026-11-20T00:00:00Z",
    }
}
