//! What a program costs, and the program that is measured.

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

/// The named program, else that of the checkout, built with the release profile.
pub(super) fn program(named: Option<&Path>, checkout: &Path) -> Result<PathBuf, String> {
    if let Some(program) = named {
        return program.canonicalize().map_err(|error| format!("{}: {error}", program.display()));
    }
    let cargo = ["build", "--release", "--locked", "--quiet", "--package", "probity"];
    succeed(Command::new("cargo").args(cargo).current_dir(checkout))?;
    let metadata = cargo_metadata::MetadataCommand::new().current_dir(checkout).no_deps().exec();
    let target = metadata.map_err(|error| format!("cargo metadata: {error}"))?.target_directory;
    Ok(target.join("release/probity").into_std_path_buf())
}

/// Runs a program that should succeed.
pub(super) fn succeed(command: &mut Command) -> Result<(), String> {
    let status = command.stdin(Stdio::null()).status().map_err(|error| format!("{command:?}: {error}"))?;
    if status.success() { Ok(()) } else { Err(format!("{command:?} failed ({status})")) }
}
