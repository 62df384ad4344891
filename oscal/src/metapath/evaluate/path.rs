//! Steps along axes, and sets of nodes.

use super::{Context, DONE, Flow, Here, MORE, Machine, Outcome, Sink, hand};
use crate::metapath::error::EvaluationError;
use crate::metapath::names::{FLAG, Name};
use crate::metapath::syntax::{Axis, Expr, KindTest, Path, Predicate, Start, Step, Test};
use crate::metapath::tree::{NodeId, NodeKind};
use crate::metapath::value::{Item, Node};

/// What takes nodes.
type NodeSink<'s, 't> = dyn FnMut(Node<'t>) -> Flow + 's;

impl<'t> Machine<'_, 't> {
    /// The items of a path in document order, each node once.
    pub(super) fn path(&self, path: &'t Path, context: Context<'_, 't>, sink: &mut Sink<'_, 't>) -> Flow {
        if path.ordered {
            return self.walk(path, context, sink);
        }
        let mut items = Vec::new();
        self.walk(path, context, &mut |item| {
            items.push(item);
            Ok(MORE)
        })?;
        hand(&sorted(items)?, sink)
    }

    /// The items of an expression in any order, perhaps several times.
    pub(super) fn visit_loosely(
        &self,
        e: &'t Expr,
        context: Context<'_, 't>,
        sink: &mut Sink<'_, 't>,
    ) -> Flow {
        match e {
            Expr::Path(path) => self.walk(path, context, sink),
            Expr::Union(parts) => super::each_of(parts, |part| self.visit_loosely(part, context, sink)),
            _ => self.visit(e, context, sink),
        }
    }

    fn walk(&self, path: &'t Path, context: Context<'_, 't>, sink: &mut Sink<'_, 't>) -> Flow {
        match &path.start {
            Start::Here => match context.here {
                Here::Node(node) => self.steps(&path.steps, node, context, sink),
                Here::Item(_) => Err(no_node()),
            },
            Start::Root => match context.here {
                Here::Node(node) => self.steps(&path.steps, node.of(NodeId::DOCUMENT), context, sink),
                Here::Item(_) => Err(no_node()),
            },
            Start::Each(input) => self.visit(input, context, &mut |item| match item {
                Item::Node(node) => self.steps(&path.steps, node, context, sink),
                other if path.steps.is_empty() => sink(other),
                _ => Err(no_node()),
            }),
        }
    }

    /// What the steps lead to from one node.
    fn steps(
        &self,
        steps: &'t [Step],
        node: Node<'t>,
        context: Context<'_, 't>,
        sink: &mut Sink<'_, 't>,
    ) -> Flow {
        let Some((step, rest)) = steps.split_first() else { return sink(Item::Node(node)) };
        match step {
            Step::Axis { axis, test, predicates } if rest.is_empty() => {
                self.axis(*axis, *test, predicates, node, context, &mut |node| sink(Item::Node(node)))
            }
            Step::Axis { axis, test, predicates } => self.deeper(|| {
                self.axis(*axis, *test, predicates, node, context, &mut |node| {
                    self.steps(rest, node, context, sink)
                })
            }),
            Step::Each { body } => self.visit(body, context.at_node(node), &mut |item| match item {
                Item::Node(node) => self.deeper(|| self.steps(rest, node, context, sink)),
                other if rest.is_empty() => sink(other),
                _ => Err(no_node()),
            }),
        }
    }

    /// The nodes of one step.
    fn axis(
        &self,
        axis: Axis,
        test: Test,
        predicates: &'t [Predicate],
        node: Node<'t>,
        context: Context<'_, 't>,
        sink: &mut NodeSink<'_, 't>,
    ) -> Flow {
        match predicates {
            [] => self.along(axis, test, node, sink),
            [Predicate::Truth(only)] => self.along(axis, test, node, &mut |node| {
                if self.truth(only, context.at_node(node))? { sink(node) } else { Ok(MORE) }
            }),
            [Predicate::Position(wanted)] => {
                let mut position = 0;
                let mut flow = MORE;
                self.along(axis, test, node, &mut |node| {
                    position += 1;
                    if position == *wanted {
                        flow = sink(node)?;
                        return Ok(DONE);
                    }
                    Ok(MORE)
                })?;
                Ok(flow)
            }
            _ => self.predicated(axis, test, predicates, node, context, sink),
        }
    }

    /// The nodes of a step with predicates that count, or with several of them.
    fn predicated(
        &self,
        axis: Axis,
        test: Test,
        predicates: &'t [Predicate],
        node: Node<'t>,
        context: Context<'_, 't>,
        sink: &mut NodeSink<'_, 't>,
    ) -> Flow {
        let mut tests = predicates.iter().map(|predicate| match predicate {
            Predicate::Truth(test) => Some(test),
            _ => None,
        });
        if tests.clone().all(|test| test.is_some()) {
            return self.along(axis, test, node, &mut |node| {
                for test in tests.clone().flatten() {
                    if !self.truth(test, context.at_node(node))? {
                        return Ok(MORE);
                    }
                }
                sink(node)
            });
        }
        tests.by_ref().for_each(drop);
        let mut nodes = Vec::new();
        self.along(axis, test, node, &mut |node| {
            nodes.push(Item::Node(node));
            Ok(MORE)
        })?;
        for predicate in predicates {
            nodes = self.kept(nodes, predicate, context)?;
        }
        for item in nodes {
            if let Item::Node(node) = item
                && sink(node)? == DONE
            {
                return Ok(DONE);
            }
        }
        Ok(MORE)
    }

    /// The nodes of an axis that pass the test, nearest first.
    fn along(&self, axis: Axis, test: Test, node: Node<'t>, sink: &mut NodeSink<'_, 't>) -> Flow {
        let (tree, id) = (node.tree, node.id);
        match axis {
            Axis::Flag => self.flags(test, node, sink),
            Axis::Child => self.taking(test, node, tree.children(id), sink),
            Axis::Own => self.taking(test, node, std::iter::once(id), sink),
            Axis::Parent => self.taking(test, node, tree.parent(id).into_iter(), sink),
            Axis::Descendant => self.below(test, node, id.0 + 1, sink),
            Axis::DescendantOrSelf if tree.mark(id) & FLAG != 0 => {
                self.taking(test, node, std::iter::once(id), sink)
            }
            Axis::DescendantOrSelf => self.below(test, node, id.0, sink),
            Axis::Ancestor => self.taking(test, node, tree.ancestors(id), sink),
            Axis::AncestorOrSelf => {
                self.taking(test, node, std::iter::once(id).chain(tree.ancestors(id)), sink)
            }
            Axis::FollowingSibling => self.taking(test, node, tree.following_siblings(id), sink),
            Axis::PrecedingSibling => self.taking(test, node, tree.preceding_siblings(id), sink),
            Axis::Following => {
                self.spend(tree.len() / 16)?;
                let after = tree.nodes().skip(tree.end(id) as usize);
                let elements = after.filter(|at| tree.mark(*at) & FLAG == 0);
                self.taking(test, node, elements, sink)
            }
            Axis::Preceding => {
                self.spend(tree.len() / 16)?;
                let before = tree.nodes().take(id.0 as usize).rev();
                let elements = before.filter(|at| tree.mark(*at) & FLAG == 0 && tree.end(*at) <= id.0);
                self.taking(test, node, elements, sink)
            }
        }
    }

    fn flags(&self, test: Test, node: Node<'t>, sink: &mut NodeSink<'_, 't>) -> Flow {
        match test {
            Test::Named(name) => match node.tree.flag(node.id, name) {
                Some(id) => sink(node.of(id)),
                None => Ok(MORE),
            },
            _ => self.taking(test, node, node.tree.flags(node.id), sink),
        }
    }

    /// The elements from `first` on that stand in the node, itself among them where it is the first.
    fn below(&self, test: Test, node: Node<'t>, first: u32, sink: &mut NodeSink<'_, 't>) -> Flow {
        let marks = node.tree.marks(first, node.tree.end(node.id));
        self.spend(marks.len() / 16)?;
        let found = marks.iter().zip(first..);
        match test {
            Test::Named(name) => {
                for (_, id) in found.filter(|(mark, _)| **mark == name.element()) {
                    if sink(node.of(NodeId(id)))? == DONE {
                        return Ok(DONE);
                    }
                }
                Ok(MORE)
            }
            Test::OneOf(names) => {
                let marks = names.map(Name::element);
                for (_, id) in found.filter(|(mark, _)| marks.contains(mark)) {
                    if sink(node.of(NodeId(id)))? == DONE {
                        return Ok(DONE);
                    }
                }
                Ok(MORE)
            }
            Test::Unknown => Ok(MORE),
            _ => {
                let elements = found.filter(|(mark, _)| **mark & FLAG == 0).map(|(_, id)| NodeId(id));
                self.taking(test, node, elements, sink)
            }
        }
    }

    /// Hands on the nodes that pass the test.
    fn taking(
        &self,
        test: Test,
        node: Node<'t>,
        ids: impl Iterator<Item = NodeId>,
        sink: &mut NodeSink<'_, 't>,
    ) -> Flow {
        for id in ids {
            self.step()?;
            let next = node.of(id);
            if passes(test, next) && sink(next)? == DONE {
                return Ok(DONE);
            }
        }
        Ok(MORE)
    }

    /// The nodes of a union, intersection or difference.
    pub(super) fn node_set(&self, e: &'t Expr, context: Context<'_, 't>) -> Outcome<Vec<Item<'t>>> {
        match e {
            Expr::Union(parts) => {
                let mut items = Vec::new();
                for part in parts {
                    items.extend(self.only_nodes(part, context)?);
                }
                sorted(items)
            }
            Expr::Intersect(left, right) => {
                let (left, right) = (self.only_nodes(left, context)?, self.only_nodes(right, context)?);
                Ok(left.into_iter().filter(|item| found(&right, item)).collect())
            }
            Expr::Except(left, right) => {
                let (left, right) = (self.only_nodes(left, context)?, self.only_nodes(right, context)?);
                Ok(left.into_iter().filter(|item| !found(&right, item)).collect())
            }
            _ => self.only_nodes(e, context),
        }
    }

    /// The nodes of an expression in document order.
    fn only_nodes(&self, e: &'t Expr, context: Context<'_, 't>) -> Outcome<Vec<Item<'t>>> {
        let mut items = Vec::new();
        self.visit_loosely(e, context, &mut |item| {
            if !matches!(item, Item::Node(_)) {
                return Err(EvaluationError::of_type("values stand where sets of nodes are joined"));
            }
            items.push(item);
            Ok(MORE)
        })?;
        sorted(items)
    }
}

fn no_node() -> EvaluationError {
    EvaluationError::new("XPTY0019", "a path goes on from a value, which is no node")
}

pub(super) fn passes(test: Test, node: Node<'_>) -> bool {
    let mark = node.tree.mark(node.id);
    match test {
        Test::Node => true,
        Test::Any => node.id != NodeId::DOCUMENT,
        Test::Named(name) => mark & !FLAG == name.element(),
        Test::OneOf(names) => names.iter().any(|name| mark & !FLAG == name.element()),
        Test::Unknown => false,
        Test::Kind(kind, name) => {
            let found = node.tree.kind(node.id);
            let fits = match kind {
                KindTest::Node => true,
                KindTest::Element => matches!(found, NodeKind::Assembly | NodeKind::Field),
                KindTest::Assembly => found == NodeKind::Assembly,
                KindTest::Field => found == NodeKind::Field,
                KindTest::Flag => found == NodeKind::Flag,
                KindTest::Document => found == NodeKind::Document,
            };
            fits && name.is_none_or(|name| mark & !FLAG == name.element())
        }
    }
}

/// Nodes in document order, each once; values as they are.
fn sorted(mut items: Vec<Item<'_>>) -> Outcome<Vec<Item<'_>>> {
    let nodes = items.iter().filter(|item| matches!(item, Item::Node(_))).count();
    if nodes == 0 || items.len() < 2 {
        return Ok(items);
    }
    if nodes < items.len() {
        return Err(EvaluationError::new("XPTY0018", "the last step of a path gives nodes and values"));
    }
    items.sort_by_key(key);
    items.dedup_by_key(|item| key(item));
    Ok(items)
}

fn key<'t>(item: &Item<'t>) -> Option<Node<'t>> {
    match item {
        Item::Node(node) => Some(*node),
        _ => None,
    }
}

/// Whether a node is among sorted ones.
fn found(items: &[Item<'_>], wanted: &Item<'_>) -> bool {
    items.binary_search_by_key(&key(wanted), key).is_ok()
}
