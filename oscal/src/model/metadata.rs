// Written by `cargo xtask schema` from the tables in `oscal/schema`. Do not edit.
//! Types of the metadata module of OSCAL 1.2.2.

use serde::{Deserialize, Serialize};

/// Assembly `metadata` of the metadata module.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct Metadata {
    /// Field `title` (markup-line), required.
    pub title: String,
    /// Field `published` (date-time-with-timezone), optional.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub published: Option<String>,
    /// Field `last-modified` (date-time-with-timezone), required.
    pub last_modified: String,
    /// Field `version` (string), required.
    pub version: String,
    /// Field `oscal-version` (string), required.
    pub oscal_version: String,
    /// Assembly `revision`, any number.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub revisions: Vec<Revision>,
    /// Field `document-id`, any number.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub document_ids: Vec<DocumentId>,
    /// Assembly `prop`, any number.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub props: Vec<Property>,
    /// Assembly `link`, any number.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub links: Vec<Link>,
    /// Assembly `role`, any number.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub roles: Vec<Role>,
    /// Assembly `location`, any number.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub locations: Vec<Location>,
    /// Assembly `party`, any number.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub parties: Vec<Party>,
    /// Assembly `responsible-party`, any number.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub responsible_parties: Vec<ResponsibleParty>,
    /// Assembly `action`, any number.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub actions: Vec<Action>,
    /// Field `remarks` (markup-multiline), optional.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub remarks: Option<String>,
}

/// Assembly `revision` of the metadata module.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct Revision {
    /// Field `title` (markup-line), optional.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    /// Field `published` (date-time-with-timezone), optional.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub published: Option<String>,
    /// Field `last-modified` (date-time-with-timezone), optional.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub last_modified: Option<String>,
    /// Field `version` (string), required.
    pub version: String,
    /// Field `oscal-version` (string), optional.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub oscal_version: Option<String>,
    /// Assembly `prop`, any number.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub props: Vec<Property>,
    /// Assembly `link`, any number.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub links: Vec<Link>,
    /// Field `remarks` (markup-multiline), optional.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub remarks: Option<String>,
}

/// Assembly `role` of the metadata module.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct Role {
    /// Flag `id` (token), required.
    pub id: String,
    /// Field `title` (markup-line), required.
    pub title: String,
    /// Field `short-name` (string), optional.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub short_name: Option<String>,
    /// Field `description` (markup-multiline), optional.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    /// Assembly `prop`, any number.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub props: Vec<Property>,
    /// Assembly `link`, any number.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub links: Vec<Link>,
    /// Field `remarks` (markup-multiline), optional.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub remarks: Option<String>,
}

/// Assembly `location` of the metadata module.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct Location {
    /// Flag `uuid` (uuid), required.
    pub uuid: String,
    /// Field `title` (markup-line), optional.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    /// Assembly `address`, optional.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub address: Option<Address>,
    /// Field `email-address` (email-address), any number.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub email_addresses: Vec<String>,
    /// Field `telephone-number`, any number.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub telephone_numbers: Vec<TelephoneNumber>,
    /// Field `url` (uri), any number, deprecated since 1.1.0.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub urls: Vec<String>,
    /// Assembly `prop`, any number.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub props: Vec<Property>,
    /// Assembly `link`, any number.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub links: Vec<Link>,
    /// Field `remarks` (markup-multiline), optional.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub remarks: Option<String>,
}

/// Assembly `party` of the metadata module.
///
/// At most one of `addresses`, `location-uuids`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct Party {
    /// Flag `uuid` (uuid), required.
    pub uuid: String,
    /// Flag `type` (string), required.
    pub r#type: String,
    /// Field `name` (string), optional.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// Field `short-name` (string), optional.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub short_name: Option<String>,
    /// Field `external-id`, any number.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub external_ids: Vec<ExternalId>,
    /// Assembly `prop`, any number.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub props: Vec<Property>,
    /// Assembly `link`, any number.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub links: Vec<Link>,
    /// Field `email-address` (email-address), any number.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub email_addresses: Vec<String>,
    /// Field `telephone-number`, any number.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub telephone_numbers: Vec<TelephoneNumber>,
    /// Assembly `address`, any number.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub addresses: Vec<Address>,
    /// Field `location-uuid` (uuid), any number.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub location_uuids: Vec<String>,
    /// Field `member-of-organization` (uuid), any number.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub member_of_organizations: Vec<String>,
    /// Field `remarks` (markup-multiline), optional.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub remarks: Option<String>,
}

/// Field `external-id` of the metadata module.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct ExternalId {
    /// Flag `scheme` (uri), required.
    pub scheme: String,
    /// Value `id` (string), required.
    pub id: String,
}

/// Assembly `back-matter` of the metadata module.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct BackMatter {
    /// Assembly `resource`, any number.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub resources: Vec<Resource>,
}

/// Assembly `resource` of the metadata module.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct Resource {
    /// Flag `uuid` (uuid), required.
    pub uuid: String,
    /// Field `title` (markup-line), optional.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    /// Field `description` (markup-multiline), optional.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    /// Assembly `prop`, any number.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub props: Vec<Property>,
    /// Field `document-id`, any number.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub document_ids: Vec<DocumentId>,
    /// Assembly `citation`, optional.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub citation: Option<Citation>,
    /// Assembly `rlink`, any number.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub rlinks: Vec<Rlink>,
    /// Field `base64`, optional.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub base64: Option<Base64>,
    /// Field `remarks` (markup-multiline), optional.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub remarks: Option<String>,
}

/// Assembly `citation` of the metadata module.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct Citation {
    /// Field `text` (markup-line), required.
    pub text: String,
    /// Assembly `prop`, any number.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub props: Vec<Property>,
    /// Assembly `link`, any number.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub links: Vec<Link>,
}

/// Assembly `rlink` of the metadata module.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct Rlink {
    /// Flag `href` (uri-reference), required.
    pub href: String,
    /// Flag `media-type` (string), optional.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub media_type: Option<String>,
    /// Field `hash`, any number.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub hashes: Vec<Hash>,
}

/// Field `base64` of the metadata module.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct Base64 {
    /// Flag `filename` (token), optional.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub filename: Option<String>,
    /// Flag `media-type` (string), optional.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub media_type: Option<String>,
    /// Value `value` (base64), required.
    pub value: String,
}

/// Assembly `property` of the metadata module.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct Property {
    /// Flag `name` (token), required.
    pub name: String,
    /// Flag `uuid` (uuid), optional.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub uuid: Option<String>,
    /// Flag `ns` (uri), optional, `http://csrc.nist.gov/ns/oscal` where absent.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ns: Option<String>,
    /// Flag `value` (string), required.
    pub value: String,
    /// Flag `class` (token), optional.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub class: Option<String>,
    /// Flag `group` (token), optional.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub group: Option<String>,
    /// Field `remarks` (markup-multiline), optional.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub remarks: Option<String>,
}

/// Assembly `link` of the metadata module.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct Link {
    /// Flag `href` (uri-reference), required.
    pub href: String,
    /// Flag `rel` (token), optional.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub rel: Option<String>,
    /// Flag `media-type` (string), optional.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub media_type: Option<String>,
    /// Flag `resource-fragment` (string), optional.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub resource_fragment: Option<String>,
    /// Field `text` (markup-line), optional.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub text: Option<String>,
}

/// Assembly `responsible-party` of the metadata module.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct ResponsibleParty {
    /// Flag `role-id` (token), required.
    pub role_id: String,
    /// Field `party-uuid` (uuid), 1 or more.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub party_uuids: Vec<String>,
    /// Assembly `prop`, any number.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub props: Vec<Property>,
    /// Assembly `link`, any number.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub links: Vec<Link>,
    /// Field `remarks` (markup-multiline), optional.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub remarks: Option<String>,
}

/// Assembly `action` of the metadata module.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct Action {
    /// Flag `uuid` (uuid), required.
    pub uuid: String,
    /// Flag `date` (date-time-with-timezone), optional.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub date: Option<String>,
    /// Flag `type` (token), required.
    pub r#type: String,
    /// Flag `system` (uri), required.
    pub system: String,
    /// Assembly `prop`, any number.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub props: Vec<Property>,
    /// Assembly `link`, any number.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub links: Vec<Link>,
    /// Assembly `responsible-party`, any number.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub responsible_parties: Vec<ResponsibleParty>,
    /// Field `remarks` (markup-multiline), optional.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub remarks: Option<String>,
}

/// Assembly `responsible-role` of the metadata module.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct ResponsibleRole {
    /// Flag `role-id` (token), required.
    pub role_id: String,
    /// Assembly `prop`, any number.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub props: Vec<Property>,
    /// Assembly `link`, any number.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub links: Vec<Link>,
    /// Field `party-uuid` (uuid), any number.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub party_uuids: Vec<String>,
    /// Field `remarks` (markup-multiline), optional.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub remarks: Option<String>,
}

/// Field `hash` of the metadata module.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct Hash {
    /// Flag `algorithm` (string), required.
    pub algorithm: String,
    /// Value `value` (string), required.
    pub value: String,
}

/// Field `telephone-number` of the metadata module.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct TelephoneNumber {
    /// Flag `type` (string), optional.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub r#type: Option<String>,
    /// Value `number` (string), required.
    pub number: String,
}

/// Assembly `address` of the metadata module.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct Address {
    /// Flag `type` (token), optional.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub r#type: Option<String>,
    /// Field `addr-line` (string), any number.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub addr_lines: Vec<String>,
    /// Field `city` (string), optional.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub city: Option<String>,
    /// Field `state` (string), optional.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub state: Option<String>,
    /// Field `postal-code` (string), optional.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub postal_code: Option<String>,
    /// Field `country` (string), optional.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub country: Option<String>,
}

/// Field `document-id` of the metadata module.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct DocumentId {
    /// Flag `scheme` (uri), optional.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub scheme: Option<String>,
    /// Value `identifier` (string), required.
    pub identifier: String,
}
