//! Documents: Probity beside the tools that its users have, on the largest published catalog, in one run.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

use super::cost::{Cost, Measure, succeed};
use crate::schema::files;

/// The largest document that NIST publishes.
const CATALOG: &str = "oscal-content/nist.gov/SP800-53/rev5/json/NIST_SP-800-53_rev5_catalog.json";
/// The release of the catalog, which one of the peers does not accept, and the one that it is given as.
const RELEASES: (&str, &str) = ("\"oscal-version\": \"1.1.3\"", "\"oscal-version\": \"1.2.1\"");
/// A profile of it, how it names the catalog, and the name that both tools understand.
const PROFILE: &str =
    "oscal-content/nist.gov/SP800-53/rev5/json/NIST_SP-800-53_rev5_MODERATE-baseline_profile.json";
const IMPORTS: (&str, &str) = (
    "\"href\": \"#84cbf061-eb87-4ec1-8112-1f529232e907\"",
    "\"href\": \"trestle://catalogs/nist/catalog.json\"",
);
/// The release of the profile.
const PROFILE_RELEASE: &str = "\"oscal-version\": \"1.1.2\"";
/// The peers, as pip knows them.
const PEERS: [&str; 2] = ["compliance-trestle==5.2.0", "oscal==3.2.2"];
/// Conversion by the second peer: the converter alone, without the validation that its `load` does before.
const CONVERT: &str = "import sys
from oscal.oscal_converter import OSCALConverter
text = open(sys.argv[1]).read()
converted = OSCALConverter.from_support('catalog', 'v1.2.1').json_to_xml(text)
open(sys.argv[2], 'w').write(converted)
";
/// Memory that Probity may take up.
const MEMORY: u64 = 150 << 20;
/// Wall time of `--version`.
const START: Duration = Duration::from_millis(10);

/// What to run.
#[derive(Debug, clap::Args)]
pub(super) struct Documents {
    /// Set up the peers in a virtual environment below `target/` first.
    #[arg(long)]
    install: bool,
    #[command(flatten)]
    measure: Measure,
}

/// A line of the table.
struct Row {
    what: &'static str,
    ours: String,
    theirs: String,
    ratio: String,
    bar: String,
    holds: bool,
}

/// Measures and prints the table.
pub(super) fn run(arguments: &Documents) -> Result<Vec<String>, String> {
    let checkout = files::checkout();
    let scratch = checkout.join("target/bench-documents");
    let peers = checkout.join("target/bench-peers");
    if arguments.install {
        install(&peers)?;
    }
    let python = peers.join("bin/python");
    if !python.exists() {
        return Err("the other tools are not installed: run with --install".to_owned());
    }
    let probity = arguments.measure.program(&checkout)?;
    let workspace = workspace(&scratch)?;
    let rows = Bench { probity, python, workspace, measure: &arguments.measure }.rows()?;
    let table = table(&rows);
    let missed: Vec<&str> = rows.iter().filter(|row| !row.holds).map(|row| row.what).collect();
    if missed.is_empty() {
        Ok(vec![table])
    } else {
        Err(format!("bars were missed: {}\n{table}", missed.join(", ")))
    }
}

fn install(peers: &Path) -> Result<(), String> {
    succeed(Command::new("python3").args(["-m", "venv"]).arg(peers))?;
    let pip = ["-m", "pip", "install", "--quiet", "--disable-pip-version-check"];
    succeed(Command::new(peers.join("bin/python")).args(pip).args(PEERS))
}

/// A workspace of compliance-trestle with the catalog and the profile in it.
fn workspace(scratch: &Path) -> Result<PathBuf, String> {
    let catalog = files::read(&files::reference().join(CATALOG))?;
    files::write(&scratch.join(".trestle/config.ini"), "")?;
    let catalog = catalog.replacen(RELEASES.0, RELEASES.1, 1);
    files::write(&scratch.join("catalogs/nist/catalog.json"), &catalog)?;
    let profile = files::read(&files::reference().join(PROFILE))?;
    let profile = profile.replacen(IMPORTS.0, IMPORTS.1, 1).replacen(PROFILE_RELEASE, RELEASES.1, 1);
    files::write(&scratch.join("profiles/moderate/profile.json"), &profile)?;
    Ok(scratch.to_path_buf())
}

/// The programs, and the folder that they work in.
struct Bench<'a> {
    probity: PathBuf,
    python: PathBuf,
    workspace: PathBuf,
    measure: &'a Measure,
}

impl Bench<'_> {
    fn rows(&self) -> Result<Vec<Row>, String> {
        const FILE: &str = "catalogs/nist/catalog.json";
        let validate = self.best(Command::new(&self.probity).args(["validate", FILE]), &[0, 1])?;
        let schema_only =
            self.best(Command::new(&self.python).args(["-m", "trestle", "validate", "-f", FILE]), &[0])?;
        let to_xml =
            self.best(Command::new(&self.probity).args(["convert", FILE, "-o", "ours.xml"]), &[0, 1])?;
        let their_xml =
            self.best(Command::new(&self.python).args(["-c", CONVERT, FILE, "theirs.xml"]), &[0])?;
        let to_yaml =
            self.best(Command::new(&self.probity).args(["convert", FILE, "-o", "ours.yaml"]), &[0, 1])?;
        let from_xml = self
            .best(Command::new(&self.probity).args(["convert", "ours.xml", "-o", "again.json"]), &[0, 1])?;
        let profile = ["resolve", "profiles/moderate/profile.json", "-o", "resolved.json"];
        let resolve = self.best(Command::new(&self.probity).args(profile), &[0])?;
        let profile = ["-m", "trestle", "author", "profile-resolve", "-n", "moderate", "-o", "resolved"];
        let their_resolve = self.best(Command::new(&self.python).args(profile), &[0])?;
        let version = self.best(Command::new(&self.probity).arg("--version"), &[0])?;
        let memory = |what, cost: Cost| Row {
            what,
            ours: format!("{} MiB", cost.memory >> 20),
            theirs: String::new(),
            ratio: String::new(),
            bar: format!("{} MiB", MEMORY >> 20),
            holds: cost.memory <= MEMORY,
        };
        Ok(vec![
            compared("validate, all constraints / trestle validate, schema only", validate, schema_only, 10),
            compared("convert JSON to XML / PyPI oscal", to_xml, their_xml, 50),
            compared("resolve MODERATE / trestle profile-resolve", resolve, their_resolve, 10),
            Row {
                what: "probity --version, wall time",
                ours: format!("{:.1} ms", version.wall.as_secs_f64() * 1e3),
                theirs: String::new(),
                ratio: String::new(),
                bar: format!("{} ms", START.as_millis()),
                holds: version.wall < START,
            },
            memory("validate, peak memory", validate),
            memory("convert JSON to XML, peak memory", to_xml),
            memory("convert JSON to YAML, peak memory", to_yaml),
            memory("convert XML to JSON, peak memory", from_xml),
            memory("resolve MODERATE, peak memory", resolve),
        ])
    }

    /// The best of several runs, each of which ends with one of `codes`.
    fn best(&self, command: &mut Command, codes: &[i32]) -> Result<Cost, String> {
        command.current_dir(&self.workspace);
        self.measure.best(|_| Cost::of(command, codes))
    }
}

/// CPU seconds beside those of a peer, of which at most the `part`-th may be used.
fn compared(what: &'static str, ours: Cost, theirs: Cost, part: u32) -> Row {
    let ratio = theirs.cpu.as_secs_f64() / ours.cpu.as_secs_f64().max(1e-6);
    Row {
        what,
        ours: format!("{:.3} s", ours.cpu.as_secs_f64()),
        theirs: format!("{:.3} s", theirs.cpu.as_secs_f64()),
        ratio: format!("1/{ratio:.1}"),
        bar: format!("1/{part}"),
        holds: ratio >= f64::from(part),
    }
}

/// The rows as Markdown, for the documentation.
fn table(rows: &[Row]) -> String {
    let mut text =
        "| what | ours | theirs | ratio | bar | |\n| --- | --: | --: | --: | --: | --- |\n".to_owned();
    for Row { what, ours, theirs, ratio, bar, holds } in rows {
        let verdict = if *holds { "holds" } else { "missed" };
        let _ = writeln!(text, "| {what} | {ours} | {theirs} | {ratio} | {bar} | {verdict} |");
    }
    text
}
