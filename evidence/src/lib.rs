//! The ontology of cloud resources, and evidence written in its words.
