//! The `probity` binary, built for the tests of the whole pipeline.

use std::process::ExitCode;

fn main() -> ExitCode {
    probity::main()
}
