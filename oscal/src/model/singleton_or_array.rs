//! Groups that are the item itself where there is one, else an array.

use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// Writes one item alone, several as an array.
pub(super) fn serialize<T: Serialize, S: Serializer>(items: &[T], serializer: S) -> Result<S::Ok, S::Error> {
    match items {
        [only] => only.serialize(serializer),
        several => several.serialize(serializer),
    }
}

/// Reads either form.
pub(super) fn deserialize<'de, T: Deserialize<'de>, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<Vec<T>, D::Error> {
    #[derive(Deserialize)]
    #[serde(untagged)]
    enum Either<T> {
        Several(Vec<T>),
        One(T),
    }
    Ok(match Either::deserialize(deserializer)? {
        Either::Several(items) => items,
        Either::One(item) => vec![item],
    })
}
