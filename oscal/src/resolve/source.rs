//! From the href of an import to the document it names (specification, "Import href Requirements").

use probity_diagnostics::document::Limits;
use probity_diagnostics::{Diagnostic, Diagnostics, FileTree, Location, Place, Pointer, Step, TreePath};

use super::codes;
use super::select::Site;
use crate::codes::{BAD_VALUE, CHOICE};
use crate::load::{Loaded, parse_bearing};
use crate::model::Profile;
use crate::model::metadata::{Resource, Rlink};
use crate::trestle;

/// A profile and the file it was read from, which is the base of its relative hrefs (req-uri-base).
pub(super) struct ProfileSource<'a> {
    pub(super) file: TreePath,
    pub(super) model: &'a Profile,
}

impl ProfileSource<'_> {
    fn base(&self) -> Base<'_> {
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

/// A document that an href names.
pub(crate) enum Found {
    /// A file of the tree.
    File(TreePath),
    /// The content of a back-matter resource. The path is the one of the document around it, with a fragment: it tells
    /// the content apart from other documents, and hrefs inside count from it.
    Embedded(TreePath, Vec<u8>),
}

impl Found {
    /// What the document is called.
    pub(crate) fn path(&self) -> &TreePath {
        let (Self::File(path) | Self::Embedded(path, _)) = self;
        path
    }
}

/// Reads a document that was found.
///
/// Two forms that the model does not allow have a meaning in resolution and are borne with a warning: `merge` without a
/// structuring directive (req-structure-none) and `matching` with an empty pattern (req-include-by-match-empty).
pub(crate) fn read(tree: &dyn FileTree, found: &Found) -> Step<Loaded> {
    match found {
        Found::File(path) => {
            let bytes = tree.read(path, Limits::default().bytes).map_err(Diagnostic::from)?;
            parse_bearing(&bytes, path, has_meaning)
        }
        Found::Embedded(path, bytes) => parse_bearing(bytes, path, has_meaning),
    }
}

fn has_meaning(finding: &Diagnostic) -> bool {
    let place = finding.primary.as_ref().map(|label| &label.location.place);
    let Some(Place::Value(pointer) | Place::Key(pointer)) = place else { return false };
    let pointer = pointer.as_str();
    (finding.code == &CHOICE && pointer == "/profile/merge")
        || (finding.code == &BAD_VALUE && pointer.starts_with("/profile/") && pointer.ends_with("/pattern"))
}

/// Finds the document that `href` in a profile names (req-uri-resolve, req-internal).
pub(super) fn find(
    tree: &dyn FileTree,
    profile: &ProfileSource<'_>,
    href: &str,
    site: &Site,
) -> Result<Found, Diagnostics> {
    find_from(tree, profile.base(), href, site)
}

/// Finds the document that `href` in any document names.
pub(crate) fn find_from(
    tree: &dyn FileTree,
    base: Base<'_>,
    href: &str,
    site: &Site,
) -> Result<Found, Diagnostics> {
    match href.strip_prefix('#') {
        Some(uuid) => in_back_matter(tree, base, uuid, site),
        None => match local(tree, base.file, href) {
            Ok(path) => Ok(Found::File(path)),
            Err(obstacle) => Err(obstacle.finding(href).at(site.location()).into()),
        },
    }
}

/// Why a location cannot be read.
enum Obstacle {
    Remote,
    NoWorkspace,
    Path(&'static str),
    Missing(TreePath),
}

impl Obstacle {
    fn finding(&self, href: &str) -> Diagnostic {
        match self {
            Self::Remote => Diagnostic::error(&codes::IMPORT_REMOTE, format!("`{href}` is not a local file"))
                .help("keep a copy of the document beside the profile and import that"),
            Self::NoWorkspace => {
                let message =
                    format!("`{href}` names a file of a compliance-trestle workspace, and this is none");
                Diagnostic::error(&codes::IMPORT_MISSING, message).help(
                    "the root of a workspace is the folder with `.trestle`; `--root` names a wider folder",
                )
            }
            Self::Path(reason) => Diagnostic::error(
                &probity_diagnostics::codes::PATH_OUTSIDE,
                format!("the import `{href}` {reason}"),
            ),
            Self::Missing(path) => {
                Diagnostic::error(&codes::IMPORT_MISSING, format!("the import `{path}` does not exist"))
            }
        }
    }

    fn help(&self, href: &str) -> String {
        match self {
            Self::Remote => format!("`{href}` is not a local file"),
            Self::NoWorkspace => {
                format!("`{href}` names a file of a compliance-trestle workspace, and this is none")
            }
            Self::Path(reason) => format!("`{href}` {reason}"),
            Self::Missing(path) => format!("`{path}` does not exist"),
        }
    }
}

/// The file that an href names when it stands in `base`.
fn local(tree: &dyn FileTree, base: &TreePath, href: &str) -> Result<TreePath, Obstacle> {
    if let Some(found) = trestle::resolve(tree, base, href) {
        let path = found.map_err(|why| match why {
            trestle::NoFile::NoWorkspace => Obstacle::NoWorkspace,
            trestle::NoFile::Outside(reason) => Obstacle::Path(reason),
        })?;
        return if tree.is_file(&path) { Ok(path) } else { Err(Obstacle::Missing(path)) };
    }
    if has_scheme(href) && !href.starts_with("content:") {
        return Err(Obstacle::Remote);
    }
    let reference = href.split('#').next().unwrap_or(href);
    let path = percent_decoded(reference).ok_or(Obstacle::Path("holds a broken percent escape"))?;
    let path = base.sibling(&path).map_err(|error| Obstacle::Path(error.reason))?;
    if tree.is_file(&path) { Ok(path) } else { Err(Obstacle::Missing(path)) }
}

/// Whether a URI reference begins with a scheme (RFC 3986, 3.1).
fn has_scheme(href: &str) -> bool {
    href.split_once(':').is_some_and(|(scheme, _)| {
        scheme.starts_with(|c: char| c.is_ascii_alphabetic())
            && scheme.chars().all(|c| c.is_ascii_alphanumeric() || "+-.".contains(c))
    }) || href.starts_with("//")
}

/// The text without percent escapes (RFC 3986, 2.1); none where one is broken.
pub(crate) fn percent_decoded(text: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.bytes();
    while let Some(byte) = rest.next() {
        if byte == b'%' {
            let high = char::from(rest.next()?).to_digit(16)?;
            let low = char::from(rest.next()?).to_digit(16)?;
            bytes.push(u8::try_from(high * 16 + low).ok()?);
        } else {
            bytes.push(byte);
        }
    }
    String::from_utf8(bytes).ok()
}

/// The document that a resource of the back matter links or holds (req-internal-resolve1).
///
/// Links with a media type of OSCAL come first, then in their order; the first one that is there wins, and embedded
/// content comes last.
fn in_back_matter(
    tree: &dyn FileTree,
    base: Base<'_>,
    uuid: &str,
    site: &Site,
) -> Result<Found, Diagnostics> {
    let mut resources = base.resources.iter().enumerate();
    let (index, resource) =
        resources.find(|(_, resource)| resource.uuid.eq_ignore_ascii_case(uuid)).ok_or_else(|| {
            let message = format!("the back matter has no resource with the uuid `{uuid}`");
            Diagnostic::error(&codes::NO_RESOURCE, message).at(site.location())
        })?;
    let pointer = Pointer::root().key(base.root).key("back-matter").key("resources").index(index);
    let place = Site { file: base.file.clone(), pointer };
    let mut obstacles = Vec::new();
    for (i, link) in ranked(resource) {
        match local(tree, base.file, &link.href) {
            Ok(path) => return verified(tree, path, link, &place.key("rlinks").index(i)),
            Err(obstacle) => obstacles.push((obstacle, &link.href)),
        }
    }
    if let Some(content) = &resource.base64 {
        let place = place.key("base64").key("value");
        return embedded(base.file, &resource.uuid, &content.value, &place);
    }
    Err(no_way(&obstacles, uuid).at(site.location()).also(place.location(), "the resource").into())
}

fn no_way(obstacles: &[(Obstacle, &String)], uuid: &str) -> Diagnostic {
    if obstacles.is_empty() {
        let message = format!("the resource `{uuid}` has neither an rlink nor base64 content");
        return Diagnostic::error(&codes::NO_RESOURCE, message);
    }
    let all_remote = obstacles.iter().all(|(obstacle, _)| matches!(obstacle, Obstacle::Remote));
    let code = if all_remote { &codes::IMPORT_REMOTE } else { &codes::IMPORT_MISSING };
    let finding = Diagnostic::error(code, format!("no link of the resource `{uuid}` can be read"));
    obstacles.iter().fold(finding, |finding, (obstacle, href)| finding.help(obstacle.help(href)))
}

/// The links of a resource with their index, those with a media type of OSCAL first.
fn ranked(resource: &Resource) -> Vec<(usize, &Rlink)> {
    let mut links: Vec<(usize, &Rlink)> = resource.rlinks.iter().enumerate().collect();
    links.sort_by_key(|(_, link)| !link.media_type.as_deref().unwrap_or_default().contains("oscal"));
    links
}

/// The file, unless the link states a SHA-256 hash that it does not have.
fn verified(tree: &dyn FileTree, path: TreePath, link: &Rlink, place: &Site) -> Result<Found, Diagnostics> {
    let stated = link.hashes.iter().enumerate();
    for (i, hash) in stated.filter(|(_, hash)| hash.algorithm.eq_ignore_ascii_case("SHA-256")) {
        let digest = tree.digest(&path).map_err(Diagnostic::from)?.to_string();
        if !digest.eq_ignore_ascii_case(&hash.value) {
            let message = format!("`{path}` does not have the hash that is stated");
            return Err(Diagnostic::error(&codes::HASH_MISMATCH, message)
                .at(place.key("hashes").index(i).key("value").location())
                .also(Location::file(&path), format!("its SHA-256 is {digest}"))
                .into());
        }
    }
    Ok(Found::File(path))
}

/// The decoded content of a resource (req-internal-resolve4).
fn embedded(base: &TreePath, uuid: &str, text: &str, place: &Site) -> Result<Found, Diagnostics> {
    let bytes = decoded(text).ok_or_else(|| {
        Diagnostic::error(&codes::NOT_BASE64, format!("the content of the resource `{uuid}` is not base64"))
            .at(place.location())
    })?;
    let name = format!("{}#{uuid}", base.file_name());
    let path = base.sibling(&name).unwrap_or_else(|_| base.clone());
    Ok(Found::Embedded(path, bytes))
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
    use super::{decoded, has_scheme, percent_decoded};

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
        assert_eq!(percent_decoded("a%20b.json").as_deref(), Some("a b.json"));
        assert_eq!(percent_decoded("a%2"), None);
    }
}
