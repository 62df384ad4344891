use std::path::PathBuf;

use jiff::Timestamp;
use probity_project::sharing::RECEIVED;
use probity_sharing::circle::Member;
use probity_sharing::package::{self, Files};
use probity_sharing::{Audience, Circle, Label, Refusal, Stop, codes, rules};
use serde_json::{Value, json};

use super::opened::{Opened, wish};
use super::packages::Seen;
use super::{packages, stopped};
use crate::args::{AsOfArg, FormatArg, ProjectArgs};
use crate::commands::refuse;
use crate::output;
use crate::status::Status;
use crate::surroundings::Surroundings;
use crate::ui::{Format, Ui};

/// Take a package of another member into the project.
///
/// Looks at it as `verify` does, and whether it is for us and from a member.
/// The files are kept as they were received below `sharing/received/`, with a
/// receipt, and out of git: what others send is not ours to keep in a shared
/// history. A package that is TLP:RED stays encrypted: --identity looks inside
/// before it is kept, and `probity share open` shows it.
#[derive(Debug, clap::Args)]
#[command(after_help = "Example: probity share receive alpha.zip")]
pub(crate) struct Args {
    /// The package: a folder or a zip archive.
    #[arg(value_name = "PACKAGE")]
    package: PathBuf,

    /// The identity file of age with the key that opens an encrypted package.
    #[arg(long, value_name = "KEY-FILE")]
    identity: Option<PathBuf>,

    #[command(flatten)]
    as_of: AsOfArg,

    #[command(flatten)]
    project: ProjectArgs,

    #[command(flatten)]
    format: FormatArg,
}

pub(super) fn run(args: &Args, surroundings: &Surroundings, ui: &mut Ui) -> Result<Status, Status> {
    ui.tell_as(args.format.format);
    let opened = Opened::new(&args.project, surroundings, ui)?;
    let place = opened.place(ui)?;
    let at = opened.instant(&args.as_of, surroundings, ui)?;
    let tree = opened.tree();
    let read = packages::read(&args.package, surroundings);
    let read = read.and_then(|files| Ok((Seen::of(&files)?, files)));
    let (seen, files) = read.map_err(|stop| stopped(&stop, tree, ui))?;
    let (circle, day) = (&place.circle, wish(Audience::Public, None, at).day);
    let welcome = circle.admits(seen.from(), day).and_then(|member| {
        from_them(member, &files, &seen)?;
        for_us(circle, &seen)
    });
    welcome.map_err(|refusal| stopped(&Stop::from(refusal), tree, ui))?;
    let is_opened = match (&seen, &args.identity) {
        (Seen::Sealed(envelope), Some(identity)) => {
            let inside = packages::unseal(&files, envelope, identity, surroundings);
            inside.map_err(|stop| stopped(&stop, tree, ui))?;
            true
        }
        _ => false,
    };
    let folder = PathBuf::from(RECEIVED).join(seen.from()).join(seen.id());
    let target = opened.workspace.root.join(&folder);
    packages::write(&files, &target, surroundings, ui)?;
    let receipt = receipt(&seen, &circle.policy.member, at, is_opened);
    let text = serde_json::to_string_pretty(&receipt).unwrap_or_default() + "\n";
    let ignore = opened.workspace.root.join(RECEIVED).join(".gitignore");
    for (path, text) in [(target.join(packages::RECEIPT), text.as_str()), (ignore, "*\n")] {
        output::write(&path, text.as_bytes())
            .map_err(|finding| refuse(&finding.into(), opened.tree(), ui))?;
    }
    if args.format.format == Format::Json {
        ui.outcome(json!({"receipt": receipt, "folder": folder.display().to_string()}), false);
        return Ok(Status::Done);
    }
    ui.result(&format!("{}: {} from {}", folder.display(), seen.colour(), seen.from()));
    if matches!(seen, Seen::Sealed(_)) {
        if !is_opened {
            ui.note("it was not opened: --identity looks inside");
        }
        ui.note(&format!(
            "it stays encrypted; to read it: probity share open {} --identity KEY-FILE",
            folder.display()
        ));
    }
    Ok(Status::Done)
}

/// What is kept of how a package came. Of what is encrypted it says nothing.
fn receipt(seen: &Seen, us: &str, at: Timestamp, is_opened: bool) -> Value {
    let (what, of_it) = match seen {
        Seen::Open(manifest) => ("documents", json!(manifest.documents)),
        Seen::Sealed(envelope) => ("sealed", json!({"sha256": envelope.sha256, "opened": is_opened})),
    };
    json!({
        "package": seen.id(),
        "from": seen.from(),
        "to": us,
        "colour": seen.colour(),
        "received": at.to_string(),
        what: of_it,
    })
}

/// Whether the mail of a package, where it has one, comes from an address of its member.
fn from_them(member: &Member, files: &Files, seen: &Seen) -> Result<(), Refusal> {
    let Some(sender) = package::sender(files) else { return Ok(()) };
    if member.emails.iter().any(|known| known.eq_ignore_ascii_case(&sender)) {
        return Ok(());
    }
    let message =
        format!("the mail comes from an address that the register does not have for `{}`", member.name);
    let remedy = "ask the member by another way whether the package is theirs";
    let refusal = Refusal::new(rules::SENDER, &codes::SENDER, message, remedy);
    Err(refusal.of(package::MAIL, seen.colour().parse().ok()))
}

/// Whether a package is for us.
fn for_us(circle: &Circle, seen: &Seen) -> Result<(), Refusal> {
    let us = &circle.policy.member;
    let is_of_us =
        |name: &str| circle.register.person(name).is_some_and(|person| person.members.contains(us));
    let is_ours = match seen {
        Seen::Sealed(envelope) => envelope.persons().any(|name| is_of_us(&name)),
        Seen::Open(manifest) => match manifest.audience.parse() {
            Ok(Audience::Members | Audience::Public) => true,
            Ok(Audience::Member(name)) => name == *us,
            Ok(Audience::Person(name)) => is_of_us(&name),
            Ok(Audience::Group(name)) => circle.groups.iter().any(|group| group.name == name),
            Err(_) => false,
        },
    };
    if is_ours {
        return Ok(());
    }
    let message = "the package is not for us".to_owned();
    let label: Option<Label> = seen.colour().parse().ok();
    let refusal = Refusal::new(rules::AUDIENCE, &codes::AUDIENCE, message, "delete it, and tell its sender");
    let (file, audience) = match seen {
        Seen::Open(manifest) => (package::MANIFEST, manifest.audience.clone()),
        Seen::Sealed(envelope) => (package::ENVELOPE, envelope.to.join(", ")),
    };
    Err(refusal.of(file, label).to(audience))
}
