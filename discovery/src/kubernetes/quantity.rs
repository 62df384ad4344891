use super::node::Node;

/// Powers of ten and of two that may stand behind a number.
const SUFFIXES: [(&str, f64); 16] = [
    ("Ki", 1024.0),
    ("Mi", 1_048_576.0),
    ("Gi", 1_073_741_824.0),
    ("Ti", 1_099_511_627_776.0),
    ("Pi", 1_125_899_906_842_624.0),
    ("Ei", 1_152_921_504_606_846_976.0),
    ("n", 1e-9),
    ("u", 1e-6),
    ("m", 1e-3),
    ("k", 1e3),
    ("M", 1e6),
    ("G", 1e9),
    ("T", 1e12),
    ("P", 1e15),
    ("E", 1e18),
    ("", 1.0),
];

/// The number that a quantity such as `250m` or `64Mi` stands for.
pub(super) fn parse(text: &str) -> Option<f64> {
    let (suffix, factor) = SUFFIXES.iter().find(|(suffix, _)| text.ends_with(suffix))?;
    let number = text.strip_suffix(suffix)?;
    let plain = number.starts_with(|c: char| c.is_ascii_digit() || "+-.".contains(c));
    let value = number.parse::<f64>().ok().filter(|n| plain && n.is_finite())? * factor;
    Some(value)
}

/// A quantity as a number.
pub(super) fn number(node: &Node<'_>) -> Option<f64> {
    let text = node.text_or_number()?;
    let number = parse(&text);
    if number.is_none() {
        node.refuse("a quantity such as 500m or 64Mi");
    }
    number
}

/// A quantity as a whole number of bytes, rounded up as the cluster does.
pub(super) fn bytes(node: &Node<'_>) -> Option<u64> {
    let value = number(node)?.ceil();
    if (0.0..=9.2e18).contains(&value) {
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "the range was looked at"
        )]
        return Some(value as u64);
    }
    node.refuse("a number of bytes");
    None
}
