//! Packs and firms at random as they are written.

use super::model::{FEN, How, Kind, MOST, MOST_COUNT, Means, Measure, Member, Pack, Rule, Uplift, YUAN};
use std::fmt::Write;

impl Pack {
    /// The pack, after a header.
    pub(crate) fn yaml(&self) -> String {
        self.sections((0..self.measures.len()).collect())
    }

    /// The same, with the measures in the other order.
    pub(crate) fn yaml_reversed(&self) -> String {
        self.sections((0..self.measures.len()).rev().collect())
    }

    fn sections(&self, order: Vec<usize>) -> String {
        let mut text = "facts:\n".to_owned();
        for (index, fact) in self.facts.iter().enumerate() {
            let declared = match fact.kind {
                Kind::Money => format!("{{type: money, range: 0 CNY..{MOST} CNY, accepts_band: yes}}"),
                Kind::Count => format!("{{type: integer, range: 0..{MOST_COUNT}}}"),
                Kind::Truth => "{type: yes_no}".to_owned(),
            };
            writeln!(text, "  f{index}: {declared}").unwrap();
        }
        text.push_str("measures:\n");
        for index in order {
            writeln!(text, "  m{index}: {{{}cite: law}}", self.measures[index].yaml()).unwrap();
        }
        if !self.rules.is_empty() {
            text.push_str("stacking:\n");
        }
        for (index, rule) in self.rules.iter().enumerate() {
            writeln!(text, "  r{index}: {{{}, cite: law}}", rule.yaml()).unwrap();
        }
        text
    }

    /// What is known of the firm.
    pub(crate) fn firm(&self) -> String {
        let given = self.facts.iter().enumerate();
        let given = given.filter_map(|(index, fact)| Some(format!("f{index}: {}", fact.given.as_ref()?)));
        format!("{{{}}}", given.collect::<Vec<_>>().join(", "))
    }
}

impl Measure {
    fn yaml(&self) -> String {
        let share = |rate: &i64| format!("{}.{}%", rate / 10, rate % 10);
        let mut parts = vec![match &self.means {
            Means::Fixed(fact) => format!("fixed: f{fact}"),
            Means::Share { costs, base_cap, rate } => {
                let costs: Vec<String> = costs.iter().map(|cost| format!("f{cost}")).collect();
                let cap = base_cap.map(|cap| format!("base_cap: {cap} CNY, ")).unwrap_or_default();
                format!("base: {{sum: [{}]}}, {cap}rate: {}", costs.join(", "), share(rate))
            }
            Means::Bands { of, marginal, ends, last, rates } => format!(
                "bands: {{of: f{of}, mode: {}, rows: [{{up_to: {} CNY, rate: {}}}, {{up_to: {} CNY, rate: {}}}, {{above: {last} CNY, rate: {}}}]}}",
                if *marginal { "marginal" } else { "slab" },
                ends[0],
                share(&rates[0]),
                ends[1],
                share(&rates[1]),
                share(&rates[2])
            ),
            Means::Steps { of, rows } => {
                let row = |(from, included, amount): &(i64, bool, i64)| {
                    let word = if *included { "at_least" } else { "above" };
                    format!("{{{word}: {from} CNY, amount: {amount} CNY}}")
                };
                let rows: Vec<String> = rows.iter().map(row).collect();
                format!("steps: {{of: f{of}, rows: [{}]}}", rows.join(", "))
            }
            Means::PerUnit { rate, of, times } => {
                format!(
                    "per_unit: {{rate: {}.{:02} CNY, of: f{of}, times: f{times}}}",
                    rate / 100,
                    rate % 100
                )
            }
        }];
        if !self.uplifts.is_empty() {
            let uplift = |uplift: &Uplift| {
                let mut parts = vec![format!("when: f{}", uplift.when)];
                parts.extend(uplift.add.as_ref().map(|add| format!("add: {}", share(add))));
                parts.extend(uplift.rate.as_ref().map(|rate| format!("rate: {}", share(rate))));
                parts.extend(uplift.cap.map(|cap| format!("cap: {cap} CNY")));
                format!("{{{}}}", parts.join(", "))
            };
            let uplifts: Vec<String> = self.uplifts.iter().map(uplift).collect();
            parts.push(format!("uplift: [{}]", uplifts.join(", ")));
        }
        parts.extend(self.cap.map(|cap| format!("cap: {cap} CNY")));
        parts.extend(self.round.map(|(how, unit)| {
            let how = match how {
                How::Down => "down",
                How::Up => "up",
                How::Nearest => "nearest",
            };
            format!("round: {how} to {}.{:02} CNY", unit / YUAN, unit % YUAN / FEN)
        }));
        let who = self.who.map(|who| format!("who: f{who}, ")).unwrap_or_default();
        format!("{who}amount: {{{}}}, ", parts.join(", "))
    }
}

impl Rule {
    fn yaml(&self) -> String {
        let members = |members: &[Member]| {
            let member = |member: &Member| match member {
                Member::Measure(index) => format!("m{index}"),
                Member::Money(fact) => format!("f{fact}"),
            };
            members.iter().map(member).collect::<Vec<_>>().join(", ")
        };
        match self {
            Self::Highest(among) => format!("pick: highest, among: [{}]", members(among)),
            Self::Limit { limit, percent, over, reduce } => {
                let reduce: Vec<String> = reduce.iter().map(|index| format!("m{index}")).collect();
                let reduce = if reduce.is_empty() {
                    String::new()
                } else {
                    format!(", reduce: [{}]", reduce.join(", "))
                };
                format!("limit: {percent}% of f{limit}, over: [{}]{reduce}", members(over))
            }
        }
    }
}
