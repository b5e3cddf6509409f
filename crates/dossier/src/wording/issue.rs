//! 定稿 and 变更包: what is printed on a 变更清单, and what is said of an edition.

use jiff::civil::Date;
use paper::manuscript::Folio;

use super::{package, text};
use crate::compile::Volumes;
use crate::compile::change::{Act, Change, Changes};
use crate::compile::issue::{Issue, Withdrawn};
use crate::compile::ledger::Shows;

pub const LIST: &str = "变更清单";
pub const LIST_HEAD: [&str; 5] = ["序号", "办法", "抽出", "放入", "内容"];
pub const SIGNED: &str = "执行人：　　　　　　　　　　执行日期：　　　　年　　月　　日";

/// Base name of a 变更包: `变更包01_2023-05-02`.
pub fn pack_name(number: u32, day: Date) -> String {
    format!("变更包{number:02}_{day}")
}

pub fn pack_title(name: &str, number: u32) -> String {
    format!("{name}　第{number}号变更包")
}

pub fn list_header(number: u32, page: usize, of: usize) -> String {
    format!("第{number}号变更包　变更清单　第 {page} 页，共 {of} 页")
}

pub fn of_edition(edition: &str, number: u32) -> String {
    format!("（定稿“{edition}”第{number}号变更包）")
}

/// Stands over the list.
pub fn how_to(number: u32) -> Vec<String> {
    let first = if number > 1 { format!("先完成第{}号变更包，再", number - 1) } else { String::new() };
    vec![format!(
        "{first}按下列次序逐行更换。本清单之后的各页依次就是“放入”栏所列的张页，打印方式与定稿相同。已印的页码一律不变，撤出的页码空缺不再使用；办完后在各盒备考表的“情况说明”栏注明。"
    )]
}

pub fn volume(volumes: Volumes, number: u32, title: &str) -> String {
    format!("{}　{title}", package::volume(volumes, number))
}

pub fn act(act: Act) -> &'static str {
    match act {
        Act::Pull => "抽出",
        Act::Swap => "换",
        Act::Insert => "插入",
    }
}

/// `45—48 页（2 张）`
pub fn pulled(change: &Change) -> String {
    if change.pulled.is_empty() { "—".to_owned() } else { leaves(&change.pulled, change.leaves.0) }
}

/// `45-1—45-4 页（2 张），放在 46 页之后`
pub fn put(change: &Change) -> String {
    if change.put.is_empty() {
        return "—".to_owned();
    }
    let put = leaves(&change.put, change.leaves.1);
    match change.behind {
        Some(behind) => format!("{put}\n放在{}之后", page(behind)),
        None => put,
    }
}

fn leaves(folios: &[Folio], count: usize) -> String {
    let (first, last) = (folios[0], folios[folios.len() - 1]);
    // `11-1—11-3` is hard to read.
    let to = if folios.iter().any(|folio| matches!(folio, Folio::Behind { .. })) { " 至 " } else { "—" };
    let pages = if first == last { page(first) } else { format!("{}{to}{} 页", bare(first), bare(last)) };
    format!("{pages}（{count} 张）")
}

fn bare(folio: Folio) -> String {
    if folio == Folio::None { package::COVER.to_owned() } else { folio.label() }
}

fn page(folio: Folio) -> String {
    if folio == Folio::None { package::COVER.to_owned() } else { format!(" {} 页", folio.label()) }
}

/// What stands on the leaves, each thing once.
pub fn shows(change: &Change, after: &Issue) -> String {
    let mut said: Vec<String> = Vec::new();
    for (shows, indicator) in &change.shows {
        let code = indicator.as_ref().map(|code| format!("{code} ")).unwrap_or_default();
        let title = |number| after.title(number).map(|title| format!("{number}《{title}》")).unwrap_or_default();
        let text = match shows {
            Shows::Blank => continue,
            Shows::Indicator => format!("{code}指标页"),
            Shows::Register { section: None } => format!("{code}卷内目录"),
            Shows::Register { section: Some(section) } => format!("{code}{}", package::register_of(*section)),
            Shows::Piece { .. } | Shows::Photos { .. } | Shows::Slip { .. } => {
                shows.pieces().into_iter().map(title).collect::<Vec<_>>().join("、")
            }
            other => super::consult::shows(other).to_owned(),
        };
        if !said.contains(&text) {
            said.push(text);
        }
    }
    if said.is_empty() { package::BLANK.to_owned() } else { said.join("、") }
}

/// `03-04-012《…》已撤出，第 45—48 页空缺。`
pub fn withdrawn(gone: &Withdrawn) -> String {
    format!(
        "{}《{}》已撤出，第 {} 页空缺，件号和页码不再使用。",
        gone.number,
        gone.title,
        package::through(gone.folios.0.label(), gone.folios.1.label())
    )
}

/// One line of a change, for the screen.
pub fn line(change: &Change, changes: &Changes, volumes: Volumes, several: bool) -> String {
    let volume = if several { format!("{}：", package::volume(volumes, change.volume)) } else { String::new() };
    let what = shows(change, &changes.after);
    match change.act {
        Act::Pull => format!("{volume}抽出 {}，{what}", pulled(change)),
        Act::Swap => format!("{volume}抽出 {}，换入 {}，{what}", pulled(change), put(change)),
        Act::Insert => format!("{volume}插入 {}，{what}", put(change).replace('\n', "，")),
    }
}

/// How an edition stands.
pub fn standing(issue: &Issue) -> String {
    let packs = if issue.packs > 0 { format!("，已出 {} 个变更包", issue.packs) } else { String::new() };
    format!("定稿“{}”（{}）{packs}。印出的件号、页码不再变，以后的材料编在后面。", issue.name, text::day(issue.options.made_on))
}

/// Paragraph of 编制说明 on folios that stay empty; `None` without any.
pub fn gaps(withdrawn: &[Withdrawn]) -> Option<String> {
    let pages: Vec<String> = withdrawn
        .iter()
        .map(|gone| format!("{}（{}）", package::through(gone.folios.0.label(), gone.folios.1.label()), gone.number))
        .collect();
    (!pages.is_empty()).then(|| format!("七、本汇编定稿后撤出材料 {} 件，汇编页码第 {} 页空缺。", pages.len(), pages.join("、")))
}
