//! The page of the documentation on profile resolution: which requirement is held by what, and the suites.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use probity_diagnostics::{DiskTree, TreePath};

use super::{Outcome, Suite, suites};
use crate::reference::{bytes, reference, variable};
use crate::requirements::{PHASES, cases, elsewhere, requirements};

const HEAD: &str = "\
# Profile resolution

`probity resolve` follows the [OSCAL profile resolution \
specification](https://pages.nist.gov/OSCAL/resources/concepts/processing/profile-resolution/). This page is written by \
`cargo xtask docs` from the data of the tests: the suites that come with the specification, and its requirements.

";

const TESTS: &str = "\
## Requirements

Every case is resolved from documents in JSON, YAML and XML. What it gives is the same, and valid in all three.

| Requirement | Level | Held by |
| --- | --- | --- |
";

fn page(levels: &[(String, String)]) -> String {
    let mut page = HEAD.to_owned();
    let suites = suites();
    let waived = suites.iter().flat_map(|suite| &suite.profiles).filter(|case| is_waived(&case.outcome));
    let _ = writeln!(
        page,
        "Of the catalogs that the suites expect, {} contradict the specification. What is said of them below is all that \
         differs: the tests bring the expected catalog in line with the clause, and compare the rest.\n",
        waived.count()
    );
    suites.iter().for_each(|suite| write_suite(suite, &mut page));
    page.push_str(TESTS);
    let (cases, elsewhere): (Vec<_>, _) =
        (PHASES.iter().flat_map(|phase| cases(phase)).collect(), elsewhere());
    for (id, level) in levels {
        let held = cases.iter().filter(|case| case.holds.contains(id)).map(|case| format!("*{}*", case.it));
        let held: Vec<String> = held.chain(elsewhere.get(id).cloned()).collect();
        let _ = writeln!(page, "| `{id}` | {level} | {} |", held.join("; "));
    }
    page
}

fn is_waived(outcome: &Outcome) -> bool {
    matches!(outcome, Outcome::Waived(_))
}

fn write_suite(suite: &Suite, page: &mut String) {
    let _ =
        writeln!(page, "## {}\n\n| Profile of `{}` | Outcome |\n| --- | --- |", suite.about, suite.folder);
    for case in &suite.profiles {
        let outcome = match &case.outcome {
            Outcome::Same(()) => "as expected".to_owned(),
            Outcome::Refused(code) => format!("refused, {code}"),
            Outcome::Unexpected(()) => "resolves; nothing is expected".to_owned(),
            Outcome::Waived(waiver) => {
                let clauses: Vec<String> =
                    waiver.against.iter().map(|clause| format!("`{clause}`")).collect();
                format!("as expected but for {}: {}", clauses.join(", "), waiver.why)
            }
        };
        let _ = writeln!(page, "| `{}` | {outcome} |", case.profile);
    }
    page.push('\n');
}

#[test]
#[expect(clippy::disallowed_methods, reason = "`cargo xtask docs` asks this test to write the page anew")]
fn the_page_of_the_resolution_is_up_to_date() {
    let Some(tree) = reference() else { return };
    let specification = TreePath::parse("profile-resolution/profile-resolution-specml.xml").unwrap();
    let page = page(&requirements(&String::from_utf8(bytes(&tree, &specification)).unwrap()));
    if variable("PROBITY_WRITE_DOCS").is_some() {
        std::fs::write(folder().join("resolution.md"), page).unwrap();
        return;
    }
    let docs = DiskTree::new(folder(), "").unwrap();
    let committed = String::from_utf8(bytes(&docs, &TreePath::parse("resolution.md").unwrap())).unwrap();
    assert!(committed == page, "docs/resolution.md is out of date, run `cargo xtask docs`");
}

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs")
}
