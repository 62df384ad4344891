//! Signing in: accounts, roles and regions.

use std::rc::Rc;
use std::sync::Arc;
use std::time::Duration;

use aws_config::sts::AssumeRoleProvider;
use aws_config::{BehaviorVersion, Region, SdkConfig};
use aws_credential_types::Credentials;
use aws_credential_types::provider::SharedCredentialsProvider;
use aws_smithy_types::retry::RetryConfig;
use aws_smithy_types::timeout::TimeoutConfig;
use jiff::Timestamp;

use super::Settings;
use super::account::Facts;
use super::fault::answer;
use super::transport::Transport;
use crate::live::{Fault, Limits, Tape};

/// The region that is asked about accounts where none is set.
const HOME: &str = "us-east-1";

/// The name that the sessions of assumed roles carry in audit trails.
const SESSION_NAME: &str = "probity-discover";

/// How many times a call is made at most.
const ATTEMPTS: u32 = 8;

/// A connection to AWS with the credentials that the run was started with.
pub(super) struct Session {
    pub(super) config: SdkConfig,
    pub(super) transport: Transport,
    pub(super) limits: Limits,
}

impl Session {
    /// Signs in with what the environment, the shared files or the machine
    /// give; a replay needs nothing.
    pub(super) async fn start(settings: &Settings, limits: Limits, tape: Arc<Tape>) -> Self {
        let transport = Transport::new(Arc::clone(&tape));
        let mut loader = aws_config::defaults(BehaviorVersion::latest())
            .http_client(transport.clone())
            .timeout_config(timeouts(&limits))
            .retry_config(retries(&limits));
        let given = settings.keys.as_ref().map(|keys| (keys.id.as_str(), keys.secret.as_str()));
        let nobody = tape.is_replaying().then_some(("replay", "replay"));
        if let Some((id, secret)) = nobody.or(given) {
            let keys = Credentials::new(id, secret, None, None, "given");
            loader =
                loader.credentials_provider(SharedCredentialsProvider::new(keys)).region(Region::new(HOME));
        }
        if let Some(profile) = &settings.profile {
            loader = loader.profile_name(profile);
        }
        if let Some(endpoint) = &settings.endpoint {
            loader = loader.endpoint_url(endpoint);
        }
        let mut config = loader.load().await;
        if config.region().is_none() {
            config = config.into_builder().region(Region::new(HOME)).build();
        }
        Self { config, transport, limits }
    }

    /// The account that the credentials belong to, and the partition.
    pub(super) async fn identity(&self) -> Result<(String, String), Fault> {
        let client = aws_sdk_sts::Client::new(&self.config);
        let identity = answer(client.get_caller_identity().send().await)?;
        let partition = identity.arn().and_then(|arn| arn.split(':').nth(1)).unwrap_or("aws");
        Ok((identity.account().unwrap_or_default().to_owned(), partition.to_owned()))
    }

    /// The same connection, acting as a role: those of `chain` are assumed one
    /// after the other, each with the credentials of the one before.
    pub(super) async fn assume(&self, chain: &[String], external_id: Option<&str>) -> SdkConfig {
        let mut config = self.config.clone();
        for role in chain {
            let mut builder = AssumeRoleProvider::builder(role).session_name(SESSION_NAME).configure(&config);
            if let Some(region) = config.region() {
                builder = builder.region(region.clone());
            }
            if let Some(id) = external_id.filter(|_| chain.last() == Some(role)) {
                builder = builder.external_id(id);
            }
            let provider = builder.build().await;
            config =
                config.into_builder().credentials_provider(SharedCredentialsProvider::new(provider)).build();
        }
        config
    }
}

/// One account in one region: what the collectors of services work with.
pub(super) struct Place {
    /// The configuration that clients are made from.
    pub(super) config: SdkConfig,
    /// The number of the account.
    pub(super) account: String,
    /// The region.
    pub(super) region: String,
    /// The partition of ARNs: `aws`, `aws-cn`, `aws-us-gov`, `aws-eusc`.
    pub(super) partition: String,
    /// How many calls of one service run at once.
    pub(super) concurrent: usize,
    /// When all this is observed.
    pub(super) collected: Timestamp,
    /// What services tell about the account as a whole.
    pub(super) facts: Rc<Facts>,
}

impl Place {
    /// The ARN of a resource here: `arn:aws:ec2:eu-central-1:1:instance/i-1`.
    pub(super) fn arn(&self, service: &str, resource: &str) -> String {
        format!("arn:{}:{service}:{}:{}:{resource}", self.partition, self.region, self.account)
    }

    /// The ARN of a resource that belongs to no region.
    pub(super) fn global_arn(&self, service: &str, resource: &str) -> String {
        format!("arn:{}:{service}::{}:{resource}", self.partition, self.account)
    }

    /// The id of the account as a resource.
    pub(super) fn account_id(&self) -> String {
        self.global_arn("iam", "root")
    }

    /// The scope of what belongs to the region.
    pub(super) fn scope(&self) -> String {
        format!("{}/{}", account_scope(&self.account), self.region)
    }

    /// The configuration of the same account in another region.
    pub(super) fn config_in(&self, region: &str) -> SdkConfig {
        self.config.clone().into_builder().region(Region::new(region.to_owned())).build()
    }
}

#[cfg(test)]
impl Place {
    /// A place that leads nowhere, for tests of what is made of answers.
    pub(super) fn sample() -> Self {
        Self {
            config: SdkConfig::builder().build(),
            account: "1".to_owned(),
            region: "eu-central-1".to_owned(),
            partition: "aws".to_owned(),
            concurrent: 1,
            collected: "2026-11-01T00:00:00Z".parse().unwrap(),
            facts: Rc::default(),
        }
    }
}

/// The scope of an account.
pub(super) fn account_scope(account: &str) -> String {
    format!("account/{account}")
}

fn timeouts(limits: &Limits) -> TimeoutConfig {
    TimeoutConfig::builder()
        .connect_timeout(limits.connect)
        .operation_attempt_timeout(limits.attempt)
        .operation_timeout(limits.retry + limits.attempt)
        .build()
}

/// Waits double up to a third of the time that calls are tried again for, and
/// all of them together stay within it: so the last answer is what is told.
fn retries(limits: &Limits) -> RetryConfig {
    RetryConfig::standard()
        .with_max_attempts(ATTEMPTS)
        .with_initial_backoff((limits.retry / 128).max(Duration::from_millis(1)))
        .with_max_backoff((limits.retry / 3).max(Duration::from_millis(1)))
}
