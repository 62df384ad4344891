//! Writes the table of bundled files, so that a new file in a content folder is embedded without further ado.

use std::env;
use std::fmt::Write as _;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

/// The folders that are embedded; example systems are not.
const FOLDERS: [&str; 8] =
    ["catalogs", "lib", "mapping-collections", "mappings", "metrics", "ontology", "profiles", "sharing"];

fn main() -> io::Result<()> {
    let root = variable("CARGO_MANIFEST_DIR")?;
    let mut paths = Vec::new();
    for folder in FOLDERS {
        println!("cargo::rerun-if-changed={folder}");
        collect(&root, Path::new(folder), &mut paths)?;
    }
    paths.sort();
    write(&variable("OUT_DIR")?.join("files.rs"), &table(&paths))
}

#[expect(clippy::disallowed_methods, reason = "cargo talks to build scripts through the environment")]
fn variable(name: &str) -> io::Result<PathBuf> {
    env::var_os(name).map(PathBuf::from).ok_or_else(|| io::Error::other(format!("{name} is not set")))
}

/// Adds the paths of all files under `folder`, with `/` between their parts.
#[expect(clippy::disallowed_methods, reason = "a build script runs before there is a file tree")]
fn collect(root: &Path, folder: &Path, paths: &mut Vec<String>) -> io::Result<()> {
    let at = root.join(folder);
    if !at.is_dir() {
        return Ok(());
    }
    for entry in fs::read_dir(at)? {
        let entry = entry?;
        let name = entry.file_name();
        if name.to_string_lossy().starts_with('.') {
            continue;
        }
        let path = folder.join(name);
        if entry.file_type()?.is_dir() {
            collect(root, &path, paths)?;
        } else {
            let parts: Vec<_> = path.iter().map(|part| part.to_string_lossy()).collect();
            paths.push(parts.join("/"));
        }
    }
    Ok(())
}

/// The Rust expression for the table: a slice of (path, bytes).
fn table(paths: &[String]) -> String {
    let mut text = String::from("&[\n");
    for path in paths {
        let file = format!("/{path}");
        let _ = writeln!(
            text,
            "    ({path:?}, include_bytes!(concat!(env!(\"CARGO_MANIFEST_DIR\"), {file:?}))),"
        );
    }
    text.push_str("]\n");
    text
}

#[expect(clippy::disallowed_methods, reason = "OUT_DIR belongs to cargo")]
fn write(path: &Path, text: &str) -> io::Result<()> {
    fs::write(path, text)
}
