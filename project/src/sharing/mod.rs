//! Sharing in a project: the folder `sharing/`, its documents and their history.

mod candidates;
mod colours;
mod keys;

pub use candidates::{Place, RECEIVED};
pub use colours::{ColourChange, Colours};
