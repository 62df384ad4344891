use crate::draft::Properties;

/// The second factors of a user.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Factors {
    any: bool,
    phishing_resistant: Option<bool>,
    hardware: Option<bool>,
}

impl Factors {
    /// No second factor.
    pub(super) fn none() -> Self {
        Self { any: false, phishing_resistant: Some(false), hardware: Some(false) }
    }

    /// Those of a user, by their serial numbers. Any of them is enough to
    /// sign in, so that the weakest counts.
    pub(super) fn of_user(serials: &[String]) -> Self {
        if serials.is_empty() {
            return Self::none();
        }
        let kinds: Vec<Kind> = serials.iter().map(|serial| Kind::of(serial)).collect();
        Self {
            any: true,
            phishing_resistant: Some(kinds.iter().all(|kind| *kind == Kind::Key)),
            hardware: if kinds.contains(&Kind::Program) {
                Some(false)
            } else {
                // a passkey may lie in hardware, or be copied between devices
                (!kinds.contains(&Kind::Key)).then_some(true)
            },
        }
    }

    /// Those of the root user. The platform tells others no more than whether
    /// there is one, and which programs stand for one.
    pub(super) fn of_root(any: bool, programs: Option<usize>) -> Self {
        match (any, programs) {
            (false, _) => Self::none(),
            (true, Some(1..)) => Self { any, phishing_resistant: Some(false), hardware: Some(false) },
            (true, _) => Self { any, phishing_resistant: None, hardware: None },
        }
    }

    /// Whoever has a second factor is asked for it at every sign-in.
    pub(super) fn properties(&self) -> Properties {
        let mut properties = Properties::default();
        properties.put("enabled", self.any);
        properties.put("enforced", self.any);
        properties.put_if_known("phishingResistant", self.phishing_resistant);
        properties.put_if_known("hardwareBacked", self.hardware);
        properties
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    /// A program that shows numbers, or a telephone.
    Program,
    /// A device that shows numbers.
    Token,
    /// A security key or passkey.
    Key,
}

impl Kind {
    /// Devices that show numbers have plain serial numbers, all others ARNs.
    fn of(serial: &str) -> Self {
        match serial.split(':').nth(5).and_then(|resource| resource.split('/').next()) {
            Some("u2f") => Self::Key,
            Some(_) => Self::Program,
            None => Self::Token,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Factors;

    #[test]
    fn the_weakest_factor_counts() {
        const PROGRAM: &str = "arn:aws:iam::1:mfa/ann";
        const PHONE: &str = "arn:aws:iam::1:sms-mfa/ann";
        const KEY: &str = "arn:aws:iam::1:u2f/user/ann/yubi-ABC";
        const TOKEN: &str = "GAHT12345678";
        for (serials, resistant, hardware) in [
            (vec![], Some(false), Some(false)),
            (vec![PROGRAM], Some(false), Some(false)),
            (vec![PHONE], Some(false), Some(false)),
            (vec![TOKEN], Some(false), Some(true)),
            (vec![KEY], Some(true), None),
            (vec![KEY, KEY], Some(true), None),
            (vec![KEY, TOKEN], Some(false), None),
            (vec![KEY, PROGRAM], Some(false), Some(false)),
        ] {
            let of: Vec<String> = serials.iter().map(|&serial| serial.to_owned()).collect();
            let expected = Factors { any: !of.is_empty(), phishing_resistant: resistant, hardware };
            assert_eq!(Factors::of_user(&of), expected, "{serials:?}");
        }
    }
}
