use std::collections::BTreeSet;
use std::io::{self, Write};
use std::path::Path;

use clap::ValueEnum;
use probity_diagnostics::render::{Human, Sources, counted, json, short};
use probity_diagnostics::{Diagnostic, FileTree, Severity, write_atomically};
use probity_oscal::split::relocated;
use serde_json::Value;

use crate::progress::{Progress, Services};
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

/// How findings are printed where they are the result.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, ValueEnum)]
pub(crate) enum FindingsFormat {
    /// With the source line, for people.
    #[default]
    Human,
    /// One line each.
    Short,
    /// One JSON document, for programs.
    Json,
    /// A SARIF 2.1.0 log, for code scanning.
    Sarif,
    /// Workflow commands of GitHub Actions, which mark the lines.
    Github,
    /// A `JUnit` report, for CI servers.
    Junit,
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
    format: Format,
    /// Findings that the JSON result will carry.
    told: Vec<Value>,
    /// Whether the JSON result was printed.
    answered: bool,
    /// Codes that people were shown.
    shown: BTreeSet<&'static str>,
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
            format: Format::Human,
            told: Vec::new(),
            answered: false,
            shown: BTreeSet::new(),
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
            format: Format::Human,
            told: Vec::new(),
            answered: false,
            shown: BTreeSet::new(),
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

    /// Says how what is found on the way is told: under `--format json` the
    /// result carries it.
    pub fn tell_as(&mut self, format: Format) {
        self.format = format;
    }

    /// Whether the result is JSON, for programs.
    pub fn is_for_programs(&self) -> bool {
        self.format == Format::Json
    }

    /// Prints the result of a command as JSON, with the findings that were
    /// made on the way as `findings`; to standard error where standard output
    /// has another result.
    pub fn outcome(&mut self, mut value: Value, aside: bool) {
        if let Value::Object(members) = &mut value {
            members.insert("findings".to_owned(), Value::Array(std::mem::take(&mut self.told)));
        }
        self.answered = true;
        if aside {
            let text = serde_json::to_string_pretty(&value).unwrap_or_default();
            self.message(&text);
        } else {
            self.json(&value);
        }
    }

    /// Tells findings that were made on the way: on standard error, or with
    /// the JSON result. Notes and warnings not under `--quiet`.
    pub fn findings<'a>(&mut self, findings: impl IntoIterator<Item = &'a Diagnostic>, tree: &dyn FileTree) {
        let sources = Sources::locating(tree, probity_oscal::locate_all);
        let human = Human { color: self.err_color };
        let findings = relocated(tree, findings);
        sources.look_up(&findings);
        for finding in &findings {
            let wanted = finding.severity == Severity::Error || !self.quiet;
            match self.format {
                Format::Json => self.told.push(json(finding, &sources)),
                Format::Short if wanted => self.message(&short(finding, &sources)),
                Format::Human if wanted => {
                    self.message(&human.render(finding, &sources));
                    self.shown.insert(finding.code.id);
                }
                Format::Short | Format::Human => {}
            }
        }
    }

    /// Prints a finding for people as a result.
    pub fn finding(&mut self, finding: &Diagnostic, sources: &Sources<'_>) {
        let text = Human { color: self.out_color }.render(finding, sources);
        self.result(&format!("{text}\n"));
        self.shown.insert(finding.code.id);
    }

    /// A progress bar over `total` steps; shown on a terminal only.
    pub fn progress(&self, total: u64, what: &str) -> Progress {
        Progress::new(self.progress, total, what)
    }

    /// A line for each service that is read; shown on a terminal only.
    pub fn services(&self) -> Services {
        Services::new(self.progress)
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

    /// Lets people see what was printed so far.
    pub fn flush(&mut self) {
        self.failed |= self.out.flush().is_err();
    }

    /// Flushes; a result that could not be printed is a failure, but a reader
    /// that closed its pipe is none.
    pub fn finish(&mut self, status: Status) -> Status {
        self.leave_nothing_unsaid();
        match self.out.flush() {
            Err(error) if error.kind() != io::ErrorKind::BrokenPipe => status.and(Status::Invalid),
            _ => status,
        }
    }
    /// Prints findings of a command that ended before its JSON result, and
    /// where to learn more of what people were shown.
    fn leave_nothing_unsaid(&mut self) {
        if !self.answered && !self.told.is_empty() {
            let count = self.told.len();
            self.outcome(Value::Object(serde_json::Map::new()), false);
            self.message(&format!("error: could not run: {} in the result", counted(count, "finding")));
        }
        let mut codes = std::mem::take(&mut self.shown).into_iter();
        let Some(first) = codes.next() else { return };
        let others: Vec<&str> = codes.collect();
        let others = if others.is_empty() { String::new() } else { format!(" (or {})", others.join(", ")) };
        self.note(&format!("learn more: probity explain {first}{others}"));
    }
}
