use std::path::PathBuf;

use probity_diagnostics::Diagnostic;
use probity_oscal::OscalDocument;
use probity_oscal::model::SystemSecurityPlan;
use probity_sharing::incident::Incident;
use probity_sharing::origin::{self, Maker, Sources, from_advisory, matches, of_plan, plan};
use serde_json::Value;

use super::import::{self, Received};
use super::{MakerArgs, colour, fresh, made, named};
use crate::args::FormatArg;
use crate::commands::{refuse, settle};
use crate::place::{self, Named};
use crate::status::Status;
use crate::surroundings::Surroundings;
use crate::ui::Ui;

/// Make an incident of a finding that is not satisfied.
///
/// What failed is the target, the audit is how it was found, and that it may
/// have been used is only `potential`. The incident has the colour of the
/// document. Its kind is for people to say.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Example: probity share incident from-finding build/eucs/assessment-results.json ops-05.1 \\\n  \
--id INC-2026-0007 --issuer cert.alpha.example"
)]
pub(super) struct FindingArgs {
    /// Assessment results, or a plan of action and milestones.
    #[arg(value_name = "FILE")]
    file: String,

    /// The finding: its uuid, its target or its control.
    #[arg(value_name = "FINDING")]
    finding: String,

    #[command(flatten)]
    maker: MakerArgs,

    #[command(flatten)]
    format: FormatArg,
}

/// Make an incident of a risk that is not closed.
///
/// Vulnerabilities and threats of the risk are its methods, and the items of a
/// plan that are about it are linked. The incident has the colour of the
/// document.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Example: probity share incident from-risk poam.yaml 65e33d6d-89e1-5b78-8d9d-2dfc4f4e383e \\\n  \
--id INC-2026-0008 --issuer cert.alpha.example"
)]
pub(super) struct RiskArgs {
    /// A plan of action and milestones, or assessment results.
    #[arg(value_name = "FILE")]
    file: String,

    /// The uuid of the risk, or of an item of the plan about it.
    #[arg(value_name = "RISK")]
    risk: String,

    #[command(flatten)]
    maker: MakerArgs,

    #[command(flatten)]
    format: FormatArg,
}

/// Make an incident of an advisory that is about something of the inventory.
///
/// Products of the advisory (CSAF 2.0 or 2.1) are matched with components and
/// items of a system security plan: by package url (prop `purl`), by CPE (prop
/// `cpe`), else by name and version or range (props `software-name` and
/// `software-version`; of a component of type `software` its title and
/// `version`). The incident has the colour of the advisory.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Example: probity share incident from-csaf received/V-1.json --inventory ssp.yaml \\\n  \
--id INC-2026-0009 --issuer cert.alpha.example\n\
Exit codes: 0 written, 1 written and a match is undecided, 2 nothing matches or something is wrong."
)]
pub(super) struct CsafArgs {
    /// The advisory.
    #[arg(value_name = "FILE")]
    file: String,

    /// The system security plan with the inventory.
    #[arg(long, value_name = "FILE")]
    inventory: String,

    /// Also write a plan of action and milestones with a risk and an item for
    /// each vulnerability, in YAML.
    #[arg(long, value_name = "FILE")]
    poam: Option<PathBuf>,

    #[command(flatten)]
    maker: MakerArgs,

    #[command(flatten)]
    format: FormatArg,
}

type Making = fn(&OscalDocument, &str, &Maker) -> Result<Incident, Diagnostic>;

pub(super) fn finding(
    args: &FindingArgs,
    surroundings: &Surroundings,
    ui: &mut Ui,
) -> Result<Status, Status> {
    let of = (args.file.as_str(), args.finding.as_str());
    make(origin::from_finding, of, (&args.maker, args.format), surroundings, ui)
}

pub(super) fn risk(args: &RiskArgs, surroundings: &Surroundings, ui: &mut Ui) -> Result<Status, Status> {
    let of = (args.file.as_str(), args.risk.as_str());
    make(origin::from_risk, of, (&args.maker, args.format), surroundings, ui)
}

fn make(
    making: Making,
    (file, name): (&str, &str),
    (maker, format): (&MakerArgs, FormatArg),
    surroundings: &Surroundings,
    ui: &mut Ui,
) -> Result<Status, Status> {
    ui.tell_as(format.format);
    let named = named(file, surroundings, ui)?;
    let document = settle(probity_oscal::load(&named.tree, &named.path), &named.tree, ui)?.document;
    let incident = making(&document, name, &maker.maker(surroundings, ui)?);
    let mut incident = incident.map_err(|finding| refuse(&finding.into(), &named.tree, ui))?;
    incident.marking = Some(colour(&named, ui)?);
    made(&incident, maker, format.format, surroundings, ui)
}

pub(super) fn csaf(args: &CsafArgs, surroundings: &Surroundings, ui: &mut Ui) -> Result<Status, Status> {
    ui.tell_as(args.format.format);
    let advisory = named(&args.file, surroundings, ui)?;
    let Received { text, label, incidents, .. } = import::read(&advisory, ui)?;
    let [said] = incidents.as_slice() else {
        ui.message("error: an advisory is one document of CSAF");
        return Err(Status::Invalid);
    };
    let value: Value = serde_json::from_str(&text).unwrap_or_default();
    let inventory = named(&args.inventory, surroundings, ui)?;
    let ssp = probity_oscal::load_as::<SystemSecurityPlan>(&inventory.tree, &inventory.path);
    let ssp = settle(ssp, &inventory.tree, ui)?;
    let found = matches(&value, &of_plan(&ssp));
    let maker = args.maker.maker(surroundings, ui)?;
    let step = from_advisory(said, &found, &maker, &advisory.path);
    let is_undecided = step.as_ref().is_ok_and(|made| !made.warnings.is_empty());
    let mut incident = settle(step, &advisory.tree, ui)?;
    incident.marking = Some(label);
    if let Some(file) = &args.poam {
        let file = surroundings.folder.join(file);
        let beside = file.parent().unwrap_or(&surroundings.folder);
        let href = |named: &Named| place::relative(beside, &named.root.join(named.path.as_str()));
        let (advisory, inventory) = (href(&advisory), href(&inventory));
        let sources = Sources { advisory: &advisory, inventory: &inventory, label };
        let plan = plan(said, &value, &found, &maker, &sources);
        let document = OscalDocument::PlanOfActionAndMilestones(Box::new(plan));
        let written = fresh(&file, probity_oscal::to_yaml(&document), surroundings, ui)?;
        ui.note(&format!("wrote {written}"));
    }
    let status = made(&incident, &args.maker, args.format.format, surroundings, ui)?;
    Ok(if is_undecided { status.and(Status::Findings) } else { status })
}
