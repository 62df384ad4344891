//! Where files are: the project folder, and files that are named on the
//! command line.

use std::path::{Path, PathBuf};

use probity_content::FILES;
use probity_diagnostics::{BundledTree, Diagnostic, DiskTree, OverlayTree, TreePath, codes};
use probity_oscal::{split, trestle};
use probity_project::Access;
use probity_project::config::FILE_NAME;

/// A folder on disk with the bundled content beside it.
pub(crate) type Tree = OverlayTree<DiskTree>;

/// The bundled content.
pub(crate) fn bundled() -> BundledTree {
    BundledTree::new(FILES)
}

/// The tree below `root`, shown as seen from `folder`.
pub(crate) fn tree(root: &Path, folder: &Path) -> Result<Tree, Diagnostic> {
    let disk = DiskTree::new(root, shown_prefix(root, folder)).map_err(|e| {
        let message = format!("folder `{}` cannot be read: {e}", root.display());
        Diagnostic::error(&codes::FILE_NOT_FOUND, message)
    })?;
    Ok(OverlayTree::new(disk, bundled()))
}

/// The tree with what answers remote locations: the maps, the lock and the
/// cache of the folder `home` (of a project, else of the root that hrefs must
/// stay in), and what `access` allows besides. Shown as seen from `folder`.
pub(crate) fn reaching(tree: Tree, home: &Path, access: &Access, folder: &Path) -> Result<Tree, Diagnostic> {
    Ok(tree.with_remote(access.answers(&self::tree(home, folder)?)))
}

/// What stands before a path below `root` when it is shown to somebody in
/// `folder`.
fn shown_prefix(root: &Path, folder: &Path) -> String {
    let (Ok(root), Ok(folder)) = (root.canonicalize(), folder.canonicalize()) else { return String::new() };
    for (ups, ancestor) in folder.ancestors().enumerate() {
        if let Ok(down) = root.strip_prefix(ancestor) {
            let mut parts: Vec<String> = vec!["..".to_owned(); ups];
            parts.extend(down.iter().map(|p| p.to_string_lossy().into_owned()));
            return if parts.is_empty() { String::new() } else { parts.join("/") + "/" };
        }
    }
    format!("{}/", root.display())
}

/// The project folder: the one given, or the nearest with a `probity.toml`
/// from the working folder upwards.
pub(crate) fn project(folder: &Path, given: Option<&Path>) -> Result<PathBuf, Diagnostic> {
    use probity_project::codes::NO_PROJECT;
    let refuse = |where_: &Path| {
        let message = format!("there is no {FILE_NAME} in `{}`", where_.display());
        Diagnostic::error(&NO_PROJECT, message).help("`probity init` makes a new project")
    };
    match given {
        Some(given) => {
            let path = folder.join(given);
            if path.join(FILE_NAME).is_file() { Ok(path) } else { Err(refuse(given)) }
        }
        None => folder
            .ancestors()
            .find(|f| f.join(FILE_NAME).is_file())
            .map(Path::to_path_buf)
            .ok_or_else(|| refuse(Path::new(".")).help("name a project folder with `-C`")),
    }
}

/// The compliance-trestle workspace that a folder belongs to.
pub(crate) fn workspace(folder: &Path) -> Option<&Path> {
    folder.ancestors().find(|above| above.join(trestle::MARK).is_dir())
}

/// A file that was named on the command line, with the tree it is read from.
pub(crate) struct Named {
    /// The tree.
    pub(crate) tree: Tree,
    /// The folder that the tree is of.
    pub(crate) root: PathBuf,
    /// The file in it.
    pub(crate) path: TreePath,
    /// The folder of the project that the file belongs to.
    pub(crate) project: Option<PathBuf>,
}

impl Named {
    /// The same file in a tree that answers remote locations as well.
    pub(crate) fn reaching(self, access: &Access, folder: &Path) -> Result<Self, Diagnostic> {
        let home = self.project.as_ref().unwrap_or(&self.root);
        let tree = reaching(self.tree, home, access, folder)?;
        Ok(Self { tree, ..self })
    }
}

/// Opens what was named on the command line. The root inside which its hrefs
/// must stay is the folder given by `--root`, else the project's, else the
/// git work tree's, else the folder of the file.
pub(crate) fn named(file: &str, folder: &Path, root: Option<&Path>) -> Result<Named, Diagnostic> {
    if file.starts_with("content:") {
        let path = TreePath::parse(file)?;
        return Ok(Named { tree: tree(folder, folder)?, root: folder.to_path_buf(), path, project: None });
    }
    let full = existing(file, &folder.join(file))?;
    let own = if full.is_dir() { full.as_path() } else { full.parent().unwrap_or(&full) };
    let own = around_split(own);
    let root = match root {
        Some(root) => folder.join(root),
        None => root_of(own),
    };
    let root = root.canonicalize().unwrap_or(root);
    let relative = full.strip_prefix(&root).map_err(|_| {
        let message = format!("`{file}` lies outside the root `{}`", root.display());
        Diagnostic::error(&codes::PATH_OUTSIDE, message).help("name a wider folder with --root")
    })?;
    let text = relative.to_string_lossy().replace('\\', "/");
    let path = TreePath::parse(&text)?;
    let path = split::document(&path);
    let project = holder(own, FILE_NAME).map(Path::to_path_buf);
    Ok(Named { tree: tree(&root, folder)?, root, path, project })
}

/// The file at `path`, without links, or that what was named does not exist.
fn existing(named: &str, path: &Path) -> Result<PathBuf, Diagnostic> {
    path.canonicalize().map_err(|error| {
        let missing = error.kind() == std::io::ErrorKind::NotFound;
        let why = if missing { "does not exist".to_owned() } else { error.to_string() };
        Diagnostic::error(&codes::FILE_NOT_FOUND, format!("`{named}` {why}"))
    })
}

/// A file that was named on the command line in `folder`, as a path of the project in `root`; it need not be there yet.
pub(crate) fn of_project(root: &Path, file: &Path, folder: &Path) -> Result<TreePath, Diagnostic> {
    TreePath::parse(&relative(root, &folder.join(file))).map_err(|_| {
        Diagnostic::error(&codes::PATH_OUTSIDE, format!("`{}` lies outside the project", file.display()))
    })
}

/// As [`of_project`], of a file that is there.
pub(crate) fn inside(root: &Path, file: &Path, folder: &Path) -> Result<TreePath, Diagnostic> {
    existing(&file.to_string_lossy(), &folder.join(file))?;
    of_project(root, file, folder)
}

/// The folder that holds the split folder that `own` is or lies in, from which its references count; else `own`.
fn around_split(own: &Path) -> &Path {
    let outermost = own.ancestors().filter(|folder| folder.join(split::INDEX).is_file()).last();
    outermost.and_then(Path::parent).unwrap_or(own)
}

/// The nearest folder from `own` upwards that holds `name`.
fn holder<'a>(own: &'a Path, name: &str) -> Option<&'a Path> {
    own.ancestors().find(|folder| folder.join(name).exists())
}

/// The project folder, compliance-trestle workspace, git work tree or folder that `own` belongs to.
pub(crate) fn root_of(own: &Path) -> PathBuf {
    let root = holder(own, FILE_NAME).or_else(|| holder(own, trestle::MARK)).or_else(|| holder(own, ".git"));
    root.unwrap_or(own).to_path_buf()
}

/// Files that were named on the command line, under the deepest folder that
/// holds all of them.
pub(crate) struct Common {
    /// The folder.
    pub(crate) root: PathBuf,
    /// The tree below it.
    pub(crate) tree: Tree,
    /// The files in it, in the order in which they were named. Patterns stay
    /// patterns.
    pub(crate) paths: Vec<TreePath>,
}

/// Finds the folder that holds all of the named files, folders and patterns.
pub(crate) fn common(files: &[&String], folder: &Path) -> Result<Common, Diagnostic> {
    let folder = folder.canonicalize().unwrap_or_else(|_| folder.to_path_buf());
    let mut full = Vec::new();
    for file in files {
        let (base, rest) = match file.find(['*', '?', '[', '{']) {
            Some(wild) => {
                let slash = file.get(..wild).and_then(|head| head.rfind('/')).map_or(0, |at| at + 1);
                (file.get(..slash).unwrap_or_default(), file.get(slash..).unwrap_or_default())
            }
            None => (file.as_str(), ""),
        };
        let base = existing(file, &folder.join(if base.is_empty() { "." } else { base }))?;
        full.push((base, rest));
    }
    let holder = |(base, rest): &(PathBuf, &str)| match base.parent() {
        Some(parent) if rest.is_empty() && base.is_file() => parent.to_path_buf(),
        _ => base.clone(),
    };
    let root = full.iter().map(holder).reduce(|a, b| shared(&a, &b)).unwrap_or_else(|| folder.clone());
    let paths = full.iter().map(|(base, rest)| {
        let inside = base.strip_prefix(&root).unwrap_or(base).to_string_lossy().replace('\\', "/");
        let text = if rest.is_empty() { inside } else { format!("{inside}/{rest}") };
        TreePath::parse(text.trim_start_matches('/')).map_err(Diagnostic::from)
    });
    let paths = paths.collect::<Result<_, _>>()?;
    Ok(Common { tree: tree(&root, &folder)?, root, paths })
}

/// The deepest folder that holds both.
fn shared(a: &Path, b: &Path) -> PathBuf {
    a.components().zip(b.components()).take_while(|(x, y)| x == y).map(|(x, _)| x).collect()
}

/// The relative reference that leads from a folder to a file, both on disk.
pub(crate) fn relative(folder: &Path, file: &Path) -> String {
    let (folder, file) = (absolute(folder), absolute(file));
    let shared = shared(&folder, &file);
    let ups = folder.strip_prefix(&shared).map_or(0, |rest| rest.components().count());
    let down = file.strip_prefix(&shared).unwrap_or(&file);
    let parts = std::iter::repeat_n("..".to_owned(), ups);
    parts.chain(down.iter().map(|part| part.to_string_lossy().into_owned())).collect::<Vec<_>>().join("/")
}

/// A path without links as far as it exists.
fn absolute(path: &Path) -> PathBuf {
    match (path.canonicalize(), path.parent(), path.file_name()) {
        (Ok(full), ..) => full,
        (Err(_), Some(parent), Some(name)) => absolute(parent).join(name),
        _ => path.to_path_buf(),
    }
}
