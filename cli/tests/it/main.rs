//! Tests of the commands, called in process.
#![allow(
    clippy::unwrap_used,
    clippy::string_slice,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::disallowed_methods,
    reason = "a test may panic, and prepares its files itself"
)]

mod carry;
mod cases;
mod certificate;
mod community;
mod corpus;
mod diff;
mod export;
mod git;
mod help;
mod history;
mod hostile;
mod import;
mod incidents;
mod labels;
mod mistakes;
mod new_files;
mod pieces;
mod poam;
mod publish;
mod ran;
mod results;
mod revision;
#[path = "../../../tests/tests/it/scripted.rs"]
mod scripted;
mod scrub;
mod share;
mod share_lint;
mod share_mark;
mod share_member;
mod share_sealed;
mod split;
mod suppressions;
mod trace;
mod watch;
