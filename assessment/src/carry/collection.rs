//! Reading mapping collections.

use probity_diagnostics::{Diagnostic, Diagnostics, FileTree, Location, Pointer, Step, TreePath, Warned};
use probity_oscal::codes::OTHER_MODEL;
use probity_oscal::model::Model;
use probity_oscal::model::mapping::{Mapping, MappingCollection, MappingResourceReference};
use probity_oscal::resolve::named_file;

use super::codes::CARRY_UNTIED;

/// The root key of a mapping collection.
const ROOT: &str = "mapping-collection";

/// A mapping collection and where it stands.
#[derive(Debug, Clone, PartialEq)]
pub struct Collection {
    /// The file.
    pub file: TreePath,
    /// The document.
    pub model: MappingCollection,
    /// Whether its mappings are a list; a single one may stand alone.
    listed: bool,
}

/// A side of a mapping.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum End {
    /// The source of the mapping.
    Source,
    /// The target of the mapping.
    Target,
}

impl End {
    /// The word for it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Source => "source",
            Self::Target => "target",
        }
    }

    pub(super) fn other(self) -> Self {
        match self {
            Self::Source => Self::Target,
            Self::Target => Self::Source,
        }
    }

    /// The resource that it is about.
    pub(super) fn of(self, mapping: &Mapping) -> &MappingResourceReference {
        match self {
            Self::Source => &mapping.source_resource,
            Self::Target => &mapping.target_resource,
        }
    }
}

impl Collection {
    /// Reads the mapping collection in `file`.
    ///
    /// # Errors
    /// The file cannot be read, or is no mapping collection of the right form.
    pub fn load(tree: &dyn FileTree, file: &TreePath) -> Step<Self> {
        let Warned { value: loaded, mut warnings } = probity_oscal::load(tree, file)?;
        let listed =
            loaded.value.pointer("/mapping-collection/mappings").is_none_or(serde_json::Value::is_array);
        match MappingCollection::of(loaded.document) {
            Ok(model) => Ok(Warned { value: Self { file: file.clone(), model, listed }, warnings }),
            Err(other) => {
                let message = format!("expected a document of model `{ROOT}`, found `{}`", other.root());
                let at = Location::key(file, &Pointer::root().key(other.root()));
                let finding = Diagnostic::error(&OTHER_MODEL, message).at(at);
                warnings.push(finding.help("results are carried by mappings between catalogs; those from controls to metrics belong to `mappings` of the assessment"));
                Err(warnings)
            }
        }
    }

    /// The files that the ends of a mapping lead to, by its index.
    ///
    /// # Errors
    /// An end leads nowhere.
    pub fn ends(&self, tree: &dyn FileTree, index: usize) -> Step<[TreePath; 2]> {
        let mut findings = Diagnostics::new();
        let Some(mapping) = self.model.mappings.get(index) else { return Err(findings) };
        let resources = self.model.back_matter.as_ref().map(|back| back.resources.as_slice());
        let mut find = |end: End| {
            let at = self.at(index).key(&format!("{}-resource", end.as_str())).key("href");
            let href = &end.of(mapping).href;
            findings.absorb(named_file(tree, (&self.file, ROOT), resources.unwrap_or_default(), href, &at))
        };
        match (find(End::Source), find(End::Target)) {
            (Some(source), Some(target)) => findings.unless_errors([source, target]),
            _ => Err(findings),
        }
    }

    /// The finding that none of the mappings is between the catalogs of two assessments.
    pub fn untied(&self, from: &str, to: &str, behind: [&[TreePath]; 2]) -> Diagnostic {
        let of = |files: &[TreePath]| {
            files.iter().map(|file| format!("`{file}`")).collect::<Vec<_>>().join(" or ")
        };
        let place = self.at(0).key("source-resource").key("href");
        let [given, received] = behind.map(of);
        let message = format!("no mapping of this collection is between the catalogs of `{from}` and `{to}`");
        Diagnostic::error(&CARRY_UNTIED, message)
            .at(Location::value(&self.file, &place))
            .help(format!("one end has to lead to {given} (`{from}`), the other to {received} (`{to}`)"))
    }

    /// Where a mapping stands.
    pub(super) fn at(&self, index: usize) -> Pointer {
        let mappings = Pointer::root().key(ROOT).key("mappings");
        if self.listed { mappings.index(index) } else { mappings }
    }

    /// Where the provenance stands.
    pub(super) fn provenance() -> Pointer {
        Pointer::root().key(ROOT).key("provenance")
    }
}
