//! Metric cases: evidence in, verdict expected. They are judged as assessments judge; the Rego lines that they reach are
//! counted; and evidence made from the ontology shows that a metric errors on none.

mod read;
mod reason;
mod run;
mod sample;

pub use read::{CaseVerdict, MetricCase, read_cases};
pub use run::{CaseResult, Coverage, MetricTest, Standards, test_metric};
pub use sample::{Sample, Sampler};
