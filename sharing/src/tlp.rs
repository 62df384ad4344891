//! The labels of the Traffic Light Protocol, version 2.0 of FIRST, and how they are read.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

/// A label, from the one that everybody may see to the one that only the persons addressed may see.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Label {
    /// No limit.
    Clear,
    /// The community, and no public channel.
    Green,
    /// Need to know: the own organisation and its clients.
    Amber,
    /// Need to know: the own organisation only.
    AmberStrict,
    /// The persons addressed, and nobody else.
    Red,
}

/// Why a text is no label, and what would be one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NoLabel {
    /// What was written, with characters beyond printable ASCII escaped.
    pub written: String,
    /// What to write instead.
    pub help: String,
}

impl Label {
    /// All labels, from the widest audience to the narrowest.
    pub const ALL: [Self; 5] = [Self::Clear, Self::Green, Self::Amber, Self::AmberStrict, Self::Red];

    /// What a document is that nobody marked.
    pub const UNMARKED: Self = Self::Amber;

    /// The name without the prefix: `AMBER+STRICT`.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Clear => "CLEAR",
            Self::Green => "GREEN",
            Self::Amber => "AMBER",
            Self::AmberStrict => "AMBER+STRICT",
            Self::Red => "RED",
        }
    }

    /// The label as it stands in documents: `TLP:AMBER+STRICT`.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Clear => "TLP:CLEAR",
            Self::Green => "TLP:GREEN",
            Self::Amber => "TLP:AMBER",
            Self::AmberStrict => "TLP:AMBER+STRICT",
            Self::Red => "TLP:RED",
        }
    }

    /// The label as part of a file's name, where `:` and `+` do harm: `TLP-AMBER-STRICT`.
    #[must_use]
    pub const fn in_file_name(self) -> &'static str {
        match self {
            Self::Clear => "TLP-CLEAR",
            Self::Green => "TLP-GREEN",
            Self::Amber => "TLP-AMBER",
            Self::AmberStrict => "TLP-AMBER-STRICT",
            Self::Red => "TLP-RED",
        }
    }

    /// The colour of its letters, red, green and blue, as FIRST gives it for TLP 2.0. They stand on black.
    #[must_use]
    pub const fn ink(self) -> [u8; 3] {
        match self {
            Self::Clear => [0xff, 0xff, 0xff],
            Self::Green => [0x33, 0xff, 0x00],
            Self::Amber | Self::AmberStrict => [0xff, 0xc0, 0x00],
            Self::Red => [0xff, 0x2b, 0x2b],
        }
    }

    /// The label that a name without prefix says; `WHITE` and `YELLOW` are those of before 2022.
    fn named(name: &str) -> Option<Self> {
        match name {
            "WHITE" => Some(Self::Clear),
            "YELLOW" => Some(Self::Amber),
            _ => Self::ALL.into_iter().find(|label| label.name() == name),
        }
    }
}

impl fmt::Display for Label {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl FromStr for Label {
    type Err = NoLabel;

    /// Reads a label with or without `TLP:`, in letters of any case. No spaces, no look-alike letters, no other spelling: whoever
    /// misreads a label shares what must not be shared.
    fn from_str(text: &str) -> Result<Self, NoLabel> {
        let capitals = text.to_ascii_uppercase();
        let name = capitals.strip_prefix("TLP:").unwrap_or(&capitals);
        Self::named(name)
            .ok_or_else(|| NoLabel { written: text.escape_default().to_string(), help: help(text, name) })
    }
}

impl Serialize for Label {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}

impl<'de> Deserialize<'de> for Label {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(de::Error::custom)
    }
}

/// What somebody who wrote this probably meant.
fn help(text: &str, name: &str) -> String {
    if !text.is_ascii() {
        return "it has letters that only look like those of a label: type it anew".to_owned();
    }
    if name == "NONE" {
        return "say CLEAR, or leave it unmarked, which is AMBER".to_owned();
    }
    let bare: String = name.chars().filter(char::is_ascii_alphanumeric).collect();
    let meant = bare.strip_prefix("TLP").filter(|rest| !rest.is_empty()).unwrap_or(&bare);
    let label = if meant == "AMBERSTRICT" { Some(Label::AmberStrict) } else { Label::named(meant) };
    label.map_or_else(
        || "the labels are TLP:CLEAR, TLP:GREEN, TLP:AMBER, TLP:AMBER+STRICT and TLP:RED".to_owned(),
        |label| format!("write {label}"),
    )
}

impl fmt::Display for NoLabel {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "\"{}\" is no label of the Traffic Light Protocol: {}", self.written, self.help)
    }
}

impl std::error::Error for NoLabel {}
