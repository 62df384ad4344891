//! Who answers for a control: the roles that the system security plan or the mappings name, and who has them.

use std::collections::BTreeMap;

use probity_assessment::attest::name_of;
use probity_assessment::compile::StatementItem;
use probity_diagnostics::{Diagnostics, FileTree, Step};
use probity_oscal::model::ComponentDefinition;
use probity_oscal::model::metadata::{Metadata, ResponsibleRole};
use probity_oscal::model::ssp::{ByComponent, ImplementedRequirement};

use crate::steps::{self, Parts};

/// Who answers for what, by name.
#[derive(Debug, Default)]
pub(super) struct Owners {
    /// Of controls and items of statements, by id: as the plan says, else as mappings say.
    by_id: BTreeMap<String, Vec<String>>,
    /// Who owns the system.
    of_system: Vec<String>,
}

impl Owners {
    /// Reads the system security plan and the mappings of an assessment.
    pub(super) fn read(tree: &dyn FileTree, parts: &Parts) -> Step<Self> {
        let mut findings = Diagnostics::new();
        let mut owners = Self::default();
        if let Some(path) = &parts.ssp
            && let Some(plan) = findings.absorb(steps::system_security_plan(tree, path))
        {
            for requirement in &plan.control_implementation.implemented_requirements {
                owners.of_requirement(requirement, &plan.metadata);
            }
            owners.of_system = having("system-owner", &plan.metadata);
        }
        for path in &parts.mappings {
            let Some(mapping) = findings.absorb(probity_oscal::load_as::<ComponentDefinition>(tree, path))
            else {
                continue;
            };
            for component in &mapping.components {
                let own = names(&component.responsible_roles, &mapping.metadata);
                let implementations = component.control_implementations.iter();
                for requirement in implementations.flat_map(|one| &one.implemented_requirements) {
                    let named = names(&requirement.responsible_roles, &mapping.metadata);
                    owners.add(&requirement.control_id, if named.is_empty() { own.clone() } else { named });
                    for statement in &requirement.statements {
                        let named = names(&statement.responsible_roles, &mapping.metadata);
                        owners.add(&statement.statement_id, named);
                    }
                }
            }
        }
        findings.unless_errors(owners)
    }

    fn of_requirement(&mut self, requirement: &ImplementedRequirement, metadata: &Metadata) {
        let inside = |components: &[ByComponent]| {
            components.iter().flat_map(|one| names(&one.responsible_roles, metadata)).collect::<Vec<_>>()
        };
        let own = names(&requirement.responsible_roles, metadata);
        let own = if own.is_empty() { inside(&requirement.by_components) } else { own };
        self.add(&requirement.control_id, own);
        for statement in &requirement.statements {
            let own = names(&statement.responsible_roles, metadata);
            let own = if own.is_empty() { inside(&statement.by_components) } else { own };
            self.add(&statement.statement_id, own);
        }
    }

    /// Notes who answers for something, unless somebody does already.
    fn add(&mut self, id: &str, mut names: Vec<String>) {
        names.sort();
        names.dedup();
        if !names.is_empty() {
            self.by_id.entry(id.to_owned()).or_insert(names);
        }
    }

    /// Who answers for an item of a statement or a control, else for the system.
    pub(super) fn of(&self, control: &str, item: Option<&StatementItem>) -> Vec<String> {
        let item = item.into_iter().flat_map(StatementItem::ids).find_map(|id| self.by_id.get(id));
        item.or_else(|| self.by_id.get(control)).unwrap_or(&self.of_system).clone()
    }
}

/// The names of those who have roles: the parties named beside a role, else those that the document gives it, else the role itself.
fn names(roles: &[ResponsibleRole], metadata: &Metadata) -> Vec<String> {
    let of_role = |role: &ResponsibleRole| {
        let named: Vec<String> = role.party_uuids.iter().filter_map(|uuid| party(uuid, metadata)).collect();
        if !named.is_empty() {
            return named;
        }
        match having(&role.role_id, metadata) {
            having if !having.is_empty() => having,
            _ => {
                let known = metadata.roles.iter().find(|known| known.id == role.role_id);
                vec![known.map_or_else(|| role.role_id.clone(), |known| known.title.clone())]
            }
        }
    };
    roles.iter().flat_map(of_role).collect()
}

/// The names of those to whom a document gives a role.
fn having(role: &str, metadata: &Metadata) -> Vec<String> {
    let responsible = metadata.responsible_parties.iter().filter(|one| one.role_id == role);
    responsible.flat_map(|one| &one.party_uuids).filter_map(|uuid| party(uuid, metadata)).collect()
}

fn party(uuid: &str, metadata: &Metadata) -> Option<String> {
    let party = metadata.parties.iter().find(|party| party.uuid == uuid)?;
    Some(name_of(party).to_owned())
}
