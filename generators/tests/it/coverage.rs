//! Coverage, as it is written.

use probity_generators::coverage::{
    Assessment, Coverage, Kind, Part, Requirement, Task, Totals, Way, csv, markdown, text,
};
use probity_generators::view::ControlState;

fn part(way: Way, by: &[&str]) -> Part {
    Part { way, by: by.iter().map(ToString::to_string).collect() }
}

fn requirement(id: &str, item: Option<&str>, state: Option<ControlState>, parts: Vec<Part>) -> Requirement {
    Requirement {
        control: id.to_owned(),
        label: id.to_uppercase(),
        title: "=A title, with | and <b>".to_owned(),
        category: "AC Access".to_owned(),
        item: item.map(str::to_owned),
        state,
        parts,
        owners: vec!["Ada Example".to_owned()],
    }
}

fn coverage() -> Coverage {
    let requirements = vec![
        requirement("ac-1", None, Some(ControlState::Fail), vec![part(Way::Automated, &["logged"])]),
        requirement(
            "ac-2",
            Some("ac-2_smt.a"),
            Some(ControlState::Expired),
            vec![
                part(Way::Automated, &["logged", "kept"]),
                part(Way::Open, &["policy: the statement has expired"]),
            ],
        ),
        requirement(
            "ac-2",
            Some("ac-2_smt.b"),
            Some(ControlState::Expired),
            vec![part(Way::Attested, &["policy"])],
        ),
        requirement("ac-3", None, None, vec![part(Way::Open, &["neither metric nor procedure"])]),
        requirement("ac-4", None, Some(ControlState::Satisfied), vec![part(Way::Carried, &["other"])]),
    ];
    let task = |requirement: &str, kind, what: &str, due: Option<&str>, overdue| Task {
        requirement: requirement.to_owned(),
        kind,
        what: what.to_owned(),
        owners: vec!["Ada Example".to_owned()],
        due: due.map(str::to_owned),
        overdue,
    };
    Coverage {
        system: "S".to_owned(),
        as_of: "2026-11-01T12:00:00Z".to_owned(),
        assessments: vec![Assessment {
            name: "own".to_owned(),
            profile: "profiles/own.yaml".to_owned(),
            totals: Totals::of(&requirements),
            requirements,
            to_do: vec![
                task("ac-2_smt.a", Kind::Renew, "state anew", Some("2026-10-01T23:59:59Z"), true),
                task("AC-1", Kind::Mend, "mend what fails: logged", Some("2026-12-01T00:00:00Z"), false),
                task("AC-3", Kind::Cover, "cover it", None, false),
            ],
        }],
    }
}

#[test]
fn coverage_as_text() {
    insta::assert_snapshot!("coverage-text", text(&coverage(), false, false));
}

#[test]
fn coverage_as_markdown() {
    insta::assert_snapshot!("coverage-markdown", markdown(&coverage()).unwrap());
}

#[test]
fn coverage_as_csv() {
    insta::assert_snapshot!("coverage-csv", String::from_utf8(csv(&coverage()).unwrap()).unwrap());
}

#[test]
fn a_long_list_is_cut_where_not_all_is_asked_for() {
    let mut coverage = coverage();
    let task = coverage.assessments[0].to_do[0].clone();
    coverage.assessments[0].to_do = vec![task; 40];
    let lines = |all| text(&coverage, false, all).lines().filter(|line| line.contains("state anew")).count();
    assert_eq!((lines(false), lines(true)), (30, 40));
    assert!(text(&coverage, false, false).contains("and 10 more: --all shows them"));
}
