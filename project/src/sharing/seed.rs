//! What the pseudonyms of a package are made with.

use probity_diagnostics::Diagnostic;
use probity_sharing::scrub::{Seed, codes};

/// A seed that nobody else has and that is not kept.
///
/// # Errors
/// The system has no random numbers.
pub fn seed() -> Result<Seed, Diagnostic> {
    let mut bytes = [0; 32];
    aws_lc_rs::rand::fill(&mut bytes)
        .map_err(|_| Diagnostic::error(&codes::RULES, "the system has no random numbers"))?;
    Ok(Seed(bytes))
}
