//! Regions and the countries that they lie in.

use crate::draft::Properties;

/// The countries of regions, by the documentation of the platform.
const COUNTRIES: [(&str, &str); 64] = [
    ("australiacentral", "AU"),
    ("australiacentral2", "AU"),
    ("australiaeast", "AU"),
    ("australiasoutheast", "AU"),
    ("austriaeast", "AT"),
    ("belgiumcentral", "BE"),
    ("brazilsouth", "BR"),
    ("brazilsoutheast", "BR"),
    ("canadacentral", "CA"),
    ("canadaeast", "CA"),
    ("centralindia", "IN"),
    ("centralus", "US"),
    ("chilecentral", "CL"),
    ("chinaeast", "CN"),
    ("chinaeast2", "CN"),
    ("chinaeast3", "CN"),
    ("chinanorth", "CN"),
    ("chinanorth2", "CN"),
    ("chinanorth3", "CN"),
    ("eastasia", "HK"),
    ("eastus", "US"),
    ("eastus2", "US"),
    ("francecentral", "FR"),
    ("francesouth", "FR"),
    ("germanynorth", "DE"),
    ("germanywestcentral", "DE"),
    ("indonesiacentral", "ID"),
    ("israelcentral", "IL"),
    ("italynorth", "IT"),
    ("japaneast", "JP"),
    ("japanwest", "JP"),
    ("jioindiacentral", "IN"),
    ("jioindiawest", "IN"),
    ("koreacentral", "KR"),
    ("koreasouth", "KR"),
    ("malaysiawest", "MY"),
    ("mexicocentral", "MX"),
    ("newzealandnorth", "NZ"),
    ("northcentralus", "US"),
    ("northeurope", "IE"),
    ("norwayeast", "NO"),
    ("norwaywest", "NO"),
    ("polandcentral", "PL"),
    ("qatarcentral", "QA"),
    ("southafricanorth", "ZA"),
    ("southafricawest", "ZA"),
    ("southcentralus", "US"),
    ("southeastasia", "SG"),
    ("southindia", "IN"),
    ("spaincentral", "ES"),
    ("swedencentral", "SE"),
    ("swedensouth", "SE"),
    ("switzerlandnorth", "CH"),
    ("switzerlandwest", "CH"),
    ("uaecentral", "AE"),
    ("uaenorth", "AE"),
    ("uksouth", "GB"),
    ("ukwest", "GB"),
    ("westcentralus", "US"),
    ("westeurope", "NL"),
    ("westindia", "IN"),
    ("westus", "US"),
    ("westus2", "US"),
    ("westus3", "US"),
];

/// The name of a region in its short form: `West Europe` is `westeurope`.
pub(super) fn short(name: &str) -> String {
    name.chars().filter(|c| !c.is_whitespace()).flat_map(char::to_lowercase).collect()
}

/// Where a region is: its country is left out where it is not known.
pub(super) fn location(name: &str) -> Properties {
    let region = short(name);
    let listed = COUNTRIES.iter().find(|(known, _)| *known == region).map(|(_, country)| *country);
    // regions of the American government and its armed forces
    let american = || (region.starts_with("usgov") || region.starts_with("usdod")).then_some("US");
    let mut location = Properties::default();
    location.put_if_known("country", listed.or_else(american));
    location.put("region", region);
    location
}
