//! Acts of the journal, as the clerk reads them beside 撤销.

use crate::domain::DemandKind;
use crate::store::{Deed, Filled, Pieces};

/// 「将 3 件归入 01-03」
pub fn sentence(deed: &Deed) -> String {
    match deed {
        Deed::Create { name } => format!("新建创建任务“{name}”"),
        Deed::Intake { accepted, duplicate, refused, pending, .. } => {
            let rest: Vec<String> = [(duplicate, "重复"), (refused, "拒收"), (pending, "待确认")]
                .into_iter()
                .filter(|(count, _)| **count > 0)
                .map(|(count, word)| format!("，{word} {count} 件"))
                .collect();
            format!("收集：接收 {accepted} 件{}", rest.concat())
        }
        Deed::Confirm { pieces } => format!("确认接收{}", named(pieces)),
        Deed::File { pieces, under } => format!("将{}同时归入 {under}", named(pieces)),
        Deed::Move { pieces, from: Some(from), under, filled } => format!("将{}从 {from} 改归 {under}{}", named(pieces), besides(*filled)),
        Deed::Move { pieces, from: None, under, filled } => format!("将{}归入 {under}{}", named(pieces), besides(*filled)),
        Deed::Unfile { pieces, from } => format!("将{}移出 {from}", named(pieces)),
        Deed::Reprint { pieces, under, again: true } => format!("{}在 {under} 另印一份", titled(pieces)),
        Deed::Reprint { pieces, under, again: false } => format!("{}在 {under} 改为互见", titled(pieces)),
        Deed::Reorder { pieces, within, position } => format!("将{}排到 {within} 的第 {position} 件", named(pieces)),
        Deed::Describe { pieces } => format!("修改{}的著录", named(pieces)),
        Deed::AcceptSuggestions { pieces } => format!("按建议归类{}", named(pieces)),
        Deed::FillAsRead { pieces } => format!("按读到的填写{}的著录", named(pieces)),
        Deed::Kits { units: 1, first } => format!("给{first}制作收集包"),
        Deed::Kits { units, .. } => format!("给 {units} 个单位制作收集包"),
        Deed::BackUp { scans, place } => format!("备份 {scans} 份原件和索引到“{place}”"),
        Deed::Merge { from, arrived: 0, changed: 0, .. } => format!("核对“{}”：没有并入内容，以本机为准", one_line(from)),
        Deed::Merge { from, arrived, changed, .. } => format!("并入“{}”：新到 {arrived} 件，改动 {changed} 处", one_line(from)),
        Deed::FileKit { pieces, unit } => format!("按{unit}的收集包归类{}", named(pieces)),
        Deed::TurnPage { pieces, page, turn: 0 } => format!("将{}第 {} 页转回原方向", named(pieces), page + 1),
        Deed::TurnPage { pieces, page, turn } => format!("将{}第 {} 页顺时针转 {turn}°", named(pieces), page + 1),
        Deed::FramePage { pieces, page, whole: true } => format!("将{}第 {} 页恢复整页", named(pieces), page + 1),
        Deed::FramePage { pieces, page, whole: false } => format!("裁剪、扶正{}第 {} 页", named(pieces), page + 1),
        Deed::LeaveOut { pieces, page, left_out: true } => format!("不收入{}第 {} 页", named(pieces), page + 1),
        Deed::LeaveOut { pieces, page, left_out: false } => format!("恢复收入{}第 {} 页", named(pieces), page + 1),
        Deed::AddMark { pieces, page } => format!("在{}第 {} 页画红线", named(pieces), page + 1),
        Deed::RemoveMark { pieces, page } => format!("擦去{}第 {} 页的红线", named(pieces), page + 1),
        Deed::AddMask { pieces, page } => format!("遮盖{}第 {} 页一处", named(pieces), page + 1),
        Deed::RemoveMask { pieces, page } => format!("取消{}第 {} 页的一处遮盖", named(pieces), page + 1),
        Deed::MaskNumbers { pieces, masks } => format!("按文字遮盖{}的号码 {masks} 处", named(pieces)),
        Deed::Caption { pieces } => format!("填写{}的照片说明", named(pieces)),
        Deed::Sort { pieces, parts } => format!("按分隔页把{}拆成 {parts} 件并归类", named(pieces)),
        Deed::Split { pieces, parts } => format!("将{}拆成 {parts} 件", named(pieces)),
        Deed::Join { pieces } => format!("将{}合并成一件", named(pieces)),
        Deed::KeepBoth { pieces } => format!("将相似的{}都保留", named(pieces)),
        Deed::KeepOne { pieces, instead_of } => format!("相似的两件留下{}，《{}》移入回收站", named(pieces), one_line(instead_of)),
        Deed::Remove { pieces } => format!("将{}移入回收站", named(pieces)),
        Deed::Restore { pieces } => format!("从回收站还原{}", named(pieces)),
        Deed::Compile { files, sheets } => format!("汇编成品 {} 册，共 {sheets} 页", files.len()),
        Deed::Issue { name } => format!("将“{name}”设为定稿"),
        Deed::ChangePack { name, number } => format!("给定稿“{name}”制作第{number}号变更包"),
        Deed::NewEdition { name } => format!("开始新版，不再沿用定稿“{name}”"),
        Deed::Set { due, .. } => format!("修改项目设置（报送日 {due}）"),
        Deed::SelfAssess { code, points: Some(points) } => format!("自评 {code}：{points} 分"),
        Deed::SelfAssess { code, points: None } => format!("填写 {code} 的自评说明"),
        Deed::Demand { kind, pieces } => match kind {
            DemandKind::Return => format!("退回{}", named(pieces)),
            DemandKind::Supplement => format!("将{}记为待补", named(pieces)),
        },
        Deed::DemandAt { kind, code, year } => {
            let when = year.map_or_else(|| " ".to_owned(), |year| format!(" {year} 年"));
            format!("将 {code}{when}记为{}", super::finding::demand(*kind))
        }
        Deed::SettleDemand { kind, code } => {
            let code = code.as_ref().map(|code| format!(" {code} 的")).unwrap_or_default();
            format!("了结{code}{}", super::finding::demand(*kind))
        }
        Deed::Declare { code, signer } => format!("登记 {code} 的未发生承诺（{signer}）"),
        Deed::WithdrawDeclaration { code } => format!("撤下 {code} 的未发生承诺"),
        Deed::SetAside { findings: 1, first, reason } => {
            format!("将{}的一条发现记为已核对，无需处理：{}", one_line(first), one_line(reason))
        }
        Deed::SetAside { findings, reason, .. } => format!("将 {findings} 条发现记为已核对，无需处理：{}", one_line(reason)),
        Deed::TakeUpAgain { findings: 1, first } => format!("将{}的一条发现重新列为待处理", one_line(first)),
        Deed::TakeUpAgain { findings, .. } => format!("将 {findings} 条发现重新列为待处理"),
        Deed::Recover { backup, listed } => {
            let from = if backup.is_some() { "用备份恢复项目" } else { "用原件重建项目" };
            if *listed > 0 { format!("{from}，{listed} 件原件待重新收集") } else { from.to_owned() }
        }
        Deed::PutBack { originals } => format!("从备份补回 {originals} 份损坏的原件"),
        Deed::Purge { pieces } => format!("彻底清除 {pieces} 件，名称不保留"),
        Deed::Undo { .. } => "撤销".to_owned(),
        Deed::Redo { .. } => "重做".to_owned(),
    }
}

/// Name of the file that a joined piece has.
pub fn joined(title: &str) -> String {
    format!("{title}（合并）.pdf")
}

/// Title of a piece that was split off: its pages are said as the whole counts them, from 1.
pub fn part(title: &str, first: u32, last: u32) -> String {
    if first == last { format!("{title}（原件第{first}页）") } else { format!("{title}（原件第{first}—{last}页）") }
}

/// What was filled in with a filing: `，填入单位、文号`.
fn besides(filled: Filled) -> String {
    let Filled { unit, number, form } = filled;
    let written =
        [(unit, "单位"), (number, "文号"), (form, "载体形式")].into_iter().filter_map(|(is_written, name)| is_written.then_some(name));
    let names: Vec<&str> = written.collect();
    if names.is_empty() { String::new() } else { format!("，填入{}", names.join("、")) }
}

/// One piece by its name, several by their number.
fn named(pieces: &Pieces) -> String {
    match pieces.documents.len() {
        1 => format!("《{}》", one_line(&pieces.first)),
        count => format!(" {count} 件"),
    }
}

/// The same at the head of a sentence.
fn titled(pieces: &Pieces) -> String {
    named(pieces).trim_start().to_owned()
}

/// Titles stand in one line of a menu.
fn one_line(title: &str) -> String {
    const MOST: usize = 30;
    let line = title.split(char::is_whitespace).filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ");
    super::text::shortened(&line, MOST)
}
