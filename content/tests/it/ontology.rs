//! The ontology: one name for one thing.

use std::collections::BTreeMap;

use crate::read::ontology;

/// A property name has the same type wherever it stands; `imageId` leads to the image of its resource.
#[test]
fn a_name_has_one_type() {
    let ontology = ontology();
    let of_types = ontology.resource_types().flat_map(|(_, resource_type)| resource_type.properties());
    let of_features = ontology.features().flat_map(|(_, feature)| feature.properties());
    let mut seen = BTreeMap::new();
    for property in of_types.chain(of_features).filter(|property| property.name != "imageId") {
        let kind = property.value_type.to_string();
        assert_eq!(
            seen.entry(property.name.clone()).or_insert_with(|| kind.clone()),
            &kind,
            "{}",
            property.name
        );
    }
}

#[test]
fn everything_is_described() {
    let ontology = ontology();
    for (name, resource_type) in ontology.resource_types() {
        assert!(resource_type.description().ends_with('.'), "{name}");
        for property in resource_type.properties() {
            assert!(property.description.ends_with('.'), "{name}.{}", property.name);
        }
    }
}
