//! Collectors: what is deployed becomes evidence in the words of the ontology.
