//! `probity share scrub` over everything that is planted for the tests of the library: nothing of it is left in any byte that the
//! command writes or prints, and no indicator is lost.

#[path = "../../../sharing/tests/it/scrub/carriers.rs"]
mod carriers;
#[path = "../../../sharing/tests/it/scrub/planted.rs"]
mod planted;
#[path = "../../../sharing/tests/it/scrub/rules.rs"]
#[allow(dead_code, reason = "the tests of the library scrub with it")]
mod rules;
#[path = "../../../sharing/tests/it/scrub/search.rs"]
mod search;

use std::path::Path;

use planted::{Planted, sentences};
use probity_diagnostics::TreePath;
use probity_sharing::scrub::File;
use search::{lost, traces};
use tempfile::TempDir;

use crate::ran::{Ran, folder, probity, write};

/// A folder with the corpus in a file of each format.
fn corpus(planted: &[Planted]) -> (TempDir, Vec<File>) {
    let place = folder();
    let texts: Vec<&str> = planted.iter().map(|one| one.text.as_str()).collect();
    let files = carriers::all(&texts);
    for file in &files {
        write(place.path(), file.path.as_str(), &file.bytes);
    }
    let rules = rules::rules();
    write(place.path(), "words", rules.ours.words.join("\n"));
    write(place.path(), "keep", rules.indicators.join("\n"));
    (place, files)
}

/// Scrubs files with what the rules of the tests say.
fn scrub(place: &Path, files: &[&str], more: &[&str]) -> Ran {
    let ours = rules::rules().ours;
    let mut args: Vec<String> =
        ["share", "scrub", "-o", "out", "--indicators", "keep"].map(str::to_owned).into();
    args.extend(ours.domains.iter().flat_map(|domain| ["--own-domain".to_owned(), domain.clone()]));
    args.extend(ours.networks.iter().flat_map(|one| ["--own-network".to_owned(), one.to_string()]));
    args.extend(files.iter().chain(more).map(|text| (*text).to_owned()));
    probity(place, &args)
}

/// Everything that a command told or wrote, by where.
fn told(place: &Path, ran: &Ran) -> Vec<(String, Vec<u8>)> {
    let mut told = vec![
        ("stdout".to_owned(), ran.out.clone().into_bytes()),
        ("stderr".to_owned(), ran.err.clone().into_bytes()),
    ];
    let Ok(entries) = std::fs::read_dir(place.join("out")) else { return told };
    for entry in entries.map(Result::unwrap) {
        let name = entry.file_name().into_string().unwrap();
        told.push((format!("name of {name}"), name.clone().into_bytes()));
        told.push((name, std::fs::read(entry.path()).unwrap()));
    }
    told
}

fn leaks(told: &[(String, Vec<u8>)], planted: &[Planted]) -> Vec<String> {
    let each = |(at, bytes): &(String, Vec<u8>)| {
        traces(bytes, planted).into_iter().map(|left| format!("{at}: {left}")).collect::<Vec<_>>()
    };
    told.iter().flat_map(each).collect()
}

#[test]
fn no_planted_value_stands_in_anything_that_is_written_or_told() {
    let planted = sentences();
    let (place, files) = corpus(&planted);
    let names: Vec<&str> = files.iter().map(|file| file.path.as_str()).collect();
    for more in [&["--words", "words"][..], &["--words", "words", "--format", "json"]] {
        let ran = scrub(place.path(), &names, more).exits(0);
        let told = told(place.path(), &ran);
        let is_sidecar = |(at, _): &&(String, Vec<u8>)| at.ends_with(".marking.yaml");
        let beside = told.iter().filter(is_sidecar).count();
        assert_eq!(
            told.len() - beside,
            2 + 2 * (files.len() + 1),
            "a file each, the report, what was printed"
        );
        let leaks = leaks(&told, &planted);
        assert!(leaks.is_empty(), "{} leaks:\n{}", leaks.len(), leaks.join("\n"));
        for (at, bytes) in &told {
            if files.iter().any(|file| file.path.as_str() == at) {
                assert_eq!(lost(bytes, &planted), [""; 0], "{at}");
            }
        }
        std::fs::remove_dir_all(place.path().join("out")).unwrap();
    }
}

#[test]
fn what_is_refused_tells_nothing_either() {
    let planted = sentences();
    let (place, files) = corpus(&planted);
    let place = place.path();
    let names: Vec<&str> = files.iter().map(|file| file.path.as_str()).collect();
    let of = |name: &str| {
        let path = TreePath::parse(name).unwrap();
        String::from_utf8(files.iter().find(|file| file.path == path).unwrap().bytes.clone()).unwrap()
    };
    // cut in the middle, with what nothing opens, twice the same key, a value as a name, and of a format that is not known
    let cut = |text: &str| text.chars().take(text.chars().count() / 2).collect::<String>();
    write(place, "cut.json", cut(&of("data.json")));
    write(place, "cut.xml", cut(&of("incident.xml")));
    write(place, "open.yaml", format!("{}\nnotes: [", of("data.yaml")));
    write(place, "tab.yaml", of("data.yaml").replace("- ", "-\t- : "));
    for one in
        planted.iter().flat_map(|one| &one.values).filter(|value| !value.contains(['\n', '"', '\\'])).take(40)
    {
        let twice = format!("{{\"{one}\": 1, \"{one}\": 2}}");
        write(place, "twice.json", twice);
        refused(place, &["twice.json"], &[], 2, &planted);
    }
    write(place, "name.xml", "<a><Silberfuchs xmlns:KD-2231-77='x'/></a>");
    write(place, "words", "Silberfuchs\nKD-2231-77\ntrue\n");
    write(place, "notes.odt", of("notes.txt"));
    write(place, "bytes.txt", [of("notes.txt").as_bytes(), b"\xff\xfe"].concat());
    write(place, "flags.json", "{\"on\": true}");
    for file in ["cut.json", "cut.xml", "open.yaml", "tab.yaml", "name.xml", "notes.odt", "bytes.txt"] {
        refused(place, &[file], &["--words", "words"], 2, &planted);
    }
    refused(place, &["notes.txt", "notes.txt"], &[], 2, &planted);
    // something is left, and everything else was found
    let all: Vec<&str> = names.iter().copied().chain(["flags.json"]).collect();
    refused(place, &all, &["--words", "words"], 4, &planted);
}

/// That a command is refused, writes nothing, and tells nothing of what is planted.
#[track_caller]
fn refused(place: &Path, files: &[&str], more: &[&str], code: u8, planted: &[Planted]) {
    for format in [&[][..], &["--format", "json"]] {
        let ran = scrub(place, files, &[more, format].concat()).exits(code);
        let leaks = leaks(&told(place, &ran), planted);
        assert!(leaks.is_empty(), "{files:?} {format:?}:\n{}", leaks.join("\n"));
        assert!(!place.join("out").exists(), "{files:?}");
    }
}
