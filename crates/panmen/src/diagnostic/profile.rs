//! `PF`: a firm's profile that says something that cannot be.

use super::problems;

problems! {
    /// What can be wrong with a firm's profile.
    ProfileProblem {
        "PF001" Error UnknownFact { fact }
            doc "A fact that the pack does not declare."
            en "unknown fact `{fact}`" help "correct the name, or remove it; only facts that the pack declares are read"
            zh "未知信息项 `{fact}`" help "请更正名称或删除；只读取规则包声明过的信息项"
        "PF002" Error UnknownKey { key, place, known }
            doc "A key that does not belong where it stands."
            en "unknown key `{key}` in `{place}`" help "the keys here are {known}"
            zh "`{place}` 中有未知的键 `{key}`" help "此处可用的键：{known}"
        "PF003" Error NotMapping { place }
            doc "Something else where `key: value` lines must stand."
            en "`{place}` must hold `key: value` lines" help "write one `key: value` a line, indented below `{place}:`"
            zh "`{place}` 须为“键: 值”的形式" help "请在 `{place}:` 下缩进，每行写一个 `键: 值`"
        "PF004" Error NotText { place }
            doc "A list or mapping where one value must stand."
            en "`{place}` must be one value" help "write it on the line of its name, after the colon"
            zh "`{place}` 须为单个值" help "请写在名称后的同一行、冒号之后"
        "PF005" Error NotOneValue { fact, kind, example }
            doc "A list or mapping for a fact that has one value."
            en "`{fact}` has one value of type `{kind}`" help "write for example `{example}`, or a mapping with `value:` and `status:`"
            zh "`{fact}` 是单个值，类型为 `{kind}`" help "例如写 `{example}`，或写含 `value:` 和 `status:` 的映射"
        "PF006" Error NeedsPeriods { fact, example }
            doc "One value for a series."
            en "`{fact}` is a series: it needs its period" help "write for example `{example}`"
            zh "`{fact}` 是时间序列，须注明期间" help "例如写 `{example}`"
        "PF007" Error BadPeriod { text, example }
            doc "A period of a series that is no year or month."
            en "`{text}` is not a period of this series" help "write for example `{example}`"
            zh "`{text}` 不是此序列的期间" help "例如写 `{example}`"
        "PF008" Error NeedsList { fact, example }
            doc "One value for a fact with many values, or for a list of records."
            en "`{fact}` is a list" help "write for example `{example}`"
            zh "`{fact}` 是列表" help "例如写 `{example}`"
        "PF009" Error UnknownField { field, list, known }
            doc "A field that the list does not have."
            en "`{list}` has no field `{field}`" help "its fields are {known}"
            zh "`{list}` 没有字段 `{field}`" help "可用的字段：{known}"
        "PF010" Error BadStatus { text }
            doc "A status that is none."
            en "`{text}` is not a status" help "write `declared`, `verified` or `rejected`"
            zh "`{text}` 不是状态" help "请写 `declared`（企业申报）、`verified`（已核实）或 `rejected`（不予采信）"
        "PF011" Error UnknownEvidence { kind, known }
            doc "Evidence of a kind that the pack does not declare."
            en "`{kind}` is not a kind of evidence of this pack" help "known are {known}"
            zh "规则包中没有证明材料 `{kind}`" help "可用的有 {known}"
        "PF012" Error DatedLater { date, facts_as_of }
            doc "A paper, check or signature dated after the state of knowledge."
            en "{date} lies after the state of knowledge, `facts_as_of: {facts_as_of}`" help "correct one of the two dates"
            zh "{date} 晚于信息截止日 `facts_as_of: {facts_as_of}`" help "请更正其中一个日期"
        "PF013" Error JsonFraction { text, right }
            doc "A fraction, or a number with an exponent, as a JSON number, which other programs would read as a float."
            en "`{text}` is a fraction or has an exponent, which a number in JSON may not" help "write `{right}`, as a text"
            zh "JSON 中的 `{text}` 是小数或科学计数法" help "请写成文本：`{right}`"
        "PF014" Error TooManyFacts { limit }
            doc "More facts than a profile may hold."
            en "more than {limit} facts" help "a profile describes one firm; split the file"
            zh "信息项超过 {limit} 个" help "一个文件只描述一家企业，请拆分"
        "PF015" Error NoValue { fact }
            doc "Provenance without a value."
            en "`{fact}` says where its value comes from and gives none" help "add `value:`, or leave the fact out"
            zh "`{fact}` 注明了来源但没有值" help "请添加 `value:`，或删除此项"
        "PF016" Warning NeedlessSignature { fact }
            doc "A signature on a fact that nobody has to judge."
            en "`{fact}` needs no signature" help "`signed_by` counts for facts with `judged_by`; for others write `status: verified`"
            zh "`{fact}` 无需签署" help "`signed_by` 只用于有 `judged_by` 的信息项；其他请写 `status: verified`"
        "PF017" Warning Unsigned { fact, role }
            doc "A declared value of a fact that a person has to judge; it counts as missing."
            en "`{fact}` is judged by the {role} and is not signed, so it counts as missing" help "add `signed_by:` and `signed_at:` once the {role} has judged it"
            zh "`{fact}` 须由 {role} 认定，尚未签署，按缺失处理" help "认定后请添加 `signed_by:` 和 `signed_at:`"
        "PF018" Error FirmCodes { firm, fact }
            doc "A profile with two different Unified Social Credit Codes."
            en "the firm's code is `{firm}` above and `{fact}` here" help "correct one of the two"
            zh "上方的企业代码是 `{firm}`，此处是 `{fact}`" help "请更正其中之一"
        "PF019" Error NotASequence { place }
            doc "Something else where a list must stand."
            en "`{place}` must be a list" help "write `[a, b]`, or one `- item` a line"
            zh "`{place}` 须为列表" help "请写 `[a, b]`，或每行写一个 `- 项`"
        "PF020" Error Repeated { value }
            doc "The same value twice in a fact with many values."
            en "`{value}` stands there twice" help "remove one of the two"
            zh "`{value}` 重复出现" help "请删除其中一个"
        "PF021" Error NotProfile { found }
            doc "A file that is no profile: no `facts:`, or not a mapping."
            en "this is not a firm's profile: {found}" help "a profile has `firm:`, `as_of:` and `facts:` with one line a fact"
            zh "这不是企业信息表：此文件不是映射，或既没有 `firm:` 也没有 `facts:`" help "企业信息表含 `firm:`、`as_of:` 和 `facts:`，每个信息项一行"
        "PF022" Error BadYesNo { text, key }
            doc "Another word than yes or no beside a value."
            en "`{text}` is neither yes nor no" help "write `{key}: no` or `{key}: yes`"
            zh "`{text}` 既不是“是”也不是“否”" help "请写 `{key}: no` 或 `{key}: yes`"
        "PF023" Error BadDigest { text }
            doc "A document digest that is no SHA-256 in hexadecimal."
            en "`{text}` is not a SHA-256 digest" help "write its 64 hexadecimal digits"
            zh "`{text}` 不是 SHA-256 校验值" help "请写 64 位十六进制数"
        "PF024" Error ListBrackets { fact, right }
            doc "The values of a fact that has many, without the brackets and commas of a list."
            en "`{fact}` is a list" help "write `{right}`"
            zh "`{fact}` 是列表" help "请写 `{right}`"
        "PF025" Error ListMark { character, code_point, right }
            doc "A full-width or other sign between the values of a list, where a comma is meant."
            en "`{character}` ({code_point}) does not separate the values of a list" help "write `{right}`"
            zh "`{character}`（{code_point}）不能分隔列表中的值" help "请写 `{right}`"
        "PF026" Error NameCharacter { fact, character, code_point, right }
            doc "A fact's name with a character of another script, or one that cannot be seen, that looks like the right one."
            en "`{fact}` has the character `{character}` ({code_point}), and a name has a to z, digits and `_`" help "write `{right}`"
            zh "`{fact}` 中有字符 `{character}`（{code_point}），名称只含 a 至 z、数字和 `_`" help "请写 `{right}`"
        "PF027" Warning NearMeasure { id, right }
            doc "An earlier award of a measure that the pack does not have, and that has nearly the name of one."
            en "`{id}` is no measure of this pack, so the award counts to none" help "write `{right}` if that is meant"
            zh "`{id}` 不是本规则包的措施，该项扶持不计入任何措施" help "如指 `{right}`，请照此填写"
    }
}
