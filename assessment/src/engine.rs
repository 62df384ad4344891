//! The Rego engine: the only file that names regorus.
//!
//! Three services stand behind it: the parser, the interpreter (strict: a failing builtin or a conflict is an error) and
//! the bytecode machine (fast: both are `undefined`).

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::num::NonZeroU32;
use std::sync::Arc;
use std::time::Duration;

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

/// For a resource that is not judged itself.
pub(crate) const NONE_RELATED: Option<std::iter::Empty<(&str, &Input)>> = None;

/// A resource as Rego sees it.
#[derive(Debug, Clone)]
pub(crate) struct Input(regorus::Value);

impl Input {
    /// A resource: its `wanted` properties, `id`, `name`, `type` (own type first, then ancestors), the `vocabulary` where
    /// its type is no word of our own one, and for the resource that is judged `related`.
    pub(crate) fn resource<'a>(
        resource: &Resource,
        type_names: &[TypeName],
        wanted: impl Fn(&str) -> bool,
        related: Option<impl Iterator<Item = (&'a str, &'a Self)>>,
        words: &mut Words,
    ) -> Self {
        let text = |text: &str| regorus::Value::from(text);
        let mut members: BTreeMap<regorus::Value, regorus::Value> = BTreeMap::new();
        for (key, value) in resource.properties.iter().filter(|(key, _)| wanted(key)) {
            members.insert(words.text(key), words.value(value));
        }
        members.insert(words.text("id"), text(&resource.id));
        members.insert(words.text("name"), text(&resource.name));
        members.insert(words.text("type"), words.types(type_names));
        if let Some(prefix) = resource.resource_type.prefix() {
            members.insert(words.text("vocabulary"), words.text(prefix));
        }
        if let Some(related) = related {
            let related: BTreeMap<_, _> = related.map(|(id, input)| (text(id), input.0.clone())).collect();
            members.insert(words.text("related"), related.into());
        }
        Self(members.into())
    }

    /// The same with the instant of judgement, for checks that ask for it.
    pub(crate) fn at(mut self, as_of: Timestamp, words: &mut Words) -> Self {
        let nanoseconds = i64::try_from(as_of.as_nanosecond()).unwrap_or(i64::MAX);
        if let Ok(members) = self.0.as_object_mut() {
            members.insert(words.text("now_ns"), regorus::Value::from(nanoseconds));
        }
        self
    }

    /// As JSON, for the oracle.
    pub(crate) fn to_json(&self) -> serde_json::Value {
        serde_json::to_value(&self.0).unwrap_or_default()
    }
}

/// Names that come in every resource, as Rego values that share their text.
#[derive(Debug, Default)]
pub(crate) struct Words {
    names: HashMap<Box<str>, regorus::Value>,
    types: HashMap<TypeName, regorus::Value>,
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

/// A compiled program; its entry point yields a set of numbers.
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
        Ok(Self { bytecode, data })
    }
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

    /// Runs the program on one resource and gives every number of the resulting set to `each`.
    ///
    /// # Errors
    /// A limit was exceeded. Failing builtins and conflicts are no errors here: what they touch is undefined.
    pub(crate) fn run(&mut self, input: &Input, mut each: impl FnMut(usize)) -> Result<(), RegoError> {
        self.vm.set_input(input.0.clone());
        let value = self
            .vm
            .execute_entry_point_by_index(0)
            .map_err(|error: VmError| RegoError { place: None, message: error.to_string() })?;
        if let Ok(set) = value.as_set() {
            for number in set.iter().filter_map(|item| item.as_u64().ok()) {
                each(usize::try_from(number).unwrap_or(usize::MAX));
            }
        }
        Ok(())
    }
}
