//! The label of the Traffic Light Protocol that rendered pages bear.
//!
//! FIRST asks of TLP 2.0 that the label stands in header and footer of every page, in capitals of 12 points or more, at the right
//! edge, in its colour on black. Whoever calls says which label it is: nothing is concluded from a document here. The label is put
//! around what was rendered, so that a template of a project cannot leave it out, and it is never translated.

use probity_diagnostics::{Diagnostic, Diagnostics};

use crate::codes;
use crate::html::digest;

/// A label as pages bear it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Marking {
    /// The label, as in `TLP:AMBER+STRICT`.
    pub label: &'static str,
    /// The colour of its letters: red, green and blue.
    pub ink: [u8; 3],
    /// What they stand on.
    pub ground: [u8; 3],
}

impl Marking {
    /// The page with the label at its top and bottom, which printers repeat on every sheet. The page stays as it is otherwise; its
    /// content security policy allows the one style more.
    ///
    /// # Errors
    /// The page has no place for it (PB0835): a template of a project that writes no `<body>`.
    pub fn on_html(&self, page: &str) -> Result<String, Diagnostics> {
        let sheet = self.sheet();
        let parted = page.split_once("</head>").and_then(|(head, rest)| {
            let at = rest.find("<body")?;
            let (before, rest) = rest.split_at_checked(at + tag_end(rest.get(at..)?)?)?;
            let (content, after) = rest.rsplit_once("</body>")?;
            Some((head, before, content, after))
        });
        let Some((head, before, content, after)) = parted else {
            let message = "the page has no `<head>` and `<body>` that end, and so no place for its label";
            let help = "write both in `report.html`, as the template that comes with Probity does";
            return Err(Diagnostic::error(&codes::NO_PLACE_FOR_LABEL, message).help(help).into());
        };
        let allowed = format!("style-src '{}' ", digest(&sheet));
        let head = head.replacen("style-src ", &allowed, 1);
        let [begin, end] = ["begins", "ends"].map(|end| {
            format!("<div class=\"marking {end}\" translate=\"no\"><strong>{}</strong></div>\n", self.label)
        });
        Ok(format!(
            "{head}<style>{sheet}</style>\n</head>{before}\n{begin}{}{end}</body>{after}",
            content.strip_prefix('\n').unwrap_or(content)
        ))
    }

    /// The text with the label as its first and last line; what stands in front for programs stays there.
    #[must_use]
    pub fn on_markdown(&self, text: &str) -> String {
        let matter = front_matter(text);
        let (matter, text) = text.split_at_checked(matter).unwrap_or(("", text));
        let label = format!("**{}**", self.label);
        let between = if matter.is_empty() { "" } else { "\n" };
        format!("{matter}{between}{label}\n\n{}\n\n{label}\n", text.trim_matches('\n'))
    }

    /// The drawing, which says its size, between two lines with the label.
    #[must_use]
    pub fn on_svg(&self, drawing: &str) -> String {
        let size = |name: &str| {
            let (_, behind) = drawing.split_once(&format!(" {name}=\""))?;
            behind.split_once('"')?.0.parse::<f64>().ok()
        };
        let (width, height) = (size("width").unwrap_or(600.0), size("height").unwrap_or(400.0));
        let (room, end) = (32.0, width - 4.0);
        let whole = height + 2.0 * room;
        let [ink, ground] = self.colours();
        // letters of 16 pixels are 12 points; capitals of this weight are as wide as 0.72 of that at the most
        let wide = 16.0 * 0.72 * f64::from(u32::try_from(self.label.len()).unwrap_or(16)) + 16.0;
        let line = |y: f64| {
            let (left, base, middle) = (end - wide, y + 21.0, end - wide / 2.0);
            format!(
                "<rect x=\"{left}\" y=\"{}\" width=\"{wide}\" height=\"24\" rx=\"3\" fill=\"{ground}\"/>\n\
                 <text x=\"{middle}\" y=\"{base}\" text-anchor=\"middle\" fill=\"{ink}\" font-family=\"sans-serif\" \
                 font-size=\"16\" font-weight=\"700\">{}</text>\n",
                y + 4.0,
                self.label
            )
        };
        let inner = drawing.replacen("<svg ", &format!("<svg y=\"{room}\" "), 1);
        format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {width} {whole}\" width=\"{width}\" \
             height=\"{whole}\">\n{}{inner}{}</svg>\n",
            line(0.0),
            line(room + height)
        )
    }

    /// Its colours as style sheets write them: that of the letters, and that of the ground.
    fn colours(&self) -> [String; 2] {
        [self.ink, self.ground].map(|[r, g, b]| format!("#{r:02x}{g:02x}{b:02x}"))
    }

    /// The style of both ends of a page. On paper the ends are head and foot of a table of one cell, because all browsers repeat
    /// those on every sheet and keep room for them.
    fn sheet(&self) -> String {
        let [ink, ground] = self.colours();
        include_str!("../../templates/marking.css").replace("INK", &ink).replace("GROUND", &ground)
    }
}

/// Where the tag ends that a text begins with: `>` in a quoted value does not end it.
fn tag_end(text: &str) -> Option<usize> {
    let mut quote = None;
    for (at, c) in text.char_indices() {
        match (quote, c) {
            (None, '>') => return Some(at + 1),
            (None, '"' | '\'') => quote = Some(c),
            (Some(open), c) if c == open => quote = None,
            _ => {}
        }
    }
    None
}

/// The length of what stands at the beginning of a text for programs: the block between `---`, or a line that is a comment.
fn front_matter(text: &str) -> usize {
    if text.starts_with("<!--") {
        let line = text.split_inclusive('\n').next().unwrap_or_default();
        return if line.trim_end().ends_with("-->") { line.len() } else { 0 };
    }
    let Some(rest) = text.strip_prefix("---\n") else { return 0 };
    let end = rest.find("\n---\n").map(|at| "---\n".len() + at + "\n---\n".len());
    end.unwrap_or_default()
}
