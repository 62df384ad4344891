//! What was added or removed, in short.

use super::{Item, Position};
use crate::OSCAL_NS;
use crate::model::control::{Parameter, Part};
use crate::model::metadata::{Link, Property};
use crate::model::profile::Add;

impl Item {
    fn of(kind: &'static str) -> Self {
        Self { kind, id: None, name: None, ns: None, text: None, inside: None }
    }

    pub(in crate::resolve) fn param(param: &Parameter) -> Self {
        Self { id: Some(param.id.clone()), text: param.label.clone(), ..Self::of("param") }
    }

    pub(in crate::resolve) fn prop(prop: &Property) -> Self {
        let ns = prop.ns.clone().filter(|ns| ns != OSCAL_NS);
        Self { name: Some(prop.name.clone()), ns, text: Some(prop.value.clone()), ..Self::of("prop") }
    }

    pub(in crate::resolve) fn link(link: &Link) -> Self {
        Self { name: link.rel.clone(), text: Some(link.href.clone()), ..Self::of("link") }
    }

    pub(in crate::resolve) fn part(part: &Part) -> Self {
        let text = part.title.clone().or(part.prose.clone());
        Self { id: part.id.clone(), name: Some(part.name.clone()), text, ..Self::of("part") }
    }

    pub(in crate::resolve) fn inside(self, holder: Option<&str>) -> Self {
        Self { inside: holder.map(str::to_owned), ..self }
    }

    /// Everything that an addition brings.
    pub(in crate::resolve) fn all_of(add: &Add) -> Vec<Self> {
        let title = add.title.iter().map(|title| Self { text: Some(title.clone()), ..Self::of("title") });
        title
            .chain(add.params.iter().map(Self::param))
            .chain(add.props.iter().map(Self::prop))
            .chain(add.links.iter().map(Self::link))
            .chain(add.parts.iter().map(Self::part))
            .collect()
    }
}

impl Position {
    /// The position of an addition; `ending` where it does not say.
    pub(in crate::resolve) fn of(add: &Add) -> Self {
        match add.position.as_deref() {
            Some("starting") => Self::Starting,
            Some("before") => Self::Before,
            Some("after") => Self::After,
            _ => Self::Ending,
        }
    }

    /// Whether content goes to the front of the lists it is added to.
    pub(in crate::resolve) fn is_start(self) -> bool {
        matches!(self, Self::Starting | Self::Before)
    }

    /// Whether content goes inside the target of an explicit binding.
    pub(in crate::resolve) fn is_inside(self) -> bool {
        matches!(self, Self::Starting | Self::Ending)
    }
}
