//! The label on pages: where it goes, and what stays as it was.

use probity_generators::{Marking, Style, html, markdown, pdf, xlsx};

use crate::fixture::report;

const AMBER: Marking = Marking { label: "TLP:AMBER+STRICT", ink: [0xff, 0xc0, 0], ground: [0, 0, 0] };

fn marked() -> Style<'static> {
    Style { marking: Some(AMBER), ..Style::default() }
}

#[test]
fn a_page_is_the_same_but_for_its_label() {
    let (bare, page) = (html(&report(), &Style::default()).unwrap(), html(&report(), &marked()).unwrap());
    assert_eq!(page.matches("TLP:AMBER+STRICT").count(), 2);
    let (before, rest) = page.split_once("<div class=\"marking begins\"").unwrap();
    assert!(before.trim_end().ends_with("<body>"), "nothing stands above the label");
    let (_, rest) = rest.split_once('\n').unwrap();
    let (content, after) = rest.rsplit_once("<div class=\"marking ends\"").unwrap();
    assert!(bare.contains(content), "what is between is as it was");
    assert_eq!(after.split_once('\n').unwrap().1, "</body>\n</html>");
    // the policy of the page names the style that was added, and still the one that was there
    let policy = |page: &str| page.split_once("style-src ").unwrap().1.split_once(';').unwrap().0.to_owned();
    assert_eq!(policy(&page).matches("'sha256-").count(), 2);
    assert!(policy(&page).ends_with(&policy(&bare)));
}

#[test]
fn a_page_without_body_is_refused() {
    for page in ["<p>no page</p>", "<head></head><body>", "<head></head></body>", "<body></body>"] {
        let refused = AMBER.on_html(page).unwrap_err();
        assert_eq!(refused.iter().next().unwrap().code.id, "PB0835", "{page}");
    }
    let page = AMBER.on_html("<html><head></head><body id=\"a>b\">x</body></html>");
    assert!(page.unwrap().contains("<body id=\"a>b\">\n<div class=\"marking begins\""));
}

#[test]
fn text_for_programs_stays_in_front() {
    let text = markdown(&report(), &marked()).unwrap();
    assert!(text.starts_with("**TLP:AMBER+STRICT**\n\n# ") && text.ends_with("\n\n**TLP:AMBER+STRICT**\n"));
    let label = "**TLP:AMBER+STRICT**";
    for (text, made) in [
        ("a\n", format!("{label}\n\na\n\n{label}\n")),
        ("---\ntitle: a\n---\n\n# a\n", format!("---\ntitle: a\n---\n\n{label}\n\n# a\n\n{label}\n")),
        (
            "<!-- probity-review -->\n## a\n",
            format!("<!-- probity-review -->\n\n{label}\n\n## a\n\n{label}\n"),
        ),
        ("---\nno end\n", format!("{label}\n\n---\nno end\n\n{label}\n")),
    ] {
        assert_eq!(AMBER.on_markdown(text), made);
    }
}

#[test]
fn a_drawing_stands_between_two_labels() {
    let made =
        AMBER.on_svg("<svg xmlns=\"a\" viewBox=\"0 0 300 100\" width=\"300\" height=\"100\"><path/></svg>\n");
    assert!(made.starts_with("<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 300 164\""), "{made}");
    assert!(made.contains("<svg y=\"32\" xmlns=\"a\""), "{made}");
    let lines = made.lines().filter(|line| line.contains(">TLP:AMBER+STRICT</text>"));
    assert_eq!(lines.count(), 2, "{made}");
}

#[test]
fn the_same_label_gives_the_same_bytes_and_another_one_others() {
    let red = Style { marking: Some(Marking { label: "TLP:RED", ..AMBER }), ..Style::default() };
    for write in
        [|style: &Style<'_>| pdf(&report(), style), |style: &Style<'_>| xlsx(&report(), style).unwrap()]
    {
        assert_eq!(write(&marked()), write(&marked()));
        assert_ne!(write(&marked()), write(&red));
        assert_ne!(write(&marked()), write(&Style::default()));
    }
}
