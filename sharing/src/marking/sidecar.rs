//! The file beside a document that cannot say its colour itself.

use probity_diagnostics::document::{self, Format, Limits};
use probity_diagnostics::{Diagnostic, Location, Pointer, TreePath, codes as files};
use serde_json::Value;

use crate::codes;
use crate::refusal::{Refusal, Stop};
use crate::rules;
use crate::tlp::Label;

/// What a sidecar says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sidecar {
    /// The colour of the document.
    pub label: Label,
    /// The member that it comes from.
    pub originator: Option<String>,
}

/// The path of a document's sidecar.
///
/// # Errors
/// The path is none.
pub fn sidecar_path(path: &TreePath) -> Result<TreePath, Diagnostic> {
    let beside = TreePath::parse(&format!("{path}.marking.yaml"));
    beside.map_err(|error| Diagnostic::error(&files::PATH_OUTSIDE, error.to_string()))
}

impl Sidecar {
    /// Reads a sidecar; `path` is its own.
    ///
    /// # Errors
    /// It is not well-formed, lacks the label, has another key, or its label is none.
    pub fn read(text: &[u8], path: &TreePath) -> Result<Self, Stop> {
        let value = document::parse(text, path, Format::Yaml, Limits::default())?.value;
        let malformed = |why: &str| {
            Diagnostic::error(&codes::SIDECAR, format!("`{path}` {why}")).at(Location::file(path))
        };
        let Value::Object(members) = value else {
            return Err(malformed("is no mapping with `marking`").into());
        };
        let (mut label, mut originator) = (None, None);
        for (key, value) in &members {
            match (key.as_str(), value) {
                ("marking", Value::String(text)) => label = Some(read_label(text, path)?),
                ("originator", Value::String(name)) => originator = Some(name.clone()),
                (key, _) => {
                    return Err(
                        malformed(&format!("has `{}` that it must not have", key.escape_default())).into()
                    );
                }
            }
        }
        let label = label.ok_or_else(|| malformed("has no `marking`"))?;
        Ok(Self { label, originator })
    }

    /// The text of the sidecar.
    pub fn text(&self) -> String {
        let originator = self.originator.as_ref();
        let originator = originator.map(|name| format!("originator: {}\n", Value::from(name.as_str())));
        format!("marking: {}\n{}", self.label, originator.unwrap_or_default())
    }
}

fn read_label(text: &str, path: &TreePath) -> Result<Label, Stop> {
    text.parse().map_err(|why: crate::tlp::NoLabel| {
        let message = format!("\"{}\" in `{path}` is no label of the Traffic Light Protocol", why.written);
        let place = Location::value(path, &Pointer::root().key("marking"));
        let refusal = Refusal::new(rules::LITERAL, &codes::NO_LABEL, message, why.help);
        refusal.of(path.as_str(), None).at(place).into()
    })
}
