// Written by `cargo xtask schema` from the tables in `oscal/schema`. Do not edit.
//! The datatypes of OSCAL 1.2.2, with the patterns of the published JSON schema.

use crate::schema::JsonType;

/// A datatype of flags and fields.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Datatype {
    /// `base64`
    Base64,
    /// `boolean`
    Boolean,
    /// `date`
    Date,
    /// `date-time-with-timezone`
    DateTimeWithTimezone,
    /// `decimal`
    Decimal,
    /// `email-address`
    EmailAddress,
    /// `integer`
    Integer,
    /// `markup-line`
    MarkupLine,
    /// `markup-multiline`
    MarkupMultiline,
    /// `non-negative-integer`
    NonNegativeInteger,
    /// `positive-integer`
    PositiveInteger,
    /// `string`
    String,
    /// `token`
    Token,
    /// `uri`
    Uri,
    /// `uri-reference`
    UriReference,
    /// `uuid`
    Uuid,
}

impl Datatype {
    /// Name in the Metaschema.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Base64 => "base64",
            Self::Boolean => "boolean",
            Self::Date => "date",
            Self::DateTimeWithTimezone => "date-time-with-timezone",
            Self::Decimal => "decimal",
            Self::EmailAddress => "email-address",
            Self::Integer => "integer",
            Self::MarkupLine => "markup-line",
            Self::MarkupMultiline => "markup-multiline",
            Self::NonNegativeInteger => "non-negative-integer",
            Self::PositiveInteger => "positive-integer",
            Self::String => "string",
            Self::Token => "token",
            Self::Uri => "uri",
            Self::UriReference => "uri-reference",
            Self::Uuid => "uuid",
        }
    }

    /// JSON type of a value.
    pub const fn json(self) -> JsonType {
        match self {
            Self::Boolean => JsonType::Boolean,
            Self::Integer | Self::NonNegativeInteger | Self::PositiveInteger => JsonType::Integer,
            Self::Decimal => JsonType::Number,
            Self::Base64
            | Self::Date
            | Self::DateTimeWithTimezone
            | Self::EmailAddress
            | Self::MarkupLine
            | Self::MarkupMultiline
            | Self::String
            | Self::Token
            | Self::Uri
            | Self::UriReference
            | Self::Uuid => JsonType::String,
        }
    }

    /// Regular expression of a value, in the dialect of JSON schema.
    pub const fn pattern(self) -> Option<&'static str> {
        match self {
            Self::Boolean
            | Self::Integer
            | Self::MarkupMultiline
            | Self::NonNegativeInteger
            | Self::PositiveInteger
            | Self::UriReference => None,
            Self::Date => Some(
                "^(((2000|2400|2800|(19|2[0-9](0[48]|[2468][048]|[13579][26])))-02-29)|(((19|2[0-9])[0-9]{2})-02-(0[1-9]|1[0-9]|2[0-8]))|(((19|2[0-9])[0-9]{2})-(0[13578]|10|12)-(0[1-9]|[12][0-9]|3[01]))|(((19|2[0-9])[0-9]{2})-(0[469]|11)-(0[1-9]|[12][0-9]|30)))(Z|(-((0[0-9]|1[0-2]):00|0[39]:30)|\\+((0[0-9]|1[0-4]):00|(0[34569]|10):30|(0[58]|12):45)))?$",
            ),
            Self::DateTimeWithTimezone => Some(
                "^(((2000|2400|2800|(19|2[0-9](0[48]|[2468][048]|[13579][26])))-02-29)|(((19|2[0-9])[0-9]{2})-02-(0[1-9]|1[0-9]|2[0-8]))|(((19|2[0-9])[0-9]{2})-(0[13578]|10|12)-(0[1-9]|[12][0-9]|3[01]))|(((19|2[0-9])[0-9]{2})-(0[469]|11)-(0[1-9]|[12][0-9]|30)))T(2[0-3]|[01][0-9]):([0-5][0-9]):([0-5][0-9])(\\.[0-9]+)?(Z|(-((0[0-9]|1[0-2]):00|0[39]:30)|\\+((0[0-9]|1[0-4]):00|(0[34569]|10):30|(0[58]|12):45)))$",
            ),
            Self::Decimal => Some("^(\\+|-)?([0-9]+(\\.[0-9]*)?|\\.[0-9]+)$"),
            Self::Token => Some("^(\\p{L}|_)(\\p{L}|\\p{N}|[.\\-_])*$"),
            Self::EmailAddress => Some("^.+@.+$"),
            Self::Uuid => Some(
                "^[0-9A-Fa-f]{8}-[0-9A-Fa-f]{4}-[45][0-9A-Fa-f]{3}-[89ABab][0-9A-Fa-f]{3}-[0-9A-Fa-f]{12}$",
            ),
            Self::Base64 => Some("^[0-9A-Za-z+/]+={0,2}$"),
            Self::MarkupLine => Some("^[^\n]+$"),
            Self::Uri => Some("^[a-zA-Z][a-zA-Z0-9+\\-.]+:.+$"),
            Self::String => Some("^\\S(.*\\S)?$"),
        }
    }

    /// Least value of a number.
    pub const fn minimum(self) -> Option<i64> {
        match self {
            Self::Base64
            | Self::Boolean
            | Self::Date
            | Self::DateTimeWithTimezone
            | Self::Decimal
            | Self::EmailAddress
            | Self::Integer
            | Self::MarkupLine
            | Self::MarkupMultiline
            | Self::String
            | Self::Token
            | Self::Uri
            | Self::UriReference
            | Self::Uuid => None,
            Self::NonNegativeInteger => Some(0),
            Self::PositiveInteger => Some(1),
        }
    }
}
