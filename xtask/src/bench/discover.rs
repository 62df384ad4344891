//! Discovery: Probity beside prowler, both reading the same services of the same server, in one run.

use std::fmt::Write as _;
use std::io::{BufRead as _, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use super::cost::{Cost, Measure, succeed};
use crate::schema::files;

/// The peer, as pip knows it.
const PEER: &str = "prowler==5.46.0";
/// The region of everything.
const REGION: &str = "us-east-1";
/// How many times less than the peer it takes.
const RATIO: f64 = 4.0;
/// Memory that Probity may take up.
const MEMORY: u64 = 200 << 20;
/// Machines of the estate.
const MACHINES: usize = 1200;
/// The estate: 1,200 machines in 600 reservations and 300 buckets, half of them as they should be.
const SEED: &str = "import boto3, sys
from concurrent.futures import ThreadPoolExecutor
given = dict(endpoint_url=sys.argv[1], region_name=sys.argv[2])
ec2, s3 = boto3.client('ec2', **given), boto3.client('s3', **given)
def machines(n):
    ec2.run_instances(ImageId='ami-12345678', MinCount=2, MaxCount=2,
                      MetadataOptions={'HttpTokens': 'required' if n % 2 else 'optional'})
def bucket(n):
    name = f'bench-{n:03}'
    s3.create_bucket(Bucket=name)
    if n % 2:
        rule = {'ApplyServerSideEncryptionByDefault': {'SSEAlgorithm': 'AES256'}}
        s3.put_bucket_encryption(Bucket=name, ServerSideEncryptionConfiguration={'Rules': [rule]})
        names = ['BlockPublicAcls', 'IgnorePublicAcls', 'BlockPublicPolicy', 'RestrictPublicBuckets']
        s3.put_public_access_block(Bucket=name, PublicAccessBlockConfiguration=dict.fromkeys(names, True))
    if n % 3 == 0:
        s3.put_bucket_versioning(Bucket=name, VersioningConfiguration={'Status': 'Enabled'})
with ThreadPoolExecutor(4) as pool:
    list(pool.map(machines, range(600)))
    list(pool.map(bucket, range(300)))
";

/// What to run.
#[derive(Debug, clap::Args)]
pub(super) struct Discover {
    /// Set up the peer and the server in folders below `target/` first.
    #[arg(long)]
    install: bool,
    #[command(flatten)]
    measure: Measure,
}

/// Measures and prints the table.
pub(super) fn run(arguments: &Discover) -> Result<Vec<String>, String> {
    let checkout = files::checkout();
    let (peers, moto) = (checkout.join("target/bench-peers/prowler"), checkout.join("target/moto"));
    if arguments.install {
        install(&checkout, &peers, &moto)?;
    }
    let prowler = peers.join("bin/prowler");
    if !prowler.exists() || !moto.exists() {
        return Err("prowler and moto are not installed: run with --install".to_owned());
    }
    let probity = arguments.measure.program(&checkout)?;
    let scratch = checkout.join("target/bench-discover");
    let _ = std::fs::remove_dir_all(&scratch);
    std::fs::create_dir_all(&scratch).map_err(|error| format!("{}: {error}", scratch.display()))?;
    let server = Server::start(&checkout, &moto)?;
    succeed(server.python().args(["-c", SEED, &server.url, REGION]))?;
    let bench = Bench { probity, prowler, server, scratch };
    let costs = arguments.measure.each(|_| bench.ours())?;
    // it runs once: it takes more than a minute
    table(&costs, bench.theirs()?)
}

fn install(checkout: &Path, peers: &Path, moto: &Path) -> Result<(), String> {
    succeed(Command::new("python3").args(["-m", "venv"]).arg(peers))?;
    let pip = ["-m", "pip", "install", "--quiet", "--disable-pip-version-check", PEER];
    succeed(Command::new(peers.join("bin/python")).args(pip))?;
    succeed(Command::new("sh").arg(checkout.join("discovery/tests/moto/install.sh")).arg(moto))
}

/// The server, which ends with its standard input.
struct Server {
    child: Child,
    url: String,
    moto: PathBuf,
}

impl Server {
    fn start(checkout: &Path, moto: &Path) -> Result<Self, String> {
        let told = |error: std::io::Error| format!("launcher of moto: {error}");
        let mut child = Command::new("python3")
            .arg(checkout.join("discovery/tests/moto/launcher.py"))
            .env("PYTHONPATH", moto)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .map_err(told)?;
        let mut port = String::new();
        let out = child.stdout.take().ok_or("the launcher of moto has no output")?;
        BufReader::new(out).read_line(&mut port).map_err(told)?;
        let url = format!("http://127.0.0.1:{}", port.trim());
        Ok(Self { child, url, moto: moto.to_path_buf() })
    }

    /// Python with moto's packages, signed in to the server.
    fn python(&self) -> Command {
        let mut command = Command::new("python3");
        command.env("PYTHONPATH", &self.moto);
        self.sign_in(&mut command);
        command
    }

    fn sign_in(&self, command: &mut Command) {
        command
            .env("AWS_ENDPOINT_URL", &self.url)
            .env("AWS_ACCESS_KEY_ID", "bench")
            .env("AWS_SECRET_ACCESS_KEY", "bench")
            .env("AWS_DEFAULT_REGION", REGION)
            .env("AWS_EC2_METADATA_DISABLED", "true");
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

struct Bench {
    probity: PathBuf,
    prowler: PathBuf,
    server: Server,
    scratch: PathBuf,
}

impl Bench {
    /// Looking, and judging what was seen.
    fn ours(&self) -> Result<(Cost, Cost), String> {
        let evidence = self.scratch.join("aws.jsonl");
        let _ = std::fs::remove_file(&evidence);
        let mut discover = Command::new(&self.probity);
        discover
            .args(["discover", "aws", "--only", "ec2,s3", "--region", REGION, "--quiet", "-o"])
            .arg(&evidence);
        self.server.sign_in(&mut discover);
        let discovered = Cost::of(discover.current_dir(&self.scratch), &[0])?;
        #[expect(clippy::disallowed_methods, reason = "a task of the workspace reads what a program wrote")]
        let text = std::fs::read_to_string(&evidence).map_err(|error| error.to_string())?;
        for (kind, wanted) in [("VirtualMachine", MACHINES), ("ObjectStorage", 300)] {
            let found = text.matches(&format!("\"type\":\"{kind}\"")).count();
            if found != wanted {
                return Err(format!("{found} resources of type {kind} were seen, and {wanted} are there"));
            }
        }
        let mut assess = Command::new(&self.probity);
        assess.args(["assess", "aws.jsonl", "-p", "eucs-high", "--quiet", "-o", "results"]);
        let assessed = Cost::of(assess.current_dir(&self.scratch), &[0, 1])?;
        Ok((discovered, assessed))
    }

    fn theirs(&self) -> Result<Cost, String> {
        let mut prowler = Command::new(&self.prowler);
        prowler.args([
            "aws",
            "--services",
            "ec2",
            "s3",
            "--region",
            REGION,
            "--no-banner",
            "--log-level",
            "CRITICAL",
        ]);
        prowler.arg("--output-directory").arg(self.scratch.join("prowler"));
        self.server.sign_in(&mut prowler);
        // 3: there are findings
        Cost::of(prowler.current_dir(&self.scratch), &[0, 3])
    }
}

/// The table, or what was missed.
fn table(costs: &[(Cost, Cost)], theirs: Cost) -> Result<Vec<String>, String> {
    let whole = |(discovered, assessed): &(Cost, Cost)| discovered.cpu + assessed.cpu;
    let best = costs.iter().min_by_key(|cost| whole(cost)).ok_or("nothing was measured")?;
    let memory = costs.iter().map(|(a, b)| a.memory.max(b.memory)).max().unwrap_or(0);
    let ratio = theirs.cpu.as_secs_f64() / whole(best).as_secs_f64();
    let seconds = |time: Duration| format!("{:.2} s", time.as_secs_f64());
    let mut table = "| what | Probity | prowler |\n| --- | --: | --: |\n".to_owned();
    let _ = writeln!(table, "| CPU, looking | {} | |", seconds(best.0.cpu));
    let _ = writeln!(table, "| CPU, judging and reports | {} | |", seconds(best.1.cpu));
    let _ = writeln!(table, "| CPU in all | {} | {} |", seconds(whole(best)), seconds(theirs.cpu));
    let _ = writeln!(table, "| time | {} | {} |", seconds(best.0.wall + best.1.wall), seconds(theirs.wall));
    let _ = writeln!(table, "| memory | {} MiB | {} MiB |", memory >> 20, theirs.memory >> 20);
    let _ = writeln!(table, "\n{ratio:.1} times less CPU (bar {RATIO}), at most {} MiB", MEMORY >> 20);
    if ratio >= RATIO && memory < MEMORY {
        Ok(vec![table])
    } else {
        Err(format!("a bar was missed\n{table}"))
    }
}
