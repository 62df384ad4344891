//! Tests of the generators crate.
#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::string_slice,
    clippy::disallowed_methods,
    reason = "a test that goes wrong panics, reads its environment and says why it is skipped"
)]

mod carried;
mod coverage;
mod difference;
mod explain;
mod export;
mod fixture;
mod foreign;
mod html;
mod labels;
mod markdown;
mod marking;
mod poam;
mod series;
mod sources;
mod summary;
mod templates;
mod view;
