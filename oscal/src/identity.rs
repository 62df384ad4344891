//! Identifiers that are the same for the same input.

use uuid::Uuid;

/// Namespace of the props that Probity defines.
pub const PROBITY_NS: &str = "https://w3id.org/probity/oscal/1";

/// Namespace of the props that other compliance-as-code tools read, `Rule_Id` among them.
pub const TRESTLE_NS: &str = "https://oscal-compass.github.io/compliance-trestle/schemas/oscal/cd";

/// Namespace of props that name none: OSCAL's own.
pub const OSCAL_NS: &str = "http://csrc.nist.gov/ns/oscal";

/// The version 5 uuid (RFC 9562, 5.5) of a key made of parts, in the namespace that [`PROBITY_NS`] names.
///
/// Parts are joined with `:`, a `\` or `:` inside a part is escaped, so that different parts give different keys.
pub fn uuid5(parts: &[&str]) -> String {
    let namespace = Uuid::new_v5(&Uuid::NAMESPACE_URL, PROBITY_NS.as_bytes());
    let parts: Vec<String> =
        parts.iter().map(|part| part.replace('\\', "\\\\").replace(':', "\\:")).collect();
    Uuid::new_v5(&namespace, parts.join(":").as_bytes()).to_string()
}
