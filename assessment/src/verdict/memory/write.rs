//! Writing what was found.

use std::collections::{BTreeMap, HashMap};
use std::io::{self, Write};

use foldhash::fast::RandomState;
use probity_diagnostics::{DigestWriter, TreePath};
use probity_evidence::TypeName;

use super::{FORM, Half, Head, Standards};
use crate::verdict::assess::Noted;
use crate::verdict::judge::Bench;
use crate::verdict::kinds::Kind;
use crate::verdict::loose::{Gathered, Gathering};
use crate::verdict::record::Outcome;

/// Keeps what was found in the file with the number `source`, at `path`.
pub(in crate::verdict) fn write(
    standards: &Standards<'_>,
    (source, path): (u32, &TreePath),
    bench: &Bench<'_>,
    kinds: &BTreeMap<TypeName, Kind>,
    (gathering, noted): (&Gathering, &Noted),
) {
    let is_kept = |check: &usize| standards.checks.get(*check).is_some_and(Option::is_some);
    let of_kind = |kind: &Kind| kind.checks.iter().copied().filter(is_kept).collect::<Vec<_>>();
    let named = bench.checks.iter().zip(&standards.checks);
    let head = Head {
        form: FORM.to_owned(),
        ontology: standards.ontology.clone(),
        checks: named
            .map(|(check, digest)| (check.name.as_str().to_owned(), digest.clone().unwrap_or_default()))
            .collect(),
        kinds: kinds.values().map(|kind| (kind.name.to_string(), of_kind(kind))).collect(),
    };
    let places: BTreeMap<&str, (usize, &[usize])> = head
        .kinds
        .iter()
        .enumerate()
        .map(|(place, (name, checks))| (name.as_str(), (place, checks.as_slice())))
        .collect();
    standards.shelf.keep(path, &mut |out| {
        let buffered = io::BufWriter::with_capacity(1 << 16, out);
        let mut pen = Pen { out: DigestWriter::new(buffered), details: HashMap::default() };
        serde_json::to_writer(&mut pen.out, &head)?;
        pen.out.write_all(b"\n")?;
        for (number, gathered) in gathering.of_source(source) {
            let line = noted.lines.get(number).zip(places.get(gathered.subject.kind()));
            if let Some((line, (kind, checks))) = line {
                let others = u32::try_from(number).ok().and_then(|number| noted.others.get(&number));
                pen.record(line, gathered, others, *kind)?;
                pen.verdicts(bench, gathering, gathered, checks)?;
            }
        }
        pen.out.write_all(&[0])?;
        let (mut out, digest) = pen.out.into_parts();
        out.write_all(digest.as_bytes())?;
        out.flush()
    });
}

struct Pen<W> {
    out: DigestWriter<W>,
    /// Places of details in the file, by their place in memory.
    details: HashMap<u32, u64, RandomState>,
}

impl<W: Write> Pen<W> {
    fn record(
        &mut self,
        line: &Half,
        gathered: &Gathered,
        others: Option<&(Box<[Half]>, Half)>,
        kind: usize,
    ) -> io::Result<()> {
        let subject = &gathered.subject;
        self.out.write_all(&[1])?;
        self.out.write_all(line)?;
        self.out.write_all(subject.digest.as_bytes())?;
        self.text(subject.id())?;
        if subject.name() == subject.id() {
            self.out.write_all(&[0])?;
        } else {
            self.out.write_all(&[1])?;
            self.text(subject.name())?;
        }
        self.number(count(kind))?;
        self.out.write_all(&subject.collected.as_second().to_le_bytes())?;
        self.out.write_all(&subject.collected.subsec_nanosecond().to_le_bytes())?;
        let Some((halves, over)) = others else { return self.number(0) };
        self.number(count(halves.len()) + 1)?;
        halves.iter().try_for_each(|half| self.out.write_all(half))?;
        self.out.write_all(over)
    }

    fn verdicts(
        &mut self,
        bench: &Bench<'_>,
        gathering: &Gathering,
        gathered: &Gathered,
        checks: &[usize],
    ) -> io::Result<()> {
        let mut rows = gathering.rows_of(gathered).peekable();
        for number in checks {
            while rows.next_if(|(check, _)| check < number).is_some() {}
            let Some((_, found)) = rows.next_if(|(check, _)| check == number) else {
                self.number(0)?;
                continue;
            };
            let too_old = bench
                .checks
                .get(*number)
                .is_some_and(|check| bench.is_stale(check, gathered.subject.collected));
            let outcome = match found.outcome() {
                Outcome::Error if !too_old => {
                    self.number(1)?;
                    continue;
                }
                _ if too_old => 7,
                outcome => count(Outcome::ALL.iter().position(|one| *one == outcome).unwrap_or_default()),
            };
            let next = count(self.details.len());
            let place = *self.details.entry(found.detail()).or_insert(next);
            self.number(2 + (place << 3 | outcome))?;
            if place == next {
                self.text(gathering.detail(found))?;
            }
        }
        Ok(())
    }

    fn number(&mut self, mut number: u64) -> io::Result<()> {
        loop {
            let low = u8::try_from(number & 0x7f).unwrap_or_default();
            number >>= 7;
            if number == 0 {
                return self.out.write_all(&[low]);
            }
            self.out.write_all(&[low | 0x80])?;
        }
    }

    fn text(&mut self, text: &str) -> io::Result<()> {
        self.number(count(text.len()))?;
        self.out.write_all(text.as_bytes())
    }
}

fn count(number: usize) -> u64 {
    u64::try_from(number).unwrap_or(u64::MAX)
}
