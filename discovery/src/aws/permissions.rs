use serde_json::{Value, json};

use super::{ACCOUNTS, services};
use crate::live::permissions;

/// The permission to act in other accounts, which stands apart: it is given
/// to whoever starts a run, all others to the role that is taken on.
const ASSUME_ROLE: &str = "sts:AssumeRole";

/// The IAM policy that reading services takes: those of these names, or all
/// where none is named. It holds the calls that the code makes and no other.
pub fn policy(only: &[String]) -> Value {
    let named = services().into_iter().filter(|service| service.is_among(only));
    let all = permissions(named.chain([&ACCOUNTS]));
    let actions: Vec<&str> = all.into_iter().filter(|permission| *permission != ASSUME_ROLE).collect();
    json!({
        "Version": "2012-10-17",
        "Statement": [
            {"Sid": "ProbityReads", "Effect": "Allow", "Action": actions, "Resource": "*"},
            {"Sid": "ProbityActsInAccounts", "Effect": "Allow", "Action": [ASSUME_ROLE], "Resource": "arn:*:iam::*:role/*"},
        ],
    })
}

#[cfg(test)]
mod tests {
    use super::policy;

    #[test]
    fn one_service_takes_its_own_calls_and_those_that_find_accounts() {
        let document = policy(&["secretsmanager".to_owned()]);
        let actions = &document["Statement"][0]["Action"];
        let expected = [
            "ec2:DescribeRegions",
            "organizations:ListAccounts",
            "secretsmanager:ListSecretVersionIds",
            "secretsmanager:ListSecrets",
        ];
        assert_eq!(actions, &serde_json::json!(expected));
    }

    #[test]
    fn no_permission_changes_anything() {
        let document = policy(&[]);
        for action in document["Statement"][0]["Action"].as_array().unwrap() {
            let name = action.as_str().unwrap().split_once(':').unwrap().1;
            let reads = ["BatchGet", "Describe", "Get", "List"].iter().any(|verb| name.starts_with(verb));
            assert!(reads || name == "GenerateCredentialReport", "{action}");
        }
    }
}
