//! The Rego engine: the only file that names regorus.
//!
//! Three services stand behind it: the parser, the interpreter (strict: a failing builtin or a conflict is an error) and
//! the bytecode machine (fast: both are `undefined`).

use std::cell::OnceCell;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::num::NonZeroU32;
use std::sync::Arc;
use std::time::Duration;

use foldhash::fast::RandomState;
use jiff::Timestamp;
use probity_evidence::{Resource, TypeName};
use regorus::languages::rego::compiler::Compiler;
use regorus::rvm::program::Program as Bytecode;
use regorus::rvm::vm::{RegoVM, VmError};
use regorus::utils::limits::ExecutionTimerConfig;
use regorus::{Engine, PolicyLengthConfig};

/// What one evaluation may cost.
const TIME_LIMIT: Duration = Duration::from_secs(5);
/// Instructions of one run of the machine over one resource.
const INSTRUCTION_LIMIT: usize = 2_000_000;

/// A Rego module: its path, for messages, and its text.
pub(crate) type Source<'a> = (&'a str, &'a str);

/// Why Rego was refused or failed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct RegoError {
    /// File, line and column (both from 1), where the engine names them.
    pub(crate) place: Option<(String, u32, u32)>,
    /// What is wrong, in one line.
    pub(crate) message: String,
}

impl RegoError {
    /// Reads the engine's rendered message: `--> file:line:col`, the source line, and `error: text`.
    fn from_rendered(text: &str) -> Self {
        let place = text.lines().find_map(|line| line.trim_start().strip_prefix("--> ")).and_then(|at| {
            let mut parts = at.rsplitn(3, ':');
            let column = parts.next()?.parse().ok()?;
            let line = parts.next()?.parse().ok()?;
            Some((parts.next()?.to_owned(), line, column))
        });
        let message = text.lines().find_map(|line| line.strip_prefix("error: "));
        let first = text.lines().find(|line| !line.trim().is_empty()).unwrap_or("unknown error");
        let message = message.unwrap_or(first).trim();
        if message.to_ascii_lowercase().starts_with("execution exceeded time limit") {
            // the engine names the time it took, which is another one each time
            let message = format!("it ran longer than {} seconds", TIME_LIMIT.as_secs());
            return Self { place, message };
        }
        Self { place, message: message.to_owned() }
    }
}

/// Parses a module.
///
/// # Errors
/// The text is not Rego; the place is that of the first error.
pub(crate) fn parse(source: Source<'_>) -> Result<crate::rego::ast::Module, RegoError> {
    #[derive(serde::Deserialize)]
    struct Parsed {
        ast: crate::rego::ast::Module,
    }
    let engine = engine_with(&[source])?;
    let text = engine.get_ast_as_json().map_err(|error| RegoError::from_rendered(&error.to_string()))?;
    let parsed: Result<Vec<Parsed>, _> = serde_json::from_str(&text);
    match parsed.map(|list| list.into_iter().next()) {
        Ok(Some(first)) => Ok(first.ast),
        Ok(None) => Err(RegoError { place: None, message: "the module is empty".to_owned() }),
        Err(error) => {
            Err(RegoError { place: None, message: format!("the module is nested too deeply ({error})") })
        }
    }
}

fn engine_with(sources: &[Source<'_>]) -> Result<Engine, RegoError> {
    let mut engine = Engine::new();
    engine.set_policy_length_config(PolicyLengthConfig {
        max_col: NonZeroU32::new(1 << 16).unwrap_or(NonZeroU32::MAX),
        ..PolicyLengthConfig::default()
    });
    engine.set_strict_builtin_errors(true);
    engine.set_execution_timer_config(timer());
    for (path, text) in sources {
        engine
            .add_policy((*path).to_owned(), (*text).to_owned())
            .map_err(|error| RegoError::from_rendered(&error.to_string()))?;
    }
    Ok(engine)
}

fn timer() -> ExecutionTimerConfig {
    ExecutionTimerConfig {
        limit: TIME_LIMIT,
        check_interval: NonZeroU32::new(1024).unwrap_or(NonZeroU32::MIN),
    }
}

/// A resource that Rego looks at.
#[derive(Debug)]
pub(crate) struct View<'a> {
    resource: &'a Resource,
    /// Its own type first, then the ancestors.
    type_names: &'a [TypeName],
    /// The resources that it refers to, by id; none for a resource that is not judged itself.
    related: Option<Vec<(&'a str, &'a Input)>>,
    /// Names of the properties that are read; none for all.
    wanted: Option<&'a BTreeSet<String>>,
    /// The instant of judgement, for checks that ask for it.
    as_of: Option<Timestamp>,
    whole: OnceCell<Input>,
}

impl<'a> View<'a> {
    /// A resource by itself, with all its properties.
    pub(crate) fn alone(resource: &'a Resource, type_names: &'a [TypeName]) -> Self {
        Self { resource, type_names, related: None, wanted: None, as_of: None, whole: OnceCell::new() }
    }

    /// A resource that is judged, with the resources that it refers to.
    pub(crate) fn among(self, related: Vec<(&'a str, &'a Input)>) -> Self {
        Self { related: Some(related), ..self }
    }

    /// The resource without properties that nothing reads.
    pub(crate) fn with_only(self, wanted: Option<&'a BTreeSet<String>>) -> Self {
        Self { wanted, ..self }
    }

    /// The resource with the instant of judgement.
    pub(crate) fn at_instant(self, as_of: Timestamp) -> Self {
        Self { as_of: Some(as_of), ..self }
    }

    /// The whole resource: its properties, and what it has beside them.
    pub(crate) fn whole(&self, words: &mut Words) -> &Input {
        self.whole.get_or_init(|| {
            let mut members: BTreeMap<regorus::Value, regorus::Value> = BTreeMap::new();
            for (key, value) in &self.resource.properties {
                if self.wanted.is_none_or(|names| names.contains(key)) {
                    members.insert(words.text(key), words.value(value));
                }
            }
            for key in ["id", "name", "type", "vocabulary", "related", "now_ns"] {
                members.extend(self.own(key, words).map(|value| (words.text(key), value)));
            }
            Input(members.into())
        })
    }

    /// What stands at certain places, as a list; undefined what is not there.
    pub(crate) fn list(&self, places: &Places, words: &mut Words) -> Input {
        let mut values = vec![regorus::Value::Undefined; places.count];
        let mut set = |number: usize, value: regorus::Value| {
            if let Some(slot) = values.get_mut(number) {
                *slot = value;
            }
        };
        for (_, number) in &places.root.numbers {
            set(*number, self.whole(words).0.clone());
        }
        places.root.fill(&self.resource.properties, words, &mut set);
        for place in &places.root.below {
            if let Some(value) = self.own(&place.name, words) {
                place.fill_own(&value, &mut set);
            }
        }
        Input(values.into())
    }

    /// What a resource has beside its properties: `id`, `name`, `type` (own type first, then ancestors), the `vocabulary`
    /// where its type is no word of our own one, and for the resource that is judged `related` and the instant.
    fn own(&self, name: &str, words: &mut Words) -> Option<regorus::Value> {
        match name {
            "id" => Some(regorus::Value::from(self.resource.id.as_str())),
            "name" => Some(regorus::Value::from(self.resource.name.as_str())),
            "type" => Some(words.types(self.type_names)),
            "vocabulary" => self.resource.resource_type.prefix().map(|prefix| words.text(prefix)),
            "now_ns" => self
                .as_of
                .map(|as_of| regorus::Value::from(i64::try_from(as_of.as_nanosecond()).unwrap_or(i64::MAX))),
            "related" => self.related.as_ref().map(|related| {
                let members = related.iter().map(|(id, input)| (regorus::Value::from(*id), input.0.clone()));
                members.collect::<BTreeMap<_, _>>().into()
            }),
            _ => None,
        }
    }
}

/// The values of a resource that a program takes: a tree of the paths that lead to them.
#[derive(Debug, Clone)]
pub(crate) struct Places {
    count: usize,
    root: Place,
}

/// How a value is handed over.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Form {
    /// As evidence has it.
    AsIs,
    /// As its [`version_key`]; undefined where it is no version.
    VersionKey,
}

/// What the library's `version_key` makes of a text: each number as (count of its digits, digits without leading zeros),
/// without zeros at the end; none for what is no version.
pub(crate) fn version_key(text: &str) -> Option<serde_json::Value> {
    let mut parts: Vec<&str> = text.split('.').collect();
    if parts.iter().any(|part| part.is_empty() || !part.bytes().all(|byte| byte.is_ascii_digit())) {
        return None;
    }
    while parts.len() > 1 && parts.last().is_some_and(|part| part.bytes().all(|byte| byte == b'0')) {
        parts.pop();
    }
    let digits = parts.into_iter().map(|part| part.trim_start_matches('0'));
    Some(digits.map(|digits| serde_json::json!([digits.len(), digits])).collect())
}

/// A step of a path.
#[derive(Debug, Clone, Default)]
struct Place {
    name: String,
    /// The numbers of the value that stands here, where it is taken.
    numbers: Vec<(Form, usize)>,
    below: Vec<Place>,
}

impl Places {
    /// The places at paths, each with its number; the empty path is the whole resource.
    pub(crate) fn new(paths: &BTreeMap<(Vec<String>, Form), usize>) -> Self {
        let mut root = Place::default();
        for ((path, form), number) in paths {
            root.note(path, (*form, *number));
        }
        Self { count: paths.len(), root }
    }
}

impl Place {
    fn note(&mut self, path: &[String], number: (Form, usize)) {
        let Some((name, rest)) = path.split_first() else { return self.numbers.push(number) };
        if let Some(place) = self.below.iter_mut().find(|place| place.name == *name) {
            return place.note(rest, number);
        }
        let mut place = Self { name: name.clone(), ..Self::default() };
        place.note(rest, number);
        self.below.push(place);
    }

    /// Takes what stands below, out of the members of an object.
    fn fill(
        &self,
        members: &serde_json::Map<String, serde_json::Value>,
        words: &mut Words,
        set: &mut impl FnMut(usize, regorus::Value),
    ) {
        for (name, value) in members {
            let Some(place) = self.below.iter().find(|place| place.name == *name) else { continue };
            for (form, number) in &place.numbers {
                match form {
                    Form::AsIs => set(*number, words.value(value)),
                    Form::VersionKey => {
                        let key = value.as_str().and_then(version_key);
                        key.into_iter().for_each(|key| set(*number, to_rego(&key)));
                    }
                }
            }
            if let (false, Some(members)) = (place.below.is_empty(), value.as_object()) {
                place.fill(members, words, set);
            }
        }
    }

    /// Takes a value and what stands below it.
    fn fill_own(&self, value: &regorus::Value, set: &mut impl FnMut(usize, regorus::Value)) {
        for (form, number) in &self.numbers {
            match form {
                Form::AsIs => set(*number, value.clone()),
                Form::VersionKey => {
                    let key = value.as_string().ok().and_then(|text| version_key(text));
                    key.into_iter().for_each(|key| set(*number, to_rego(&key)));
                }
            }
        }
        self.below.iter().for_each(|place| place.fill_own(&value[place.name.as_str()], set));
    }
}

/// A resource, or some of its values, as Rego values.
#[derive(Debug, Clone)]
pub(crate) struct Input(regorus::Value);

impl Input {
    /// As JSON, for the oracle.
    pub(crate) fn to_json(&self) -> serde_json::Value {
        serde_json::to_value(&self.0).unwrap_or_default()
    }
}

/// Names that come in every resource, as Rego values that share their text.
#[derive(Debug, Default)]
pub(crate) struct Words {
    names: HashMap<Box<str>, regorus::Value, RandomState>,
    types: HashMap<TypeName, regorus::Value, RandomState>,
}

impl Words {
    /// How many names are kept; evidence has as many as the ontology, and names of labels beside them.
    const LIMIT: usize = 10_000;

    fn text(&mut self, text: &str) -> regorus::Value {
        if let Some(known) = self.names.get(text) {
            return known.clone();
        }
        let value = regorus::Value::from(text);
        if self.names.len() < Self::LIMIT {
            self.names.insert(text.into(), value.clone());
        }
        value
    }

    /// The lineage of a type.
    fn types(&mut self, names: &[TypeName]) -> regorus::Value {
        let Some(own) = names.first() else { return regorus::Value::new_array() };
        if let Some(known) = self.types.get(own) {
            return known.clone();
        }
        let list: Vec<regorus::Value> = names.iter().map(|name| regorus::Value::from(name.bare())).collect();
        let value: regorus::Value = list.into();
        self.types.insert(own.clone(), value.clone());
        value
    }

    /// A JSON value, its names shared.
    fn value(&mut self, value: &serde_json::Value) -> regorus::Value {
        match value {
            serde_json::Value::Array(items) => {
                items.iter().map(|item| self.value(item)).collect::<Vec<_>>().into()
            }
            serde_json::Value::Object(map) => {
                let members: BTreeMap<_, _> =
                    map.iter().map(|(key, item)| (self.text(key), self.value(item))).collect();
                members.into()
            }
            scalar => to_rego(scalar),
        }
    }
}

fn to_rego(value: &serde_json::Value) -> regorus::Value {
    use serde_json::Value;
    match value {
        Value::Null => regorus::Value::Null,
        Value::Bool(b) => regorus::Value::from(*b),
        Value::String(s) => regorus::Value::from(s.as_str()),
        Value::Number(n) => match (n.as_u64(), n.as_i64(), n.as_f64()) {
            (Some(u), ..) => regorus::Value::from(u),
            (_, Some(i), _) => regorus::Value::from(i),
            (.., Some(f)) => regorus::Value::from(f),
            _ => regorus::Value::Null,
        },
        Value::Array(items) => items.iter().map(to_rego).collect::<Vec<_>>().into(),
        Value::Object(map) => map
            .iter()
            .map(|(key, item)| (regorus::Value::from(key.as_str()), to_rego(item)))
            .collect::<BTreeMap<_, _>>()
            .into(),
    }
}

/// The strict interpreter over a set of modules.
#[derive(Clone)]
pub(crate) struct Interpreter(Engine);

impl std::fmt::Debug for Interpreter {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Interpreter")
    }
}

impl Interpreter {
    /// Loads modules and data.
    ///
    /// # Errors
    /// A module does not parse, or the data is not an object.
    pub(crate) fn new(sources: &[Source<'_>], data: &serde_json::Value) -> Result<Self, RegoError> {
        let mut engine = engine_with(sources)?;
        engine.add_data(to_rego(data)).map_err(|error| RegoError::from_rendered(&error.to_string()))?;
        Ok(Self(engine))
    }

    /// Notes from now on which lines are evaluated.
    pub(crate) fn note_lines(&mut self) {
        self.0.set_enable_coverage(true);
    }

    /// Lines of module `path` with something to evaluate: those that were evaluated since they are noted, and the
    /// others. None are known of a module of which nothing was evaluated.
    pub(crate) fn lines(&self, path: &str) -> (BTreeSet<u32>, BTreeSet<u32>) {
        let files = self.0.get_coverage_report().map(|report| report.files).unwrap_or_default();
        let file = files.into_iter().find(|file| file.path == path);
        file.map(|file| (file.covered, file.not_covered)).unwrap_or_default()
    }

    /// The value of the rule at `path` (`data.a.b`); none where it is undefined.
    ///
    /// # Errors
    /// A builtin failed, definitions conflict, or a limit was exceeded.
    pub(crate) fn eval(&mut self, path: &str, input: &Input) -> Result<Option<serde_json::Value>, RegoError> {
        self.0.set_input(input.0.clone());
        let value = self
            .0
            .eval_rule(path.to_owned())
            .map_err(|error| RegoError::from_rendered(&error.to_string()))?;
        match value {
            regorus::Value::Undefined => Ok(None),
            value => Ok(serde_json::to_value(&value).ok()),
        }
    }
}

/// Errors of the machine's compiler that are errors of the Rego; others are its own limits, which the interpreter has not.
const REGO_ERRORS: [&str; 3] = ["Unknown function", "Unknown builtin function", "Undefined variable"];

/// Compiles modules to find errors; `entry` (`data.a.b`) is the rule that is asked.
///
/// # Errors
/// A module does not parse, or uses a variable or function that nothing defines.
pub(crate) fn check(sources: &[Source<'_>], entry: &str) -> Result<(), RegoError> {
    let mut engine = engine_with(sources)?;
    let policy = engine
        .compile_with_entrypoint(&Arc::from(entry))
        .map_err(|error| RegoError::from_rendered(&error.to_string()))?;
    match Compiler::compile_from_policy(&policy, &[entry]) {
        Ok(_) => Ok(()),
        Err(error) => {
            let error = RegoError::from_rendered(&error.to_string());
            if REGO_ERRORS.iter().any(|text| error.message.starts_with(text)) { Err(error) } else { Ok(()) }
        }
    }
}

/// A compiled program with one entry point.
#[derive(Clone)]
pub(crate) struct Program {
    bytecode: Arc<Bytecode>,
    data: regorus::Value,
}

impl std::fmt::Debug for Program {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Program")
    }
}

impl Program {
    /// Compiles modules to bytecode, with the rule at `entry` (`data.a.b`) as its only entry point.
    ///
    /// # Errors
    /// A module does not parse or compile.
    pub(crate) fn compile(
        sources: &[Source<'_>],
        data: &serde_json::Value,
        entry: &str,
    ) -> Result<Self, RegoError> {
        let rendered = |error: &dyn std::fmt::Display| RegoError::from_rendered(&error.to_string());
        let mut engine = engine_with(sources)?;
        let data = to_rego(data);
        engine.add_data(data.clone()).map_err(|error| rendered(&error))?;
        let policy = engine.compile_with_entrypoint(&Arc::from(entry)).map_err(|error| rendered(&error))?;
        let bytecode = Compiler::compile_from_policy(&policy, &[entry]).map_err(|error| rendered(&error))?;
        Ok(Self { bytecode: trimmed(bytecode), data })
    }
}

/// The program without names, and without lists that say nothing. The machine copies them for every call of a rule; it asks
/// for no name, and takes a missing entry of a list for one that says no.
fn trimmed(mut bytecode: Arc<Bytecode>) -> Arc<Bytecode> {
    for rule in &mut Arc::make_mut(&mut bytecode).rule_infos {
        if !rule.else_bodies.iter().flatten().any(|is_else| *is_else) {
            rule.else_bodies = Vec::new();
        }
        if rule.destructuring_blocks.iter().all(Option::is_none) {
            rule.destructuring_blocks = Vec::new();
        }
        rule.name = String::new();
        rule.function_info.iter_mut().for_each(|function| function.param_names = Vec::new());
    }
    bytecode
}

/// The bytecode machine, one per thread.
pub(crate) struct Machine {
    vm: RegoVM,
}

impl Machine {
    /// A machine for one program.
    ///
    /// # Errors
    /// The data conflicts with the rules.
    pub(crate) fn new(program: &Program) -> Result<Self, RegoError> {
        let mut vm = RegoVM::new();
        vm.set_max_instructions(INSTRUCTION_LIMIT);
        vm.set_execution_timer_config(Some(timer()));
        vm.load_program(program.bytecode.clone());
        vm.set_data(program.data.clone()).map_err(|error| RegoError::from_rendered(&error.to_string()))?;
        Ok(Self { vm })
    }

    /// Runs the program on one resource; its value as JSON, none where it is undefined.
    ///
    /// # Errors
    /// A limit was exceeded. Failing builtins and conflicts are no errors here: what they touch is undefined.
    pub(crate) fn value(&mut self, input: &Input) -> Result<Option<serde_json::Value>, RegoError> {
        match self.execute(input)? {
            regorus::Value::Undefined => Ok(None),
            value => Ok(serde_json::to_value(&value).ok()),
        }
    }

    fn execute(&mut self, input: &Input) -> Result<regorus::Value, RegoError> {
        self.vm.set_input(input.0.clone());
        let value = self.vm.execute_entry_point_by_index(0);
        value.map_err(|error: VmError| RegoError { place: None, message: error.to_string() })
    }

    /// Runs the program on one resource and gives every number of the resulting set to `each`.
    ///
    /// # Errors
    /// As [`Machine::value`].
    pub(crate) fn run(&mut self, input: &Input, mut each: impl FnMut(usize)) -> Result<(), RegoError> {
        if let Ok(set) = self.execute(input)?.as_set() {
            for number in set.iter().filter_map(|item| item.as_u64().ok()) {
                each(usize::try_from(number).unwrap_or(usize::MAX));
            }
        }
        Ok(())
    }
}
