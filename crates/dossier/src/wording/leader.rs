//! 进展一页 for the leader.

use jiff::civil::Date;

use super::package::said;
use super::text::day;
use crate::domain::standing::{AreaStanding, LateUnit, Standing};
use crate::domain::{Assessment, Units, YearState};

pub const TITLE: &str = "创建工作进展一页";
pub const AREAS: &str = "一、各方面材料与自评";
pub const AREAS_HEAD: [&str; 7] = ["方面", "指标", "齐", "缺、待补", "分值", "自评分", "有风险"];
pub const AREAS_NOTE: &str = "注：有风险指已给自评分、材料还缺或者待补、退回的；未到期的年度不算缺。";
pub const ALL_PROVEN: &str = "各项都有证明或者签署的承诺。";
pub const NONE_LATE: &str = "各单位应报的都已报齐。";

pub fn subtitle(assessment: &Assessment, today: Date) -> String {
    format!("{}　{}　{}", assessment.name, assessment.office, day(today))
}

/// Name of the file: `进展一页_2023-04-08.pdf`.
pub fn file_name(today: Date) -> String {
    format!("进展一页_{today}")
}

/// What stands on top: label and figure.
pub fn figures(standing: &Standing) -> Vec<(&'static str, String)> {
    let left = match standing.days_left {
        0 => "今天".to_owned(),
        left if left > 0 => format!("{left} 天"),
        past => format!("已过 {} 天", -past),
    };
    let total = standing.total();
    let proven = standing.vetoes.iter().filter(|veto| veto.proven).count();
    vec![
        ("距报送", left),
        ("材料齐全的指标", format!("{}/{}", total.of(YearState::Complete), total.indicators)),
        ("一票否决项已证明", format!("{proven}/{}", standing.vetoes.len())),
        ("自评分", said((total.assessed > 0).then_some(total.said))),
        ("已收材料", format!("{} 件", standing.pieces)),
    ]
}

pub fn lacking(area: &AreaStanding) -> String {
    area.lacking().to_string()
}

pub fn vetoes(standing: &Standing) -> String {
    let open = standing.vetoes.iter().filter(|veto| !veto.proven).count();
    format!("二、尚未证明的一票否决项（{open} 项）")
}

/// A veto item in one line.
pub fn veto(text: &str) -> String {
    super::package::clause(text, VETO)
}

/// Characters of a line of that column.
const VETO: usize = 20;

pub fn late(count: usize) -> String {
    format!("三、还欠材料的单位（{count} 个）")
}

/// `示例街道01欠 3 项`
pub fn owes(late: &LateUnit, units: &Units) -> String {
    let name = units.name_of(&late.unit);
    match late.demanded {
        0 => format!("{name}欠 {} 项", late.owes),
        demanded => format!("{name}欠 {} 项（退回待补 {demanded}）", late.owes),
    }
}

/// Late units, one after the other.
pub fn listed(late: &[String]) -> String {
    format!("{}。", late.join("；"))
}

pub fn more_late(count: usize) -> String {
    format!("另有 {count} 个单位，见程序“核查”中的表格。")
}
