//! Tables of cases in YAML.

use probity_diagnostics::TreePath;
use probity_diagnostics::document::{self, Format, Limits};
use serde_json::Value;

/// A table that is compiled in.
pub(crate) fn read(text: &str) -> Value {
    let path = TreePath::parse("cases.yaml").unwrap();
    document::parse(text.as_bytes(), &path, Format::Yaml, Limits::default()).unwrap().value
}
