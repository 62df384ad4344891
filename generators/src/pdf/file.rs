//! The file: pages, structure, outline and what the document says about itself.

use std::collections::BTreeMap;

use pdf_writer::types::{AnnotationType, OutlineItemFlags, TabOrder};
use pdf_writer::{Date, Filter, Finish as _, Name, Pdf, Rect, Ref, TextStr};

use super::fonts::Face;
use super::packed;
use super::print::{Bookmark, Child, Element, HEIGHT, Page, Print, WIDTH};

/// What a document says about itself.
pub(super) struct About<'a> {
    pub(super) title: &'a str,
    pub(super) language: &'a str,
    pub(super) producer: &'a str,
    pub(super) made: Option<Date>,
    /// What tells this document from others.
    pub(super) digest: &'a str,
    /// The label that its pages bear, for programs.
    pub(super) marking: Option<&'static str>,
}

/// Numbers of the objects.
struct Numbers {
    catalog: Ref,
    tree: Ref,
    structure: Ref,
    parents: Ref,
    pages: Vec<Ref>,
    elements: Vec<Ref>,
}

/// The bytes of a document.
pub(super) fn file(print: Print, about: &About<'_>) -> Vec<u8> {
    let mut last = 0;
    let mut next = move || {
        last += 1;
        Ref::new(last)
    };
    let mut pdf = Pdf::new();
    let id = about.digest.as_bytes().to_vec();
    pdf.set_file_id((id.clone(), id));
    let numbers = Numbers {
        catalog: next(),
        tree: next(),
        structure: next(),
        parents: next(),
        pages: print.pages.iter().map(|_| next()).collect(),
        elements: print.elements.iter().map(|_| next()).collect(),
    };
    let Print { fonts, pages, elements, bookmarks, places, .. } = print;
    let fonts = fonts.embed(&mut pdf, &mut next);
    let outline = outline(&mut pdf, &bookmarks, &numbers, &mut next);
    let marks: Vec<Vec<usize>> = pages.iter().map(|page| page.marks.clone()).collect();
    for (index, page) in pages.into_iter().enumerate() {
        write_page(&mut pdf, index, page, &fonts, &places, &numbers, &mut next);
    }
    structure(&mut pdf, &elements, &marks, &numbers);
    let kids = numbers.pages.iter().copied();
    pdf.pages(numbers.tree).kids(kids).count(i32::try_from(numbers.pages.len()).unwrap_or_default());
    let mut catalog = pdf.catalog(numbers.catalog);
    catalog.pages(numbers.tree).lang(TextStr(about.language));
    if let Some(outline) = outline {
        catalog.outlines(outline);
    }
    catalog.viewer_preferences().display_doc_title(true);
    catalog.mark_info().marked(true);
    catalog.pair(Name(b"StructTreeRoot"), numbers.structure);
    catalog.finish();
    let mut info = pdf.document_info(next());
    info.title(TextStr(about.title)).producer(TextStr(about.producer));
    if let Some(made) = about.made {
        info.creation_date(made);
    }
    if let Some(label) = about.marking {
        info.keywords(TextStr(label));
    }
    info.finish();
    pdf.finish()
}

fn write_page(
    pdf: &mut Pdf,
    index: usize,
    page: Page,
    fonts: &BTreeMap<Face, Ref>,
    places: &BTreeMap<String, (usize, f32)>,
    numbers: &Numbers,
    next: &mut impl FnMut() -> Ref,
) {
    let Some(id) = numbers.pages.get(index).copied() else { return };
    let content = next();
    let mut links = Vec::new();
    for ([x1, y1, x2, y2], name) in page.links {
        let Some((target, y)) = places.get(&name) else { continue };
        let Some(target) = numbers.pages.get(*target) else { continue };
        let link = next();
        let mut annotation = pdf.annotation(link);
        annotation.subtype(AnnotationType::Link).rect(Rect::new(x1, y1, x2, y2));
        annotation.border(0.0, 0.0, 0.0, None);
        annotation.insert(Name(b"Dest")).array().item(*target).item(Name(b"XYZ")).item(0.0).item(*y).item(0);
        annotation.finish();
        links.push(link);
    }
    let mut written = pdf.page(id);
    written.parent(numbers.tree).media_box(Rect::new(0.0, 0.0, WIDTH, HEIGHT)).contents(content);
    written.struct_parents(i32::try_from(index).unwrap_or_default()).tab_order(TabOrder::StructureOrder);
    if !links.is_empty() {
        written.annotations(links);
    }
    let mut resources = written.resources();
    let mut named = resources.fonts();
    for (face, font) in fonts {
        named.pair(face.resource(), *font);
    }
    named.finish();
    resources.finish();
    written.finish();
    let bytes = packed(page.content.finish().as_slice());
    pdf.stream(content, &bytes).filter(Filter::FlateDecode);
}

/// The elements of the structure, and for each page to which of them its pieces belong.
fn structure(pdf: &mut Pdf, elements: &[Element], marks: &[Vec<usize>], numbers: &Numbers) {
    for (element, id) in elements.iter().zip(&numbers.elements) {
        let mut written = pdf.struct_element(*id);
        written.kind(element.role);
        let parent = if element.parent == 0 && *id == root(numbers) { None } else { Some(element.parent) };
        let parent = parent.and_then(|parent| numbers.elements.get(parent));
        written.parent(*parent.unwrap_or(&numbers.structure));
        let mut children = written.children();
        for child in &element.children {
            match child {
                Child::Element(number) => {
                    if let Some(child) = numbers.elements.get(*number) {
                        children.struct_element(*child);
                    }
                }
                Child::Mark { page, number } => {
                    let mut mark = children.marked_content_ref();
                    if let Some(page) = numbers.pages.get(*page) {
                        mark.page(*page);
                    }
                    mark.marked_content_id(i32::try_from(*number).unwrap_or_default());
                }
            }
        }
    }
    let mut tree = pdf.indirect(numbers.parents).dict();
    let mut pairs = tree.insert(Name(b"Nums")).array();
    for (index, of_page) in marks.iter().enumerate() {
        pairs.item(i32::try_from(index).unwrap_or_default());
        let owners = of_page.iter().filter_map(|element| numbers.elements.get(*element));
        pairs.push().array().items(owners.copied());
    }
    pairs.finish();
    tree.finish();
    let mut written = pdf.indirect(numbers.structure).dict();
    written.pair(Name(b"Type"), Name(b"StructTreeRoot"));
    written.pair(Name(b"K"), root(numbers));
    written.pair(Name(b"ParentTree"), numbers.parents);
    written.pair(Name(b"ParentTreeNextKey"), i32::try_from(marks.len()).unwrap_or_default());
}

fn root(numbers: &Numbers) -> Ref {
    numbers.elements.first().copied().unwrap_or(numbers.structure)
}

/// A bookmark, and the number of its object.
type Entry<'b> = (Ref, &'b Bookmark);

/// The outline: parts, and below them their headings.
fn outline(
    pdf: &mut Pdf,
    bookmarks: &[Bookmark],
    numbers: &Numbers,
    next: &mut impl FnMut() -> Ref,
) -> Option<Ref> {
    let mut parts: Vec<(Ref, &Bookmark, Vec<Entry<'_>>)> = Vec::new();
    for bookmark in bookmarks {
        match parts.last_mut().filter(|_| !bookmark.is_part) {
            Some((_, _, below)) => below.push((next(), bookmark)),
            None => parts.push((next(), bookmark, Vec::new())),
        }
    }
    let outline = next();
    let (first, last) = (parts.first()?.0, parts.last()?.0);
    let count = i32::try_from(parts.len()).unwrap_or_default();
    pdf.outline(outline).first(first).last(last).count(count);
    let siblings: Vec<Entry<'_>> = parts.iter().map(|(id, bookmark, _)| (*id, *bookmark)).collect();
    for (at, (_, _, below)) in parts.iter().enumerate() {
        item(pdf, &siblings, at, outline, below, numbers);
        if let Some((parent, _)) = siblings.get(at) {
            (0..below.len()).for_each(|at| item(pdf, below, at, *parent, &[], numbers));
        }
    }
    Some(outline)
}

/// One of `siblings` in the outline.
fn item(
    pdf: &mut Pdf,
    siblings: &[Entry<'_>],
    at: usize,
    parent: Ref,
    below: &[Entry<'_>],
    numbers: &Numbers,
) {
    let Some((id, bookmark)) = siblings.get(at) else { return };
    let Some(page) = numbers.pages.get(bookmark.page) else { return };
    let mut item = pdf.outline_item(*id);
    item.title(TextStr(&bookmark.title)).parent(parent).flags(OutlineItemFlags::empty());
    if let Some((before, _)) = at.checked_sub(1).and_then(|before| siblings.get(before)) {
        item.prev(*before);
    }
    if let Some((after, _)) = siblings.get(at + 1) {
        item.next(*after);
    }
    if let (Some((first, _)), Some((last, _))) = (below.first(), below.last()) {
        item.first(*first).last(*last).count(-i32::try_from(below.len()).unwrap_or_default());
    }
    item.dest().page(*page).xyz(0.0, bookmark.y, None);
}
