//! Bundled content as data: ontology, metrics, catalogs, profiles and mappings.
//!
//! The files themselves are the content; this crate only carries them. Example systems are not embedded.

/// Every bundled file as (path, bytes), sorted by path.
///
/// A path is relative to the content folder and has `/` between its parts, such as
/// `metrics/endpoint-security/automatic-updates-enabled/metric.yaml`.
pub static FILES: &[(&str, &[u8])] = include!(concat!(env!("OUT_DIR"), "/files.rs"));
