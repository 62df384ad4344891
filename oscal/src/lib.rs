//! The eight OSCAL models: reading, writing, structural validation and profile resolution.

mod identity;
pub mod model;
pub mod schema;

pub use identity::{OSCAL_NS, PROBITY_NS, TRESTLE_NS, uuid5};
pub use model::{OSCAL_VERSION, OscalDocument};
