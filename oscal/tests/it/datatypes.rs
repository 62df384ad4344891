//! The hand-written datatypes against the patterns of the published JSON schema.

use probity_oscal::schema::Datatype;
use proptest::prelude::*;
use regex::Regex;

const CHECKED: &[Datatype] = &[
    Datatype::Base64,
    Datatype::Date,
    Datatype::DateTimeWithTimezone,
    Datatype::EmailAddress,
    Datatype::MarkupLine,
    Datatype::String,
    Datatype::Token,
    Datatype::Uri,
    Datatype::Uuid,
];

/// Whether the pattern accepts the text, and, for datatypes based on `string`, that one's too.
fn oracle(datatype: Datatype, text: &str) -> bool {
    let matches = |datatype: Datatype| Regex::new(datatype.pattern().unwrap()).unwrap().is_match(text);
    matches(datatype) && (datatype != Datatype::EmailAddress || matches(Datatype::String))
}

fn agree(text: &str) {
    for datatype in CHECKED {
        assert_eq!(datatype.accepts(text), oracle(*datatype, text), "{} `{text}`", datatype.name());
    }
}

#[test]
fn well_known_texts_are_judged_as_the_patterns_judge_them() {
    let texts = "|a|_a|a.b-c_d|1a|a b| a|a |ä|aä1|é.é|-|a:b|ab:c|ab:|x1+-.:y|a@b|@b|a@|a@b@c|A==|A=|=|AA/+|AA-|\
        2026-11-21|2026-02-29|2024-02-29|2000-02-29|2100-02-29|2026-04-31|2026-13-01|2026-00-01|2026-01-00|1899-01-01|\
        1900-01-01|2999-12-31|3000-01-01|2026-1-01|2026-01-01Z|2026-01-01+02:00|2026-01-01+02:15|2026-01-01-03:30|\
        2026-11-21T10:00:00Z|2026-11-21T10:00:00|2026-11-21T24:00:00Z|2026-11-21T10:60:00Z|2026-11-21T10:00:60Z|\
        2026-11-21T10:00:00.5Z|2026-11-21T10:00:00.Z|2026-11-21T10:00:00.123456789+14:00|2026-11-21T10:00:00+15:00|\
        2026-11-21T10:00:00-13:00|2026-11-21T10:00:00-09:30|2026-11-21T10:00:00+05:45|2026-11-21t10:00:00Z|\
        2026-11-21T10:00:00ZZ|2026-11-21T10:00:00z|0001-01-01T00:00:00Z|2026-11-21T10:00:00+0100|\
        9c8f1e0e-6a3c-4e0b-9d0c-1c2f3a4b5c6d|9c8f1e0e-6a3c-1e0b-9d0c-1c2f3a4b5c6d|9C8F1E0E-6A3C-5E0B-BD0C-1C2F3A4B5C6D|\
        9c8f1e0e-6a3c-4e0b-cd0c-1c2f3a4b5c6d|9c8f1e0e6a3c4e0b9d0c1c2f3a4b5c6d|line\nline|https://example.org/a";
    texts.split('|').for_each(agree);
}

#[test]
fn the_deliberate_differences_hold() {
    assert!(Datatype::Date.accepts("1996-02-29") && !oracle(Datatype::Date, "1996-02-29"));
    assert!(!Datatype::Date.accepts("19-02-29") && oracle(Datatype::Date, "19-02-29"));
    assert!(!Datatype::Uri.accepts("http://a b") && oracle(Datatype::Uri, "http://a b"));
    assert!(
        !Datatype::UriReference.accepts("a b")
            && Datatype::UriReference.accepts("#a")
            && Datatype::UriReference.accepts("")
    );
}

proptest! {
    #[test]
    fn short_texts_are_judged_as_the_patterns_judge_them(text in "[a-zA-Z0-9:=+/@._éß\\-]{0,6}") {
        agree(&text);
    }

    #[test]
    fn instants_are_judged_as_the_patterns_judge_them(
        text in "20[0-3][0-9]-[0-1][0-9]-[0-3][0-9](T[0-2][0-9]:[0-6][0-9]:[0-6][0-9](\\.[0-9]{0,2})?)?(Z|[+-][01][0-9]:[0134][05])?"
    ) {
        agree(&text);
    }

    #[test]
    fn uuids_are_judged_as_the_patterns_judge_them(
        text in "[0-9a-fA-F]{8}-[0-9a-f]{4}-[1-6][0-9a-f]{3}-[6-9a-d][0-9a-f]{3}-[0-9a-f]{12}"
    ) {
        agree(&text);
    }
}
