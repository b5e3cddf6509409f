//! Spoiled scans end as pages, as drawings or as refusals; ten thousand of them by `--example mutate`.

mod pdf_fixtures;
mod spoiled;

#[test]
fn no_spoiled_scan_breaks_a_package() {
    let folder = tempfile::tempdir().expect("the system has room for a test");
    let tally = spoiled::try_all(200, 20_230_418, folder.path());
    assert!(tally.wrong.is_empty(), "{tally:#?}");
    // The wounds are neither all deadly nor all harmless.
    assert!(tally.passed > 20 && tally.drawn > 0 && tally.refused > 20, "{tally:?}");
}
