//! What the policy of a bucket says about encryption on the way.

use aws_sdk_s3::Client;

use super::present;
use crate::aws::policy::Policy;
use crate::draft::{Draft, Properties};
use crate::live::{Call, Cause, Fault, Sink};

pub(super) const GET_BUCKET_POLICY: Call = Call::detail(
    "GetBucketPolicy",
    "s3:GetBucketPolicy",
    &["ObjectStorage"],
    &["publicAccess", "transportEncryption"],
);

/// The lowest version of TLS that the platform takes at all.
const LOWEST: &str = "1.2";

/// The policy of a bucket, or that it has none.
pub(super) async fn read(client: &Client, sink: &Sink<'_, '_>, name: &str) -> Option<Option<Policy>> {
    let result = client.get_bucket_policy().bucket(name).send().await;
    let result = present(result, &["NoSuchBucketPolicy"]);
    let Some(answered) = sink.answer(&GET_BUCKET_POLICY, Some(name), result)? else { return Some(None) };
    let policy = Policy::parse(answered.policy().unwrap_or_default());
    if policy.is_none() {
        sink.fault(&GET_BUCKET_POLICY, Some(name), Fault::new(Cause::Undecodable));
    }
    policy.map(Some)
}

/// Puts down how the way to the bucket is encrypted, where the policy was
/// read.
pub(super) fn put(policy: Option<&Option<Policy>>, draft: &mut Draft) {
    let Some(policy) = policy else { return };
    let policy = policy.as_ref();
    let version = policy.and_then(|policy| policy.lowest_version(draft.id()));
    let mut encryption = Properties::default();
    encryption.put("enforced", policy.is_some_and(|policy| policy.refuses_plain(draft.id())));
    encryption.put("protocol", "TLS");
    let version = version.filter(|version| version.as_str() > LOWEST);
    encryption.put("protocolVersion", version.unwrap_or_else(|| LOWEST.to_owned()));
    draft.properties.put("transportEncryption", encryption);
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::put;
    use crate::aws::policy::Policy;
    use crate::draft::Draft;

    fn encryption(policy: Option<Value>) -> Value {
        let mut draft = Draft::new("ObjectStorage", "arn:aws:s3:::b".to_owned(), "b");
        let policy = policy.map(|policy| Policy::parse(&policy.to_string()).unwrap());
        put(Some(&policy), &mut draft);
        Value::from(draft.properties)["transportEncryption"].clone()
    }

    fn refusal(change: &Value) -> Value {
        let mut statement = json!({
            "Effect": "Deny", "Principal": {"AWS": "*"}, "Action": "s3:*",
            "Resource": ["arn:aws:s3:::b", "arn:aws:s3:::b/*"],
            "Condition": {"Bool": {"aws:SecureTransport": "false"}},
        });
        for (key, value) in change.as_object().unwrap() {
            statement[key] = value.clone();
        }
        json!({"Statement": [statement]})
    }

    #[test]
    fn only_a_refusal_of_everything_to_everybody_enforces_encryption() {
        assert_eq!(encryption(Some(refusal(&json!({}))))["enforced"], true);
        let weaker = [
            json!({"Effect": "Allow"}),
            json!({"Action": "s3:GetObject"}),
            json!({"Principal": {"AWS": "arn:aws:iam::1:root"}}),
            json!({"Resource": "arn:aws:s3:::b"}),
            json!({"Condition": {"Bool": {"aws:SecureTransport": "true"}}}),
            json!({"Condition": {"Bool": {"aws:SecureTransport": "false", "aws:ViaAWSService": "false"}}}),
        ];
        for change in weaker {
            assert_eq!(encryption(Some(refusal(&change)))["enforced"], false, "{change}");
        }
        assert_eq!(encryption(None)["enforced"], false);
    }

    #[test]
    fn a_bound_on_the_version_counts() {
        let bound =
            |version: Value| refusal(&json!({"Condition": {"NumericLessThan": {"s3:TlsVersion": version}}}));
        assert_eq!(encryption(Some(bound(json!("1.3"))))["protocolVersion"], "1.3");
        assert_eq!(encryption(Some(bound(json!(1.1))))["protocolVersion"], "1.2");
        assert_eq!(encryption(None)["protocolVersion"], "1.2");
    }
}
