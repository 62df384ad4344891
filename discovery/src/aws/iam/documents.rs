use std::collections::BTreeMap;

use aws_sdk_iam::types::{AttachedPolicy, GroupDetail, ManagedPolicyDetail, PolicyDetail};

use crate::aws::policy::Policy;

/// Everything, as the platform documents its policy for administrators.
const EVERYTHING: &str = r#"{"Statement":{"Effect":"Allow","Action":"*","Resource":"*"}}"#;

/// The policies that can be attached, and what groups hold. A document that
/// cannot be understood is not there.
pub(super) struct Documents {
    managed: BTreeMap<String, Policy>,
    groups: BTreeMap<String, Powers>,
}

/// What several policies come to.
#[derive(Debug, Clone, Copy)]
pub(super) struct Powers {
    /// Whether one of them allows everything, where that is known.
    all: Option<bool>,
    /// Whether one of them takes everything back.
    nothing: bool,
}

impl Powers {
    /// What is not known.
    const UNKNOWN: Self = Self { all: None, nothing: false };

    /// Whether these come to administrative permissions for who holds all of
    /// them.
    pub(super) fn administrate(all: &[Self]) -> Option<bool> {
        if all.iter().any(|powers| powers.nothing) {
            return Some(false);
        }
        any(all.iter().map(|powers| powers.all))
    }
}

/// Whether a policy is the platform's own.
pub(super) fn is_platforms(arn: &str) -> bool {
    arn.contains(":iam::aws:policy/")
}

impl Documents {
    /// Reads the documents that are in force.
    pub(super) fn read(groups: &[GroupDetail], policies: &[ManagedPolicyDetail]) -> Self {
        let managed = policies.iter().filter_map(|policy| {
            let version = policy.policy_version_list().iter().find(|version| version.is_default_version())?;
            Some((policy.arn()?.to_owned(), Policy::parse(version.document()?)?))
        });
        let mut documents = Self { managed: managed.collect(), groups: BTreeMap::new() };
        for group in groups {
            let held = documents.powers(group.group_policy_list(), group.attached_managed_policies());
            documents.groups.extend(group.group_name().map(|name| (name.to_owned(), held)));
        }
        documents
    }

    /// The policy of an ARN.
    pub(super) fn managed(&self, arn: &str) -> Option<&Policy> {
        self.managed.get(arn)
    }

    /// Whether a managed policy allows everything.
    pub(super) fn is_administrative(&self, arn: &str) -> Option<bool> {
        let policy = self.managed(arn).map(Policy::is_administrative);
        policy.or_else(|| arn.ends_with(":iam::aws:policy/AdministratorAccess").then_some(true))
    }

    /// What the members of a group hold.
    pub(super) fn group(&self, name: &str) -> Powers {
        self.groups.get(name).copied().unwrap_or(Powers::UNKNOWN)
    }

    /// What inline and attached policies come to.
    pub(super) fn powers(&self, inline: &[PolicyDetail], attached: &[AttachedPolicy]) -> Powers {
        let written = inline.iter().map(|policy| Policy::parse(policy.policy_document()?));
        let written: Vec<Option<Policy>> = written.collect();
        let arns = || attached.iter().map(|policy| policy.policy_arn().unwrap_or_default());
        let mut known = written.iter().flatten().chain(arns().filter_map(|arn| self.managed(arn)));
        let held = written.iter().map(|policy| policy.as_ref().map(Policy::is_administrative));
        Powers {
            nothing: known.any(Policy::denies_everything),
            all: any(held.chain(arns().map(|arn| self.is_administrative(arn)))),
        }
    }

    /// Everything that inline and attached policies allow and deny, and
    /// whether each of them is known.
    pub(super) fn permissions(
        &self,
        inline: &[PolicyDetail],
        attached: &[AttachedPolicy],
    ) -> Option<Vec<serde_json::Value>> {
        let mut permissions = Vec::new();
        for policy in inline {
            permissions.extend(Policy::parse(policy.policy_document()?)?.permissions());
        }
        for policy in attached {
            let arn = policy.policy_arn()?;
            match self.managed(arn) {
                Some(policy) => permissions.extend(policy.permissions()),
                None if self.is_administrative(arn) == Some(true) => {
                    permissions.extend(Policy::parse(EVERYTHING)?.permissions());
                }
                None => return None,
            }
        }
        Some(permissions)
    }
}

/// True where one is, false where all are known not to be.
pub(super) fn any(flags: impl Iterator<Item = Option<bool>>) -> Option<bool> {
    let flags: Vec<Option<bool>> = flags.collect();
    if flags.contains(&Some(true)) {
        return Some(true);
    }
    flags.iter().all(Option::is_some).then_some(false)
}
