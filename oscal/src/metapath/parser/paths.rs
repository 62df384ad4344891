//! Paths.

use super::{Kind, Parsed, Parser, QName};
use crate::metapath::names::Name;
use crate::metapath::syntax::{Axis, Expr, KindTest, Path, Predicate, Start, Step, Test};

/// Steps of one path.
const STEPS: usize = 40;
/// Namespaces and prefixes that names of OSCAL may be written with.
const NAMESPACES: &[&str] = &["", "*", "o", "oscal", "http://csrc.nist.gov/ns/oscal/1.0"];

/// A step as it is read, before it is known whether more steps follow.
enum Read {
    Axis(Step),
    Other(Expr),
}

impl<'s> Parser<'s, '_> {
    /// Reads a path, or an expression that is no path.
    pub(super) fn path(&mut self) -> Parsed<Expr> {
        let mut builder = Builder::default();
        if self.is_symbol(0, "/") || self.is_symbol(0, "//") {
            let deep = self.is_symbol(0, "//");
            self.advance();
            builder.start = Start::Root;
            if deep || self.begins_step() {
                self.step_into(&mut builder, deep)?;
            }
        } else {
            match self.step()? {
                (Read::Other(expression), _) if !self.is_symbol(0, "/") && !self.is_symbol(0, "//") => {
                    return Ok(expression);
                }
                (Read::Other(expression), _) => builder.begin(expression),
                (Read::Axis(step), _) => builder.push(step),
            }
        }
        while self.is_symbol(0, "/") || self.is_symbol(0, "//") {
            let deep = self.is_symbol(0, "//");
            self.advance();
            self.step_into(&mut builder, deep)?;
            if builder.count > STEPS {
                return self.error("the path has too many steps");
            }
        }
        Ok(builder.finish())
    }

    fn step_into(&mut self, builder: &mut Builder, deep: bool) -> Parsed<()> {
        let (read, position) = self.step()?;
        builder.count += 1;
        match read {
            Read::Axis(Step::Axis { axis: Axis::Child, test, predicates })
                if deep && predicates.iter().all(|p| matches!(p, Predicate::Truth(_))) =>
            {
                builder.push(Step::Axis { axis: Axis::Descendant, test, predicates });
            }
            Read::Axis(step) => {
                builder.descend(deep);
                builder.push(step);
            }
            Read::Other(expression) => {
                builder.descend(deep);
                builder.each(expression, position);
            }
        }
        Ok(())
    }

    /// Whether what comes next may begin a step.
    fn begins_step(&self) -> bool {
        match self.peek() {
            Kind::Name(_) | Kind::Number(_) | Kind::Text(_) => true,
            Kind::Symbol(symbol) => matches!(*symbol, "." | ".." | "@" | "*" | "(" | "$" | "["),
            Kind::End => false,
        }
    }

    /// Reads one step; tells of other expressions whether they look at their position.
    fn step(&mut self) -> Parsed<(Read, Option<bool>)> {
        if let Some((axis, test)) = self.axis_and_test()? {
            let predicates = self.predicates()?;
            return Ok((Read::Axis(Step::Axis { axis, test, predicates }), None));
        }
        let (expression, focus) = self.focused(Self::postfix)?;
        if let Some(test) = one_of(&expression) {
            let step = Step::Axis { axis: Axis::Child, test, predicates: Vec::new() };
            return Ok((Read::Axis(step), None));
        }
        // Where the expression turns out to be no step, what it asks is asked of the focus around it.
        self.focus.position |= focus.position;
        self.focus.size |= focus.size;
        let position = (focus.position || focus.size).then_some(focus.size);
        Ok((Read::Other(expression), position))
    }

    fn axis_and_test(&mut self) -> Parsed<Option<(Axis, Test)>> {
        if self.symbol("..") {
            return Ok(Some((Axis::Parent, Test::Node)));
        }
        if self.symbol("@") {
            return Ok(Some((Axis::Flag, self.test()?)));
        }
        if self.is_symbol(0, "*") {
            return Ok(Some((Axis::Child, self.test()?)));
        }
        let Kind::Name(name) = *self.peek() else { return Ok(None) };
        if self.is_symbol(1, "::") {
            let Some(axis) = axis(name.local).filter(|_| name.prefix.is_empty()) else {
                return self.error(format!("the axis `{}` is not known", name.local));
            };
            self.at += 2;
            return Ok(Some((axis, self.test()?)));
        }
        if self.is_symbol(1, "(") {
            if name.prefix.is_empty() && kind_test(name.local).is_some() {
                let flag = matches!(name.local, "flag" | "attribute");
                return Ok(Some((if flag { Axis::Flag } else { Axis::Child }, self.test()?)));
            }
            return Ok(None);
        }
        if self.is_symbol(1, "{") && matches!(name.local, "map" | "array") {
            return Ok(None);
        }
        Ok(Some((Axis::Child, self.test()?)))
    }

    /// Reads the name or kind of the nodes that an axis takes.
    pub(super) fn test(&mut self) -> Parsed<Test> {
        if self.symbol("*") {
            return Ok(Test::Any);
        }
        let Kind::Name(name) = *self.peek() else {
            return self.error(format!("expected a name, found {}", self.describe()));
        };
        if self.is_symbol(1, "(") {
            return self.kind(name);
        }
        let test = self.named(name)?;
        self.advance();
        Ok(test)
    }

    fn kind(&mut self, name: QName<'s>) -> Parsed<Test> {
        let Some(kind) = kind_test(name.local).filter(|_| name.prefix.is_empty()) else {
            return self.error(format!("`{}()` is no kind of node", name.local));
        };
        self.at += 2;
        let mut inner = None;
        if self.symbol("*") {
        } else if let Kind::Name(name) = *self.peek() {
            match self.named(name)? {
                Test::Named(name) => inner = Some(name),
                _ => return Ok(Test::Unknown),
            }
            self.advance();
        }
        self.expect_symbol(")")?;
        Ok(if kind == KindTest::Node { Test::Node } else { Test::Kind(kind, inner) })
    }

    fn named(&mut self, name: QName<'s>) -> Parsed<Test> {
        if !NAMESPACES.contains(&name.prefix) {
            return self.error(format!("the namespace `{}` is not known", name.prefix));
        }
        Ok(Name::of(name.local).map_or_else(
            || {
                self.unknown.push(name.local.to_owned());
                Test::Unknown
            },
            Test::Named,
        ))
    }

    /// Reads `[…]` as often as it stands.
    pub(super) fn predicates(&mut self) -> Parsed<Vec<Predicate>> {
        let mut predicates = Vec::new();
        while self.symbol("[") {
            let (test, focus) = self.focused(Self::expression)?;
            self.expect_symbol("]")?;
            predicates.push(super::primary::predicate(test, focus));
            if predicates.len() > STEPS {
                return self.error("there are too many predicates");
            }
        }
        Ok(predicates)
    }
}

fn axis(name: &str) -> Option<Axis> {
    Some(match name {
        "child" => Axis::Child,
        "flag" | "attribute" => Axis::Flag,
        "self" => Axis::Own,
        "parent" => Axis::Parent,
        "descendant" => Axis::Descendant,
        "descendant-or-self" => Axis::DescendantOrSelf,
        "ancestor" => Axis::Ancestor,
        "ancestor-or-self" => Axis::AncestorOrSelf,
        "following-sibling" => Axis::FollowingSibling,
        "preceding-sibling" => Axis::PrecedingSibling,
        "following" => Axis::Following,
        "preceding" => Axis::Preceding,
        _ => return None,
    })
}

/// A kind of node by its name.
fn kind_test(name: &str) -> Option<KindTest> {
    Some(match name {
        "node" => KindTest::Node,
        "element" => KindTest::Element,
        "assembly" => KindTest::Assembly,
        "field" => KindTest::Field,
        "flag" | "attribute" => KindTest::Flag,
        "document-node" => KindTest::Document,
        _ => return None,
    })
}

/// How the nodes that a path has reached so far stand to each other.
#[derive(Clone, Copy, PartialEq, Eq, Default)]
enum Reached {
    #[default]
    One,
    /// In document order, none above another.
    Flat,
    /// In document order.
    Nested,
    /// Each once.
    Unordered,
    /// In any order, perhaps several times.
    Repeated,
}

impl Reached {
    const fn is_ordered(self) -> bool {
        matches!(self, Self::One | Self::Flat | Self::Nested)
    }

    /// What a step along an axis leads to.
    fn along(self, axis: Axis) -> Self {
        use Reached::{Flat, Nested, One, Repeated, Unordered};
        match (self, axis) {
            (reached, Axis::Own) => reached,
            (One | Flat, Axis::Child)
            | (One | Flat | Nested, Axis::Flag)
            | (One, Axis::Parent | Axis::FollowingSibling) => Flat,
            (One | Flat, Axis::Descendant | Axis::DescendantOrSelf) | (One, Axis::Following) => Nested,
            (One, _) | (Nested | Unordered, Axis::Child) | (Unordered, Axis::Flag) => Unordered,
            _ => Repeated,
        }
    }
}

/// `(a|b)`, which is a step to the children of these names.
fn one_of(expression: &Expr) -> Option<Test> {
    let Expr::Union(parts) = expression else { return None };
    let name = |part: &Expr| match part {
        Expr::Path(Path { start: Start::Here, steps, .. }) => match steps.as_slice() {
            [Step::Axis { axis: Axis::Child, test: Test::Named(name), predicates }] => {
                predicates.is_empty().then_some(*name)
            }
            _ => None,
        },
        _ => None,
    };
    let names = parts.iter().map(name).collect::<Option<Vec<_>>>()?;
    let first = *names.first()?;
    let mut set = [first; 4];
    for (slot, name) in set.iter_mut().zip(&names) {
        *slot = *name;
    }
    (names.len() <= set.len()).then_some(Test::OneOf(set))
}

/// A path under construction.
#[derive(Default)]
struct Builder {
    start: Start,
    steps: Vec<Step>,
    reached: Reached,
    count: usize,
}

impl Builder {
    /// Begins with an expression that is no step of an axis.
    fn begin(&mut self, expression: Expr) {
        match expression {
            Expr::Here => {}
            Expr::Filter { base, predicates } if matches!(*base, Expr::Here) => {
                self.push(Step::Axis { axis: Axis::Own, test: Test::Node, predicates });
            }
            Expr::Path(path) if path.ordered && matches!(path.start, Start::Here | Start::Root) => {
                self.start = path.start;
                path.steps.into_iter().for_each(|step| self.push(step));
            }
            other => {
                self.reached = Reached::Repeated;
                self.start = Start::Each(Box::new(other));
            }
        }
    }

    /// Adds the step that `//` stands for.
    fn descend(&mut self, deep: bool) {
        if deep {
            self.push(Step::Axis { axis: Axis::DescendantOrSelf, test: Test::Node, predicates: Vec::new() });
        }
    }

    fn push(&mut self, step: Step) {
        if let Step::Axis { axis, .. } = &step {
            // No step is taken twice from one node: paths would multiply.
            if self.reached == Reached::Repeated {
                self.settle();
            }
            self.reached = self.reached.along(*axis);
        }
        self.steps.push(step);
    }

    /// Brings what is reached into document order before the path goes on.
    fn settle(&mut self) {
        if !self.steps.is_empty() && !self.reached.is_ordered() {
            let before = std::mem::take(self);
            self.count = before.count;
            self.start = Start::Each(Box::new(before.finish()));
            self.reached = Reached::Nested;
        }
    }

    /// Adds a step that is any expression; `position` tells whether it looks at its position, and at the size.
    fn each(&mut self, body: Expr, position: Option<bool>) {
        match (body, position) {
            (Expr::Here, _) => {
                if self.steps.is_empty() {
                    self.push(Step::Axis { axis: Axis::Own, test: Test::Node, predicates: Vec::new() });
                }
            }
            (Expr::Filter { base, predicates }, None) if matches!(*base, Expr::Here) => {
                self.push(Step::Axis { axis: Axis::Own, test: Test::Node, predicates });
            }
            (body, None) => {
                // The expression is evaluated for the nodes in document order.
                self.settle();
                self.reached = Reached::Repeated;
                self.steps.push(Step::Each { body });
            }
            (body, Some(sized)) => {
                let before = std::mem::take(self);
                self.count = before.count;
                let input = Box::new(before.finish());
                self.reached = Reached::Repeated;
                self.start = Start::Each(Box::new(Expr::Each { input, body: Box::new(body), sized }));
            }
        }
    }

    fn finish(self) -> Expr {
        if self.steps.is_empty() && matches!(self.start, Start::Here) {
            return Expr::Here;
        }
        Expr::Path(Path { start: self.start, steps: self.steps, ordered: self.reached.is_ordered() })
    }
}
