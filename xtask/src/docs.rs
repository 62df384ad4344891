//! `cargo xtask docs`: the pages of the documentation that are made from data.

use std::path::Path;
use std::process::{Command, Stdio};

/// Write the pages of `docs` that are made from data.
///
/// The table of constraints and the requirements of profile resolution are known with their cases to the tests of
/// probity-oscal: they check the pages, and write them anew where they are asked to.
#[derive(Debug, clap::Args)]
pub(crate) struct Docs {}

/// Runs the command.
///
/// # Errors
/// The test that writes a page cannot be built or fails.
pub(crate) fn run(_: &Docs) -> Result<Vec<String>, String> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().ok_or("xtask lies in no workspace")?;
    let status = Command::new("cargo")
        .args(["test", "-q", "-p", "probity-oscal", "--test", "it", "--", "the_page_of_the"])
        .env("PROBITY_WRITE_DOCS", "1")
        .current_dir(root)
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .status()
        .map_err(|error| format!("cargo test: {error}"))?;
    if status.success() {
        Ok(vec!["docs/constraints.md and docs/resolution.md are written".to_owned()])
    } else {
        Err(format!("the pages could not be written ({status})"))
    }
}
