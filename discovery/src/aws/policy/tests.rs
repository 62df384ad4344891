use serde_json::{Value, json};

use super::Policy;

fn policy(statements: &Value) -> Policy {
    Policy::parse(&json!({"Version": "2012-10-17", "Statement": statements}).to_string()).unwrap()
}

#[test]
fn texts_with_escapes_and_without() {
    let text = r#"{"Statement":{"Effect":"Allow","Action":"s3:GetObject","Resource":"arn:aws:s3:::a+b/*"}}"#;
    let escaped = text
        .bytes()
        .map(|b| if b.is_ascii_alphanumeric() { char::from(b).to_string() } else { format!("%{b:02X}") });
    assert_eq!(Policy::parse(&escaped.collect::<String>()), Policy::parse(text));
    assert!(Policy::parse(text).is_some());
}

#[test]
fn what_cannot_be_understood_is_no_policy() {
    for text in [
        "",
        "[]",
        "{}",
        r#"{"Statement":[{"Effect":"Perhaps","Action":"*","Resource":"*"}]}"#,
        r#"{"Statement":[{"Effect":"Allow","Resource":"*"}]}"#,
        r#"{"Statement":[{"Effect":"Allow","Action":{"a":1},"Resource":"*"}]}"#,
        r#"{"Statement":[{"Effect":"Allow","Action":"*","Principal":7}]}"#,
        "%7B%22Statement%22%3A%5B",
        "%ZZ",
    ] {
        assert_eq!(Policy::parse(text), None, "{text}");
    }
}

#[test]
fn permissions_in_the_words_of_the_ontology() {
    for (statement, expected) in [
        (
            json!({"Effect": "Allow", "Action": "s3:*", "Resource": ["a", "b"]}),
            json!({"effect": "allow", "actions": ["s3:*"], "resources": ["a", "b"]}),
        ),
        (
            json!({"Effect": "Allow", "Action": ["*:*"], "Resource": "**"}),
            json!({"effect": "allow", "actions": ["*"], "resources": ["*"]}),
        ),
        (
            json!({"Effect": "Allow", "NotAction": "iam:*", "NotResource": "a"}),
            json!({"effect": "allow", "actions": ["*"], "resources": ["*"]}),
        ),
        (
            json!({"Effect": "Deny", "NotAction": "iam:*", "Resource": "*"}),
            json!({"effect": "deny", "resources": ["*"]}),
        ),
        (
            json!({"effect": "Deny", "action": "iam:*", "resource": "*"}),
            json!({"effect": "deny", "actions": ["iam:*"], "resources": ["*"]}),
        ),
    ] {
        let permissions: Vec<Value> = policy(&statement).permissions().collect();
        assert_eq!(permissions, [expected], "{statement}");
    }
}

#[test]
fn who_administers() {
    for (statements, expected) in [
        (json!({"Effect": "Allow", "Action": "*", "Resource": "*"}), true),
        (json!({"Effect": "Allow", "Action": "IAM:*", "Resource": "*"}), true),
        (json!({"Effect": "Allow", "NotAction": "s3:*", "Resource": "*"}), true),
        (json!({"Effect": "Allow", "NotAction": ["iam:*", "organizations:*"], "Resource": "*"}), false),
        (json!({"Effect": "Allow", "Action": "*", "Resource": "arn:aws:s3:::a"}), false),
        (json!({"Effect": "Allow", "Action": "s3:*", "Resource": "*"}), false),
        (
            json!([{"Effect": "Allow", "Action": "*", "Resource": "*"}, {"Effect": "Deny", "Action": "*", "Resource": "*"}]),
            false,
        ),
        (
            json!([{"Effect": "Allow", "Action": "*", "Resource": "*"},
                {"Effect": "Deny", "Action": "*", "Resource": "*", "Condition": {"Bool": {"aws:MultiFactorAuthPresent": "false"}}}]),
            true,
        ),
    ] {
        assert_eq!(policy(&statements).is_administrative(), expected, "{statements}");
    }
}

#[test]
fn who_is_trusted() {
    let trust = |principal: Value, condition: Value| {
        policy(&json!([{"Effect": "Allow", "Action": "sts:AssumeRole", "Principal": principal, "Condition": condition}]))
            .trusted()
    };
    for (principal, condition, expected) in [
        (json!("*"), json!({}), vec!["*"]),
        (json!({"AWS": "*"}), json!({"StringEquals": {"sts:ExternalId": "x"}}), vec!["*"]),
        (json!({"AWS": "*"}), json!({"StringEquals": {"aws:PrincipalOrgID": "o-1"}}), vec!["o-1"]),
        (json!({"AWS": "*"}), json!({"StringEqualsIfExists": {"aws:PrincipalOrgID": "o-1"}}), vec!["*"]),
        (json!({"AWS": "*"}), json!({"StringNotEquals": {"aws:PrincipalOrgID": "o-1"}}), vec!["*"]),
        (json!({"AWS": "*"}), json!({"ArnLike": {"aws:PrincipalArn": "arn:aws:iam::*:role/x"}}), vec!["*"]),
        (
            json!({"AWS": "*"}),
            json!({"ArnLike": {"aws:PrincipalArn": "arn:aws:iam::1:role/*"}}),
            vec!["arn:aws:iam::1:role/*"],
        ),
        (json!({"AWS": "*"}), json!({"IpAddress": {"aws:SourceIp": "0.0.0.0/0"}}), vec!["*"]),
        (json!({"AWS": "*"}), json!({"ForAllValues:StringEquals": {"aws:PrincipalOrgID": "o-1"}}), vec!["*"]),
        (
            json!({"AWS": ["arn:aws:iam::2:root", "1"], "Service": "ec2.amazonaws.com"}),
            json!({}),
            vec!["1", "arn:aws:iam::2:root", "ec2.amazonaws.com"],
        ),
    ] {
        assert_eq!(trust(principal.clone(), condition.clone()), expected, "{principal} {condition}");
    }
    let denied = policy(&json!([{"Effect": "Deny", "Action": "sts:AssumeRole", "Principal": "*"}]));
    assert_eq!(denied.trusted(), Vec::<String>::new());
    let tagging = policy(&json!([{"Effect": "Allow", "Action": "sts:TagSession", "Principal": "*"}]));
    assert_eq!(tagging.trusted(), Vec::<String>::new());
    let all_but = policy(&json!([{"Effect": "Allow", "Action": "sts:*", "NotPrincipal": {"AWS": "1"}}]));
    assert_eq!(all_but.trusted(), ["*"]);
}

#[test]
fn plain_requests() {
    let open = json!({"Effect": "Allow", "Action": "s3:GetObject", "Principal": "*", "Resource": "arn:aws:s3:::b/*"});
    let tls = json!({"Effect": "Deny", "Action": "s3:*", "Principal": {"AWS": "*"}, "Resource": ["arn:aws:s3:::b", "arn:aws:s3:::b/*"],
        "Condition": {"Bool": {"aws:SecureTransport": "false"}}});
    assert!(!policy(&open).refuses_plain("arn:aws:s3:::b"));
    assert!(policy(&tls).refuses_plain("arn:aws:s3:::b"));
    let mut flag = tls.clone();
    flag["Condition"]["Bool"]["aws:SecureTransport"] = json!(false);
    assert!(policy(&flag).refuses_plain("arn:aws:s3:::b"));
    let mut some = tls;
    some["Action"] = json!("s3:GetObject");
    assert!(!policy(&some).refuses_plain("arn:aws:s3:::b"));
    let mut spared = flag.clone();
    let members = spared.as_object_mut().unwrap();
    members.remove("Principal");
    members.insert("NotPrincipal".to_owned(), json!({"AWS": "arn:aws:iam::1:root"}));
    assert!(!policy(&spared).refuses_plain("arn:aws:s3:::b"), "some may still ask without encryption");
}

#[test]
fn who_may_use_a_key() {
    let allow = |more: Value| {
        let mut statement =
            json!({"Effect": "Allow", "Principal": {"AWS": "*"}, "Action": "kms:*", "Resource": "*"});
        more.as_object().unwrap().iter().for_each(|(name, value)| statement[name] = value.clone());
        statement
    };
    let deny = |condition: Value| json!([allow(json!({})), {"Effect": "Deny", "Principal": "*", "Action": "kms:*", "Resource": "*", "Condition": condition}]);
    for (statements, expected) in [
        (allow(json!({})), true),
        (allow(json!({"Principal": "*", "Action": "kms:Decrypt"})), true),
        (
            json!({"Effect": "Allow", "Principal": "*", "NotAction": "kms:PutKeyPolicy", "Resource": "*"}),
            true,
        ),
        (json!({"Effect": "Allow", "NotPrincipal": {"AWS": "1"}, "Action": "kms:*", "Resource": "*"}), true),
        (allow(json!({"Principal": {"AWS": "arn:aws:iam::1:root"}})), false),
        (allow(json!({"Action": "s3:*"})), false),
        (allow(json!({"Condition": {"StringEquals": {"kms:CallerAccount": "1"}}})), false),
        (
            allow(
                json!({"Condition": {"StringEquals": {"kms:ViaService": "s3.eu-central-1.amazonaws.com"}}}),
            ),
            true,
        ),
        (allow(json!({"Condition": {"StringLike": {"aws:PrincipalArn": "*"}}})), true),
        (deny(json!({})), false),
        (deny(json!({"StringNotEquals": {"aws:PrincipalOrgID": "o-1"}})), false),
        (deny(json!({"StringNotEqualsIfExists": {"aws:PrincipalAccount": "1"}})), false),
        (deny(json!({"StringNotEquals": {"aws:PrincipalOrgID": "o-1", "kms:ViaService": "s3"}})), true),
        (deny(json!({"StringEquals": {"aws:PrincipalOrgID": "o-1"}})), true),
        (deny(json!({"StringNotLike": {"aws:PrincipalArn": "*"}})), true),
        (deny(json!({"Bool": {"aws:MultiFactorAuthPresent": "false"}})), true),
    ] {
        assert_eq!(policy(&statements).is_open("kms"), expected, "{statements}");
    }
}
