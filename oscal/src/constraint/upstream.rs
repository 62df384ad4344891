//! Constraints of OSCAL that are wrong as published, and what is done about each.
//!
//! The list is applied unless [`super::Rules::with_upstream_defects`] asks for the constraints as they are.

use super::rule::rule_id;
use crate::schema::{Constraint, Declaration};

/// A constraint of OSCAL that is wrong as published.
#[derive(Debug)]
pub struct Defect {
    /// Short name of the module and path of the definition, see [`Declaration`].
    pub definition: &'static str,
    /// Kind of the constraint.
    pub kind: &'static str,
    /// Its id, see [`super::rule_id`].
    pub id: &'static str,
    /// Release in which it appeared in this form, as far as the modules at hand tell.
    pub since: &'static str,
    /// Why it is wrong.
    pub why: &'static str,
    /// What is done.
    pub remedy: Remedy,
}

/// What is done about a defect.
#[derive(Debug)]
pub enum Remedy {
    /// The constraint is checked with another target or key pattern.
    Mend(Mend),
    /// The constraint is not checked.
    Leave,
    /// Nothing: the constraint is checked as published, and finds nothing or what it should not be about.
    Nothing,
}

/// What stands instead of what was published.
#[derive(Debug)]
pub struct Mend {
    /// Target of the constraint.
    pub target: Option<&'static str>,
    /// Pattern of its key fields that have none.
    pub pattern: Option<&'static str>,
}

const NO_FRAGMENT: &str = "The key is `@href` as it stands, `#` and all, and the index holds uuids: no reference into \
the document can ever be found. Other constraints of this shape have the pattern `#(.*)`. A link that leaves the document \
is none of this index' business.";

/// The defects of the release that the tables follow.
pub const DEFECTS: &[Defect] = &[
    Defect {
        definition: "oscal-ssp/system-implementation",
        kind: "index-has-key",
        id: "oscal-system-implementation-component-depends-on-link-index",
        since: "1.2.2",
        why: NO_FRAGMENT,
        remedy: Remedy::Mend(Mend {
            target: Some("component/link[@rel='depends-on' and starts-with(@href,'#')]"),
            pattern: Some("#(.*)"),
        }),
    },
    Defect {
        definition: "oscal-ssp/system-implementation",
        kind: "index-has-key",
        id: "oscal-index-system-implementation-component-uuid-service",
        since: "1.2.2",
        why: NO_FRAGMENT,
        remedy: Remedy::Mend(Mend {
            target: Some("component/link[@rel='uses-service' and starts-with(@href,'#')]"),
            pattern: Some("#(.*)"),
        }),
    },
    Defect {
        definition: "oscal-ssp/system-implementation",
        kind: "index-has-key",
        id: "oscal-system-implementation-validation-index",
        since: "1.2.2",
        why: NO_FRAGMENT,
        remedy: Remedy::Mend(Mend { target: None, pattern: Some("#(.*)") }),
    },
    Defect {
        definition: "oscal-assessment-common/assessment-part",
        kind: "has-cardinality",
        id: "oscal-assesment-part-objective-cardinality",
        since: "1.2.2",
        why: "The target counts the props `method` of objectives, from every assessment part: a part that is no objective \
has none of them and always too few.",
        remedy: Remedy::Mend(Mend {
            target: Some(
                ".[not(@name='objective')]|prop[has-oscal-namespace('http://csrc.nist.gov/ns/oscal') and @name='method']",
            ),
            pattern: None,
        }),
    },
    Defect {
        definition: "oscal-assessment-common/local-objective",
        kind: "has-cardinality",
        id: "oscal-assessment-method-id-cardinality",
        since: "1.2.2",
        why: "It asks for a prop `method-id` in the namespace of OSCAL, a name that `oscal-part-prop-name` forbids: no \
entry of `objectives-and-methods` can keep both.",
        remedy: Remedy::Leave,
    },
    Defect {
        definition: "oscal-mapping-common/map/relationship",
        kind: "allowed-values",
        id: "oscal-mapping-common/map/relationship",
        since: "1.2.2",
        why: "The target asks for the namespace of the field `relationship`, which has no flag `ns`: it stands at the \
`map` around it, to let others have relationships of their own. As published, `ns` changes nothing.",
        remedy: Remedy::Mend(Mend {
            target: Some(".[..[has-oscal-namespace('http://csrc.nist.gov/ns/oscal')]]"),
            pattern: None,
        }),
    },
    Defect {
        definition: "oscal-metadata/metadata",
        kind: "index",
        id: "oscal-index-metadata-roles",
        since: "1.2.2",
        why: "The index `oscal-index-metadata-role-id` collects the same, and no reference looks in this one: every \
duplicate would be reported twice.",
        remedy: Remedy::Leave,
    },
    Defect {
        definition: "oscal-metadata/metadata",
        kind: "is-unique",
        id: "oscal-metadata-unique-document-id",
        since: "1.2.2",
        why: "`oscal-unique-metadata-doc-id` asks for the same: every duplicate would be reported twice.",
        remedy: Remedy::Leave,
    },
    Defect {
        definition: "oscal-metadata/action",
        kind: "allowed-values",
        id: "oscal-metadata-action-system-values",
        since: "1.2.2",
        why: "The target is `./system/@value`, and `system` is a flag: it selects nothing.",
        remedy: Remedy::Nothing,
    },
    Defect {
        definition: "oscal-metadata/action",
        kind: "allowed-values",
        id: "oscal-metadata-action-type-values",
        since: "1.2.2",
        why: "The target is `./type[…]/@value`, and `type` is a flag: it selects nothing.",
        remedy: Remedy::Nothing,
    },
    Defect {
        definition: "oscal-metadata/back-matter/resource",
        kind: "is-unique",
        id: "oscal-unique-resource-base64-filename",
        since: "1.2.2",
        why: "A resource has at most one `base64`: no two can have the same name.",
        remedy: Remedy::Nothing,
    },
    Defect {
        definition: "oscal-implementation-common/inventory-item",
        kind: "allowed-values",
        id: "oscal-inventory-item-hardware-service-software-prop-name-values",
        since: "1.2.2",
        why: "The target asks for the flag `type` of an inventory item, which has none.",
        remedy: Remedy::Nothing,
    },
    Defect {
        definition: "oscal-component-definition/defined-component",
        kind: "allowed-values",
        id: "oscal-component-implementation-point-value",
        since: "1.2.2",
        why: "`implementation-point` is not in the set of names of this definition: a document that keeps the set never \
meets the constraint.",
        remedy: Remedy::Nothing,
    },
    Defect {
        definition: "oscal-component-definition/defined-component",
        kind: "matches",
        id: "oscal-component-inherited-uuid-value-datatype",
        since: "1.2.2",
        why: "`inherited-uuid` is not in the set of names of this definition: a document that keeps the set never meets \
the constraint.",
        remedy: Remedy::Nothing,
    },
    Defect {
        definition: "oscal-component-definition/defined-component",
        kind: "index-has-key",
        id: "oscal-index-metadata-location-uuid",
        since: "1.2.2",
        why: "The id is that of the index it looks in. `physical-location` is a name for inventory items, not for \
components, and the target does not ask for the namespace of OSCAL: the constraint binds names of other namespaces only.",
        remedy: Remedy::Nothing,
    },
    Defect {
        definition: "oscal-implementation-common/system-component",
        kind: "index-has-key",
        id: "oscal-component-prop-physical-location",
        since: "1.2.2",
        why: "`physical-location` is a name for inventory items, not for components, and the target does not ask for the \
namespace of OSCAL: the constraint binds names of other namespaces only.",
        remedy: Remedy::Nothing,
    },
];

/// The defect of a constraint.
pub(super) fn defect(declaration: &Declaration, constraint: &Constraint) -> Option<&'static Defect> {
    let id = rule_id(declaration, constraint);
    DEFECTS.iter().find(|defect| {
        defect.id == id
            && defect.kind == constraint.check.kind()
            && defect.definition.split_once('/') == Some((declaration.module, declaration.path))
    })
}
