use std::time::Duration;

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

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
