//! Numbers that states give to persons and that carry a check. Numbers without one (Denmark's since 2007) cannot be told from others.

use super::checksum::{digits, luhn, mod11_10, verhoeff, weighted};

/// A kind of number: what it looks like, and whether one that looks like it is one.
pub(super) struct National {
    /// The form, with `_` for a blank, dot or hyphen that may be left out.
    pub(super) form: &'static str,
    /// Whether its letters, as capitals, and digits pass the check.
    pub(super) check: fn(&str) -> bool,
}

/// All kinds that are looked for.
pub(super) const NATIONAL: [National; 19] = [
    // Austria: Sozialversicherungsnummer
    National { form: r"\d{4} \d{6}", check: austria },
    // Belgium: Rijksregisternummer
    National { form: r"\d{2}_\d{2}_\d{2}_\d{3}_\d{2}", check: belgium },
    // Brazil: CPF
    National { form: r"\d{3}\.\d{3}\.\d{3}-\d{2}", check: brazil },
    // Finland: henkilötunnus
    National { form: r"\d{6}[-+ABCDEFYXWVU]\d{3}[0-9A-Y]", check: finland },
    // France: numéro d'inscription au répertoire
    National { form: r"[12]_\d{2}_\d{2}_\d[\dAB]_\d{3}_\d{3}_\d{2}", check: france },
    // Germany: steuerliche Identifikationsnummer
    National { form: r"[1-9]\d_\d{3}_\d{3}_\d{3}", check: germany_tax },
    // Germany: Versicherungsnummer der Rentenversicherung
    National { form: r"\d{2}_\d{6}_[A-Z]_\d{3}", check: germany_pension },
    // Germany: identity cards and passports
    National { form: r"[CFGHJKLMNPRTVWXYZ][0-9CFGHJKLMNPRTVWXYZ]{8}\d", check: germany_card },
    // India: Aadhaar
    National { form: r"[2-9]\d{3}[ -]\d{4}[ -]\d{4}", check: |number| verhoeff(&digits(number)) },
    // Italy: codice fiscale
    National { form: r"(?i:[A-Z]{6}\d{2}[A-EHLMPRST]\d{2}[A-Z]\d{3}[A-Z])", check: italy },
    // Norway: fødselsnummer
    National { form: r"\d{6}_\d{5}", check: norway },
    // Poland: PESEL
    National { form: r"\d{11}", check: poland },
    // Spain: DNI
    National { form: r"\d{8}_[A-Za-z]", check: spain },
    // Spain: NIE
    National { form: r"[XYZxyz]_\d{7}_[A-Za-z]", check: spain },
    // Sweden: personnummer
    National { form: r"\d{6}[-+]\d{4}", check: sweden },
    // Sweden: personnummer with the century
    National { form: r"(?:19|20)\d{6}_\d{4}", check: sweden },
    // Switzerland: AHV-Nummer
    National { form: r"756_\d{4}_\d{4}_\d{2}", check: switzerland },
    // United Kingdom: NHS number
    National { form: r"\d{3}[ -]\d{3}[ -]\d{4}", check: nhs },
    // United Kingdom: National Insurance number, which has no check digit but a form of its own
    National { form: r"[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z] ?\d{2} ?\d{2} ?\d{2} ?[A-D]", check: |_| true },
];

/// Whether a number is a social security number that the United States may have given to somebody.
pub(super) fn ssn(number: &str) -> bool {
    let digits: String = number.chars().filter(char::is_ascii_digit).collect();
    let part = |range: std::ops::Range<usize>| digits.get(range).unwrap_or_default();
    digits.len() == 9
        && !matches!(part(0..3), "000" | "666")
        && !digits.starts_with('9')
        && part(3..5) != "00"
        && part(5..9) != "0000"
}

/// Whether two digits each are a day and a month.
fn is_day(day: Option<u32>, month: Option<u32>) -> bool {
    day.is_some_and(|day| (1..=31).contains(&day)) && month.is_some_and(|month| (1..=12).contains(&month))
}

fn number(digits: &[u32]) -> u64 {
    digits.iter().fold(0, |number, digit| number * 10 + u64::from(*digit))
}

/// The number that two digits at a place make.
fn two(digits: &[u32], at: usize) -> Option<u32> {
    Some(digits.get(at)? * 10 + digits.get(at + 1)?)
}

fn digit_at(digits: &[u32], at: usize) -> Option<u32> {
    digits.get(at).copied()
}

fn austria(text: &str) -> bool {
    let all = digits(text);
    let sum = weighted(&all, &[3, 7, 9, 0, 5, 8, 4, 2, 1, 6]) % 11;
    digit_at(&all, 3) == Some(sum) && is_day(two(&all, 4), two(&all, 6))
}

fn belgium(text: &str) -> bool {
    let all = digits(text);
    let (Some(body), Some(check)) = (all.get(..9), two(&all, 9)) else { return false };
    let holds = |number: u64| 97 - number % 97 == u64::from(check);
    is_day(two(&all, 4), two(&all, 2)) && (holds(number(body)) || holds(number(body) + 2_000_000_000))
}

fn brazil(text: &str) -> bool {
    let all = digits(text);
    let check = |sum: u32| if sum % 11 < 2 { 0 } else { 11 - sum % 11 };
    digit_at(&all, 9) == Some(check(weighted(&all, &[10, 9, 8, 7, 6, 5, 4, 3, 2])))
        && digit_at(&all, 10) == Some(check(weighted(&all, &[11, 10, 9, 8, 7, 6, 5, 4, 3, 2])))
}

fn finland(text: &str) -> bool {
    let Some((body, check)) = text.split_at_checked(text.len().saturating_sub(1)) else { return false };
    let all: Vec<u32> = digits(body);
    // a letter for the century does not count
    let sign = usize::try_from(number(&all) % 31).ok();
    let expected = sign.and_then(|at| "0123456789ABCDEFHJKLMNPRSTUVWXY".get(at..=at));
    all.len() == 9 && is_day(two(&all, 0), two(&all, 2)) && expected == Some(check)
}

fn france(text: &str) -> bool {
    let Some((body, check)) = text.split_at_checked(13) else { return false };
    // Corsica's departments have letters
    let (body, less) = match body.get(5..7) {
        Some("2A") => (body.replacen('A', "0", 1), 1_000_000),
        Some("2B") => (body.replacen('B', "0", 1), 2_000_000),
        _ => (body.to_owned(), 0),
    };
    let month = body.get(3..5).and_then(|month| month.parse::<u32>().ok());
    let parsed = (body.parse::<u64>().ok(), check.parse::<u64>().ok());
    matches!(parsed, (Some(body), Some(check)) if body > less && 97 - (body - less) % 97 == check)
        && month.is_some_and(|month| (1..=12).contains(&month) || month >= 20)
}

fn germany_tax(text: &str) -> bool {
    let all = digits(text);
    let body = all.get(..10).unwrap_or_default();
    let times = |digit: u32| body.iter().filter(|other| **other == digit).count();
    let repeated: Vec<usize> = (0..10).map(times).filter(|times| *times > 1).collect();
    matches!(repeated.as_slice(), [2 | 3]) && mod11_10(&all)
}

fn germany_pension(text: &str) -> bool {
    let spelt: Option<String> = text
        .chars()
        .map(|c| match c {
            'A'..='Z' => Some(format!("{:02}", u32::from(c) - u32::from('A') + 1)),
            _ => c.is_ascii_digit().then(|| c.to_string()),
        })
        .collect();
    let all = digits(&spelt.unwrap_or_default());
    let products = all.iter().zip([2, 1, 2, 5, 7, 1, 2, 1, 2, 1, 2, 1]).map(|(digit, weight)| digit * weight);
    let sum: u32 = products.map(|product| product / 10 + product % 10).sum();
    all.len() == 13
        && digit_at(&all, 12) == Some(sum % 10)
        && two(&all, 4).is_some_and(|month| (1..=12).contains(&month))
}

fn germany_card(text: &str) -> bool {
    let values: Vec<u32> = text.chars().filter_map(|c| c.to_digit(36)).collect();
    let sum = weighted(&values, &[7, 3, 1, 7, 3, 1, 7, 3, 1]) % 10;
    digits(text).len() >= 4 && digit_at(&values, 9) == Some(sum)
}

fn italy(text: &str) -> bool {
    const ODD: [u32; 36] = [
        1, 0, 5, 7, 9, 13, 15, 17, 19, 21, 1, 0, 5, 7, 9, 13, 15, 17, 19, 21, 2, 4, 18, 20, 11, 3, 6, 8, 12,
        14, 16, 10, 22, 25, 24, 23,
    ];
    let values: Vec<u32> = text.chars().filter_map(|c| c.to_digit(36)).collect();
    let Some((check, body)) = values.split_last() else { return false };
    let sum: u32 = body
        .iter()
        .enumerate()
        .map(|(at, value)| {
            let even = if *value > 9 { value - 10 } else { *value };
            let odd =
                usize::try_from(*value).ok().and_then(|value| ODD.get(value)).copied().unwrap_or_default();
            if at % 2 == 0 { odd } else { even }
        })
        .sum();
    sum % 26 + 10 == *check
}

fn norway(text: &str) -> bool {
    let all = digits(text);
    is_day(two(&all, 0), two(&all, 2))
        && weighted(&all, &[3, 7, 6, 1, 8, 9, 4, 5, 2, 1]).is_multiple_of(11)
        && weighted(&all, &[5, 4, 3, 2, 7, 6, 5, 4, 3, 2, 1]).is_multiple_of(11)
}

fn poland(text: &str) -> bool {
    let all = digits(text);
    // the century is added to the month
    let month = two(&all, 2).map(|month| month % 20);
    is_day(two(&all, 4), month) && weighted(&all, &[1, 3, 7, 9, 1, 3, 7, 9, 1, 3, 1]).is_multiple_of(10)
}

fn spain(text: &str) -> bool {
    let numbered = text.replacen('X', "0", 1).replacen('Y', "1", 1).replacen('Z', "2", 1);
    let (Some(digits), Some(check)) =
        (if text.starts_with(['X', 'Y', 'Z']) { numbered.get(..8) } else { text.get(..8) }, text.get(8..))
    else {
        return false;
    };
    let at = digits.parse::<usize>().ok().map(|number| number % 23);
    at.and_then(|at| "TRWAGMYFPDXBNJZSQVHLCKE".get(at..=at)) == Some(check)
}

fn sweden(text: &str) -> bool {
    let all = digits(text);
    let ten = all.get(all.len().saturating_sub(10)..).unwrap_or_default();
    // numbers for those who are not registered add 60 to the day
    let day = two(ten, 4).map(|day| if day > 60 { day - 60 } else { day });
    is_day(day, two(ten, 2)) && luhn(ten)
}

fn switzerland(text: &str) -> bool {
    weighted(&digits(text), &[1, 3, 1, 3, 1, 3, 1, 3, 1, 3, 1, 3, 1]).is_multiple_of(10)
}

fn nhs(text: &str) -> bool {
    let all = digits(text);
    let sum = weighted(&all, &[10, 9, 8, 7, 6, 5, 4, 3, 2]) % 11;
    digit_at(&all, 9) == Some((11 - sum) % 11)
}

#[cfg(test)]
mod tests {
    use super::{NATIONAL, ssn};

    /// Numbers that are printed as examples, or made by the rule; none is somebody's.
    const EXAMPLES: [&str; 20] = [
        "1237010180",
        "85073003328",
        "11144477735",
        "131052308T",
        "255081416802538",
        "86095742719",
        "15070649C103",
        "T220001293",
        "234123412346",
        "RSSMRA85T10A562S",
        "01010750160",
        "44051401359",
        "12345678Z",
        "X1234567L",
        "8112189876",
        "198112189876",
        "7569217076985",
        "9434765919",
        "AB123456C",
        "131052A308T",
    ];

    #[test]
    fn examples_pass_the_check_of_one_kind() {
        for number in EXAMPLES {
            let bare: String = number.chars().filter(char::is_ascii_alphanumeric).collect();
            assert!(
                NATIONAL.iter().take(18).any(|kind| (kind.check)(&bare)) || number == "AB123456C",
                "{number}"
            );
        }
    }

    #[test]
    fn numbers_that_were_never_given_are_no_social_security_numbers() {
        assert!(ssn("536-90-4399"));
        for never in ["000-12-3456", "666-12-3456", "900-12-3456", "536-00-4399", "536-90-0000"] {
            assert!(!ssn(never), "{never}");
        }
    }
}
