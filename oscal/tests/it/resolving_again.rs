//! Properties of resolution, over catalogs and profiles made at random.

use std::collections::BTreeMap;

use probity_diagnostics::{MemoryTree, TreePath};
use probity_oscal::model::Catalog;
use probity_oscal::{ResolveOptions, resolve};
use proptest::prelude::*;
use serde_json::{Value, json};

use crate::random::Dice;

/// A catalog under construction: every id is used once, and so is every title of a group.
pub(crate) struct Maker {
    dice: Dice,
    groups: usize,
    controls: Vec<String>,
    params: Vec<String>,
}

impl Maker {
    pub(crate) fn new(seed: u64) -> Self {
        Self { dice: Dice(seed | 1), groups: 0, controls: Vec::new(), params: Vec::new() }
    }

    fn some<T>(&mut self, most: usize, make: impl Fn(&mut Self) -> T) -> Vec<T> {
        let count = self.dice.below(most + 1);
        (0..count).map(|_| make(self)).collect()
    }

    pub(crate) fn catalog(&mut self) -> Value {
        let params = self.some(3, Self::param);
        let controls = self.some(2, |maker| maker.control(0));
        let groups = self.some(4, |maker| maker.group(0));
        json!({ "catalog": filled(json!({
            "uuid": "aaaaaaaa-0000-4000-8000-000000000001",
            "metadata": metadata(),
            "params": params,
            "controls": controls,
            "groups": groups,
            "back-matter": { "resources": (0..6).map(resource).collect::<Vec<_>>() },
        })) })
    }

    fn param(&mut self) -> Value {
        let id = format!("p{}", self.params.len());
        self.params.push(id.clone());
        json!({ "id": id, "label": self.prose() })
    }

    fn control(&mut self, depth: usize) -> Value {
        let id = format!("c{}", self.controls.len());
        self.controls.push(id.clone());
        let params = self.some(2, Self::param);
        let parts = self.some(2, |maker| json!({ "name": "item", "prose": maker.prose() }));
        let children = if depth < 2 { self.some(2, |maker| maker.control(depth + 1)) } else { Vec::new() };
        let title = format!("Control {id}");
        filled(json!({ "id": id, "title": title, "params": params, "parts": parts, "controls": children }))
    }

    fn group(&mut self, depth: usize) -> Value {
        self.groups += 1;
        let name = self.groups;
        let params = self.some(1, Self::param);
        let mut group = json!({ "title": format!("Group {name}"), "params": params });
        if self.dice.below(3) > 0 {
            group["id"] = json!(format!("g{name}"));
        }
        if depth < 1 && self.dice.below(3) == 0 {
            group["groups"] = json!(self.some(2, |maker| maker.group(depth + 1)));
        } else {
            group["controls"] = json!(self.some(3, |maker| maker.control(0)));
        }
        filled(group)
    }

    /// Text that may refer to a parameter and to a resource.
    fn prose(&mut self) -> String {
        let param = self.dice.below(self.params.len() + 3);
        let param = self.params.get(param).map(|id| format!(" {{{{ insert: param, {id} }}}}"));
        let resource = self.dice.below(12);
        let resource = (resource < 6).then(|| format!(" [there](#{})", uuid(resource)));
        format!("Text{}{}.", param.unwrap_or_default(), resource.unwrap_or_default())
    }

    /// Some of the ids of controls.
    fn ids(&mut self) -> Vec<String> {
        let Self { dice, controls, .. } = self;
        controls.iter().filter(|_| dice.below(3) == 0).cloned().collect()
    }

    fn import(&mut self) -> Value {
        let mut import = json!({ "href": "catalog.json" });
        if self.dice.below(3) == 0 {
            import["include-all"] = json!({});
        } else {
            let children = self.dice.pick(&["yes", "no"]);
            let ids = self.ids();
            let pattern = self.dice.pick(&["c1*", "c?", "*2"]);
            let by_id = filled(json!({ "with-child-controls": children, "with-ids": ids }));
            import["include-controls"] = json!([by_id, { "matching": [{ "pattern": pattern }] }]);
        }
        let out = self.ids();
        if !out.is_empty() && self.dice.below(2) == 0 {
            import["exclude-controls"] = json!([{ "with-ids": out }]);
        }
        import
    }

    pub(crate) fn profile(&mut self) -> Value {
        let structure = match self.dice.below(3) {
            0 => json!({ "flat": {} }),
            1 => json!({ "as-is": true }),
            _ => {
                let ids = self.ids();
                let order = self.dice.pick(&["keep", "ascending", "descending"]);
                let groups = [
                    json!({ "id": "own", "title": "Own", "insert-controls": [{ "include-all": {}, "order": order }] }),
                ];
                let first = if ids.is_empty() {
                    json!({ "include-all": {} })
                } else {
                    json!({ "include-controls": [{ "with-ids": ids }] })
                };
                json!({ "custom": { "insert-controls": [first], "groups": groups } })
            }
        };
        let mut merge = structure;
        merge["combine"] = json!({ "method": self.dice.pick(&["keep", "use-first"]) });
        let first = self.import();
        let mut imports = vec![first];
        imports.extend(self.some(2, Self::import));
        let alters: Vec<Value> = self
            .ids()
            .iter()
            .map(|id| json!({ "control-id": id, "adds": [{ "props": [{ "name": "added", "value": "1" }] }] }))
            .collect();
        json!({ "profile": {
            "uuid": "cccccccc-0000-4000-8000-000000000001",
            "metadata": metadata(),
            "imports": imports,
            "merge": merge,
            "modify": filled(json!({ "alters": alters })),
        } })
    }
}

fn metadata() -> Value {
    json!({ "title": "T", "last-modified": "2026-01-01T00:00:00Z", "version": "1", "oscal-version": "1.2.2" })
}

fn uuid(number: usize) -> String {
    format!("aaaaaaaa-0000-4000-8000-0000000000f{number}")
}

fn resource(number: usize) -> Value {
    let next =
        if number.is_multiple_of(2) { format!("[next](#{})", uuid(number + 1)) } else { "Last".to_owned() };
    json!({ "uuid": uuid(number), "title": next })
}

/// An object without its empty lists.
fn filled(mut object: Value) -> Value {
    object.as_object_mut().unwrap().retain(|_, value| value != &json!([]));
    object
}

fn resolved(files: &[(&str, &Value)]) -> Catalog {
    let mut tree = MemoryTree::new();
    for (path, document) in files {
        tree.insert(TreePath::parse(path).unwrap(), document.to_string());
    }
    let options = ResolveOptions::at("2026-11-01T00:00:00Z".parse().unwrap());
    resolve(&tree, &TreePath::parse("profile.json").unwrap(), &options).unwrap().value
}

/// A profile over `catalog.json`.
fn over(imports: &[Value], merge: &Value) -> Value {
    json!({ "profile": {
        "uuid": "cccccccc-0000-4000-8000-000000000002", "metadata": metadata(), "imports": imports, "merge": merge,
    } })
}

/// Every control by its id, without those below it.
fn controls(catalog: &Catalog) -> BTreeMap<String, Value> {
    fn list(value: &Value, found: &mut BTreeMap<String, Value>) {
        for key in ["groups", "controls"] {
            for item in value.get(key).and_then(Value::as_array).into_iter().flatten() {
                list(item, found);
                if key == "controls" {
                    let mut own = item.clone();
                    own.as_object_mut().unwrap().remove("controls");
                    found.insert(own["id"].as_str().unwrap().to_owned(), own);
                }
            }
        }
    }
    let mut found = BTreeMap::new();
    list(&serde_json::to_value(catalog).unwrap(), &mut found);
    found
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(300) })]

    /// A resolved catalog that is imported as it is changes in nothing but metadata.
    #[test]
    fn what_is_resolved_stays(seed in any::<u64>()) {
        let mut maker = Maker::new(seed);
        let catalog = maker.catalog();
        let once = resolved(&[("catalog.json", &catalog), ("profile.json", &maker.profile())]);
        let document = json!({ "catalog": once });
        let profile = over(&[json!({ "href": "catalog.json", "include-all": {} })], &json!({ "as-is": true }));
        let twice = resolved(&[("catalog.json", &document), ("profile.json", &profile)]);
        prop_assert_eq!(&twice.groups, &once.groups);
        prop_assert_eq!(&twice.controls, &once.controls);
        prop_assert_eq!(&twice.params, &once.params);
        prop_assert_eq!(&twice.back_matter, &once.back_matter);
    }

    /// Imports of one catalog may stand in any order, as far as structure and order come from the catalog.
    #[test]
    fn the_order_of_imports_does_not_matter_as_is(seed in any::<u64>()) {
        let mut maker = Maker::new(seed);
        let catalog = maker.catalog();
        let mut imports = vec![maker.import(), maker.import(), maker.import()];
        let merge = json!({ "as-is": true, "combine": { "method": "use-first" } });
        let forth = resolved(&[("catalog.json", &catalog), ("profile.json", &over(&imports, &merge))]);
        imports.reverse();
        let back = resolved(&[("catalog.json", &catalog), ("profile.json", &over(&imports, &merge))]);
        let members = |catalog: &Catalog| {
            serde_json::to_string_pretty(&json!([catalog.controls, catalog.groups])).unwrap()
        };
        prop_assert_eq!(members(&forth), members(&back), "{}", json!(imports));
    }

    /// Whatever the structure, the order of imports changes no control.
    #[test]
    fn the_order_of_imports_changes_no_control(seed in any::<u64>()) {
        let mut maker = Maker::new(seed);
        let catalog = maker.catalog();
        let mut profile = maker.profile();
        let forth = resolved(&[("catalog.json", &catalog), ("profile.json", &profile)]);
        profile["profile"]["imports"].as_array_mut().unwrap().reverse();
        let back = resolved(&[("catalog.json", &catalog), ("profile.json", &profile)]);
        prop_assert_eq!(controls(&forth), controls(&back));
    }
}
