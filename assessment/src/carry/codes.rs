//! Codes of findings about mapping collections that carry results: `PB062x`.

use probity_diagnostics::Code;

/// A collection between other catalogs.
pub const CARRY_UNTIED: Code = Code {
    id: "PB0620",
    title: "mapping collection is about other catalogs",
    explanation: "A [[assessment.carry]] table names a mapping collection, but none of its mappings is between the profile \
or a catalog behind it of the assessment that results come from, and those of the assessment that they are carried to. The \
`href` of source-resource and target-resource must lead to these very files: counted from the mapping collection, by \
`content:`, by a location that a [[map]] answers, or by a resource of its back matter. Which of the two is the source does \
not matter.",
};

/// A map that carries nothing.
pub const CARRY_BLOCKED: Code = Code {
    id: "PB0621",
    title: "map carries no result",
    explanation: "A mapping collection says of its maps how far they may be relied on. A result is carried only where the \
status is `complete`, where no qualifier limits the map, where its confidence is not below `confidence` of the \
[[assessment.carry]] table (medium, if left out; `any` takes maps that state none), and where its relationship is one of \
OSCAL's. Status and confidence may stand at the map, its mapping or the provenance; the narrowest counts. A percentage from \
0.8 is high, from 0.5 medium. What the other assessment found is still shown beside the control.",
};

/// Given results that cannot be read.
pub const CARRY_RESULTS: Code = Code {
    id: "PB0622",
    title: "results to carry cannot be read",
    explanation: "The assessment results that are carried to another catalog could not be read. They are written by the \
build just before; build again, and see that nothing else writes below build/.",
};
