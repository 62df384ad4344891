//! The project folder: `probity.toml`, the git file tree, the build graph.

pub mod codes;
pub mod config;
mod git;

pub use git::GitTree;
