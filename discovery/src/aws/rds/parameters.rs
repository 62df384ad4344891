use std::collections::BTreeMap;

use aws_sdk_rds::types::Parameter;

use crate::draft::Properties;

/// The values of parameters by group and name.
#[derive(Debug, Default)]
pub(super) struct Parameters {
    instances: BTreeMap<String, Group>,
    clusters: BTreeMap<String, Group>,
}

/// The parameters of a group that have a value.
#[derive(Debug, Default)]
pub(super) struct Group(BTreeMap<String, String>);

/// Parameters that refuse connections without TLS.
const ENFORCING: [&str; 3] = ["rds.force_ssl", "require_secure_transport", "tls"];

impl Parameters {
    /// Those of instances and of clusters.
    pub(super) fn of(
        instances: impl IntoIterator<Item = (String, Vec<Parameter>)>,
        clusters: impl IntoIterator<Item = (String, Vec<Parameter>)>,
    ) -> Self {
        let groups = |(name, parameters): (String, Vec<Parameter>)| (name, Group::of(&parameters));
        Self {
            instances: instances.into_iter().map(groups).collect(),
            clusters: clusters.into_iter().map(groups).collect(),
        }
    }

    /// A group of an instance, if it was read.
    pub(super) fn instance(&self, name: Option<&str>) -> Option<&Group> {
        self.instances.get(name?)
    }

    /// A group of a cluster, if it was read.
    pub(super) fn cluster(&self, name: Option<&str>) -> Option<&Group> {
        self.clusters.get(name?)
    }
}

impl Group {
    fn of(parameters: &[Parameter]) -> Self {
        let values = parameters.iter().filter_map(|parameter| {
            Some((parameter.parameter_name()?.to_owned(), parameter.parameter_value()?.to_owned()))
        });
        Self(values.collect())
    }

    /// Whether connections must be encrypted; not known where no parameter
    /// with a value tells.
    fn enforces(&self) -> Option<bool> {
        let value = ENFORCING.iter().find_map(|name| self.0.get(*name))?;
        match value.to_ascii_lowercase().as_str() {
            "1" | "on" | "true" | "enabled" => Some(true),
            "0" | "off" | "false" | "disabled" => Some(false),
            // a version of TLS, for DocumentDB
            version if version.starts_with("tls1") || version.starts_with("fips") => Some(true),
            _ => None,
        }
    }

    /// The lowest version of TLS that is accepted, where one is set.
    fn version(&self) -> Option<String> {
        let names = ["ssl_min_protocol_version", "tls_version"];
        let value = names.iter().find_map(|name| self.0.get(*name))?;
        let versions = value.split(',').map(|word| word.trim().strip_prefix("TLSv"));
        let versions: Vec<(&str, u32)> = versions
            .map(|version| {
                let version = if version? == "1" { "1.0" } else { version? };
                Some((version, version.strip_prefix("1.")?.parse().ok()?))
            })
            .collect::<Option<_>>()?;
        versions.into_iter().min_by_key(|(_, minor)| *minor).map(|(version, _)| version.to_owned())
    }

    /// What the group tells about encryption on the way.
    pub(super) fn put(&self, encryption: &mut Properties) {
        encryption.put_if_known("enforced", self.enforces());
        encryption.put_if_known("protocolVersion", self.version());
    }
}

#[cfg(test)]
mod tests {
    use super::{Group, Parameter};

    #[test]
    fn encryption_on_the_way() {
        for (name, value, enforced, version) in [
            ("rds.force_ssl", Some("1"), Some(true), None),
            ("rds.force_ssl", Some("0"), Some(false), None),
            ("rds.force_ssl", None, None, None),
            ("require_secure_transport", Some("ON"), Some(true), None),
            ("require_secure_transport", Some("{TrueIfReplica}"), None, None),
            ("tls", Some("disabled"), Some(false), None),
            ("tls", Some("tls1.2+"), Some(true), None),
            ("ssl_min_protocol_version", Some("TLSv1.2"), None, Some("1.2")),
            ("ssl_min_protocol_version", Some("TLSv1"), None, Some("1.0")),
            ("tls_version", Some("TLSv1.3, TLSv1.1,TLSv1.2"), None, Some("1.1")),
            ("tls_version", Some("SSLv3"), None, None),
        ] {
            let parameter =
                Parameter::builder().parameter_name(name).set_parameter_value(value.map(str::to_owned));
            let group = Group::of(&[parameter.build()]);
            assert_eq!(group.enforces(), enforced, "{name} {value:?}");
            assert_eq!(group.version().as_deref(), version, "{name} {value:?}");
        }
    }
}
