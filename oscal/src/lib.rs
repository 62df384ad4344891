//! The eight OSCAL models: reading, writing, structural validation and profile resolution.
