//! What a program costs, the program that is measured, and the table of both.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use wait4::Wait4 as _;

/// What one run took.
#[derive(Clone, Copy)]
pub(super) struct Cost {
    /// User and system time of the process.
    pub(super) cpu: Duration,
    pub(super) wall: Duration,
    /// The most memory that was resident, in bytes.
    pub(super) memory: u64,
}

impl Cost {
    /// Runs a program that should end with one of `codes`; what it prints is left out.
    pub(super) fn of(command: &mut Command, codes: &[i32]) -> Result<Self, String> {
        let quiet = command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
        let begin = Instant::now();
        let mut child = quiet.spawn().map_err(|error| format!("{command:?}: {error}"))?;
        let used = child.wait4().map_err(|error| format!("{command:?}: {error}"))?;
        let wall = begin.elapsed();
        if !used.status.code().is_some_and(|code| codes.contains(&code)) {
            return Err(format!("{command:?} ended with {}", used.status));
        }
        Ok(Self { cpu: used.rusage.utime + used.rusage.stime, wall, memory: used.rusage.maxrss })
    }
}

/// Which program is measured, and how often.
#[derive(Debug, clap::Args)]
pub(super) struct Measure {
    /// How often each program runs; its best run counts.
    #[arg(long, default_value_t = 3)]
    runs: usize,
    #[command(flatten)]
    program: Program,
}

impl Measure {
    /// The program that is measured.
    pub(super) fn program(&self, checkout: &Path) -> Result<PathBuf, String> {
        self.program.find(checkout)
    }

    /// The costs of each run; `run` is given its number.
    pub(super) fn each<T>(&self, run: impl FnMut(usize) -> Result<T, String>) -> Result<Vec<T>, String> {
        (0..self.runs.max(1)).map(run).collect()
    }

    /// The least time of all runs, and the most memory.
    pub(super) fn best(&self, run: impl FnMut(usize) -> Result<Cost, String>) -> Result<Cost, String> {
        let costs = self.each(run)?.into_iter();
        let best = costs.reduce(|best, cost| Cost {
            cpu: best.cpu.min(cost.cpu),
            wall: best.wall.min(cost.wall),
            memory: best.memory.max(cost.memory),
        });
        best.ok_or_else(|| "nothing ran".to_owned())
    }
}

/// The program that is measured.
#[derive(Debug, clap::Args)]
pub(super) struct Program {
    /// The program to measure; left out, it is built with the release profile.
    #[arg(long, value_name = "PROGRAM")]
    probity: Option<PathBuf>,
}

impl Program {
    /// The named program, else that of the checkout, built with the release profile.
    pub(super) fn find(&self, checkout: &Path) -> Result<PathBuf, String> {
        if let Some(program) = &self.probity {
            return program.canonicalize().map_err(|error| format!("{}: {error}", program.display()));
        }
        let cargo = ["build", "--release", "--locked", "--quiet", "--package", "probity"];
        succeed(Command::new("cargo").args(cargo).current_dir(checkout))?;
        let metadata = cargo_metadata::MetadataCommand::new().current_dir(checkout).no_deps().exec();
        let target = metadata.map_err(|error| format!("cargo metadata: {error}"))?.target_directory;
        Ok(target.join("release/probity").into_std_path_buf())
    }
}

/// Costs as Markdown, for the documentation.
pub(super) struct Table(String);

impl Table {
    /// A table without rows.
    pub(super) fn new() -> Self {
        Self("| what | CPU s | bar | wall s | peak MiB |\n| --- | --: | --: | --: | --: |\n".to_owned())
    }

    /// Adds what something costs, and the CPU seconds that it may.
    pub(super) fn row(&mut self, what: &str, cost: Cost, bar: Option<Duration>) {
        let (cpu, wall) = (cost.cpu.as_secs_f64(), cost.wall.as_secs_f64());
        let bar = bar.map(|bar| bar.as_secs_f64().to_string()).unwrap_or_default();
        let _ = writeln!(self.0, "| {what} | {cpu:.3} | {bar} | {wall:.2} | {} |", cost.memory >> 20);
    }

    /// The table, with a note below it where there is one.
    pub(super) fn finish(self, note: &str) -> String {
        if note.is_empty() { self.0 } else { format!("{}\n{note}\n", self.0) }
    }
}

/// Runs a program that should succeed.
pub(super) fn succeed(command: &mut Command) -> Result<(), String> {
    let status = command.stdin(Stdio::null()).status().map_err(|error| format!("{command:?}: {error}"))?;
    if status.success() { Ok(()) } else { Err(format!("{command:?} failed ({status})")) }
}
