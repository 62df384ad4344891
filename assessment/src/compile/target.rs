//! Target values, typed by the property that they are compared with.

use probity_evidence::PropertyType;
use serde_json::Value;

use super::metric::Operator;
use super::units;

/// The target value in the units of evidence.
///
/// # Errors
/// The texts are not values of the property's type, or the operator does not suit the property.
pub fn typed(kind: &PropertyType, operator: Operator, texts: &[String]) -> Result<Value, String> {
    suits(kind, operator)?;
    if operator.takes_list() {
        let values: Result<Vec<Value>, String> =
            texts.iter().map(|text| units::value(kind.element(), text)).collect();
        return values.map(Value::Array);
    }
    match texts {
        [only] => units::value(kind, only),
        _ => Err(format!("`{operator}` compares with one value, and here are {}", texts.len())),
    }
}

/// Whether the operator can compare values of this type.
fn suits(kind: &PropertyType, operator: Operator) -> Result<(), String> {
    let is_list = matches!(kind, PropertyType::List(_));
    let is_ordered = matches!(
        kind,
        PropertyType::Integer
            | PropertyType::Number
            | PropertyType::Duration
            | PropertyType::Size
            | PropertyType::Percentage
            | PropertyType::Port
            | PropertyType::Version
    );
    match operator {
        Operator::AllIn | Operator::HasAny if !is_list => {
            Err(format!("`{operator}` looks into a list, and the property is one {kind}"))
        }
        Operator::AllIn | Operator::HasAny => Ok(()),
        _ if is_list => {
            Err(format!("`{operator}` compares single values, and the property is a list: {kind}"))
        }
        _ if operator.orders() && !is_ordered => {
            Err(format!("`{operator}` orders numbers and versions, not {kind}"))
        }
        _ => Ok(()),
    }
}
