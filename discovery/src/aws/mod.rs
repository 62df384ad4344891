//! Amazon Web Services.
//!
//! One file per service: which calls it makes, and how their answers become
//! evidence. What is written of a resource stands in `scope`
//! `account/<number>/<region>`, or `account/<number>` where no region holds
//! it; ids are ARNs.

mod account;
mod backup;
mod backups;
mod cloudtrail;
mod configservice;
mod dynamodb;
mod ec2;
mod ecr;
mod eks;
mod elbv2;
mod fault;
mod guardduty;
mod iam;
mod keys;
mod kms;
mod lambda;
mod logs;
mod permissions;
mod policy;
mod rds;
mod retention;
mod s3;
mod secretsmanager;
mod session;
mod transport;
mod value;

use std::fmt;
use std::rc::Rc;
use std::sync::Arc;

use aws_config::{Region, SdkConfig};
use futures_util::StreamExt as _;
use futures_util::future::LocalBoxFuture;
use probity_evidence::{Begin, Ontology};

use crate::live::{Call, Fault, Gathered, Limits, Service, Sink, Tape};
use account::Facts;
use fault::answer;
pub use permissions::policy;
use session::{Place, Session, account_scope};

/// The collector's name in evidence.
pub const COLLECTOR: &str = "aws";

/// How many services are read at once, over all accounts and regions.
const AT_ONCE: usize = 24;

/// What is looked at, and as whom.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Settings {
    /// The profile of the shared configuration files.
    pub profile: Option<String>,
    /// The regions; empty for all that are enabled in the account.
    pub regions: Vec<String>,
    /// The numbers of the accounts; empty for the one of the credentials.
    pub accounts: Vec<String>,
    /// Whether all active accounts of the organisation are looked at.
    pub organization: bool,
    /// The role that is assumed in each account: a name, or an ARN.
    pub role: Option<String>,
    /// ARNs of roles that are assumed before, in their order.
    pub via: Vec<String>,
    /// The external id that the role asks for.
    pub external_id: Option<String>,
    /// The services to read; empty for all of them.
    pub only: Vec<String>,
    /// Where calls go instead of the public endpoints.
    pub endpoint: Option<String>,
    /// Who calls; left out, whom the environment, the shared files or the
    /// machine name.
    pub keys: Option<Keys>,
}

/// A key that signs calls.
#[derive(Clone, PartialEq, Eq)]
pub struct Keys {
    /// The part that everybody may see.
    pub id: String,
    /// The secret part.
    pub secret: String,
}

impl fmt::Debug for Keys {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Keys").field("id", &self.id).finish_non_exhaustive()
    }
}

/// Where a service keeps its resources.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Reach {
    /// In a region.
    Regional,
    /// In the account.
    Global,
}

/// How a service is read.
struct Collector {
    service: &'static Service,
    reach: Reach,
    collect: for<'x> fn(&'x Place, &'x Sink<'x, 'x>) -> LocalBoxFuture<'x, ()>,
}

/// All services, by name.
const COLLECTORS: [Collector; 16] = [
    Collector {
        service: &backup::SERVICE,
        reach: Reach::Regional,
        collect: |place, sink| Box::pin(backup::collect(place, sink)),
    },
    Collector {
        service: &cloudtrail::SERVICE,
        reach: Reach::Regional,
        collect: |place, sink| Box::pin(cloudtrail::collect(place, sink)),
    },
    Collector {
        service: &configservice::SERVICE,
        reach: Reach::Regional,
        collect: |place, sink| Box::pin(configservice::collect(place, sink)),
    },
    Collector {
        service: &dynamodb::SERVICE,
        reach: Reach::Regional,
        collect: |place, sink| Box::pin(dynamodb::collect(place, sink)),
    },
    Collector {
        service: &ec2::SERVICE,
        reach: Reach::Regional,
        collect: |place, sink| Box::pin(ec2::collect(place, sink)),
    },
    Collector {
        service: &ecr::SERVICE,
        reach: Reach::Regional,
        collect: |place, sink| Box::pin(ecr::collect(place, sink)),
    },
    Collector {
        service: &eks::SERVICE,
        reach: Reach::Regional,
        collect: |place, sink| Box::pin(eks::collect(place, sink)),
    },
    Collector {
        service: &elbv2::SERVICE,
        reach: Reach::Regional,
        collect: |place, sink| Box::pin(elbv2::collect(place, sink)),
    },
    Collector {
        service: &guardduty::SERVICE,
        reach: Reach::Regional,
        collect: |place, sink| Box::pin(guardduty::collect(place, sink)),
    },
    Collector {
        service: &iam::SERVICE,
        reach: Reach::Global,
        collect: |place, sink| Box::pin(iam::collect(place, sink)),
    },
    Collector {
        service: &kms::SERVICE,
        reach: Reach::Regional,
        collect: |place, sink| Box::pin(kms::collect(place, sink)),
    },
    Collector {
        service: &lambda::SERVICE,
        reach: Reach::Regional,
        collect: |place, sink| Box::pin(lambda::collect(place, sink)),
    },
    Collector {
        service: &logs::SERVICE,
        reach: Reach::Regional,
        collect: |place, sink| Box::pin(logs::collect(place, sink)),
    },
    Collector {
        service: &rds::SERVICE,
        reach: Reach::Regional,
        collect: |place, sink| Box::pin(rds::collect(place, sink)),
    },
    Collector {
        service: &s3::SERVICE,
        reach: Reach::Regional,
        collect: |place, sink| Box::pin(s3::collect(place, sink)),
    },
    Collector {
        service: &secretsmanager::SERVICE,
        reach: Reach::Regional,
        collect: |place, sink| Box::pin(secretsmanager::collect(place, sink)),
    },
];

/// The calls that find out where to look.
static ACCOUNTS: Service = Service {
    name: "accounts",
    resource_types: &[],
    calls: &[GET_CALLER_IDENTITY, DESCRIBE_REGIONS, LIST_ACCOUNTS, ASSUME_ROLE],
};

const GET_CALLER_IDENTITY: Call = Call::listing("GetCallerIdentity", "", &[]);
const ASSUME_ROLE: Call = Call::listing("AssumeRole", "sts:AssumeRole", &[]);
const DESCRIBE_REGIONS: Call = Call::listing("DescribeRegions", "ec2:DescribeRegions", &[]);
const LIST_ACCOUNTS: Call = Call::listing("ListAccounts", "organizations:ListAccounts", &[]);

/// The services that `--only` can name, by name.
pub fn services() -> Vec<&'static Service> {
    COLLECTORS.iter().map(|collector| collector.service).collect()
}

/// The first record of a set of this collector.
pub fn begin(scope: &str, ontology: &Ontology) -> Begin {
    Begin::new(COLLECTOR, env!("CARGO_PKG_VERSION"), scope, ontology.uri())
}

/// Reads what the settings name into `gathered`. What cannot be read is noted
/// there.
pub async fn collect(settings: &Settings, limits: Limits, tape: Arc<Tape>, gathered: &Gathered<'_>) {
    let session = Session::start(settings, limits, tape).await;
    let facts = Rc::new(Facts::default());
    let places = places(settings, &session, &facts, gathered).await;
    let tasks = places.iter().flat_map(|(place, reaches)| {
        let wanted = COLLECTORS.iter().filter(|collector| {
            collector.service.is_among(&settings.only) && reaches.contains(&collector.reach)
        });
        wanted.map(move |collector| async move {
            let scope = match collector.reach {
                Reach::Regional => place.scope(),
                Reach::Global => account_scope(&place.account),
            };
            let sink = gathered.begin(collector.service, &scope);
            (collector.collect)(place, &sink).await;
        })
    });
    futures_util::stream::iter(tasks).buffer_unordered(AT_ONCE).collect::<Vec<()>>().await;
    facts.write(gathered);
    gathered.waited(session.transport.slowed());
}

/// Every account and region to look at, and what is read there: the first
/// region of an account stands for what belongs to none.
async fn places(
    settings: &Settings,
    session: &Session,
    facts: &Rc<Facts>,
    gathered: &Gathered<'_>,
) -> Vec<(Place, Vec<Reach>)> {
    let sink = gathered.begin(&ACCOUNTS, "aws");
    let mut places = Vec::new();
    let Some((own, partition)) = sink.answer(&GET_CALLER_IDENTITY, None, session.identity().await) else {
        settings.accounts.iter().for_each(|account| ask(settings, account, gathered));
        return places;
    };
    for account in accounts(settings, session, &own, &sink).await {
        ask(settings, &account, gathered);
        let Some(config) = sign_in(settings, session, &account, (&own, &partition), &sink).await else {
            continue;
        };
        let Some(regions) = regions(settings, &config, &account, &sink).await else { continue };
        for (index, region) in regions.into_iter().enumerate() {
            let config = config.clone().into_builder().region(Region::new(region.clone())).build();
            let place = Place {
                config,
                account: account.clone(),
                region,
                partition: partition.clone(),
                concurrent: session.limits.concurrent,
                collected: gathered.collected(),
                facts: Rc::clone(facts),
            };
            facts.expect(&place);
            gathered.offers(&place.scope(), offered(Reach::Regional));
            if index == 0 {
                gathered.offers(&account_scope(&account), offered(Reach::Global));
            }
            let reaches =
                if index == 0 { vec![Reach::Global, Reach::Regional] } else { vec![Reach::Regional] };
            places.push((place, reaches));
        }
    }
    places
}

/// Says what the run looks at in an account.
fn ask(settings: &Settings, account: &str, gathered: &Gathered<'_>) {
    let scope = account_scope(account);
    if settings.regions.is_empty() {
        gathered.ask(&scope);
        return;
    }
    gathered.ask_alone(&scope);
    settings.regions.iter().for_each(|region| gathered.ask(&format!("{scope}/{region}")));
}

/// The services that a place of this reach has.
fn offered(reach: Reach) -> impl Iterator<Item = &'static Service> {
    COLLECTORS.iter().filter(move |collector| collector.reach == reach).map(|collector| collector.service)
}

/// The numbers of the accounts to look at.
async fn accounts(settings: &Settings, session: &Session, own: &str, sink: &Sink<'_, '_>) -> Vec<String> {
    let mut accounts = settings.accounts.clone();
    if settings.organization {
        let config = session.assume(&settings.via, None).await;
        let client = aws_sdk_organizations::Client::new(&config);
        let mut pages = client.list_accounts().into_paginator().send();
        while let Some(page) = pages.next().await {
            let Some(page) = sink.answer(&LIST_ACCOUNTS, None, answer(page)) else { break };
            let active = page
                .accounts()
                .iter()
                .filter(|account| account.status().is_none_or(|status| status.as_str() == "ACTIVE"));
            accounts.extend(active.filter_map(|account| account.id()).map(str::to_owned));
        }
    }
    if accounts.is_empty() && !settings.organization {
        accounts.push(own.to_owned());
    }
    accounts.sort();
    accounts.dedup();
    accounts
}

/// A connection that acts in an account. The credentials' own account is
/// looked at as it is where no role is named.
async fn sign_in(
    settings: &Settings,
    session: &Session,
    account: &str,
    (own, partition): (&str, &str),
    sink: &Sink<'_, '_>,
) -> Option<SdkConfig> {
    let mut chain = settings.via.clone();
    match &settings.role {
        Some(role) if role.starts_with("arn:") => chain.push(role.clone()),
        // the account that calls may have no role of its own to assume
        Some(_) if account == own && settings.via.is_empty() => {}
        Some(role) => chain.push(format!("arn:{partition}:iam::{account}:role/{role}")),
        None => {}
    }
    let config = session.assume(&chain, settings.external_id.as_deref()).await;
    let config = config.into_builder().http_client(session.transport.within(account)).build();
    let acting = aws_sdk_sts::Client::new(&config).get_caller_identity().send().await;
    let call = if chain.is_empty() { &GET_CALLER_IDENTITY } else { &ASSUME_ROLE };
    let identity = sink.answer(call, Some(&account_scope(account)), answer(acting))?;
    if identity.account() == Some(account) {
        return Some(config);
    }
    sink.fault(
        call,
        Some(&account_scope(account)),
        Fault::with_code(crate::live::Cause::Refused, "other account"),
    );
    None
}

/// The regions of an account to look at.
async fn regions(
    settings: &Settings,
    config: &SdkConfig,
    account: &str,
    sink: &Sink<'_, '_>,
) -> Option<Vec<String>> {
    if !settings.regions.is_empty() {
        return Some(settings.regions.clone());
    }
    let client = aws_sdk_ec2::Client::new(config);
    let enabled = answer(client.describe_regions().send().await);
    let enabled = sink.answer(&DESCRIBE_REGIONS, Some(&account_scope(account)), enabled)?;
    let mut regions: Vec<String> =
        enabled.regions().iter().filter_map(|region| region.region_name()).map(str::to_owned).collect();
    regions.sort();
    Some(regions)
}
