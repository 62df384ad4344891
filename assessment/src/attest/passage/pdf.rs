//! Passages of PDF files, page by page.
//!
//! A PDF is hostile until it is read: it is read by a thread of its own with a stack of its own, what it unpacks to is
//! limited, and a fault of the reader is a file that cannot be read.

use lopdf::{Document, LoadOptions};

use super::{Refusal, SOFT_HYPHEN};

/// What a stream of the file may unpack to.
const UNPACKED: usize = 32 << 20;

/// How many pages are looked at.
const PAGES: usize = 5_000;

/// The stack of the thread that reads.
const STACK: usize = 32 << 20;

/// The page on which a passage stands.
pub(super) fn find(file: &[u8], passage: &str, page: Option<u32>) -> Result<u32, Refusal> {
    let passage = letters(passage);
    let unreadable = |why: &str| Refusal::Unreadable(why.to_owned());
    std::thread::scope(|scope| {
        let reading = std::thread::Builder::new().stack_size(STACK);
        let reading = reading.spawn_scoped(scope, || look(file, &passage, page));
        let reading = reading.map_err(|error| unreadable(&error.to_string()))?;
        reading.join().unwrap_or_else(|_| Err(unreadable("it is damaged")))
    })
}

fn look(file: &[u8], passage: &str, named: Option<u32>) -> Result<u32, Refusal> {
    let options = LoadOptions::with_max_decompressed_size(UNPACKED);
    let document = Document::load_mem_with_options(file, options)
        .map_err(|error| Refusal::Unreadable(error.to_string()))?;
    if document.is_encrypted() {
        return Err(Refusal::Unreadable("it is encrypted".to_owned()));
    }
    let count = document.page_iter().take(PAGES + 1).count();
    if count > PAGES {
        return Err(Refusal::Unreadable(format!("it has more than {PAGES} pages")));
    }
    let pages = || (1..=u32::try_from(count).unwrap_or(0)).filter(|page| Some(*page) != named);
    if let Some(page) = named {
        if page == 0 || !usize::try_from(page).is_ok_and(|page| page <= count) {
            return Err(Refusal::NoSuchPage(count));
        }
        let text = text(&document, page)?;
        if text.contains(passage) {
            return Ok(page);
        }
        if text.is_empty() {
            return Err(Refusal::Pictures);
        }
    }
    let mut is_empty = named.is_none();
    for page in pages() {
        // what cannot be read of other pages than the one that is named changes nothing
        let Ok(text) = text(&document, page) else { continue };
        if text.contains(passage) {
            return named.map_or(Ok(page), |named| Err(Refusal::Elsewhere { named, found: page }));
        }
        is_empty &= text.is_empty();
    }
    Err(if is_empty { Refusal::Pictures } else { Refusal::NotThere(named) })
}

/// The letters of a page.
fn text(document: &Document, page: u32) -> Result<String, Refusal> {
    let text = document.extract_text_with_limit(&[page], UNPACKED);
    text.map(|text| letters(&text)).map_err(|error| Refusal::Unreadable(error.to_string()))
}

/// The text without white space and soft hyphens, ligatures taken apart.
fn letters(text: &str) -> String {
    let mut letters = String::with_capacity(text.len());
    for c in text.chars().filter(|c| !c.is_whitespace() && *c != SOFT_HYPHEN) {
        match c {
            '\u{fb00}' => letters.push_str("ff"),
            '\u{fb01}' => letters.push_str("fi"),
            '\u{fb02}' => letters.push_str("fl"),
            '\u{fb03}' => letters.push_str("ffi"),
            '\u{fb04}' => letters.push_str("ffl"),
            '\u{fb05}' | '\u{fb06}' => letters.push_str("st"),
            other => letters.push(other),
        }
    }
    letters
}
