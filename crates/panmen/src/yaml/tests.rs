//! Texts as people and attackers write them.
#![expect(clippy::string_slice, clippy::format_collect, reason = "tests")]

use proptest::prelude::*;

use super::*;
use crate::diagnostic::{Lang, Note};
use crate::source::composed;

fn read(text: &str) -> (Option<Node>, Vec<Diagnostic>) {
    parse(FileId(0), text, Limits::FILE)
}

fn good(text: &str) -> Node {
    let (node, problems) = read(text);
    assert!(problems.is_empty(), "{text:?}: {problems:?}");
    node.unwrap()
}

/// Code and source of each problem.
fn bad(text: &str) -> Vec<(&'static str, &str)> {
    let (_, problems) = read(text);
    for problem in &problems {
        for lang in [Lang::En, Lang::Zh] {
            assert!(!problem.message(lang).is_empty() && !problem.help(lang).is_empty());
        }
        let span = problem.span.unwrap().range();
        assert!(text.get(span.clone()).is_some(), "{span:?} lies across a character of {text:?}");
    }
    problems.iter().map(|p| (p.code(), &text[p.span.unwrap().range()])).collect()
}

fn source<'a>(text: &'a str, node: &Node) -> &'a str {
    &text[node.span.range()]
}

#[test]
fn nodes_and_their_places() {
    let text = "a: 'x'\nb:\n  - 1\n  - {c: \"d\", e: [f]}\ng:\nh: ~\n";
    let node = good(text);
    assert_eq!(source(text, node.get("a").unwrap()), "'x'");
    let list = node.get("b").unwrap();
    assert_eq!(source(text, list), "- 1\n  - {c: \"d\", e: [f]}");
    let flow = &list.as_sequence().unwrap()[1];
    assert_eq!(source(text, flow), "{c: \"d\", e: [f]}");
    assert_eq!(source(text, flow.get("e").unwrap()), "[f]");
    assert_eq!(source(text, &node), text.trim_end());
    assert!(node.get("g").unwrap().is_null() && node.get("h").unwrap().is_null());
    assert!(!node.get("a").unwrap().is_null());
    assert_eq!(node.get("g").unwrap().as_scalar().unwrap().text, "");
    assert_eq!(node.as_mapping().unwrap().len(), 4);
    assert_eq!(&text[node.entry("h").unwrap().key_span.range()], "h");
}

#[test]
fn scalars_are_never_interpreted() {
    let node = good("[no, 0110, 08, 0x10, 1e3, 12345678901234567890123, 0.10, 'null', null]");
    let texts: Vec<&str> =
        node.as_sequence().unwrap().iter().map(|n| n.as_scalar().unwrap().text.as_str()).collect();
    assert_eq!(texts[..7], ["no", "0110", "08", "0x10", "1e3", "12345678901234567890123", "0.10"]);
    assert!(!node.as_sequence().unwrap()[7].is_null() && node.as_sequence().unwrap()[8].is_null());
}

#[test]
fn json_is_read_by_the_same_function() {
    let node = good("{\n\t\"a\": [1, true, null, \"\\ud83d\\ude00\\/\\u4e2d\"],\n\t\"b\": {}\n}\n");
    let list = node.get("a").unwrap().as_sequence().unwrap();
    assert_eq!(list[3].as_scalar().unwrap().text, "😀/中");
    assert!(list[2].is_null());
    assert_eq!(node.get("b").unwrap().as_mapping().unwrap().len(), 0);
    assert_eq!(good("{\"a\":1,\"b\":[2,{\"c\":3}]}").as_mapping().unwrap().len(), 2);
    assert_eq!(good("{\r\n\t\"a\" : 1\r\n}").as_mapping().unwrap().len(), 1);
}

#[test]
fn a_byte_order_mark_is_accepted() {
    let text = "\u{FEFF}a: 1\n";
    let node = good(text);
    assert_eq!(&text[node.as_mapping().unwrap()[0].key_span.range()], "a");
    assert_eq!(&text[node.get("a").unwrap().span.range()], "1");
}

/// The source of each word of a scalar, found through its place.
fn words(text: &str) -> Vec<String> {
    let node = good(text);
    let scalar = node.get("a").unwrap().as_scalar().unwrap();
    let mut found = Vec::new();
    let mut at = 0;
    for word in scalar.text.split([' ', '\n']) {
        found.push(text[scalar.place(at, at + word.len()).range()].to_owned());
        at += word.len() + 1;
    }
    found
}

#[test]
fn an_offset_in_a_scalar_leads_to_its_source() {
    assert_eq!(words("a: cbec_volume >= 企业 x\n"), ["cbec_volume", ">=", "企业", "x"]);
    assert_eq!(words("a: 'one two'\n"), ["one", "two"]);
    assert_eq!(words("a: 'one ''two'' x'\n"), ["one", "''two''", "x"]);
    assert_eq!(
        words("a: \"one \\u4e2dx \\ud83d\\ude00 two\"\n"),
        ["one", "\\u4e2dx", "\\ud83d\\ude00", "two"]
    );
    assert_eq!(words("a: \"one \\\n   two\n   three\"\n"), ["one", "two", "three"]);
    assert_eq!(words("a: one\n   two  \n  企业\n"), ["one", "two", "企业"]);
    assert_eq!(words("a: |\n  one two\n  企业\nb: 1\n")[..3], ["one", "two", "企业"]);
    assert_eq!(words("a: >-\n  one\n  two\n\n  three\nb: 1\n"), ["one", "two", "three"]);
    assert_eq!(words("a: >-\r\n  one\r\n  two\r\n"), ["one", "two"]);
    let span = Span::new(FileId(3), 5, 9);
    assert_eq!(Scalar::new("anything", true, span).place(1, 2), span);
}

#[test]
fn places_never_leave_the_scalar() {
    let text = "a: 'x y'\n";
    let node = good(text);
    let scalar = node.get("a").unwrap().as_scalar().unwrap();
    assert_eq!(scalar.place(7, 900).range(), 8..8);
    assert_eq!(scalar.place(usize::MAX, 0).range(), 8..8);
}

#[test]
fn what_is_refused_and_read_past() {
    assert_eq!(
        bad("a: &x 1\nb: *x\nc: *y\nd: !t 1\ne: !!python/object:os {}\nf: !include g\n<<: {h: 1}\na: 2\n"),
        [
            ("YM021", "&x"),
            ("YM020", "*x"),
            ("YM020", "*y"),
            ("YM022", "!t"),
            ("YM022", "!!python/object:os"),
            ("YM022", "!include"),
            ("YM023", "<<"),
            ("YM026", "a"),
        ]
    );
    assert_eq!(bad("a: 1\n---\nb: 2\n"), [("YM024", "---")]);
    assert_eq!(bad("a: 1\n...\nb: 2\n").first().unwrap().0, "YM024");
    assert!(bad("---\na: 1\n...\n").is_empty());
    assert_eq!(bad("? [a]\n: b\n"), [("YM025", "[")]);
    assert_eq!(bad("? a\n: b\n"), [("YM025", "a")]);
    assert_eq!(bad("{? a: b}\n"), [("YM025", "a")]);
    assert_eq!(bad("ask:\n  en: Is it so?\n  zh: Is it, ?\nb: {en: Is it?, zh: x}\n"), []);
    assert_eq!(bad("{a: b}: c\n").first().unwrap().0, "YM025");
    assert_eq!(bad("a: 1\n: 2\n"), [("YM027", "")]);
    assert_eq!(bad("%YAML 1.2\n---\na: 1\n"), [("YM028", "%YAML 1.2")]);
    assert_eq!(bad("[a: b, c]"), [("YM029", "a: b")]);
    assert_eq!(bad("a: {en: When, where?, zh: x}\n"), [("YM030", "where?")]);
    assert_eq!(bad("a:\n  - b\n   - c\n"), [("YM031", "-")]);
    assert_eq!(bad("").first().unwrap().0, "YM004");
    assert_eq!(bad("# nothing\n").first().unwrap().0, "YM004");
}

#[test]
fn a_duplicate_key_names_the_first() {
    let text = "{\"a\": 1, \"b\": 2, \"a\": 3}";
    let (node, problems) = read(text);
    assert_eq!(node.unwrap().get("a").unwrap().as_scalar().unwrap().text, "1");
    assert_eq!(problems[0].span.unwrap().range(), 17..20);
    assert_eq!(problems[0].notes, [(Span::new(FileId(0), 1, 4), Note::First)]);
}

#[test]
fn characters_that_are_not_seen() {
    assert_eq!(bad("a: \u{1}b\nc: \"\0\"\nd: *x\n"), [("YM008", "\u{1}"), ("YM008", "\0"), ("YM020", "*x"),]);
    assert_eq!(bad("a: \"\\x4\u{2028}\"\n"), [("YM054", "\\x4\u{2028}"), ("YM008", "\u{2028}")]);
    let (node, problems) = read("a: \u{202E}b\nc\u{200B}d: 1\n\"e\": \"\u{200D}\"\n");
    assert!(node.is_some());
    let messages: Vec<String> = problems.iter().map(|p| p.message(Lang::En)).collect();
    assert_eq!(messages, ["invisible character U+202E", "invisible character U+200B"]);
    assert_eq!(bad("a: \u{FEFF}y\n"), [("YM009", "\u{FEFF}")]);
    assert_eq!(bad(&"\0".repeat(5000)).iter().filter(|(code, _)| *code == "YM008").count(), 20);
}

#[test]
fn tabs_are_explained() {
    assert_eq!(bad("a:\n\tb: 1\n"), [("YM010", "\t")]);
    assert_eq!(bad("a: 1\n\tb: 2\n"), [("YM010", "\t")]);
    assert_eq!(bad("a:\n  b: 1\n\tc: 2\n"), [("YM010", "\t")]);
    assert_eq!(bad("\ta: 1\n"), [("YM010", "\t")]);
    assert!(bad("a:\t1\t\n").is_empty());
    assert_eq!(bad("a: one\n\t # x\n  two\n"), [("YM061", "#")]);
}

#[test]
fn a_syntax_error_says_what_was_meant() {
    let cases: &[(&str, &str, &str)] = &[
        ("when: >= 5\n", "YM041", ">= 5"),
        ("x:\n  - > 5\n", "YM041", "> 5"),
        ("x: >5\ny: 1\n", "YM041", ">5"),
        ("x: [>= 5, a]\n", "YM041", ">= 5, a]"),
        ("x: != 5\n", "YM041", "!="),
        ("a: b: c\n", "YM042", ":"),
        ("when: a > 5: b\n", "YM042", ":"),
        ("x: {a: b: c}\n", "YM042", ":"),
        ("a: \"abc\nb: 1\n", "YM043", "\"abc"),
        ("a: 'it\nb: 2\n", "YM043", "'it"),
        ("a: [b, c\n", "YM044", "["),
        ("a: [b, c\nd: e\nf: [g]\n", "YM044", "["),
        ("a: {b: c\nd: e\n", "YM044", "{"),
        ("a: [b}\n", "YM045", "["),
        ("a: [b]]\n", "YM046", "]"),
        ("a: 1\n  b: 2\n", "YM047", "b: 2"),
        ("a:\n  b: 1\n c: 2\n", "YM047", "c: 2"),
        ("- a: 1\n b: 2\n", "YM047", "b: 2"),
        ("- a: 1\n   b: 2\n", "YM047", "b: 2"),
        ("a: 'it's'\n", "YM048", "s'"),
        ("{\"a\":\"b\" \"c\":1}", "YM048", "\"c\":1}"),
        ("a: [b] c\n", "YM049", "c"),
        ("a: {b: 1} and c\n", "YM049", "and c"),
        ("a: %b\n", "YM050", "%"),
        ("a: @b\n", "YM050", "@"),
        ("a: `b`\n", "YM050", "`"),
        ("a: ? b\n", "YM050", "?"),
        ("a：b\nc: 1\n", "YM051", "："),
        ("a：b\n", "YM051", "："),
        ("c: 1\na：b\nd: 2\n", "YM051", "："),
        ("facts:\n  a：b\n  d: 2\n", "YM051", "："),
        ("facts:\n  a：b\n", "YM051", "："),
        ("a:b\nc: 1\n", "YM052", ":"),
        ("c: 1\na:b\n", "YM052", ":"),
        ("c:\n  a:b\n", "YM052", ":"),
        ("c: 1\nword\n", "YM053", "word"),
        ("word\nc: 1\n", "YM053", "word"),
        ("a: \"x\\q\"\n", "YM054", "\\q"),
        ("a: \"\\ud83d\"\n", "YM054", "\\ud83d"),
        ("a: , b\n", "YM055", ","),
        ("a: [1,,2]\n", "YM055", ","),
        ("a: - b\n", "YM056", "- b"),
        ("- a\nb: 1\n", "YM057", "b: 1"),
        ("a: 1\n- b\n", "YM057", "- b"),
        ("a: [x # y]\n", "YM058", "# y]"),
        ("a: | x\n", "YM059", "| x"),
        ("a: [[b] c]\n", "YM060", "c"),
        ("a: * 5\n", "YM041", "* 5"),
    ];
    let mut wrong = Vec::new();
    for (text, code, place) in cases {
        let found = bad(text);
        if found != [(*code, *place)] {
            wrong.push(format!("{text:?}: {found:?}, not {code} {place:?}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn prose_that_looks_like_a_slip_is_prose() {
    for text in
        ["a: 见附件：第三条\n", "a:\n  说明：无\n", "a:\n  https://example.org\n", "a: 12:30\n", "a: x：y\n"]
    {
        good(text);
    }
}

fn codes(text: &str, limits: Limits) -> Vec<&'static str> {
    parse(FileId(0), text, limits).1.iter().map(Diagnostic::code).collect()
}

#[test]
fn an_escape_brings_in_no_control_character() {
    let text = "a: \"x\\x07y\\x09\"\nb: {c: \"\\u0000\"}\n";
    let (node, problems) = parse(FileId(0), text, Limits::FILE);
    assert!(node.is_some());
    let places: Vec<&str> = problems.iter().map(|p| text.get(p.span.unwrap().range()).unwrap()).collect();
    assert_eq!(places, ["\\x07", "\\u0000"]);
    assert!(problems.iter().all(|problem| problem.code() == "YM008"));
}

#[test]
fn texts_are_in_one_normal_form() {
    for text in ["cafe\u{301}: e\u{301}", "caf\u{e9}: \"e\u{301}\"", "\"cafe\\u0301\": '\u{e9}'"] {
        let (node, problems) = parse(FileId(0), text, Limits::FILE);
        let node = node.unwrap();
        assert!(problems.is_empty(), "{text}");
        let scalar = node.get("caf\u{e9}").unwrap().as_scalar().unwrap();
        assert_eq!(scalar.text, "\u{e9}");
        // What has another form is followed no further than to the whole.
        let place = scalar.place(0, scalar.text.len());
        assert!(text.get(place.range()).is_some_and(|source| !source.is_empty()));
    }
    assert_eq!(codes("e\u{301}: 1\n\u{e9}: 2", Limits::FILE), ["YM026"]);
}

#[test]
fn limits_hold_at_the_limit_and_one_beyond() {
    let limits = Limits { bytes: 30, ..Limits::FILE };
    assert!(codes(&format!("a: {}", "x".repeat(27)), limits).is_empty());
    assert_eq!(codes(&format!("a: {}", "x".repeat(28)), limits), ["YM003"]);
    let limits = Limits { scalar: 10, ..Limits::FILE };
    assert!(codes("a: 1234567890", limits).is_empty());
    assert_eq!(codes("a: 12345678901\nb: *x", limits), ["YM007", "YM020"]);
    let limits = Limits { nodes: 5, ..Limits::FILE };
    assert!(codes("{a: 1, b: 2}", limits).is_empty());
    assert_eq!(codes("[{a: 1, b: 2}]", limits), ["YM006"]);
    let flow = |n: usize| format!("{}{}", "[".repeat(n), "]".repeat(n));
    let block = |n: usize| (0..n).map(|i| format!("{}a:\n", " ".repeat(i))).collect::<String>();
    let dashes = |n: usize| format!("{}a", "- ".repeat(n));
    let flush = |n: usize| {
        format!(
            "{}- b",
            (0..n).map(|i| format!("{}a:\n", " ".repeat(i))).collect::<String>()
                + &" ".repeat(n.saturating_sub(1))
        )
    };
    assert!(codes(&flow(32), Limits::FILE).is_empty());
    assert!(codes(&block(32), Limits::FILE).is_empty());
    assert!(codes(&dashes(32), Limits::FILE).is_empty());
    assert!(codes(&flush(31), Limits::FILE).is_empty());
    for text in [flow(33), block(33), dashes(33), flush(32)] {
        assert_eq!(codes(&text, Limits::FILE), ["YM005"]);
    }
    let anchors = "a: &x 1\n".repeat(200);
    let found = codes(&anchors, Limits::FILE);
    assert_eq!((found.len(), *found.last().unwrap()), (101, "YM011"));
}

/// Not timed: each of these takes well under 50 ms, or minutes where a reader is naive.
#[test]
fn attacks_end_at_once() {
    let wide = Limits { bytes: 64 << 20, ..Limits::FILE };
    let bomb: String = (0..9)
        .map(|i| {
            format!("a{i}: &a{i} [{}]\n", vec![format!("*a{}", i - 1); if i == 0 { 0 } else { 9 }].join(","))
        })
        .collect();
    let nested: String = (0..5000).map(|i| format!("{}a:\n", " ".repeat(i))).collect();
    let texts = [
        bomb,
        "[".repeat(100_000),
        format!("x: {}", "[".repeat(100_000)),
        "{a:".repeat(100_000),
        "{a: ".repeat(100_000),
        "{\"a\":".repeat(100_000),
        "- ".repeat(100_000),
        "? ".repeat(100_000),
        "! ".repeat(100_000),
        "a: &a [x,x]\n".repeat(10_000),
        format!("a: {}", "x".repeat(20_000_000)),
        format!("{}a: 1", "\n".repeat(500_000) + &"- a\n".repeat(100_000)),
        format!("a: \"{}", "\\x41".repeat(100_000)),
        "a: 1\r".repeat(50_000),
        nested,
    ];
    for text in &texts {
        assert!(!parse(FileId(0), text, wide).1.is_empty());
    }
    assert_eq!(codes(&texts[10], Limits::FILE), ["YM003"]);
    assert_eq!(codes(&texts[1], Limits::FILE), ["YM005"]);
    assert_eq!(codes(&texts[6], Limits::FILE), ["YM005"]);
}

#[test]
fn bytes_that_are_no_utf8_name_their_encoding() {
    let answer = |bytes: &[u8]| {
        decode(bytes)
            .map_err(|problem| match problem {
                TextProblem::NotUtf8 { offset, guess } => (offset, guess),
                TextProblem::BrokenUtf8 { offset } => (offset, String::new()),
                _ => panic!("another problem"),
            })
            .map(str::to_owned)
    };
    let refused = |offset: &str, guess: &str| Err((offset.to_owned(), guess.to_owned()));
    assert_eq!(answer("a: 企业".as_bytes()), Ok("a: 企业".to_owned()));
    assert_eq!(answer(b"a: \xC6\xF3\xD2\xB5\n"), refused("3", "GB18030/GBK"));
    assert_eq!(answer(b"\xFF\xFEa\0"), refused("0", "UTF-16 LE"));
    assert_eq!(answer(b"\xFE\xFF\0a"), refused("0", "UTF-16 BE"));
    assert_eq!(answer(b"a\0:\0 \0b\0"), refused("1", "UTF-16 LE"));
    assert_eq!(answer(b"\0a\0:\0 \0b"), refused("0", "UTF-16 BE"));
    assert_eq!(answer(b"a: \xE4\xBC"), refused("3", ""));
    assert_eq!(answer(b"a: \xFF\xFF\xFF"), refused("3", ""));
    assert_eq!(answer(b"a\0b"), Ok("a\0b".to_owned()));
}

/// Every place lies in the text and on whole characters; every scalar's places too.
fn sound(text: &str) {
    let limits = Limits { bytes: 1 << 20, depth: 6, nodes: 200, scalar: 200 };
    let (node, problems) = parse(FileId(0), text, limits);
    assert!(node.is_some() || !problems.is_empty());
    for problem in &problems {
        assert!(text.get(problem.span.unwrap().range()).is_some(), "{text:?} {problem:?}");
        assert!(!problem.message(Lang::Zh).is_empty() && !problem.help(Lang::En).is_empty());
    }
    let mut stack: Vec<Node> = node.into_iter().collect();
    while let Some(node) = stack.pop() {
        assert!(text.get(node.span.range()).is_some(), "{text:?} {node:?}");
        match node.kind {
            NodeKind::Scalar(scalar) => {
                // What is written in another normal form is followed no further than to the whole.
                let recomposed = composed(&text[node.span.range()]) != text[node.span.range()];
                for (at, character) in scalar.text.char_indices() {
                    let place = scalar.place(at, at + character.len_utf8());
                    assert!(text.get(place.range()).is_some(), "{text:?} {scalar:?} {at}");
                    let straight = text[place.range()].chars().eq([character]);
                    let white = character.is_whitespace();
                    assert!(
                        straight || white || recomposed || !scalar.plain || !problems.is_empty(),
                        "{text:?} {scalar:?} {at} {place:?}"
                    );
                }
            }
            NodeKind::Sequence(nodes, _) => stack.extend(nodes),
            NodeKind::Mapping(entries, _) => stack.extend(entries.into_iter().map(|entry| entry.value)),
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(if cfg!(debug_assertions) { 2000 } else { 200_000 }))]

    #[test]
    fn reading_never_panics_on_any_bytes(bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
        if let Ok(text) = decode(&bytes) {
            sound(text);
        }
        sound(&String::from_utf8_lossy(&bytes));
    }

    #[test]
    fn reading_never_panics_on_token_soup(tokens in proptest::collection::vec(
        prop::sample::select(vec![
            "a", "b: ", ": ", ":", "- ", "-", "\n", "\n  ", "\n    ", " ", "\t", "[", "]", "{", "}", ",",
            "'", "\"", "''", "\\", "\\u4e2d", "\\ud83d\\ude00", "\\x4", "|", ">", "|\n  ", ">-\n  ", ">= 5",
            "#", " #", "&x ", "*x", "!t ", "!!", "<<: ", "---\n", "...\n", "%", "@", "`", "? ", "?", "企业",
            "：", "，", "\u{FEFF}", "\u{200B}", "\0", "\u{85}", "\u{2028}", "\r", "\r\n", "😀", "1", "null", "~",
        ]), 0..40)) {
        sound(&tokens.concat());
    }
}

#[test]
fn a_condition_in_another_language_is_shown_in_this_one() {
    for (text, code, place, help) in [
        ("a: {when: industry: green, cite: b}", "YM016", ":", "write `industry = green`"),
        ("when: industry: green", "YM016", ":", "write `industry = green`"),
        ("a:\n  when: !here\n  cite: b", "YM017", "!here", "write `not here`"),
        ("a: {when: !here, cite: b}", "YM017", "!here", "write `not here`"),
        ("all: [!here, there]", "YM017", "!here", "write `not here`"),
        ("- !here\n- there", "YM017", "!here", "write `not here`"),
    ] {
        let (_, problems) = read(text);
        let found = bad(text);
        assert_eq!(found, [(code, place)], "{text}");
        let helps = [problems[0].help(Lang::En), problems[0].help(Lang::Zh)];
        let shown = help.trim_start_matches("write ");
        assert!(helps[0].starts_with(help) && helps[1].contains(shown), "{text}: {helps:?}");
    }
    // What is no condition keeps its own explanation.
    for (text, code) in [("a: b: c", "YM042"), ("kind: !merchant", "YM022"), ("when: !include x", "YM022")] {
        assert_eq!(bad(text)[0].0, code, "{text}");
    }
    // The rest is read as if the right word stood there.
    let (node, _) = read("when: !here");
    assert_eq!(node.unwrap().get("when").unwrap().as_scalar().unwrap().text, "not here");
}

#[test]
fn marks_of_an_input_method_are_named_where_they_stand() {
    for (text, found) in [
        ("a:\u{3000}b", ("YM014", "\u{3000}")),
        ("{a:\u{A0}b}", ("YM014", "\u{A0}")),
        ("a:\n  b: 1\n\u{3000}c: 2\n  d: 3", ("YM013", "\u{3000}")),
        ("a:\n  b: 1\n  \u{3000}c: 2", ("YM013", "\u{3000}")),
        ("{a: 1，b: 2}", ("YM015", "，")),
        ("a: ｛b: 1, c: 2｝", ("YM015", "｛")),
        ("a：{b: 1, c: 2}", ("YM051", "：")),
        ("{a：b, c: d}", ("YM051", "：")),
    ] {
        assert_eq!(bad(text), [found], "{text:?}");
    }
    // Within a text they are its own.
    for text in
        ["a: 甲，乙：丙【丁】", "a: |\n  \u{3000}\u{3000}第一条", "a: \"b\u{3000}c\"", "\"\u{3000}a\": b"]
    {
        good(text);
    }
}

#[test]
fn a_lone_carriage_return_is_no_line_break() {
    assert_eq!(bad("a: 1\rb: 2\rc: 3"), [("YM012", "\r")]);
    good("a: 1\r\nb: 2\r\n");
    assert!(read("a: 1\rb: 2").0.is_none());
}
