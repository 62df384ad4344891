use std::time::Duration;

use std::cell::RefCell;
use std::collections::BTreeMap;

use indicatif::{MultiProgress, ProgressBar, ProgressDrawTarget, ProgressStyle};
use probity_discovery::live::{Read, Watch};

/// A progress bar on standard error. It disappears when it is dropped.
pub struct Progress {
    bar: ProgressBar,
}

impl Progress {
    /// A bar over `total` steps, or one that is never drawn.
    pub fn new(shown: bool, total: u64, what: &str) -> Self {
        let bar = ProgressBar::new(total);
        bar.set_draw_target(if shown { ProgressDrawTarget::stderr() } else { ProgressDrawTarget::hidden() });
        if let Ok(style) =
            ProgressStyle::with_template("{spinner} {prefix} [{bar:30}] {pos}/{len} {wide_msg}")
        {
            bar.set_style(style.progress_chars("=> "));
        }
        bar.set_prefix(what.to_owned());
        if shown {
            bar.enable_steady_tick(Duration::from_millis(120));
        }
        Self { bar }
    }

    /// Begins the next step.
    pub fn step(&self, what: &str) {
        self.bar.set_message(what.to_owned());
    }

    /// Ends a step.
    pub fn advance(&self, steps: u64) {
        self.bar.inc(steps);
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        self.bar.finish_and_clear();
    }
}

/// A line on standard error for each service that is read. They disappear
/// when this is dropped.
pub struct Services {
    lines: MultiProgress,
    services: RefCell<BTreeMap<String, Service>>,
}

struct Service {
    bar: ProgressBar,
    running: usize,
    read: usize,
    resources: usize,
    faults: usize,
}

impl Services {
    /// Lines, or none that are ever drawn.
    pub fn new(shown: bool) -> Self {
        let target = if shown { ProgressDrawTarget::stderr() } else { ProgressDrawTarget::hidden() };
        Self { lines: MultiProgress::with_draw_target(target), services: RefCell::default() }
    }

    fn change(&self, name: &str, change: impl FnOnce(&mut Service)) {
        let mut services = self.services.borrow_mut();
        let service = services.entry(name.to_owned()).or_insert_with(|| {
            let bar = self.lines.add(ProgressBar::new_spinner());
            bar.set_prefix(name.to_owned());
            if let Ok(style) = ProgressStyle::with_template("{spinner} {prefix:<16} {wide_msg}") {
                bar.set_style(style);
            }
            Service { bar, running: 0, read: 0, resources: 0, faults: 0 }
        });
        change(service);
        let Service { bar, running, read, resources, faults } = service;
        let wrong = if *faults > 0 { format!(", {faults} calls failed") } else { String::new() };
        bar.set_message(format!("{resources} resources in {read} of {} places{wrong}", *read + *running));
        if *running == 0 { bar.tick() } else { bar.enable_steady_tick(Duration::from_millis(120)) }
    }
}

impl Watch for Services {
    fn started(&self, _scope: &str, service: &str) {
        self.change(service, |line| line.running += 1);
    }

    fn finished(&self, done: &Read) {
        self.change(done.service, |line| {
            line.running = line.running.saturating_sub(1);
            line.read += 1;
            line.resources += done.resources;
            line.faults += done.faults.values().sum::<usize>();
        });
    }
}

impl Drop for Services {
    fn drop(&mut self) {
        let _ = self.lines.clear();
    }
}
