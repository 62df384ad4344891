//! Props of OSCAL objects, looked up by name.

use probity_oscal::PROBITY_NS;
use probity_oscal::model::metadata::Property;

/// The value of our prop `name`; where there is none, the first prop of that name in any namespace, because other tools
/// write the same facts in theirs.
pub(crate) fn prop<'a>(props: &'a [Property], name: &str) -> Option<&'a str> {
    let named = || props.iter().filter(|prop| prop.name == name);
    let ours = named().find(|prop| prop.ns.as_deref() == Some(PROBITY_NS));
    ours.or_else(|| named().next()).map(|prop| prop.value.as_str())
}

/// Every value of prop `name`, in order.
pub(crate) fn values<'a>(props: &'a [Property], name: &str) -> Vec<&'a str> {
    props.iter().filter(|prop| prop.name == name).map(|prop| prop.value.as_str()).collect()
}

/// The same value, owned.
pub(crate) fn owned(props: &[Property], name: &str) -> Option<String> {
    prop(props, name).map(str::to_owned)
}
