//! AWS Lambda: functions.

mod runtime;

use std::collections::BTreeSet;

use aws_sdk_lambda::Client;
use aws_sdk_lambda::types::{FunctionConfiguration, VpcConfigResponse};
use futures_util::StreamExt as _;
use probity_diagnostics::secrecy::is_suspect;
use serde_json::Value;

use super::fault::answer;
use super::keys::Keys;
use super::session::Place;
use crate::draft::{Draft, Properties};
use crate::live::{Call, Cause, Fault, Service, Sink};

const TYPE: [&str; 1] = ["Function"];
const LIST_FUNCTIONS: Call = Call::listing("ListFunctions", "lambda:ListFunctions", &TYPE);
const READ_VARIABLES: Call =
    Call::detail("ListFunctions", "lambda:ListFunctions", &TYPE, &["secretsInEnvironment"]);
const LIST_URLS: Call =
    Call::detail("ListFunctionUrlConfigs", "lambda:ListFunctionUrlConfigs", &TYPE, &["internetAccessible"]);
const DESCRIBE_INTERFACES: Call = Call::detail(
    "DescribeNetworkInterfaces",
    "ec2:DescribeNetworkInterfaces",
    &TYPE,
    &["networkInterfaceIds"],
);
const DESCRIBE_KEY: Call =
    Call::detail("DescribeKey", "kms:DescribeKey", &TYPE, &["atRestEncryption.keyManagement"]);

pub(super) static SERVICE: Service = Service {
    name: "lambda",
    resource_types: &TYPE,
    calls: &[LIST_FUNCTIONS, LIST_URLS, DESCRIBE_INTERFACES, DESCRIBE_KEY],
};

pub(super) async fn collect(place: &Place, sink: &Sink<'_, '_>) {
    let client = &Client::new(&place.config);
    let mut all = Vec::new();
    let mut pages = client.list_functions().into_paginator().send();
    while let Some(page) = pages.next().await {
        let Some(page) = sink.answer(&LIST_FUNCTIONS, None, answer(page)) else { break };
        all.extend(page.functions.unwrap_or_default());
    }
    let interfaces = interfaces(place, sink, &all).await;
    let named = all.iter().filter_map(|function| function.kms_key_arn()).map(str::to_owned).collect();
    let keys = Keys::look_up(place, sink, &DESCRIBE_KEY, named).await;
    let asked = all.iter().map(|function| async move { (function, has_url(client, sink, function).await) });
    let mut read = futures_util::stream::iter(asked).buffered(place.concurrent);
    while let Some((found, has_url)) = read.next().await {
        if found.environment().is_some_and(|environment| environment.error().is_some()) {
            sink.fault(&READ_VARIABLES, found.function_name(), Fault::new(Cause::Refused));
        }
        if let Some(draft) = function(place, &keys, found, has_url, &interfaces) {
            sink.write(draft);
        }
    }
}

/// Whether a function has an address of its own, whoever may call it.
async fn has_url(client: &Client, sink: &Sink<'_, '_>, function: &FunctionConfiguration) -> Option<bool> {
    let name = function.function_name()?;
    let urls = answer(client.list_function_url_configs().function_name(name).send().await);
    Some(!sink.answer(&LIST_URLS, Some(name), urls)?.function_url_configs().is_empty())
}

/// An interface that functions of the same subnetwork and groups share.
#[derive(Debug)]
struct Shared {
    id: String,
    subnet: String,
    groups: BTreeSet<String>,
}

/// The interfaces of functions; nobody is asked where none is in a network.
async fn interfaces(place: &Place, sink: &Sink<'_, '_>, functions: &[FunctionConfiguration]) -> Vec<Shared> {
    let mut all = Vec::new();
    if !functions.iter().any(|function| network(function).is_some()) {
        return all;
    }
    let client = aws_sdk_ec2::Client::new(&place.config);
    let of_functions = aws_sdk_ec2::types::Filter::builder().name("interface-type").values("lambda").build();
    let mut pages = client.describe_network_interfaces().filters(of_functions).into_paginator().send();
    while let Some(page) = pages.next().await {
        let Some(page) = sink.answer(&DESCRIBE_INTERFACES, None, answer(page)) else { break };
        all.extend(page.network_interfaces().iter().filter_map(|found| {
            let groups = found.groups().iter().filter_map(|group| group.group_id());
            Some(Shared {
                id: found.network_interface_id()?.to_owned(),
                subnet: found.subnet_id()?.to_owned(),
                groups: groups.map(str::to_owned).collect(),
            })
        }));
    }
    all
}

/// The network of its owner that a function is in.
fn network(function: &FunctionConfiguration) -> Option<&VpcConfigResponse> {
    function.vpc_config().filter(|config| config.vpc_id().is_some_and(|id| !id.is_empty()))
}

fn function(
    place: &Place,
    keys: &Keys,
    function: &FunctionConfiguration,
    has_url: Option<bool>,
    interfaces: &[Shared],
) -> Option<Draft> {
    let arn = function.function_arn()?;
    let mut draft = Draft::new("Function", arn.to_owned(), function.function_name().unwrap_or(arn));
    draft.put_id("parentId", Some(place.account_id()));
    if let Some(ids) = interface_ids(place, function, interfaces) {
        draft.put_ids("networkInterfaceIds", ids);
    }
    if let Some(role) = function.role() {
        draft.put_ids("identityIds", vec![role.to_owned()]);
    }
    let properties = &mut draft.properties;
    properties.put("geoLocation", place.location());
    properties.put_if_known("description", function.description().filter(|text| !text.is_empty()));
    properties.put_if_known("internetAccessible", has_url);
    if let Some((language, version)) = function.runtime().and_then(|name| runtime::parse(name.as_str())) {
        properties.put("runtimeLanguage", language);
        properties.put_if_known("runtimeVersion", version);
    }
    properties.put_if_known("secretsInEnvironment", holds_secrets(function));
    properties.put("atRestEncryption", encryption(place, keys, function));
    if let Some(group) = function.logging_config().and_then(|config| config.log_group()) {
        let group = place.arn("logs", &format!("log-group:{group}"));
        let mut logging = Properties::default();
        logging.put("enabled", true);
        logging.put("loggingServiceIds", vec![group.clone()]);
        properties.put("resourceLogging", logging);
        draft.relate(group);
    }
    Some(draft)
}

/// Functions of the same subnetworks and groups share interfaces, by the
/// documentation. Which ones a function has that is in a network but has none
/// at the moment is not known.
fn interface_ids(place: &Place, function: &FunctionConfiguration, all: &[Shared]) -> Option<Vec<String>> {
    let Some(network) = network(function) else { return Some(Vec::new()) };
    let groups: BTreeSet<String> = network.security_group_ids().iter().cloned().collect();
    let own =
        all.iter().filter(|found| found.groups == groups && network.subnet_ids().contains(&found.subnet));
    let ids: Vec<String> =
        own.map(|found| place.arn("ec2", &format!("network-interface/{}", found.id))).collect();
    (!ids.is_empty()).then_some(ids)
}

/// Whether a variable looks like a credential; not known where the platform
/// could not decrypt them.
fn holds_secrets(function: &FunctionConfiguration) -> Option<bool> {
    let Some(environment) = function.environment() else { return Some(false) };
    match (environment.variables(), environment.error()) {
        (_, Some(_)) => None,
        (Some(variables), None) => {
            let mut suspects = variables.iter().map(|(name, text)| is_suspect(name, text));
            Some(suspects.any(|suspect| suspect))
        }
        (None, None) => Some(false),
    }
}

/// Code and settings are always encrypted, with a key of the platform where
/// none is named, by the documentation.
fn encryption(place: &Place, keys: &Keys, function: &FunctionConfiguration) -> Properties {
    if let Some(key) = function.kms_key_arn().filter(|key| !key.is_empty()) {
        return keys.encryption(place, key);
    }
    let mut encryption = Properties::default();
    encryption.put("enabled", true);
    encryption.put("keyManagement", "provider");
    encryption.put("keyId", Value::Null);
    encryption
}

#[cfg(test)]
mod tests;
