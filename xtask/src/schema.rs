//! `cargo xtask schema`: the OSCAL tables and everything written from them.
//!
//! The way is one direction: the Metaschema modules of the reference folder give the tables under
//! `oscal/schema`, the tables give the Rust types and the structural table of the validator. Without the
//! reference folder the Rust is still written from the tables that are there.

mod constraints;
mod datatypes;
mod declared;
mod facts;
pub(crate) mod files;
mod metaschema;
mod node;
mod statics;
mod structs;
mod xml;

use std::collections::{BTreeMap, BTreeSet};
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use node::Node;

/// Write the OSCAL tables, types and validator table.
#[derive(clap::Args, Debug)]
pub(crate) struct Schema {
    /// Write nothing; fail where a file would change.
    #[arg(long)]
    check: bool,
    /// Release of OSCAL to read; the one of the committed tables where it is not said.
    #[arg(long)]
    release: Option<String>,
    /// Release of the JSON schema that gives the patterns of datatypes, which may lag behind.
    #[arg(long)]
    datatypes: Option<String>,
}

/// The releases that are read.
struct Releases {
    modules: String,
    datatypes: String,
}

impl Releases {
    /// Those asked for, else those of the committed tables.
    fn of(release: Option<&str>, datatypes: Option<&str>) -> Result<Self, String> {
        let table = node::read(&files::read(&files::checkout().join(TABLES).join(RELEASE))?)?;
        let line = table.iter().find(|line| line.kind == "release").ok_or("no release line")?;
        let committed = line.get("datatypes").unwrap_or(&line.name);
        Ok(Self {
            modules: release.unwrap_or(&line.name).to_owned(),
            datatypes: datatypes.or(release).unwrap_or(committed).to_owned(),
        })
    }

    /// Folder of the Metaschema modules.
    fn modules(&self, reference: &Path) -> PathBuf {
        reference.join(format!("oscal-metaschema-{}", self.modules))
    }

    /// The JSON schema that names the patterns of the datatypes.
    fn json_schema(&self, reference: &Path) -> PathBuf {
        reference.join(format!("oscal-json-schema-{}/oscal_complete_schema.json", self.datatypes))
    }
}

/// What a run did, for the person at the terminal.
pub(crate) type Report = Vec<String>;

/// Folder of the tables inside the checkout.
const TABLES: &str = "oscal/schema";
/// The table of the release and its datatypes.
const RELEASE: &str = "release.table";

/// Runs the command.
///
/// # Errors
/// Unreadable input, unsupported constructs, and with `--check` the files that would change.
pub(crate) fn run(arguments: &Schema) -> Result<Report, String> {
    let releases = Releases::of(arguments.release.as_deref(), arguments.datatypes.as_deref())?;
    let (wanted, mut report) = generate(&files::reference(), &releases)?;
    let stale = stale_files(&wanted);
    if !arguments.check {
        for (path, text) in &wanted {
            files::write(path, text)?;
        }
        for path in leftovers(&wanted) {
            files::remove(&path)?;
        }
        report.push(format!("{} of {} files changed", stale.len(), wanted.len()));
        return Ok(report);
    }
    if stale.is_empty() {
        report.push(format!("{} files are up to date", wanted.len()));
        return Ok(report);
    }
    Err(format!("out of date, run `cargo xtask schema`:\n  {}", stale.join("\n  ")))
}

/// Every file that the generator owns, with its content.
fn generate(reference: &Path, releases: &Releases) -> Result<(BTreeMap<PathBuf, String>, Report), String> {
    let folder = files::checkout().join(TABLES);
    let modules = releases.modules(reference);
    let mut report = Report::new();
    let tables = if modules.is_dir() {
        tables(&modules, &releases.json_schema(reference), &releases.datatypes)?
    } else if release_is_committed(&folder, releases) {
        report.push(format!("skipped the Metaschema modules: {} is absent", modules.display()));
        committed_tables(&folder)?
    } else {
        return Err(format!("{} is absent", modules.display()));
    };
    let nodes = |text: &str| node::read(text);
    let release = nodes(tables.get(RELEASE).ok_or("no release table")?)?;
    let mut modules = Vec::new();
    for module in release.iter().filter(|line| line.kind == "module") {
        let name = table_name(&module.name);
        let text = tables.get(&name).ok_or_else(|| format!("no table {name}"))?;
        modules.extend(nodes(text).map_err(|error| format!("{name}, {error}"))?);
    }
    let facts = facts::interpret(&release, &modules)?;
    let mut wanted: BTreeMap<PathBuf, String> =
        tables.into_iter().map(|(name, text)| (folder.join(name), text)).collect();
    let rust = [
        ("model", structs::write(&facts)),
        ("schema/table", statics::write(&facts)),
        ("schema/table", constraints::write(&facts)?),
    ];
    for (into, generated) in rust {
        for (name, text) in generated {
            let path = files::checkout().join("oscal/src").join(into).join(name);
            let text = format_rust(&text).map_err(|error| format!("{}: {error}", path.display()))?;
            wanted.insert(path, text);
        }
    }
    Ok((wanted, report))
}

fn table_name(module: &str) -> String {
    format!("{module}.table")
}

/// The tables out of the Metaschema modules, by file name.
fn tables(modules: &Path, json_schema: &Path, datatypes: &str) -> Result<BTreeMap<String, String>, String> {
    let read = metaschema::read(modules)?;
    let release = Node::new("release", &read.version).with("namespace", Some(&read.namespace));
    let mut release = vec![release.with("datatypes", Some(datatypes))];
    release.extend(read.nodes.iter().map(|module| Node::new("module", &module.name)));
    release.extend(datatypes::read(json_schema)?);
    let mut tables = BTreeMap::from([(RELEASE.to_owned(), node::write(&release))]);
    for module in &read.nodes {
        tables.insert(table_name(&module.name), node::write(std::slice::from_ref(module)));
    }
    Ok(tables)
}

fn release_is_committed(folder: &Path, releases: &Releases) -> bool {
    files::read(&folder.join(RELEASE))
        .is_ok_and(|text| text.starts_with(&format!("release {} ", releases.modules)))
}

fn committed_tables(folder: &Path) -> Result<BTreeMap<String, String>, String> {
    let name =
        |path: &Path| path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    files::list(folder, "table").iter().map(|path| Ok((name(path), files::read(path)?))).collect()
}

fn stale_files(wanted: &BTreeMap<PathBuf, String>) -> Vec<String> {
    let changed = wanted.iter().filter(|(path, text)| files::read(path).as_ref() != Ok(text));
    let changed = changed.map(|(path, _)| path.display().to_string());
    changed.chain(leftovers(wanted).iter().map(|path| format!("{} (left over)", path.display()))).collect()
}

/// Files of an earlier run that are not written any more.
fn leftovers(wanted: &BTreeMap<PathBuf, String>) -> Vec<PathBuf> {
    let folders: BTreeSet<&Path> = wanted.keys().filter_map(|path| path.parent()).collect();
    let present = folders.into_iter().flat_map(|folder| {
        ["table", "rs"].into_iter().flat_map(move |extension| files::list(folder, extension))
    });
    let generated = |path: &PathBuf| {
        path.extension().is_some_and(|extension| extension == "table")
            || files::read(path).is_ok_and(|text| text.starts_with(structs::HEADER))
    };
    present.filter(|path| !wanted.contains_key(path)).filter(generated).collect()
}

/// Passes Rust through rustfmt with the settings of the checkout.
fn format_rust(text: &str) -> Result<String, String> {
    let mut child = Command::new("rustfmt")
        .args(["--edition", "2024", "--config-path"])
        .arg(files::checkout())
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .map_err(|error| format!("rustfmt: {error}"))?;
    if let Some(mut input) = child.stdin.take() {
        input.write_all(text.as_bytes()).map_err(|error| format!("rustfmt: {error}"))?;
    }
    let output = child.wait_with_output().map_err(|error| format!("rustfmt: {error}"))?;
    if !output.status.success() {
        return Err("rustfmt refused the generated code".to_owned());
    }
    String::from_utf8(output.stdout).map_err(|error| error.to_string())
}

#[cfg(test)]
mod tests {
    use super::{Releases, files, generate, stale_files};

    #[test]
    fn nothing_changes_when_everything_is_written_again() {
        let reference = files::reference();
        let releases = Releases::of(None, None).unwrap();
        let modules = releases.modules(&reference);
        assert!(!files::reference_required() || modules.is_dir(), "{} is absent", modules.display());
        let (wanted, report) = generate(&reference, &releases).unwrap();
        println!("{}", report.join("\n"));
        assert_eq!(stale_files(&wanted), Vec::<String>::new(), "run `cargo xtask schema`");
    }
}
