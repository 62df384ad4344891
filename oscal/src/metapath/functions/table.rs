//! Names and arguments of the functions.

/// A function.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::metapath) enum Function {
    HasOscalNamespace,
    Name,
    NamespaceUri,
    Path,
    Root,
    BaseUri,
    StaticBaseUri,
    HasChildren,
    Innermost,
    Outermost,
    Doc,
    DocAvailable,
    ResolveProfile,
    ResolveUri,
    ResolveReference,
    RecurseDepth,
    EncodeForUri,
    String,
    StringLength,
    NormalizeSpace,
    Concat,
    StringJoin,
    Substring,
    SubstringBefore,
    SubstringAfter,
    StartsWith,
    EndsWith,
    Contains,
    ContainsToken,
    UpperCase,
    LowerCase,
    Translate,
    Compare,
    CodepointsToString,
    StringToCodepoints,
    Matches,
    Replace,
    Tokenize,
    Not,
    Boolean,
    True,
    False,
    Exists,
    Empty,
    Count,
    Sum,
    Min,
    Max,
    Avg,
    Abs,
    Round,
    Floor,
    Ceiling,
    Number,
    Data,
    DistinctValues,
    IndexOf,
    Head,
    Tail,
    Reverse,
    Subsequence,
    InsertBefore,
    Remove,
    DeepEqual,
    Sort,
    ZeroOrOne,
    OneOrMore,
    ExactlyOne,
    Unordered,
    Position,
    Last,
    Error,
    CurrentDate,
    CurrentDateTime,
    Year,
    Month,
    Day,
    Hours,
    Minutes,
    Seconds,
    DurationYears,
    DurationMonths,
    DurationDays,
    DurationHours,
    DurationMinutes,
    MapMerge,
    MapEntry,
    MapGet,
    MapContains,
    MapKeys,
    MapSize,
    MapPut,
    MapRemove,
    ArraySize,
    ArrayGet,
    ArrayFlatten,
}

/// What a function is called with.
#[derive(Debug)]
pub(in crate::metapath) struct Signature {
    name: &'static str,
    pub(in crate::metapath) function: Function,
    /// Least and greatest number of arguments.
    least: u8,
    pub(in crate::metapath) most: u8,
    /// Whether the context item is the first argument where one is missing.
    pub(in crate::metapath) context: bool,
}

impl Signature {
    const fn of(name: &'static str, function: Function, least: u8, most: u8) -> Self {
        Self { name, function, least, most, context: false }
    }

    const fn here(name: &'static str, function: Function, least: u8, most: u8) -> Self {
        Self { name, function, least, most, context: true }
    }

    pub(in crate::metapath) fn takes(&self, count: usize) -> bool {
        (usize::from(self.least)..=usize::from(self.most)).contains(&count)
    }

    /// How many arguments, in words.
    pub(in crate::metapath) fn arity(&self) -> String {
        match (self.least, self.most) {
            (0, 0) => "no arguments".to_owned(),
            (1, 1) => "1 argument".to_owned(),
            (least, most) if least == most => format!("{least} arguments"),
            (least, u8::MAX..) => format!("{least} or more arguments"),
            (least, most) => format!("{least} to {most} arguments"),
        }
    }
}

/// The function with this name, with `map:` or `array:` before it where it is of them.
pub(in crate::metapath) fn signature(name: &str) -> Option<&'static Signature> {
    SIGNATURES.iter().find(|signature| signature.name == name)
}

/// The names of all functions.
pub(in crate::metapath) fn names() -> impl Iterator<Item = &'static str> {
    SIGNATURES.iter().map(|signature| signature.name)
}

/// The file that evaluates a function.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::metapath) enum Room {
    Nodes,
    Documents,
    Strings,
    Numbers,
    Moments,
    Maps,
    Sequences,
}

/// Where a function is evaluated.
pub(in crate::metapath) const fn room(function: Function) -> Room {
    match function {
        Function::HasOscalNamespace
        | Function::Name
        | Function::NamespaceUri
        | Function::Path
        | Function::Root
        | Function::HasChildren
        | Function::Innermost
        | Function::Outermost => Room::Nodes,
        Function::BaseUri
        | Function::StaticBaseUri
        | Function::Doc
        | Function::DocAvailable
        | Function::ResolveProfile
        | Function::ResolveUri
        | Function::ResolveReference
        | Function::EncodeForUri
        | Function::RecurseDepth => Room::Documents,
        Function::String
        | Function::StringLength
        | Function::NormalizeSpace
        | Function::Concat
        | Function::StringJoin
        | Function::Substring
        | Function::SubstringBefore
        | Function::SubstringAfter
        | Function::StartsWith
        | Function::EndsWith
        | Function::Contains
        | Function::ContainsToken
        | Function::UpperCase
        | Function::LowerCase
        | Function::Translate
        | Function::Compare
        | Function::CodepointsToString
        | Function::StringToCodepoints
        | Function::Matches
        | Function::Replace
        | Function::Tokenize => Room::Strings,
        Function::Count
        | Function::Sum
        | Function::Min
        | Function::Max
        | Function::Avg
        | Function::Abs
        | Function::Round
        | Function::Floor
        | Function::Ceiling
        | Function::Number => Room::Numbers,
        Function::CurrentDate
        | Function::CurrentDateTime
        | Function::Year
        | Function::Month
        | Function::Day
        | Function::Hours
        | Function::Minutes
        | Function::Seconds
        | Function::DurationYears
        | Function::DurationMonths
        | Function::DurationDays
        | Function::DurationHours
        | Function::DurationMinutes => Room::Moments,
        Function::MapMerge
        | Function::MapEntry
        | Function::MapGet
        | Function::MapContains
        | Function::MapKeys
        | Function::MapSize
        | Function::MapPut
        | Function::MapRemove
        | Function::ArraySize
        | Function::ArrayGet
        | Function::ArrayFlatten => Room::Maps,
        _ => Room::Sequences,
    }
}

/// Whether a function may give a number.
pub(in crate::metapath) const fn perhaps_number(function: Function) -> bool {
    !matches!(
        function,
        Function::HasOscalNamespace
            | Function::Name
            | Function::NamespaceUri
            | Function::Path
            | Function::Root
            | Function::BaseUri
            | Function::StaticBaseUri
            | Function::HasChildren
            | Function::Innermost
            | Function::Outermost
            | Function::Doc
            | Function::DocAvailable
            | Function::ResolveProfile
            | Function::ResolveUri
            | Function::ResolveReference
            | Function::EncodeForUri
            | Function::String
            | Function::NormalizeSpace
            | Function::Concat
            | Function::StringJoin
            | Function::Substring
            | Function::SubstringBefore
            | Function::SubstringAfter
            | Function::StartsWith
            | Function::EndsWith
            | Function::Contains
            | Function::ContainsToken
            | Function::UpperCase
            | Function::LowerCase
            | Function::Translate
            | Function::CodepointsToString
            | Function::Matches
            | Function::Replace
            | Function::Tokenize
            | Function::Not
            | Function::Boolean
            | Function::True
            | Function::False
            | Function::Exists
            | Function::Empty
            | Function::DeepEqual
            | Function::CurrentDate
            | Function::CurrentDateTime
            | Function::MapContains
    )
}

static SIGNATURES: &[Signature] = &[
    Signature::here("has-oscal-namespace", Function::HasOscalNamespace, 1, 2),
    Signature::here("name", Function::Name, 0, 1),
    Signature::here("local-name", Function::Name, 0, 1),
    Signature::here("namespace-uri", Function::NamespaceUri, 0, 1),
    Signature::here("path", Function::Path, 0, 1),
    Signature::here("root", Function::Root, 0, 1),
    Signature::here("base-uri", Function::BaseUri, 0, 1),
    Signature::here("document-uri", Function::BaseUri, 0, 1),
    Signature::of("static-base-uri", Function::StaticBaseUri, 0, 0),
    Signature::here("has-children", Function::HasChildren, 0, 1),
    Signature::of("innermost", Function::Innermost, 1, 1),
    Signature::of("outermost", Function::Outermost, 1, 1),
    Signature::of("doc", Function::Doc, 1, 1),
    Signature::of("doc-available", Function::DocAvailable, 1, 1),
    Signature::here("resolve-profile", Function::ResolveProfile, 0, 1),
    Signature::of("resolve-uri", Function::ResolveUri, 1, 2),
    Signature::of("resolve-reference", Function::ResolveReference, 1, 1),
    Signature::of("recurse-depth", Function::RecurseDepth, 1, 2),
    Signature::of("encode-for-uri", Function::EncodeForUri, 1, 1),
    Signature::here("string", Function::String, 0, 1),
    Signature::here("string-length", Function::StringLength, 0, 1),
    Signature::here("normalize-space", Function::NormalizeSpace, 0, 1),
    Signature::of("concat", Function::Concat, 2, u8::MAX),
    Signature::of("string-join", Function::StringJoin, 1, 2),
    Signature::of("substring", Function::Substring, 2, 3),
    Signature::of("substring-before", Function::SubstringBefore, 2, 2),
    Signature::of("substring-after", Function::SubstringAfter, 2, 2),
    Signature::of("starts-with", Function::StartsWith, 2, 2),
    Signature::of("ends-with", Function::EndsWith, 2, 2),
    Signature::of("contains", Function::Contains, 2, 2),
    Signature::of("contains-token", Function::ContainsToken, 2, 2),
    Signature::of("upper-case", Function::UpperCase, 1, 1),
    Signature::of("lower-case", Function::LowerCase, 1, 1),
    Signature::of("translate", Function::Translate, 3, 3),
    Signature::of("compare", Function::Compare, 2, 2),
    Signature::of("codepoints-to-string", Function::CodepointsToString, 1, 1),
    Signature::of("string-to-codepoints", Function::StringToCodepoints, 1, 1),
    Signature::of("matches", Function::Matches, 2, 3),
    Signature::of("replace", Function::Replace, 3, 4),
    Signature::of("tokenize", Function::Tokenize, 1, 3),
    Signature::of("not", Function::Not, 1, 1),
    Signature::of("boolean", Function::Boolean, 1, 1),
    Signature::of("true", Function::True, 0, 0),
    Signature::of("false", Function::False, 0, 0),
    Signature::of("exists", Function::Exists, 1, 1),
    Signature::of("empty", Function::Empty, 1, 1),
    Signature::of("count", Function::Count, 1, 1),
    Signature::of("sum", Function::Sum, 1, 2),
    Signature::of("min", Function::Min, 1, 1),
    Signature::of("max", Function::Max, 1, 1),
    Signature::of("avg", Function::Avg, 1, 1),
    Signature::of("abs", Function::Abs, 1, 1),
    Signature::of("round", Function::Round, 1, 2),
    Signature::of("floor", Function::Floor, 1, 1),
    Signature::of("ceiling", Function::Ceiling, 1, 1),
    Signature::here("number", Function::Number, 0, 1),
    Signature::here("data", Function::Data, 0, 1),
    Signature::of("distinct-values", Function::DistinctValues, 1, 1),
    Signature::of("index-of", Function::IndexOf, 2, 2),
    Signature::of("head", Function::Head, 1, 1),
    Signature::of("tail", Function::Tail, 1, 1),
    Signature::of("reverse", Function::Reverse, 1, 1),
    Signature::of("subsequence", Function::Subsequence, 2, 3),
    Signature::of("insert-before", Function::InsertBefore, 3, 3),
    Signature::of("remove", Function::Remove, 2, 2),
    Signature::of("deep-equal", Function::DeepEqual, 2, 2),
    Signature::of("sort", Function::Sort, 1, 1),
    Signature::of("zero-or-one", Function::ZeroOrOne, 1, 1),
    Signature::of("one-or-more", Function::OneOrMore, 1, 1),
    Signature::of("exactly-one", Function::ExactlyOne, 1, 1),
    Signature::of("unordered", Function::Unordered, 1, 1),
    Signature::of("position", Function::Position, 0, 0),
    Signature::of("last", Function::Last, 0, 0),
    Signature::of("error", Function::Error, 0, 2),
    Signature::of("current-date", Function::CurrentDate, 0, 0),
    Signature::of("current-dateTime", Function::CurrentDateTime, 0, 0),
    Signature::of("year-from-date", Function::Year, 1, 1),
    Signature::of("year-from-dateTime", Function::Year, 1, 1),
    Signature::of("month-from-date", Function::Month, 1, 1),
    Signature::of("month-from-dateTime", Function::Month, 1, 1),
    Signature::of("day-from-date", Function::Day, 1, 1),
    Signature::of("day-from-dateTime", Function::Day, 1, 1),
    Signature::of("hours-from-dateTime", Function::Hours, 1, 1),
    Signature::of("minutes-from-dateTime", Function::Minutes, 1, 1),
    Signature::of("seconds-from-dateTime", Function::Seconds, 1, 1),
    Signature::of("years-from-duration", Function::DurationYears, 1, 1),
    Signature::of("months-from-duration", Function::DurationMonths, 1, 1),
    Signature::of("days-from-duration", Function::DurationDays, 1, 1),
    Signature::of("hours-from-duration", Function::DurationHours, 1, 1),
    Signature::of("minutes-from-duration", Function::DurationMinutes, 1, 1),
    Signature::of("map:merge", Function::MapMerge, 1, 2),
    Signature::of("map:entry", Function::MapEntry, 2, 2),
    Signature::of("map:get", Function::MapGet, 2, 2),
    Signature::of("map:contains", Function::MapContains, 2, 2),
    Signature::of("map:keys", Function::MapKeys, 1, 1),
    Signature::of("map:size", Function::MapSize, 1, 1),
    Signature::of("map:put", Function::MapPut, 3, 3),
    Signature::of("map:remove", Function::MapRemove, 2, 2),
    Signature::of("array:size", Function::ArraySize, 1, 1),
    Signature::of("array:get", Function::ArrayGet, 2, 2),
    Signature::of("array:flatten", Function::ArrayFlatten, 1, 1),
];
