//! The graph as a drawing: layers from left to right, so that every arrow leads to the right.

use std::fmt::Write as _;

use super::{Graph, Node, NodeKind};

/// Sizes in pixels.
const CHAR: usize = 7;
const HEIGHT: usize = 30;
const GAP: usize = 14;
const LAYERS_APART: usize = 90;
const MARGIN: usize = 20;
/// Room for what the colours mean.
const LEGEND: usize = 40;
/// How often layers are put in order by their neighbours.
const ROUNDS: usize = 4;

/// Where a node lies.
#[derive(Debug, Clone, Copy, Default)]
struct Place {
    x: usize,
    y: usize,
    width: usize,
}

impl Graph {
    /// The graph as an SVG drawing that needs nothing else.
    pub fn svg(&self) -> String {
        let layers = self.layers();
        let (places, width, height) = self.places(&layers);
        let mut text = format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {width} {height}\" width=\"{width}\" \
             height=\"{height}\" role=\"img\" aria-label=\"What the targets of the build are made of\">\n{STYLE}"
        );
        for (from, to) in &self.arrows {
            let (Some(from), Some(to)) = (places.get(*from), places.get(*to)) else { continue };
            let (x1, y1) = (from.x + from.width, from.y + HEIGHT / 2);
            let (x2, y2) = (to.x, to.y + HEIGHT / 2);
            let middle = usize::midpoint(x1, x2);
            let _ = writeln!(
                text,
                "<path class=\"arrow\" d=\"M{x1} {y1} C{middle} {y1} {middle} {y2} {x2} {y2}\" \
                 marker-end=\"url(#head)\"/>"
            );
        }
        for (node, place) in self.nodes.iter().zip(&places) {
            draw(node, *place, &mut text);
        }
        legend(height - LEGEND + 14, &mut text);
        text.push_str("</svg>\n");
        text
    }

    /// The nodes by layer: each lies to the right of all that it is made of.
    fn layers(&self) -> Vec<Vec<usize>> {
        let mut depth = vec![0_usize; self.nodes.len()];
        for _ in 0..self.nodes.len() {
            let mut moved = false;
            for (from, to) in &self.arrows {
                let least = depth.get(*from).map_or(0, |depth| depth + 1);
                let slot = depth.get_mut(*to).filter(|depth| **depth < least && least < self.nodes.len());
                moved |= slot.map(|slot| *slot = least).is_some();
            }
            if !moved {
                break;
            }
        }
        // what is read by one target only stands right before it
        for node in 0..self.nodes.len() {
            let is_read = |index: usize| self.arrows.iter().any(|(_, to)| *to == index);
            let readers = self.arrows.iter().filter(|(from, _)| *from == node);
            let first = readers.filter_map(|(_, to)| depth.get(*to)).min().copied();
            if let (false, Some(first), Some(slot)) = (is_read(node), first, depth.get_mut(node)) {
                *slot = first.saturating_sub(1);
            }
        }
        let deepest = depth.iter().max().copied().unwrap_or(0);
        let mut layers = vec![Vec::new(); deepest + 1];
        for (node, depth) in depth.iter().enumerate() {
            layers.get_mut(*depth).into_iter().for_each(|layer| layer.push(node));
        }
        for round in 0..ROUNDS {
            self.order(&mut layers, round % 2 == 0);
        }
        layers
    }

    /// Orders the nodes of each layer by the middle of their neighbours, those before them or those after them.
    fn order(&self, layers: &mut [Vec<usize>], by_those_before: bool) {
        let mut rows: Vec<usize> = vec![0; self.nodes.len()];
        let mut note = |layer: &[usize]| {
            for (row, node) in layer.iter().enumerate() {
                rows.get_mut(*node).into_iter().for_each(|slot| *slot = row * 1000);
            }
            rows.clone()
        };
        let mut known = layers.iter().fold(Vec::new(), |_, layer| note(layer));
        let count = layers.len();
        let numbers: Vec<usize> =
            if by_those_before { (0..count).collect() } else { (0..count).rev().collect() };
        for number in numbers {
            let Some(layer) = layers.get_mut(number) else { continue };
            let middle = |node: usize| {
                let neighbour = |(from, to): &(usize, usize)| {
                    let (own, other) = if by_those_before { (to, from) } else { (from, to) };
                    (*own == node).then_some(*other)
                };
                let found: Vec<usize> = self
                    .arrows
                    .iter()
                    .filter_map(neighbour)
                    .filter_map(|other| known.get(other).copied())
                    .collect();
                if found.is_empty() {
                    known.get(node).copied().unwrap_or(0)
                } else {
                    found.iter().sum::<usize>() / found.len()
                }
            };
            let mut ordered: Vec<(usize, usize)> = layer.iter().map(|node| (middle(*node), *node)).collect();
            ordered.sort_unstable();
            *layer = ordered.into_iter().map(|(_, node)| node).collect();
            known = note(layer);
        }
    }

    /// Where each node lies, and how large the drawing is.
    fn places(&self, layers: &[Vec<usize>]) -> (Vec<Place>, usize, usize) {
        let width = |node: &usize| {
            let label = self.nodes.get(*node).map_or(0, |node| node.label.chars().count());
            label * CHAR + label / 3 + 22
        };
        let rows = layers.iter().map(Vec::len).max().unwrap_or(0);
        let height = (rows * (HEIGHT + GAP)).max(HEIGHT) + 2 * MARGIN + LEGEND;
        let mut places = vec![Place::default(); self.nodes.len()];
        let mut x = MARGIN;
        for layer in layers {
            let widest = layer.iter().map(width).max().unwrap_or(0);
            let free = rows.saturating_sub(layer.len()) * (HEIGHT + GAP);
            for (row, node) in layer.iter().enumerate() {
                // the rows of a short layer are spread over the height
                let y = MARGIN + free / 2 + row * (HEIGHT + GAP);
                let place = Place { x, y, width: widest };
                places.get_mut(*node).into_iter().for_each(|slot| *slot = place);
            }
            x += widest + LAYERS_APART;
        }
        (places, (x - LAYERS_APART + MARGIN).max(560), height)
    }
}

fn draw(node: &Node, place: Place, text: &mut String) {
    let Place { x, y, width } = place;
    let round = if matches!(node.kind, NodeKind::Kept | NodeKind::Made) { 8 } else { 0 };
    let _ = writeln!(
        text,
        "<g class=\"{}\"><rect x=\"{x}\" y=\"{y}\" width=\"{width}\" height=\"{HEIGHT}\" rx=\"{round}\"/>\
         <text x=\"{}\" y=\"{}\">{}</text></g>",
        class(node.kind),
        x + 10,
        y + HEIGHT / 2 + 4,
        escaped(&node.label),
    );
}

fn class(kind: NodeKind) -> &'static str {
    match kind {
        NodeKind::Files => "files",
        NodeKind::Bundled => "bundled",
        NodeKind::Kept => "kept",
        NodeKind::Made => "made",
    }
}

fn legend(y: usize, text: &mut String) {
    let words = [
        (NodeKind::Files, "files"),
        (NodeKind::Bundled, "bundled"),
        (NodeKind::Kept, "up to date"),
        (NodeKind::Made, "would be made"),
    ];
    for (number, (kind, words)) in words.into_iter().enumerate() {
        let x = MARGIN + number * 130;
        let _ = writeln!(
            text,
            "<g class=\"{}\"><rect x=\"{x}\" y=\"{y}\" width=\"14\" height=\"14\" rx=\"3\"/>\
             <text x=\"{}\" y=\"{}\">{words}</text></g>",
            class(kind),
            x + 20,
            y + 11,
        );
    }
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

const STYLE: &str = "<style>
text { font: 12px ui-monospace, 'DejaVu Sans Mono', monospace; fill: #1c1b1f; }
rect { stroke-width: 1.2; }
.arrow { fill: none; stroke: #8a8f98; stroke-width: 1.2; }
.files rect { fill: #f4f1e8; stroke: #a39a80; }
.bundled rect { fill: #ffffff; stroke: #a39a80; stroke-dasharray: 3 3; }
.kept rect { fill: #e3f1e6; stroke: #3b7d4f; }
.made rect { fill: #fbe4e1; stroke: #b3261e; stroke-width: 2; }
</style>
<defs><marker id=\"head\" viewBox=\"0 0 8 8\" refX=\"8\" refY=\"4\" markerWidth=\"7\" markerHeight=\"7\" \
orient=\"auto\"><path d=\"M0 0 L8 4 L0 8 z\" fill=\"#8a8f98\"/></marker></defs>
";
