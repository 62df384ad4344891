use std::fmt::Write as _;

use super::{Graph, NodeKind};

impl Graph {
    /// The graph in the language of Graphviz.
    pub fn dot(&self) -> String {
        let mut text = "digraph build {\n  rankdir=LR;\n  node [fontname=\"sans-serif\"];\n".to_owned();
        for (index, node) in self.nodes.iter().enumerate() {
            let style = match node.kind {
                NodeKind::Files => "shape=note",
                NodeKind::Bundled => "shape=note, style=dotted",
                NodeKind::Kept => "shape=box, style=rounded",
                NodeKind::Made => "shape=box, style=\"rounded,bold\", color=\"#b3261e\"",
            };
            let _ = writeln!(text, "  n{index} [label=\"{}\", {style}];", escaped(&node.label));
        }
        for (from, to) in &self.arrows {
            let _ = writeln!(text, "  n{from} -> n{to};");
        }
        text.push_str("}\n");
        text
    }
}

fn escaped(text: &str) -> String {
    text.replace('\\', "\\\\").replace('"', "\\\"").replace('\n', " ")
}
