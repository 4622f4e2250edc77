//! The fixed words of reports in both languages: the one list of them.
//!
//! `{0}` stands for the first thing that is filled in; `{0s}` is an `s` unless that thing is 1.

use crate::diagnostic::Lang;

macro_rules! words {
    ($($name:ident $en:literal $zh:literal)*) => {
        /// A fixed word or sentence of a report.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        #[expect(missing_docs, reason = "the words say it")]
        pub enum Word { $($name,)* }

        impl Word {
            /// Every word.
            pub const ALL: &[Self] = &[$(Self::$name,)*];

            /// The word as it is listed, with its places still open.
            #[must_use]
            pub fn text(self, lang: Lang) -> &'static str {
                match (self, lang) {
                    $((Self::$name, Lang::En) => $en, (Self::$name, Lang::Zh) => $zh,)*
                }
            }
        }
    };
}

words! {
    Title "ELIGIBILITY REPORT" "政策支持资格报告"
    Notice "self-check, not an official decision" "企业自测，不作为行政决定"
    Illustrative "ILLUSTRATIVE RULES" "示例规则，非官方认定标准"
    Excerpt "EXCERPT" "节选"
    Firm "Firm" "企业"
    Unnamed "not named" "未填名称"
    Uscc "USCC" "统一社会信用代码"
    AsOf "Rules as of" "适用日期"
    YearAssessed "Year assessed" "评价年度"

    Result "RESULT" "结论"
    Why "WHY" "理由"
    Missing "WHAT IS MISSING" "待补充材料"
    Paper "paper that settles it" "可证明的材料"
    Support "SUPPORT MEASURES" "支持措施"
    Assumed "ASSUMED" "假定说明"
    AssumedAside "published nowhere that could be read" "未公布，参照设定"
    Sources "SOURCES" "出处"
    Facts "FACTS USED" "所用信息"
    Parameters "VALUES USED" "所用标准"
    EveryCriterion "EVERY CONDITION" "全部条件"

    LeadEligible "ELIGIBLE" "符合条件"
    LeadOpen "NOT DECIDED YET" "暂不能判定"
    LeadReferred "A PERSON DECIDES" "需人工审核"
    LeadNot "CONDITIONS NOT MET" "不符合条件"
    LeadError "NOT COMPUTED" "计算出错，未作结论"
    LeadNamed "NAMED ONLY" "计划提及，申报办法未公布"
    LeadNone "NOTHING TO APPLY FOR" "目前无可申报事项"
    LeadNotApplicable "NOT APPLICABLE" "不适用"
    LeadDone "DECIDED" "已判定"

    LevelOf "{1} ({0})" "{1}（{0}）"
    ReachedLevel "{0}: {1}" "{0}：{1}"
    OfFacts "{0}, if the {1} missing fact{1s} hold{1S}" "{0}，须补齐{1}项信息并符合条件"
    OfOneFact "{0}, if the missing fact holds" "{0}，须补齐1项信息并符合条件"
    UpTo "at most {0}; it waits for {1} fact{1s}" "最高可达{0}，取决于{1}项待补充信息"
    OpenMissing "{0}: {1} fact{1s} missing" "{0}：尚缺{1}项信息"
    OpenJudged "{0}: a person must judge {1} point{1s}" "{0}：{1}项须由人工审核"
    NotBecause "{1} ({0})" "未达到“{1}”（{0}）"
    NotFor "{1} ({0})" "{1}（{0}）"
    FailedFor "{0}: an error in the calculation, so there is no conclusion" "{0}：计算出错，未作结论"
    NothingNamed "these rules name no level and no measure" "本规则未设层级和支持措施"

    AndMore "{0} more" "另有{0}项"
    MeasuresEligible "eligible for {0} of {1} measure{1s}" "{1}项支持措施中{0}项符合条件"
    MeasuresOpen "{0} of {1} measure{1s} not decided yet" "{1}项支持措施中{0}项暂不能判定"
    MeasuresJudged "{0} of {1} measure{1s} for a person to judge" "{1}项支持措施中{0}项需人工审核"
    MeasuresFailed "{0} of {1} measure{1s} not computed" "{1}项支持措施中{0}项计算出错"
    MeasuresNot "conditions of {0} of {1} measure{1s} not met" "{1}项支持措施中{0}项未达到条件"
    MeasuresNone "of {1} measure{1s} none can be applied for now" "{1}项支持措施目前均无法申报"

    LevelAt "{0} ({1} of {2} level{2s})" "{0}（{2}级中的第{1}级）"
    LevelOpen "{0} open" "{0}待定"
    LevelNot "{0} not reached" "未达到{0}"
    NoLevel "no level reached" "未达到任何层级"
    GateYes "met ({0} of {0} conditions)" "符合（{0}项条件均符合）"
    GateYesBare "met" "符合"
    GateOpen "open: {0} met, {1} to be settled" "待定：{0}项符合，{1}项待补充"
    GateNo "{0} of {1} conditions not met" "{1}项条件中有{0}项未达到"
    GateNoBare "not met" "未达到"
    ClassYes "yes: {0}" "属于：{0}"
    ClassOpen "open: {0}" "待定：{0}"
    ClassNoneNamed "none of the {0} named; the source's list is not exhaustive" "不属于所列{0}类中的任何一类；出处的列举并非穷尽"
    ClassNone "none of the {0}" "不属于{0}类中的任何一类"
    ClassError "not computed: {0}" "计算出错：{0}"
    Money "Money" "支持金额"
    MoneyNone "none can be named: no amount is published" "无法给出：未公布任何金额"
    MoneyNoneHere "none can be named yet" "目前无法给出"
    MoneyTotal "{0} in all" "合计{0}"
    MoneyAnd "{0}; of {1} measure{1s} the amount is unpublished" "{0}；另有{1}项措施金额未公布"
    HowSure "How sure" "可靠程度"
    Indicative "indicative" "初步结果"
    Confirmed "confirmed" "已核实结果"
    Open "not decided" "暂不能判定"
    Counts "{0}: of {1} fact{1s} {2}" "{0}：{1}项信息中，{2}"
    CountVerified "{0} verified" "已核实{0}项"
    CountDeclared "{0} declared" "企业申报{0}项"
    CountRejected "{0} rejected" "不予采信{0}项"
    CountMissing "{0} missing" "缺{0}项"
    RestingOn "Resting on" "依据性质"
    RestsPublished "the published text alone" "仅依据已公布文本"
    RestsAssumed "{0} ASSUMED point{0s} ({1}, listed below)." "含{0}项假定（{1}，见文末）。"
    PublishedNothing "On the published text alone nothing can be decided." "仅凭已公布文本，无法作出任何判定。"
    PublishedSome "On the published text alone: {0}." "仅凭已公布文本：{0}。"
    PublishedSame "The published text alone decides the same." "仅凭已公布文本，结论相同。"
    NotDecided "{0} not decided" "{0}无法判定"

    NotReached "Not reached" "未达到"
    Waiting "Waiting for you" "待企业补充"
    Referred "For a person to judge" "需人工审核"
    Met "Met" "已符合"
    Failed "Not computed" "计算出错，未作结论"
    OtherClasses "Classes not met" "不属于的类别"
    Letters "v = verified, d = declared" "核：已核实　报：企业申报"
    Yours "yours" "本企业"
    Needed "needed" "要求"
    ShortBy "short by" "相差"
    Over "over by" "超出"
    MissingNo "missing: {0}" "待补充：{0}"
    JudgedNo "to be judged: {0}" "待审核：{0}"
    RejectedBecause "rejected: {0}" "不予采信：{0}"
    RejectedBare "rejected" "不予采信"
    Remedy "What helps: {0}" "可采取：{0}"
    ErrorIn "{0} (in `{1}`)" "{0}（`{1}`）"
    ClassOf "{0}: {1}" "{0}：{1}"
    Withheld "withheld" "已隐去"

    PaperFrom "{0}, from {1}" "{0}，由{1}提供"
    OnlyIf "{0}, only if: {1}" "{0}（仅当：{1}）"
    ValidFor "{0}, valid for {1}" "{0}，有效期{1}"
    HandIn "Deadline: {0}. Contact: {1}." "截止日期：{0}。联系方式：{1}。"
    NoneDated "none is published" "未公布"
    CheckHeading "PAPERS TO CHECK" "应核材料"
    GroupRejected "Rejected" "不予采信"
    GroupDeclared "Declared, to be checked" "企业申报，待核实"
    GroupMissing "Missing" "待补充"
    GroupVerified "Verified" "已核实"
    CheckedBy "checked by" "核实人"
    SignedOff "signed by" "签署人"
    DocumentKey "paper" "材料"
    DocumentNo "no. {0}" "编号{0}"
    DocumentOf "of {0}" "日期{0}"
    Signature "SIGNATURE" "经办签章"
    SignName "Name" "姓名"
    SignDate "Date" "日期"
    SignStamp "Stamp" "盖章"
    EngineSection "COMPUTED WITH" "计算依据"
    EngineIs "Panmen {0}, rule language semantics {1}." "Panmen {0}，规则语言语义版本{1}。"
    OneIsEnough "One of these conditions is enough: {0}" "以下条件符合其一即可：{0}"
    StepReached "{0}: reached" "{0}：已达到"
    StepOpen "{0}: open" "{0}：待定"
    StepNot "{0}: not reached" "{0}：未达到"
    StepBelow "{0}: below the level reached" "{0}：低于已达到的层级"
    ScaleOf "{0}: distance to what is needed" "{0}：与要求的差距"
    ConfirmedNot "confirmed that it does not apply" "已核实不适用"
    RulesIllustrative "The rules are illustrative." "本规则为示例规则。"
    SignedBy "to be signed by the {0}" "须由{0}签署意见"
    Caseworker "caseworker" "经办人"
    VerifyAlso "Then, for a confirmed result, {0} declared fact{0s} must be verified: {1}." "如需转为已核实结果，还应核实企业申报的{0}项信息：{1}。"
    VerifyThese "For a confirmed result it is enough to verify {0} fact{0s}: {1}." "如需转为已核实结果，只须核实{0}项信息：{1}。"
    VerifyHeading "FOR A CONFIRMED RESULT" "如何转为已核实结果"
    VerifyDefault "A default stands in for a fact, so the result stays indicative until the fact is stated." "有信息以默认值代替，填报之前仍为初步结果。"

    Eligible "Eligible" "符合条件"
    MaybeEligible "Not decided yet" "暂不能判定"
    ReferredMeasures "For a person to judge" "需人工审核"
    NotEligible "Conditions not met" "不符合条件"
    OutsideWindow "Outside the application window" "不在申报期内"
    NotInForce "Not in force" "不在实施期内"
    NotApplicable "Not applicable" "不适用"
    NamedOnly "Named only" "计划提及，申报办法未公布"
    FailedMeasures "Not computed" "计算出错，未作结论"
    AmountUnpublished "amount unpublished" "金额未公布"
    UpToMoney "up to {0}, as the office decides" "最高{0}，由主管部门核定"
    NotComputedAmount "amount not computed" "金额未计算"
    WindowFromTo "applications from {0} to {1}" "申报期{0}至{1}"
    WindowFrom "applications from {0}" "申报期自{0}起"
    WindowTo "applications until {0}" "申报期至{0}止"
    ForceFromTo "in force from {0} to {1}" "实施期{0}至{1}"
    ForceFrom "in force from {0}" "实施期自{0}起"
    ForceTo "in force until {0}" "实施期至{0}止"
    NamedNote "No way to apply and no deadline is published; ask {0} before spending anything." "申报办法和截止日期均未公布；发生支出之前，请先咨询{0}。"
    TheOffice "the office concerned" "主管部门"

    PointDefault "{0}: the default stands in for it" "{0}：以默认值代替"
    PointList "codes of {0}" "{0}的代码范围"
    PointLevel "the level {0}" "设“{0}”层级"
    PointClass "the class {0}" "设“{0}”类别"
    PointWhy "{0}; {1}" "{0}；{1}"
    PointReason "{0}: {1}" "{0}：{1}"
    PointCite "{0} ({1})" "{0}（{1}）"

    FooterPack "Rule pack {0}, edition {1}" "规则包 {0}　版本 {1}"
    FooterEngine "Panmen {0}; semantics {1}" "Panmen {0}　语义版本 {1}"
    FooterContact "Contact: {0}" "联系方式：{0}"
    FooterNoContact "No contact is published." "未公布联系方式。"
    FooterAppeal "Objections: {0}" "异议受理：{0}"
    FooterWrong "Wrong about you? Correct the fact and run again; objections to an official decision go to the office that made it." "信息有误可更正后重新测算；对正式决定有异议的，请向作出决定的机关提出。"
    More "Every comparison, value and source: --explain" "全部比较、数值和出处：--explain"

    Yes "yes" "是"
    No "no" "否"
    AtLeast "at least {0}" "不低于{0}"
    MoreThan "more than {0}" "高于{0}"
    AtMost "at most {0}" "不高于{0}"
    LessThan "less than {0}" "低于{0}"
    Exactly "exactly {0}" "等于{0}"
    Other "other than {0}" "不等于{0}"
    NotBefore "on or after {0}" "不早于{0}"
    After "after {0}" "晚于{0}"
    NotAfter "on or before {0}" "不晚于{0}"
    Before "before {0}" "早于{0}"
    OnDay "on {0}" "为{0}"
    OneOf "one of {0}" "属于：{0}"
    NoneOf "none of {0}" "不属于：{0}"
    FromOn "from {0}" "自{0}起"
    Rows "{0} row{0s}" "{0}行"
    RowsOpen "{0} row{0s}, more may exist" "{0}行，可能不全"
    RowOf "{0}, row {1}" "{0}第{1}行"
    FieldOf "{0}, row {1}, {2}" "{0}第{1}行{2}"
    YearOf "{0} of {1}" "{1}年{0}"
    MonthOf "{0} of {1}" "{1}{0}"
    WithCode "{0} ({1})" "{0}（{1}）"

    StatusVerified "verified" "已核实"
    StatusDeclared "declared" "企业申报"
    MarkMet "met" "符合"
    MarkNot "not met" "未达到"
    MarkOpen "open" "待补充"
    MarkTold "for information" "说明"
    ColMark "State" "状态"
    ColLabel "Item" "事项"
    ColValue "On file" "所填内容"
    ColChecked "Checked" "核实情况"
    ColNumber "No." "序号"
    ColFact "Missing" "待补充项"
    ColPaper "Paper that settles it" "可证明的材料"

    ShowId "Id" "代号"
    ShowStatus "Status" "性质"
    ShowInForce "In force" "实施期"
    ShowIssuer "Issued by" "发布机关"
    ShowAuthor "Rules by" "规则编写"
    ShowType "Type" "类型"
    ShowRange "Range" "范围"
    ShowJudged "Judged by" "认定人"
    ShowOffice "Office" "出具机关"
    ShowValid "Valid for" "有效期"
    ShowPublisher "Publisher" "发布者"
    ShowDated "Dated" "日期"
    ShowNumber "Number" "文号"
    ShowUrl "Address" "网址"
    ShowOf "Picked from" "选自"
    ShowOpen "Others accepted" "接受其他代码"
    ShowApply "Applications" "申报期"
    ShowBenefit "Benefit" "支持内容"
    ShowCite "Citation" "依据"
    ShowBasis "Basis" "依据性质"
    ShowAssumed "assumed" "假定"
    ShowPublished "published" "已公布"
    ShowWhy "Why" "理由"
    ShowValue "VALUE" "标准"
    ShowText "TEXT" "规则"
    ShowGround "BASIS" "依据"
    ShowRemedy "WHAT HELPS" "可采取"
    ShowUsed "USED BY" "用于"
    ShowAsk "QUESTION" "问题"
    ShowFields "FIELDS" "字段"
    ShowOptions "OPTIONS" "选项"
    ShowPapers "PAPERS" "证明材料"
    ShowCodes "CODES" "代码"
    ShowLabel "Called" "简称"
    ShowPlaces "PLACES" "位置"
    ShowCiting "CITED BY" "引用者"
    ShowUntil "until {0}" "至{0}止"
    ShowLevels "LEVELS" "层级"
    ShowClasses "CLASSES" "类别"
    ShowGate "Gate" "准入"
    ShowFor "FOR WHOM" "适用对象"
    ShowElse "Said to others" "对其他企业的说明"
    ShowAnd "all of these:" "以下各项均须符合："
    ShowAny "at least one of these:" "以下至少符合一项："
    ShowNeither "none of these:" "以下各项均不得符合："
    ShowSome "at least {0} of these:" "以下至少符合{0}项："
    ShowBy "depends on {0}" "取决于{0}"
    ShowNow "{0}, now {1}" "{0}，目前为{1}"
    ShowAmount "AMOUNT" "金额"
    ShowFlat "Amount" "金额"
    ShowBase "Costs that count" "计入费用"
    ShowBaseCap "Costs at most" "费用上限"
    ShowRate "Rate" "支持比例"
    ShowCap "At most" "最高限额"
    ShowUpliftIf "Uplift if" "上浮条件"
    ShowAdd "Added to the rate" "比例增加"
    ShowOtherRate "Rate instead" "比例改为"
    ShowOtherCap "At most instead" "最高限额改为"
    ShowBands "By bands of" "分档依据"
    ShowMode "How bands count" "分档计算方式"
    ShowMarginal "each slice at the rate of its own band" "各档部分分别按本档比例计算"
    ShowSlab "the whole at the rate of its band" "全额按所在档的比例计算"
    ShowSteps "By steps of" "分级依据"
    ShowPerUnit "For each unit" "每单位金额"
    ShowUnits "Units" "单位数"
    ShowTimes "Times" "倍数"
    ShowRound "Rounded" "取整"
    ShowRoundDown "down to whole {0}" "向下取至{0}的整数倍"
    ShowRoundUp "up to whole {0}" "向上取至{0}的整数倍"
    ShowRoundNearest "to the nearest whole {0}" "四舍五入至{0}的整数倍"
    ShowUpTo "Decided by" "核定"
    ShowUpToMoney "the office, up to this amount" "由主管部门在此金额内核定"
    ShowPending "Not computed yet" "尚不能计算"
    ShowOnce "How often" "次数"
    ShowOnceFirm "at most {0} time{0s} per firm" "每家企业最多{0}次"
    ShowOnceProject "at most {0} time{0s} per project" "每个项目最多{0}次"
    ShowOnceFirmYears "at most {0} time{0s} per firm within {1} year{1s}" "每家企业{1}年内最多{0}次"
    ShowOnceProjectYears "at most {0} time{0s} per project within {1} year{1s}" "每个项目{1}年内最多{0}次"
    ShowEach "For each row of" "逐行计算"
    ShowFirstRows "{0}, at most {1} row{1s}" "{0}，最多{1}行"
    ShowStacking "HOW IT COMBINES" "叠加规则"
    ShowHighest "only the highest is paid: {0}" "只支付最高的一项：{0}"
    ShowLimit "together at most {1}: {0}" "合计不超过{1}：{0}"
    ShowReduce "together at most {1}: {0}; cut in this order: {2}" "合计不超过{1}：{0}；超出时依次核减：{2}"
    ShowUnpublished "unpublished" "未公布"
    ShowCounted "Counted" "计数对象"
    ShowTotal "Added up" "合计项"
    ShowOver "Over" "范围"
    ShowAllFirms "all firms" "全部企业"
    ShowFigure "Wanted" "目标值"
    ShowTimesBefore "{0} times the year before" "上一年的{0}倍"
    ShowDay "By" "完成期限"
    ShowYearly "each year" "每年"
    ShowEvery "How often" "频次"
    ShowNote "Note" "备注"
    ShowInstead "Or instead" "也可提供"
    ShowOnlyIf "Only if" "仅当"
    NewFill "Fill in what you know. What is left out or stays `null` counts as not known, never as no." "请填写已知的信息。未填写或保留 `null` 的项按“未知”处理，不会当作“否”。"
    NewUscc "Unified Social Credit Code, 18 characters" "统一社会信用代码，18位"
    NewAsOf "the decision date: which rules apply" "适用日期：决定适用哪一版规则"
    NewWrite "Write: {0}" "写法：{0}"
    NewBand "or a range, for example `{0}`" "也可填区间，例如 `{0}`"
    NewYears "one line a year" "每年一行"
    NewMonths "one line a month" "每月一行"
    NewRows "one line a row" "每行一条"
    NewMore "and {0} more, listed by `panmen show {1} {2}`" "另有{0}项，见 `panmen show {1} {2}`"
    NewOpen "other codes are accepted" "也接受其他代码"
    NewJudged "Judged by the {0}: counts once signed, so a firm leaves it." "由{0}认定：签署后才有效，企业无需填写。"
    NewProved "Proved by: {0}" "证明材料：{0}"
    NewLast "last time: {0}" "上次：{0}"
    NewLastRows "last time:" "上次："
    NewText "text" "文字"
    PaperValid "valid for {0}" "有效期{0}"
    PaperInstead "or {0}" "或{0}"
    PaperOnlyIf "only if `{0}`" "仅当 `{0}`"
    PerYear "one value a year" "每年一个值"
    PerMonth "one value a month" "每月一个值"
    SeveralValues "several values" "可填多项"
    CannotChange "the firm cannot change it" "企业无法改变"
    AboutPersons "about persons" "涉及个人信息"
    BandAccepted "a range is accepted" "可填区间"
    TypeYesNo "yes or no" "是或否"
    TypeInteger "whole number" "整数"
    TypeDecimal "number" "数值"
    TypePercent "percent" "百分比"
    TypeMoney "money" "金额"
    TypeDate "date" "日期"
    TypeText "text" "文本"
    TypeUscc "Unified Social Credit Code" "统一社会信用代码"
    TypeCode "code" "代码"
    TypeChoice "choice" "选项"
    TypeList "list of rows" "多行列表"
    TypeIn "{0} ({1})" "{0}（{1}）"
    StatusOfficial "official" "官方全文"
    StatusExcerpt "excerpt" "官方节选"
    StatusIllustrative "illustrative" "示例，非官方"
    SectionFacts "FACTS" "信息项"
    SectionCriteria "CONDITIONS" "条件"
    SectionGates "GATES" "准入条件"
    SectionClasses "CLASSIFICATIONS" "分类"
    SectionTiers "LADDERS" "梯次"
    SectionMeasures "MEASURES" "支持措施"
    SectionStacking "STACKING" "叠加规则"
    SectionParameters "PARAMETERS" "标准"
    SectionDefine "DERIVED VALUES" "派生值"
    SectionLists "LISTS" "代码列表"
    SectionTargets "TARGETS" "目标"
    SectionEvidence "EVIDENCE" "证明材料"

    DivisionByZero "a division by zero" "除数为零"
    Overflow "a number too large to compute" "数值过大，无法计算"
    ParameterNotInForce "a value of the rules is not in force on this date" "规则中的数值在适用日期不在实施期内"
    NoRow "a table of the rules has no row for this value" "规则的表中没有对应的行"
    NoRowsGiven "there are no rows to compute from" "没有可计算的行"
    WindowOrder "a period ends before it begins" "期间的结束早于开始"
    DateRange "a date outside the years 1 to 9999" "日期超出1至9999年"
    StepLimit "the calculation took too many steps" "计算步骤过多"
    NotEvaluated "this kind of amount is not computed yet" "此类金额尚不能计算"
}

impl Word {
    /// The word with its places filled.
    #[must_use]
    pub fn with(self, lang: Lang, filled: &[&str]) -> String {
        let mut text = String::new();
        let mut rest = self.text(lang);
        while let Some((before, after)) = rest.split_once('{') {
            text.push_str(before);
            let Some((place, after)) = after.split_once('}') else { break };
            let digits = place.trim_end_matches(['s', 'S']);
            let value = digits.parse().ok().and_then(|index: usize| filled.get(index)).copied();
            let value = value.unwrap_or_default();
            match place.chars().next_back() {
                Some('s') if value == "1" => {}
                Some('s') => text.push('s'),
                Some('S') if value == "1" => text.push('s'),
                Some('S') => {}
                _ => text.push_str(value),
            }
            rest = after;
        }
        text.push_str(rest);
        text
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_languages_have_the_same_places() {
        for word in Word::ALL {
            for place in ["{0}", "{1}", "{2}", "{3}"] {
                let of = |lang| word.text(lang).contains(place);
                assert_eq!(of(Lang::En), of(Lang::Zh), "{word:?} {place}");
            }
            assert!(word.text(Lang::En).is_ascii(), "{word:?}");
        }
    }

    #[test]
    fn places_are_filled_once() {
        for (filled, shown) in [
            (["{1}", "1"], "{1}, if the 1 missing fact holds"),
            (["Growth", "2"], "Growth, if the 2 missing facts hold"),
        ] {
            assert_eq!(Word::OfFacts.with(Lang::En, &filled), shown);
        }
    }
}
