//! Which texts of the models are references, and what to.

use super::kind::Kinds;
use super::walk::{At, Node};

/// A reference by identifier.
#[derive(Clone, Copy, Debug)]
pub(super) struct Reference<'v> {
    /// What it may name.
    pub(super) wanted: Kinds,
    /// What is named, for messages.
    pub(super) noun: &'static str,
    /// Several of them, for what is not checked.
    pub(super) plural: &'static str,
    /// Where it is looked for.
    pub(super) place: Place<'v>,
    /// The control that the part named belongs to.
    pub(super) control: Option<&'v str>,
}

/// Where something is looked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Place<'v> {
    /// In the document and what it imports.
    Main,
    /// In the catalog that this href names.
    Href(&'v str),
    /// In leveraged systems.
    Leveraged,
}

type Names = (Kinds, &'static str, &'static str);

const CONTROL: Names = (Kinds::CONTROL, "control", "control ids");
const STATEMENT: Names = (Kinds::PART, "statement", "statement ids");
const OBJECTIVE: Names = (Kinds::PART, "objective", "objective ids");
const ROLE: Names = (Kinds::ROLE, "role", "role ids");
const PARTY: Names = (Kinds::PARTY, "party", "party uuids");
const COMPONENT: Names = (Kinds::COMPONENT, "component", "component uuids");
const TASK: Names = (Kinds::TASK, "task", "task uuids");
const IMPLEMENTATION: Names =
    (Kinds::IMPLEMENTATION, "implementation statement", "uuids of implementation statements");
pub(super) const PARAMETER: Names = (Kinds::PARAM, "parameter", "parameter ids");

impl<'v> Reference<'v> {
    /// A reference from the place at hand.
    pub(super) fn new((wanted, noun, plural): Names, at: &At<'v>) -> Self {
        Self { wanted, noun, plural, place: Place::of(at), control: None }
    }

    /// The reference that a property of the object at hand is, if it is one that the standard's constraints do not
    /// check.
    pub(super) fn of(at: &At<'v>, property: &str) -> Option<Self> {
        let node = at.node()?;
        let name = node.definition.name;
        let of_control = |names| Self { control: of_control(at), ..Self::new(names, at) };
        Some(match (name, property) {
            ("implemented-requirement" | "local-objective" | "select-control-by-id", "control-id") => {
                Self::new(CONTROL, at)
            }
            ("statement", "statement-id") | ("select-control-by-id", "statement-ids") => {
                of_control(STATEMENT)
            }
            ("select-objective-by-id", "objective-id") => Self::new(OBJECTIVE, at),
            ("finding-target", "target-id") => Self::new(target(node), at),
            ("mapping-item", "id-ref") => Self::new(mapped(node), at),
            // Resolution looks at the parameters that profiles set, the compiler at those of metrics.
            ("set-parameter", "param-id") if at.root() == "profile" || is_of_metric(node) => return None,
            ("set-parameter", "param-id") | ("parameter" | "set-parameter", "depends-on") => {
                Self::new(PARAMETER, at)
            }
            ("inherited", "provided-uuid") => Self::leveraged((
                Kinds::PROVIDED,
                "provided implementation",
                "uuids of provided implementations",
            )),
            ("satisfied", "responsibility-uuid") => {
                Self::leveraged((Kinds::RESPONSIBILITY, "responsibility", "uuids of responsibilities"))
            }
            _ => Self::new(object(at, node, property)?, at),
        })
    }

    /// The implementation that a link of the object at hand says it is provided by. The constraint of the standard reads
    /// leveraged systems too, which it can only where it is given them.
    pub(super) fn provider(at: &At<'v>) -> Option<Self> {
        let is_provided = at.node()?.text("rel") == Some("provided-by");
        let by_component = at.parent()?.definition.name == "by-component";
        (is_provided && by_component).then(|| Self::leveraged(IMPLEMENTATION))
    }

    fn leveraged((wanted, noun, plural): Names) -> Self {
        Self { wanted, noun, plural, place: Place::Leveraged, control: None }
    }
}

/// What a reference to an object by uuid, or to a role, names.
fn object(at: &At<'_>, node: &Node<'_>, property: &str) -> Option<Names> {
    Some(match (node.definition.name, property) {
        ("responsible-role", "role-id") if is_unconstrained_role(at) => ROLE,
        ("origin-actor" | "logged-by", "role-id") => ROLE,
        ("logged-by" | "leveraged-authorization", "party-uuid") => PARTY,
        (
            "incorporates-component" | "implemented-component" | "by-component" | "uses-component",
            "component-uuid",
        ) => COMPONENT,
        ("dependency", "task-uuid") => TASK,
        // A plan of action and milestones imports no assessment plan, which is where such tasks stand.
        ("related-task", "task-uuid") if at.root() != "plan-of-action-and-milestones" => TASK,
        ("associated-activity", "activity-uuid") => (Kinds::ACTIVITY, "activity", "activity uuids"),
        ("select-subject-by-id" | "subject-reference", "subject-uuid") => subject(node),
        ("origin-actor", "actor-uuid") => actor(at, node)?,
        ("related-observation", "observation-uuid") => {
            (Kinds::OBSERVATION, "observation", "observation uuids")
        }
        ("associated-risk", "risk-uuid") => (Kinds::RISK, "risk", "risk uuids"),
        ("related-response", "response-uuid") => (Kinds::RESPONSE, "risk response", "response uuids"),
        ("related-finding", "finding-uuid") => (Kinds::FINDING, "finding", "finding uuids"),
        ("finding", "implementation-statement-uuid") | ("mitigating-factor", "implementation-uuid") => {
            IMPLEMENTATION
        }
        _ => return None,
    })
}

impl<'v> Place<'v> {
    /// Where controls, parts and parameters that are named at a place are looked for.
    fn of(at: &At<'v>) -> Self {
        let href = match at.root() {
            "component-definition" => {
                at.around("control-implementation").and_then(|around| around.text("source"))
            }
            "mapping-collection" => side(at),
            _ => None,
        };
        href.map_or(Self::Main, Self::Href)
    }
}

/// The resource that one side of a mapping is about.
fn side<'v>(at: &At<'v>) -> Option<&'v str> {
    let resource = match at.around("mapping-item")?.property {
        "sources" => "source-resource",
        _ => "target-resource",
    };
    at.around("mapping")?.members.get(resource)?.get("href")?.as_str()
}

/// The control that a statement is named with.
fn of_control<'v>(at: &At<'v>) -> Option<&'v str> {
    let node = at.node()?;
    node.text("control-id").or_else(|| at.parent()?.text("control-id"))
}

/// Whether the parameter that is set is the one of a metric, which no catalog has.
fn is_of_metric(node: &Node<'_>) -> bool {
    node.text("param-id").is_some_and(|id| id.ends_with("_target"))
}

fn target(node: &Node<'_>) -> Names {
    if node.text("type") == Some("objective-id") { OBJECTIVE } else { STATEMENT }
}

fn mapped(node: &Node<'_>) -> Names {
    if node.text("type") == Some("statement") { STATEMENT } else { CONTROL }
}

/// What a subject of an assessment is: the types of the standard, and anything else.
fn subject(node: &Node<'_>) -> Names {
    let (kind, noun) = match node.text("type") {
        Some("component") => (Kinds::COMPONENT, "component"),
        Some("inventory-item") => (Kinds::ITEM, "inventory item"),
        Some("location") => (Kinds::LOCATION, "location"),
        Some("party") => (Kinds::PARTY, "party"),
        Some("user") => (Kinds::USER, "user"),
        Some("resource") => (Kinds::RESOURCE, "back-matter resource"),
        _ => (Kinds::ANY, "object"),
    };
    (kind, noun, "subject uuids")
}

/// What made an observation. The assets of an assessment stand in its plan, which a plan of action and milestones does
/// not import.
fn actor(at: &At<'_>, node: &Node<'_>) -> Option<Names> {
    let far = at.root() == "plan-of-action-and-milestones";
    let (kind, noun) = match node.text("type")? {
        "party" => (Kinds::PARTY, "party"),
        "tool" if !far => (Kinds::COMPONENT, "component"),
        "assessment-platform" if !far => (Kinds::PLATFORM, "assessment platform"),
        _ => return None,
    };
    Some((kind, noun, "actor uuids"))
}

/// Whether no constraint of the standard looks at the role of a `responsible-role`.
fn is_unconstrained_role(at: &At<'_>) -> bool {
    at.root() != "system-security-plan" || at.around("implemented-requirement").is_none()
}

/// Roles of components that the standard names, which need no definition.
pub(super) const STANDARD_ROLES: [&str; 13] = [
    "asset-owner",
    "asset-administrator",
    "security-operations",
    "network-operations",
    "incident-response",
    "help-desk",
    "configuration-management",
    "maintainer",
    "provider",
    "isa-poc-local",
    "isa-poc-remote",
    "isa-authorizing-official-local",
    "isa-authorizing-official-remote",
];

/// Whether a constraint of the standard (`index-has-key`) looks at the fragment of an href.
pub(super) fn constraint_sees_href(at: &At<'_>) -> bool {
    let (Some(node), Some(parent)) = (at.node(), at.parent()) else { return false };
    if node.definition.name != "link" {
        return false;
    }
    let Some(rel) = node.text("rel") else { return false };
    match parent.definition.name {
        _ if rel == "reference" => true,
        "control" => {
            at.root() == "catalog" && ["related", "required", "incorporated-into", "moved-to"].contains(&rel)
        }
        "system-component" => {
            at.around("system-implementation").is_some()
                && ["depends-on", "uses-service", "validation"].contains(&rel)
        }
        "system-information" => rel == "privacy-impact-assessment",
        "diagram" => rel == "diagram",
        "leveraged-authorization" => rel == "system-security-plan",
        "by-component" => rel == "provided-by",
        _ => false,
    }
}
