//! From the href of an import to the document it names (specification, "Import href Requirements").

use probity_diagnostics::document::Limits;
use probity_diagnostics::{
    Diagnostic, Diagnostics, FileError, FileErrorKind, FileKind, FileTree, Location, PathError, Place,
    Pointer, RemoteError, RemoteErrorKind, Severity, Step, TreePath, Warned, nearest, percent_decoded, sha2,
};

use super::codes;
use super::select::Site;
use crate::codes::{BAD_VALUE, CHOICE, UNKNOWN_PROPERTY, XML_ATTRIBUTE};
use crate::load::{Loaded, parse_bearing};
use crate::model::Profile;
use crate::model::metadata::{Resource, Rlink};
use crate::{split, trestle};

/// A profile and the file it was read from, which is the base of its relative hrefs (req-uri-base).
pub(super) struct ProfileSource<'a> {
    pub(super) file: TreePath,
    pub(super) model: &'a Profile,
}

impl ProfileSource<'_> {
    pub(super) fn base(&self) -> Base<'_> {
        let resources = self.model.back_matter.as_ref().map(|back| back.resources.as_slice());
        Base { file: &self.file, root: "profile", resources: resources.unwrap_or_default() }
    }
}

/// A document in which hrefs stand: they count from its file, and may name the resources of its back matter.
#[derive(Clone, Copy)]
pub(crate) struct Base<'a> {
    /// The file.
    pub(crate) file: &'a TreePath,
    /// The key of its model.
    pub(crate) root: &'a str,
    /// Its resources, in order.
    pub(crate) resources: &'a [Resource],
}

/// Opens the documents that hrefs name.
pub(crate) struct Opener<'o, T> {
    /// Where they are read from.
    pub(crate) tree: &'o dyn FileTree,
    /// Whether a document is known already and need not be read.
    pub(crate) known: &'o dyn Fn(&TreePath) -> bool,
    /// Makes something of the bytes of a document.
    pub(crate) read: fn(&[u8], &TreePath) -> Step<T>,
}

/// A document that an href names.
///
/// The path of content that stands in a back-matter resource is the one of the document around it, with a fragment: it tells
/// the content apart from other documents, and hrefs inside count from it.
pub(crate) enum Opened<T> {
    /// One that is known.
    Known(TreePath),
    /// One that was read.
    New(TreePath, T),
}

/// Why no document was opened.
pub(crate) struct Unopened {
    /// What there is to say.
    pub(crate) findings: Diagnostics,
    /// The only document that the href names, where it is there and broken.
    pub(crate) broken: Option<TreePath>,
}

impl<T: Into<Diagnostics>> From<T> for Unopened {
    fn from(findings: T) -> Self {
        Self { findings: findings.into(), broken: None }
    }
}

/// Reads the document in a file.
pub(super) fn read(tree: &dyn FileTree, path: &TreePath) -> Step<Loaded> {
    parse(&split::read(tree, path)?, path)
}

/// Reads a profile or what one imports.
///
/// Three forms that the model does not allow are borne with a warning. Two have a meaning in resolution: `merge` without a
/// structuring directive (req-structure-none) and `matching` with an empty pattern (req-include-by-match-empty). One has
/// none: `with-parent-controls`, which drafts of the model had.
pub(crate) fn parse(bytes: &[u8], path: &TreePath) -> Step<Loaded> {
    parse_bearing(bytes, path, borne)
}

fn borne(finding: Diagnostic) -> Diagnostic {
    let of_draft = finding.code == &UNKNOWN_PROPERTY || finding.code == &XML_ATTRIBUTE;
    if of_draft && finding.message.ends_with("`with-parent-controls`") {
        return Diagnostic { helps: Vec::new(), ..finding.into_warning() }.help(
            "it is of a draft of the model and has no effect: ancestors are included unless they are excluded",
        );
    }
    if has_meaning(&finding) { finding.into_warning() } else { finding }
}

fn has_meaning(finding: &Diagnostic) -> bool {
    let place = finding.primary.as_ref().map(|label| &label.location.place);
    let Some(Place::Value(pointer) | Place::Key(pointer)) = place else { return false };
    let pointer = pointer.as_str();
    (finding.code == &CHOICE && pointer == "/profile/merge")
        || (finding.code == &BAD_VALUE && pointer.starts_with("/profile/") && pointer.ends_with("/pattern"))
}

impl<T> Opener<'_, T> {
    /// Opens the document that `href` names in `base` (req-uri-resolve, req-internal); `site` is where the href stands.
    pub(crate) fn open(
        &self,
        base: Base<'_>,
        href: &str,
        site: &Site,
    ) -> Result<Warned<Opened<T>>, Unopened> {
        if let Some(uuid) = href.strip_prefix('#') {
            return self.in_back_matter(base, uuid, site);
        }
        let path = local(self.tree, base.file, href)
            .map_err(|obstacle| obstacle.finding(href).at(site.location()))?;
        self.file(path.clone())
            .map_err(|findings| Unopened { findings: imported(findings, site), broken: Some(path) })
    }

    fn file(&self, path: TreePath) -> Step<Opened<T>> {
        if (self.known)(&path) {
            return Ok(Warned::clean(Opened::Known(path)));
        }
        let bytes = split::read(self.tree, &path)?;
        self.bytes(path, &bytes)
    }

    fn bytes(&self, path: TreePath, bytes: &[u8]) -> Step<Opened<T>> {
        Ok((self.read)(bytes, &path)?.map(|value| Opened::New(path, value)))
    }

    /// The document that a resource of the back matter links or holds (req-internal-resolve1).
    ///
    /// Links with a media type of OSCAL come first, then those to JSON, XML and YAML, then others, each in their order. The
    /// first one that is there and can be read wins, and embedded content comes last.
    fn in_back_matter(&self, base: Base<'_>, uuid: &str, site: &Site) -> Result<Warned<Opened<T>>, Unopened> {
        let mut resources = base.resources.iter().enumerate();
        let (index, resource) =
            resources.find(|(_, resource)| resource.uuid.eq_ignore_ascii_case(uuid)).ok_or_else(|| {
                let message = format!("the back matter has no resource with the uuid `{uuid}`");
                Diagnostic::error(&codes::NO_RESOURCE, message).at(site.location())
            })?;
        let pointer = Pointer::root().key(base.root).key("back-matter").key("resources").index(index);
        let place = Site { file: base.file.clone(), pointer };
        let mut passed = Passed::default();
        for (i, link) in ranked(resource) {
            let place = place.key("rlinks").index(i);
            match self.link(base, link, &place)? {
                Ok(mut opened) => {
                    opened.warnings.extend(passed.warnings(site));
                    return Ok(opened);
                }
                Err(why) => passed.links.push((link, place, why)),
            }
        }
        if let Some(content) = &resource.base64 {
            let place = place.key("base64").key("value");
            let (path, bytes) = embedded(base.file, &resource.uuid, &content.value, &place)?;
            if (self.known)(&path) {
                return Ok(Warned::clean(Opened::Known(path)));
            }
            let opened = self.bytes(path, &bytes).map_err(|findings| imported(findings, site));
            let mut opened = opened.map_err(Unopened::from)?;
            opened.warnings.extend(passed.warnings(site));
            return Ok(opened);
        }
        Err(passed.findings(uuid, site, &place).into())
    }

    /// Opens what one link names: that, or why the next one is to be tried.
    ///
    /// # Errors
    /// What is there differs from what was stated of it, so that none of the links is to be trusted.
    fn link(
        &self,
        base: Base<'_>,
        link: &Rlink,
        place: &Site,
    ) -> Result<Result<Warned<Opened<T>>, Missed>, Unopened> {
        let path = match local(self.tree, base.file, &link.href) {
            Ok(path) => path,
            Err(obstacle) if obstacle.is_firm() => {
                return Err(obstacle.finding(&link.href).at(place.key("href").location()).into());
            }
            Err(obstacle) => return Ok(Err(Missed::Away(obstacle))),
        };
        verified(self.tree, &path, link, place)?;
        Ok(self.file(path).map_err(Missed::Broken))
    }
}

/// The file of the catalog or profile that `href` names in the document in `file`, whose model is `root` and whose back matter
/// holds `resources`; `at` is where the href stands. It is found as imports are, and not read.
///
/// # Errors
/// The href leads nowhere, out of the root, or to a location that nothing answers.
pub fn named_file(
    tree: &dyn FileTree,
    (file, root): (&TreePath, &str),
    resources: &[Resource],
    href: &str,
    at: &Pointer,
) -> Step<TreePath> {
    let opener = Opener { tree, known: &|_| false, read: |_, _| Ok(Warned::clean(())) };
    let site = Site { file: file.clone(), pointer: at.clone() };
    let opened = opener.open(Base { file, root, resources }, href, &site);
    opened.map_err(|unopened| unopened.findings).map(|opened| {
        opened.map(|opened| match opened {
            Opened::Known(path) | Opened::New(path, ()) => path,
        })
    })
}

/// Findings in an imported document, with the place of the import.
fn imported(findings: Diagnostics, site: &Site) -> Diagnostics {
    findings.into_iter().map(|finding| finding.also(site.location(), "imported here")).collect()
}

/// The links of a resource that were passed over.
#[derive(Default)]
struct Passed<'a> {
    links: Vec<(&'a Rlink, Site, Missed)>,
}

/// Why a link was passed over.
enum Missed {
    /// What it names cannot be reached.
    Away(Obstacle),
    /// What it names is no document that can be used.
    Broken(Diagnostics),
}

impl Passed<'_> {
    /// What is said of them where another link is used: nothing of those that are not there.
    fn warnings(&self, site: &Site) -> Vec<Diagnostic> {
        let warning = |(link, place, missed): &(&Rlink, Site, Missed)| {
            let message = match missed {
                Missed::Away(Obstacle::Remote(error)) if error.kind == RemoteErrorKind::Failed => {
                    format!("the link is passed over: {}", error.message)
                }
                Missed::Away(_) => return None,
                Missed::Broken(findings) => {
                    let why = &findings.iter().find(|finding| finding.severity == Severity::Error)?.message;
                    format!("the link to `{}` is passed over: {why}", link.href)
                }
            };
            let finding = Diagnostic::warning(&codes::LINK_PASSED_OVER, message);
            Some(finding.at(place.key("href").location()).also(site.location(), "imported here"))
        };
        self.links.iter().filter_map(warning).collect()
    }

    /// What is said where there is no other: what is wrong with those that are there, and of each why it does not serve.
    fn findings(self, uuid: &str, site: &Site, resource: &Site) -> Diagnostics {
        let broken = self.links.iter().filter_map(|(_, _, missed)| match missed {
            Missed::Broken(findings) => Some(findings.clone()),
            Missed::Away(_) => None,
        });
        let mut findings = imported(broken.flatten().collect(), site);
        if findings.is_empty() || self.links.len() > 1 {
            findings.push(self.no_way(uuid).at(site.location()).also(resource.location(), "the resource"));
        }
        findings
    }

    /// The finding that no link of a resource leads to a document.
    fn no_way(&self, uuid: &str) -> Diagnostic {
        if self.links.is_empty() {
            let message = format!("the resource `{uuid}` has neither an rlink nor base64 content");
            return Diagnostic::error(&codes::NO_RESOURCE, message);
        }
        let is_remote =
            |missed: &Missed| matches!(missed, Missed::Away(Obstacle::Remote(_) | Obstacle::Scheme));
        let all_remote = self.links.iter().all(|(_, _, missed)| is_remote(missed));
        let code = if all_remote { &codes::IMPORT_REMOTE } else { &codes::IMPORT_MISSING };
        let mut finding = Diagnostic::error(code, format!("no link of the resource `{uuid}` can be read"));
        let mut options: Vec<&String> = Vec::new();
        for (link, _, missed) in &self.links {
            finding = finding.help(match missed {
                Missed::Away(obstacle) => obstacle.words(&link.href),
                Missed::Broken(_) => format!("`{}` is no document that can be used", link.href),
            });
            if let Missed::Away(Obstacle::Remote(error)) = missed {
                options.extend(&error.helps);
            }
        }
        for option in options {
            if !finding.helps.contains(option) {
                finding.helps.push(option.clone());
            }
        }
        finding
    }
}

/// Why a location cannot be read.
enum Obstacle {
    Remote(RemoteError),
    Scheme,
    NoWorkspace,
    Path(&'static str),
    /// No file is there; the name of one beside it that was perhaps meant.
    Missing(TreePath, Option<String>),
}

impl Obstacle {
    /// Whether no other link of the same resource may be used instead.
    fn is_firm(&self) -> bool {
        matches!(self, Self::Remote(error) if error.kind == RemoteErrorKind::Refused)
    }

    fn finding(&self, href: &str) -> Diagnostic {
        match self {
            Self::Remote(error) => {
                let finding = Diagnostic::from(error.clone());
                let unanswered = error.kind == RemoteErrorKind::Unanswered;
                let code = if unanswered { &codes::IMPORT_REMOTE } else { finding.code };
                Diagnostic { code, ..finding }
            }
            Self::Scheme => Diagnostic::error(&codes::IMPORT_REMOTE, self.words(href))
                .help("keep a copy of the document beside the profile and import that"),
            Self::NoWorkspace => Diagnostic::error(&codes::IMPORT_MISSING, self.words(href))
                .help("the root of a workspace is the folder with `.trestle`; `--root` names a wider folder"),
            Self::Path(reason) => Diagnostic::error(
                &probity_diagnostics::codes::PATH_OUTSIDE,
                format!("the import `{href}` {reason}"),
            ),
            Self::Missing(path, near) => {
                let message = format!("the import `{path}` does not exist");
                let finding = Diagnostic::error(&codes::IMPORT_MISSING, message);
                match near {
                    Some(near) => finding.help(format!("did you mean `{near}`?")),
                    None => finding,
                }
            }
        }
    }

    fn words(&self, href: &str) -> String {
        match self {
            Self::Remote(error) => error.message.clone(),
            Self::Scheme => format!("`{href}` is neither a file nor an https location"),
            Self::NoWorkspace => {
                format!("`{href}` names a file of a compliance-trestle workspace, and this is none")
            }
            Self::Path(reason) => format!("`{href}` {reason}"),
            Self::Missing(path, _) => format!("`{path}` does not exist"),
        }
    }
}

/// The file or remote location that an href names when it stands in `base`.
fn local(tree: &dyn FileTree, base: &TreePath, href: &str) -> Result<TreePath, Obstacle> {
    if let Some(found) = trestle::resolve(tree, base, href) {
        let path = found.map_err(|why| match why {
            trestle::NoFile::NoWorkspace => Obstacle::NoWorkspace,
            trestle::NoFile::Outside(reason) => Obstacle::Path(reason),
        })?;
        return there(tree, path);
    }
    let outside = |error: PathError| Obstacle::Path(error.reason);
    if href.starts_with("content:") || (!base.is_remote() && !has_scheme(href)) {
        let reference = href.split('#').next().unwrap_or(href);
        let path = percent_decoded(reference).ok_or(Obstacle::Path("holds a broken percent escape"))?;
        return there(tree, base.sibling(&path).map_err(outside)?);
    }
    let is_https = href.get(..8).is_some_and(|start| start.eq_ignore_ascii_case("https://"));
    if has_scheme(href) && !is_https && !(base.is_remote() && href.starts_with("//")) {
        return Err(Obstacle::Scheme);
    }
    there(tree, base.sibling(href).map_err(outside)?)
}

/// The path, if there is a file that can be read.
fn there(tree: &dyn FileTree, path: TreePath) -> Result<TreePath, Obstacle> {
    match tree.stat(&path) {
        Ok(stat) if stat.kind == FileKind::File => Ok(split::document(&path)),
        Ok(_) if split::is_split(tree, &path) => Ok(path),
        Err(FileError { kind: FileErrorKind::Remote(error), .. }) => Err(Obstacle::Remote(*error)),
        _ => {
            let near = neighbour(tree, &path);
            Err(Obstacle::Missing(path, near))
        }
    }
}

/// The name of a file of the same folder that is much like the one that is not there.
fn neighbour(tree: &dyn FileTree, path: &TreePath) -> Option<String> {
    let entries = tree.list(&path.parent()).ok()?;
    let names = entries.iter().filter(|entry| entry.kind == FileKind::File);
    nearest(path.file_name(), names.map(|entry| entry.path.file_name())).map(str::to_owned)
}

/// Whether a URI reference begins with a scheme (RFC 3986, 3.1).
fn has_scheme(href: &str) -> bool {
    href.split_once(':').is_some_and(|(scheme, _)| {
        scheme.starts_with(|c: char| c.is_ascii_alphabetic())
            && scheme.chars().all(|c| c.is_ascii_alphanumeric() || "+-.".contains(c))
    }) || href.starts_with("//")
}

/// The links of a resource with their index, in the order in which they are tried.
fn ranked(resource: &Resource) -> Vec<(usize, &Rlink)> {
    let mut links: Vec<(usize, &Rlink)> = resource.rlinks.iter().enumerate().collect();
    links.sort_by_key(|(_, link)| rank(link));
    links
}

/// How likely a link leads to a document of OSCAL: 0 where its media type says so, 1 where the media type or the ending of
/// its href is one of the three formats, 2 for others.
fn rank(link: &Rlink) -> u8 {
    let media = link.media_type.as_deref().unwrap_or_default().to_ascii_lowercase();
    let path = link.href.split(['?', '#']).next().unwrap_or_default();
    let ending = path.rsplit_once('.').map_or("", |(_, ending)| ending);
    let formats = ["json", "xml", "yaml", "yml"];
    match media.as_str() {
        media if media.contains("oscal") => 0,
        "" if formats.contains(&ending) => 1,
        media if formats.iter().any(|format| media.ends_with(format)) => 1,
        _ => 2,
    }
}

/// Refuses a file where the link states a hash that it does not have. Hashes of the SHA-2 family are looked at.
fn verified(tree: &dyn FileTree, path: &TreePath, link: &Rlink, place: &Site) -> Result<(), Diagnostics> {
    for (i, hash) in link.hashes.iter().enumerate() {
        let Some(found) = hash_of(tree, path, &hash.algorithm)? else { continue };
        if !found.eq_ignore_ascii_case(hash.value.trim()) {
            let message = format!("`{path}` does not have the hash that is stated");
            return Err(Diagnostic::error(&codes::HASH_MISMATCH, message)
                .at(place.key("hashes").index(i).key("value").location())
                .also(Location::file(path), format!("its {} is {found}", hash.algorithm))
                .into());
        }
    }
    Ok(())
}

/// The hash of a file; none where the algorithm is not known.
fn hash_of(tree: &dyn FileTree, path: &TreePath, algorithm: &str) -> Result<Option<String>, Diagnostic> {
    if algorithm.eq_ignore_ascii_case("SHA-256") {
        return Ok(Some(tree.digest(path)?.to_string()));
    }
    // the bytes of other files are not worth reading
    if sha2(algorithm, &[]).is_none() {
        return Ok(None);
    }
    Ok(sha2(algorithm, &tree.read(path, Limits::default().bytes)?))
}

/// The decoded content of a resource (req-internal-resolve4).
fn embedded(
    base: &TreePath,
    uuid: &str,
    text: &str,
    place: &Site,
) -> Result<(TreePath, Vec<u8>), Diagnostics> {
    let bytes = decoded(text).ok_or_else(|| {
        Diagnostic::error(&codes::NOT_BASE64, format!("the content of the resource `{uuid}` is not base64"))
            .at(place.location())
    })?;
    Ok((base.part(uuid), bytes))
}

/// The bytes that base64 text stands for (RFC 4648, section 4); white space between its characters is passed over.
fn decoded(text: &str) -> Option<Vec<u8>> {
    let text: Vec<u8> = text.bytes().filter(|byte| !byte.is_ascii_whitespace()).collect();
    let digits = text.strip_suffix(b"==").or_else(|| text.strip_suffix(b"=")).unwrap_or(&text);
    if digits.is_empty() || !text.len().is_multiple_of(4) || digits.len() % 4 == 1 {
        return None;
    }
    let mut bytes = Vec::with_capacity(digits.len() * 3 / 4);
    for chunk in digits.chunks(4) {
        let word = chunk.iter().try_fold(0_u32, |word, &digit| Some(word << 6 | sextet(digit)?))?;
        let word = word << (6 * (4 - chunk.len()));
        bytes.extend(word.to_be_bytes().iter().skip(1).take(chunk.len() - 1));
    }
    Some(bytes)
}

fn sextet(digit: u8) -> Option<u32> {
    Some(u32::from(match digit {
        b'A'..=b'Z' => digit - b'A',
        b'a'..=b'z' => digit - b'a' + 26,
        b'0'..=b'9' => digit - b'0' + 52,
        b'+' => 62,
        b'/' => 63,
        _ => return None,
    }))
}

#[cfg(test)]
mod tests {
    use super::{decoded, has_scheme};

    #[test]
    fn base64_of_rfc_4648() {
        for (text, bytes) in [("Zg==", "f"), ("Zm8=", "fo"), ("Zm9v", "foo"), ("Zm9v\nYmFy", "foobar")] {
            assert_eq!(decoded(text).as_deref(), Some(bytes.as_bytes()));
        }
        for text in ["", "Zg", "Zg=", "Z===", "Z!==", "===="] {
            assert_eq!(decoded(text), None, "{text}");
        }
    }

    #[test]
    fn references() {
        assert!(has_scheme("https://example.org/a.json"));
        assert!(has_scheme("//example.org/a.json"));
        assert!(!has_scheme("../a:b.json"));
    }
}
