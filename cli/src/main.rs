//! The `probity` binary.

use std::process::ExitCode;

/// Documents are many small values: they are made and dropped in less time than with the system's allocator.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    probity::main()
}
