//! Words of 加密打包.

use std::path::Path;

use super::text::size;

/// The ZIP, without its ending.
pub fn file(name: &str) -> String {
    format!("{name}_加密")
}

/// What was made: a title, and what to look at.
pub fn done(path: &Path, files: usize, bytes: u64) -> (String, Vec<String>) {
    let title = format!("加密包做好了：{files} 个文件（{}），已经用密码打开、逐个核对过。", size(bytes));
    let lines = vec![
        format!("位置：{}", path.display()),
        "密码没有保存在任何地方，忘了谁也打不开，只能重新打包；请另外告诉对方，不要和加密包放在一起。".to_owned(),
        "对方用 7-Zip、WinRAR、Bandizip 等软件打开（AES-256），Windows 自带的解压打不开；文件名不加密，不用密码也看得到。".to_owned(),
    ];
    (title, lines)
}
