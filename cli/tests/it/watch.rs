//! `test --watch`: what changes is tested again, and nothing else.

use std::sync::atomic::{AtomicUsize, Ordering};

use crate::ran::{folder, probity, probity_until, read, write};

#[test]
fn what_changes_is_tested_again() {
    let place = folder();
    probity(place.path(), &["init"]).exits(0);
    let new = ["--resource-type", "VirtualMachine", "--property", "bootLogging.enabled"];
    for name in ["own-one", "own-two"] {
        probity(place.path(), &[&["metric", "new", name], &new[..]].concat()).exits(0);
    }
    let root = place.path().to_path_buf();
    let step = AtomicUsize::new(0);
    let change = move || {
        let cases = |name: &str| format!("metrics/platform-security/{name}/cases.yaml");
        match step.fetch_add(1, Ordering::Relaxed) {
            1 => {
                let text = read(&root, &cases("own-one")).replacen("verdict: pass", "verdict: fail", 1);
                write(&root, &cases("own-one"), text);
            }
            3 => {
                std::fs::remove_dir_all(root.join("metrics/platform-security/own-one")).unwrap();
                let new = [&["metric", "new", "own-six"], &new[..]].concat();
                probity(&root, &new).exits(0);
            }
            5 => return false,
            _ => {}
        }
        true
    };
    let ran = probity_until(place.path(), &["test", "--watch"], change).exits(0);
    let of = |name: &str| ran.out.lines().filter(|line| line.contains(&format!("  {name} "))).count();
    assert_eq!((of("own-one"), of("own-two"), of("own-six")), (2, 1, 1), "{}", ran.out);
    assert!(ran.out.contains("case `as it should be`: expected fail, found pass"), "{}", ran.out);
    let sums: Vec<&str> = ran.err.lines().filter(|line| line.contains("metrics: ")).collect();
    assert_eq!(sums.len(), 3, "{}", ran.err);
    assert!(
        sums[1].contains("2 metrics: 10 cases, 1 failed")
            && sums[2].contains("2 metrics: 10 cases, 0 failed")
    );
}

#[test]
fn the_table_for_people_is_a_snapshot() {
    let place = folder();
    probity(place.path(), &["init"]).exits(0);
    let new = ["--resource-type", "VirtualMachine", "--property", "bootLogging.enabled"];
    for name in ["own-one", "own-second"] {
        probity(place.path(), &[&["metric", "new", name], &new[..]].concat()).exits(0);
    }
    let file = "metrics/platform-security/own-one/cases.yaml";
    let text = read(place.path(), file).replacen("verdict: pass", "verdict: fail", 1);
    write(place.path(), file, text);
    let ran = probity(place.path(), &["test"]).exits(1);
    insta::assert_snapshot!("tested", format!("{}--- err\n{}", ran.out, ran.err));
}
