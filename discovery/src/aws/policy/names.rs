/// Names of actions or resources with `*` for any text and `?` for any sign.
#[derive(Debug, PartialEq, Eq)]
pub(in super::super) enum Names {
    /// These.
    These(Vec<String>),
    /// All but these.
    AllBut(Vec<String>),
}

impl Names {
    /// These names, with one `*` for all ways to write everything.
    pub(super) fn these(mut names: Vec<String>) -> Self {
        let all = |name: &String| name.chars().all(|c| c == '*') || name == "*:*";
        names.iter_mut().filter(|name| all(name)).for_each(|name| "*".clone_into(name));
        Self::These(names)
    }

    /// Whether they leave nothing out.
    pub(super) fn is_all(&self) -> bool {
        match self {
            Self::These(names) => names.iter().any(|name| name == "*"),
            Self::AllBut(names) => names.is_empty(),
        }
    }

    /// Whether all of a name, itself a pattern, is among them.
    pub(super) fn covers(&self, name: &str) -> bool {
        match self {
            Self::These(names) => names.iter().any(|pattern| matches(pattern, name)),
            Self::AllBut(names) => !names.iter().any(|pattern| meet(pattern, name)),
        }
    }

    /// Whether something of what begins with a name is among them.
    pub(super) fn meets(&self, name: &str) -> bool {
        match self {
            Self::These(names) => names.iter().any(|pattern| meet(pattern, name)),
            Self::AllBut(names) => !names.iter().any(|pattern| matches(pattern, name)),
        }
    }
}

/// Whether two patterns have something in common as far as their beginnings
/// tell.
fn meet(pattern: &str, name: &str) -> bool {
    let beginning = |text: &str| text.split(['*', '?']).next().unwrap_or_default().to_lowercase();
    let (one, other) = (beginning(pattern), beginning(name));
    one.starts_with(&other) || (one.len() < pattern.len() && other.starts_with(&one))
}

/// Whether a pattern holds for a text, whatever the case.
fn matches(pattern: &str, text: &str) -> bool {
    let (pattern, text) = (pattern.to_lowercase(), text.to_lowercase());
    let mut states = vec![true];
    states.resize(text.len() + 1, false);
    for sign in pattern.bytes() {
        let mut next = vec![false; states.len()];
        let mut reached = false;
        for (at, open) in states.iter().enumerate() {
            reached |= *open;
            let to = if sign == b'*' { Some(at) } else { at.checked_add(1) };
            let holds = match sign {
                b'*' => reached,
                b'?' => *open,
                _ => *open && text.as_bytes().get(at) == Some(&sign),
            };
            if let (true, Some(slot)) = (holds, to.and_then(|to| next.get_mut(to))) {
                *slot = true;
            }
        }
        states = next;
    }
    states.last() == Some(&true)
}

#[cfg(test)]
mod tests {
    use super::{Names, matches};

    #[test]
    fn patterns() {
        for (pattern, text, expected) in [
            ("*", "iam:*", true),
            ("iam:*", "iam:*", true),
            ("IAM:List*", "iam:ListUsers", true),
            ("iam:List*s", "iam:ListUser", false),
            ("s3:Get?bject", "s3:GetObject", true),
            ("s3:Get?", "s3:GetObject", false),
            ("s3:*Object", "s3:PutObject", true),
            ("", "a", false),
        ] {
            assert_eq!(matches(pattern, text), expected, "{pattern} {text}");
        }
    }

    #[test]
    fn exceptions() {
        let names = |list: &[&str]| list.iter().map(|name| (*name).to_owned()).collect::<Vec<_>>();
        assert!(Names::AllBut(names(&["s3:*"])).covers("iam:*"));
        assert!(!Names::AllBut(names(&["iam:*", "organizations:*"])).covers("iam:*"));
        assert!(!Names::AllBut(names(&["iam:CreateUser"])).covers("iam:*"));
        assert!(Names::these(names(&["sts:AssumeRoleWithSAML"])).meets("sts:AssumeRole"));
        assert!(Names::these(names(&["sts:*"])).meets("sts:AssumeRole"));
        assert!(!Names::these(names(&["sts:TagSession"])).meets("sts:AssumeRole"));
    }
}
