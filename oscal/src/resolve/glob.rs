//! Patterns over control ids.

/// Whether `text` as a whole matches the glob `pattern`: `*` stands for any characters, `?` for one, `[a-c]` for one of
/// a set, `[!a-c]` for one outside it. A `[` that is never closed stands for itself.
pub(super) fn matches(pattern: &str, text: &str) -> bool {
    let tokens = parse(pattern);
    let text: Vec<char> = text.chars().collect();
    let (mut token, mut at) = (0, 0);
    let mut retry: Option<(usize, usize)> = None;
    while at < text.len() {
        match (tokens.get(token), text.get(at)) {
            (Some(Token::Many), _) => {
                retry = Some((token, at));
                token += 1;
            }
            (Some(single), Some(&c)) if single.accepts(c) => {
                token += 1;
                at += 1;
            }
            _ => match retry.as_mut() {
                Some((many, from)) => {
                    *from += 1;
                    (token, at) = (*many + 1, *from);
                }
                None => return false,
            },
        }
    }
    tokens.iter().skip(token).all(|token| matches!(token, Token::Many))
}

enum Token {
    Many,
    One,
    Char(char),
    Set { negated: bool, ranges: Vec<(char, char)> },
}

impl Token {
    fn accepts(&self, c: char) -> bool {
        match self {
            Self::Many => false,
            Self::One => true,
            Self::Char(own) => *own == c,
            Self::Set { negated, ranges } => ranges.iter().any(|(a, b)| (*a..=*b).contains(&c)) != *negated,
        }
    }
}

fn parse(pattern: &str) -> Vec<Token> {
    let mut tokens = Vec::new();
    let mut rest = pattern.chars();
    while let Some(c) = rest.next() {
        tokens.push(match c {
            '*' => Token::Many,
            '?' => Token::One,
            '[' => match set(rest.as_str()) {
                Some((token, behind)) => {
                    rest = behind.chars();
                    token
                }
                None => Token::Char('['),
            },
            other => Token::Char(other),
        });
    }
    tokens
}

/// The set that begins behind a `[`, and what follows its `]`.
fn set(text: &str) -> Option<(Token, &str)> {
    let (inside, behind) = text.split_once(']')?;
    let (negated, inside) = match inside.strip_prefix(['!', '^']) {
        Some(rest) => (true, rest),
        None => (false, inside),
    };
    let chars: Vec<char> = inside.chars().collect();
    let mut ranges = Vec::new();
    let mut left = chars.as_slice();
    loop {
        left = match left {
            [a, '-', b, rest @ ..] => {
                ranges.push((*a, *b));
                rest
            }
            [a, rest @ ..] => {
                ranges.push((*a, *a));
                rest
            }
            [] => break,
        };
    }
    (!ranges.is_empty()).then_some((Token::Set { negated, ranges }, behind))
}

#[cfg(test)]
mod tests {
    use super::matches;

    #[test]
    fn wildcards() {
        assert!(matches("*", "ac-1"));
        assert!(matches("ac-*", "ac-2.1"));
        assert!(matches("?1", "a1"));
        assert!(matches("*.*", "ac-2.1"));
        assert!(matches("a*-*1", "ac-2.11"));
        assert!(!matches("ac-?", "ac-10"));
        assert!(!matches("*.*", "ac-2"));
        assert!(!matches("", "ac-2"));
        assert!(!matches("AC-*", "ac-2"));
    }

    #[test]
    fn sets() {
        assert!(matches("[a-c]1", "b1"));
        assert!(matches("[!a-c]1", "d1"));
        assert!(!matches("[!a-c]1", "b1"));
        assert!(matches("[x", "[x"));
    }
}
