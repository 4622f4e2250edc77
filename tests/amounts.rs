//! What a report says of an amount: where each figure is written, and what the published text alone pays.

use crate::support::{fresh, header, run};
use serde_json::Value;
use std::fs;

/// Costs of two currencies, and a rate that an assumed criterion raises.
const RULES: &str = "\
facts:
  spent: {type: money, label: Spent, range: 0 CNY..}
  abroad: {type: money, currency: USD, label: Abroad, range: 0 USD..}
  own_brand: {type: yes_no, label: Own brand}
parameters:
  usd_cny: {type: decimal, label: Exchange, values: [{from: 2024-01-01, value: 7.1, cite: guide art. 14}]}
  share: {type: percent, label: Share, values: [{from: 2024-01-01, value: 50%, cite: guide art. 11}]}
  higher_share: {type: percent, label: Higher, values: [{from: 2024-01-01, value: 60%, cite: guide art. 12}]}
  few: {type: money, label: Few, values: [{from: 2024-01-01, value: 100 CNY, cite: guide art. 13}]}
criteria:
  branded: {label: Branded, when: own_brand, cite: guide art. 2, basis: assumed, why: no brand is described}
measures:
  grant:
    label: Grant
    amount:
      base: {sum: [spent, convert abroad to CNY]}
      rate: share
      uplift: [{when: branded and spent >= few, rate: higher_share}]
      cap: 500_000 CNY
    cite: guide art. 1
    basis: published
";

/// The report of a firm with or without a brand of its own, its lines joined, and its outcome.
fn decided(test: &str, own_brand: &str) -> (String, Value) {
    let folder = fresh(&format!("amounts-{test}-{own_brand}"));
    let (pack, firm) = (folder.join("pack"), folder.join("firm.yaml"));
    fs::create_dir_all(&pack).unwrap();
    fs::write(pack.join("pack.yaml"), header("sums") + RULES).unwrap();
    let facts = format!("facts: {{spent: 1000.01 CNY, abroad: 100 USD, own_brand: {own_brand}}}\n");
    fs::write(&firm, format!("as_of: 2025-01-01\n{facts}")).unwrap();
    let report = |format: &str| {
        let (firm, pack) = (firm.to_str().unwrap(), pack.to_str().unwrap());
        let output = run(&["report", firm, "--pack", pack, "--format", format]);
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8(output.stdout).unwrap()
    };
    let text = report("text").split_whitespace().collect::<Vec<_>>().join(" ");
    let document: Value = serde_json::from_str(&report("json")).unwrap();
    (text, document["outcome"].clone())
}

/// Each citation stands at the figure that comes from there: a parameter's own place at the parameter, both
/// places at what is made with one, and never that of a parameter which a condition alone reads.
#[test]
fn a_step_cites_what_its_figure_is_made_of() {
    let (text, _) = decided("cited", "yes");
    for line in [
        "costs: Spent [guide art. 1] CNY 1,000.01",
        "CNY 710.00 art. 14]",
        "costs together [guide art. 1] CNY 1,710.01",
        "rate [guide art. 11] 50%",
        "holds [guide art. 12]",
        "60% of it [guide art. 12] CNY 1,026.006",
        "limit CNY 500,000.00: not reached [guide art. 1] CNY 1,026.006",
    ] {
        assert!(text.contains(line), "{line}: {text}");
    }
    assert!(text.contains("`convert abroad to CNY` [guide art. 1; guide"), "{text}");
    assert!(!text.contains("art. 13"), "{text}");
    let (text, _) = decided("cited", "no");
    assert!(text.contains("50% of it [guide art. 11] CNY 855.005"), "{text}");
}

/// The text alone leaves the raise open, so it pays less surely: a report may not call that the same.
#[test]
fn an_amount_that_rests_on_assumed_points_differs_from_what_the_text_alone_pays() {
    for (own_brand, paid) in [("yes", "1026.01 CNY"), ("no", "855.01 CNY")] {
        let (text, outcome) = decided("alone", own_brand);
        let alone = &outcome["published_only"]["measures"]["grant"];
        assert_eq!(outcome["measures"]["grant"]["amount"], paid);
        assert_eq!(
            (&outcome["measures"]["grant"]["outcome"], &alone["outcome"]),
            (&"eligible".into(), &"eligible".into())
        );
        assert_eq!(
            (&alone["amount"]["from"], &alone["amount"]["to"]),
            (&"855.01 CNY".into(), &"1026.01 CNY".into())
        );
        let said =
            "On the published text alone: eligible for 1 of 1 measure; Grant: CNY 855.01 to CNY 1,026.01.";
        assert!(text.contains(said), "{text}");
    }
}
