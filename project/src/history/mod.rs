//! What became of controls, metrics and resources, commit by commit.
//!
//! A file of a commit is taken for what it says, item by item (`read`): the statement of a control, the value of a
//! parameter, the target of a metric. So a change is a change of an item, wherever it stands in the file and whatever the file
//! is called: reformatting, moving a file and uuids change nothing.

mod blame;
mod item;
mod log;
mod pair;
mod past;
mod read;
mod subject;

pub use blame::{Blamed, blame, files_of};
pub use item::Subject;
pub use log::{Entry, Log, What, log};
pub use past::Past;
pub use subject::{Found, find};
