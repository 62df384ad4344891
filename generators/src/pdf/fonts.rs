//! The fonts of the PDF: measured, reduced to the letters that are used, and embedded.

use std::collections::BTreeMap;

use pdf_writer::types::{CidFontType, FontFlags, SystemInfo, UnicodeCmap};
use pdf_writer::{Filter, Finish as _, Name, Pdf, Rect, Ref, Str};
use subsetter::GlyphRemapper;
use ttf_parser::{Tag, name_id};

use super::packed;

/// A font of the report.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Face {
    /// What is read.
    Text,
    /// Headings and states.
    Bold,
    /// Names of files and properties.
    Code,
}

impl Face {
    pub(super) const ALL: [Self; 3] = [Self::Text, Self::Bold, Self::Code];

    /// The name under which pages know it.
    pub(super) fn resource(self) -> Name<'static> {
        match self {
            Self::Text => Name(b"T"),
            Self::Bold => Name(b"B"),
            Self::Code => Name(b"C"),
        }
    }

    fn post_script_name(self) -> &'static str {
        match self {
            Self::Text => "LibertinusSerif-Regular",
            Self::Bold => "LibertinusSerif-Bold",
            Self::Code => "DejaVuSansMono",
        }
    }
}

const SYSTEM: SystemInfo<'static> =
    SystemInfo { registry: Str(b"Adobe"), ordering: Str(b"Identity"), supplement: 0 };

/// A font that was read, and what is used of it.
struct Loaded {
    data: &'static [u8],
    face: ttf_parser::Face<'static>,
    glyphs: GlyphRemapper,
    /// Letters by their number in the reduced font.
    letters: BTreeMap<u16, char>,
}

/// All fonts.
pub(super) struct Fonts(BTreeMap<Face, Loaded>);

impl Fonts {
    /// The fonts that come with the program.
    pub(super) fn new() -> Self {
        let mut fonts = BTreeMap::new();
        for data in typst_assets::fonts() {
            let Ok(face) = ttf_parser::Face::parse(data, 0) else { continue };
            let mut names = face.names().into_iter().filter(|name| name.name_id == name_id::POST_SCRIPT_NAME);
            let name = names.find_map(|name| name.to_string()).unwrap_or_default();
            let known = Face::ALL.into_iter().find(|known| known.post_script_name() == name);
            if let Some(known) = known {
                let (glyphs, letters) = (GlyphRemapper::new(), BTreeMap::new());
                fonts.insert(known, Loaded { data, face, glyphs, letters });
            }
        }
        Self(fonts)
    }

    /// The width of a text, in points.
    pub(super) fn width(&self, face: Face, size: f32, text: &str) -> f32 {
        let Some(font) = self.0.get(&face) else { return 0.0 };
        let units: u32 = text.chars().map(|letter| u32::from(font.advance(font.glyph(letter)))).sum();
        #[expect(clippy::cast_precision_loss, reason = "a line has no millions of letters")]
        let units = units as f32;
        units * size / f32::from(font.face.units_per_em())
    }

    /// The text as the reduced font writes it.
    pub(super) fn encode(&mut self, face: Face, text: &str) -> Vec<u8> {
        let Some(font) = self.0.get_mut(&face) else { return Vec::new() };
        let mut bytes = Vec::with_capacity(text.len() * 2);
        for letter in text.chars() {
            let number = font.glyphs.remap(font.glyph(letter));
            let shown = if font.face.glyph_index(letter).is_some() { letter } else { '?' };
            font.letters.entry(number).or_insert(shown);
            bytes.extend(number.to_be_bytes());
        }
        bytes
    }

    /// Writes the fonts; `refs` gives numbers of objects. Yields the number of each font.
    pub(super) fn embed(self, pdf: &mut Pdf, refs: &mut impl FnMut() -> Ref) -> BTreeMap<Face, Ref> {
        self.0.into_iter().map(|(face, font)| (face, font.embed(face, pdf, refs))).collect()
    }
}

impl Loaded {
    /// The glyph of a letter; that of `?` where the font has none.
    fn glyph(&self, letter: char) -> u16 {
        let glyph = self.face.glyph_index(letter).or_else(|| self.face.glyph_index('?'));
        glyph.map_or(0, |glyph| glyph.0)
    }

    fn advance(&self, glyph: u16) -> u16 {
        self.face.glyph_hor_advance(ttf_parser::GlyphId(glyph)).unwrap_or_default()
    }

    fn embed(self, face: Face, pdf: &mut Pdf, refs: &mut impl FnMut() -> Ref) -> Ref {
        let [font, cid, descriptor, cmap, file] = [refs(), refs(), refs(), refs(), refs()];
        let name = format!("PRBITY+{}", face.post_script_name());
        let name = Name(name.as_bytes());
        let scale = 1000.0 / f32::from(self.face.units_per_em());
        let reduced = subsetter::subset(self.data, 0, &self.glyphs).unwrap_or_else(|_| self.data.to_vec());
        let raw = ttf_parser::RawFace::parse(&reduced, 0).ok();
        let outlines = raw.and_then(|raw| raw.table(Tag::from_bytes(b"CFF "))).map(<[u8]>::to_vec);
        let kind = if outlines.is_some() { CidFontType::Type0 } else { CidFontType::Type2 };
        pdf.type0_font(font)
            .base_font(name)
            .encoding_predefined(Name(b"Identity-H"))
            .descendant_font(cid)
            .to_unicode(cmap);
        let mut inner = pdf.cid_font(cid);
        inner.subtype(kind).base_font(name).system_info(SYSTEM).font_descriptor(descriptor);
        if kind == CidFontType::Type2 {
            inner.cid_to_gid_map_predefined(Name(b"Identity"));
        }
        let widths = self.glyphs.remapped_gids().map(|glyph| f32::from(self.advance(glyph)) * scale);
        inner.default_width(0.0).widths().consecutive(0, widths);
        inner.finish();
        let bounds = self.face.global_bounding_box();
        let [x1, y1, x2, y2] =
            [bounds.x_min, bounds.y_min, bounds.x_max, bounds.y_max].map(|edge| f32::from(edge) * scale);
        let mut described = pdf.font_descriptor(descriptor);
        described
            .name(name)
            .flags(FontFlags::SYMBOLIC)
            .bbox(Rect::new(x1, y1, x2, y2))
            .italic_angle(0.0)
            .ascent(f32::from(self.face.ascender()) * scale)
            .descent(f32::from(self.face.descender()) * scale)
            .cap_height(f32::from(self.face.capital_height().unwrap_or(650)) * scale)
            .stem_v(80.0);
        if outlines.is_some() {
            described.font_file3(file)
        } else {
            described.font_file2(file)
        };
        described.finish();
        let mut unicode = UnicodeCmap::<u16>::new(Name(b"Probity"), SYSTEM);
        self.letters.iter().for_each(|(number, letter)| unicode.pair(*number, *letter));
        pdf.cmap(cmap, unicode.finish().as_slice());
        let bytes = packed(outlines.as_deref().unwrap_or(&reduced));
        let mut stream = pdf.stream(file, &bytes);
        stream.filter(Filter::FlateDecode);
        if outlines.is_some() {
            stream.pair(Name(b"Subtype"), Name(b"CIDFontType0C"));
        }
        font
    }
}
