//! Results over time: assessment results of one system against one profile, each as of another instant.
//!
//! A series is read into data once; its [`Trend`] draws it, a [`Period`] judges a span of it, and a [`Sample`] picks
//! resources of it for an auditor. What was seen at points in time is never stretched over the time between them.

mod chart;
mod deviation;
mod judge;
mod period;
mod point;
mod read;
mod sample;
mod span;
mod table;
mod trend;
mod write;

use jiff::Timestamp;
use probity_diagnostics::{FileTree, Step, TreePath};

pub(crate) use chart::Pictures;
pub use deviation::{Deviation, Ending};
pub use period::{
    CheckOverTime, ControlOverTime, Gap, Opinion, Period, PeriodOptions, PointRef, StateAt, period,
};
pub use point::{CheckAt, ControlAt, Looked, Point};
pub use sample::{Sample, SampleOptions, SampledControl, SampledObservation, SampledResource, sample};
pub use span::{Span, interval};
pub use trend::{Trend, TrendCategory, TrendControl, TrendPoint, trend};

/// Assessment results of one system against one profile, in the order of their instants.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Series {
    /// The title of the results, which names the system and the assessment.
    pub title: String,
    /// The name of the assessment in `probity.toml`.
    pub assessment: Option<String>,
    /// The profile.
    pub profile: Option<String>,
    /// The results, oldest first; at least one.
    pub points: Vec<Point>,
}

/// How much of results is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Depth {
    /// The states of controls: enough for a trend.
    Controls,
    /// Every verdict with where its evidence stands.
    Resources,
}

/// Which files a series is read from.
#[derive(Debug, Clone, Copy)]
pub struct Files<'a> {
    /// Assessment results, in any order.
    pub stored: &'a [TreePath],
    /// Results that stand for stored ones of the same instant, such as those of a build that was repeated.
    pub current: Option<&'a TreePath>,
}

impl Series {
    /// Reads a series. The order of the files does not matter, and a file that is there twice counts once.
    ///
    /// # Errors
    /// There is no file; one cannot be read, is not valid or names no instant; the results are of several systems,
    /// assessments or profiles (PB0830); two differ although they are of the same instant (PB0831).
    pub fn read(tree: &dyn FileTree, files: Files<'_>, depth: Depth) -> Step<Self> {
        read::read(tree, files, depth)
    }

    /// The points whose instants lie in `span`.
    pub fn within(&self, span: Span) -> impl Iterator<Item = &Point> {
        self.points.iter().filter(move |point| span.holds(point.as_of))
    }

    /// The last point.
    pub fn last(&self) -> Option<&Point> {
        self.points.last()
    }
}

/// The name of the folder in which an archive keeps results as of `instant`: the instant without colons, which not every
/// file system takes.
pub fn folder_name(instant: Timestamp) -> String {
    instant.to_string().replace(':', "-")
}
