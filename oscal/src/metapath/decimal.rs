//! Decimal numbers: exact, with twelve digits after the point.

use std::fmt;

const SCALE: i128 = 1_000_000_000_000;
const DIGITS: usize = 12;

/// A decimal number, as a multiple of 10⁻¹².
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Decimal(i128);

impl Decimal {
    /// A whole number.
    pub const fn whole(number: i64) -> Self {
        Self(number as i128 * SCALE)
    }

    /// Reads digits with an optional sign and point; further digits after the point are cut off.
    pub fn parse(text: &str) -> Option<Self> {
        let (negative, digits) = match text.strip_prefix('-') {
            Some(rest) => (true, rest),
            None => (false, text.strip_prefix('+').unwrap_or(text)),
        };
        let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
        let all_digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
        if (whole.is_empty() && fraction.is_empty()) || !all_digits(whole) || !all_digits(fraction) {
            return None;
        }
        let mut units: i128 = if whole.is_empty() { 0 } else { whole.parse().ok()? };
        for at in 0..DIGITS {
            let digit = fraction.as_bytes().get(at).map_or(0, |byte| byte - b'0');
            units = units.checked_mul(10)?.checked_add(i128::from(digit))?;
        }
        Some(Self(if negative { -units } else { units }))
    }

    /// The nearest decimal; none where it is too large or no number.
    pub fn of(number: f64) -> Option<Self> {
        if !number.is_finite() || number.abs() > 1e25 {
            return None;
        }
        Self::parse(&format!("{number:.DIGITS$}"))
    }

    /// The nearest floating-point number.
    pub fn double(self) -> f64 {
        self.to_string().parse().unwrap_or(f64::NAN)
    }

    /// The whole number, where it has no fraction.
    pub fn integer(self) -> Option<i64> {
        (self.0 % SCALE == 0).then(|| i64::try_from(self.0 / SCALE).ok()).flatten()
    }

    pub(super) fn add(self, other: Self) -> Option<Self> {
        self.0.checked_add(other.0).map(Self)
    }

    pub(super) fn subtract(self, other: Self) -> Option<Self> {
        self.0.checked_sub(other.0).map(Self)
    }

    pub(super) fn multiply(self, other: Self) -> Option<Self> {
        let whole = (self.0 / SCALE).checked_mul(other.0)?;
        let fraction = (self.0 % SCALE).checked_mul(other.0)? / SCALE;
        whole.checked_add(fraction).map(Self)
    }

    /// None where `other` is zero.
    pub(super) fn divide(self, other: Self) -> Option<Self> {
        match self.0.checked_mul(SCALE) {
            Some(units) => units.checked_div(other.0).map(Self),
            None => Self::of(self.double() / other.double()),
        }
    }

    pub(super) fn remainder(self, other: Self) -> Option<Self> {
        self.0.checked_rem(other.0).map(Self)
    }

    /// The quotient without its fraction.
    pub(super) fn quotient(self, other: Self) -> Option<i64> {
        i64::try_from(self.0.checked_div(other.0)?).ok()
    }

    pub(super) fn is_zero(self) -> bool {
        self.0 == 0
    }

    pub(super) fn negate(self) -> Self {
        Self(-self.0)
    }

    pub(super) fn abs(self) -> Self {
        Self(self.0.abs())
    }

    pub(super) fn floor(self) -> Self {
        Self(self.0.div_euclid(SCALE) * SCALE)
    }

    pub(super) fn ceiling(self) -> Self {
        self.negate().floor().negate()
    }

    /// Rounds to so many digits after the point, halves upward.
    pub(super) fn round(self, digits: i64) -> Self {
        let lost = usize::try_from(12_i64.saturating_sub(digits)).unwrap_or_default();
        let Some(step) = u32::try_from(lost).ok().and_then(|lost| 10_i128.checked_pow(lost)) else {
            return Self(0);
        };
        Self((self.0 + step / 2).div_euclid(step) * step)
    }
}

impl fmt::Display for Decimal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let units = self.0.unsigned_abs();
        let (whole, fraction) = (units / SCALE.unsigned_abs(), units % SCALE.unsigned_abs());
        if self.0 < 0 {
            f.write_str("-")?;
        }
        write!(f, "{whole}")?;
        if fraction != 0 {
            let digits = format!("{fraction:0DIGITS$}");
            write!(f, ".{}", digits.trim_end_matches('0'))?;
        }
        Ok(())
    }
}
