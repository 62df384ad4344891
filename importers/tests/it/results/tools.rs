//! The tools themselves, where they are installed: what they write here and now is read as what it is.

use std::path::{Path, PathBuf};
use std::process::Command;

use probity_diagnostics::DiskTree;
use probity_evidence::foreign::{Outcome, Run};
use probity_importers::results::{Format, read};

use super::path;

/// A folder below the one of tests, emptied.
fn scratch(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    let _ = std::fs::remove_dir_all(&folder);
    std::fs::create_dir_all(&folder).unwrap();
    folder
}

/// The one run in a file that a tool wrote.
fn run(folder: &Path, file: &str, format: Format) -> Run {
    let tree = DiskTree::new(folder, String::new()).unwrap();
    let read = read(&tree, &path(file), None, None).unwrap().value;
    assert_eq!(read.format, format);
    read.runs.into_iter().next().unwrap()
}

/// Rules and outcomes, sorted.
fn outcomes(run: &Run) -> Vec<(&str, Outcome)> {
    let mut found: Vec<_> = run.results.iter().map(|found| (found.rule.as_str(), found.outcome)).collect();
    found.sort_unstable();
    found
}

#[test]
fn bandit() {
    let installed = Path::new(env!("CARGO_MANIFEST_DIR")).join("../target/oracle/bandit");
    if !installed.join("bandit").is_dir() {
        assert!(
            !is_required(),
            "bandit is required, and not installed: tests/oracle/install.sh target/oracle"
        );
        println!("skipped: bandit is not installed; run tests/oracle/install.sh target/oracle");
        return;
    }
    let folder = scratch("bandit");
    let source = "import hashlib\n\nPASSWORD = 'open sesame'\n\nprint(hashlib.md5(b'gate').hexdigest())\n";
    std::fs::write(folder.join("gate.py"), source).unwrap();
    let args = ["-m", "bandit", "--quiet", "--format", "sarif", "--output", "gate.sarif", "gate.py"];
    let ended =
        Command::new("python3").args(args).env("PYTHONPATH", &installed).current_dir(&folder).status();
    assert_eq!(ended.unwrap().code(), Some(1), "bandit ends with 1 where it finds something");
    let run = run(&folder, "gate.sarif", Format::Sarif);
    assert_eq!(run.tool, "Bandit");
    assert!(run.completed && run.ended.is_some());
    assert_eq!(outcomes(&run), [("B105", Outcome::Fail), ("B324", Outcome::Fail)]);
    assert!(run.results.iter().all(|found| found.subject.id == "gate.py" && found.line > 1));
}

const BENCHMARK: &str = r#"<Benchmark xmlns="http://checklists.nist.gov/xccdf/1.2" id="xccdf_example.harbour_benchmark_a" resolved="true">
  <status>draft</status><title>Harbour</title><version>1</version>
  <Rule id="xccdf_example.harbour_rule_watch" selected="true" severity="low"><title>The watch is awake</title></Rule>
  <Rule id="xccdf_example.harbour_rule_sails" selected="false" severity="high"><title>Sails are mended</title></Rule>
</Benchmark>"#;

#[test]
fn openscap() {
    if Command::new("oscap").arg("--version").output().is_err() {
        assert!(!is_required(), "oscap is required (Debian: openscap-scanner)");
        println!("skipped: oscap is not installed (Debian: openscap-scanner)");
        return;
    }
    let folder = scratch("openscap");
    std::fs::write(folder.join("benchmark.xml"), BENCHMARK).unwrap();
    let args = ["xccdf", "eval", "--results", "results.xml", "--results-arf", "arf.xml", "benchmark.xml"];
    let ended = Command::new("oscap").args(args).current_dir(&folder).output().unwrap();
    assert!(ended.status.success(), "{}", String::from_utf8_lossy(&ended.stderr));
    for file in ["results.xml", "arf.xml"] {
        let run = run(&folder, file, Format::Xccdf);
        assert_eq!(run.tool, "openscap", "{file}");
        let unknown = [("sails", Outcome::Unknown), ("watch", Outcome::Unknown)];
        let found: Vec<(&str, Outcome)> = outcomes(&run)
            .into_iter()
            .map(|(rule, outcome)| (rule.rsplit('_').next().unwrap(), outcome))
            .collect();
        assert_eq!(found, unknown, "{file}");
    }
}

/// Whether the tools have to be there.
fn is_required() -> bool {
    std::env::var_os("PROBITY_REQUIRE_ORACLE").is_some_and(|value| value == "1")
}
