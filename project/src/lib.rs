//! The project folder: probity.toml, the git file tree, the build graph.
