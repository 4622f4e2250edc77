//! A difference as a document for people: counts, then section by section with old and new side by side.

use super::{Change, Diff, Entry, Field, Kind, Side, words};
use crate::diagnostic::Lang;
use crate::doc::{Block, Changed, Changes, Doc, Pair, Section};
use crate::value::Label;

/// Draws a difference in a language.
#[must_use]
pub fn page(diff: &Diff, lang: Lang) -> Doc {
    let heads = heads(diff);
    let mut sections = vec![summary(diff, lang)];
    let mut order: Vec<&str> = Vec::new();
    for entry in &diff.entries {
        if !order.contains(&entry.section.as_str()) {
            order.push(&entry.section);
        }
    }
    for section in order {
        let entries = diff.entries.iter().filter(|entry| entry.section == section);
        let entries = entries.map(|entry| changed(entry, lang)).collect();
        let heading = words::section(section, lang).to_owned();
        let blocks = vec![Block::Changes(Changes { heads: heads.clone(), entries })];
        sections.push(Section { heading, aside: None, blocks });
    }
    let pair = |key: &str, side: &Side| Pair {
        key: key.to_owned(),
        value: named(side, diff.kind, lang),
        ..Pair::default()
    };
    let (old, new) = if lang == Lang::En { ("Old", "New") } else { ("旧", "新") };
    let footer = [(old, &diff.old), (new, &diff.new)].map(|(word, side)| digest(word, side, diff.kind, lang));
    let notice = match lang {
        Lang::En => "+ added   - removed   ~ changed   = same meaning",
        Lang::Zh => "+ 新增　- 删除　~ 修改　= 含义相同",
    };
    Doc {
        lang,
        title: words::title(diff.kind, lang).to_owned(),
        notice: notice.to_owned(),
        subject: subject(&diff.old, &diff.new, lang),
        head: vec![pair(old, &diff.old), pair(new, &diff.new)],
        sections,
        footer: footer.to_vec(),
        sheet: [words::title(diff.kind, lang), &heads.0, &heads.1].join(" - "),
    }
}

/// What the two columns are called: what tells the two apart.
fn heads(diff: &Diff) -> (String, String) {
    let (old, new) = (&diff.old, &diff.new);
    let short = |side: &Side| side.digest.chars().take(8).collect::<String>();
    let dated = |side: &Side| side.as_of.clone().unwrap_or_default();
    if diff.kind == Kind::Records {
        return if old.as_of == new.as_of {
            (format!("{} {}", dated(old), short(old)), format!("{} {}", dated(new), short(new)))
        } else {
            (dated(old), dated(new))
        };
    }
    if old.pack.0 != new.pack.0 {
        (old.pack.0.clone(), new.pack.0.clone())
    } else if old.pack.1 != new.pack.1 {
        (old.pack.1.clone(), new.pack.1.clone())
    } else {
        (short(old), short(new))
    }
}

fn subject(old: &Side, new: &Side, lang: Lang) -> String {
    let title = |side: &Side| side.title.get(lang).to_owned();
    match (title(old), title(new)) {
        (old, new) if old == new => new,
        (old, new) => format!("{old} / {new}"),
    }
}

fn named(side: &Side, kind: Kind, lang: Lang) -> String {
    let pack = format!("{} {}", side.pack.0, side.pack.1);
    match (kind, &side.as_of, lang) {
        (Kind::Records, Some(day), Lang::En) => format!("{pack}, as of {day}"),
        (Kind::Records, Some(day), Lang::Zh) => format!("{pack}，适用日期{day}"),
        _ => pack,
    }
}

fn digest(word: &str, side: &Side, kind: Kind, lang: Lang) -> String {
    match (kind, lang) {
        (Kind::Packs, Lang::En) => {
            format!("{word}: {}, source digest {}", named(side, kind, lang), side.digest)
        }
        (Kind::Packs, Lang::Zh) => format!("{word}：{}　源校验值 {}", named(side, kind, lang), side.digest),
        (Kind::Records, Lang::En) => format!("{word}: record {}", side.digest),
        (Kind::Records, Lang::Zh) => format!("{word}：记录 {}", side.digest),
    }
}

fn summary(diff: &Diff, lang: Lang) -> Section {
    let alike = diff.old.digest == diff.new.digest;
    let counts = [Change::Changed, Change::Added, Change::Removed, Change::Reworded, Change::Hidden];
    let counted: Vec<String> = counts
        .iter()
        .filter_map(|change| {
            let (count, (_, word)) = (diff.count(*change), words::change(*change, lang));
            (count > 0).then(|| {
                if lang == Lang::En { format!("{count} {word}") } else { format!("{word}{count}项") }
            })
        })
        .collect();
    let text = match (diff.entries.is_empty(), diff.same_meaning(), lang) {
        (true, _, Lang::En) if alike => "NONE: the two are the same, byte for byte".to_owned(),
        (true, _, Lang::Zh) if alike => "无：两者逐字节相同".to_owned(),
        (true, _, Lang::En) => "NONE: the same meaning; only comments or layout differ".to_owned(),
        (true, _, Lang::Zh) => "无：含义相同，仅注释或排版不同".to_owned(),
        (_, true, Lang::En) => format!("SAME MEANING: only texts for people differ ({})", counted.join("; ")),
        (_, true, Lang::Zh) => format!("含义相同：仅说明文字不同（{}）", counted.join("，")),
        (_, _, Lang::En) => counted.join("; "),
        (_, _, Lang::Zh) => counted.join("，"),
    };
    let heading = if lang == Lang::En { "DIFFERENCES" } else { "差异" };
    Section { heading: heading.to_owned(), aside: None, blocks: vec![Block::Headline(text)] }
}

fn changed(entry: &Entry, lang: Lang) -> Changed {
    let (mark, word) = words::change(entry.change, lang);
    let rows = entry.fields.iter().filter(|field| is_shown(field, entry, lang));
    let rows = rows.map(|field| row(field, entry, lang)).collect();
    Changed {
        mark,
        word: word.to_owned(),
        label: called(&entry.id, &entry.label, &entry.section, lang),
        rows,
    }
}

fn called(id: &str, label: &Label, section: &str, lang: Lang) -> String {
    let label = label.get(lang);
    if section == "header" || section == "head" || section == "outcome" {
        return words::key(section, id, lang).to_owned();
    }
    match (id, label, lang) {
        ("", _, _) => words::key(section, "order", lang).to_owned(),
        (id, "", _) => id.to_owned(),
        (id, label, _) if id == label => id.to_owned(),
        (id, label, Lang::En) => format!("{label} ({id})"),
        (id, label, Lang::Zh) => format!("{label}（{id}）"),
    }
}

/// A text is shown in the language of the document, in another only if it differs there alone.
fn is_shown(field: &Field, entry: &Entry, lang: Lang) -> bool {
    let Some((last, before)) = field.path.split_last() else { return true };
    // How an amount came about is long, and the amount itself stands here.
    let of_amount = |other: &Field| other.path.first().is_some_and(|key| key == "amount");
    if last == "steps" && before.is_empty() && entry.fields.iter().any(of_amount) {
        return false;
    }
    let own = if lang == Lang::En { "en" } else { "zh" };
    let label = before.first().is_some_and(|key| key == "label");
    if matches!(entry.change, Change::Added | Change::Removed) && label && before.len() == 1 {
        return false;
    }
    if !matches!(last.as_str(), "en" | "zh") || last == own {
        return true;
    }
    !entry
        .fields
        .iter()
        .any(|other| other.path.split_last().is_some_and(|(word, path)| word == own && path == before))
}

fn row(field: &Field, entry: &Entry, lang: Lang) -> [String; 3] {
    let section = entry.section.as_str();
    // A part without parts is what its entry is called.
    let last = field.path.last().unwrap_or(&entry.id).as_str();
    let shown = |value: &Option<String>| {
        value.as_deref().map(|value| words::said(last, value, lang)).unwrap_or_default()
    };
    let (mut old, mut new) = (shown(&field.old), shown(&field.new));
    let both = field.old.is_some() && field.new.is_some();
    if let Some((removed, added)) =
        field.items.as_ref().filter(|(removed, added)| both && !(removed.is_empty() && added.is_empty()))
    {
        let list = |items: &[String]| items.join(if lang == Lang::En { ", " } else { "、" });
        old = if removed.is_empty() { String::new() } else { words::gone(&list(removed), lang) };
        new = if added.is_empty() { String::new() } else { words::come(&list(added), lang) };
    }
    let own = if lang == Lang::En { "en" } else { "zh" };
    let path = field.path.iter().filter(|key| key.as_str() != own);
    // One dated value needs no more than its own keys.
    let path: Vec<&str> =
        path.filter(|key| key.as_str() != "values").map(|key| words::key(section, key, lang)).collect();
    [path.join(" / "), old, new]
}
