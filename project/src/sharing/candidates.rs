//! Documents of a project with their colours, as the history vouches for them.

use jiff::civil::Date;
use probity_diagnostics::document::{self, Format, Limits};
use probity_diagnostics::{Diagnostic, FileTree, Sha256Digest, TreePath, codes as files};
use probity_oscal::split;
use probity_oscal::xml::Element;
use probity_sharing::audience::Role;
use probity_sharing::marking::{self, Marking};
use probity_sharing::package::{MANIFEST, Manifest};
use probity_sharing::plan::{Candidate, Proofs};
use probity_sharing::{Approval, Circle, Label, Refusal, Stop, circle, codes, rules};
use serde_json::Value;

use super::colours::{ColourChange, Colours};
use super::proofs::Proving;
use super::signatures::{self, Void};
use super::votes::Votes;
use crate::Workspace;
use crate::config::LoadedConfig;
use crate::git::Repository;

/// Where documents of others are kept, below the folder of a project.
pub const RECEIVED: &str = "sharing/received";

/// Where applications for membership are kept, a folder for each organisation.
pub const APPLICATIONS: &str = "sharing/applications";

/// The sharing of a project.
pub struct Place<'w> {
    pub(super) tree: &'w dyn FileTree,
    /// The community.
    pub circle: Circle,
    /// Signatures under agreements that do not count, and why; they are not among those of the community.
    pub void: Vec<Void>,
    /// The history; none where there is no repository or no file of allowed signers, and why.
    colours: Result<Colours, String>,
}

impl<'w> Place<'w> {
    /// Opens the folder `sharing/` of a project, at the revision of the workspace.
    ///
    /// # Errors
    /// A file of it cannot be read or is malformed.
    pub fn open(workspace: &'w Workspace, rev: Option<&str>, loaded: &LoadedConfig) -> Result<Self, Stop> {
        let tree = workspace.tree.as_ref();
        let folder = TreePath::parse(circle::FOLDER)
            .map_err(|error| Diagnostic::error(&files::PATH_OUTSIDE, error.to_string()))?;
        let mut circle = Circle::load(tree, &folder)?.value;
        let colours = history(workspace, rev, loaded, &circle.policy.member);
        let void = signatures::sift(&mut circle, tree, colours.as_ref());
        Ok(Self { tree, circle, void, colours })
    }

    /// A document with its colour, and the changes that led to it.
    ///
    /// # Errors
    /// It cannot be read, its colour is refused, or is not its originator's.
    pub fn candidate(&self, path: &TreePath) -> Result<(Candidate, Vec<ColourChange>), Stop> {
        let bytes = split::read(self.tree, path)?;
        let marking = marking::look_up(self.tree, path)?;
        let changes = self.vouched(path, &marking)?;
        let role = match &marking.originator {
            Some(name) if *name != self.circle.policy.member => Role::Holder,
            None if is_received(path) => Role::Holder,
            _ => Role::Originator,
        };
        let proving = self.proving(path, &bytes);
        let (scrubbed, approved) = (proving.scrubbed(), proving.approved());
        let proofs = Proofs { scrubbed, resolved: is_resolved(&bytes, path), approved };
        Ok((Candidate { path: path.clone(), bytes, marking, role, proofs }, changes))
    }

    /// The approval of a document that is to be published, as somebody gives it.
    ///
    /// # Errors
    /// They may not give it: they do not belong to us, or have made the document; or it has no report of scrubbing.
    pub fn approve(&self, document: &Candidate, by: &str) -> Result<Approval, Stop> {
        self.proving(&document.path, &document.bytes).approve(by)
    }

    fn proving<'p>(&'p self, path: &'p TreePath, bytes: &'p [u8]) -> Proving<'p> {
        Proving { tree: self.tree, circle: &self.circle, colours: self.colours.as_ref(), path, bytes }
    }

    /// The votes on the application of an organisation.
    ///
    /// # Errors
    /// They cannot be read.
    pub fn votes(&self, name: &str, day: Date) -> Result<Votes, Diagnostic> {
        let folder = TreePath::parse(&format!("{APPLICATIONS}/{name}/votes"))
            .map_err(|error| Diagnostic::error(&files::PATH_OUTSIDE, error.to_string()))?;
        Votes::read(self.tree, &folder, &self.circle.register, self.colours.as_ref(), day)
    }

    /// That a colour is its originator's: committed as it stands, with a history that holds; or no wider than what nobody marked, and
    /// new.
    fn vouched(&self, path: &TreePath, marking: &Marking) -> Result<Vec<ColourChange>, Stop> {
        let refuse = |why: String| {
            let message =
                format!("nothing shows that {} of `{path}` is its originator's: {why}", marking.label);
            let remedy = "commit it, signed by its originator: `probity share mark set` says how";
            let refusal = Refusal::new(rules::ORIGINATOR, &codes::NOT_ORIGINATOR, message, remedy);
            Stop::from(refusal.of(path.as_str(), Some(marking.label)))
        };
        let is_wide = marking.label < Label::UNMARKED;
        match &self.colours {
            _ if is_received(path) && self.receipt(path, marking) => Ok(Vec::new()),
            _ if is_received(path) => Err(refuse("no package that was received has it so".to_owned())),
            Err(why) if is_wide => Err(refuse(why.clone())),
            Err(_) => Ok(Vec::new()),
            Ok(colours) => match colours.verify(path)? {
                Some((label, changes)) if label == marking.label => Ok(changes),
                Some((label, _)) => Err(refuse(format!("it is committed as {label}"))),
                None if is_wide => Err(refuse("it is not committed".to_owned())),
                None => Ok(Vec::new()),
            },
        }
    }
}

impl Place<'_> {
    /// Whether a document lies in a package as that was received.
    fn receipt(&self, path: &TreePath, marking: &Marking) -> bool {
        let mut parts = path.as_str().split('/');
        let package: Vec<&str> = parts.by_ref().take(4).collect();
        let file = parts.collect::<Vec<_>>().join("/");
        let read = |name: &str| {
            let path = TreePath::parse(&format!("{}/{name}", package.join("/"))).ok()?;
            Some((self.tree.read(&path, Limits::default().bytes).ok()?, path))
        };
        let listed = || {
            let (bytes, at) = read(MANIFEST)?;
            let value = document::parse(&bytes, &at, Format::Json, Limits::default()).ok()?.value;
            let manifest: Manifest = serde_json::from_value(value).ok()?;
            let digest = Sha256Digest::of(&read(&file)?.0).to_string();
            let one = manifest.documents.iter().find(|one| one.file == file && one.sha256 == digest)?;
            let is_so = manifest.label() == Some(marking.label)
                && marking.originator.as_ref() == Some(&one.originator);
            is_so.then_some(())
        };
        listed().is_some()
    }
}

fn is_received(path: &TreePath) -> bool {
    path.as_str().strip_prefix(RECEIVED).is_some_and(|rest| rest.starts_with('/'))
}

fn history(
    workspace: &Workspace,
    rev: Option<&str>,
    loaded: &LoadedConfig,
    us: &str,
) -> Result<Colours, String> {
    let say = |finding: Diagnostic| finding.message;
    let signing = &loaded.config.signing;
    let file = signing.allowed_signers.as_ref().ok_or("probity.toml names no `allowed-signers`")?;
    let repository = Repository::discover(&workspace.root).map_err(say)?;
    let head = repository.resolve(rev.unwrap_or("HEAD")).map_err(say)?;
    let reviewed = signing.from.as_deref().map(|rev| repository.resolve(rev)).transpose().map_err(say)?;
    let file = repository.below().join(&format!("./{file}")).map_err(|error| error.to_string())?;
    Ok(Colours::new(&repository, head, file, reviewed, us))
}

/// Whether a document is an incident that says that it is resolved. Of anything else nobody knows whether it is.
fn is_resolved(bytes: &[u8], path: &TreePath) -> bool {
    let limits = Limits::default();
    match Format::of(path) {
        Some(Format::Xml) => {
            let text = document::text(bytes, path).ok();
            let root = text.and_then(|text| Element::read(text, path, limits).ok());
            let incidents = root.iter().flat_map(Element::below).filter(|one| one.name == "Incident");
            let mut states = incidents.map(|one| one.attribute("status") == Some("resolved")).peekable();
            states.peek().is_some() && states.all(|is_resolved| is_resolved)
        }
        Some(format) => document::parse(bytes, path, format, limits)
            .is_ok_and(|read| read.value.get("status").and_then(Value::as_str) == Some("resolved")),
        None => false,
    }
}
