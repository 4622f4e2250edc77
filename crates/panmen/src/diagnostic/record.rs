//! `RC`: a recorded decision that does not hold, or cannot be checked.

use super::problems;

problems! {
    /// What can be wrong with a record.
    RecordProblem {
        "RC101" Error HeadChanged { }
            doc "A record whose head does not have the digest that it carries."
            en "record does not match its own digest" help "it was changed after it was written; ask for the original"
            zh "记录与校验值不符" help "记录写成后被改动过；请索取原件"
        "RC104" Error Malformed { reason }
            doc "A text that is no record, or not in the one spelling that records have."
            en "this is no record in canonical form: {reason}" help "a record is kept byte for byte as `panmen decide` wrote it; do not format or edit it"
            zh "不是规范格式的判定记录：{reason}" help "记录须与 `panmen decide` 写出的内容逐字节一致；请勿重新排版或编辑"
        "RC105" Error UnknownSchema { schema }
            doc "A document of another schema."
            en "`{schema}` is no schema of a record" help "records of this release have the schema `panmen/decision/1`"
            zh "`{schema}` 不是判定记录的模式" help "本版本的记录模式为 `panmen/decision/1`"
        "RC110" Error FactsChanged { }
            doc "Facts that do not have the digest that the record carries."
            en "the facts do not match the record's digest of them" help "a fact was changed, added or removed after the decision; ask for the original"
            zh "信息项与记录中的校验值不符" help "判定后有信息项被修改、增加或删除；请索取原件"
        "RC111" Error OutcomeChanged { }
            doc "An outcome that does not have the digest that the record carries."
            en "the outcome does not match the record's digest of it" help "it was changed after the decision; ask for the original"
            zh "结果与记录中的校验值不符" help "判定后结果被改动；请索取原件"
        "RC120" Error NoSuchPack { id, edition, digest }
            doc "A record whose pack is not to be found."
            en "the pack `{id}`, edition {edition}, with the digest {digest} is not here" help "name the archive that the record was written with: `--packs DIR`"
            zh "找不到校验值为 {digest} 的规则包 `{id}`（版本 {edition}）" help "请用 `--packs 文件夹` 指定写记录时使用的存档"
        "RC121" Error PackChanged { id, edition, digest }
            doc "A pack of the same id and edition that says something else."
            en "the pack `{id}`, edition {edition}, was changed after the decision: its digest is not {digest}" help "find the pack as it was: in the archive of the record, or in the history of the rules"
            zh "规则包 `{id}`（版本 {edition}）在判定后被修改：校验值不是 {digest}" help "请找到当时的规则包：记录的存档或规则的历史版本"
        "RC122" Error NotInForce { id, edition, date }
            doc "A record that decides on a day on which its pack is not in force."
            en "the pack `{id}`, edition {edition}, is not in force on {date}" help "the record cannot come from `panmen decide`"
            zh "规则包 `{id}`（版本 {edition}）在 {date} 不在实施期内" help "该记录不可能由 `panmen decide` 写出"
        "RC123" Error UnknownSemantics { found, known, release }
            doc "A record of another meaning of the rule language than this release has."
            en "semantics {found} cannot be replayed here, only {known}" help "use the release that wrote it: Panmen {release}"
            zh "此处不能复算语义版本 {found}，只能复算 {known}" help "请使用写出该记录的版本：Panmen {release}"
        "RC124" Note SameMeaning { id }
            doc "A pack whose text was changed in comments or layout only."
            en "the pack `{id}` has other comments or another layout than at the time, and says the same" help "nothing to do"
            zh "规则包 `{id}` 的注释或排版与当时不同，但内容相同" help "无需处理"
        "RC130" Error NotEvaluated { what }
            doc "Parts that were not evaluated again, because facts that they need are redacted."
            en "digests hold, not evaluated again: {what}" help "the facts that these need are redacted; replay a copy that has them"
            zh "校验值相符，未重新计算：{what}" help "所需信息项已隐去；请用未隐去的副本复算"
        "RC131" Error Unreadable { what }
            doc "Recorded facts that the pack does not accept."
            en "the recorded facts cannot be read against the pack: {what}" help "the record cannot come from `panmen decide` with this pack"
            zh "无法按规则包读取记录中的信息项：{what}" help "该记录不可能由 `panmen decide` 按此规则包写出"
        "RC132" Error NoSuchPath { path }
            doc "A path to redact that the record does not have."
            en "the record has no fact `{path}`" help "write a path as it stands in the record, for example `cbec_volume.2024`"
            zh "记录中没有信息项 `{path}`" help "请按记录中的写法填写，例如 `cbec_volume.2024`"
        "RC201" Error Differs { what, recorded, found, facts }
            doc "A record whose outcome does not come out again."
            en "`{what}` was recorded as {recorded}, and comes out as {found} (facts: {facts})" help "the facts and the rules are those of the record, so the engine or the record is wrong; keep both and report it"
            zh "`{what}` 记录为 {recorded}，复算为 {found}（信息项：{facts}）" help "信息项和规则均与记录一致，因此引擎或记录有误；请保留两者并报告"
    }
}
