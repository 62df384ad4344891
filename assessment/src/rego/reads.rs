//! The read set of a metric: which properties its rules look at.

/// One property that a rule reads.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Read {
    /// Names from the resource inwards; `[]` stands for every element of a list.
    pub path: Vec<String>,
    /// Read under negation, `every`, counting, `else` or a default: a missing value may make the rule hold.
    pub negative: bool,
}

/// What the rules of one check read of a resource of one type.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Reads {
    /// Read by `applicable`.
    pub applicable: Vec<Read>,
    /// Read by `compliant`.
    pub compliant: Vec<Read>,
}
