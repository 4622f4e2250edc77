//! Comparisons and sets; here a bare word gets its meaning from the type of the other side.

use super::{Terms, unify};
use crate::diagnostic::{
    Diagnostic, MOST_SUGGESTED, MeaningProblem, PackProblem, ValueProblem, nearest, quote,
};
use crate::expr::ast::{Comparison, Expr, Kind, Literal, Name, Quantifier, Reference, Set as WrittenSet};
use crate::graph::{Constant, Entity, Item, NodeId, Num, NumUnit, Op, Set, Ty};
use crate::pack::Fact;
use crate::source::Span;
use crate::value::{CodeSet, Type, Unit};
use std::sync::Arc;

/// A side of a comparison before the type of the other is known.
enum Side {
    /// It has a meaning of its own.
    Node(NodeId),
    /// A word that names nothing, or a text in quotes.
    Word,
    /// A number, `yes` or `no`: itself, or a code or text, as the other side has it.
    Literal,
}

impl Terms<'_> {
    fn side(&mut self, expr: &Expr) -> Option<Side> {
        match &expr.kind {
            Kind::Text(_) => Some(Side::Word),
            Kind::Literal(Literal::YesNo(_)) => Some(Side::Literal),
            Kind::Literal(Literal::Quantity(quantity)) if quantity.unit == Unit::None => Some(Side::Literal),
            Kind::Reference(reference) if self.is_bare(reference) => Some(Side::Word),
            _ => self.expr(expr).map(Side::Node),
        }
    }

    /// True for a word that names nothing.
    fn is_bare(&self, reference: &Reference) -> bool {
        let name = &reference.name.text;
        reference.previous == 0
            && reference.period.is_none()
            && !name.contains('.')
            && self.field(name).is_none()
            && self.names.find(name, &self.scope).is_none()
    }

    /// Both sides of a comparison, each in the light of the other.
    pub(super) fn sides(&mut self, left: &Expr, right: &Expr) -> Option<(NodeId, NodeId)> {
        let (left_side, right_side) = (self.side(left), self.side(right));
        match (left_side?, right_side?) {
            (Side::Node(a), Side::Node(b)) => {
                let (left_ty, right_ty) = (self.ty(a), self.ty(b));
                self.unambiguous(left, &right_ty)?;
                self.unambiguous(right, &left_ty)?;
                self.lone(left, &right_ty)?;
                self.lone(right, &left_ty)?;
                Some((a, b))
            }
            (Side::Node(a), _) => {
                let ty = self.ty(a);
                let b = self.as_type(right, &ty)?;
                Some((a, b))
            }
            (_, Side::Node(b)) => {
                let ty = self.ty(b);
                let a = self.as_type(left, &ty)?;
                Some((a, b))
            }
            (Side::Literal, Side::Literal) => self.expr(left).zip(self.expr(right)),
            (first, second) => {
                // Of two words one is probably meant for an option of the other: the one that is nearly a
                // name is told, else the first.
                let words = [(first, left), (second, right)];
                let words = words.iter().filter_map(|(side, expr)| match (side, &expr.kind) {
                    (Side::Word, Kind::Reference(reference)) => Some(&reference.name),
                    _ => None,
                });
                let searched = self.unknowns < MOST_SUGGESTED;
                let near = |name: &&&Name| searched && self.names.nearest(&name.text).is_some();
                let words: Vec<&Name> = words.collect();
                if let Some(name) = words.iter().find(near).or(words.first()) {
                    self.unknown(name);
                }
                if matches!((&left.kind, &right.kind), (Kind::Text(_), _) | (_, Kind::Text(_))) {
                    let found = "text".to_owned();
                    self.fail::<()>(MeaningProblem::NotACondition { found }, left.span.to(right.span));
                }
                None
            }
        }
    }

    /// Several values that must be alike, each built once, in the light of the first that has a type.
    pub(super) fn alike(&mut self, items: &[Expr]) -> Option<Vec<NodeId>> {
        let sides: Vec<Option<Side>> = items.iter().map(|item| self.side(item)).collect();
        let sides: Vec<Side> = sides.into_iter().collect::<Option<_>>()?;
        let ty = sides.iter().find_map(|side| match side {
            Side::Node(node) => Some(self.ty(*node)),
            Side::Word | Side::Literal => None,
        });
        let mut nodes = Vec::new();
        for (side, item) in sides.into_iter().zip(items) {
            nodes.push(match (side, &ty) {
                (Side::Node(node), _) => node,
                (_, Some(ty)) => self.as_type(item, ty)?,
                (_, None) => self.expr(item)?,
            });
        }
        Some(nodes)
    }

    /// Tells of `ladder.uper` which levels the ladder has; false where no ladder or classification is named.
    pub(super) fn unknown_member(&mut self, name: &Name) -> bool {
        let Some((container, member)) = name.text.rsplit_once('.') else { return false };
        let members = match self.names.find(container, &self.scope) {
            Some(Entity::Ladder(index)) => self.pack.ladders.get(index).map(|ladder| &ladder.levels),
            Some(Entity::Classification(index)) => {
                self.pack.classifications.get(index).map(|entry| &entry.classes)
            }
            _ => None,
        };
        let Some(members) = members else { return false };
        if self.pack.may_have_lost(&format!("{}{}", self.scope, name.text)) {
            return true;
        }
        let known: Vec<&str> = members.iter().map(|member| member.id.text.as_str()).collect();
        let listed: Vec<String> = known.iter().map(|id| format!("`{id}`")).collect();
        let problem = MeaningProblem::UnknownLevel {
            level: quote(member),
            ladder: container.to_owned(),
            known: listed.join(", "),
        };
        let suggested = nearest(member, known.iter().copied());
        self.diagnostics.push(Diagnostic::new(problem, name.span).suggest(suggested));
        true
    }

    /// A duration beside a number that counts something else.
    fn lone(&mut self, expr: &Expr, other: &Ty) -> Option<()> {
        match (&expr.kind, other) {
            (Kind::Literal(Literal::Duration(..)), Ty::Number(Num { unit: NumUnit::One, .. })) => {
                self.fail(MeaningProblem::LoneDuration { text: expr.to_string() }, expr.span)
            }
            _ => Some(()),
        }
    }

    pub(super) fn unknown(&mut self, name: &Name) {
        if self.pack.may_have_lost(&format!("{}{}", self.scope, name.text)) {
            return;
        }
        // With thousands of unknown names the nearest of each would take minutes.
        self.unknowns = self.unknowns.saturating_add(1);
        if self.unknowns > MOST_SUGGESTED {
            let problem = MeaningProblem::UnknownName { name: quote(&name.text) };
            self.diagnostics.push(Diagnostic::new(problem, name.span));
            return;
        }
        let fields = self.rows.as_ref().map(|rows| rows.fields.clone());
        let field =
            fields.as_ref().and_then(|fields| nearest(&name.text, fields.iter().map(|f| f.name.as_str())));
        let suggested = field.or_else(|| self.names.nearest(&name.text)).map(str::to_owned);
        let problem = MeaningProblem::UnknownName { name: quote(&name.text) };
        self.diagnostics.push(Diagnostic::new(problem, name.span).suggest(suggested.as_deref()));
    }

    /// A word that names something and is also an option of the other side.
    fn unambiguous(&mut self, expr: &Expr, other: &Ty) -> Option<()> {
        if let (Kind::Reference(reference), Ty::Word(Some(set))) = (&expr.kind, other)
            && set.contains(&reference.name.text)
        {
            let word = reference.name.text.clone();
            return self.fail(MeaningProblem::AmbiguousWord { word, set: set.id.clone() }, expr.span);
        }
        Some(())
    }

    /// An expression in the light of the type that it must have: a word becomes an option, a number a
    /// code or a number of the right unit.
    pub(super) fn as_type(&mut self, expr: &Expr, ty: &Ty) -> Option<NodeId> {
        match (ty, &expr.kind) {
            (Ty::Word(set), kind) => {
                let word = match kind {
                    Kind::Text(text) => text.clone(),
                    Kind::Literal(Literal::YesNo(yes)) => if *yes { "yes" } else { "no" }.to_owned(),
                    Kind::Literal(Literal::Quantity(quantity)) if quantity.unit == Unit::None => {
                        quantity.digits.clone()
                    }
                    Kind::Reference(reference) if self.is_bare(reference) => reference.name.text.clone(),
                    _ => return self.expr(expr),
                };
                let word = match set {
                    None => word.as_str().into(),
                    Some(set) => self.option(set, &word, expr.span)?,
                };
                Some(self.emit(Op::Constant(Constant::Word(word)), ty.clone(), expr.span))
            }
            (Ty::Number(num), Kind::Literal(Literal::Quantity(quantity))) if quantity.unit == Unit::None => {
                match &num.unit {
                    NumUnit::Money(currency) => {
                        let fixed = format!("{} {currency}", quantity.number);
                        self.fail(
                            ValueProblem::NoCurrency { text: quantity.digits.clone(), fixed },
                            expr.span,
                        )
                    }
                    // A number alone takes the unit of the other side.
                    NumUnit::Measure(_) | NumUnit::Time(_) | NumUnit::One => {
                        let num = Num { whole: quantity.number.is_integer(), ..num.clone() };
                        Some(self.emit(
                            Op::Constant(Constant::Number(quantity.number)),
                            Ty::Number(num),
                            expr.span,
                        ))
                    }
                }
            }
            (_, Kind::Text(_)) => {
                let (left, right) = (ty.to_string(), "text".to_owned());
                self.fail(MeaningProblem::NotComparable { left, right }, expr.span)
            }
            _ => self.expr(expr),
        }
    }

    fn option(&mut self, set: &Arc<CodeSet>, word: &str, span: Span) -> Option<Arc<str>> {
        match set.read(word) {
            Ok(word) => Some(word),
            Err(problem) => {
                let mut diagnostic = set.problem(problem, word, span);
                if diagnostic.nearest.is_none() {
                    // A list was meant, perhaps, rather than one of its codes.
                    let lists = self.pack.lists.iter().map(|list| list.id.text.as_str());
                    diagnostic = diagnostic.suggest(nearest(word, lists));
                }
                self.diagnostics.push(diagnostic);
                None
            }
        }
    }

    pub(super) fn compare(
        &mut self,
        comparison: Comparison,
        left: &Expr,
        right: &Expr,
        span: Span,
    ) -> Option<NodeId> {
        let equality = matches!(comparison, Comparison::Equal | Comparison::NotEqual);
        if let Some(node) = self.tiered(left, std::slice::from_ref(right), equality) {
            let node = node?;
            let negated = comparison == Comparison::NotEqual;
            return Some(if negated { self.emit(Op::Not(node), Ty::Truth, span) } else { node });
        }
        let (a, b) = self.sides(left, right)?;
        let (left_ty, right_ty) = (self.ty(a), self.ty(b));
        let Some(ty) = unify(&left_ty, &right_ty) else {
            let problem =
                MeaningProblem::NotComparable { left: left_ty.to_string(), right: right_ty.to_string() };
            return self.fail(problem, span);
        };
        if !equality && !matches!(ty, Ty::Number(_) | Ty::Date) {
            return self.fail(MeaningProblem::NoOrder { found: ty.to_string() }, span);
        }
        self.lint_bound(left);
        self.lint_bound(right);
        Some(self.emit(Op::Compare(comparison, a, b), Ty::Truth, span))
    }

    /// A number or date written where a parameter with a source belongs. Zero is no threshold.
    fn lint_bound(&mut self, expr: &Expr) {
        let literal = match &expr.kind {
            Kind::Negate(inner) => &inner.kind,
            kind => kind,
        };
        let bound = match literal {
            Kind::Literal(Literal::Quantity(quantity)) => !quantity.number.is_zero(),
            Kind::Literal(Literal::Date(_) | Literal::Duration(..)) => true,
            _ => false,
        };
        if bound && self.in_condition {
            self.diagnostics
                .push(Diagnostic::new(PackProblem::LiteralBound { text: expr.to_string() }, expr.span));
        }
    }

    /// A ladder or classification left of `=` or `in`: the right side names levels or classes. The
    /// outer none: the left is neither.
    #[expect(clippy::option_option, reason = "the outer is: not this case; the inner is failure")]
    fn tiered(&mut self, left: &Expr, items: &[Expr], allowed: bool) -> Option<Option<NodeId>> {
        let Kind::Reference(reference) = &left.kind else { return None };
        match self.names.find(&reference.name.text, &self.scope) {
            Some(Entity::Ladder(_) | Entity::Classification(_)) if !allowed => {
                let found = reference.name.text.clone();
                Some(self.fail(MeaningProblem::NoOrder { found }, left.span))
            }
            Some(Entity::Ladder(ladder)) => Some(self.ladder_in(ladder, left, items)),
            Some(Entity::Classification(index)) => Some(self.class_in(index, left, items)),
            _ => None,
        }
    }

    fn ladder_in(&mut self, ladder: usize, left: &Expr, items: &[Expr]) -> Option<NodeId> {
        let levels = &self.pack.ladders.get(ladder)?.levels;
        let known: Vec<&str> = levels.iter().map(|level| level.id.text.as_str()).chain(["none"]).collect();
        // Every item is looked at, so that all that is wrong is told at once.
        let names: Vec<Option<String>> =
            items.iter().map(|item| self.member_name(item, left, &known)).collect();
        let node = self.expr(left)?;
        let mut outcomes = 0_u64;
        for name in names.into_iter().collect::<Option<Vec<String>>>()? {
            outcomes |= crate::graph::outcome_bit(levels.iter().position(|level| level.id.text == name));
        }
        Some(self.emit(Op::LadderIn { ladder: node, outcomes }, Ty::Truth, left.span))
    }

    fn class_in(&mut self, index: usize, left: &Expr, items: &[Expr]) -> Option<NodeId> {
        let mut classes = Vec::new();
        for item in items {
            let members = &self.pack.classifications.get(index)?.classes;
            let known: Vec<&str> = members.iter().map(|class| class.id.text.as_str()).collect();
            let name = self.member_name(item, left, &known)?;
            let class = members.iter().position(|class| class.id.text == name)?;
            classes.push(self.entity(Entity::Class(index, class), item.span)?);
        }
        Some(self.emit(Op::Any(classes), Ty::Truth, left.span))
    }

    /// The level or class that an item names.
    fn member_name(&mut self, item: &Expr, container: &Expr, known: &[&str]) -> Option<String> {
        let word = match &item.kind {
            Kind::Reference(reference) => reference.name.text.clone(),
            Kind::Text(text) => text.clone(),
            _ => item.to_string(),
        };
        let prefix = format!("{container}.");
        let word = word.strip_prefix(&prefix).unwrap_or(&word).to_owned();
        if known.contains(&word.as_str()) {
            return Some(word);
        }
        if self.pack.may_have_lost(&format!("{}{prefix}{word}", self.scope)) {
            return None;
        }
        let listed: Vec<String> = known.iter().map(|name| format!("`{name}`")).collect();
        let problem = MeaningProblem::UnknownLevel {
            level: quote(&word),
            ladder: container.to_string(),
            known: listed.join(", "),
        };
        let suggested = nearest(&word, known.iter().copied());
        self.diagnostics.push(Diagnostic::new(problem, item.span).suggest(suggested));
        None
    }

    /// `value in set`
    pub(super) fn within(
        &mut self,
        value: &Expr,
        negated: bool,
        set: &WrittenSet,
        span: Span,
    ) -> Option<NodeId> {
        if let WrittenSet::Items(items) = set {
            if let Some(node) = self.tiered(value, items, true) {
                let node = node?;
                return Some(if negated { self.emit(Op::Not(node), Ty::Truth, span) } else { node });
            }
            if let [Expr { kind: Kind::Reference(reference), .. }] = items.as_slice()
                && let Some((fact, element)) = self.many_fact(&reference.name)
            {
                let item = self.as_type(value, &element)?;
                self.comparable(&element, item, span)?;
                let node = self.emit(Op::Holds { fact, item }, Ty::Truth, span);
                return Some(if negated { self.emit(Op::Not(node), Ty::Truth, span) } else { node });
            }
        }
        if let Kind::Reference(reference) = &value.kind
            && self.many_fact(&reference.name).is_some()
        {
            return self.fail(MeaningProblem::ManyIn { fact: reference.name.text.clone() }, value.span);
        }
        let value_node = match self.side(value)? {
            Side::Node(node) => node,
            Side::Literal => self.expr(value)?,
            Side::Word => {
                if let Kind::Reference(reference) = &value.kind {
                    self.unknown(&reference.name);
                }
                return None;
            }
        };
        let ty = self.ty(value_node);
        let set = self.set(set, &ty, span)?;
        Some(self.emit(Op::In { value: value_node, set, negated }, Ty::Truth, span))
    }

    fn comparable(&mut self, ty: &Ty, node: NodeId, span: Span) -> Option<()> {
        let found = self.ty(node);
        if unify(ty, &found).is_some() {
            return Some(());
        }
        self.fail(MeaningProblem::NotComparable { left: ty.to_string(), right: found.to_string() }, span)
    }

    /// The right side of `in` for values of a type.
    fn set(&mut self, set: &WrittenSet, ty: &Ty, span: Span) -> Option<Set> {
        match set {
            WrittenSet::Range(low, high) => {
                if !matches!(ty, Ty::Number(_) | Ty::Date) {
                    return self.fail(MeaningProblem::CodeRange { found: ty.to_string() }, span);
                }
                let mut end = |expr: Option<&Expr>| -> Option<Option<NodeId>> {
                    let Some(expr) = expr else { return Some(None) };
                    let node = self.as_type(expr, ty)?;
                    self.lone(expr, ty)?;
                    self.comparable(ty, node, expr.span)?;
                    self.lint_bound(expr);
                    Some(Some(node))
                };
                let (low, high) = (end(low.as_deref()), end(high.as_deref()));
                Some(Set::Range(low?, high?))
            }
            WrittenSet::Items(items) => {
                let items: Vec<Option<Item>> = items.iter().map(|item| self.item(item, ty)).collect();
                Some(Set::Items(items.into_iter().collect::<Option<Vec<Item>>>()?))
            }
        }
    }

    fn item(&mut self, item: &Expr, ty: &Ty) -> Option<Item> {
        if let Kind::Reference(reference) = &item.kind {
            let name = &reference.name.text;
            match self.names.find(name, &self.scope) {
                Some(Entity::List(list)) => {
                    self.unambiguous(item, ty)?;
                    return self.list_item(list, ty, item.span);
                }
                Some(_) => self.unambiguous(item, ty)?,
                None => {}
            }
        }
        let node = self.as_type(item, ty)?;
        self.lone(item, ty)?;
        self.comparable(ty, node, item.span)?;
        if !matches!(ty, Ty::Word(_)) {
            self.lint_bound(item);
        }
        Some(Item::Node(node))
    }

    fn list_item(&mut self, list: usize, ty: &Ty, span: Span) -> Option<Item> {
        let declared = self.pack.lists.get(list)?;
        let fits = match ty {
            Ty::Word(Some(set)) => set.root == declared.set.root,
            Ty::Word(None) => true,
            _ => false,
        };
        if fits {
            return Some(Item::List(list));
        }
        let parent = |of: &crate::pack::Id| self.pack.lists.iter().any(|list| list.id.text == of.text);
        if declared.of.as_ref().is_some_and(|of| !parent(of)) {
            // That it was picked from nothing known is told where it says so.
            return None;
        }
        let right = format!("code of {}", declared.id.text);
        self.fail(MeaningProblem::NotComparable { left: ty.to_string(), right }, span)
    }

    /// A fact with many values, and the type of each.
    pub(super) fn many_fact(&self, name: &Name) -> Option<(usize, Ty)> {
        let Some(Entity::Fact(index)) = self.names.find(&name.text, &self.scope) else { return None };
        let fact: &Fact = self.pack.facts.get(index)?;
        if !fact.many || self.field(&name.text).is_some() {
            return None;
        }
        Ty::of(&fact.value_type).map(|ty| (index, ty))
    }

    /// `some x in set`, `every x in set`
    pub(super) fn many(
        &mut self,
        quantifier: Quantifier,
        fact: &Name,
        set: &WrittenSet,
        span: Span,
    ) -> Option<NodeId> {
        let Some((index, ty)) = self.many_fact(fact) else {
            let Some(entity) = self.names.find(&fact.text, &self.scope) else {
                self.unknown(fact);
                return None;
            };
            let is_list = matches!(entity, Entity::Fact(index)
                if self.pack.facts.get(index).is_some_and(|fact| matches!(fact.value_type, Type::List(_))));
            let name = fact.text.clone();
            return if is_list {
                self.fail(MeaningProblem::WholeFact { name, kind: "list".to_owned() }, fact.span)
            } else {
                self.fail(MeaningProblem::NotMany { name }, fact.span)
            };
        };
        let set = self.set(set, &ty, span)?;
        Some(self.emit(Op::Many { quantifier, fact: index, set }, Ty::Truth, span))
    }
}
