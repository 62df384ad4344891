//! Results over time: trends, periods and samples.

mod laws;
mod story;

use std::collections::BTreeMap;
use std::path::PathBuf;

use probity_diagnostics::document::{Format, Limits, parse};
use probity_diagnostics::{Diagnostics, FileTree as _, MemoryTree, TreePath};
use probity_generators::series::{
    Depth, Deviation, Ending, Files, Gap, Opinion, Period, PeriodOptions, SampleOptions, Series, Span,
    interval, period, sample, trend,
};
use rstest::rstest;
use serde::Deserialize;

use crate::fixture::{codes, path};
use story::Story;

/// What is said of a period of a story.
#[derive(Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
struct Case {
    name: String,
    period: String,
    interval: Option<String>,
    points: Story,
    /// By control.
    opinions: BTreeMap<String, String>,
    #[serde(default)]
    deviations: Vec<String>,
    #[serde(default)]
    gaps: Vec<String>,
    /// Resources and days on which they were seen, by check.
    #[serde(default)]
    seen: BTreeMap<String, (u64, u64)>,
}

fn judge(series: &Series, days: &str, longest: Option<&str>) -> Period {
    let options = PeriodOptions {
        span: Span::parse(days).unwrap(),
        interval: longest.map(|text| interval(text).unwrap()),
    };
    period(series, options).unwrap()
}

fn day(instant: jiff::Timestamp) -> String {
    instant.to_string()[..10].to_owned()
}

fn told(check: &str, deviation: &Deviation) -> String {
    let Deviation { resource, worst, first_seen, ended, repair_seconds, .. } = deviation;
    let ending = match deviation.ending {
        Ending::Open => "open".to_owned(),
        Ending::Repaired => {
            format!("repaired {} after {} days", day(ended.unwrap()), repair_seconds.unwrap() / 86_400)
        }
        Ending::NotSeenAgain => format!("not seen again {}", ended.map(day).unwrap_or_default()),
    };
    let before = if deviation.began_before { ", began before" } else { "" };
    format!("{check} {resource} {}: first seen {}, {ending}{before}", worst.word(), day(*first_seen))
}

fn told_gap(check: &str, gap: &Gap) -> String {
    let resource = gap.resource.as_ref().map(|id| format!(" {id}")).unwrap_or_default();
    format!("{check}{resource} {}..{}", &gap.from.to_string()[..16], &gap.to.to_string()[..16])
}

fn opinion(period: &Period, control: &str) -> Option<Opinion> {
    period.controls.iter().find(|one| one.id == control).map(|one| one.opinion)
}

#[rstest]
fn periods(#[files("tests/it/cases/periods.yaml")] file: PathBuf) {
    let bytes = std::fs::read(file).unwrap();
    let parsed = parse(&bytes, &path("periods.yaml"), Format::Yaml, Limits::default()).unwrap().value;
    let cases: Vec<Case> = serde_json::from_value(parsed).unwrap();
    for case in cases {
        let judged = judge(&story::series(&case.points), &case.period, case.interval.as_deref());
        for (control, expected) in &case.opinions {
            let found = opinion(&judged, control).map(|o| serde_json::to_value(o).unwrap());
            assert_eq!(found, Some(expected.as_str().into()), "{}: {control}: {judged:#?}", case.name);
        }
        let checks = || judged.checks.iter();
        let deviations: Vec<String> =
            checks().flat_map(|c| c.deviations.iter().map(|d| told(&c.name, d))).collect();
        assert_eq!(deviations, case.deviations, "{}", case.name);
        let gaps: Vec<String> = checks().flat_map(|c| c.gaps.iter().map(|g| told_gap(&c.name, g))).collect();
        assert_eq!(gaps, case.gaps, "{}", case.name);
        for (check, expected) in &case.seen {
            let found = checks().find(|one| one.name == *check).map(|c| (c.population, c.days_observed));
            assert_eq!(found, Some(*expected), "{}: {check}", case.name);
        }
    }
}

/// Three months of two checks.
fn quarter() -> Story {
    let points = [
        (
            "2026-01-05T06:00:00Z",
            [("mfa", [("alice", "pass"), ("bob", "fail")]), ("tls", [("web", "pass"), ("<b>", "pass")])],
        ),
        (
            "2026-02-02T06:00:00Z",
            [("mfa", [("alice", "pass"), ("bob", "fail")]), ("tls", [("web", "unknown"), ("<b>", "pass")])],
        ),
        (
            "2026-03-02T06:00:00Z",
            [("mfa", [("alice", "pass"), ("bob", "pass")]), ("tls", [("web", "pass"), ("<b>", "waived")])],
        ),
    ];
    let check = |(name, resources): (&str, [(&str, &str); 2])| {
        (name.to_owned(), resources.into_iter().map(|(id, said)| (id.to_owned(), said.to_owned())).collect())
    };
    points.into_iter().map(|(at, checks)| (at.to_owned(), checks.into_iter().map(check).collect())).collect()
}

#[test]
fn written() {
    let series = story::series(&quarter());
    let judged = judge(&series, "2026-01-01..2026-03-31", None);
    insta::assert_snapshot!("series_period_text", judged.text(false));
    insta::assert_snapshot!("series_period_markdown", judged.markdown().unwrap());
    insta::assert_snapshot!("series_period_html", body(&judged.html().unwrap()));
    let trend = trend(&series);
    insta::assert_snapshot!("series_trend_text", trend.text(false));
    insta::assert_snapshot!("series_trend_csv", trend.csv());
    insta::assert_snapshot!("series_trend_svg", body(&trend.svg().unwrap()));
    let options = SampleOptions {
        span: Span::parse("2026-01-01..2026-03-31").unwrap(),
        size: 1,
        seed: "2026".to_owned(),
    };
    let drawn = sample(&series, options).unwrap();
    insta::assert_snapshot!("series_sample_csv", drawn.csv());
    insta::assert_snapshot!("series_sample_markdown", drawn.markdown().unwrap());
}

/// A page without its style, and the policy that holds the digest of the style.
fn body(page: &str) -> String {
    let (front, rest) = page.split_once("<style>").unwrap();
    let (_, back) = rest.split_once("</style>").unwrap();
    let page = format!("{front}{back}");
    page.lines().filter(|line| !line.contains("Content-Security-Policy")).collect::<Vec<_>>().join("\n")
}

#[test]
fn the_drawing_is_well_formed_and_says_in_words_what_it_shows() {
    let svg = trend(&story::series(&quarter())).svg().unwrap();
    let mut reader = quick_xml::Reader::from_str(&svg);
    let mut titles = 0;
    loop {
        match reader.read_event().unwrap() {
            quick_xml::events::Event::Eof => break,
            quick_xml::events::Event::Start(start) => titles += usize::from(start.name().as_ref() == "title"),
            _ => {}
        }
    }
    assert!(titles > 6, "every column has a title: {titles}");
    assert!(svg.contains("prefers-color-scheme: dark"));
    assert!(svg.contains("3 points from 2026-01-05 to 2026-03-02"), "{svg}");
}

#[test]
fn an_auditor_draws_the_same_sample_with_the_documented_command() {
    // printf '%s\n%s' 2026 bob | sha256sum
    let key = "812e7cbf22f59f7175c2b662b5bf10629da30ffb1a35caf71a50de82ad63b99e";
    let options = SampleOptions {
        span: Span::parse("2026-01-01..2026-03-31").unwrap(),
        size: 9,
        seed: "2026".to_owned(),
    };
    let drawn = sample(&story::series(&quarter()), options).unwrap();
    let bob = drawn.controls[0].resources.iter().find(|resource| resource.id == "bob").unwrap();
    assert_eq!(bob.key, key);
    assert_eq!(bob.observations.len(), 3);
    let keys: Vec<&String> = drawn.controls[0].resources.iter().map(|resource| &resource.key).collect();
    assert!(keys.is_sorted());
}

fn read(
    tree: &MemoryTree,
    stored: &[TreePath],
    current: Option<&TreePath>,
) -> Result<Diagnostics, Diagnostics> {
    Series::read(tree, Files { stored, current }, Depth::Controls).map(|warned| warned.warnings)
}

/// The text of the first results, changed.
fn changed(tree: &MemoryTree, file: &TreePath, from: &str, to: &str) -> String {
    let text = String::from_utf8(tree.read(file, 1 << 20).unwrap()).unwrap();
    assert!(text.contains(from));
    text.replace(from, to)
}

#[rstest]
#[case::another_system("Plant", "Tower", "PB0830")]
#[case::another_profile("p.yaml", "q.yaml", "PB0830")]
#[case::another_assessment("\"demo\"", "\"other\"", "PB0830")]
#[case::no_instant("2026-01-05T06:00:00Z", "2026-01-05", "PB0")]
#[case::not_valid("\"import-ap\"", "\"import-pa\"", "PB01")]
#[case::no_json("{", "[", "PB0")]
fn refuses_what_is_no_series(#[case] from: &str, #[case] to: &str, #[case] code: &str) {
    let (mut tree, results) = story::tree(&quarter());
    let text = changed(&tree, &results[0], from, to);
    tree.insert(results[0].clone(), text);
    let errors = read(&tree, &results, None).unwrap_err();
    assert!(codes(&errors).iter().all(|found| found.starts_with(code)), "{errors:?}");
    assert!(!errors.is_empty());
}

#[test]
fn two_results_of_one_instant_contradict_each_other() {
    let (mut tree, mut results) = story::tree(&quarter());
    let other = path("other/assessment-results.json");
    let bytes = tree.read(&results[1], 1 << 20).unwrap();
    tree.insert(other.clone(), bytes);
    results.push(other.clone());
    assert_eq!(codes(&read(&tree, &results, None).unwrap()), ["PB0802"], "the same bytes count once");
    let text = changed(&tree, &other, "All.", "Other.");
    tree.insert(other.clone(), text);
    assert_eq!(codes(&read(&tree, &results, None).unwrap_err()), ["PB0802", "PB0831"]);
    let warned = read(&tree, &results[..3], Some(&other)).unwrap();
    assert_eq!(codes(&warned), ["PB0802", "PB0831"], "what was built now is believed");
}

#[test]
fn nothing_is_said_of_a_period_without_results() {
    let series = story::series(&quarter());
    let options = PeriodOptions { span: Span::parse("2026-01-06..2026-02-01").unwrap(), interval: None };
    assert_eq!(period(&series, options).unwrap_err().code.id, "PB0833");
    let drawn = SampleOptions { span: options.span, size: 1, seed: "2026".to_owned() };
    assert_eq!(sample(&series, drawn).unwrap_err().code.id, "PB0833");
    let (tree, _) = story::tree(&quarter());
    assert_eq!(codes(&read(&tree, &[], None).unwrap_err()), ["PB0834"]);
}

#[rstest]
#[case("2026-01-01")]
#[case("2026-02-01..2026-01-01")]
#[case("2026-02-30..2026-03-01")]
#[case("..")]
fn no_span(#[case] text: &str) {
    assert!(Span::parse(text).is_err());
}

#[rstest]
#[case("P7D", Some(604_800))]
#[case("PT12H", Some(43_200))]
#[case("P1W", Some(604_800))]
#[case("P1M", None)]
#[case("P0D", None)]
#[case("-P1D", None)]
#[case("week", None)]
fn intervals(#[case] text: &str, #[case] seconds: Option<i64>) {
    assert_eq!(interval(text).ok(), seconds);
}
