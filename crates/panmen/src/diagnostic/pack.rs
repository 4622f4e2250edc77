//! `PK`: a pack that says something that cannot be.

use super::problems;

problems! {
    /// What can be wrong with a rule pack.
    PackProblem {
        "PK001" Error UnknownKey { key, place, known }
            doc "A key that this section or entry does not have."
            en "unknown key `{key}` in `{place}`" help "the keys here are {known}"
            zh "`{place}` 中有未知的键 `{key}`" help "此处可用的键：{known}"
        "PK002" Error NotMapping { place }
            doc "Something else where `key: value` lines must stand."
            en "`{place}` must hold `key: value` lines" help "write one `key: value` a line, indented below `{place}`, or `{{key: value}}` on one line"
            zh "`{place}` 须为“键: 值”的形式" help "请在 `{place}` 下缩进，每行写一个 `键: 值`，或在一行内写 `{{键: 值}}`"
        "PK003" Error NotSequence { place }
            doc "Something else where a list must stand."
            en "`{place}` must be a list" help "write `[a, b]`, or one `- item` a line"
            zh "`{place}` 须为列表" help "请写 `[a, b]`，或每行写一个 `- 项`"
        "PK004" Error NotText { place }
            doc "A list or mapping where one text must stand."
            en "`{place}` must be one text" help "write it on one line after the colon; put quotes around it if it contains `[ ] {{ }} , # :`"
            zh "`{place}` 须为一个文本" help "请写在冒号后的同一行；含有 `[ ] {{ }} , # :` 时请加引号"
        "PK005" Error MissingKey { key, place }
            doc "A key that must be there and is not."
            en "`{place}` has no `{key}`" help "add `{key}:` to it"
            zh "`{place}` 缺少 `{key}`" help "请添加 `{key}:`"
        "PK006" Error BadId { id }
            doc "An id that is not ASCII `snake_case`."
            en "`{id}` cannot be an id" help "an id has small letters a to z, digits and `_`, and begins with a letter"
            zh "`{id}` 不能用作代号" help "代号由小写字母 a 至 z、数字和 `_` 组成，以字母开头"
        "PK007" Error ReservedId { id }
            doc "A word of the expression language used as an id."
            en "`{id}` is a word of the rule language and cannot be an id" help "choose a longer id, for example `{id}_value`"
            zh "`{id}` 是规则语言的保留字，不能用作代号" help "请换用更长的代号，例如 `{id}_value`"
        "PK008" Error DuplicateId { id }
            doc "Two entries of a pack with one id; ids are flat across all sections and files."
            en "`{id}` is there twice" help "rename or remove one of the two; ids are unique across the whole pack, codes, levels and rows within theirs"
            zh "`{id}` 重复出现" help "请改名或删除其中之一；代号在整个规则包内须唯一，代码、层级和表行在各自范围内须唯一"
        "PK009" Error BadWord { key, word, known }
            doc "A word that a key does not take."
            en "`{word}` is not a value of `{key}`" help "write one of {known}"
            zh "`{key}` 不接受 `{word}`" help "可写 {known}"
        "PK010" Error HeaderElsewhere { key }
            doc "A header key outside `pack.yaml`."
            en "`{key}` belongs to the header and stands outside `pack.yaml`" help "move it to `pack.yaml`"
            zh "`{key}` 属于规则包头部，只能写在 `pack.yaml` 中" help "请移到 `pack.yaml`"
        "PK011" Error PeriodOrder { from, to }
            doc "A period that ends before it begins."
            en "the period ends on {to}, before it begins on {from}" help "write the earlier date after `from:`"
            zh "期间的结束日 {to} 早于开始日 {from}" help "请把较早的日期写在 `from:` 后"
        "PK012" Error EmptyCondition { key }
            doc "A list or mapping that needs at least one entry, and has none."
            en "`{key}` is empty" help "write at least one entry below it"
            zh "`{key}` 为空" help "请至少写一项"
        "PK013" Error NotOneCondition { place, known }
            doc "A condition without, or with more than one of, `when`, `all`, `any`, `none`, `at_least`."
            en "`{place}` needs exactly one of {known}" help "write one of them; conditions combine by nesting, for example `all: [a, {{any: [b, c]}}]`"
            zh "`{place}` 须且只须有 {known} 之一" help "请只写其中一个；条件可嵌套组合，例如 `all: [a, {{any: [b, c]}}]`"
        "PK014" Error UnknownSource { source }
            doc "A citation of a source that the header does not declare."
            en "`{source}` is not a declared source" help "a citation is `SOURCE place`, for example `press par. 6`, with the source under `sources:` in `pack.yaml`"
            zh "未声明的出处 `{source}`" help "引用写作 `出处 位置`，例如 `press par. 6`，出处须在 `pack.yaml` 的 `sources:` 中声明"
        "PK015" Error NoCitation { place }
            doc "A value, criterion, class, level, measure or target that cites nothing."
            en "`{place}` cites nothing" help "add `cite: SOURCE place`; a level or class may inherit it from its container or its criteria"
            zh "`{place}` 没有注明依据" help "请添加 `cite: 出处 位置`；层级和类别可从上级或其条件继承"
        "PK016" Warning NoPlace { source }
            doc "A citation that names a source and no place in it."
            en "the citation of `{source}` names no place" help "add the article or paragraph, for example `{source} par. 3`"
            zh "对 `{source}` 的引用没有注明位置" help "请补充条款或段落，例如 `{source} par. 3`"
        "PK017" Error AssumedWithoutWhy { place }
            doc "`basis: assumed` without `why`."
            en "`{place}` is assumed and does not say why" help "add `why:` with the reason for this choice"
            zh "`{place}` 标为假定，但没有说明理由" help "请添加 `why:` 说明理由"
        "PK018" Warning LiteralBound { text }
            doc "A number or date written inside a condition instead of a parameter with its source."
            en "the bound `{text}` stands inside a condition" help "name it under `parameters:` with its date, citation and basis, and write the name here"
            zh "条件中直接写了界限 `{text}`" help "请在 `parameters:` 中命名，注明日期、依据和性质，再在此处写名称"
        "PK019" Error NotLanguage { key }
            doc "A key of a label that is no language."
            en "`{key}` is not a language of labels" help "write `en:` and `zh:`, or one text for both"
            zh "`{key}` 不是标签的语言" help "请写 `en:` 和 `zh:`，或只写一个文本"
        "PK020" Error UnknownEvidence { id }
            doc "A kind of paper that the pack does not declare."
            en "unknown evidence `{id}`" help "declare it under `evidence:`, or correct the spelling"
            zh "未知的证明材料 `{id}`" help "请在 `evidence:` 中声明，或更正拼写"
        "PK021" Error UnknownList { id }
            doc "A code list that the pack does not declare."
            en "unknown list `{id}`" help "declare it under `lists:`, or correct the spelling"
            zh "未知的代码列表 `{id}`" help "请在 `lists:` 中声明，或更正拼写"
        "PK022" Error NotForType { key, kind }
            doc "An attribute that this type does not have."
            en "`{key}` does not go with the type `{kind}`" help "remove `{key}`, or choose another type"
            zh "`{key}` 不适用于类型 `{kind}`" help "请删除 `{key}`，或改用其他类型"
        "PK023" Error MissingForType { key, kind }
            doc "An attribute that this type cannot do without."
            en "the type `{kind}` needs `{key}`" help "add `{key}:`"
            zh "类型 `{kind}` 须有 `{key}`" help "请添加 `{key}:`"
        "PK024" Error UnknownCurrency { text }
            doc "A currency that ISO 4217 does not list."
            en "`{text}` is not a currency" help "write an ISO 4217 code, for example `CNY`"
            zh "`{text}` 不是币种" help "请写 ISO 4217 代码，例如 `CNY`"
        "PK025" Error PerAndMany { }
            doc "A fact that is both a series and a set."
            en "a fact cannot have both `per` and `many: yes`" help "keep one of the two"
            zh "一个信息项不能同时有 `per` 和 `many: yes`" help "请只保留其中之一"
        "PK026" Error ValueOrder { date }
            doc "Two values of a parameter whose periods overlap or stand out of order."
            en "the value from {date} begins before the one above it has ended" help "write the values in order of `from:`, and let each `to:` lie before the next `from:`"
            zh "自 {date} 起的值在上一个值结束之前开始" help "请按 `from:` 的先后书写，每个 `to:` 须早于下一个 `from:`"
        "PK027" Error NotInParent { code, parent }
            doc "A code of a picked list that the list it was picked from does not hold."
            en "`{parent}` has no code `{code}`" help "correct the code, add it to `{parent}`, or mark that list `open: yes`"
            zh "`{parent}` 中没有代码 `{code}`" help "请更正代码、将其加入 `{parent}`，或把该列表标为 `open: yes`"
        "PK028" Error BadCodeFormat { text }
            doc "A code format that cannot be read."
            en "`{text}` is not a code format" help "write `4 digits` or `6 to 10 digits`"
            zh "`{text}` 不是代码格式" help "请写 `4 digits` 或 `6 to 10 digits`"
        "PK029" Error CodeShape { code, format }
            doc "A code that does not have the format of its own list."
            en "`{code}` does not have {format}" help "correct the code, or the list's `format:`"
            zh "`{code}` 不符合格式 {format}" help "请更正代码，或更正列表的 `format:`"
        "PK030" Error UnknownRow { key, known }
            doc "A row of a table for something that its `by` cannot be."
            en "no row can be for `{key}`" help "the rows here are for {known}"
            zh "不可能有 `{key}` 的行" help "此处的行可为 {known}"
        "PK031" Error UnknownPack { id }
            doc "An imported pack that is nowhere to be found."
            en "there is no pack `{id}`" help "put it beside this pack, or name its folder with `--packs`; `uses:` takes a pack's id, not a path"
            zh "找不到规则包 `{id}`" help "请把它放在本规则包旁，或用 `--packs` 指定所在文件夹；`uses:` 须写规则包代号，而不是路径"
        "PK032" Error PackCycle { id }
            doc "Packs that import each other in a circle."
            en "`{id}` imports itself, directly or through another pack" help "remove one of the imports"
            zh "`{id}` 直接或间接引用了自身" help "请删除其中一个引用"
        "PK033" Error FactConflict { id }
            doc "A fact that an imported pack declares otherwise in what decides."
            en "the fact `{id}` is declared otherwise in an imported pack" help "give both the same `type`, unit, currency, `range`, `per`, `many`, `judged_by` and `accepts_band`, or rename one"
            zh "信息项 `{id}` 在引用的规则包中的声明不同" help "请使两者的 `type`、单位、币种、`range`、`per`、`many`、`judged_by` 和 `accepts_band` 一致，或改名其一"
        "PK034" Note NotYetEvaluated { key }
            doc "A part of the language that is read and checked, and not yet computed."
            en "`{key}` is not yet evaluated" help "it is read and checked; an amount or result that depends on it is shown as not computed, never as a number"
            zh "`{key}` 尚不参与计算" help "已读取并检查；依赖它的金额或结果会注明未计算，绝不会给出数字"
        "PK035" Error CutByColon { text, fixed }
            doc "A condition that YAML turned into a mapping, because it contains a colon and a space."
            en "YAML made a mapping of the condition `{text}`" help "an expression contains no `:`; write a comparison with a sign, for example `{fixed}`, or one of `all`, `any`, `none`, `at_least`"
            zh "YAML 把条件 `{text}` 读成了映射" help "表达式中不含 `:`；比较请用运算符，例如 `{fixed}`，组合请用 `all`、`any`、`none`、`at_least`"
        "PK036" Error CutByComment { text }
            doc "A condition that YAML cut off at ` #`, which begins a comment."
            en "YAML cut the condition after `{text}`: ` #` begins a comment" help "an expression contains no `#`; a text that needs one is an option of a list"
            zh "YAML 在 `{text}` 之后截断了条件：` #` 开始注释" help "表达式中不含 `#`；需要它的文本请列为列表的选项"
        "PK037" Error CutByComma { text, fixed }
            doc "A number that YAML cut in two at its thousands comma, inside `[ ]`."
            en "YAML cut `{text}` in two at the comma" help "write the number without a comma: `{fixed}`"
            zh "YAML 在逗号处把 `{text}` 截成了两项" help "数字不要写逗号：`{fixed}`"
        "PK038" Error NotCondition { place }
            doc "Something in place of a condition that is none."
            en "`{place}` is not a condition" help "write an expression, the id of a criterion, or one of `all`, `any`, `none`, `at_least` with a list"
            zh "`{place}` 不是条件" help "请写表达式、条件代号，或 `all`、`any`、`none`、`at_least` 加列表"
        "PK039" Error BadCount { text, most }
            doc "An `at_least: {n: ...}` that its list cannot meet."
            en "`{text}` is not a number from 1 to {most}" help "`at_least` needs `n` between 1 and the number of members"
            zh "`{text}` 不是 1 到 {most} 之间的数" help "`at_least` 的 `n` 须在 1 与成员数之间"
        "PK040" Error UnknownReference { id, kind }
            doc "A gate, allocation, measure or list that the pack does not declare."
            en "there is no {kind} `{id}`" help "declare it, or correct the spelling"
            zh "没有 `{id}`（`{kind}`）" help "请声明，或更正拼写"
        "PK041" Warning NoLabel { place }
            doc "Something that people read about and that has no label."
            en "`{place}` has no label" help "add `label: {{en: ..., zh: ...}}`; until then people read the id"
            zh "`{place}` 没有标签" help "请添加 `label: {{en: ..., zh: ...}}`；否则报告中显示代号"
        "PK042" Error TooMany { what, limit }
            doc "More of something than a pack may hold."
            en "more than {limit} {what}" help "split the pack, or shorten it"
            zh "`{what}` 超过 {limit} 项" help "请拆分或精简规则包"
        "PK043" Error AmountShape { }
            doc "An amount written as a bare value."
            en "an amount is written as a mapping" help "write `amount: {{fixed: 50_000 CNY}}`, or `amount: unpublished`"
            zh "金额须写成映射" help "请写 `amount: {{fixed: 50_000 CNY}}`，或 `amount: unpublished`"
        "PK044" Error EditionNotInForce { date, nearest_edition, fixed }
            doc "No edition of the pack is in force on the decision date."
            en "no edition is in force on {date}" help "the nearest is {nearest_edition}; `--as-of {fixed}`, or `as_of: {fixed}` in the profile, would use it"
            zh "{date} 没有生效的版本" help "最接近的是 {nearest_edition}；使用 `--as-of {fixed}`，或在企业信息表中写 `as_of: {fixed}`，可适用该版本"
        "PK045" Error EditionsOverlap { date, first, second }
            doc "Two editions of the pack are in force on the decision date."
            en "both `{first}` and `{second}` are in force on {date}" help "let the earlier edition's `in_force: to` lie before the later one's `from`"
            zh "{date} 同时有 `{first}` 和 `{second}` 生效" help "请使较早版本 `in_force` 的 `to` 早于较晚版本的 `from`"
        "PK046" Error EditionMismatch { found, expected }
            doc "Editions in one folder that are not of the same pack."
            en "this edition is of the pack `{found}`, and the others are of `{expected}`" help "one folder holds the editions of one pack"
            zh "此版本属于规则包 `{found}`，而其他版本属于 `{expected}`" help "一个文件夹只能存放同一规则包的各版本"
        "PK047" Error ExampleReference { id }
            doc "An expectation or background that names nothing in the pack."
            en "`{id}` is nothing that an example can expect" help "name a criterion, gate, class (`classification.class`), ladder, or measure of the pack"
            zh "示例不能以 `{id}` 为预期" help "请写规则包中的条件、准入条件、类别（`分类.类别`）、梯次或措施"
        "PK048" Error ExampleExpectation { id, text, known }
            doc "An expectation that this kind of thing can never meet."
            en "`{id}` can never be `{text}`" help "write {known}"
            zh "`{id}` 不可能为 `{text}`" help "可写 {known}"
        "PK049" Error NoExamples { }
            doc "`panmen test` on a pack that has no examples."
            en "the pack has no examples" help "add `examples/*.yaml` with `examples:` beside `pack.yaml`"
            zh "规则包没有示例" help "请在 `pack.yaml` 旁添加 `examples/*.yaml`，内含 `examples:`"
        "PK050" Error ReservedField { id }
            doc "A field of a list fact with a name that profiles use for provenance."
            en "`{id}` cannot be a field: profiles use the word beside values" help "choose another name; reserved are `value`, `rows`, `complete`, `status`, `evidence`, `documents`, `verified_by`, `verified_at`, `signed_by`, `signed_at`, `reason`"
            zh "`{id}` 不能用作字段：企业信息表用它标注来源" help "请换名；保留的有 `value`、`rows`、`complete`、`status`、`evidence`、`documents`、`verified_by`、`verified_at`、`signed_by`、`signed_at`、`reason`"
        "PK051" Error BandOrder { }
            doc "A band with `up_to` after one with `above`."
            en "`up_to` comes after `above`" help "write the bands from the lowest: first those with `up_to`, then those with `above`"
            zh "`up_to` 写在了 `above` 之后" help "各档请从低到高写：先写 `up_to` 的，再写 `above` 的"
        "PK052" Error NothingToActOn { key, needs }
            doc "A part of an amount that has nothing to act on, such as a rate without a base."
            en "`{key}` has nothing to act on without `{needs}`" help "write it with `{needs}`, or remove `{key}`"
            zh "没有 `{needs}`，`{key}` 无从适用" help "请改用含 `{needs}` 的写法，或删除 `{key}`"
        "PK053" Warning BandGap { from, to }
            doc "A gap between two bands: a value in it gets nothing."
            en "no band holds what is above {from} and not above {to}: it gets nothing" help "let the next band begin at {from}, or leave the gap if the source does"
            zh "没有一档包含高于 {from} 且不高于 {to} 的数值，该部分得不到任何金额" help "请使下一档从 {from} 开始；如出处确有此空档，可保留"
        "PK054" Error BoundOrder { first, second }
            doc "Bands or steps whose figures do not rise."
            en "{second} comes after {first}, and is not higher" help "write the rows from the lowest figure to the highest"
            zh "{second} 写在 {first} 之后，却不比它高" help "各行请按数值从低到高写"
        "PK055" Warning Settled { id, verdict }
            doc "A condition that comes out the same whatever the firm's facts are."
            en "`{id}` is {verdict} whatever the firm says" help "compare the figures in it with the declared ranges, and with each other"
            zh "无论企业如何填写，`{id}` 都是 {verdict}" help "请核对其中的数值与所声明的范围，以及各数值之间的关系"
        "PK056" Warning TableGap { missing }
            doc "A table without a row for something that its `by` can be; reaching it is an error."
            en "the table has no row for {missing}" help "add the rows; a firm that reaches a missing one gets no result"
            zh "表中没有 {missing} 的行" help "请补上；企业若对应缺失的行，将得不到结果"
        "PK057" Warning ParameterGap { id, date }
            doc "A parameter that has no value on the first day of the edition."
            en "`{id}` has no value on {date}, when the edition begins" help "add a value that begins on that day or before"
            zh "`{id}` 在版本开始之日 {date} 没有取值" help "请添加自该日或更早生效的取值"
        "PK058" Warning NothingGiven { id }
            doc "A measure with neither an amount nor a benefit."
            en "`{id}` does not say what it gives" help "add `amount:`, or `benefit:` for what is not money; where the source gives none, `amount: unpublished`"
            zh "`{id}` 没有说明给予什么" help "请添加 `amount:`，非资金的写 `benefit:`；出处未公布的写 `amount: unpublished`"
        "PK059" Error ProfileAmongRules { }
            doc "A firm's profile among the files of a pack."
            en "this is a firm's profile, not rules" help "keep profiles outside the pack's folder"
            zh "这是企业信息表，不是规则" help "请把企业信息表放在规则包文件夹之外"
        "PK060" Error BadValidity { text }
            doc "A validity that is no number of days, months or years."
            en "`{text}` is not a length of time" help "write `12 months`, `1 years` or `90 days`"
            zh "`{text}` 不是期限" help "应写作 `12 months`、`1 years` 或 `90 days`"
        "PK061" Error NegativeAmount { text }
            doc "An amount, a rate or a limit below zero."
            en "`{text}` is below zero, and a measure pays" help "write it without a minus"
            zh "`{text}` 小于零，而措施是给予资金" help "请写不带负号的数值"
        "PK062" Error UnreadableUse { id, reason, reason_zh }
            doc "An imported pack that is there and cannot be read."
            en "the pack `{id}` cannot be read: {reason}" help "check it with `panmen lint`"
            zh "无法读取规则包 `{id}`：{reason_zh}" help "请用 `panmen lint` 检查"
        "PK063" Error UseNotInForce { id, date, nearest_edition, period }
            doc "An imported pack of which no edition is in force on the decision date."
            en "the imported pack `{id}` has no edition in force on {date}" help "the nearest, `{nearest_edition}`, is in force {period}; add an edition for that day, or correct one of the periods"
            zh "所引用的规则包 `{id}` 在 {date} 没有生效的版本" help "最接近的 `{nearest_edition}` 实施期为 {period}；请补充适用于该日的版本，或更正实施期"
        "PK064" Error AtLeastForm { fixed }
            doc "`at_least` with a list alone, which does not say how many of it."
            en "`at_least` does not say how many" help "write how many and of what: `{fixed}`"
            zh "`at_least` 没有写明数量" help "请写明数量和列表：`{fixed}`"
        "PK065" Error NotOneOf { place, known }
            doc "None, or several, of keys of which an entry has exactly one; for conditions see PK013."
            en "`{place}` needs exactly one of {known}" help "write one of them and no other"
            zh "`{place}` 须有且只有 {known} 之一" help "请只写其中之一"
        "PK066" Warning UnlikelyRate { rate }
            doc "A rate of support above 100%."
            en "a rate of {rate} pays more than was spent" help "write a percentage, for example `12%`; leave it if the source pays so much"
            zh "比例为 {rate}，支付的多于支出的" help "请写百分比，例如 `12%`；如出处确实如此，可保留"
    }
}
