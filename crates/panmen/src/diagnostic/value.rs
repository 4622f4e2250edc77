//! `EX6`: a value that does not fit its declared type.

use super::problems;

problems! {
    /// What can be wrong with a value, in a profile or in a pack.
    ValueProblem {
        "EX603" Error NotYesNo { text }
            doc "A yes-or-no value in another word."
            en "`{text}` is neither yes nor no" help "write `yes` or `no` (also read: `true`, `false`, `是`, `否`)"
            zh "`{text}` 既不是“是”也不是“否”" help "应写作 `yes` 或 `no`（也可写 `true`、`false`、`是`、`否`）"
        "EX604" Error NoCurrency { text, fixed }
            doc "Money that does not name its currency."
            en "`{text}` names no currency" help "write it as `{fixed}`"
            zh "`{text}` 未注明币种" help "应写作 `{fixed}`"
        "EX605" Error WrongCurrency { text, found, expected }
            doc "Money in another currency than the declared one."
            en "`{text}` is in {found}, and {expected} is declared" help "give the amount in {expected}; a profile is never converted silently"
            zh "`{text}` 的币种是 {found}，而声明的币种是 {expected}" help "请以 {expected} 填写；系统不会自动折算"
        "EX606" Error WrongUnit { text, found, expected, example }
            doc "A number in another unit than the declared one."
            en "`{text}` is in `{found}`, and `{expected}` is declared" help "write it in `{expected}`, for example `{example}`"
            zh "`{text}` 的单位是 `{found}`，而声明的单位是 `{expected}`" help "请以 `{expected}` 为单位填写，例如 `{example}`"
        "EX607" Error NoUnit { text, found, kind }
            doc "A unit, currency or percent sign on a number that has none."
            en "`{text}` carries `{found}`, and the type `{kind}` has no unit" help "write the number alone"
            zh "`{text}` 带有 `{found}`，而类型 `{kind}` 没有单位" help "请只写数字"
        "EX608" Error NoPercent { text, fixed }
            doc "A percent without its sign, which could mean two things."
            en "`{text}` has no percent sign" help "write it as `{fixed}`"
            zh "`{text}` 缺少百分号" help "应写作 `{fixed}`"
        "EX609" Error NotInteger { text }
            doc "A fraction where the type is integer."
            en "`{text}` is not a whole number" help "write digits only, for example `120`"
            zh "`{text}` 不是整数" help "请只写数字，例如 `120`"
        "EX610" Error OutOfRange { text, range }
            doc "A value outside the declared range."
            en "`{text}` lies outside the range `{range}`" help "check the number and its unit; the declared range is `{range}`, both ends included"
            zh "`{text}` 超出范围 `{range}`" help "请核对数值和单位；声明的范围是 `{range}`，含两端"
        "EX611" Error UnknownOption { text, list, known, known_zh }
            doc "A word that is none of the options, or a code that the list does not hold."
            en "`{text}` is not in `{list}`" help "known are {known}"
            zh "`{list}` 中没有 `{text}`" help "可用的有 {known_zh}"
        "EX612" Error CodeFormat { text, format, format_zh, list }
            doc "A code that does not have the format of its list."
            en "`{text}` is not a code of `{list}`" help "codes of this list have {format}"
            zh "`{text}` 不是 `{list}` 的代码" help "该列表的代码为 {format_zh}"
        "EX613" Error AmbiguousLabel { text, first, second }
            doc "A label that two options share."
            en "`{text}` is the label of both `{first}` and `{second}`" help "write the id: `{first}` or `{second}`"
            zh "`{text}` 同时是 `{first}` 和 `{second}` 的名称" help "请写代号：`{first}` 或 `{second}`"
        "EX614" Error NoBand { text }
            doc "A band for a fact that does not accept one."
            en "`{text}` is a band, and this fact needs one value" help "write one value; a pack allows bands with `accepts_band: yes`"
            zh "`{text}` 是区间，而此信息项须填一个值" help "请填写一个值；规则包用 `accepts_band: yes` 允许区间"
        "EX615" Error BandOrder { text }
            doc "A range or band whose beginning lies above its end."
            en "`{text}` begins above its end" help "write the lower value first"
            zh "`{text}` 的起点大于终点" help "请先写较小的值"
        "EX616" Error UsccLength { text, length }
            doc "A Unified Social Credit Code that does not have 18 characters."
            en "`{text}` has {length} characters, and a Unified Social Credit Code has 18" help "copy all 18 characters from the business licence"
            zh "`{text}` 有 {length} 位，而统一社会信用代码为 18 位" help "请按营业执照填写全部 18 位"
        "EX617" Error UsccCase { text, fixed }
            doc "Lower-case letters in a Unified Social Credit Code."
            en "`{text}` has lower-case letters" help "write it as `{fixed}`"
            zh "`{text}` 含有小写字母" help "应写作 `{fixed}`"
        "EX618" Error UsccCharacter { text, character, position }
            doc "A character that no Unified Social Credit Code has at that position."
            en "`{character}` at position {position} of `{text}` cannot stand in a Unified Social Credit Code" help "the code uses digits and capital letters without I, O, S, V and Z; positions 3 to 8 are digits"
            zh "`{text}` 第 {position} 位的 `{character}` 不能出现在统一社会信用代码中" help "代码由数字和大写字母组成，不含 I、O、S、V、Z；第 3 至 8 位为数字"
        "EX619" Error UsccOrganisation { text, expected }
            doc "A Unified Social Credit Code whose inner organisation code fails its check digit (GB 11714)."
            en "positions 9 to 17 of `{text}` fail the check digit of the organisation code (it would be `{expected}`)" help "compare the code with the business licence, character by character"
            zh "`{text}` 第 9 至 17 位（组织机构代码）校验不符（校验位应为 `{expected}`）" help "请与营业执照逐位核对"
        "EX620" Error UsccCheck { text, expected }
            doc "A Unified Social Credit Code that fails its own check character (GB 32100)."
            en "`{text}` fails its check character (it would be `{expected}`)" help "compare the code with the business licence, character by character"
            zh "`{text}` 校验码不符（应为 `{expected}`）" help "请与营业执照逐位核对"
        "EX621" Error Spreadsheet { text }
            doc "A code that looks as if a spreadsheet had turned it into a number."
            en "`{text}` looks converted by a spreadsheet" help "format the column as text and copy the code again"
            zh "`{text}` 疑似被电子表格转换过" help "请将该列设为文本格式后重新复制"
        "EX622" Error EmptyValue { kind }
            doc "An empty value; what is not known is left out or written `null`."
            en "an empty text where the type is `{kind}`" help "leave the fact out, or write `null`, if it is not known"
            zh "类型 `{kind}` 的值为空" help "不清楚时请删除此项，或写 `null`"
        "EX623" Error ControlCharacter { code_point }
            doc "An unprintable character in a text or code."
            en "an unprintable character ({code_point}) in the value" help "remove it; type the value anew rather than pasting it"
            zh "值中含有不可见字符（{code_point}）" help "请删除该字符；建议手工重新输入"
        "EX624" Error OtherSpelling { text, right }
            doc "A value in a spelling that is not read, although it is plain what is meant."
            en "`{text}` is not how this value is written" help "write `{right}`"
            zh "`{text}` 不是此值的写法" help "请写 `{right}`"
        "EX625" Error LookAlike { text, character, code_point, right }
            doc "A value with a full-width character, a no-break space or the like where ASCII is meant."
            en "`{text}` has `{character}` ({code_point}) where an ASCII character belongs" help "write `{right}`"
            zh "`{text}` 含有 `{character}`（{code_point}），应为半角字符" help "请写 `{right}`"
        "EX626" Error LookAlikeOnly { text, character, code_point, ascii, example }
            doc "A full-width or similar character in a value that cannot be read with ASCII in its place either."
            en "`{text}` has `{character}` ({code_point})" help "type `{ascii}` (half-width), for example `{example}`"
            zh "`{text}` 含有 `{character}`（{code_point}）" help "请改用半角 `{ascii}`，例如 `{example}`"
        "EX627" Error EitherPercent { text, first, second }
            doc "A number from 0 to 1 for a percent, without its sign: a fraction of one, or a percent."
            en "`{text}` has no percent sign: is it `{first}` or `{second}`?" help "write the one that is meant, with its sign"
            zh "`{text}` 缺少百分号：是 `{first}` 还是 `{second}`？" help "请写出所指的一个，并带百分号"
        "EX628" Error DateForm { text, example }
            doc "A text that is no date, or of which it cannot be told which date is meant."
            en "`{text}` is not how a date is written" help "a date is written year, month, day, for example `{example}`"
            zh "`{text}` 不是日期的写法" help "日期按年、月、日书写，例如 `{example}`"
    }
}
