//! `cargo xtask`: code generation, project checks and benchmarks.

fn main() {}
