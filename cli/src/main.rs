//! The `probity` binary.

use std::process::ExitCode;

fn main() -> ExitCode {
    probity::main()
}
