//! Inputs that nobody should send, each once through the binary: what is refused, and in which words.

use super::{code, err, fine, out, pack, with_input};
use crate::support::{fresh, panmen, run};
use std::fmt::Write;
use std::fs;

/// A profile with one fact, and what must be said of it; nothing said: accepted.
fn facts(cases: &[(&str, &[&str])]) {
    let mut wrong = Vec::new();
    for (fact, says) in cases {
        let text = format!("as_of: 2025-06-30\nfacts:\n  {fact}\n");
        let output = with_input(panmen().args(["report", "-"]), text.as_bytes());
        let problems = err(&output);
        let good = if says.is_empty() {
            code(&output) == 0 && problems.is_empty()
        } else {
            code(&output) == 3 && out(&output).is_empty() && problems.contains("--> stdin:")
        };
        if !good || !says.iter().all(|part| problems.contains(part)) {
            wrong.push(format!("{fact}: {}, expected {says:?}\n{problems}", code(&output)));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// A whole text from standard input that is refused, and what must be said of it.
fn refused(cases: &[(&str, Vec<u8>, &str)]) {
    for (name, bytes, says) in cases {
        let output = with_input(panmen().args(["report", "-"]), bytes);
        assert_eq!((code(&output), out(&output).as_str()), (3, ""), "{name}: {}", err(&output));
        assert!(err(&output).contains(says), "{name}: {}", err(&output));
        assert!(err(&output).len() < 30_000, "{name}: {} bytes of problems", err(&output).len());
    }
}

fn utf16(text: &str) -> Vec<u8> {
    [0xFEFF].into_iter().chain(text.encode_utf16()).flat_map(u16::to_le_bytes).collect()
}

#[test]
fn structures_that_would_explode() {
    let mut bomb = String::from("a0: &a0 [x, x, x, x, x, x, x, x, x]\n");
    for level in 1..9 {
        let aliases = vec![format!("*a{}", level - 1); 9].join(", ");
        writeln!(bomb, "a{level}: &a{level} [{aliases}]").unwrap();
    }
    let nested: Vec<String> = (0..1000).map(|level| format!("{}a:\n", " ".repeat(level))).collect();
    let nested = nested.concat();
    refused(&[
        ("alias bomb", bomb.into_bytes(), "YM021"),
        ("brackets", "[".repeat(100_000).into_bytes(), "YM005"),
        (
            "brackets under a key that is ignored",
            format!("ignored: {}", "[".repeat(100_000)).into_bytes(),
            "YM005",
        ),
        ("dashes", "- ".repeat(100_000).into_bytes(), "YM005"),
        ("mappings", nested.into_bytes(), "YM005"),
        (
            "a long text",
            format!("facts: {{a: {}}}", "x".repeat(20 << 20)).into_bytes(),
            "larger than 1048576 bytes",
        ),
        ("two documents", b"facts: {}\n---\nfacts: {}\n".to_vec(), "YM024"),
        ("merge key", b"facts:\n  <<: {licence_valid: yes}\n".to_vec(), "YM023"),
        (
            "tag of another program",
            b"facts: !!python/object:os.system {}\n".to_vec(),
            "`!!python/object:os.system`",
        ),
        ("include", b"facts: !include /etc/hostname\n".to_vec(), "`!include`"),
        (
            "JSON with a key twice",
            br#"{"facts": {"licence_valid": "yes", "licence_valid": "no"}}"#.to_vec(),
            "YM026",
        ),
    ]);
}

#[test]
fn bytes_that_are_not_the_text_they_seem() {
    refused(&[
        ("UTF-16", utf16("facts: {}\n"), "UTF-16"),
        ("GB18030", b"firm: {name: \xCB\xD5\xD6\xDD\xB2\xE2\xCA\xD4}\nfacts: {}\n".to_vec(), "GB18030"),
        ("a byte that is none", b"facts: {}\n# \xFF\n".to_vec(), "not UTF-8 at byte 12"),
        ("NUL", b"facts:\n  licence_valid: y\0es\n".to_vec(), "U+0000"),
        ("right-to-left override", "facts:\n  licence\u{202E}_valid: yes\n".into(), "U+202E"),
        ("zero width", "facts:\n  licence\u{200B}_valid: yes\n".into(), "U+200B"),
        ("nothing", Vec::new(), "YM004"),
    ]);
    facts(&[("licence_v\u{430}lid: yes", &["PF026", "U+0430", "licence_valid"])]);
}

#[test]
fn scalars_keep_their_spelling() {
    facts(&[
        ("overseas_warehouses: [{country: no, area: 5 m2, operated_by_firm: no}]", &[]),
        ("customs_modes: [0110]", &[]),
        ("industry_code: 0810", &[]),
        ("cbec_volume: {2024: -0 CNY}", &[]),
        ("cbec_volume: {2024: null}", &[]),
        ("customs_modes: [08]", &["EX612", "`08`"]),
        ("industry_code: 12345678901234567890123", &["EX612"]),
    ]);
}

#[test]
fn numbers_in_other_spellings() {
    facts(&[
        ("cbec_parks_run: 1e3", &["EX102", "`1000`"]),
        ("cbec_parks_run: 1_", &["EX105", "`1`"]),
        ("cbec_parks_run: +1", &["EX103", "`1`"]),
        ("cbec_parks_run: 1.", &["EX104", "`1`"]),
        ("cbec_parks_run: .5", &["EX609"]),
        ("cbec_parks_run: 0x10", &["EX106", "`16`"]),
        ("cbec_volume: {2024: \"1,000.50 CNY\"}", &["EX107", "`1000.50 CNY`"]),
        ("cbec_parks_run: １２", &["EX108", "`１`", "`12`"]),
        ("cbec_parks_run: NaN", &["EX109"]),
        ("cbec_parks_run: .inf", &["EX109"]),
        ("cbec_parks_run: ''", &["EX622"]),
        ("cbec_parks_run: 79228162514264337593543950336", &["EX115"]),
        ("cbec_parks_run: 12345678901234567890123456789", &["EX115"]),
        ("cbec_volume: {2024: 0.1234567890123456789012345678901234 CNY}", &["EX11"]),
        ("cbec_volume: {2024: 7000 USD}", &["EX605", "USD", "CNY"]),
        ("cbec_volume: {2024: 6，200万元}", &["EX10"]),
        ("cbec_volume: {2024: \"6,200万元\"}", &["EX107", "`6200万元`"]),
        ("cbec_volume: {2024: 7千万元}", &[]),
        ("cbec_volume: {2024: 陆仟万元}", &["EX112"]),
        ("cbec_volume: {2024: 百万元}", &["EX112"]),
        ("cbec_volume: {2024: ６２ 万元}", &["EX108", "`62 万元`"]),
        ("product_lines: [{goods: other_goods, share: 50％}]", &["EX108", "`50%`"]),
    ]);
}

#[test]
fn dates_in_other_spellings() {
    facts(&[
        ("registered_on: 2026-02-30", &["EX121", "`YYYY-MM-DD`"]),
        ("registered_on: 2026-13-01", &["EX121"]),
        ("registered_on: 2025-02-29", &["EX121"]),
        ("registered_on: 23/11/26", &["EX628"]),
        ("registered_on: 2019/5/6", &["EX120", "`2019-05-06`"]),
        ("registered_on: 2019.5.6", &["EX120", "`2019-05-06`"]),
        ("registered_on: 2019年5月6日", &["EX120", "`2019-05-06`"]),
    ]);
    let later = "as_of: 2025-06-30\nfacts_as_of: 2025-06-15\nfacts:\n  \
                 licence_valid: {value: yes, status: verified, verified_at: 2025-06-16}\n";
    refused(&[("a check after the state of knowledge", later.into(), "PF012")]);
}

#[test]
fn codes_of_firms() {
    let cases = [
        ("91000000MA0000285T", "EX620"),
        ("91000000MA0000284R", "EX619"),
        ("91000000ma0000285r", "EX617"),
        ("9100000OMA0000285R", "`O`"),
        ("91000000MI0000285R", "`I`"),
        ("91000000MS0000285R", "`S`"),
        ("91000000MV0000285R", "`V`"),
        ("91000000MZ0000285R", "`Z`"),
        ("91000000MA0000285", "EX616"),
        ("9.1E+17", "EX621"),
    ];
    let text = |uscc: &str| {
        format!("firm: {{name: Huali (fictional), uscc: {uscc}}}\nas_of: 2025-06-30\nfacts: {{}}\n")
    };
    for (uscc, says) in cases {
        refused(&[(uscc, text(uscc).into_bytes(), says)]);
    }
    let sound = with_input(panmen().args(["report", "-"]), text("91000000MA0000285R").as_bytes());
    assert_eq!(code(&sound), 0, "{}", err(&sound));
}

#[test]
fn signs_of_a_chinese_input_method() {
    facts(&[("licence_valid： yes", &["YM051", "`licence_valid: ...`"])]);
    let folder = fresh("full width");
    for (written, says) in [
        ("licensed ＝ yes", "`＝` (U+FF1D)"),
        ("（licensed）", "`（` (U+FF08)"),
        ("licensed\u{3000}and listed", "U+3000"),
        ("count >= ０", "EX"),
        ("share >= 50％", "`％`"),
        ("city = “苏州”", "`“` (U+201C)"),
    ] {
        pack(
            &folder,
            "wide",
            &format!(
                "facts:\n  licensed: {{type: yes_no, label: L}}\n  listed: {{type: yes_no, label: L}}\n  \
                 share: {{type: percent, label: S}}\n  city: {{type: text, label: C}}\n\
                 criteria:\n  bad: {{label: Bad, when: {written}, cite: guide art. 1}}\n"
            ),
        );
        let output = run(&["lint", folder.to_str().unwrap()]);
        assert_eq!(code(&output), 3, "{written}");
        assert!(err(&output).contains(says), "{written}: {}", err(&output));
    }
}

#[test]
fn expressions_that_would_exhaust_the_stack() {
    let folder = fresh("deep");
    let parentheses = format!("{}licensed{}", "(".repeat(1900), ")".repeat(1900));
    let cases = [
        ("licensed or ".repeat(5_000) + "licensed", "EX002"),
        ("(".repeat(10_000) + "licensed" + &")".repeat(10_000), "EX002"),
        (parentheses, "EX003"),
        ("not ".repeat(1000) + "licensed", "EX229"),
        ("-".repeat(4000) + "1 >= 0", "EX205"),
        ("previous ".repeat(400) + "licensed", "EX003"),
        ("if licensed then ".repeat(200) + "licensed", "EX"),
    ];
    for (when, says) in cases {
        let rules = format!(
            "facts:\n  licensed: {{type: yes_no, label: Licensed}}\ncriteria:\n  bad:\n    label: Bad\n    \
             when: {when}\n    cite: guide art. 1\n"
        );
        pack(&folder, "deep", &rules);
        let output = run(&["lint", folder.to_str().unwrap()]);
        assert_eq!(code(&output), 3, "{says}: {}", err(&output));
        assert!(err(&output).contains(says), "{says}: {}", err(&output));
        assert!(err(&output).len() < 5_000, "{says}");
    }
}

#[test]
fn a_number_that_grows_too_large_is_an_error_and_no_number() {
    let folder = fresh("large");
    let firm = folder.join("firm.yaml");
    let folder = folder.join("pack");
    let rules = "facts:\n  a: {type: decimal, label: A}\n  b: {type: decimal, label: B}\n\
                 criteria:\n  quotient: {label: Quotient, when: a / b >= 1, cite: guide art. 1}\n  \
                 product: {label: Product, when: a * a * a >= 1, cite: guide art. 1}\n  \
                 saved: {label: Saved, when: a >= 1 or a / b >= 1, cite: guide art. 1}\n\
                 gates:\n  entry: {label: Entry, all: [quotient, product, saved]}\n";
    pack(&folder, "large", rules);
    fs::write(&firm, "as_of: 2025-06-30\nfacts: {a: 9_999_999_999_999, b: 0}\n").unwrap();
    let text =
        fine(&["report", "--format", "json", "--pack", folder.to_str().unwrap(), firm.to_str().unwrap()]);
    let document: serde_json::Value = serde_json::from_str(&text).unwrap();
    let criteria = &document["outcome"]["criteria"];
    assert_eq!(criteria["quotient"]["outcome"], "error", "{criteria}");
    assert_eq!(criteria["product"]["outcome"], "error", "{criteria}");
    assert_eq!(criteria["saved"]["outcome"], "yes", "{criteria}");
}

#[test]
fn names_of_firms_cannot_speak_to_the_terminal() {
    for name in [
        "\"\\e[31mred\\e[0m\"",
        "\"two\\nlines\"",
        "\"a\\u202Eb\"",
        "\"<script>alert(1)</script>\"",
        "\"=HYPERLINK(1)\"",
        "'\"><img onerror=x>'",
    ] {
        let text = format!("firm: {{name: {name}}}\nas_of: 2025-06-30\nfacts: {{}}\n");
        let output = with_input(panmen().args(["report", "-"]), text.as_bytes());
        let shown = out(&output) + &err(&output);
        let bad = |c: char| (c.is_control() && c != '\n') || panmen::diagnostic::is_invisible(c);
        assert!(!shown.contains(bad), "{name}: {shown:?}");
        assert!([0, 3].contains(&code(&output)), "{name}");
        if name.contains("lines") {
            assert!(!shown.contains("\nlines"), "{shown}");
        }
    }
}

#[test]
fn an_import_is_named_by_id() {
    let folder = fresh("imports");
    for uses in ["../other", "/etc", "no_such_pack"] {
        pack(&folder, "importing", &format!("uses: {{other: {uses}}}\n"));
        let output = run(&["lint", folder.to_str().unwrap()]);
        assert_eq!(code(&output), 3, "{uses}");
        assert!(err(&output).contains("a pack's id, not a path"), "{uses}: {}", err(&output));
    }
}
