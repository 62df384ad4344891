use serde_json::{Value, json};

/// The parts of the name of a container image.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct ImageName<'a> {
    registry: &'a str,
    repository: String,
    tag: Option<&'a str>,
    digest: Option<&'a str>,
}

/// Where images without a registry come from.
const DEFAULT_REGISTRY: &str = "docker.io";

impl<'a> ImageName<'a> {
    /// Takes a name apart: `[registry/]repository[:tag][@digest]`. The first
    /// part is a registry where it holds a dot or a colon or is `localhost`.
    pub(super) fn parse(reference: &'a str) -> Self {
        let (name, digest) = match reference.split_once('@') {
            Some((name, digest)) => (name, Some(digest)),
            None => (reference, None),
        };
        let after_slash = name.rfind('/').map_or(0, |at| at + 1);
        let colon = name.get(after_slash..).and_then(|last| last.find(':')).map(|at| after_slash + at);
        let (path, tag) = match colon {
            Some(at) => (name.get(..at).unwrap_or(name), name.get(at + 1..).filter(|tag| !tag.is_empty())),
            None => (name, None),
        };
        let (registry, repository) = match path.split_once('/') {
            Some((first, rest)) if first.contains(['.', ':']) || first == "localhost" => {
                (first, rest.to_owned())
            }
            Some(_) => (DEFAULT_REGISTRY, path.to_owned()),
            None => (DEFAULT_REGISTRY, format!("library/{path}")),
        };
        Self { registry, repository, tag, digest }
    }

    /// The name in full. An image without tag and digest is the one tagged
    /// `latest`.
    pub(super) fn full(&self) -> String {
        let mut name = format!("{}/{}", self.registry, self.repository);
        let tag = if self.digest.is_none() { self.tag.or(Some("latest")) } else { self.tag };
        name.extend(tag.into_iter().flat_map(|tag| [":", tag]));
        name.extend(self.digest.into_iter().flat_map(|digest| ["@", digest]));
        name
    }

    /// The image that was fetched under this name, by the name with digest that
    /// the node gives it: the same but for a digest, where it tells one.
    pub(super) fn running_as(self, running: Option<&'a str>) -> Self {
        let name = running.map(|id| id.strip_prefix("docker-pullable://").unwrap_or(id));
        let found = name.map(ImageName::parse);
        let digest = found.filter(|f| f.registry == self.registry && f.repository == self.repository);
        let digest = digest.and_then(|found| found.digest);
        Self { digest: self.digest.or(digest), ..self }
    }

    /// When the image is fetched unless the container says otherwise.
    pub(super) fn default_pull_policy(&self) -> &'static str {
        match (self.tag, self.digest) {
            (None | Some("latest"), None) => "Always",
            _ => "IfNotPresent",
        }
    }

    /// The feature `ImageReference`, without a pull policy.
    pub(super) fn feature(&self, reference: &str) -> Value {
        json!({
            "reference": reference,
            "registry": self.registry,
            "repository": self.repository,
            "tag": self.tag,
            "digest": self.digest,
        })
    }
}
