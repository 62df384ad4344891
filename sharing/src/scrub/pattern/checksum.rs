//! Check digits.

/// The digits of a text, in order.
pub(super) fn digits(text: &str) -> Vec<u32> {
    text.chars().filter_map(|c| c.to_digit(10)).collect()
}

/// The sum of digits, each times its weight.
pub(super) fn weighted(digits: &[u32], weights: &[u32]) -> u32 {
    digits.iter().zip(weights).map(|(digit, weight)| digit * weight).sum()
}

/// Luhn's formula (ISO/IEC 7812-1, annex B).
pub(crate) fn luhn(digits: &[u32]) -> bool {
    let doubled = |digit: u32| if digit > 4 { digit * 2 - 9 } else { digit * 2 };
    let sum: u32 =
        digits.iter().rev().enumerate().map(|(at, d)| if at % 2 == 1 { doubled(*d) } else { *d }).sum();
    sum.is_multiple_of(10)
}

/// ISO/IEC 7064, MOD 97-10, of letters and digits.
pub(super) fn mod97(text: &str) -> Option<u32> {
    text.chars().try_fold(0, |rest: u32, c| {
        let value = c.to_digit(36)?;
        Some((if value > 9 { rest * 100 + value } else { rest * 10 + value }) % 97)
    })
}

/// ISO/IEC 7064, MOD 11,10.
pub(super) fn mod11_10(digits: &[u32]) -> bool {
    let Some((check, body)) = digits.split_last() else { return false };
    let product = body.iter().fold(10, |product, digit| {
        let sum = (product + digit) % 10;
        (if sum == 0 { 10 } else { sum }) * 2 % 11
    });
    (11 - product) % 10 == *check
}

/// Verhoeff's scheme over the dihedral group of order ten.
pub(super) fn verhoeff(digits: &[u32]) -> bool {
    let permuted = |position: usize, digit: u32| {
        const ONCE: [u32; 10] = [1, 5, 7, 6, 2, 8, 3, 0, 9, 4];
        (0..position % 8).fold(digit, |digit, _| {
            usize::try_from(digit).ok().and_then(|at| ONCE.get(at)).copied().unwrap_or(digit)
        })
    };
    let times = |a: u32, b: u32| match (a < 5, b < 5) {
        (true, true) => (a + b) % 5,
        (true, false) => (a + b) % 5 + 5,
        (false, true) => (a + 5 - b) % 5 + 5,
        (false, false) => (a + 5 - b) % 5,
    };
    digits.iter().rev().enumerate().fold(0, |sum, (at, digit)| times(sum, permuted(at, *digit))) == 0
}

#[cfg(test)]
mod tests {
    use super::{digits, luhn, mod11_10, mod97, verhoeff};

    #[test]
    fn published_examples_hold_and_one_digit_off_does_not() {
        type Check = fn(&[u32]) -> bool;
        let all: [(&str, Check); 3] = [("79927398713", luhn), ("86095742719", mod11_10), ("2363", verhoeff)];
        for (number, check) in all {
            let right = digits(number);
            assert!(check(&right), "{number}");
            for at in 0..right.len() {
                let mut wrong = right.clone();
                wrong[at] = (wrong[at] + 1) % 10;
                assert!(!check(&wrong), "{number} at {at}");
            }
        }
        assert_eq!(mod97("3214282912345698765432161182"), Some(1));
        assert_eq!(mod97("WEST12345698765432GB82"), Some(1));
        assert_ne!(mod97("WEST12345698765433GB82"), Some(1));
    }
}
