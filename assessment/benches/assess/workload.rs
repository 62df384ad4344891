//! What is assessed: forty metrics of the content, and resources of eight types to each of which five of them apply.
//!
//! A tenth of the lines are machines, and each of them refers to a disk that stands elsewhere in the file. Half of the
//! verdicts fail: the verdict of each check turns with one bit of the number of its line.

use std::io::Write as _;
use std::path::Path;

use jiff::Timestamp;
use probity_diagnostics::write_atomically;
use probity_evidence::{Begin, EvidenceWriter, Resource, ServiceState, TypeName};
use serde_json::{Value, json};

/// Types with the metrics that apply to each.
pub(crate) const METRICS: [(&str, [&str; 5]); 8] = [
    (
        "VirtualMachine",
        [
            "automatic-updates-enabled",
            "malware-threats-resolved",
            "boot-logging-enabled",
            "secure-boot-enabled",
            "virtual-machine-disks-encrypted",
        ],
    ),
    (
        "BlockStorage",
        [
            "at-rest-encryption-enabled",
            "data-stored-in-europe",
            "backup-frequency",
            "backup-retention",
            "backup-recent-success",
        ],
    ),
    (
        "Identity",
        [
            "access-key-age",
            "inactive-identities-disabled",
            "multi-factor-authentication-enforced",
            "permissions-through-roles",
            "single-sign-on-enforced",
        ],
    ),
    (
        "Container",
        [
            "container-not-privileged",
            "container-resource-limits",
            "container-root-filesystem-read-only",
            "container-runs-as-non-root",
            "container-seccomp-profile",
        ],
    ),
    (
        "CodeRepository",
        [
            "changes-reviewed",
            "force-push-refused",
            "rescans-regular",
            "reviewed-changes-share",
            "signed-commits-enforced",
        ],
    ),
    (
        "Key",
        [
            "credentials-expire",
            "key-algorithm-approved",
            "key-rotation-interval",
            "keys-hardware-protected",
            "keys-not-exportable",
        ],
    ),
    (
        "LoadBalancer",
        [
            "ddos-protection-enabled",
            "transport-encryption-cipher-suites",
            "transport-encryption-enforced",
            "transport-encryption-protocol-version",
            "zone-redundancy",
        ],
    ),
    (
        "PolicyDocument",
        [
            "access-policy-models",
            "incident-policy-team",
            "network-policy-attacks",
            "policies-reviewed",
            "policy-review-interval",
        ],
    ),
];

/// The type of each line of a turn.
const TYPES: [&str; 10] = [
    "VirtualMachine",
    "BlockStorage",
    "BlockStorage",
    "Identity",
    "Container",
    "Container",
    "CodeRepository",
    "Key",
    "LoadBalancer",
    "PolicyDocument",
];

/// Namespace of the props that name metrics.
const RULES: &str = "https://oscal-compass.github.io/compliance-trestle/schemas/oscal/cd";

/// When all of it was collected.
pub(crate) const COLLECTED: &str = "2026-11-01T10:00:00Z";
/// When it is judged.
pub(crate) const AS_OF: &str = "2026-11-01T12:00:00Z";

/// Writes an evidence set of `lines` resources.
pub(crate) fn write(lines: usize, file: &Path) -> Result<(), String> {
    let mut writer = EvidenceWriter::new(Begin::new(
        "bench",
        "1",
        "account/123456789012",
        "https://w3id.org/probity/ontology/1",
    ));
    for number in 0..lines {
        writer.resource(&resource(number, lines)?);
    }
    writer.service("inventory", ServiceState::Complete, &TYPES);
    write_atomically(file, |out| writer.finish(out)).map_err(|error| error.to_string())
}

/// Writes a project whose catalog has a control for each type, mapped to the metrics of the type; it reads `evidence.jsonl`
/// in its folder.
pub(crate) fn project(folder: &Path) -> Result<(), String> {
    let metadata =
        || json!({"title": "Benchmark", "last-modified": AS_OF, "version": "1", "oscal-version": "1.2.2"});
    let mut uuids = (1..).map(|number: u32| format!("00000000-0000-4000-8000-{number:012}"));
    let mut uuid = || uuids.next().unwrap_or_default();
    let id = |kind: &str| kind.to_lowercase();
    let controls = METRICS.map(|(kind, _)| {
        let statement = json!({"id": format!("{}_smt", id(kind)), "name": "statement", "prose": format!("{kind} is in order.")});
        json!({"id": id(kind), "title": kind, "parts": [statement]})
    });
    let requirements = METRICS.map(|(kind, metrics)| {
        let rule = |metric| json!({"name": "Rule_Id", "ns": RULES, "value": metric, "remarks": "The benchmark asks for it."});
        let rules = metrics.map(rule);
        json!({"uuid": uuid(), "control-id": id(kind), "description": "Mapped for the benchmark.", "props": rules})
    });
    let implementation = json!({
        "uuid": uuid(), "source": "../catalogs/bench.yaml", "description": "All controls.",
        "implemented-requirements": requirements,
    });
    let component = json!({
        "uuid": uuid(), "type": "policy", "title": "Benchmark", "description": "All controls.",
        "control-implementations": [implementation],
    });
    let imports = json!([{"href": "../catalogs/bench.yaml", "include-all": {}}]);
    let config = "[system]\nname = \"Bench\"\n\n[[source]]\nname = \"bench\"\nevidence = \"evidence.jsonl\"\n\n\
                  [[assessment]]\nname = \"bench\"\nprofile = \"profiles/bench.yaml\"\n\
                  mappings = [\"mappings/bench.yaml\"]\n";
    let files = [
        ("probity.toml", config.to_owned()),
        ("catalogs/bench.yaml", json!({"catalog": {"uuid": uuid(), "metadata": metadata(), "controls": controls}}).to_string()),
        ("profiles/bench.yaml", json!({"profile": {"uuid": uuid(), "metadata": metadata(), "imports": imports}}).to_string()),
        (
            "mappings/bench.yaml",
            json!({"component-definition": {"uuid": uuid(), "metadata": metadata(), "components": [component]}}).to_string(),
        ),
    ];
    for (name, text) in files {
        let file = folder.join(name);
        std::fs::create_dir_all(file.parent().unwrap_or(folder)).map_err(|error| error.to_string())?;
        write_atomically(&file, |out| out.write_all(text.as_bytes()))
            .map_err(|error| format!("{}: {error}", file.display()))?;
    }
    Ok(())
}

/// The resource on line `number` of `lines`.
pub(crate) fn resource(number: usize, lines: usize) -> Result<Resource, String> {
    let turn = Turn(number / TYPES.len());
    let (kind, mut properties) = match number % TYPES.len() {
        0 => ("VirtualMachine", turn.machine(lines)),
        1 | 2 => ("BlockStorage", turn.disk()),
        3 => ("Identity", turn.identity()),
        4 | 5 => ("Container", turn.container()),
        6 => ("CodeRepository", turn.repository()),
        7 => ("Key", turn.key()),
        8 => ("LoadBalancer", turn.load_balancer()),
        _ => ("PolicyDocument", turn.policy()),
    };
    if let Some(members) = properties.as_object_mut() {
        let labels = json!({"team": "production", "cost-centre": (number % 97).to_string()});
        members.insert("labels".to_owned(), labels);
        let parent = format!("account/123456789012/group-{}", number % 41);
        members.insert("parentId".to_owned(), parent.into());
    }
    Ok(Resource {
        id: id(kind, number),
        name: format!("{}-{number}", kind.to_lowercase()),
        resource_type: TypeName::from(kind),
        properties: properties.as_object().cloned().unwrap_or_default(),
        collected: COLLECTED.parse::<Timestamp>().map_err(|error| error.to_string())?,
        scope: "account/123456789012".to_owned(),
        related: Vec::new(),
    })
}

fn id(kind: &str, number: usize) -> String {
    format!("arn:cloud:{}:eu-central-1:123456789012:resource/r-{number:017x}", kind.to_lowercase())
}

/// How often each type came before: its bits say what is good and what is not.
#[derive(Clone, Copy)]
struct Turn(usize);

impl Turn {
    fn good(self, bit: usize) -> bool {
        (self.0 >> bit).is_multiple_of(2)
    }

    fn either<T>(self, bit: usize, good: T, bad: T) -> T {
        if self.good(bit) { good } else { bad }
    }

    /// So many days in seconds.
    fn days(self, bit: usize, good: u64, bad: u64) -> u64 {
        86_400 * self.either(bit, good, bad)
    }

    /// A machine with a disk that stands elsewhere in the file.
    fn machine(self, lines: usize) -> Value {
        let turns = (lines / TYPES.len()).max(1);
        let disk = (self.0 * 37 + 11) % turns * TYPES.len() + 1;
        json!({
            "automaticUpdates": {"enabled": self.good(0), "interval": 604_800},
            "malwareProtection": {"enabled": true, "threatsFound": self.either(1, 0, 3)},
            "bootLogging": {"enabled": self.good(2), "retentionPeriod": 7_776_000},
            "secureBoot": {"enabled": self.good(3)},
            "blockStorageIds": [id("BlockStorage", disk)],
        })
    }

    fn disk(self) -> Value {
        json!({
            "atRestEncryption": {"enabled": self.good(0), "algorithm": "AES-256", "keyManagement": "provider"},
            "geoLocation": {"country": self.either(1, "DE", "US"), "region": "central-1"},
            "backups": [{
                "enabled": true,
                "interval": self.days(2, 1, 7),
                "retentionPeriod": self.days(3, 90, 7),
                "timeSinceSuccess": self.days(4, 1, 9),
            }],
        })
    }

    fn identity(self) -> Value {
        json!({
            "enabled": true, "interactive": true, "rootUser": false,
            "accessKeys": [{"enabled": true, "age": self.days(0, 20, 400)}],
            "inactiveDuration": self.days(1, 3, 300),
            "multiFactorAuthentication": {"enforced": self.good(2)},
            "directPermissions": self.either(3, 0, 4),
            "singleSignOn": {"enforced": self.good(4)},
        })
    }

    fn container(self) -> Value {
        json!({
            "isolation": {
                "privileged": !self.good(0),
                "readOnlyRootFilesystem": self.good(2),
                "runAsNonRoot": self.good(3),
                "seccompProfile": self.either(4, "RuntimeDefault", "Unconfined"),
            },
            "resourceLimits": {
                "cpuLimit": 0.5,
                "memoryLimit": self.either(1, Value::from(268_435_456), Value::Null),
            },
            "image": {"registry": "registry.example", "tag": "1.27.3"},
        })
    }

    fn repository(self) -> Value {
        json!({
            "branchProtection": {
                "enabled": true,
                "requiredReviewers": self.either(0, 2, 0),
                "forcePush": !self.good(1),
            },
            "vulnerabilityScanning": {"enabled": true, "interval": self.days(2, 1, 30)},
            "reviewedChanges": self.either(3, 97.5, 12.5),
            "signedCommits": {"enforced": self.good(4)},
        })
    }

    fn key(self) -> Value {
        json!({
            "enabled": true, "managed": false,
            "algorithm": self.either(0, "RSA", "DSA"),
            "keySize": 4096,
            "rotation": {"enabled": true, "interval": self.days(1, 90, 900)},
            "expirationDate": self.either(2, Value::from("2027-01-01T00:00:00Z"), Value::Null),
            "hardwareProtected": self.good(3),
            "exportable": !self.good(4),
        })
    }

    fn load_balancer(self) -> Value {
        json!({
            "internetAccessible": true,
            "ddosProtection": {"enabled": self.good(0)},
            "transportEncryption": {
                "enabled": true,
                "protocol": "TLS",
                "cipherSuites": [
                    "TLS_AES_256_GCM_SHA384",
                    self.either(1, "TLS_AES_128_GCM_SHA256", "TLS_RSA_WITH_3DES_EDE_CBC_SHA"),
                ],
                "enforced": self.good(2),
                "protocolVersion": self.either(3, "1.3", "1.0"),
            },
            "redundancy": {"scope": self.either(4, "zone", "none")},
        })
    }

    fn policy(self) -> Value {
        json!({
            "topics": ["access-control", "incident-response", "network-security"],
            "authorizationModels": [self.either(0, "RBAC", "DAC")],
            "responsibleTeam": self.either(1, "Security operations", ""),
            "coveredAttackTypes": ["denial-of-service", self.either(2, "eavesdropping", "spoofing")],
            "approved": true,
            "timeSinceReview": self.days(3, 100, 800),
            "reviewInterval": self.days(4, 180, 1500),
        })
    }
}
