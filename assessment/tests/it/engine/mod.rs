//! Tests of compiler and engine on the bundled content.

mod cases;
mod clouditor;
pub(crate) mod content;
mod findings;
mod grammar;
mod hyperiot;
mod kept;
mod machine;
mod oracle;
mod random;
mod rego;
mod targets;
mod verdicts;
