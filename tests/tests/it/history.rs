//! The scripted repository is what its script says, everywhere.

use crate::scripted::{clone, git, repository};

#[test]
fn commits_have_the_same_ids_everywhere() {
    let folder = &repository();
    assert_eq!(git(folder, &["rev-list", "--count", "HEAD"]), "30");
    assert_eq!(git(folder, &["status", "--porcelain"]), "");
    let log = git(folder, &["log", "--graph", "--format=%h %ad %an%d %s", "--date=short", "--abbrev=10"]);
    insta::assert_snapshot!("scripted_history", log);
    let copy = clone(&[]);
    assert_eq!(git(copy.path(), &["rev-parse", "HEAD"]), git(folder, &["rev-parse", "HEAD"]));
}
