//! The steps of a decision as an auditor reads them in its JSON, added up with exact fractions.

use super::model::Pack;
use super::yuan;
use crate::language::engine::{HEADER, day, firm, pack};
use panmen::decision::decide;
use panmen::json;
use panmen::number::{Number, Rounding};
use panmen::plan::plan;
use proptest::prelude::*;
use serde_json::Value;

/// A figure of a step: `12.5 CNY`, `35%`, `1/3 CNY`, `3`.
fn figure(value: &Value) -> Number {
    let text = value.as_str().unwrap();
    let (number, hundredths) = match text.strip_suffix('%') {
        Some(number) => (number, true),
        None => (text.split(' ').next().unwrap(), false),
    };
    let digits = |text: &str| Number::from_digits(text).unwrap_or_else(|| panic!("no number: {text}"));
    let number = match number.split_once('/') {
        Some((over, under)) => digits(over).divide(digits(under)).unwrap(),
        None => digits(number),
    };
    if hundredths { number.divide(Number::from(100)).unwrap() } else { number }
}

fn rounding(text: &str) -> (Rounding, Number) {
    let (how, to) = text.split_once(" to ").unwrap();
    let how = match how {
        "down" => Rounding::Down,
        "up" => Rounding::Up,
        _ => Rounding::Nearest,
    };
    (how, figure(&Value::String(to.to_owned())))
}

/// What has been worked out so far.
#[derive(Default)]
struct Sheet {
    costs: Option<Number>,
    rate: Option<Number>,
    cap: Option<Number>,
    bands: Option<Number>,
    units: Vec<Number>,
    amount: Option<Number>,
}

impl Sheet {
    /// Works a step out from those before it, and says what it comes to.
    fn step(&mut self, step: &Value) -> Number {
        let own = figure(&step["figure"]);
        let holds = step["holds"].as_str() != Some("no");
        match step["step"].as_str().unwrap() {
            "cost" => {
                self.costs = Some(self.costs.unwrap_or(Number::ZERO).plus(own).unwrap());
                own
            }
            "costs" => self.costs.unwrap(),
            "base_cap" => {
                self.costs = self.costs.map(|costs| costs.min(own));
                self.costs.unwrap()
            }
            "rate" => *self.rate.insert(own),
            "add" if holds => *self.rate.insert(self.rate.unwrap().plus(own).unwrap()),
            "other_rate" if holds => *self.rate.insert(own),
            "add" | "other_rate" => self.rate.unwrap(),
            "share" => *self.amount.insert(self.costs.unwrap().multiply(self.rate.unwrap()).unwrap()),
            "fixed" => *self.amount.insert(own),
            "quantity" => {
                self.units.push(own);
                own
            }
            "band" => {
                let part = figure(&step["result"]);
                self.bands = Some(self.bands.unwrap_or(Number::ZERO).plus(part).unwrap());
                self.amount = self.bands;
                part
            }
            "step" => *self.amount.insert(figure(&step["result"])),
            "per_unit" => {
                let units = self.units.iter().fold(own, |product, unit| product.multiply(*unit).unwrap());
                *self.amount.insert(units)
            }
            "cap" => *self.cap.insert(own),
            "other_cap" if holds => *self.cap.insert(self.cap.unwrap().max(own)),
            "other_cap" => self.cap.unwrap(),
            "capped" => *self.amount.insert(self.amount.unwrap().min(self.cap.unwrap())),
            "round" => {
                let (how, to) = rounding(step["of"].as_str().unwrap());
                *self.amount.insert(self.amount.unwrap().round(to, how).unwrap())
            }
            "minor_unit" => {
                let fen = Number::ONE.divide(Number::from(100)).unwrap();
                *self.amount.insert(self.amount.unwrap().round(fen, Rounding::Nearest).unwrap())
            }
            other => panic!("an unknown step: {other}"),
        }
    }
}

/// The steps of each measure, against what it comes to alone and after meeting others.
pub(crate) fn check(model: &Pack, alone: &[Option<i64>], paid: &[Option<i64>]) -> Result<(), TestCaseError> {
    let checked = pack(&format!("{HEADER}{}", model.yaml()));
    let plan = plan(&checked, day("2025-03-01"));
    let profile = firm(&checked, &model.firm());
    let document = json::decision(&plan, &profile, &decide(&plan, &profile), false);
    let document: Value = serde_json::from_str(&serde_json::to_string(&document).unwrap()).unwrap();
    let said = || format!("{}{}", model.yaml(), model.firm());
    for (index, (alone, paid)) in alone.iter().zip(paid).enumerate() {
        let measure = &document["outcome"]["measures"][format!("m{index}")];
        let (Some(alone), Some(paid)) = (alone, paid) else { continue };
        let mut sheet = Sheet::default();
        let mut last = None;
        for step in measure["steps"].as_array().unwrap() {
            if matches!(step["step"].as_str().unwrap(), "displaced" | "stacked") {
                last = Some(figure(&step["result"]));
                continue;
            }
            let result = sheet.step(step);
            prop_assert_eq!(result, figure(&step["result"]), "m{}: {}\n{}", index, step, said());
        }
        prop_assert_eq!(sheet.amount, Some(yuan(*alone)), "m{}: {}\n{}", index, measure, said());
        prop_assert_eq!(last.or(sheet.amount), Some(yuan(*paid)), "m{}: {}\n{}", index, measure, said());
    }
    Ok(())
}
