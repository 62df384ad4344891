//! `cargo xtask bench`: measurements that the project promises to keep.

mod documents;

use std::path::Path;
use std::process::Command;

/// Measure the speed of a part of the product.
#[derive(clap::Args, Debug)]
pub(crate) struct Bench {
    #[command(subcommand)]
    what: What,
}

#[derive(clap::Subcommand, Debug)]
enum What {
    /// Evidence lines per CPU second, and memory, from the bytes of the evidence to the verdict file.
    Assess {
        /// How many evidence lines.
        #[arg(long, default_value_t = 100_000)]
        lines: usize,
        /// How many threads; as many as processors where it is not said.
        #[arg(long)]
        threads: Option<usize>,
    },
    /// CPU seconds and memory for the largest published catalog, beside compliance-trestle and the package `oscal`.
    ///
    /// Fails where a bar is missed. CPU seconds are those of user and system together.
    Documents(documents::Documents),
}

/// Runs a benchmark, which prints its own report.
pub(crate) fn run(arguments: &Bench) -> Result<Vec<String>, String> {
    match &arguments.what {
        What::Documents(arguments) => documents::run(arguments),
        What::Assess { lines, threads } => {
            assessment(&["generate".to_owned(), lines.to_string()])?;
            let threads = threads.iter().map(usize::to_string);
            assessment(&std::iter::once("measure".to_owned()).chain(threads).collect::<Vec<_>>())?;
            Ok(Vec::new())
        }
    }
}

/// Runs the benchmark of the assessment crate in a process of its own.
fn assessment(words: &[String]) -> Result<(), String> {
    let mut cargo = Command::new("cargo");
    cargo
        .args(["bench", "--quiet", "--package", "probity-assessment", "--bench", "assess", "--"])
        .args(words);
    let checkout = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let status = cargo.current_dir(checkout).status().map_err(|error| format!("cargo: {error}"))?;
    if status.success() { Ok(()) } else { Err("the measurement failed".to_owned()) }
}
