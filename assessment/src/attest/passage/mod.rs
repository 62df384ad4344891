//! Passages of documents: whether a text, Markdown or PDF file says something word for word.
//!
//! What counts as the same:
//! - soft hyphens count nowhere;
//! - in text and Markdown, every run of white space is one blank; the file is taken as it is, marks included;
//! - in a PDF, white space does not count, because a PDF places letters and need not hold blanks; ligatures (`ﬁ`) are the
//!   letters that they stand for. A passage stands on one page, and pages are counted from 1 in the order of the file.
//!
//! Nothing else is made equal: case, quotation marks, hyphens at the ends of lines are as they are in the file. A passage has
//! at least [`SHORTEST`] characters that are not white space.

mod pdf;

use std::fmt;

/// How many characters a passage has at least, white space aside.
pub const SHORTEST: usize = 10;

/// How large a document may be that passages are looked for in.
pub const LARGEST: u64 = 64 << 20;

/// Why a passage cannot be confirmed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Refusal {
    /// It is too short to prove anything.
    TooShort,
    /// The file is neither text nor PDF.
    NoText,
    /// A page is named, but the document has none.
    NoPages,
    /// The PDF has so many pages, and not the one that is named.
    NoSuchPage(usize),
    /// The passage is not there; on that page of a PDF, where one is named.
    NotThere(Option<u32>),
    /// It is not on the page that is named but on this one.
    Elsewhere {
        /// The page that is named.
        named: u32,
        /// The first page that has it.
        found: u32,
    },
    /// The PDF has no text on the page, or nowhere: its pages are pictures.
    Pictures,
    /// The PDF cannot be read, and why.
    Unreadable(String),
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::TooShort => {
                write!(f, "the passage is too short: it takes {SHORTEST} characters that are not white space")
            }
            Self::NoText => f.write_str("the file is neither text (UTF-8) nor PDF"),
            Self::NoPages => f.write_str("a text has no pages; leave the page out"),
            Self::NoSuchPage(1) => f.write_str("the document has 1 page only"),
            Self::NoSuchPage(count) => write!(f, "the document has {count} pages only"),
            Self::NotThere(None) => f.write_str("the passage does not stand in the document word for word"),
            Self::NotThere(Some(page)) => {
                write!(f, "the passage does not stand word for word on page {page}, nor on another one")
            }
            Self::Elsewhere { named, found } => {
                write!(f, "the passage does not stand on page {named}, but on page {found}")
            }
            Self::Pictures => f.write_str("the PDF has no text there: it may be a scan"),
            Self::Unreadable(why) => write!(f, "the PDF cannot be read: {why}"),
        }
    }
}

/// Where a passage stands: the page of a PDF; none in a text.
///
/// # Errors
/// It does not stand there, or nobody can say.
pub fn find(document: &[u8], passage: &str, page: Option<u32>) -> Result<Option<u32>, Refusal> {
    let letters = passage.chars().filter(|c| !c.is_whitespace()).count();
    if letters < SHORTEST {
        return Err(Refusal::TooShort);
    }
    if document.starts_with(b"%PDF-") {
        return pdf::find(document, passage, page).map(Some);
    }
    let text =
        std::str::from_utf8(document).ok().filter(|text| !text.contains('\0')).ok_or(Refusal::NoText)?;
    if page.is_some() {
        return Err(Refusal::NoPages);
    }
    if one_spaced(text).contains(&one_spaced(passage)) { Ok(None) } else { Err(Refusal::NotThere(None)) }
}

/// The text with one blank for each run of white space, without soft hyphens.
pub(super) fn one_spaced(text: &str) -> String {
    let text = text.replace(SOFT_HYPHEN, "");
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

const SOFT_HYPHEN: char = '\u{ad}';
