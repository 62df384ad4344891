//! What an inventory knows of software: components and items of a system security plan.

use probity_oscal::model::SystemSecurityPlan;
use probity_oscal::model::implementation::{InventoryItem, SystemComponent};
use probity_oscal::model::metadata::Property;

/// Software or a resource with software, as an inventory knows it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Asset {
    /// The uuid of the component or item.
    pub uuid: String,
    /// What it is in OSCAL: `component` or `inventory-item`.
    pub kind: &'static str,
    /// What it is called.
    pub title: String,
    /// Its package urls: props `purl`.
    pub purls: Vec<String>,
    /// Its names in the Common Platform Enumeration: props `cpe`.
    pub cpes: Vec<String>,
    /// The name of its software: prop `software-name`, of a component of type `software` its title.
    pub name: Option<String>,
    /// The version of its software: prop `software-version`, of a component `version`.
    pub version: Option<String>,
}

/// The assets of a plan: its components, and its items with what the components say that they implement.
pub fn of_plan(plan: &SystemSecurityPlan) -> Vec<Asset> {
    let implementation = &plan.system_implementation;
    of_definitions(&implementation.components, &implementation.inventory_items)
}

/// The assets of components and items.
pub fn of_definitions(components: &[SystemComponent], items: &[InventoryItem]) -> Vec<Asset> {
    let mut assets: Vec<Asset> = components.iter().map(component).collect();
    for item in items {
        let own = with_props(&item.uuid, ("inventory-item", &item.description), &item.props);
        let implemented = item.implemented_components.iter();
        let of: Vec<&Asset> = implemented
            .filter_map(|one| assets.iter().find(|asset| asset.uuid == one.component_uuid))
            .filter(|asset| asset.is_known())
            .collect();
        let inherited: Vec<Asset> = of
            .into_iter()
            .map(|asset| Asset {
                uuid: own.uuid.clone(),
                kind: own.kind,
                title: own.title.clone(),
                ..asset.clone()
            })
            .collect();
        assets.push(own);
        assets.extend(inherited);
    }
    assets.retain(Asset::is_known);
    assets
}

impl Asset {
    /// Whether anything is known by which it could match.
    fn is_known(&self) -> bool {
        !self.purls.is_empty() || !self.cpes.is_empty() || self.name.is_some()
    }
}

fn component(component: &SystemComponent) -> Asset {
    let asset = with_props(&component.uuid, ("component", &component.title), &component.props);
    let is_software = component.r#type == "software";
    Asset {
        name: asset.name.or_else(|| is_software.then(|| component.title.clone())),
        version: asset.version.or_else(|| texts(&component.props, "version").next()),
        ..asset
    }
}

fn with_props(uuid: &str, (kind, title): (&'static str, &str), props: &[Property]) -> Asset {
    Asset {
        uuid: uuid.to_owned(),
        kind,
        title: title.to_owned(),
        purls: texts(props, "purl").collect(),
        cpes: texts(props, "cpe").collect(),
        name: texts(props, "software-name").next(),
        version: texts(props, "software-version").next(),
    }
}

fn texts<'p>(props: &'p [Property], name: &'p str) -> impl Iterator<Item = String> + 'p {
    props.iter().filter(move |prop| prop.name == name).map(|prop| prop.value.clone())
}
