use std::io;
use std::sync::Arc;

use jiff::Timestamp;
use probity_evidence::{EvidenceWriter, Ontology, Resource};
use serde_json::Value;

use super::call::Service;
use super::gathered::{Gathered, Outcome};
use super::options::{Limits, Watch};
use super::tape::Tape;
use crate::kubernetes::live as kubernetes;
use crate::{aws, azure};

/// A running platform, and what is looked at there.
#[derive(Debug, Clone)]
pub enum Platform {
    /// Amazon Web Services.
    Aws(aws::Settings),
    /// Microsoft Azure.
    Azure(azure::Settings),
    /// Kubernetes clusters.
    Kubernetes(kubernetes::Settings),
}

/// How a platform is read.
pub struct Run<'a> {
    /// What the set is called: the name of its source.
    pub scope: &'a str,
    /// Time limits, and how much is asked at once.
    pub limits: Limits,
    /// Where answers come from.
    pub tape: Arc<Tape>,
    /// When all this is observed.
    pub collected: Timestamp,
    /// The words of the evidence.
    pub ontology: &'a Ontology,
    /// Who follows.
    pub watch: &'a dyn Watch,
}

impl Platform {
    /// The services that it can be asked for, by name.
    pub fn services(&self) -> Vec<&'static Service> {
        match self {
            Self::Aws(_) => aws::services(),
            Self::Azure(_) => azure::services(),
            Self::Kubernetes(_) => kubernetes::services(),
        }
    }

    /// The services to read; empty for all of them.
    pub fn only(&self) -> &[String] {
        match self {
            Self::Aws(settings) => &settings.only,
            Self::Azure(settings) => &settings.only,
            Self::Kubernetes(settings) => &settings.only,
        }
    }

    /// The permissions that reading takes, in the platform's own form.
    pub fn policy(&self) -> Value {
        match self {
            Self::Aws(settings) => aws::policy(&settings.only),
            Self::Azure(settings) => azure::policy(&settings.only),
            Self::Kubernetes(settings) => kubernetes::policy(&settings.only),
        }
    }

    /// Reads the platform. What an earlier run saw and this one could not look
    /// at stays in the set as it was.
    ///
    /// # Errors
    /// The machine has no means to wait for answers.
    pub fn read(&self, run: Run<'_>, earlier: Vec<Resource>) -> io::Result<(EvidenceWriter, Outcome)> {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
        let begin = match self {
            Self::Aws(_) => aws::begin(run.scope, run.ontology),
            Self::Azure(_) => azure::begin(run.scope, run.ontology),
            Self::Kubernetes(_) => kubernetes::begin(run.scope, run.ontology),
        };
        let gathered = Gathered::new(begin, run.ontology, run.collected, run.watch)
            .over(self.services().into_iter().filter(|service| service.is_among(self.only())));
        runtime.block_on(async {
            match self {
                Self::Aws(settings) => aws::collect(settings, run.limits, run.tape, &gathered).await,
                Self::Azure(settings) => azure::collect(settings, run.limits, run.tape, &gathered).await,
                Self::Kubernetes(settings) => {
                    kubernetes::collect(settings, run.limits, run.tape, &gathered).await;
                }
            }
        });
        // a program that signs in, or the search for a name, may never end
        runtime.shutdown_background();
        Ok(gathered.finish(earlier))
    }
}
