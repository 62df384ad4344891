use aws_sdk_lambda::types::{
    EnvironmentError, EnvironmentResponse, FunctionConfiguration, Runtime, VpcConfigResponse,
};
use serde_json::{Value, json};

use super::{Keys, Shared, function, holds_secrets, interface_ids};
use crate::aws::session::Place;

fn variables(entries: &[(&str, &str)]) -> FunctionConfiguration {
    let environment = entries.iter().fold(EnvironmentResponse::builder(), |environment, (name, text)| {
        environment.variables(*name, *text)
    });
    FunctionConfiguration::builder().environment(environment.build()).build()
}

#[test]
fn secrets_in_variables() {
    assert_eq!(holds_secrets(&variables(&[("MODE", "fast"), ("DB_PASSWORD", "hunter2")])), Some(true));
    assert_eq!(holds_secrets(&variables(&[("URL", "postgres://shop:hunter2@db/shop")])), Some(true));
    assert_eq!(holds_secrets(&variables(&[("MODE", "fast")])), Some(false));
    assert_eq!(holds_secrets(&FunctionConfiguration::builder().build()), Some(false));
    let locked = EnvironmentResponse::builder().error(EnvironmentError::builder().build()).build();
    assert_eq!(holds_secrets(&FunctionConfiguration::builder().environment(locked).build()), None);
}

#[test]
fn functions_share_interfaces_by_subnetwork_and_groups() {
    let place = Place::sample();
    let shared = |id: &str, subnet: &str, groups: &[&str]| Shared {
        id: id.to_owned(),
        subnet: subnet.to_owned(),
        groups: groups.iter().map(|group| (*group).to_owned()).collect(),
    };
    let all = [shared("eni-1", "subnet-1", &["sg-1", "sg-2"]), shared("eni-2", "subnet-1", &["sg-1"])];
    let within = |subnet: &str, groups: &[&str]| {
        let groups = groups.iter().map(|group| (*group).to_owned()).collect();
        let network = VpcConfigResponse::builder()
            .vpc_id("vpc-1")
            .subnet_ids(subnet)
            .set_security_group_ids(Some(groups));
        let function = FunctionConfiguration::builder().vpc_config(network.build()).build();
        interface_ids(&place, &function, &all)
    };
    let first = "arn:aws:ec2:eu-central-1:1:network-interface/eni-1".to_owned();
    assert_eq!(within("subnet-1", &["sg-2", "sg-1"]), Some(vec![first]));
    assert_eq!(within("subnet-2", &["sg-1"]), None);
    assert_eq!(interface_ids(&place, &FunctionConfiguration::builder().build(), &all), Some(vec![]));
    let empty = VpcConfigResponse::builder().vpc_id("").build();
    let outside = FunctionConfiguration::builder().vpc_config(empty).build();
    assert_eq!(interface_ids(&place, &outside, &all), Some(vec![]));
}

#[test]
fn a_function_as_evidence() {
    let place = Place::sample();
    let told = FunctionConfiguration::builder()
        .function_arn("arn:aws:lambda:eu-central-1:1:function:f")
        .function_name("f")
        .runtime(Runtime::Python312)
        .role("arn:aws:iam::1:role/r")
        .build();
    let with_url =
        |has_url| function(&place, &Keys::default(), &told, has_url, &[]).unwrap().properties.to_value();
    let properties = with_url(Some(true));
    for (name, expected) in [
        ("runtimeLanguage", json!("python")),
        ("runtimeVersion", json!("3.12")),
        ("internetAccessible", json!(true)),
        ("identityIds", json!(["arn:aws:iam::1:role/r"])),
        ("atRestEncryption", json!({"enabled": true, "keyManagement": "provider", "keyId": null})),
        ("networkInterfaceIds", json!([])),
    ] {
        assert_eq!(properties.get(name), Some(&expected), "{name}");
    }
    assert_eq!(with_url(None).get("internetAccessible"), None::<&Value>);
    assert_eq!(properties.get("resourceLogging"), None);
}
