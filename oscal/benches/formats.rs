//! Measures reading and writing: `cargo bench -p probity-oscal --bench formats -- FILE FORMAT`.
//!
//! Reads FILE and writes it as FORMAT (`json`, `yaml`, `xml`, or `none` to read only) to nowhere, once, and prints the CPU
//! seconds of both (user and system) and the peak of resident memory, as the kernel counts them (`/proc`, Linux only).
#![allow(clippy::print_stdout, clippy::print_stderr, reason = "a benchmark prints what it measured")]

use std::path::Path;
use std::process::ExitCode;

use probity_diagnostics::{DiskTree, FileTree, TreePath};
use probity_oscal::{read, to_json, to_yaml, xml};

/// Clock ticks a second, as the kernel tells them to programs.
const TICKS: f64 = 100.0;

fn main() -> ExitCode {
    // Cargo itself adds `--bench`.
    let words: Vec<String> = std::env::args().skip(1).filter(|word| word != "--bench").collect();
    let done = match words.as_slice() {
        // `cargo test --benches` and the like start it without words
        [] => Ok(()),
        [file, format] => measure(Path::new(file), format),
        _ => Err("say `FILE FORMAT`".to_owned()),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::FAILURE
        }
    }
}

fn measure(file: &Path, format: &str) -> Result<(), String> {
    let folder = file.parent().ok_or("no folder")?;
    let name = file.file_name().and_then(|name| name.to_str()).ok_or("no file")?;
    let tree = DiskTree::new(folder, "").map_err(|error| error.to_string())?;
    let path = TreePath::parse(name).map_err(|error| format!("{error:?}"))?;
    let bytes = tree.read(&path, 64 << 20).map_err(|error| format!("{error:?}"))?;
    let read = read(&bytes, &path).map_err(|findings| format!("{findings:?}"))?.value.1;
    drop(bytes);
    let reading = cpu_seconds()?;
    let mut out = std::io::sink();
    match format {
        "json" => drop(to_json(&read).map_err(|error| error.to_string())?),
        "yaml" => drop(to_yaml(&read).map_err(|error| error.to_string())?),
        "xml" => xml::write(&read, &mut out).map_err(|error| error.to_string())?,
        "none" => {}
        other => return Err(format!("`{other}` is no format")),
    }
    println!("{reading:.2} s to read, {:.2} s with writing, {} MiB", cpu_seconds()?, peak_mebibytes()?);
    Ok(())
}

fn proc(name: &str) -> Result<String, String> {
    let tree = DiskTree::new(Path::new("/proc"), "").map_err(|error| error.to_string())?;
    let path =
        TreePath::parse(&format!("{}/{name}", std::process::id())).map_err(|error| format!("{error:?}"))?;
    let bytes = tree.read(&path, 1 << 20).map_err(|error| format!("{error:?}"))?;
    String::from_utf8(bytes).map_err(|error| error.to_string())
}

fn cpu_seconds() -> Result<f64, String> {
    let text = proc("stat")?;
    let after_name = text.rsplit(')').next().unwrap_or_default();
    let ticks = after_name.split_whitespace().skip(11).take(2).map(str::parse::<f64>);
    Ok(ticks.sum::<Result<f64, _>>().map_err(|error| error.to_string())? / TICKS)
}

fn peak_mebibytes() -> Result<u64, String> {
    let text = proc("status")?;
    let line = text.lines().find_map(|line| line.strip_prefix("VmHWM:")).ok_or("no VmHWM")?;
    let kibibytes = line.trim().trim_end_matches(" kB").parse::<u64>().map_err(|error| error.to_string())?;
    Ok(kibibytes / 1024)
}
