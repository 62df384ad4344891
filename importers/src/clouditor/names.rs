//! Names: upper camel case there, lower case with hyphens here.

/// `SomeL3Name` as `some_l_3_name`: the package of its Rego.
pub fn snake(name: &str) -> String {
    let characters: Vec<char> = name.chars().collect();
    let mut out = String::new();
    for (at, character) in characters.iter().enumerate() {
        let before = at.checked_sub(1).and_then(|before| characters.get(before));
        let after = characters.get(at + 1);
        let is_end = before.is_some_and(|before| kind(*before) != kind(*character))
            && !before.is_some_and(|before| before.is_uppercase() && character.is_lowercase());
        let is_start = before.is_some_and(|before| before.is_uppercase())
            && character.is_uppercase()
            && after.is_some_and(|after| after.is_lowercase());
        if (is_end || is_start) && !out.ends_with('_') {
            out.push('_');
        }
        match character {
            ' ' | '-' | '_' => {
                if !out.ends_with('_') && !out.is_empty() {
                    out.push('_');
                }
            }
            other => out.extend(other.to_lowercase()),
        }
    }
    out
}

fn kind(character: char) -> u8 {
    match character {
        c if c.is_uppercase() => 0,
        c if c.is_lowercase() => 1,
        c if c.is_ascii_digit() => 2,
        _ => 3,
    }
}

/// `SomeName` as `some-name`: lower-case letters, digits and single hyphens, a letter first.
pub fn kebab(name: &str) -> String {
    let mut out = String::new();
    for character in snake(name).chars() {
        match character {
            c if c.is_ascii_lowercase() || c.is_ascii_digit() => out.push(c),
            _ if !out.is_empty() && !out.ends_with('-') => out.push('-'),
            _ => {}
        }
    }
    let out = out.trim_end_matches('-');
    if out.starts_with(|c: char| c.is_ascii_lowercase()) { out.to_owned() } else { format!("x-{out}") }
}

/// `SomeName` as `Some name`: a title.
pub(super) fn words(name: &str) -> String {
    let text = snake(name).replace('_', " ");
    let mut characters = text.chars();
    characters.next().map_or_else(String::new, |first| first.to_uppercase().chain(characters).collect())
}

/// The id of an OSCAL object: lower case, with what a token cannot hold as hyphens.
pub(super) fn token(text: &str) -> String {
    let mut out = String::new();
    for character in text.trim().to_lowercase().chars() {
        match character {
            c if c.is_ascii_alphanumeric() || matches!(c, '.' | '_') => out.push(c),
            _ if !out.is_empty() && !out.ends_with('-') => out.push('-'),
            _ => {}
        }
    }
    let out = out.trim_end_matches(['-', '.']);
    match out.chars().next() {
        Some(first) if first.is_ascii_lowercase() => out.to_owned(),
        _ => format!("c-{out}"),
    }
}
