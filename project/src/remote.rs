//! What answers remote locations in a project, or in a folder that is none.

use std::sync::Arc;
use std::sync::atomic::AtomicUsize;

use probity_diagnostics::{DiskTree, FileTree, OverlayTree, TreePath};
use probity_remote::{Fetcher, Map, Prefix, Remote, Store};

use crate::config::{self, FILE_NAME};

/// What a command may read from remote locations, besides what the project answers.
#[derive(Clone, Default)]
pub struct Access {
    /// Folders that stand for locations; they come before those of the project.
    pub maps: Vec<Map>,
    /// Whether documents may be fetched.
    pub fetch: bool,
    /// How many documents were fetched.
    pub fetched: Arc<AtomicUsize>,
    /// Whether what is fetched takes the place of what the lock says.
    pub update_lock: bool,
}

impl Access {
    /// What answers remote locations for documents of the folder `home`: the project, else the folder that imports must
    /// stay in. Its maps, its lock and its cache count.
    pub fn answers(&self, home: &OverlayTree<DiskTree>) -> Arc<Remote> {
        let store = Store::open(home.inner().clone()).updating(self.update_lock);
        let tree: Arc<dyn FileTree> = Arc::new(home.clone());
        self.from(&tree, store)
    }

    /// The same for another state of the folder, a revision: its maps and its lock count. Nothing is noted in the lock.
    pub fn answers_of(&self, revision: &Arc<dyn FileTree>, home: &OverlayTree<DiskTree>) -> Arc<Remote> {
        let store = Store::fixed(home.inner().clone(), revision.as_ref());
        self.from(revision, store)
    }

    fn from(&self, tree: &Arc<dyn FileTree>, store: Store) -> Arc<Remote> {
        let own = own_maps(tree);
        let broken = own.is_none();
        let maps = self.maps.iter().cloned().chain(own.into_iter().flatten()).collect();
        let fetcher = self.fetch.then(|| Fetcher::default().counting(Arc::clone(&self.fetched)));
        let remote = Remote::new(maps, store, fetcher);
        let help = || format!("{FILE_NAME} is broken, so that none of its [[map]] tables counts");
        Arc::new(if broken { remote.with_help(help()) } else { remote })
    }
}

/// The maps of a project's settings; none where the settings are broken.
fn own_maps(tree: &Arc<dyn FileTree>) -> Option<Vec<Map>> {
    let file = config::path();
    if !tree.is_file(&file) {
        return Some(Vec::new());
    }
    let loaded = config::load(tree.as_ref(), &file).ok()?.value;
    let map = |map: &config::Map| {
        let prefix = Prefix::parse(&map.prefix).ok()?;
        Some(Map::new(prefix, Arc::clone(tree), TreePath::parse(&map.folder).ok()?))
    };
    loaded.config.maps.iter().map(map).collect()
}
