use probity_sharing::incident::{Kind, Purpose, Word};
use probity_sharing::{Label, origin};

use super::MakerArgs;
use crate::args::FormatArg;
use crate::status::Status;
use crate::surroundings::Surroundings;
use crate::ui::Ui;

/// Begin an incident.
///
/// Writes a file with a number, a colour, the time and who tells it. What
/// happened is for people to add; `probity share incident lint` says what is
/// missing.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Example: probity share incident new --id INC-2026-0001 --issuer cert.alpha.example \\\n  \
--kind attack --title \"SYN flood against the ingress\"\n\
Exit codes: 0 written, 2 something is wrong and nothing was written."
)]
pub(super) struct Args {
    #[command(flatten)]
    maker: MakerArgs,

    /// What it is: `attack`, `malicious-activity` or `compromise-of-member`.
    #[arg(long, value_name = "KIND")]
    kind: Word<Kind>,

    /// The member that was compromised, in an incident of that kind.
    #[arg(long, value_name = "MEMBER", required_if_eq("kind", "compromise-of-member"))]
    member: Option<String>,

    /// What it is in one line.
    #[arg(long, value_name = "TEXT")]
    title: String,

    /// Why it is told: `reporting`, `mitigation`, `traceback`, `watch` or `other`.
    #[arg(long, value_name = "PURPOSE", default_value = "reporting")]
    purpose: Word<Purpose>,

    /// Its colour.
    #[arg(long, value_name = "LABEL", default_value = "TLP:AMBER")]
    marking: Label,

    #[command(flatten)]
    format: FormatArg,
}

pub(super) fn run(args: &Args, surroundings: &Surroundings, ui: &mut Ui) -> Result<Status, Status> {
    ui.tell_as(args.format.format);
    let maker = args.maker.maker(surroundings, ui)?;
    let mut incident = origin::blank(&maker, Some(args.kind.clone()), args.purpose.clone());
    incident.marking = Some(args.marking);
    incident.title = Some(args.title.clone());
    incident.status = "new".parse().ok();
    incident.member.clone_from(&args.member);
    super::made(&incident, &args.maker, args.format.format, surroundings, ui)
}
