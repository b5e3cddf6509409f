//! 并入: what would come, what differs, what stays out.

use std::fmt::Write as _;

use serde::Serialize;

use crate::domain::merge::{About, Arrival, Change, Conflict, Field, Left, Merging, Said, What, Why};
use crate::domain::{Declaration, Units};

/// What was found, in one sentence.
pub fn heading(merging: &Merging) -> String {
    let Merging { from, last: (at, who), .. } = merging;
    let at = at.to_zoned_datetime(jiff::tz::TimeZone::system()).strftime("%Y-%m-%d %H:%M").to_string();
    let who = if who.is_empty() { String::new() } else { format!("（{who}）") };
    format!("“{from}”，最后操作 {at}{who}：{}。", counts(merging))
}

fn counts(merging: &Merging) -> String {
    let merge = &merging.merge;
    let pages: u32 = merge.arrivals.iter().map(|arrival| arrival.pages).sum();
    let mut out = Vec::new();
    if !merge.arrivals.is_empty() {
        out.push(format!("新到 {} 件、{pages} 页", merge.arrivals.len()));
    }
    if !merge.changes.is_empty() {
        out.push(format!("本机已有的改动 {} 处", merge.changes.len()));
    }
    if !merge.conflicts.is_empty() {
        out.push(format!("两边不一致 {} 处", merge.conflicts.len()));
    }
    if !merge.left.is_empty() {
        out.push(format!("不并入或待核对 {} 件", merge.left.len()));
    }
    if out.is_empty() { "没有要并入的内容".to_owned() } else { out.join("，") }
}

/// Files that wait there; empty where none does.
pub fn waiting(merging: &Merging) -> String {
    match merging.waiting {
        0 => String::new(),
        count => format!("对方还有 {count} 个文件待确认或没有收完，不会一起并入：请在那台电脑上处理后再并入一次。"),
    }
}

/// Title of what comes in, and where it goes.
pub fn arrival(arrival: &Arrival) -> (String, String) {
    let leaves: Vec<&str> = arrival.leaves.iter().map(|leaf| leaf.0.as_str()).collect();
    let place = if leaves.is_empty() { "待归类".to_owned() } else { format!("归入 {}", leaves.join("、")) };
    (titled(&arrival.title), format!("{} 页，{place}", arrival.pages))
}

/// What something of ours is called, and what becomes of it.
pub fn change(change: &Change, units: &Units) -> (String, String) {
    let what: Vec<String> = change.what.iter().map(|what| one(what, units)).collect();
    (about(&change.about), what.join("，"))
}

fn one(what: &What, units: &Units) -> String {
    match what {
        What::Said(Field::Removed, Said::Removed(false)) => "从回收站还原".to_owned(),
        What::Said(Field::Removed, _) => "移入回收站".to_owned(),
        What::Said(Field::Declaration, Said::Declaration(None)) => "撤回未发生承诺".to_owned(),
        What::Said(of, to) => {
            let (name, to) = (field(*of), said(to, units));
            if to.is_empty() { format!("{name}改为空白") } else { format!("{name}改为“{to}”") }
        }
        What::Filed(leaf) => format!("归入 {leaf}"),
        What::Reprinted(leaf, true) => format!("在 {leaf} 另印一份"),
        What::Reprinted(leaf, false) => format!("在 {leaf} 改为互见"),
        What::Unfiled(leaf) => format!("移出 {leaf}"),
        What::Lines(count) => format!("加红线 {count} 处"),
        What::Masks(count) => format!("加遮盖 {count} 处"),
        What::Split(parts) => format!("按对方拆成 {parts} 件"),
        What::Demanded(demand) => format!("登记{}：{}", super::finding::demand(demand.kind), demand.reason),
        What::Settled(demand) => format!("了结{}：{}", super::finding::demand(demand.kind), demand.reason),
    }
}

fn about(about: &About) -> String {
    match about {
        About::Piece { title } => titled(title),
        About::Leaf(code) => code.0.clone(),
    }
}

fn titled(title: &str) -> String {
    format!("《{title}》")
}

fn field(field: Field) -> String {
    match field {
        Field::Title => "题名".to_owned(),
        Field::Number => "文号".to_owned(),
        Field::Issuer => "责任者".to_owned(),
        Field::Dated => "成文日期".to_owned(),
        Field::Form => "载体形式".to_owned(),
        Field::Unit => "来源单位".to_owned(),
        Field::Years => "佐证年度".to_owned(),
        Field::Note => "说明".to_owned(),
        Field::Sealed => "印章".to_owned(),
        Field::Secrecy => "密级声明".to_owned(),
        Field::LiesAt => "原件位置".to_owned(),
        Field::AlsoFrom => "另由何单位报送".to_owned(),
        Field::Caption => "照片说明".to_owned(),
        Field::Page(page) => format!("第 {} 页", page + 1),
        Field::Removed => "回收站".to_owned(),
        Field::Filed => "归类".to_owned(),
        Field::Points(part) => format!("第 {} 个得分点的自评分", part + 1),
        Field::Narrative => "自评说明".to_owned(),
        Field::Declaration => "未发生承诺".to_owned(),
    }
}

/// Empty where nothing is said.
fn said(said: &Said, units: &Units) -> String {
    match said {
        Said::Text(text) => text.clone(),
        Said::Date(date) => date.map(|date| date.to_string()).unwrap_or_default(),
        Said::Years(years) => years.iter().map(i16::to_string).collect::<Vec<_>>().join("、"),
        Said::Unit(None) => String::new(),
        Said::Unit(Some(code)) => units.name_of(code).to_owned(),
        Said::Units(codes) => codes.iter().map(|code| units.name_of(code)).collect::<Vec<_>>().join("、"),
        Said::Sealed(sealed) => sealed.map(|sealed| if sealed { "有" } else { "无" }).unwrap_or_default().to_owned(),
        Said::Caption(caption) => caption.parts().into_iter().filter(|part| !part.trim().is_empty()).collect::<Vec<_>>().join("，"),
        Said::Page { turn, framing, left_out } => {
            let turned = (*turn != 0).then(|| format!("顺时针转 {turn}°"));
            let framed = (!framing.is_whole()).then(|| "裁剪、扶正".to_owned());
            let out = left_out.then(|| "不收入".to_owned());
            let parts: Vec<String> = [turned, framed, out].into_iter().flatten().collect();
            if parts.is_empty() { "按原样".to_owned() } else { parts.join("，") }
        }
        Said::Removed(removed) => if *removed { "移入回收站" } else { "留用" }.to_owned(),
        Said::Leaves(leaves) => leaves.iter().map(|leaf| leaf.0.as_str()).collect::<Vec<_>>().join("、"),
        Said::Points(points) => points.map(|points| format!("{points} 分")).unwrap_or_default(),
        Said::Declaration(None) => String::new(),
        Said::Declaration(Some(Declaration { signer, signed_on, document })) => {
            let paper = if document.is_some() { "有签署件" } else { "没有签署件" };
            format!("{signer}，{signed_on}，{paper}")
        }
    }
}

/// A conflict in words.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Conflicting {
    pub about: String,
    pub field: String,
    pub ours: String,
    pub theirs: String,
}

pub fn conflict(conflict: &Conflict, units: &Units) -> Conflicting {
    let shown = |of: &Said| Some(said(of, units)).filter(|text| !text.is_empty()).unwrap_or_else(|| "（空白）".to_owned());
    let (ours, theirs) = (shown(&conflict.ours), shown(&conflict.theirs));
    Conflicting { about: about(&conflict.about), field: field(conflict.field), ours, theirs }
}

/// What stays out, and what to do.
pub fn left(left: &Left) -> String {
    let named = if left.title.is_empty() { "有 1 件（不显示名称）".to_owned() } else { titled(&left.title) };
    let why = match &left.why {
        Why::Purged => "在本机彻底清除过，不会并回来：对方那里还有，请在那台电脑上也彻底清除",
        Why::Classified => "带密级标志，没有并入：请在那台电脑上彻底清除",
        Why::PurgedThere => "对方已彻底清除，本机还有：请核对是否涉密，涉密的在本机也彻底清除",
        Why::InBin => "在本机回收站里，仍留在那里，对方的改动照常并入：要用的请还原",
        Why::SplitInBin => "在本机回收站里，对方把它拆开了，只并入遮盖：要用的请还原，再对照着拆分、归类",
        Why::SplitOtherwise => "两边拆分得不一样，本机的照旧，只并入了遮盖：对方的归类和著录请对照着处理",
        Why::Damaged => "对方那里的原件已损坏，没有并入：请在那台电脑上找到原件重新收集",
        Why::Missing => "对方那里缺少原件，没有并入：请换一份完整的备份再并入一次",
        Why::Unreadable { .. } => "原件读不出来，没有并入：U盘可能有坏区，请重新备份后再并入一次",
    };
    format!("{named}{why}。")
}

/// What a merge came to: a title, and what to look at.
pub fn done(merging: &Merging) -> (String, Vec<String>) {
    let merge = &merging.merge;
    let theirs = merge.conflicts.iter().filter(|conflict| conflict.theirs_chosen).count();
    let mut title = match (merge.arrivals.len(), merge.written()) {
        (0, 0) if merging.unknown => "没有要并入的内容，已记为核对过，以本机为准。".to_owned(),
        (0, 0) => "没有要并入的内容，本机已经都有。".to_owned(),
        (arrived, changed) => format!("已并入：新到 {arrived} 件，改动 {changed} 处。"),
    };
    if merge.conflicts.len() > theirs {
        write!(title, "不一致的 {} 处保留本机的。", merge.conflicts.len() - theirs).expect("a String takes everything");
    }
    let mut lines = Vec::new();
    if !merge.is_nothing() {
        lines.push("整次并入是一步，可以一次撤销。".to_owned());
    }
    lines.extend(merge.left.iter().map(left));
    lines.extend(Some(waiting(merging)).filter(|said| !said.is_empty()));
    (title, lines)
}
