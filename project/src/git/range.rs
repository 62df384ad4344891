use probity_diagnostics::Diagnostic;

use super::commit::Commit;
use super::repository::Repository;
use crate::codes;

/// Two states to compare.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Range {
    /// The older one.
    pub base: Commit,
    /// The newer one; the work tree if none.
    pub head: Option<Commit>,
}

impl Repository {
    /// Reads `A..B`, `A...B` (from the last commit that both have in common) or `A` (up to the work tree). A side that
    /// is left out is HEAD.
    ///
    /// # Errors
    /// The text is no range, a revision is unknown, or there is no common commit.
    pub fn range(&self, text: &str) -> Result<Range, Diagnostic> {
        let (from, to, common) = sides(text).ok_or_else(|| {
            Diagnostic::error(&codes::BAD_RANGE, format!("`{text}` is no range of revisions"))
                .help("write `A..B`, `A...B` or `A`; a side that is left out is HEAD")
        })?;
        let base = self.resolve(from)?;
        let Some(to) = to else { return Ok(Range { base, head: None }) };
        let head = self.resolve(to)?;
        let base = if common { self.merge_base(&base, &head)? } else { base };
        Ok(Range { base, head: Some(head) })
    }
}

/// Both sides of a range, and whether it counts from what they have in common.
fn sides(text: &str) -> Option<(&str, Option<&str>, bool)> {
    let Some(at) = text.find("..") else { return (!text.is_empty()).then_some((text, None, false)) };
    let (from, rest) = text.split_at(at);
    let common = rest.starts_with("...");
    let to = rest.get(if common { 3 } else { 2 }..)?;
    if to.contains("..") || to.starts_with('.') || (from.is_empty() && to.is_empty()) {
        return None;
    }
    Some((or_head(from), Some(or_head(to)), common))
}

fn or_head(side: &str) -> &str {
    if side.is_empty() { "HEAD" } else { side }
}
