/// One call of a platform's interface: the permission that it needs, and what
/// is missing without it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Call {
    /// The operation in the platform's words: `DescribeInstances`, `list pods`.
    pub operation: &'static str,
    /// The permission that it needs: `ec2:DescribeInstances`.
    pub permission: &'static str,
    /// The resource types that are missing, or incomplete, without it.
    pub resource_types: &'static [&'static str],
    /// The properties that are missing without it; empty where whole
    /// resources are.
    pub properties: &'static [&'static str],
}

impl Call {
    /// A call that lists resources: without it, nobody knows which there are.
    pub const fn listing(
        operation: &'static str,
        permission: &'static str,
        resource_types: &'static [&'static str],
    ) -> Self {
        Self { operation, permission, resource_types, properties: &[] }
    }

    /// A call that yields properties of resources which another call lists.
    pub const fn detail(
        operation: &'static str,
        permission: &'static str,
        resource_types: &'static [&'static str],
        properties: &'static [&'static str],
    ) -> Self {
        Self { operation, permission, resource_types, properties }
    }

    /// Whether whole resources are missing without it.
    pub fn is_listing(&self) -> bool {
        self.properties.is_empty() && !self.resource_types.is_empty()
    }
}

/// A part of a platform that is read together, and that `--only` names.
#[derive(Debug, PartialEq, Eq)]
pub struct Service {
    /// Its name in lower case: `ec2`, `storage`, `workloads`.
    pub name: &'static str,
    /// The resource types that it yields.
    pub resource_types: &'static [&'static str],
    /// The calls that it is read with.
    pub calls: &'static [Call],
}

impl Service {
    /// Whether it is among the services of these names; where none is named, all are.
    pub fn is_among(&self, names: &[String]) -> bool {
        names.is_empty() || names.iter().any(|name| name == self.name)
    }
}

/// The permissions that reading these services takes, sorted, each once.
pub fn permissions<'a>(services: impl IntoIterator<Item = &'a Service>) -> Vec<&'static str> {
    let calls = services.into_iter().flat_map(|service| service.calls);
    let all: std::collections::BTreeSet<&str> = calls.map(|call| call.permission).collect();
    all.into_iter().filter(|permission| !permission.is_empty()).collect()
}
