use std::fmt;
use std::io::IsTerminal as _;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use jiff::Timestamp;

/// What a command may know of the world: read once, so that tests can give
/// their own.
#[derive(Debug, Clone)]
pub struct Surroundings {
    /// The working folder.
    pub folder: PathBuf,
    /// The time at which the program was started, in whole seconds.
    pub now: Timestamp,
    /// The content of `SOURCE_DATE_EPOCH`, where it is set.
    pub source_date_epoch: Option<String>,
    /// Whether colour is unwanted (`NO_COLOR`).
    pub no_color: bool,
    /// Whether standard output is a terminal.
    pub stdout_is_terminal: bool,
    /// Whether standard error is a terminal.
    pub stderr_is_terminal: bool,
    /// Columns of the terminal; 100 where there is none.
    pub width: usize,
    /// What is done between two looks at files that may change.
    pub pause: Pause,
    /// The variables of the environment with which one signs in to platforms.
    pub variables: Variables,
}

/// The variables of an environment.
#[derive(Clone)]
pub struct Variables(Arc<Variable>);

type Variable = dyn Fn(&str) -> Option<String> + Send + Sync;

impl Variables {
    /// Variables as a function of their names.
    pub fn new(variable: impl Fn(&str) -> Option<String> + Send + Sync + 'static) -> Self {
        Self(Arc::new(variable))
    }

    /// The value of a variable, where it is set.
    pub(crate) fn get(&self, name: &str) -> Option<String> {
        (self.0)(name)
    }
}

impl fmt::Debug for Variables {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Variables")
    }
}

/// The wait of a command that looks at files again and again.
#[derive(Clone)]
pub struct Pause(Arc<dyn Fn() -> bool + Send + Sync>);

impl Pause {
    /// A wait that returns whether files are to be looked at again.
    pub fn new(wait: impl Fn() -> bool + Send + Sync + 'static) -> Self {
        Self(Arc::new(wait))
    }

    /// A third of a second, for ever.
    pub fn of_people() -> Self {
        Self::new(|| {
            std::thread::sleep(Duration::from_millis(333));
            true
        })
    }

    /// Waits; false where the command shall end.
    pub(crate) fn wait(&self) -> bool {
        (self.0)()
    }
}

impl fmt::Debug for Pause {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Pause")
    }
}

impl Surroundings {
    /// Those of the running process.
    #[expect(clippy::disallowed_methods, reason = "the one place that reads clock, environment and folder")]
    pub fn of_process() -> Self {
        let stderr_is_terminal = std::io::stderr().is_terminal();
        let columns = terminal_size::terminal_size().map_or(100, |(width, _)| usize::from(width.0));
        Self {
            folder: std::env::current_dir().unwrap_or_else(|_| PathBuf::from(".")),
            now: Timestamp::from_second(Timestamp::now().as_second()).unwrap_or_default(),
            source_date_epoch: std::env::var("SOURCE_DATE_EPOCH").ok(),
            no_color: std::env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty()),
            stdout_is_terminal: std::io::stdout().is_terminal(),
            stderr_is_terminal,
            width: if stderr_is_terminal { columns.clamp(60, 140) } else { 100 },
            pause: Pause::of_people(),
            variables: Variables::new(|name| std::env::var(name).ok()),
        }
    }
}
