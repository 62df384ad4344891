//! Hostile files are refused in bounded memory and without a crash.

use std::fmt::Write as _;
use std::io::Write as _;
use std::process::Command;

use crate::program::{folder, program, run};

/// Address space of the program in KiB: the program and its threads take some
/// hundred MiB of it before they read anything.
const SPACE: u64 = 2 << 20;

#[cfg(target_os = "linux")]
#[test]
fn memory_is_bounded() {
    let place = folder();
    let mut bomb = "a0: &a0 [x,x,x,x,x,x,x,x,x,x]\n".to_owned();
    for level in 1..40 {
        let before = format!("*a{},", level - 1).repeat(10);
        writeln!(bomb, "a{level}: &a{level} [{}]", before.trim_end_matches(',')).unwrap();
    }
    std::fs::write(place.path().join("bomb.yaml"), bomb).unwrap();
    std::fs::write(place.path().join("deep.json"), "[".repeat(10_000_000)).unwrap();
    std::fs::write(place.path().join("deep.yaml"), "[".repeat(10_000_000)).unwrap();
    // long files without line ends that take no room on the disk
    for (name, length) in [("long.json", 4 << 30), ("long.jsonl", 300 << 20)] {
        let mut file = std::fs::File::create(place.path().join(name)).unwrap();
        file.write_all(b"{\"kind\": \"").unwrap();
        file.set_len(length).unwrap();
    }
    for file in ["bomb.yaml", "deep.json", "deep.yaml", "long.json", "long.jsonl"] {
        let inner = program(place.path(), &["validate", file, "--format", "short"]);
        let mut limited = Command::new("sh");
        limited.current_dir(place.path()).arg("-c").arg(format!("ulimit -v {SPACE}; exec \"$@\"")).arg("sh");
        limited.arg(inner.get_program()).args(inner.get_args());
        // a file that is too large to be read was not checked
        let ran = run(limited).exits(if file == "long.json" { 2 } else { 1 });
        assert!(ran.out.contains(file) && ran.out.contains("error[PB"), "{file}: {}", ran.out);
    }
}
