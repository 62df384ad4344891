//! Input that was made to do harm: a finding, never a panic.

use probity_discovery::Input;
use rstest::rstest;

use crate::scan::{scan, tree};

fn findings_of(text: impl Into<Vec<u8>>) -> Vec<&'static str> {
    let input = Input::Bytes { name: "input.yaml".to_owned(), bytes: text.into() };
    let (_, step) = scan(&tree("none", ""), &[input]);
    match step {
        Ok(done) => done.warnings.iter().map(|d| d.code.id).collect(),
        Err(findings) => findings.iter().map(|d| d.code.id).collect(),
    }
}

#[rstest]
#[case::lists("[")]
#[case::mappings("{a: ")]
fn deep_nesting(#[case] opening: &str) {
    assert_eq!(findings_of(opening.repeat(10_000)), ["PB0008"]);
}

#[test]
fn a_huge_text() {
    let text = format!(
        "apiVersion: v1\nkind: ConfigMap\nmetadata: {{name: a}}\ndata: {{a: {}}}\n",
        "x".repeat(8 << 20)
    );
    assert_eq!(findings_of(text), [""; 0]);
}

#[test]
fn more_bytes_than_the_limit() {
    assert_eq!(findings_of(vec![b'x'; (64 << 20) + 1]), ["PB0003"]);
}

#[test]
fn arbitrary_bytes() {
    let mut state = 7_u32;
    for length in 0..400 {
        let bytes: Vec<u8> = (0..length)
            .map(|_| {
                state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
                b":-{}[],&*!|>'\"%@`#? \n\taz0\0\xff"
                    .get((state >> 16) as usize % 28)
                    .copied()
                    .unwrap_or(b'x')
            })
            .collect();
        findings_of(bytes);
    }
}

/// Every value of an object replaced by one of another type, one at a time.
#[test]
fn every_field_of_another_type() {
    let text = String::from_utf8(crate::scan::own_file("../content/examples/kubernetes/shop.yaml")).unwrap();
    let lines: Vec<&str> = text.lines().collect();
    for (index, line) in lines.iter().enumerate() {
        let Some((key, _)) = line.split_once(": ") else { continue };
        for other in ["[7]", "{a: {b: c}}", "-1"] {
            let changed = format!("{key}: {other}");
            let mut all = lines.clone();
            all[index] = &changed;
            findings_of(all.join("\n"));
        }
    }
}
