//! Documents that come through pipes.

use crate::program::{feed, folder, program, repository};

#[test]
fn documents_of_all_formats_are_filtered_from_standard_input() {
    let place = folder();
    let file = repository("oscal/tests/documents/ferry/catalog.yaml");
    let yaml = std::fs::read(file).unwrap();
    let filtered = |args: &[&str], input: &[u8]| feed(program(place.path(), args), input).exits(0).out;
    let formatted = filtered(&["fmt", "-"], &yaml);
    assert_eq!(filtered(&["fmt", "-"], formatted.as_bytes()), formatted);
    let json = filtered(&["convert", "-", "--to", "json"], &yaml);
    let xml = filtered(&["convert", "-", "--to", "xml"], json.as_bytes());
    assert!(xml.starts_with("<?xml"), "{xml}");
    assert_eq!(filtered(&["convert", "-", "--to", "json", "-q"], xml.as_bytes()), json);
    assert_eq!(filtered(&["fmt", "-"], json.as_bytes()), json);
    assert_eq!(filtered(&["fmt", "-"], xml.as_bytes()), xml);
    let checked = feed(program(place.path(), &["fmt", "--check", "-"]), b"{\"catalog\": {}}").exits(1);
    assert_eq!(checked.out, "stdin\n");
}

#[test]
fn several_formats_of_one_document_stay_equal_through_files() {
    let place = folder();
    let source = repository("oscal/tests/documents/ferry");
    let source = source.to_str().unwrap();
    let run = |args: &[&str]| crate::program::probity(place.path(), args).exits(0);
    run(&["convert", source, "-o", "json", "--to", "json"]);
    run(&["convert", "json", "-o", "xml", "--to", "xml"]);
    run(&["convert", "xml", "-o", "yaml", "--to", "yaml"]);
    run(&["convert", "yaml", "-o", "again", "--to", "json"]);
    for entry in std::fs::read_dir(place.path().join("json")).unwrap() {
        let path = entry.unwrap().path();
        let again = place.path().join("again").join(path.file_name().unwrap());
        assert_eq!(
            std::fs::read_to_string(&path).unwrap(),
            std::fs::read_to_string(again).unwrap(),
            "{}",
            path.display()
        );
    }
    run(&["fmt", "--check", "json", "xml", "yaml"]);
}
