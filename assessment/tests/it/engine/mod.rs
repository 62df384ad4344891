//! Tests of compiler and engine on the bundled content.

mod cases;
mod content;
