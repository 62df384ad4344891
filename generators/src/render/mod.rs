//! Templates: where they are found, how their values are escaped, and the filters that they use.

mod escape;
mod filters;
mod prose;

use minijinja::syntax::SyntaxConfig;
use minijinja::value::Serde;
use minijinja::{AutoEscape, Environment, Output, State, Value};
use probity_diagnostics::{Diagnostic, Diagnostics};
use serde::Serialize;

pub(crate) use escape::{clean, escaped};
pub use filters::clip;

use crate::codes;

/// What a template writes, which decides how values are escaped.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Surface {
    /// A terminal, with or without colour.
    Terminal {
        /// Whether to write ANSI colours.
        color: bool,
    },
    /// GitHub-flavoured Markdown.
    Markdown,
    /// HTML.
    Html,
}

/// Pieces that the HTML templates share: what stands in each head, the pictures, and the macros that use them.
const PIECES: [(&str, &str); 3] = [
    ("head.html", include_str!("../../templates/head.html")),
    ("marks.html", include_str!("../../templates/marks.html")),
    ("symbols.html", include_str!("../../templates/symbols.html")),
];

/// A text of ours that a template takes in as it is.
pub(crate) struct Asset {
    /// The name under which the template knows it.
    pub(crate) name: &'static str,
    /// The text.
    pub(crate) text: String,
}

/// Renders `source` with `context`. Every value is escaped for `surface`; there is no way around it but the filters of
/// this module.
///
/// # Errors
/// The template is wrong: a mistake in Probity, reported as PB0806.
pub(crate) fn render(
    surface: Surface,
    name: &'static str,
    source: &'static str,
    context: &impl Serialize,
) -> Result<String, Diagnostics> {
    render_with(surface, name, source, context, [])
}

/// As [`render`], with texts that are not escaped.
///
/// # Errors
/// As [`render`].
pub(crate) fn render_with(
    surface: Surface,
    name: &'static str,
    source: &'static str,
    context: &impl Serialize,
    assets: impl IntoIterator<Item = Asset>,
) -> Result<String, Diagnostics> {
    let failed = |error: &minijinja::Error| -> Diagnostics {
        Diagnostic::error(&codes::TEMPLATE, format!("template `{name}`: {error}")).into()
    };
    let mut environment = environment(surface).map_err(|error| failed(&error))?;
    for asset in assets {
        environment.add_global(asset.name, Value::from_safe_string(asset.text));
    }
    let template = environment.template_from_named_str(name, source).map_err(|error| failed(&error))?;
    template.render(Value::from(Serde(context))).map_err(|error| failed(&error))
}

/// What is left to show where a template failed whose function has no error to return.
pub(crate) fn messages(errors: &Diagnostics) -> String {
    errors.iter().flat_map(|error| [error.message.as_str(), "\n"]).collect()
}

fn environment(surface: Surface) -> Result<Environment<'static>, minijinja::Error> {
    let mut environment = Environment::new();
    let mut syntax = SyntaxConfig::builder();
    environment.set_syntax(syntax.trim_blocks(true).lstrip_blocks(true).build()?);
    environment.set_undefined_behavior(minijinja::UndefinedBehavior::SemiStrict);
    // The formatter below escapes everything; `Html` keeps strings that filters made safe apart from the rest.
    environment.set_auto_escape_callback(|_| AutoEscape::Html);
    environment.set_formatter(move |out: &mut Output<'_>, _: &mut State<'_, '_>, value: &Value| {
        let text = value.to_string();
        if value.is_safe() {
            return out.write_str(&text).map_err(minijinja::Error::from);
        }
        if value.is_none() || value.is_undefined() {
            return Ok(());
        }
        out.write_str(&escape::escaped(surface, &text)).map_err(minijinja::Error::from)
    });
    filters::add(&mut environment, surface);
    if surface == Surface::Html {
        for (name, piece) in PIECES {
            environment.add_template(name, piece)?;
        }
    }
    Ok(environment)
}
