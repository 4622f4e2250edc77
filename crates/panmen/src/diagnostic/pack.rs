//! `PK`: a pack that says something that cannot be.

use super::problems;

problems! {
    /// What can be wrong with a rule pack.
    PackProblem {
        "PK001" Error UnknownKey { key, place, known, nearest }
            doc "A key that this section does not have."
            en "unknown key `{key}` in {place}{nearest}" help "the keys here are {known}"
            zh "{place} 中有未知的键 `{key}`{nearest}" help "此处可用的键：{known}"
    }
}
