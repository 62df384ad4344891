//! What the program says of itself: help, completions, manual pages.

use std::path::Path;

use crate::ran::{folder, probity};

const COMMANDS: &[&str] = &[
    "init",
    "validate",
    "convert",
    "diff",
    "fmt",
    "split",
    "assemble",
    "git",
    "resolve",
    "compile",
    "discover",
    "assess",
    "scan",
    "build",
    "attest",
    "coverage",
    "report",
    "export",
    "poam",
    "ssp",
    "archive",
    "trend",
    "review",
    "explain",
    "log",
    "blame",
    "bisect",
    "catalog",
    "certificate",
    "metric",
    "import",
    "share",
    "test",
    "completions",
    "man",
];

fn help(args: &[&str]) -> String {
    let args: Vec<&str> = args.iter().copied().chain(["--help"]).collect();
    probity(Path::new("."), &args).exits(0).out
}

/// The names under a heading such as `Commands:`.
fn listed(help: &str, heading: &str) -> Vec<String> {
    let lines = help.lines().skip_while(|line| *line != heading).skip(1);
    let lines = lines.take_while(|line| line.is_empty() || line.starts_with("  "));
    lines
        .filter(|line| line.starts_with("  ") && !line.starts_with("   "))
        .filter_map(|line| line.split_whitespace().next())
        .map(str::to_owned)
        .collect()
}

#[test]
fn every_command_is_there_and_no_other() {
    let mut found = listed(&help(&[]), "Commands:");
    found.retain(|name| name != "help");
    assert_eq!(found, COMMANDS);
}

#[test]
fn the_help_of_every_command_is_a_snapshot() {
    let short = |args: &[&str]| probity(Path::new("."), &[args, &["-h"]].concat()).exits(0).out;
    let mut pages = vec![short(&[])];
    for command in COMMANDS {
        pages.push(short(&[command]));
        for inner in listed(&help(&[command]), "Commands:").iter().filter(|name| *name != "help") {
            pages.push(short(&[command, inner]));
        }
    }
    insta::assert_snapshot!("help", pages.join("\n----------------------------------------\n"));
}

#[test]
fn every_command_that_help_names_exists() {
    for command in COMMANDS {
        for line in help(&[command]).lines().filter(|line| line.contains("probity ")) {
            let words = line.split(|c: char| !c.is_alphanumeric() && c != '-');
            let after = words.skip_while(|word| *word != "probity").nth(1).unwrap_or_default();
            let known = COMMANDS.contains(&after) || after.is_empty() || after == "toml";
            assert!(known, "`probity {command} --help` speaks of `probity {after}`: {line}");
        }
    }
}

#[test]
fn completions_name_every_command() {
    for shell in ["bash", "elvish", "fish", "powershell", "zsh"] {
        let script = probity(Path::new("."), &["completions", shell]).exits(0).out;
        for command in COMMANDS {
            assert!(script.contains(command), "completions of {shell} lack {command}");
        }
    }
    let refused = probity(Path::new("."), &["completions", "tcsh"]).exits(2);
    assert!(refused.out.is_empty() && refused.err.contains("tcsh"));
}

#[test]
fn the_manual_has_a_page_for_every_command() {
    let page = probity(Path::new("."), &["man"]).exits(0).out;
    assert!(page.contains(".TH probity 1") && page.contains("Exit codes"), "{page}");
    let place = folder();
    probity(place.path(), &["man", "-o", "man1"]).exits(0);
    for command in COMMANDS {
        let file = place.path().join(format!("man1/probity-{command}.1"));
        assert!(file.is_file(), "{} is missing", file.display());
    }
    assert!(place.path().join("man1/probity-catalog-show.1").is_file());
}
