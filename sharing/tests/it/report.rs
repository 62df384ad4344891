//! Reports on incidents: a corpus of a quarter, counted anew by a script, and told so that nobody is recognised.

#![allow(
    clippy::print_stdout,
    clippy::disallowed_methods,
    reason = "where other readers lie is a matter of the machine"
)]

use std::path::{Path, PathBuf};
use std::process::Command;

use jiff::civil::date;
use probity_diagnostics::{BundledTree, DiskTree, FileTree, MemoryTree, OverlayTree, TreePath};
use probity_sharing::marking;
use probity_sharing::report::{self, Cases, Options, Period, Report};
use probity_sharing::{Label, Stop};
use rstest::rstest;
use serde_json::Value;

use crate::circle::circle;
use crate::incidents::{lexicon, path};

const CORPUS: &str = "sharing/incidents/2026";

fn folder(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(name)
}

/// A project with the incidents of the corpus and other files.
fn project(others: &[(&str, &str)]) -> impl FileTree + use<> {
    let corpus = DiskTree::new(folder("tests/corpus/2026"), "").unwrap();
    let mut tree = MemoryTree::new();
    for file in corpus.walk(&TreePath::root()).unwrap() {
        let bytes = corpus.read(&file, 1 << 20).unwrap();
        tree.insert(path(&format!("{CORPUS}/{file}")), bytes);
    }
    for (file, text) in others {
        tree.insert(path(file), *text);
    }
    OverlayTree::new(tree, BundledTree::new(probity_content::FILES))
}

fn quarter() -> Period {
    "2026-Q3".parse().unwrap()
}

fn options(label: Label, fewest: u64) -> Options {
    Options { period: quarter(), label, fewest, theirs: false }
}

fn made(options: Options) -> Report {
    let cases = Cases::read(&project(&[]), None, None).unwrap();
    report::report(&cases.all, &lexicon(), options).unwrap()
}

/// What the script counts; none, with a printed reason, where it cannot run and does not have to.
fn recount(from: &str, until: &str) -> Option<Value> {
    let library =
        std::env::var_os("PROBITY_ORACLE").map_or_else(|| folder("../target/oracle"), PathBuf::from);
    let script = folder("../tests/oracle/incidents.py");
    let ran = Command::new("python3")
        .arg(script)
        .arg(folder("tests/corpus"))
        .args([from, until])
        .env("PYTHONPATH", library.join("python"))
        .output();
    let ran = ran.ok().filter(|ran| ran.status.code() != Some(3));
    let Some(ran) = ran else {
        assert!(std::env::var_os("PROBITY_REQUIRE_ORACLE").is_none(), "install Python and PyYAML");
        println!("skipped: there is no Python with PyYAML; tests/oracle/install.sh target/oracle");
        return None;
    };
    assert!(ran.status.success(), "{}", String::from_utf8_lossy(&ran.stderr));
    Some(serde_json::from_slice(&ran.stdout).unwrap())
}

#[rstest]
#[case("2026-Q3")]
#[case("2026-08")]
#[case("2026")]
fn the_numbers_are_those_of_an_independent_recount(#[case] period: Period) {
    let Some(counted) = recount(&period.from.to_string(), &period.until.to_string()) else { return };
    let report = made(Options { period, ..options(Label::Amber, 1) });
    let mut rows = 0;
    for table in &report.tables {
        let of = counted["tables"][table.name].as_object().unwrap();
        let told: Vec<&str> =
            table.rows.iter().filter(|row| row.incidents > 0).map(|row| row.value.as_str()).collect();
        assert_eq!(told.len(), of.len(), "{}: {told:?}, {of:?}", table.name);
        for row in table.rows.iter().filter(|row| row.incidents > 0) {
            assert_eq!(of[&row.value][""], row.incidents, "{}: {}", table.name, row.value);
            for (month, number) in report.months.iter().zip(&row.months) {
                assert_eq!(of[&row.value][month].as_u64().unwrap_or(0), *number, "{}: {month}", row.value);
            }
            rows += 1;
        }
    }
    assert!(rows > 40, "{rows}");
    let months: u64 = report.tables[0].rows.iter().map(|row| row.incidents).sum();
    assert_eq!(report.incidents, Some(months));
    for span in &report.durations {
        let hours = counted["median-hours"][span.name].as_f64();
        #[expect(clippy::cast_precision_loss, reason = "hours of a median are few")]
        let told = span.median_hours.map(|hours| hours as f64);
        assert_eq!(told, hours, "{}", span.name);
    }
}

#[test]
fn a_quarter_has_the_incidents_between_its_midnights() {
    let report = made(options(Label::Amber, 1));
    assert_eq!(report.incidents, Some(24), "26, one of June and one of October");
    assert_eq!(report.months, ["2026-07", "2026-08", "2026-09"]);
}

/// The report in every form, with the name of a file of that form.
fn forms(report: &Report) -> [(&'static str, String); 5] {
    [
        ("report.txt", report::text(report)),
        ("report.md", report::markdown(report)),
        ("report.html", report::html(report)),
        ("report.json", report::json(report).unwrap()),
        ("report.csv", report::csv(report).unwrap()),
    ]
}

#[test]
fn no_form_tells_a_name_a_number_or_a_word_that_somebody_made_up() {
    let planted = [
        "nordbank",
        "lindqvist",
        "thorwald",
        "inc-2026",
        "0116",
        "asset",
        "fra1",
        "alpha",
        "gamma",
        "cert.",
        "trouble",
        "x-",
    ];
    for (file, text) in forms(&made(options(Label::Amber, 1))) {
        let plain = text.to_lowercase().replace("asset-damage", "").replace("csp", "");
        let plain = if file == "report.html" { plain.replace("max-width", "") } else { plain };
        for word in planted {
            assert!(!plain.contains(word), "{file} tells `{word}`\n{text}");
        }
        assert!(plain.contains("own word"), "{file}: what is not told by its name is counted");
    }
}

#[test]
fn every_form_bears_its_colour() {
    for label in Label::ALL {
        for (file, text) in forms(&made(options(label, 3))) {
            if file == "report.csv" {
                assert!(text.lines().skip(1).all(|line| line.ends_with(label.as_str())), "{text}");
                continue;
            }
            let marking = marking::of(text.as_bytes(), &path(file), None).unwrap();
            assert_eq!(marking.label, label, "{file}");
            assert!(
                file == "report.json" || text.matches(label.as_str()).count() >= 2,
                "{file}: head and foot"
            );
        }
    }
}

#[rstest]
fn a_report_for_more_people_has_no_small_number(
    #[values("2026-07", "2026-08", "2026-09", "2026-Q3", "2026", "2025")] period: Period,
    #[values(3, 5, 10)] fewest: u64,
) {
    let exact = made(Options { period, ..options(Label::Amber, 1) });
    let report = made(Options { period, ..options(Label::Clear, fewest) });
    let all = exact.incidents.unwrap();
    assert_eq!(report.incidents, Some(all).filter(|all| *all == 0 || *all >= fewest));
    for table in &report.tables {
        let is_told = |number: u64| number == 0 || number >= fewest;
        assert!(table.rows.iter().all(|row| is_told(row.incidents) && row.months.is_empty()), "{table:?}");
        let sum: u64 = table.rows.iter().map(|row| row.incidents).sum();
        assert!(sum >= all, "nothing is lost: {table:?}");
        if table.note.starts_with("Each incident once") {
            assert_eq!(sum, all, "{table:?}");
        }
    }
    for span in &report.durations {
        assert!(
            span.known.is_none_or(|known| known == 0 || (known >= fewest && all - known != 1)),
            "{span:?}"
        );
    }
}

#[test]
fn what_is_rare_is_folded_into_what_is_not() {
    let report = made(options(Label::Green, 3));
    let table = |name: &str| report.tables.iter().find(|table| table.name == name);
    let rows = |name: &str| {
        let rows = table(name).unwrap().rows.iter();
        rows.map(|row| (row.value.clone(), row.incidents)).collect::<Vec<_>>()
    };
    assert_eq!(
        rows("status"),
        [("in-progress".to_owned(), 4), ("resolved".to_owned(), 15), ("others".to_owned(), 5)]
    );
    assert!(table("category").unwrap().rows.iter().any(|row| row.value == "denial-of-service"));
    assert!(forms(&report).iter().all(|(_, text)| !text.contains("compromise-of-member")), "there was one");
}

#[test]
fn what_comes_from_others_counts_only_where_somebody_asks() {
    let incident = |id: &str, issuer: &str, label: &str| {
        format!(
            "marking: {label}\nid: {id}\nissuer: {issuer}\nkind: attack\npurpose: watch\ntimes: {{generated: \
             2026-08-01T00:00:00Z}}\ncontacts: [{{role: creator, type: organization, name: B}}]\n"
        )
    };
    let imported = incident("B-1", "cert.beta.example", "TLP:GREEN");
    let of_domain = incident("B-3", "cert.zeta.example", "TLP:GREEN");
    let received = incident("B-2", "cert.beta.example", "TLP:AMBER");
    let files = [
        ("sharing/incidents/2026/B-1.yaml", imported.as_str()),
        ("sharing/incidents/2026/B-1.yaml.marking.yaml", "marking: TLP:GREEN\noriginator: beta\n"),
        ("sharing/incidents/2026/B-3.yaml", of_domain.as_str()),
        ("sharing/received/beta/p1/documents/B-1.TLP-GREEN.yaml", imported.as_str()),
        ("sharing/received/beta/p1/documents/B-2.TLP-AMBER.yaml", received.as_str()),
        ("sharing/received/beta/p1/documents/notes.TLP-AMBER.md", "not an incident\n"),
    ];
    let tree = project(&files);
    let mut circle = circle();
    let beta = circle.register.members.iter_mut().find(|one| one.name == "beta").unwrap();
    beta.domains.push("zeta.example".to_owned());
    let below = path("sharing/received");
    let cases = Cases::read(&tree, Some(&circle), Some(&below)).unwrap();
    let count = |label, theirs| {
        let report = report::report(&cases.all, &lexicon(), Options { theirs, ..options(label, 1) });
        report.map(|report| report.incidents.unwrap())
    };
    assert_eq!(count(Label::Amber, false), Ok(24));
    assert_eq!(count(Label::Amber, true), Ok(27), "B-1 stands twice, and is one incident");
    let Err(Stop::Refused(refusals)) = count(Label::Green, true) else {
        panic!("AMBER of others goes no further")
    };
    assert_eq!((refusals.len(), refusals[0].rule.id), (1, "TLP-005"));
    assert_eq!(count(Label::Green, false), Ok(24), "of one's own one may tell how many they are");
    let told: Vec<&str> = cases.found.iter().map(|one| one.code.id).collect();
    assert_eq!(told, ["PB1052"], "the notes are no incident");
}

#[test]
fn a_number_that_stands_twice_and_a_broken_incident_stop_the_report() {
    let twin = "id: INC-2026-0101\nissuer: cert.alpha.example\npurpose: watch\ntimes: {generated: 2026-08-01T00:00:00Z}\ncontacts: \
                [{role: creator, type: organization, name: B}]\n";
    for (text, code) in [(twin, "PB1051"), ("id: INC-9\n", "PB1040")] {
        let tree = project(&[("sharing/incidents/2026/other.yaml", text)]);
        let Err(Stop::Unreadable(found)) = Cases::read(&tree, None, None) else { panic!("{code}") };
        assert!(found.iter().any(|one| one.code.id == code), "{found:?}");
    }
}

#[test]
fn periods_are_quarters_months_and_years() {
    let period = |text: &str| text.parse::<Period>();
    assert_eq!(period("2026-Q3"), Ok(Period { from: date(2026, 7, 1), until: date(2026, 9, 30) }));
    assert_eq!(period("2028-02"), Ok(Period { from: date(2028, 2, 1), until: date(2028, 2, 29) }));
    assert_eq!(period("2026"), Ok(Period { from: date(2026, 1, 1), until: date(2026, 12, 31) }));
    for wrong in ["2026-Q5", "2026-13", "2026-Q", "26-Q1", "2026-7", "Q3", "", "2026-09-30"] {
        assert!(period(wrong).is_err(), "{wrong}");
    }
    assert_eq!(Period::last_quarter(date(2026, 10, 1)), quarter());
    assert_eq!(Period::last_quarter(date(2026, 2, 28)).from, date(2025, 10, 1));
    assert_eq!(
        Period { from: date(2025, 12, 31), until: date(2026, 2, 1) }.months(),
        ["2025-12", "2026-01", "2026-02"]
    );
}
