use std::path::PathBuf;

use probity_project::sharing::RECEIVED;
use probity_sharing::package::{self, Manifest};
use probity_sharing::{Audience, Circle, Label, Refusal, Stop, codes, rules};
use serde_json::json;

use super::opened::{Opened, wish};
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
/// history.
#[derive(Debug, clap::Args)]
#[command(after_help = "Example: probity share receive alpha.zip")]
pub(crate) struct Args {
    /// The package: a folder or a zip archive.
    #[arg(value_name = "PACKAGE")]
    package: PathBuf,

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
    let read =
        packages::read(&args.package, surroundings).and_then(|files| Ok((package::verify(&files)?, files)));
    let (manifest, files) = read.map_err(|stop| stopped(&stop, opened.tree(), ui))?;
    let (circle, day) = (&place.circle, wish(Audience::Public, None, at).day);
    let welcome = circle.admits(&manifest.from, day).map(|_| ()).and_then(|()| for_us(circle, &manifest));
    welcome.map_err(|refusal| stopped(&Stop::from(refusal), opened.tree(), ui))?;
    let folder = PathBuf::from(RECEIVED).join(&manifest.from).join(&manifest.id);
    let target = opened.workspace.root.join(&folder);
    packages::write(&files, &target, surroundings, ui)?;
    let receipt = json!({
        "package": manifest.id,
        "from": manifest.from,
        "to": circle.policy.member,
        "colour": manifest.colour,
        "received": at.to_string(),
        "documents": manifest.documents,
    });
    let text = serde_json::to_string_pretty(&receipt).unwrap_or_default() + "\n";
    let ignore = opened.workspace.root.join(RECEIVED).join(".gitignore");
    for (path, text) in [(target.join("receipt.json"), text.as_str()), (ignore, "*\n")] {
        output::write(&path, text.as_bytes())
            .map_err(|finding| refuse(&finding.into(), opened.tree(), ui))?;
    }
    if args.format.format == Format::Json {
        ui.outcome(json!({"receipt": receipt, "folder": folder.display().to_string()}), false);
    } else {
        ui.result(&format!("{}: {} from {}", folder.display(), manifest.colour, manifest.from));
    }
    Ok(Status::Done)
}

/// Whether a package is for us.
fn for_us(circle: &Circle, manifest: &Manifest) -> Result<(), Refusal> {
    let us = &circle.policy.member;
    let is_ours = match manifest.audience.parse() {
        Ok(Audience::Members | Audience::Public) => true,
        Ok(Audience::Member(name)) => name == *us,
        Ok(Audience::Person(name)) => {
            circle.register.person(&name).is_some_and(|one| one.members.contains(us))
        }
        Ok(Audience::Group(name)) => circle.groups.iter().any(|group| group.name == name),
        Err(_) => false,
    };
    if is_ours {
        return Ok(());
    }
    let message = "the package is not for us".to_owned();
    let label: Option<Label> = manifest.label();
    let refusal = Refusal::new(rules::AUDIENCE, &codes::AUDIENCE, message, "delete it, and tell its sender");
    Err(refusal.of(package::MANIFEST, label).to(manifest.audience.clone()))
}
