use std::io::{self, Write};
use std::path::Path;

use clap::ValueEnum;
use probity_diagnostics::render::{Human, Sources, json, short};
use probity_diagnostics::{Diagnostic, FileTree, Severity, write_atomically};
use serde_json::Value;

use crate::progress::Progress;
use crate::status::Status;
use crate::surroundings::Surroundings;

/// When to use colour.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, ValueEnum)]
pub enum Color {
    /// On a terminal, unless `NO_COLOR` is set.
    #[default]
    Auto,
    /// Always.
    Always,
    /// Never.
    Never,
}

/// How findings are printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, ValueEnum)]
pub enum Format {
    /// With the source line, for people.
    #[default]
    Human,
    /// One line each.
    Short,
    /// One JSON document, for programs.
    Json,
}

/// The terminal: results go to standard output, all else to standard error.
pub struct Ui {
    out: Box<dyn Write + Send>,
    err: Box<dyn Write + Send>,
    out_color: bool,
    err_color: bool,
    progress: bool,
    quiet: bool,
    width: usize,
    failed: bool,
}

impl Ui {
    /// The terminal of the process.
    pub fn of_process(surroundings: &Surroundings) -> Self {
        let color = !surroundings.no_color;
        Self {
            out: Box::new(io::BufWriter::new(io::stdout())),
            err: Box::new(io::stderr()),
            out_color: color && surroundings.stdout_is_terminal,
            err_color: color && surroundings.stderr_is_terminal,
            progress: surroundings.stderr_is_terminal,
            quiet: false,
            width: surroundings.width,
            failed: false,
        }
    }

    /// A user interface that writes to the given places, without colour.
    pub fn to(out: impl Write + Send + 'static, err: impl Write + Send + 'static) -> Self {
        Self {
            out: Box::new(out),
            err: Box::new(err),
            out_color: false,
            err_color: false,
            progress: false,
            quiet: false,
            width: 100,
            failed: false,
        }
    }

    /// Takes the options of the command line.
    pub fn adjust(&mut self, color: Color, quiet: bool) {
        match color {
            Color::Auto => {}
            Color::Always => (self.out_color, self.err_color) = (true, true),
            Color::Never => (self.out_color, self.err_color) = (false, false),
        }
        self.quiet = quiet;
        self.progress &= !quiet;
    }

    /// Whether standard output takes colour.
    pub fn color(&self) -> bool {
        self.out_color
    }

    /// The width that tables may have.
    pub fn width(&self) -> usize {
        self.width
    }

    /// Prints a result.
    pub fn result(&mut self, text: &str) {
        let end = if text.ends_with('\n') { "" } else { "\n" };
        self.failed |= write!(self.out, "{text}{end}").is_err();
    }

    /// Prints a result as JSON.
    pub fn json(&mut self, value: &Value) {
        let text = serde_json::to_string_pretty(value).unwrap_or_default();
        self.result(&text);
    }

    /// Tells something that is no result, unless `--quiet`.
    pub fn note(&mut self, text: &str) {
        if !self.quiet {
            self.message(text);
        }
    }

    /// Tells something that is no result, whatever the options.
    pub fn message(&mut self, text: &str) {
        let _ = writeln!(self.err, "{text}");
    }

    /// Prints findings to standard error; notes and warnings not under
    /// `--quiet`.
    pub fn findings<'a>(&mut self, findings: impl IntoIterator<Item = &'a Diagnostic>, tree: &dyn FileTree) {
        let sources = Sources::new(tree);
        let human = Human { color: self.err_color };
        for finding in findings {
            if finding.severity == Severity::Error || !self.quiet {
                let _ = writeln!(self.err, "{}", human.render(finding, &sources));
            }
        }
    }

    /// Prints findings as the result of a command, in the wanted format.
    pub fn findings_as_result<'a>(
        &mut self,
        findings: impl IntoIterator<Item = &'a Diagnostic>,
        tree: &dyn FileTree,
        format: Format,
    ) {
        let sources = Sources::new(tree);
        let human = Human { color: self.out_color };
        match format {
            Format::Human => findings.into_iter().for_each(|d| self.result(&human.render(d, &sources))),
            Format::Short => findings.into_iter().for_each(|d| self.result(&short(d, &sources))),
            Format::Json => {
                let list: Vec<Value> = findings.into_iter().map(|d| json(d, &sources)).collect();
                self.json(&serde_json::json!({ "findings": list }));
            }
        }
    }

    /// A progress bar over `total` steps; shown on a terminal only.
    pub fn progress(&self, total: u64, what: &str) -> Progress {
        Progress::new(self.progress, total, what)
    }

    /// Writes a result to a file, whose path counts from `folder`, or to
    /// standard output where none is named.
    pub fn write(&mut self, text: &[u8], folder: &Path, file: Option<&Path>) -> Status {
        let Some(file) = file else {
            self.failed |= self.out.write_all(text).is_err();
            return Status::Done;
        };
        match write_atomically(&folder.join(file), |w| w.write_all(text)) {
            Ok(()) => {
                self.note(&format!("wrote {}", file.display()));
                Status::Done
            }
            Err(error) => {
                self.message(&format!("error: `{}` cannot be written: {error}", file.display()));
                Status::Invalid
            }
        }
    }

    /// Flushes; a result that could not be printed is a failure, but a reader
    /// that closed its pipe is none.
    pub fn finish(&mut self, status: Status) -> Status {
        match self.out.flush() {
            Err(error) if error.kind() != io::ErrorKind::BrokenPipe => status.and(Status::Invalid),
            _ => status,
        }
    }
}
