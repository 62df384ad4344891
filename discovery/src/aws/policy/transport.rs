use super::{Condition, Names, Policy, Principals, Statement};

impl Policy {
    /// Whether it refuses everybody's unencrypted requests for anything in a
    /// bucket.
    pub(in super::super) fn refuses_plain(&self, bucket: &str) -> bool {
        self.refusals(bucket).any(|condition| {
            let is_plain = condition.is("bool", "aws:securetransport")
                || condition.is("boolifexists", "aws:securetransport");
            is_plain && condition.values == ["false"]
        })
    }

    /// The lowest version of TLS that it lets everybody's requests for
    /// anything in a bucket use.
    pub(in super::super) fn lowest_version(&self, bucket: &str) -> Option<String> {
        let version = |condition: &Condition| {
            let is_bound = condition.is("numericlessthan", "s3:tlsversion")
                || condition.is("numericlessthanifexists", "s3:tlsversion");
            match condition.values.as_slice() {
                [version] if is_bound => Some(version.clone()),
                _ => None,
            }
        };
        self.refusals(bucket).filter_map(version).max()
    }

    /// The conditions that each stand alone before a refusal of everything in
    /// a bucket to everybody.
    fn refusals<'a>(&'a self, bucket: &'a str) -> impl Iterator<Item = &'a Condition> {
        let refuses = move |statement: &&Statement| {
            let everybody = statement.principals.as_ref().is_some_and(Principals::is_all);
            let everything = statement.actions.covers("s3:*");
            let objects = statement
                .resources
                .as_ref()
                .is_some_and(|names: &Names| names.covers(&format!("{bucket}/*")));
            !statement.allows && everybody && everything && objects
        };
        self.0.iter().filter(refuses).filter_map(|statement| match statement.conditions.as_slice() {
            [only] => Some(only),
            _ => None,
        })
    }
}
