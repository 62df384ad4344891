//! The notation of the schema tables: one fact a line, children indented by two spaces.
//!
//! A line is `kind name key=value …`. Words with blanks, quotes or `=` are written as JSON strings. `#` starts
//! a comment line.

use std::fmt::Write as _;

/// One line of a table with what is indented below it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Node {
    /// First word: `assembly`, `field`, `flag`, `choice`, `index`, …
    pub(crate) kind: String,
    /// Second word, empty where there is none.
    pub(crate) name: String,
    /// The `key=value` words in order.
    pub(crate) attributes: Vec<(String, String)>,
    /// The indented lines.
    pub(crate) children: Vec<Node>,
}

impl Node {
    /// A line without attributes and children.
    pub(crate) fn new(kind: impl Into<String>, name: impl Into<String>) -> Self {
        Self { kind: kind.into(), name: name.into(), ..Self::default() }
    }

    /// Adds `key=value` where there is a value.
    pub(crate) fn with(mut self, key: &str, value: Option<impl Into<String>>) -> Self {
        self.attributes.extend(value.map(|value| (key.to_owned(), value.into())));
        self
    }

    /// The value of an attribute.
    pub(crate) fn get(&self, key: &str) -> Option<&str> {
        self.attributes.iter().find(|(name, _)| name == key).map(|(_, value)| value.as_str())
    }

    /// The children of one kind.
    pub(crate) fn of<'a>(&'a self, kind: &'a str) -> impl Iterator<Item = &'a Node> {
        self.children.iter().filter(move |child| child.kind == kind)
    }
}

/// Writes nodes in the notation.
pub(crate) fn write(nodes: &[Node]) -> String {
    let mut text = String::new();
    for node in nodes {
        write_node(node, 0, &mut text);
    }
    text
}

fn write_node(node: &Node, depth: usize, text: &mut String) {
    let indent = depth * 2;
    let _ = write!(text, "{:indent$}{}", "", node.kind);
    if !node.name.is_empty() {
        let _ = write!(text, " {}", quoted(&node.name));
    }
    for (key, value) in &node.attributes {
        let _ = write!(text, " {key}={}", quoted(value));
    }
    text.push('\n');
    for child in &node.children {
        write_node(child, depth + 1, text);
    }
}

fn quoted(word: &str) -> String {
    let plain = !word.is_empty() && !word.contains(|c: char| c.is_whitespace() || c == '"' || c == '=');
    if plain { word.to_owned() } else { serde_json::Value::from(word).to_string() }
}

/// Reads nodes in the notation.
///
/// # Errors
/// A line that does not follow the notation, with its number.
pub(crate) fn read(text: &str) -> Result<Vec<Node>, String> {
    let mut top = Node::default();
    for (index, line) in text.lines().enumerate() {
        let content = line.trim_start_matches(' ');
        if content.is_empty() || content.starts_with('#') {
            continue;
        }
        let node = read_line(content).map_err(|error| format!("line {}: {error}", index + 1))?;
        let depth = (line.len() - content.len()) / 2;
        parent_at(&mut top, depth).ok_or_else(|| format!("line {}: indented too far", index + 1))?.push(node);
    }
    Ok(top.children)
}

fn parent_at(top: &mut Node, depth: usize) -> Option<&mut Vec<Node>> {
    let mut children = &mut top.children;
    for _ in 0..depth {
        children = &mut children.last_mut()?.children;
    }
    Some(children)
}

fn read_line(line: &str) -> Result<Node, String> {
    let (kind, mut rest) = line.split_once(' ').unwrap_or((line, ""));
    let mut node = Node::new(kind, "");
    while !rest.is_empty() {
        let (word, after) = read_word(rest)?;
        if let Some(after) = after.strip_prefix('=') {
            let (value, after) = read_word(after)?;
            node.attributes.push((word, value));
            rest = after.trim_start();
        } else if node.name.is_empty() && node.attributes.is_empty() {
            node.name = word;
            rest = after.trim_start();
        } else {
            return Err(format!("stray word `{word}`"));
        }
    }
    Ok(node)
}

fn read_word(text: &str) -> Result<(String, &str), String> {
    if text.starts_with('"') {
        let mut stream = serde_json::Deserializer::from_str(text).into_iter::<String>();
        let word = stream.next().and_then(Result::ok).ok_or_else(|| format!("bad string at {text}"))?;
        let after = text.get(stream.byte_offset()..).unwrap_or_default();
        return Ok((word, after));
    }
    let end = text.find([' ', '=']).unwrap_or(text.len());
    let (word, after) = text.split_at(end);
    Ok((word.to_owned(), after))
}

#[cfg(test)]
mod tests {
    use super::{Node, read, write};

    #[test]
    fn a_table_reads_back_as_it_was_written() {
        let mut node =
            Node::new("index", "part[@name=('a','b')]").with("id", Some("x")).with("key", Some(" \"="));
        node.children.push(Node::new("choice", ""));
        node.children.push(Node::new("value", "a b").with("deprecated", Some("1.0")));
        assert_eq!(read(&write(std::slice::from_ref(&node))), Ok(vec![node]));
    }
}
