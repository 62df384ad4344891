//! Git revisions, read from the object store without a checkout.
//!
//! Bare repositories, linked work trees and shallow clones are read like any other. What cannot be read is refused with a
//! code and a remedy (`refuse`).

mod changes;
mod commit;
mod everything;
mod kept;
mod lfs;
mod message;
mod range;
mod refuse;
mod repository;
mod signed;
mod tree;
mod walk;
mod work_tree;

pub use changes::{Change, ChangeKind};
pub use commit::{Commit, ObjectId};
pub use everything::Version;
pub use kept::{Kept, kept};
pub use range::Range;
pub use repository::Repository;
pub use signed::{AllowedSigners, SignedBy};
pub use tree::GitTree;
pub use walk::Walk;
