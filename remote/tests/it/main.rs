//! Tests of what answers remote locations without a network. Fetching is tried in `tests/`, against a server.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test may panic")]

mod locks;
mod maps;
