//! Stable codes of findings about lists that are split (`PB1073` to `PB1075`).

use probity_diagnostics::Code;

/// A list that cannot be split.
pub const LIST: Code = Code {
    id: "PB1073",
    title: "list cannot be split",
    explanation: "A list is a table with headings (.csv, .tsv), a text with an entry on each line (.txt), an array of JSON (.json) or JSON line by \
line (.jsonl), in UTF-8. The first row of a table goes to everybody who receives a part of it: it must be one of headings, one of which says \
what the table is about (`email`, `user`, `url`, `domain`, `ip`, `card`), and tell of no member. No finding quotes what is in a list.",
};

/// A list that git has or would have.
pub const IN_GIT: Code = Code {
    id: "PB1074",
    title: "list of stolen data in git",
    explanation: "Lists of stolen credentials and cards never enter git, whose history nobody can take back (rule LST-001). A list that git \
tracks is refused: take it out of the history, and treat what was in it as known. So is an output folder in a work tree that git does not \
ignore: name one outside, or list it in `.gitignore`.",
};

/// Something in the register that says whose something is, and is none.
pub const OWNED: Code = Code {
    id: "PB1075",
    title: "domain, network or prefix of cards of a member cannot be used",
    explanation: "In `sharing/members.yaml`, a prop `domain` is a name of at least two labels, `cidr` a network such as 192.0.2.0/24, and `bin` the \
first six to eight digits of the cards that the member issues. An age recipient is a public key that begins with `age1`.",
};

/// All codes of this module.
pub const CODES: &[&Code] = &[&LIST, &IN_GIT, &OWNED];
