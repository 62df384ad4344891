//! Tests of compiler and engine on the bundled content.

mod cases;
mod content;
mod oracle;
mod random;
mod rego;
