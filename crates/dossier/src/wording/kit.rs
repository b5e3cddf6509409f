//! Words of a 收集包: what a contact person reads who opens it once a week.

use super::text::day;
use crate::domain::kit::column::{CODE, MATERIAL, NOTE, PAGES, PIECES, YEAR};
use crate::domain::kit::{FormRow, Listing};
use crate::domain::{Debt, Duty, Kit, YearState};
use crate::exchange::kit::{Ask, Draft, Folder, KitReceipt, MadeKit};

pub const SHEET: &str = "报送清单";
pub const LISTED: &str = "需要报送的材料";
pub const WHOLE_PERIOD: &str = "全周期";
pub const WHOLE_NUMBERS: &str = "请填写整数。";
/// Columns of the form and their widths in characters.
pub const COLUMNS: [(&str, f64); 12] = [
    ("序号", 6.0),
    (CODE, 9.0),
    ("考评内容", 34.0),
    (MATERIAL, 28.0),
    ("载体形式", 22.0),
    (YEAR, 9.0),
    ("应报件数", 7.0),
    ("已收件数", 7.0),
    ("状态", 8.0),
    (PIECES, 7.0),
    (PAGES, 7.0),
    (NOTE, 26.0),
];
pub const PRINTED_COLUMNS: [&str; 4] = ["指标", "应报材料", "载体形式", "还缺"];

/// One material with what is still missing of it.
pub struct Line {
    pub title: String,
    pub form: String,
    pub lacking: String,
}

pub fn title(draft: &Draft) -> String {
    format!("{}佐证材料收集说明", draft.kit.unit_name)
}

/// What to do, a paragraph each.
pub fn paragraphs(draft: &Draft) -> Vec<String> {
    let kit = &draft.kit;
    let office = if draft.office.is_empty() { "我办" } else { &draft.office };
    let asked = match draft.lacking() {
        0 => "都是配合：材料由牵头单位汇总，表中所列与贵单位有关的请一并提供，没有的不必交".to_owned(),
        count => format!("应由贵单位提供的材料还缺{count}件；标明“配合”的由牵头单位汇总，有相关材料请一并提供"),
    };
    vec![
        format!(
            "{}：“{}”涉及贵单位{}项指标，{asked}。考评时间段为{}至{}，{}。",
            kit.unit_name,
            kit.assessment,
            draft.folders.len(),
            day(kit.period_from),
            day(kit.period_to),
            until(kit, office),
        ),
        "一、每项指标一个文件夹，里面的“【收集包】…txt”写明要放什么。请把扫描件（PDF、JPG、TIFF）或照片放进对应的文件夹；有年度文件夹的，按材料的年度放。".to_owned(),
        "二、文件名写清题名，例如“关于成立双拥工作领导小组的通知（示双拥〔2021〕3号）.pdf”。红头文件要有文号、日期和印章；照片请在文件名里写明时间、地点、事由。".to_owned(),
        "三、文件夹的名称和以“【收集包】”开头的文件请保留，交回时靠它们自动归到指标；不清楚放哪里的，直接放在最外层。".to_owned(),
        "四、带有绝密、机密、秘密标志的材料一律不得放入本收集包。需要的，请与我们联系，卷内放“本件另存，现场备查”页。".to_owned(),
        "五、填好“报送清单”黄色的三列，把整个文件夹（或压缩成一个 ZIP）拷到U盘交回。没有的材料请在备注里写明原因。".to_owned(),
    ]
}

/// By when it is to be handed in, and where; a day that is past is no term any more.
fn until(kit: &Kit, office: &str) -> String {
    if kit.made_on > kit.due {
        format!("报送截止日期为{}，现已逾期{}天，请抓紧补报到{office}", day(kit.due), (kit.made_on - kit.due).get_days())
    } else {
        format!("请在{}前交到{office}", day(kit.due))
    }
}

/// 说明 as text.
pub fn letter(draft: &Draft) -> String {
    let mut out = vec![title(draft), String::new()];
    out.extend(paragraphs(draft));
    out.extend([String::new(), format!("{LISTED}："), String::new()]);
    for folder in &draft.folders {
        out.push(indicator(folder));
        out.extend(lines(folder).iter().map(bullet));
        out.push(String::new());
    }
    out.push(format!("{}　{}", draft.office, day(draft.kit.made_on)).trim().to_owned());
    out.join("\n") + "\n"
}

/// The text in the folder of an indicator.
pub fn marker(folder: &Folder) -> String {
    let mut out = vec![format!("这个文件夹放：{}", indicator(folder)), String::new()];
    out.extend(lines(folder).iter().map(bullet));
    if !folder.requirements.is_empty() {
        out.extend([String::new(), "要求：".to_owned()]);
        out.extend(folder.requirements.iter().map(|line| format!("· {line}")));
    }
    out.extend([String::new(), "请不要删除本文件：文件夹改了名，也靠它认出是哪一项指标。".to_owned()]);
    out.join("\n") + "\n"
}

/// `01-03　议军会议定期召开（配合）`
pub fn indicator(folder: &Folder) -> String {
    let duty = match folder.duty {
        Duty::Lead => "",
        Duty::Support => "（配合）",
    };
    format!("{}　{}{duty}", folder.indicator, folder.text)
}

/// What is missing, the years of one material in one line.
pub fn lines(folder: &Folder) -> Vec<Line> {
    let mut out: Vec<(&Ask, Vec<String>)> = Vec::new();
    for ask in folder.asks.iter().filter(|ask| ask.lacking() > 0) {
        let said = missing(ask.year, ask.lacking(), ask.state);
        match out.last_mut() {
            Some((known, years)) if known.title == ask.title && known.form == ask.form => years.push(said),
            _ => out.push((ask, vec![said])),
        }
    }
    out.into_iter().map(|(ask, years)| Line { title: ask.title.clone(), form: ask.form.clone(), lacking: years.join("、") }).collect()
}

fn bullet(line: &Line) -> String {
    let form = if line.form.is_empty() { String::new() } else { format!("，{}", line.form) };
    format!("· {}{form}：还缺{}", line.title, line.lacking)
}

pub fn form_title(draft: &Draft) -> String {
    format!("{}报送清单", draft.kit.unit_name)
}

pub fn form_note(draft: &Draft) -> String {
    format!("{}　报送截止{}。黄色的三列由报送单位填写；表中其他各列请不要改动。", draft.kit.assessment, day(draft.kit.due))
}

pub use super::finding::state;

/// Shown where the table names no material.
pub const ANY: &str = "佐证材料";

/// Why a unit gets no kit.
pub fn passed(name: &str, has_duties: bool) -> String {
    if has_duties {
        format!("{name}：应报材料已齐，没有制作。")
    } else {
        format!("{name}：没有分到指标，没有制作。")
    }
}

/// A kit that came back, in a line.
pub fn returned(kit: &Kit, ours: bool, files: u32) -> String {
    let made = day(kit.made_on);
    if ours {
        format!("{}交回{made}制作的收集包，共{files}个文件。", kit.unit_name)
    } else {
        format!("{}交回的收集包是给“{}”做的，不是本项目的，只按文件名给出建议，共{files}个文件。", kit.unit_name, kit.assessment)
    }
}

/// Said of a kit whose 报送清单 did not come back.
pub const NO_FORM: &str = "报送清单没有交回，或者打不开，请电话核对件数。";

/// What the unit listed for an indicator beside what came; empty where it listed no number.
pub fn listing(listing: Option<Listing>) -> String {
    let amount = |pieces: Option<u32>, pages: Option<u32>| {
        let pieces = pieces.map(|pieces| format!(" {pieces} 件"));
        let pages = pages.map(|pages| format!(" {pages} 页"));
        pieces.into_iter().chain(pages).collect::<String>()
    };
    let Some(Listing { pieces, pages }) = listing else { return String::new() };
    let listed = amount(pieces.map(|(listed, _)| listed), pages.map(|(listed, _)| listed));
    let came = amount(pieces.map(|(_, came)| came), pages.map(|(_, came)| came));
    match listed.as_str() {
        "" => String::new(),
        listed if listed == came => format!("与清单填的{listed}相符"),
        listed => format!("清单填{listed}，交来{came}，请核对"),
    }
}

/// What the unit wrote beside the numbers, a line each.
pub fn remarks(rows: &[FormRow]) -> Vec<String> {
    let mut out = Vec::new();
    for row in rows {
        let year = row.year.map(|year| format!("{year}年")).unwrap_or_default();
        let title = if row.title.is_empty() { ANY } else { &row.title };
        let unread = row.unread.iter().map(|(label, text)| format!("{label}填的是“{text}”"));
        let said: Vec<String> = unread.chain((!row.note.is_empty()).then(|| row.note.clone())).collect();
        if !said.is_empty() {
            out.push(format!("备注（{title}{year}）：{}", said.join("；")));
        }
    }
    out
}

/// What is still missing, the years of one material in one line.
pub fn owed(debts: &[Debt]) -> Vec<String> {
    let mut out: Vec<(&str, Vec<String>)> = Vec::new();
    for debt in debts {
        let title = if debt.expected.title.is_empty() { ANY } else { &debt.expected.title };
        let said = missing(debt.year, debt.lacking(), debt.state);
        match out.last_mut() {
            Some((known, years)) if *known == title => years.push(said),
            _ => out.push((title, vec![said])),
        }
    }
    out.into_iter().map(|(title, years)| format!("{title} {}", years.join("、"))).collect()
}

/// `2021年1件（未到期）`
fn missing(year: Option<i16>, count: u32, state: YearState) -> String {
    let year = year.map(|year| format!("{year}年")).unwrap_or_default();
    let due = if state == YearState::NotDue { "（未到期）" } else { "" };
    format!("{year}{count}件{due}")
}

/// What came of making kits: a title, and a line a unit.
pub fn made(receipt: &KitReceipt) -> (String, Vec<String>) {
    let line = |kit: &MadeKit| {
        let file = kit.path.file_name().unwrap_or(kit.path.as_os_str()).to_string_lossy();
        let asked = match kit.lacking {
            0 => "都是配合，有相关材料的一并报送".to_owned(),
            count => format!("还缺 {count} 件"),
        };
        format!("{}：{} 项指标，{asked}　{file}", kit.name, kit.indicators)
    };
    let lines = receipt.made.iter().map(line).chain(receipt.passed.iter().cloned()).collect();
    let title = match receipt.made.len() {
        0 => "没有需要制作的收集包：所选单位的材料都齐了，或者没有分到指标。".to_owned(),
        count => format!("已制作 {count} 个收集包，请连同U盘交给各单位。"),
    };
    (title, lines)
}
