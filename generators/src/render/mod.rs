//! Templates: where they are found, how their values are escaped, and the filters that they use.

mod escape;
mod filters;
mod prose;

use std::io;

use minijinja::syntax::SyntaxConfig;
use minijinja::value::Serde;
use minijinja::{AutoEscape, Environment, Output, State, Value};
use probity_diagnostics::{Diagnostic, Diagnostics, Location};
use serde::Serialize;

pub(crate) use escape::{clean, escaped};
pub use filters::clip;
pub(crate) use prose::plain;

use crate::codes;
use crate::style::{Language, Style, Template, built_in};

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
const PIECES: [&str; 5] = ["head.html", "marks.html", "pictures.html", "symbols.html", "trend.html"];

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
    let template = Template::built_in(name, source);
    written(surface, Language::English, &[template], context, assets)
}

/// Renders the template `name` of a style, which may be a project's, with the labels of its language.
///
/// # Errors
/// A template is wrong, asks for too much work or writes too much: PB0809 where it is a project's, else PB0806.
pub(crate) fn render_in(
    style: &Style<'_>,
    surface: Surface,
    name: &'static str,
    context: &impl Serialize,
    assets: impl IntoIterator<Item = Asset>,
) -> Result<String, Diagnostics> {
    let names = [name].into_iter().chain(PIECES);
    let templates: Vec<Template> = names.map(|name| style.templates.get(name)).collect::<Result<_, _>>()?;
    written(surface, style.language, &templates, context, assets)
}

/// Renders the first of `templates`; the others are pieces that stand for those that come with the program.
fn written(
    surface: Surface,
    language: Language,
    templates: &[Template],
    context: &impl Serialize,
    assets: impl IntoIterator<Item = Asset>,
) -> Result<String, Diagnostics> {
    let Some(first) = templates.first() else { return Ok(String::new()) };
    let failed = |error: &minijinja::Error| {
        let of = templates.iter().find(|template| error.name() == Some(template.name));
        failure(of.unwrap_or(first), error)
    };
    let is_own = templates.iter().any(|template| template.file.is_some());
    let mut environment = environment(surface, language).map_err(|error| failed(&error))?;
    environment.set_fuel(is_own.then_some(FUEL));
    for asset in assets {
        environment.add_global(asset.name, Value::from_safe_string(asset.text));
    }
    for Template { name, text, .. } in templates {
        environment.add_template_owned(*name, text.to_string()).map_err(|error| failed(&error))?;
    }
    let template = environment.get_template(first.name).map_err(|error| failed(&error))?;
    let mut out = Bounded { bytes: Vec::new(), limit: if is_own { LONGEST } else { usize::MAX } };
    template.render_captured_to(Value::from(Serde(context)), &mut out).map_err(|error| failed(&error))?;
    Ok(String::from_utf8(out.bytes).unwrap_or_default())
}

/// Steps that a project's template may take: a report of a thousand controls takes a fraction of them.
const FUEL: u64 = 50_000_000;

/// Bytes that a project's template may write.
const LONGEST: usize = 64 << 20;

/// A text that grows up to a limit.
struct Bounded {
    bytes: Vec<u8>,
    limit: usize,
}

impl io::Write for Bounded {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if self.bytes.len() + bytes.len() > self.limit {
            return Err(io::Error::other(format!("the report grows beyond {} MiB", self.limit >> 20)));
        }
        self.bytes.extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// What is wrong with a template, at its line where the file is a project's.
fn failure(template: &Template, error: &minijinja::Error) -> Diagnostics {
    let Some(file) = &template.file else {
        let message = format!("template `{}`: {error}", template.name);
        return Diagnostic::error(&codes::TEMPLATE, message).into();
    };
    let detail = std::error::Error::source(error).map(ToString::to_string);
    let detail = detail.as_deref().or(error.detail()).map(|detail| format!(": {detail}"));
    let message = format!("{}{}", error.kind(), detail.unwrap_or_default());
    let place = error.line().and_then(|line| u32::try_from(line).ok());
    let place = place.map_or_else(|| Location::file(file), |line| Location::line(file, line));
    let finding = Diagnostic::error(&codes::OWN_TEMPLATE, message).at(place);
    let help =
        format!("`probity report --print-template {}` shows the one that comes with Probity", template.name);
    finding.help(help).into()
}

/// What is left to show where a template failed whose function has no error to return.
pub(crate) fn messages(errors: &Diagnostics) -> String {
    errors.iter().flat_map(|error| [error.message.as_str(), "\n"]).collect()
}

fn environment(surface: Surface, language: Language) -> Result<Environment<'static>, minijinja::Error> {
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
    // What goes around the escaping of a surface.
    for filter in ["safe", "escape", "e", "tojson"] {
        environment.remove_filter(filter);
    }
    environment.add_global("lang", language.code());
    filters::add(&mut environment, surface, language);
    if surface == Surface::Html {
        for name in PIECES {
            environment.add_template(name, built_in(name).unwrap_or_default())?;
        }
    }
    Ok(environment)
}
