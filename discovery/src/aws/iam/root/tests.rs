use std::collections::HashMap;

use aws_sdk_iam::types::{SummaryKeyType, VirtualMfaDevice};
use serde_json::{Value, json};

use super::{Seen, identity};
use crate::aws::iam::report::Report;
use crate::aws::session::Place;

fn root(figures: &[(SummaryKeyType, i32)], devices: Option<&[&str]>, report: Option<&str>) -> Value {
    let devices = devices.map(|serials| {
        let device = |serial: &&str| VirtualMfaDevice::builder().serial_number(*serial).build().unwrap();
        serials.iter().map(device).collect()
    });
    let report = report.map(|text| Report::parse(text.as_bytes()).unwrap());
    let summary: HashMap<SummaryKeyType, i32> = figures.iter().cloned().collect();
    let seen = Seen { summary, virtual_devices: devices, row: report.as_ref().and_then(Report::root) };
    identity(&Place::sample(), &seen, None).properties.to_value()
}

const MFA: (SummaryKeyType, i32) = (SummaryKeyType::AccountMfaEnabled, 1);
const OWN: &str = "arn:aws:iam::1:mfa/root-account-mfa-device";
const OTHER: &str = "arn:aws:iam::1:mfa/ann";

#[test]
fn second_factors() {
    let none =
        json!({"enabled": false, "enforced": false, "phishingResistant": false, "hardwareBacked": false});
    let program =
        json!({"enabled": true, "enforced": true, "phishingResistant": false, "hardwareBacked": false});
    let some = json!({"enabled": true, "enforced": true});
    for (figures, devices, expected) in [
        (vec![(SummaryKeyType::AccountMfaEnabled, 0)], Some(vec![]), Some(none)),
        (vec![MFA], Some(vec![OTHER, OWN]), Some(program)),
        (vec![MFA], Some(vec![OTHER]), Some(some.clone())),
        (vec![MFA], None, Some(some)),
        (vec![], Some(vec![]), None),
    ] {
        let told = root(&figures, devices.as_deref(), None);
        assert_eq!(told.get("multiFactorAuthentication"), expected.as_ref(), "{figures:?} {devices:?}");
    }
}

#[test]
fn keys_and_password() {
    let keys = |number| (SummaryKeyType::AccountAccessKeysPresent, number);
    let password = |number| (SummaryKeyType::AccountPasswordPresent, number);
    let report = "user,arn,password_enabled,access_key_1_active,access_key_1_last_rotated,access_key_1_last_used_date,\
        access_key_2_active,access_key_2_last_rotated,access_key_2_last_used_date\n\
        <root_account>,arn:r,not_supported,true,2026-10-31T00:00:00+00:00,N/A,false,N/A,N/A\n";
    let told = root(&[keys(1)], Some(&[]), Some(report));
    assert_eq!(told["accessKeys"], json!([{"enabled": true, "age": 86_400, "unusedDuration": null}]));
    assert_eq!((&told["enabled"], &told["interactive"]), (&json!(true), &json!(true)));
    let told = root(&[keys(0)], Some(&[]), None);
    assert_eq!(told["accessKeys"], json!([]));
    let told = root(&[keys(1)], Some(&[]), None);
    assert_eq!(told.get("accessKeys"), None);
    let told = root(&[keys(0), password(0)], Some(&[]), None);
    assert_eq!((&told["enabled"], &told["interactive"]), (&json!(false), &json!(false)));
    let told = root(&[password(0)], Some(&[]), None);
    assert_eq!(told.get("enabled"), None);
}
