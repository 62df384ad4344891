use std::ops::Range;

use probity_diagnostics::{Diagnostic, Diagnostics, Location, TreePath, nearest};
use serde_json::Value;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::codes;

/// Every place where a TOML text does not fit a JSON schema. Of JSON schema
/// it knows what [`super::schema`] makes: types, properties, required,
/// items, and sets of constants.
pub(super) fn against_schema(text: &str, file: &TreePath, schema: &Value) -> Result<(), Diagnostics> {
    let (document, errors) = DeTable::parse_recoverable(text);
    if !errors.is_empty() {
        return Err(errors.iter().map(|error| super::syntax(error, file)).collect());
    }
    let mut checker = Checker { file, findings: Diagnostics::new() };
    checker.table(document.get_ref(), &(0..text.len().min(1)), "the project file", schema);
    if checker.findings.is_empty() {
        return Ok(());
    }
    let mut findings: Vec<Diagnostic> = checker.findings.into_iter().collect();
    findings.sort_by(|a, b| {
        a.primary.as_ref().map(|l| &l.location).cmp(&b.primary.as_ref().map(|l| &l.location))
    });
    Err(findings.into_iter().collect())
}

/// Where the value that `keys` lead to stands.
pub(super) fn span_of(text: &str, keys: &[&str]) -> Option<Range<usize>> {
    let document = DeTable::parse(text).ok()?;
    let (first, rest) = keys.split_first()?;
    let mut value = document.get_ref().get(*first)?;
    for key in rest {
        value = match value.get_ref() {
            DeValue::Table(table) => table.get(*key)?,
            DeValue::Array(items) => items.get(key.parse::<usize>().ok()?)?,
            _ => return None,
        };
    }
    Some(value.span())
}

struct Checker<'a> {
    file: &'a TreePath,
    findings: Diagnostics,
}

impl Checker<'_> {
    fn table(&mut self, table: &DeTable<'_>, span: &Range<usize>, name: &str, schema: &Value) {
        let Some(properties) = schema.get("properties").and_then(Value::as_object) else { return };
        for (key, value) in table {
            match properties.get(key.get_ref().as_ref()) {
                Some(schema) => self.value(value, key.get_ref(), schema),
                None => self.unknown(key, name, properties.keys().map(String::as_str)),
            }
        }
        let required = schema.get("required").and_then(Value::as_array).into_iter().flatten();
        for key in required.filter_map(Value::as_str).filter(|key| !table.contains_key(*key)) {
            let finding = Diagnostic::error(&codes::MISSING_KEY, format!("`{key}` is missing in {name}"));
            self.findings.push(finding.at(Location::span(self.file, span.clone())));
        }
    }

    fn unknown<'k>(
        &mut self,
        key: &Spanned<std::borrow::Cow<'_, str>>,
        name: &str,
        known: impl Iterator<Item = &'k str> + Clone,
    ) {
        let finding =
            Diagnostic::error(&codes::UNKNOWN_KEY, format!("`{}` is no key of {name}", key.get_ref()))
                .at(Location::span(self.file, key.span()));
        self.findings.push(match nearest(key.get_ref(), known.clone()) {
            Some(near) => finding.help(format!("did you mean `{near}`?")),
            None => finding.help(format!("known keys: {}", known.collect::<Vec<_>>().join(", "))),
        });
    }

    fn value(&mut self, value: &Spanned<DeValue<'_>>, key: &str, schema: &Value) {
        let schema = not_null(schema);
        let allowed = constants(schema);
        let expected = if allowed.is_empty() { type_of(schema) } else { Some("string") };
        match (expected, value.get_ref()) {
            (Some("string"), DeValue::String(text)) => {
                if !allowed.is_empty() && !allowed.contains(&text.as_ref()) {
                    self.not_allowed(value, key, text, &allowed);
                }
            }
            (Some("array"), DeValue::Array(items)) => {
                let schema = schema.get("items").unwrap_or(&Value::Null);
                items.iter().for_each(|item| self.value(item, key, schema));
            }
            (Some("object"), DeValue::Table(table)) => {
                self.table(table, &value.span(), &format!("`{key}`"), schema);
            }
            (Some("string"), DeValue::Datetime(_)) if schema.get("format") == Some(&Value::from("date")) => {}
            (Some("boolean"), DeValue::Boolean(_)) | (Some("integer"), DeValue::Integer(_)) | (None, _) => {}
            (Some(expected), found) => self.wrong_type(value, key, expected, found),
        }
    }

    fn wrong_type(&mut self, value: &Spanned<DeValue<'_>>, key: &str, expected: &str, found: &DeValue<'_>) {
        let expected = match expected {
            "object" => "table",
            other => other,
        };
        let message = format!("`{key}` takes {}, not {}", article(expected), article(found.type_str()));
        let finding = Diagnostic::error(&codes::BAD_VALUE, message);
        let finding = finding.at(Location::span(self.file, value.span()));
        let quoted = expected == "string" && !matches!(found, DeValue::Table(_) | DeValue::Array(_));
        self.findings.push(if quoted { finding.help("put it in quotes") } else { finding });
    }

    fn not_allowed(&mut self, value: &Spanned<DeValue<'_>>, key: &str, text: &str, allowed: &[&str]) {
        let finding = Diagnostic::error(&codes::BAD_VALUE, format!("`{key}` cannot be `{text}`"))
            .at(Location::span(self.file, value.span()));
        self.findings.push(match nearest(text, allowed.iter().copied()) {
            Some(near) => finding.help(format!("did you mean `{near}`?")),
            None => finding.help(format!("one of: {}", allowed.join(", "))),
        });
    }
}

/// A word with its indefinite article.
fn article(word: &str) -> String {
    let vowel = word.starts_with(['a', 'e', 'i', 'o', 'u']);
    format!("{} {word}", if vowel { "an" } else { "a" })
}

/// The schema of an optional value without its null branch.
fn not_null(schema: &Value) -> &Value {
    let branches = schema.get("anyOf").and_then(Value::as_array);
    let concrete = branches.and_then(|b| b.iter().find(|s| s.get("type") != Some(&Value::from("null"))));
    concrete.unwrap_or(schema)
}

/// The type that a schema asks for, beside null.
fn type_of(schema: &Value) -> Option<&str> {
    match schema.get("type")? {
        Value::Array(types) => types.iter().filter_map(Value::as_str).find(|name| *name != "null"),
        name => name.as_str(),
    }
}

/// The constants that a schema allows; none for open types.
fn constants(schema: &Value) -> Vec<&str> {
    let listed = schema.get("enum").and_then(Value::as_array).into_iter().flatten().filter_map(Value::as_str);
    let branches = schema.get("oneOf").and_then(Value::as_array).into_iter().flatten();
    let named = branches.flat_map(|branch| match (branch.get("const"), branch.get("enum")) {
        (Some(constant), _) => vec![constant],
        (None, Some(Value::Array(list))) => list.iter().collect(),
        _ => Vec::new(),
    });
    listed.chain(named.filter_map(Value::as_str)).collect()
}
