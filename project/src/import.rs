//! What a folder of another tool becomes in a project: files that are not there yet.

use jiff::Timestamp;
use probity_assessment::compile::imported::{Foreign, Survey, survey};
use probity_assessment::compile::{LibraryModule, Operator, TargetClass};
use probity_diagnostics::{
    Diagnostic, Diagnostics, FileTree, Location, MemoryTree, Pointer, TreePath, codes as files,
};
use probity_evidence::Ontology;
use probity_importers::clouditor::{self, Facts, Folder, Metric, Resolved, Unset, kebab};
use probity_importers::codes as importing;

use crate::codes;
use crate::config::FILE_NAME;
use crate::steps;

/// The file of imported evidence.
const EVIDENCE: &str = "evidence/clouditor.jsonl";

/// What is imported, from where, into what.
pub struct Clouditor<'a> {
    /// Where the folder is read from.
    pub source: &'a dyn FileTree,
    /// The folder.
    pub folder: &'a TreePath,
    /// The project, with the bundled content.
    pub project: &'a dyn FileTree,
    /// The name of the system, for a project that is made.
    pub system: &'a str,
    /// How values are taken that nobody may have set.
    pub unset: &'a Unset,
    /// The severity of metrics, which have none there.
    pub severity: &'a str,
    /// Version of Probity, for the evidence.
    pub version: &'a str,
    /// When it is imported.
    pub last_modified: Timestamp,
    /// Whether files that are there are replaced.
    pub force: bool,
}

/// What is to be written, and what there is to say of it.
#[derive(Debug, Default)]
pub struct Imported {
    /// The files.
    pub files: Vec<(TreePath, Vec<u8>)>,
    /// `metric.yaml` of each metric.
    pub metrics: Vec<TreePath>,
    /// Metrics that were found and left out.
    pub left_out: usize,
    /// Catalogs: file, number of controls, number of links to metrics.
    pub catalogs: Vec<(TreePath, usize, usize)>,
    /// Resources of the evidence, with its file.
    pub evidence: Option<(TreePath, usize)>,
    /// The file of the vocabulary that the folder brought.
    pub vocabulary: Option<TreePath>,
    /// Evidences of which a later one was imported.
    pub superseded: usize,
    /// Values that nobody may have set.
    pub unset: usize,
    /// Findings that were counted and not told.
    pub untold: usize,
    /// Whether a project is made.
    pub is_new: bool,
    /// What could not be used, and what is doubtful; in files of the source.
    pub findings: Diagnostics,
}

/// Imports a folder in the format of Clouditor.
///
/// # Errors
/// The folder cannot be listed, it holds nothing of the kind, or a file is there already.
pub fn clouditor(import: &Clouditor<'_>) -> Result<Imported, Diagnostics> {
    let brought = clouditor::vocabulary(import.source, import.folder);
    let ontology = match &brought {
        Some((file, document)) => vocabulary(import, file, document)?,
        None => steps::ontology(import.project)?.value,
    };
    let library = steps::rego_library(import.project)?;
    let mut read = clouditor::read(import.source, import.folder, &ontology, import.unset)?;
    let mut imported = Imported {
        findings: std::mem::take(&mut read.findings),
        superseded: read.evidence.superseded,
        unset: read.evidence.unset,
        untold: read.evidence.untold(),
        ..Imported::default()
    };
    if let Some((file, document)) = brought {
        imported.vocabulary = Some(file);
        imported.files.push((path(steps::IMPORTED_VOCABULARY), yaml(&document)));
    }
    let surveyed = surveyed(&read, &ontology, &library, &mut imported.findings);
    imported.left_out = read.left_out + read.metrics.len() - surveyed.len();
    if surveyed.is_empty() && read.catalogs.is_empty() && read.evidence.is_empty() {
        imported.findings.push(nothing(import));
        return Err(imported.findings);
    }
    for (metric, survey) in &surveyed {
        write_metric(import, metric, survey, &mut imported);
    }
    write_catalogs(import, &read, &surveyed, &mut imported);
    if !read.evidence.is_empty() {
        let path = path(EVIDENCE);
        imported.evidence = Some((path.clone(), read.evidence.len()));
        imported.files.push((path, read.evidence.write(import.version)));
    }
    if import.project.stat(&path(FILE_NAME)).is_err() {
        imported.is_new = true;
        imported.files.push((path(FILE_NAME), project(import, &imported).into_bytes()));
    }
    let existing = existing(import, &imported.files);
    if existing.is_empty() { Ok(imported) } else { Err(existing) }
}

/// Our ontology, with the vocabulary that the folder brings.
fn vocabulary(
    import: &Clouditor<'_>,
    file: &TreePath,
    document: &serde_json::Value,
) -> Result<Ontology, Diagnostics> {
    let mut tree = MemoryTree::new();
    tree.insert(file.clone(), yaml(document));
    let own = Ontology::load(import.project, &steps::ontology_path())?.value;
    Ok(own.beside(Ontology::load(&tree, file)?.value))
}

/// A path of ours.
fn path(text: &str) -> TreePath {
    TreePath::parse(text).unwrap_or_else(|_| TreePath::root())
}

fn nothing(import: &Clouditor<'_>) -> Diagnostic {
    let message = "the folder holds no metric, catalog or evidence that can be imported";
    Diagnostic::error(&files::FILE_NOT_FOUND, message)
        .at(Location::file(import.folder))
        .help("a metric is a folder with a YAML file, `metric.rego` and `data.json`; catalogs and evidence are JSON")
}

/// The metrics whose Rego can run, with what it says.
fn surveyed<'r>(
    read: &'r Folder,
    ontology: &Ontology,
    library: &[LibraryModule],
    findings: &mut Diagnostics,
) -> Vec<(&'r Metric, Survey)> {
    let any = format!("{}:Resource", clouditor::PREFIX);
    let mut kept: Vec<(&Metric, Survey)> = Vec::new();
    for metric in &read.metrics {
        let texts = metric.target.as_ref().map(clouditor::target_texts);
        let target =
            texts.as_ref().and_then(|(class, texts)| Some((TargetClass::parse(class)?, texts.as_slice())));
        let foreign = Foreign {
            file: &metric.rego_file,
            rego: &metric.rego,
            operator: metric.operator.as_deref().and_then(Operator::parse),
            target,
            any: &any,
        };
        match survey(&foreign, ontology, library) {
            Ok(survey) => {
                if let Some((first, _)) = kept.iter().find(|(_, known)| known.name == survey.name) {
                    findings.push(twice(metric, first, &survey));
                    continue;
                }
                check_name(metric, &survey, findings);
                kept.push((metric, survey));
            }
            Err(error) => findings.push(error.help("the metric is left out")),
        }
    }
    kept
}

fn twice(metric: &Metric, first: &Metric, survey: &Survey) -> Diagnostic {
    let message = format!("two metrics would be called `{}`: the second one is left out", survey.name);
    Diagnostic::error(&importing::TWICE, message)
        .at(Location::file(&metric.rego_file))
        .also(Location::file(&first.rego_file), "the first one")
        .help("the Rego of each metric needs a package of its own")
}

/// Warns where Clouditor would look for the rules in another package.
fn check_name(metric: &Metric, survey: &Survey, findings: &mut Diagnostics) {
    let expected = metric.package();
    let package = survey.name.as_str().trim_start_matches("cch-").replace('-', "_");
    if expected != package {
        let message = format!("the package is `cch.metrics.{package}`, and the metric is `{}`", metric.name);
        findings.push(
            Diagnostic::warning(&importing::NAME, message)
                .at(Location::value(&metric.file, &Pointer::root().key("name")))
                .also(Location::file(&metric.rego_file), "the package stands here")
                .help(format!("Clouditor looks into `cch.metrics.{expected}`, and finds nothing")),
        );
    }
}

fn write_metric(import: &Clouditor<'_>, metric: &Metric, survey: &Survey, imported: &mut Imported) {
    let folder = format!("metrics/{}/{}", kebab(&metric.category), survey.name);
    let facts = Facts {
        name: survey.name.as_str(),
        types: &survey.types,
        property: survey.property.as_deref(),
        severity: import.severity,
        last_modified: import.last_modified,
    };
    let definition = path(&format!("{folder}/metric.yaml"));
    imported.metrics.push(definition.clone());
    imported.files.push((definition, yaml(&metric.document(&facts))));
    imported.files.push((path(&format!("{folder}/check.rego")), metric.rego.clone().into_bytes()));
}

fn yaml(document: &serde_json::Value) -> Vec<u8> {
    probity_oscal::to_yaml(document).unwrap_or_default().into_bytes()
}

fn write_catalogs(
    import: &Clouditor<'_>,
    read: &Folder,
    surveyed: &[(&Metric, Survey)],
    imported: &mut Imported,
) {
    for catalog in &read.catalogs {
        let mut links: Vec<Resolved<'_>> = Vec::new();
        for link in &catalog.links {
            match linked(link, surveyed) {
                Some((metric, survey)) => links.push((link, survey.name.as_str(), &metric.name)),
                None => imported.findings.push(unlinked(link)),
            }
        }
        let file = path(&format!("catalogs/{}.yaml", catalog.slug));
        imported.catalogs.push((file.clone(), catalog.controls, links.len()));
        imported.files.push((file, yaml(&catalog.document(import.last_modified))));
        if !links.is_empty() {
            let source = format!("../catalogs/{}.yaml", catalog.slug);
            let mapping = catalog.mapping(&links, &source, import.last_modified);
            imported.files.push((path(&format!("mappings/{}.yaml", catalog.slug)), yaml(&mapping)));
        }
    }
}

/// The metric that a link means: by id and name, else by the id, which may be a name, else by its name.
fn linked<'s>(
    link: &clouditor::Link,
    surveyed: &'s [(&'s Metric, Survey)],
) -> Option<&'s (&'s Metric, Survey)> {
    let is_id = |metric: &Metric| [&metric.id, &metric.uuid, &metric.name].contains(&&link.metric);
    let is_name = |metric: &Metric| link.name.as_ref() == Some(&metric.name);
    let find = |fits: &dyn Fn(&Metric) -> bool| surveyed.iter().find(|(metric, _)| fits(metric));
    find(&|metric| is_id(metric) && is_name(metric)).or_else(|| find(&is_id)).or_else(|| find(&is_name))
}

fn unlinked(link: &clouditor::Link) -> Diagnostic {
    let named = link.name.as_ref().map(|name| format!(" ({name})")).unwrap_or_default();
    let message =
        format!("no imported metric is `{}`{named}: `{}` is not judged by it", link.metric, link.control);
    Diagnostic::warning(&importing::LINK, message).at(link.at.clone())
}

/// The `probity.toml` of a project that is made.
fn project(import: &Clouditor<'_>, imported: &Imported) -> String {
    let text = |text: &str| toml::Value::String(text.to_owned()).to_string();
    let head = format!(
        "# Made by `probity import clouditor`. `probity init --schema` prints the JSON schema of this file.\n\
         [system]\nname = {}\n",
        text(import.system)
    );
    let source = imported
        .evidence
        .iter()
        .map(|(file, _)| format!("\n[[source]]\nname = \"clouditor\"\nevidence = {}\n", text(file.as_str())));
    let assessments = imported.catalogs.iter().map(|(file, _, links)| {
        let name = file.file_name().trim_end_matches(".yaml");
        let mapping = if *links > 0 { text(&format!("mappings/{name}.yaml")) } else { String::new() };
        format!(
            "\n[[assessment]]\nname = {}\nprofile = {}\nmappings = [{mapping}]\n",
            text(&kebab(name)),
            text(file.as_str())
        )
    });
    std::iter::once(head).chain(source).chain(assessments).collect()
}

/// Errors for files that would be replaced by something else.
fn existing(import: &Clouditor<'_>, new: &[(TreePath, Vec<u8>)]) -> Diagnostics {
    const SHOWN: usize = 5;
    let mut findings = Diagnostics::new();
    if import.force {
        return findings;
    }
    let is_taken = |path: &TreePath, bytes: &[u8]| {
        import.project.stat(path).is_ok()
            && import.project.read(path, u64::MAX).is_ok_and(|found| found != bytes)
    };
    let taken: Vec<&TreePath> =
        new.iter().filter(|(path, bytes)| is_taken(path, bytes)).map(|(path, _)| path).collect();
    let Some(first) = taken.first() else { return findings };
    let names: Vec<String> = taken.iter().take(SHOWN).map(|path| import.project.display(path)).collect();
    let more = if taken.len() > SHOWN { format!(" and {} more", taken.len() - SHOWN) } else { String::new() };
    let message = match taken.len() {
        1 => format!("`{}` exists already and would change", import.project.display(first)),
        many => format!("{many} files exist already and would change: {}{more}", names.join(", ")),
    };
    let finding = Diagnostic::error(&codes::WOULD_OVERWRITE, message);
    findings.push(finding.help("nothing was written; `--force` replaces them"));
    findings
}
