use std::collections::BTreeSet;
use std::io::Read as _;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use probity_diagnostics::document::{self, Format, Limits};
use probity_diagnostics::{
    Diagnostic, Diagnostics, FileTree, MemoryTree, PathError, TreePath, codes, nearest,
};
use probity_evidence::Ontology;
use probity_oscal::OscalDocument;
use probity_oscal::constraint::Rules;
use probity_oscal::split;
use probity_oscal::xml::NAMESPACE;
use probity_project::check::{self, CheckedFile, Standards};
use probity_project::config::{self, LoadedConfig};
use probity_project::steps;
use probity_project::suppress::{Extent, Suppressions};
use rayon::prelude::*;
use serde_json::Value;

use super::{as_of, settle};
use crate::args::{AsOfArg, FindingsFormatArg, ProjectArgs, RemoteArgs};
use crate::checked::{Checked, Part};
use crate::documents::may_be_model;
use crate::place::{self, Named, Tree};
use crate::status::Status;
use crate::surroundings::Surroundings;
use crate::ui::Ui;

/// Check OSCAL documents, evidence sets and project files.
///
/// Every problem of every file is reported with its place, what was expected
/// and what was found. Without files, the whole project is checked: its
/// settings, every document it names, and whether its checks compile. In a
/// compliance-trestle workspace, all of its documents are.
/// Findings that the project's `[[suppress]]` tables accept do not count.
#[derive(Debug, Clone, clap::Args)]
#[command(after_help = "Exit codes: 0 no errors, 1 errors were found, 2 something could not be checked.")]
pub(crate) struct Args {
    /// OSCAL documents (JSON, YAML, XML), evidence sets (.jsonl) and project files;
    /// folders are searched for them; `-` is standard input.
    files: Vec<String>,

    /// The folder that hrefs of documents must stay in.
    #[arg(long, value_name = "FOLDER")]
    root: Option<PathBuf>,

    /// A file of constraints (Metaschema) to hold documents to besides those
    /// of OSCAL; may be repeated.
    #[arg(long, value_name = "FILE")]
    constraints: Vec<String>,

    /// Check the constraints of OSCAL that are wrong as they were published,
    /// too.
    #[arg(long)]
    upstream_defects: bool,

    #[command(flatten)]
    format: FindingsFormatArg,

    #[command(flatten)]
    as_of: AsOfArg,

    #[command(flatten)]
    project: ProjectArgs,

    #[command(flatten)]
    pub(super) remote: RemoteArgs,
}

pub(crate) fn run(args: &Args, surroundings: &Surroundings, ui: &mut Ui) -> Status {
    let shelves = if args.files.is_empty() { super::shelves(&args.project, surroundings) } else { None };
    let checked = match shelves {
        Some(shelves) if !shelves.is_empty() => {
            files(&Args { files: shelves, ..args.clone() }, surroundings, ui)
        }
        _ if args.files.is_empty() => project(args, surroundings, ui),
        _ => files(args, surroundings, ui),
    };
    match checked {
        Ok(checked) => checked.print(args.format.format, ui),
        Err(status) => status,
    }
}

/// Checks the whole project.
fn project(args: &Args, surroundings: &Surroundings, ui: &mut Ui) -> Result<Checked, Status> {
    let workspace = super::workspace(&args.project, &args.remote, surroundings, ui)?;
    let tree = workspace.tree.clone();
    let loaded = config::load(tree.as_ref(), &config::path());
    let settings = loaded.as_ref().ok().map(|loaded| (tree.as_ref(), &loaded.value));
    let rules = rules(args, settings, surroundings, ui)?;
    let mut files = check::project(&workspace, &rules);
    let count = files.len();
    if let Ok(loaded) = loaded {
        let mut suppressions = suppressions(&loaded.value, args, surroundings, ui)?;
        let inside = |path: &TreePath| path.bundled().is_none().then(|| path.clone());
        files.iter_mut().for_each(|file| suppressions.apply(file, inside));
        let settings = files.first_mut();
        settings.into_iter().for_each(|file| file.findings.extend(suppressions.findings(Extent::Whole)));
    }
    Ok(Checked { parts: vec![Part { tree, files }], count, incomplete: false })
}

/// The constraints that documents are held to: by the arguments, and by the settings of their project.
fn rules(
    args: &Args,
    settings: Option<(&dyn FileTree, &LoadedConfig)>,
    surroundings: &Surroundings,
    ui: &mut Ui,
) -> Result<Rules, Status> {
    let own = settings.map(|(_, loaded)| &loaded.config.validate);
    let as_published = args.upstream_defects || own.is_some_and(|own| own.upstream_defects);
    let mut rules = if as_published { Rules::with_upstream_defects() } else { Rules::oscal() };
    if let Some((tree, loaded)) = settings {
        for (index, file) in loaded.config.validate.constraints.iter().enumerate() {
            let place = loaded.place(&["validate", "constraints", &index.to_string()]);
            let outside = |why: PathError| Diagnostic::from(why).at(place);
            let path = loaded.file.parent().join(file).map_err(outside);
            let path = path.map_err(|finding| super::refuse(&finding.into(), tree, ui))?;
            settle(rules.add(tree, &path), tree, ui)?;
        }
    }
    for file in &args.constraints {
        let named = place::named(file, &surroundings.folder, args.root.as_deref());
        let named = named.map_err(|finding| super::refuse(&finding.into(), &place::bundled(), ui))?;
        settle(rules.add(&named.tree, &named.path), &named.tree, ui)?;
    }
    Ok(rules)
}

/// What a project accepts, as of the instant that is given.
fn suppressions(
    loaded: &LoadedConfig,
    args: &Args,
    surroundings: &Surroundings,
    ui: &mut Ui,
) -> Result<Suppressions, Status> {
    let instant = as_of(&args.as_of, loaded.config.system.as_of.as_deref(), surroundings, ui)?.instant;
    Ok(Suppressions::of(loaded, instant))
}

/// The folder of a project and its settings; none where the folder cannot be entered.
fn settings(
    project: &Path,
    surroundings: &Surroundings,
) -> Option<(Tree, Result<LoadedConfig, Diagnostics>)> {
    let tree = place::tree(project, &surroundings.folder).ok()?;
    let loaded = config::load(&tree, &config::path()).map(|loaded| loaded.value);
    Some((tree, loaded))
}

/// Files that were named and lie below one root, in one project.
struct Group {
    root: PathBuf,
    project: Option<PathBuf>,
    tree: Tree,
    files: Vec<TreePath>,
}

/// What one argument stands for.
enum Asked {
    /// Files of a group, by its number.
    Group(usize),
    /// What cannot be looked up on disk.
    Alone(Part),
}

/// Checks the files that are named.
fn files(args: &Args, surroundings: &Surroundings, ui: &mut Ui) -> Result<Checked, Status> {
    let bundled = place::bundled();
    let ontology = settle(steps::ontology(&bundled), &bundled, ui)?;
    let mut checked = Checked::default();
    let mut groups: Vec<Group> = Vec::new();
    let mut asked = Vec::new();
    for file in &args.files {
        if file == "-" {
            let rules = rules(args, None, surroundings, ui)?;
            asked.push(Asked::Alone(stdin(Standards { ontology: &ontology, rules: &rules }, ui)?));
            checked.count += 1;
            continue;
        }
        let found = place::named(file, &surroundings.folder, args.root.as_deref());
        match found.and_then(|named| Ok((documents(&named, file)?, named))) {
            Ok((files, named)) => asked.extend(gather(&mut groups, named, files).map(Asked::Group)),
            Err(finding) => {
                let file = CheckedFile::new(by_name(file), finding.into());
                asked.push(Asked::Alone(Part { tree: Arc::new(place::bundled()), files: vec![file] }));
                checked.count += 1;
                checked.incomplete = true;
            }
        }
    }
    let mut groups: Vec<Option<Group>> = groups.into_iter().map(Some).collect();
    for asked in asked {
        match asked {
            Asked::Alone(part) => checked.parts.push(part),
            Asked::Group(number) => {
                let Some(group) = groups.get_mut(number).and_then(Option::take) else { continue };
                checked.count += group.files.len();
                let parts = group.check(args, &ontology, surroundings, ui)?;
                checked.incomplete |= parts.first().is_some_and(|part| part.files.iter().any(is_unread));
                checked.parts.extend(parts);
            }
        }
    }
    Ok(checked)
}

/// What a file is called that cannot be looked up.
fn by_name(file: &str) -> TreePath {
    let last = || file.rsplit('/').find(|part| !part.is_empty()).unwrap_or_default();
    TreePath::parse(file).or_else(|_| TreePath::parse(last())).unwrap_or_else(|_| TreePath::root())
}

/// Adds files to the group they belong to; its number, where it is new.
fn gather(groups: &mut Vec<Group>, named: Named, files: Vec<TreePath>) -> Option<usize> {
    let Named { tree, root, project, .. } = named;
    if let Some(group) = groups.iter_mut().find(|group| group.root == root && group.project == project) {
        let known: BTreeSet<&TreePath> = group.files.iter().collect();
        let new: Vec<TreePath> = files.into_iter().filter(|file| !known.contains(file)).collect();
        group.files.extend(new);
        return None;
    }
    groups.push(Group { root, project, tree, files });
    Some(groups.len() - 1)
}

/// Whether a file that was named could not be read, so that nothing is known of it.
fn is_unread(file: &CheckedFile) -> bool {
    let about = |found: &Diagnostic| found.primary.as_ref().is_some_and(|at| at.location.file == file.file);
    file.findings.iter().any(|found| codes::UNREADABLE.contains(&found.code) && about(found))
}

impl Group {
    /// Checks the files; what is said of the project's settings comes after them.
    fn check(
        mut self,
        args: &Args,
        ontology: &Ontology,
        surroundings: &Surroundings,
        ui: &mut Ui,
    ) -> Result<Vec<Part>, Status> {
        let settings = self.project.as_ref().and_then(|project| settings(project, surroundings));
        let known =
            settings.as_ref().and_then(|(tree, loaded)| Some((tree as &dyn FileTree, loaded.as_ref().ok()?)));
        let rules = rules(args, known, surroundings, ui)?;
        let access = args.remote.access(&surroundings.folder);
        let home = self.project.as_ref().unwrap_or(&self.root);
        self.tree = access
            .and_then(|access| place::reaching(self.tree, home, &access, &surroundings.folder))
            .map_err(|finding| super::refuse(&finding.into(), &place::bundled(), ui))?;
        let mut files = check::files(&self.tree, &self.files, Standards { ontology, rules: &rules });
        let mut parts = Vec::new();
        if let (Some(project), Some((tree, loaded))) = (&self.project, settings) {
            parts.extend(self.suppress((project, tree, loaded), &mut files, args, surroundings, ui)?);
        }
        parts.insert(0, Part { tree: Arc::new(self.tree), files });
        Ok(parts)
    }

    /// Applies the suppressions of a project; what is to be said of its settings.
    fn suppress(
        &self,
        (project, tree, loaded): (&Path, Tree, Result<LoadedConfig, Diagnostics>),
        files: &mut [CheckedFile],
        args: &Args,
        surroundings: &Surroundings,
        ui: &mut Ui,
    ) -> Result<Option<Part>, Status> {
        let settings = config::path();
        let said = match loaded {
            Ok(loaded) => {
                let mut suppressions = suppressions(&loaded, args, surroundings, ui)?;
                files.iter_mut().for_each(|file| suppressions.apply(file, |path| self.inside(project, path)));
                suppressions.findings(Extent::Part)
            }
            Err(errors) => {
                let is_named =
                    files.iter().any(|file| self.inside(project, &file.file).as_ref() == Some(&settings));
                if is_named { Diagnostics::new() } else { errors }
            }
        };
        let files = vec![CheckedFile::new(settings, said)];
        Ok((!files.iter().all(|file| file.findings.is_empty())).then(|| Part { tree: Arc::new(tree), files }))
    }

    /// The path of a file from the folder of the project.
    fn inside(&self, project: &Path, path: &TreePath) -> Option<TreePath> {
        if path.bundled().is_some() {
            return None;
        }
        let full = self.root.join(path.as_str());
        let inside = full.strip_prefix(project).ok()?.to_string_lossy().replace('\\', "/");
        TreePath::parse(&inside).ok()
    }
}

/// The files that a name stands for: itself, or the documents in the folder.
fn documents(named: &Named, name: &str) -> Result<Vec<TreePath>, Diagnostic> {
    let tree = &named.tree;
    if split::is_split(tree, &named.path) {
        return Ok(vec![named.path.clone()]);
    }
    if !tree.is_folder(&named.path) {
        // a piece is checked in its document: by itself it is none
        let whole = split::folder_of(tree, &named.path);
        return Ok(vec![whole.unwrap_or_else(|| named.path.clone())]);
    }
    let found = tree.walk(&named.path).map(split::documents).map_err(Diagnostic::from)?;
    let is_wanted = |file: &TreePath| {
        if is_document(file) { !is_other(tree, file) } else { split::is_split(tree, file) }
    };
    let found: Vec<TreePath> = found.into_par_iter().filter(is_wanted).collect();
    if found.is_empty() {
        let help =
            "OSCAL documents (.json, .yaml, .xml), evidence sets (.jsonl) and probity.toml are looked for";
        let message = format!("`{name}` holds no file that can be checked");
        return Err(Diagnostic::error(&codes::FILE_NOT_FOUND, message).help(help));
    }
    Ok(found)
}

/// Checks what comes from standard input.
fn stdin(standards: Standards<'_>, ui: &mut Ui) -> Result<Part, Status> {
    let mut tree = MemoryTree::new();
    let Ok(name) = TreePath::parse("<stdin>") else { return Err(Status::Invalid) };
    tree.insert(name.clone(), super::read_stdin(ui)?);
    let files = check::files(&tree, &[name], standards);
    Ok(Part { tree: Arc::new(tree), files })
}

/// Whether a file of a folder is checked.
fn is_document(file: &TreePath) -> bool {
    matches!(file.extension(), Some("json" | "yaml" | "yml" | "xml" | "jsonl"))
        || file.file_name() == config::FILE_NAME
}

/// Whether a file that was only found, not named, is well-formed and of
/// another kind: a manifest, the cases of a metric, data of a bundle, verdicts.
fn is_other(tree: &dyn FileTree, file: &TreePath) -> bool {
    if file.extension() == Some("jsonl") {
        return is_verdicts(tree, file);
    }
    let limits = Limits::default();
    let Some(format) = Format::of(file) else { return false };
    let Ok(bytes) = tree.read(file, limits.bytes) else { return false };
    let models = || OscalDocument::ROOTS.iter().copied();
    if format == Format::Xml {
        return root_tag(&bytes).is_some_and(|tag| !is_oscal_tag(tag, models()));
    }
    let Ok(documents) = document::parse_all(&bytes, file, format, limits) else { return false };
    let is_oscal = |(key, model): (&String, &Value)| nearest(key, models()).is_some() && may_be_model(model);
    let mut members = documents.value.iter().filter_map(|d| d.value.as_object()).flatten();
    !documents.value.is_empty() && !members.any(is_oscal)
}

/// What stands between the `<` and `>` of the root element of XML text.
fn root_tag(bytes: &[u8]) -> Option<&str> {
    let mut rest = std::str::from_utf8(bytes).ok()?;
    loop {
        rest = rest.get(rest.find('<')? + 1..)?;
        let end = match rest.get(..3) {
            Some("!--") => "-->",
            Some(start) if start.starts_with(['?', '!']) => ">",
            _ => break,
        };
        rest = rest.get(rest.find(end)?..)?;
    }
    rest.split('>').next()
}

/// Whether a root element is of the namespace of OSCAL, or of none and named like a model.
fn is_oscal_tag<'m>(tag: &str, models: impl Iterator<Item = &'m str>) -> bool {
    let name = tag.split(|c: char| c.is_whitespace() || c == '/').next().unwrap_or(tag);
    tag.contains(NAMESPACE) || !tag.contains("xmlns") && nearest(name, models).is_some()
}

/// Whether a file of JSON lines begins as verdicts do.
fn is_verdicts(tree: &dyn FileTree, file: &TreePath) -> bool {
    const BEGIN: &[u8] = b"{\"kind\":\"begin\",\"assessment\":";
    let mut start = Vec::new();
    let read = tree.open(file).map(|reader| reader.take(64).read_to_end(&mut start));
    matches!(read, Ok(Ok(_))) && start.starts_with(BEGIN)
}
