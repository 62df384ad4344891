//! Random documents made from the tables.

use probity_oscal::schema::{Choice, Datatype, Definition, Group, Property, ROOTS, Shape};
use serde_json::{Map, Value, json};

/// Levels of objects after which only what is required is made.
const DEEP: usize = 6;

/// A valid document; the same for the same seed.
pub(crate) fn document(seed: u64) -> Value {
    let mut dice = Dice(seed | 1);
    let root = &ROOTS[dice.below(ROOTS.len())];
    json!({ root.key: object(root.definition, &mut dice, 0) })
}

/// Numbers by the xorshift method.
pub(crate) struct Dice(pub(crate) u64);

impl Dice {
    pub(crate) fn below(&mut self, limit: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from((self.0 >> 11) % limit as u64).unwrap()
    }

    pub(crate) fn pick<T: Copy>(&mut self, from: &[T]) -> T {
        from[self.below(from.len())]
    }
}

fn object(definition: &Definition, dice: &mut Dice, depth: usize) -> Value {
    let mut members = Map::new();
    let chosen: Vec<usize> =
        definition.choices.iter().filter_map(|choice| branch(choice, dice, depth)).collect();
    let in_choice = |index| definition.choices.iter().any(|choice| choice.properties.contains(&index));
    for (index, property) in definition.properties.iter().enumerate() {
        let optional = depth < DEEP && dice.below(3 + depth / 2) == 0;
        let stands =
            if in_choice(index) { chosen.contains(&index) } else { property.range.min > 0 || optional };
        if stands {
            members.insert(property.json.to_owned(), value(property, dice, depth));
        }
    }
    Value::Object(members)
}

fn branch(choice: &Choice, dice: &mut Dice, depth: usize) -> Option<usize> {
    let taken = choice.required || depth < DEEP && dice.below(2) == 0;
    taken.then(|| dice.pick(choice.properties))
}

fn value(property: &Property, dice: &mut Dice, depth: usize) -> Value {
    let count = 1 + dice.below(3);
    match property.group {
        Group::Single => item(property, dice, depth),
        Group::SingletonOrArray if count == 1 => item(property, dice, depth),
        Group::SingletonOrArray | Group::Array => (0..count).map(|_| item(property, dice, depth)).collect(),
    }
}

fn item(property: &Property, dice: &mut Dice, depth: usize) -> Value {
    match property.shape {
        Shape::Object(definition) => object(definition, dice, depth + 1),
        Shape::Scalar(_) if !property.values.is_empty() => dice.pick(property.values).into(),
        Shape::Scalar(datatype) => scalar(datatype, dice),
    }
}

const STRINGS: &[&str] = &[
    "yes",
    "0777",
    "2026-11-21",
    "1e3",
    "- a",
    "#",
    "'",
    "\"",
    "ä: ö",
    "null",
    "x, y",
    "a  b",
    "a\tb",
    "<&>",
    "]]>",
    "&amp;",
    "<?markdown?>",
    "{{ insert: param, p }}",
    "a\u{a0}b",
];

/// Pieces of one line.
const LINES: &[&str] = &[
    "yes",
    "*Rows* and `columns`",
    "1.10",
    "a: b # c",
    "{{ insert: param, p-1_b }}",
    "*",
    "**",
    "_",
    "`",
    "\"",
    "\\",
    "~",
    "^",
    "[",
    "]",
    "(",
    ")",
    "[a](b)",
    "[a](<b c> \"t\")",
    "![x](y)",
    " ",
    "  ",
    "\t",
    "word",
    "ä",
    "<b>",
    "<!-- c -->",
    "&amp;",
    "&",
    "{{",
    "]]>",
    "?>",
    "\u{a0}",
    "\u{fdd0}",
    "\u{f0000}",
    "\u{2028}",
    "# ",
    "> ",
    "- ",
    "1. ",
    "|",
    "---",
    "\\\"",
];

/// Pieces of several lines.
const PROSE: &[&str] = &[
    "yes",
    "One.\n\nTwo.",
    "- a\n- b\n",
    "* a\n* b\n",
    "    code\n",
    "\n",
    "\n\n",
    " ",
    "a \n b",
    "\r\n",
    "\r",
    "\t",
    "1. a\n   1. b\n\n   c",
    "3) a",
    "> q\n> r",
    "# h",
    "h\n===",
    "```\ncode `x`\n```",
    "|a|b|\n|:-|-:|\n|*c*|d|\n",
    "---",
    "*em*",
    "**strong**",
    "\"q *e* q\"",
    "a~1~",
    "b^2^",
    "{{ insert: param, p }}",
    "[a *b*](c \"d\")",
    "![x](y)",
    "`c`",
    "\\",
    "*",
    "_",
    "\"",
    "<p>",
    "&#65;",
    "a\\\nb",
    "a  \nb",
    "[x]: y",
    "\u{1}",
    "{{",
    "word",
    "\u{85}",
];

/// Blocks of prose as the publishers write them, and a few odd ones.
const BLOCKS: &[&str] = &[
    "",
    "no",
    "One.\n\nTwo.",
    "Before:\n\n* a\n* b\n\n\nAfter.",
    "```\n  a\n\n\n b\n```",
    "1. a\n1. b\n",
    "long long long long",
    "# h\n\n> q",
    "| a | b |\n| --- | :---: |\n| 1 | *2* |",
    " lead and trail ",
    "\u{1}",
];

/// Prose of several lines; the same for the same seed.
pub(crate) fn prose(seed: u64) -> String {
    markup(PROSE, &mut Dice(seed | 1))
}

/// Text made of pieces, not empty.
fn markup(pieces: &[&str], dice: &mut Dice) -> String {
    (0..=dice.below(6)).map(|_| dice.pick(pieces)).collect()
}

fn scalar(datatype: Datatype, dice: &mut Dice) -> Value {
    let text = match datatype {
        Datatype::Boolean => return (dice.below(2) == 0).into(),
        Datatype::Integer | Datatype::NonNegativeInteger | Datatype::PositiveInteger => {
            return (1 + dice.below(9)).into();
        }
        Datatype::Decimal => return dice.pick(&[1.0, 0.25]).into(),
        Datatype::Base64 => dice.pick(&["aGVsbG8=", "AAAA", "//8="]),
        Datatype::Date => dice.pick(&["2026-11-21", "2024-02-29Z"]),
        Datatype::DateTimeWithTimezone => {
            dice.pick(&["2026-11-21T10:00:00Z", "2000-02-29T23:59:59.25+05:45"])
        }
        Datatype::EmailAddress => dice.pick(&["mail@example.org", "yes@no"]),
        Datatype::MarkupLine => return markup(LINES, dice).into(),
        Datatype::MarkupMultiline if dice.below(3) == 0 => dice.pick(BLOCKS),
        Datatype::MarkupMultiline => return markup(PROSE, dice).into(),
        Datatype::String => dice.pick(STRINGS),
        Datatype::Token => dice.pick(&["no", "on", "ac-1_smt.a", "éa", "_1"]),
        Datatype::Uri => dice.pick(&["https://example.org/a?b=c#d", "urn:example:a"]),
        Datatype::UriReference => dice.pick(&["#a", "../a.json", "a%20b.json", "https://example.org/"]),
        Datatype::Uuid => {
            dice.pick(&["6f1d1c52-5f0a-4d0e-9a3b-0d6a4b6f1a01", "6F1D1C52-5F0A-5D0E-AA3B-0D6A4B6F1A01"])
        }
    };
    text.into()
}
