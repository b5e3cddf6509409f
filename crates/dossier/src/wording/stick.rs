//! Words of a 查阅盘.

use std::path::Path;

pub const INDEX: &str = "打开这里.html";
pub const SCRIPT: &str = "查找.js";
pub const STYLE: &str = "样式.css";
pub const DIGESTS: &str = "校验值.txt";
pub const SEARCH: &str = "输入编号、题名中的字，例如 37、议军";

/// Folder of the stick.
pub fn folder(package: &str) -> String {
    format!("查阅盘_{package}")
}

/// Where a line leads: the printed number, and how long a piece is.
pub fn place(folio: &str, pages: u32) -> String {
    match (folio, pages) {
        ("", _) => String::new(),
        (folio, 0) => format!("第 {folio} 页"),
        (folio, pages) => format!("第 {folio} 页起，{pages} 页"),
    }
}

/// What was made.
pub fn done(dir: &Path, files: usize, pieces: usize, bytes: u64) -> (String, Vec<String>) {
    let title = format!("查阅盘做好了：{files} 个 PDF（{}），索引 {pieces} 件。", super::text::size(bytes));
    let lines =
        vec![format!("位置：{}", dir.display()), format!("在任何电脑上双击“{INDEX}”，不用安装程序，不用联网；里面的文件都设成了只读。")];
    (title, lines)
}
