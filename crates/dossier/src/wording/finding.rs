//! Sentences of 核查: what is missing or wrong, with which piece, and what to do.

use super::verdict::{label, shortened};
use crate::domain::{Document, Dossier, Finding, FindingKind, IndicatorCode, Leaf, PersonalKind, Scored, Severity};

/// One finding in one sentence.
pub fn finding(finding: &Finding, dossier: &Dossier) -> String {
    let code = finding.indicator.as_ref();
    let piece = || finding.document.and_then(|id| dossier.documents.get(&id)).map(label).unwrap_or_else(|| "该件".to_owned());
    match &finding.kind {
        FindingKind::Missing { expected, year, asked, found, not_due_yet } => {
            missing(dossier, code, expected, *year, (*asked, *found), *not_due_yet)
        }
        FindingKind::VetoUnproven => {
            format!("一票否决项{}没有证明材料。请归入证明或者盖章的无此情形说明。", named(dossier, code))
        }
        FindingKind::OutOfPeriod => {
            let date = finding.document.and_then(|id| dossier.documents.get(&id)).and_then(|document| document.description.dated);
            let cycle = &dossier.assessment.cycle;
            let when = date.map(chinese_date).unwrap_or_default();
            format!(
                "{}的成文日期{when}不在考评期（{}至{}）内。请核对日期；确属期外的，换用期内材料或者在说明中写明用途。",
                piece(),
                chinese_date(cycle.period_from),
                chinese_date(cycle.period_to)
            )
        }
        FindingKind::NoDate => no_date(&piece(), finding.document.and_then(|id| dossier.documents.get(&id))),
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
            let document = finding.document.and_then(|id| dossier.documents.get(&id));
            personal_numbers(&piece(), document)
        }
        FindingKind::NothingPrinted => format!("{}的每一页都设为不打印，汇编里不会有这一件。请恢复要用的页，或者取消归入。", piece()),
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

/// Numbers of one page together, pages counted as the piece shows them.
fn personal_numbers(piece: &str, document: Option<&Document>) -> String {
    const NAMED: usize = 5;
    let numbers = document.map(|document| document.numbers.as_slice()).unwrap_or_default();
    let place = |page: Option<u32>| match page {
        None => "文件名".to_owned(),
        Some(index) => {
            let shown = document.and_then(|document| document.pages.iter().position(|page| page.index == index));
            format!("第{}页", shown.map_or(index as usize, |at| at) + 1)
        }
    };
    let said: Vec<String> = numbers
        .iter()
        .take(NAMED)
        .map(|number| {
            let what = match number.kind {
                PersonalKind::Identity => "公民身份号码",
                PersonalKind::BankCard => "银行卡号",
            };
            format!("{}有{what}{}", place(number.page), number.masked)
        })
        .collect();
    let more = if numbers.len() > NAMED { format!("等{}处", numbers.len()) } else { String::new() };
    format!("{piece}{}{more}，属于个人信息。汇编时照原样打印：不必公开的，请遮盖后重新扫描收取，或者换一份材料。", said.join("，"))
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
