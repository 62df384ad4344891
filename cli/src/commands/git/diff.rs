use std::path::Path;

use probity_diagnostics::TreePath;
use probity_diagnostics::document::Limits;
use probity_generators::difference::{Comparison, DocumentChange, Paths, TextOptions, text};
use probity_oscal::difference::{Options, difference};
use probity_oscal::split;
use serde_json::Value;

use crate::status::Status;
use crate::surroundings::Surroundings;
use crate::ui::Ui;

/// Show what differs between two versions of a document; git calls this.
///
/// Files that are no OSCAL documents, or cannot be read, are compared line by
/// line. The exit code is 0 whatever differs, as git wants it.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// The path of the file in the repository.
    #[arg(value_name = "PATH")]
    path: String,

    /// What git says of both sides: a file, the name of its content and its
    /// mode, for each; after a rename the new path too.
    #[arg(value_name = "SIDE", allow_hyphen_values = true, trailing_var_arg = true)]
    sides: Vec<String>,
}

pub(super) fn run(args: &Args, surroundings: &Surroundings, ui: &mut Ui) -> Status {
    let [old, _, _, new, _, _, rest @ ..] = args.sides.as_slice() else {
        // git names the path alone where a merge left conflicts in it
        ui.result(&format!("* Unmerged path {}", args.path));
        return Status::Done;
    };
    let renamed = rest.first().unwrap_or(&args.path);
    let sides = [Side::read(old, &args.path, surroundings), Side::read(new, renamed, surroundings)];
    // git pipes what is shown through a pager, which takes colours
    let paged = surroundings.variables.get("GIT_PAGER_IN_USE").as_deref() == Some("true");
    let color = ui.color() || (paged && surroundings.stderr_is_terminal && !surroundings.no_color);
    let text = compared(&sides, color).unwrap_or_else(|| by_line(&sides));
    ui.result(&text);
    Status::Done
}

/// One side of a difference.
struct Side {
    path: String,
    /// None where the file is not there.
    bytes: Option<Vec<u8>>,
}

impl Side {
    #[expect(clippy::disallowed_methods, reason = "git makes the files for this call, and names them")]
    fn read(file: &str, path: &str, surroundings: &Surroundings) -> Self {
        let bytes = match file {
            "/dev/null" | "nul" => None,
            file => std::fs::read(surroundings.folder.join(Path::new(file))).ok(),
        };
        Self { path: path.to_owned(), bytes }
    }

    /// The document; none where it is not there.
    fn document(&self) -> Option<Result<Value, ()>> {
        let bytes = self.bytes.as_ref()?;
        let small = u64::try_from(bytes.len()).is_ok_and(|length| length <= Limits::default().bytes);
        let path = TreePath::parse(&self.path).ok().filter(|_| small);
        let value = path.and_then(|path| probity_oscal::read(bytes, &path).ok()).map(|read| read.value.1);
        Some(value.map(|value| split::enclosed(&value).unwrap_or(value)).ok_or(()))
    }
}

/// The difference of two documents in the words of OSCAL; none where a side is none.
fn compared([old, new]: &[Side; 2], color: bool) -> Option<String> {
    let (before, after) = (old.document().transpose().ok()?, new.document().transpose().ok()?);
    let difference = difference(before.as_ref(), after.as_ref(), Options::default()).ok()?;
    let paths = Paths {
        before: before.is_some().then(|| old.path.clone()),
        after: after.is_some().then(|| new.path.clone()),
    };
    let comparison = Comparison {
        before: old.path.clone(),
        after: new.path.clone(),
        documents: vec![DocumentChange { paths, difference }],
        ..Comparison::default()
    };
    Some(text(&comparison, TextOptions { color, brief: false }))
}

/// The difference line by line, as git shows it.
fn by_line([old, new]: &[Side; 2]) -> String {
    let none = Vec::new();
    let (before, after) = (old.bytes.as_ref().unwrap_or(&none), new.bytes.as_ref().unwrap_or(&none));
    let name = |side: &Side, letter: char| match side.bytes {
        Some(_) => format!("{letter}/{}", side.path),
        None => "/dev/null".to_owned(),
    };
    let (from, to) = (name(old, 'a'), name(new, 'b'));
    match (std::str::from_utf8(before), std::str::from_utf8(after)) {
        (Ok(before), Ok(after)) if !before.contains('\0') && !after.contains('\0') => {
            let changes = similar::TextDiff::from_lines(before, after);
            changes.unified_diff().context_radius(3).header(&from, &to).to_string()
        }
        _ => format!("Binary files {from} and {to} differ"),
    }
}
