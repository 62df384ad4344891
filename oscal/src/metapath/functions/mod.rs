//! The functions. One file evaluates one kind of them.

mod documents;
mod maps;
mod moments;
mod nodes;
mod numbers;
mod sequences;
pub(super) mod strings;
mod table;
mod uri;

use super::error::EvaluationError;
use super::evaluate::{Context, Flow, Machine, Sink};
use super::syntax::Expr;
pub(super) use table::{Function, Signature, names, perhaps_number, signature};
use table::{Room, room};

/// A call: the function, its arguments and what surrounds it.
#[derive(Clone, Copy)]
struct Call<'c, 'm, 't> {
    machine: &'c Machine<'m, 't>,
    function: Function,
    arguments: &'t [Expr],
    context: Context<'c, 't>,
}

impl<'t> Call<'_, '_, 't> {
    /// The argument at `index`; the parser has seen to their number.
    fn argument(&self, index: usize) -> Result<&'t Expr, EvaluationError> {
        self.arguments
            .get(index)
            .ok_or_else(|| EvaluationError::new("XPST0017", "an argument of a function is missing"))
    }
}

impl<'t> Machine<'_, 't> {
    /// Hands on what a function gives.
    pub(super) fn call(
        &self,
        function: Function,
        arguments: &'t [Expr],
        context: Context<'_, 't>,
        sink: &mut Sink<'_, 't>,
    ) -> Flow {
        let call = Call { machine: self, function, arguments, context };
        match room(function) {
            Room::Nodes => nodes::call(&call, sink),
            Room::Documents => documents::call(&call, sink),
            Room::Strings => strings::call(&call, sink),
            Room::Numbers => numbers::call(&call, sink),
            Room::Moments => moments::call(&call, sink),
            Room::Maps => maps::call(&call, sink),
            Room::Sequences => sequences::call(&call, sink),
        }
    }
}
