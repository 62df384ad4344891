//! Sharing in a project: the folder `sharing/`, its documents and their history.

mod candidates;
mod colours;
mod keys;
mod votes;

pub use candidates::{APPLICATIONS, Place, RECEIVED};
pub use colours::{ColourChange, Colours};
pub use votes::Votes;
