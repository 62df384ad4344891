/// The candidate nearest to `given` by edit distance, if one is near enough
/// to be what was meant. Upper and lower case, `-` and `_` count as equal.
pub fn nearest<'a>(given: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let folded = fold(given);
    let limit = (given.chars().count() / 3).clamp(1, 4);
    candidates
        .into_iter()
        .map(|c| (strsim::damerau_levenshtein(&folded, &fold(c)), c))
        .filter(|(distance, _)| *distance <= limit)
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, c)| c)
}

fn fold(name: &str) -> String {
    name.to_lowercase().replace('_', "-")
}
