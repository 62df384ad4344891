//! The syntax tree of a Rego module, as the engine's parser writes it.
//!
//! Only what analysis needs is kept; spans are byte offsets into the source.

use serde::Deserialize;

/// Place of a node in its source.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
pub(crate) struct Span {
    /// Line, from 1.
    pub(crate) line: u32,
    /// First byte.
    pub(crate) start: usize,
    /// One past the last byte.
    pub(crate) end: usize,
}

/// A module.
#[derive(Debug, Clone, Deserialize)]
pub(crate) struct Module {
    pub(crate) package: Package,
    pub(crate) imports: Vec<Import>,
    pub(crate) rules: Vec<Rule>,
}

/// The package line.
#[derive(Debug, Clone, Deserialize)]
pub(crate) struct Package {
    pub(crate) refr: Expr,
}

/// An import line.
#[derive(Debug, Clone, Deserialize)]
pub(crate) struct Import {
    pub(crate) refr: Expr,
    #[serde(rename = "as", default)]
    pub(crate) alias: Option<Span>,
}

/// A rule or a default.
#[derive(Debug, Clone, Deserialize)]
pub(crate) enum Rule {
    Spec { span: Span, head: RuleHead, bodies: Vec<RuleBody> },
    Default { span: Span, refr: Expr, value: Expr },
}

/// What a rule defines.
#[derive(Debug, Clone, Deserialize)]
pub(crate) enum RuleHead {
    Compr { refr: Expr, assign: Option<RuleAssign> },
    Set { refr: Expr, key: Option<Expr> },
    Func { refr: Expr, args: Vec<Expr>, assign: Option<RuleAssign> },
}

/// The value of a rule.
#[derive(Debug, Clone, Deserialize)]
pub(crate) struct RuleAssign {
    pub(crate) value: Expr,
}

/// One body of a rule; further bodies are `else` branches or independent ones.
#[derive(Debug, Clone, Deserialize)]
pub(crate) struct RuleBody {
    pub(crate) assign: Option<RuleAssign>,
    pub(crate) is_else: bool,
    pub(crate) query: Query,
}

/// Statements that must all hold.
#[derive(Debug, Clone, Deserialize)]
pub(crate) struct Query {
    pub(crate) span: Span,
    pub(crate) stmts: Vec<Stmt>,
}

/// A statement with its `with` modifiers.
#[derive(Debug, Clone, Deserialize)]
pub(crate) struct Stmt {
    pub(crate) span: Span,
    pub(crate) literal: Literal,
    #[serde(default)]
    pub(crate) with_mods: Vec<WithModifier>,
}

/// `with refr as value`.
#[derive(Debug, Clone, Deserialize)]
pub(crate) struct WithModifier {
    #[serde(rename = "as")]
    pub(crate) value: Expr,
}

/// The kinds of statement.
#[derive(Debug, Clone, Deserialize)]
pub(crate) enum Literal {
    SomeVars { vars: Vec<Span> },
    SomeIn { key: Option<Expr>, value: Expr, collection: Expr },
    Expr { expr: Expr },
    NotExpr { expr: Expr },
    Every { key: Option<Span>, value: Span, domain: Expr, query: Query },
}

/// A literal or a variable.
#[derive(Debug, Clone, Deserialize)]
pub(crate) struct Scalar {
    pub(crate) span: Span,
    pub(crate) value: serde_json::Value,
}

/// Two operands.
#[derive(Debug, Clone, Deserialize)]
pub(crate) struct Binary {
    pub(crate) span: Span,
    /// The operator by name, such as `Eq`, `Lt`, `Add`, `ColEq`.
    pub(crate) op: String,
    pub(crate) lhs: Box<Expr>,
    pub(crate) rhs: Box<Expr>,
}

/// An expression.
#[derive(Debug, Clone, Deserialize)]
#[expect(clippy::enum_variant_names, reason = "the names of the parser")]
pub(crate) enum Expr {
    String(Scalar),
    RawString(Scalar),
    Number(Scalar),
    Bool(Scalar),
    Null(Scalar),
    Var(Scalar),
    Array { span: Span, items: Vec<Expr> },
    Set { span: Span, items: Vec<Expr> },
    Object { span: Span, fields: Vec<(Span, Expr, Expr)> },
    ArrayCompr { span: Span, term: Box<Expr>, query: Query },
    SetCompr { span: Span, term: Box<Expr>, query: Query },
    ObjectCompr { span: Span, key: Box<Expr>, value: Box<Expr>, query: Query },
    Call { span: Span, fcn: Box<Expr>, params: Vec<Expr> },
    UnaryExpr { span: Span, expr: Box<Expr> },
    RefDot { span: Span, refr: Box<Expr>, field: (Span, String) },
    RefBrack { span: Span, refr: Box<Expr>, index: Box<Expr> },
    BinExpr(Binary),
    BoolExpr(Binary),
    ArithExpr(Binary),
    AssignExpr(Binary),
    Membership { span: Span, key: Option<Box<Expr>>, value: Box<Expr>, collection: Box<Expr> },
}

impl Expr {
    /// Its place.
    pub(crate) fn span(&self) -> Span {
        match self {
            Self::String(s)
            | Self::RawString(s)
            | Self::Number(s)
            | Self::Bool(s)
            | Self::Null(s)
            | Self::Var(s) => s.span,
            Self::BinExpr(b) | Self::BoolExpr(b) | Self::ArithExpr(b) | Self::AssignExpr(b) => b.span,
            Self::Array { span, .. }
            | Self::Set { span, .. }
            | Self::Object { span, .. }
            | Self::ArrayCompr { span, .. }
            | Self::SetCompr { span, .. }
            | Self::ObjectCompr { span, .. }
            | Self::Call { span, .. }
            | Self::UnaryExpr { span, .. }
            | Self::RefDot { span, .. }
            | Self::RefBrack { span, .. }
            | Self::Membership { span, .. } => *span,
        }
    }

    /// The name, where it is a variable.
    pub(crate) fn var(&self) -> Option<&str> {
        match self {
            Self::Var(scalar) => scalar.value.as_str(),
            _ => None,
        }
    }

    /// The value, where it is a literal without parts.
    pub(crate) fn literal(&self) -> Option<&serde_json::Value> {
        match self {
            Self::String(s) | Self::RawString(s) | Self::Number(s) | Self::Bool(s) | Self::Null(s) => {
                Some(&s.value)
            }
            _ => None,
        }
    }

    /// `a.b["c"]` as `[a, b, c]`; none where an index is not a constant string.
    pub(crate) fn dotted(&self) -> Option<Vec<&str>> {
        match self {
            Self::Var(_) => Some(vec![self.var()?]),
            Self::RefDot { refr, field, .. } => {
                let mut names = refr.dotted()?;
                names.push(&field.1);
                Some(names)
            }
            Self::RefBrack { refr, index, .. } => {
                let mut names = refr.dotted()?;
                names.push(index.literal()?.as_str()?);
                Some(names)
            }
            _ => None,
        }
    }
}

impl RuleHead {
    /// The reference that names the rule.
    pub(crate) fn refr(&self) -> &Expr {
        match self {
            Self::Compr { refr, .. } | Self::Set { refr, .. } | Self::Func { refr, .. } => refr,
        }
    }

    /// The value given in the head.
    pub(crate) fn assign(&self) -> Option<&RuleAssign> {
        match self {
            Self::Compr { assign, .. } | Self::Func { assign, .. } => assign.as_ref(),
            Self::Set { .. } => None,
        }
    }

    /// Whether each definition adds to a set or object instead of giving the whole value.
    pub(crate) fn is_partial(&self) -> bool {
        match self {
            Self::Set { .. } => true,
            Self::Compr { refr, .. } => matches!(refr, Expr::RefBrack { .. }),
            Self::Func { .. } => false,
        }
    }
}

impl Rule {
    /// The first name of the rule: `a` of `a`, `a.b`, `a[x]` and `a(x)`.
    pub(crate) fn name(&self) -> Option<&str> {
        let mut refr = match self {
            Self::Spec { head, .. } => head.refr(),
            Self::Default { refr, .. } => refr,
        };
        while let Expr::RefDot { refr: inner, .. } | Expr::RefBrack { refr: inner, .. } = refr {
            refr = inner;
        }
        refr.var()
    }

    /// Its place.
    pub(crate) fn span(&self) -> Span {
        match self {
            Self::Spec { span, .. } | Self::Default { span, .. } => *span,
        }
    }
}

impl Expr {
    /// Calls `each` for the expression and everything in it, outermost first.
    pub(crate) fn visit<'a>(&'a self, each: &mut dyn FnMut(&'a Expr)) {
        each(self);
        match self {
            Self::Array { items, .. } | Self::Set { items, .. } => {
                items.iter().for_each(|item| item.visit(each));
            }
            Self::Object { fields, .. } => {
                for (_, key, value) in fields {
                    key.visit(each);
                    value.visit(each);
                }
            }
            Self::ArrayCompr { term, query, .. } | Self::SetCompr { term, query, .. } => {
                term.visit(each);
                query.visit(each);
            }
            Self::ObjectCompr { key, value, query, .. } => {
                key.visit(each);
                value.visit(each);
                query.visit(each);
            }
            Self::Call { fcn, params, .. } => {
                fcn.visit(each);
                params.iter().for_each(|param| param.visit(each));
            }
            Self::UnaryExpr { expr, .. } => expr.visit(each),
            Self::RefDot { refr, .. } => refr.visit(each),
            Self::RefBrack { refr, index, .. } => {
                refr.visit(each);
                index.visit(each);
            }
            Self::BinExpr(b) | Self::BoolExpr(b) | Self::ArithExpr(b) | Self::AssignExpr(b) => {
                b.lhs.visit(each);
                b.rhs.visit(each);
            }
            Self::Membership { key, value, collection, .. } => {
                key.iter().for_each(|key| key.visit(each));
                value.visit(each);
                collection.visit(each);
            }
            Self::String(_)
            | Self::RawString(_)
            | Self::Number(_)
            | Self::Bool(_)
            | Self::Null(_)
            | Self::Var(_) => {}
        }
    }
}

impl Expr {
    /// Whether something in it is indexed by a variable or an expression.
    pub(crate) fn has_computed_index(&self) -> bool {
        let mut found = false;
        self.visit(&mut |expr| {
            found |= matches!(expr, Expr::RefBrack { index, .. } if index.literal().is_none());
        });
        found
    }
}

impl Query {
    /// Whether something in it is indexed by a variable or an expression.
    pub(crate) fn has_computed_index(&self) -> bool {
        let mut found = false;
        self.visit(&mut |expr| found |= expr.has_computed_index());
        found
    }

    /// Calls `each` for every expression of the query.
    pub(crate) fn visit<'a>(&'a self, each: &mut dyn FnMut(&'a Expr)) {
        for stmt in &self.stmts {
            stmt.with_mods.iter().for_each(|with| with.value.visit(each));
            match &stmt.literal {
                Literal::SomeVars { .. } => {}
                Literal::SomeIn { key, value, collection } => {
                    key.iter().chain([value, collection]).for_each(|expr| expr.visit(each));
                }
                Literal::Expr { expr } | Literal::NotExpr { expr } => expr.visit(each),
                Literal::Every { domain, query, .. } => {
                    domain.visit(each);
                    query.visit(each);
                }
            }
        }
    }

    /// Calls `each` for this query and all queries in it: of `every` statements and comprehensions. A query that is
    /// nested more than once may come more than once.
    pub(crate) fn visit_queries<'a>(&'a self, each: &mut dyn FnMut(&'a Query)) {
        each(self);
        for stmt in &self.stmts {
            if let Literal::Every { query, .. } = &stmt.literal {
                query.visit_queries(each);
            }
        }
        self.visit(&mut |expr| match expr {
            Expr::ArrayCompr { query, .. }
            | Expr::SetCompr { query, .. }
            | Expr::ObjectCompr { query, .. } => {
                query.visit_queries(each);
            }
            _ => {}
        });
    }
}

impl Rule {
    /// Calls `each` for every expression in the values and bodies of the rule.
    pub(crate) fn visit<'a>(&'a self, each: &mut dyn FnMut(&'a Expr)) {
        self.visit_values(each);
        self.bodies().iter().for_each(|body| body.query.visit(each));
    }

    /// Calls `each` for every query in the rule; one that is nested more than once may come more than once.
    pub(crate) fn visit_queries<'a>(&'a self, each: &mut dyn FnMut(&'a Query)) {
        self.bodies().iter().for_each(|body| body.query.visit_queries(each));
        let mut in_values: Vec<&'a Query> = Vec::new();
        self.visit_values(&mut |expr| match expr {
            Expr::ArrayCompr { query, .. }
            | Expr::SetCompr { query, .. }
            | Expr::ObjectCompr { query, .. } => {
                in_values.push(query);
            }
            _ => {}
        });
        in_values.into_iter().for_each(|query| query.visit_queries(each));
    }

    /// Calls `each` for every expression in the values and keys of the rule.
    fn visit_values<'a>(&'a self, each: &mut dyn FnMut(&'a Expr)) {
        if let Self::Spec { head, .. } = self {
            head.assign().into_iter().for_each(|assign| assign.value.visit(each));
            match head {
                RuleHead::Set { key: Some(key), .. } => key.visit(each),
                RuleHead::Compr { refr: Expr::RefBrack { index, .. }, .. } => index.visit(each),
                _ => {}
            }
        }
        self.bodies()
            .iter()
            .filter_map(|body| body.assign.as_ref())
            .for_each(|assign| assign.value.visit(each));
    }

    /// The bodies of a definition; a default has none.
    pub(crate) fn bodies(&self) -> &[RuleBody] {
        match self {
            Self::Spec { bodies, .. } => bodies,
            Self::Default { .. } => &[],
        }
    }
}
