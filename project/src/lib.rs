//! The project folder: `probity.toml`, the git file tree, the build graph.

pub mod archive;
pub mod attest;
pub mod build;
pub mod carry;
pub mod check;
pub mod codes;
pub mod config;
pub mod coverage;
pub mod difference;
pub mod document;
pub mod draft;
pub mod git;
pub mod history;
pub mod import;
pub mod job;
pub mod library;
pub mod observe;
pub mod outcomes;
pub mod poam;
pub mod register;
mod remote;
pub mod results;
pub mod review;
pub mod scaffold;
pub mod sharing;
pub mod steps;
pub mod suppress;
mod workspace;

pub use build::AsOf;
pub use git::GitTree;
pub use probity_remote::{Map, Prefix};
pub use remote::Access;
pub use steps::ontology_path;
pub use workspace::{Layers, Workspace};
