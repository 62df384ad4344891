//! Metapath: the expressions of Metaschema constraints, which are XPath 3.1 over the nodes of OSCAL documents.
//!
//! [`Tree`] makes nodes of a document, [`Expression`] is read once and evaluated for any of them, [`Scope`] holds what an
//! expression sees beside its node: variables, the present, other documents.
//!
//! Names are those of the XML form (`prop`, not `props`); groups have no node of their own. The value of a node is
//! text, and compares as what its datatype makes of it with values of that kind: numbers, booleans, dates.
//!
//! Not of XPath 3.1: function items, `array { }`, collations, namespaces, recursion of functions. An expression that uses
//! a function which is not here cannot be read; it is never taken for true.

mod decimal;
mod error;
mod evaluate;
mod expression;
mod functions;
mod lexer;
mod moment;
mod names;
mod navigate;
mod parser;
mod pattern;
mod scope;
mod syntax;
mod tree;
mod value;

pub(crate) use names::declarations;
pub(crate) use pattern::pattern;

pub use decimal::Decimal;
pub use error::{EvaluationError, SyntaxError};
pub use expression::Expression;
pub use moment::{Duration, Moment};
pub use names::{Name, Typed};
pub use scope::{Documents, Scope};
pub use tree::{NodeId, NodeKind, Tree};
pub use value::{Atomic, Entries, Item, Node};
