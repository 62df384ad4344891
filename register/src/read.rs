//! From a component definition to a certificate, with a finding for everything that is not understood.

use std::collections::BTreeSet;

use jiff::civil::Date;
use probity_diagnostics::{
    Code, Diagnostic, Diagnostics, FileTree, Location, Pointer, Sha256Digest, Step, TreePath, nearest,
};
use probity_oscal::model::ComponentDefinition;
use probity_oscal::model::component::{DefinedComponent, ImplementedRequirement};
use probity_oscal::model::metadata::{Party, Property, Resource};
use probity_oscal::{OSCAL_NS, PROBITY_NS};

use crate::codes::{MALFORMED, UNLAWFUL};
use crate::{Bearer, Certificate, Change, Document, Duty, Inherited, Kind, Opinion, ReportType, Status};

/// The role of who issued a certificate.
pub(crate) const ISSUER: &str = "issuer";
/// The role of who runs what was examined.
pub(crate) const PROVIDER: &str = "provider";
/// What the procedures of inherited controls begin with.
const INHERITED: &str = "inherited-from-";

/// The procedure by which the controls of a component of type `validation` are settled: that somebody examines the report. None
/// of other components.
pub fn procedure_of(component: &DefinedComponent) -> Option<String> {
    let name = ours(&component.props, "certificate-name").next()?.1;
    (component.r#type == "validation").then(|| inherited_from(&name.value))
}

/// The procedure by which controls are settled that are inherited from the certificate of that name.
pub fn inherited_from(name: &str) -> String {
    format!("{INHERITED}{name}")
}

/// The name of the certificate that a procedure of [`procedure_of`] is about.
pub fn supplier_of(procedure: &str) -> Option<&str> {
    procedure.strip_prefix(INHERITED)
}

/// Reads a certificate.
///
/// # Errors
/// As [`from_document`], or the file cannot be read.
pub fn load(tree: &dyn FileTree, file: &TreePath) -> Step<Certificate> {
    let loaded = probity_oscal::load_as::<ComponentDefinition>(tree, file)?;
    let mut found = loaded.warnings;
    match found.absorb(from_document(&loaded.value, file)) {
        Some(certificate) => found.unless_errors(certificate),
        None => Err(found),
    }
}

/// Takes the certificate out of a component definition.
///
/// # Errors
/// Everything that a certificate must have and has not, and changes of status that cannot be, each with its place in `file`.
pub fn from_document(model: &ComponentDefinition, file: &TreePath) -> Step<Certificate> {
    let mut reader = Reader { model, file, found: Diagnostics::new() };
    let read = reader.certificate();
    match read {
        Some(certificate) => reader.found.unless_errors(certificate),
        None => Err(reader.found),
    }
}

struct Reader<'a> {
    model: &'a ComponentDefinition,
    file: &'a TreePath,
    found: Diagnostics,
}

/// The props of ours with that name, with their index.
fn ours<'p>(props: &'p [Property], name: &'p str) -> impl Iterator<Item = (usize, &'p Property)> {
    props
        .iter()
        .enumerate()
        .filter(move |(_, prop)| prop.name == name && prop.ns.as_deref() == Some(PROBITY_NS))
}

/// The props of a component, with their place.
#[derive(Clone, Copy)]
struct Props<'a, 'p> {
    list: &'a [Property],
    at: &'p Pointer,
}

impl<'a> Reader<'a> {
    fn error(&mut self, code: &'static Code, at: &Pointer, message: impl Into<String>) -> &mut Self {
        self.found.push(Diagnostic::error(code, message).at(Location::value(self.file, at)));
        self
    }

    fn certificate(&mut self) -> Option<Certificate> {
        let root = Pointer::from_text("/component-definition");
        let components = root.key("components");
        let is_one = |component: &&DefinedComponent| component.r#type == "validation";
        let (index, component) = match self.model.components.iter().enumerate().find(|(_, one)| is_one(one)) {
            Some(found) if self.model.components.iter().filter(is_one).count() == 1 => found,
            _ => {
                self.error(&MALFORMED, &root, "a certificate is one component of type `validation`");
                return None;
            }
        };
        let at = components.index(index);
        let props = Props { list: &component.props, at: &at };
        let name = self.one(props, "certificate-name");
        let scheme = self.one(props, "scheme");
        let from = self.one(props, "valid-from").and_then(|prop| self.day(props, prop));
        let until = self.one(props, "valid-until").and_then(|prop| self.day(props, prop));
        let bridge_until = self.first(props, "bridge-until").and_then(|prop| self.day(props, prop));
        if let (Some(from), Some(until)) = (from, until)
            && until < from
        {
            self.error(&MALFORMED, &at, format!("it ends on {until}, before it begins on {from}"));
        }
        let kind = self.kind(props);
        let changes = self.changes(props);
        let issuer = self.issuer(component, &at);
        let provider = self.party(component, PROVIDER).cloned();
        let mut surveillance: Vec<Date> =
            ours(&component.props, "surveillance").filter_map(|prop| self.day(props, prop)).collect();
        surveillance.sort();
        let text = |name| ours(&component.props, name).map(|(_, prop)| prop.value.clone());
        let reference = component.props.iter().find(|prop| {
            prop.name == "validation-reference" && prop.ns.as_deref().is_none_or(|ns| ns == OSCAL_NS)
        });
        let documents = self.documents(&root);
        let inherited = self.inherited(component, &at);
        Some(Certificate {
            name: name?.1.value.clone(),
            uuid: component.uuid.clone(),
            title: component.title.clone(),
            description: component.description.clone(),
            scheme: scheme?.1.value.clone(),
            kind: kind?,
            reference: reference.map(|prop| prop.value.clone()),
            issuer: issuer?,
            provider,
            from: from?,
            until: until?,
            bridge_until,
            changes,
            surveillance,
            assessment: text("assessment").next(),
            scope: text("scope-control").collect(),
            documents,
            inherited,
            file: self.file.clone(),
            roles: self.model.metadata.roles.clone(),
            resources: self.resources().to_vec(),
        })
    }

    fn resources(&self) -> &'a [Resource] {
        self.model.back_matter.as_ref().map_or(&[], |matter| matter.resources.as_slice())
    }

    /// The only prop of that name.
    fn one(&mut self, props: Props<'a, '_>, name: &'static str) -> Option<(usize, &'a Property)> {
        let found = ours(props.list, name).count();
        if found != 1 {
            let message = format!("it has {found} props `{name}` of Probity's namespace instead of one");
            self.error(&MALFORMED, props.at, message);
        }
        self.first(props, name)
    }

    #[expect(clippy::unused_self, reason = "beside `one`")]
    fn first(&self, props: Props<'a, '_>, name: &'static str) -> Option<(usize, &'a Property)> {
        ours(props.list, name).next()
    }

    /// The day that is a prop's value.
    fn day(&mut self, props: Props<'_, '_>, (index, prop): (usize, &Property)) -> Option<Date> {
        let day = prop.value.parse().ok();
        if day.is_none() {
            let at = props.at.key("props").index(index).key("value");
            self.error(&MALFORMED, &at, format!("`{}` is no day such as `2026-11-01`", prop.value));
        }
        day
    }

    fn kind(&mut self, props: Props<'a, '_>) -> Option<Kind> {
        let level = self.first(props, "level").map(|(_, prop)| prop.value.clone());
        let Some((index, report)) = self.first(props, "report-type") else {
            return Some(Kind::Certificate { level });
        };
        if level.is_some() {
            self.error(&MALFORMED, props.at, "a report has no `level`, and a certificate no `report-type`");
        }
        let known = [ReportType::Type1, ReportType::Type2].map(ReportType::as_str);
        let report_type = self.word(props, (index, report), ReportType::parse, &known);
        let opinion = self
            .one(props, "opinion")
            .and_then(|prop| self.word(props, prop, Opinion::parse, &Opinion::ALL.map(Opinion::as_str)));
        let exceptions = ours(props.list, "exception").map(|(_, prop)| prop.value.clone()).collect();
        Some(Kind::Report { report_type: report_type?, opinion: opinion?, exceptions })
    }

    /// A prop's value that is one of a few words.
    fn word<T>(
        &mut self,
        props: Props<'_, '_>,
        (index, prop): (usize, &Property),
        parse: fn(&str) -> Option<T>,
        known: &[&'static str],
    ) -> Option<T> {
        let at = props.at.key("props").index(index).key("value");
        self.one_of(&prop.name, &prop.value, &at, parse, known)
    }

    fn one_of<T>(
        &mut self,
        name: &str,
        text: &str,
        at: &Pointer,
        parse: fn(&str) -> Option<T>,
        known: &[&'static str],
    ) -> Option<T> {
        let parsed = parse(text);
        if parsed.is_none() {
            let mut finding = Diagnostic::error(&MALFORMED, format!("unknown {name} `{text}`"))
                .at(Location::value(self.file, at))
                .help(format!("known: {}", known.join(", ")));
            if let Some(meant) = nearest(text, known.iter().copied()) {
                finding = finding.help(format!("did you mean `{meant}`?"));
            }
            self.found.push(finding);
        }
        parsed
    }

    fn changes(&mut self, props: Props<'a, '_>) -> Vec<Change> {
        let known = Status::ALL.map(Status::as_str);
        let mut changes: Vec<Change> = Vec::new();
        for (index, prop) in ours(props.list, "status") {
            let at = props.at.key("props").index(index);
            let text = prop.class.as_deref().unwrap_or_default();
            let status = self.one_of("status", text, &at, Status::parse, &known);
            let on = self.day(props, (index, prop));
            let (Some(status), Some(on)) = (status, on) else { continue };
            let (before, earliest) = match changes.last() {
                Some(last) => (Some(last.status), Some(last.on)),
                None => (None, None),
            };
            if let Some(why) = unlawful(before, status) {
                self.error(&UNLAWFUL, &at, why);
            }
            if let Some(earlier) = earliest.filter(|earlier| on < *earlier) {
                let message = format!("it became `{status}` on {on}, before the change of {earlier} above");
                self.error(&UNLAWFUL, &at, message);
            }
            let location = Location::value(self.file, &at);
            changes.push(Change { status, on, reason: prop.remarks.clone(), location });
        }
        if changes.is_empty() {
            self.error(&MALFORMED, props.at, "nothing says what has become of it: it has no prop `status`");
        }
        changes
    }

    /// The first party with that role.
    fn party(&self, component: &DefinedComponent, role: &str) -> Option<&'a Party> {
        let role = component.responsible_roles.iter().find(|one| one.role_id == role);
        let named = role.and_then(|role| role.party_uuids.first())?;
        self.model.metadata.parties.iter().find(|party| party.uuid == *named)
    }

    fn issuer(&mut self, component: &DefinedComponent, at: &Pointer) -> Option<Party> {
        let found = self.party(component, ISSUER);
        if found.is_none() {
            self.found.push(
                Diagnostic::error(&MALFORMED, "nothing says who issued it")
                    .at(Location::value(self.file, at))
                    .help("name a party of the metadata in a responsible role `issuer` of the component"),
            );
        }
        found.cloned()
    }

    fn documents(&mut self, root: &Pointer) -> Vec<Document> {
        let list = root.key("back-matter").key("resources");
        let mut documents = Vec::new();
        for (index, resource) in self.resources().iter().enumerate() {
            let at = list.index(index);
            let hash =
                resource.rlinks.iter().flat_map(|link| &link.hashes).find(|hash| hash.algorithm == "SHA-256");
            let digest = hash.and_then(|hash| hash.value.parse::<Sha256Digest>().ok());
            if hash.is_some() && digest.is_none() {
                self.error(&MALFORMED, &at, "its SHA-256 is no digest of 64 hexadecimal digits");
            }
            let hrefs = resource.rlinks.iter().filter_map(|link| self.file.sibling(&link.href).ok());
            documents.push(Document {
                uuid: resource.uuid.clone(),
                title: resource.title.clone().unwrap_or_else(|| resource.uuid.clone()),
                path: hrefs.into_iter().find(|path| !path.is_remote()),
                digest,
                is_baseline: ours(&resource.props, "kind").any(|(_, prop)| prop.value == "baseline"),
                location: Location::value(self.file, &at),
            });
        }
        documents
    }

    fn inherited(&mut self, component: &DefinedComponent, at: &Pointer) -> Vec<Inherited> {
        let list = at.key("control-implementations");
        let implementations = component.control_implementations.iter().enumerate();
        let each = implementations.flat_map(|(index, implementation)| {
            let list = list.index(index).key("implemented-requirements");
            implementation
                .implemented_requirements
                .iter()
                .enumerate()
                .map(move |(index, requirement)| (list.index(index), &implementation.source, requirement))
        });
        each.map(|(at, source, requirement)| Inherited {
            source: source.clone(),
            control: requirement.control_id.clone(),
            description: requirement.description.clone(),
            duties: self.duties(requirement, &at),
            accepts_type_1: ours(&requirement.props, "accepts").any(|(_, prop)| prop.value == "type-1"),
            location: Location::value(self.file, &at),
        })
        .collect()
    }

    /// What is left to others, each with words for it.
    fn duties(&mut self, requirement: &ImplementedRequirement, at: &Pointer) -> Vec<Duty> {
        let props = Props { list: &requirement.props, at };
        let known = Bearer::ALL.map(Bearer::as_str);
        let mut duties = Vec::new();
        for (index, prop) in ours(&requirement.props, "responsibility") {
            let bearer = self.word(props, (index, prop), Bearer::parse, &known);
            let Some(text) = prop.remarks.clone() else {
                let at = at.key("props").index(index);
                self.error(&MALFORMED, &at, "a responsibility says in its `remarks` what is to be done");
                continue;
            };
            duties.extend(bearer.map(|bearer| Duty { bearer, text }));
        }
        duties
    }
}

/// Why a certificate cannot become what it is said to.
pub(crate) fn unlawful(before: Option<Status>, after: Status) -> Option<String> {
    match before {
        None if matches!(after, Status::New | Status::Issued) => None,
        None => Some(format!("it begins as `{after}`; it begins as `new` or `issued`")),
        Some(before) if before.next().contains(&after) => None,
        Some(before) => {
            let next: Vec<String> = before.next().iter().map(|status| format!("`{status}`")).collect();
            let may = if next.is_empty() {
                "it stays so".to_owned()
            } else {
                format!("it may become {}", next.join(", "))
            };
            Some(format!("what is `{before}` cannot become `{after}`: {may}"))
        }
    }
}

/// The distinct controls that are inherited.
impl Certificate {
    /// The controls that are inherited from it and that it covers, with those that it does not cover.
    pub fn controls(&self) -> (BTreeSet<&str>, Vec<&Inherited>) {
        let (covered, left): (Vec<&Inherited>, Vec<&Inherited>) =
            self.inherited.iter().partition(|inherited| self.covers(inherited));
        (covered.into_iter().map(|inherited| inherited.control.as_str()).collect(), left)
    }
}
