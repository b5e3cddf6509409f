//! Words of the letters and lists that go out, and of the report of a batch.

use jiff::civil::Date;

use super::package::clause;
use super::text::day;
use crate::domain::name::legal;
use crate::domain::standing::AreaStanding;
use crate::domain::{Assessment, Debt, Duty, Expected, Finding, Per, Severity, Standing, YearState};
use crate::exchange::report::Column;
use crate::intake::BatchReport;

/// Names of the reports, of their sheets and of their files.
pub const BATCH: &str = "接收情况";
pub const REMINDER: &str = "催办单";
pub const PROGRESS: &str = "进度通报";
pub const DUTIES: &str = "责任分解表";
pub const GAPS: &str = "缺项清单";
pub const FINDINGS: &str = "核查清单";

/// Longest text that a cell of XLSX holds, in characters.
pub const CELL_MOST: usize = 32_000;

pub const UNIT: &str = "责任单位";
pub const AREA: &str = "方面";
pub const STATE: &str = "状态";
pub const LEFT: &str = "待处理";
pub const VETOES: &str = "一票否决事项";
pub const REMINDER_TITLE: &str = "佐证材料催办单";
pub const PROGRESS_TITLE: &str = "佐证材料收集进度通报";
pub const REMINDER_NOTE: &str = "注：年度指材料所反映的年度，“全期”指考评期内一次。“未到期”的材料在报送截止前补齐即可。同一材料已随其他指标报送的，请注明指标编号，不必重复报送。";
pub const PROGRESS_NOTE: &str =
    "注：应报、已收、缺、未到期均按件计，只计各单位牵头的指标（无牵头单位的计配合单位）；来件指以该单位名义收到的全部材料。";

pub const BATCH_COLUMNS: [Column; 7] = [
    Column("序号", 6.0),
    Column("文件", 52.0),
    Column("结论", 8.0),
    Column("类型", 16.0),
    Column("页数", 6.0),
    Column("说明", 60.0),
    Column("建议归入", 30.0),
];
pub const REMINDER_COLUMNS: [Column; 8] = [
    Column("序号", 6.0),
    Column("指标", 8.5),
    Column("考评内容", 27.0),
    Column("应报材料", 24.0),
    Column("年度", 11.5),
    Column("应报", 6.0),
    Column("已收", 6.0),
    Column("情况", 8.0),
];
pub const PROGRESS_COLUMNS: [Column; 9] = [
    Column("序号", 6.5),
    Column("单位", 30.0),
    Column("牵头指标", 7.0),
    Column("应报", 7.0),
    Column("已收", 7.0),
    Column("缺", 7.0),
    Column("未到期", 8.5),
    Column("完成率", 9.0),
    Column("来件", 7.0),
];
pub const DUTIES_COLUMNS: [Column; 6] = [
    Column("指标", 8.5),
    Column("考评内容", 34.0),
    Column("分值", 6.5),
    Column("职责", 6.5),
    Column("应报材料", 30.0),
    Column("载体形式", 18.0),
];
pub const GAPS_COLUMNS: [Column; 8] = [
    Column("指标", 8.5),
    Column("考评内容", 24.0),
    Column("应报材料", 22.0),
    Column("年度", 11.5),
    Column("应报", 6.0),
    Column("已收", 6.0),
    Column("责任单位", 18.0),
    Column("情况", 8.0),
];
pub const FINDINGS_COLUMNS: [Column; 4] = [Column("指标", 8.5), Column("级别", 9.0), Column("发现", 66.0), Column("核对情况", 28.0)];

/// Most characters of 考评内容 in a list that has other things to say.
const CONTENT: usize = 40;

/// Title of the report of a batch.
pub fn title(assessment: &str, batch: i64) -> String {
    format!("{assessment}　第{batch}批材料接收情况")
}

/// The line below the title.
pub fn counts(report: &BatchReport) -> String {
    let BatchReport { accepted, duplicate, refused, pending, ignored, unpacked, .. } = report;
    let archives = if *unpacked > 0 { format!("，解开压缩包{unpacked}个") } else { String::new() };
    format!("接收{accepted}件，重复{duplicate}件，拒收{refused}件，待确认{pending}件，略过{ignored}件{archives}。")
}

/// Name that is offered for a report; of one unit, or of the day.
pub fn file_name(name: &str, unit: Option<&str>, today: Date) -> String {
    unit.map_or_else(|| format!("{name}_{today}"), |unit| format!("{name}_{}_{today}", legal(unit)))
}

pub fn content(text: &str) -> String {
    clause(text, CONTENT)
}

pub fn material(expected: &Expected) -> String {
    if expected.title.is_empty() { "佐证材料".to_owned() } else { expected.title.clone() }
}

/// What an indicator asks for, a line each.
pub fn materials(expected: &[Expected]) -> String {
    let line = |expected: &Expected| {
        let per = match expected.per {
            Per::Cycle => "",
            Per::Year => "每年度",
            Per::Unit => "每单位",
        };
        format!("{}（{per}{}件）", material(expected), expected.min_count)
    };
    expected.iter().map(line).collect::<Vec<_>>().join("\n")
}

/// Years of a material; nothing is asked by year where there are none.
pub fn years(years: &[i16]) -> String {
    if years.is_empty() { "全期".to_owned() } else { years.iter().map(ToString::to_string).collect::<Vec<_>>().join("、") }
}

/// The assessment over the name of the list.
pub fn titled(assessment: &str, name: &str) -> String {
    format!("{assessment}\n{name}")
}

/// 载体形式 without what is said of it in brackets.
pub fn form(form: &str) -> String {
    form.split(['（', '(']).next().unwrap_or(form).to_owned()
}

pub use super::finding::state;

pub fn duty(duty: Duty) -> &'static str {
    match duty {
        Duty::Lead => "牵头",
        Duty::Support => "配合",
    }
}

pub fn area(code: &str, title: &str) -> String {
    format!("{code}　{title}")
}

pub fn to(unit: &str) -> String {
    format!("{unit}：")
}

pub fn unit(unit: &str) -> String {
    format!("责任单位：{unit}")
}

pub fn signed(office: &str, today: Date) -> Vec<String> {
    [office.to_owned(), day(today)].into_iter().filter(|line| !line.is_empty()).collect()
}

/// Pieces that are asked for, and those of them that are there; more than is asked counts as what is asked.
pub fn asked_and_had(debts: &[&Debt]) -> (u32, u32) {
    let asked = debts.iter().map(|debt| debt.asked).sum();
    let lacking: u32 = debts.iter().map(|debt| debt.lacking()).sum();
    (asked, asked - lacking)
}

pub fn share(had: u32, asked: u32) -> String {
    if asked == 0 { "—".to_owned() } else { format!("{}%", u64::from(had) * 100 / u64::from(asked)) }
}

/// What a 催办单 says before its list. `own` is everything that the unit owes, also what is there.
pub fn reminder(assessment: &Assessment, own: &[&Debt], today: Date) -> Vec<String> {
    let (asked, had) = asked_and_had(own);
    let of = |state| own.iter().filter(move |debt| debt.counts_as(state)).map(|debt| debt.lacking()).sum::<u32>();
    let (missing, not_due) = (of(YearState::Missing), of(YearState::NotDue));
    let mut codes: Vec<&str> = own.iter().filter(|debt| debt.lacking() > 0).map(|debt| debt.indicator.0.as_str()).collect();
    codes.dedup();
    let due = assessment.cycle.submission_due;
    let open = if not_due > 0 { format!("，另有{not_due}件未到期") } else { String::new() };
    let stands = format!(
        "“{}”佐证材料收集工作正在进行。截至{}，贵单位应报材料{asked}件，已收{had}件，缺{missing}件{open}，涉及{}项指标，详见下表。",
        assessment.name,
        day(today),
        codes.len(),
    );
    let ask = "确无此项工作的，请出具书面说明；对指标有疑问的，请与我们联系。";
    let wanted = if today > due {
        let late = (today - due).get_days();
        format!("报送截止日期为{}，现已逾期{late}天，请抓紧补报。{ask}", day(due))
    } else {
        format!("请对照下表核对，于{}前报齐。{ask}", day(due))
    };
    vec![stands, wanted]
}

/// `late` are the units that owe what is due, with how many pieces, in the order issued.
pub fn progress(assessment: &Assessment, standing: &Standing, pages: usize, late: &[(&str, u32)]) -> Vec<String> {
    let (due, today) = (assessment.cycle.submission_due, standing.today);
    let left = if today > due {
        format!("报送截止日期{}已过{}天", day(due), (today - due).get_days())
    } else {
        format!("距报送截止日期{}还有{}天", day(due), (due - today).get_days())
    };
    let (complete, indicators) = standing.complete();
    let missing: u32 = standing.areas.iter().map(AreaStanding::lacking).sum();
    let not_due: u32 = standing.areas.iter().map(|area| area.of(YearState::NotDue)).sum();
    let (areas, pieces) = (standing.areas.len(), standing.pieces);
    let mut out = vec![format!(
        "截至{}，{left}。全部{areas}个方面{indicators}项指标中，材料齐全的{complete}项，有缺项的{missing}项，只差未到期材料的{not_due}项；\
         共收到材料{pieces}件{pages}页。",
        day(today)
    )];
    let vetoes = standing.vetoes.len();
    if vetoes > 0 {
        let unproven: Vec<&str> = standing.vetoes.iter().filter(|veto| !veto.proven).map(|veto| veto.code.0.as_str()).collect();
        let proven = vetoes - unproven.len();
        let lacking = unproven.join("、");
        let lacking = if unproven.is_empty() { String::new() } else { format!("，待补{}项（{lacking}）", unproven.len()) };
        out.push(format!("一票否决事项{vetoes}项，已有证明的{proven}项{lacking}。"));
    }
    if late.is_empty() {
        out.push("目前没有单位欠交到期材料。".to_owned());
    } else {
        let mut worst: Vec<&(&str, u32)> = late.iter().collect();
        worst.sort_by_key(|(_, missing)| std::cmp::Reverse(*missing));
        let named: Vec<String> = worst.iter().take(WORST).map(|(name, missing)| format!("{name}（{missing}件）")).collect();
        let more = if late.len() > WORST { "等" } else { "" };
        out.push(format!("欠交到期材料的单位{}个，欠交较多的有{}{more}。请各单位对照下表抓紧补报。", late.len(), named.join("、")));
    }
    out
}

/// Units that are named in the text of a 通报.
const WORST: usize = 5;

pub fn duties(assessment: &Assessment, today: Date) -> Vec<String> {
    let cycle = &assessment.cycle;
    let period = super::package::period((cycle.period_from, cycle.period_to));
    vec![format!("考评时间段：{period}；报送截止日期：{}。{}制表。", day(cycle.submission_due), day(today))]
}

pub fn gaps(open: &[&Debt], nothing: bool, today: Date) -> Vec<String> {
    if nothing {
        return vec![format!("截至{}，没有缺项。", day(today))];
    }
    let of = |state| open.iter().filter(move |debt| debt.counts_as(state)).map(|debt| debt.lacking()).sum::<u32>();
    let (missing, not_due) = (of(YearState::Missing), of(YearState::NotDue));
    let mut codes: Vec<&str> = open.iter().map(|debt| debt.indicator.0.as_str()).collect();
    codes.dedup();
    vec![format!("截至{}，{}项指标还有材料没有收齐：缺{missing}件，未到期{not_due}件。", day(today), codes.len())]
}

/// What a 核查清单 says before its lists.
pub fn findings(left: &[Finding], aside: usize, today: Date) -> Vec<String> {
    let of = |severity| left.iter().filter(|finding| finding.severity == severity).count();
    let counts = [Severity::Error, Severity::Warning, Severity::Notice]
        .map(|severity| format!("{}{}条", super::finding::severity(severity), of(severity)));
    vec![format!("截至{}，待处理{}条：{}；{}{aside}条。", day(today), left.len(), counts.join("，"), super::finding::SET_ASIDE)]
}
