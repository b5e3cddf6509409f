//! Sentences of 核查: what is missing or wrong, with which piece, and what to do.

use jiff::tz::TimeZone;

use super::verdict::{label, shortened};
use crate::domain::{
    DemandId, DemandKind, Document, Dossier, Finding, FindingKind, IndicatorCode, Leaf, PersonalKind, ReadMark, Scored, SetAside, Severity,
    YearState,
};

/// One finding in one sentence.
pub fn finding(finding: &Finding, dossier: &Dossier) -> String {
    let code = finding.indicator.as_ref();
    let piece = || match finding.document.and_then(|id| dossier.document(id)) {
        Some(document) => format!("{}{}", label(document), in_brackets(apart(document, dossier, code))),
        None => "该件".to_owned(),
    };
    match &finding.kind {
        FindingKind::Missing { expected, year, asked, found, not_due_yet } => {
            missing(dossier, code, expected, *year, (*asked, *found), *not_due_yet)
        }
        FindingKind::VetoUnproven => {
            format!("一票否决项{}没有证明材料。请归入证明或者盖章的无此情形说明。", named(dossier, code))
        }
        FindingKind::Unsigned => {
            format!(
                "一票否决项{}登记了未发生承诺，签署的承诺书还没有归入。请把签字盖章的承诺书收进来，并在承诺中选中它。",
                named(dossier, code)
            )
        }
        FindingKind::Demanded { demand } => demanded(dossier, *demand, finding),
        FindingKind::NoNumber => format!("{}是红头文件，没有填文号。请对照原件填写。", piece()),
        FindingKind::NoCaption => format!("{}是照片，说明没有写全（时间、地点、人物、主题、背景、事由）。请补写。", piece()),
        FindingKind::Blank { pages } => {
            let pages = page_list(pages);
            format!("{}{pages}是空白页。不用的设为“本页不汇编”；本来有内容的，请对照原件重新扫描。", piece())
        }
        FindingKind::Black { pages } => {
            format!("{}{}整页发黑，看不出内容。请重新扫描；不用的设为“本页不汇编”。", piece(), page_list(pages))
        }
        FindingKind::Sideways { pages } => format!("{}{}横躺着，文字是竖的。请向左或者向右旋转，转正。", piece(), page_list(pages)),
        FindingKind::Askew { pages, tilt } => {
            let degrees = f32::from(*tilt) / 100.0;
            format!("{}{}扫描歪斜（最多 {degrees:.1}°）。请用“裁剪、扶正”纠偏；歪得缺了内容的，请重新扫描。", piece(), page_list(pages))
        }
        FindingKind::NoSeal => {
            format!("{}应当有印章，各页都是彩色，没有看到红色印章。请核对原件：漏盖的请报送单位补盖，漏扫的请补扫盖章页。", piece())
        }
        FindingKind::Coarse { pages, dpi } => {
            format!("{}{}分辨率偏低（最低 {dpi} dpi，要求 200 以上），打印可能看不清。有原件的请重新扫描。", piece(), page_list(pages))
        }
        FindingKind::UsedOften { times } => format!("{}归入了 {times} 个指标，证明力会被质疑。请换用各指标自己的材料。", piece()),
        FindingKind::OtherPages { stated, found } => {
            format!("{}的文件名写{stated}页，收到{found}页。请核对是否漏扫或多扫；缺页的请报送单位补交。", piece())
        }
        FindingKind::LetInShort { stated, found } => format!(
            "{}收下时已知不完整：文件写明{stated}页，只读出{found}页。请报送单位重新提供完整的文件；核对过不缺内容的，设为“已核对”。",
            piece()
        ),
        FindingKind::TooLong { pages } => format!("{}有 {pages} 页，超过 200 页，装盒困难。请只留能证明的部分，或者拆成几件。", piece()),
        FindingKind::ScoreAbove { said, stated } => {
            format!("{}自评 {said} 分，超过印发的 {stated} 分。请核对得分点；得分点与分值不符的，请向印发单位核实。", named(dossier, code))
        }
        FindingKind::ScoreUnproven { said } => {
            format!("{}自评 {said} 分，材料还没有齐，有失分风险。请补齐材料，或者调整自评分。", named(dossier, code))
        }
        FindingKind::BonusAbove { said, cap } => format!("加分项自评合计 {said} 分，超过上限 {cap} 分，只计 {cap} 分。"),
        FindingKind::OutOfPeriod => {
            let date = finding.document.and_then(|id| dossier.document(id)).and_then(|document| document.description.dated);
            let cycle = &dossier.assessment.cycle;
            let when = date.map(chinese_date).unwrap_or_default();
            format!(
                "{}的成文日期{when}不在考评期（{}至{}）内。请核对日期；确属期外的，换用期内材料或者在说明中写明用途。",
                piece(),
                chinese_date(cycle.period_from),
                chinese_date(cycle.period_to)
            )
        }
        FindingKind::NoDate => no_date(&piece(), finding.document.and_then(|id| dossier.document(id))),
        FindingKind::Pending { batch, files } => {
            let began = dossier.pending.iter().find(|pending| pending.batch == *batch).map(|pending| pending.began);
            let when = began.map(|began| chinese_date(began.to_zoned_datetime(TimeZone::system()).date())).unwrap_or_default();
            format!("{when}收集的一批里有{files}个文件待确认，还没有收进项目，核查和汇编都不算。请逐个决定接收、不收，加了密码的输入密码。")
        }
        FindingKind::Alike { pairs } => {
            format!("上次比对时有 {pairs} 对画面相同、相似的材料，还没有决定。请并排比对：是同一件的只留一件，是两件的都留。")
        }
        FindingKind::Unfiled => format!("{}已接收，还没有归入任何指标。请归入指标；用不上的移到回收站。", piece()),
        FindingKind::ScoreSum { of, stated, sum } => {
            let whose = match of {
                Scored::Total => "考评目录总分".to_owned(),
                Scored::Area { code } => {
                    let areas = dossier.catalogue.all_areas();
                    let title = areas.iter().find(|(_, area)| area.code == *code).map(|(_, area)| area.title.as_str()).unwrap_or_default();
                    format!("方面{code}（{title}）")
                }
                Scored::Parts => format!("指标{}", named(dossier, code)),
            };
            let parts = match of {
                Scored::Total => "各方面",
                Scored::Area { .. } => "各指标",
                Scored::Parts => "各得分点",
            };
            format!("{whose}印发的分值是{stated}分，{parts}相加是{sum}分，两数不一致。文本按印发的保留，请向印发单位核实。")
        }
        FindingKind::PersonalNumbers => {
            let document = finding.document.and_then(|id| dossier.document(id));
            personal_numbers(&piece(), document)
        }
        FindingKind::ClassifiedRead { pages } => format!(
            "{}{}上读出密级标志。核对以前不算材料、不进成品，也不能遮盖、裁剪。请对照原件核对：属实的，涉密件不得存放在本机，立即停止使用并报保密负责人，用“彻底清除”改放“本件另存，现场备查”页；认错了的，设为“已核对”。",
            piece(),
            page_list(pages)
        ),
        FindingKind::SensitiveRead { pages } => {
            let document = finding.document.and_then(|id| dossier.document(id));
            format!("{}{}{}。请核对能否对外提供；不能的移到回收站，个别字句可以遮盖。", piece(), page_list(pages), read_marks(document))
        }
        FindingKind::NothingPrinted => format!("{}的每一页都设为不打印，汇编里不会有这一件。请恢复要用的页，或者取消归入。", piece()),
    }
}

/// What a finding is about, in a few words: its piece, its leaf, or the table.
pub fn about(finding: &Finding, dossier: &Dossier) -> String {
    match (finding.document.and_then(|id| dossier.document(id)), &finding.indicator) {
        (Some(document), _) => label(document),
        (None, Some(code)) => format!("指标{code}"),
        (None, None) if matches!(finding.kind, FindingKind::Pending { .. }) => "待确认的文件".to_owned(),
        (None, None) if matches!(finding.kind, FindingKind::Alike { .. }) => "相似的材料".to_owned(),
        (None, None) => "考评目录".to_owned(),
    }
}

/// What tells a piece from others of its title: its 件号, of the leaf meant where it is filed there; else unit and date, as far as
/// they are known.
pub fn apart(document: &Document, dossier: &Dossier, under: Option<&IndicatorCode>) -> String {
    let here = under.and_then(|code| dossier.evidence.get(code));
    let anywhere = || dossier.evidence.values().flatten().find(|evidence| evidence.document == document.id);
    let filed = here.and_then(|filed| filed.iter().find(|evidence| evidence.document == document.id)).or_else(anywhere);
    if let Some(evidence) = filed {
        return evidence.number();
    }
    let said = &document.description;
    let unit = said.unit.as_ref().map(|unit| dossier.units.name_of(unit).to_owned());
    let facts: Vec<String> = unit.into_iter().chain(said.dated.map(chinese_date)).collect();
    facts.join("，")
}

fn in_brackets(words: String) -> String {
    if words.is_empty() { words } else { format!("（{words}）") }
}

/// What is said of findings that were looked at and are right as they are.
pub const SET_ASIDE: &str = "已核对，无需处理";

/// Why a finding is right as it is, when that was said and by whom.
pub fn grounds(said: &SetAside) -> String {
    let SetAside { reason, day, who } = said;
    let who = if who.is_empty() { String::new() } else { format!("，{who}") };
    format!("{reason}（{day}{who}）")
}

/// 退回, 待补
pub fn demand(kind: DemandKind) -> &'static str {
    match kind {
        DemandKind::Return => "退回",
        DemandKind::Supplement => "待补",
    }
}

/// How a place stands.
pub fn state(state: YearState) -> &'static str {
    match state {
        YearState::Complete => "齐",
        YearState::NotDue => "未到期",
        YearState::Awaited => "待补",
        YearState::Missing => "缺",
        YearState::Returned => "退回",
    }
}

/// Name of a severity beside a finding.
pub fn severity(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "必须处理",
        Severity::Warning => "请核对",
        Severity::Notice => "提示",
    }
}

fn missing(
    dossier: &Dossier,
    code: Option<&IndicatorCode>,
    expected: &str,
    year: Option<i16>,
    (asked, found): (u32, u32),
    not_due_yet: bool,
) -> String {
    let material = if expected.is_empty() { "佐证材料" } else { expected };
    let year = year.map(|year| format!("{year}年")).unwrap_or_default();
    let code = code.map(ToString::to_string).unwrap_or_default();
    let have = if found == 0 {
        format!("应报{asked}件，还没有")
    } else {
        format!("应报{asked}件，已有{found}件，差{}件", asked.saturating_sub(found))
    };
    if not_due_yet {
        let due = chinese_date(dossier.assessment.cycle.submission_due);
        return format!(
            "指标{code}{}“{material}”未到期：{have}。请在{due}前收齐。",
            if year.is_empty() { String::new() } else { format!("，{year}的") }
        );
    }
    let lead = dossier.catalogue.indicators().find(|indicator| indicator.code.0 == code).and_then(|indicator| indicator.lead_units.first());
    match lead {
        Some(unit) => format!("指标{code}缺{year}的“{material}”：{have}。请向{}催报。", dossier.units.name_of(unit)),
        None => format!("指标{code}缺{year}的“{material}”：{have}。请补齐并归入。"),
    }
    .replace("缺的“", "缺“")
}

fn demanded(dossier: &Dossier, id: DemandId, finding: &Finding) -> String {
    let Some(demand) = dossier.demands.iter().find(|demand| demand.id == id) else { return String::new() };
    let piece = finding.document.and_then(|id| dossier.document(id));
    let year = demand.year.map(|year| format!("{year}年")).unwrap_or_default();
    let place = demand.indicator.as_ref().map(|code| format!("指标{code}{year}")).unwrap_or_default();
    let unit = demand.unit.as_ref().map(|unit| dossier.units.name_of(unit).to_owned()).unwrap_or_default();
    let about = match piece {
        Some(piece) => {
            let number = apart(piece, dossier, demand.indicator.as_ref());
            let facts: Vec<String> = [number, unit].into_iter().filter(|fact| !fact.is_empty()).collect();
            format!("{}{}", label(piece), in_brackets(facts.join("，")))
        }
        None => format!("{place}的材料{}", in_brackets(unit)),
    };
    let day = chinese_date(demand.day);
    let reason = demand.reason.trim_end_matches(['。', '.', '；']);
    match demand.kind {
        DemandKind::Return => format!("{about}于{day}退回：{reason}。重报的材料归入后自动了结。"),
        DemandKind::Supplement => format!("{about}于{day}记为待补：{reason}。补来归入后自动了结，也可以手工了结。"),
    }
}

/// `第1、2页`; many are counted.
fn page_list(pages: &[u32]) -> String {
    const MOST: usize = 5;
    let shown: Vec<String> = pages.iter().take(MOST).map(u32::to_string).collect();
    if pages.len() > MOST { format!("第{}等{}页", shown.join("、"), pages.len()) } else { format!("第{}页", shown.join("、")) }
}

/// Those that no mask answers yet, pages counted as the piece shows them; else that all are answered.
fn personal_numbers(piece: &str, document: Option<&Document>) -> String {
    const NAMED: usize = 5;
    let place = |page: Option<u32>| match page {
        None => "文件名".to_owned(),
        Some(index) => {
            let shown = document.and_then(|document| document.pages.iter().position(|page| page.index == index));
            format!("第{}页", shown.map_or(index as usize, |at| at) + 1)
        }
    };
    let open: Vec<String> = document
        .iter()
        .flat_map(|document| document.open_numbers())
        .map(|number| {
            let what = match number.kind {
                PersonalKind::Identity => "公民身份号码",
                PersonalKind::BankCard => "银行卡号",
            };
            format!("{}有{what}{}", place(number.page), number.masked)
        })
        .collect();
    let masks = document.map_or(0, |document| document.masks.len());
    if open.is_empty() {
        return format!("{piece}有个人号码的页已遮盖 {masks} 处，成品里不会有遮盖处的内容。请核对是否全部盖住。");
    }
    let more = if open.len() > NAMED { format!("等{}处", open.len()) } else { String::new() };
    let done = if masks > 0 { format!("（另已遮盖 {masks} 处）") } else { String::new() };
    let said = open[..open.len().min(NAMED)].join("，");
    format!("{piece}{said}{more}{done}，属于个人信息，汇编时照原样打印。不必公开的，请在“整理”里用“遮盖”框住，或者换一份材料。")
}

/// What was read, each thing once.
fn read_marks(document: Option<&Document>) -> String {
    let mut said: Vec<String> = Vec::new();
    for mark in document.into_iter().flat_map(|document| &document.read_marks) {
        if let ReadMark::Sensitive { mark, .. } = mark {
            let mark = super::verdict::mark(mark);
            if !said.contains(&mark) {
                said.push(mark);
            }
        }
    }
    said.join("，")
}

fn no_date(piece: &str, document: Option<&Document>) -> String {
    if document.is_some_and(|document| document.years().is_empty()) {
        format!("{piece}没有成文日期，也没有佐证年度，不能算进任何一年。请对照原件填写日期。")
    } else {
        format!("{piece}没有成文日期，目录中日期一栏会空着。请对照原件填写。")
    }
}

fn named(dossier: &Dossier, code: Option<&IndicatorCode>) -> String {
    let Some(code) = code else { return String::new() };
    let text = dossier.catalogue.leaf(code).map(Leaf::text).unwrap_or_default();
    if text.is_empty() { code.to_string() } else { format!("{code}（{}）", shortened(text)) }
}

fn chinese_date(date: jiff::civil::Date) -> String {
    format!("{}年{}月{}日", date.year(), date.month(), date.day())
}
