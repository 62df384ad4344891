//! One program per resource type, and its run on one resource.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::sync::{Arc, Mutex, PoisonError};

use serde_json::Value;

use super::fold::{Constants, fold};
use super::inline;
use super::slots::{Slots, is_numbered};
use crate::engine::{Interpreter, Machine, Places, Program, RegoError, View, Words};
use crate::rego::RegoModule;
use crate::rego::edit::edited;
use crate::rego::faults::{Trust, trust_of};

/// Functions that may fail in rule `results`: on the machine the measurement that they speak of is left out then, and the
/// verdict stands as it is.
const TEXTS: [&str; 1] = ["sprintf"];

/// Package of the specialised modules, and the rule that is asked: the numbers of the rules that hold.
const PACKAGE: &str = "probity.specialised";
const HIT: &str = "data.probity.specialised.hit";

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

/// A rule of a check.
#[derive(Debug, Clone)]
struct PreparedRule {
    name: &'static str,
    trust: Trust,
    path: String,
}

#[derive(Debug, Clone)]
struct PreparedCheck {
    code: CheckCode,
    /// Name of its module.
    file: String,
    applicable: Option<PreparedRule>,
    compliant: PreparedRule,
    results: PreparedRule,
}

impl PreparedCheck {
    fn new(code: &CheckCode) -> Self {
        let module = &code.module;
        let (_, folded) = fold(module, &code.constants, None);
        let rule = |name: &'static str, texts: &[&str]| PreparedRule {
            name,
            trust: trust_of(module, name, &folded, texts),
            path: format!("data.probity.metrics.{}.{name}", code.constants.snake),
        };
        Self {
            applicable: module.defines("applicable").then(|| rule("applicable", &[])),
            compliant: rule("compliant", &[]),
            results: rule("results", &TEXTS),
            file: file_name(&code.constants),
            code: code.clone(),
        }
    }
}

/// The programs of an assessment, compiled when a type is first met.
#[derive(Debug)]
pub(crate) struct Programs {
    checks: Vec<PreparedCheck>,
    library: Vec<(String, String)>,
    /// Packages of the library that read `input`: what uses them takes resources as they are, not values by number.
    by_name: Vec<String>,
    data: Value,
    interpreter: Interpreter,
    by_checks: Mutex<BTreeMap<Vec<usize>, Arc<CompiledSet>>>,
    results: Mutex<BTreeMap<usize, Option<Program>>>,
}

/// The program for one set of checks; checks that the machine's compiler refuses are left to the interpreter.
#[derive(Debug)]
struct CompiledSet {
    program: Option<Compiled>,
    refused: Vec<usize>,
}

/// A program, and the values that it takes: those at certain places, or the whole resource.
#[derive(Debug)]
struct Compiled {
    program: Program,
    places: Option<Places>,
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
        let checks: Vec<PreparedCheck> = checks.iter().map(PreparedCheck::new).collect();
        let modules = checks.iter().map(|check| (check.file.as_str(), check.code.module.text.as_str()));
        let library_modules = library.iter().map(|(path, text)| (path.as_str(), text.as_str()));
        let sources: Vec<(&str, &str)> = modules.chain(library_modules).collect();
        let interpreter = Interpreter::new(&sources, data)?;
        Ok(Self {
            checks,
            library: library.to_vec(),
            by_name: library.iter().filter(|(_, text)| !is_numbered(text)).filter_map(package).collect(),
            data: data.clone(),
            interpreter,
            by_checks: Mutex::new(BTreeMap::new()),
            results: Mutex::new(BTreeMap::new()),
        })
    }

    /// Checks, by index, with a rule about which the machine does not always have the last word.
    pub(crate) fn left_to_the_interpreter(&self, checks: &[usize]) -> Vec<usize> {
        let refused = &self.for_checks(checks).refused;
        let untrusted = |check: &PreparedCheck| {
            let rules = check.applicable.iter().chain([&check.compliant]);
            rules.into_iter().any(|rule| !(rule.trust.undefined && rule.trust.holds))
        };
        let is_left =
            |index: &&usize| refused.contains(index) || self.checks.get(**index).is_some_and(untrusted);
        checks.iter().filter(is_left).copied().collect()
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

    fn program(&self, checks: &[usize]) -> Option<Compiled> {
        let mut slots = Slots::default();
        let modules = self.modules(checks, Some(&mut slots))?;
        let by_name = |text: &String| self.by_name.iter().any(|package| text.contains(package));
        if modules.iter().all(|(_, text)| is_numbered(text) && !by_name(text)) {
            return Some(Compiled { program: self.compiled(&modules, HIT)?, places: Some(slots.places()) });
        }
        Some(Compiled { program: self.compiled(&self.modules(checks, None)?, HIT)?, places: None })
    }

    /// The program for rule `results` of a check; none where it is left to the interpreter.
    fn for_results(&self, check: usize) -> Option<Program> {
        let mut known = self.results.lock().unwrap_or_else(PoisonError::into_inner);
        let program = known.entry(check).or_insert_with(|| {
            let prepared = self.checks.get(check)?;
            let Trust { undefined, holds } = prepared.results.trust;
            let text = &prepared.code.module.text;
            let modules = [(prepared.file.clone(), text.clone())];
            (undefined && holds).then(|| self.compiled(&modules, &prepared.results.path))?
        });
        program.clone()
    }

    fn compiled(&self, modules: &[(String, String)], entry: &str) -> Option<Program> {
        let modules: Vec<(&str, &str)> =
            modules.iter().chain(&self.library).map(|(path, text)| (path.as_str(), text.as_str())).collect();
        Program::compile(&modules, &self.data, entry).ok()
    }

    /// The specialised module for these checks, and the modules of those that cannot do without their own.
    fn modules(&self, checks: &[usize], mut slots: Option<&mut Slots>) -> Option<Vec<(String, String)>> {
        let mut text = format!("package {PACKAGE}\n");
        let mut modules: Vec<(String, String)> = Vec::new();
        for index in checks {
            let check = self.checks.get(*index)?;
            let module = &check.code.module;
            let (edits, _) = fold(module, &check.code.constants, slots.as_deref_mut());
            let mut alone = true;
            for (bit, rule) in [check.applicable.as_ref(), Some(&check.compliant)].into_iter().enumerate() {
                let Some(rule) = rule else { continue };
                let bodies = inline::bodies(module, rule.name, &edits);
                alone &= bodies.is_some();
                let by_path = || vec![format!("{{ {} == true }}", rule.path)];
                for body in bodies.unwrap_or_else(by_path) {
                    let _ = writeln!(text, "hit contains {} if {body}", index * 2 + bit);
                }
            }
            if !alone {
                modules.push((check.file.clone(), edited(&module.text, 0, module.text.len(), &edits)));
            }
        }
        modules.push(("specialised.rego".to_owned(), text));
        Some(modules)
    }
}

/// The package of a module, without `data`.
fn package((path, text): &(String, String)) -> Option<String> {
    let module = RegoModule::parse(path, text).ok()?;
    Some(module.package.get(1..)?.join("."))
}

/// The module of a check, as messages name it.
fn file_name(constants: &Constants) -> String {
    format!("metrics/{}.rego", constants.snake)
}

/// Runs programs on resources; one per thread.
pub(crate) struct Evaluator<'a> {
    programs: &'a Programs,
    machines: BTreeMap<Vec<usize>, (Arc<CompiledSet>, Option<Machine>)>,
    for_results: BTreeMap<usize, Option<Machine>>,
    interpreter: Option<Interpreter>,
    pub(crate) words: Words,
    hits: Vec<bool>,
}

/// What a check is asked with: the resource, and whether the machine has looked at it for this check.
struct Asked<'a> {
    view: &'a View<'a>,
    ran: bool,
}

impl<'a> Evaluator<'a> {
    /// An evaluator without machines yet.
    pub(crate) fn new(programs: &'a Programs) -> Self {
        let hits = vec![false; programs.checks.len() * 2];
        Self {
            programs,
            machines: BTreeMap::new(),
            for_results: BTreeMap::new(),
            interpreter: None,
            words: Words::default(),
            hits,
        }
    }

    /// What each of `checks` (by index) says of a resource, in their order.
    pub(crate) fn rule(&mut self, checks: &[usize], view: &View<'_>) -> Vec<Ruling> {
        let ran = self.run(checks, view);
        let by_machine = |check| ran.as_ref().is_some_and(|set| !set.refused.contains(check));
        checks.iter().map(|check| self.ruling(*check, view, by_machine(check))).collect()
    }

    /// The same without the machine: every rule by the strict interpreter.
    pub(crate) fn rule_slowly(&mut self, checks: &[usize], view: &View<'_>) -> Vec<Ruling> {
        checks.iter().map(|check| self.ruling(*check, view, false)).collect()
    }

    /// Runs the machine; what it ran, or none where it hit a limit or there is none.
    fn run(&mut self, checks: &[usize], view: &View<'_>) -> Option<Arc<CompiledSet>> {
        self.hits.fill(false);
        if !self.machines.contains_key(checks) {
            let set = self.programs.for_checks(checks);
            let machine = set.program.as_ref().and_then(|compiled| Machine::new(&compiled.program).ok());
            self.machines.insert(checks.to_vec(), (set, machine));
        }
        let (set, machine) = self.machines.get_mut(checks)?;
        let hits = &mut self.hits;
        let mark = |number: usize| hits.get_mut(number).into_iter().for_each(|hit| *hit = true);
        let places = set.program.as_ref().and_then(|compiled| compiled.places.as_ref());
        let input = match places {
            Some(places) => view.list(places, &mut self.words),
            None => view.whole(&mut self.words).clone(),
        };
        machine.as_mut()?.run(&input, mark).ok()?;
        Some(Arc::clone(set))
    }

    fn ruling(&mut self, index: usize, view: &View<'_>, ran: bool) -> Ruling {
        let programs = self.programs;
        let Some(check) = programs.checks.get(index) else {
            return Ruling { applicable: Truth::HoldsNot, compliant: Truth::HoldsNot };
        };
        let asked = Asked { view, ran };
        let applicable = match &check.applicable {
            Some(rule) => self.truth(rule, index * 2, &asked),
            None => Truth::Holds,
        };
        let compliant = match applicable {
            Truth::Holds => self.truth(&check.compliant, index * 2 + 1, &asked),
            _ => Truth::HoldsNot,
        };
        Ruling { applicable, compliant }
    }

    /// The machine's word where it can be trusted, else the interpreter's.
    fn truth(&mut self, rule: &PreparedRule, number: usize, asked: &Asked<'_>) -> Truth {
        let hit = self.hits.get(number).copied().unwrap_or(false);
        match (asked.ran, hit) {
            (true, true) if rule.trust.holds => Truth::Holds,
            (true, false) if rule.trust.undefined => Truth::HoldsNot,
            _ => self.interpret(&rule.path, asked.view),
        }
    }

    /// Asks the strict interpreter, on the modules of the bundle as they are.
    fn interpret(&mut self, path: &str, view: &View<'_>) -> Truth {
        match self.eval(path, view) {
            Ok(Some(Value::Bool(true))) => Truth::Holds,
            Ok(_) => Truth::HoldsNot,
            Err(error) => Truth::Failed(error.message),
        }
    }

    /// What rule `results` of a check (by index) yields; none where it is undefined or fails.
    pub(crate) fn results(&mut self, check: usize, view: &View<'_>) -> Option<Value> {
        let programs = self.programs;
        let compile = || programs.for_results(check).and_then(|program| Machine::new(&program).ok());
        match self.for_results.entry(check).or_insert_with(compile) {
            Some(machine) => machine.value(view.whole(&mut self.words)).ok()?,
            None => self.eval(&programs.checks.get(check)?.results.path, view).ok()?,
        }
    }

    /// The value of any rule of the bundle.
    ///
    /// # Errors
    /// The Rego failed or exceeded a limit.
    fn eval(&mut self, path: &str, view: &View<'_>) -> Result<Option<Value>, RegoError> {
        let programs = self.programs;
        let interpreter = self.interpreter.get_or_insert_with(|| programs.interpreter.clone());
        interpreter.eval(path, view.whole(&mut self.words))
    }
}
