//! The templates that come with the program, and those of a project that stand for them.

use std::borrow::Cow;

use probity_diagnostics::{Diagnostic, Diagnostics, FileTree, TreePath, document};

/// The most that is read of a template.
const LIMIT: u64 = 1 << 20;

/// The files that come with the program, by the names under which a project may keep its own.
pub const TEMPLATES: [(&str, &str); 9] = [
    ("head.html", include_str!("../../templates/head.html")),
    ("marks.html", include_str!("../../templates/marks.html")),
    ("pictures.html", include_str!("../../templates/pictures.html")),
    ("report.css", crate::html::STYLE),
    ("report.html", include_str!("../../templates/report.html")),
    ("report.js", include_str!("../../templates/report.js")),
    ("report.md", include_str!("../../templates/report.md")),
    ("symbols.html", include_str!("../../templates/symbols.html")),
    ("trend.html", include_str!("../../templates/trend.html")),
];

/// The text of the template with this name.
pub fn built_in(name: &str) -> Option<&'static str> {
    TEMPLATES.iter().find(|(known, _)| *known == name).map(|(_, text)| *text)
}

/// Where templates are looked for before those that come with the program are taken.
#[derive(Clone, Copy, Default)]
pub struct Templates<'a> {
    own: Option<(&'a dyn FileTree, &'a TreePath)>,
}

/// The text of a template, and the file that it is from if that is a project's.
pub(crate) struct Template {
    pub(crate) name: &'static str,
    pub(crate) text: Cow<'static, str>,
    pub(crate) file: Option<TreePath>,
}

impl<'a> Templates<'a> {
    /// Those in `folder` of `tree`.
    pub fn of(tree: &'a dyn FileTree, folder: &'a TreePath) -> Self {
        Self { own: Some((tree, folder)) }
    }

    /// The template `name`, which is one of [`TEMPLATES`].
    ///
    /// # Errors
    /// The project's file is there, but no text or larger than 1 MiB.
    pub(crate) fn get(&self, name: &'static str) -> Result<Template, Diagnostics> {
        let own = self.own.and_then(|(tree, folder)| Some((tree, folder.join(name).ok()?)));
        match own.filter(|(tree, path)| tree.is_file(path)) {
            None => Ok(Template::built_in(name, built_in(name).unwrap_or_default())),
            Some((tree, path)) => {
                let bytes = tree.read(&path, LIMIT).map_err(Diagnostic::from)?;
                let text = document::text(&bytes, &path)?.to_owned();
                Ok(Template { name, text: Cow::Owned(text), file: Some(path) })
            }
        }
    }
}

impl Template {
    /// A template that a project cannot have of its own.
    pub(crate) fn built_in(name: &'static str, text: &'static str) -> Self {
        Self { name, text: Cow::Borrowed(text), file: None }
    }
}
