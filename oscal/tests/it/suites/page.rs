//! The page of the suites.
