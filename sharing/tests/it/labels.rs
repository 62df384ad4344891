//! Which texts are labels of the Traffic Light Protocol.

use probity_sharing::Label;
use rstest::rstest;

#[rstest]
#[case("TLP:CLEAR", Label::Clear)]
#[case("tlp:green", Label::Green)]
#[case("AMBER", Label::Amber)]
#[case("TLP:AMBER+STRICT", Label::AmberStrict)]
#[case("red", Label::Red)]
#[case("TLP:WHITE", Label::Clear)]
#[case("YELLOW", Label::Amber)]
fn a_label_is_read(#[case] text: &str, #[case] label: Label) {
    assert_eq!(text.parse::<Label>(), Ok(label));
}

#[rstest]
#[case("NONE", "say CLEAR")]
#[case("TLP: AMBER", "write TLP:AMBER")]
#[case("TLP:AMBER ", "write TLP:AMBER")]
#[case("AMBER-STRICT", "write TLP:AMBER+STRICT")]
#[case("TLP:AMBER STRICT", "write TLP:AMBER+STRICT")]
#[case("TLP-RED", "write TLP:RED")]
#[case("TLP:\u{410}MBER", "only look like")]
#[case("\u{ff34}LP:RED", "only look like")]
#[case("TLP:AMBER\u{200b}", "only look like")]
#[case("", "the labels are")]
#[case("TLP:", "the labels are")]
#[case("orange", "the labels are")]
#[case("TLP:TLP:RED", "write TLP:RED")]
fn what_is_no_label_is_refused_with_a_hint(#[case] text: &str, #[case] hint: &str) {
    let why = text.parse::<Label>().unwrap_err();
    assert!(why.help.contains(hint), "{why}");
    assert!(why.to_string().is_ascii(), "{why}");
}

#[test]
fn what_is_written_is_read_again() {
    for label in Label::ALL {
        assert_eq!(label.to_string().parse(), Ok(label));
        assert!(label.in_file_name().chars().all(|c| c.is_ascii_uppercase() || c == '-'));
    }
    assert!(Label::ALL.is_sorted());
}
