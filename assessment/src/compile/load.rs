//! Reads metrics from their folders.

use probity_diagnostics::{
    Diagnostic, Diagnostics, FileTree, Location, Pointer, Sha256Digest, Step, TreePath,
};
use probity_evidence::Severity;
use probity_oscal::model::ComponentDefinition;
use probity_oscal::{PROBITY_NS, TRESTLE_NS};
use uuid::Uuid;

use super::definition::{self, Props};
use super::metric::{Metric, MetricName, Operator, TargetClass};
use super::units;
use crate::codes;

/// The largest Rego file that is read.
const REGO_LIMIT: u64 = 1 << 20;

/// Reads every metric below `folder`: each `metric.yaml` with the Rego file beside it, sorted by name.
///
/// # Errors
/// A file cannot be read or a metric lacks something; all of them are reported.
pub fn load_metrics(tree: &dyn FileTree, folder: &TreePath) -> Step<Vec<Metric>> {
    let mut findings = Diagnostics::new();
    let mut metrics = Vec::new();
    let files = tree.walk(folder).map_err(Diagnostic::from)?;
    for file in files.iter().filter(|file| file.file_name() == "metric.yaml") {
        metrics.extend(findings.absorb(load_metric(tree, file)));
    }
    metrics.sort_by(|a, b| a.name.cmp(&b.name));
    findings.unless_errors(metrics)
}

/// Reads the metric that stands in `file`, with the Rego file that it names.
///
/// # Errors
/// A file cannot be read or the metric lacks something; all of it is reported.
pub fn load_metric(tree: &dyn FileTree, file: &TreePath) -> Step<Metric> {
    let mut findings = Diagnostics::new();
    let document = definition::read(tree, file, &codes::METRIC_FORM)?;
    match (Reading { file, findings: &mut findings }.metric(tree, &document)) {
        Some(metric) => findings.unless_errors(metric),
        None => Err(findings),
    }
}

struct Reading<'a> {
    file: &'a TreePath,
    findings: &'a mut Diagnostics,
}

impl Reading<'_> {
    fn wrong(&mut self, at: &Pointer, message: impl Into<String>) -> &mut Self {
        self.findings
            .push(Diagnostic::error(&codes::METRIC_FORM, message).at(Location::value(self.file, at)));
        self
    }

    fn metric(&mut self, tree: &dyn FileTree, document: &ComponentDefinition) -> Option<Metric> {
        let mut rules =
            document.components.iter().enumerate().filter(|(_, component)| component.r#type == "rule");
        let (Some((index, component)), None) = (rules.next(), rules.next()) else {
            self.wrong(&definition::pointer(&[]), "a metric has exactly one component of type `rule`");
            return None;
        };
        let at = definition::pointer(&[("components", index)]);
        let props = Props { list: &component.props, at: at.key("props") };
        let name = self.name(&props);
        let uuid = Uuid::parse_str(&component.uuid).ok();
        if uuid.is_none() {
            self.wrong(&at.key("uuid"), "the uuid of the metric is no uuid");
        }
        let severity = self.severity(&props);
        let category = self.required(&props, "category");
        let resource_types: Vec<String> =
            props.all(PROBITY_NS, "resource-type").map(|(prop, _)| prop.value.clone()).collect();
        if resource_types.is_empty() {
            self.wrong(&props.at, "the metric names no `resource-type`");
        }
        let target_class = self.target_class(&props);
        let (property, operator, target_value) = self.comparison(&props, target_class.is_some());
        let max_age = self.max_age(&props);
        let (rego_file, rego) = self.rego(tree, document)?;
        Some(Metric {
            name: name?,
            uuid: uuid?,
            title: component.title.clone(),
            description: component.description.clone(),
            category: category?,
            resource_types,
            property,
            operator,
            target_value,
            target_class,
            severity: severity?,
            max_age,
            file: self.file.clone(),
            places: props.places(PROBITY_NS),
            rego_file,
            rego: rego.into(),
        })
    }

    fn name(&mut self, props: &Props<'_>) -> Option<MetricName> {
        let Some((prop, at)) = props.first(TRESTLE_NS, "Rule_Id") else {
            self.wrong(&props.at, "the metric has no `Rule_Id`");
            return None;
        };
        let name = MetricName::parse(&prop.value).ok();
        if name.is_none() {
            self.wrong(
                &at,
                format!("`{}` is no metric name: lower-case words joined by hyphens", prop.value),
            );
        }
        name
    }

    fn required(&mut self, props: &Props<'_>, name: &'static str) -> Option<String> {
        let value = props.first(PROBITY_NS, name).map(|(prop, _)| prop.value.clone());
        if value.is_none() {
            self.wrong(&props.at, format!("the metric has no prop `{name}`"));
        }
        value
    }

    fn severity(&mut self, props: &Props<'_>) -> Option<Severity> {
        let Some((prop, at)) = props.first(PROBITY_NS, "severity") else {
            self.wrong(&props.at, "the metric has no prop `severity`");
            return None;
        };
        let severity = Severity::parse(&prop.value);
        if severity.is_none() {
            self.wrong(&at, format!("`{}` is not critical, high, moderate or low", prop.value));
        }
        severity
    }

    /// What the target value is in JSON, where its props say so.
    fn target_class(&mut self, props: &Props<'_>) -> Option<TargetClass> {
        let (prop, at) = props.first(PROBITY_NS, "target-value")?;
        let class = prop.class.as_deref()?;
        let parsed = TargetClass::parse(class);
        if parsed.is_none() {
            self.wrong(&at, format!("`{class}` is no class of target values"));
        }
        parsed
    }

    /// `property`, `operator` and `target-value`: all, `property` alone, or none. Where the class of the target value is known,
    /// no property has to tell it.
    fn comparison(
        &mut self,
        props: &Props<'_>,
        has_class: bool,
    ) -> (Option<String>, Option<Operator>, Vec<String>) {
        let property = props.first(PROBITY_NS, "property").map(|(prop, _)| prop.value.clone());
        let operator = props.first(PROBITY_NS, "operator");
        let target: Vec<String> =
            props.all(PROBITY_NS, "target-value").map(|(prop, _)| prop.value.clone()).collect();
        let is_untold = operator.is_some() && property.is_none() && !has_class;
        if operator.is_some() == target.is_empty() || is_untold {
            self.wrong(&props.at, "`operator` and `target-value` stand together, and beside a `property`");
        }
        let parsed = operator.as_ref().and_then(|(prop, _)| Operator::parse(&prop.value));
        if let (Some((prop, at)), None) = (&operator, parsed) {
            let all = Operator::ALL.map(Operator::as_str).join(" ");
            self.wrong(at, format!("`{}` is none of the operators {all}", prop.value));
        }
        (property, parsed, target)
    }

    fn max_age(&mut self, props: &Props<'_>) -> Option<i64> {
        let (prop, at) = props.first(PROBITY_NS, "max-age")?;
        let seconds = units::duration(&prop.value);
        if let Err(why) = &seconds {
            self.wrong(&at, format!("`max-age` is no duration: {why}"));
        }
        seconds.ok()
    }

    /// The Rego file that the back matter names, and its text; a warning where its hash is another.
    fn rego(&mut self, tree: &dyn FileTree, document: &ComponentDefinition) -> Option<(TreePath, String)> {
        let resources = document.back_matter.iter().flat_map(|matter| &matter.resources).enumerate();
        let mut links = resources.flat_map(|(resource, value)| {
            value.rlinks.iter().enumerate().map(move |(link, value)| (resource, link, value))
        });
        let Some((resource, link, rlink)) = links.find(|(.., rlink)| is_rego(&rlink.href)) else {
            self.wrong(&definition::pointer(&[]), "the back matter names no `.rego` file");
            return None;
        };
        let at = definition::pointer(&[])
            .key("back-matter")
            .key("resources")
            .index(resource)
            .key("rlinks")
            .index(link);
        let path = self.file.sibling(&rlink.href).ok().filter(|path| !path.is_remote());
        let Some(path) = path else {
            self.wrong(&at.key("href"), format!("`{}` leads out of the project", rlink.href));
            return None;
        };
        let bytes = match tree.read(&path, REGO_LIMIT) {
            Ok(bytes) => bytes,
            Err(error) => {
                self.findings.push(
                    Diagnostic::from(error).also(Location::value(self.file, &at.key("href")), "named here"),
                );
                return None;
            }
        };
        self.check_hash(rlink, &at, &bytes);
        match probity_diagnostics::document::text(&bytes, &path) {
            Ok(text) => Some((path, text.to_owned())),
            Err(errors) => {
                self.findings.extend(errors);
                None
            }
        }
    }

    fn check_hash(&mut self, rlink: &probity_oscal::model::metadata::Rlink, at: &Pointer, bytes: &[u8]) {
        let recorded = rlink.hashes.iter().enumerate().find(|(_, hash)| hash.algorithm == "SHA-256");
        let Some((index, hash)) = recorded else {
            let finding =
                Diagnostic::warning(&codes::REGO_HASH, format!("no SHA-256 of `{}` is recorded", rlink.href));
            self.findings
                .push(finding.at(Location::value(self.file, at)).help("run `probity fmt` to record it"));
            return;
        };
        if !hash.value.eq_ignore_ascii_case(&Sha256Digest::of(bytes).to_string()) {
            let message = format!("`{}` has changed since its SHA-256 was recorded", rlink.href);
            let at = at.key("hashes").index(index).key("value");
            let finding = Diagnostic::warning(&codes::REGO_HASH, message).at(Location::value(self.file, &at));
            self.findings.push(finding.help("run `probity fmt` to record the new one"));
        }
    }
}

/// Whether a href names a Rego file.
fn is_rego(href: &str) -> bool {
    href.rsplit_once('.').is_some_and(|(_, extension)| extension == "rego")
}
