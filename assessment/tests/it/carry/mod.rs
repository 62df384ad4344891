//! Results that mappings carry from one catalog to another.

use std::collections::{BTreeMap, BTreeSet};

use probity_assessment::assemble::{AssembleInput, Carrying, assemble};
use probity_assessment::carry::{
    Brought, Carries, Collection, Confidence, Crossing, End, Given, GivenResult, Origin, Side, Tie, bring,
    crossings,
};
use probity_assessment::compile::Severity;
use probity_assessment::rollup::State;
use probity_diagnostics::{MemoryTree, TreePath};
use probity_oscal::model::{AssessmentResults, Catalog};
use serde::Deserialize;
use serde_json::{Value, json};

use crate::assemble::{document, input};
use crate::reference::schema;
use crate::system::{System, lines, merged, yaml};

/// A map and what was found for it.
#[derive(Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
struct Case {
    name: String,
    /// The map; `sources` and `targets` by id.
    map: Value,
    #[serde(default)]
    mapping: Value,
    #[serde(default)]
    provenance: Value,
    /// Whether the mapping is no list.
    #[serde(default)]
    alone: bool,
    #[serde(default)]
    threshold: Option<String>,
    /// What was found on the giving side.
    given: BTreeMap<String, State>,
    #[serde(default)]
    severity: Option<Severity>,
    /// What the receiving controls come to by themselves.
    #[serde(default)]
    own: BTreeMap<String, State>,
    /// Controls that the receiving profile leaves out.
    #[serde(default)]
    left_out: BTreeSet<String>,
    /// The receiving controls that have a result in the end.
    states: BTreeMap<String, State>,
    /// Why nothing carries.
    #[serde(default)]
    why: Option<String>,
    #[serde(default)]
    found: Vec<String>,
}

fn control(id: &str, requirements: &[&str]) -> Value {
    let below = requirements.iter().map(|id| merged(&control(id, &[]), &json!({"class": "requirement"})));
    let below: Vec<Value> = below.collect();
    let item = json!([{"id": format!("{id}_smt.1"), "name": "item", "prose": "One."}]);
    let parts = json!([{"id": format!("{id}_smt"), "name": "statement", "prose": "All.", "parts": item}]);
    let control = json!({"id": id, "title": format!("Control {id}"), "parts": parts});
    if below.is_empty() { control } else { merged(&control, &json!({"controls": below})) }
}

fn catalog(controls: &[Value]) -> Catalog {
    let metadata = json!({"title": "C", "last-modified": "2026-01-01T00:00:00Z", "version": "1", "oscal-version": "1.2.2"});
    serde_json::from_value(
        json!({"uuid": "5f2f9d3a-4a53-4f0e-9c4c-5d1f3a0d7b13", "metadata": metadata, "controls": controls}),
    )
    .unwrap()
}

fn giving() -> Catalog {
    catalog(&[control("a", &[]), control("b", &[]), control("h", &["h.1", "h.2"])])
}

fn receiving(left_out: &BTreeSet<String>) -> Catalog {
    let k: Vec<&str> = ["k.1", "k.2"].into_iter().filter(|id| !left_out.contains(*id)).collect();
    let all = [control("x", &[]), control("y", &[]), control("k", &k)];
    let kept = all.into_iter().filter(|c| !left_out.contains(c["id"].as_str().unwrap()));
    catalog(&kept.collect::<Vec<_>>())
}

/// The mapping collection of a case, where the side `end` is the giving one.
fn collection(case: &Case, end: End) -> Value {
    let item = |id: &Value| json!({"type": case.map.get("type").unwrap_or(&json!("control")), "id-ref": id});
    let items = |key: &str| case.map[key].as_array().unwrap().iter().map(item).collect::<Vec<_>>();
    let (mut sources, mut targets) = (items("sources"), items("targets"));
    let mut hrefs = ["given.json", "received.json"];
    if end == End::Target {
        std::mem::swap(&mut sources, &mut targets);
        hrefs.reverse();
    }
    let map =
        json!({"uuid": "0c5d3f26-0a70-4c6e-8f57-0d2f6d0f0a11", "relationship": "equal-to", "type": null});
    let map =
        merged(&merged(&map, &case.map), &json!({"sources": sources, "targets": targets, "type": null}));
    let resource = |href: &str| json!({"type": "catalog", "href": href});
    let mapping = json!({
        "uuid": "1c5d3f26-0a70-4c6e-8f57-0d2f6d0f0a12",
        "source-resource": resource(hrefs[0]), "target-resource": resource(hrefs[1]), "maps": [map],
    });
    let mapping = if case.mapping.is_null() { mapping } else { merged(&mapping, &case.mapping) };
    let provenance = json!({
        "method": "human", "matching-rationale": "semantic", "status": "complete",
        "confidence-score": {"category": "medium"}, "mapping-description": "Read side by side.",
    });
    let provenance =
        if case.provenance.is_null() { provenance } else { merged(&provenance, &case.provenance) };
    json!({"mapping-collection": {
        "uuid": "2c5d3f26-0a70-4c6e-8f57-0d2f6d0f0a13",
        "metadata": {"title": "G and R", "last-modified": "2026-01-01T00:00:00Z", "version": "1", "oscal-version": "1.2.2"},
        "provenance": provenance,
        "mappings": if case.alone { mapping } else { json!([mapping]) },
    }})
}

/// The maps of a case, and what is said of them.
fn maps(case: &Case, end: End) -> (Vec<Crossing>, Vec<String>) {
    let file = TreePath::parse("maps.json").unwrap();
    let mut tree = MemoryTree::new();
    tree.insert(file.clone(), serde_json::to_vec(&collection(case, end)).unwrap());
    let collection =
        Collection::load(&tree, &file).unwrap_or_else(|e| panic!("{}: {:?}", case.name, lines(&e)));
    let (given, received) = (Side::of(&giving()), Side::of(&receiving(&BTreeSet::new())));
    let (source, target) = if end == End::Source { (&given, &received) } else { (&received, &given) };
    let threshold = match case.threshold.as_deref() {
        Some("any") => Confidence::Unstated,
        Some("low") => Confidence::Low,
        Some("high") => Confidence::High,
        _ => Confidence::Medium,
    };
    let origin = Origin {
        from: "giver".to_owned(),
        catalog: "G".to_owned(),
        results: "../giver/assessment-results.json".to_owned(),
        collection: "../../maps.json".to_owned(),
        title: "G and R".to_owned(),
    };
    let (g, r) = (TreePath::parse("given.json").unwrap(), TreePath::parse("received.json").unwrap());
    let files = if end == End::Source { [&g, &r] } else { [&r, &g] };
    let tie = Tie { files, origin, collection: &collection.value, index: 0, end, source, target, threshold };
    match crossings(&tie) {
        Ok(found) => (found.value, lines(&found.warnings)),
        Err(found) => (Vec::new(), lines(&found)),
    }
}

fn given(case: &Case) -> Given {
    let result = |(id, state): (&String, &State)| {
        let finding = probity_oscal::uuid5(&["finding", id]);
        (id.clone(), GivenResult { state: *state, severity: case.severity, finding })
    };
    Given { as_of: "2026-11-21T12:00:00Z".to_owned(), controls: case.given.iter().map(result).collect() }
}

/// A system whose controls come to these states by themselves.
fn system(own: &BTreeMap<String, State>) -> System {
    let (mut metrics, mut controls, mut verdicts) = (Vec::new(), Vec::new(), Vec::new());
    let expired = own.iter().filter(|(_, state)| **state == State::Expired);
    let attestations: Vec<Value> = expired.map(|(id, _)| crate::rollup::controls::expired(id)).collect();
    let all = ["x", "y", "k", "k.1", "k.2"].into_iter().filter_map(|id| Some((id, own.get(id)?)));
    for (id, state) in all {
        let name = format!("metric-{}", id.replace('.', "-"));
        let mut control =
            json!({"id": id, "title": format!("Control {id}"), "statement": format!("{id}_smt")});
        let verdict = match state {
            State::Unattested | State::Expired => {
                control["procedures"] = json!([{"id": "look", "method": "EXAMINE", "description": "Look."}]);
                controls.push(control);
                continue;
            }
            State::NoSubject => None,
            State::Satisfied => Some("pass"),
            other => Some(other.as_str()),
        };
        metrics
            .push(json!({"name": name, "title": "M", "category": "logging", "resource-types": ["Function"],
            "property": "logging.enabled", "operator": "==", "target-value": ["true"], "severity": "low"}));
        control["checks"] = json!([name]);
        controls.push(control);
        verdicts.extend(verdict.map(|verdict| {
            json!({"check": name, "resource": "fn", "name": "fn", "type": "Function", "verdict": verdict,
                "evidence": {"source": "e.jsonl", "line": 2, "digest": "0000000000000000000000000000000000000000000000000000000000000000"}, "collected": "2026-11-21T00:00:00Z"})
        }));
    }
    System::from_value(
        json!({"as-of": "2026-11-21T12:00:00Z", "metrics": metrics, "controls": controls, "verdicts": verdicts,
        "attestations": attestations}),
    )
}

/// The states of an assessment that is brought something.
fn states_of(own: &System, catalog: &Catalog, brought: &[Brought<'_>]) -> BTreeMap<String, State> {
    let (verdicts, at) = (own.verdicts(), document());
    let carrying = Some(Carrying { catalog, brought });
    let assembled = assemble(&AssembleInput { carrying, ..input(own, &verdicts, &[], &at) }).value;
    assembled.rollup.controls.iter().map(|control| (control.id.clone(), control.state)).collect()
}

/// Its results as a document.
fn results(own: &System, catalog: &Catalog, brought: &[Brought<'_>]) -> AssessmentResults {
    let (verdicts, at) = (own.verdicts(), document());
    let carrying = Some(Carrying { catalog, brought });
    assemble(&AssembleInput { carrying, ..input(own, &verdicts, &[], &at) }).value.document()
}

impl Case {
    /// What becomes of the receiving controls, why nothing carries, and what is said, where the side `end` gives.
    fn run(&self, end: End) -> (BTreeMap<String, State>, Option<String>, Vec<String>) {
        let (maps, found) = maps(self, end);
        let (given, catalog) = (given(self), receiving(&self.left_out));
        let known: Vec<String> = ids(&catalog);
        let brought = bring(&maps, &given, &known.iter().map(String::as_str).collect());
        let why = brought.iter().find_map(|one| match &one.carries {
            Carries::Nothing(why) => Some(why.clone()),
            Carries::Satisfied | Carries::Fail(_) => None,
        });
        (states_of(&system(&self.own), &catalog, &brought), why, found)
    }
}

fn ids(catalog: &Catalog) -> Vec<String> {
    let below = |control: &probity_oscal::model::catalog::Control| {
        std::iter::once(control.id.clone())
            .chain(control.controls.iter().map(|c| c.id.clone()))
            .collect::<Vec<_>>()
    };
    catalog.controls.iter().flat_map(below).collect()
}

fn cases() -> Vec<Case> {
    yaml(include_str!("cases.yaml"))
}

#[test]
fn maps_and_what_is_found() {
    for case in cases() {
        let (states, why, found) = case.run(End::Source);
        assert_eq!(states, case.states, "{}", case.name);
        assert_eq!(why, case.why, "{}", case.name);
        assert_eq!(found, case.found, "{}", case.name);
    }
}

#[test]
fn it_does_not_matter_which_side_is_the_source() {
    for case in cases() {
        let (states, why, _) = case.run(End::Target);
        assert_eq!((states, why), (case.states.clone(), case.why.clone()), "{}", case.name);
    }
}

#[derive(Deserialize)]
struct Table {
    carries: BTreeMap<String, BTreeMap<String, BTreeMap<State, State>>>,
    becomes: BTreeMap<State, BTreeMap<String, State>>,
}

/// Every relationship from both sides, every state on either side: 2 × 6 × 9 × 9 cells.
#[test]
fn every_cell_of_the_table() {
    let table: Table = yaml(include_str!("table.yaml"));
    let states: Vec<Option<State>> = State::ALL.into_iter().map(Some).chain([None]).collect();
    let of = |id: &str, state: &Option<State>| -> BTreeMap<String, State> {
        state.iter().map(|state| (id.to_owned(), *state)).collect()
    };
    let systems: Vec<System> = states.iter().map(|own| system(&of("x", own))).collect();
    let (catalog, known) = (receiving(&BTreeSet::new()), BTreeSet::from(["x"]));
    let mut cells = 0;
    for (side, end) in [("source", End::Source), ("target", End::Target)] {
        for (relationship, carries) in &table.carries[side] {
            let map = format!("{{sources: [a], targets: [x], relationship: {relationship}}}");
            let case: Case =
                yaml(&format!("{{name: {relationship}, map: {map}, given: {{}}, states: {{}}}}"));
            let (maps, _) = maps(&case, end);
            for state in &states {
                let given = given(&Case {
                    given: of("a", state),
                    ..yaml("{name: g, map: {}, given: {}, states: {}}")
                });
                let brought = bring(&maps, &given, &known);
                let carried = state.and_then(|state| carries.get(&state));
                for (own, system) in states.iter().zip(&systems) {
                    let word = own.map_or("not-evaluated", State::as_str);
                    let expected =
                        carried.and_then(|carried| table.becomes[carried].get(word).copied()).or(*own);
                    let found = states_of(system, &catalog, &brought).get("x").copied();
                    assert_eq!(found, expected, "{relationship} from {side}: {state:?} to {own:?}");
                    cells += 1;
                }
            }
        }
    }
    assert_eq!(cells, 2 * 6 * 9 * 9);
}

#[test]
fn the_worst_severity_counts() {
    let case = |given: &str, own: &str| -> Case {
        yaml(&format!(
            "{{name: s, map: {{sources: [a], targets: [x]}}, given: {{a: fail}}, severity: {given}, own: {own}, states: {{}}}}"
        ))
    };
    for (given, own, severity) in [
        ("high", "{}", "high"),
        ("high", "{x: fail}", "high"),
        ("low", "{x: satisfied}", "low"),
        ("high", "{x: unattested}", "high"),
        ("low", "{x: unattested}", "low"),
    ] {
        let case = case(given, own);
        let ((maps, _), given, catalog) =
            (maps(&case, End::Source), self::given(&case), receiving(&case.left_out));
        let brought = bring(&maps, &given, &BTreeSet::from(["x"]));
        let document = results(&system(&case.own), &catalog, &brought);
        let props = &document.results[0].findings[0].props;
        let found = props.iter().find(|prop| prop.name == "severity").map(|prop| prop.value.as_str());
        assert_eq!(found, Some(severity), "{own}");
    }
}

/// Two maps bring a fail, something satisfied and something to look at.
fn demo() -> (System, Catalog, Vec<Crossing>, Given) {
    let case = |map: &str| -> Case {
        yaml(&format!(
            "{{name: d, map: {map}, given: {{a: satisfied, b: fail}}, severity: high, states: {{}}}}"
        ))
    };
    let cases = [
        case(
            "{uuid: 0c5d3f26-0a70-4c6e-8f57-0d2f6d0f0a21, sources: [a], targets: [x], remarks: Both say so.}",
        ),
        case(
            "{uuid: 0c5d3f26-0a70-4c6e-8f57-0d2f6d0f0a22, relationship: subset-of, sources: [b], targets: [y]}",
        ),
        case(
            "{uuid: 0c5d3f26-0a70-4c6e-8f57-0d2f6d0f0a23, relationship: intersects-with, sources: [a], targets: [k]}",
        ),
    ];
    let crossings = cases.iter().flat_map(|case| maps(case, End::Source).0).collect();
    let own = BTreeMap::from([("y".to_owned(), State::Satisfied)]);
    (system(&own), receiving(&BTreeSet::new()), crossings, given(&cases[0]))
}

#[test]
fn carried_results_say_where_they_come_from() {
    let (system, catalog, crossings, given) = demo();
    let brought = bring(&crossings, &given, &BTreeSet::from(["x", "y", "k", "k.1", "k.2"]));
    let document = results(&system, &catalog, &brought);
    let states = states_of(&system, &catalog, &brought);
    assert_eq!(states, BTreeMap::from([("x".to_owned(), State::Satisfied), ("y".to_owned(), State::Fail)]));
    let result = &document.results[0];
    insta::assert_snapshot!("carried-findings", serde_json::to_string_pretty(&result.findings).unwrap());
    let carried =
        result.observations.iter().filter(|o| o.props.iter().any(|prop| prop.name == "carried-from"));
    insta::assert_snapshot!(
        "carried-observations",
        serde_json::to_string_pretty(&carried.collect::<Vec<_>>()).unwrap()
    );
    let reviewed = &result.reviewed_controls.control_selections[0].include_controls;
    assert_eq!(reviewed.iter().map(|control| control.control_id.as_str()).collect::<Vec<_>>(), ["x", "y"]);
}

#[test]
fn what_is_carried_is_not_given_on() {
    let (system, catalog, crossings, given) = demo();
    let brought = bring(&crossings, &given, &BTreeSet::from(["x", "y", "k"]));
    let document = results(&system, &catalog, &brought);
    let text = serde_json::to_vec(&json!({"assessment-results": document})).unwrap();
    let read = Given::read(text.as_slice()).unwrap();
    let states: BTreeMap<&str, State> =
        read.controls.iter().map(|(id, found)| (id.as_str(), found.state)).collect();
    assert_eq!(states, BTreeMap::from([("y", State::Satisfied)]));
    assert_eq!(read.as_of, "2026-11-21T12:00:00Z");
}

#[test]
fn documents_with_carried_results_are_valid() {
    let (system, mut catalog, crossings, given) = demo();
    // without a statement, the finding needs an objective that no plan has
    catalog.controls[0].parts.clear();
    let brought = bring(&crossings, &given, &BTreeSet::from(["x", "y", "k"]));
    let document = json!({"assessment-results": results(&system, &catalog, &brought)});
    assert_eq!(
        document.pointer("/assessment-results/local-definitions/objectives-and-methods/0/control-id"),
        Some(&json!("x"))
    );
    let path = TreePath::parse("results.json").unwrap();
    assert_eq!(lines(&probity_oscal::validate(&document, &path)), Vec::<String>::new());
    let Some(schema) = schema("assessment-results") else { return };
    let faults: Vec<String> =
        schema.iter_errors(&document).map(|e| format!("{}: {e}", e.instance_path())).collect();
    assert_eq!(faults, Vec::<String>::new());
}
