use std::path::PathBuf;

use probity_discovery::Input;
use rstest::rstest;

use crate::scan::{outline, own_file, path, scan, shown, tree};

/// Each manifest and the evidence that it gives, which stands beside it.
#[rstest]
fn manifest(
    #[files("tests/cases/*.yaml")]
    #[files("tests/cases/*.json")]
    file: PathBuf,
) {
    let name = file.file_name().and_then(|s| s.to_str()).unwrap();
    let tree = tree(name, own_file(&format!("tests/cases/{name}")));
    let (evidence, step) = scan(&tree, &[Input::Path(path(name))]);
    let done = step.unwrap_or_else(|findings| panic!("{}", shown(&findings, &tree)));
    let text = format!("{}{}", shown(&done.warnings, &tree), outline(&evidence));
    insta::with_settings!({
        snapshot_path => "../cases",
        prepend_module_to_snapshot => false,
        omit_expression => true,
    }, {
        insta::assert_snapshot!(name.split('.').next().unwrap(), text);
    });
}

/// Each broken manifest and its findings, which stand beside it.
#[rstest]
fn broken_manifest(
    #[files("tests/bad/*.yaml")]
    #[files("tests/bad/*.json")]
    file: PathBuf,
) {
    let name = file.file_name().and_then(|s| s.to_str()).unwrap();
    let tree = tree(name, own_file(&format!("tests/bad/{name}")));
    let (_, step) = scan(&tree, &[Input::Path(path(name))]);
    let findings = step.expect_err("a broken manifest");
    insta::with_settings!({
        snapshot_path => "../bad",
        prepend_module_to_snapshot => false,
        omit_expression => true,
    }, {
        insta::assert_snapshot!(name, shown(&findings, &tree));
    });
}

#[test]
fn no_secret_text_is_written() {
    let tree = tree("secrets.yaml", own_file("tests/cases/secrets.yaml"));
    let (evidence, step) = scan(&tree, &[Input::Path(path("secrets.yaml"))]);
    assert!(step.is_ok());
    assert!(!evidence.contains("TOPSECRET"));
    assert!(!evidence.contains("VE9QU0VDUkVU"));
}

#[test]
fn the_demo_shop_gives_evidence_for_every_object() {
    let tree = tree("shop.yaml", own_file("../content/examples/kubernetes/shop.yaml"));
    let (evidence, step) = scan(&tree, &[Input::Path(path("shop.yaml"))]);
    let done = step.unwrap();
    assert!(done.warnings.is_empty());
    assert!(!evidence.contains("not-a-secret-any-more"));
    insta::assert_snapshot!("shop", format!("{:#?}\n{}", done.value, outline(&evidence)));
}
