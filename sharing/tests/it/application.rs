//! Applications against the bundled criteria.

use probity_diagnostics::{BundledTree, TreePath};
use probity_oscal::model::AssessmentResults;
use probity_oscal::{OscalDocument, ResolveOptions, parse, resolve};
use probity_sharing::circle::{Category, is_carried, judge};
use rstest::rstest;

/// The criteria that are not met by an application in which these are met.
fn missing(category: Category, met: &[&str], failed: &[&str]) -> (Vec<String>, Vec<String>) {
    let profile = TreePath::parse(category.profile().unwrap()).unwrap();
    let options = ResolveOptions::at("2026-11-22T00:00:00Z".parse().unwrap());
    let tree = BundledTree::new(probity_content::FILES);
    let criteria = resolve(&tree, &profile, &options).unwrap().value;
    let verdict = judge(&criteria, &application(met, failed));
    let ids = |all: Vec<(String, String)>| all.into_iter().map(|(id, _)| id).collect();
    (ids(verdict.missing), ids(verdict.unexpected))
}

fn application(met: &[&str], failed: &[&str]) -> AssessmentResults {
    let finding = |number: usize, id: &str, state: &str| {
        format!(
            "        - uuid: 9b0f0c1e-1d53-4bd5-8f4b-3e5f5bb4b0{number:02}\n          title: t\n          description: d\n          target: \
             {{type: statement-id, target-id: {id}_smt, status: {{state: {state}}}}}\n"
        )
    };
    let states = met.iter().map(|id| (id, "satisfied")).chain(failed.iter().map(|id| (id, "not-satisfied")));
    let findings: String = states.enumerate().map(|(n, (id, state))| finding(n, id, state)).collect();
    let findings = if findings.is_empty() { String::new() } else { format!("      findings:\n{findings}") };
    let text = format!(
        "assessment-results:\n  uuid: 9b0f0c1e-1d53-4bd5-8f4b-3e5f5bb4a101\n  metadata: {{title: t, last-modified: \
         2026-11-01T00:00:00Z, version: \"1\", oscal-version: 1.2.2}}\n  import-ap: {{href: \"#9b0f0c1e-1d53-4bd5-8f4b-3e5f5bb4a102\"}}\n  \
         results:\n    - uuid: 9b0f0c1e-1d53-4bd5-8f4b-3e5f5bb4a103\n      title: t\n      description: d\n      start: \
         2026-11-01T00:00:00Z\n      reviewed-controls: {{control-selections: [{{include-all: {{}}}}]}}\n{findings}"
    );
    let path = TreePath::parse("assessment-results.yaml").unwrap();
    match parse(text.as_bytes(), &path).unwrap().value.document {
        OscalDocument::AssessmentResults(results) => *results,
        _ => panic!("assessment results"),
    }
}

#[rstest]
#[case(Category::CloudProvider, &["cp-1", "cp-2", "cp-3", "cp-4", "cp-5"], &["cp-6"])]
#[case(Category::TelecomProvider, &["tp-1", "tp-2", "tp-3", "tp-4"], &[])]
fn an_applicant_meets_every_criterion(
    #[case] category: Category,
    #[case] criteria: &[&str],
    #[case] expected: &[&str],
) {
    assert_eq!(
        missing(category, criteria, &[]),
        (Vec::new(), expected.iter().map(ToString::to_string).collect())
    );
    for left in criteria {
        let others: Vec<&str> = criteria.iter().filter(|id| *id != left).copied().collect();
        assert_eq!(missing(category, &others, &[]).0, [*left]);
        // what one finding affirms and another one denies is not met
        assert_eq!(missing(category, criteria, &[left]).0, [*left]);
    }
    assert_eq!(missing(category, &[], &[]).0, criteria);
}

#[rstest]
#[case(&[], &["rt-1", "rt-2"])]
#[case(&["rt-1"], &[])]
#[case(&["rt-2"], &[])]
#[case(&["rt-1", "rt-2"], &[])]
fn a_response_team_has_a_mandate_or_recognition(#[case] met: &[&str], #[case] left: &[&str]) {
    assert_eq!(missing(Category::ResponseTeam, met, &[]).0, left);
}

#[test]
fn the_alliance_is_expected_and_no_condition() {
    let all = ["cp-1", "cp-2", "cp-3", "cp-4", "cp-5", "cp-6"];
    assert_eq!(missing(Category::CloudProvider, &all, &[]), (Vec::new(), Vec::new()));
}

#[rstest]
#[case(5, 8, false)]
#[case(6, 9, true)]
#[case(6, 8, true)]
#[case(0, 0, false)]
#[case(1, 1, true)]
#[case(2, 3, true)]
#[case(1, 3, false)]
fn others_need_two_thirds_of_all_active_members(
    #[case] yes: usize,
    #[case] active: usize,
    #[case] carried: bool,
) {
    assert_eq!(is_carried(yes, active), carried);
}
