use std::collections::BTreeMap;

use super::node::Node;

/// Labels of an object.
pub(super) type Labels = BTreeMap<String, String>;

/// The labels in a mapping.
pub(super) fn labels(node: &Node<'_>) -> Labels {
    let pairs = node.members().into_iter();
    pairs.filter_map(|(key, value)| Some((key.to_owned(), value.text()?.to_owned()))).collect()
}

/// Whether labels match a selector with `matchLabels` and `matchExpressions`;
/// an empty selector matches everything.
pub(super) fn selects(selector: &Node<'_>, labels: &Labels) -> bool {
    let equal = equals(&selector.get("matchLabels"), labels);
    let expressions = selector.get("matchExpressions").items();
    equal && expressions.iter().all(|expression| holds(expression, labels))
}

/// Whether labels hold all pairs of a mapping.
fn equals(pairs: &Node<'_>, labels: &Labels) -> bool {
    let has = |key: &str, value: &Node<'_>| labels.get(key).map(String::as_str) == value.text();
    pairs.members().iter().all(|(key, value)| has(key, value))
}

fn holds(expression: &Node<'_>, labels: &Labels) -> bool {
    let value = expression.get("key").text().and_then(|key| labels.get(key));
    let values = expression.get("values").texts();
    let operator = expression.get("operator");
    match operator.text() {
        Some("In") => value.is_some_and(|v| values.contains(v)),
        Some("NotIn") => value.is_none_or(|v| !values.contains(v)),
        Some("Exists") => value.is_some(),
        Some("DoesNotExist") => value.is_none(),
        _ => {
            operator.refuse("one of In, NotIn, Exists and DoesNotExist");
            false
        }
    }
}
