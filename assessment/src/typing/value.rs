//! What is known of a value before a metric has run.

use probity_evidence::{PropertyType, TypeName};

/// How many possibilities a value keeps apart before it counts as unknown.
const MAX_KINDS: usize = 24;

/// What a number counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Measure {
    /// Nothing that is known: a literal goes with every measure.
    Bare,
    /// How many.
    Count,
    /// A plain number of the ontology, or what division leaves of another measure.
    Plain,
    /// From 0 to 100.
    Percentage,
    /// Seconds.
    Duration,
    /// Bytes.
    Size,
    /// A port.
    Port,
}

impl Measure {
    /// Whether values of the two can be compared with each other.
    pub(super) fn goes_with(self, other: Self) -> bool {
        let loose = |one: Self| matches!(one, Self::Count | Self::Plain);
        self == other || self == Self::Bare || other == Self::Bare || (loose(self) && loose(other))
    }

    fn name(self) -> &'static str {
        match self {
            Self::Bare | Self::Plain => "a number",
            Self::Count => "a whole number",
            Self::Percentage => "a percentage",
            Self::Duration => "a duration in seconds",
            Self::Size => "a size in bytes",
            Self::Port => "a port",
        }
    }
}

/// What a text says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Tongue {
    /// Nothing that is known, or a literal.
    Plain,
    /// A dotted version.
    Version,
    /// An instant.
    DateTime,
    /// An address range.
    Cidr,
    /// The id of a resource of this type.
    Reference(TypeName),
}

impl Tongue {
    fn name(&self) -> String {
        match self {
            Self::Plain => "a string".to_owned(),
            Self::Version => "a version".to_owned(),
            Self::DateTime => "an instant, written as text".to_owned(),
            Self::Cidr => "an address range".to_owned(),
            Self::Reference(target) => format!("the id of a {target}"),
        }
    }

    /// Whether texts of the two can be equal.
    pub(super) fn goes_with(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Plain, _) | (_, Self::Plain) | (Self::Reference(_), Self::Reference(_)) => true,
            _ => self == other,
        }
    }
}

/// From the least to the most that a number can be.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Range {
    pub(super) least: f64,
    pub(super) most: f64,
}

impl Range {
    pub(super) const ANY: Self = Self { least: f64::NEG_INFINITY, most: f64::INFINITY };

    pub(super) fn only(number: f64) -> Self {
        Self { least: number, most: number }
    }

    /// The number, where there is but one.
    pub(super) fn single(self) -> Option<f64> {
        (self.least >= self.most).then_some(self.least)
    }

    pub(super) fn within(self, other: Self) -> Self {
        Self { least: self.least.max(other.least), most: self.most.min(other.most) }
    }

    pub(super) fn is_empty(self) -> bool {
        self.least > self.most
    }
}

/// An array or a set.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct List {
    pub(super) is_set: bool,
    /// What its elements are.
    pub(super) each: Box<Abstract>,
    /// The elements, where they are all known.
    pub(super) items: Option<Vec<Abstract>>,
    /// Whether it has at least one element.
    pub(super) filled: bool,
}

/// An object.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Object {
    /// The resource that is judged.
    Own,
    /// A related resource of one of these types.
    Resource(Vec<TypeName>),
    /// The related resources by id.
    Related,
    /// A feature of the ontology.
    Feature(TypeName),
    /// Texts by name.
    Labels,
    /// Written out in the metric.
    Fields(Vec<(Option<String>, Abstract)>),
    /// Its values are these.
    Map(Box<Abstract>),
    /// A part of the data document.
    Data(Vec<String>),
}

/// One shape that a value can have.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Kind {
    Null,
    Boolean(Option<bool>),
    Number(Measure, Range),
    Text(Tongue, Option<String>),
    List(List),
    Object(Object),
    /// Nothing is known.
    Any,
}

impl Kind {
    /// The name of its type in Rego.
    pub(super) fn type_name(&self) -> Option<&'static str> {
        Some(match self {
            Self::Null => "null",
            Self::Boolean(_) => "boolean",
            Self::Number(..) => "number",
            Self::Text(..) => "string",
            Self::List(list) if list.is_set => "set",
            Self::List(_) => "array",
            Self::Object(_) => "object",
            Self::Any => return None,
        })
    }

    /// In words, for messages.
    fn name(&self) -> String {
        match self {
            Self::Null => "null".to_owned(),
            Self::Boolean(_) => "a boolean".to_owned(),
            Self::Number(measure, _) => measure.name().to_owned(),
            Self::Text(tongue, _) => tongue.name(),
            Self::List(list) if list.is_set => "a set".to_owned(),
            Self::List(_) => "a list".to_owned(),
            Self::Object(Object::Feature(name)) => format!("the feature {name}"),
            Self::Object(Object::Own | Object::Resource(_)) => "a resource".to_owned(),
            Self::Object(Object::Labels) => "a map of labels".to_owned(),
            Self::Object(_) => "an object".to_owned(),
            Self::Any => "a value".to_owned(),
        }
    }
}

/// A place that can be told from others: a value that was narrowed there stays narrow.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Path {
    /// The resource (0), or one run of a variable over a list.
    pub(super) base: u32,
    pub(super) steps: Vec<String>,
}

/// Where a value stands in the words of the ontology.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Place {
    /// The resource type.
    pub(super) owner: TypeName,
    /// The names from there, joined by dots.
    pub(super) dotted: String,
    /// Whether the resource is a related one.
    pub(super) related: bool,
}

/// Where a value was taken from, as far as comparisons ask.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum Source {
    /// Computed or mixed.
    #[default]
    Other,
    /// Written in the metric.
    Literal,
    /// The metric's target value.
    Target,
    /// The metric's operator.
    Operator,
}

/// What is known of a value: all that it can be.
#[derive(Debug, Clone, PartialEq, Default)]
pub(super) struct Abstract {
    pub(super) kinds: Vec<Kind>,
    /// Whether it may be undefined though everything was collected.
    pub(super) undefined: bool,
    pub(super) path: Option<Path>,
    pub(super) place: Option<Place>,
    pub(super) source: Source,
}

impl Abstract {
    pub(super) fn of(kind: Kind) -> Self {
        Self { kinds: vec![kind], ..Self::default() }
    }

    /// Nothing is known of it.
    pub(super) fn unknown() -> Self {
        Self { kinds: vec![Kind::Any], undefined: true, ..Self::default() }
    }

    /// It has no value, ever.
    pub(super) fn never() -> Self {
        Self { undefined: true, ..Self::default() }
    }

    pub(super) fn boolean(known: Option<bool>) -> Self {
        Self::of(Kind::Boolean(known))
    }

    pub(super) fn number(measure: Measure) -> Self {
        Self::of(Kind::Number(measure, Range::ANY))
    }

    pub(super) fn count(range: Range) -> Self {
        Self::of(Kind::Number(Measure::Count, range))
    }

    pub(super) fn text(tongue: Tongue) -> Self {
        Self::of(Kind::Text(tongue, None))
    }

    pub(super) fn constant_text(text: &str) -> Self {
        Self::of(Kind::Text(Tongue::Plain, Some(text.to_owned())))
    }

    /// A list of values like `each`.
    pub(super) fn list(each: Self, is_set: bool, filled: bool) -> Self {
        Self::of(Kind::List(List { is_set, each: Box::new(each), items: None, filled }))
    }

    /// A list of exactly these.
    pub(super) fn list_of(items: Vec<Self>, is_set: bool) -> Self {
        let each = items.iter().cloned().reduce(Self::or).unwrap_or_else(Self::never);
        let filled = !items.is_empty();
        Self::of(Kind::List(List { is_set, each: Box::new(each), items: Some(items), filled }))
    }

    /// What a property of this type holds; null counts as a value of its own.
    pub(super) fn of_property(kind: &PropertyType) -> Self {
        match kind {
            PropertyType::Boolean => Self::boolean(None),
            PropertyType::Integer => Self::number(Measure::Count),
            PropertyType::Number => Self::number(Measure::Plain),
            PropertyType::Percentage => {
                Self::of(Kind::Number(Measure::Percentage, Range { least: 0.0, most: 100.0 }))
            }
            PropertyType::Duration => Self::number(Measure::Duration),
            PropertyType::Size => {
                Self::of(Kind::Number(Measure::Size, Range { least: 0.0, most: f64::INFINITY }))
            }
            PropertyType::Port => Self::of(Kind::Number(Measure::Port, Range { least: 0.0, most: 65535.0 })),
            PropertyType::String => Self::text(Tongue::Plain),
            PropertyType::Version => Self::text(Tongue::Version),
            PropertyType::DateTime => Self::text(Tongue::DateTime),
            PropertyType::Cidr => Self::text(Tongue::Cidr),
            PropertyType::Reference(target) => Self::text(Tongue::Reference(target.clone())),
            PropertyType::Labels => Self::of(Kind::Object(Object::Labels)),
            PropertyType::Feature(name) => Self::of(Kind::Object(Object::Feature(name.clone()))),
            PropertyType::List(element) => Self::list(Self::of_property(element), false, false),
        }
    }

    /// A constant of the metric, in the type of `like` where it has one.
    pub(super) fn constant(value: &serde_json::Value) -> Self {
        match value {
            serde_json::Value::Null => Self::of(Kind::Null),
            serde_json::Value::Bool(known) => Self::boolean(Some(*known)),
            serde_json::Value::Number(number) => {
                let range = number.as_f64().map_or(Range::ANY, Range::only);
                Self::of(Kind::Number(Measure::Bare, range))
            }
            serde_json::Value::String(text) => Self::constant_text(text),
            serde_json::Value::Array(items) => {
                Self::list_of(items.iter().map(Self::constant).collect(), false)
            }
            serde_json::Value::Object(members) => {
                let fields = members.iter().map(|(key, value)| (Some(key.clone()), Self::constant(value)));
                Self::of(Kind::Object(Object::Fields(fields.collect())))
            }
        }
    }

    /// One or the other.
    pub(super) fn or(mut self, other: Self) -> Self {
        for kind in other.kinds {
            if !self.kinds.contains(&kind) {
                self.kinds.push(kind);
            }
        }
        if self.kinds.len() > MAX_KINDS || self.kinds.contains(&Kind::Any) {
            self.kinds = vec![Kind::Any];
        }
        self.undefined |= other.undefined;
        if self.path != other.path {
            self.path = None;
        }
        if self.place != other.place {
            self.place = None;
        }
        if self.source != other.source {
            self.source = Source::Other;
        }
        self
    }

    #[must_use]
    pub(super) fn maybe_undefined(mut self) -> Self {
        self.undefined = true;
        self
    }

    #[must_use]
    pub(super) fn from(mut self, source: Source) -> Self {
        self.source = source;
        self
    }

    /// Whether nothing is known of it.
    pub(super) fn is_unknown(&self) -> bool {
        self.kinds.contains(&Kind::Any)
    }

    /// Whether it never has a value.
    pub(super) fn is_never(&self) -> bool {
        self.kinds.is_empty()
    }

    pub(super) fn may_be_null(&self) -> bool {
        self.kinds.contains(&Kind::Null)
    }

    /// Whether it is null and nothing else.
    pub(super) fn is_null(&self) -> bool {
        self.kinds == [Kind::Null]
    }

    /// The same without null.
    pub(super) fn but_null(&self) -> Self {
        let mut other = self.clone();
        other.kinds.retain(|kind| *kind != Kind::Null);
        other
    }

    /// Whether a statement that is this value can hold.
    pub(super) fn can_hold(&self) -> bool {
        self.kinds.iter().any(|kind| *kind != Kind::Boolean(Some(false)))
    }

    /// Whether a statement that is this value can fail to hold.
    pub(super) fn can_fail(&self) -> bool {
        let fails = |kind: &Kind| matches!(kind, Kind::Any | Kind::Boolean(None | Some(false)));
        self.undefined || self.kinds.iter().any(fails)
    }

    /// The one text that it is.
    pub(super) fn as_text(&self) -> Option<&str> {
        match self.kinds.as_slice() {
            [Kind::Text(_, Some(text))] => Some(text),
            _ => None,
        }
    }

    /// In words, null left aside.
    pub(super) fn name(&self) -> String {
        let mut names: Vec<String> = Vec::new();
        for kind in &self.kinds {
            let name = kind.name();
            if (*kind != Kind::Null || self.kinds.len() == 1) && !names.contains(&name) {
                names.push(name);
            }
        }
        names.join(" or ")
    }
}
