use probity_diagnostics::{Diagnostic, TreePath, codes as general, nearest};
use serde_json::{Map, Value};

use super::fields::Fields;
use super::findings::LineFindings;
use super::{Entry, strict, validate};
use crate::canonical::{DIGEST, line_digest};
use crate::codes;
use crate::ontology::{Ontology, TypeName};
use crate::record::{Begin, End, Gone, Observed, Problem, Record, Resource, Service, ServiceState};

const KINDS: [&str; 5] = ["begin", "resource", "gone", "problem", "end"];

/// Turns lines into records. It keeps no state, so that lines can be parsed
/// in any order and on any thread.
#[derive(Debug, Clone)]
pub struct LineParser<'o> {
    ontology: &'o Ontology,
    file: TreePath,
}

impl<'o> LineParser<'o> {
    /// A parser of lines of `file`, written in the words of `ontology`.
    pub fn new(ontology: &'o Ontology, file: TreePath) -> Self {
        Self { ontology, file }
    }

    /// The ontology.
    pub fn ontology(&self) -> &'o Ontology {
        self.ontology
    }

    /// The file whose lines it parses.
    pub fn file(&self) -> &TreePath {
        &self.file
    }

    /// The record on a line: its form, its digest, and its properties against
    /// the ontology are checked.
    ///
    /// # Errors
    /// Everything that is wrong with the line.
    pub fn parse(&self, line: u32, text: &[u8]) -> Result<Entry, Vec<Diagnostic>> {
        let mut findings = LineFindings::new(&self.file, line);
        match self.record(text, &mut findings) {
            Some(record) if findings.is_empty() => Ok(Entry { line, record }),
            _ => Err(findings.into_list()),
        }
    }

    /// The resource on a line that was parsed before: neither its digest nor its properties are checked again. None where
    /// no resource is there any more.
    pub fn resource_again(&self, line: u32, text: &[u8]) -> Option<Resource> {
        let mut findings = LineFindings::new(&self.file, line);
        let members = object(text, &mut findings)?;
        let mut fields = Fields::new(members, "the resource record", &mut findings);
        self.plain_resource(&mut fields)
    }

    fn record(&self, text: &[u8], findings: &mut LineFindings<'_>) -> Option<Record> {
        let mut members = object(text, findings)?;
        let Some(Value::String(kind)) = members.get("kind").cloned() else {
            findings.error(&codes::RECORD_FORM, "the record has no `kind`");
            return None;
        };
        if kind == "resource" {
            let digest = line_digest(&members);
            members.swap_remove("kind");
            let fields = Fields::new(members, "the resource record", findings);
            return self.resource(fields, digest).map(Record::Resource);
        }
        members.swap_remove("kind");
        let name = format!("the {kind} record");
        let fields = Fields::new(members, &name, findings);
        match kind.as_str() {
            "begin" => begin(fields).map(Record::Begin),
            "gone" => self.gone(fields).map(Record::Gone),
            "problem" => problem(fields).map(Record::Problem),
            "end" => end(fields).map(Record::End),
            other => {
                let message = format!("the record is of unknown kind `{other}`");
                findings.suggest(&codes::RECORD_FORM, message, nearest(other, KINDS));
                None
            }
        }
    }

    fn resource(
        &self,
        mut fields: Fields<'_, '_, '_>,
        digest: probity_diagnostics::Sha256Digest,
    ) -> Option<Observed> {
        let resource = self.plain_resource(&mut fields);
        if let Some(claimed) = fields.optional_text(DIGEST)
            && claimed != digest.to_string()
        {
            fields.findings().error(&codes::DIGEST_MISMATCH, "the digest is not that of the line");
        }
        if let Some(resource) = &resource
            && let Some(definition) = self.ontology.resource_type(resource.resource_type.as_str())
        {
            validate::properties(self.ontology, definition, &resource.properties, fields.findings());
        }
        fields.finish();
        Some(Observed { resource: resource?, digest })
    }

    /// The resource of a record, its properties as they are.
    fn plain_resource(&self, fields: &mut Fields<'_, '_, '_>) -> Option<Resource> {
        let id = fields.text("id");
        let name = fields.optional_text("name");
        let type_name = fields.text("type");
        let properties = fields.object("resource");
        let collected = fields.instant("collected");
        let scope = fields.optional_text("scope").unwrap_or_default();
        let related = fields.texts("related");
        let resource_type = type_name.and_then(|name| self.concrete_type(&name, fields.findings()));
        let id = id?;
        let name = name.unwrap_or_else(|| id.clone());
        Some(Resource {
            id,
            name,
            resource_type: resource_type?,
            properties: properties?,
            collected: collected?,
            scope,
            related,
        })
    }

    fn concrete_type(&self, name: &str, findings: &mut LineFindings<'_>) -> Option<TypeName> {
        let Some(definition) = self.ontology.resource_type(name) else {
            let message = format!("the ontology has no resource type `{name}`");
            findings.suggest(&codes::UNKNOWN_RESOURCE_TYPE, message, self.ontology.nearest_type(name));
            return None;
        };
        if definition.is_abstract() {
            let message = format!("the resource type `{name}` is abstract: no resource is of it");
            findings.error(&codes::UNKNOWN_RESOURCE_TYPE, message);
            return None;
        }
        definition.lineage().first().cloned()
    }

    fn gone(&self, mut fields: Fields<'_, '_, '_>) -> Option<Gone> {
        let id = fields.text("id");
        let type_name = fields.text("type");
        let collected = fields.instant("collected");
        let resource_type = type_name.and_then(|name| self.concrete_type(&name, fields.findings()));
        fields.finish();
        Some(Gone { id: id?, resource_type: resource_type?, collected: collected? })
    }
}

/// The one JSON object on a line.
fn object(text: &[u8], findings: &mut LineFindings<'_>) -> Option<Map<String, Value>> {
    let text = match std::str::from_utf8(text) {
        Ok(text) => text,
        Err(error) => {
            let message = format!("the line is not UTF-8: byte {} begins no character", error.valid_up_to());
            findings.error(&general::NOT_UTF8, message);
            return None;
        }
    };
    match strict::parse(text) {
        Ok(Value::Object(members)) => return Some(members),
        Ok(_) => findings.error(&codes::RECORD_FORM, "the line is not a JSON object"),
        Err(error) => syntax(&error, findings),
    }
    None
}

fn syntax(error: &serde_json::Error, findings: &mut LineFindings<'_>) {
    let message = error.to_string();
    let what = message.split(" at line ").next().unwrap_or(&message);
    let code = match what {
        _ if what.starts_with("recursion limit") => &general::TOO_DEEP,
        _ if what.starts_with("the key ") => &general::DUPLICATE_KEY,
        _ => &general::SYNTAX,
    };
    let ends = if error.is_eof() { "the line ends too early: " } else { "" };
    findings.error(code, format!("{ends}{what} (column {})", error.column()));
}

fn begin(mut fields: Fields<'_, '_, '_>) -> Option<Begin> {
    let collector = fields.text("collector");
    let version = fields.text("version");
    let scope = fields.text("scope");
    let ontology = fields.text("ontology");
    let started = fields.optional_instant("started");
    fields.finish();
    Some(Begin { collector: collector?, version: version?, scope: scope?, ontology: ontology?, started })
}

fn problem(mut fields: Fields<'_, '_, '_>) -> Option<Problem> {
    let service = fields.text("service");
    let message = fields.text("message");
    let permission = fields.optional_text("permission");
    let resource_types = fields.texts("resource-types");
    let properties = fields.texts("properties");
    fields.finish();
    Some(Problem { service: service?, message: message?, permission, resource_types, properties })
}

fn end(mut fields: Fields<'_, '_, '_>) -> Option<End> {
    let resources = fields.count("resources");
    let objects = fields.objects("services");
    let services = objects.into_iter().flatten().filter_map(|members| service(members, fields.findings()));
    let services = services.collect();
    fields.finish();
    Some(End { resources: resources?, services })
}

fn service(members: Map<String, Value>, findings: &mut LineFindings<'_>) -> Option<Service> {
    let mut fields = Fields::new(members, "the service", findings);
    let service = fields.text("service");
    let word = fields.text("state");
    let resource_types = fields.texts("resource-types");
    let state = word.as_deref().and_then(ServiceState::parse);
    if let (Some(word), None) = (&word, state) {
        let message = format!("the state `{word}` is none of complete, partial and failed");
        fields.findings().error(&codes::RECORD_FIELD, message);
    }
    fields.finish();
    Some(Service { service: service?, state: state?, resource_types })
}
