//! What is printed on the text sheets of a package, and how its files are called.

pub mod proof;

use jiff::civil::Date;

use super::text::{day, shortened, size};
use crate::compile::ledger::{Shows, Volume};
use crate::compile::package::CompileError;
use crate::compile::plan::{Entry, Group, GroupKind, LeafPlan, LeftOut, Piece, PieceNumber, Plan, Slip, Why, YearCount};
use crate::compile::{Format, Section, Sections, Stands, Volumes};
use crate::domain::{Caption, Declaration, Expected, IndicatorCode, Per, Points, ScoringPart};

pub const COVER: &str = "封面";
pub const NOTES: &str = "编制说明";
pub const OVERVIEW: &str = "总目录";
pub const CONTENTS: &str = "目录";
pub const VOLUME_CONTENTS: &str = "本册目录";
pub const SUMMARY: &str = "自评得分汇总";
pub const LISTING: &str = "分目录";
pub const REGISTER: &str = "卷内目录";
pub const CLOSING: &str = "备考表";
pub const BLANK: &str = "此页空白";
pub const VETO: &str = "一票否决事项证明";
pub const BONUS: &str = "加分材料";
pub const YEARS: &str = "年度覆盖";

/// Longest heading text of an indicator, in characters: with its code it is one line of the contents. The full wording
/// stands on its sheet.
const HEADING: usize = 22;
/// Longest wording of an indicator in a row of 总目录, in characters: two full lines of its column.
const ROW: usize = 36;
/// Longest title in a caption.
const CAPTION: usize = 36;

/// Heading of a group, the same on its divider, in the contents and in the bookmarks.
pub fn group(group: &Group) -> String {
    match group.kind {
        GroupKind::Veto => VETO.to_owned(),
        GroupKind::Bonus => BONUS.to_owned(),
        GroupKind::Area => format!("{}　{}", group.code, group.title),
    }
}

/// Heading of an indicator: its code and the first clause of its wording.
pub fn leaf(leaf: &LeafPlan) -> String {
    format!("{}　{}", leaf.code, clause(&leaf.text, HEADING))
}

/// Heading of a section of a leaf, the same on its 卷内目录, in the contents and in the bookmarks: `01-03　2022年`.
pub fn section(leaf: &LeafPlan, of: Section) -> String {
    format!("{}　{}", leaf.code, section_name(of))
}

/// `2022年`, 跨年度, 未注明年度.
pub fn section_name(section: Section) -> String {
    match section {
        Section::Several => "跨年度".to_owned(),
        Section::Year(year) => year_name(year),
        Section::Unsaid => "未注明年度".to_owned(),
    }
}

/// 卷内目录 of a section, in a list.
pub fn register_of(section: Section) -> String {
    format!("{REGISTER}（{}）", section_name(section))
}

/// 备注 of what is printed here and elsewhere, too.
pub fn again(piece: &Piece) -> String {
    if piece.again { "另印".to_owned() } else { String::new() }
}

/// The first clauses of a text that fit; what is cut is shown by an ellipsis.
pub(super) fn clause(text: &str, most: usize) -> String {
    let text = text.trim().trim_end_matches(['。', '；', ';']);
    let sentence = text.find(['。', '；', '\n']).map_or(text, |end| &text[..end]);
    if sentence.len() == text.len() && sentence.chars().count() <= most {
        return sentence.to_owned();
    }
    // The ellipsis takes two.
    let most = most - 2;
    if sentence.chars().count() <= most {
        return format!("{sentence}……");
    }
    let cut: String = sentence.chars().take(most).collect();
    let long_enough = |end: &usize| cut[..*end].chars().count() * 2 > most;
    let mark = cut.rfind(['，', '、', '：']).filter(long_enough);
    // Neither within brackets nor within a number.
    let bracket = cut.rfind('（').filter(|at| !cut[*at..].contains('）')).filter(long_enough);
    let number = cut.trim_end_matches(|character: char| character.is_ascii_alphanumeric() || character == '.').len();
    let end = [mark, bracket].into_iter().flatten().min().or(Some(number).filter(long_enough)).unwrap_or(cut.len());
    format!("{}……", &cut[..end])
}

/// Bookmark of a piece.
pub fn piece(piece: &Piece, entry: &Entry) -> String {
    format!("{}　{}", piece.number, entry.title)
}

/// Stamped at the head of a page of evidence.
pub fn caption(piece: &Piece, entry: &Entry, page: u32, of: u32) -> String {
    format!("{}　{}（{page}/{of}）", piece.number, shortened(&entry.title, CAPTION))
}

pub const CAPTION_PARTS: [&str; 6] = ["时间", "地点", "人物", "主题", "背景", "事由"];

/// Printed under a photo: its number and title, then the six parts of its caption; time and place on one line.
pub fn photo(piece: &Piece, entry: &Entry) -> Vec<String> {
    let mut out = vec![format!("{}　{}", piece.number, entry.title)];
    let parts = piece.photo.as_deref().map(Caption::parts).unwrap_or_default();
    let said: Vec<String> = CAPTION_PARTS
        .iter()
        .zip(parts)
        .map(|(label, part)| if part.trim().is_empty() { String::new() } else { format!("{label}：{}", part.trim()) })
        .collect();
    let when_where = said[..2].iter().filter(|part| !part.is_empty()).cloned().collect::<Vec<_>>().join("　　");
    out.extend([when_where].into_iter().chain(said[2..].iter().cloned()).filter(|line| !line.is_empty()));
    out
}

/// Bookmark of a part of the front matter.
pub fn front(shows: &Shows, of: usize) -> &'static str {
    match shows {
        Shows::Cover => COVER,
        Shows::Notes => NOTES,
        Shows::Overview => OVERVIEW,
        Shows::Contents => contents(of),
        Shows::Summary => SUMMARY,
        Shows::Divider | Shows::Listing => LISTING,
        Shows::Indicator | Shows::Register { .. } | Shows::Piece { .. } | Shows::Photos { .. } | Shows::Slip { .. } => REGISTER,
        Shows::Closing => CLOSING,
        Shows::Blank => BLANK,
        Shows::Changes => super::issue::LIST,
    }
}

/// Of one volume out of so many.
pub fn contents(of: usize) -> &'static str {
    if of > 1 { VOLUME_CONTENTS } else { CONTENTS }
}

/// Heading or bookmark that goes on from the volume before.
pub fn continued(heading: &str) -> String {
    format!("{heading}（续）")
}

/// What a volume is called: a box where it fills one.
pub fn bound(volumes: Volumes) -> &'static str {
    match volumes {
        Volumes::One | Volumes::Area => "册",
        Volumes::Box => "盒",
    }
}

/// `第02册`, `第02盒`
pub fn volume(volumes: Volumes, number: u32) -> String {
    format!("第{number:02}{}", bound(volumes))
}

pub fn volume_of(volumes: Volumes, number: u32, of: usize) -> String {
    let bound = bound(volumes);
    format!("第 {number} {bound}（共 {of} {bound}）")
}

/// Name of a volume among the properties of its file.
pub fn volume_name(plan: &Plan, number: u32, of: usize) -> String {
    let name = &plan.name;
    if of > 1 { format!("{name} {}", volume(plan.volumes, number)) } else { name.clone() }
}

/// `01　组织领导坚强有力`, or with the codes of the part that a box holds.
pub fn volume_holds(top: &Group, range: Option<(&IndicatorCode, &IndicatorCode)>) -> String {
    match range {
        None => group(top),
        Some((first, last)) if first == last => format!("{}（{first}）", group(top)),
        Some((first, last)) => format!("{}（{first} 至 {last}）", group(top)),
    }
}

/// Base name of a package in its folder.
pub fn package_name(format: Format, made_on: Date) -> String {
    let word = if format == Format::Review { "审阅版" } else { "汇编" };
    format!("{word}_{made_on}")
}

/// Name of the report that lies beside a package.
pub fn report_name(package: &str, ending: &str) -> String {
    format!("{package}.{ending}{REPORT}")
}

/// Name of the same report for a person.
pub fn readable_report_name(package: &str, ending: &str) -> String {
    format!("{package}.{ending}.校验报告.txt")
}

/// Name of the same report on paper.
pub fn printed_report_name(package: &str, ending: &str) -> String {
    format!("{package}.{ending}.校验报告.pdf")
}

/// How the name of a report ends.
pub const REPORT: &str = ".校验报告.json";

/// Longest part of a volume's title in the name of its file, in characters.
const FILE_TITLE: usize = 24;

/// `汇编_2023-04-18.pdf`, or `汇编_2023-04-18_第02册_01组织领导坚强有力.pdf`
pub fn file_name(package: &str, volumes: Volumes, volume: &Volume, of: usize, ending: &str) -> String {
    if of == 1 {
        return format!("{package}.{ending}");
    }
    let plain = |character: &char| !character.is_whitespace() && !character.is_control() && !"/\\:*?\"<>|.".contains(*character);
    let title: String = volume.title.chars().filter(plain).take(FILE_TITLE).collect();
    format!("{package}_{}_{title}.{ending}", self::volume(volumes, volume.number))
}

/// Whether a file is called as a volume of this package is, see [`file_name`].
pub fn is_volume_of(file: &str, package: &str, ending: &str) -> bool {
    let rest = file.strip_prefix(package).and_then(|rest| rest.strip_prefix("_第")?.strip_suffix(ending)?.strip_suffix('.'));
    let kind = rest.map(|rest| rest.trim_start_matches(|digit: char| digit.is_ascii_digit()));
    kind.is_some_and(|kind| [Volumes::Area, Volumes::Box].into_iter().any(|volumes| kind.starts_with(&format!("{}_", bound(volumes)))))
}

pub fn month(date: Date) -> String {
    format!("{}年{}月", date.year(), date.month())
}

pub fn period((from, to): (Date, Date)) -> String {
    format!("{}至{}", month(from), month(to))
}

/// Lines of the cover that say for which years, and that a reference catalogue is none.
pub fn cover_period(plan: &Plan) -> String {
    let (from, to) = plan.period;
    if from.year() == to.year() { format!("（{}年）", from.year()) } else { format!("（{}年—{}年）", from.year(), to.year()) }
}

pub fn package_kind() -> &'static str {
    "佐 证 材 料 汇 编"
}

pub const UNOFFICIAL: &str = "（考评目录为非官方参考文本）";

/// Paragraphs of 编制说明.
pub fn notes(plan: &Plan, volumes: usize) -> Vec<String> {
    let areas = plan.groups.iter().filter(|group| group.kind == GroupKind::Area && group.depth == 0).count();
    let count = |kind| plan.groups.iter().filter(|group| group.kind == kind).map(|group| group.leaves.len()).sum::<usize>();
    let (indicators, vetoes, bonuses) = (count(GroupKind::Area), count(GroupKind::Veto), count(GroupKind::Bonus));
    let pieces = plan.pieces().count();
    let pages: usize = plan.pieces().map(|piece| piece.pages.len()).sum();
    let mut scope = format!("依据《{}》，共 {areas} 个方面、{indicators} 项指标", plan.catalogue);
    if vetoes > 0 {
        scope.push_str(&format!("，一票否决事项 {vetoes} 项"));
    }
    if bonuses > 0 {
        scope.push_str(&format!("，加分项 {bonuses} 项"));
    }
    let (again, again_pages) = plan.again();
    let parted = match plan.sections {
        Sections::Indicator => "",
        Sections::Year => "每项之内按佐证年度分节，跨年度的在最前，未注明年度的在最后，各节有卷内目录。",
    };
    let numbered = match plan.sections {
        Sections::Indicator => "",
        Sections::Year => "件序按归入的先后，不分年度，一节之内可以不相连；",
    };
    let several = if again == 0 {
        "只在首次出现处收入，其余各处在卷内目录中以“互见”注明件号和页码。".to_owned()
    } else {
        format!(
            "在首次出现处收入，其余各处在卷内目录中以“互见”注明件号和页码；注明“另印”的在该处再印一份，另编件号和页码，共 {again} 件、{again_pages} 页，已计入上述件数、页数。"
        )
    };
    vec![
        format!("一、本汇编为{}，由{}编制，考评时间段为{}。", plan.name, plan.office, period(plan.period)),
        format!("二、{scope}。"),
        format!(
            "三、收入佐证材料 {pieces} 件、{pages} 页{}，按一票否决事项、各方面指标、加分材料的次序编排。{parted}",
            match volumes {
                0 | 1 => String::new(),
                more => format!("，分 {more} {}", bound(plan.volumes)),
            }
        ),
        format!(
            "四、每件材料编有件号，由指标编号和件序组成（如 01-03-002）；{numbered}汇编页码印在页脚，从正文第 1 页起连续编排，分{}不另起。",
            bound(plan.volumes)
        ),
        format!("五、同一件材料涉及多项指标的，{several}"),
        "六、佐证材料页按原件复制，页眉所注件号、题名和页次为汇编时加注。".to_owned(),
    ]
}

/// Stands under 编制说明 where the catalogue is not the issued one.
pub fn unofficial(disclaimer: &str) -> String {
    format!("注：本汇编所用考评目录不是上级印发的正式文本，仅供参考。{disclaimer}")
}

/// A title of two characters is spread, as is the custom: `目　录`.
pub fn spaced(title: &str) -> String {
    let mut characters = title.chars();
    match (characters.next(), characters.next(), characters.next()) {
        (Some(first), Some(second), None) => format!("{first}　{second}"),
        _ => title.to_owned(),
    }
}

/// `指标 9 项，佐证材料 23 件 118 页`
pub fn group_account(kind: GroupKind, leaves: usize, pieces: usize, pages: u32) -> String {
    let noun = match kind {
        GroupKind::Veto => "一票否决事项",
        GroupKind::Area => "指标",
        GroupKind::Bonus => "加分项",
    };
    format!("{noun} {leaves} 项，佐证材料 {pieces} 件 {pages} 页")
}

/// Points, with the sum beside them where the issued table does not add up.
pub fn stated(stated: Option<Points>, sum: Points, of: &str) -> String {
    match stated {
        None if sum == Points::default() => String::new(),
        None => sum.to_string(),
        Some(stated) if stated == sum || sum == Points::default() => stated.to_string(),
        Some(stated) => format!("{stated}（{of}合计 {sum}）"),
    }
}

pub fn score(leaf: &LeafPlan) -> String {
    let sum = leaf.parts.iter().map(|part| part.points).sum();
    match stated(leaf.score, sum, "得分点") {
        text if text.is_empty() => text,
        text => format!("{text} 分"),
    }
}

pub fn part(part: &ScoringPart) -> String {
    format!("{} 分：{}", part.points, part.condition)
}

pub fn expected(expected: &Expected) -> String {
    let per = match expected.per {
        Per::Cycle => "",
        Per::Year => "每年度 ",
        Per::Unit => "每单位 ",
    };
    format!("{}，{per}{} 件", expected.title, expected.min_count)
}

/// Units that lead and support; empty where none is named.
pub fn duties(leaf: &LeafPlan) -> String {
    let mut lines = Vec::new();
    if !leaf.lead.is_empty() {
        lines.push(format!("牵头：{}", leaf.lead.join("、")));
    }
    if !leaf.support.is_empty() {
        lines.push(format!("配合：{}", leaf.support.join("、")));
    }
    lines.join("\n")
}

/// `1．…`, a line each; a single one is not numbered.
pub fn numbered(items: &[String]) -> String {
    match items {
        [one] => one.clone(),
        many => many.iter().zip(1..).map(|(item, number)| format!("{number}．{item}")).collect::<Vec<_>>().join("\n"),
    }
}

pub fn year(year: &YearCount) -> String {
    match (year.pieces, year.asked, year.open) {
        (0, true, true) => "未到期".to_owned(),
        (0, true, false) => "缺".to_owned(),
        (0, false, _) => "—".to_owned(),
        (pieces, ..) => format!("{pieces} 件"),
    }
}

/// Where a piece is printed, when elsewhere.
pub fn cross_reference(volumes: Volumes, other_volume: Option<u32>) -> String {
    match other_volume {
        None => "互见".to_owned(),
        Some(number) => format!("互见\n第{number}{}", bound(volumes)),
    }
}

/// 日期 in a 卷内目录, eight digits (DA/T 22).
pub fn dated(date: Option<Date>) -> String {
    date.map(|date| format!("{:04}{:02}{:02}", date.year(), date.month(), date.day())).unwrap_or_default()
}

pub const SLIP: &str = "附件说明页";
pub const SLIP_LABELS: [&str; 7] = ["件号", "题名", "文件名", "类型", "大小", "说明", "原件位置"];
pub const SLIP_NOTE: &str = "本件为电子文件，不能装订成页，以此页代替；原件随项目保存，现场可以调阅。";
/// Title and name of a placeholder.
pub const KEPT_ELSEWHERE: &str = "本件另存，现场备查";
pub const KEPT_ELSEWHERE_NOTE: &str = "本件不宜存放在本机，原件由责任单位按规定另行保管，现场检查时按规定查阅。";
/// Characters of a text on a slip: the most with which it is one page.
pub const SLIP_LENGTHS: [usize; 5] = [150, 120, 90, 60, 40];

/// What stands on a 附件说明页, label by label, each text of at most so many characters.
pub fn slip(slip: &Slip, number: Option<&PieceNumber>, most: usize) -> [String; 7] {
    if slip.kind == scans::Kind::Text {
        let title = if slip.title == KEPT_ELSEWHERE { "" } else { &slip.title };
        let number = number.map(ToString::to_string).unwrap_or_default();
        return [
            number,
            shortened(title, most),
            String::new(),
            String::new(),
            String::new(),
            shortened(&slip.note, most),
            shortened(&slip.lies_at, most),
        ];
    }
    let digest = slip.original.to_string();
    let place = if slip.lies_at.is_empty() { String::new() } else { format!("{}\n", shortened(&slip.lies_at, most)) };
    let came = if slip.folder.is_empty() { slip.name.clone() } else { format!("{}/{}", slip.folder, slip.name) };
    [
        number.map(ToString::to_string).unwrap_or_default(),
        shortened(&slip.title, most),
        shortened(&slip.name, most),
        super::verdict::kind(slip.kind).to_owned(),
        size(slip.bytes),
        shortened(&slip.note, most),
        format!("{place}报送时：{}\n项目文件夹：vault/{}/{}…", shortened(&came, most), &digest[..2], &digest[..16]),
    ]
}

/// What a 备考表 says of its volume.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Account {
    pub volumes: Volumes,
    pub volume: u32,
    pub of: usize,
    /// What has a sheet in it, and what of that begins in it.
    pub stands: Stands,
    pub opened: Stands,
    pub pages: u32,
    /// First and last folio in front of the 备考表.
    pub folios: (u32, u32),
}

pub fn account(account: &Account) -> String {
    let Account { volumes, volume, of, stands: Stands { leaves, pieces }, opened, pages, folios: (first, last) } = account;
    let which =
        if *of > 1 { format!("本{}为{}", bound(*volumes), volume_of(*volumes, *volume, *of)) } else { "本卷为一册".to_owned() };
    let gone_on = |all: usize, opened: usize, unit: &str| match all.saturating_sub(opened) {
        0 => String::new(),
        more => format!("（含续前{} {more} {unit}）", bound(*volumes)),
    };
    let (more_leaves, more_pieces) = (gone_on(*leaves, opened.leaves, "项"), gone_on(*pieces, opened.pieces, "件"));
    format!(
        "{which}，收入考评事项 {leaves} 项{more_leaves}、佐证材料 {pieces} 件 {pages} 页{more_pieces}，汇编页码第 {first} 页至第 {last} 页。"
    )
}

pub fn left_out(left: &LeftOut) -> String {
    let title = &left.title;
    match &left.why {
        Why::Held => "有 1 件材料读出密级标志，还没有核对，未收入汇编；请在“核查”的“疑似涉密”中处理。".to_owned(),
        Why::Unfiled => format!("《{title}》尚未归入任何指标，未收入汇编；请在“整理”中归入。"),
        Why::Returned { reason, answered } => {
            let reason = reason.trim_end_matches('。');
            let then = if *answered {
                "重报的材料已归入，这一件不再收入"
            } else {
                "未收入汇编；仍要收入的，请在指标页上把退回了结"
            };
            format!("《{title}》已退回（{reason}），{then}。")
        }
        Why::UnknownCode { code } => format!("《{title}》归在“{code}”下，考评目录中没有这一编号，未收入汇编；请重新归入。"),
        Why::NothingPrinted => format!("《{title}》的全部页面都设为不收入，未收入汇编；如需收入，请在“整理”中恢复页面。"),
        Why::Pages { pages } => {
            let pages: Vec<String> = pages.iter().map(u32::to_string).collect();
            format!("《{title}》第 {} 页设为不收入，其余页面已收入。", pages.join("、"))
        }
    }
}

pub const SUMMARY_HEAD: [&str; 7] = ["方面", "指标数", "分值", "自评分", "件数", "页数", "缺项"];
pub fn summary_note(plan: &Plan) -> String {
    let again = if plan.again().0 > 0 { "，另印的各处都计" } else { "" };
    format!(
        "注：件数、页数按收入汇编的材料计，互见的不重复计{again}；缺项为尚无佐证材料的项数；合计行的指标数、分值、自评分和缺项只计各方面指标。"
    )
}

pub const OVERVIEW_NOTE: &str = "注：起止页为汇编页码；件数含在别处收入、在此注明“互见”的材料。";

/// Head of a 总目录: which volume is told where there are several.
pub fn overview_head(volumes: Volumes, of: usize) -> Vec<&'static str> {
    let number = match volumes {
        Volumes::One | Volumes::Area => "册号",
        Volumes::Box => "盒号",
    };
    let numbered = [number].into_iter().filter(|_| of > 1);
    ["指标编号", "考评内容", "分值", "自评分"].into_iter().chain(numbered).chain(["起止页", "件数"]).collect()
}

/// `12—17`, or one number where both are the same.
pub fn through(first: String, last: String) -> String {
    if first == last { first } else { format!("{first}—{last}") }
}

pub const SAID: &str = "自评分";
pub const NARRATIVE: &str = "自评说明";
pub const DECLARED: &str = "未发生承诺";

/// A self-score in a table.
pub fn said(points: Option<Points>) -> String {
    points.map_or_else(|| "—".to_owned(), |points| points.to_string())
}

/// A self-score of which only so much counts.
pub fn capped(points: Option<Points>, cap: Option<Points>) -> String {
    match (points, cap) {
        (Some(points), Some(cap)) if points > cap => format!("{cap}（自评 {points}）"),
        (points, _) => said(points),
    }
}

/// 自评分 on an indicator sheet: the sum, and each part where there are several.
pub fn self_score(leaf: &LeafPlan) -> String {
    let Some(total) = leaf.assessed.total() else { return String::new() };
    let parts: Vec<String> = leaf.assessed.points.iter().map(|points| said(*points)).collect();
    if parts.len() > 1 { format!("{total} 分（各得分点依次为 {}）", parts.join("、")) } else { format!("{total} 分") }
}

/// The wording of an indicator in a row of 总目录.
pub fn row(leaf: &LeafPlan) -> String {
    clause(&leaf.text, ROW)
}

/// Who signed, and when.
pub fn declared(declaration: &Declaration) -> String {
    format!("{}　{}签署", declaration.signer, day(declaration.signed_on))
}

/// 情况 of a veto item.
pub fn proof(leaf: &LeafPlan) -> String {
    match &leaf.declared {
        Some(declaration) => format!("已承诺未发生\n{}", declared(declaration)),
        None => proven(!leaf.entries.is_empty()).to_owned(),
    }
}

/// Table of the volumes, in the first of them.
pub fn all_volumes(volumes: Volumes) -> String {
    format!("分{}一览", bound(volumes))
}

pub fn volumes_head(volumes: Volumes) -> [&'static str; 5] {
    match volumes {
        Volumes::One | Volumes::Area => ["册号", "内容", "起止页", "件数", "材料页数"],
        Volumes::Box => ["盒号", "内容", "起止页", "件数", "材料页数"],
    }
}

/// `25—94`
pub fn folios((first, last): (u32, u32)) -> String {
    format!("{first}—{last}")
}

pub const SPINES: &str = "盒脊";
pub const TABS: &str = "侧标签";

/// Base name of a file of labels: `盒脊_2023-04-18`.
pub fn labels_name(kind: &str, made_on: Date) -> String {
    format!("{kind}_{made_on}")
}

/// 年度 on a spine.
pub fn years((from, to): (Date, Date)) -> String {
    if from.year() == to.year() { format!("{}年", from.year()) } else { format!("{}—{}年", from.year(), to.year()) }
}

/// 起止指标 on a spine.
pub fn spine_range(codes: Option<(&IndicatorCode, &IndicatorCode)>) -> String {
    match codes {
        None => String::new(),
        Some((first, last)) if first == last => first.to_string(),
        Some((first, last)) => format!("{first}\n至\n{last}"),
    }
}

/// 起止页 on a spine.
pub fn spine_folios((first, last): (u32, u32)) -> String {
    format!("第{first}—\n{last}页")
}

/// 盒号 on a spine.
pub fn spine_number(volumes: Volumes, number: u32, of: usize) -> String {
    let bound = bound(volumes);
    format!("第{number}{bound}\n共{of}{bound}")
}

/// Code and title of a tab, from the heading that stands on the sheet.
pub fn tab(heading: &str) -> (String, String) {
    heading.split_once('　').map_or((heading.to_owned(), String::new()), |(code, title)| (code.to_owned(), title.to_owned()))
}

/// Where the sheet of a tab is.
pub fn tab_place(volumes: Volumes, volume: u32, of: usize, folio: &str) -> String {
    if of > 1 { format!("第{volume}{}　第{folio}页", bound(volumes)) } else { format!("第{folio}页") }
}

pub const TOTAL: &str = "合计";
pub const ITEMS: &str = "各项";
pub const VETO_HEAD: [&str; 5] = ["编号", "事项", "件数", "起页", "情况"];
pub const REGISTER_HEAD: [&str; 10] = ["序号", "件号", "责任者", "文号", "题名", "日期", "载体\n形式", "页数", "起页", "备注"];
pub const CODE: &str = "编号";
pub const SCORE: &str = "分值";
pub const SCORING: &str = "评分标准";
pub const DUTIES: &str = "责任单位";
pub const FORMS: &str = "载体形式";
pub const EXPECTED: &str = "应报材料";
pub const RELATED: &str = "相关指标";
pub const PIECES: &str = "佐证材料";
pub const ACCOUNT: &str = "本册情况";
pub const REMARKS: &str = "情况说明";
pub const SIGNED: [[&str; 2]; 2] = [["整理人", "整理日期"], ["检查人", "检查日期"]];

/// Label of the wording as issued.
pub fn content(kind: GroupKind) -> &'static str {
    match kind {
        GroupKind::Veto => "否决事项",
        GroupKind::Area => "考评内容",
        GroupKind::Bonus => "加分内容",
    }
}

/// Label of what the material has to show.
pub fn requirements(kind: GroupKind) -> &'static str {
    match kind {
        GroupKind::Veto => "证明材料",
        GroupKind::Area | GroupKind::Bonus => "要求",
    }
}

pub fn no_evidence(kind: GroupKind) -> &'static str {
    match kind {
        GroupKind::Veto => "本事项暂无佐证材料",
        GroupKind::Area => "本指标暂无佐证材料",
        GroupKind::Bonus => "本加分项暂无佐证材料",
    }
}

pub fn year_name(year: i16) -> String {
    format!("{year}年")
}

/// 加分 up to a cap.
pub fn at_most(points: Points) -> String {
    format!("最高 {points}")
}

/// 情况 of a veto item.
pub fn proven(proven: bool) -> &'static str {
    if proven { "有材料" } else { "待补" }
}

/// Why there is no package.
pub fn compile_error(error: &CompileError) -> String {
    match error {
        CompileError::NoGlyph { characters, places } => {
            let places: Vec<String> = places.iter().take(5).map(|place| format!("“{}”", shortened(place, 30))).collect();
            format!("字体中没有这些字：{characters}（见{}）。汇编没有开始；请把它们改成常用字。", places.join("、"))
        }
        CompileError::NotVerified { failed } => {
            format!("成品写出后核对不符，已删除，没有留下文件：{}。请再试一次，仍不行请把日志发给维护人员。", failed.join("；"))
        }
        CompileError::Unreadable { path, .. } => {
            format!("“{}”读不了；请检查文件是否存在、有没有读取权限。", path.display())
        }
        CompileError::Damaged { path, .. } => {
            format!("“{}”不是完整的 PDF 或 DOCX，可能已损坏；请换用原来的文件或重新汇编。", path.display())
        }
        CompileError::NotIssuable { name } => {
            format!("“{name}”不能设为定稿：定稿要用本版程序汇编的整套 PDF，且它的校验报告还在。请重新汇编一份 PDF，再设为定稿。")
        }
        CompileError::KeptInPdf => "已有定稿，沿用定稿页码的只能是 PDF；要出 DOCX，请先在“汇编”里开始新版。".to_owned(),
        CompileError::NothingChanged => "与定稿相比没有变更，没有生成变更包。".to_owned(),
        CompileError::NoIssue => "还没有定稿：请先汇编一份 PDF，再设为定稿。".to_owned(),
        CompileError::NoReport { path } => {
            format!("“{}”旁边没有它的校验报告，无法核对；请把成品和“{REPORT}”放在同一文件夹。", path.display())
        }
    }
}

/// 分隔页: heading, name of the file, and how it is used.
pub const SEPARATOR: &str = "分隔页";
pub const SEPARATORS: &str = "分隔页";
pub const SEPARATOR_ADVICE: &str = "放在这项材料的上面，一摞一起扫描成一个PDF或TIFF（单面、双面都可以）。收集时按二维码拆开、归到本指标；本页不打印、不编页码。请勿折叠或涂写二维码。";
