//! Records are written over nothing, and an assumption is accepted for a reason.

use super::{FIRM, code, err, fine};
use crate::support::{fresh, run};
use std::fs;

#[test]
fn a_record_is_written_over_no_file() {
    let folder = fresh("records");
    let path = |name: &str| folder.join(name).to_str().unwrap().to_owned();
    let (record, redacted, archive) = (path("record.json"), path("redacted.json"), path("archive"));
    let decide = ["decide", FIRM, "--accept-assumed", "agreed"];
    fine(&[&decide[..], &["-o", &record]].concat());
    let redact = ["redact", &record, "--path", "customs_modes", "-o", &redacted];
    fine(&redact);
    let (first, second) = (fs::read(&record).unwrap(), fs::read(&redacted).unwrap());
    for again in [&[&decide[..], &["-o", &record, "--archive", &archive]].concat()[..], &redact] {
        let output = run(again);
        assert_eq!(code(&output), 6, "{again:?}: {}", err(&output));
        assert!(err(&output).contains("already exists"), "{}", err(&output));
    }
    assert_eq!((fs::read(&record).unwrap(), fs::read(&redacted).unwrap()), (first, second));
    assert!(!folder.join("archive").exists(), "a pack was kept for a record that was refused");
    let chinese = run(&[&decide[..], &["--lang", "zh", "-o", &record]].concat());
    assert!(err(&chinese).contains("已存在"), "{}", err(&chinese));
    // A folder takes a record that it does not hold, once.
    let into = [&decide[..], &["-o", folder.to_str().unwrap()]].concat();
    fine(&into);
    assert_eq!(code(&run(&into)), 6);
}

#[test]
fn an_assumption_is_accepted_for_a_reason() {
    for reason in [&[][..], &["--accept-assumed", ""], &["--accept-assumed", " "]] {
        let output = run(&[&["decide", FIRM][..], reason].concat());
        assert_eq!(code(&output), 2, "{reason:?}: {}", err(&output));
        assert!(err(&output).contains("--accept-assumed REASON"), "{}", err(&output));
    }
    assert!(fine(&["decide", FIRM, "--accept-assumed", "agreed"]).contains("agreed"));
}
