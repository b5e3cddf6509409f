//! What is said to an inspector who asks for an indicator, a piece, a folio or a word.

use crate::compile::ledger::{LedgerSheet, Shows};
use crate::compile::places::Heading;
use crate::compile::plan::PieceNumber;
use crate::compile::{Lies, Places, Volumes};
use crate::domain::fold::Field;
use crate::domain::{Catalogue, Leaf};

use super::{package, text};

/// Over a group of answers: `37　05-02　…`, `件号 01-03-002`, `汇编页码 37　指标页`.
pub fn heading(heading: &Heading, catalogue: &Catalogue) -> String {
    let leaf = |code| catalogue.leaf(code).map(Leaf::text).unwrap_or_default();
    match heading {
        Heading::Leaf(code) => {
            let serial = catalogue.leaf(code).and_then(Leaf::serial).map(|serial| format!("{serial}　")).unwrap_or_default();
            format!("{serial}{code}　{}", leaf(code))
        }
        Heading::Piece(PieceNumber(number)) => format!("件号 {number}"),
        Heading::Folio { folio, sheet: Some(sheet) } => match &sheet.indicator {
            Some(code) if !matches!(sheet.shows, Shows::Piece { .. } | Shows::Photos { .. } | Shows::Slip { .. }) => {
                format!("汇编页码 {}　{}（{code}　{}）", folio.label(), self::sheet(sheet), leaf(code))
            }
            _ => format!("汇编页码 {}　{}", folio.label(), self::sheet(sheet)),
        },
        Heading::Folio { folio, sheet: None } => format!("汇编页码 {}　成品里没有这一页", folio.label()),
        Heading::Words(words) => format!("含有“{words}”的材料"),
    }
}

fn sheet(sheet: &LedgerSheet) -> &'static str {
    shows(&sheet.shows)
}

/// What stands on a sheet.
pub fn shows(shows: &Shows) -> &'static str {
    match shows {
        Shows::Cover => "封面",
        Shows::Notes => "编制说明",
        Shows::Overview => "总目录",
        Shows::Contents => "目录",
        Shows::Summary => "汇总表",
        Shows::Divider => "隔页",
        Shows::Listing => "分目录",
        Shows::Indicator => "指标页",
        Shows::Register { .. } => "卷内目录",
        Shows::Piece { .. } | Shows::Photos { .. } => "材料",
        Shows::Slip { .. } => "附件说明页",
        Shows::Closing => "备考表",
        Shows::Blank => "空白面",
        Shows::Changes => super::issue::LIST,
    }
}

/// `第03盒`, or 全一册.
pub fn volume(places: &Places, lies: &Lies) -> String {
    if places.volume_count > 1 { package::volume(places.volumes, lies.volume) } else { "全一册".to_owned() }
}

/// `25`, `25—31`
pub fn folios(lies: &Lies) -> String {
    let (first, last) = lies.folios();
    package::through(first.label(), last.label())
}

/// `另印：02-01-003（第05盒，88—91 页）`
pub fn also(places: &Places, also: &[Lies]) -> String {
    let place = |lies: &Lies| {
        let volume = if places.volume_count > 1 { format!("{}，", volume(places, lies)) } else { String::new() };
        format!("{}（{volume}{} 页）", lies.number, folios(lies))
    };
    if also.is_empty() { String::new() } else { format!("另印：{}", also.iter().map(place).collect::<Vec<_>>().join("、")) }
}

/// What the numbers were taken from: `汇编_2023-04-18（2023年4月18日，按盒分册，定稿）`.
pub fn source(places: &Places) -> String {
    let by = match places.volumes {
        Volumes::One => "整本",
        Volumes::Area => "按方面分册",
        Volumes::Box => "按盒分册",
    };
    let edition = match places.packs {
        None => String::new(),
        Some(0) => "，定稿".to_owned(),
        Some(packs) => format!("，定稿，含 {packs} 个变更包"),
    };
    format!("{}（{}，{by}{edition}）", places.name, text::day(places.made_on))
}

pub fn field(field: Field) -> &'static str {
    match field {
        Field::Number => "文号",
        Field::Issuer => "责任者",
        Field::Unit => "来源单位",
        Field::Name => "文件名",
        Field::Folder => "文件夹",
        Field::Note => "说明",
        Field::LiesAt => "原件位置",
        Field::Caption => "照片说明",
        Field::Text => "正文",
    }
}
