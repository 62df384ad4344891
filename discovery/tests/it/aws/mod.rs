//! Looking at AWS, of which moto and recordings take the place.

mod estate;
mod faults;
mod paging;
pub(crate) mod server;

use std::sync::Arc;

use jiff::Timestamp;
use probity_discovery::aws::{self, Settings};
use probity_discovery::live::{Gathered, Limits, Outcome, Tape, Unwatched};

use crate::scan::ontology;

/// What a run leaves behind.
pub(crate) struct Run {
    pub(crate) evidence: String,
    pub(crate) outcome: Outcome,
    pub(crate) tape: Tape,
}

/// Looks at AWS, at an instant.
pub(crate) fn look(settings: &Settings, limits: Limits, tape: Tape, at: Timestamp) -> Run {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let tape = Arc::new(tape);
    let gathered = Gathered::new(aws::begin("test", ontology()), ontology(), at, &Unwatched);
    runtime.block_on(aws::collect(settings, limits, Arc::clone(&tape), &gathered));
    drop(runtime);
    let (writer, outcome) = gathered.finish(Vec::new());
    let mut evidence = Vec::new();
    writer.finish(&mut evidence).unwrap();
    let tape = Arc::into_inner(tape).unwrap();
    Run { evidence: String::from_utf8(evidence).unwrap(), outcome, tape }
}
