//! Reading what was kept.

use std::collections::{BTreeMap, HashMap, VecDeque};
use std::io::{self, BufRead as _, BufReader, Read};
use std::sync::Arc;

use foldhash::fast::RandomState;
use jiff::Timestamp;
use probity_diagnostics::{Sha256Digest, TreePath};

use super::{FORM, Half, Head, Standards, half};
use crate::compile::Check;
use crate::verdict::record::Outcome;

/// How many records are looked through for a line that is not the next one.
const WINDOW: usize = 8192;

/// The most that is taken for the length of a text.
const LONGEST: u64 = 16 << 20;

/// What was found by one check.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::verdict) enum Verdict {
    /// The check does not apply.
    NotApplicable,
    /// An outcome and its detail.
    Found(Outcome, Arc<str>),
    /// The evidence was too old; with the detail of that day.
    TooOld(Arc<str>),
}

/// What is known of a line.
#[derive(Debug)]
pub(super) struct Known {
    pub(super) digest: Sha256Digest,
    pub(super) id: String,
    pub(super) name: String,
    pub(super) kind: Arc<str>,
    pub(super) collected: Timestamp,
    /// Where its checks look at others: halves of the digests of their ids, and the digest over all their lines.
    pub(super) others: Option<(Box<[Half]>, Half)>,
    /// By the numbers that checks have now.
    pub(super) verdicts: Vec<(usize, Verdict)>,
}

/// What was kept of an evidence file, read in step with it.
pub(in crate::verdict) struct Before {
    input: BufReader<Box<dyn Read + Send>>,
    details: Vec<Arc<str>>,
    /// Types, with the numbers that their checks have now.
    kinds: Vec<(Arc<str>, Vec<Option<usize>>)>,
    /// Records that were read and not taken yet, by the digest of the line.
    window: HashMap<Half, Known, RandomState>,
    /// In the order in which they were read.
    order: VecDeque<Half>,
    ended: bool,
}

impl Before {
    /// What was kept of the file at `source`; none where it is of another form, of another vocabulary, or damaged.
    pub(in crate::verdict) fn open(
        standards: &Standards<'_>,
        source: &TreePath,
        checks: &[Check],
    ) -> Option<Self> {
        if !is_whole(standards.shelf.open(source)?) {
            return None;
        }
        let mut input = BufReader::with_capacity(1 << 16, standards.shelf.open(source)?);
        let mut line = Vec::new();
        input.read_until(b'\n', &mut line).ok()?;
        let head: Head = serde_json::from_slice(&line).ok()?;
        if head.form != FORM || head.ontology != standards.ontology {
            return None;
        }
        let names: BTreeMap<&str, usize> =
            checks.iter().enumerate().map(|(number, check)| (check.name.as_str(), number)).collect();
        let numbers = standards.numbers(&head, &names);
        let number = |index: &usize| numbers.get(*index).copied().flatten();
        let kinds = head.kinds.iter();
        let kinds =
            kinds.map(|(name, checks)| (Arc::from(name.as_str()), checks.iter().map(number).collect()));
        Some(Self {
            input,
            details: Vec::new(),
            kinds: kinds.collect(),
            window: HashMap::default(),
            order: VecDeque::new(),
            ended: false,
        })
    }

    /// What is known of a line with that digest, where it stands about where it stood.
    pub(super) fn take(&mut self, line: &Half) -> Option<Known> {
        if let Some(known) = self.window.remove(line) {
            return Some(known);
        }
        if self.window.len() >= WINDOW {
            // lines that are gone make room, one for each that is new
            while let Some(oldest) = self.order.pop_front() {
                if self.window.remove(&oldest).is_some() {
                    break;
                }
            }
        }
        while !self.ended && self.window.len() < WINDOW {
            match self.record() {
                Ok(Some((found, known))) if found == *line => return Some(known),
                Ok(Some((found, known))) => {
                    self.window.insert(found, known);
                    self.order.push_back(found);
                }
                Ok(None) | Err(_) => self.ended = true,
            }
        }
        None
    }

    fn record(&mut self) -> io::Result<Option<(Half, Known)>> {
        if self.bytes::<1>()? != [1] {
            return Ok(None);
        }
        let line: Half = self.bytes()?;
        let digest = Sha256Digest::from_bytes(self.bytes()?);
        let id = self.text()?;
        let name = if self.bytes::<1>()? == [0] { id.clone() } else { self.text()? };
        let kind = self.number()?;
        let seconds = i64::from_le_bytes(self.bytes()?);
        let nanoseconds = i32::from_le_bytes(self.bytes()?);
        let collected = Timestamp::new(seconds, nanoseconds).map_err(|_| wrong())?;
        let others = match self.number()? {
            0 => None,
            count => {
                let halves = (1..count).map(|_| self.bytes()).collect::<io::Result<Box<[Half]>>>()?;
                Some((halves, self.bytes()?))
            }
        };
        let place = usize::try_from(kind).map_err(|_| wrong())?;
        let (kind, checks) = self.kinds.get(place).cloned().ok_or_else(wrong)?;
        let mut verdicts = Vec::with_capacity(checks.len());
        for check in checks {
            let verdict = self.verdict()?;
            verdicts.extend(check.zip(verdict));
        }
        Ok(Some((line, Known { digest, id, name, kind, collected, others, verdicts })))
    }

    fn verdict(&mut self) -> io::Result<Option<Verdict>> {
        let code = match self.number()? {
            0 => return Ok(Some(Verdict::NotApplicable)),
            1 => return Ok(None),
            code => code - 2,
        };
        let detail = usize::try_from(code >> 3).map_err(|_| wrong())?;
        if detail == self.details.len() {
            let text = self.text()?;
            self.details.push(Arc::from(text));
        }
        let detail = self.details.get(detail).cloned().ok_or_else(wrong)?;
        let outcome = usize::try_from(code & 7).ok().and_then(|number| Outcome::ALL.get(number));
        Ok(Some(
            outcome
                .map_or_else(|| Verdict::TooOld(detail.clone()), |one| Verdict::Found(*one, detail.clone())),
        ))
    }

    fn bytes<const N: usize>(&mut self) -> io::Result<[u8; N]> {
        let mut bytes = [0; N];
        self.input.read_exact(&mut bytes)?;
        Ok(bytes)
    }

    /// A number in groups of seven bits, the lowest first.
    fn number(&mut self) -> io::Result<u64> {
        let mut number = 0;
        for shift in (0..63).step_by(7) {
            let [byte] = self.bytes()?;
            number |= u64::from(byte & 0x7f) << shift;
            if byte < 0x80 {
                return Ok(number);
            }
        }
        Err(wrong())
    }

    fn text(&mut self) -> io::Result<String> {
        let length = self.number()?;
        if length > LONGEST {
            return Err(wrong());
        }
        let mut text = String::new();
        let read = self.input.by_ref().take(length).read_to_string(&mut text)?;
        if u64::try_from(read).ok() == Some(length) { Ok(text) } else { Err(wrong()) }
    }
}

fn wrong() -> io::Error {
    io::Error::from(io::ErrorKind::InvalidData)
}

/// Whether a file ends with the digest of all that stands before.
fn is_whole(mut input: Box<dyn Read + Send>) -> bool {
    let mut writer = probity_diagnostics::DigestWriter::new(io::sink());
    let mut held: Vec<u8> = Vec::new();
    let mut piece = vec![0; 1 << 16];
    loop {
        let Ok(read) = input.read(&mut piece) else { return false };
        let Some(bytes) = piece.get(..read).filter(|bytes| !bytes.is_empty()) else { break };
        held.extend_from_slice(bytes);
        let ready = held.len().saturating_sub(32);
        if io::Write::write_all(&mut writer, held.get(..ready).unwrap_or_default()).is_err() {
            return false;
        }
        held.drain(..ready);
    }
    held.as_slice() == writer.digest().as_bytes()
}

/// The digest over the lines of a resource and of those that it refers to.
pub(super) fn over(line: &Sha256Digest, others: &[(Half, Option<Sha256Digest>)]) -> Half {
    let mut whole = line.as_bytes().to_vec();
    for (id, digest) in others {
        whole.extend_from_slice(id);
        whole.push(u8::from(digest.is_some()));
        whole.extend_from_slice(digest.map_or([0; 32], |digest| *digest.as_bytes()).as_slice());
    }
    half(&whole)
}
