//! Compiler from controls to checks, engine, verdicts, roll-up and assembly of assessment results.
