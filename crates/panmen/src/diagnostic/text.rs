//! `YM`: a text that is not readable YAML or JSON, or uses what is refused.

use super::problems;

problems! {
    /// What can be wrong with a text before anything in it means something.
    TextProblem {
        "YM001" Error NotUtf8 { offset, guess }
            doc "The bytes are not UTF-8."
            en "not UTF-8 at byte {offset} ({guess})" help "save the file as UTF-8"
            zh "第 {offset} 字节处不是 UTF-8（{guess}）" help "请将文件另存为 UTF-8 编码"
    }
}
