//! Members of values: where a path leads in the ontology, and where it leads nowhere.

use probity_evidence::{Definition, Property, PropertyType, TypeName};

use super::infer::{Inference, Scope};
use super::notes::Problem;
use super::value::{Abstract, Kind, List, Object, Place, Source, Tongue};
use crate::codes;
use crate::rego::ast::{Expr, Span};

impl Inference<'_> {
    /// Member `name` of a value; `rest` are the names from here on, and `at` the whole reference.
    pub(super) fn field(&mut self, value: &Abstract, name: &str, rest: &[&str], at: Span) -> Abstract {
        let mut found: Option<Abstract> = None;
        let mut is_missing = value.undefined;
        for kind in &value.kinds {
            match self.member(value, kind, name, rest, at) {
                Some(member) => {
                    found = Some(match found {
                        Some(other) => other.or(member),
                        None => member,
                    });
                }
                None => is_missing = true,
            }
        }
        let mut member = found.unwrap_or_else(Abstract::never);
        member.undefined |= is_missing;
        if member.path.is_none() {
            member.path = value.path.clone().map(|mut path| {
                path.steps.push(name.to_owned());
                path
            });
        }
        self.facts.apply(member)
    }

    fn member(
        &mut self,
        value: &Abstract,
        kind: &Kind,
        name: &str,
        rest: &[&str],
        at: Span,
    ) -> Option<Abstract> {
        match kind {
            Kind::Any | Kind::Object(Object::Related) => Some(Abstract::unknown()),
            Kind::Object(Object::Own) => {
                let types = [self.judged.clone()];
                self.of_resource(&types, value, name, rest, at)
            }
            Kind::Object(Object::Resource(types)) => self.of_resource(types, value, name, rest, at),
            Kind::Object(Object::Feature(feature)) => {
                let definition = self.ontology.feature(feature.as_str())?;
                Self::property(definition, value, name).or_else(|| self.missing(value, rest, at))
            }
            Kind::Object(Object::Labels) => Some(Abstract::text(Tongue::Plain).maybe_undefined()),
            Kind::Object(Object::Fields(fields)) => {
                let known = fields.iter().find(|(key, _)| key.as_deref() == Some(name));
                match known {
                    Some((_, member)) => Some(member.clone()),
                    None if fields.iter().any(|(key, _)| key.is_none()) => Some(Abstract::unknown()),
                    None => None,
                }
            }
            Kind::Object(Object::Map(each)) => Some((**each).clone().maybe_undefined()),
            Kind::Object(Object::Data(path)) => Some(self.data(path, name, at)),
            Kind::List(_) if value.place.is_some() => {
                let message = format!(
                    "`{}` is a list, and `{name}` is read from it as if it were one value",
                    value.place.as_ref().map_or("", |place| place.dotted.as_str())
                );
                let problem = Problem::error(&codes::UNKNOWN_PROPERTY, at, message);
                self.report(problem.help("go through it with `some … in` or `every … in`"));
                None
            }
            Kind::Boolean(_) | Kind::Number(..) | Kind::Text(..) => self.missing(value, rest, at),
            Kind::List(_) | Kind::Null => None,
        }
    }

    fn of_resource(
        &mut self,
        types: &[TypeName],
        value: &Abstract,
        name: &str,
        rest: &[&str],
        at: Span,
    ) -> Option<Abstract> {
        match name {
            "id" | "name" => return Some(Abstract::text(Tongue::Plain)),
            "type" => return Some(self.lineage(types)),
            "related" => return Some(Abstract::of(Kind::Object(Object::Related))),
            _ => {}
        }
        let definitions: Vec<&Definition> =
            types.iter().filter_map(|name| self.ontology.resource_type(name.as_str())).collect();
        let found = definitions.iter().filter_map(|definition| Self::property(definition, value, name));
        match found.reduce(Abstract::or) {
            Some(member) => Some(member),
            None => self.missing(value, rest, at),
        }
    }

    /// The value of `type`: the type's own name, then its ancestors.
    fn lineage(&self, types: &[TypeName]) -> Abstract {
        let names = |name: &TypeName| {
            let names = self.ontology.type_names(name.as_str()).unwrap_or_default();
            Abstract::list_of(names.iter().map(|name| Abstract::constant_text(name.bare())).collect(), false)
        };
        match types {
            [only] => names(only),
            _ => Abstract::list(Abstract::text(Tongue::Plain), false, true),
        }
    }

    fn property(definition: &Definition, value: &Abstract, name: &str) -> Option<Abstract> {
        let property = definition.property(name)?;
        let mut found = Abstract::of_property(&property.value_type);
        if may_be_null(property) {
            found.kinds.push(Kind::Null);
        }
        found.place = value.place.as_ref().map(|place| {
            let dotted = match place.dotted.as_str() {
                "" => name.to_owned(),
                before => format!("{before}.{name}"),
            };
            Place { dotted, ..place.clone() }
        });
        Some(found)
    }

    /// Notes that nothing stands at the rest of a path.
    fn missing(&mut self, value: &Abstract, rest: &[&str], at: Span) -> Option<Abstract> {
        let place = value.place.as_ref()?;
        if self.quiet == 0 && !self.is_spent() {
            let before = if place.dotted.is_empty() { None } else { Some(place.dotted.as_str()) };
            let path: Vec<&str> = before.into_iter().chain(rest.iter().copied()).collect();
            let owner = place.related.then(|| place.owner.clone());
            self.notes.missing(self.judged, owner, path.join("."), at);
        }
        None
    }

    /// Member `name` of the data document at `path`.
    fn data(&mut self, path: &[String], name: &str, at: Span) -> Abstract {
        let mut path = path.to_vec();
        path.push(name.to_owned());
        let words: Vec<&str> = path.iter().map(String::as_str).collect();
        let own = self.module.package.last().map(String::as_str);
        let is_clouditor = self.module.is_clouditor();
        let words: Vec<&str> = match (words.as_slice(), own) {
            (["data", name @ ("operator" | "target_value")], Some(own)) if is_clouditor => {
                vec!["data", "probity", "checks", own, name]
            }
            _ => words,
        };
        match words.as_slice() {
            ["data", "probity", "checks", check, "operator"] if Some(*check) == own => {
                match &self.comparison.operator {
                    Some(operator) => Abstract::constant_text(operator).from(Source::Operator),
                    None => self.no_comparison("operator", at),
                }
            }
            ["data", "probity", "checks", check, "target_value"] if Some(*check) == own => {
                if self.quiet == 0 {
                    self.notes.target_read = true;
                }
                match &self.comparison.target {
                    Some(target) => target.clone().from(Source::Target),
                    None if self.comparison.operator.is_some() => Abstract::unknown().from(Source::Target),
                    None => self.no_comparison("target value", at),
                }
            }
            _ if path.len() == self.module.package.len() + 1
                && path.starts_with(&self.module.package)
                && self.module.defines(name) =>
            {
                self.rule(name)
            }
            ["data", "probity"]
            | ["data", "probity", "checks" | "metrics"]
            | ["data", "probity", "checks" | "metrics", _] => Abstract::of(Kind::Object(Object::Data(path))),
            _ => Abstract::unknown(),
        }
    }

    fn no_comparison(&mut self, what: &str, at: Span) -> Abstract {
        let message = format!("the metric has no {what}, so nothing stands here");
        let problem = Problem::error(&codes::COMPARISON_DIFFERS, at, message);
        self.report(problem.help(if self.module.is_clouditor() {
            "write an operator and a target value into `data.json`, or compare with a constant"
        } else {
            "give it props `operator` and `target-value`, or compare with a constant"
        }));
        Abstract::never()
    }

    /// An element of a list or member of an object, by a computed or numeric index.
    pub(super) fn indexed(&mut self, value: &Abstract, index: &Expr, scope: &mut Scope) -> Abstract {
        let by = match index.var() {
            Some(name) if !scope.contains_key(name) && self.is_open(name) => None,
            _ => Some(self.value(index, scope)),
        };
        let mut found: Option<Abstract> = None;
        for kind in &value.kinds {
            let one = match kind {
                Kind::List(list) => Self::item(list, by.as_ref()),
                Kind::Object(Object::Related) => self.related(by.as_ref()),
                Kind::Object(Object::Fields(fields)) => {
                    let wanted = by.as_ref().and_then(Abstract::as_text);
                    let fits =
                        |key: &Option<String>| wanted.is_none() || key.is_none() || key.as_deref() == wanted;
                    let values = fields.iter().filter(|(key, _)| fits(key)).map(|(_, value)| value.clone());
                    values.reduce(Abstract::or).unwrap_or_else(Abstract::never).maybe_undefined()
                }
                Kind::Object(Object::Map(each)) => (**each).clone().maybe_undefined(),
                Kind::Object(Object::Labels) => Abstract::text(Tongue::Plain).maybe_undefined(),
                Kind::Object(_) | Kind::Any => Abstract::unknown(),
                _ => continue,
            };
            found = Some(match found {
                Some(other) => other.or(one),
                None => one,
            });
        }
        let mut found = found.unwrap_or_else(Abstract::never);
        found.undefined = true;
        if found.place.is_none() && !value.kinds.iter().any(|kind| matches!(kind, Kind::Object(_))) {
            found.place.clone_from(&value.place);
        }
        found.path = match (index.var(), &value.path) {
            (Some(name), Some(path)) if scope.contains_key(name) => {
                let mut path = path.clone();
                path.steps.push(format!("[{name}]"));
                Some(path)
            }
            _ => Some(self.fresh()),
        };
        self.facts.apply(found)
    }

    /// Whether a name stands for nothing yet, so that an index runs over everything.
    fn is_open(&self, name: &str) -> bool {
        name != "input" && name != "data" && self.module.import(name).is_none() && !self.module.defines(name)
    }

    fn item(list: &List, by: Option<&Abstract>) -> Abstract {
        let number = by.and_then(|by| match by.kinds.as_slice() {
            [Kind::Number(_, range)] => range.single(),
            _ => None,
        });
        if let (Some(items), Some(wanted)) = (&list.items, number) {
            let at = (0u32..).zip(items).find(|(at, _)| (f64::from(*at) - wanted).abs() < f64::EPSILON);
            return at.map_or_else(Abstract::never, |(_, item)| item.clone());
        }
        (*list.each).clone().maybe_undefined()
    }

    /// The related resource with this id.
    fn related(&self, id: Option<&Abstract>) -> Abstract {
        let targets: Vec<&TypeName> = id
            .into_iter()
            .flat_map(|id| &id.kinds)
            .filter_map(|kind| match kind {
                Kind::Text(Tongue::Reference(target), _) => Some(target),
                _ => None,
            })
            .collect();
        let [target] = targets.as_slice() else { return Abstract::unknown() };
        let is_concrete = |name: &&TypeName| {
            self.ontology.resource_type(name.as_str()).is_some_and(|kind| !kind.is_abstract())
        };
        let types: Vec<TypeName> =
            self.ontology.descendants(target.as_str()).filter(is_concrete).cloned().collect();
        Abstract {
            kinds: vec![Kind::Object(Object::Resource(types))],
            place: Some(Place { owner: (*target).clone(), dotted: String::new(), related: true }),
            undefined: true,
            ..Abstract::default()
        }
    }
}

/// Whether a value can be null in evidence. In another vocabulary only what is an object or an instant can: a number there is 0
/// where nobody set it.
fn may_be_null(property: &Property) -> bool {
    let is_ours = property.declared_by.prefix().is_none();
    is_ours || matches!(property.value_type, PropertyType::Feature(_) | PropertyType::DateTime)
}
