//! Types, and the operators that name them.

use super::{Kind, Parsed, Parser};
use crate::metapath::syntax::{AtomicType, Expr, ItemType, SequenceType};
use crate::schema::Datatype;

impl Parser<'_, '_> {
    /// `instance of`, `treat as`, `castable as` and `cast as`, after arrows.
    pub(super) fn typed(&mut self) -> Parsed<Expr> {
        let mut value = self.arrows()?;
        if self.is_word(0, "cast") && self.is_word(1, "as") {
            let (to, optional) = self.single_type()?;
            value = Expr::Cast { value: Box::new(value), to, optional };
        }
        if self.is_word(0, "castable") && self.is_word(1, "as") {
            let (to, optional) = self.single_type()?;
            value = Expr::Castable { value: Box::new(value), to, optional };
        }
        if self.is_word(0, "treat") && self.is_word(1, "as") {
            self.at += 2;
            let kind = self.sequence_type()?;
            value = Expr::Treat { value: Box::new(value), kind };
        }
        if self.is_word(0, "instance") && self.is_word(1, "of") {
            self.at += 2;
            let kind = self.sequence_type()?;
            value = Expr::InstanceOf { value: Box::new(value), kind };
        }
        Ok(value)
    }

    /// `=> function(…)` as often as it stands.
    fn arrows(&mut self) -> Parsed<Expr> {
        let mut value = self.unary()?;
        let mut chain = 0;
        while self.symbol("=>") {
            chain += 1;
            if chain > super::DEPTH {
                return self.error("too many operators follow each other");
            }
            let Kind::Name(name) = *self.peek() else {
                return self.error(format!("expected a function, found {}", self.describe()));
            };
            let offset = self.offset();
            let mut arguments = vec![value];
            self.advance();
            arguments.extend(self.arguments()?);
            value = self.called(name, arguments, offset)?;
        }
        Ok(value)
    }

    fn single_type(&mut self) -> Parsed<(AtomicType, bool)> {
        self.at += 2;
        let Kind::Name(name) = *self.peek() else {
            return self.error(format!("expected a type, found {}", self.describe()));
        };
        let Some(to) = atomic_type(name.local) else {
            return self.error(format!("the type {} is not known", self.describe()));
        };
        self.advance();
        Ok((to, self.symbol("?")))
    }

    fn sequence_type(&mut self) -> Parsed<SequenceType> {
        let item = self.item_type()?;
        if item == ItemType::Empty {
            return Ok(SequenceType { item, least: 0, most: 0 });
        }
        let (least, most) = if self.symbol("?") {
            (0, 1)
        } else if self.symbol("*") {
            (0, usize::MAX)
        } else if self.symbol("+") {
            (1, usize::MAX)
        } else {
            (1, 1)
        };
        Ok(SequenceType { item, least, most })
    }

    fn item_type(&mut self) -> Parsed<ItemType> {
        let Kind::Name(name) = *self.peek() else {
            return self.error(format!("expected a type, found {}", self.describe()));
        };
        if !self.is_symbol(1, "(") {
            let Some(found) = atomic_type(name.local) else {
                return self.error(format!("the type {} is not known", self.describe()));
            };
            self.advance();
            return Ok(ItemType::Atomic(found));
        }
        let plain = match name.local {
            "item" => ItemType::Any,
            "empty-sequence" => ItemType::Empty,
            "map" => ItemType::Map,
            "array" => ItemType::Array,
            _ => return Ok(ItemType::Node(self.test()?)),
        };
        self.at += 2;
        self.symbol("*");
        self.expect_symbol(")")?;
        Ok(plain)
    }
}

/// A type by its local name: of XML Schema and of Metaschema.
pub(super) fn atomic_type(name: &str) -> Option<AtomicType> {
    Some(match name {
        "anyAtomicType" | "any-atomic-type" => AtomicType::Any,
        "untypedAtomic" | "untyped-atomic" => AtomicType::Untyped,
        "string" | "markup-line" | "markup-multiline" | "normalizedString" => AtomicType::Text,
        "boolean" => AtomicType::Boolean,
        "integer" | "int" | "long" => AtomicType::Integer,
        "nonNegativeInteger" | "non-negative-integer" => AtomicType::NonNegativeInteger,
        "positiveInteger" | "positive-integer" => AtomicType::PositiveInteger,
        "decimal" => AtomicType::Decimal,
        "numeric" => AtomicType::Numeric,
        "double" | "float" => AtomicType::Double,
        "date" => AtomicType::Date,
        "dateTime" | "date-time" => AtomicType::DateTime,
        "date-with-timezone" => AtomicType::DateWithZone,
        "date-time-with-timezone" | "dateTimeStamp" => AtomicType::DateTimeWithZone,
        "duration" => AtomicType::Duration,
        "dayTimeDuration" | "day-time-duration" => AtomicType::DayTimeDuration,
        "yearMonthDuration" | "year-month-duration" => AtomicType::YearMonthDuration,
        "token" => AtomicType::Formed(Datatype::Token),
        "uuid" => AtomicType::Formed(Datatype::Uuid),
        "anyURI" | "uri-reference" => AtomicType::Formed(Datatype::UriReference),
        "uri" => AtomicType::Formed(Datatype::Uri),
        "email" | "email-address" => AtomicType::Formed(Datatype::EmailAddress),
        "base64" | "base64Binary" => AtomicType::Formed(Datatype::Base64),
        _ => return None,
    })
}
