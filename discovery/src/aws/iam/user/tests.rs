use aws_sdk_iam::types::{
    AttachedPermissionsBoundary, AttachedPolicy, GroupDetail, ManagedPolicyDetail, PolicyDetail,
    PolicyVersion, UserDetail,
};
use serde_json::{Value, json};

use super::{Documents, Holders, identity};
use crate::aws::iam::report::Report;
use crate::aws::session::Place;

const ALL: &str = r#"{"Statement":{"Effect":"Allow","Action":"*","Resource":"*"}}"#;
const SOME: &str = r#"{"Statement":{"Effect":"Allow","Action":"s3:*","Resource":"*"}}"#;
const NONE: &str = r#"{"Statement":{"Effect":"Deny","Action":"*","Resource":"*"}}"#;

fn documents() -> Documents {
    let managed = |name: &str, text: &str| {
        let version = PolicyVersion::builder().is_default_version(true).document(text).build();
        ManagedPolicyDetail::builder().arn(format!("arn:{name}")).policy_version_list(version).build()
    };
    let inline = PolicyDetail::builder().policy_name("p").policy_document(ALL).build();
    let group = GroupDetail::builder().group_name("admins").group_policy_list(inline).build();
    Documents::read(&[group], &[managed("all", ALL), managed("some", SOME), managed("none", NONE)])
}

#[derive(Default)]
struct Held<'a> {
    inline: &'a [&'a str],
    attached: &'a [&'a str],
    groups: &'a [&'a str],
    boundary: Option<&'a str>,
}

impl Held<'_> {
    fn is_privileged(&self) -> Option<bool> {
        let inline = self.inline.iter().map(|text| PolicyDetail::builder().policy_document(*text).build());
        let attached = self.attached.iter().map(|arn| AttachedPolicy::builder().policy_arn(*arn).build());
        let boundary =
            |arn: &str| AttachedPermissionsBoundary::builder().permissions_boundary_arn(arn).build();
        let user = UserDetail::builder()
            .user_name("ann")
            .set_user_policy_list(Some(inline.collect()))
            .set_attached_managed_policies(Some(attached.collect()))
            .set_group_list(Some(self.groups.iter().map(|group| (*group).to_owned()).collect()))
            .set_permissions_boundary(self.boundary.map(boundary))
            .build();
        Holders { documents: &documents(), password_policy: None }.is_privileged(&user)
    }
}

#[test]
fn administrators() {
    let platforms = "arn:aws:iam::aws:policy/AdministratorAccess";
    let unknown = "arn:aws:iam::aws:policy/SomethingNew";
    for (held, expected) in [
        (Held::default(), Some(false)),
        (Held { inline: &[ALL], ..Held::default() }, Some(true)),
        (Held { inline: &["not a policy"], ..Held::default() }, None),
        (Held { inline: &["not a policy", ALL], ..Held::default() }, Some(true)),
        (Held { attached: &["arn:some"], ..Held::default() }, Some(false)),
        (Held { attached: &["arn:all"], ..Held::default() }, Some(true)),
        (Held { attached: &["arn:all", "arn:none"], ..Held::default() }, Some(false)),
        (Held { attached: &[platforms], ..Held::default() }, Some(true)),
        (Held { attached: &[unknown], ..Held::default() }, None),
        (Held { groups: &["admins"], ..Held::default() }, Some(true)),
        (Held { groups: &["strangers"], ..Held::default() }, None),
        (Held { groups: &["admins"], attached: &["arn:none"], ..Held::default() }, Some(false)),
        (Held { attached: &["arn:all"], boundary: Some("arn:some"), ..Held::default() }, Some(false)),
        (Held { attached: &["arn:all"], boundary: Some("arn:all"), ..Held::default() }, Some(true)),
        (Held { attached: &["arn:all"], boundary: Some(unknown), ..Held::default() }, None),
        (Held { attached: &["arn:some"], boundary: Some(unknown), ..Held::default() }, Some(false)),
    ] {
        let Held { inline, attached, groups, boundary } = &held;
        assert_eq!(held.is_privileged(), expected, "{inline:?} {attached:?} {groups:?} {boundary:?}");
    }
}

const COLUMNS: &str = "user,arn,password_enabled,password_last_used,password_last_changed,access_key_1_active,\
access_key_1_last_rotated,access_key_1_last_used_date,access_key_2_active,access_key_2_last_rotated,\
access_key_2_last_used_date,cert_1_active,cert_2_active";

/// A user by its row of the report, whose days are those of October.
fn reported(row: &str) -> Value {
    let row = row.split(',').map(|cell| match cell.parse::<u8>() {
        Ok(day) => format!("2026-10-{day:02}T00:00:00+00:00"),
        Err(_) => cell.to_owned(),
    });
    let row: Vec<String> = row.collect();
    let report = Report::parse(format!("{COLUMNS}\nann,arn:a,{}\n", row.join(",")).as_bytes()).unwrap();
    let documents = Documents::read(&[], &[]);
    let holders = Holders { documents: &documents, password_policy: None };
    let user = UserDetail::builder().user_name("ann").arn("arn:a").build();
    identity(&Place::sample(), &user, report.user("ann"), None, &holders).properties.to_value()
}

#[test]
fn what_the_report_tells() {
    const DAY: i64 = 86_400;
    let told = reported("true,31,22,true,1,30,false,2,N/A,false,false");
    for (name, expected) in [
        ("interactive", json!(true)),
        ("enabled", json!(true)),
        ("passwordAge", json!(10 * DAY)),
        ("inactiveDuration", json!(DAY)),
        (
            "accessKeys",
            json!([{"enabled": true, "age": 31 * DAY, "unusedDuration": 2 * DAY},
                {"enabled": false, "age": 30 * DAY, "unusedDuration": null}]),
        ),
    ] {
        assert_eq!(told.get(name), Some(&expected), "{name}");
    }
    assert_eq!(told.get("multiFactorAuthentication"), None);
}

#[test]
fn never_used_and_nothing_to_use() {
    let told = reported("true,no_information,22,false,N/A,N/A,false,N/A,N/A,false,false");
    assert_eq!(told["inactiveDuration"], Value::Null);
    assert_eq!(told["accessKeys"], json!([]));
    let told = reported("false,N/A,N/A,false,N/A,N/A,false,N/A,N/A,false,false");
    assert_eq!((&told["enabled"], &told["interactive"]), (&json!(false), &json!(false)));
    assert_eq!((&told["passwordAge"], &told["inactiveDuration"]), (&Value::Null, &Value::Null));
    let told = reported("false,N/A,N/A,false,N/A,N/A,false,N/A,N/A,true,false");
    assert_eq!(told["enabled"], json!(true));
}

#[test]
fn what_the_report_cannot_tell_is_left_out() {
    let told = reported("not_supported,not_supported,not_supported,oddly,1,30,false,N/A,N/A,false,false");
    for name in ["interactive", "enabled", "passwordAge", "inactiveDuration", "accessKeys"] {
        assert_eq!(told.get(name), None, "{name}");
    }
}
