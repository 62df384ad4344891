//! The project's register of certificates and attestation reports.

mod shown;

use std::collections::BTreeSet;

use jiff::Timestamp;
use jiff::civil::Date;
use probity_assessment::rollup::State;
use probity_diagnostics::document::Limits;
use probity_diagnostics::{Diagnostic, Diagnostics, FileTree, Location, Step, TreePath, codes as files};
use probity_generators::view;
use probity_oscal::OscalDocument;
use probity_oscal::difference::results::Outcomes;
use probity_register::{Certificate, NewCertificate, Status, new_document, with_change};
use serde_json::json;

use crate::codes;
use crate::config::{LoadedConfig, is_name, unknown_name};
use crate::document;
use crate::job;
use crate::library;
use crate::scaffold::NewFile;
use crate::steps::{self, Parts};

pub(crate) use shown::shown;

/// Where the register lies, if the settings do not say.
pub const FOLDER: &str = "certificates";

/// The files of the register, sorted by path.
///
/// # Errors
/// A pattern of the settings is malformed or matches nothing.
pub fn paths(tree: &dyn FileTree, loaded: &LoadedConfig) -> Result<Vec<TreePath>, Diagnostics> {
    let root = loaded.file.parent();
    let Some(patterns) = &loaded.config.system.certificates else {
        let folder = root.join(FOLDER).map_err(Diagnostic::from)?;
        let listed =
            if tree.is_folder(&folder) { tree.list(&folder).map_err(Diagnostic::from)? } else { Vec::new() };
        let paths = listed.into_iter().map(|entry| entry.path);
        let mut paths: Vec<TreePath> = paths.filter(|path| path.extension() == Some("yaml")).collect();
        paths.sort();
        return Ok(paths);
    };
    library::expand(tree, &root, patterns).map_err(|errors| {
        let place = loaded.place(&["system", "certificates"]);
        errors.into_iter().map(|finding| finding.at(place.clone())).collect()
    })
}

/// The certificates of the register, sorted by path.
///
/// # Errors
/// A file cannot be read, or is no certificate.
pub fn certificates(tree: &dyn FileTree, loaded: &LoadedConfig) -> Step<Vec<Certificate>> {
    let mut findings = Diagnostics::new();
    let mut all = Vec::new();
    for file in paths(tree, loaded)? {
        all.extend(findings.absorb(probity_register::load(tree, &file)));
    }
    findings.unless_errors(all)
}

/// The certificate of that name.
///
/// # Errors
/// There is none; the nearest name is suggested.
pub fn named<'c>(certificates: &'c [Certificate], name: &str) -> Result<&'c Certificate, Diagnostic> {
    let found = certificates.iter().find(|certificate| certificate.name == name);
    let names = certificates.iter().map(|certificate| certificate.name.as_str());
    found.ok_or_else(|| unknown_name("certificate", name, names))
}

/// The file of a new certificate, which fits into the register.
///
/// # Errors
/// The name is no name or taken, an assessment or control is unknown, or the certificate would not be understood or overlap with
/// another one.
pub fn add(
    tree: &dyn FileTree,
    loaded: &LoadedConfig,
    facts: &NewCertificate<'_>,
    known: &[Certificate],
) -> Step<NewFile> {
    let mut findings = Diagnostics::new();
    if !is_name(facts.name) {
        let message = format!("`{}` cannot name a certificate", facts.name);
        let help = "use lower-case letters, digits and hyphens, beginning with a letter";
        findings.push(Diagnostic::error(&codes::BAD_NAME, message).help(help));
        return Err(findings);
    }
    let path = loaded.file.parent().join(&format!("{FOLDER}/{}.yaml", facts.name));
    let path = path.map_err(Diagnostic::from)?;
    if tree.stat(&path).is_ok() {
        let message = format!("`{}` exists already", tree.display(&path));
        findings.push(Diagnostic::error(&codes::WOULD_OVERWRITE, message));
    }
    if let Some(assessment) = facts.assessment {
        findings.absorb(scope(tree, loaded, assessment, facts.scope));
    }
    let document = new_document(facts);
    if let Some(certificate) = findings.absorb(probity_register::from_document(&document, &path)) {
        let all: Vec<Certificate> = known.iter().cloned().chain([certificate]).collect();
        // the register is not asked what was wrong before
        let before = probity_register::overlaps(known).len();
        findings.extend(probity_register::overlaps(&all).into_iter().skip(before));
    }
    let text = probity_oscal::to_yaml(&OscalDocument::ComponentDefinition(Box::new(document)))
        .map_err(Diagnostic::from)?;
    findings.unless_errors((path, text))
}

/// Whether the controls of a scope are in the catalog of the assessment.
fn scope(tree: &dyn FileTree, loaded: &LoadedConfig, name: &str, scope: &BTreeSet<String>) -> Step<()> {
    let (index, assessment) = loaded.assessment(name)?;
    let mut findings = Diagnostics::new();
    if !scope.is_empty() {
        let parts = Parts::of_assessment(tree, loaded, index, assessment)?;
        let catalog = steps::resolve(tree, &parts.profile, None, parts.profile.to_string())?.value;
        let known = steps::control_ids(&catalog);
        for control in scope.iter().filter(|control| !known.contains(control.as_str())) {
            findings.push(unknown_name("control", control, known.iter().copied()));
        }
    }
    findings.unless_errors(())
}

/// The file of a certificate with one more change of its status; comments are kept.
///
/// # Errors
/// It cannot become that, or its file cannot be read or written.
pub fn record(
    tree: &dyn FileTree,
    certificate: &Certificate,
    (status, on): (Status, Date),
    reason: Option<&str>,
    now: Timestamp,
) -> Result<(TreePath, Vec<u8>), Diagnostics> {
    let prop = with_change(certificate, status, on, reason)
        .map_err(|why| Diagnostic::error(&probity_register::codes::UNLAWFUL, why))?;
    let path = &certificate.file;
    let bytes = tree.read(path, Limits::default().bytes).map_err(Diagnostic::from)?;
    let (format, mut value) = probity_oscal::read(&bytes, path)?.value;
    let root = value.get_mut("component-definition");
    let put = root.and_then(|root| {
        *root.pointer_mut("/metadata/last-modified")? = json!(now.to_string());
        let components = root.get_mut("components")?.as_array_mut()?;
        let component =
            components.iter_mut().find(|one| one.get("uuid") == Some(&json!(certificate.uuid)))?;
        component.get_mut("props")?.as_array_mut()?.push(serde_json::to_value(&prop).ok()?);
        Some(())
    });
    put.ok_or_else(|| {
        let message = format!("`{path}` cannot be written with the change");
        Diagnostic::error(&files::WRITE_FAILED, message)
    })?;
    Ok((path.clone(), document::text(&value, format, &bytes)?))
}

/// What the results of an assessment say of a certificate that they are set against.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Risk {
    /// The assessment was not built yet.
    Unbuilt,
    /// Controls of the scope that fail now, and did not in the results that the certificate was issued on; all that fail where
    /// there are no such results.
    Failing(Vec<String>),
}

/// What it means for a certificate that controls of the assessment that is set against it fail.
///
/// # Errors
/// The results that it was issued on cannot be read.
pub fn risk(tree: &dyn FileTree, failing: &BTreeSet<String>, certificate: &Certificate) -> Step<Risk> {
    let mut findings = Diagnostics::new();
    let baseline = certificate.documents.iter().find(|document| document.is_baseline);
    let before = match baseline.and_then(|document| document.path.as_ref()) {
        Some(path) => findings.absorb(failing_in(tree, path)).unwrap_or_default(),
        None => BTreeSet::new(),
    };
    let is_of_scope = |id: &&String| certificate.scope.is_empty() || certificate.scope.contains(*id);
    let new = failing.difference(&before).filter(is_of_scope).cloned().collect();
    findings.unless_errors(Risk::Failing(new))
}

/// As [`risk`], by the results that lie in `outputs` (`build/NAME/`); none where no assessment is set against the certificate.
///
/// # Errors
/// Results cannot be read.
pub fn built_risk(
    tree: &dyn FileTree,
    outputs: &dyn FileTree,
    certificate: &Certificate,
) -> Step<Option<Risk>> {
    let findings = Diagnostics::new();
    let Some(assessment) = &certificate.assessment else { return findings.unless_errors(None) };
    let path = job::built_results(assessment).map_err(Diagnostic::from)?;
    if !outputs.is_file(&path) {
        return findings.unless_errors(Some(Risk::Unbuilt));
    }
    let failing = failing_in(outputs, &path)?;
    Ok(risk(tree, &failing.value, certificate)?.map(Some))
}

/// The controls that fail in assessment results.
fn failing_in(tree: &dyn FileTree, path: &TreePath) -> Step<BTreeSet<String>> {
    let controls = |outcomes: Outcomes| {
        let fails =
            outcomes.controls.into_iter().filter(|(_, control)| control.state == State::Fail.as_str());
        fails.map(|(id, _)| id).collect()
    };
    Ok(view::outcomes(tree, path)?.map(controls))
}

impl Risk {
    /// What is to be said of it; nothing where nothing newly fails.
    pub fn finding(&self, certificate: &Certificate) -> Option<Diagnostic> {
        let Self::Failing(controls) = self else { return None };
        let shown = controls.iter().take(5).map(String::as_str).collect::<Vec<_>>().join(", ");
        let more = controls.len().saturating_sub(5);
        let more = if more > 0 { format!(" and {more} more") } else { String::new() };
        let message = format!("`{}` is at risk: {shown}{more} of its scope fail", certificate.name);
        let finding = Diagnostic::warning(&probity_register::codes::AT_RISK, message);
        (!controls.is_empty()).then(|| finding.at(Location::file(&certificate.file)))
    }
}
