//! Looking at running platforms.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use jiff::{SignedDuration, Timestamp};
use probity_diagnostics::{Diagnostic, Diagnostics, FileTree, TreePath};
use probity_discovery::kubernetes::live as kubernetes;
use probity_discovery::live::{Limits, Platform, Run, Tape};
use probity_discovery::{aws, azure};
use probity_project::Workspace;
use probity_project::build::OutputFolder;
use probity_project::config::{self, Source};
use probity_project::observe::{Seen, observe};
use serde_json::json;

use super::super::{refuse, settle};
use super::{Told, summary};
use crate::args::FormatArg;
use crate::place;
use crate::status::Status;
use crate::surroundings::Surroundings;
use crate::ui::{Format, Ui};

/// Look at accounts of Amazon Web Services.
///
/// Signs in as the AWS command line does: by environment, shared files, single
/// sign-on, or the machine's role. Nothing is changed there; `--print-policy`
/// prints the permissions that this takes.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Example: probity discover aws --profile audit --region eu-central-1 -o evidence/aws.jsonl"
)]
pub(super) struct AwsArgs {
    /// The profile of the shared configuration files to sign in with.
    #[arg(long, value_name = "NAME")]
    profile: Option<String>,

    /// A region; may be repeated. Left out: all that are enabled.
    #[arg(long, value_name = "REGION")]
    region: Vec<String>,

    /// The number of an account; may be repeated. Left out: the one that is
    /// signed in.
    #[arg(long, value_name = "NUMBER", requires = "role")]
    account: Vec<String>,

    /// Look at all active accounts of the organisation.
    #[arg(long, requires = "role")]
    organization: bool,

    /// The role to assume in each account: a name, or an ARN.
    #[arg(long, value_name = "ROLE")]
    role: Option<String>,

    /// The ARN of a role to assume before; may be repeated.
    #[arg(long, value_name = "ARN")]
    via: Vec<String>,

    /// The external id that the role asks for.
    #[arg(long, value_name = "ID")]
    external_id: Option<String>,

    /// Where calls go instead of the public endpoints.
    #[arg(long, value_name = "URL")]
    endpoint: Option<String>,

    #[command(flatten)]
    pub(super) live: LiveArgs,
}

impl AwsArgs {
    pub(super) fn platform(&self) -> Platform {
        Platform::Aws(aws::Settings {
            profile: self.profile.clone(),
            regions: self.region.clone(),
            accounts: self.account.clone(),
            organization: self.organization,
            role: self.role.clone(),
            via: self.via.clone(),
            external_id: self.external_id.clone(),
            only: self.live.only.clone(),
            endpoint: self.endpoint.clone(),
            keys: None,
        })
    }
}

/// Look at subscriptions of Microsoft Azure.
///
/// Signs in as Azure's own programs do: an application named by `AZURE_CLIENT_ID`
/// and `AZURE_TENANT_ID` with `AZURE_CLIENT_SECRET` or `AZURE_FEDERATED_TOKEN_FILE`,
/// else whoever is signed in with `az`, else the machine's identity. Nothing is
/// changed there; `--print-policy` prints the role that this takes.
#[derive(Debug, clap::Args)]
#[command(after_help = "Example: probity discover azure -o evidence/azure.jsonl")]
pub(super) struct AzureArgs {
    /// The id of a subscription; may be repeated. Left out: all enabled ones
    /// that the credentials see.
    #[arg(long, value_name = "ID")]
    subscription: Vec<String>,

    /// The directory to sign in to, instead of that of the credentials.
    #[arg(long, value_name = "ID")]
    tenant: Option<String>,

    /// The origin of the management interface of another than the public
    /// cloud. Tokens are sent to this origin only.
    #[arg(long, value_name = "URL")]
    endpoint: Option<String>,

    #[command(flatten)]
    pub(super) live: LiveArgs,
}

impl AzureArgs {
    pub(super) fn platform(&self, surroundings: &Surroundings) -> Platform {
        Platform::Azure(azure::Settings {
            subscriptions: self.subscription.clone(),
            tenant: self.tenant.clone(),
            only: self.live.only.clone(),
            endpoint: self.endpoint.clone(),
            credentials: credentials(surroundings),
        })
    }
}

/// Who signs in to Azure.
pub(super) fn credentials(surroundings: &Surroundings) -> azure::Credentials {
    azure::Credentials::from_variables(&|name| surroundings.variables.get(name))
}

/// Look at Kubernetes clusters.
///
/// Signs in as kubectl does, by the contexts of a kubeconfig file, or as the
/// service account of the pod that this runs in. Secrets are listed by name
/// only. Nothing is changed there; `--print-policy` prints the role that this
/// takes.
#[derive(Debug, clap::Args)]
#[command(after_help = "Example: probity discover kubernetes --context production -o evidence/cluster.jsonl")]
pub(super) struct KubernetesArgs {
    /// A context; may be repeated. Left out: the current one.
    #[arg(long, value_name = "NAME", conflicts_with_all = ["all_contexts", "in_cluster"])]
    context: Vec<String>,

    /// Look at all contexts.
    #[arg(long, conflicts_with = "in_cluster")]
    all_contexts: bool,

    /// The kubeconfig file; left out, that of KUBECONFIG or of the home folder.
    #[arg(long, value_name = "FILE", conflicts_with = "in_cluster")]
    kubeconfig: Option<String>,

    /// Look at the cluster that this runs in.
    #[arg(long)]
    in_cluster: bool,

    /// What that cluster is called.
    #[arg(long, value_name = "NAME", requires = "in_cluster")]
    name: Option<String>,

    #[command(flatten)]
    pub(super) live: LiveArgs,
}

impl KubernetesArgs {
    pub(super) fn platform(&self) -> Platform {
        Platform::Kubernetes(kubernetes::Settings {
            kubeconfig: self.kubeconfig.clone(),
            contexts: self.context.clone(),
            all_contexts: self.all_contexts,
            in_cluster: self.in_cluster,
            name: self.name.clone(),
            only: self.live.only.clone(),
        })
    }
}

/// What every platform can be asked.
#[derive(Debug, clap::Args)]
pub(super) struct LiveArgs {
    /// A service to read; may be repeated. Left out: all of them.
    #[arg(long, value_name = "SERVICE", value_delimiter = ',')]
    only: Vec<String>,

    /// Where to write the evidence; standard output if left out. A set that
    /// stands there is compared with: what is gone is noted, and what cannot
    /// be looked at now stays as it was.
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,

    /// What the set is called.
    #[arg(long, value_name = "NAME", default_value = "scan")]
    scope: String,

    /// How long one answer may take.
    #[arg(long, value_name = "DURATION", default_value = "20s", value_parser = duration)]
    timeout: Duration,

    /// How long a call is tried again where the platform asks to slow down.
    #[arg(long, value_name = "DURATION", default_value = "60s", value_parser = duration)]
    retry_for: Duration,

    /// Write all answers, without secrets, as files below FOLDER.
    #[arg(long, value_name = "FOLDER", conflicts_with = "replay")]
    record: Option<PathBuf>,

    /// Take the answers that were recorded in FOLDER, without a network.
    #[arg(long, value_name = "FOLDER")]
    replay: Option<PathBuf>,

    /// The instant of a replay (RFC 3339); ages are counted to then.
    #[arg(long, value_name = "INSTANT", requires = "replay")]
    as_of: Option<Timestamp>,

    /// Print the permissions that reading takes, and read nothing.
    #[arg(long)]
    print_policy: bool,

    #[command(flatten)]
    format: FormatArg,
}

fn duration(text: &str) -> Result<Duration, String> {
    let duration: SignedDuration = text.parse().map_err(|error: jiff::Error| error.to_string())?;
    Duration::try_from(duration).map_err(|_| "a duration is not negative".to_owned())
}

/// Looks at a platform without a project.
pub(super) fn run(
    platform: &Platform,
    args: &LiveArgs,
    surroundings: &Surroundings,
    ui: &mut Ui,
) -> Result<Status, Status> {
    ui.tell_as(args.format.format);
    let bundled = place::bundled();
    let unknown = config::unknown_services(platform).into_iter().map(|(_, finding)| finding);
    let unknown: Diagnostics = unknown.collect();
    if !unknown.is_empty() {
        return Err(refuse(&unknown, &bundled, ui));
    }
    if args.print_policy {
        ui.json(&platform.policy());
        return Ok(Status::Done);
    }
    let ontology = super::ontology(&bundled, ui)?;
    let tape = Arc::new(tape(args, surroundings, ui)?);
    let output = args.output.as_deref();
    let earlier =
        output.map(|file| earlier(&surroundings.folder.join(file), surroundings, ui)).transpose()?;
    let watch = ui.services();
    let run = Run {
        scope: &args.scope,
        limits: Limits { attempt: args.timeout, retry: args.retry_for, ..Limits::default() },
        tape: Arc::clone(&tape),
        collected: args.as_of.unwrap_or(surroundings.now),
        ontology: &ontology,
        watch: &watch,
    };
    let tree: &dyn FileTree = earlier.as_ref().map_or(&bundled, |(tree, _)| tree);
    let seen = observe(platform, run, tree, earlier.as_ref().map(|(_, path)| path));
    drop(watch);
    let seen = settle(seen, tree, ui)?;
    if let Some(folder) = &args.record {
        record(&tape, &surroundings.folder.join(folder), ui)?;
    }
    let status = ui.write(&seen.bytes, &surroundings.folder, args.output.as_deref());
    if args.format.format == Format::Json {
        let written: Vec<String> = args.output.iter().map(|path| path.display().to_string()).collect();
        let told = summary::json(&args.scope, &seen.outcome);
        ui.outcome(json!({ "written": written, "sources": [told] }), args.output.is_none());
    } else {
        summary::tell(&args.scope, &seen.outcome, ui);
        summary::help(platform, &seen.outcome, ui);
    }
    Ok(status.and(summary::status(&seen.outcome)))
}

/// Looks at the platform of a source of the project.
pub(super) fn source(
    source: &Source,
    platform: &Platform,
    workspace: &Workspace,
    surroundings: &Surroundings,
    ui: &mut Ui,
    told: &mut Told,
) -> Result<Status, Status> {
    let tree = workspace.tree.as_ref();
    let ontology = super::ontology(tree, ui)?;
    let path = TreePath::parse(&source.evidence_path())
        .map_err(|error| refuse(&Diagnostic::from(error).into(), tree, ui))?;
    let watch = ui.services();
    let run = Run {
        scope: source.scope(),
        limits: Limits::default(),
        tape: Arc::new(Tape::live()),
        collected: surroundings.now,
        ontology: &ontology,
        watch: &watch,
    };
    let seen = observe(platform, run, &workspace.disk, Some(&path));
    drop(watch);
    let Seen { bytes, outcome } = settle(seen, &workspace.disk, ui)?;
    super::write(&path, &bytes, workspace, ui, told)?;
    told.sources.push(summary::json(&source.name, &outcome));
    summary::tell(&source.name, &outcome, ui);
    summary::help(platform, &outcome, ui);
    Ok(summary::status(&outcome))
}

/// Where answers come from and go.
fn tape(args: &LiveArgs, surroundings: &Surroundings, ui: &mut Ui) -> Result<Tape, Status> {
    let bundled = place::bundled();
    match &args.replay {
        None if args.record.is_some() => Ok(Tape::recording()),
        None => Ok(Tape::live()),
        Some(folder) => {
            let tree = place::tree(&surroundings.folder.join(folder), &surroundings.folder)
                .map_err(|finding| refuse(&finding.into(), &bundled, ui))?;
            Tape::replaying(&tree, &TreePath::root()).map_err(|findings| refuse(&findings, &tree, ui))
        }
    }
}

/// The folder of an evidence set, and the set in it.
fn earlier(file: &Path, surroundings: &Surroundings, ui: &mut Ui) -> Result<(place::Tree, TreePath), Status> {
    let bundled = place::bundled();
    let folder = file.parent().filter(|folder| folder.is_dir()).unwrap_or(&surroundings.folder);
    let tree =
        place::tree(folder, &surroundings.folder).map_err(|finding| refuse(&finding.into(), &bundled, ui))?;
    let name = file.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let path = TreePath::parse(&name).unwrap_or_else(|_| TreePath::root());
    Ok((tree, path))
}

/// Writes the files of a recording.
fn record(tape: &Tape, folder: &Path, ui: &mut Ui) -> Result<(), Status> {
    let bundled = place::bundled();
    let files = tape.take_files();
    let out = OutputFolder::new(folder);
    for (path, bytes) in &files {
        let Ok(path) = TreePath::parse(path) else { continue };
        out.bytes(&path, bytes).map_err(|finding| refuse(&finding.into(), &bundled, ui))?;
    }
    ui.note(&format!("recorded {} files below {}", files.len(), folder.display()));
    Ok(())
}
