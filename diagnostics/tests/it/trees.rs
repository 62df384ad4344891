use probity_diagnostics::{
    BundledTree, DiskTree, FileErrorKind, FileKind, FileTree, MemoryTree, OverlayTree, TreePath,
    write_atomically,
};

static FILES: &[(&str, &[u8])] = &[("catalogs/a.yaml", b"a"), ("catalogs/b.yaml", b"b"), ("top", b"t")];

fn path(text: &str) -> TreePath {
    TreePath::parse(text).unwrap()
}

fn names(tree: &dyn FileTree, folder: &str) -> Vec<(String, FileKind)> {
    tree.list(&path(folder)).unwrap().into_iter().map(|e| (e.path.to_string(), e.kind)).collect()
}

#[test]
fn bundled_and_memory_files_stand_side_by_side() {
    let memory = MemoryTree::of([("x/y", "1"), ("x/z/w", "22")]).unwrap();
    let tree = OverlayTree::new(memory, BundledTree::new(FILES));
    assert_eq!(tree.read(&path("content:catalogs/b.yaml"), 10).unwrap(), b"b");
    assert_eq!(tree.stat(&path("x/z/w")).unwrap().len, 2);
    assert_eq!(names(&tree, "x"), [("x/y".into(), FileKind::File), ("x/z".into(), FileKind::Folder)]);
    let listed = names(&tree, "content:catalogs");
    assert_eq!(listed.len(), 2);
    assert_eq!(listed[0].0, "content:catalogs/a.yaml");
    assert_eq!(tree.walk(&path("x")).unwrap(), [path("x/y"), path("x/z/w")]);
    assert_eq!(tree.walk(&path("content:")).unwrap().len(), 3);
    assert!(!tree.is_file(&path("catalogs/a.yaml")));
}

#[test]
fn a_file_larger_than_the_limit_is_refused() {
    let tree = MemoryTree::of([("f", "12345")]).unwrap();
    assert_eq!(tree.read(&path("f"), 4).unwrap_err().kind, FileErrorKind::TooLarge(4));
    assert_eq!(tree.read(&path("f"), 5).unwrap(), b"12345");
}

#[test]
fn a_link_out_of_the_folder_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let inside = folder.path().join("in");
    write_atomically(&inside.join("file"), |w| std::io::Write::write_all(w, b"x")).unwrap();
    write_atomically(&folder.path().join("secret"), |w| std::io::Write::write_all(w, b"s")).unwrap();
    std::os::unix::fs::symlink(folder.path().join("secret"), inside.join("link")).unwrap();
    let tree = DiskTree::new(&inside, "").unwrap();
    assert_eq!(tree.read(&path("file"), 9).unwrap(), b"x");
    assert!(matches!(tree.read(&path("link"), 9).unwrap_err().kind, FileErrorKind::Unreadable(_)));
    assert!(matches!(tree.read(&path("none"), 9).unwrap_err().kind, FileErrorKind::NotFound));
}

#[test]
fn a_failed_write_leaves_the_old_file() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("out.json");
    write_atomically(&file, |w| std::io::Write::write_all(w, b"old")).unwrap();
    let failed = write_atomically(&file, |w| {
        std::io::Write::write_all(w, b"half")?;
        Err(std::io::Error::other("no"))
    });
    assert!(failed.is_err());
    let tree = DiskTree::new(folder.path(), "").unwrap();
    assert_eq!(tree.read(&path("out.json"), 9).unwrap(), b"old");
    assert_eq!(names(&tree, "").len(), 1);
}
