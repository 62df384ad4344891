use std::collections::BTreeSet;

use crate::{fixture, view};
use flate2::read::DeflateDecoder;
use probity_diagnostics::Sha256Digest;
use serde_json::{Value, json};

fn page() -> String {
    fixture::html(&fixture::report())
}

/// The texts between `before` and `after`.
fn between<'a>(text: &'a str, before: &str, after: &str) -> Vec<&'a str> {
    text.split(before).skip(1).filter_map(|rest| rest.split(after).next()).collect()
}

#[test]
fn is_the_same_every_time() {
    assert_eq!(page(), page());
}

#[test]
fn needs_nothing_from_outside() {
    let page = page();
    for attribute in [" src=", "@import", "url(", "<link", "<iframe", " style=", " onclick="] {
        let hostile = "&lt;img src=x onerror=alert(1)&gt;";
        assert!(!page.replace(hostile, "").contains(attribute), "{attribute}");
    }
    assert!(between(&page, "href=\"", "\"").iter().all(|href| href.starts_with('#')));
}

#[test]
fn the_policy_allows_exactly_its_own_style_and_script() {
    let page = page();
    let policy = between(&page, "Content-Security-Policy\" content=\"", "\"")[0];
    let style = between(&page, "<style>", "</style>");
    let script = between(&page, "<script>", "</script>");
    assert_eq!((style.len(), script.len()), (1, 1));
    for (kind, text) in [("style-src", style[0]), ("script-src", script[0])] {
        let digest = base64(Sha256Digest::of(text.as_bytes()).as_bytes());
        assert!(policy.contains(&format!("{kind} 'sha256-{digest}'")), "{policy}");
    }
    assert!(policy.starts_with("default-src 'none';"));
}

/// An encoder written apart from the one under test: bit by bit.
fn base64(bytes: &[u8]) -> String {
    let letters: Vec<char> = ('A'..='Z').chain('a'..='z').chain('0'..='9').chain(['+', '/']).collect();
    let bits: Vec<usize> =
        bytes.iter().flat_map(|byte| (0..8).rev().map(move |n| usize::from(byte >> n & 1))).collect();
    let mut out: String =
        bits.chunks(6).map(|c| letters[(0..6).fold(0, |sum, n| sum * 2 + c.get(n).unwrap_or(&0))]).collect();
    while !out.len().is_multiple_of(4) {
        out.push('=');
    }
    out
}

#[test]
fn every_link_has_its_target_and_every_id_is_unique() {
    let page = page();
    let ids = between(&page, " id=\"", "\"");
    let known: BTreeSet<&str> = ids.iter().copied().collect();
    assert_eq!(known.len(), ids.len(), "an id stands twice");
    for href in between(&page, "href=\"#", "\"") {
        assert!(href.contains('=') || known.contains(href), "#{href}");
    }
    for from in between(&page, "data-from=\"", "\"") {
        assert!(known.contains(from), "{from}");
    }
}

#[test]
fn names_from_evidence_stay_text() {
    let page = page();
    assert!(!page.contains("<img"));
    assert!(!page.contains('\u{202e}') && !page.contains('\u{1b}') && !page.contains('\0'));
    assert!(page.contains("&lt;/script&gt;&lt;img src=x onerror=alert(1)&gt;"));
    assert!(page.contains("Keys are &lt;b&gt;destroyed&lt;/b&gt;"));
}

#[test]
fn leads_from_a_control_to_evidence_and_rule() {
    let page = page();
    let control = between(&page, "id=\"c-ops-05.1\"", "</details>\n</section>")[0];
    assert!(control.contains("href=\"#k-automatic-updates-enabled\""));
    assert!(control.contains("data-from=\"r-automatic-updates-enabled-0\""));
    let resource = between(&page, "id=\"r-automatic-updates-enabled-0\"", "</details>")[0];
    assert!(resource.contains("evidence/cloud.jsonl:2"));
    assert!(resource.contains("<mark>      &quot;enabled&quot;: false,</mark>"));
    let rule = between(&page, "id=\"g-automatic-updates-enabled\"", "</div>")[0];
    assert!(rule.contains("automatic_updates_enabled.rego:7"));
    assert!(rule.contains("<span class=\"n\">7</span><mark>compliant if"));
}

#[test]
fn says_states_in_words() {
    let page = page();
    for chart in between(&page, "class=\"chart\"", ">") {
        assert!(chart.contains("role=\"img\"") && chart.contains("aria-label=\""), "{chart}");
    }
    for state in
        ["Failed", "Error", "Unknown", "Expired", "Not attested", "No subject", "Waived", "Satisfied"]
    {
        assert!(page.contains(&format!("</svg>{state}</span>")), "{state}");
    }
}

/// A decoder written apart from the encoder: bit by bit.
fn decoded(text: &str) -> Vec<u8> {
    let letters: Vec<char> = ('A'..='Z').chain('a'..='z').chain('0'..='9').chain(['+', '/']).collect();
    let sixes = text.trim_end_matches('=').chars().map(|c| letters.iter().position(|l| *l == c).unwrap());
    let bits: Vec<usize> = sixes.flat_map(|six| (0..6).rev().map(move |n| six >> n & 1)).collect();
    let bytes = bits.chunks_exact(8).map(|eight| eight.iter().fold(0, |sum, bit| sum * 2 + bit));
    bytes.map(|byte| u8::try_from(byte).unwrap()).collect()
}

#[test]
fn resources_beyond_the_page_are_packed_and_the_rest_is_counted() {
    let tree = view::with_verdicts((0..60_000).map(|n| {
        json!({"kind": "verdict", "check": "patch-level-current", "resource": format!("vm/{n:05}"),
               "name": format!("<b>{n}</b>"), "verdict": "fail", "reason": "too old"})
    }));
    let page = fixture::html(&fixture::load_from(&tree).value);
    assert!(page.len() < 2_000_000, "{}", page.len());
    let check = between(&page, "id=\"k-patch-level-current\"", "id=\"k-")[0];
    assert_eq!(check.matches("class=\"resource\"").count(), 40);
    assert!(check.contains("data-omitted=\"9960\""), "{check}");
    assert!(
        check.contains("59,960 more resources do not pass.") && check.contains("verdicts.jsonl"),
        "{check}"
    );
    let packed = page.split("id=\"data\"").nth(1).unwrap().split('>').nth(1).unwrap();
    let bytes = decoded(packed.split('<').next().unwrap());
    let data: Value = serde_json::from_reader(DeflateDecoder::new(bytes.as_slice())).unwrap();
    let rows = &data["checks"][0];
    let lengths = ["name", "id", "kind", "verdict", "found", "source", "line"]
        .map(|key| rows[key].as_array().unwrap().len());
    assert_eq!(lengths, [50_000; 7]);
    assert_eq!((&rows["name"][0], &rows["id"][0]), (&json!("<b>40</b>"), &json!("vm/00040")));
    let found = usize::try_from(rows["found"][0].as_u64().unwrap()).unwrap();
    assert_eq!(data["words"][found], "too old");
    assert!(
        !fixture::html(&fixture::report()).contains("id=\"data\""),
        "where the page has them all, nothing is packed"
    );
}
