//! Sharing: labels, what is marked how, who may see what, and scrubbing.
#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::string_slice,
    clippy::panic,
    reason = "a test may panic, and cuts its own texts"
)]

mod application;
mod audience;
mod carried;
mod circle;
mod clocks;
mod divide;
mod expiry;
mod fidelity;
mod foreign;
mod governance;
mod incidents;
mod labels;
mod lexicon;
mod marking;
mod origin;
mod plan;
mod put;
mod report;
mod scrub;
mod seal;
mod sealed;
mod split;
mod standards;
mod table;
mod validators;
