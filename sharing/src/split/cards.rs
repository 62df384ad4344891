//! Numbers of cards, as their digits.

use crate::scrub::luhn;

/// Digits of a card's number (ISO/IEC 7812-1; shorter ones are not in use).
const LENGTHS: std::ops::RangeInclusive<usize> = 13..=19;

/// Groups in which numbers are printed, the longest first.
const GROUPS: [&[usize]; 6] =
    [&[4, 4, 4, 4, 3], &[4, 4, 4, 4, 2], &[4, 4, 4, 4], &[4, 6, 5], &[4, 6, 4], &[4, 4, 5]];

/// The numbers in a text: in one row or in groups as they are printed, with the right check digit. Letters do not stand beside
/// them, but for the `B` of a magnetic stripe (ISO/IEC 7813).
pub(super) fn cards(text: &str) -> Vec<String> {
    let mut found = Vec::new();
    for row in text.split(|c: char| !c.is_alphanumeric() && !parts(c)) {
        let groups: Vec<&str> =
            row.split(parts).map(|group| group.strip_prefix('B').unwrap_or(group)).collect();
        let mut rest = groups.as_slice();
        while let Some((first, others)) = rest.split_first() {
            let card = number(&[first]).map(|card| (card, 1)).or_else(|| {
                let mut grouped =
                    GROUPS.iter().filter_map(|lengths| Some((joined(rest, lengths)?, lengths.len())));
                grouped.next()
            });
            rest = card.as_ref().and_then(|(_, taken)| rest.get(*taken..)).unwrap_or(others);
            found.extend(card.map(|(card, _)| card));
        }
    }
    found
}

/// Signs between groups.
fn parts(c: char) -> bool {
    matches!(c, ' ' | '-' | '.' | '\u{a0}')
}

/// The number that the first groups are together.
fn joined(groups: &[&str], lengths: &[usize]) -> Option<String> {
    let groups = groups.get(..lengths.len())?;
    let fits = groups.iter().zip(lengths).all(|(group, length)| group.len() == *length);
    fits.then(|| number(groups)).flatten()
}

fn number(groups: &[&str]) -> Option<String> {
    let number = groups.concat();
    let digits: Vec<u32> = number.chars().map_while(|c| c.to_digit(10)).collect();
    (digits.len() == number.len() && LENGTHS.contains(&digits.len()) && luhn(&digits)).then_some(number)
}

#[cfg(test)]
mod tests {
    use super::cards;

    #[test]
    fn numbers_are_found_as_they_are_printed() {
        for text in [
            "4111111111111111",
            "7 4111-1111-1111-1111 12/30",
            "4111111111111111|12|30|123",
            "%B4111111111111111^DOE/J^",
            "4111\u{a0}1111\u{a0}1111\u{a0}1111",
            "a 4111.1111.1111.1111.",
        ] {
            assert_eq!(cards(text), ["4111111111111111"], "{text}");
        }
        assert_eq!(cards("3782 822463 10005 and 5555555555554444"), ["378282246310005", "5555555555554444"]);
    }

    #[test]
    fn other_digits_are_no_numbers_of_cards() {
        for text in ["4111111111111112", "x4111111111111111", "41111111 11111111", "411111111111", ""] {
            assert!(cards(text).is_empty(), "{text}");
        }
    }
}
