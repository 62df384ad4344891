//! Catalogs and profiles: the counts that they state, and what the profiles resolve to.

use std::collections::BTreeMap;

use probity_oscal::model::Catalog;
use probity_oscal::model::catalog::Control;
use probity_oscal::{PROBITY_NS, ResolveOptions, resolve};

use crate::read::{clean, path, tree};

/// File, groups, controls of class `control`, of class `requirement`.
const COUNTS: [(&str, usize, usize, usize); 13] = [
    ("catalogs/bsi-c5-2025.yaml", 17, 169, 610),
    ("catalogs/cloudcert-membership.yaml", 3, 12, 0),
    ("catalogs/csa-ccm-4.0.12.yaml", 17, 197, 0),
    ("catalogs/eucs.yaml", 20, 120, 395),
    ("profiles/bsi-c5-2025-additional.yaml", 17, 169, 610),
    ("profiles/bsi-c5-2025-basic.yaml", 17, 169, 460),
    ("profiles/cloudcert-cloud-provider.yaml", 1, 6, 0),
    ("profiles/cloudcert-response-team.yaml", 1, 2, 0),
    ("profiles/cloudcert-telecom-provider.yaml", 1, 4, 0),
    ("profiles/csa-ccm.yaml", 17, 197, 0),
    ("profiles/eucs-basic.yaml", 13, 89, 155),
    ("profiles/eucs-high.yaml", 13, 90, 395),
    ("profiles/eucs-substantial.yaml", 13, 90, 297),
];

fn resolved(file: &str) -> Catalog {
    let options = ResolveOptions::at("2026-11-21T00:00:00Z".parse().unwrap());
    clean(resolve(&tree(), &path(file), &options))
}

fn controls(catalog: &Catalog) -> impl Iterator<Item = &Control> {
    catalog.groups.iter().flat_map(|group| &group.controls)
}

fn class(control: &Control) -> &str {
    control.class.as_deref().unwrap_or_default()
}

/// The values of our props of that name over all requirements, with how often each stands.
fn tally(catalog: &Catalog, name: &str) -> BTreeMap<String, usize> {
    let mut found = BTreeMap::new();
    for requirement in controls(catalog).flat_map(|control| &control.controls) {
        let ours = |ns: &Option<String>| ns.as_deref() == Some(PROBITY_NS);
        for prop in requirement.props.iter().filter(|prop| prop.name == name && ours(&prop.ns)) {
            *found.entry(prop.value.clone()).or_default() += 1;
        }
    }
    found
}

#[test]
fn every_file_holds_what_it_says() {
    for (file, groups, parents, requirements) in COUNTS {
        let catalog = resolved(file);
        assert!(catalog.controls.is_empty(), "{file}: a control outside groups");
        assert!(controls(&catalog).all(|control| class(control) == "control"), "{file}");
        let children: Vec<&Control> = controls(&catalog).flat_map(|control| &control.controls).collect();
        assert!(children.iter().all(|child| class(child) == "requirement"), "{file}");
        assert!(children.iter().all(|child| child.controls.is_empty()), "{file}");
        let found = (catalog.groups.len(), controls(&catalog).count(), children.len());
        assert_eq!(found, (groups, parents, requirements), "{file}");
    }
}

#[test]
fn every_control_has_a_statement_and_its_printed_id() {
    for file in ["catalogs/bsi-c5-2025.yaml", "catalogs/csa-ccm-4.0.12.yaml", "catalogs/eucs.yaml"] {
        let catalog = resolved(file);
        for control in controls(&catalog).flat_map(|control| control.controls.iter().chain([control])) {
            let statement = control.parts.iter().find(|part| part.name == "statement").unwrap();
            assert_eq!(statement.id.as_deref(), Some(format!("{}_smt", control.id).as_str()));
            assert!(statement.props.iter().any(|prop| prop.name == "text" && prop.value == "title-only"));
            let label = control.props.iter().find(|prop| prop.name == "label").unwrap();
            assert_eq!(label.value.to_lowercase().replace('&', "-"), control.id);
        }
    }
}

#[test]
fn levels_and_kinds_are_spread_as_in_the_drafts() {
    let count = |pairs: &[(&str, usize)]| pairs.iter().map(|(k, n)| ((*k).to_owned(), *n)).collect();
    let eucs = resolved("catalogs/eucs.yaml");
    let levels: BTreeMap<_, _> = count(&[("basic", 155), ("substantial", 142), ("high", 98)]);
    assert_eq!(tally(&eucs, "assurance-level"), levels);
    assert_eq!(tally(&eucs, "automated-monitoring"), count(&[("required", 12)]));
    let c5 = resolved("catalogs/bsi-c5-2025.yaml");
    let kinds: BTreeMap<_, _> =
        count(&[("basic", 460), ("additional-sharpening", 18), ("additional-complementing", 132)]);
    assert_eq!(tally(&c5, "criterion-kind"), kinds);
}
