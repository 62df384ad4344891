use std::collections::BTreeMap;

use aws_sdk_elasticloadbalancingv2::types::{
    Action, ActionTypeEnum, Cipher, Listener, LoadBalancer, LoadBalancerAttribute,
    MutualAuthenticationAttributes, ProtocolEnum, RedirectActionConfig, Rule, SslPolicy,
};
use serde_json::{Value, json};

use super::{Read, Tls, balancer, needs_rules};
use crate::aws::elbv2::{Heard, Listeners};
use crate::aws::session::Place;

fn policies() -> BTreeMap<String, Tls> {
    let policy = |protocols: &[&str], cipher: &str| {
        let protocols = protocols.iter().map(|name| (*name).to_owned()).collect();
        let cipher = Cipher::builder().name(cipher).build();
        Tls::of(&SslPolicy::builder().set_ssl_protocols(Some(protocols)).ciphers(cipher).build())
    };
    BTreeMap::from([
        ("old".to_owned(), policy(&["TLSv1", "TLSv1.2"], "AES128-SHA")),
        ("new".to_owned(), policy(&["TLSv1.3"], "TLS_AES_128_GCM_SHA256")),
        ("odd".to_owned(), policy(&["TLSv1.2"], "SOMETHING-ELSE")),
    ])
}

fn listener(protocol: ProtocolEnum, port: i32, policy: Option<&str>) -> Listener {
    Listener::builder().protocol(protocol).port(port).set_ssl_policy(policy.map(str::to_owned)).build()
}

fn to_https() -> Action {
    let redirect = RedirectActionConfig::builder()
        .protocol("HTTPS")
        .status_code(aws_sdk_elasticloadbalancingv2::types::RedirectActionStatusCodeEnum::Http301);
    Action::builder().r#type(ActionTypeEnum::Redirect).redirect_config(redirect.build()).build()
}

fn forward() -> Action {
    Action::builder().r#type(ActionTypeEnum::Forward).build()
}

/// A listener with the actions of its rules; none stands for rules that were
/// not asked for.
fn heard(listener: Listener, actions: &[Action]) -> Heard {
    let rules = actions.iter().map(|action| Rule::builder().actions(action.clone()).build());
    let rules = (!actions.is_empty()).then(|| rules.collect());
    Heard { listener, rules, certificates: Some(Vec::new()) }
}

fn redirecting() -> Listener {
    Listener::builder().protocol(ProtocolEnum::Http).port(80).default_actions(to_https()).build()
}

fn evidence(listeners: Option<Listeners>) -> Value {
    let policies = policies();
    let told = LoadBalancer::builder().load_balancer_arn("arn:lb").dns_name("lb.example").build();
    let attribute = |key: &str, value: &str| LoadBalancerAttribute::builder().key(key).value(value).build();
    let attributes =
        vec![attribute("deletion_protection.enabled", "true"), attribute("access_logs.s3.enabled", "false")];
    let read =
        Read { public: Some(true), listeners, attributes: Some(attributes), policies: &policies, tags: None };
    balancer(&Place::sample(), &told, &read).unwrap().properties.to_value()
}

#[test]
fn the_weakest_listener_counts() {
    let old = json!({"enabled": true, "enforced": true, "protocol": "TLS", "protocolVersion": "1.0",
        "cipherSuites": ["TLS_RSA_WITH_AES_128_CBC_SHA"]});
    let mut both = old.clone();
    both["cipherSuites"] = json!(["TLS_AES_128_GCM_SHA256", "TLS_RSA_WITH_AES_128_CBC_SHA"]);
    let plain = json!({"enabled": false, "enforced": false});
    let tls = |port, policy| heard(listener(ProtocolEnum::Https, port, Some(policy)), &[]);
    let open = |protocol, port| heard(listener(protocol, port, None), &[]);
    for (listeners, expected) in [
        (vec![tls(443, "old")], Some(old.clone())),
        (vec![tls(443, "old"), tls(444, "new")], Some(both)),
        (vec![tls(443, "old"), open(ProtocolEnum::Http, 80)], Some(plain.clone())),
        (vec![tls(443, "old"), heard(redirecting(), &[to_https()])], Some(old)),
        (vec![tls(443, "old"), heard(redirecting(), &[to_https(), forward()])], Some(plain)),
        (vec![tls(443, "old"), heard(redirecting(), &[])], None),
        (
            vec![tls(443, "odd")],
            Some(json!({"enabled": true, "enforced": true, "protocol": "TLS", "protocolVersion": "1.2"})),
        ),
        (vec![tls(443, "missing")], Some(json!({"enabled": true, "enforced": true, "protocol": "TLS"}))),
        (vec![heard(redirecting(), &[to_https()])], Some(json!({"enabled": false, "enforced": true}))),
        (vec![open(ProtocolEnum::Tcp, 9000)], None),
        (vec![], None),
    ] {
        let told = evidence(Some(listeners.clone()));
        assert_eq!(told.get("transportEncryption"), expected.as_ref(), "{listeners:?}");
    }
}

#[test]
fn endpoints_and_ways_to_sign_in() {
    let asking = Action::builder().r#type(ActionTypeEnum::AuthenticateOidc).build();
    let signed = Listener::builder()
        .protocol(ProtocolEnum::Https)
        .port(443)
        .ssl_policy("new")
        .mutual_authentication(MutualAuthenticationAttributes::builder().mode("verify").build())
        .default_actions(asking.clone())
        .default_actions(forward())
        .build();
    let plain = listener(ProtocolEnum::Http, 80, None);
    assert!(needs_rules(&signed) && needs_rules(&redirecting()) && !needs_rules(&plain));
    let told = evidence(Some(vec![heard(signed.clone(), std::slice::from_ref(&asking)), heard(plain, &[])]));
    let tls = json!({"enabled": true, "enforced": true, "protocol": "TLS", "protocolVersion": "1.3",
        "cipherSuites": ["TLS_AES_128_GCM_SHA256"]});
    let expected = json!([
        {"url": "https://lb.example:443", "authentication": ["certificate", "single-sign-on"], "transportEncryption": tls},
        {"url": "http://lb.example:80", "transportEncryption": {"enabled": false, "enforced": false}},
    ]);
    assert_eq!(told["httpEndpoints"], expected);
    let partly = evidence(Some(vec![heard(signed, &[asking, forward()])]));
    assert_eq!(partly["httpEndpoints"][0]["authentication"], json!(["certificate"]));
    assert_eq!(told["ports"], json!([80, 443]));
}

#[test]
fn certificates_of_which_some_could_not_be_read() {
    let mut shown = heard(listener(ProtocolEnum::Https, 443, Some("new")), &[]);
    shown.certificates = Some(vec!["arn:b".to_owned(), "arn:a".to_owned()]);
    let told = evidence(Some(vec![shown.clone(), shown.clone()]));
    assert_eq!(told["certificateIds"], json!(["arn:a", "arn:b"]));
    let mut unread = shown.clone();
    unread.certificates = None;
    assert_eq!(evidence(Some(vec![shown, unread])).get("certificateIds"), None);
}

#[test]
fn listeners_that_could_not_be_read_are_left_out() {
    let told = evidence(None);
    for name in ["ports", "httpEndpoints", "transportEncryption", "certificateIds", "labels"] {
        assert_eq!(told.get(name), None, "{name}");
    }
    assert_eq!(told["deletionProtection"], json!({"enabled": true}));
    assert_eq!(told["resourceLogging"], json!({"enabled": false}));
}
