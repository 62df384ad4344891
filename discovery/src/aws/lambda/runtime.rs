/// Runtimes by the beginning of their names, as the ontology calls them.
const LANGUAGES: [(&str, &str); 8] = [
    ("dotnetcore", "dotnet"),
    ("dotnet", "dotnet"),
    ("go", "go"),
    ("java", "java"),
    ("nodejs", "nodejs"),
    ("php", "php"),
    ("python", "python"),
    ("ruby", "ruby"),
];

/// Language and version of a runtime such as `python3.12`; none for one that
/// its owner brings along.
pub(super) fn parse(name: &str) -> Option<(&'static str, Option<String>)> {
    let (prefix, language) = LANGUAGES.iter().find(|(prefix, _)| name.starts_with(prefix))?;
    let rest = name.strip_prefix(prefix)?;
    let is_number = |part: &&str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit());
    let numbers: Vec<&str> = rest.split(['.', '-']).take_while(is_number).collect();
    Some((language, (!numbers.is_empty()).then(|| numbers.join("."))))
}

#[cfg(test)]
mod tests {
    use super::parse;

    #[test]
    fn names_of_runtimes() {
        for (name, language, version) in [
            ("python3.12", "python", Some("3.12")),
            ("nodejs22.x", "nodejs", Some("22")),
            ("nodejs", "nodejs", None),
            ("nodejs4.3-edge", "nodejs", Some("4.3")),
            ("java8.al2", "java", Some("8")),
            ("java21", "java", Some("21")),
            ("dotnet8", "dotnet", Some("8")),
            ("dotnetcore3.1", "dotnet", Some("3.1")),
            ("ruby3.3", "ruby", Some("3.3")),
            ("go1.x", "go", Some("1")),
        ] {
            assert_eq!(parse(name), Some((language, version.map(str::to_owned))), "{name}");
        }
        assert_eq!(parse("provided.al2023"), None);
    }
}
