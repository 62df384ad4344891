//! Carrying: results of one assessment that hold for another catalog, by OSCAL mapping collections.
//!
//! A map ties controls of two catalogs. One side **gives**, because an assessment found results for it; the other
//! **receives**. What carries follows from what the two sets of requirements are to each other:
//!
//! | the giving side … the receiving one | all of it is satisfied | some of it fails | not settled |
//! | --- | --- | --- | --- |
//! | equals (`equal-to`, `equivalent-to`) | satisfied | fail | nothing |
//! | contains (`superset-of` from source to target, `subset-of` back) | satisfied | nothing | nothing |
//! | is contained in (`subset-of` from source to target, `superset-of` back) | nothing | fail | nothing |
//! | overlaps (`intersects-with`) | nothing | nothing | nothing |
//!
//! Several controls on the giving side stand together: all of them must be satisfied, and one that fails is enough. A fail
//! carries only where it is known which control fails: to one control. A control that is a heading of requirements is
//! satisfied where all of its requirements in the mapped catalog are, fails where one of them does, and what it is satisfied
//! by carries to each of its requirements. Of an item of a statement only the fail says something of the control around it.
//!
//! Only results that checks and statements of people gave are given, never carried ones. Waived fails, errors, unknowns and
//! controls without subject settle nothing. `no-relationship` is passed over. Where nothing carries, what the other
//! assessment found is shown beside the control.
//!
//! Status and confidence of a map are those of the narrowest scope that states them: map, mapping, collection. A status other
//! than `complete`, a qualifier, or a confidence below the threshold (or none, where one is asked for) blocks the map.

mod apply;
mod bring;
pub mod codes;
mod collection;
mod crossing;
mod given;
mod side;

pub use apply::{Carried, apply};
pub use bring::{Brought, Carries, Evidence, bring};
pub use collection::{Collection, End};
pub use crossing::{Confidence, Crossing, Item, Origin, Relation, Tie, crossings};
pub use given::{Given, GivenResult, Outcome};
pub use side::Side;
