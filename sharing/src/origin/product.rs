//! Products of an advisory, and whether an asset is one of them.

use std::cmp::Ordering;

use serde_json::Value;

use super::assets::Asset;
use super::versions::{compare, contains};
use crate::formats::json::text;

/// A product as the tree of an advisory describes it.
#[derive(Debug, Clone, Default)]
pub(super) struct Product {
    pub(super) id: String,
    pub(super) title: String,
    purls: Vec<String>,
    cpe: Option<String>,
    name: Option<String>,
    version: Option<String>,
    range: Option<String>,
}

/// Whether an asset is a product.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Answer {
    Yes,
    No,
    /// The software is the same, its version is unknown or cannot be compared.
    Unknown,
}

/// All products of the tree of an advisory.
pub(super) fn products(tree: &Value) -> Vec<Product> {
    let mut found = Vec::new();
    for product in list(tree, "full_product_names") {
        found.extend(named(product, &Product::default()));
    }
    for branch in list(tree, "branches") {
        collect(branch, &Product::default(), &mut found);
    }
    found
}

fn list<'v>(value: &'v Value, key: &str) -> &'v [Value] {
    value.get(key).and_then(Value::as_array).map_or(&[][..], Vec::as_slice)
}

/// The products below a branch; the depth of documents is limited when they are read.
fn collect(branch: &Value, above: &Product, found: &mut Vec<Product>) {
    let mut here = above.clone();
    let name = text(branch, "name").map(str::to_owned);
    match text(branch, "category") {
        Some("product_name") => here.name = name,
        Some("product_version") => here.version = name,
        Some("product_version_range") => here.range = name,
        _ => {}
    }
    found.extend(branch.get("product").and_then(|product| named(product, &here)));
    for below in list(branch, "branches") {
        collect(below, &here, found);
    }
}

fn named(product: &Value, above: &Product) -> Option<Product> {
    let helper = product.get("product_identification_helper");
    let one = helper.and_then(|helper| text(helper, "purl"));
    let several =
        helper.map(|helper| list(helper, "purls")).unwrap_or_default().iter().filter_map(Value::as_str);
    Some(Product {
        id: text(product, "product_id")?.to_owned(),
        title: text(product, "name").unwrap_or_default().to_owned(),
        purls: one.into_iter().chain(several).map(str::to_owned).collect(),
        cpe: helper.and_then(|helper| text(helper, "cpe")).map(str::to_owned),
        ..above.clone()
    })
}

impl Product {
    /// Whether the asset is this product, and by what that is known.
    pub(super) fn is(&self, asset: &Asset) -> (Answer, &'static str) {
        let purls = self.purls.iter().filter_map(|text| purl(text));
        for (name, version) in purls {
            for (own, own_version) in asset.purls.iter().filter_map(|text| purl(text)) {
                if own.eq_ignore_ascii_case(name) {
                    return (self.has(version, own_version.or(asset.version.as_deref())), "purl");
                }
            }
        }
        if let Some((name, version)) = self.cpe.as_deref().and_then(cpe) {
            for (own, own_version) in asset.cpes.iter().filter_map(|text| cpe(text)) {
                if own == name {
                    let known = own_version.or_else(|| asset.version.clone());
                    return (self.has(version.as_deref(), known.as_deref()), "cpe");
                }
            }
        }
        let same =
            self.name.as_ref().zip(asset.name.as_ref()).is_some_and(|(a, b)| a.eq_ignore_ascii_case(b));
        let answer = if same { self.has(None, asset.version.as_deref()) } else { Answer::No };
        (answer, "name and version")
    }

    /// Whether the product has the version of an asset: the one that its name in an enumeration says, else the one or the range of
    /// its branch, else any.
    fn has(&self, version: Option<&str>, own: Option<&str>) -> Answer {
        let wanted = version.or(self.version.as_deref());
        if wanted.is_none() && self.range.is_none() {
            return Answer::Yes;
        }
        let Some(own) = own else { return Answer::Unknown };
        let is = match (wanted, &self.range) {
            (Some(wanted), _) if wanted == own => Some(true),
            (Some(wanted), _) => compare(own, wanted).map(|order| order == Ordering::Equal),
            (None, Some(range)) => contains(range, own),
            (None, None) => Some(true),
        };
        match is {
            Some(true) => Answer::Yes,
            Some(false) => Answer::No,
            None => Answer::Unknown,
        }
    }
}

/// A package url without qualifiers, and its version.
fn purl(text: &str) -> Option<(&str, Option<&str>)> {
    let rest = text.strip_prefix("pkg:")?;
    let plain = rest.split(['?', '#']).next()?;
    match plain.rsplit_once('@').filter(|(name, _)| name.contains('/')) {
        Some((name, version)) => Some((name, Some(version))),
        None => Some((plain, None)),
    }
}

/// Part, vendor and product of a name of the Common Platform Enumeration, 2.2 or 2.3, and the version, where it says one.
fn cpe(text: &str) -> Option<(String, Option<String>)> {
    let rest = text.strip_prefix("cpe:2.3:").or_else(|| text.strip_prefix("cpe:/"))?;
    let mut parts = rest.split(':').map(str::to_ascii_lowercase);
    let name = [parts.next()?, parts.next()?, parts.next()?].join(":");
    let version = parts.next().filter(|version| !matches!(version.as_str(), "*" | "-" | ""));
    Some((name, version))
}
