//! The files that say who belongs to a community.

use jiff::civil::{Date, date};
use probity_diagnostics::{MemoryTree, Sha256Digest, TreePath};
use probity_sharing::Circle;
use probity_sharing::audience::Profile;
use rstest::rstest;

use crate::table;

pub(crate) const DAY: Date = date(2026, 11, 22);

fn path(text: &str) -> TreePath {
    TreePath::parse(text).unwrap()
}

/// The files of `circle.yaml`, with one text in them replaced by another.
fn files(file: &str, old: &str, new: &str) -> MemoryTree {
    let all = table::read(include_str!("circle.yaml"));
    let text = |name: &str| all[name].as_str().unwrap();
    let digest = Sha256Digest::of(text("nda/text.md").as_bytes()).to_string();
    let mut tree = MemoryTree::new();
    for (name, content) in all.as_object().unwrap() {
        let mut content = content.as_str().unwrap().replace("DIGEST", &digest);
        if name == file {
            assert!(content.contains(old), "{name} has no {old}");
            content = content.replacen(old, new, 1);
        }
        tree.insert(path(&format!("sharing/{name}")), content);
    }
    tree
}

/// The community of the table.
pub(crate) fn circle() -> Circle {
    let read = Circle::load(&files("", "", ""), &path("sharing")).unwrap();
    assert!(read.warnings.is_empty());
    read.value
}

#[test]
fn a_community_is_read() {
    let circle = circle();
    assert_eq!(circle.policy.profile, Profile::CloudCert2012);
    assert_eq!(circle.register.active(DAY).count(), 3);
    assert_eq!(circle.register.person("Bob").unwrap().members, ["beta"]);
    assert_eq!(circle.register.member("alpha").unwrap().domains, ["alpha.example"]);
}

#[rstest]
#[case("alpha", DAY, "")]
#[case("beta", DAY, "")]
#[case("beta", date(2025, 12, 31), "is no member yet on 2025-12-31")]
#[case("beta", date(2026, 12, 31), "")]
#[case("beta", date(2027, 1, 1), "the agreement of `beta` on confidentiality expired on 2026-12-31")]
#[case("gamma", date(2026, 10, 31), "")]
#[case("gamma", DAY, "`gamma` is suspended on 2026-11-22")]
#[case("delta", date(2026, 10, 1), "")]
#[case("delta", DAY, "the agreement of `delta` on confidentiality expired on 2026-10-01")]
#[case("epsilon", DAY, "`epsilon` is applied on 2026-11-22")]
#[case("zeta", DAY, "nobody in the register is called `zeta`")]
fn who_may_receive_anything(#[case] member: &str, #[case] day: Date, #[case] says: &str) {
    let refusal = circle().admits(member, day).err();
    let message = refusal.as_ref().map(|one| one.message.clone()).unwrap_or_default();
    assert!(message.contains(says) && says.is_empty() == message.is_empty(), "{message}");
    assert!(refusal.is_none_or(|one| one.rule.id == "MEM-001"));
}

#[rstest]
#[case("policy.yaml", "member: alpha", "member: zeta", "PB1020")]
#[case("policy.yaml", "cloudcert-2012", "traffic-lights", "PB1020")]
#[case("policy.yaml", "share@alpha.example", "\"share@alpha.example\\r\\nBcc: all\"", "PB1020")]
#[case("policy.yaml", "sender:", "sendr:", "PB1020")]
#[case("policy.yaml", "member:beta", "beta", "PB1020")]
#[case("nda/text.md", "kept", "not kept", "PB1022")]
#[case("nda/2026.yaml", "until: 2027-12-31", "until: 2025-12-31", "PB1022")]
#[case("nda/2026.yaml", "text: text.md", "text: ../../../text.md", "PB1022")]
#[case("groups/open-clouds.yaml", "title", "name", "PB1023")]
#[case("members.yaml", "short-name: beta", "short-name: alpha", "PB1021")]
#[case("members.yaml", "short-name: beta", "short-name: Beta Telecom", "PB1021")]
#[case("members.yaml", "value: telecom-provider", "value: telephones", "PB1021")]
#[case("members.yaml", "class: suspended", "class: applied", "PB1021")]
#[case(
    "members.yaml",
    "value: 2026-11-01, class: suspended",
    "value: 2025-11-01, class: suspended",
    "PB1021"
)]
#[case("members.yaml", "class: active", "class: member", "PB1021")]
#[case("members.yaml", "value: age15yvt", "value: age15yvu", "PB1021")]
#[case("members.yaml", "        email-addresses: [ann@alpha.example]\n", "", "PB1021")]
fn what_is_malformed_is_refused(
    #[case] file: &str,
    #[case] old: &str,
    #[case] new: &str,
    #[case] code: &str,
) {
    let errors = Circle::load(&files(file, old, new), &path("sharing")).unwrap_err();
    let codes: Vec<&str> = errors.iter().map(|finding| finding.code.id).collect();
    assert!(codes.contains(&code), "{codes:?}");
}
