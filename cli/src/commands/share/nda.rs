use jiff::civil::Date;
use probity_diagnostics::{Diagnostic, TreePath};
use probity_project::sharing::Place;
use probity_sharing::circle::{Agreement, Signature, Standing};
use probity_sharing::{Audience, codes, rules};
use serde_json::{Value, json};

use super::opened::{Opened, wish};
use crate::args::{AsOfArg, FormatArg, ProjectArgs};
use crate::commands::refuse;
use crate::commands::shell::quoted;
use crate::output;
use crate::status::Status;
use crate::surroundings::Surroundings;
use crate::ui::{Format, Ui};

/// Sign agreements on confidentiality, and look at who is bound by them.
///
/// An agreement is a file of `sharing/nda`; the folder that is called like it has
/// a file for each member that has signed. Such a signature counts in a commit
/// that is signed with a key of that member.
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, clap::Subcommand)]
enum Command {
    Sign(SignArgs),
    Check(CheckArgs),
}

/// Write the signature of a member, and print the command that commits it.
///
/// The file holds the digest of the text that is signed. It counts in a commit
/// that is signed with a key of the member, or of the registrar where the policy
/// says `signatures: registrar`.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Example: probity share nda sign 2026 --member beta --signer bob@beta.example --until 2027-12-31"
)]
struct SignArgs {
    /// The name of the agreement: of `sharing/nda/NAME.yaml`.
    #[arg(value_name = "AGREEMENT")]
    agreement: String,

    /// The member that signs.
    #[arg(long, value_name = "NAME")]
    member: String,

    /// Who signs for it: an e-mail address.
    #[arg(long, value_name = "EMAIL")]
    signer: String,

    /// The last day of the term, which begins today.
    #[arg(long, value_name = "DAY")]
    until: Date,

    #[command(flatten)]
    as_of: AsOfArg,

    #[command(flatten)]
    project: ProjectArgs,

    #[command(flatten)]
    format: FormatArg,
}

/// Say which signatures count, and which active members are bound by none.
///
/// Exits with 1 where a signature does not count, is only listed in the
/// agreement, or an active member has none that is in force.
#[derive(Debug, clap::Args)]
#[command(after_help = "Example: probity share nda check")]
struct CheckArgs {
    #[command(flatten)]
    as_of: AsOfArg,

    #[command(flatten)]
    project: ProjectArgs,

    #[command(flatten)]
    format: FormatArg,
}

pub(super) fn run(args: &Args, surroundings: &Surroundings, ui: &mut Ui) -> Result<Status, Status> {
    match &args.command {
        Command::Sign(args) => sign(args, surroundings, ui),
        Command::Check(args) => check(args, surroundings, ui),
    }
}

fn sign(args: &SignArgs, surroundings: &Surroundings, ui: &mut Ui) -> Result<Status, Status> {
    ui.tell_as(args.format.format);
    let opened = Opened::new(&args.project, surroundings, ui)?;
    let place = opened.place(ui)?;
    let at = opened.instant(&args.as_of, surroundings, ui)?;
    let signed = wish(Audience::Members, None, at).day;
    let mut wrong = |what: String| {
        ui.message(&format!("error: {what}"));
        Err(Status::Invalid)
    };
    let Some(agreement) = agreement(&place, &args.agreement) else {
        return wrong(format!("there is no agreement `{}` in `sharing/nda`", args.agreement));
    };
    if place.circle.register.member(&args.member).is_none() {
        return wrong(format!("nobody in the register is called `{}`", args.member));
    }
    if args.until < signed {
        return wrong(format!("the term would end on {}, before it begins on {signed}", args.until));
    }
    let is_plain = |c: char| c.is_ascii_graphic();
    if !args.signer.contains('@') || !args.signer.chars().all(is_plain) {
        return wrong("--signer is no e-mail address".to_owned());
    }
    let (member, signer, until) = (args.member.clone(), args.signer.clone(), args.until);
    let signature = Signature { member, signer, signed, until, record: None };
    let tree = opened.tree();
    let (file, text) = agreement.signed_by(&signature).map_err(|findings| refuse(&findings, tree, ui))?;
    output::write(&opened.workspace.on_disk(&file), text.as_bytes())
        .map_err(|finding| refuse(&finding.into(), tree, ui))?;
    let shown = tree.display(&file);
    if args.format.format == Format::Json {
        ui.outcome(json!({"signature": file.as_str(), "sha256": agreement.sha256}), false);
        return Ok(Status::Done);
    }
    ui.note(&format!("wrote {shown}; it counts when a key of {} has signed its commit", args.member));
    let subject = format!("Sign {} as {}", agreement.path, args.member);
    ui.result(&format!("git add {}\ngit commit -S -m {}", quoted(&shown), quoted(&subject)));
    Ok(Status::Done)
}

fn agreement<'p>(place: &'p Place<'_>, name: &str) -> Option<&'p Agreement> {
    let is_it = |one: &&Agreement| one.path.file_name().strip_suffix(".yaml") == Some(name);
    place.circle.agreements.iter().find(is_it)
}

fn check(args: &CheckArgs, surroundings: &Surroundings, ui: &mut Ui) -> Result<Status, Status> {
    ui.tell_as(args.format.format);
    let opened = Opened::new(&args.project, surroundings, ui)?;
    let place = opened.place(ui)?;
    let at = opened.instant(&args.as_of, surroundings, ui)?;
    let day = wish(Audience::Members, None, at).day;
    let say = |message: String| Diagnostic::error(&codes::SIGNATURE, message).rule(rules::ADMITTED.id);
    let mut found: Vec<Diagnostic> = Vec::new();
    let mut rows: Vec<Value> = Vec::new();
    // what is listed besides a signature of its own says nothing more
    let is_besides = |agreement: &TreePath, signature: &Signature| {
        let own = |(of, one): (&Agreement, &Signature)| {
            of.path == *agreement && one.member == signature.member && one.record.is_some()
        };
        signature.record.is_none() && all(&place).any(own)
    };
    for void in place.void.iter().filter(|void| !is_besides(&void.agreement, &void.signature)) {
        let message = format!(
            "the signature of `{}` under `{}` does not count: {}",
            void.signature.member, void.agreement, void.why
        );
        found.push(say(message).help("`probity share nda sign` writes it, and says how to commit it"));
    }
    for (agreement, signature) in all(&place).filter(|(of, one)| !is_besides(&of.path, one)) {
        let is_listed = signature.record.is_none();
        let state = match (signature.signed <= day, signature.until >= day) {
            (false, _) => "not yet",
            (true, true) => "in force",
            (true, false) => "expired",
        };
        if is_listed && state == "in force" {
            let message =
                format!("the signature of `{}` is only listed in `{}`", signature.member, agreement.path);
            found.push(say(message).help("have it sign: `probity share nda sign`, in a commit of its own"));
        }
        let shown = if is_listed { "listed" } else { "committed" };
        if args.format.format != Format::Json {
            let Signature { member, signed, until, .. } = signature;
            ui.result(&format!("{member:16} {}  {signed} to {until}  {state}, {shown}", agreement.path));
        }
        rows.push(json!({
            "member": signature.member, "agreement": agreement.path.as_str(), "signed": signature.signed.to_string(),
            "until": signature.until.to_string(), "state": state, "shown-by": shown,
        }));
    }
    for member in &place.circle.register.members {
        if member.standing(day) == Some(Standing::Active)
            && let Err(refusal) = place.circle.admits(&member.name, day)
        {
            found.push(refusal.objection());
        }
    }
    ui.findings(&found, opened.tree());
    if args.format.format == Format::Json {
        ui.outcome(json!({ "signatures": rows }), false);
    }
    Ok(if found.is_empty() { Status::Done } else { Status::Findings })
}

fn all<'p>(place: &'p Place<'_>) -> impl Iterator<Item = (&'p Agreement, &'p Signature)> {
    place
        .circle
        .agreements
        .iter()
        .flat_map(|one| one.signatures.iter().map(move |signature| (one, signature)))
}
