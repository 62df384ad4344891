//! Reports from stored OSCAL documents, verdicts and evidence.
