//! The `decimal` datatype.

use serde::{Deserialize, Serialize};
use serde_json::Number;

/// A number as it stands in the document: `1` and `1.0` are kept apart.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(transparent)]
pub struct Decimal(pub Number);

impl Default for Decimal {
    fn default() -> Self {
        Self(Number::from(0))
    }
}
