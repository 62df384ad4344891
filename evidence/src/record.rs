//! The records of an evidence set, one per line.

use jiff::Timestamp;
use probity_diagnostics::Sha256Digest;
use serde_json::{Map, Value};

use crate::canonical::{DIGEST, line_digest};
use crate::ontology::TypeName;

/// One line of an evidence set.
#[derive(Debug, Clone, PartialEq)]
pub enum Record {
    /// The first line.
    Begin(Begin),
    /// What was observed of one resource.
    Resource(Observed),
    /// A resource that existed earlier and does not any more.
    Gone(Gone),
    /// Something that could not be read.
    Problem(Problem),
    /// The last line.
    End(End),
}

/// Who collected what, in which words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Begin {
    /// The collector, such as `kubernetes-manifest`.
    pub collector: String,
    /// The version of the collector.
    pub version: String,
    /// What was looked at: an account, a cluster, a repository.
    pub scope: String,
    /// The URI of the ontology.
    pub ontology: String,
    /// When collecting began.
    pub started: Option<Timestamp>,
}

/// What was observed of one resource.
#[derive(Debug, Clone, PartialEq)]
pub struct Resource {
    /// Unique within the project: an ARN, an Azure resource id, `k8s:…`.
    pub id: String,
    /// How people call it.
    pub name: String,
    /// Its type in the ontology, never an abstract one.
    pub resource_type: TypeName,
    /// Its properties: a value, `null` (looked for and absent), or missing
    /// (not collected).
    pub properties: Map<String, Value>,
    /// When it was observed.
    pub collected: Timestamp,
    /// The account, cluster or repository that it belongs to.
    pub scope: String,
    /// Ids of the resources that its checks may need to look at.
    pub related: Vec<String>,
}

/// A resource as it was read, with the digest of its line.
#[derive(Debug, Clone, PartialEq)]
pub struct Observed {
    /// The resource.
    pub resource: Resource,
    /// SHA-256 of the RFC 8785 form of the line without `digest`.
    pub digest: Sha256Digest,
}

/// A resource that existed earlier and does not any more.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Gone {
    /// Its id.
    pub id: String,
    /// Its type.
    pub resource_type: TypeName,
    /// When it was missed.
    pub collected: Timestamp,
}

/// Something that could not be read, and why.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Problem {
    /// The service of the platform, such as `ec2`.
    pub service: String,
    /// What went wrong, in one sentence.
    pub message: String,
    /// The permission that would mend it.
    pub permission: Option<String>,
    /// The resource types that are missing or incomplete because of it.
    pub resource_types: Vec<String>,
    /// The properties that are missing because of it.
    pub properties: Vec<String>,
}

/// The end of a set that was collected to its end.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct End {
    /// How many resource lines the set has.
    pub resources: u64,
    /// The state of each service.
    pub services: Vec<Service>,
}

/// How much of a service could be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Service {
    /// Its name, such as `ec2`.
    pub service: String,
    /// How much could be read.
    pub state: ServiceState,
    /// The resource types that it yields.
    pub resource_types: Vec<String>,
}

/// How much of a service could be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum ServiceState {
    /// Everything.
    Complete,
    /// Something is missing.
    Partial,
    /// Nothing.
    Failed,
}

impl ServiceState {
    /// The word in the file.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Complete => "complete",
            Self::Partial => "partial",
            Self::Failed => "failed",
        }
    }

    /// The state that a word of the file names.
    pub fn parse(word: &str) -> Option<Self> {
        [Self::Complete, Self::Partial, Self::Failed].into_iter().find(|state| state.as_str() == word)
    }
}

/// A record as the members of its line.
pub(crate) struct Members(Map<String, Value>);

impl Members {
    fn of(kind: &str) -> Self {
        Self(Map::new()).with("kind", kind)
    }

    fn with(mut self, key: &str, value: impl Into<Value>) -> Self {
        self.0.insert(key.to_owned(), value.into());
        self
    }

    fn with_some(self, key: &str, value: Option<impl Into<Value>>) -> Self {
        match value {
            Some(value) => self.with(key, value),
            None => self,
        }
    }

    fn with_list(self, key: &str, list: &[String]) -> Self {
        if list.is_empty() { self } else { self.with(key, list.to_vec()) }
    }

    /// The line, without an end.
    pub(crate) fn into_line(self) -> String {
        Value::Object(self.0).to_string()
    }
}

impl Begin {
    /// Who collects what, in the words of the ontology with the URI `ontology`; nobody says when it began.
    pub fn new(collector: &str, version: &str, scope: &str, ontology: &str) -> Self {
        Self {
            collector: collector.to_owned(),
            version: version.to_owned(),
            scope: scope.to_owned(),
            ontology: ontology.to_owned(),
            started: None,
        }
    }

    pub(crate) fn members(&self) -> Members {
        Members::of("begin")
            .with("collector", self.collector.as_str())
            .with("version", self.version.as_str())
            .with("scope", self.scope.as_str())
            .with("ontology", self.ontology.as_str())
            .with_some("started", self.started.map(|t| t.to_string()))
    }
}

impl Resource {
    pub(crate) fn members(&self) -> Members {
        let members = Members::of("resource")
            .with("id", self.id.as_str())
            .with("name", self.name.as_str())
            .with("type", self.resource_type.as_str())
            .with("resource", self.properties.clone())
            .with("collected", self.collected.to_string())
            .with("scope", self.scope.as_str())
            .with("related", self.related.clone());
        let digest = line_digest(&members.0).to_string();
        members.with(DIGEST, digest)
    }
}

impl Gone {
    pub(crate) fn members(&self) -> Members {
        Members::of("gone")
            .with("id", self.id.as_str())
            .with("type", self.resource_type.as_str())
            .with("collected", self.collected.to_string())
    }
}

impl Problem {
    pub(crate) fn members(&self) -> Members {
        Members::of("problem")
            .with("service", self.service.as_str())
            .with("message", self.message.as_str())
            .with_some("permission", self.permission.as_deref())
            .with_list("resource-types", &self.resource_types)
            .with_list("properties", &self.properties)
    }
}

impl End {
    pub(crate) fn members(&self) -> Members {
        let services: Vec<Value> = self.services.iter().map(Service::value).collect();
        Members::of("end").with("resources", self.resources).with("services", services)
    }
}

impl Service {
    fn value(&self) -> Value {
        let members = Members(Map::new())
            .with("service", self.service.as_str())
            .with("state", self.state.as_str())
            .with("resource-types", self.resource_types.clone());
        Value::Object(members.0)
    }
}
