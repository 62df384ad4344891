//! One program per resource type, and its run on one resource.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::sync::{Arc, Mutex, PoisonError};

use serde_json::Value;

use super::fold::{Constants, fold};
use super::inline;
use crate::engine::{Input, Interpreter, Machine, Program, RegoError};
use crate::rego::RegoModule;
use crate::rego::edit::edited;
use crate::rego::faults::{Trust, trust_of};

/// Package of the specialised modules.
const PACKAGE: &str = "probity.specialised";

/// Whether a rule holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Truth {
    /// It is `true`.
    Holds,
    /// It is undefined or has another value.
    HoldsNot,
    /// Evaluating it failed, with the reason.
    Failed(String),
}

/// What the Rego of one check says of one resource.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Ruling {
    /// Rule `applicable`; holds where the metric has none.
    pub(crate) applicable: Truth,
    /// Rule `compliant`.
    pub(crate) compliant: Truth,
}

/// A check as the specialiser takes it.
#[derive(Debug, Clone)]
pub(crate) struct CheckCode {
    /// The module of the bundle, operands taken out of negated calls.
    pub(crate) module: Arc<RegoModule>,
    /// Its constants.
    pub(crate) constants: Constants,
}

/// A rule of a check, ready to stand in a specialised module.
#[derive(Debug, Clone)]
struct Prepared {
    /// Bodies that stand alone; none where the module has to be loaded.
    bodies: Option<Vec<String>>,
    trust: Trust,
    path: String,
}

#[derive(Debug, Clone)]
struct PreparedCheck {
    applicable: Option<Prepared>,
    compliant: Prepared,
    /// The module with its constants folded in, and its file name.
    module: (String, String),
}

/// The programs of an assessment, compiled when a type is first met.
#[derive(Debug)]
pub(crate) struct Programs {
    checks: Vec<PreparedCheck>,
    library: Vec<(String, String)>,
    data: Value,
    interpreter: Interpreter,
    by_checks: Mutex<BTreeMap<Vec<usize>, Arc<CompiledSet>>>,
}

/// The program for one set of checks; checks that the machine's compiler refuses are left to the interpreter.
#[derive(Debug)]
struct CompiledSet {
    program: Option<Program>,
    refused: Vec<usize>,
}

impl Programs {
    /// Prepares checks. `library` are the modules that they may import, `data` is the data document of the bundle.
    ///
    /// # Errors
    /// A module does not load.
    pub(crate) fn new(
        checks: &[CheckCode],
        library: &[(String, String)],
        data: &Value,
    ) -> Result<Self, RegoError> {
        let names: Vec<String> = checks.iter().map(|check| file_name(&check.constants)).collect();
        let modules =
            names.iter().zip(checks).map(|(name, check)| (name.as_str(), check.module.text.as_str()));
        let library_modules = library.iter().map(|(path, text)| (path.as_str(), text.as_str()));
        let sources: Vec<(&str, &str)> = modules.chain(library_modules).collect();
        Ok(Self {
            checks: checks.iter().map(prepare).collect(),
            library: library.to_vec(),
            data: data.clone(),
            interpreter: Interpreter::new(&sources, data)?,
            by_checks: Mutex::new(BTreeMap::new()),
        })
    }

    /// The program for these checks, given by index.
    fn for_checks(&self, checks: &[usize]) -> Arc<CompiledSet> {
        let mut known = self.by_checks.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(set) = known.get(checks) {
            return set.clone();
        }
        let set = Arc::new(self.compile(checks));
        known.insert(checks.to_vec(), set.clone());
        set
    }

    fn compile(&self, checks: &[usize]) -> CompiledSet {
        if let Some(program) = self.program(checks) {
            return CompiledSet { program: Some(program), refused: Vec::new() };
        }
        let (taken, refused): (Vec<usize>, Vec<usize>) =
            checks.iter().partition(|check| self.program(&[**check]).is_some());
        CompiledSet { program: self.program(&taken), refused }
    }

    fn program(&self, checks: &[usize]) -> Option<Program> {
        let mut text = format!("package {PACKAGE}\n");
        let mut modules: Vec<(&str, &str)> = Vec::new();
        for index in checks {
            let check = self.checks.get(*index)?;
            let mut alone = true;
            for (bit, rule) in [check.applicable.as_ref(), Some(&check.compliant)].into_iter().enumerate() {
                let Some(rule) = rule else { continue };
                alone &= rule.bodies.is_some();
                let by_path = [format!("{{ {} == true }}", rule.path)];
                for body in rule.bodies.as_deref().unwrap_or(&by_path) {
                    let _ = writeln!(text, "hit contains {} if {body}", index * 2 + bit);
                }
            }
            if !alone {
                modules.push((&check.module.0, &check.module.1));
            }
        }
        modules.extend(self.library.iter().map(|(path, text)| (path.as_str(), text.as_str())));
        modules.push(("specialised.rego", &text));
        Program::compile(&modules, &self.data, &format!("data.{PACKAGE}.hit")).ok()
    }
}

/// The module of a check, as messages name it.
fn file_name(constants: &Constants) -> String {
    format!("metrics/{}.rego", constants.snake)
}

fn prepare(check: &CheckCode) -> PreparedCheck {
    let module = &check.module;
    let (edits, folded) = fold(module, &check.constants);
    let rule = |name: &str| Prepared {
        bodies: inline::bodies(module, name, &edits),
        trust: trust_of(module, name, &folded),
        path: format!("data.probity.metrics.{}.{name}", check.constants.snake),
    };
    PreparedCheck {
        applicable: module.defines("applicable").then(|| rule("applicable")),
        compliant: rule("compliant"),
        module: (file_name(&check.constants), edited(&module.text, 0, module.text.len(), &edits)),
    }
}

/// Runs programs on resources; one per thread.
pub(crate) struct Evaluator<'a> {
    programs: &'a Programs,
    machines: BTreeMap<Vec<usize>, (Arc<CompiledSet>, Option<Machine>)>,
    interpreter: Option<Interpreter>,
    hits: Vec<bool>,
}

impl<'a> Evaluator<'a> {
    /// An evaluator without machines yet.
    pub(crate) fn new(programs: &'a Programs) -> Self {
        let hits = vec![false; programs.checks.len() * 2];
        Self { programs, machines: BTreeMap::new(), interpreter: None, hits }
    }

    /// What each of `checks` (by index) says of `input`, in their order.
    pub(crate) fn rule(&mut self, checks: &[usize], input: &Input) -> Vec<Ruling> {
        let ran = self.run(checks, input);
        let refused = self.machines.get(checks).map(|(set, _)| set.refused.clone()).unwrap_or_default();
        checks.iter().map(|check| self.ruling(*check, input, ran && !refused.contains(check))).collect()
    }

    /// The same without the machine: every rule by the strict interpreter.
    pub(crate) fn rule_slowly(&mut self, checks: &[usize], input: &Input) -> Vec<Ruling> {
        checks.iter().map(|check| self.ruling(*check, input, false)).collect()
    }

    /// Runs the machine; false where it hit a limit or there is none.
    fn run(&mut self, checks: &[usize], input: &Input) -> bool {
        self.hits.fill(false);
        if !self.machines.contains_key(checks) {
            let set = self.programs.for_checks(checks);
            let machine = set.program.as_ref().and_then(|program| Machine::new(program).ok());
            self.machines.insert(checks.to_vec(), (set, machine));
        }
        let Some((_, Some(machine))) = self.machines.get_mut(checks) else { return false };
        let hits = &mut self.hits;
        let mark = |number: usize| hits.get_mut(number).into_iter().for_each(|hit| *hit = true);
        machine.run(input, mark).is_ok()
    }

    fn ruling(&mut self, check: usize, input: &Input, ran: bool) -> Ruling {
        let programs = self.programs;
        let Some(prepared) = programs.checks.get(check) else {
            return Ruling { applicable: Truth::HoldsNot, compliant: Truth::HoldsNot };
        };
        let applicable = match &prepared.applicable {
            Some(rule) => self.truth(rule, check * 2, input, ran),
            None => Truth::Holds,
        };
        let compliant = match applicable {
            Truth::Holds => self.truth(&prepared.compliant, check * 2 + 1, input, ran),
            _ => Truth::HoldsNot,
        };
        Ruling { applicable, compliant }
    }

    /// The machine's word where it can be trusted, else the interpreter's.
    fn truth(&mut self, rule: &Prepared, number: usize, input: &Input, ran: bool) -> Truth {
        let hit = self.hits.get(number).copied().unwrap_or(false);
        match (ran, hit) {
            (true, true) if rule.trust.holds => Truth::Holds,
            (true, false) if rule.trust.undefined => Truth::HoldsNot,
            _ => self.interpret(&rule.path, input),
        }
    }

    /// Asks the strict interpreter, on the modules of the bundle as they are.
    fn interpret(&mut self, path: &str, input: &Input) -> Truth {
        match self.eval(path, input) {
            Ok(Some(Value::Bool(true))) => Truth::Holds,
            Ok(_) => Truth::HoldsNot,
            Err(error) => Truth::Failed(error.message),
        }
    }

    /// The value of any rule of the bundle.
    ///
    /// # Errors
    /// The Rego failed or exceeded a limit.
    pub(crate) fn eval(&mut self, path: &str, input: &Input) -> Result<Option<Value>, RegoError> {
        let programs = self.programs;
        self.interpreter.get_or_insert_with(|| programs.interpreter.clone()).eval(path, input)
    }
}
