//! AWS IAM: users and the root user, roles, policies, the rules for passwords.
//!
//! Who holds what comes from one paged call; what sign-ins leave behind, from
//! the credential report, which is up to four hours old. So is what it tells.

mod documents;
mod factor;
mod password;
mod report;
mod role;
mod root;
mod user;

use std::collections::BTreeMap;
use std::time::Duration;

use aws_sdk_iam::Client;
use aws_sdk_iam::types::{GroupDetail, ManagedPolicyDetail, ReportStateType, RoleDetail, UserDetail};
use futures_util::StreamExt as _;

use super::fault::{answer, code};
use super::session::Place;
use crate::live::{Call, Cause, Fault, Service, Sink};
use documents::Documents;
use factor::Factors;
use report::Report;

const DETAILS: Call = Call::listing(
    "GetAccountAuthorizationDetails",
    "iam:GetAccountAuthorizationDetails",
    &["Identity", "Role"],
);
const DOCUMENTS: Call = Call::detail(
    "GetAccountAuthorizationDetails",
    "iam:GetAccountAuthorizationDetails",
    &["Identity", "Role"],
    &["permissions", "privileged", "trustedPrincipals"],
);
const LIST_ROLES: Call = Call::detail("ListRoles", "iam:ListRoles", &["Role"], &["maximumSession"]);
const REPORTED: [&str; 5] = ["accessKeys", "enabled", "inactiveDuration", "interactive", "passwordAge"];
const GENERATE_REPORT: Call =
    Call::detail("GenerateCredentialReport", "iam:GenerateCredentialReport", &["Identity"], &REPORTED);
const GET_REPORT: Call =
    Call::detail("GetCredentialReport", "iam:GetCredentialReport", &["Identity"], &REPORTED);
const FACTOR: [&str; 1] = ["multiFactorAuthentication"];
const LIST_MFA_DEVICES: Call = Call::detail("ListMFADevices", "iam:ListMFADevices", &["Identity"], &FACTOR);
const LIST_VIRTUAL_MFA_DEVICES: Call =
    Call::detail("ListVirtualMFADevices", "iam:ListVirtualMFADevices", &["Identity"], &FACTOR);
const GET_ACCOUNT_SUMMARY: Call =
    Call::detail("GetAccountSummary", "iam:GetAccountSummary", &["Identity"], &FACTOR);
const GET_PASSWORD_POLICY: Call =
    Call::listing("GetAccountPasswordPolicy", "iam:GetAccountPasswordPolicy", &["PasswordPolicy"]);

pub(super) static SERVICE: Service = Service {
    name: "iam",
    resource_types: &["Identity", "PasswordPolicy", "Role"],
    calls: &[
        DETAILS,
        LIST_ROLES,
        GENERATE_REPORT,
        GET_REPORT,
        LIST_MFA_DEVICES,
        LIST_VIRTUAL_MFA_DEVICES,
        GET_ACCOUNT_SUMMARY,
        GET_PASSWORD_POLICY,
    ],
};

/// How long the credential report is waited for, from question to question.
const WAITS: [Duration; 7] = [
    Duration::from_millis(200),
    Duration::from_millis(400),
    Duration::from_millis(800),
    Duration::from_secs(2),
    Duration::from_secs(4),
    Duration::from_secs(8),
    Duration::from_secs(8),
];

/// Who there is and what they may do.
#[derive(Default)]
struct Details {
    users: Vec<UserDetail>,
    groups: Vec<GroupDetail>,
    roles: Vec<RoleDetail>,
    policies: Vec<ManagedPolicyDetail>,
}

pub(super) async fn collect(place: &Place, sink: &Sink<'_, '_>) {
    let client = Client::new(&place.config);
    let password_policy = password_policy(&client, place, sink).await;
    let (details, is_whole) = details(&client, sink).await;
    let report = report(&client, sink).await;
    let documents = Documents::read(&details.groups, &details.policies);
    let holders = user::Holders { documents: &documents, password_policy };
    let privileged = users(&client, place, sink, &details.users, report.as_ref(), &holders).await;
    root(&client, place, sink, report.as_ref(), &holders).await;
    if let Some(users) = privileged.filter(|_| is_whole) {
        // the root user holds all permissions
        place.facts.tell(place, "administratorCount", users + 1);
    }
    roles(&client, place, sink, &details, &documents).await;
}

/// The id of the rules for passwords, where it is known which hold.
async fn password_policy(client: &Client, place: &Place, sink: &Sink<'_, '_>) -> Option<String> {
    let result = client.get_account_password_policy().send().await;
    let draft = match &result {
        // the platform's own rules hold where the account sets none
        Err(error) if code(error) == Some("NoSuchEntity") => password::default(place),
        _ => password::policy(
            place,
            sink.answer(&GET_PASSWORD_POLICY, None, answer(result))?.password_policy()?,
        ),
    };
    let id = draft.id().to_owned();
    sink.write(draft);
    place.facts.tell(place, "passwordPolicyId", id.clone());
    Some(id)
}

/// Everything that pages tell, and whether all of them came.
async fn details(client: &Client, sink: &Sink<'_, '_>) -> (Details, bool) {
    let mut details = Details::default();
    let mut pages = client.get_account_authorization_details().into_paginator().send();
    while let Some(page) = pages.next().await {
        let Some(page) = sink.answer(&DETAILS, None, answer(page)) else { return (details, false) };
        details.users.extend(page.user_detail_list.unwrap_or_default());
        details.groups.extend(page.group_detail_list.unwrap_or_default());
        details.roles.extend(page.role_detail_list.unwrap_or_default());
        details.policies.extend(page.policies.unwrap_or_default());
    }
    (details, true)
}

async fn report(client: &Client, sink: &Sink<'_, '_>) -> Option<Report> {
    for wait in WAITS {
        let asked = answer(client.generate_credential_report().send().await);
        // without leave to make a report, one that is there can still be read
        let Some(asked) = sink.answer(&GENERATE_REPORT, None, asked) else { break };
        if asked.state() == Some(&ReportStateType::Complete) {
            break;
        }
        tokio::time::sleep(wait).await;
    }
    let report = sink.answer(&GET_REPORT, None, answer(client.get_credential_report().send().await))?;
    let read = report.content().and_then(|content| Report::parse(content.as_ref()));
    sink.answer(&GET_REPORT, None, read.ok_or(Fault::new(Cause::Undecodable)))
}

/// Writes the users. Gives how many hold administrative permissions, where
/// that is known of each.
async fn users(
    client: &Client,
    place: &Place,
    sink: &Sink<'_, '_>,
    users: &[UserDetail],
    report: Option<&Report>,
    holders: &user::Holders<'_>,
) -> Option<usize> {
    let mut administrators = Some(0);
    let mut drafts = futures_util::stream::iter(users.iter().map(|user| async move {
        let name = user.user_name()?;
        let row = report.and_then(|report| report.user(name));
        if report.is_some() && row.is_none() {
            sink.fault(&GET_REPORT, Some(name), Fault::with_code(Cause::Failed, "not in the report"));
        }
        let factors = match row.and_then(|row| row.flag("mfa_active")) {
            Some(false) => Some(Factors::none()),
            _ => factors(client, sink, name).await,
        };
        Some((user, row, factors))
    }))
    .buffered(place.concurrent);
    while let Some(read) = drafts.next().await {
        let Some((user, row, factors)) = read else { continue };
        let privileged = holders.is_privileged(user);
        if privileged.is_none() {
            sink.fault(&DOCUMENTS, user.user_name(), Fault::new(Cause::Undecodable));
        }
        administrators = administrators.zip(privileged).map(|(count, is)| count + usize::from(is));
        sink.write(user::identity(place, user, row, factors.as_ref(), holders));
    }
    administrators
}

async fn factors(client: &Client, sink: &Sink<'_, '_>, user: &str) -> Option<Factors> {
    let mut serials = Vec::new();
    let mut pages = client.list_mfa_devices().user_name(user).into_paginator().send();
    while let Some(page) = pages.next().await {
        let page = sink.answer(&LIST_MFA_DEVICES, Some(user), answer(page))?;
        serials.extend(page.mfa_devices.into_iter().map(|device| device.serial_number));
    }
    Some(Factors::of_user(&serials))
}

async fn root(
    client: &Client,
    place: &Place,
    sink: &Sink<'_, '_>,
    report: Option<&Report>,
    holders: &user::Holders<'_>,
) {
    let summary = answer(client.get_account_summary().send().await);
    let summary = sink.answer(&GET_ACCOUNT_SUMMARY, None, summary).and_then(|answer| answer.summary_map);
    let mut devices = Vec::new();
    let mut pages = client.list_virtual_mfa_devices().into_paginator().send();
    let mut virtual_devices = Some(());
    while let Some(page) = pages.next().await {
        match sink.answer(&LIST_VIRTUAL_MFA_DEVICES, None, answer(page)) {
            Some(page) => devices.extend(page.virtual_mfa_devices),
            None => virtual_devices = None,
        }
    }
    let seen = root::Seen {
        summary: summary.unwrap_or_default(),
        virtual_devices: virtual_devices.map(|()| devices),
        row: report.and_then(Report::root),
    };
    sink.write(root::identity(place, &seen, holders.password_policy.clone()));
}

async fn roles(
    client: &Client,
    place: &Place,
    sink: &Sink<'_, '_>,
    details: &Details,
    documents: &Documents,
) {
    let mut sessions = BTreeMap::new();
    let mut pages = client.list_roles().into_paginator().send();
    while let Some(page) = pages.next().await {
        let Some(page) = sink.answer(&LIST_ROLES, None, answer(page)) else { break };
        sessions
            .extend(page.roles.into_iter().filter_map(|role| Some((role.arn, role.max_session_duration?))));
    }
    let local =
        details.policies.iter().filter(|policy| !documents::is_platforms(policy.arn().unwrap_or_default()));
    let drafts = details.roles.iter().filter_map(|role| role::role(place, role, &sessions, documents));
    for (draft, is_whole) in drafts.chain(local.filter_map(|policy| role::policy(place, policy, documents))) {
        if !is_whole {
            sink.fault(&DOCUMENTS, Some(draft.id()), Fault::new(Cause::Undecodable));
        }
        sink.write(draft);
    }
}
