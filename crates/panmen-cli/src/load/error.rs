//! What can go wrong between the disk and a text.
//!
//! In: a kind of failure and its path. Out: a sentence and a help in both languages, and the exit
//! code. Has no diagnostic code, except for a text that is none: nothing in a text is wrong.

use crate::draw::harmless;
use panmen::diagnostic::{Diagnostic, Lang, quote};

/// Why a file or folder was not read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub(crate) enum LoadError {
    /// Nothing has that name, or a link leads to nothing.
    #[error("{}", self.message(Lang::En))]
    NotFound { path: String },
    /// A folder was needed.
    #[error("{}", self.message(Lang::En))]
    NotAFolder { path: String },
    /// A file was needed.
    #[error("{}", self.message(Lang::En))]
    IsAFolder { path: String },
    /// Neither the folder nor a sub-folder has a header.
    #[error("{}", self.message(Lang::En))]
    NoHeader { path: String },
    /// A header in the folder and another in a sub-folder.
    #[error("{}", self.message(Lang::En))]
    TwoLayouts { path: String, folder: String },
    /// A file beside the folders of editions, which belongs to none of them.
    #[error("{}", self.message(Lang::En))]
    BesideEditions { path: String },
    /// The system refuses.
    #[error("{}", self.message(Lang::En))]
    NoPermission { path: String },
    /// One file is too large.
    #[error("{}", self.message(Lang::En))]
    TooLarge { path: String, limit: usize },
    /// The files of a pack are too large together.
    #[error("{}", self.message(Lang::En))]
    TooLargeTogether { path: String, limit: usize },
    /// A pack has too many files.
    #[error("{}", self.message(Lang::En))]
    TooManyFiles { path: String, limit: usize },
    /// A folder has too many entries of any kind.
    #[error("{}", self.message(Lang::En))]
    TooManyEntries { path: String, limit: usize },
    /// A FIFO, a device or a socket.
    #[error("{}", self.message(Lang::En))]
    SpecialFile { path: String },
    /// A link that leads out of the pack's folder.
    #[error("{}", self.message(Lang::En))]
    LeavesFolder { path: String },
    /// Not UTF-8: the one failure that lies at a place of a text.
    #[error("{}", self.message(Lang::En))]
    NotText { path: String, problem: Box<Diagnostic> },
    /// `.yml`, `.YAML`: passed over.
    #[error("{}", self.message(Lang::En))]
    Misnamed { path: String },
    /// A name that is not Unicode, or has a backslash or a control character: passed over.
    #[error("{}", self.message(Lang::En))]
    NameNotText { path: String },
    /// The system failed in another way.
    #[error("{}", self.message(Lang::En))]
    Failed { path: String, reason: String },
}

impl LoadError {
    /// The path that it is about.
    pub(crate) fn path(&self) -> &str {
        match self {
            Self::NotFound { path }
            | Self::NotAFolder { path }
            | Self::IsAFolder { path }
            | Self::NoHeader { path }
            | Self::TwoLayouts { path, .. }
            | Self::BesideEditions { path }
            | Self::NoPermission { path }
            | Self::TooLarge { path, .. }
            | Self::TooLargeTogether { path, .. }
            | Self::TooManyFiles { path, .. }
            | Self::TooManyEntries { path, .. }
            | Self::SpecialFile { path }
            | Self::LeavesFolder { path }
            | Self::NotText { path, .. }
            | Self::Misnamed { path }
            | Self::NameNotText { path }
            | Self::Failed { path, .. } => path,
        }
    }

    /// The program's exit code: 3 where the input is refused, 6 where the system refuses.
    pub(crate) fn exit_code(&self) -> u8 {
        match self {
            Self::NoPermission { .. } | Self::Failed { .. } => 6,
            _ => 3,
        }
    }

    /// What is wrong.
    pub(crate) fn message(&self, lang: Lang) -> String {
        // Never cut: its end says which file it is.
        let path = harmless(self.path());
        match lang {
            Lang::En => self.english(&path),
            Lang::Zh => self.chinese(&path),
        }
    }

    fn english(&self, path: &str) -> String {
        match self {
            Self::NotFound { .. } => format!("`{path}` does not exist"),
            Self::NotAFolder { .. } => format!("`{path}` is not a folder"),
            Self::IsAFolder { .. } => format!("`{path}` is a folder, not a file"),
            Self::NoHeader { .. } => format!("`{path}` is not a pack: it has no `pack.yaml`"),
            Self::TwoLayouts { folder, .. } => {
                format!("both `{path}` and its folder `{}` have a `pack.yaml`", harmless(folder))
            }
            Self::BesideEditions { .. } => format!("`{path}` belongs to no edition and was not read"),
            Self::NoPermission { .. } => format!("no permission to read `{path}`"),
            Self::TooLarge { limit, .. } => format!("`{path}` is larger than {limit} bytes"),
            Self::TooLargeTogether { limit, .. } => {
                format!("the files of `{path}` are larger than {limit} bytes together")
            }
            Self::TooManyFiles { limit, .. } => format!("`{path}` has more than {limit} files"),
            Self::TooManyEntries { limit, .. } => {
                format!("the folder `{path}` has more than {limit} entries")
            }
            Self::SpecialFile { .. } => format!("`{path}` is a pipe or a device, not a file"),
            Self::LeavesFolder { .. } => format!("`{path}` is a link that leaves the pack's folder"),
            Self::NotText { problem, .. } => format!("`{path}`: {}", problem.message(Lang::En)),
            Self::Misnamed { .. } => format!("`{path}` was not read: its name does not end in `.yaml`"),
            Self::NameNotText { .. } => format!(
                "`{path}` was not read: its name is not Unicode, or has a backslash or a control character"
            ),
            Self::Failed { reason, .. } => format!("`{path}` could not be read: {}", quote(reason)),
        }
    }

    fn chinese(&self, path: &str) -> String {
        match self {
            Self::NotFound { .. } => format!("`{path}` 不存在"),
            Self::NotAFolder { .. } => format!("`{path}` 不是文件夹"),
            Self::IsAFolder { .. } => format!("`{path}` 是文件夹，不是文件"),
            Self::NoHeader { .. } => format!("`{path}` 不是规则包：缺少 `pack.yaml`"),
            Self::TwoLayouts { folder, .. } => {
                format!("`{path}` 与其子文件夹 `{}` 中都有 `pack.yaml`", harmless(folder))
            }
            Self::BesideEditions { .. } => format!("`{path}` 不属于任何版本，未读取"),
            Self::NoPermission { .. } => format!("没有权限读取 `{path}`"),
            Self::TooLarge { limit, .. } => format!("`{path}` 超过 {limit} 字节"),
            Self::TooLargeTogether { limit, .. } => format!("`{path}` 中的文件合计超过 {limit} 字节"),
            Self::TooManyFiles { limit, .. } => format!("`{path}` 中的文件超过 {limit} 个"),
            Self::TooManyEntries { limit, .. } => format!("文件夹 `{path}` 中的条目超过 {limit} 个"),
            Self::SpecialFile { .. } => format!("`{path}` 是管道或设备，不是文件"),
            Self::LeavesFolder { .. } => format!("`{path}` 是指向规则包文件夹之外的链接"),
            Self::NotText { problem, .. } => format!("`{path}`：{}", problem.message(Lang::Zh)),
            Self::Misnamed { .. } => format!("未读取 `{path}`：文件名不以 `.yaml` 结尾"),
            Self::NameNotText { .. } => {
                format!("未读取 `{path}`：文件名不是 Unicode，或含有反斜杠或控制字符")
            }
            Self::Failed { reason, .. } => format!("无法读取 `{path}`：{}", quote(reason)),
        }
    }

    /// How to mend it.
    pub(crate) fn help(&self, lang: Lang) -> String {
        if let Self::NotText { problem, .. } = self {
            return problem.help(lang);
        }
        let (english, chinese) = self.helps();
        match lang {
            Lang::En => english,
            Lang::Zh => chinese,
        }
        .to_owned()
    }

    fn helps(&self) -> (&'static str, &'static str) {
        match self {
            Self::NotFound { .. } => {
                ("check the spelling and the folder that you are in", "请检查拼写以及当前所在的文件夹")
            }
            Self::NotAFolder { .. } => (
                "a pack is named by its folder, the one that holds `pack.yaml`",
                "请给出规则包的文件夹，即 `pack.yaml` 所在的文件夹",
            ),
            Self::IsAFolder { .. } => ("name the file itself", "请给出文件本身的路径"),
            Self::NoHeader { .. } => (
                "name the folder that holds `pack.yaml`, or whose sub-folders each hold one",
                "请给出 `pack.yaml` 所在的文件夹，或各子文件夹均含 `pack.yaml` 的文件夹",
            ),
            Self::TwoLayouts { .. } => (
                "keep one edition in the folder itself, or each edition in a sub-folder of its own",
                "请将唯一的版本直接放在该文件夹，或将每个版本各放一个子文件夹",
            ),
            Self::BesideEditions { .. } => {
                ("move it into the folder of an edition", "请将其移入某个版本的文件夹")
            }
            Self::NoPermission { .. } => {
                ("ask whoever owns it for permission to read it", "请向其所有者申请读取权限")
            }
            Self::TooLarge { .. } | Self::TooLargeTogether { .. } => (
                "check that this is the right file; split a pack that has really grown so large",
                "请确认文件无误；若规则包确实如此之大，请拆分",
            ),
            Self::TooManyFiles { .. } | Self::TooManyEntries { .. } => (
                "check that this is the right folder; a pack is a few files",
                "请确认文件夹无误；规则包通常只有几个文件",
            ),
            Self::SpecialFile { .. } => (
                "save it as a file first, or pipe a profile in and name it `-`",
                "请先另存为文件；企业信息表也可通过管道传入并以 `-` 表示",
            ),
            Self::LeavesFolder { .. } => (
                "copy the file into the pack: whoever reads the pack must find all of it there",
                "请将文件复制到规则包中：规则包须包含其全部内容",
            ),
            Self::Misnamed { .. } => ("name it `.yaml`", "请将扩展名改为 `.yaml`"),
            Self::NameNotText { .. } => ("rename it", "请重新命名"),
            Self::Failed { .. } | Self::NotText { .. } => {
                ("check the disk and try again", "请检查磁盘后重试")
            }
        }
    }
}
