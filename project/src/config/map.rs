use probity_diagnostics::{Diagnostic, Diagnostics, FileTree, TreePath};
use probity_remote::Prefix;

use super::{LoadedConfig, Map};
use crate::codes;

/// What is wrong with the maps of a project file, beyond its form.
pub(super) fn check(tree: &dyn FileTree, loaded: &LoadedConfig) -> Diagnostics {
    let mut findings = Diagnostics::new();
    let mut known: Vec<Prefix> = Vec::new();
    for (index, map) in loaded.config.maps.iter().enumerate() {
        let index = index.to_string();
        let mut say = |key: &str, message: String| {
            findings.push(Diagnostic::error(&codes::BAD_MAP, message).at(loaded.place(&[
                "map",
                index.as_str(),
                key,
            ])));
        };
        match Prefix::parse(&map.prefix) {
            Err(why) => say("prefix", why),
            Ok(prefix) if known.contains(&prefix) => say("prefix", format!("two maps are for `{prefix}`")),
            Ok(prefix) => known.push(prefix),
        }
        if let Some(why) = folder(tree, loaded, map) {
            say("folder", why);
        }
    }
    findings
}

/// What is wrong with the folder of a map.
fn folder(tree: &dyn FileTree, loaded: &LoadedConfig, map: &Map) -> Option<String> {
    match loaded.file.parent().join(&map.folder) {
        Err(error) => Some(error.to_string()),
        Ok(path) if path.is_remote() => Some(format!("`{path}` is no folder")),
        Ok(path) if path == TreePath::root() || tree.is_folder(&path) => None,
        Ok(path) => Some(format!("the folder `{}` does not exist", tree.display(&path))),
    }
}
