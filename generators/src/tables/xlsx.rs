//! XLSX: a sheet in front with what the report says as a whole, then a sheet for each table.

use jiff::civil::DateTime;
use jiff::tz::TimeZone;
use jiff::{Timestamp, civil};
use probity_diagnostics::{Diagnostic, Diagnostics, codes as files};
use rust_xlsxwriter::{
    Color, DocProperties, Format, FormatAlign, FormatBorder, Workbook, Worksheet, XlsxError,
};

use super::{Cell, Table, bounded, tables};
use crate::style::{Language, Marking, Style};
use crate::view::{ControlState, Report};

/// The most rows of a sheet, below its head.
const ROWS: usize = 1_000_000;

/// `report` as a workbook. Texts are written as texts, so that none becomes a formula or a link; instants are dates in UTC.
///
/// # Errors
/// There are none but those of the library that writes it.
pub fn xlsx(report: &Report, style: &Style<'_>) -> Result<Vec<u8>, Diagnostics> {
    write(report, style.language, style.marking)
        .map_err(|error| Diagnostic::error(&files::WRITE_FAILED, error.to_string()).into())
}

fn write(report: &Report, language: Language, marking: Option<Marking>) -> Result<Vec<u8>, XlsxError> {
    let looks = Looks::new(language);
    let mut workbook = Workbook::new();
    let made = report.as_of.as_deref().unwrap_or(&report.start);
    let made = made.parse().unwrap_or(Timestamp::UNIX_EPOCH).to_zoned(TimeZone::UTC).datetime();
    let properties = DocProperties::new().set_title(bounded(&report.title)).set_creation_datetime(&made);
    let label = marking.map(|marking| marking.label);
    workbook.set_properties(&match label {
        Some(label) => properties.set_keywords(label),
        None => properties,
    });
    let first = workbook.add_worksheet();
    front(first, report, language, &looks)?;
    if let Some(marking) = marking {
        label_row(first, marking)?;
        first.set_footer(in_margin(marking.label));
    }
    for table in tables(report, language) {
        let one = workbook.add_worksheet();
        sheet(one, table, language, &looks)?;
        one.set_footer(format!("&C&P / &N{}", label.map(in_margin).unwrap_or_default()));
    }
    for one in workbook.worksheets_mut() {
        if let Some(label) = label {
            one.set_header(in_margin(label));
        }
    }
    workbook.save_to_buffer()
}

/// How cells look.
struct Looks {
    head: Format,
    title: Format,
    name: Format,
    text: Format,
    number: Format,
    instant: Format,
    day: Format,
    states: Vec<(&'static str, Format)>,
}

impl Looks {
    fn new(language: Language) -> Self {
        let plain = Format::new().set_font_name("Calibri").set_align(FormatAlign::Top);
        let (instant, day) = match language {
            Language::English => ("yyyy-mm-dd hh:mm", "yyyy-mm-dd"),
            Language::German => ("dd.mm.yyyy hh:mm", "dd.mm.yyyy"),
        };
        let colour = |rgb: u32| plain.clone().set_bold().set_font_color(Color::RGB(rgb));
        let states = [
            ("fail", 0x00AE_1F18),
            ("error", 0x007A_2A92),
            ("unknown", 0x0080_550A),
            ("expired", 0x0096_480A),
            ("unattested", 0x0066_5C00),
            ("no-subject", 0x0059_616B),
            ("waived", 0x0025_58A8),
            ("satisfied", 0x001B_6A41),
            ("pass", 0x001B_6A41),
            ("not-evaluated", 0x0059_616B),
        ];
        Self {
            head: plain
                .clone()
                .set_bold()
                .set_text_wrap()
                .set_background_color(Color::RGB(0x00E9_ECEF))
                .set_border_bottom(FormatBorder::Thin),
            title: plain.clone().set_bold().set_font_size(16),
            name: plain.clone().set_font_color(Color::RGB(0x0059_616B)),
            text: plain.clone().set_text_wrap(),
            number: plain.clone().set_num_format("#,##0"),
            instant: plain.clone().set_num_format(instant).set_align(FormatAlign::Left),
            day: plain.clone().set_num_format(day).set_align(FormatAlign::Left),
            states: states.map(|(word, rgb)| (word, colour(rgb))).into(),
        }
    }

    fn state(&self, word: &str) -> &Format {
        self.states.iter().find(|(known, _)| *known == word).map_or(&self.text, |(_, format)| format)
    }

    fn write(&self, sheet: &mut Worksheet, row: u32, column: u16, cell: &Cell<'_>) -> Result<(), XlsxError> {
        match cell {
            Cell::Empty => return Ok(()),
            Cell::Text(text) => sheet.write_string_with_format(row, column, text.as_ref(), &self.text)?,
            Cell::State(word, text) => {
                sheet.write_string_with_format(row, column, text.as_ref(), self.state(word))?
            }
            #[expect(clippy::cast_precision_loss, reason = "numbers of XLSX are floats")]
            Cell::Number(number) => {
                sheet.write_number_with_format(row, column, *number as f64, &self.number)?
            }
            Cell::Instant(text) => match instant(text) {
                Some(instant) => sheet.write_datetime_with_format(row, column, instant, &self.instant)?,
                None => sheet.write_string_with_format(row, column, *text, &self.text)?,
            },
            Cell::Day(text) => match day(text) {
                Some(day) => sheet.write_datetime_with_format(row, column, day, &self.day)?,
                None => sheet.write_string_with_format(row, column, *text, &self.text)?,
            },
        };
        Ok(())
    }
}

fn instant(text: &str) -> Option<DateTime> {
    text.parse::<Timestamp>().ok().map(|instant| instant.to_zoned(TimeZone::UTC).datetime())
}

fn day(text: &str) -> Option<civil::Date> {
    text.split('T').next()?.parse().ok()
}

/// The first sheet: what was assessed, as of when, from what, and how it came out.
fn front(sheet: &mut Worksheet, report: &Report, language: Language, looks: &Looks) -> Result<(), XlsxError> {
    sheet.set_name(language.say("Summary"))?;
    sheet.set_column_width(0, 28)?.set_column_width(1, 80)?;
    sheet.write_string_with_format(0, 0, bounded(&report.title).as_ref(), &looks.title)?;
    let totals = &report.totals;
    let facts = [
        ("Assessment", Cell::some(report.assessment.as_deref())),
        ("Profile", Cell::some(report.profile.as_deref())),
        ("Catalog", Cell::some(report.catalog.as_deref())),
        ("As of", Cell::instant(report.as_of.as_deref())),
        ("Oldest evidence", Cell::Instant(&report.start)),
        ("Judged by", Cell::some(report.tool.as_deref())),
        ("Made from", Cell::text(&report.file)),
        ("SHA-256", Cell::text(&report.digest)),
        ("Requirements", Cell::Number(totals.controls)),
        ("Evaluated", Cell::Number(totals.evaluated)),
        ("Need attention", Cell::Number(totals.open)),
    ];
    let counts = ControlState::ALL
        .into_iter()
        .map(|state| (state.name(), Cell::Number(totals.states.get(&state).copied().unwrap_or_default())));
    let mut row = 2;
    for (label, cell) in facts.into_iter().chain(counts) {
        sheet.write_string_with_format(row, 0, language.say(label), &looks.name)?;
        looks.write(sheet, row, 1, &cell)?;
        row += 1;
    }
    let omitted: u64 = report.checks.iter().map(|check| check.omitted).sum();
    let beyond = "{0} more resources do not pass; they stand in the verdicts beside the results.";
    if omitted > 0 {
        let text = language.say_with(beyond, &[language.grouped(omitted)]);
        sheet.write_string_with_format(row + 1, 1, text, &looks.text)?;
    }
    for (at, problem) in (row + 2..).zip(&report.problems) {
        let text = format!("{} ({})", problem.message, problem.code);
        sheet.write_string_with_format(at, 1, bounded(&text).as_ref(), &looks.text)?;
    }
    Ok(())
}

/// The label, for those who look at the workbook on a screen: between the title and what follows.
fn label_row(sheet: &mut Worksheet, marking: Marking) -> Result<(), XlsxError> {
    let colour = |[red, green, blue]: [u8; 3]| Color::RGB(u32::from_be_bytes([0, red, green, blue]));
    let look = Format::new()
        .set_font_name("Calibri")
        .set_font_size(12)
        .set_bold()
        .set_align(FormatAlign::Right)
        .set_font_color(colour(marking.ink))
        .set_background_color(colour(marking.ground));
    sheet.write_blank(1, 0, &look)?;
    sheet.write_string_with_format(1, 1, marking.label, &look)?;
    Ok(())
}

/// The label in header and footer, at the right, bold and of 12 points. Margins have no ground, so that it is black there.
fn in_margin(label: &str) -> String {
    format!("&R&\"Calibri,Bold\"&12{label}")
}

/// A sheet with a frozen head, filters and a width for each column.
fn sheet(
    sheet: &mut Worksheet,
    table: Table<'_>,
    language: Language,
    looks: &Looks,
) -> Result<(), XlsxError> {
    sheet.set_name(language.say(table.name))?;
    sheet.set_freeze_panes(1, 0)?.set_repeat_rows(0, 0)?;
    sheet.set_landscape().set_paper_size(9).set_print_fit_to_pages(1, 0);
    let mut last_column = 0;
    for (at, column) in (0_u16..).zip(table.columns) {
        sheet.set_column_width(at, column.width)?;
        sheet.write_string_with_format(0, at, language.say(column.label), &looks.head)?;
        last_column = at;
    }
    let mut last_row = 0;
    for (row, cells) in (1_u32..).zip(table.rows.take(ROWS)) {
        for (column, cell) in (0_u16..).zip(&cells) {
            looks.write(sheet, row, column, cell)?;
        }
        last_row = row;
    }
    sheet.autofilter(0, 0, last_row, last_column)?;
    Ok(())
}
