//! Bundled content as data: ontology, metrics, catalogs, profiles, mappings and example systems.
