//! Sharing in a project: the folder `sharing/`, its documents and their history.

mod candidates;
mod colours;
mod keys;
pub mod pages;
mod proofs;
mod publication;
mod seed;
mod signatures;
mod store;
mod story;
mod votes;

pub use candidates::{APPLICATIONS, Place, RECEIVED};
pub use colours::{ColourChange, Colours};
pub use publication::Publication;
pub use seed::seed;
pub use signatures::Void;
pub use store::{Kept, SCRUB, kept};
pub use votes::Votes;
