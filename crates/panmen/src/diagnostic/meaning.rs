//! `EX5`: an expression that is well formed and cannot mean anything.

use super::problems;

problems! {
    /// What can be wrong with the names and types of an expression.
    MeaningProblem {
        "EX501" Error UnknownName { name }
            doc "A name that the pack does not declare."
            en "unknown name `{name}`" help "declare it in the pack, or correct the spelling"
            zh "未知的名称 `{name}`" help "请在规则包中声明，或更正拼写"
        "EX502" Error NotComparable { left, right }
            doc "A comparison of two things that cannot be compared."
            en "cannot compare `{left}` with `{right}`" help "both sides need the same type, unit and currency"
            zh "无法比较 `{left}` 与 `{right}`" help "两边须类型、单位和币种相同"
        "EX503" Error NotACondition { found }
            doc "A value where yes or no is needed."
            en "a condition is needed here, and this is `{found}`" help "compare it with something, for example `x >= limit`"
            zh "此处须为条件，而这里是 `{found}`" help "请与某个值比较，例如 `x >= limit`"
        "EX504" Error NotANumber { found }
            doc "Something that is not a number where one is needed."
            en "a number is needed here, and this is `{found}`" help "use a fact, parameter or derived value of a number type"
            zh "此处须为数字，而这里是 `{found}`" help "请使用数字类型的信息项、参数或派生值"
        "EX505" Error UnitsDiffer { left, right }
            doc "A sum or difference of two different units or currencies."
            en "cannot add or subtract `{left}` and `{right}`" help "bring both to one unit; money is converted with `convert x to CNY`"
            zh "`{left}` 与 `{right}` 不能相加减" help "请统一单位；金额可用 `convert x to CNY` 折算"
        "EX506" Error UnitsMultiplied { left, right }
            doc "A product or quotient that would make a new unit."
            en "cannot multiply or divide `{left}` by `{right}`" help "multiply by a number or percent; divide by a number or by the same unit"
            zh "`{left}` 与 `{right}` 不能相乘除" help "请乘以数字或百分比；除数须为数字或相同单位"
        "EX507" Error NoOrder { found }
            doc "`<`, `<=`, `>`, `>=` or a range on something that has no order."
            en "`{found}` has no order" help "use `=`, `!=` or `in a | b`"
            zh "`{found}` 没有大小之分" help "请用 `=`、`!=` 或 `in a | b`"
        "EX508" Error AmbiguousWord { word, set }
            doc "A word that is both a name of the pack and an option of the other side."
            en "`{word}` is both a name of the pack and an option of `{set}`" help "rename one of the two, or write the option in quotes: `'{word}'`"
            zh "`{word}` 既是规则包中的名称，又是 `{set}` 的选项" help "请改名其中之一，或给选项加引号：`'{word}'`"
        "EX509" Error ManyIn { fact }
            doc "`in` or a comparison with a fact that has many values."
            en "`{fact}` has many values" help "write `some {fact} in ...`, `every {fact} in ...`, or `option in {fact}`"
            zh "`{fact}` 有多个值" help "请写 `some {fact} in ...`、`every {fact} in ...` 或 `选项 in {fact}`"
        "EX510" Error NotMany { name }
            doc "`some x in` or `every x in` over something that has one value."
            en "`{name}` does not have many values" help "write `{name} in ...`; a fact has many values with `many: yes`"
            zh "`{name}` 不是多值信息项" help "请写 `{name} in ...`；多值信息项须注明 `many: yes`"
        "EX511" Error BareMonthly { fact }
            doc "A monthly series without a period."
            en "`{fact}` is monthly and needs a period" help "write a window, for example `sum of {fact} from 2024-01 to 2024-12`, or `{fact} for 2024-06`"
            zh "`{fact}` 按月填报，须注明期间" help "请写时间窗，例如 `sum of {fact} from 2024-01 to 2024-12`，或 `{fact} for 2024-06`"
        "EX512" Error NotSeries { name }
            doc "`previous`, `for` or a window on something that is no series."
            en "`{name}` is not a series" help "`previous`, `for` and windows need a fact with `per: year` or `per: month`"
            zh "`{name}` 不是时间序列" help "`previous`、`for` 和时间窗只能用于带 `per: year` 或 `per: month` 的信息项"
        "EX513" Error NotAList { name }
            doc "An aggregate over something that is no list of records."
            en "`{name}` is not a list of records" help "name a fact of `type: list`"
            zh "`{name}` 不是记录列表" help "请写 `type: list` 的信息项"
        "EX514" Error NotKnowable { }
            doc "`is known` or `or else` on something that is no fact."
            en "only a fact can be known or absent" help "name a fact, a period of a series, or a field of a row"
            zh "只有信息项才有“已知”或“缺失”之分" help "请写信息项、时间序列的某一期，或记录的字段"
        "EX515" Error Cycle { path }
            doc "Definitions that need each other in a circle."
            en "these need each other in a circle: {path}" help "break the circle: let one of them be a fact or a parameter"
            zh "以下内容循环依赖：{path}" help "请打破循环：将其中之一改为信息项或参数"
        "EX516" Error NoRate { from, to, parameter }
            doc "`convert` between two currencies for which the pack has no rate."
            en "there is no rate from {from} to {to}" help "declare the parameter `{parameter}` (type decimal) with its date and citation"
            zh "没有 {from} 到 {to} 的汇率" help "请声明参数 `{parameter}`（类型 decimal），注明日期和依据"
        "EX517" Error LadderAlone { ladder, level }
            doc "A ladder where a condition or value is needed."
            en "`{ladder}` alone is not a condition" help "write `{ladder}.{level}` or `{ladder} in {level} | ...`"
            zh "`{ladder}` 本身不是条件" help "请写 `{ladder}.{level}` 或 `{ladder} in {level} | ...`"
        "EX518" Error UnknownLevel { level, ladder, known }
            doc "A level or class that the ladder or classification does not have."
            en "`{ladder}` has no `{level}`" help "it has {known}"
            zh "`{ladder}` 中没有 `{level}`" help "可用的有 {known}"
        "EX519" Error NotADate { found }
            doc "Something that is not a date where one is needed."
            en "a date is needed here, and this is `{found}`" help "name a fact of type date, `decision_date`, or write `YYYY-MM-DD`"
            zh "此处须为日期，而这里是 `{found}`" help "请写日期类型的信息项、`decision_date` 或 `YYYY-MM-DD`"
        "EX520" Error NotAPeriod { found, per }
            doc "A period that does not fit the series."
            en "`{found}` is not a period of a series per {per}" help "a series per year takes a year or a date, one per month a month or a date (in a window also a year)"
            zh "`{found}` 不是 `per: {per}` 序列的期间" help "按年序列用年份或日期，按月序列用月份或日期（时间窗中也可用年份）"
        "EX521" Warning Shadow { field }
            doc "A field that has the name of a fact or another entry of the pack."
            en "inside this aggregate `{field}` is the field, not the pack's `{field}`" help "rename the field or the other, so that nobody has to remember which is meant"
            zh "在此汇总中 `{field}` 指字段，而不是规则包中的 `{field}`" help "请改名其一，避免混淆"
        "EX522" Error UnknownUnit { unit }
            doc "A unit that is no currency and that no fact declares."
            en "unknown unit `{unit}`" help "use a currency, or a unit that a fact or parameter declares"
            zh "未知的单位 `{unit}`" help "请使用币种，或信息项、参数声明过的单位"
        "EX523" Error NotAPercent { found }
            doc "Something other than a percent left of `of`."
            en "left of `of` stands a percent, and this is `{found}`" help "write for example `80% of costs`"
            zh "`of` 左边须为百分比，而这里是 `{found}`" help "例如写 `80% of costs`"
        "EX524" Error BranchesDiffer { left, right }
            doc "Two branches, rows or picked items of different types."
            en "one part gives `{left}` and another `{right}`" help "let all of them give the same type, unit and currency"
            zh "一处为 `{left}`，另一处为 `{right}`" help "各处须类型、单位和币种相同"
        "EX525" Error ListAlone { list }
            doc "A code list where a value is needed."
            en "`{list}` is a list of codes, not a value" help "write `x in {list}`"
            zh "`{list}` 是代码列表，不是值" help "请写 `x in {list}`"
        "EX526" Error WrongKind { found, expected }
            doc "An expression that gives something else than its place needs."
            en "`{expected}` is needed here, and this is `{found}`" help "correct the expression, its unit or its currency"
            zh "此处须为 `{expected}`，而这里是 `{found}`" help "请更正表达式、单位或币种"
        "EX527" Warning EveryOverNothing { list }
            doc "`every` over a list, which is yes when the list is empty."
            en "`every {list}` is yes when there are no rows" help "pair it with `count of {list} >= ...` if the firm needs at least one"
            zh "列表为空时 `every {list}` 为“是”" help "如要求至少一项，请同时写 `count of {list} >= ...`"
        "EX528" Error CodeRange { found }
            doc "A range of codes or texts."
            en "`{found}` has no ranges" help "name a list: `x in list_name`, or write the codes: `a | b`"
            zh "`{found}` 没有区间" help "请写列表 `x in 列表名`，或逐个写出代码 `a | b`"
        "EX529" Error WindowOrder { }
            doc "A window that ends before it begins."
            en "the window ends before it begins" help "write the earlier period after `from`"
            zh "时间窗的结束早于开始" help "请把较早的期间写在 `from` 后"
        "EX530" Error WholeFact { name, kind }
            doc "A list, or a fact with many values, where one value is needed."
            en "`{name}` ({kind}) is not one value" help "use `some`, `every`, `count of`, or `sum of ... in` on it"
            zh "`{name}`（{kind}）不是单个值" help "请用 `some`、`every`、`count of` 或 `sum of ... in`"
        "EX531" Error DateArithmetic { }
            doc "Arithmetic on dates other than adding or subtracting days, months or years."
            en "dates take `+ 12 months` and the like, nothing else" help "for the time between two dates write `days from a to b`"
            zh "日期只能加减天数、月数或年数，例如 `+ 12 months`" help "两个日期之间的时长请写 `days from a to b`"
        "EX532" Error LoneDuration { text }
            doc "A duration where it means nothing."
            en "`{text}` means nothing by itself here" help "add it to a date, or compare it with `months from a to b`"
            zh "`{text}` 单独在此没有意义" help "请与日期相加减，或与 `months from a to b` 比较"
        "EX533" Error BoundWithin { bound, fixed }
            doc "A comparison with the result of `count` or `sum` that stands within its `where`."
            en "the comparison with `{bound}` stands within `where`" help "put what is counted in parentheses: `{fixed}`"
            zh "与 `{bound}` 的比较写在了 `where` 之内" help "请把计数部分放进括号：`{fixed}`"
    }
}
