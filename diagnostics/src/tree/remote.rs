//! Remote locations: what the text of a [`TreePath`](super::TreePath) is where it begins with `https://`.

use fluent_uri::{Uri, UriRef};

/// What every remote location begins with.
pub(super) const SCHEME: &str = "https://";

/// The longest location, in bytes: as much as servers commonly take.
const LONGEST: usize = 8000;

/// Whether a text is meant to be a remote location, in any spelling.
pub(super) fn is_location(text: &str) -> bool {
    text.get(..SCHEME.len()).is_some_and(|start| start.eq_ignore_ascii_case(SCHEME))
}

/// The normal form of a location (RFC 3986, section 6.2.2), without fragment.
pub(super) fn canonical(text: &str) -> Result<String, &'static str> {
    allowed(&Uri::parse(text).map_err(|_| "is no URI as RFC 3986 defines it")?.normalize())
}

/// The location that a reference names in the document at the location `base` (RFC 3986, section 5.2).
pub(super) fn resolve(base: &str, reference: &str) -> Result<String, &'static str> {
    let reference = UriRef::parse(reference).map_err(|_| "is no URI reference as RFC 3986 defines it")?;
    let base = base.split('#').next().unwrap_or(base);
    let base = Uri::parse(base).map_err(|_| "stands in a document without a usable location")?;
    allowed(&reference.resolve_against(&base).map_err(|_| "cannot be resolved")?.normalize())
}

/// The text of a normal form, if it may be a location: over https, without credentials, of a usable length.
fn allowed(uri: &Uri<String>) -> Result<String, &'static str> {
    if uri.scheme().as_str() != "https" {
        return Err("is no https location");
    }
    let authority = uri.authority().filter(|authority| !authority.host().is_empty());
    let authority = authority.ok_or("names no host")?;
    if authority.has_userinfo() {
        return Err("holds credentials, which are never sent");
    }
    let path = if uri.path().is_empty() { "/" } else { uri.path().as_str() };
    let query = uri.query().map(|query| format!("?{}", query.as_str())).unwrap_or_default();
    let text = format!("{SCHEME}{}{path}{query}", authority.as_str());
    if text.len() > LONGEST { Err("is too long for a location") } else { Ok(text) }
}

/// The path of a location's text, with what stands before it, but without query and fragment.
pub(super) fn path(text: &str) -> &str {
    text.split(['?', '#']).next().unwrap_or(text)
}

/// The folder of a location, with `/` at its end; the root of the host for itself.
pub(super) fn parent(text: &str) -> &str {
    let path = path(text);
    let inside = path.strip_suffix('/').unwrap_or(path);
    let start = SCHEME.len();
    match inside.get(start..).and_then(|rest| rest.rfind('/')) {
        Some(slash) => path.get(..=start + slash).unwrap_or(path),
        None => path,
    }
}
