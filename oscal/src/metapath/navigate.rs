//! Ways from a node to others.

use super::names::{FLAG, Name};
use super::tree::{NodeId, Tree};

impl Tree<'_> {
    /// The attributes of a node, in model order.
    pub fn flags(&self, node: NodeId) -> impl Iterator<Item = NodeId> + '_ {
        let first = node.0 + 1;
        let marks = self.marks(first, self.end(node)).iter();
        marks.take_while(|mark| **mark & FLAG != 0).zip(first..).map(|(_, id)| NodeId(id))
    }

    /// The attribute with this name.
    pub fn flag(&self, node: NodeId, name: Name) -> Option<NodeId> {
        let first = node.0 + 1;
        let wanted = name.flag();
        let marks = self.marks(first, self.end(node)).iter();
        let found = marks.take_while(|mark| **mark & FLAG != 0).zip(first..);
        found.filter(|(mark, _)| **mark == wanted).map(|(_, id)| NodeId(id)).next()
    }

    /// The child elements of a node, in document order.
    pub fn children(&self, node: NodeId) -> impl Iterator<Item = NodeId> + '_ {
        let end = self.end(node);
        let flags = self.marks(node.0 + 1, end).iter().take_while(|mark| **mark & FLAG != 0).count();
        let first = node.0 + 1 + u32::try_from(flags).unwrap_or_default();
        let next = move |at: &NodeId| Some(NodeId(self.end(*at)));
        std::iter::successors(Some(NodeId(first)), next).take_while(move |at| at.0 < end)
    }

    /// The child elements with this name, in document order.
    pub fn children_named(&self, node: NodeId, name: Name) -> impl Iterator<Item = NodeId> + '_ {
        self.children(node).filter(move |child| self.mark(*child) == name.element())
    }

    /// The elements below a node, in document order.
    pub fn descendants(&self, node: NodeId) -> impl Iterator<Item = NodeId> + '_ {
        let first = node.0 + 1;
        let marks = self.marks(first, self.end(node)).iter().zip(first..);
        marks.filter(|(mark, _)| **mark & FLAG == 0).map(|(_, id)| NodeId(id))
    }

    /// The nodes above a node, nearest first, the document node last.
    pub fn ancestors(&self, node: NodeId) -> impl Iterator<Item = NodeId> + '_ {
        std::iter::successors(self.parent(node), |at| self.parent(*at))
    }

    /// The elements after an element that stand in the same one.
    pub fn following_siblings(&self, node: NodeId) -> impl Iterator<Item = NodeId> + '_ {
        let parent = self.parent(node).filter(|_| self.mark(node) & FLAG == 0);
        parent.into_iter().flat_map(|parent| self.children(parent)).filter(move |at| *at > node)
    }

    /// The elements before an element that stand in the same one, nearest first.
    pub fn preceding_siblings(&self, node: NodeId) -> impl Iterator<Item = NodeId> + use<> {
        let parent = self.parent(node).filter(|_| self.mark(node) & FLAG == 0);
        let siblings = parent.into_iter().flat_map(|parent| self.children(parent));
        let before: Vec<NodeId> = siblings.take_while(|at| *at < node).collect();
        before.into_iter().rev()
    }

    /// The place of an element among those of the same name in the same element, from 1.
    pub fn ordinal(&self, node: NodeId) -> usize {
        let mark = self.mark(node);
        1 + self.preceding_siblings(node).filter(|at| self.mark(*at) == mark).count()
    }
}
