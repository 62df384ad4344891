//! Documents that others import, each read once.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use probity_diagnostics::{Diagnostic, Diagnostics, FileTree, Pointer, Step, TreePath, Warned};
use serde::Deserialize as _;
use serde_json::Value;

use super::index::Index;
use super::kind::Kinds;
use super::survey::survey;
use super::walk::{At, root_of};
use crate::load::checked_value;
use crate::model::metadata::Resource;
use crate::model::{Catalog, Profile};
use crate::resolve::source::{self, Base, Opener, Unopened};
use crate::resolve::{Resolved, Site, codes as resolving};

/// The documents that were imported by those checked so far, for a run over many files of one tree. Several threads may
/// share it.
#[derive(Default)]
pub struct Library(Mutex<Shelves>);

#[derive(Default)]
struct Shelves {
    resolved: Resolved,
    catalogs: BTreeMap<TreePath, Opened>,
    documents: BTreeMap<TreePath, Opened>,
}

impl Library {
    /// A library without documents.
    pub fn new() -> Self {
        Self::default()
    }

    fn shelves(&self) -> MutexGuard<'_, Shelves> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Resolves a profile for what is found in doing so, and says whether it resolves to a catalog.
    pub(super) fn try_profile(
        &self,
        tree: &dyn FileTree,
        path: &TreePath,
        model: &Profile,
    ) -> (bool, Diagnostics) {
        self.shelves().resolved.try_profile(tree, path, model)
    }

    /// Opens what an import in `base` names.
    pub(super) fn open(&self, tree: &dyn FileTree, base: Base<'_>, import: &Import) -> Opened {
        self.shelves().open(tree, base, import)
    }
}

type Opened = Result<Arc<Document>, Obstacle>;

/// What is known of an imported document.
pub(super) struct Document {
    /// The file.
    pub(super) path: TreePath,
    /// The key of its model; `catalog` for resolved profiles.
    pub(super) root: &'static str,
    /// What it declares.
    pub(super) index: Index<'static>,
    /// What it imports.
    pub(super) imports: Vec<Import>,
    /// The resources of its back matter, where an import goes through them.
    pub(super) resources: Vec<Resource>,
}

impl Document {
    /// What may be looked for in it.
    pub(super) fn holds(&self) -> Kinds {
        match self.root {
            "catalog" => Kinds::OF_CATALOGS,
            "component-definition" => Kinds::OF_COMPONENTS.or(Kinds::ROLE),
            "assessment-plan" => Kinds::OF_SYSTEMS.or(Kinds::OF_PLANS),
            _ => Kinds::OF_SYSTEMS,
        }
    }
}

/// Why an imported document cannot be looked into.
#[derive(Clone)]
pub(super) enum Obstacle {
    /// It was not read, why, and what lets it be read.
    Unread(String, Vec<String>),
    /// It is of a model that does not belong there.
    Model(String),
    /// It is only named: by a resource without link and content, which says itself that there is nothing to read, or by a
    /// fragment that names nothing, of which more is said elsewhere.
    Named,
}

/// A reference to a document as a whole.
#[derive(Clone)]
pub(super) struct Import {
    /// What it is imported for.
    pub(super) purpose: Purpose,
    /// The href.
    pub(super) href: String,
    /// Where the href stands.
    pub(super) pointer: Pointer,
}

/// What a document is imported for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Purpose {
    /// The controls of a catalog or a profile.
    Controls,
    /// The system of a system security plan.
    System,
    /// The plan that assessment results follow.
    Plan,
    /// Components of another component definition.
    Components,
    /// The system security plan of a leveraged system.
    Leveraged,
}

impl Purpose {
    /// The purpose of an href, if it imports a document.
    pub(super) fn of(at: &At<'_>, key: &str) -> Option<Self> {
        let node = at.node()?;
        match (node.definition.name, key) {
            ("import" | "import-profile" | "mapping-resource-reference", "href")
            | ("control-implementation", "source") => Some(Self::Controls),
            ("import-ssp", "href") => Some(Self::System),
            ("import-ap", "href") => Some(Self::Plan),
            ("import-component-definition", "href") => Some(Self::Components),
            ("link", "href") if node.text("rel") == Some("system-security-plan") => {
                (at.parent()?.definition.name == "leveraged-authorization").then_some(Self::Leveraged)
            }
            // Plans say so whose controls they are about where these are not the ones of their system.
            ("link", "href") if node.text("rel") == Some("source-profile") => {
                let in_metadata = at.parent()?.definition.name == "metadata";
                let is_plan = matches!(at.root(), "assessment-plan" | "plan-of-action-and-milestones");
                (in_metadata && is_plan).then_some(Self::Controls)
            }
            _ => None,
        }
    }

    /// What may be declared in the document and in what it imports.
    pub(super) fn supplies(self) -> Kinds {
        match self {
            Self::Controls => Kinds::OF_CATALOGS,
            Self::System => Kinds::OF_CATALOGS.or(Kinds::OF_SYSTEMS),
            Self::Plan => Kinds::OF_CATALOGS.or(Kinds::OF_SYSTEMS).or(Kinds::OF_PLANS),
            Self::Components => Kinds::OF_COMPONENTS,
            Self::Leveraged => Kinds::PROVIDED.or(Kinds::RESPONSIBILITY).or(Kinds::IMPLEMENTATION),
        }
    }

    /// The model that the document is of; none where it is a profile or catalog.
    fn model(self) -> Option<&'static str> {
        match self {
            Self::Controls => None,
            Self::System | Self::Leveraged => Some("system-security-plan"),
            Self::Plan => Some("assessment-plan"),
            Self::Components => Some("component-definition"),
        }
    }
}

impl Shelves {
    fn open(&mut self, tree: &dyn FileTree, base: Base<'_>, import: &Import) -> Opened {
        let site = Site { file: base.file.clone(), pointer: import.pointer.clone() };
        let Some(model) = import.purpose.model() else { return self.catalog(tree, base, import, &site) };
        let known = |path: &TreePath| self.documents.contains_key(path);
        let opened = Opener { tree, known: &known, read }.open(base, &import.href, &site);
        let document = match opened.map(|opened| opened.value) {
            Ok(source::Opened::Known(path)) => self.documents.get(&path).cloned().unwrap_or_else(gone),
            Ok(source::Opened::New(path, document)) => {
                let document = Ok(Arc::new(document));
                self.documents.insert(path, document.clone());
                document
            }
            Err(unopened) => {
                let (path, obstacle) = obstacle(unopened, "is not valid");
                self.documents.extend(path.map(|path| (path, Err(obstacle.clone()))));
                Err(obstacle)
            }
        };
        let document = document?;
        if document.root == model {
            return Ok(document);
        }
        let Document { path, root, .. } = document.as_ref();
        Err(Obstacle::Model(format!("`{path}` is of model `{root}`, not `{model}`")))
    }

    fn catalog(&mut self, tree: &dyn FileTree, base: Base<'_>, import: &Import, site: &Site) -> Opened {
        let known = |path: &TreePath| self.catalogs.contains_key(path) || self.resolved.get(path).is_some();
        let opener = Opener { tree, known: &known, read: source::parse };
        let opened = opener.open(base, &import.href, site);
        match opened.map(|opened| opened.value) {
            Ok(source::Opened::Known(path)) => {
                let resolved = self.resolved.get(&path).map(|catalog| of_catalog(&path, &catalog));
                self.catalogs.entry(path).or_insert_with(|| resolved.map_or_else(gone, Ok)).clone()
            }
            Ok(source::Opened::New(path, loaded)) => {
                let (catalog, findings) = self.resolved.import(tree, &path, loaded.document, site);
                let opened = match catalog {
                    Some(catalog) => Ok(of_catalog(&path, &catalog)),
                    None => Err(unresolved(&findings, &path)),
                };
                self.catalogs.insert(path, opened.clone());
                opened
            }
            Err(unopened) => {
                let (path, obstacle) = obstacle(unopened, "is not valid or cannot be resolved");
                self.catalogs.extend(path.map(|path| (path, Err(obstacle.clone()))));
                Err(obstacle)
            }
        }
    }
}

/// What is known of a catalog.
fn of_catalog(path: &TreePath, catalog: &Catalog) -> Arc<Document> {
    Arc::new(Document {
        path: path.clone(),
        root: "catalog",
        index: Index::of_catalog(catalog),
        imports: Vec::new(),
        resources: Vec::new(),
    })
}

/// What is said of a document that was known and is not.
fn gone() -> Opened {
    Err(Obstacle::Named)
}

/// Why a document was not opened, and the document, where it is to be remembered.
fn obstacle(unopened: Unopened, broken_is: &str) -> (Option<TreePath>, Obstacle) {
    let Unopened { findings, broken } = unopened;
    let obstacle = match &broken {
        Some(path) => Obstacle::Unread(format!("`{path}` {broken_is}"), Vec::new()),
        None => unread(&findings),
    };
    (broken, obstacle)
}

/// Why an href leads to nothing that is read, in the words of the finding.
fn unread(findings: &Diagnostics) -> Obstacle {
    let first = findings.iter().next();
    if first.is_some_and(|finding| finding.code == &resolving::NO_RESOURCE) {
        return Obstacle::Named;
    }
    let message = first.map(|finding| finding.message.clone()).unwrap_or_default();
    let helps = first.map(|finding| finding.helps.as_slice()).unwrap_or_default();
    let (options, details): (Vec<String>, Vec<String>) =
        helps.iter().cloned().partition(|help| help.starts_with("`--"));
    let detail = details.first().filter(|help| help.starts_with('`'));
    Obstacle::Unread(detail.map_or(message.clone(), |detail| format!("{message}: {detail}")), options)
}

/// Why a document does not resolve to a catalog.
fn unresolved(findings: &Diagnostics, path: &TreePath) -> Obstacle {
    let model = |finding: &&Diagnostic| finding.code == &resolving::NOT_RESOLVABLE;
    let about = |finding: &&Diagnostic| finding.message.starts_with(&format!("`{path}`"));
    match findings.iter().filter(model).find(about) {
        Some(finding) => Obstacle::Model(finding.message.clone()),
        None => Obstacle::Unread(format!("`{path}` is not valid or cannot be resolved"), Vec::new()),
    }
}

fn read(bytes: &[u8], path: &TreePath) -> Step<Document> {
    let Warned { value, warnings } = checked_value(bytes, path)?;
    let root = root_of(&value).ok_or_else(Diagnostics::new)?.0.key;
    let survey = survey(&value);
    let resources = resources(&value, &survey.imports);
    let index = survey.index.into_owned();
    let document = Document { path: path.clone(), root, imports: survey.imports, index, resources };
    Ok(Warned { value: document, warnings })
}

/// The resources of a document, if one of its imports may name one.
pub(super) fn resources(document: &Value, imports: &[Import]) -> Vec<Resource> {
    if !imports.iter().any(|import| import.href.starts_with('#')) {
        return Vec::new();
    }
    let Some((_, model)) = root_of(document) else { return Vec::new() };
    let resources = model.pointer("/back-matter/resources");
    resources.and_then(|resources| Vec::<Resource>::deserialize(resources).ok()).unwrap_or_default()
}
