//! 彻底清除: what is asked before, and what is said after.

use std::fmt::Write as _;

use crate::domain::Document;
use crate::store::purge::Purged;

/// What goes, before it is done: the piece, and those that share its bytes.
pub fn question(piece: &Document, others: &[Document]) -> String {
    let mut said = format!(
        "将从本项目彻底清除《{}》：收到的原件、页面图像、识别出的文字、著录和操作记录里的名称、收有它的成品，以及 backups 文件夹里的索引备份。原来归入的指标下改放“本件另存，现场备查”页。",
        piece.title()
    );
    if !others.is_empty() {
        let named: Vec<String> = others.iter().map(|other| format!("《{}》", other.title())).collect();
        let count = others.len();
        write!(said, "它的内容还在另外 {count} 件里，一并清除：{}。", named.join("、")).expect("a String takes everything");
    }
    said.push_str("清除以后不能恢复，在这以前的操作也不能再撤销。");
    said
}

/// What was done, and what is left to the clerk.
pub fn done(purged: &Purged) -> String {
    let mut said = format!("已彻底清除 {} 件", purged.pieces);
    if purged.packages > 0 {
        write!(said, "，删去收有它的成品 {} 份", purged.packages).expect("a String takes everything");
    }
    said.push('。');
    if !purged.elsewhere.is_empty() {
        let places: Vec<String> = purged.elsewhere.iter().map(|place| format!("“{}”", place.display())).collect();
        write!(said, "这些地方可能还有它，程序没有动，请按保密规定处理：{}。", places.join("、")).expect("a String takes everything");
    }
    said
}
