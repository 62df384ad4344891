use std::collections::BTreeMap;

use jiff::Timestamp;

/// The name that the report gives the root user.
const ROOT: &str = "<root_account>";

/// The credential report: a table of users.
#[derive(Debug)]
pub(super) struct Report(BTreeMap<String, Row>);

/// What the report tells about one user, by column.
#[derive(Debug)]
pub(super) struct Row(BTreeMap<String, String>);

/// An instant as the report tells it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Told {
    /// Then.
    At(Timestamp),
    /// Never (`no_information`).
    Never,
    /// There is nothing that it could be about (`N/A`).
    Nothing,
    /// The report cannot tell (`not_supported`), or not in words that are
    /// known.
    Unknown,
}

impl Report {
    /// Reads the table; none where it is not one.
    pub(super) fn parse(bytes: &[u8]) -> Option<Self> {
        let text = std::str::from_utf8(bytes).ok()?;
        let mut lines = text.lines().filter(|line| !line.is_empty());
        let columns = cells(lines.next()?)?;
        if columns.first().map(String::as_str) != Some("user") {
            return None;
        }
        let rows = lines.map(|line| {
            let cells = fitted(cells(line)?, columns.len())?;
            Some((cells.first()?.clone(), Row(columns.iter().cloned().zip(cells).collect())))
        });
        rows.collect::<Option<_>>().map(Self)
    }

    /// A user by name.
    pub(super) fn user(&self, name: &str) -> Option<&Row> {
        self.0.get(name)
    }

    /// The root user.
    pub(super) fn root(&self) -> Option<&Row> {
        self.user(ROOT)
    }
}

impl Row {
    /// A yes or no; none where the report tells neither.
    pub(super) fn flag(&self, column: &str) -> Option<bool> {
        match self.0.get(column)?.to_ascii_lowercase().as_str() {
            "true" => Some(true),
            "false" => Some(false),
            _ => None,
        }
    }

    /// An instant.
    pub(super) fn time(&self, column: &str) -> Told {
        match self.0.get(column).map(String::as_str) {
            Some("N/A") => Told::Nothing,
            Some("no_information") => Told::Never,
            Some(text) => text.parse().map_or(Told::Unknown, Told::At),
            None => Told::Unknown,
        }
    }
}

/// The cells of a line, with quotes as in RFC 4180; none where a quote stays
/// open.
fn cells(line: &str) -> Option<Vec<String>> {
    let mut cells = vec![String::new()];
    let mut signs = line.chars().peekable();
    let mut quoted = false;
    while let Some(sign) = signs.next() {
        match sign {
            '"' if quoted && signs.peek() == Some(&'"') => {
                signs.next();
                cells.last_mut()?.push('"');
            }
            '"' => quoted = !quoted,
            ',' if !quoted => cells.push(String::new()),
            other => cells.last_mut()?.push(other),
        }
    }
    (!quoted).then_some(cells)
}

/// The cells by column. Names of users may hold commas; they stand in the
/// first two columns, so cells too many are shared between these.
fn fitted(mut cells: Vec<String>, columns: usize) -> Option<Vec<String>> {
    let more = cells.len().checked_sub(columns)?;
    if more % 2 != 0 || columns < 2 {
        return None;
    }
    let rest = cells.split_off(more + 2);
    let arn = cells.split_off(more / 2 + 1);
    Some([cells.join(","), arn.join(",")].into_iter().chain(rest).collect())
}

#[cfg(test)]
mod tests {
    use super::{Report, Told};

    #[test]
    fn three_ways_to_tell_nothing() {
        let text = "user,arn,password_enabled,password_last_used\n<root_account>,arn:1,not_supported,no_information\n\
            ann,arn:2,TRUE,2026-01-02T03:04:05+00:00\nbob,arn:3,false,N/A\neve,arn:4,,not_supported\n";
        let report = Report::parse(text.as_bytes()).unwrap();
        let of = |name| {
            let row = report.user(name).unwrap();
            (row.flag("password_enabled"), row.time("password_last_used"))
        };
        assert_eq!(of("<root_account>"), (None, Told::Never));
        assert_eq!(of("ann"), (Some(true), Told::At("2026-01-02T03:04:05Z".parse().unwrap())));
        assert_eq!(of("bob"), (Some(false), Told::Nothing));
        assert_eq!(of("eve"), (None, Told::Unknown));
        assert!(report.root().is_some() && report.user("nobody").is_none());
        assert_eq!(report.user("ann").unwrap().time("missing"), Told::Unknown);
    }

    #[test]
    fn names_with_commas() {
        for row in ["a,b,arn:x/a,b,true", r#""a,b","arn:x/a,b",true"#] {
            let report = Report::parse(format!("user,arn,mfa_active\n{row}\n").as_bytes()).unwrap();
            assert_eq!(report.user("a,b").unwrap().flag("mfa_active"), Some(true), "{row}");
        }
    }

    #[test]
    fn what_is_no_report() {
        for text in ["", "<html></html>", "user,arn\na", "user,arn,b\na,b,c,d", "user,arn\n\"a,b"] {
            assert!(Report::parse(text.as_bytes()).is_none(), "{text}");
        }
        assert!(Report::parse(b"\xff").is_none());
    }
}
