// Written by `cargo xtask schema` from the tables in `oscal/schema`. Do not edit.
//! Types of the mapping module of OSCAL 1.2.2.

use serde::{Deserialize, Serialize};

/// Assembly `mapping` of the mapping module.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct Mapping {
    /// Flag `uuid` (uuid), required.
    pub uuid: String,
    /// Flag `method` (string), optional.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub method: Option<String>,
    /// Flag `matching-rationale` (string), optional.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub matching_rationale: Option<String>,
    /// Flag `status` (string), optional.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub status: Option<String>,
    /// Assembly `source-resource`, required.
    pub source_resource: MappingResourceReference,
    /// Assembly `target-resource`, required.
    pub target_resource: MappingResourceReference,
    /// Assembly `map`, 1 or more.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub maps: Vec<Map>,
    /// Assembly `prop`, any number.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub props: Vec<super::metadata::Property>,
    /// Assembly `link`, any number.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub links: Vec<super::metadata::Link>,
    /// Field `remarks` (markup-multiline), optional.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub remarks: Option<String>,
    /// Field `mapping-description` (markup-multiline), optional.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub mapping_description: Option<String>,
    /// Assembly `source-gap-summary`, optional.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub source_gap_summary: Option<GapSummary>,
    /// Assembly `target-gap-summary`, optional.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub target_gap_summary: Option<GapSummary>,
    /// Assembly `confidence-score`, optional.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub confidence_score: Option<ConfidenceScore>,
    /// Field `coverage`, optional.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub coverage: Option<Coverage>,
}

/// Assembly `map` of the mapping module.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct Map {
    /// Flag `uuid` (uuid), required.
    pub uuid: String,
    /// Flag `ns` (uri), optional, `http://csrc.nist.gov/ns/oscal` where absent.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ns: Option<String>,
    /// Flag `matching-rationale` (string), optional.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub matching_rationale: Option<String>,
    /// Field `relationship` (token), required.
    pub relationship: String,
    /// Assembly `source`, 1 or more.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub sources: Vec<MappingItem>,
    /// Assembly `target`, 1 or more.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub targets: Vec<MappingItem>,
    /// Assembly `qualifier`, any number.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub qualifiers: Vec<QualifierItem>,
    /// Assembly `confidence-score`, optional.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub confidence_score: Option<ConfidenceScore>,
    /// Field `coverage`, optional.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub coverage: Option<Coverage>,
    /// Assembly `prop`, any number.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub props: Vec<super::metadata::Property>,
    /// Assembly `link`, any number.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub links: Vec<super::metadata::Link>,
    /// Field `remarks` (markup-multiline), optional.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub remarks: Option<String>,
}

/// Assembly `mapping-item` of the mapping module.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct MappingItem {
    /// Flag `type` (token), required.
    pub r#type: String,
    /// Flag `id-ref` (string), required.
    pub id_ref: String,
    /// Assembly `prop`, any number.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub props: Vec<super::metadata::Property>,
    /// Assembly `link`, any number.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub links: Vec<super::metadata::Link>,
    /// Field `remarks` (markup-multiline), optional.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub remarks: Option<String>,
}

/// Assembly `mapping-resource-reference` of the mapping module.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct MappingResourceReference {
    /// Flag `ns` (uri), optional, `http://csrc.nist.gov/ns/oscal` where absent.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ns: Option<String>,
    /// Flag `type` (token), required.
    pub r#type: String,
    /// Flag `href` (uri-reference), required.
    pub href: String,
    /// Assembly `prop`, any number.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub props: Vec<super::metadata::Property>,
    /// Assembly `link`, any number.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub links: Vec<super::metadata::Link>,
    /// Field `remarks` (markup-multiline), optional.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub remarks: Option<String>,
}

/// Assembly `qualifier-item` of the mapping module.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct QualifierItem {
    /// Flag `subject` (string), required.
    pub subject: String,
    /// Flag `predicate` (string), required.
    pub predicate: String,
    /// Flag `category` (string), required.
    pub category: String,
    /// Field `description` (markup-multiline), required.
    pub description: String,
    /// Field `remarks` (markup-multiline), optional.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub remarks: Option<String>,
}

/// Assembly `mapping-provenance` of the mapping module.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct MappingProvenance {
    /// Flag `method` (string), required.
    pub method: String,
    /// Flag `matching-rationale` (string), required.
    pub matching_rationale: String,
    /// Flag `status` (string), required.
    pub status: String,
    /// Assembly `confidence-score`, optional.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub confidence_score: Option<ConfidenceScore>,
    /// Field `coverage`, optional.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub coverage: Option<Coverage>,
    /// Field `mapping-description` (markup-multiline), required.
    pub mapping_description: String,
    /// Assembly `responsible-party`, any number.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub responsible_parties: Vec<super::metadata::ResponsibleParty>,
    /// Assembly `prop`, any number.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub props: Vec<super::metadata::Property>,
    /// Assembly `link`, any number.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub links: Vec<super::metadata::Link>,
    /// Field `remarks` (markup-multiline), optional.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub remarks: Option<String>,
}

/// Assembly `gap-summary` of the mapping module.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct GapSummary {
    /// Flag `uuid` (uuid), required.
    pub uuid: String,
    /// Assembly `unmapped-controls`, 1 or more.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub unmapped_controls: Vec<super::control::SelectControlById>,
}

/// Assembly `confidence-score` of the mapping module.
///
/// At most one of `category`, `percentage`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct ConfidenceScore {
    /// Field `category` (string), optional.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub category: Option<String>,
    /// Field `percentage` (decimal), optional.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub percentage: Option<super::Decimal>,
}

/// Field `coverage` of the mapping module.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct Coverage {
    /// Flag `generation-method` (string), optional, `arbitrary` where absent.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub generation_method: Option<String>,
    /// Value `target-coverage` (decimal), required.
    pub target_coverage: super::Decimal,
}

/// Assembly `mapping-collection` of the mapping module.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct MappingCollection {
    /// Flag `uuid` (uuid), required.
    pub uuid: String,
    /// Assembly `metadata`, required.
    pub metadata: super::metadata::Metadata,
    /// Assembly `provenance`, required.
    pub provenance: MappingProvenance,
    /// Assembly `mapping`, 1 or more.
    #[serde(default, skip_serializing_if = "Vec::is_empty", with = "super::singleton_or_array")]
    pub mappings: Vec<Mapping>,
    /// Assembly `back-matter`, optional.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub back_matter: Option<super::metadata::BackMatter>,
}
