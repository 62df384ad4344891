//! Amazon RDS and what shares its interface (Aurora, `DocumentDB`, Neptune):
//! databases, clusters and their snapshots.
//!
//! The settings of a cluster bind its instances, so that a cluster is one
//! resource and its instances are none.

mod database;
mod parameters;
mod snapshot;

use std::collections::BTreeSet;

use aws_sdk_rds::Client;
use aws_sdk_rds::types::{DbCluster, DbInstance};
use futures_util::StreamExt as _;

use super::backups::Backups;
use super::fault::answer;
use super::keys::Keys;
use super::session::Place;
use crate::live::{Call, Service, Sink};
use parameters::Parameters;

const DATABASES: [&str; 3] =
    ["DocumentDatabaseService", "MultiModalDatabaseService", "RelationalDatabaseService"];
const DESCRIBE_INSTANCES: Call = Call::listing("DescribeDBInstances", "rds:DescribeDBInstances", &DATABASES);
const DESCRIBE_CLUSTERS: Call = Call::listing("DescribeDBClusters", "rds:DescribeDBClusters", &DATABASES);
const ENCRYPTION: [&str; 2] = ["transportEncryption.enforced", "transportEncryption.protocolVersion"];
const DESCRIBE_PARAMETERS: Call =
    Call::detail("DescribeDBParameters", "rds:DescribeDBParameters", &DATABASES, &ENCRYPTION);
const DESCRIBE_CLUSTER_PARAMETERS: Call =
    Call::detail("DescribeDBClusterParameters", "rds:DescribeDBClusterParameters", &DATABASES, &ENCRYPTION);
const DESCRIBE_KEY: Call =
    Call::detail("DescribeKey", "kms:DescribeKey", &DATABASES, &["atRestEncryption.keyManagement"]);
const LIST_VAULTS: Call =
    Call::detail("ListBackupVaults", "backup:ListBackupVaults", &DATABASES, &["backups"]);
const LIST_POINTS: Call = Call::detail(
    "ListRecoveryPointsByBackupVault",
    "backup:ListRecoveryPointsByBackupVault",
    &DATABASES,
    &["backups"],
);

pub(super) static SERVICE: Service = Service {
    name: "rds",
    resource_types: &[
        "DocumentDatabaseService",
        "MultiModalDatabaseService",
        "RelationalDatabaseService",
        "Snapshot",
    ],
    calls: &[
        DESCRIBE_INSTANCES,
        DESCRIBE_CLUSTERS,
        DESCRIBE_PARAMETERS,
        DESCRIBE_CLUSTER_PARAMETERS,
        DESCRIBE_KEY,
        LIST_VAULTS,
        LIST_POINTS,
        snapshot::DESCRIBE_SNAPSHOTS,
        snapshot::DESCRIBE_CLUSTER_SNAPSHOTS,
        snapshot::DESCRIBE_ATTRIBUTES,
        snapshot::DESCRIBE_CLUSTER_ATTRIBUTES,
        snapshot::DESCRIBE_KEY,
    ],
};

pub(super) async fn collect(place: &Place, sink: &Sink<'_, '_>) {
    let client = &Client::new(&place.config);
    let instances = instances(client, sink).await;
    let clusters = clusters(client, sink).await;
    if !(instances.is_empty() && clusters.is_empty()) {
        let read = database::Read {
            place,
            keys: keys(place, sink, &instances, &clusters).await,
            kept: Backups::look_up(place, sink, &LIST_VAULTS, &LIST_POINTS).await,
            parameters: parameters(client, place, sink, &instances, &clusters).await,
        };
        let single = instances.iter().filter(|instance| instance.db_cluster_identifier().is_none());
        single.filter_map(|instance| database::instance(&read, instance)).for_each(|draft| sink.write(draft));
        for cluster in &clusters {
            let id = cluster.db_cluster_identifier();
            let members: Vec<&DbInstance> = instances
                .iter()
                .filter(|instance| id.is_some() && instance.db_cluster_identifier() == id)
                .collect();
            database::cluster(&read, cluster, &members).into_iter().for_each(|draft| sink.write(draft));
        }
    }
    snapshot::collect(client, place, sink).await;
}

async fn instances(client: &Client, sink: &Sink<'_, '_>) -> Vec<DbInstance> {
    let mut all = Vec::new();
    let mut pages = client.describe_db_instances().into_paginator().send();
    while let Some(page) = pages.next().await {
        let Some(page) = sink.answer(&DESCRIBE_INSTANCES, None, answer(page)) else { break };
        all.extend(page.db_instances.unwrap_or_default());
    }
    all
}

async fn clusters(client: &Client, sink: &Sink<'_, '_>) -> Vec<DbCluster> {
    let mut all = Vec::new();
    let mut pages = client.describe_db_clusters().into_paginator().send();
    while let Some(page) = pages.next().await {
        let Some(page) = sink.answer(&DESCRIBE_CLUSTERS, None, answer(page)) else { break };
        all.extend(page.db_clusters.unwrap_or_default());
    }
    all
}

async fn keys(place: &Place, sink: &Sink<'_, '_>, instances: &[DbInstance], clusters: &[DbCluster]) -> Keys {
    let instances = instances.iter().filter(|instance| instance.storage_encrypted() == Some(true));
    let clusters = clusters.iter().filter(|cluster| cluster.storage_encrypted() == Some(true));
    let names =
        instances.filter_map(DbInstance::kms_key_id).chain(clusters.filter_map(DbCluster::kms_key_id));
    Keys::look_up(place, sink, &DESCRIBE_KEY, names.map(str::to_owned).collect()).await
}

/// The parameters of every group that a database names.
async fn parameters(
    client: &Client,
    place: &Place,
    sink: &Sink<'_, '_>,
    instances: &[DbInstance],
    clusters: &[DbCluster],
) -> Parameters {
    let single = instances.iter().filter(|instance| instance.db_cluster_identifier().is_none());
    let groups: BTreeSet<String> = single.filter_map(database::group).map(str::to_owned).collect();
    let cluster_groups: BTreeSet<String> = clusters
        .iter()
        .filter_map(|cluster| cluster.db_cluster_parameter_group())
        .map(str::to_owned)
        .collect();
    let of_instances = groups.into_iter().map(|group| async move {
        let mut all = Vec::new();
        let mut pages =
            client.describe_db_parameters().db_parameter_group_name(&group).into_paginator().send();
        while let Some(page) = pages.next().await {
            let page = sink.answer(&DESCRIBE_PARAMETERS, Some(&group), answer(page))?;
            all.extend(page.parameters.unwrap_or_default());
        }
        Some((group, all))
    });
    let of_clusters = cluster_groups.into_iter().map(|group| async move {
        let mut all = Vec::new();
        let request = client.describe_db_cluster_parameters().db_cluster_parameter_group_name(&group);
        let mut pages = request.into_paginator().send();
        while let Some(page) = pages.next().await {
            let page = sink.answer(&DESCRIBE_CLUSTER_PARAMETERS, Some(&group), answer(page))?;
            all.extend(page.parameters.unwrap_or_default());
        }
        Some((group, all))
    });
    let groups: Vec<_> = futures_util::stream::iter(of_instances).buffered(place.concurrent).collect().await;
    let of_clusters: Vec<_> =
        futures_util::stream::iter(of_clusters).buffered(place.concurrent).collect().await;
    Parameters::of(groups.into_iter().flatten(), of_clusters.into_iter().flatten())
}
