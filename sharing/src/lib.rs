//! Sharing between providers under the Traffic Light Protocol.
//!
//! [`marking`] says which colour a document has, [`audience`] who may see a colour. What a rule does not allow is a [`Refusal`].
//! [`incident`] is what members tell each other of, [`formats`] what others write it in, [`lexicon`] the words for it.
//! [`publish`] is what everybody may read of it, [`report`] counts incidents.
//! [`scrub`] takes personal and customer data out of what is shared, [`split`] gives lists of stolen data to those whose it is.

mod approval;
pub mod audience;
pub mod circle;
pub mod clocks;
pub mod codes;
mod draft;
pub mod expiry;
pub mod formats;
pub mod incident;
pub mod lexicon;
mod mail;
pub mod marking;
pub mod origin;
pub mod package;
pub mod plan;
pub mod publish;
mod refusal;
pub mod report;
pub mod rules;
pub mod scrub;
pub mod split;
mod tag;
pub mod tlp;
mod typed;

pub use approval::{Approval, approval_path};
pub use audience::Audience;
pub use circle::Circle;
pub use draft::draft;
pub use marking::Marking;
pub use refusal::{Refusal, Stop};
pub use rules::Rule;
pub use tlp::Label;
