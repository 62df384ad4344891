#![doc = include_str!("../README.md")]

pub mod codes;
pub mod constraint;
pub mod difference;
pub mod href;
mod identity;
mod load;
mod markup;
pub mod merge;
pub mod metapath;
pub mod model;
mod natural;
pub mod own;
pub mod reference;
pub mod release;
pub mod resolve;
pub mod schema;
pub mod split;
pub mod structure;
pub mod trestle;
mod validate;
mod write;
pub mod xml;

pub use identity::{OSCAL_NS, PROBITY_NS, TRESTLE_NS, uuid5};
pub use load::{Loaded, load, load_as, load_with_value, locate, locate_all, parse, read};
pub use model::{Model, OSCAL_VERSION, OscalDocument};
pub use release::{NoRelease, Release};
pub use resolve::{ResolveOptions, Trace, Traced, resolve, resolve_traced};
pub use structure::validate;
pub use validate::validate_file;
pub use write::{Canonical, WriteError, to_json, to_xml, to_yaml, write, write_json, write_xml, write_yaml};
