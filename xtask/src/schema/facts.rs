//! The tables as typed facts: references resolved, every object given its JSON properties and a Rust name.

use std::collections::{BTreeMap, BTreeSet};

use super::declared::{self, Declared};
use super::node::Node;

/// All that the generators of Rust need.
#[derive(Debug, Default)]
pub(crate) struct Facts {
    /// Release of OSCAL.
    pub(crate) version: String,
    /// XML namespace.
    pub(crate) namespace: String,
    /// The `datatype` nodes.
    pub(crate) datatypes: Vec<Node>,
    /// Definitions that are objects in JSON; a property points to them by index.
    pub(crate) objects: Vec<Object>,
    /// Definitions that constraints can hang on, by place.
    pub(crate) declared: BTreeMap<Path, Declared>,
    /// Those that a document can hold, by index.
    reached: BTreeSet<usize>,
}

impl Facts {
    /// The objects that a document can hold, in the order of the modules.
    pub(crate) fn used(&self) -> impl Iterator<Item = &Object> {
        let reached = |index: &usize| self.reached.contains(index);
        self.objects.iter().enumerate().filter(move |(index, _)| reached(index)).map(|(_, object)| object)
    }

    /// Whether an object or a property of a document is of this definition.
    pub(crate) fn uses(&self, declared: &Declared) -> bool {
        let is = |place: &Path| self.declared.get(place).is_some_and(|other| std::ptr::eq(other, declared));
        self.used()
            .any(|object| is(&object.place) || object.properties.iter().any(|property| is(&property.place)))
    }
}

/// A definition with flags or a model: a JSON object.
#[derive(Debug)]
pub(crate) struct Object {
    /// `assembly` or `field`.
    pub(crate) kind: String,
    /// Name of the definition.
    pub(crate) name: String,
    /// Rust module: the Metaschema module without `-common`.
    pub(crate) module: String,
    /// Rust type, unique in its module.
    pub(crate) type_name: String,
    /// Key at the root of a document.
    pub(crate) root: Option<String>,
    /// Properties in model order.
    pub(crate) properties: Vec<Property>,
    /// Exclusive alternatives.
    pub(crate) choices: Vec<Choice>,
    /// Where the definition stands.
    pub(crate) place: Path,
}

/// Alternatives of which at most one may stand.
#[derive(Debug, Default)]
pub(crate) struct Choice {
    /// Indices of the alternative properties.
    pub(crate) properties: Vec<usize>,
    /// Whether one must stand.
    pub(crate) required: bool,
}

/// One JSON property.
#[derive(Clone, Debug)]
pub(crate) struct Property {
    /// JSON key.
    pub(crate) json: String,
    /// XML name of one item.
    pub(crate) xml: String,
    /// `flag`, `field`, `assembly` or `value`.
    pub(crate) role: String,
    /// Least number.
    pub(crate) min: u32,
    /// Greatest number; none is unbounded.
    pub(crate) max: Option<u32>,
    /// `array`, `singleton-or-array`, or none for a single value.
    pub(crate) group: Option<String>,
    /// `grouped` or `unwrapped` where XML differs.
    pub(crate) layout: Option<String>,
    /// Value that an absent property stands for.
    pub(crate) default: Option<String>,
    /// Release that deprecated it.
    pub(crate) deprecated: Option<String>,
    /// What it holds.
    pub(crate) holds: Holds,
    /// The only values of a scalar, where its definition closes the set.
    pub(crate) values: Vec<String>,
    /// Where the definition of one item stands.
    pub(crate) place: Path,
}

/// What a property holds.
#[derive(Clone, Debug)]
pub(crate) enum Holds {
    /// A datatype, by name.
    Scalar(String),
    /// An object, by index.
    Object(usize),
}

/// Where a definition stands: module index, then child indices.
pub(crate) type Path = Vec<usize>;

/// Interprets the release table and the module tables.
///
/// # Errors
/// Unresolved references and shapes that the model cannot express.
pub(crate) fn interpret(release: &[Node], modules: &[Node]) -> Result<Facts, String> {
    let about = release.iter().find(|node| node.kind == "release").ok_or("no release line")?;
    let mut reader = Interpreter { modules, ..Interpreter::default() };
    for (index, module) in modules.iter().enumerate() {
        reader.collect(module, &mut vec![index]);
    }
    reader.name_types()?;
    for (path, object) in reader.found.clone() {
        reader.fill(&path, object)?;
    }
    let mut reached = BTreeSet::new();
    for index in (0..reader.objects.len()).filter(|index| reader.is_root(*index)) {
        reader.reach(index, &mut reached);
    }
    Ok(Facts {
        version: about.name.clone(),
        namespace: about.get("namespace").unwrap_or_default().to_owned(),
        datatypes: release.iter().filter(|node| node.kind == "datatype").cloned().collect(),
        objects: reader.objects,
        declared: declared::collect(modules)?,
        reached,
    })
}

#[derive(Default)]
struct Interpreter<'a> {
    modules: &'a [Node],
    found: BTreeMap<Path, usize>,
    objects: Vec<Object>,
}

impl<'a> Interpreter<'a> {
    /// Finds every definition that is an object in JSON.
    fn collect(&mut self, node: &'a Node, path: &mut Path) {
        if is_object(node) {
            self.found.insert(path.clone(), self.objects.len());
            self.objects.push(Object {
                kind: node.kind.clone(),
                name: node.name.clone(),
                module: self.module_of(path),
                type_name: String::new(),
                root: node.get("root").map(str::to_owned),
                properties: Vec::new(),
                choices: Vec::new(),
                place: path.clone(),
            });
        }
        for (index, child) in node.children.iter().enumerate() {
            path.push(index);
            self.collect(child, path);
            path.pop();
        }
    }

    fn is_root(&self, index: usize) -> bool {
        self.objects.get(index).is_some_and(|object| object.root.is_some())
    }

    fn reach(&self, index: usize, reached: &mut BTreeSet<usize>) {
        if reached.insert(index) {
            for property in self.objects.get(index).into_iter().flat_map(|object| &object.properties) {
                if let Holds::Object(held) = property.holds {
                    self.reach(held, reached);
                }
            }
        }
    }

    fn module_of(&self, path: &Path) -> String {
        let module = path.first().and_then(|index| self.modules.get(*index));
        module.map(|module| declared::rust_module(&module.name)).unwrap_or_default()
    }

    fn node(&self, path: &[usize]) -> Option<&'a Node> {
        let (first, rest) = path.split_first()?;
        rest.iter().try_fold(self.modules.get(*first)?, |node, index| node.children.get(*index))
    }

    /// Names of definitions become types; one that is not unique in its module takes its parent's name before it.
    fn name_types(&mut self) -> Result<(), String> {
        let mut count: BTreeMap<(String, String), usize> = BTreeMap::new();
        for object in &self.objects {
            *count.entry((object.module.clone(), object.name.clone())).or_default() += 1;
        }
        let mut taken = BTreeSet::new();
        for (path, index) in self.found.clone() {
            let Some(object) = self.objects.get(index) else { continue };
            let alone = count.get(&(object.module.clone(), object.name.clone())) == Some(&1);
            let own = pascal(&object.name);
            let parent = if alone || path.len() == 2 { String::new() } else { self.parent_type(&path) };
            let type_name = format!("{parent}{own}");
            if !taken.insert((object.module.clone(), type_name.clone())) {
                return Err(format!("two definitions would be called {}::{type_name}", object.module));
            }
            if let Some(object) = self.objects.get_mut(index) {
                object.type_name = type_name;
            }
        }
        Ok(())
    }

    fn parent_type(&self, path: &Path) -> String {
        let above = (1..path.len()).rev().filter_map(|length| path.get(..length));
        let index = above.into_iter().find_map(|path| self.found.get(path));
        index
            .and_then(|index| self.objects.get(*index))
            .map(|object| object.type_name.clone())
            .unwrap_or_default()
    }

    /// Gives an object its properties and choices.
    fn fill(&mut self, path: &Path, object: usize) -> Result<(), String> {
        let node = self.node(path).ok_or("a lost definition")?;
        let mut properties = Vec::new();
        let mut choices = Vec::new();
        for (index, child) in node.children.iter().enumerate() {
            let mut at = path.clone();
            at.push(index);
            if child.kind == "choice" {
                choices.push(self.choice(child, &at, &mut properties)?);
            } else if let Some(property) = self.property(child, &at)? {
                properties.push(property);
            }
        }
        if node.kind == "field" {
            properties.push(value_property(node, path));
        }
        if let Some(object) = self.objects.get_mut(object) {
            object.properties = properties;
            object.choices = choices;
        }
        Ok(())
    }

    fn choice(&self, node: &'a Node, path: &Path, properties: &mut Vec<Property>) -> Result<Choice, String> {
        let mut choice = Choice { required: true, ..Choice::default() };
        for (index, child) in node.children.iter().enumerate() {
            let mut at = path.clone();
            at.push(index);
            let mut property =
                self.property(child, &at)?.ok_or("a choice of something else than properties")?;
            choice.required &= property.min > 0;
            choice.properties.push(properties.len());
            property.min = 0;
            properties.push(property);
        }
        Ok(choice)
    }

    /// The property that a flag, field or assembly becomes; none for other lines.
    fn property(&self, node: &'a Node, path: &Path) -> Result<Option<Property>, String> {
        if !matches!(node.kind.as_str(), "flag" | "field" | "assembly") {
            return Ok(None);
        }
        let (definition, at) = match node.name.strip_prefix('@') {
            Some(name) => self.resolve(&node.kind, name, path)?,
            None => (node, path.clone()),
        };
        let either = |key: &str| node.get(key).or_else(|| definition.get(key)).map(str::to_owned);
        let xml = either("use").unwrap_or_else(|| definition.name.clone());
        let (min, max) = range(node.get("n"))?;
        let group = node.get("group");
        if group.is_some() == (max == Some(1)) {
            return Err(format!("{xml}: a group must have several items, and several items a group"));
        }
        let holds = match self.found.get(&at) {
            Some(object) => Holds::Object(*object),
            None => Holds::Scalar(definition.get("type").unwrap_or("string").to_owned()),
        };
        Ok(Some(Property {
            json: group.unwrap_or(&xml).to_owned(),
            xml,
            role: node.kind.clone(),
            min,
            max,
            group: group.map(|_| node.get("json").unwrap_or("array").to_owned()),
            layout: node.get("xml").map(str::to_owned),
            default: either("default"),
            deprecated: either("deprecated"),
            values: closed_values(definition),
            place: at,
            holds,
        }))
    }

    /// Finds a global definition: in the own module, else among what its imports export.
    fn resolve(&self, kind: &str, name: &str, path: &Path) -> Result<(&'a Node, Path), String> {
        let module = *path.first().ok_or("a path without module")?;
        let found = self.exported(module, kind, name, true, &mut BTreeSet::new());
        let at = found.ok_or_else(|| format!("{kind} `{name}` is not defined"))?;
        Ok((self.node(&at).ok_or("a lost definition")?, at))
    }

    fn exported(
        &self,
        module: usize,
        kind: &str,
        name: &str,
        own: bool,
        seen: &mut BTreeSet<usize>,
    ) -> Option<Path> {
        if !seen.insert(module) {
            return None;
        }
        let node = self.modules.get(module)?;
        let visible = |child: &Node| own || child.get("scope") != Some("local");
        let matches = |child: &Node| child.kind == kind && child.name == name && visible(child);
        if let Some(index) = node.children.iter().position(matches) {
            return Some(vec![module, index]);
        }
        node.of("import").find_map(|import| {
            let imported = self.modules.iter().position(|other| other.name == import.name)?;
            self.exported(imported, kind, name, false, seen)
        })
    }
}

fn is_object(node: &Node) -> bool {
    let defined = !node.name.starts_with('@');
    let flags = node.of("flag").next().is_some();
    defined && (node.kind == "assembly" || node.kind == "field" && flags)
}

/// The value of a field that has flags.
fn value_property(node: &Node, place: &Path) -> Property {
    let datatype = node.get("type").unwrap_or("string");
    let fallback = match datatype {
        "markup-line" => "RICHTEXT",
        "markup-multiline" => "PROSE",
        _ => "STRVALUE",
    };
    let key = node.get("value-key").unwrap_or(fallback).to_owned();
    Property {
        xml: key.clone(),
        json: key,
        role: "value".to_owned(),
        min: 1,
        max: Some(1),
        group: None,
        layout: None,
        default: None,
        deprecated: None,
        holds: Holds::Scalar(datatype.to_owned()),
        values: closed_values(node),
        place: place.clone(),
    }
}

/// The values that a definition allows without condition and without others.
fn closed_values(node: &Node) -> Vec<String> {
    let closed =
        node.of("allowed-values").filter(|line| line.name == "." && line.get("other") != Some("yes"));
    closed.flat_map(|line| line.of("value")).map(|value| value.name.clone()).collect()
}

/// Reads `1`, `0..*`, `2..3`; nothing is `0..1`.
pub(crate) fn range(text: Option<&str>) -> Result<(u32, Option<u32>), String> {
    let text = text.unwrap_or("0..1");
    let (min, max) = text.split_once("..").unwrap_or((text, text));
    let number = |digits: &str| digits.parse::<u32>().map_err(|_| format!("bad cardinality `{text}`"));
    Ok((number(min)?, if max == "*" { None } else { Some(number(max)?) }))
}

/// `plan-of-action` to `PlanOfAction`.
pub(crate) fn pascal(name: &str) -> String {
    let mut pascal = String::new();
    for word in name.split('-') {
        let mut chars = word.chars();
        pascal.extend(chars.next().map(|first| first.to_ascii_uppercase()));
        pascal.push_str(chars.as_str());
    }
    pascal
}
