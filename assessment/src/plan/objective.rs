//! What the finding of a control targets, and objectives for controls that have nothing to target.

use probity_oscal::OSCAL_NS;
use probity_oscal::model::assessment::LocalObjective;
use probity_oscal::model::control::Part;
use probity_oscal::model::metadata::Property;

use crate::compile::ReviewedControl;
use crate::props::markup_line;

/// The target of a finding (OSCAL, `finding/target`).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Target {
    /// `statement-id`, or `objective-id` where the control's statement has no id.
    pub kind: &'static str,
    /// Id of the statement in the resolved catalog, or of the objective in the plan.
    pub id: String,
}

/// What the finding of a control targets.
pub fn target(control: &ReviewedControl) -> Target {
    match &control.statement {
        Some(statement) => Target { kind: "statement-id", id: statement.clone() },
        None => Target { kind: "objective-id", id: format!("{}_obj", control.id) },
    }
}

/// Objectives for the controls without a statement id.
pub(crate) fn objectives<'a>(controls: impl IntoIterator<Item = &'a ReviewedControl>) -> Vec<LocalObjective> {
    let without = controls.into_iter().filter(|control| control.statement.is_none());
    without.map(objective).collect()
}

fn objective(control: &ReviewedControl) -> LocalObjective {
    let method = format!("{}_obj-method", control.id);
    LocalObjective {
        control_id: control.id.clone(),
        description: Some("The statement of the control has no id that a finding could name.".to_owned()),
        parts: vec![
            Part {
                id: Some(target(control).id),
                name: "assessment-objective".to_owned(),
                title: Some(control.title.clone()),
                props: vec![prop("method-id", &method)],
                prose: Some(format!("Whether control {} is met.", markup_line(&control.id))),
                ..Part::default()
            },
            Part {
                id: Some(method),
                name: "assessment-method".to_owned(),
                props: vec![prop("method", method_of(control))],
                parts: vec![Part {
                    name: "assessment-objects".to_owned(),
                    prose: Some("The resources of the evidence, and what people attest.".to_owned()),
                    ..Part::default()
                }],
                ..Part::default()
            },
        ],
        ..LocalObjective::default()
    }
}

/// The method by which most of the control is assessed.
fn method_of(control: &ReviewedControl) -> &str {
    let by_hand = control.procedures.first().filter(|_| control.checks.is_empty());
    by_hand.map_or("TEST", |procedure| procedure.method.as_str())
}

/// A prop that OSCAL itself defines.
fn prop(name: &str, value: &str) -> Property {
    Property {
        name: name.to_owned(),
        ns: Some(OSCAL_NS.to_owned()),
        value: value.to_owned(),
        ..Property::default()
    }
}
