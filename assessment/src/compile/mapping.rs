//! Mappings: which metrics and procedures a control is judged by.

use probity_diagnostics::{Diagnostic, Diagnostics, FileTree, Location, Pointer, Step, TreePath};
use probity_oscal::model::component::{ControlImplementation, ImplementedRequirement};
use probity_oscal::model::implementation::SetParameter;
use probity_oscal::{PROBITY_NS, TRESTLE_NS};
use probity_register::procedure_of;

use super::Procedure;
use super::definition::{self, Props};
use crate::codes;

/// The control implementations of a component definition, one for each catalog or profile that it maps.
#[derive(Debug, Clone, PartialEq)]
pub struct Mapping {
    /// The catalog or profile, as the file names it.
    pub source: String,
    /// The file.
    pub file: TreePath,
    pub(super) set_parameters: Vec<Setting>,
    pub(super) entries: Vec<Entry>,
}

impl Mapping {
    /// Ids of the controls that it has entries for, in file order.
    pub fn controls(&self) -> impl Iterator<Item = &str> {
        self.entries.iter().map(|entry| entry.control.as_str())
    }
}

/// A parameter and its values.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Setting {
    pub(super) parameter: String,
    pub(super) values: Vec<String>,
    pub(super) at: Pointer,
}

/// A metric that a mapping names.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Named {
    pub(super) metric: String,
    /// The statement of the control, where the mapping names one.
    pub(super) statement: Option<String>,
    pub(super) at: Pointer,
}

/// A control parameter that is the target value of a metric.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Binding {
    pub(super) control_parameter: String,
    pub(super) metric_parameter: String,
    pub(super) at: Pointer,
}

/// What a mapping says of one control.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Entry {
    pub(super) control: String,
    pub(super) at: Pointer,
    pub(super) metrics: Vec<Named>,
    pub(super) procedures: Vec<Procedure>,
    pub(super) set_parameters: Vec<Setting>,
    pub(super) bindings: Vec<Binding>,
}

/// Reads the mappings of one component definition. The controls of a certificate (a component of type `validation`, see
/// [`probity_register`]) are settled by examining it.
///
/// # Errors
/// The file cannot be read, or an entry has a wrong form.
pub fn load_mappings(tree: &dyn FileTree, file: &TreePath) -> Step<Vec<Mapping>> {
    let document = definition::read(tree, file, &codes::MAPPING_FORM)?;
    let mut findings = Diagnostics::new();
    let mut mappings = Vec::new();
    for (index, component) in document.components.iter().enumerate() {
        let at = definition::pointer(&[("components", index)]).key("control-implementations");
        let examined = procedure_of(component);
        for (index, implementation) in component.control_implementations.iter().enumerate() {
            let mut mapping = mapping(file, implementation, &at.index(index), &mut findings);
            for (entry, requirement) in
                mapping.entries.iter_mut().zip(&implementation.implemented_requirements)
            {
                entry.procedures.extend(examined.iter().map(|id| Procedure {
                    id: id.clone(),
                    method: "EXAMINE".to_owned(),
                    description: requirement.description.clone(),
                }));
            }
            mappings.push(mapping);
        }
    }
    findings.unless_errors(mappings)
}

fn mapping(
    file: &TreePath,
    implementation: &ControlImplementation,
    at: &Pointer,
    findings: &mut Diagnostics,
) -> Mapping {
    let requirements = implementation.implemented_requirements.iter().enumerate();
    let at_requirements = at.key("implemented-requirements");
    Mapping {
        source: implementation.source.clone(),
        file: file.clone(),
        set_parameters: settings(&implementation.set_parameters, &at.key("set-parameters")),
        entries: requirements
            .map(|(index, requirement)| entry(file, requirement, &at_requirements.index(index), findings))
            .collect(),
    }
}

fn entry(
    file: &TreePath,
    requirement: &ImplementedRequirement,
    at: &Pointer,
    findings: &mut Diagnostics,
) -> Entry {
    let props = Props { list: &requirement.props, at: at.key("props") };
    let mut metrics = named(&props, None);
    for (index, statement) in requirement.statements.iter().enumerate() {
        let props = Props { list: &statement.props, at: at.key("statements").index(index).key("props") };
        metrics.extend(named(&props, Some(&statement.statement_id)));
    }
    let mut bindings = Vec::new();
    for (prop, at) in props.all(PROBITY_NS, "parameter-binding") {
        match &prop.class {
            Some(class) => bindings.push(Binding {
                control_parameter: prop.value.clone(),
                metric_parameter: class.clone(),
                at,
            }),
            None => findings.push(
                Diagnostic::error(&codes::MAPPING_FORM, "the binding names no metric parameter")
                    .at(Location::value(file, &at))
                    .help("give the id of the metric's parameter as `class`: `<metric-name>_target`"),
            ),
        }
    }
    Entry {
        control: requirement.control_id.clone(),
        at: at.clone(),
        metrics,
        procedures: procedures(file, &props, findings),
        set_parameters: settings(&requirement.set_parameters, &at.key("set-parameters")),
        bindings,
    }
}

fn named(props: &Props<'_>, statement: Option<&str>) -> Vec<Named> {
    let statement = statement.map(str::to_owned);
    props
        .all(TRESTLE_NS, "Rule_Id")
        .map(|(prop, at)| Named { metric: prop.value.clone(), statement: statement.clone(), at })
        .collect()
}

fn procedures(file: &TreePath, props: &Props<'_>, findings: &mut Diagnostics) -> Vec<Procedure> {
    let mut procedures = Vec::new();
    for (prop, at) in props.all(PROBITY_NS, "procedure") {
        let method = prop.value.to_ascii_uppercase();
        if !matches!(method.as_str(), "EXAMINE" | "INTERVIEW") {
            let message = format!("`{}` is no manual method", prop.value);
            findings.push(
                Diagnostic::error(&codes::MAPPING_FORM, message)
                    .at(Location::value(file, &at))
                    .help("a procedure is EXAMINE or INTERVIEW"),
            );
        }
        procedures.push(Procedure {
            id: prop.class.clone().unwrap_or_else(|| "attestation".to_owned()),
            method,
            description: prop.remarks.clone().unwrap_or_default(),
        });
    }
    procedures
}

fn settings(list: &[SetParameter], at: &Pointer) -> Vec<Setting> {
    list.iter()
        .enumerate()
        .map(|(index, set)| Setting {
            parameter: set.param_id.clone(),
            values: set.values.clone(),
            at: at.index(index),
        })
        .collect()
}
