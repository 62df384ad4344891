//! What the README shows is true.

use std::path::Path;

use crate::program::{Ran, copy, folder, probity, repository};

/// A fenced block of the README.
struct Block {
    language: String,
    lines: Vec<String>,
}

fn blocks() -> Vec<Block> {
    let text = std::fs::read_to_string(repository("README.md")).unwrap();
    let mut blocks: Vec<Block> = Vec::new();
    let mut inside = false;
    for line in text.lines() {
        match (line.strip_prefix("```"), inside) {
            (Some(_), true) => inside = false,
            (Some(language), false) => {
                inside = true;
                blocks.push(Block { language: language.to_owned(), lines: Vec::new() });
            }
            (None, true) => blocks.last_mut().unwrap().lines.push(line.to_owned()),
            (None, false) => {}
        }
    }
    blocks
}

/// The arguments of `probity` in a line of a shell.
fn arguments(line: &str) -> Option<Vec<&str>> {
    let line = [" #", " > ", " | "].iter().fold(line, |line, end| line.split(end).next().unwrap()).trim();
    let rest = line.strip_prefix("cargo run --release -- ").or_else(|| line.strip_prefix("probity "))?;
    Some(rest.split_whitespace().collect())
}

#[test]
fn the_first_two_commands_are_to_build_and_to_test() {
    let shell: Vec<String> =
        blocks().into_iter().filter(|block| block.language == "sh").flat_map(|block| block.lines).collect();
    assert_eq!(shell[0], "cargo run --release -- build -C content/examples/hyperiot");
    assert_eq!(shell[1], "cargo xtask test");
}

#[test]
fn commands_print_what_is_shown() {
    let place = folder();
    let examples = place.path().join("content/examples");
    copy(&repository("content/examples"), &examples);
    crate::review::with_history(&examples.join("hyperiot"));
    let (mut ran, mut last): (usize, Option<Ran>) = (0, None);
    for block in blocks() {
        match block.language.as_str() {
            "sh" => {
                for line in &block.lines {
                    if let Some(args) = arguments(line) {
                        last = Some(runs(place.path(), &args));
                        ran += 1;
                    } else {
                        assert!(line.is_empty() || line.starts_with("cargo xtask "), "{line}");
                    }
                }
            }
            "text" => {
                let ran = last.as_ref().expect("a command stands before what it prints");
                for line in block.lines.iter().filter(|line| *line != "…") {
                    let said = ran.out.lines().chain(ran.err.lines()).any(|found| found == line);
                    assert!(said, "`{line}` is not printed:\n{}{}", ran.out, ran.err);
                }
            }
            other => panic!("what is a block of `{other}`?"),
        }
    }
    assert!(ran >= 2, "only {ran} commands");
}

/// Runs a command, which may find something but not fail. There is no platform
/// to look at here: of such commands the arguments are checked. What is about
/// changes or about what was built runs in the example system.
fn runs(folder: &Path, args: &[&str]) -> Ran {
    let of_example = ["review", "diff", "log", "blame", "bisect", "export", "poam"];
    let folder = if args.first().is_some_and(|name| of_example.contains(name)) {
        folder.join("content/examples/hyperiot")
    } else {
        folder.to_path_buf()
    };
    let is_live =
        args.first() == Some(&"discover") && matches!(args.get(1), Some(&("aws" | "azure" | "kubernetes")));
    let only_checked = is_live.then_some("--print-policy").filter(|flag| !args.contains(flag));
    let args: Vec<&str> = args.iter().copied().chain(only_checked).collect();
    let ran = probity(&folder, &args);
    assert!(matches!(ran.code, 0 | 1), "probity {}: {}\n{}", args.join(" "), ran.code, ran.err);
    ran
}

#[test]
fn commands_in_the_text_are_there() {
    let text = std::fs::read_to_string(repository("README.md")).unwrap();
    let help = probity(Path::new("."), &["--help"]).exits(0).out;
    let known = |name: &str| help.lines().any(|line| line.starts_with(&format!("  {name} ")));
    for span in text.split('`').skip(1).step_by(2) {
        let Some(args) = span.strip_prefix("probity ") else { continue };
        let name = args.split_whitespace().next().unwrap_or_default();
        assert!(name.starts_with('-') || known(name), "the README speaks of `probity {args}`");
    }
}

#[test]
fn what_is_said_to_be_written_is_written() {
    let place = folder();
    copy(&repository("content/examples/hyperiot"), place.path());
    probity(place.path(), &["build", "c5", "--quiet"]).exits(1);
    let text = std::fs::read_to_string(repository("README.md")).unwrap();
    let table = text.lines().skip_while(|line| *line != "| file | what |").skip(2);
    let rows: Vec<&str> = table.take_while(|line| line.starts_with('|')).collect();
    assert!(rows.len() >= 5);
    for row in rows {
        for name in row.split('|').nth(1).unwrap().split('`').skip(1).step_by(2) {
            assert!(place.path().join("build/c5").join(name).exists(), "{name} was not written");
        }
    }
}

#[test]
fn links_lead_to_files() {
    for page in ["README.md", "ARCHITECTURE.md", "CONTRIBUTING.md"] {
        let text = std::fs::read_to_string(repository(page)).unwrap();
        for target in text.split("](").skip(1).filter_map(|rest| rest.split(')').next()) {
            let path = target.split('#').next().unwrap();
            let outside = path.contains("://") || path.is_empty();
            assert!(outside || repository(path).exists(), "{page} links to {target}");
        }
    }
}
