//! Codes of findings about project folders: `PB07xx`.

use probity_diagnostics::Code;

/// There is no `probity.toml`.
pub const NO_PROJECT: Code = Code {
    id: "PB0701",
    title: "no project here",
    explanation: "Project commands look for `probity.toml` in the folder given by `-C`, or in the working folder \
and those above it. `probity init` makes a new project.",
};

/// `probity.toml` is not well-formed TOML.
pub const TOML_SYNTAX: Code = Code {
    id: "PB0702",
    title: "probity.toml does not parse",
    explanation: "The project file is not well-formed TOML 1.0. The place marks where the reader stopped.",
};

/// A key that the project file does not have.
pub const UNKNOWN_KEY: Code = Code {
    id: "PB0703",
    title: "unknown key in probity.toml",
    explanation: "The project file holds a key that has no meaning there. It is refused rather than passed over, \
because a misspelt setting would silently change what is assessed. `probity init --schema` prints the JSON schema of \
the file.",
};

/// A value of the wrong type or outside its set.
pub const BAD_VALUE: Code = Code {
    id: "PB0704",
    title: "wrong value in probity.toml",
    explanation: "A setting has a value of the wrong type, or one that is not among those allowed.",
};

/// A key that must be there.
pub const MISSING_KEY: Code = Code {
    id: "PB0705",
    title: "missing key in probity.toml",
    explanation: "A table of the project file lacks a key that it cannot do without.",
};

/// Two tables of the same name.
pub const DUPLICATE_NAME: Code = Code {
    id: "PB0706",
    title: "name used twice",
    explanation: "Sources and assessments are told apart by name; outputs lie in a folder of that name. Two of them \
must not share one.",
};

/// A name that nothing has.
pub const UNKNOWN_NAME: Code = Code {
    id: "PB0707",
    title: "unknown name",
    explanation: "A name refers to a source, an assessment, a profile, a catalog or a metric that exists neither in \
the project nor in the content that comes with Probity.",
};

/// A glob that matches nothing.
pub const NOTHING_MATCHES: Code = Code {
    id: "PB0708",
    title: "pattern matches no file",
    explanation: "A pattern of the project file matches no file. If that is intended, remove it; an assessment \
must not look complete because its inputs were not found.",
};

/// A git revision that cannot be read.
pub const BAD_REVISION: Code = Code {
    id: "PB0709",
    title: "git revision cannot be read",
    explanation: "A revision is a branch, a tag, the id of a commit or anything else that `git rev-parse` takes for a commit. \
The one that was named is unknown in this repository, names several objects, or is no commit. `git branch --all` and `git tag` list \
the names; a branch of another repository is known only after `git fetch`.",
};

/// A project without anything to do.
pub const NOTHING_TO_DO: Code = Code {
    id: "PB0710",
    title: "no assessment defined",
    explanation: "`probity.toml` defines no [[assessment]]; there is nothing to build.",
};

/// No evidence for an assessment.
pub const NO_EVIDENCE: Code = Code {
    id: "PB0711",
    title: "no evidence",
    explanation: "An assessment has no source of evidence. Every check would be without subject, which is never \
satisfied. Add a [[source]], or run `probity discover`.",
};

/// The state of earlier builds cannot be used.
pub const STATE_UNUSABLE: Code = Code {
    id: "PB0712",
    title: "build state was reset",
    explanation: "The build state under .probity/ could not be read or was written by another version; everything is \
built again. Nothing is lost: the state may be deleted at any time.",
};

/// A mapping of rules that has nothing for the catalog.
pub const MAPS_NOTHING: Code = Code {
    id: "PB0741",
    title: "mapping has nothing for this catalog",
    explanation: "A mapping that an [[assessment.import]] table or `--map` names is a component definition whose control implementations \
name their catalog or profile as `source`. None of them leads to the profile of the assessment or a catalog behind it, so no rule \
counts for a control.",
};

/// A file that exists and would be overwritten.
pub const WOULD_OVERWRITE: Code = Code {
    id: "PB0713",
    title: "file exists",
    explanation: "The command makes new files and does not replace what is there.",
};

/// A name that cannot name a folder.
pub const BAD_NAME: Code = Code {
    id: "PB0714",
    title: "not a usable name",
    explanation: "Names of sources, assessments and metrics become names of files and folders: lower-case letters, \
digits and hyphens, beginning with a letter.",
};

/// A suppression that hides nothing.
pub const UNUSED_SUPPRESSION: Code = Code {
    id: "PB0715",
    title: "suppression hides nothing",
    explanation: "A [[suppress]] table of probity.toml is for findings that are not there: they were mended, the rule \
is misspelt, or the path or pointer leads elsewhere. Left in place it would hide the next one unseen. Where only some \
files are validated, nothing is said of suppressions for other files.",
};

/// A suppression that has expired.
pub const EXPIRED_SUPPRESSION: Code = Code {
    id: "PB0716",
    title: "suppression has ended",
    explanation: "The day that a [[suppress]] table gives with `until` has passed, so its findings count again. The \
day is compared with the instant of judgement: --as-of, SOURCE_DATE_EPOCH, `as-of` in probity.toml, or today.",
};

/// A suppression that means nothing.
pub const BAD_SUPPRESSION: Code = Code {
    id: "PB0717",
    title: "not a usable suppression",
    explanation: "A [[suppress]] table names a rule (the id of a constraint, or a code such as PB0105), files by path \
or pattern, and a reason; a pointer and a last day (`until`) may narrow it. Only what rules say of documents can be \
accepted: that a file cannot be read, is no JSON, YAML or XML, or that probity.toml itself is wrong cannot.",
};

/// A map that means nothing.
pub const BAD_MAP: Code = Code {
    id: "PB0718",
    title: "not a usable map",
    explanation: "A [[map]] table lets a folder stand for remote locations. Its `prefix` is an https location without query \
and fragment, which ends with a whole part of the path; no two tables share one. Its `folder` exists in the project, or \
begins with `content:`. Any other folder can be named on the command line: --map PREFIX=FOLDER.",
};

/// Results to carry that are not there.
pub const NOT_GIVEN: Code = Code {
    id: "PB0719",
    title: "results to carry were not made",
    explanation: "An assessment takes results of another one ([[assessment.carry]]), and these could not be made. It is not made without them, because a fail that should have been carried would be lost. Mend the other assessment first.",
};

/// A source that looks at a running platform, and nobody has looked yet.
pub const NOT_OBSERVED: Code = Code {
    id: "PB0720",
    title: "nobody has looked yet",
    explanation: "The source looks at a running platform. A build reads files only, so that it gives the same again: \
`probity discover` looks, and writes the evidence set that the build takes.",
};

/// An earlier evidence set that cannot be compared with.
pub const EARLIER_EVIDENCE: Code = Code {
    id: "PB0721",
    title: "earlier evidence cannot be used",
    explanation: "What is seen on a platform is compared with the evidence set that stands where the new one is written: \
resources that are not there any more are noted as gone, and those that could not be looked at stay as they were. The earlier \
set cannot be read as a whole, so some of this may be missing.",
};

/// Another build holds the project.
pub const BUILD_RUNNING: Code = Code {
    id: "PB0722",
    title: "another build is running",
    explanation: "Two builds of one project do not run at once: the second waits until the first has ended. With --no-wait it \
ends instead. The lock is a lock on the file `.probity/lock` and ends with the process that holds it, however that ends; the \
file itself means nothing and may stay.",
};

/// A folder outside git.
pub const NO_REPOSITORY: Code = Code {
    id: "PB0730",
    title: "no git repository",
    explanation: "Revisions are read from the git repository that the folder belongs to, and it belongs to none. In a container, \
the folder `.git` may have been left out of the image, or a `.git` file names a place that is not mounted there.",
};

/// A repository or branch without commits.
pub const NO_COMMIT: Code = Code {
    id: "PB0731",
    title: "no commit yet",
    explanation: "The repository, or the branch that is checked out, has no commit yet, so there is no revision to read.",
};

/// A history that was cut off.
pub const SHALLOW: Code = Code {
    id: "PB0732",
    title: "history is cut off",
    explanation: "The clone is shallow: it holds only the newest commits, as most CI systems clone by default. What is needed lies \
before them. `git fetch --unshallow` brings the whole history, `git fetch --deepen=N` a part of it. In GitHub Actions give \
`fetch-depth: 0` to `actions/checkout`; in GitLab CI set the variable `GIT_DEPTH` to 0.",
};

/// An object that the repository does not hold.
pub const MISSING_OBJECT: Code = Code {
    id: "PB0733",
    title: "object is not in the repository",
    explanation: "A commit names a file or folder whose content the repository does not hold. In a partial clone \
(`git clone --filter`) git fetches such objects when it needs them; Probity opens no connection to read revisions. \
`git fetch --refetch --no-filter` brings all of them; to bring those of one commit only, check it out. In a clone that is not \
partial the repository is damaged: `git fsck` says where.",
};

/// A kind of repository that cannot be read.
pub const UNSUPPORTED_REPOSITORY: Code = Code {
    id: "PB0734",
    title: "kind of repository that cannot be read",
    explanation: "Revisions are read with libgit2, which knows repositories whose object ids are SHA-1 and whose references are \
files. Repositories with SHA-256 ids, with reftable or with another extension it does not know are refused. The work tree can be used all \
the same: only --rev, ranges and the history are not available.",
};

/// A repository of another user.
pub const FOREIGN_OWNER: Code = Code {
    id: "PB0735",
    title: "repository of another user",
    explanation: "The folder belongs to another user than the one that runs Probity, as it often does where a container mounts it. \
Git and Probity refuse such repositories, because their configuration could be somebody else's. Name the folder as trusted: \
`git config --global --add safe.directory FOLDER`.",
};

/// A file that is kept outside of git.
pub const LFS_POINTER: Code = Code {
    id: "PB0736",
    title: "Git LFS pointer",
    explanation: "The revision holds a Git LFS pointer in place of the file, and the file is not among those that Git LFS keeps in \
the repository. `git lfs fetch` with a remote and a revision brings it; after that Probity reads it, and checks its digest.",
};

/// A folder that is a repository of its own.
pub const SUBMODULE: Code = Code {
    id: "PB0737",
    title: "submodule is not read",
    explanation: "A commit names only the commit of a submodule; its files lie in another repository. They are passed over where a \
revision is read. What the project needs from a submodule can be copied into it, or mapped with [[map]] and --map.",
};

/// A range that cannot be read.
pub const BAD_RANGE: Code = Code {
    id: "PB0738",
    title: "not a range of revisions",
    explanation: "A range is `A..B` (what B changes as seen from A), `A...B` (as seen from the last commit that both have in \
common) or `A` (what the work tree changes). A side that is left out is HEAD.",
};

/// Two commits without a common past.
pub const NO_MERGE_BASE: Code = Code {
    id: "PB0739",
    title: "no common commit",
    explanation: "Two revisions have no commit in common: their histories began apart. `A..B` compares them all the same.",
};

/// What a change of this line means for an assessment.
pub const CONSEQUENCE: Code = Code {
    id: "PB0760",
    title: "this change has consequences",
    explanation: "`probity review` judged both sides of a change over the same evidence. What is told here came out worse, and \
these lines are why: a parameter, a target value, the Rego of a metric, or a mapping. The review lists the controls and resources.",
};

/// A finding with no turn to look for.
pub const NOT_BISECTABLE: Code = Code {
    id: "PB0740",
    title: "nothing to bisect",
    explanation: "`probity bisect` looks for the first commit after which a finding is red. The finding must be red after the \
newest commit of the range, and must not be after the oldest one, if one is given; both must be commits that can be judged. \
`probity log --findings` shows every turn.",
};

/// A control that no assessment has.
pub const UNKNOWN_REQUIREMENT: Code = Code {
    id: "PB0750",
    title: "unknown control or statement",
    explanation: "A statement is about a control or an item of a control's statement, by id or printed label. It is looked up in \
the resolved catalogs of the project's assessments, and none of them has it. Nothing was written.",
};

/// Somebody whom no document knows.
pub const UNKNOWN_PERSON: Code = Code {
    id: "PB0751",
    title: "unknown person",
    explanation: "Who states or approves is a party of the project's documents: of the system security plan, the plan of action \
and milestones, or an attestation. They are named by e-mail address, name or uuid; somebody new by `Name <address>`. Nothing \
was written.",
};

/// A statement that cannot be recorded.
pub const NOT_RECORDED: Code = Code {
    id: "PB0752",
    title: "statement not recorded",
    explanation: "Something about the statement cannot be: it would be over before it begins, its evidence lies outside the \
project or is missing, it answers a procedure that nobody asked for, or it quotes what does not stand in its document. Nothing \
was written.",
};

/// Signatures cannot be looked up.
pub const ALLOWED_SIGNERS: Code = Code {
    id: "PB0753",
    title: "allowed signers not usable",
    explanation: "`allowed-signers` in table [signing] of probity.toml names a file with the keys of people, as OpenSSH and git \
have it. It is read from a commit, never from the folder, so that a change cannot bring its own keys. Where the project lies \
in no git repository, or the commit does not have the file, no signature can be looked up and no statement counts. A line that is \
not understood allows nobody.",
};

/// The archive holds something else under that name.
pub const ARCHIVED: Code = Code {
    id: "PB0780",
    title: "archived already",
    explanation: "`probity archive` keeps results in a folder that is named after the instant as of which they hold. \
There are other bytes in it already. What is archived is what was found then, and is never replaced: build as of another \
instant, or remove the folder if you are sure that nobody relies on it.",
};

/// Results that cannot be archived as they are.
pub const NOT_ARCHIVABLE: Code = Code {
    id: "PB0781",
    title: "results cannot be archived",
    explanation: "Results are archived with their verdicts and the resolved catalog, so that they can be read again later. \
One of these files is missing, or was changed after the results were made, or the assessment has no `archive` in \
probity.toml to keep them in.",
};

/// Results of several colours that one report would show.
pub const SEVERAL_COLOURS: Code = Code {
    id: "PB1036",
    title: "results of several colours in one report",
    explanation: "A report bears one label of the Traffic Light Protocol on every page, and shows results that are marked with \
several (rule TLP-003). The highest does not win, because the parts that it was not meant for could never be shared as they may. \
Results that say no label are TLP:AMBER. Make a report for each colour, or give the assessments the same `marking` in probity.toml.",
};

/// Results that would be wider than what they are made of.
pub const WIDER_RESULTS: Code = Code {
    id: "PB1037",
    title: "results would be wider than what they are made of",
    explanation: "A file that an assessment reads is marked with a narrower label of the Traffic Light Protocol than the results \
would have: what it says would lose its colour on the way (rule TLP-006). `marking` in probity.toml says the colour of results, for \
all of a project in `[system]` or for one `[[assessment]]`; where it is left out they are TLP:AMBER.",
};

/// The codes of this crate.
pub const CODES: &[&Code] = &[
    &NO_PROJECT,
    &TOML_SYNTAX,
    &UNKNOWN_KEY,
    &BAD_VALUE,
    &MISSING_KEY,
    &DUPLICATE_NAME,
    &UNKNOWN_NAME,
    &NOTHING_MATCHES,
    &BAD_REVISION,
    &NOTHING_TO_DO,
    &NO_EVIDENCE,
    &STATE_UNUSABLE,
    &WOULD_OVERWRITE,
    &MAPS_NOTHING,
    &BAD_NAME,
    &UNUSED_SUPPRESSION,
    &EXPIRED_SUPPRESSION,
    &BAD_SUPPRESSION,
    &BAD_MAP,
    &NOT_GIVEN,
    &NOT_OBSERVED,
    &EARLIER_EVIDENCE,
    &BUILD_RUNNING,
    &NO_REPOSITORY,
    &NO_COMMIT,
    &SHALLOW,
    &MISSING_OBJECT,
    &UNSUPPORTED_REPOSITORY,
    &FOREIGN_OWNER,
    &LFS_POINTER,
    &SUBMODULE,
    &BAD_RANGE,
    &NO_MERGE_BASE,
    &CONSEQUENCE,
    &NOT_BISECTABLE,
    &UNKNOWN_REQUIREMENT,
    &UNKNOWN_PERSON,
    &NOT_RECORDED,
    &ALLOWED_SIGNERS,
    &ARCHIVED,
    &NOT_ARCHIVABLE,
    &SEVERAL_COLOURS,
    &WIDER_RESULTS,
];
