//! Props in our namespace: how they are written and looked up.

pub(crate) use probity_oscal::own::{markup_line, one_line, ours, values};
