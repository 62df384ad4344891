//! Ids. Azure compares the ids of its resources without regard to case, and
//! writes one and the same id in several ways. In evidence they stand in lower
//! case throughout, so that references meet.

/// An id as it stands in evidence.
pub(super) fn canonical(id: &str) -> String {
    let id = id.trim().trim_end_matches('/');
    if id.starts_with('/') { id.to_lowercase() } else { format!("/{}", id.to_lowercase()) }
}

/// The id of a subscription.
pub(super) fn subscription(number: &str) -> String {
    canonical(&format!("/subscriptions/{number}"))
}

/// The id of an identity in a directory. Role assignments name it by its
/// object id alone.
pub(super) fn principal(tenant: &str, object: &str) -> String {
    canonical(&format!("/tenants/{tenant}/principals/{object}"))
}

/// The resource group that an id lies in, or the subscription where it lies
/// in none.
pub(super) fn holder(id: &str) -> Option<String> {
    let id = canonical(id);
    let parts: Vec<&str> = id.split('/').skip(1).collect();
    match parts.as_slice() {
        ["subscriptions", subscription, "resourcegroups", group, _, ..] => {
            Some(format!("/subscriptions/{subscription}/resourcegroups/{group}"))
        }
        ["subscriptions", subscription, _, ..] => Some(format!("/subscriptions/{subscription}")),
        _ => None,
    }
}

/// The id of the resource that another one is a part of, `levels` up.
pub(super) fn above(id: &str, levels: usize) -> String {
    let id = canonical(id);
    let mut parts: Vec<&str> = id.split('/').collect();
    parts.truncate(parts.len().saturating_sub(2 * levels));
    parts.join("/")
}

/// The last part of an id.
pub(super) fn name(id: &str) -> &str {
    id.trim_end_matches('/').rsplit('/').next().unwrap_or(id)
}

#[cfg(test)]
mod tests {
    use super::{above, canonical, holder, name};

    const VAULT: &str = "/subscriptions/S/resourceGroups/RG/providers/Microsoft.KeyVault/vaults/Safe";

    #[test]
    fn ids_meet_whatever_their_case() {
        let lower = "/subscriptions/s/resourcegroups/rg/providers/microsoft.keyvault/vaults/safe";
        assert_eq!(canonical(VAULT), lower);
        assert_eq!(canonical(&format!("{VAULT}/")), lower);
        assert_eq!(name(VAULT), "Safe");
        assert_eq!(above(&format!("{VAULT}/keys/k"), 1), lower);
        assert_eq!(above(&format!("{VAULT}/a/b/c/d"), 2), lower);
    }

    #[test]
    fn what_holds_a_resource() {
        assert_eq!(holder(VAULT).unwrap(), "/subscriptions/s/resourcegroups/rg");
        assert_eq!(holder("/subscriptions/s/resourceGroups/rg").unwrap(), "/subscriptions/s");
        assert_eq!(holder("/subscriptions/s/providers/Microsoft.A/b/c").unwrap(), "/subscriptions/s");
        assert_eq!(holder("/subscriptions/s"), None);
    }
}
