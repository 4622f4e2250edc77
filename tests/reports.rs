//! Golden reports, widths, escaping, policy.

use crate::support::{fresh, panmen, root, run};
use std::collections::BTreeSet;
use std::fs;

/// Firms whose reports are kept in every format and language.
const WHOLE: [&str; 4] = ["battery-maker", "solar-exporter", "auto-electronics", "only-a-code"];
const FORMATS: [&str; 5] = ["text", "markdown", "html", "json", "yaml"];
const LANGUAGES: [&str; 2] = ["en", "zh"];
const AUDIENCES: [&str; 3] = ["firm", "caseworker", "auditor"];

/// The firms of `fixtures/firms`, by name.
fn firms() -> Vec<String> {
    let folder = fs::read_dir(root().join("fixtures/firms")).unwrap();
    let mut names: Vec<String> = folder
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "yaml"))
        .map(|path| path.file_stem().unwrap().to_string_lossy().into_owned())
        .collect();
    names.sort();
    assert!(names.len() >= 16, "{names:?}");
    names
}

fn report(firm: &str, arguments: &[&str]) -> String {
    let path = format!("fixtures/firms/{firm}.yaml");
    let output = run(&[&["report", path.as_str()], arguments].concat());
    assert!(output.status.success(), "{firm}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

/// Every firm, language and audience.
fn each(look: &mut dyn FnMut(&str, &str, &str)) {
    for firm in firms() {
        for lang in LANGUAGES {
            for audience in AUDIENCES {
                look(&firm, lang, audience);
            }
        }
    }
}

fn golden(name: &str, text: &str) {
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path(root().join("tests/snapshots/reports"));
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings.bind(|| insta::assert_snapshot!(name, text));
}

#[test]
fn four_firms_in_every_format() {
    for firm in WHOLE {
        for format in FORMATS {
            for lang in LANGUAGES {
                let text = report(firm, &["--format", format, "--lang", lang]);
                golden(&format!("{firm}.{lang}.{format}"), &text);
            }
        }
    }
}

#[test]
fn the_other_firms_as_text_and_json() {
    for firm in firms().iter().filter(|firm| !WHOLE.contains(&firm.as_str())) {
        golden(&format!("{firm}.json"), &report(firm, &["--format", "json"]));
        for lang in LANGUAGES {
            golden(&format!("{firm}.{lang}.text"), &report(firm, &["--lang", lang]));
        }
    }
}

#[test]
fn the_copies_for_caseworker_and_auditor() {
    for audience in ["caseworker", "auditor"] {
        for lang in LANGUAGES {
            let text = report("rejected-evidence", &["--for", audience, "--lang", lang]);
            golden(&format!("rejected-evidence.{audience}.{lang}.text"), &text);
        }
    }
}

/// One firm of each further pack, by its folder in `fixtures/firms`, which is called after the pack.
const OF_PACKS: [(&str, &str); 6] = [
    ("cn-sme-size", "staff-in-a-band"),
    ("dongguan-cbec", "audio-maker"),
    ("shenzhen-ecommerce", "tax-adviser"),
    ("shenzhen-independent-site", "two-sites"),
    ("tongjiang-cbec", "newcomer"),
    ("zhongshan-cbec", "lamp-seller"),
];

/// The report of a firm under a pack that is not built in.
fn report_under(pack: &str, firm: &str, arguments: &[&str]) -> String {
    report(&format!("{pack}/{firm}"), &[&["--pack", pack, "--packs", "rules"], arguments].concat())
}

#[test]
fn a_firm_of_each_pack() {
    for (pack, firm) in OF_PACKS {
        for lang in LANGUAGES {
            let text = report_under(pack, firm, &["--lang", lang]);
            golden(&format!("{pack}.{firm}.{lang}.text"), &text);
        }
    }
}

#[test]
fn every_report_shows_every_step_of_an_amount() {
    for (lang, steps) in [
        ("en", ["CNY 500,000.00", "CNY 300,000.00", "CNY 800,000.00", "CNY 400,000.00", "art. 4"]),
        ("zh", ["50万元", "30万元", "80万元", "40万元", "第4条"]),
    ] {
        for format in ["text", "markdown", "html"] {
            for audience in AUDIENCES {
                let arguments = ["--lang", lang, "--format", format, "--for", audience];
                let page = report_under("tongjiang-cbec", "newcomer", &arguments);
                let mut rest = page.as_str();
                for step in steps {
                    let at =
                        rest.find(step).unwrap_or_else(|| panic!("{format} {audience}: {step} in {page}"));
                    rest = &rest[at..];
                }
            }
        }
    }
}

#[test]
fn language_changes_no_decision() {
    for firm in firms() {
        let [en, zh] = LANGUAGES.map(|lang| report(&firm, &["--format", "json", "--lang", lang]));
        assert_eq!(en, zh, "{firm}");
    }
}

/// Columns of a line; Chinese characters, their marks and those of disputed width count as two.
fn columns(line: &str) -> usize {
    line.chars().map(|character| if character.is_ascii() { 1 } else { 2 }).sum()
}

#[test]
fn a_page_is_eighty_columns_wide() {
    each(&mut |firm, lang, audience| {
        for line in report(firm, &["--lang", lang, "--for", audience]).lines() {
            assert!(columns(line) <= 80, "{firm} {lang} {audience}: {line}");
        }
    });
}

#[test]
fn a_page_of_any_pack_is_eighty_columns_wide() {
    for (pack, firm) in OF_PACKS {
        for lang in LANGUAGES {
            for audience in AUDIENCES {
                for line in report_under(pack, firm, &["--lang", lang, "--for", audience]).lines() {
                    assert!(columns(line) <= 80, "{firm} {lang} {audience}: {line}");
                }
                let page = report_under(pack, firm, &["--lang", lang, "--for", audience, "--format", "html"]);
                keeps_its_policy(&page, lang);
            }
        }
    }
}

#[test]
fn the_headline_counts_the_marks_of_the_body() {
    each(&mut |firm, lang, audience| {
        let page = report(firm, &["--lang", lang, "--for", audience, "--format", "html"]);
        let listed = page.matches("<b id=\"a").count();
        let said = match lang {
            "en" => format!("{listed} ASSUMED point"),
            _ => format!("含{listed}项假定"),
        };
        assert!(page.contains(&said), "{firm} {lang}: {said}");
        let led: BTreeSet<&str> =
            page.split("href=\"#a").skip(1).filter_map(|rest| rest.split('"').next()).collect();
        for number in led {
            assert!(page.contains(&format!("<b id=\"a{number}\">")), "{firm}: A{number}");
        }
    });
}

#[test]
fn no_firm_reads_a_bare_no() {
    each(&mut |firm, lang, audience| {
        for line in report(firm, &["--lang", lang, "--for", audience]).lines() {
            let said = line.rsplit(['：', ':']).next().unwrap_or_default().trim();
            let headline = ["RESULT", "结论"].iter().any(|word| line.starts_with(word));
            assert!(!(headline && ["no", "No", "否"].contains(&said)), "{firm}: {line}");
            assert!(!["NOT ELIGIBLE", "不合格"].iter().any(|word| line.contains(word)), "{firm}: {line}");
        }
    });
}

#[test]
fn money_can_be_pasted_into_a_profile() {
    let folder = fresh("reports-money");
    for (lang, before) in [("en", "yours "), ("zh", "本企业 ")] {
        let page = report("auto-electronics", &["--lang", lang]);
        let start = page.find(before).unwrap_or_else(|| panic!("{page}")) + before.len();
        let amount = page[start..].split("    ").next().unwrap().lines().next().unwrap();
        let path = folder.join(format!("{lang}.yaml"));
        let profile = fs::read_to_string(root().join("fixtures/firms/auto-electronics.yaml")).unwrap();
        let lines: Vec<String> = profile
            .lines()
            .map(|line| match line.split_once("2024:") {
                Some((indent, _)) if indent.trim().is_empty() => format!("{indent}2024: {amount}"),
                _ => line.to_owned(),
            })
            .collect();
        assert!(lines.iter().any(|line| line.ends_with(amount)), "{amount} is in {profile}");
        fs::write(&path, lines.join("\n")).unwrap();
        let output = run(&["report", path.to_str().unwrap(), "--lang", lang]);
        let again = String::from_utf8(output.stdout).unwrap();
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        assert!(again.contains(&format!("{before}{amount}")), "{again}");
    }
}

/// The values of an attribute wherever it stands.
fn attributes<'a>(page: &'a str, name: &str) -> Vec<&'a str> {
    let start = format!(" {name}=\"");
    page.split(start.as_str()).skip(1).filter_map(|rest| rest.split('"').next()).collect()
}

/// What stands between `<` and `>`.
fn tags(page: &str) -> Vec<&str> {
    page.split('<').skip(1).filter_map(|rest| rest.split('>').next()).collect()
}

fn keeps_its_policy(page: &str, lang: &str) {
    let policy = "<meta http-equiv=\"Content-Security-Policy\" \
                  content=\"default-src 'none'; style-src 'unsafe-inline'\">";
    assert!(page.contains(policy));
    let style = page.find("<style").unwrap();
    assert!(page.find(policy).unwrap() < style);
    let tag = if lang == "en" { "en" } else { "zh-Hans" };
    assert!(page.starts_with(&format!("<!DOCTYPE html>\n<html lang=\"{tag}\">")));
    let tags = tags(page);
    for tag in &tags {
        let name = tag.trim_start_matches('/').split([' ', '\n']).next().unwrap();
        let known = [
            "!DOCTYPE", "html", "head", "meta", "title", "style", "body", "main", "header", "h1", "h2", "h3",
            "p", "table", "colgroup", "col", "thead", "tbody", "tr", "th", "td", "span", "a", "b", "ul",
            "li", "section", "footer", "svg", "desc", "rect", "text",
        ];
        assert!(known.contains(&name), "<{tag}>");
        // Quotes within a text are escaped, so that every word before `=` is an attribute.
        let attribute = |part: &str| part.rsplit(' ').next().is_some_and(|name| name.starts_with("on"));
        assert!(!tag.split("=\"").any(attribute), "<{tag}>");
        for loads in ["src=", "srcset=", "url(", "@import", "action="] {
            assert!(!tag.contains(loads), "<{tag}>");
        }
        if name == "th" && !tag.starts_with('/') {
            assert!(tag.contains("scope="), "<{tag}>");
        }
        if name == "svg" && !tag.starts_with('/') {
            assert!(tag.contains("role=\"img\"") && tag.contains("aria-labelledby="), "<{tag}>");
        }
    }
    assert!(!page.contains("url(") && !page.contains("@import"));
    for link in attributes(page, "href") {
        assert!(link.starts_with('#'), "{link}");
    }
    let ids = attributes(page, "id");
    let unique: BTreeSet<&str> = ids.iter().copied().collect();
    assert_eq!(ids.len(), unique.len());
    for named in attributes(page, "aria-labelledby") {
        assert!(named.split(' ').all(|id| unique.contains(id)), "{named}");
    }
    let mut level = 0;
    for tag in tags {
        let next = match tag.split(' ').next() {
            Some("h1") => 1,
            Some("h2") => 2,
            Some("h3") => 3,
            _ => continue,
        };
        assert!(next <= level + 1, "<{tag}>");
        level = next;
    }
    assert_eq!(page.matches("<h1>").count(), 1);
}

#[test]
fn html_keeps_its_policy() {
    each(&mut |firm, lang, audience| {
        let page = report(firm, &["--lang", lang, "--for", audience, "--format", "html"]);
        keeps_its_policy(&page, lang);
    });
}

const HOSTILE: [&str; 6] = [
    "<script>alert(1)</script>",
    "\\\"><img src=x onerror=alert(1)>",
    "</style></title><svg onload=alert(1)>",
    "# [x](javascript:y) | `z` *b* http://x.example",
    "' onmouseover='alert(1)",
    "=HYPERLINK(\\\"http://x.example\\\")",
];

#[test]
fn a_name_cannot_act_in_any_format() {
    let folder = fresh("reports-hostile");
    for (index, name) in HOSTILE.iter().enumerate() {
        let path = folder.join(format!("{index}.yaml"));
        fs::write(&path, format!("firm: {{name: \"{name}\"}}\nas_of: 2025-06-30\nfacts: {{}}\n")).unwrap();
        for lang in LANGUAGES {
            for format in FORMATS {
                let output = run(&["report", path.to_str().unwrap(), "--lang", lang, "--format", format]);
                let page = String::from_utf8(output.stdout).unwrap();
                assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
                assert!(!page.chars().any(|c| c.is_control() && c != '\n'), "{page}");
                match format {
                    "html" => keeps_its_policy(&page, lang),
                    "markdown" => {
                        assert!(!page.contains("<script") && !page.contains("<img"), "{page}");
                        assert!(
                            !page.replace("\\](", "").contains("](") && !page.contains("http://"),
                            "{page}"
                        );
                    }
                    _ => {}
                }
            }
        }
    }
}

#[test]
fn hidden_characters_in_a_name_are_refused_or_shown() {
    let folder = fresh("reports-hidden");
    for (index, name) in ["A\\e[31mB", "A\\u202EB", "A\\nRESULT  ELIGIBLE", "A\\u2028B"].iter().enumerate() {
        let path = folder.join(format!("{index}.yaml"));
        fs::write(&path, format!("firm: {{name: \"{name}\"}}\nas_of: 2025-06-30\nfacts: {{}}\n")).unwrap();
        for format in FORMATS {
            let output = run(&["report", path.to_str().unwrap(), "--format", format]);
            let said = [output.stdout, output.stderr].concat();
            let said = String::from_utf8(said).unwrap();
            let acts = |c: char| (c.is_control() && c != '\n') || matches!(c, '\u{202E}' | '\u{2028}');
            assert!(!said.is_empty() && !said.chars().any(acts), "{said:?}");
            assert!(!said.lines().any(|line| line.starts_with("RESULT  ELIGIBLE")), "{said}");
        }
    }
}

#[test]
fn several_firms_go_into_one_output_only_where_it_holds_them() {
    let firms = ["fixtures/firms/battery-maker.yaml", "fixtures/firms/solar-exporter.yaml"];
    let output = run(&[&["report"], &firms[..], &["--format", "html"]].concat());
    assert_eq!(output.status.code(), Some(2));
    assert!(output.stdout.is_empty());
    assert!(String::from_utf8_lossy(&output.stderr).contains("-o DIR"));
    let output = run(&[&["report"], &firms[..], &["--format", "markdown"]].concat());
    let page = String::from_utf8(output.stdout).unwrap();
    assert_eq!(page.matches("\n# ").count() + 1, 2, "{page}");
    let folder = fresh("reports-several");
    let to = ["-o", folder.to_str().unwrap()];
    let output = panmen().arg("report").args(firms).args(["--format", "html"]).args(to).output().unwrap();
    assert!(output.status.success());
    for name in ["battery-maker.html", "solar-exporter.html"] {
        keeps_its_policy(&fs::read_to_string(folder.join(name)).unwrap(), "en");
    }
}

const PERSONAL: &str = "\
pack: personal
edition: \"1\"
title: A pack
status: official
currency: CNY
in_force: {from: 2024-01-01}
sources: {law: {title: The law}}
facts:
  owner: {type: text, personal: yes, label: Owner}
criteria:
  is_li: {label: The owner is Li, when: 'owner = \"Li\"', cite: law art. 1, basis: published}
measures:
  one: {label: One, who: is_li, amount: unpublished, cite: law art. 1, basis: published}
";

#[test]
fn personal_facts_are_withheld_unless_asked_for() {
    let folder = fresh("reports-personal");
    fs::write(folder.join("pack.yaml"), PERSONAL).unwrap();
    let profile = folder.parent().unwrap().join("personal-firm.yaml");
    fs::write(&profile, "firm: {name: A}\nas_of: 2025-06-30\nfacts: {owner: Wang Xiao}\n").unwrap();
    let (pack, firm) = (folder.to_str().unwrap(), profile.to_str().unwrap());
    for format in ["text", "markdown", "html"] {
        for audience in AUDIENCES {
            let all = ["report", firm, "--pack", pack, "--format", format, "--for", audience];
            let hidden = run(&all);
            assert!(hidden.status.success(), "{}", String::from_utf8_lossy(&hidden.stderr));
            assert!(!String::from_utf8_lossy(&hidden.stdout).contains("Wang"), "{format} {audience}");
            let shown = run(&[&all[..], &["--show-personal"]].concat());
            assert!(String::from_utf8_lossy(&shown.stdout).contains("Wang Xiao"), "{format} {audience}");
        }
    }
}

/// What is said of a personal value's papers may be the value.
#[test]
fn papers_of_personal_facts_are_withheld_too() {
    let folder = fresh("reports-personal-papers");
    let pack = folder.join("pack");
    fs::create_dir(&pack).unwrap();
    fs::write(pack.join("pack.yaml"), PERSONAL).unwrap();
    let write = |name: &str, status: &str, number: &str| {
        let owner = format!(
            "{{value: Wang Xiao, status: {status}, documents: [{{number: {number}}}], reason: not of WHY1}}"
        );
        let path = folder.join(name);
        fs::write(&path, format!("firm: {{name: A}}\nas_of: 2025-06-30\nfacts:\n  owner: {owner}\n"))
            .unwrap();
        path.to_str().unwrap().to_owned()
    };
    let hidden = ["Wang", "DOC1", "DOC2", "WHY1"];
    let pack = pack.to_str().unwrap();
    let mut records = Vec::new();
    for (name, status, number) in
        [("one", "verified", "DOC1"), ("two", "declared", "DOC2"), ("three", "rejected", "DOC1")]
    {
        let firm = write(&format!("{name}.yaml"), status, number);
        for format in ["text", "markdown", "html", "json", "yaml"] {
            for audience in AUDIENCES {
                let all = ["report", &firm, "--pack", pack, "--format", format, "--for", audience];
                let text = String::from_utf8(run(&all).stdout).unwrap();
                assert!(!text.is_empty());
                for word in hidden {
                    assert!(!text.contains(word), "{name} {format} {audience}: {word} in {text}");
                }
            }
        }
        let record = folder.join(format!("{name}.json")).to_str().unwrap().to_owned();
        assert!(run(&["decide", &firm, "--pack", pack, "-o", &record]).status.success());
        records.push(record);
    }
    for format in ["text", "markdown", "html", "json"] {
        for other in &records[1..] {
            let all = ["diff", &records[0], other, "--packs", folder.to_str().unwrap(), "--format", format];
            let text = String::from_utf8(run(&all).stdout).unwrap();
            assert!(text.contains("owner"), "{text}");
            for word in hidden {
                assert!(!text.contains(word), "{format}: {word} in {text}");
            }
        }
    }
    // Nor does a replay tell it.
    let record = fs::read_to_string(&records[0]).unwrap();
    let mut document: serde_json::Value = serde_json::from_str(&record).unwrap();
    document["facts"][0]["type"] = "money".into();
    let forged = crate::records::sealed_text(&document);
    fs::write(&records[1], forged).unwrap();
    let output = run(&["replay", &records[1], "--packs", folder.to_str().unwrap()]);
    let told = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(told.contains("RC201") && !told.contains("Wang"), "{told}");
}
