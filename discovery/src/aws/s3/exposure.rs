//! Who may read or write what a bucket holds.

use aws_sdk_s3::Client;
use aws_sdk_s3::types::ObjectOwnership;
use aws_sdk_s3control::config::endpoint::{Endpoint, EndpointFuture, Params, ResolveEndpoint};
use serde_json::Value;

use super::present;
use crate::aws::fault::answer;
use crate::aws::policy::Policy;
use crate::aws::session::Place;
use crate::draft::{Draft, Properties};
use crate::live::{Call, Sink};

pub(super) const GET_ACCOUNT_PUBLIC_ACCESS_BLOCK: Call = Call::detail(
    "GetPublicAccessBlock of the account",
    "s3:GetAccountPublicAccessBlock",
    &["Account", "ObjectStorage"],
    &["publicAccess", "publicAccessBlock"],
);
pub(super) const GET_PUBLIC_ACCESS_BLOCK: Call = Call::detail(
    "GetPublicAccessBlock",
    "s3:GetBucketPublicAccessBlock",
    &["ObjectStorage"],
    &["publicAccess", "publicAccessBlock"],
);
pub(super) const GET_BUCKET_OWNERSHIP_CONTROLS: Call = Call::detail(
    "GetBucketOwnershipControls",
    "s3:GetBucketOwnershipControls",
    &["ObjectStorage"],
    &["publicAccess"],
);
pub(super) const GET_BUCKET_ACL: Call =
    Call::detail("GetBucketAcl", "s3:GetBucketAcl", &["ObjectStorage"], &["publicAccess"]);
pub(super) const GET_BUCKET_POLICY_STATUS: Call =
    Call::detail("GetBucketPolicyStatus", "s3:GetBucketPolicyStatus", &["ObjectStorage"], &["publicAccess"]);

/// The code for no settings.
const NO_BLOCK: &str = "NoSuchPublicAccessBlockConfiguration";

/// Groups to which anybody with an account of the platform belongs.
const EVERYBODY: [&str; 2] = [
    "http://acs.amazonaws.com/groups/global/AllUsers",
    "http://acs.amazonaws.com/groups/global/AuthenticatedUsers",
];

/// Settings that overrule grants: for new access lists and policies, and for
/// those that exist.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Block {
    new_lists: bool,
    lists: bool,
    new_policies: bool,
    policies: bool,
}

/// The settings of the account.
pub(super) type AccountBlock = Block;

impl From<Block> for Value {
    fn from(block: Block) -> Self {
        let refused = block.new_lists && block.new_policies;
        let ignored = block.lists && block.policies;
        let mut out = Properties::default();
        out.put("enabled", refused && ignored);
        out.put("blockNewGrants", refused);
        out.put("ignoreGrants", ignored);
        out.into()
    }
}

/// The client for settings of an account calls a host that begins with the
/// number of the account, which leads nowhere where calls go to one endpoint.
#[derive(Debug)]
struct One(String);

impl ResolveEndpoint for One {
    fn resolve_endpoint<'a>(&'a self, _: &'a Params) -> EndpointFuture<'a> {
        EndpointFuture::ready(Ok(Endpoint::builder().url(self.0.clone()).build()))
    }
}

/// The settings of the account.
pub(super) async fn account_block(place: &Place, sink: &Sink<'_, '_>) -> Option<AccountBlock> {
    let mut config = aws_sdk_s3control::config::Builder::from(&place.config);
    if let Some(endpoint) = place.config.endpoint_url() {
        config = config.endpoint_resolver(One(endpoint.to_owned()));
    }
    let client = aws_sdk_s3control::Client::from_conf(config.build());
    let result = client.get_public_access_block().account_id(&place.account).send().await;
    let answered = sink.answer(&GET_ACCOUNT_PUBLIC_ACCESS_BLOCK, None, present(result, &[NO_BLOCK]))?;
    let block = match answered {
        None => Block::default(),
        Some(answered) => {
            let settings = answered.public_access_block_configuration?;
            Block {
                new_lists: settings.block_public_acls()?,
                lists: settings.ignore_public_acls()?,
                new_policies: settings.block_public_policy()?,
                policies: settings.restrict_public_buckets()?,
            }
        }
    };
    place.facts.tell(place, "publicAccessBlock", block);
    Some(block)
}

/// The settings of a bucket.
async fn bucket_block(client: &Client, sink: &Sink<'_, '_>, name: &str) -> Option<Block> {
    let result = client.get_public_access_block().bucket(name).send().await;
    let answered = sink.answer(&GET_PUBLIC_ACCESS_BLOCK, Some(name), present(result, &[NO_BLOCK]))?;
    let Some(answered) = answered else { return Some(Block::default()) };
    let settings = answered.public_access_block_configuration?;
    Some(Block {
        new_lists: settings.block_public_acls()?,
        lists: settings.ignore_public_acls()?,
        new_policies: settings.block_public_policy()?,
        policies: settings.restrict_public_buckets()?,
    })
}

/// Puts down what overrules grants, and whether anybody may read or write.
pub(super) async fn put(
    client: &Client,
    sink: &Sink<'_, '_>,
    name: &str,
    (account, policy): (Option<AccountBlock>, Option<&Option<Policy>>),
    draft: &mut Draft,
) {
    let bucket = bucket_block(client, sink, name).await;
    draft.properties.put_if_known("publicAccessBlock", bucket);
    let by_list = grants_by_list(client, sink, name).await;
    let by_policy = match policy {
        None => None,
        Some(None) => Some(false),
        Some(Some(_)) => grants_by_policy(client, sink, name).await,
    };
    let lists_ignored = either(account.map(|block| block.lists), bucket.map(|block| block.lists));
    let policies_ignored = either(account.map(|block| block.policies), bucket.map(|block| block.policies));
    let public = either(except(by_list, lists_ignored), except(by_policy, policies_ignored));
    draft.properties.put_if_known("publicAccess", public);
}

/// Whether one of two holds, where that is known.
fn either(one: Option<bool>, other: Option<bool>) -> Option<bool> {
    match (one, other) {
        (Some(true), _) | (_, Some(true)) => Some(true),
        (Some(false), Some(false)) => Some(false),
        _ => None,
    }
}

/// Whether something is granted and not ignored, where that is known.
fn except(granted: Option<bool>, ignored: Option<bool>) -> Option<bool> {
    either(granted.map(|granted| !granted), ignored).map(|not| !not)
}

/// Whether the access list of the bucket lets everybody in, and counts.
async fn grants_by_list(client: &Client, sink: &Sink<'_, '_>, name: &str) -> Option<bool> {
    let result = client.get_bucket_ownership_controls().bucket(name).send().await;
    let result = present(result, &["OwnershipControlsNotFoundError"]);
    let controls = sink.answer(&GET_BUCKET_OWNERSHIP_CONTROLS, Some(name), result);
    let rules = controls.map(|controls| controls.and_then(|controls| controls.ownership_controls));
    let is_ignored = rules.map(|controls| {
        let rules = controls.map(|controls| controls.rules).unwrap_or_default();
        rules.iter().any(|rule| *rule.object_ownership() == ObjectOwnership::BucketOwnerEnforced)
    });
    let result = answer(client.get_bucket_acl().bucket(name).send().await);
    let list = sink.answer(&GET_BUCKET_ACL, Some(name), result);
    let granted = list.map(|list| {
        let mut groups = list.grants().iter().filter_map(|grant| grant.grantee()?.uri());
        groups.any(|uri| EVERYBODY.contains(&uri))
    });
    except(granted, is_ignored)
}

/// Whether the policy of the bucket lets everybody in: the platform decides
/// which conditions make a policy one for few.
async fn grants_by_policy(client: &Client, sink: &Sink<'_, '_>, name: &str) -> Option<bool> {
    let result = answer(client.get_bucket_policy_status().bucket(name).send().await);
    let status = sink.answer(&GET_BUCKET_POLICY_STATUS, Some(name), result)?;
    status.policy_status()?.is_public()
}

#[cfg(test)]
mod tests {
    use super::{either, except};

    #[test]
    fn what_is_not_known_stays_unknown() {
        assert_eq!(except(Some(true), None), None);
        assert_eq!(except(Some(false), None), Some(false));
        assert_eq!(except(None, Some(true)), Some(false));
        assert_eq!(except(None, Some(false)), None);
        assert_eq!(except(Some(true), Some(false)), Some(true));
        assert_eq!(either(None, Some(true)), Some(true));
        assert_eq!(either(None, Some(false)), None);
    }
}
