//! `EX`: an expression or a value that is not well formed.

use super::problems;

problems! {
    /// What can be wrong with the text of an expression or of a value.
    ExpressionProblem {
        "EX001" Error UnknownCharacter { character, code_point }
            doc "A character that no expression contains."
            en "unexpected character `{character}` ({code_point})" help "remove it"
            zh "意外的字符 `{character}`（{code_point}）" help "请删除该字符"
    }
}
