//! Incidents of advisories that match an inventory.

use probity_diagnostics::{Diagnostic, Diagnostics, Location, TreePath, Warned};
use serde_json::Value;

use super::product::{Answer, Product, products};
use super::{Asset, Maker, blank, target};
use crate::incident::codes::{NO_ORIGIN, UNDECIDED};
use crate::incident::{Discovery, Event, Incident, Link, System, Word};

/// An asset that an advisory is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Match {
    /// The uuid of the asset.
    pub asset: String,
    /// What it is in OSCAL: `component` or `inventory-item`.
    pub kind: &'static str,
    /// What it is called.
    pub title: String,
    /// The id of the product in the advisory.
    pub product_id: String,
    /// What the product is called.
    pub product: String,
    /// By what it matches.
    pub by: &'static str,
    /// Whether its version is one that is affected, as far as can be told.
    pub is_certain: bool,
}

/// Lists of products of a vulnerability that are, or may be, affected.
pub(super) const AFFECTED: [&str; 3] = ["known_affected", "first_affected", "last_affected"];
/// The list of those of which nobody knows yet.
pub(super) const UNDER_INVESTIGATION: &str = "under_investigation";

/// The assets that products of an advisory match which are affected, or may be.
pub fn matches(advisory: &Value, assets: &[Asset]) -> Vec<Match> {
    let Some(tree) = advisory.get("product_tree") else { return Vec::new() };
    let (affected, open) = (listed(advisory, &AFFECTED), listed(advisory, &[UNDER_INVESTIGATION]));
    let mut found: Vec<Match> = Vec::new();
    for product in products(tree) {
        let is_affected = affected.contains(&product.id.as_str());
        if !is_affected && !open.contains(&product.id.as_str()) {
            continue;
        }
        for asset in assets {
            let Some(one) = matched(&product, asset, is_affected) else { continue };
            match found
                .iter_mut()
                .find(|known| known.asset == one.asset && known.product_id == one.product_id)
            {
                Some(known) if one.is_certain => *known = one,
                Some(_) => {}
                None => found.push(one),
            }
        }
    }
    found
}

fn matched(product: &Product, asset: &Asset, is_affected: bool) -> Option<Match> {
    let (answer, by) = product.is(asset);
    (answer != Answer::No).then(|| Match {
        asset: asset.uuid.clone(),
        kind: asset.kind,
        title: asset.title.clone(),
        product_id: product.id.clone(),
        product: product.title.clone(),
        by,
        is_certain: is_affected && answer == Answer::Yes,
    })
}

/// The products that vulnerabilities list under these words.
fn listed<'v>(advisory: &'v Value, words: &[&str]) -> Vec<&'v str> {
    let all = advisory.get("vulnerabilities").and_then(Value::as_array).into_iter().flatten();
    let lists = all.flat_map(|one| {
        words.iter().filter_map(move |word| one.get("product_status")?.get(word)?.as_array())
    });
    lists.flatten().filter_map(Value::as_str).collect()
}

/// The incident of an advisory, given what it says and what it matches. It bears the colour of the advisory.
///
/// # Errors
/// Nothing matches.
pub fn from_advisory(
    said: &Incident,
    found: &[Match],
    maker: &Maker,
    file: &TreePath,
) -> Result<Warned<Incident>, Diagnostics> {
    if found.is_empty() {
        let message = "no affected product of the advisory is in the inventory";
        return Err(Diagnostic::error(&NO_ORIGIN, message).at(Location::file(file)).into());
    }
    let mut warnings = Diagnostics::new();
    for one in found.iter().filter(|one| !one.is_certain) {
        let message =
            format!("`{}` may be `{}`, by {}: its version cannot be decided", one.title, one.product, one.by);
        warnings.push(Diagnostic::warning(&UNDECIDED, message).at(Location::file(file)));
    }
    let systems: Vec<System> = found.iter().filter_map(system).collect();
    let mut incident = blank(maker, None, Word::other());
    incident.marking = said.marking;
    incident.title.clone_from(&said.title);
    incident.language.clone_from(&said.language);
    incident.status = Word::foreign("new");
    incident.related.clone_from(&said.related);
    incident.description.clone_from(&said.description);
    incident.copyright.clone_from(&said.copyright);
    incident.methods.clone_from(&said.methods);
    let source = Word::foreign("external-notification");
    let whence = format!("Advisory {} of {}", said.id, said.issuer);
    incident.discoveries =
        source.map(|source| Discovery { source, description: Some(whence) }).into_iter().collect();
    incident.events = vec![Event { systems, ..Event::default() }];
    let rel = "advisory".parse().ok();
    incident.links = rel.map(|rel| Link { rel, href: file.to_string() }).into_iter().collect();
    Ok(Warned { value: incident, warnings })
}

fn system(one: &Match) -> Option<System> {
    let is = if one.is_certain { "is" } else { "may be" };
    target(&one.asset, &one.asset, Some(format!("{} {is} {}, by {}", one.title, one.product, one.by)))
}
