//! What ends a command early, with its exit code.

use crate::load::LoadError;
use crate::recorded;
use panmen::diagnostic::{Diagnostic, Lang};
use std::io;

/// Why a command, or one file of it, came to nothing.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Failure {
    /// A file or pack could not be read.
    #[error("{}", .0.message(Lang::En))]
    Load(LoadError),
    /// A text was refused; its problems were or will be drawn.
    #[error("refused")]
    Refused(Vec<Diagnostic>),
    /// No pack has that id.
    #[error("there is no pack `{id}`")]
    NoPack {
        /// The id.
        id: String,
        /// The nearest id there is.
        nearest: Option<String>,
    },
    /// A pack has no entry of that id.
    #[error("{pack} has no {id}")]
    NoEntry {
        /// The id.
        id: String,
        /// The pack.
        pack: String,
        /// The nearest id there is.
        nearest: Option<String>,
    },
    /// Several results for one file.
    #[error("{path} is not a folder")]
    NotAFolder {
        /// The path.
        path: String,
    },
    /// Several results in a format of which one output holds one.
    #[error("one output holds one {format}")]
    OneFileEach {
        /// The format.
        format: &'static str,
    },
    /// A result would be written over what it is made from.
    #[error("{path} is an input")]
    WritesOverInput {
        /// The path.
        path: String,
    },
    /// A file that is never written over is there.
    #[error("{path} exists")]
    Exists {
        /// The path.
        path: String,
    },
    /// A result would be written over a file of another kind.
    #[error("{path} is something else")]
    WritesOverOther {
        /// The path.
        path: String,
    },
    /// A record that could not be read again.
    #[error("the record does not come out again: {what}")]
    NotReplayable {
        /// What is wrong with it.
        what: String,
    },
    /// A record that is larger than any that is read.
    #[error("a record of {size} bytes")]
    RecordTooLarge {
        /// Its bytes.
        size: usize,
        /// The most that are read.
        limit: usize,
    },
    /// A folder of the archive that does not hold what its name says.
    #[error("{path} was changed")]
    ArchiveChanged {
        /// The folder.
        path: String,
    },
    /// Two results would have one name.
    #[error("{first} and {second} would both be {name}")]
    OneName {
        /// The first input.
        first: String,
        /// The second.
        second: String,
        /// The name of both results.
        name: String,
    },
    /// A record that does not hold.
    #[error("refused")]
    Record(Vec<Diagnostic>),
    /// A pack beside a record.
    #[error("a pack and a record")]
    OfTwoKinds,
    /// A population without a firm.
    #[error("there is no firm in {path}")]
    NoFirms {
        /// The file or folder.
        path: String,
    },
    /// A pack or a date for a record, which has both.
    #[error("a record has its own pack and date")]
    OwnPackAndDate,
    /// A pack of several editions, where one is needed.
    #[error("{pack} has several editions")]
    WhichEdition {
        /// The pack.
        pack: String,
        /// Its editions.
        editions: Vec<String>,
    },
    /// A folder to replay in which there is no record: nothing checked is not nothing found.
    #[error("{path} has no records")]
    NoRecords {
        /// The folder.
        path: String,
    },
    /// A decision without a date.
    #[error("no decision date")]
    NoDate,
    /// A decision that rests on assumed values, which nobody accepted.
    #[error("rests on {count} assumed points")]
    Assumed {
        /// How many there are.
        count: usize,
    },
    /// No random numbers for salts.
    #[error("no random numbers: {reason}")]
    NoRandomness {
        /// Why not.
        reason: String,
    },
    /// The result could not be written.
    #[error("cannot write {path}: {error}")]
    Write {
        /// Where to.
        path: String,
        /// Why not.
        error: io::Error,
    },
}

impl From<LoadError> for Failure {
    fn from(error: LoadError) -> Self {
        Self::Load(error)
    }
}

impl Failure {
    /// The exit code that it ends in.
    pub(crate) fn exit_code(&self) -> u8 {
        match self {
            Self::Load(error) => error.exit_code(),
            Self::Record(problems) => problems.iter().map(recorded::exit_code).fold(0, recorded::worse),
            Self::Refused(_) | Self::NoPack { .. } | Self::RecordTooLarge { .. } => 3,
            Self::NotReplayable { .. } => 70,
            Self::NotAFolder { .. }
            | Self::NoEntry { .. }
            | Self::OneFileEach { .. }
            | Self::WritesOverInput { .. }
            | Self::WritesOverOther { .. }
            | Self::OneName { .. }
            | Self::NoRecords { .. }
            | Self::NoDate
            | Self::OfTwoKinds
            | Self::OwnPackAndDate
            | Self::NoFirms { .. }
            | Self::WhichEdition { .. }
            | Self::Assumed { .. } => 2,
            Self::Exists { .. }
            | Self::Write { .. }
            | Self::ArchiveChanged { .. }
            | Self::NoRandomness { .. } => 6,
        }
    }

    /// What happened and what to do, for those that have no excerpt.
    pub(crate) fn sentence(&self, lang: Lang) -> Option<(String, String)> {
        match lang {
            Lang::En => self.english(),
            Lang::Zh => self.chinese(),
        }
    }

    fn english(&self) -> Option<(String, String)> {
        Some(match self {
            Self::Load(error) => (error.message(Lang::En), error.help(Lang::En)),
            Self::Refused(_) | Self::Record(_) => return None,
            Self::WritesOverOther { .. }
            | Self::NoFirms { .. }
            | Self::NotReplayable { .. }
            | Self::RecordTooLarge { .. }
            | Self::ArchiveChanged { .. }
            | Self::Exists { .. } => return self.english_of_records(),
            Self::NoPack { id, nearest } => {
                let meant = nearest.as_ref().map(|id| format!("; did you mean `{id}`?")).unwrap_or_default();
                let help =
                    "give the folder of a pack, or an id; `--packs DIR` names a folder with further packs";
                (format!("there is no pack `{id}`{meant}"), help.to_owned())
            }
            Self::NoEntry { id, pack, nearest } => {
                let meant = nearest.as_ref().map(|id| format!("; did you mean `{id}`?")).unwrap_or_default();
                (
                    format!("`{pack}` has no entry `{id}`{meant}"),
                    "`panmen show PACK` lists them all".to_owned(),
                )
            }
            Self::NotAFolder { path } => {
                (format!("`{path}` is not a folder"), "several reports need a folder after `-o`".to_owned())
            }
            Self::OneFileEach { format } => (
                format!("several firms do not fit into one {format} on standard output"),
                "write one file each with `-o DIR`".to_owned(),
            ),
            Self::WritesOverInput { path } => (
                format!("`{path}` is what the report is made from"),
                "nothing was written; choose another name or folder after `-o`".to_owned(),
            ),
            Self::OneName { first, second, name } => (
                format!("the reports of `{first}` and `{second}` would both be called `{name}`"),
                "nothing was written; rename one of the two, or write them into two folders".to_owned(),
            ),
            Self::OfTwoKinds => (
                "a pack and a record cannot be compared".to_owned(),
                "give two packs, or two records".to_owned(),
            ),
            Self::OwnPackAndDate => (
                "a record has its own pack and date: `--pack` and `--as-of` are for firms".to_owned(),
                "leave them out; to ask what would come out today, give the firm's file".to_owned(),
            ),
            Self::WhichEdition { pack, editions } => (
                format!("`{pack}` has several editions: {}", editions.join(", ")),
                "name the folder of one edition".to_owned(),
            ),
            Self::NoRecords { path } => (
                format!("there is no record in `{path}`"),
                "records are the files `*.json` of a folder itself; nothing was checked".to_owned(),
            ),
            Self::NoDate => (
                "a recorded decision needs its date".to_owned(),
                "give `--as-of YYYY-MM-DD`, or `as_of:` in the profile".to_owned(),
            ),
            Self::Assumed { count } => (
                format!("the decision rests on {count} assumed points, which nobody published"),
                "`panmen report` lists them; accept them with `--accept-assumed REASON`".to_owned(),
            ),
            Self::NoRandomness { reason } => (
                format!("the system gives no random numbers: {reason}"),
                "salts need them; nothing was written".to_owned(),
            ),
            Self::Write { path, error } => (
                format!("cannot write `{path}`: {error}"),
                "nothing was written; check the folder and its permissions".to_owned(),
            ),
        })
    }

    /// Of records, and of what a result may not be written over.
    fn english_of_records(&self) -> Option<(String, String)> {
        Some(match self {
            Self::WritesOverOther { path } => (
                format!("`{path}` is there and is no earlier result of this command"),
                "it was left as it is; name another file".to_owned(),
            ),
            Self::NoFirms { path } => (
                format!("there is no firm in `{path}`"),
                "name a file with a profile in JSON a line, or a folder of profiles".to_owned(),
            ),
            Self::NotReplayable { what } => (
                format!("the decision does not come out again from its own record: {what}"),
                "nothing was written; this is a bug, please report it with the firm's file".to_owned(),
            ),
            Self::RecordTooLarge { size, limit } => (
                format!("the record would have {size} bytes, and at most {limit} are read"),
                "nothing was written; name papers at the rows that they prove, not once above a long list"
                    .to_owned(),
            ),
            Self::ArchiveChanged { path } => (
                format!("the archive folder `{path}` does not hold the pack that its name says"),
                "no record was written; put the folder back as it was, or take another archive".to_owned(),
            ),
            Self::Exists { path } => (
                format!("`{path}` already exists"),
                "it was left as it is; choose another name after `-o`".to_owned(),
            ),
            _ => return None,
        })
    }

    fn chinese(&self) -> Option<(String, String)> {
        Some(match self {
            Self::Load(error) => (error.message(Lang::Zh), error.help(Lang::Zh)),
            Self::Refused(_) | Self::Record(_) => return None,
            Self::WritesOverOther { .. }
            | Self::NoFirms { .. }
            | Self::NotReplayable { .. }
            | Self::RecordTooLarge { .. }
            | Self::ArchiveChanged { .. }
            | Self::Exists { .. } => return self.chinese_of_records(),
            Self::NoPack { id, nearest } => {
                let meant = nearest.as_ref().map(|id| format!("，是否指 `{id}`？")).unwrap_or_default();
                (
                    format!("找不到规则包 `{id}`{meant}"),
                    "请给出规则包的文件夹或代号；`--packs DIR` 可指定其他文件夹".to_owned(),
                )
            }
            Self::NoEntry { id, pack, nearest } => {
                let meant = nearest.as_ref().map(|id| format!("，是否指 `{id}`？")).unwrap_or_default();
                (format!("`{pack}` 中没有 `{id}`{meant}"), "`panmen show PACK` 列出全部条目".to_owned())
            }
            Self::NotAFolder { path } => {
                (format!("`{path}` 不是文件夹"), "多份报告须用 `-o` 指定文件夹".to_owned())
            }
            Self::OneFileEach { format } => (
                format!("多家企业的报告不能合为一份 {format} 输出"),
                "请用 `-o DIR` 为每家企业各写一个文件".to_owned(),
            ),
            Self::WritesOverInput { path } => (
                format!("`{path}` 是生成报告所用的文件"),
                "未写入任何内容；请在 `-o` 后换用其他文件名或文件夹".to_owned(),
            ),
            Self::OneName { first, second, name } => (
                format!("`{first}` 与 `{second}` 的报告会同名：`{name}`"),
                "未写入任何内容；请改名其一，或分别写入两个文件夹".to_owned(),
            ),
            Self::OfTwoKinds => {
                ("规则包与判定记录无法对比".to_owned(), "请给出两个规则包，或两份判定记录".to_owned())
            }
            Self::OwnPackAndDate => (
                "判定记录自带规则包与日期：`--pack` 和 `--as-of` 只用于企业".to_owned(),
                "请去掉这两项；如要查看现在的结果，请给出企业信息文件".to_owned(),
            ),
            Self::WhichEdition { pack, editions } => (
                format!("`{pack}` 有多个版本：{}", editions.join("、")),
                "请指定其中一个版本的文件夹".to_owned(),
            ),
            Self::NoRecords { path } => (
                format!("`{path}` 中没有判定记录"),
                "判定记录是该文件夹下的 `*.json` 文件；未核对任何内容".to_owned(),
            ),
            Self::NoDate => (
                "记录判定须有适用日期".to_owned(),
                "请给出 `--as-of YYYY-MM-DD`，或在企业信息表中写 `as_of:`".to_owned(),
            ),
            Self::Assumed { count } => (
                format!("该判定依据 {count} 项假定，均未公布"),
                "`panmen report` 列出全部假定；如接受，请用 `--accept-assumed 理由`".to_owned(),
            ),
            Self::NoRandomness { reason } => {
                (format!("系统无法提供随机数：{reason}"), "加盐需要随机数；未写入任何内容".to_owned())
            }
            Self::Write { path, error } => {
                (format!("无法写入 `{path}`：{error}"), "未写入任何内容；请检查文件夹及其权限".to_owned())
            }
        })
    }

    /// The same in Chinese.
    fn chinese_of_records(&self) -> Option<(String, String)> {
        Some(match self {
            Self::WritesOverOther { path } => (
                format!("`{path}` 已存在，且不是本命令以前的结果"),
                "原文件未改动；请换用其他文件名".to_owned(),
            ),
            Self::NoFirms { path } => (
                format!("`{path}` 中没有企业"),
                "请给出每行一份 JSON 企业信息的文件，或企业信息文件夹".to_owned(),
            ),
            Self::NotReplayable { what } => (
                format!("无法由记录本身复算出判定：{what}"),
                "未写入任何内容；这是程序错误，请连同企业信息文件一并报告".to_owned(),
            ),
            Self::RecordTooLarge { size, limit } => (
                format!("判定记录将有 {size} 字节，最多可读 {limit} 字节"),
                "未写入任何内容；材料请写在其证明的各项中，不要写在长列表之上".to_owned(),
            ),
            Self::ArchiveChanged { path } => (
                format!("存档文件夹 `{path}` 的内容与其名称不符"),
                "未写入判定记录；请恢复该文件夹，或换用其他存档".to_owned(),
            ),
            Self::Exists { path } => {
                (format!("`{path}` 已存在"), "原文件未改动；请在 `-o` 后换用其他文件名".to_owned())
            }
            _ => return None,
        })
    }
}
