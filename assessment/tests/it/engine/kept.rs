//! What is kept between runs: verdicts are the same with it and without, whatever changed, and only what changed is asked.

use std::collections::BTreeMap;
use std::io::{self, Cursor, Read, Write};
use std::sync::Mutex;

use jiff::{Timestamp, ToSpan as _};
use probity_assessment::compile::{CheckName, Compiled, Metric, compile_metrics};
use probity_assessment::verdict::{AssessInput, Assessed, Shelf, Waiver, assess};
use probity_diagnostics::{FileTree as _, MemoryTree, TreePath};
use uuid::Uuid;

use super::content::{CONTENT, path};

/// A shelf in memory.
#[derive(Default)]
struct Kept(Mutex<BTreeMap<TreePath, Vec<u8>>>);

impl Shelf for Kept {
    fn open(&self, source: &TreePath) -> Option<Box<dyn Read + Send>> {
        let bytes = self.0.lock().unwrap().get(source)?.clone();
        Some(Box::new(Cursor::new(bytes)))
    }

    fn keep(&self, source: &TreePath, fill: &mut dyn FnMut(&mut dyn Write) -> io::Result<()>) {
        let mut bytes = Vec::new();
        fill(&mut bytes).unwrap();
        self.0.lock().unwrap().insert(source.clone(), bytes);
    }
}

/// The evidence, metrics, waivers and instant of a run.
#[derive(Clone)]
struct Case {
    sets: BTreeMap<TreePath, Vec<String>>,
    metrics: Vec<Metric>,
    waivers: Vec<Waiver>,
    as_of: Timestamp,
}

impl Case {
    fn hyperiot() -> Self {
        let lines = |name: &str| {
            let file = path(&format!("examples/hyperiot/evidence/{name}.jsonl"));
            let text = String::from_utf8(CONTENT.tree.read(&file, 1 << 24).unwrap()).unwrap();
            // without their digests, so that lines may be changed
            let bare = |line: &str| match line.rsplit_once(",\"digest\":\"") {
                Some((before, _)) => format!("{before}}}"),
                None => line.to_owned(),
            };
            (file, text.lines().map(bare).collect())
        };
        // a part of them, so that compiling takes no time; those that the tests name are among them
        let named = [
            "at-rest-encryption-enabled",
            "key-rotation-interval",
            "password-minimum-length",
            "virtual-machine-disks-encrypted",
        ];
        let is_taken = |(number, metric): &(usize, &Metric)| {
            number.is_multiple_of(8) || named.contains(&metric.name.as_str())
        };
        Self {
            sets: ["aws", "azure", "kubernetes"].map(lines).into(),
            metrics: CONTENT
                .metrics
                .iter()
                .enumerate()
                .filter(is_taken)
                .map(|(_, metric)| metric.clone())
                .collect(),
            waivers: Vec::new(),
            as_of: "2026-11-01T12:00:00Z".parse().unwrap(),
        }
    }

    fn compiled(&self) -> Compiled {
        compile_metrics(&self.metrics, &CONTENT.ontology, &CONTENT.library).unwrap().value
    }

    fn assessed(&self, compiled: &Compiled, shelf: Option<&dyn Shelf>) -> Assessed {
        let mut tree = MemoryTree::new();
        for (file, lines) in &self.sets {
            tree.insert(file.clone(), (lines.join("\n") + "\n").into_bytes());
        }
        assess(&AssessInput {
            assessment: "hyperiot",
            compiled,
            ontology: &CONTENT.ontology,
            tree: &tree,
            sources: &self.sets.keys().cloned().collect::<Vec<_>>(),
            as_of: self.as_of,
            waivers: &self.waivers,
            threads: Some(2),
            shelf,
            progress: &|_| {},
        })
    }

    /// Changes something: evidence, a target value, an accepted risk or the instant.
    fn change(&mut self, random: &mut Random) {
        let set = random.below(self.sets.len());
        let lines = self.sets.values_mut().nth(set).unwrap();
        let line = 1 + random.below(lines.len() - 2);
        match random.below(9) {
            0 => drop(lines.remove(line)),
            1 => {
                let other =
                    lines[line].replacen("\"id\":\"", &format!("\"id\":\"{}-", random.below(1000)), 1);
                lines.insert(line, other);
            }
            2 => {
                let moved = lines.remove(line);
                let place = 1 + random.below(lines.len() - 1);
                lines.insert(place, moved);
            }
            3 => lines[line] = lines[line].replacen("true", "false", 1 + random.below(2)),
            4 => lines[line] = lines[line].replacen("false", "true", 1),
            5 => {
                lines[line] = lines[line].replace("\"collected\":\"2026-11-01", "\"collected\":\"2026-10-30");
            }
            6 => self.as_of += i64::try_from(random.below(90)).unwrap().hours(),
            7 => {
                let metric = random.below(self.metrics.len());
                let numbers = |text: &String| text.parse::<u32>().is_ok();
                let metric = &mut self.metrics[metric];
                if metric.target_value.iter().all(numbers) && metric.target_value.len() == 1 {
                    metric.target_value = vec![random.below(30).to_string()];
                } else {
                    metric.max_age = Some(i64::try_from(3600 + random.below(400_000)).unwrap());
                }
            }
            _ => {
                let metric = self.metrics[random.below(self.metrics.len())].name.as_str().to_owned();
                let deadline = self.as_of + i64::try_from(random.below(100)).unwrap().hours();
                self.waivers.push(Waiver { risk: Uuid::from_u128(7), metric, resources: None, deadline });
            }
        }
    }
}

/// Numbers that are the same in every run.
struct Random(u64);

impl Random {
    fn below(&mut self, limit: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap() % limit.max(1)
    }
}

#[track_caller]
fn assert_same(with: &Assessed, without: &Assessed) {
    assert!(with.verdicts.iter().map(|one| one.record()).eq(without.verdicts.iter().map(|one| one.record())));
    assert_eq!(with.findings, without.findings);
    assert_eq!(with.sets, without.sets);
    assert_eq!(with.verdicts.sources, without.verdicts.sources);
    assert_eq!(with.verdicts.resources, without.verdicts.resources);
}

#[test]
fn verdicts_are_those_of_a_clean_run_after_any_changes() {
    for seed in 0..3 {
        let mut random = Random(seed);
        let (kept, mut case) = (Kept::default(), Case::hyperiot());
        for _ in 0..8 {
            for _ in 0..random.below(5) {
                case.change(&mut random);
            }
            let compiled = case.compiled();
            assert_same(&case.assessed(&compiled, Some(&kept)), &case.assessed(&compiled, None));
        }
    }
}

#[test]
fn only_what_changed_is_asked() {
    let (kept, mut case) = (Kept::default(), Case::hyperiot());
    let compiled = case.compiled();
    let first = case.assessed(&compiled, Some(&kept));
    assert!(first.asked.len() > 20 && first.asked.values().sum::<u64>() > 100, "{:?}", first.asked);
    assert_eq!(case.assessed(&compiled, Some(&kept)).asked, BTreeMap::new());

    // one line: the checks of its type, each about this resource
    let lines = case.sets.get_mut(&path("examples/hyperiot/evidence/aws.jsonl")).unwrap();
    let policy = lines.iter_mut().find(|line| line.contains("\"type\":\"PasswordPolicy\"")).unwrap();
    *policy = policy.replace("\"minimumLength\":14", "\"minimumLength\":8");
    let asked = case.assessed(&compiled, Some(&kept)).asked;
    assert!(asked.keys().any(|check| check.as_str() == "password-minimum-length"), "{asked:?}");
    // nothing refers to it but what looks at it as well
    assert!(asked.values().sum::<u64>() < 40, "{asked:?}");

    // one metric: its check alone, about every resource of its types
    let metric =
        case.metrics.iter_mut().find(|metric| metric.name.as_str() == "key-rotation-interval").unwrap();
    metric.target_value = vec!["P7D".to_owned()];
    let compiled = case.compiled();
    let asked = case.assessed(&compiled, Some(&kept)).asked;
    let names: Vec<&str> = asked.keys().map(CheckName::as_str).collect();
    assert_eq!(names, ["key-rotation-interval"]);

    // one machine's disk: the disk, and the machine whose checks look at it
    let lines = case.sets.get_mut(&path("examples/hyperiot/evidence/aws.jsonl")).unwrap();
    let disk = lines.iter_mut().find(|line| line.contains("\"type\":\"BlockStorage\"")).unwrap();
    *disk = disk.replacen("\"collected\":\"2026-11-01T09", "\"collected\":\"2026-11-01T08", 1);
    let asked = case.assessed(&compiled, Some(&kept)).asked;
    let of = |name: &str| asked.iter().find(|(check, _)| check.as_str() == name).map(|(_, count)| *count);
    assert_eq!(of("at-rest-encryption-enabled"), Some(1), "{asked:?}");
    assert_eq!(of("virtual-machine-disks-encrypted"), Some(1), "{asked:?}");
    assert_eq!(of("password-minimum-length"), None);
}

#[test]
fn what_is_damaged_or_of_another_version_is_not_believed() {
    let (kept, case) = (Kept::default(), Case::hyperiot());
    let compiled = case.compiled();
    let first = case.assessed(&compiled, Some(&kept));
    let whole = kept.0.lock().unwrap().clone();
    let file = path("examples/hyperiot/evidence/aws.jsonl");
    let damage: [fn(&mut Vec<u8>); 4] = [
        |bytes| bytes.truncate(bytes.len() / 2),
        |bytes| *bytes.last_mut().unwrap() ^= 1,
        |bytes| {
            let middle = bytes.len() / 2;
            bytes[middle] ^= 1;
        },
        Vec::clear,
    ];
    for damage in damage {
        let mut files = whole.clone();
        damage(files.get_mut(&file).unwrap());
        let kept = Kept(Mutex::new(files));
        let again = case.assessed(&compiled, Some(&kept));
        assert_same(&again, &first);
        assert!(!again.asked.is_empty());
        assert_eq!(*kept.0.lock().unwrap(), whole, "what is kept is the same again");
    }
}
