//! The words of a difference in both languages: sections, keys, changes.

use super::{Change, Kind};
use crate::diagnostic::Lang;
use crate::record::{money_text, outcome_word, word_of};

/// Sections as people read them.
const SECTIONS: [(&str, &str, &str); 19] = [
    ("header", "HEADER", "规则包说明"),
    ("facts", "FACTS", "信息项"),
    ("evidence", "PAPERS", "证明材料"),
    ("lists", "LISTS", "代码表"),
    ("parameters", "PARAMETERS", "标准数值"),
    ("define", "DERIVED VALUES", "派生值"),
    ("criteria", "CRITERIA", "条件"),
    ("gates", "GATES", "准入条件"),
    ("classifications", "CLASSES", "分类"),
    ("tiers", "LADDERS", "层级"),
    ("measures", "MEASURES", "支持措施"),
    ("stacking", "STACKING", "叠加规则"),
    ("allocation", "ALLOCATION", "资金分配"),
    ("targets", "TARGETS", "目标"),
    ("sources", "SOURCES", "出处"),
    ("uses", "OTHER PACKS", "引用的规则包"),
    ("head", "HEAD OF THE RECORD", "记录信息"),
    ("outcome", "RESULT", "结论"),
    ("published_only", "ON THE PUBLISHED TEXT ALONE", "仅凭已公布文本"),
];

/// Keys as people read them.
const KEYS: [(&str, &str, &str); 87] = [
    ("label", "label", "名称"),
    ("title", "title", "标题"),
    ("ask", "question", "问题"),
    ("why", "why", "理由"),
    ("remedy", "what helps", "可采取"),
    ("office", "office", "出具机关"),
    ("benefit", "benefit", "支持内容"),
    ("else", "said to others", "对其他企业的说明"),
    ("cite", "citation", "依据"),
    ("basis", "basis", "依据性质"),
    ("own_basis", "own basis", "自身依据性质"),
    ("from", "from", "自"),
    ("to", "to", "至"),
    ("value", "value", "数值"),
    ("type", "type", "类型"),
    ("status", "status", "性质"),
    ("edition", "edition", "版本"),
    ("in_force", "in force", "实施期"),
    ("apply", "applications", "申报期"),
    ("when", "condition", "条件"),
    ("all", "all of", "全部符合"),
    ("any", "any of", "任一符合"),
    ("none", "none of", "均不符合"),
    ("at_least", "at least", "不低于"),
    ("is", "formula", "算式"),
    ("who", "for whom", "适用对象"),
    ("gate", "gate", "准入"),
    ("applies_to", "applies to", "适用范围"),
    ("levels", "levels", "层级"),
    ("classes", "classes", "类别"),
    ("options", "options", "选项"),
    ("codes", "codes", "代码"),
    ("rows", "rows", "分行"),
    ("by", "by", "取决于"),
    ("of", "of", "对象"),
    ("order", "order", "顺序"),
    ("amount", "amount", "金额"),
    ("fixed", "fixed", "定额"),
    ("base", "base", "计入费用"),
    ("rate", "rate", "比例"),
    ("cap", "cap", "最高限额"),
    ("round", "rounding", "取整"),
    ("up_to", "up to", "上限"),
    ("each", "for each", "逐行"),
    ("at_most", "at most", "最多"),
    ("once", "how often", "次数"),
    ("range", "range", "范围"),
    ("dated", "dated", "日期"),
    ("publisher", "publisher", "发布者"),
    ("url", "address", "网址"),
    ("number", "number", "文号"),
    ("evidence", "papers", "证明材料"),
    ("level", "level", "层级"),
    ("outcome", "result", "结论"),
    ("possible", "possible", "可能结果"),
    ("because", "because", "决定因素"),
    ("awaits", "waits for", "尚待"),
    ("standing", "how sure", "可靠程度"),
    ("verify", "to verify", "待核实"),
    ("assumed", "assumed", "假定"),
    ("total", "money in all", "金额合计"),
    ("missing", "missing", "待补充"),
    ("steps", "steps", "计算步骤"),
    ("as_of", "rules as of", "适用日期"),
    ("facts_as_of", "facts as of", "信息截至"),
    ("firm", "firm", "企业"),
    ("pack", "pack", "规则包"),
    ("engine", "engine", "引擎"),
    ("decided_at", "decided at", "判定时间"),
    ("actor", "decided by", "判定人"),
    ("supersedes", "takes the place of", "取代"),
    ("idempotency_key", "caller's number", "调用方编号"),
    ("accepted_assumed", "assumed points accepted because", "接受假定的理由"),
    ("parameters", "values of the rules", "标准数值"),
    ("facts", "facts looked at", "所用信息"),
    ("source_digest", "source digest", "源校验值"),
    ("model_digest", "model digest", "内容校验值"),
    ("name", "name", "名称"),
    ("id", "id", "代号"),
    ("version", "version", "版本"),
    ("semantics", "semantics", "语义版本"),
    ("error", "error", "错误"),
    ("amount_standing", "how sure the amount is", "金额可靠程度"),
    ("displaced_by", "displaced by", "被取代于"),
    ("reason", "reason", "原因"),
    ("en", "English", "英文"),
    ("zh", "Chinese", "中文"),
];

/// A section's heading.
pub(super) fn section(word: &str, lang: Lang) -> &str {
    word_of(&SECTIONS, word, lang)
}

/// A key of a section; one that has no word stays as it is written.
pub(super) fn key<'w>(section: &str, word: &'w str, lang: Lang) -> &'w str {
    match (section, word, lang) {
        // Facts have keys of the same name that mean something else.
        ("facts", "fixed", Lang::En) => "not to be changed",
        ("facts", "fixed", Lang::Zh) => "不可更改",
        ("facts", "of", Lang::En) => "fields",
        ("facts", "of", Lang::Zh) => "字段",
        _ => word_of(&KEYS, word, lang),
    }
}

/// What stands under a key; words of the language in the reader's.
pub(super) fn said(key: &str, text: &str, lang: Lang) -> String {
    match (key, text, lang) {
        ("basis" | "own_basis", "published", Lang::Zh) => "已公布".to_owned(),
        ("basis" | "own_basis", "assumed", Lang::Zh) => "假定".to_owned(),
        ("status", "verified", Lang::Zh) => "已核实".to_owned(),
        ("status", "declared", Lang::Zh) => "企业申报".to_owned(),
        ("status", "rejected", Lang::Zh) => "不予采信".to_owned(),
        ("value", "redacted", Lang::Zh) => "已隐去".to_owned(),
        ("outcome" | "standing" | "amount_standing", word, _) => outcome_word(word, lang).to_owned(),
        ("amount" | "total" | "from" | "to", text, _) => {
            money_text(text, lang).unwrap_or_else(|| text.to_owned())
        }
        _ => text.to_owned(),
    }
}

/// A change in a word, with the mark before it.
pub(super) fn change(change: Change, lang: Lang) -> (char, &'static str) {
    let (mark, en, zh) = match change {
        Change::Added => ('+', "added", "新增"),
        Change::Removed => ('-', "removed", "删除"),
        Change::Changed => ('~', "changed", "修改"),
        Change::Reworded => ('=', "same meaning, other words", "仅文字改动，含义相同"),
        Change::Hidden => ('?', "redacted, cannot be compared", "已隐去，无法比较"),
    };
    (mark, if lang == Lang::En { en } else { zh })
}

/// What a list lost and gained.
pub(super) fn gone(items: &str, lang: Lang) -> String {
    if lang == Lang::En { format!("without: {items}") } else { format!("减少：{items}") }
}

pub(super) fn come(items: &str, lang: Lang) -> String {
    if lang == Lang::En { format!("with: {items}") } else { format!("增加：{items}") }
}

/// The title of the document.
pub(super) fn title(kind: Kind, lang: Lang) -> &'static str {
    match (kind, lang) {
        (Kind::Packs, Lang::En) => "DIFFERENCE OF RULES",
        (Kind::Packs, Lang::Zh) => "规则对比",
        (Kind::Records, Lang::En) => "DIFFERENCE OF DECISIONS",
        (Kind::Records, Lang::Zh) => "判定对比",
    }
}
