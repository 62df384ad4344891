//! One build at a time.

use std::fs::{File, OpenOptions, TryLockError};
use std::io::{Read as _, Seek as _, Write as _};
use std::path::{Path, PathBuf};

use jiff::Timestamp;
use probity_diagnostics::{Diagnostic, Stamp, codes as files};

use crate::codes;

/// Where the lock lies, from the project folder.
const FILE: &str = ".probity/lock";

/// The most that is read of who holds it.
const LIMIT: u64 = 256;

/// Holds the folder of a project for one build, as long as it lives. The file stays; the lock on it ends with the process,
/// however that ends.
#[derive(Debug)]
pub struct BuildLock {
    file: File,
    path: PathBuf,
    /// Whether the build that held it before did not come to its end.
    pub(super) interrupted: bool,
}

impl BuildLock {
    /// Takes the lock of the project in `root` at the instant `now`. Where another build holds it, waits for it after telling
    /// so, unless `wait` is false.
    ///
    /// # Errors
    /// Another build holds the lock and `wait` is false, or the file cannot be written.
    pub fn take(
        root: &Path,
        now: Timestamp,
        wait: bool,
        tell: &mut dyn FnMut(&str),
    ) -> Result<Self, Diagnostic> {
        let path = root.join(FILE);
        let shown = path.display().to_string();
        let failed = |error: &std::io::Error| {
            Diagnostic::error(&files::WRITE_FAILED, format!("`{shown}` cannot be written: {error}"))
        };
        path.parent().map(std::fs::create_dir_all).transpose().map_err(|error| failed(&error))?;
        let open = OpenOptions::new().read(true).write(true).create(true).truncate(false).open(&path);
        let mut file = open.map_err(|error| failed(&error))?;
        match file.try_lock() {
            Err(TryLockError::WouldBlock) => {
                let holder = holder(&mut file);
                if !wait {
                    let message = format!("another build of this project is running{holder}");
                    return Err(Diagnostic::error(&codes::BUILD_RUNNING, message)
                        .help("wait until it has ended, or leave out --no-wait"));
                }
                tell(&format!("waiting for another build of this project{holder}"));
                file.lock().map_err(|error| failed(&error))?;
            }
            // a file system without locks: two builds at once write the same files, each of them as a whole
            Ok(()) | Err(TryLockError::Error(_)) => {}
        }
        let interrupted = !holder(&mut file).is_empty();
        let mut lock = Self { file, path, interrupted };
        lock.write(&format!("{} {now}\n", std::process::id())).map_err(|error| failed(&error))?;
        Ok(lock)
    }

    /// The time by the clock of the file system: that at which the lock was last written.
    pub(super) fn clock(&self) -> Option<Stamp> {
        Stamp::of(&self.path)
    }

    /// Writes the lock again, so that its clock is that of now.
    pub(super) fn touch(&mut self) {
        let text = holder_text(&mut self.file);
        let _ = self.write(&text);
    }

    /// Notes that the build came to its end.
    pub(super) fn end(mut self) {
        let _ = self.write("");
    }

    fn write(&mut self, text: &str) -> std::io::Result<()> {
        self.file.set_len(0)?;
        self.file.rewind()?;
        self.file.write_all(text.as_bytes())
    }
}

fn holder_text(file: &mut File) -> String {
    let mut text = String::new();
    let read = file.rewind().and_then(|()| file.take(LIMIT).read_to_string(&mut text));
    if read.is_ok() { text } else { String::new() }
}

/// Who holds the lock, for messages; nothing where nobody does.
fn holder(file: &mut File) -> String {
    let text = holder_text(file);
    match text.trim().split_once(' ') {
        Some((process, since)) => format!(": process {process}, since {since}"),
        None => String::new(),
    }
}
