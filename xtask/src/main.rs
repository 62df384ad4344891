//! `cargo xtask`: code generation, project checks and benchmarks.

mod bench;
mod checks;
mod docs;
mod schema;

use std::io::Write as _;
use std::process::ExitCode;

use clap::{Parser, Subcommand};

/// Code generation, project checks and benchmarks.
#[derive(Debug, Parser)]
#[command(name = "cargo xtask")]
struct Arguments {
    #[command(subcommand)]
    task: Task,
}

#[derive(Debug, Subcommand)]
enum Task {
    Bench(bench::Bench),
    Schema(schema::Schema),
    Docs(docs::Docs),
    Test(checks::Test),
    Ci(checks::Ci),
}

fn main() -> ExitCode {
    let done = match Arguments::parse().task {
        Task::Bench(arguments) => bench::run(&arguments),
        Task::Schema(arguments) => schema::run(&arguments),
        Task::Docs(arguments) => docs::run(&arguments),
        Task::Test(arguments) => checks::test(&arguments),
        Task::Ci(arguments) => checks::ci(&arguments),
    };
    let mut stderr = std::io::stderr();
    let (lines, code) = match done {
        Ok(report) => (report, ExitCode::SUCCESS),
        Err(error) => (vec![format!("error: {error}")], ExitCode::FAILURE),
    };
    for line in lines {
        let _ = writeln!(stderr, "{line}");
    }
    code
}
