//! What became of controls, metrics and resources, commit by commit.
//!
//! A file of a commit is taken for what it says, item by item (`read`): the statement of a control, the value of a
//! parameter, the target of a metric. So a change is a change of an item, wherever it stands in the file and whatever the file
//! is called: reformatting, moving a file and uuids change nothing.
//!
//! What commits come to is found by judging each of them as it stands (`judged`), once for equal inputs: outcomes are kept below
//! `.probity/history` by a digest of the objects that decide them.

mod bisect;
mod blame;
mod item;
mod judged;
mod log;
mod pair;
mod past;
mod read;
mod subject;
mod turns;

pub use bisect::{Bisected, Finding, Look, Standing, bisect};
pub use blame::{Blamed, blame, files_of};
pub use item::Subject;
pub use judged::{Judge, Judgements};
pub use log::{Entry, Log, What, log};
pub use past::Past;
pub use subject::{Found, find};
pub use turns::{Turns, turns};
