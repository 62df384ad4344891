//! The lexicon: its own words, what projects add, and what it is exported as.

use probity_diagnostics::{BundledTree, FileTree, MemoryTree, OverlayTree};
use probity_oscal::OscalDocument;
use probity_oscal::constraint::Rules;
use probity_oscal::reference::Library;
use probity_sharing::lexicon::{Lexicon, to_catalog, to_taxonomy};

use crate::incidents::{lexicon, path};

fn tree(own: &str) -> impl FileTree {
    let mut files = MemoryTree::new();
    files.insert(path("sharing/lexicon.yaml"), own);
    OverlayTree::new(files, BundledTree::new(probity_content::FILES))
}

const HEAD: &str = "namespace: alpha\ntitle: Alpha\ndescription: Ours\nversion: 1\n";

#[test]
fn it_has_the_five_categories_and_says_of_every_word_where_it_comes_from() {
    let lexicon = lexicon();
    let categories: Vec<&str> = lexicon.categories.iter().map(|entry| entry.id.as_str()).collect();
    assert_eq!(
        categories,
        [
            "denial-of-service",
            "malicious-code",
            "unauthorized-access",
            "inappropriate-usage",
            "multiple-component"
        ]
    );
    for attack in &lexicon.attack_types {
        assert!(categories.contains(&attack.category.as_deref().unwrap()), "{}", attack.id);
    }
}

#[test]
fn a_project_adds_words_that_begin_with_x() {
    let own = "attack-types:\n  - { id: x-sim-swap, title: SIM swap, definition: A number is moved., category: unauthorized-access }\n";
    let loaded = Lexicon::load(&tree(&format!("{HEAD}{own}"))).unwrap().value;
    assert!(loaded.attack_types.iter().any(|entry| entry.id == "x-sim-swap"));
}

#[test]
fn what_a_project_must_not_add_is_refused() {
    let cases = [
        ("categories:\n  - { id: fraud, title: Fraud, definition: Lies. }\n", "does not begin with `x-`"),
        ("categories:\n  - { id: x-fraud, title: Fraud, definition: '' }\n", "lacks a title or a definition"),
        ("attack-types:\n  - { id: x-a, title: A, definition: D, category: x-none }\n", "names no category"),
        ("attack-types:\n  - { id: x-a, title: A, definition: D }\n", "name a `category`"),
        (
            "terms:\n  - { id: x-a, title: A, definition: D }\n  - { id: x-a, title: A, definition: D }\n",
            "stands twice",
        ),
        ("terms:\n  - { id: x-a, name: A }\n", "unknown field"),
    ];
    for (own, says) in cases {
        let refused = Lexicon::load(&tree(&format!("{HEAD}{own}"))).unwrap_err();
        assert!(refused.iter().any(|finding| finding.message.contains(says)), "{own}: {refused:?}");
    }
}

#[test]
fn as_a_catalog_it_is_valid_oscal() {
    let catalog = to_catalog(&lexicon(), "2026-01-01T00:00:00Z".parse().unwrap());
    let document = OscalDocument::Catalog(Box::new(catalog));
    let text = probity_oscal::to_json(&document).unwrap();
    let tree = MemoryTree::of([("catalog.json", text.as_str())]).unwrap();
    let found = probity_oscal::validate_file(&tree, &path("catalog.json"), &Rules::oscal(), &Library::new());
    assert!(found.is_empty(), "{found:?}");
    assert!(text.contains("\"attack-type-syn-flood\""));
}

#[test]
fn as_a_taxonomy_it_has_the_members_that_misp_reads() {
    let taxonomy = to_taxonomy(&lexicon());
    assert_eq!(taxonomy["namespace"], "probity");
    let predicates: Vec<&str> =
        taxonomy["predicates"].as_array().unwrap().iter().map(|one| one["value"].as_str().unwrap()).collect();
    assert_eq!(predicates, ["term", "category", "attack-type"]);
    for values in taxonomy["values"].as_array().unwrap() {
        assert!(predicates.contains(&values["predicate"].as_str().unwrap()));
        assert!(values["entry"].as_array().unwrap().iter().all(|entry| entry["expanded"].is_string()));
    }
}
