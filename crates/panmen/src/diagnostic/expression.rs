//! `EX`: an expression or a value that is not well formed.
//!
//! The hundreds group them: characters and words, numbers and dates, grammar. `right` is a spelling that
//! is accepted: of that very text where it can be told, else an example.

use super::problems;

problems! {
    /// What can be wrong with the text of an expression or of a value.
    ExpressionProblem {
        "EX001" Error UnknownCharacter { character, code_point }
            doc "A character that no expression contains."
            en "unexpected character `{character}` ({code_point})" help "remove it"
            zh "意外的字符 `{character}`（{code_point}）" help "请删除该字符"
        "EX002" Error TextTooLong { length, limit }
            doc "An expression is longer than the limit."
            en "an expression of {length} bytes; the limit is {limit}" help "name parts of it under `define` or `criteria`"
            zh "表达式长 {length} 字节，上限为 {limit}" help "请将其中的部分在 `define` 或 `criteria` 中命名"
        "EX003" Error TooDeep { limit }
            doc "An expression is nested deeper than the limit."
            en "nested deeper than {limit} levels" help "name the inner parts under `define` or `criteria`"
            zh "嵌套超过 {limit} 层" help "请将内层部分在 `define` 或 `criteria` 中命名"
        "EX004" Error TooManyOperators { limit }
            doc "An expression has more arithmetic signs than the limit."
            en "more than {limit} arithmetic signs in one expression" help "name parts of it under `define`"
            zh "一个表达式中的算术符号超过 {limit} 个" help "请将其中的部分在 `define` 中命名"
        "EX005" Error FullWidth { character, code_point, ascii }
            doc "A full-width or other non-ASCII sign where the ASCII one is meant."
            en "`{character}` ({code_point}) is not the sign of the language" help "type `{ascii}` (half-width)"
            zh "`{character}`（{code_point}）不是规则语言的符号" help "请改用半角 `{ascii}`"
        "EX006" Error Bracket { character }
            doc "A square bracket in an expression."
            en "an expression holds no `{character}`, which YAML needs" help "separate the items of a set with `|`, without brackets: `x in a | b`"
            zh "表达式中不能有 `{character}`，它属于 YAML" help "集合各项用 `|` 分隔，不加括号：`x in a | b`"
        "EX007" Error Brace { character }
            doc "A brace in an expression."
            en "an expression holds no `{character}`, which YAML needs" help "write a map as YAML under its own key, or make the text an option of a list"
            zh "表达式中不能有 `{character}`，它属于 YAML" help "请将映射写在单独的键下，或将该文本设为列表的选项"
        "EX008" Error Comma { character }
            doc "A comma in an expression."
            en "an expression holds no `{character}`, which YAML needs" help "separate the items of a set or a choice with `|`; numbers have no separators; make a text with a comma an option of a list"
            zh "表达式中不能有 `{character}`，它属于 YAML" help "集合或选择的各项用 `|` 分隔；数字不加分隔符；含逗号的文本请设为列表的选项"
        "EX009" Error Hash { character }
            doc "A number sign in an expression."
            en "an expression holds no `{character}`, which begins a YAML comment" help "make a text with `#` an option of a list"
            zh "表达式中不能有 `{character}`，它是 YAML 注释的开头" help "含 `#` 的文本请设为列表的选项"
        "EX010" Error Colon { character }
            doc "A colon in an expression."
            en "an expression holds no `{character}`, which YAML needs" help "a condition has no `:`; compare with `=`; make a text with a colon an option of a list"
            zh "表达式中不能有 `{character}`，它属于 YAML" help "条件中没有冒号；比较用 `=`；含冒号的文本请设为列表的选项"
        "EX011" Error Tab { character }
            doc "A tab in an expression."
            en "a tab (`{character}`) in an expression" help "type a space"
            zh "表达式中有制表符（`{character}`）" help "请改用空格"
        "EX012" Error UnclosedText { quote }
            doc "A text in quotes that does not end."
            en "the text that begins with `{quote}` does not end" help "close it with `{quote}`"
            zh "以 `{quote}` 开头的文本没有结束" help "请以 `{quote}` 结尾"
        "EX013" Error ForbiddenInText { character }
            doc "A character within a quoted text that YAML needs."
            en "a text in an expression holds no `{character}`, which YAML needs" help "make the text an option of a list and compare with its id"
            zh "表达式的文本中不能有 `{character}`，它属于 YAML" help "请将该文本设为列表的选项，并用其标识比较"
        "EX014" Error OperatorSpelling { written, right }
            doc "An operator in the spelling of another language."
            en "`{written}` is not an operator here" help "write `{right}`"
            zh "此处没有运算符 `{written}`" help "请写 `{right}`"
        "EX015" Error UpperCase { word, lower }
            doc "A word of the language in capital letters."
            en "`{word}` is a word of the language in capitals" help "write `{lower}`; if a value is meant, put it in quotes: `'{word}'`"
            zh "`{word}` 是语言的保留字，但用了大写" help "请写 `{lower}`；若是取值，请加引号：`'{word}'`"
        "EX016" Error MinusSpacing { written, binary, prefix }
            doc "A minus between two values without a space on both sides."
            en "`{written}`: a minus between two values has a space on both sides" help "write `{binary}` to subtract, or put an operator before `{prefix}`"
            zh "`{written}`：两个值之间的减号两侧都要有空格" help "相减请写 `{binary}`，负数请在 `{prefix}` 前加运算符"
        "EX017" Error MinusApart { right }
            doc "A minus sign that does not touch its operand."
            en "a minus sign touches what it negates" help "write `{right}`"
            zh "负号须紧贴其后的值" help "请写 `{right}`"
        "EX018" Error DanglingPoint { written }
            doc "A point that neither joins two words nor makes a range."
            en "the point after `{written}` joins nothing" help "write `a.b` without spaces for a member, `a..b` for a range"
            zh "`{written}` 后的点没有连接任何内容" help "成员写作 `a.b`（无空格），范围写作 `a..b`"
        "EX019" Error ReservedInName { name, word }
            doc "A dotted name with a word of the language in it."
            en "`{word}` in `{name}` is a word of the language" help "a name cannot hold it; rename what is meant"
            zh "`{name}` 中的 `{word}` 是保留字" help "名称中不能用保留字，请改名"
        "EX020" Error DotPeriod { written, right }
            doc "A period of a series written with a point."
            en "`{written}`: a period of a series is named with `for`" help "write `{right}`"
            zh "`{written}`：数列的期间用 `for` 指明" help "请写 `{right}`"
        "EX101" Error NumberEmpty { right }
            doc "Nothing where a number should stand."
            en "a number is missing" help "write digits, for example `{right}`"
            zh "缺少数字" help "请写数字，例如 `{right}`"
        "EX102" Error NumberExponent { text, right }
            doc "A number with an exponent."
            en "`{text}` has an exponent" help "write `{right}`; a code of that spelling stands in quotes"
            zh "`{text}` 使用了科学计数法" help "请写 `{right}`；若是代码，请加引号"
        "EX103" Error NumberPlus { text, right }
            doc "A number with a plus sign."
            en "`{text}` has a plus sign" help "write `{right}`"
            zh "`{text}` 带有正号" help "请写 `{right}`"
        "EX104" Error NumberPoint { text, right }
            doc "A decimal point without digits on both sides."
            en "`{text}` has no digit on one side of its point" help "write `{right}`"
            zh "`{text}` 的小数点一侧没有数字" help "请写 `{right}`"
        "EX105" Error NumberUnderscore { text, right }
            doc "An underscore that does not stand between two digits."
            en "`{text}`: a single `_` may stand between two digits" help "write `{right}`"
            zh "`{text}`：`_` 只能单个写在两个数字之间" help "请写 `{right}`"
        "EX106" Error NumberBase { text, right }
            doc "A number in another base than ten."
            en "`{text}` is not written in base ten" help "write `{right}`; put a code in quotes"
            zh "`{text}` 不是十进制写法" help "请写 `{right}`；代码请加引号"
        "EX107" Error NumberGrouped { text, right }
            doc "A number with commas."
            en "`{text}` has a comma" help "write `{right}`; digits may be grouped as in `1_000`, items of a set are separated with `|`"
            zh "`{text}` 含有逗号" help "请写 `{right}`；数字可写作 `1_000`，集合各项用 `|` 分隔"
        "EX108" Error NumberFullWidth { text, character, code_point, right }
            doc "A number with full-width characters, or others that only look like ASCII."
            en "`{text}` has `{character}` ({code_point}), which no number contains" help "write `{right}` (half-width)"
            zh "`{text}` 含有 `{character}`（{code_point}），数字中不能使用" help "请用半角写 `{right}`"
        "EX109" Error NumberNotFinite { text }
            doc "Not a number, or infinity."
            en "`{text}` is no number" help "leave the value out if it is unknown"
            zh "`{text}` 不是数字" help "若数值未知，请留空"
        "EX110" Error NumberTwoPoints { text, right }
            doc "A number with two points."
            en "`{text}` has more than one point" help "a number has at most one point, for example `{right}`; a code of that spelling stands in quotes"
            zh "`{text}` 有多个小数点" help "数字最多有一个小数点，例如 `{right}`；若是代码，请加引号"
        "EX111" Error NumberSpaced { text, right }
            doc "A number with a space among its digits."
            en "`{text}` has a space among its digits" help "write `{right}`"
            zh "`{text}` 的数字中有空格" help "请写 `{right}`"
        "EX112" Error NumberInWords { text, right }
            doc "A number written in words, or a magnitude without digits."
            en "`{text}` has no digits" help "write `{right}`"
            zh "`{text}` 没有阿拉伯数字" help "请写 `{right}`"
        "EX113" Error NumberMagnitude { text, right }
            doc "A magnitude that the language does not have, or two of them."
            en "`{text}`: the magnitudes are thousand, million, billion, 万, 百万, 千万, 亿, one at a time" help "write for example `{right}`"
            zh "`{text}`：量级只有 thousand、million、billion、万、百万、千万、亿，且只能用一个" help "例如写 `{right}`"
        "EX114" Error UnitFirst { text, right }
            doc "A currency before its number."
            en "`{text}`: the currency follows the number" help "write `{right}`"
            zh "`{text}`：币种写在数字之后" help "请写 `{right}`"
        "EX115" Error NumberDigits { text, limit }
            doc "A number with more significant digits than the limit."
            en "`{text}` has more than {limit} significant digits" help "shorten it yourself, nothing is rounded here; put a code in quotes"
            zh "`{text}` 的有效数字超过 {limit} 位" help "系统不作舍入，请自行缩短；代码请加引号"
        "EX116" Error NumberDecimals { text, limit }
            doc "A number with more decimals than the limit."
            en "`{text}` has more than {limit} decimals" help "shorten it yourself, nothing is rounded here"
            zh "`{text}` 的小数超过 {limit} 位" help "系统不作舍入，请自行缩短"
        "EX117" Error NumberRange { text }
            doc "A number that its magnitude takes out of range."
            en "`{text}` reaches 10^28" help "write a smaller number"
            zh "`{text}` 达到 10^28" help "请写较小的数字"
        "EX118" Error NotANumber { text, right }
            doc "A text where a number should stand."
            en "`{text}` cannot be read as a number" help "write digits, with at most one magnitude and one unit, for example `{right}`"
            zh "`{text}` 不能读作数字" help "请写数字，最多带一个量级和一个单位，例如 `{right}`"
        "EX119" Error NumberTrailing { text, rest, right }
            doc "Further text after a number and its unit."
            en "`{rest}` after the number in `{text}`" help "a number has one magnitude and one unit, for example `{right}`"
            zh "`{text}` 的数字之后有 `{rest}`" help "数字后只有一个量级和一个单位，例如 `{right}`"
        "EX120" Error DateSpelling { text, right }
            doc "A date in another spelling than YYYY-MM-DD, or a month in another than YYYY-MM."
            en "`{text}` is not how a date is written" help "write `{right}`"
            zh "`{text}` 不是日期的写法" help "请写 `{right}`"
        "EX121" Error NoSuchDate { text }
            doc "A date or month that the calendar does not have."
            en "there is no `{text}` in the calendar" help "check the month and the day; a date is written `YYYY-MM-DD`, a month `YYYY-MM`"
            zh "日历中没有 `{text}`" help "请核对月份和日期；日期写作 `YYYY-MM-DD`，月份写作 `YYYY-MM`"
        "EX122" Error DurationSingular { text, right }
            doc "A duration with its unit in the singular."
            en "`{text}`: a duration counts `days`, `months` or `years`" help "write `{right}`"
            zh "`{text}`：时长以 `days`、`months` 或 `years` 计" help "请写 `{right}`"
        "EX123" Error DurationFraction { text }
            doc "A duration that is no whole number of its unit."
            en "`{text}` is no whole number of its unit" help "write a whole number, for example `18 months`"
            zh "`{text}` 不是整数时长" help "请写整数，例如 `18 months`"
        "EX201" Error Empty { right }
            doc "An expression without any text."
            en "the expression is empty" help "write a condition or a value, for example `{right}`"
            zh "表达式为空" help "请写条件或取值，例如 `{right}`"
        "EX202" Error BeginsWithOperator { operator }
            doc "An expression that begins with an operator."
            en "an expression cannot begin with `{operator}`" help "name what is compared first: `x {operator} 5`"
            zh "表达式不能以 `{operator}` 开头" help "请先写被比较的内容：`x {operator} 5`"
        "EX203" Error BeginsWithText { text }
            doc "An expression that begins with a quoted text."
            en "an expression cannot begin with the text `{text}`: YAML would take its quotes away" help "name the fact first: `x = {text}`"
            zh "表达式不能以文本 `{text}` 开头：YAML 会去掉引号" help "请先写信息项：`x = {text}`"
        "EX204" Error BeginsWithMinus { right }
            doc "An expression that begins with a minus and a space."
            en "an expression cannot begin with a minus and a space: YAML reads a list" help "write `{right}`"
            zh "表达式不能以减号加空格开头：YAML 会读作列表" help "请写 `{right}`"
        "EX205" Error MissingOperand { after, found }
            doc "An operator without a value beside it."
            en "a value is missing between `{after}` and `{found}`" help "write a name, a number or a parenthesis there"
            zh "`{after}` 与 `{found}` 之间缺少取值" help "请写名称、数字或括号"
        "EX206" Error UnexpectedEnd { after }
            doc "An expression that ends too early."
            en "the expression ends after `{after}`" help "write what follows `{after}`, on the same line"
            zh "表达式在 `{after}` 之后中断" help "请在同一行写完 `{after}` 之后的内容"
        "EX207" Error UnclosedParenthesis { }
            doc "A parenthesis that is not closed."
            en "this `(` is not closed" help "add `)`"
            zh "此 `(` 没有闭合" help "请补上 `)`"
        "EX208" Error StrayParenthesis { }
            doc "A closing parenthesis without an opening one."
            en "this `)` closes nothing" help "remove it, or add `(`"
            zh "此 `)` 没有对应的 `(`" help "请删除，或补上 `(`"
        "EX209" Error ChainedComparison { written, right }
            doc "Comparisons in a row."
            en "`{written}`: a comparison has two sides" help "write `{right}`; for both ends included, `x in a..b`"
            zh "`{written}`：比较只有左右两边" help "请写 `{right}`；含两端的范围写作 `x in a..b`"
        "EX210" Error TextLeft { text }
            doc "A text where it cannot stand."
            en "the text {text} stands to the right of a comparison or in a set" help "write `x = {text}`, or `x in 'a' | {text}`"
            zh "文本 {text} 只能写在比较的右边或集合中" help "请写 `x = {text}` 或 `x in 'a' | {text}`"
        "EX211" Error MissingOperator { left, right }
            doc "Two values side by side."
            en "no operator between `{left}` and `{right}`" help "write `and`, `or`, a comparison or an arithmetic sign between them; join the words of a name with `_`"
            zh "`{left}` 与 `{right}` 之间没有运算符" help "请在其间写 `and`、`or`、比较或算术符号；名称中的词用 `_` 连接"
        "EX212" Error SetBrackets { written, right }
            doc "A set in brackets."
            en "`{written}`: a set has no brackets" help "write `{right}`"
            zh "`{written}`：集合不加括号" help "请写 `{right}`"
        "EX213" Error Between { right }
            doc "The word `between`."
            en "there is no `between`" help "write `{right}`; both ends are included"
            zh "没有 `between`" help "请写 `{right}`，含两端"
        "EX214" Error IsNotKnown { right }
            doc "`is not known`, `is null`, `is empty` and the like."
            en "that a fact is unknown is no condition: it may still come, so the answer would never be yes" help "give it a default, `(x or else 0)`, or ask `x is known`"
            zh "“未知”不能作为条件：信息以后仍可能补充，结果永远不会为“是”" help "请指定缺省值：`(x or else 0)`，或用 `x is known` 询问"
        "EX215" Error IsOther { right }
            doc "`is` with something else than `known`."
            en "`is` is followed by `known`; values are compared with `=`" help "write `{right}`"
            zh "`is` 之后只能是 `known`；比较取值用 `=`" help "请写 `{right}`"
        "EX216" Error IfWithoutElse { }
            doc "An `if` without its `else`."
            en "this `if` has no `else`" help "write `if a then b else c`; without it the value would be undefined"
            zh "此 `if` 没有 `else`" help "请写 `if a then b else c`，否则取值不确定"
        "EX217" Error IfWithoutThen { }
            doc "An `if` without its `then`."
            en "this `if` has no `then`" help "write `if a then b else c`"
            zh "此 `if` 没有 `then`" help "请写 `if a then b else c`"
        "EX218" Error WhereMisplaced { }
            doc "A `where` that belongs to no aggregate."
            en "`where` follows the list of an aggregate or of `some` and `every`" help "keep them together, in parentheses beside anything else: `(count of rows where a) >= 2`"
            zh "`where` 须紧跟汇总或 `some`、`every` 的列表" help "请写在一起，与其他内容并列时加括号：`(count of rows where a) >= 2`"
        "EX219" Error PreviousMisuse { found }
            doc "`previous` before something else than a name, or together with `for`."
            en "`previous` stands before the name of a series, without `for`; found {found}" help "write `previous x`, or `x for 2023`"
            zh "`previous` 写在数列名称之前，不与 `for` 同用；此处为 {found}" help "请写 `previous x` 或 `x for 2023`"
        "EX220" Error OrElseMisplaced { right }
            doc "`or else` without parentheses, or not after a name."
            en "`or else` gives a name its default, within parentheses" help "write `{right}`"
            zh "`or else` 为名称指定缺省值，须加括号" help "请写 `{right}`"
        "EX221" Error NeedsParentheses { written }
            doc "An `if`, a `where` or a choice of `greatest` or `least` beside something else."
            en "`{written}` stands alone, or in parentheses" help "put it in parentheses, up to its end"
            zh "`{written}` 只能单独出现，或写在括号内" help "请将其整体加上括号"
        "EX222" Error EdgeExpected { after, found }
            doc "Something else than a period or date where one is needed."
            en "after `{after}` stands a year, month, date, name or parenthesis, not {found}" help "put a calculation in parentheses: `{after} (a + b)`"
            zh "`{after}` 之后应为年、月、日期、名称或括号，而非 {found}" help "计算请加括号：`{after} (a + b)`"
        "EX223" Error Expected { expected, found }
            doc "Another word than the one that must follow."
            en "`{expected}` is missing before {found}" help "write `{expected}` there"
            zh "{found} 之前缺少 `{expected}`" help "请在此处写 `{expected}`"
        "EX224" Error RangeEmpty { }
            doc "A range without any end."
            en "a range has at least one end" help "write `a..b`, `a..` or `..b`"
            zh "范围至少要有一端" help "请写 `a..b`、`a..` 或 `..b`"
        "EX225" Error RangeAndItems { }
            doc "A range among the items of a set."
            en "a set is one range or items with `|`, not both" help "write `x in a..b or x in c | d`"
            zh "集合是一个范围，或用 `|` 分隔的各项，不能兼有" help "请写 `x in a..b or x in c | d`"
        "EX226" Error KnownOfExpression { written }
            doc "`is known` after something else than a name."
            en "`is known` asks about a name, not `{written}`" help "write `x is known`"
            zh "`is known` 只能用于名称，而非 `{written}`" help "请写 `x is known`"
        "EX227" Error NameExpected { after, found }
            doc "Something else than a name where one is needed."
            en "a name stands after `{after}`, not {found}" help "write the name of a fact or list"
            zh "`{after}` 之后应为名称，而非 {found}" help "请写信息项或列表的名称"
        "EX228" Error Call { name }
            doc "A name followed by a parenthesis, as if it were a function."
            en "`{name}(`: there are no functions with parentheses" help "write `greatest of a | b`, `sum of a in rows`, `years from a to b` and the like"
            zh "`{name}(`：没有带括号的函数" help "请写 `greatest of a | b`、`sum of a in rows`、`years from a to b` 等"
        "EX229" Error NotMisplaced { }
            doc "A `not` in the middle of a comparison."
            en "`not` stands before a whole comparison" help "write `not x = y`, or put the part in parentheses: `(not x)`"
            zh "`not` 写在整个比较之前" help "请写 `not x = y`，或加括号：`(not x)`"
        "EX230" Error ReservedWord { word }
            doc "A word of the language where a value should stand."
            en "`{word}` is a word of the language" help "if a value is meant, put it in quotes: `'{word}'`"
            zh "`{word}` 是语言的保留字" help "若是取值，请加引号：`'{word}'`"
        "EX231" Error QuantifierForm { quantifier, name }
            doc "`some` or `every` without `in` or `where`."
            en "`{quantifier} {name}` asks about each value or row" help "write `{quantifier} {name} in a | b`, or `{quantifier} {name} where c`"
            zh "`{quantifier} {name}` 用于逐个检查取值或行" help "请写 `{quantifier} {name} in a | b` 或 `{quantifier} {name} where c`"
        "EX232" Error FunctionForm { function }
            doc "A function of which it is not said what it ranges over."
            en "it is not said over which list or series `{function} of` ranges" help "write `{function} of a in rows` or `{function} of a from 2023 to 2024`; of several values, `greatest of a | b`"
            zh "未说明 `{function} of` 针对哪个列表或数列" help "请写 `{function} of a in rows` 或 `{function} of a from 2023 to 2024`；多个取值中选一个用 `greatest of a | b`"
        "EX233" Error WindowLength { found }
            doc "A window whose length is no number of months or years."
            en "a window lasts for whole months or years, not {found}" help "write `for 12 months` or `for 3 years`"
            zh "窗口长度为整月或整年，而非 {found}" help "请写 `for 12 months` 或 `for 3 years`"
        "EX234" Error OrderForm { }
            doc "An order without its direction."
            en "an order ends with its direction" help "write `x descending`, `x ascending`, `a first` or `a last`"
            zh "排序须以方向结尾" help "请写 `x descending`、`x ascending`、`a first` 或 `a last`"
        "EX235" Error OrderOfCondition { direction }
            doc "A condition ordered as if it were a number."
            en "a condition has no `{direction}` order" help "write `a first` or `a last`"
            zh "条件不能按 `{direction}` 排序" help "请写 `a first` 或 `a last`"
        "EX236" Error FirmsForm { }
            doc "A count of firms that is not written so."
            en "firms are counted with `firms`, perhaps with a condition after `where`" help "write `firms where a and b`"
            zh "企业计数写作 `firms`，条件写在 `where` 之后" help "请写 `firms where a and b`"
        "EX237" Error RoundForm { }
            doc "A rounding that is not written so."
            en "a rounding is `down to`, `up to` or `nearest to` a number above zero" help "write `down to 10_000 CNY`"
            zh "取整写作 `down to`、`up to` 或 `nearest to` 加正数" help "请写 `down to 10_000 CNY`"
        "EX238" Error NotAValue { found }
            doc "Something else than a single value where one is needed."
            en "a single value stands here, not {found}" help "write a number, a date, a word or a text; name a calculation under `define`"
            zh "此处应为单个取值，而非 {found}" help "请写数字、日期、单词或文本；计算请在 `define` 中命名"
        "EX239" Error EndsWithout { after, expected }
            doc "An expression that ends before a word that it needs."
            en "the expression ends after `{after}`, without `{expected}`" help "write `{expected}` and what belongs to it"
            zh "表达式在 `{after}` 之后中断，缺少 `{expected}`" help "请写出 `{expected}` 及其内容"
    }
}
