//! Random Rego, made from a small grammar with a fixed seed: iteration, negation, `every`, comprehensions, computed indices
//! and helper functions, in combinations that nobody writes down as cases.

use probity_assessment::compile::{compile_metrics, load_metrics};
use probity_diagnostics::{MemoryTree, TreePath};
use serde_json::{Value, json};

use super::cases::resource;
use super::content::CONTENT;
use super::oracle::{Case, hold_equal};
use super::random::Dice;
use super::rego::metric;

/// How many rules are tried; those that do not compile are left out.
const RULES: usize = 240;
/// How many resources each is tried on.
const INPUTS: usize = 24;

/// Writes rules; variables are only used where they are bound.
struct Writer {
    dice: Dice,
    names: usize,
}

impl Writer {
    fn fresh(&mut self) -> String {
        self.names += 1;
        format!("v{}", self.names)
    }

    fn bound(&mut self, scope: &[String]) -> Option<String> {
        (!scope.is_empty() && !self.dice.one_in(4)).then(|| self.dice.pick(scope).clone())
    }

    fn collection(&mut self, scope: &[String]) -> String {
        match (self.dice.below(6), self.bound(scope)) {
            (0..=2, _) => "input.blockStorageIds".to_owned(),
            (3, _) => "input.labels".to_owned(),
            (4, Some(name)) => format!("input.labels[{name}]"),
            _ => r#"["a", "b"]"#.to_owned(),
        }
    }

    fn value(&mut self, scope: &[String]) -> String {
        match (self.dice.below(8), self.bound(scope)) {
            (0..=2, Some(name)) => name,
            (3 | 4, Some(name)) => format!("input.labels[{name}]"),
            (5, _) => "input.labels.a".to_owned(),
            (6, _) => "input.automaticUpdates.enabled".to_owned(),
            _ => (*self.dice.pick(&[r#""a""#, r#""ok""#, r#""bad""#])).to_owned(),
        }
    }

    fn condition(&mut self, scope: &[String]) -> String {
        let left = self.value(scope);
        match self.dice.below(7) {
            0..=2 => format!("{left} == {}", self.value(scope)),
            3 => format!("{left} != {}", self.value(scope)),
            4 => format!("{left} in {}", self.collection(scope)),
            5 => format!("good({left})"),
            _ => format!("{left} >= {}", self.value(scope)),
        }
    }

    /// A statement; names that it binds are added to the scope.
    fn statement(&mut self, scope: &mut Vec<String>, depth: usize) -> String {
        let list = self.collection(scope);
        let name = self.fresh();
        match self.dice.below(10) {
            0 | 1 => {
                scope.push(name.clone());
                format!("some {name} in {list}")
            }
            2 if !list.starts_with('[') => {
                let key = self.fresh();
                scope.extend([key.clone(), name.clone()]);
                format!("some {key}, {name} in {list}")
            }
            3 | 4 if depth > 0 => {
                let mut inner = scope.clone();
                inner.push(name.clone());
                let body = self.statements(&mut inner, depth - 1); // OPA refuses an `every` that does not use its name
                format!("every {name} in {list} {{ {body}; {name} != null }}")
            }
            5 if depth > 0 => {
                let mut inner = scope.clone();
                inner.push(name.clone());
                let body = self.statements(&mut inner, depth - 1);
                format!("[{name} | some {name} in {list}; {body}] {} []", self.dice.pick(&["==", "!="]))
            }
            6 => {
                let value = self.value(scope);
                scope.push(name.clone());
                format!("{name} := {value}")
            }
            7 | 8 => format!("not {}", self.condition(scope)),
            _ => self.condition(scope),
        }
    }

    fn statements(&mut self, scope: &mut Vec<String>, depth: usize) -> String {
        let count = 1 + self.dice.below(3);
        let list: Vec<String> = (0..count).map(|_| self.statement(scope, depth)).collect();
        list.join("; ")
    }

    fn rego(&mut self) -> String {
        let helper = self.statements(&mut vec!["x".to_owned()], 1).replace("good(", "is_string("); // Rego has no recursion
        let body = self.statements(&mut Vec::new(), 2);
        format!("good(x) if {{ {helper} }}\n\ncompliant if {{ {body} }}")
    }

    fn input(&mut self) -> Value {
        let words = ["a", "b", "ok", "bad"];
        let ids: Vec<&str> = (0..self.dice.below(3)).map(|_| *self.dice.pick(&words)).collect();
        let mut labels = json!({});
        for word in words {
            if self.dice.one_in(2) {
                labels[word] = json!(self.dice.pick(&words));
            }
        }
        let mut input = json!({ "type": "VirtualMachine" });
        let members = [
            ("blockStorageIds", json!(ids)),
            ("labels", labels),
            ("automaticUpdates", json!({ "enabled": self.dice.one_in(2) })),
        ];
        for (name, value) in members {
            match self.dice.below(12) {
                0 => {}
                1 => input[name] = Value::Null,
                _ => input[name] = value,
            }
        }
        input
    }
}

#[test]
fn random_rules_have_one_outcome() {
    let mut writer = Writer { dice: Dice(0x00C0_FFEE), names: 0 };
    let mut metrics = Vec::new();
    for number in 0..RULES {
        let rego = writer.rego();
        let tree = MemoryTree::of(metric(&format!("rule-{number}"), &rego, &[])).unwrap();
        let loaded = load_metrics(&tree, &TreePath::root()).unwrap().value;
        if compile_metrics(&loaded, &CONTENT.ontology, &CONTENT.library).is_ok() {
            metrics.extend(loaded);
        }
    }
    assert!(metrics.len() * 2 > RULES, "only {} rules compile", metrics.len());
    let compiled = compile_metrics(&metrics, &CONTENT.ontology, &CONTENT.library).unwrap().value;
    let cases: Vec<Case> =
        (0..INPUTS).map(|_| Case { resource: resource(&writer.input()), related: Vec::new() }).collect();
    hold_equal(&compiled, &CONTENT.ontology, &cases);
}
