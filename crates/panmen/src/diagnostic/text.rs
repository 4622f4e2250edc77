//! `YM`: a text that is not readable YAML or JSON, or uses what is refused.

use super::problems;

problems! {
    /// What can be wrong with a text before anything in it means something.
    TextProblem {
        "YM001" Error NotUtf8 { offset, guess }
            doc "The bytes are not UTF-8, and look like another encoding."
            en "not UTF-8 at byte {offset}: this looks like {guess}" help "save the file as UTF-8"
            zh "第 {offset} 字节处不是 UTF-8，看起来是 {guess}" help "请将文件另存为 UTF-8 编码"
        "YM002" Error BrokenUtf8 { offset }
            doc "The bytes are not UTF-8, and no other encoding is likely."
            en "not UTF-8 at byte {offset}" help "save the file as UTF-8; a file cut off while it was copied ends like this too"
            zh "第 {offset} 字节处不是 UTF-8" help "请将文件另存为 UTF-8 编码；复制时被截断的文件也会如此"
        "YM003" Error TooLarge { size, limit }
            doc "The text is larger than is read."
            en "{size} bytes, and at most {limit} are read" help "split the file"
            zh "文本有 {size} 字节，最多读取 {limit} 字节" help "请拆分该文件"
        "YM004" Error EmptyText {}
            doc "The text says nothing."
            en "nothing is written here" help "write at least one line of the form `key: value`"
            zh "此处没有任何内容" help "请至少写一行 `键: 值`"
        "YM005" Error TooDeep { limit }
            doc "Collections are nested more deeply than is read."
            en "nested more than {limit} levels deep" help "give the inner part a name of its own and refer to it; reading stopped here"
            zh "嵌套超过 {limit} 层" help "请为内层部分单独命名后再引用；读取到此为止"
        "YM006" Error TooManyNodes { limit }
            doc "There are more keys, values and collections than are read."
            en "more than {limit} keys and values" help "split the file; reading stopped here"
            zh "键和值超过 {limit} 个" help "请拆分该文件；读取到此为止"
        "YM007" Error ScalarTooLong { size, limit }
            doc "One text is longer than is read."
            en "a text of {size} bytes, and at most {limit} are read" help "shorten it, or keep it in a document of its own"
            zh "该文本有 {size} 字节，最多读取 {limit} 字节" help "请缩短，或另存为单独的文件"
        "YM008" Error ControlCharacter { code_point }
            doc "A control character, for example NUL."
            en "control character {code_point}" help "remove it; a text has only visible characters, spaces and line breaks"
            zh "控制字符 {code_point}" help "请删除；文本只能包含可见字符、空格和换行"
        "YM009" Error Invisible { code_point }
            doc "A zero-width or bidirectional character in a key or in a text without quotes."
            en "invisible character {code_point}" help "remove it; it was probably copied along with the text, and makes two words that look alike differ"
            zh "不可见字符 {code_point}" help "请删除；它多半是随文本一起复制来的，会使看似相同的两个词不相等"
        "YM010" Error TabIndent {}
            doc "A tab where YAML counts the spaces at the beginning of a line."
            en "a tab at the beginning of a line" help "indent with spaces; YAML counts them, and a tab has no agreed width"
            zh "行首使用了制表符" help "请用空格缩进；YAML 按空格数判断层级，而制表符没有固定宽度"
        "YM011" Error TooManyProblems { limit }
            doc "So many problems that the rest is not listed."
            en "more than {limit} problems in this text" help "mend those above first; reading stopped here"
            zh "此文本的问题超过 {limit} 个" help "请先修正以上问题；读取到此为止"
        "YM012" Error LoneReturn {}
            doc "A carriage return without a line feed, which some programs take for a line break and others do not."
            en "a carriage return (U+000D) alone, which not every program takes for a line break" help "save the file with the line breaks LF or CRLF"
            zh "单独的回车符（U+000D），并非所有程序都视为换行" help "请以 LF 或 CRLF 换行格式保存文件"
        "YM013" Error SpaceLikeIndent { code_point }
            doc "A no-break or full-width space at the beginning of a line, where YAML counts ordinary spaces."
            en "the character {code_point} at the beginning of a line looks like a space and is none" help "indent with ordinary spaces; the rest of this file may not have been read"
            zh "行首的字符 {code_point} 看似空格，但不是空格" help "请用半角空格缩进；此文件其余部分可能未读取"
        "YM014" Error SpaceLikeAfterColon { key, code_point }
            doc "A no-break or full-width space after the colon of a key."
            en "the character {code_point} after the colon of `{key}` looks like a space and is none" help "write `{key}: ...`, with an ordinary space"
            zh "`{key}` 的冒号后是字符 {code_point}，看似空格，但不是空格" help "请写成 `{key}: ...`，冒号后用半角空格"
        "YM015" Error FullWidthMark { character, code_point, ascii }
            doc "A full-width comma, bracket or brace where YAML has its own."
            en "`{character}` ({code_point}) is no mark of YAML" help "type `{ascii}` (half-width); the rest of this file was not read"
            zh "`{character}`（{code_point}）不是 YAML 的标点" help "请改用半角 `{ascii}`；此文件其余部分未读取"
        "YM016" Error ColonInCondition { right }
            doc "A condition with a colon where an equals sign is meant."
            en "a condition compares with `=`, not with a colon" help "write `{right}`; the rest of this file was not read"
            zh "条件中的比较用 `=`，不用冒号" help "请写 `{right}`；此文件其余部分未读取"
        "YM017" Error NotSign { right }
            doc "A condition that is negated with an exclamation mark."
            en "a condition is negated with `not`, not with `!`" help "write `{right}`"
            zh "条件的否定用 `not`，不用 `!`" help "请写 `{right}`"

        "YM020" Error Alias { name }
            doc "An alias, `*name`, that would repeat another part of the text."
            en "`*{name}` would repeat a part marked elsewhere, and is not allowed" help "write the value out, or, if it is text, in quotes: `\"*{name}\"`"
            zh "`*{name}` 会重复另一处的内容，不允许使用" help "请直接写出该值；若是文本，请加引号：`\"*{name}\"`"
        "YM021" Error Anchor { name }
            doc "An anchor, `&name`, that marks a part for repetition."
            en "`&{name}` would mark this part for repetition, and is not allowed" help "remove it, or, if it is text, write it in quotes: `\"&{name}\"`"
            zh "`&{name}` 会将此处标记为可重复，不允许使用" help "请删除；若是文本，请加引号：`\"&{name}\"`"
        "YM022" Error Tag { tag }
            doc "A tag, `!name`, that would change how a value is read."
            en "the tag `{tag}` would change how the value is read, and is not allowed" help "remove the tag: a value is read by the type that its key declares; text that begins with `!` goes in quotes"
            zh "标签 `{tag}` 会改变该值的读法，不允许使用" help "请删除标签：值按其键声明的类型读取；以 `!` 开头的文本请加引号"
        "YM023" Error MergeKey {}
            doc "A merge key, `<<`, that would copy another mapping."
            en "the merge key `<<` is not allowed" help "write the keys out where they are needed"
            zh "不允许使用合并键 `<<`" help "请在需要处直接写出各个键"
        "YM024" Error SeveralDocuments {}
            doc "A second document in one text."
            en "a second document begins here" help "keep one document in a file: remove the `---` or `...`, or move what follows to a file of its own"
            zh "此处开始了第二个文档" help "一个文件只写一个文档：请删除 `---` 或 `...`，或将后续内容移到另一个文件"
        "YM025" Error ComplexKey {}
            doc "A key that is a list, a mapping, or written with `?`."
            en "a key must be one word or text on one line" help "write `key: value`; braces or brackets before a colon, and a `?` before a key, are not allowed"
            zh "键必须是单行的词或文本" help "请写成 `键: 值`；冒号前不能是花括号或方括号，键前不能有 `?`"
        "YM026" Error DuplicateKey { key }
            doc "The same key twice in one mapping."
            en "the key `{key}` is given twice" help "keep one of them"
            zh "键 `{key}` 重复" help "请只保留一个"
        "YM027" Error EmptyKey {}
            doc "A colon with no key before it."
            en "a key is missing before the colon" help "write `key: value`"
            zh "冒号前缺少键" help "请写成 `键: 值`"
        "YM028" Error Directive {}
            doc "A directive, a line that begins with `%`."
            en "a line that begins with `%` instructs the YAML reader, and is not allowed" help "remove the line; text that begins with `%` goes in quotes; the rest of this file was not read"
            zh "以 `%` 开头的行是 YAML 指令，不允许使用" help "请删除该行；以 `%` 开头的文本请加引号；此文件其余部分未读取"
        "YM029" Error PairInList { key }
            doc "`a: b` within `[ ]`, which YAML reads as a mapping of its own."
            en "the colon after `{key}` cuts this entry of the list in two" help "write `{{{key}: ...}}` if it is a key with a value, or put text that has a colon in quotes"
            zh "`{key}` 后的冒号把列表中的这一项切成了两半" help "若是键和值，请写成 `{{{key}: ...}}`；若是含冒号的文本，请加引号"
        "YM030" Error KeyWithoutValue { key }
            doc "A word within `{ }` that is no key with a value, often a text cut by its own comma."
            en "`{key}` has no value" help "a comma ends a text within braces: put the text in quotes or on a line of its own; a key is written `key: value`"
            zh "`{key}` 没有值" help "花括号中逗号会结束文本：请给文本加引号或另起一行；键请写成 `键: 值`"
        "YM031" Error DashInText {}
            doc "A line that begins with `- ` but is indented so that it continues the text above."
            en "this line was meant as an entry of a list, and continues the text above it" help "put the `-` in the same column as the other entries"
            zh "此行本应是列表的一项，却成了上一行文本的延续" help "请使 `-` 与其他项的 `-` 对齐"

        "YM040" Error Syntax {}
            doc "The text is not YAML, in a way that has no explanation of its own."
            en "this cannot be read as YAML" help "put text that has unusual punctuation in quotes, and compare the indentation with the lines above; the rest of this file was not read"
            zh "此处不符合 YAML 语法" help "含特殊标点的文本请加引号，并与上方各行核对缩进；此文件其余部分未读取"
        "YM041" Error OperatorFirst { operator }
            doc "A value that begins with an operator, which YAML takes for punctuation of its own."
            en "a value cannot begin with `{operator}`" help "in a rule the fact stands on the left, for example `employees {operator} 5`; in a profile stands a value, or a range such as `5..`; the rest of this file may not have been read"
            zh "值不能以 `{operator}` 开头" help "规则中请在左侧写出信息项，例如 `employees {operator} 5`；企业信息表中请写取值，或 `5..` 这样的范围；此文件其余部分可能未读取"
        "YM042" Error SecondColon { before }
            doc "A second colon with a space on one line."
            en "a second `: ` on one line, after `{before}`" help "put text that has a colon in quotes, or move the inner key to a line of its own, indented; the rest of this file was not read"
            zh "同一行中 `{before}` 之后出现了第二个 `: `" help "含冒号的文本请加引号，或将内层的键另起一行并缩进；此文件其余部分未读取"
        "YM043" Error UnclosedQuote { quote }
            doc "A quote that is never closed."
            en "the quote `{quote}` that begins here is not closed" help "end the text with the same quote; a line break within quotes must be indented; the rest of this file was not read"
            zh "此处开始的引号 `{quote}` 没有闭合" help "请以同样的引号结束文本；引号内换行须缩进；此文件其余部分未读取"
        "YM044" Error UnclosedBracket { bracket }
            doc "A bracket or brace that is never closed."
            en "the `{bracket}` that begins here is not closed" help "close it where the list or mapping ends; the rest of this file was not read"
            zh "此处开始的 `{bracket}` 没有闭合" help "请在列表或映射结束处闭合；此文件其余部分未读取"
        "YM045" Error WrongBracket { open, close }
            doc "A bracket closed by a brace, or the other way round."
            en "`{open}` is closed by `{close}`" help "a list is `[a, b]`, a mapping is `{{a: b}}`; the rest of this file was not read"
            zh "`{open}` 被 `{close}` 闭合" help "列表写作 `[a, b]`，映射写作 `{{a: b}}`；此文件其余部分未读取"
        "YM046" Error StrayBracket { bracket }
            doc "A closing bracket or brace without an opening one."
            en "`{bracket}` closes nothing" help "remove it, or put the text in quotes; the rest of this file was not read"
            zh "`{bracket}` 没有对应的开括号" help "请删除，或给文本加引号；此文件其余部分未读取"
        "YM047" Error Indentation {}
            doc "A line that is indented like no line above it."
            en "this line is indented like no level above it" help "keys of one mapping begin in the same column, what belongs to a key is indented further, and a line cannot be indented under one that already has its value; the rest of this file was not read"
            zh "此行的缩进与上方任何一层都不一致" help "同一映射的键须对齐，属于某个键的内容须缩进更多，已有值的行之下不能再缩进；此文件其余部分未读取"
        "YM048" Error AfterQuote { text }
            doc "Text after a closing quote."
            en "text after the closing quote: `{text}`" help "quote the whole value; a single quote within single quotes is doubled (`''`), a double quote within double quotes is `\\\"`; entries of a list need a comma between them; the rest of this file was not read"
            zh "右引号之后还有文本：`{text}`" help "请给整个值加引号；单引号文本内的单引号写两次（`''`），双引号文本内的双引号写作 `\\\"`；列表各项之间用逗号分隔；此文件其余部分未读取"
        "YM049" Error AfterBracket { text }
            doc "Text after a closing bracket or brace."
            en "text after the closing bracket: `{text}`" help "remove what follows, or put the whole text in quotes; the rest of this file was not read"
            zh "右括号之后还有文本：`{text}`" help "请删除后面的内容，或给整段文本加引号；此文件其余部分未读取"
        "YM050" Error ReservedStart { character }
            doc "A text that begins with a character that YAML keeps for itself."
            en "a text without quotes cannot begin with `{character}`" help "put it in quotes; the rest of this file was not read"
            zh "不加引号的文本不能以 `{character}` 开头" help "请加引号；此文件其余部分未读取"
        "YM051" Error FullWidthColon { key }
            doc "The full-width colon of a Chinese input method after a key."
            en "the colon after `{key}` is the full-width `：`" help "write the ASCII colon and a space: `{key}: ...`"
            zh "`{key}` 后使用了全角冒号 `：`" help "请改用半角冒号加空格：`{key}: ...`"
        "YM052" Error NoSpaceAfterColon { key }
            doc "A key whose colon is not followed by a space."
            en "no space after the colon of `{key}`" help "write `{key}: ...`, with a space after the colon"
            zh "`{key}` 的冒号后缺少空格" help "请写成 `{key}: ...`，冒号后加一个空格"
        "YM053" Error KeyWithoutColon { text }
            doc "A line among keys that has no colon."
            en "`{text}` stands among keys and has no colon" help "write `key: value`; a text that goes on from the line above is indented further; the rest of this file was not read"
            zh "`{text}` 位于各键之间却没有冒号" help "请写成 `键: 值`；若是上一行文本的延续，请缩进更多；此文件其余部分未读取"
        "YM054" Error BadEscape { escape }
            doc "A backslash in double quotes that begins no escape."
            en "`{escape}` is not an escape" help "a backslash within double quotes is written `\\\\`; within single quotes it needs no doubling; the rest of this file was not read"
            zh "`{escape}` 不是有效的转义" help "双引号内的反斜杠写作 `\\\\`，单引号内无需转义；此文件其余部分未读取"
        "YM055" Error StrayComma {}
            doc "A comma before which there is nothing."
            en "nothing stands before this comma" help "remove the comma, or put text that begins with a comma in quotes; the rest of this file was not read"
            zh "此逗号之前没有内容" help "请删除该逗号；若文本以逗号开头，请加引号；此文件其余部分未读取"
        "YM056" Error ListOnKeyLine {}
            doc "A list that begins on the line of its key."
            en "a `- ` list cannot begin on the line of its key" help "begin it on the next line, or write `[a, b]`; a negative number has no space after its minus; the rest of this file was not read"
            zh "`- ` 列表不能与键写在同一行" help "请从下一行开始，或写成 `[a, b]`；负数的负号后没有空格；此文件其余部分未读取"
        "YM057" Error ListAndKeys {}
            doc "Entries of a list and keys of a mapping at one level."
            en "entries of a list (`- `) and keys stand at one level here" help "a level is either a list or keys: give the list a key of its own, or indent it; the rest of this file was not read"
            zh "此处同一层既有列表项（`- `）又有键" help "同一层只能是列表或键：请为列表单独加键，或调整缩进；此文件其余部分未读取"
        "YM058" Error CommentInBracket {}
            doc "A ` #` within brackets that hides their end."
            en "` #` begins a comment, which hides the closing bracket" help "put text that has ` #` in quotes; the rest of this file was not read"
            zh "` #` 之后是注释，遮住了右括号" help "含 ` #` 的文本请加引号；此文件其余部分未读取"
        "YM059" Error BlockTextOnLine { mark }
            doc "Text on the line of `|`, after which a text of several lines follows."
            en "text on the line of `{mark}`" help "after `{mark}` the text begins on the next line, indented; alternatives are not begun with `|`; the rest of this file was not read"
            zh "`{mark}` 所在行还有文本" help "`{mark}` 之后的文本从下一行开始并缩进；表达式的选项不以 `|` 开头；此文件其余部分未读取"
        "YM060" Error MissingComma {}
            doc "Two entries within brackets without a comma between them."
            en "a comma is missing before this" help "put a comma between the entries of `[ ]` and `{{ }}`; the rest of this file was not read"
            zh "此处之前缺少逗号" help "`[ ]` 与 `{{ }}` 中各项之间用逗号分隔；此文件其余部分未读取"
        "YM061" Error CommentInText {}
            doc "A comment between two lines of one text."
            en "a comment stands between two lines of one text" help "move the comment above the key, or begin the text with `|`; the rest of this file was not read"
            zh "注释位于同一段文本的两行之间" help "请将注释移到键的上方，或用 `|` 开始该文本；此文件其余部分未读取"
    }
}
