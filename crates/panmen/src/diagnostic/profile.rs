//! `PF`: a firm's profile that says something that cannot be.

use super::problems;

problems! {
    /// What can be wrong with a firm's profile.
    ProfileProblem {
        "PF001" Error UnknownFact { fact }
            doc "A fact that the pack does not declare."
            en "unknown fact `{fact}`" help "`panmen show` lists the facts of a pack"
            zh "未知信息项 `{fact}`" help "可用 `panmen show` 查看规则包的信息项"
    }
}
