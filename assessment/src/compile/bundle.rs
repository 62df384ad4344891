//! The OPA bundle: what stock OPA needs for the same outcome per check and resource.

use probity_diagnostics::{Sha256Digest, TreePath};
use probity_evidence::TypeName;
use serde_json::{Map, Value, json};

use super::LibraryModule;
use super::check::Check;
use crate::rego::clouditor::asks_time;
use crate::rego::{Read, RegoModule, Root};

/// The module with the entry rule. Every check is asked through it, or by its own package.
const ENTRY: &str = r#"# What every check of the bundle says of one resource: pass, fail or not-applicable.
#
#   opa eval --bundle bundle --input resource.json --strict-builtin-errors data.probity.assess.outcome
#
# Probity asks the same rules, and then looks at the age of the evidence and at what was not collected.
package probity.assess

# Checks whose resource types cover the resource.
subject contains name if {
	some name, check in data.probity.checks
	some kind in input.type
	kind in check.resource_types
}

outcome[name] := "pass" if {
	some name in subject
	applies(name)
	data.probity.metrics[name].compliant == true
}

outcome[name] := "fail" if {
	some name in subject
	applies(name)
	not data.probity.metrics[name].compliant == true
}

outcome[name] := "not-applicable" if {
	some name in subject
	not applies(name)
}

applies(name) if not data.probity.checks[name].filters

applies(name) if {
	data.probity.checks[name].filters
	data.probity.metrics[name].applicable == true
}
"#;

/// The statement of the entry module by which checks are found.
const ANY_VOCABULARY: &str = "	some name, check in data.probity.checks\n";
/// The same where evidence comes in several vocabularies, which use the same words.
const ONE_VOCABULARY: &str = "	some name, check in data.probity.checks
	object.get(check, \"vocabulary\", \"\") == object.get(input, \"vocabulary\", \"\")\n";

/// The instant of judgement for imported metrics: what the resource says, else the clock of OPA.
const CLOCK: &str = "# The instant that imported metrics take for now.
package probity.now

ns := input.now_ns

ns := time.now_ns() if not input.now_ns
";

/// Whether checks of the bundle may call the library `module`: that of imported metrics stands beside such metrics only.
pub(super) fn needs(members: &[Member<'_>], module: &LibraryModule) -> bool {
    module.path.file_name() != "clouditor.rego" || members.iter().any(|member| member.module.is_clouditor())
}

/// The module that tells the instant, where a check asks for it.
pub(super) fn clock(members: &[Member<'_>]) -> Option<LibraryModule> {
    let path = TreePath::parse("now.rego").ok()?;
    let is_asked = members.iter().any(|member| asks_time(member.module).is_some());
    is_asked.then(|| LibraryModule { path, text: CLOCK.into() })
}

/// A check with its Rego.
pub(super) struct Member<'a> {
    pub(super) check: &'a Check,
    pub(super) module: &'a RegoModule,
}

/// The Rego of a check: that of its metric, its package and data renamed where the check has a number.
pub(super) fn check_module(check: &Check, module: &RegoModule) -> String {
    let (old, new) = (check.metric.name.snake(), check.name.snake());
    if old == new && !module.is_clouditor() {
        return module.text.clone();
    }
    module.renamed(&old, &new)
}

/// The files of the bundle, sorted by path.
pub(super) fn bundle(members: &[Member<'_>], library: &[LibraryModule]) -> Vec<(String, Vec<u8>)> {
    let data = pretty(&data(members));
    let imports = members.iter().any(|member| member.module.is_clouditor());
    let entry = if imports { ENTRY.replacen(ANY_VOCABULARY, ONE_VOCABULARY, 1) } else { ENTRY.to_owned() };
    let mut files = vec![("assess.rego".to_owned(), entry.into_bytes()), ("data.json".to_owned(), data)];
    for module in library {
        files.push((format!("lib/{}", module.path.file_name()), module.text.as_bytes().to_vec()));
    }
    for member in members {
        let path = format!("metrics/{}.rego", member.check.name.snake());
        files.push((path, check_module(member.check, member.module).into_bytes()));
    }
    files.sort();
    let roots: &[&str] = if imports { &["cch", "probity"] } else { &["probity"] };
    let manifest = json!({ "revision": revision(&files), "roots": roots, "rego_version": 1 });
    files.insert(0, (".manifest".to_owned(), pretty(&manifest)));
    files
}

/// The digest of all files, in order.
fn revision(files: &[(String, Vec<u8>)]) -> String {
    let mut bytes = Vec::new();
    for (path, content) in files {
        bytes.extend_from_slice(path.as_bytes());
        bytes.push(0);
        bytes.extend_from_slice(Sha256Digest::of(content).as_bytes());
    }
    Sha256Digest::of(&bytes).to_string()
}

fn pretty(value: &Value) -> Vec<u8> {
    let mut bytes = serde_json::to_vec_pretty(value).unwrap_or_default();
    bytes.push(b'\n');
    bytes
}

/// The data document of the bundle: `probity.checks.<snake>`.
pub(super) fn data(members: &[Member<'_>]) -> Value {
    let checks: Map<String, Value> =
        members.iter().map(|member| (member.check.name.snake(), check_data(member))).collect();
    json!({ "probity": { "checks": checks } })
}

fn check_data(member: &Member<'_>) -> Value {
    let check = member.check;
    let mut fields = Map::new();
    fields.insert("name".to_owned(), json!(check.name));
    if let Some(target) = &check.target {
        fields.insert("operator".to_owned(), json!(target.operator));
        fields.insert("target_value".to_owned(), target.value.clone());
    }
    fields.insert("severity".to_owned(), json!(check.metric.severity));
    if member.module.is_clouditor() {
        let target = check.target.as_ref();
        let config = json!({
            "metricId": check.metric.uuid,
            "operator": target.map(|target| target.operator),
            "targetValue": target.map(|target| &target.value),
        });
        fields.insert("config".to_owned(), config);
    }
    let types: Vec<TypeName> = check.types.iter().map(|name| TypeName::from(name.as_str())).collect();
    if let Some(vocabulary) = types.iter().find_map(TypeName::prefix) {
        fields.insert("vocabulary".to_owned(), json!(vocabulary));
    }
    let names: Vec<&str> = types.iter().map(TypeName::bare).collect();
    fields.insert("resource_types".to_owned(), json!(names));
    fields.insert("filters".to_owned(), json!(member.module.defines("applicable")));
    let reads: Map<String, Value> = check
        .reads
        .iter()
        .map(|(kind, reads)| {
            (
                kind.clone(),
                json!({ "applicable": listed(&reads.applicable), "compliant": listed(&reads.compliant) }),
            )
        })
        .collect();
    fields.insert("reads".to_owned(), Value::Object(reads));
    Value::Object(fields)
}

fn listed(reads: &[Read]) -> Vec<Value> {
    let by = |root: &Root| match root {
        Root::Related(Some(by)) => {
            Some(Read { root: Root::Own, path: by.clone(), negative: false }.written())
        }
        _ => None,
    };
    reads
        .iter()
        .map(|read| match by(&read.root) {
            Some(by) => json!({ "path": read.written(), "by": by, "negative": read.negative }),
            None => json!({ "path": read.written(), "negative": read.negative }),
        })
        .collect()
}
