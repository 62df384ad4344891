//! Kinds of things that are referred to.

/// A set of kinds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Kinds(u32);

impl Kinds {
    pub(super) const RESOURCE: Self = Self(1);
    pub(super) const CONTROL: Self = Self(1 << 1);
    pub(super) const GROUP: Self = Self(1 << 2);
    pub(super) const PART: Self = Self(1 << 3);
    pub(super) const PARAM: Self = Self(1 << 4);
    pub(super) const ROLE: Self = Self(1 << 5);
    pub(super) const PARTY: Self = Self(1 << 6);
    pub(super) const LOCATION: Self = Self(1 << 7);
    pub(super) const COMPONENT: Self = Self(1 << 8);
    pub(super) const CAPABILITY: Self = Self(1 << 9);
    pub(super) const USER: Self = Self(1 << 10);
    pub(super) const ITEM: Self = Self(1 << 11);
    pub(super) const PLATFORM: Self = Self(1 << 12);
    pub(super) const ACTIVITY: Self = Self(1 << 13);
    pub(super) const TASK: Self = Self(1 << 14);
    pub(super) const OBSERVATION: Self = Self(1 << 15);
    pub(super) const RISK: Self = Self(1 << 16);
    pub(super) const RESPONSE: Self = Self(1 << 17);
    pub(super) const FINDING: Self = Self(1 << 18);
    pub(super) const PROVIDED: Self = Self(1 << 19);
    pub(super) const RESPONSIBILITY: Self = Self(1 << 20);
    /// What an SSP says of the implementation of a control or a statement.
    pub(super) const IMPLEMENTATION: Self = Self(1 << 21);
    /// Everything else that has an identifier.
    pub(super) const OTHER: Self = Self(1 << 22);

    pub(super) const NONE: Self = Self(0);
    pub(super) const ANY: Self = Self(u32::MAX);
    /// What documents that import a catalog look for in it.
    pub(super) const OF_CATALOGS: Self = Self::CONTROL.or(Self::GROUP).or(Self::PART).or(Self::PARAM);
    /// What documents about a system look for in its system security plan.
    pub(super) const OF_SYSTEMS: Self = Self::ROLE
        .or(Self::PARTY)
        .or(Self::LOCATION)
        .or(Self::COMPONENT)
        .or(Self::USER)
        .or(Self::ITEM)
        .or(Self::RESOURCE)
        .or(Self::PROVIDED)
        .or(Self::RESPONSIBILITY)
        .or(Self::IMPLEMENTATION)
        .or(Self::OTHER);
    /// What results look for in their assessment plan besides.
    pub(super) const OF_PLANS: Self = Self::PLATFORM.or(Self::ACTIVITY).or(Self::TASK);
    /// What component definitions look for in others.
    pub(super) const OF_COMPONENTS: Self = Self::COMPONENT.or(Self::CAPABILITY);

    /// Both sets together.
    pub(super) const fn or(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// Whether the sets share a kind.
    pub(super) const fn meets(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }

    /// The kind of the objects of a definition.
    pub(super) fn of(definition: &str) -> Self {
        match definition {
            "resource" => Self::RESOURCE,
            "control" => Self::CONTROL,
            "group" => Self::GROUP,
            "part" => Self::PART,
            "parameter" => Self::PARAM,
            "role" => Self::ROLE,
            "party" => Self::PARTY,
            "location" => Self::LOCATION,
            "defined-component" | "system-component" => Self::COMPONENT,
            "capability" => Self::CAPABILITY,
            "system-user" => Self::USER,
            "inventory-item" => Self::ITEM,
            "assessment-platform" => Self::PLATFORM,
            "activity" => Self::ACTIVITY,
            "task" => Self::TASK,
            "observation" => Self::OBSERVATION,
            "risk" => Self::RISK,
            "response" => Self::RESPONSE,
            "finding" => Self::FINDING,
            "provided" => Self::PROVIDED,
            "responsibility" => Self::RESPONSIBILITY,
            "implemented-requirement" | "statement" | "by-component" => Self::IMPLEMENTATION,
            _ => Self::OTHER,
        }
    }

    /// What an object of the first kind in the set is called, with its article; none where it has no name of its own.
    pub(super) fn noun(self) -> Option<&'static str> {
        const NOUNS: [(Kinds, &str); 22] = [
            (Kinds::RESOURCE, "a back-matter resource"),
            (Kinds::CONTROL, "a control"),
            (Kinds::GROUP, "a group"),
            (Kinds::PART, "a part"),
            (Kinds::PARAM, "a parameter"),
            (Kinds::ROLE, "a role"),
            (Kinds::PARTY, "a party"),
            (Kinds::LOCATION, "a location"),
            (Kinds::COMPONENT, "a component"),
            (Kinds::CAPABILITY, "a capability"),
            (Kinds::USER, "a user"),
            (Kinds::ITEM, "an inventory item"),
            (Kinds::PLATFORM, "an assessment platform"),
            (Kinds::ACTIVITY, "an activity"),
            (Kinds::TASK, "a task"),
            (Kinds::OBSERVATION, "an observation"),
            (Kinds::RISK, "a risk"),
            (Kinds::RESPONSE, "a risk response"),
            (Kinds::FINDING, "a finding"),
            (Kinds::PROVIDED, "a provided implementation"),
            (Kinds::RESPONSIBILITY, "a responsibility"),
            (Kinds::IMPLEMENTATION, "an implementation statement"),
        ];
        let found = NOUNS.iter().find(|(kind, _)| kind.meets(self));
        found.map(|(_, noun)| *noun)
    }
}

/// Spaces of identifiers: within one of them an identifier names one thing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Space {
    /// Uuids of all objects.
    Uuids,
    /// Ids of controls, groups and parts.
    Controls,
    /// Ids of parameters.
    Parameters,
    /// Ids of roles.
    Roles,
}

impl Space {
    /// The space that identifiers of objects of a kind are in.
    pub(super) fn of(kind: Kinds, key: &str) -> Self {
        match kind {
            _ if key == "uuid" => Self::Uuids,
            Kinds::PARAM => Self::Parameters,
            Kinds::ROLE => Self::Roles,
            _ => Self::Controls,
        }
    }
}
