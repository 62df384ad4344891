//! Recording a statement: everything is looked at first, and written only where it would count.

use jiff::Timestamp;
use probity_assessment::attest::{
    Document, Draft, Quote, RecordedEvidence, Stated, document, draft, from_document, passage,
};
use probity_diagnostics::{Diagnostic, Diagnostics, FileTree, Step, TreePath, nearest};
use probity_oscal::model::metadata::Role;
use probity_oscal::{OscalDocument, to_yaml};

use super::people::Person;
use super::requirement::Requirement;
use super::scrutiny::Scrutiny;
use crate::codes;
use crate::config::LoadedConfig;
use crate::job;
use crate::suppress::pattern;

/// Where attestations lie if the project file says nothing.
const FOLDER: &str = "attestations";

/// What somebody states.
#[derive(Debug, Clone)]
pub struct Statement<'a> {
    /// What it is about.
    pub requirement: &'a Requirement,
    /// What is said.
    pub outcome: Stated,
    /// `EXAMINE` or `INTERVIEW`; that of the procedure, else EXAMINE, if none is given.
    pub method: Option<&'a str>,
    /// The procedure that is answered; all of the control if none is given.
    pub procedure: Option<&'a str>,
    /// Resource types that are not used.
    pub unused_types: &'a [String],
    /// The title; made of control and outcome if none is given.
    pub title: Option<&'a str>,
    /// What was looked at and why it is so.
    pub reason: &'a str,
    /// Who states it.
    pub author: &'a Person,
    /// When.
    pub stated: Timestamp,
    /// The last instant at which it is valid.
    pub valid_until: Timestamp,
    /// What it rests on.
    pub evidence: &'a [EvidenceFile],
    /// Passages of the evidence, each of the first file that has it.
    pub quotes: &'a [Quote],
}

/// A file that a statement rests on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EvidenceFile {
    /// The file, from the project folder.
    pub path: TreePath,
    /// What it is; its name if nothing is given.
    pub title: Option<String>,
}

/// A statement, ready to be written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Recorded {
    /// The file, from the project folder.
    pub path: TreePath,
    /// Its text.
    pub text: String,
    /// Assessments that review the control and do not read the file.
    pub unread_by: Vec<String>,
}

/// The file of a statement. Warnings say where it has no effect.
///
/// # Errors
/// Something about it cannot be; all of it is told.
pub fn record(tree: &dyn FileTree, loaded: &LoadedConfig, statement: &Statement<'_>) -> Step<Recorded> {
    let mut findings = checked(statement);
    let path = free_path(tree, loaded, statement)?;
    let evidence = evidence(tree, &path, statement, &mut findings);
    if findings.has_errors() {
        return Err(findings);
    }
    let requirement = statement.requirement;
    let assessment = requirement.assessments.first().map_or("", |asked| asked.assessment.as_str());
    let plan = job::folder(assessment).and_then(|folder| folder.join(job::PLAN)).map_err(Diagnostic::from)?;
    let attester = Role { id: "attester".to_owned(), title: "Attester".to_owned(), ..Role::default() };
    let words = statement.outcome.as_str().replace('-', " ");
    let title = format!("{} {}: {words}", requirement.label, requirement.title);
    let items: Vec<String> = requirement.item.iter().cloned().collect();
    let model = draft(&Draft {
        system: &loaded.config.system.name,
        control: &requirement.control,
        items: &items,
        target: requirement.target.as_deref(),
        outcome: statement.outcome,
        method: method(statement),
        procedure: statement.procedure,
        unused_types: statement.unused_types,
        title: statement.title.unwrap_or(&title),
        reason: statement.reason,
        author: &statement.author.party,
        organizations: &statement.author.organizations,
        role: statement.author.role.as_ref().unwrap_or(&attester),
        stated: statement.stated,
        valid_until: statement.valid_until,
        evidence: &evidence,
        plan: &path.parent().relative(&plan),
    });
    // what would not be understood, or would not count, is not written
    let file = Scrutiny::default().judge(from_document(&model, &path)?.value, tree);
    let doubts = file.statements.iter().flat_map(|statement| &statement.doubts);
    findings.extend(doubts.map(|doubt| Diagnostic::error(doubt.code, doubt.message.clone())));
    let text = to_yaml(&OscalDocument::AssessmentResults(Box::new(model))).map_err(Diagnostic::from)?;
    let unread_by = unread_by(loaded, requirement, &path);
    findings.unless_errors(Recorded { path, text, unread_by })
}

fn refused(message: impl Into<String>) -> Diagnostic {
    Diagnostic::error(&codes::NOT_RECORDED, message)
}

/// What can be said of the statement without its evidence.
fn checked(statement: &Statement<'_>) -> Diagnostics {
    let mut findings = Diagnostics::new();
    if statement.reason.trim().is_empty() {
        findings.push(refused("the statement gives no reason").help("say what was looked at: --reason TEXT"));
    }
    if statement.valid_until <= statement.stated {
        let message = format!(
            "the statement would be over ({}) before it is made ({})",
            statement.valid_until, statement.stated
        );
        findings.push(refused(message).help("--valid-until names a later day"));
    }
    if !statement.unused_types.is_empty() && statement.outcome != Stated::NotApplicable {
        let message = "unused resource types go with the outcome not-applicable only";
        findings.push(refused(message));
    }
    let asked = &statement.requirement.assessments;
    let procedures =
        || asked.iter().flat_map(|asked| &asked.procedures).map(|procedure| procedure.id.as_str());
    let label = &statement.requirement.label;
    match statement.procedure {
        Some(named) if !procedures().any(|id| id == named) => {
            let finding = refused(format!("no mapping asks {label} for a procedure `{named}`"));
            findings.push(match nearest(named, procedures()) {
                Some(meant) => finding.help(format!("did you mean `{meant}`?")),
                None => finding.help("leave it out: the statement then answers whatever is asked"),
            });
        }
        _ => {}
    }
    let is_measured = asked.iter().all(|asked| asked.checks > 0 && asked.procedures.is_empty());
    if is_measured && statement.outcome != Stated::NotMet && statement.unused_types.is_empty() {
        let message = format!(
            "the statement has no effect: checks measure {label}, and no mapping asks for a procedure"
        );
        let code = &probity_assessment::attest::codes::ATTESTATION_UNUSED;
        findings.push(Diagnostic::warning(code, message).help("a statement that it is not met would count"));
    }
    findings
}

fn method<'a>(statement: &Statement<'a>) -> &'a str {
    let procedures = statement.requirement.assessments.iter().flat_map(|asked| &asked.procedures);
    let mut answered =
        procedures.filter(|procedure| statement.procedure.is_none_or(|named| named == procedure.id));
    let asked = answered.next().map(|procedure| procedure.method.as_str());
    statement.method.or(asked).unwrap_or("EXAMINE")
}

/// The evidence as the document at `path` names it, with its passages.
fn evidence(
    tree: &dyn FileTree,
    path: &TreePath,
    statement: &Statement<'_>,
    findings: &mut Diagnostics,
) -> Vec<RecordedEvidence> {
    let mut read = Vec::new();
    for file in statement.evidence {
        match document(tree, &file.path) {
            Ok(document) => {
                let name = || file.path.file_name().to_owned();
                let recorded = RecordedEvidence {
                    title: file.title.clone().unwrap_or_else(name),
                    href: path.parent().relative(&file.path),
                    media_type: media_type(&file.path),
                    digest: document.digest,
                    quotes: Vec::new(),
                };
                read.push((document, recorded));
            }
            Err(why) => findings.push(refused(format!("the evidence cannot be read: {why}"))),
        }
    }
    if statement.evidence.is_empty() && !statement.quotes.is_empty() {
        findings.push(
            refused("a passage needs a document that it stands in").help("name it with --evidence FILE"),
        );
    }
    if read.len() == statement.evidence.len() && !read.is_empty() {
        findings.extend(statement.quotes.iter().filter_map(|quote| quoted(quote, &mut read).err()));
    }
    read.into_iter().map(|(_, recorded)| recorded).collect()
}

/// Notes a passage beside the first document that has it.
fn quoted(quote: &Quote, read: &mut [(Document, RecordedEvidence)]) -> Result<(), Diagnostic> {
    let mut refusals = Vec::new();
    for (document, recorded) in read {
        match passage::find(&document.bytes, &quote.text, quote.page) {
            Ok(page) => {
                recorded.quotes.push(Quote { text: quote.text.clone(), page });
                return Ok(());
            }
            Err(refusal) => refusals.push(format!("{}: {refusal}", recorded.href)),
        }
    }
    let code = &probity_assessment::attest::codes::QUOTE_NOT_FOUND;
    let message = format!("the passage cannot be confirmed: \u{201c}{}\u{201d}", quote.text);
    Err(refusals.into_iter().fold(Diagnostic::error(code, message), Diagnostic::help))
}

fn media_type(path: &TreePath) -> &'static str {
    match path.extension().map(str::to_lowercase).as_deref() {
        Some("pdf") => "application/pdf",
        Some("md" | "markdown") => "text/markdown",
        Some("txt" | "text") => "text/plain",
        Some("json") => "application/json",
        Some("yaml" | "yml") => "application/yaml",
        Some("csv") => "text/csv",
        Some("html" | "htm") => "text/html",
        Some("png") => "image/png",
        Some("jpg" | "jpeg") => "image/jpeg",
        _ => "application/octet-stream",
    }
}

/// A path that no file has, in the folder that the assessment reads attestations from.
fn free_path(
    tree: &dyn FileTree,
    loaded: &LoadedConfig,
    statement: &Statement<'_>,
) -> Result<TreePath, Diagnostic> {
    let asked = &statement.requirement.assessments;
    let assessments = asked.iter().filter_map(|asked| loaded.config.assessments.get(asked.index));
    let folder = assessments.flat_map(|assessment| &assessment.attestations).find_map(|pattern| {
        let (folder, last) = pattern.rsplit_once('/')?;
        (last.contains('*') && !folder.contains(['*', '?', '[', '{'])).then_some(folder)
    });
    let folder = loaded.file.parent().join(folder.unwrap_or(FOLDER))?;
    let subject = statement.requirement.item.as_ref().unwrap_or(&statement.requirement.control);
    let day: String = statement.stated.to_string().chars().take(10).collect();
    let procedure = statement.procedure.map(|id| format!("-{id}")).unwrap_or_default();
    let stem: String = format!("{subject}{procedure}-{day}")
        .chars()
        .map(|c| if c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_') { c } else { '-' })
        .collect();
    for number in 1_u32.. {
        let more = if number == 1 { String::new() } else { format!("-{number}") };
        let path = folder.join(&format!("{stem}{more}.yaml"))?;
        if tree.stat(&path).is_err() {
            return Ok(path);
        }
    }
    Err(refused("no name is left for the file"))
}

/// The assessments that review the control and do not read the file.
fn unread_by(loaded: &LoadedConfig, requirement: &Requirement, path: &TreePath) -> Vec<String> {
    let inside = loaded.file.parent().relative(path);
    let reads = |text: &String| {
        let is_folder =
            inside.strip_prefix(text.trim_end_matches('/')).is_some_and(|rest| rest.starts_with('/'));
        is_folder || pattern(text).is_ok_and(|pattern| pattern.is_match(&inside))
    };
    let asked = requirement.assessments.iter().filter_map(|asked| loaded.config.assessments.get(asked.index));
    let unread = asked.filter(|assessment| !assessment.attestations.iter().any(reads));
    unread.map(|assessment| assessment.name.clone()).collect()
}
