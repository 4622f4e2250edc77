//! Amounts at random, and what they come to, worked out with whole numbers: a reference for these tests
//! only. Facts are ten-thousandths of a yuan and rates are thousandths, so an amount is a whole number of
//! `1 / YUAN` yuan and nothing is ever a fraction.

/// A yuan, and a fen, in the unit of amounts.
pub(crate) const YUAN: i64 = 10_000_000;
pub(crate) const FEN: i64 = YUAN / 100;
/// A yuan in the unit of facts.
pub(crate) const OF_FACT: i64 = 10_000;
/// The most that a fact of money is, in yuan, and that a count is.
pub(super) const MOST: i64 = 8;
pub(super) const MOST_COUNT: i64 = 3;

/// Numbers picked one after the other from a list made at random.
pub(crate) struct Picks<'a>(pub(crate) std::iter::Cycle<std::slice::Iter<'a, u16>>);

impl Picks<'_> {
    pub(crate) fn below(&mut self, count: i64) -> i64 {
        i64::from(*self.0.next().unwrap()) % count
    }

    fn between(&mut self, low: i64, high: i64) -> i64 {
        low + self.below(high - low + 1)
    }

    fn maybe<T>(&mut self, make: impl FnOnce(&mut Self) -> T) -> Option<T> {
        (self.below(2) == 1).then(|| make(self))
    }
}

/// What kind of fact one is: money in ten-thousandths of a yuan, a count, or yes and no.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    Money,
    Count,
    Truth,
}

/// A fact with the values that it may still have, the lowest first, the highest last.
#[derive(Debug, Clone)]
pub(crate) struct Fact {
    pub(crate) kind: Kind,
    pub(crate) values: Vec<i64>,
    pub(super) given: Option<String>,
}

impl Fact {
    fn written(kind: Kind, value: i64) -> String {
        match kind {
            Kind::Money => format!("{}.{:04} CNY", value / OF_FACT, value % OF_FACT),
            Kind::Count => value.to_string(),
            Kind::Truth => if value == 1 { "yes" } else { "no" }.to_owned(),
        }
    }

    fn at_random(kind: Kind, picks: &mut Picks<'_>) -> Self {
        let most = match kind {
            Kind::Money => MOST,
            Kind::Count => MOST_COUNT,
            Kind::Truth => 1,
        };
        let low = picks.below(most + 1);
        let known = picks.below(3) > 0;
        let (low, high, given) = if known {
            (low, low, Some(Self::written(kind, if kind == Kind::Money { low * OF_FACT } else { low })))
        } else if kind == Kind::Money && picks.below(2) == 1 {
            let high = picks.between(low, most);
            (low, high, Some(format!("{low} CNY..{high} CNY")))
        } else {
            (0, most, None)
        };
        let mut values = Vec::new();
        for value in low..=high {
            match kind {
                // Just above a figure, too: bands and steps begin there.
                Kind::Money if value < high => values.extend([value * OF_FACT, value * OF_FACT + 1]),
                Kind::Money => values.push(value * OF_FACT),
                Kind::Count | Kind::Truth => values.push(value),
            }
        }
        Self { kind, values, given }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum How {
    Down,
    Up,
    Nearest,
}

/// An uplift: its condition, points or a rate instead, and a limit.
#[derive(Debug, Clone)]
pub(super) struct Uplift {
    pub(super) when: usize,
    pub(super) add: Option<i64>,
    pub(super) rate: Option<i64>,
    pub(super) cap: Option<i64>,
}

#[derive(Debug, Clone)]
pub(super) enum Means {
    Fixed(usize),
    Share {
        costs: Vec<usize>,
        base_cap: Option<i64>,
        rate: i64,
    },
    /// `above` of the last band; `up_to` of the others; a gap where they differ.
    Bands {
        of: usize,
        marginal: bool,
        ends: [i64; 2],
        last: i64,
        rates: [i64; 3],
    },
    Steps {
        of: usize,
        rows: Vec<(i64, bool, i64)>,
    },
    PerUnit {
        rate: i64,
        of: usize,
        times: usize,
    },
}

/// A measure at random.
#[derive(Debug, Clone)]
pub(crate) struct Measure {
    pub(super) who: Option<usize>,
    pub(super) means: Means,
    pub(super) uplifts: Vec<Uplift>,
    pub(super) cap: Option<i64>,
    pub(super) round: Option<(How, i64)>,
}

/// A measure, by its number, or money from elsewhere, by its fact.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Member {
    Measure(usize),
    Money(usize),
}

/// How measures meet.
#[derive(Debug, Clone)]
pub(crate) enum Rule {
    Highest(Vec<Member>),
    Limit { limit: usize, percent: i64, over: Vec<Member>, reduce: Vec<usize> },
}

/// A pack at random, with what is known of a firm.
#[derive(Debug, Clone, Default)]
pub(crate) struct Pack {
    pub(crate) facts: Vec<Fact>,
    pub(crate) measures: Vec<Measure>,
    pub(crate) rules: Vec<Rule>,
}

fn rounded(value: i64, how: How, unit: i64) -> i64 {
    let rest = value % unit;
    match how {
        _ if rest == 0 => value,
        How::Up => value - rest + unit,
        How::Nearest if 2 * rest >= unit => value - rest + unit,
        How::Down | How::Nearest => value - rest,
    }
}

impl Pack {
    /// So many measures, each with facts of its own.
    pub(crate) fn at_random(count: usize, rules: usize, picks: &mut Picks<'_>) -> Self {
        let mut pack = Self::default();
        for _ in 0..count {
            let measure = pack.measure(picks);
            pack.measures.push(measure);
        }
        for _ in 0..rules {
            let rule = pack.rule(picks);
            pack.rules.push(rule);
        }
        pack
    }

    /// The same pack, with everything known of the firm: the lowest of what it may be.
    pub(crate) fn known(&self) -> Self {
        (0..self.facts.len()).fold(self.clone(), |pack, fact| pack.learnt(fact, 0))
    }

    /// The same pack, with one of the values that a fact may have.
    pub(crate) fn learnt(&self, fact: usize, value: usize) -> Self {
        let mut learnt = self.clone();
        let fact = &mut learnt.facts[fact];
        fact.values = vec![fact.values[value]];
        fact.given = Some(Fact::written(fact.kind, fact.values[0]));
        learnt
    }

    fn fact(&mut self, kind: Kind, picks: &mut Picks<'_>) -> usize {
        self.facts.push(Fact::at_random(kind, picks));
        self.facts.len() - 1
    }

    fn measure(&mut self, picks: &mut Picks<'_>) -> Measure {
        let means = match picks.below(5) {
            0 => Means::Fixed(self.fact(Kind::Money, picks)),
            1 => {
                let costs = (0..=picks.below(2)).map(|_| self.fact(Kind::Money, picks)).collect();
                let base_cap = picks.maybe(|picks| picks.between(1, MOST));
                Means::Share { costs, base_cap, rate: picks.between(1, 999) }
            }
            2 => {
                let first = picks.between(1, 4);
                let second = picks.between(first + 1, 6);
                let last = picks.between(second, 7);
                let rates = [picks.between(1, 900), picks.between(1, 900), picks.between(1, 900)];
                let (of, marginal) = (self.fact(Kind::Money, picks), picks.below(2) == 1);
                Means::Bands { of, marginal, ends: [first, second], last, rates }
            }
            3 => {
                let mut rows: Vec<(i64, bool, i64)> = Vec::new();
                for _ in 0..=picks.below(3) {
                    let row = (picks.between(0, MOST), picks.below(2) == 1, picks.between(1, 9));
                    if rows.iter().all(|other| (other.0, other.1) != (row.0, row.1)) {
                        rows.push(row);
                    }
                }
                Means::Steps { of: self.fact(Kind::Money, picks), rows }
            }
            _ => {
                let (of, times) = (self.fact(Kind::Count, picks), self.fact(Kind::Count, picks));
                Means::PerUnit { rate: picks.between(1, 300), of, times }
            }
        };
        let cap = picks.maybe(|picks| picks.between(1, 6));
        let share = matches!(means, Means::Share { .. });
        let mut uplifts = Vec::new();
        for _ in 0..picks.below(3) {
            let add = picks.maybe(|picks| picks.between(1, 200)).filter(|_| share);
            let rate = picks.maybe(|picks| picks.between(1, 999)).filter(|_| share);
            let limit = picks.maybe(|picks| picks.between(1, 8)).filter(|_| cap.is_some());
            if add.is_some() || rate.is_some() || limit.is_some() {
                uplifts.push(Uplift { when: self.fact(Kind::Truth, picks), add, rate, cap: limit });
            }
        }
        let how = [How::Down, How::Up, How::Nearest][usize::try_from(picks.below(3)).unwrap()];
        let round =
            picks.maybe(|picks| (how, [FEN, YUAN, YUAN / 2][usize::try_from(picks.below(3)).unwrap()]));
        let who = picks.maybe(|picks| self.fact(Kind::Truth, picks));
        Measure { who, means, uplifts, cap, round }
    }

    fn rule(&mut self, picks: &mut Picks<'_>) -> Rule {
        let mut members: Vec<Member> =
            (0..self.measures.len()).filter(|_| picks.below(4) > 0).map(Member::Measure).collect();
        if picks.below(3) == 0 || members.is_empty() {
            members.push(Member::Money(self.fact(Kind::Money, picks)));
        }
        let by = usize::try_from(picks.below(3)).unwrap() % members.len();
        members.rotate_left(by);
        if picks.below(2) == 0 {
            return Rule::Highest(members);
        }
        let reduce = members.iter().filter_map(|member| match member {
            Member::Measure(index) => Some(*index),
            Member::Money(_) => None,
        });
        let mut reduce: Vec<usize> = reduce.filter(|_| picks.below(4) > 0).collect();
        if picks.below(2) == 1 {
            reduce.reverse();
        }
        let percent = picks.between(10, 100);
        Rule::Limit { limit: self.fact(Kind::Money, picks), percent, over: members, reduce }
    }

    /// What a measure comes to before it meets others; none where the firm does not get it.
    pub(crate) fn alone(&self, measure: usize, facts: &[i64]) -> Option<i64> {
        let measure = &self.measures[measure];
        if measure.who.is_some_and(|who| facts[who] == 0) {
            return None;
        }
        let holding = || measure.uplifts.iter().filter(|uplift| facts[uplift.when] == 1);
        let mut amount = match &measure.means {
            Means::Fixed(fact) => facts[*fact] * 1_000,
            Means::Share { costs, base_cap, rate } => {
                let base: i64 = costs.iter().map(|cost| facts[*cost]).sum();
                let base = base_cap.map_or(base, |cap| base.min(cap * OF_FACT));
                let mut rate = *rate;
                for uplift in holding() {
                    rate = uplift.rate.unwrap_or(rate) + uplift.add.unwrap_or(0);
                }
                base * rate
            }
            Means::Bands { of, marginal, ends, last, rates } => {
                let of = facts[*of];
                let bands =
                    [(0, Some(ends[0])), (ends[0], Some(ends[1])), (*last, None)].into_iter().zip(rates);
                bands
                    .map(|((low, high), rate)| {
                        let (low, high) = (low * OF_FACT, high.map_or(i64::MAX, |high| high * OF_FACT));
                        match marginal {
                            true => (of.min(high) - low).max(0) * rate,
                            false if low < of && of <= high => of * rate,
                            false => 0,
                        }
                    })
                    .sum()
            }
            Means::Steps { of, rows } => {
                let of = facts[*of];
                let reached = rows
                    .iter()
                    .filter(|(from, included, _)| of > from * OF_FACT || (*included && of == from * OF_FACT));
                reached.max_by_key(|(from, included, _)| (*from, !included))?.2 * YUAN
            }
            Means::PerUnit { rate, of, times } => rate * FEN * facts[*of] * facts[*times],
        };
        if let Some(cap) = measure.cap {
            let cap = holding().filter_map(|uplift| uplift.cap).fold(cap, i64::max);
            amount = amount.min(cap * YUAN);
        }
        Some(measure.rounded(amount))
    }

    /// What each measure pays once it met the others, with what is paid.
    pub(crate) fn paid(&self, facts: &[i64]) -> Vec<Option<i64>> {
        let mut paid: Vec<Option<i64>> =
            (0..self.measures.len()).map(|measure| self.alone(measure, facts)).collect();
        for rule in &self.rules {
            let of = |member: &Member, paid: &[Option<i64>]| match member {
                Member::Measure(index) => paid[*index].unwrap_or(0),
                Member::Money(fact) => facts[*fact] * 1_000,
            };
            match rule {
                Rule::Highest(among) => {
                    let most = among.iter().map(|member| of(member, &paid)).max().unwrap();
                    let winner = *among.iter().find(|member| of(member, &paid) == most).unwrap();
                    for member in among.iter().filter(|member| **member != winner) {
                        if let Member::Measure(index) = member {
                            paid[*index] = paid[*index].map(|_| 0);
                        }
                    }
                }
                Rule::Limit { limit, percent, over, reduce } => {
                    let sum: i64 = over.iter().map(|member| of(member, &paid)).sum();
                    let mut excess = (sum - facts[*limit] * percent * 10).max(0);
                    let order: Vec<usize> = if reduce.is_empty() {
                        let measures = over.iter().rev().filter_map(|member| match member {
                            Member::Measure(index) => Some(*index),
                            Member::Money(_) => None,
                        });
                        measures.collect()
                    } else {
                        reduce.clone()
                    };
                    for index in order {
                        let Some(whole) = paid[index] else { continue };
                        let cut = whole.min(excess);
                        excess -= cut;
                        if cut > 0 {
                            paid[index] = Some(self.measures[index].rounded(whole - cut));
                        }
                    }
                }
            }
        }
        paid
    }

    /// True if the range of an amount should be no wider than it must: no end of it is only approached
    /// and never reached, and no condition moves the rate and the limit against each other.
    pub(crate) fn is_tight(&self, measure: usize) -> bool {
        let measure = &self.measures[measure];
        let slab = matches!(measure.means, Means::Bands { marginal: false, .. });
        let approached = slab && matches!(measure.round, Some((How::Up, _)));
        let against = measure.uplifts.iter().any(|uplift| uplift.cap.is_some() && uplift.rate.is_some());
        !approached && !against
    }
}

impl Measure {
    fn rounded(&self, amount: i64) -> i64 {
        match self.round {
            Some((how, unit)) => rounded(amount, how, unit),
            None => rounded(amount, How::Nearest, FEN),
        }
    }
}
