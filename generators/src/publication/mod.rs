//! Pages of what is published: one for each document, and one that lists them. They need nothing else, and bear their label at the top
//! and at the bottom.

use probity_diagnostics::Diagnostics;
use serde::Serialize;

use crate::Marking;
use crate::html::{STYLE, digest};
use crate::render::{Asset, Surface, render_with};

/// What these pages add to the style of reports.
const OWN: &str = include_str!("../../templates/publication.css");

/// What all pages have.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Head {
    /// What the whole is called.
    pub site: String,
    /// Who publishes.
    pub publisher: String,
    /// The label.
    #[serde(skip)]
    pub marking: Marking,
    /// Who holds the rights.
    pub copyright: Option<String>,
}

/// The page that lists all documents, newest first.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Index {
    /// What all pages have.
    pub head: Head,
    /// The documents.
    pub entries: Vec<Entry>,
    /// Feeds and lists, with what they are.
    pub feeds: Vec<Link>,
}

/// A document in the list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Entry {
    /// Its page.
    pub page: String,
    /// What it is in one line.
    pub title: String,
    /// When it was published first, and as it is.
    pub published: String,
    /// When it was changed since, if it was.
    pub updated: Option<String>,
    /// What happened, in short.
    pub summary: Option<String>,
}

/// A file, with what it is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Link {
    /// Where it lies, from the folder of the pages.
    pub href: String,
    /// What it is.
    pub name: String,
}

/// The page of a document.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Page {
    /// What all pages have.
    pub head: Head,
    /// What it is in one line.
    pub title: String,
    /// The language of its texts, as in BCP 47.
    pub language: String,
    /// Facts, by name.
    pub facts: Vec<(String, String)>,
    /// What it says.
    pub sections: Vec<Section>,
    /// The files.
    pub files: Vec<Link>,
}

/// A part of a document.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Section {
    /// Its heading.
    pub title: String,
    /// Sentences, in paragraphs.
    pub paragraphs: Vec<String>,
    /// A table.
    pub table: Option<Table>,
    /// Text as it stands in the document.
    pub verbatim: Option<String>,
}

/// A table of texts.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Table {
    /// What the columns are.
    pub columns: Vec<String>,
    /// The rows; each has a text for each column.
    pub rows: Vec<Vec<String>>,
    /// The column that is not read but copied, such as an address.
    pub code: Option<usize>,
}

impl Section {
    /// A part of sentences, as a document has them: paragraphs are apart by an empty line.
    pub fn prose(title: &str, text: &str) -> Self {
        let paragraphs = text.split("\n\n").map(str::trim).filter(|text| !text.is_empty());
        Self {
            title: title.to_owned(),
            paragraphs: paragraphs.map(str::to_owned).collect(),
            table: None,
            verbatim: None,
        }
    }

    /// A part that is a table.
    pub fn table(title: &str, columns: &[&str], rows: Vec<Vec<String>>, code: Option<usize>) -> Self {
        let columns = columns.iter().map(|column| (*column).to_owned()).collect();
        Self {
            title: title.to_owned(),
            paragraphs: Vec::new(),
            table: Some(Table { columns, rows, code }),
            verbatim: None,
        }
    }
}

/// The page that lists all documents.
///
/// # Errors
/// The template is wrong: a mistake in Probity, reported as PB0806.
pub fn index(index: &Index) -> Result<String, Diagnostics> {
    written("publications.html", include_str!("../../templates/publications.html"), index, &index.head)
}

/// The page of a document.
///
/// # Errors
/// As [`index`].
pub fn page(page: &Page) -> Result<String, Diagnostics> {
    written("publication.html", include_str!("../../templates/publication.html"), page, &page.head)
}

fn written(
    name: &'static str,
    template: &'static str,
    context: &impl Serialize,
    head: &Head,
) -> Result<String, Diagnostics> {
    let style = [STYLE, OWN].concat();
    let assets = [Asset { name: "style_digest", text: digest(&style) }, Asset { name: "style", text: style }];
    head.marking.on_html(&render_with(Surface::Html, name, template, context, assets)?)
}
