//! Folders as people and attackers lay them out.

use super::*;
use panmen::diagnostic::Lang;

/// A folder of its own for each test, removed at the end.
struct Temp(PathBuf);

impl Temp {
    fn new(name: &str) -> Self {
        let path = std::env::temp_dir().join(format!("panmen load 测试 {} {name}", std::process::id()));
        let _ = fs::remove_dir_all(&path);
        fs::create_dir_all(&path).unwrap();
        Self(path)
    }

    fn write(&self, name: &str, text: impl AsRef<[u8]>) -> &Self {
        let path = self.0.join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
        self
    }

    fn pack(&self) -> Result<PackFolder, LoadError> {
        pack(&self.0, &mut Sources::default())
    }

    fn profile(&self, name: &str) -> Result<LoadedFile, LoadError> {
        profile(self.0.join(name).to_str().unwrap(), io::empty(), &mut Sources::default())
    }
}

impl Drop for Temp {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

fn names(files: &[LoadedFile]) -> Vec<&str> {
    files.iter().map(|file| file.relative.as_str()).collect()
}

#[test]
fn a_pack_is_its_header_and_what_lies_beside_it() {
    let temp = Temp::new("one");
    temp.write("pack.yaml", "pack: a").write("事实 表.yaml", "facts: {}").write("a.yaml", "");
    temp.write("examples/乙.yaml", "x").write("examples/b.yaml", "y").write("README.md", "no");
    temp.write(".hidden.yaml", "no").write("b.yml", "no").write("C.YAML", "no").write("notes/x.yaml", "no");
    let mut sources = Sources::default();
    let found = pack(&temp.0, &mut sources).unwrap();
    let [edition] = &found.editions[..] else { panic!("one edition") };
    assert_eq!(edition.folder, None);
    assert_eq!(names(&edition.files), ["a.yaml", "pack.yaml", "事实 表.yaml"]);
    assert_eq!(names(&edition.examples), ["examples/b.yaml", "examples/乙.yaml"]);
    let text = sources.get(edition.files[2].file).unwrap();
    assert_eq!(text.text.as_ref(), "facts: {}");
    assert_eq!(text.name.as_ref(), format!("{}/事实 表.yaml", temp.0.display()));
    let notices: Vec<&str> = found.notices.iter().map(|n| n.path().rsplit('/').next().unwrap()).collect();
    assert_eq!(notices, ["C.YAML", "b.yml"]);
    assert_eq!(found.notices[0].help(Lang::En), "name it `.yaml`");
}

/// A digest covers the names of files, and an archive keeps them by their names.
#[cfg(unix)]
#[test]
fn a_name_that_an_archive_cannot_keep_is_passed_over() {
    let temp = Temp::new("names");
    temp.write("pack.yaml", "x").write("a\\pack.yaml", "x").write("b\n.yaml", "x").write("c.yaml", "x");
    let found = temp.pack().unwrap();
    assert_eq!(names(&found.editions[0].files), ["c.yaml", "pack.yaml"]);
    assert!(matches!(&found.notices[..], [LoadError::NameNotText { .. }, LoadError::NameNotText { .. }]));
}

#[test]
fn each_sub_folder_with_a_header_is_an_edition() {
    let temp = Temp::new("editions");
    temp.write("2025 版/pack.yaml", "x").write("2024/pack.yaml", "x").write("2024/examples/a.yaml", "x");
    temp.write("examples/b.yaml", "x").write("notes/c.yaml", "x").write("stray.yaml", "x");
    let found = temp.pack().unwrap();
    let folders: Vec<&str> = found.editions.iter().map(|e| e.folder.as_deref().unwrap()).collect();
    assert_eq!(folders, ["2024", "2025 版"]);
    assert_eq!(names(&found.editions[0].files), ["2024/pack.yaml"]);
    assert_eq!(names(&found.editions[0].examples), ["2024/examples/a.yaml"]);
    assert_eq!(names(&found.examples), ["examples/b.yaml"]);
    assert!(matches!(&found.notices[..], [LoadError::BesideEditions { .. }]));
    temp.write("pack.yaml", "x");
    assert!(matches!(temp.pack(), Err(LoadError::TwoLayouts { folder, .. }) if folder == "2024"));
}

#[test]
fn what_is_no_pack_is_refused() {
    let temp = Temp::new("none");
    assert!(matches!(temp.pack(), Err(LoadError::NoHeader { .. })));
    temp.write("x.yaml", "x").write("examples/pack.yaml", "x");
    assert!(matches!(temp.pack(), Err(LoadError::NoHeader { .. })));
    let mut sources = Sources::default();
    let missing = pack(&temp.0.join("缺"), &mut sources).unwrap_err();
    assert!(matches!(missing, LoadError::NotFound { .. }));
    assert_eq!(missing.exit_code(), 3);
    assert!(missing.message(Lang::Zh).ends_with("缺` 不存在") || missing.message(Lang::Zh).contains("..."));
    let file = pack(&temp.0.join("x.yaml"), &mut sources);
    assert!(matches!(file, Err(LoadError::NotAFolder { .. })));
    temp.write("pack.yaml/x", "x");
    assert!(matches!(temp.pack(), Err(LoadError::IsAFolder { .. })));
}

#[test]
fn limits_hold_at_the_limit_and_one_beyond() {
    let temp = Temp::new("limits");
    let full = "#".repeat(FILE_BYTES);
    temp.write("pack.yaml", &full).write("examples/a.yaml", &full);
    assert!(temp.pack().is_ok());
    temp.write("b.yaml", format!("{full}#"));
    assert!(matches!(temp.pack(), Err(LoadError::TooLarge { .. })));
    for name in ["b.yaml", "c.yaml", "d.yaml"] {
        temp.write(name, &full);
    }
    assert!(temp.pack().is_ok());
    temp.write("e.yaml", "#");
    assert!(matches!(temp.pack(), Err(LoadError::TooLargeTogether { .. })));

    let temp = Temp::new("many");
    temp.write("pack.yaml", "");
    for n in 1..PACK_FILES {
        temp.write(&format!("{n}.yaml"), "");
        temp.write(&format!("examples/{n}.yaml"), "");
    }
    assert!(temp.pack().is_ok());
    temp.write("z.yaml", "");
    assert!(matches!(temp.pack(), Err(LoadError::TooManyFiles { .. })));
}

#[test]
fn a_profile_comes_from_a_file_or_from_stdin() {
    let temp = Temp::new("profile");
    temp.write("企业 档案.yaml", "\u{FEFF}firm: {}").write("gb.yaml", b"a: \xC6\xF3\xD2\xB5");
    temp.write("large", "x".repeat(FILE_BYTES + 1)).write("full", "x".repeat(FILE_BYTES));
    assert!(temp.profile("企业 档案.yaml").is_ok() && temp.profile("full").is_ok());
    assert!(matches!(temp.profile("large"), Err(LoadError::TooLarge { .. })));
    assert!(matches!(temp.profile("none"), Err(LoadError::NotFound { .. })));
    assert!(matches!(temp.profile(""), Err(LoadError::IsAFolder { .. })));
    let foreign = temp.profile("gb.yaml").unwrap_err();
    assert!(foreign.message(Lang::En).ends_with("not UTF-8 at byte 3: this looks like GB18030/GBK"));
    assert_eq!(foreign.help(Lang::Zh), "请将文件另存为 UTF-8 编码");
    let mut sources = Sources::default();
    let piped = profile("-", &b"firm: {}"[..], &mut sources).unwrap();
    assert_eq!((piped.name.as_str(), sources.get(piped.file).unwrap().text.as_ref()), ("stdin", "firm: {}"));
    // An endless stream ends at the limit.
    assert!(matches!(profile("-", io::repeat(b'x'), &mut sources), Err(LoadError::TooLarge { .. })));
}

#[cfg(unix)]
#[test]
fn links_out_of_the_pack_and_special_files_are_refused() {
    use std::os::unix::fs::symlink;
    let outside = Temp::new("outside");
    outside.write("secret.yaml", "x").write("edition/pack.yaml", "x");
    let temp = Temp::new("links");
    temp.write("real.yaml", "pack: a");
    symlink(temp.0.join("real.yaml"), temp.0.join("pack.yaml")).unwrap();
    assert_eq!(temp.pack().unwrap().editions[0].files.len(), 2);
    for (name, target) in [("s.yaml", outside.0.join("secret.yaml")), ("examples", outside.0.clone())] {
        let link = temp.0.join(name);
        symlink(target, &link).unwrap();
        assert!(matches!(temp.pack(), Err(LoadError::LeavesFolder { .. })), "{name}");
        fs::remove_file(link).unwrap();
    }
    for (name, target) in [("a.yaml", "nowhere.yaml"), ("b.yaml", "b.yaml")] {
        symlink(target, temp.0.join(name)).unwrap();
        assert!(temp.pack().is_err(), "{name}");
        fs::remove_file(temp.0.join(name)).unwrap();
    }
    let editions = Temp::new("linked edition");
    symlink(outside.0.join("edition"), editions.0.join("2024")).unwrap();
    assert!(matches!(editions.pack(), Err(LoadError::LeavesFolder { .. })));
    assert!(pack(&editions.0.join("2024"), &mut Sources::default()).is_ok());

    // Opened, this would wait for a writer for ever.
    let made = std::process::Command::new("mkfifo").arg(temp.0.join("f.yaml")).status();
    if made.is_ok_and(|status| status.success()) {
        assert!(matches!(temp.pack(), Err(LoadError::SpecialFile { .. })));
        assert!(matches!(temp.profile("f.yaml"), Err(LoadError::SpecialFile { .. })));
    }
    let device = profile("/dev/zero", io::empty(), &mut Sources::default());
    assert!(matches!(device, Err(LoadError::SpecialFile { .. })));
}

#[test]
fn every_error_speaks_both_languages() {
    let path = || "规则 \u{1b}[31m".to_owned();
    let problem = panmen::diagnostic::TextProblem::BrokenUtf8 { offset: "3".to_owned() };
    let problem = Box::new(panmen::diagnostic::Diagnostic::without_place(problem));
    let all = [
        LoadError::NotFound { path: path() },
        LoadError::NotAFolder { path: path() },
        LoadError::IsAFolder { path: path() },
        LoadError::NoHeader { path: path() },
        LoadError::TwoLayouts { path: path(), folder: path() },
        LoadError::BesideEditions { path: path() },
        LoadError::NoPermission { path: path() },
        LoadError::TooLarge { path: path(), limit: 1 },
        LoadError::TooLargeTogether { path: path(), limit: 1 },
        LoadError::TooManyFiles { path: path(), limit: 1 },
        LoadError::TooManyEntries { path: path(), limit: 1 },
        LoadError::SpecialFile { path: path() },
        LoadError::LeavesFolder { path: path() },
        LoadError::NotText { path: path(), problem },
        LoadError::Misnamed { path: path() },
        LoadError::NameNotText { path: path() },
        LoadError::Failed { path: path(), reason: path() },
    ];
    for error in all {
        for text in [error.message(Lang::En), error.message(Lang::Zh), error.to_string()] {
            assert!(text.contains("规则") && !text.contains('\u{1b}'), "{text}");
        }
        assert!(!error.help(Lang::En).is_empty() && !error.help(Lang::Zh).is_empty());
        assert!([3, 6].contains(&error.exit_code()));
    }
}
