//! Goldens: readable text that is compared with a file beside the tests.

use std::path::Path;

/// Compares `text` with `tests/golden/<name>.txt`. With `HUIJUAN_GOLDEN=write` the file is written instead: read the
/// difference before it is committed.
///
/// # Panics
/// When they differ, with the first line that does.
pub fn golden(name: &str, text: &str) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("golden").join(format!("{name}.txt"));
    if std::env::var_os("HUIJUAN_GOLDEN").is_some_and(|value| value == "write") {
        std::fs::create_dir_all(path.parent().expect("a golden lies in a folder")).expect("the golden's folder can be made");
        std::fs::write(&path, text).expect("the golden can be written");
        return;
    }
    let known = std::fs::read_to_string(&path).unwrap_or_default().replace("\r\n", "\n");
    if known != text {
        let line = known.lines().zip(text.lines()).take_while(|(a, b)| a == b).count();
        let at = |text: &str| text.lines().nth(line).unwrap_or("(end)").to_owned();
        panic!("{name}: line {} differs\n golden: {}\n    now: {}\nall of it now:\n{text}", line + 1, at(&known), at(text));
    }
}
