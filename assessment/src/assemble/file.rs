//! Files that results link to, with their digests.

use probity_diagnostics::Sha256Digest;
use probity_oscal::model::metadata::{Hash, Property, Resource, Rlink};

use super::AssembleInput;
use crate::compile::{CheckName, Compiled};
use crate::identity::Identity;
use crate::props::{markup_line, ours};

/// What a linked file is; prop `kind`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum FileRole {
    /// The resolved catalog.
    ResolvedCatalog,
    /// The verdicts.
    Verdicts,
    /// An evidence set; the title is its path as verdicts name it.
    Evidence,
    /// The data of the OPA bundle.
    Bundle,
    /// The Rego of one check.
    Rego,
    /// An attestation file.
    Attestation,
    /// A certificate or report of the register, from which controls are inherited or that the results bear upon.
    Certificate,
    /// A plan of action and milestones with accepted risks.
    Poam,
    /// Results of another assessment that are carried here.
    Results,
    /// A mapping collection that carries them.
    MappingCollection,
    /// Results of another tool; the title is the path as verdicts name it.
    Imported,
}

impl FileRole {
    /// The value of prop `kind`.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::ResolvedCatalog => "resolved-catalog",
            Self::Verdicts => "verdicts",
            Self::Evidence => "evidence",
            Self::Bundle => "bundle",
            Self::Rego => "rego",
            Self::Attestation => "attestation",
            Self::Certificate => "certificate",
            Self::Poam => "poam",
            Self::Results => "assessment-results",
            Self::MappingCollection => "mapping-collection",
            Self::Imported => "imported-results",
        }
    }

    fn media_type(self) -> &'static str {
        match self {
            Self::Verdicts | Self::Evidence => "application/jsonl",
            Self::Rego => "text/plain",
            Self::ResolvedCatalog | Self::Bundle | Self::Results => "application/json",
            Self::Attestation | Self::Certificate | Self::Poam | Self::MappingCollection => {
                "application/yaml"
            }
            Self::Imported => "application/octet-stream",
        }
    }
}

/// A file that results link to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LinkedFile {
    /// What it is.
    pub role: FileRole,
    /// Where it is, relative to the folder of the results.
    pub href: String,
    /// Its name for people; for evidence, the path as verdicts name it.
    pub title: String,
    /// Its digest.
    pub digest: Sha256Digest,
    /// The check, for Rego.
    pub check: Option<CheckName>,
}

/// The data and the Rego of the bundle, where it lies in `folder`, relative to the folder of the results.
pub fn bundle_files(compiled: &Compiled, folder: &str) -> Vec<LinkedFile> {
    let files = compiled.bundle.iter().filter_map(|(path, bytes)| {
        let (role, check) = match path.strip_prefix("metrics/") {
            Some(rest) => (FileRole::Rego, Some(check_of(compiled, rest.strip_suffix(".rego")?)?)),
            None if path == "data.json" => (FileRole::Bundle, None),
            None => return None,
        };
        Some(LinkedFile {
            role,
            href: format!("{folder}/{path}"),
            title: path.clone(),
            digest: Sha256Digest::of(bytes),
            check,
        })
    });
    files.collect()
}

/// The check whose Rego package ends in `snake`.
fn check_of(compiled: &Compiled, snake: &str) -> Option<CheckName> {
    let mut names = compiled.checks.iter().map(|check| &check.name);
    names.find(|name| name.snake() == snake).cloned()
}

/// The uuid of the verdict file's resource, where one is linked.
pub(super) fn verdicts_uuid(input: &AssembleInput<'_>) -> Option<String> {
    let file = input.files.iter().find(|file| file.role == FileRole::Verdicts)?;
    Some(uuid(&input.identity, file))
}

/// The uuid of the resource of a file that is linked by `href`, where one is.
pub(super) fn uuid_of(input: &AssembleInput<'_>, role: FileRole, href: &str) -> Option<String> {
    let file = input.files.iter().find(|file| file.role == role && file.href == href)?;
    Some(uuid(&input.identity, file))
}

/// The uuid of the resource of a file with that title, where one is linked.
pub(super) fn uuid_of_title(input: &AssembleInput<'_>, role: FileRole, title: &str) -> Option<String> {
    let file = input.files.iter().find(|file| file.role == role && file.title == title)?;
    Some(uuid(&input.identity, file))
}

fn uuid(identity: &Identity<'_>, file: &LinkedFile) -> String {
    identity.uuid(&["file", file.role.as_str(), &file.href])
}

/// The back-matter resources of the linked files, by role, then by href.
pub(super) fn resources(input: &AssembleInput<'_>) -> Vec<Resource> {
    let mut files: Vec<&LinkedFile> = input.files.iter().collect();
    files.sort_by_key(|file| (file.role, file.href.as_str()));
    files.dedup_by_key(|file| (file.role, file.href.as_str()));
    files.into_iter().map(|file| resource(input, file)).collect()
}

fn resource(input: &AssembleInput<'_>, file: &LinkedFile) -> Resource {
    let mut props = vec![ours("kind", file.role.as_str())];
    props.extend(file.check.as_ref().map(|check| ours("check", check.as_str())));
    props.extend(source_props(input, file));
    Resource {
        uuid: uuid(&input.identity, file),
        title: Some(markup_line(&file.title)),
        props,
        rlinks: vec![Rlink {
            href: file.href.clone(),
            media_type: Some(media_type(file).to_owned()),
            hashes: vec![Hash { algorithm: "SHA-256".to_owned(), value: file.digest.to_string() }],
        }],
        ..Resource::default()
    }
}

fn media_type(file: &LinkedFile) -> &'static str {
    match (file.href.rsplit_once('.').map(|(_, extension)| extension), file.role) {
        (Some("json"), _) => "application/json",
        (Some("sarif"), FileRole::Imported) => "application/sarif+json",
        (Some("xml"), FileRole::Imported) => "application/xml",
        (Some("yaml" | "yml"), FileRole::Imported) => "application/yaml",
        (Some("csv"), FileRole::Imported) => "text/csv",
        (_, role) => role.media_type(),
    }
}

/// What an evidence set says about itself.
fn source_props(input: &AssembleInput<'_>, file: &LinkedFile) -> Vec<Property> {
    let sources = input.verdicts.sources.iter().filter(|_| file.role == FileRole::Evidence);
    let Some(source) = sources.into_iter().find(|source| source.path == file.title) else {
        return Vec::new();
    };
    vec![
        ours("collector", &source.collector),
        ours("collector-version", &source.version),
        ours("scope", &source.scope),
        ours("complete", if source.complete { "true" } else { "false" }),
    ]
}
