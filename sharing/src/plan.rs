//! Who may receive documents, and why not.

use jiff::civil::Date;
use probity_diagnostics::TreePath;

use crate::audience::{Audience, Condition, Kind, Role, allowed};
use crate::circle::{Circle, Person};
use crate::codes;
use crate::marking::Marking;
use crate::refusal::Refusal;
use crate::rules::{self, Rule};
use crate::tlp::Label;

/// A document that is to be shared.
#[derive(Debug, Clone)]
pub struct Candidate {
    /// Where it lies in the project.
    pub path: TreePath,
    /// What it holds.
    pub bytes: Vec<u8>,
    /// Its colour.
    pub marking: Marking,
    /// What we are to it.
    pub role: Role,
    /// What is known of it besides.
    pub proofs: Proofs,
}

/// What is known of a document, as conditions ask for it. What is not known does not hold.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Proofs {
    /// It was scrubbed, nothing was left, and it has not changed since.
    pub scrubbed: Proof,
    /// It is no incident, or one that is resolved.
    pub resolved: bool,
    /// A second person has approved it as it is.
    pub approved: Proof,
}

/// Something holds, or why nothing shows that it does.
pub type Proof = Result<(), String>;

impl Default for Proofs {
    fn default() -> Self {
        let nothing = || Err("nothing shows it".to_owned());
        Self { scrubbed: nothing(), resolved: false, approved: nothing() }
    }
}

/// Whom documents are for, and why.
#[derive(Debug, Clone)]
pub struct Wish {
    /// Whom they are for.
    pub audience: Audience,
    /// Why the recipients need to know.
    pub reason: Option<String>,
    /// The day on which they are shared.
    pub day: Date,
}

/// The members of an audience that may receive something, and the refusals of the others.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Recipients {
    /// Short names of members, or e-mail addresses of persons.
    pub names: Vec<String>,
    /// Where mail for them goes.
    pub emails: Vec<String>,
    /// Who of the audience is left out, and why.
    pub left_out: Vec<Refusal>,
}

/// Why documents may not go to an audience together; none where they may.
pub fn objections(circle: &Circle, documents: &[Candidate], wish: &Wish) -> Vec<Refusal> {
    let mut found: Vec<Refusal> = one_colour(documents).into_iter().collect();
    found.extend(documents.iter().flat_map(|document| of_document(circle, document, wish)));
    if let Err(refusals) = recipients(circle, wish) {
        let colour = documents.first().map(|document| document.marking.label);
        found.extend(refusals.into_iter().map(|refusal| match documents.first() {
            Some(first) => refusal.of(first.path.as_str(), colour),
            None => refusal,
        }));
    }
    found
}

/// Two documents of different colours.
fn one_colour(documents: &[Candidate]) -> Option<Refusal> {
    let first = documents.first()?;
    let other = documents.iter().find(|other| other.marking.label != first.marking.label)?;
    let (one, two) = (first.marking.label, other.marking.label);
    let message = format!("{one} `{}` and {two} `{}` in one package", first.path, other.path);
    let refusal = Refusal::new(rules::ONE_COLOUR, &codes::MIXED, message, "make a package for each colour");
    Some(refusal.of(other.path.as_str(), Some(two)))
}

fn of_document(circle: &Circle, document: &Candidate, wish: &Wish) -> Vec<Refusal> {
    let label = document.marking.label;
    let kind = wish.audience.kind();
    let refuse = |rule: Rule, code, message: String, remedy: String| {
        Refusal::new(rule, code, message, remedy)
            .of(document.path.as_str(), Some(label))
            .to(wish.audience.to_string())
    };
    let mut found = Vec::new();
    for embargo in circle.policy.embargoes.iter().filter(|one| one.holds(document.path.as_str(), wish)) {
        let message =
            format!("`{}` may go to {} from {} on", document.path, wish.audience, embargo.not_before);
        found.push(refuse(rules::AUDIENCE, &codes::AUDIENCE, message, "wait until then".to_owned()));
    }
    let Some(conditions) = allowed(circle.policy.profile, label, kind, document.role) else {
        let message = format!("`{}` is {label}, which does not allow {}", document.path, wish.audience);
        found.push(refuse(rules::AUDIENCE, &codes::AUDIENCE, message, wider(circle, document, kind)));
        return found;
    };
    let missing = conditions.into_iter().filter(|condition| !holds(circle, document, wish, *condition));
    found.extend(missing.map(|condition| {
        let (rule, remedy) = ask(condition, kind);
        let message = format!("`{}` {}", document.path, lacks(condition, document, &wish.audience));
        let code = if condition == Condition::Encrypted { &codes::NOT_NAMED } else { &codes::CONDITION };
        refuse(rule, code, message, remedy.to_owned())
    }));
    found
}

/// What would make an audience allowed.
fn wider(circle: &Circle, document: &Candidate, kind: Kind) -> String {
    let allows = |role| {
        let labels = Label::ALL.into_iter().rev();
        labels.into_iter().find(|label| allowed(circle.policy.profile, *label, kind, role).is_some())
    };
    match (allows(document.role), document.role) {
        (Some(label), Role::Originator) if document.marking.label == Label::Red => {
            format!(
                "name persons, --to person:NAME; else it would have to be {label}: `probity share mark set`"
            )
        }
        (Some(label), Role::Originator) => {
            format!(
                "it would have to be {label}: `probity share mark set`, in a commit that you sign as its originator"
            )
        }
        (Some(label), Role::Holder) => {
            format!("it would have to be {label}, which only its originator can say: ask them")
        }
        (None, _) => "only its originator may share it: ask them".to_owned(),
    }
}

fn holds(circle: &Circle, document: &Candidate, wish: &Wish, condition: Condition) -> bool {
    match condition {
        Condition::NeedToKnow => wish.reason.as_ref().is_some_and(|reason| !reason.trim().is_empty()),
        // whatever is TLP:RED is encrypted where it is packaged: the key is what may be missing
        Condition::Encrypted => person(circle, &wish.audience).is_some_and(|person| !person.keys.is_empty()),
        Condition::OwnOrganisation => person(circle, &wish.audience)
            .is_some_and(|person| person.members.contains(&circle.policy.member)),
        Condition::Scrubbed => document.proofs.scrubbed.is_ok(),
        Condition::Resolved => document.proofs.resolved,
        Condition::Approved => document.proofs.approved.is_ok(),
    }
}

/// What a document lacks that a condition asks for.
fn lacks(condition: Condition, document: &Candidate, audience: &Audience) -> String {
    let why = |proof: &Proof| proof.as_ref().err().cloned().unwrap_or_default();
    match condition {
        Condition::NeedToKnow => format!("goes to {audience} on a need to know only, and no reason is given"),
        Condition::Encrypted => {
            format!("goes to {audience} encrypted only, and the register has no key of that person")
        }
        Condition::OwnOrganisation => {
            format!("stays in our own organisation, to which {audience} does not belong")
        }
        Condition::Scrubbed => {
            let why = why(&document.proofs.scrubbed);
            format!("is not known to be scrubbed, as {audience} asks for: {why}")
        }
        Condition::Resolved => format!("is not a resolved incident, as {audience} asks for"),
        Condition::Approved => {
            let why = why(&document.proofs.approved);
            format!("has no approval of a second person, as {audience} asks for: {why}")
        }
    }
}

/// The rule that asks for a condition, and how to meet it.
fn ask(condition: Condition, kind: Kind) -> (Rule, &'static str) {
    let scrubbing = if kind == Kind::Public { rules::PUBLIC } else { rules::GROUPS };
    match condition {
        Condition::NeedToKnow => (rules::AUDIENCE, "say with --reason why the recipient needs to know"),
        Condition::Encrypted => (
            rules::NAMED,
            "have the person make a key with `age-keygen`, and record its public part as a prop `age-recipient` in `sharing/members.yaml`",
        ),
        Condition::OwnOrganisation => (rules::AUDIENCE, "name a person of your own organisation"),
        Condition::Scrubbed => (scrubbing, "scrub it with `probity share scrub`, and share what that makes"),
        Condition::Resolved => (rules::GROUPS, "wait until the incident is resolved"),
        Condition::Approved => (rules::PUBLIC, "have a second person approve it: `probity share approve`"),
    }
}

fn person<'c>(circle: &'c Circle, audience: &Audience) -> Option<&'c Person> {
    match audience {
        Audience::Person(name) => circle.register.person(name),
        _ => None,
    }
}

/// Who receives what goes to an audience.
///
/// # Errors
/// Nobody may, and why.
pub fn recipients(circle: &Circle, wish: &Wish) -> Result<Recipients, Vec<Refusal>> {
    match &wish.audience {
        Audience::Person(name) => one_person(circle, name, wish.day).map_err(|refusal| vec![refusal]),
        Audience::Member(name) => {
            let member = circle.admits(name, wish.day).map_err(|refusal| vec![refusal])?;
            Ok(Recipients { names: vec![name.clone()], emails: member.emails.clone(), left_out: Vec::new() })
        }
        Audience::Members => all_members(circle, wish.day),
        Audience::Group(name) => match circle.groups.iter().find(|group| group.name == *name) {
            Some(group) => Ok(Recipients {
                names: group.persons.clone(),
                emails: group.persons.clone(),
                left_out: Vec::new(),
            }),
            None => Err(vec![nobody(format!("there is no working group `{name}`"), &wish.audience)]),
        },
        Audience::Public => Ok(Recipients::default()),
    }
}

fn nobody(message: String, audience: &Audience) -> Refusal {
    let remedy = "name somebody of `sharing/members.yaml` or a group of `sharing/groups`";
    Refusal::new(rules::ADMITTED, &codes::NOT_ADMITTED, message, remedy).to(audience.to_string())
}

/// A person receives as one of a member that may receive something.
fn one_person(circle: &Circle, name: &str, day: Date) -> Result<Recipients, Refusal> {
    let audience = Audience::Person(name.to_owned());
    let Some(person) = circle.register.person(name) else {
        return Err(nobody(format!("the register knows no person `{name}`"), &audience));
    };
    let mut why = None;
    for member in &person.members {
        match circle.admits(member, day) {
            Ok(_) => {
                let emails: Vec<String> = person.emails.iter().take(1).cloned().collect();
                return Ok(Recipients { names: emails.clone(), emails, left_out: Vec::new() });
            }
            Err(refusal) => why = why.or(Some(refusal)),
        }
    }
    let refusal = why.unwrap_or_else(|| nobody(format!("`{name}` belongs to no member"), &audience));
    Err(refusal.to(audience.to_string()))
}

fn all_members(circle: &Circle, day: Date) -> Result<Recipients, Vec<Refusal>> {
    let mut all = Recipients::default();
    for member in circle.register.members.iter().filter(|member| member.name != circle.policy.member) {
        match circle.admits(&member.name, day) {
            Ok(member) => {
                all.names.push(member.name.clone());
                all.emails.extend(member.emails.iter().cloned());
            }
            Err(refusal) => all.left_out.push(refusal),
        }
    }
    if all.names.is_empty() {
        return Err(vec![nobody("no other member may receive anything".to_owned(), &Audience::Members)]);
    }
    Ok(all)
}
