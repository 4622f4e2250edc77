//! The commands as a shell runs them: output, errors, exit codes.

mod diff;
mod examples;
mod hostile;
mod recorded;
mod records;

use crate::support::{fresh, panmen, root, run};
use serde_json::Value;
use std::fs;
use std::io::Write;
use std::path::Path;
use std::process::{Command, Output, Stdio};

const FIRM: &str = "fixtures/firms/growth-exact.yaml";

fn code(output: &Output) -> i32 {
    output.status.code().unwrap()
}

fn out(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).unwrap()
}

fn err(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).unwrap()
}

/// Standard output of a command that must succeed and complain of nothing.
fn fine(arguments: &[&str]) -> String {
    let output = run(arguments);
    assert_eq!((code(&output), err(&output).as_str()), (0, ""), "{arguments:?}");
    out(&output)
}

fn with_input(command: &mut Command, input: &[u8]) -> Output {
    let mut child =
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    // A command that refuses its arguments may end before it has read them.
    let _ = child.stdin.take().unwrap().write_all(input);
    child.wait_with_output().unwrap()
}

fn firm() -> Vec<u8> {
    fs::read(root().join(FIRM)).unwrap()
}

/// A profile that is refused: one fact has a misspelled name.
const REFUSED: &str = "as_of: 2025-06-30\nfacts:\n  licence_vaild: yes\n";

/// A pack with one criterion; `rules` is added to its header.
fn pack(folder: &Path, id: &str, rules: &str) {
    fs::create_dir_all(folder).unwrap();
    let header = format!(
        "pack: {id}\nedition: \"2025\"\nstatus: illustrative\nauthor: Panmen contributors\ntitle: A pack\n\
         currency: CNY\nin_force: {{from: 2024-01-01}}\n\
         sources:\n  guide: {{title: A guide that does not exist, dated: 2024-01-01}}\n{rules}"
    );
    fs::write(folder.join("pack.yaml"), header).unwrap();
}

const RULES: &str = "facts:\n  licensed: {type: yes_no, label: Licensed}\n\
                     criteria:\n  sound: {label: Sound, when: licensed, cite: guide art. 1, basis: published}\n\
                     gates:\n  entry: {label: Entry, all: [sound]}\n";

#[test]
fn help_of_each_command() {
    let mut text = String::new();
    let commands = [
        "",
        "report",
        "decide",
        "replay",
        "redact",
        "diff",
        "impact",
        "lint",
        "test",
        "new",
        "new profile",
        "show",
        "completions",
        "man",
    ];
    for command in commands {
        let mut arguments: Vec<&str> = command.split_whitespace().collect();
        arguments.push("--help");
        let help = fine(&arguments);
        assert!(help.lines().all(|line| line.chars().count() <= 100), "{help}");
        // A blank line of clap's may end in spaces.
        let help: Vec<&str> = help.lines().map(str::trim_end).collect();
        text.extend(["$ panmen ", &arguments.join(" "), "\n", &help.join("\n"), "\n\n"]);
    }
    insta::assert_snapshot!("help", text);
    assert_eq!(fine(&["--version"]), format!("panmen {}\n", env!("CARGO_PKG_VERSION")));
}

#[test]
fn every_command_is_in_the_help_snapshot_and_no_other() {
    let help = fine(&["--help"]);
    let listed: Vec<&str> = help
        .lines()
        .skip_while(|line| *line != "Commands:")
        .skip(1)
        .take_while(|line| !line.is_empty())
        .filter(|line| line.starts_with("  ") && !line.starts_with("   "))
        .filter_map(|line| line.split_whitespace().next())
        .collect();
    assert_eq!(
        listed,
        [
            "report",
            "decide",
            "replay",
            "redact",
            "diff",
            "impact",
            "lint",
            "test",
            "new",
            "show",
            "completions",
            "man",
            "help"
        ]
    );
}

#[test]
fn exit_codes() {
    let folder = fresh("exit-codes");
    let refused = folder.join("refused.yaml");
    fs::write(&refused, REFUSED).unwrap();
    let refused = refused.to_str().unwrap();
    let warned = folder.join("warned");
    pack(&warned, "warned", &RULES.replace("label: Sound, ", ""));
    let failing = folder.join("failing");
    pack(&failing, "failing", RULES);
    fs::create_dir_all(failing.join("examples")).unwrap();
    let example =
        "examples:\n  - {name: wrong, as_of: 2025-01-01, facts: {licensed: yes}, expect: {sound: no}}\n";
    fs::write(failing.join("examples/one.yaml"), example).unwrap();
    let (warned, failing) = (warned.to_str().unwrap(), failing.to_str().unwrap());
    let below_a_file = format!("{refused}/report.txt");
    let several_below_a_file = format!("{refused}/reports");
    let (half, bare) = ("fixtures/firms/half-the-facts.yaml", "fixtures/firms/only-a-code.yaml");
    let not_eligible = "fixtures/firms/payment-taxed-elsewhere.yaml";
    let cases: &[(i32, &[&str])] = &[
        (0, &["report", FIRM]),
        (0, &["report", "--exit-outcome", FIRM]),
        (0, &["report", half]),
        (0, &["report", not_eligible]),
        (0, &["lint", "suzhou-cbec"]),
        (1, &["lint", warned]),
        (1, &["test", failing]),
        (2, &[]),
        (2, &["report"]),
        (2, &["report", "--format", "docx", FIRM]),
        (2, &["report", "--as-of", "2025-02-30", FIRM]),
        (2, &["report", "--as-of", "30.6.2025", FIRM]),
        (2, &["report", "--no-such-option", FIRM]),
        (2, &["report", "-o", refused, FIRM, half]),
        (2, &["show", "suzhou-cbec", "no_such_entry"]),
        (3, &["report", refused]),
        (3, &["report", "no-such-file.yaml"]),
        (3, &["report", "fixtures"]),
        (3, &["report", "--pack", "no-such-pack", FIRM]),
        (3, &["report", "--pack", "./fixtures", FIRM]),
        (3, &["report", "--as-of", "2020-01-01", FIRM]),
        (3, &["lint", refused]),
        (3, &["report", FIRM, refused]),
        (6, &["report", "-o", &below_a_file, FIRM]),
        (6, &["report", "-o", &several_below_a_file, FIRM, half]),
        (6, &["report", "-o", "/proc/panmen/report.txt", FIRM]),
        (6, &["new", "profile", "-o", refused]),
        (10, &["report", "--exit-outcome", not_eligible]),
        (11, &["report", "--exit-outcome", bare]),
        (3, &["report", "--exit-outcome", not_eligible, refused]),
    ];
    let mut wrong = Vec::new();
    for (expected, arguments) in cases {
        let output = run(arguments);
        let told = code(&output) == 0 || [1, 10, 11].contains(&code(&output)) || !err(&output).is_empty();
        if code(&output) != *expected || !told {
            wrong.push(format!("{arguments:?}: {}, not {expected}: {}", code(&output), err(&output)));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert_eq!(fs::read_to_string(refused).unwrap(), REFUSED, "an existing file was changed");
}

#[test]
fn a_closed_pipe_is_no_failure() {
    for arguments in [&["report", FIRM, "--explain"][..], &["man"], &["show", "suzhou-cbec"]] {
        let mut child =
            panmen().args(arguments).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        drop(child.stdout.take());
        let output = child.wait_with_output().unwrap();
        assert_eq!((code(&output), err(&output).as_str()), (0, ""), "{arguments:?}");
    }
}

#[test]
fn a_full_disk_is_told() {
    if !Path::new("/dev/full").exists() {
        return;
    }
    let full = || fs::OpenOptions::new().write(true).open("/dev/full").unwrap();
    let output = panmen().args(["report", FIRM]).stdout(full()).output().unwrap();
    assert_eq!(code(&output), 6);
    assert!(err(&output).contains("cannot write"), "{}", err(&output));
}

#[test]
fn a_report_does_not_depend_on_the_folder_or_on_how_the_profile_comes() {
    let expected = fine(&["report", FIRM]);
    let folder = fresh("elsewhere");
    let path = root().join(FIRM);
    let elsewhere = panmen().current_dir(&folder).args(["report", path.to_str().unwrap()]).output().unwrap();
    assert_eq!((code(&elsewhere), out(&elsewhere)), (0, expected.clone()));
    let from_stdin = with_input(panmen().args(["report", "-"]), &firm());
    assert_eq!((code(&from_stdin), out(&from_stdin)), (0, expected.clone()));
    let by_folder = fine(&["report", "--pack", "rules/suzhou-cbec-2024", FIRM]);
    assert_eq!(by_folder, expected);
    assert_eq!(fine(&["report", "--pack", "suzhou-cbec", FIRM]), expected);
    // A byte-order mark is no part of the text.
    let marked = with_input(panmen().args(["report", "-"]), &[b"\xEF\xBB\xBF".as_slice(), &firm()].concat());
    assert_eq!((code(&marked), out(&marked)), (0, expected));
}

#[test]
fn a_profile_in_json_gives_the_same_report() {
    let yaml = "as_of: 2025-06-30\nfirm: {name: Huali (fictional)}\nfacts:\n  registered_on: 2014-07-07\n  \
                licence_valid: yes\n  cbec_volume: {2024: 70 万元}\n  customs_modes: [9610]\n";
    let json = r#"{"as_of": "2025-06-30", "firm": {"name": "Huali (fictional)"}, "facts": {
        "registered_on": "2014-07-07", "licence_valid": "yes", "cbec_volume": {"2024": "70 万元"},
        "customs_modes": ["9610"]}}"#;
    let folder = fresh("json");
    fs::write(folder.join("firm.yaml"), yaml).unwrap();
    fs::write(folder.join("firm.json"), json).unwrap();
    let report = |name: &str| {
        let output = panmen().current_dir(&folder).args(["report", name]).output().unwrap();
        assert_eq!(code(&output), 0, "{}", err(&output));
        out(&output)
    };
    assert_eq!(report("firm.yaml"), report("firm.json"));
    let piped = with_input(panmen().args(["report", "-"]), json.as_bytes());
    assert_eq!(out(&piped), report("firm.json"));
}

#[test]
fn several_firms_go_into_a_folder_and_one_that_is_refused_stops_no_other() {
    let folder = fresh("several");
    fs::write(folder.join("refused.yaml"), REFUSED).unwrap();
    let (first, second) = (root().join(FIRM), root().join("fixtures/firms/battery-maker.yaml"));
    let output = panmen()
        .current_dir(&folder)
        .args(["report", "-o", "报告 2025"])
        .args([first.as_path(), Path::new("refused.yaml"), second.as_path()])
        .output()
        .unwrap();
    assert_eq!((code(&output), out(&output).as_str()), (3, ""));
    assert!(err(&output).starts_with("error[PF001]: unknown fact `licence_vaild`"), "{}", err(&output));
    let mut names: Vec<String> = fs::read_dir(folder.join("报告 2025"))
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort();
    assert_eq!(names, ["battery-maker.txt", "growth-exact.txt"]);
    let written = fs::read_to_string(folder.join("报告 2025/growth-exact.txt")).unwrap();
    assert_eq!(written, fine(&["report", FIRM]));
}

#[test]
fn documents_of_several_firms_are_one_array_or_one_stream() {
    let other = "fixtures/firms/battery-maker.yaml";
    let array: Value = serde_json::from_str(&fine(&["report", "--format", "json", FIRM, other])).unwrap();
    let documents = array.as_array().unwrap();
    assert_eq!(documents.len(), 2);
    let one: Value = serde_json::from_str(&fine(&["report", "--format", "json", other])).unwrap();
    assert_eq!(documents[1], one);
    let stream = fine(&["report", "--format", "yaml", FIRM, other]);
    assert_eq!(stream.lines().filter(|line| *line == "---").count(), 1);
}

#[test]
fn the_decision_date_comes_from_the_command_line_first() {
    let date = |arguments: &[&str]| {
        let document: Value = serde_json::from_str(&fine(arguments)).unwrap();
        document["as_of"].as_str().unwrap_or_else(|| panic!("{document}")).to_owned()
    };
    assert_eq!(date(&["report", "--format", "json", FIRM]), "2025-06-30");
    assert_eq!(date(&["report", "--format", "json", "--as-of", "2025-03-01", FIRM]), "2025-03-01");
    let outside = run(&["report", "--as-of", "2030-01-01", FIRM]);
    assert!(err(&outside).contains("PK044"), "{}", err(&outside));
    assert!(err(&outside).contains("--as-of 2026-12-31"), "{}", err(&outside));
}

#[test]
fn the_language_is_chosen_by_option_then_variable_then_locale() {
    let report = |option: &[&str], variables: &[(&str, &str)]| {
        let output =
            panmen().args(["report", FIRM]).args(option).envs(variables.iter().copied()).output().unwrap();
        let chinese = out(&output).chars().filter(|c| ('\u{4E00}'..='\u{9FFF}').contains(c)).count();
        assert_eq!(code(&output), 0, "{}", err(&output));
        chinese > 100
    };
    assert!(!report(&[], &[]));
    assert!(report(&["--lang", "zh"], &[]));
    assert!(report(&[], &[("PANMEN_LANG", "zh")]));
    assert!(report(&[], &[("LC_ALL", "zh_CN.UTF-8")]));
    assert!(!report(&["--lang", "en"], &[("PANMEN_LANG", "zh")]));
    assert!(!report(&[], &[("PANMEN_LANG", "en"), ("LC_ALL", "zh_CN.UTF-8")]));
    let refused = with_input(panmen().args(["report", "-", "--lang", "zh"]), REFUSED.as_bytes());
    assert!(err(&refused).starts_with("错误[PF001]"), "{}", err(&refused));
    assert_eq!(
        fine(&["report", "--format", "json", FIRM]),
        fine(&["report", "--format", "json", "--lang", "zh", FIRM])
    );
}

#[test]
fn problems_as_json_are_one_object_a_line() {
    let text = "as_of: 2025-06-30\nfacts:\n  licence_vaild: yes\n  registered_on: 2019/5/6\n";
    let output = with_input(panmen().args(["report", "-", "--message-format", "json"]), text.as_bytes());
    assert_eq!((code(&output), out(&output).as_str()), (3, ""));
    let lines: Vec<Value> = err(&output).lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let of = |key: &str| -> Vec<String> {
        lines
            .iter()
            .map(|line| line[key].as_str().map_or_else(|| line[key].to_string(), str::to_owned))
            .collect()
    };
    assert_eq!(of("code"), ["PF001", "EX120"]);
    assert_eq!(of("severity"), ["error", "error"]);
    assert_eq!(of("file"), ["stdin", "stdin"]);
    assert_eq!((of("line"), of("column")), (vec!["3".into(), "4".into()], vec!["3".into(), "18".into()]));
    assert!(of("message")[0].contains("did you mean `licence_valid`?"));
    assert!(of("help")[1].contains("`2019-05-06`"));
    let failure = run(&["report", "no-such-file.yaml", "--message-format", "json"]);
    let object: Value = serde_json::from_str(err(&failure).trim()).unwrap();
    assert_eq!(object["severity"], "error");
    assert!(object["message"].as_str().unwrap().contains("no-such-file.yaml"));
}

#[test]
fn packs_are_found_by_id_in_further_folders_and_beside_each_other() {
    let folder = fresh("规则 包");
    pack(&folder.join("一 号"), "one", RULES);
    pack(
        &folder.join("second"),
        "two",
        &format!("uses: {{base: one}}\n{}", RULES.replace("sound", "solid").replace("entry", "door")),
    );
    fs::write(folder.join("企业 一.yaml"), "as_of: 2025-06-30\nfacts: {licensed: yes}\n").unwrap();
    let run = |arguments: &[&str]| panmen().current_dir(&folder).args(arguments).output().unwrap();
    let by_folder = run(&["report", "--pack", "./一 号", "企业 一.yaml"]);
    assert_eq!(code(&by_folder), 0, "{}", err(&by_folder));
    assert!(out(&by_folder).contains("Entry"), "{}", out(&by_folder));
    let by_id = run(&["report", "--packs", ".", "--pack", "one", "企业 一.yaml"]);
    assert_eq!((code(&by_id), out(&by_id)), (0, out(&by_folder)));
    let importing = run(&["lint", "./second"]);
    assert_eq!(code(&importing), 0, "{}", err(&importing));
    let nearest = run(&["report", "--pack", "suzhou-cebc", "企业 一.yaml"]);
    assert!(err(&nearest).contains("did you mean `suzhou-cbec`?"), "{}", err(&nearest));
}

#[test]
fn a_new_profile_can_be_reported_as_it_is() {
    let folder = fresh("new");
    let path = folder.join("新 企业.yaml");
    let path = path.to_str().unwrap();
    let template = fine(&["new", "profile", "--as-of", "2025-06-30"]);
    assert_eq!(fine(&["new", "profile", "--as-of", "2025-06-30", "-o", path]), "");
    assert_eq!(fs::read_to_string(path).unwrap(), template);
    assert!(!fine(&["report", "--as-of", "2025-06-30", path]).is_empty());
    let again = run(&["new", "profile", "-o", path]);
    assert_eq!(code(&again), 6, "{}", err(&again));
    assert_eq!(fs::read_to_string(path).unwrap(), template);
    let next_year = fine(&["new", "profile", "--as-of", "2026-06-30", "--from", FIRM]);
    assert!(next_year.contains("2014-07-07"), "{next_year}");
    let chinese = fine(&["new", "profile", "--as-of", "2025-06-30", "--lang", "zh"]);
    assert!(chinese.contains("企业何时成立？"), "{chinese}");
    // Earlier awards are asked for where a measure looks back on them.
    assert!(!template.contains("earlier_awards"), "{template}");
    let limited = fine(&["new", "profile", "--pack", "rules/tongjiang-cbec", "--as-of", "2024-06-30"]);
    assert!(limited.ends_with("  earlier_awards: null\n"), "{limited}");
    assert!(limited.contains("# `measure`: `entry_support` Traditional firms"), "{limited}");
}

#[test]
fn packs_are_shown_checked_and_tested() {
    let pack = fine(&["show", "suzhou-cbec", "--as-of", "2025-06-30"]);
    assert!(pack.contains("onboarding"), "{pack}");
    let entry = fine(&["show", "suzhou-cbec", "benchmark_volume", "--as-of", "2025-06-30"]);
    assert!(entry.contains("70"), "{entry}");
    let unknown = run(&["show", "suzhou-cbec", "benchmark_volum", "--as-of", "2025-06-30"]);
    assert!(err(&unknown).contains("did you mean `benchmark_volume`?"), "{}", err(&unknown));
    let lint = run(&["lint", "rules/suzhou-cbec-2024"]);
    assert_eq!(code(&lint), 0, "{}", err(&lint));
    assert!(out(&lint).contains("0 errors, 0 warnings"), "{}", out(&lint));
    assert!(fine(&["test", "rules/suzhou-cbec-2024"]).contains("0 do not"));
}

#[test]
fn completions_and_manual_name_the_commands() {
    for shell in ["bash", "zsh", "fish", "elvish", "powershell"] {
        let script = fine(&["completions", shell]);
        assert!(
            ["report", "decide", "replay", "redact", "diff", "impact", "lint", "show"]
                .iter()
                .all(|command| script.contains(command)),
            "{shell}"
        );
    }
    let manual = fine(&["man"]);
    assert!(manual.contains(".TH") && manual.contains("report"), "{manual}");
}

#[test]
fn a_link_out_of_a_pack_and_a_pipe_in_it_are_refused() {
    let folder = fresh("links");
    let path = folder.join("pack");
    pack(&path, "linked", RULES);
    fs::write(folder.join("secret.yaml"), "facts: {}\n").unwrap();
    #[cfg(unix)]
    {
        std::os::unix::fs::symlink(folder.join("secret.yaml"), path.join("more.yaml")).unwrap();
        let output = run(&["lint", path.to_str().unwrap()]);
        assert_eq!(code(&output), 3);
        assert!(err(&output).contains("leaves the pack's folder"), "{}", err(&output));
        fs::remove_file(path.join("more.yaml")).unwrap();
        let made = Command::new("mkfifo").arg(path.join("pipe.yaml")).status().unwrap();
        assert!(made.success());
        let output = run(&["lint", path.to_str().unwrap()]);
        assert_eq!(code(&output), 3);
        assert!(err(&output).contains("is a pipe or a device"), "{}", err(&output));
    }
}

#[test]
fn contact_and_appeal_end_before_the_next_sentence() {
    let folder = fresh("contact");
    let rules = format!("contact: {{en: desk 3, zh: 三号窗口}}\nappeal: {{en: Ask., zh: 可问。}}\n{RULES}");
    pack(&folder, "contact", &rules);
    let firm = "as_of: 2025-06-30\nfacts: {licensed: yes}\n";
    let report = |lang: &str| {
        let pack = folder.to_str().unwrap();
        let mut command = panmen();
        command.args(["report", "-", "--lang", lang, "--pack", pack]);
        out(&with_input(&mut command, firm.as_bytes())).split_whitespace().collect::<Vec<_>>().join(" ")
    };
    let (english, chinese) = (report("en"), report("zh"));
    assert!(english.contains("Contact: desk 3. Objections: Ask. Wrong"), "{english}");
    assert!(chinese.contains("联系方式：三号窗口。异议受理：可问。信息"), "{chinese}");
}
