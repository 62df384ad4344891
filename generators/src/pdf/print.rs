//! Pages: where the next line goes, what it is in the structure of the document, and where links lead.

use std::collections::BTreeMap;

use pdf_writer::types::StructRole;
use pdf_writer::{Content, Name, Str};

use super::fonts::{Face, Fonts};
use super::text::{Colour, Piece, Run, SOFT, lines};
use crate::style::Marking;

/// A4, in points.
pub(super) const WIDTH: f32 = 595.28;
pub(super) const HEIGHT: f32 = 841.89;
const SIDE: f32 = 57.0;
const TOP: f32 = 68.0;
const BOTTOM: f32 = 62.0;
/// The width of a line.
pub(super) const MEASURE: f32 = WIDTH - 2.0 * SIDE;
/// Height of a line for each point of its size.
const LEADING: f32 = 1.32;
/// The most lines of a cell: a row must fit on a page.
const CELL: usize = 36;
const RULE: Colour = [0.79, 0.81, 0.83];
/// Where the lines of header and footer stand.
const HEADER: f32 = HEIGHT - 40.0;
const FOOTER: f32 = 36.0;
/// The size of labels: FIRST asks for 12 points or more.
const LABEL: f32 = 12.0;
/// What their ground shows at each side of them.
const LABEL_EDGE: f32 = 6.0;

/// A page while it is written.
pub(super) struct Page {
    pub(super) content: Content,
    /// The element of the structure that each marked piece belongs to.
    pub(super) marks: Vec<usize>,
    /// Places of links, and what they lead to.
    pub(super) links: Vec<([f32; 4], String)>,
}

/// An element of the structure.
pub(super) struct Element {
    pub(super) role: StructRole,
    pub(super) parent: usize,
    pub(super) children: Vec<Child>,
}

/// What an element holds.
pub(super) enum Child {
    Element(usize),
    /// A piece of a page.
    Mark {
        page: usize,
        number: usize,
    },
}

/// A heading of the outline.
pub(super) struct Bookmark {
    pub(super) is_part: bool,
    pub(super) title: String,
    pub(super) page: usize,
    pub(super) y: f32,
}

/// The document while it is laid out.
pub(super) struct Print {
    pub(super) fonts: Fonts,
    pub(super) pages: Vec<Page>,
    pub(super) elements: Vec<Element>,
    pub(super) bookmarks: Vec<Bookmark>,
    /// Where links may lead: page and height.
    pub(super) places: BTreeMap<String, (usize, f32)>,
    marking: Option<Marking>,
    open: Vec<usize>,
    y: f32,
}

/// A column of a table: its share of the width.
pub(super) type Share = f32;
/// The runs of a cell.
pub(super) type Cell = Vec<Run>;

impl Print {
    /// A document of one page; every page bears the label.
    pub(super) fn new(marking: Option<Marking>) -> Self {
        let root = Element { role: StructRole::Document, parent: 0, children: Vec::new() };
        let mut print = Self {
            fonts: Fonts::new(),
            pages: Vec::new(),
            elements: vec![root],
            bookmarks: Vec::new(),
            places: BTreeMap::new(),
            marking,
            open: vec![0],
            y: 0.0,
        };
        print.page();
        print
    }

    /// Begins a page.
    pub(super) fn page(&mut self) {
        self.pages.push(Page { content: Content::new(), marks: Vec::new(), links: Vec::new() });
        self.y = HEIGHT - TOP;
    }

    /// Begins a page unless the last one is empty.
    pub(super) fn fresh_page(&mut self) {
        if self.pages.last().is_none_or(|page| !page.marks.is_empty()) {
            self.page();
        }
    }

    /// Goes on below, `points` lower.
    pub(super) fn space(&mut self, points: f32) {
        self.y -= points;
    }

    /// Begins a page where less than `points` are left.
    pub(super) fn need(&mut self, points: f32) {
        if self.y - points < BOTTOM {
            self.page();
        }
    }

    /// What `fill` writes becomes an element of the structure.
    pub(super) fn element(&mut self, role: StructRole, fill: impl FnOnce(&mut Self)) {
        let parent = self.open.last().copied().unwrap_or_default();
        let number = self.elements.len();
        self.elements.push(Element { role, parent, children: Vec::new() });
        if let Some(parent) = self.elements.get_mut(parent) {
            parent.children.push(Child::Element(number));
        }
        self.open.push(number);
        fill(self);
        self.open.pop();
    }

    /// Names the place of the next line.
    pub(super) fn place(&mut self, name: String) {
        let at = (self.pages.len() - 1, self.y);
        self.places.entry(name).or_insert(at);
    }

    /// A heading, in the outline where `is_part` says of which level.
    pub(super) fn heading(&mut self, role: StructRole, size: f32, title: &str, is_part: Option<bool>) {
        self.need(size * 6.0);
        if let Some(is_part) = is_part {
            let (page, y) = (self.pages.len() - 1, self.y);
            self.bookmarks.push(Bookmark { is_part, title: title.to_owned(), page, y });
        }
        self.paragraph(role, &[Run::bold(size, title)], 0.0);
    }

    /// A paragraph, `indent` points from the left.
    pub(super) fn paragraph(&mut self, role: StructRole, runs: &[Run], indent: f32) {
        let broken = lines(&self.fonts, runs, MEASURE - indent);
        self.element(role, |print| {
            for line in &broken {
                let height = height(line);
                print.need(height);
                print.y -= height;
                let y = print.y;
                print.line(line, SIDE + indent, y);
            }
        });
        self.y -= 4.0;
    }

    /// A line whose foot stands `y` points above that of the page.
    fn line(&mut self, line: &[Piece], x: f32, y: f32) {
        let Some(element) = self.open.last().copied() else { return };
        let number = self.pages.len() - 1;
        let Some(page) = self.pages.last_mut() else { return };
        let mark = page.marks.len();
        page.marks.push(element);
        if let Some(element) = self.elements.get_mut(element) {
            element.children.push(Child::Mark { page: number, number: mark });
        }
        let id = i32::try_from(mark).unwrap_or_default();
        page.content.begin_marked_content_with_properties(Name(b"P")).properties().identify(id);
        written(&mut self.fonts, page, line, x, y);
        page.content.end_marked_content();
    }

    /// Text that is no part of the structure: `x` points from the left of page `number`, `y` above its foot.
    pub(super) fn artifact(&mut self, number: usize, runs: Vec<Run>, x: f32, y: f32) {
        let Some(page) = self.pages.get_mut(number) else { return };
        page.content.begin_marked_content(Name(b"Artifact"));
        let mut at = 0.0;
        for run in runs {
            let width = self.fonts.width(run.face, run.size, &run.text);
            written(&mut self.fonts, page, &[Piece { run, x: at, width }], x, y);
            at += width;
        }
        page.content.end_marked_content();
    }

    /// A rule across the columns.
    fn rule(&mut self, colour: Colour, width: f32) {
        let y = self.y;
        let Some(page) = self.pages.last_mut() else { return };
        let [red, green, blue] = colour;
        page.content.begin_marked_content(Name(b"Artifact"));
        page.content.set_stroke_rgb(red, green, blue).set_line_width(width);
        page.content.move_to(SIDE, y).line_to(WIDTH - SIDE, y).stroke();
        page.content.end_marked_content();
    }

    /// A table; its head stands on each of its pages.
    pub(super) fn table(&mut self, shares: &[Share], heads: &[&str], rows: Vec<Vec<Cell>>) {
        let all: f32 = shares.iter().sum();
        let widths: Vec<f32> = shares.iter().map(|share| share / all * MEASURE).collect();
        let heads: Vec<Cell> = heads.iter().map(|head| vec![Run::bold(8.5, *head)]).collect();
        self.need(60.0);
        self.element(StructRole::Table, |print| {
            if !heads.is_empty() {
                print.row(StructRole::TH, &widths, &heads);
            }
            for row in rows {
                let broken: Vec<Vec<Vec<Piece>>> = print.broken(&widths, &row);
                let height = broken.iter().map(|cell| cell.iter().map(|line| height(line)).sum::<f32>());
                if print.y - height.fold(0.0, f32::max) - 6.0 < BOTTOM {
                    print.page();
                    print.repeated(&widths, &heads);
                }
                print.cells(StructRole::TD, &widths, &broken);
            }
        });
        self.y -= 8.0;
    }

    fn broken(&self, widths: &[f32], cells: &[Cell]) -> Vec<Vec<Vec<Piece>>> {
        let cells = cells.iter().zip(widths);
        cells
            .map(|(cell, width)| {
                let mut broken = lines(&self.fonts, cell, width - 8.0);
                if broken.len() > CELL {
                    broken.truncate(CELL);
                    broken.push(lines(&self.fonts, &[Run::soft(8.5, "…")], *width).concat());
                }
                broken
            })
            .collect()
    }

    fn row(&mut self, role: StructRole, widths: &[f32], cells: &[Cell]) {
        let broken = self.broken(widths, cells);
        self.cells(role, widths, &broken);
    }

    fn cells(&mut self, role: StructRole, widths: &[f32], cells: &[Vec<Vec<Piece>>]) {
        let top = self.y - 3.0;
        let mut lowest = top;
        self.element(StructRole::TR, |print| {
            let mut x = SIDE;
            for (cell, width) in cells.iter().zip(widths) {
                print.element(role, |print| {
                    let mut y = top;
                    for line in cell {
                        y -= height(line);
                        print.line(line, x, y);
                    }
                    lowest = lowest.min(y);
                });
                x += width;
            }
        });
        self.y = lowest - 4.0;
        if role == StructRole::TH { self.rule(SOFT, 0.8) } else { self.rule(RULE, 0.4) }
    }

    /// The head of a table again, for those who see it.
    fn repeated(&mut self, widths: &[f32], heads: &[Cell]) {
        let number = self.pages.len() - 1;
        let broken = self.broken(widths, heads);
        let top = self.y - 3.0;
        let mut lowest = top;
        let mut x = SIDE;
        for (cell, width) in broken.into_iter().zip(widths) {
            let mut y = top;
            for line in cell {
                y -= height(&line);
                let runs = line.into_iter().map(|piece| piece.run).collect();
                self.artifact(number, runs, x, y);
            }
            lowest = lowest.min(y);
            x += width;
        }
        self.y = lowest - 4.0;
        self.rule(SOFT, 0.8);
    }

    /// The line of the table of contents for a bookmark.
    pub(super) fn entry(&mut self, title: &str, indent: f32, target: usize, name: String) {
        let size = 10.0;
        let number = (target + 1).to_string();
        let width = self.fonts.width(Face::Text, size, &number);
        let runs = [Run::text(size, title).to(name)];
        let first = lines(&self.fonts, &runs, MEASURE - indent - 40.0).into_iter().next().unwrap_or_default();
        let right = Piece { run: Run::text(size, number), x: MEASURE - indent - width, width };
        let line: Vec<Piece> = first.into_iter().chain([right]).collect();
        self.element(StructRole::P, |print| {
            print.y -= height(&line);
            let y = print.y;
            print.line(&line, SIDE + indent, y);
        });
    }

    /// Goes on at the top of a page that was begun before.
    pub(super) fn on_page(&mut self, number: usize, fill: impl FnOnce(&mut Self)) {
        let (later, y) = (self.pages.split_off(number + 1), self.y);
        self.y = HEIGHT - TOP;
        fill(self);
        self.y = y;
        self.pages.extend(later);
    }

    /// Puts what was written last, behind the first `from` elements of the document, behind the first `to`.
    pub(super) fn moved(&mut self, from: usize, to: usize) {
        let root = self.elements.first_mut();
        if let Some(later) = root.and_then(|root| root.children.get_mut(to..)) {
            later.rotate_left(from - to);
        }
    }

    /// How many elements the document holds so far.
    pub(super) fn length(&self) -> usize {
        self.elements.first().map_or(0, |root| root.children.len())
    }

    /// Header and footer of every page; the first has no header but the label.
    pub(super) fn margins(
        &mut self,
        left: &str,
        right: &str,
        foot: &str,
        numbered: impl Fn(usize) -> String,
    ) {
        let size = 8.0;
        let end = WIDTH - SIDE - self.marking.map_or(0.0, |marking| self.label_width(marking) + 10.0);
        for number in 0..self.pages.len() {
            let page = numbered(number + 1);
            let ends = |text: &str, print: &Self| end - print.fonts.width(Face::Text, size, text);
            if number > 0 {
                let x = ends(right, self);
                self.artifact(number, vec![Run::soft(size, left)], SIDE, HEADER);
                self.artifact(number, vec![Run::soft(size, right)], x, HEADER);
            }
            let x = ends(&page, self);
            self.artifact(number, vec![Run::soft(size, foot)], SIDE, FOOTER);
            self.artifact(number, vec![Run::soft(size, page)], x, FOOTER);
            if let Some(marking) = self.marking {
                let heights = if number > 0 { &[HEADER, FOOTER][..] } else { &[FOOTER] };
                for y in heights {
                    let (run, x) = self.label_ground(number, marking, *y);
                    self.artifact(number, vec![run], x, *y);
                }
            }
        }
    }

    /// The label in the header of the first page, as a paragraph of the document: those of other pages are repetitions.
    pub(super) fn label_in_structure(&mut self) {
        let Some(marking) = self.marking else { return };
        let (run, x) = self.label_ground(0, marking, HEADER);
        let width = self.fonts.width(run.face, run.size, &run.text);
        self.element(StructRole::P, |print| print.line(&[Piece { run, x: 0.0, width }], x, HEADER));
    }

    /// Fills what a label stands on at the right edge of a page; yields the label, and where it begins.
    fn label_ground(&mut self, number: usize, marking: Marking, y: f32) -> (Run, f32) {
        let [red, green, blue] = part(marking.ground);
        let left = WIDTH - SIDE - self.label_width(marking);
        if let Some(page) = self.pages.get_mut(number) {
            page.content.begin_marked_content(Name(b"Artifact"));
            page.content.set_fill_rgb(red, green, blue);
            page.content.rect(left, y - 1.5, WIDTH - SIDE - left, LABEL + 5.0).fill_nonzero();
            page.content.end_marked_content();
        }
        (Run::bold(LABEL, marking.label).coloured(part(marking.ink)), left + LABEL_EDGE)
    }

    fn label_width(&self, marking: Marking) -> f32 {
        self.fonts.width(Face::Bold, LABEL, marking.label) + 2.0 * LABEL_EDGE
    }
}

/// A colour of which the parts are bytes.
fn part(colour: [u8; 3]) -> Colour {
    colour.map(|part| f32::from(part) / 255.0)
}

fn height(line: &[Piece]) -> f32 {
    line.iter().map(|piece| piece.run.size).fold(9.0, f32::max) * LEADING
}

/// Writes the pieces of a line.
fn written(fonts: &mut Fonts, page: &mut Page, line: &[Piece], x: f32, y: f32) {
    let base = y + 3.0;
    for piece in line {
        let run = &piece.run;
        let [red, green, blue] = run.colour;
        let bytes = fonts.encode(run.face, &run.text);
        page.content.begin_text().set_font(run.face.resource(), run.size);
        page.content.set_fill_rgb(red, green, blue);
        page.content.next_line(x + piece.x, base).show(Str(&bytes)).end_text();
        if let Some(link) = &run.link {
            let place = [x + piece.x, base - 2.0, x + piece.x + piece.width, base + run.size];
            page.links.push((place, link.clone()));
        }
    }
}
