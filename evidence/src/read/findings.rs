use probity_diagnostics::{Code, Diagnostic, Location, TreePath};

/// The findings on one line.
pub(super) struct LineFindings<'a> {
    file: &'a TreePath,
    line: u32,
    list: Vec<Diagnostic>,
}

impl<'a> LineFindings<'a> {
    pub(super) fn new(file: &'a TreePath, line: u32) -> Self {
        Self { file, line, list: Vec::new() }
    }

    /// Adds an error.
    pub(super) fn error(&mut self, code: &'static Code, message: impl Into<String>) {
        self.suggest(code, message, None);
    }

    /// Adds an error with the name that was probably meant.
    pub(super) fn suggest(&mut self, code: &'static Code, message: impl Into<String>, meant: Option<&str>) {
        let finding = Diagnostic::error(code, message).at(Location::line(self.file, self.line));
        self.list.push(match meant {
            Some(meant) => finding.help(format!("did you mean `{meant}`?")),
            None => finding,
        });
    }

    pub(super) fn into_list(self) -> Vec<Diagnostic> {
        self.list
    }

    pub(super) fn is_empty(&self) -> bool {
        self.list.is_empty()
    }
}
