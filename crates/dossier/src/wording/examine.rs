//! Words of 检查原件.

use crate::store::{Damaged, Examined};

/// What all of it came to.
pub fn summary(examined: &Examined) -> String {
    let Examined { files, damaged } = examined;
    match damaged.len() {
        0 => format!("检查了 {files} 份原件（含转换件），都和收取时一样。"),
        lost => format!("检查了 {files} 份原件（含转换件），有 {lost} 份损坏或者不见了，其余和收取时一样。"),
    }
}

/// One that is not as it was received, and what to do.
pub fn damaged(damaged: &Damaged) -> String {
    let what = if damaged.is_gone { "的原件不见了" } else { "的原件和收取时不一样，已经损坏" };
    let then = if damaged.copy.is_some() {
        "备份里有完好的一份，可以从备份补回。"
    } else {
        "手边的备份里没有完好的一份：请接上备份用的U盘或磁盘再检查；没有备份的，请报送单位把同一份文件再交一次，收集时会自动补上。"
    };
    format!("《{}》{what}。{then}", damaged.title)
}

/// What was put back of what was asked for.
pub fn put_back(done: u32, asked: usize) -> String {
    match asked.saturating_sub(done as usize) {
        0 => format!("已从备份补回 {done} 份原件，和收取时一样。"),
        left => format!("已从备份补回 {done} 份原件，还有 {left} 份没有补上：请接上有完好原件的备份再试。"),
    }
}

/// Whatever it came to, disks that lose one file lose more.
pub const ADVICE: &str = "原件损坏多半是磁盘出了问题：请先做一次备份到另一块磁盘，再请人检查这块磁盘。";
