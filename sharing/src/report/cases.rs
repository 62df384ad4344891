//! The incidents that a report may count.

use probity_diagnostics::document::{self, Format as Text, Limits};
use probity_diagnostics::{Diagnostic, Diagnostics, FileTree, Location, Severity, TreePath};
use serde_json::Value;

use crate::Label;
use crate::circle::Circle;
use crate::formats::Format;
use crate::incident::codes::{TWICE, UNREAD};
use crate::incident::{self, Incident};
use crate::lexicon::Lexicon;
use crate::marking::{self, Marking};
use crate::refusal::Stop;

/// An incident of which a document tells.
#[derive(Debug, Clone, PartialEq)]
pub struct Case {
    /// The document.
    pub file: TreePath,
    /// What it says.
    pub incident: Incident,
    /// Its colour.
    pub label: Label,
    /// Whether it comes from somebody else.
    pub is_theirs: bool,
}

/// The incidents of a project, those of others among them.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Cases {
    /// The incidents.
    pub all: Vec<Case>,
    /// What there is to say about documents that were left out.
    pub found: Diagnostics,
}

impl Cases {
    /// Reads the incidents of a project, and those in documents below `received`, where that is given.
    ///
    /// An incident comes from others where it lies below `received`, where it names another originator than us, and where its issuer is
    /// a domain of another member.
    ///
    /// # Errors
    /// An incident of the project cannot be read or contradicts itself, or two have one number; a colour is refused.
    pub fn read(
        tree: &dyn FileTree,
        circle: Option<&Circle>,
        received: Option<&TreePath>,
    ) -> Result<Self, Stop> {
        let lexicon = Lexicon::load(tree)?.value;
        let mut cases = Self::default();
        let mut errors = Diagnostics::new();
        for file in incident::files(tree)? {
            let Some(incident) = errors.absorb(incident::load(tree, &file, &lexicon)) else { continue };
            let marking = marking::look_up(tree, &file)?;
            let is_theirs = is_theirs(&incident, &marking, circle);
            let case = Case { file, incident, label: marking.label, is_theirs };
            match cases.twin(&case) {
                Some(twin) => errors.push(twice(&case, twin)),
                None => cases.all.push(case),
            }
        }
        if errors.iter().any(|one| one.severity == Severity::Error) {
            return Err(errors.into());
        }
        if let Some(folder) = received.filter(|folder| tree.is_folder(folder)) {
            cases.receive(tree, folder, &lexicon)?;
        }
        Ok(cases)
    }

    fn twin(&self, case: &Case) -> Option<&Case> {
        let number = |case: &Case| (case.incident.issuer.clone(), case.incident.id.clone());
        self.all.iter().find(|other| number(other) == number(case))
    }

    /// Adds the incidents of documents that were received, each once.
    fn receive(&mut self, tree: &dyn FileTree, folder: &TreePath, lexicon: &Lexicon) -> Result<(), Stop> {
        for file in tree.walk(folder).map_err(Diagnostic::from)? {
            if !file.as_str().contains("/documents/") || file.file_name().ends_with(".marking.yaml") {
                continue;
            }
            let marking = marking::look_up(tree, &file)?;
            let Some(incidents) = self.document(tree, &file, marking.label, lexicon) else { continue };
            for incident in incidents {
                let case = Case { file: file.clone(), incident, label: marking.label, is_theirs: true };
                if self.twin(&case).is_none() {
                    self.all.push(case);
                }
            }
        }
        Ok(())
    }

    /// The incidents of a document of others; none, which is told, where it is not understood.
    fn document(
        &mut self,
        tree: &dyn FileTree,
        file: &TreePath,
        label: Label,
        lexicon: &Lexicon,
    ) -> Option<Vec<Incident>> {
        let bytes = tree.read(file, Limits::default().bytes).ok()?;
        let text = document::text(&bytes, file).ok();
        let read = match text.and_then(|text| Some((Format::of(text)?, text))) {
            Some((format, text)) => format.read(text, file, label, lexicon).map(|read| read.value),
            None if is_incident(&bytes, file) => {
                incident::parse(&bytes, file, lexicon).map(|read| vec![read.value])
            }
            None => Err(Diagnostics::new()),
        };
        read.map_err(|_| {
            let message = format!("`{file}` is no incident that is understood: it is not counted");
            self.found.push(Diagnostic::warning(&UNREAD, message).at(Location::file(file)));
        })
        .ok()
    }
}

/// Whether a document that is no format of others has what every incident has.
fn is_incident(bytes: &[u8], file: &TreePath) -> bool {
    let Some(format) = Text::of(file) else { return false };
    let parsed = document::parse(bytes, file, format, Limits::default());
    let has = |value: &Value| ["id", "issuer", "times"].iter().all(|key| value.get(key).is_some());
    parsed.is_ok_and(|parsed| has(&parsed.value))
}

fn is_theirs(incident: &Incident, marking: &Marking, circle: Option<&Circle>) -> bool {
    let us = circle.map(|circle| circle.policy.member.as_str());
    if let Some(originator) = &marking.originator {
        return us != Some(originator.as_str());
    }
    let members = circle.iter().flat_map(|circle| &circle.register.members);
    let mut others = members.filter(|member| us != Some(member.name.as_str()));
    others.any(|member| member.domains.iter().any(|domain| is_below(&incident.issuer, domain)))
}

/// Whether a name is a domain or one below it.
fn is_below(name: &str, domain: &str) -> bool {
    let (name, domain) = (name.to_ascii_lowercase(), domain.to_ascii_lowercase());
    name.strip_suffix(&domain).is_some_and(|rest| rest.is_empty() || rest.ends_with('.'))
}

fn twice(case: &Case, twin: &Case) -> Diagnostic {
    let id = case.incident.id.escape_default();
    let message = format!("the number `{id}` stands in `{}` already: it would be counted twice", twin.file);
    Diagnostic::error(&TWICE, message)
        .at(Location::file(&case.file))
        .help("give each incident its own number")
}
