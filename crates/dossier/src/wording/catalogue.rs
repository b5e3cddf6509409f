//! What is wrong with a catalogue or a list of units, and what to change in it.

use crate::exchange::{CatalogueError, Fault, Problem};

/// One sentence a problem.
pub fn sentences(error: &CatalogueError) -> Vec<String> {
    match error {
        CatalogueError::Unreadable(_) => {
            vec!["目录文件打不开：请检查文件是否存在、是否为 UTF-8 编码的 JSON，以及是否有读取权限。".to_owned()]
        }
        CatalogueError::TooLarge { most } => vec![format!("目录文件超过 {} MB，不像考评目录，请检查选的文件。", most >> 20)],
        CatalogueError::Form { line, column, fault } => {
            let what = match fault {
                Fault::Cut => "文件不完整，可能没有拷贝完".to_owned(),
                Fault::Syntax => "不是正确的 JSON 写法，多半是少了引号、逗号或括号".to_owned(),
                Fault::Missing { field } => format!("缺少“{field}”一项"),
                Fault::Value { .. } => "这里的内容类型不对，例如该写数字的写成了文字，或日期不是 2023-04-20 的写法".to_owned(),
            };
            vec![format!("目录文件第 {line} 行第 {column} 列有误：{what}。没有导入，请对照示例目录改正。")]
        }
        CatalogueError::Schema { found, wanted } if found.is_empty() => {
            vec![format!("目录文件没有写明格式，没有导入：请在开头写上 \"schema\": \"{wanted}\"。")]
        }
        CatalogueError::Schema { found, wanted } => {
            vec![format!("目录文件的格式是“{found}”，这里要的是“{wanted}”，没有导入：请换一个文件，或用新版本的程序打开。")]
        }
        CatalogueError::Problems { problems } => problems.iter().map(problem).collect(),
    }
}

fn problem(problem: &Problem) -> String {
    match problem {
        Problem::NoLeaf => "目录里没有任何指标、一票否决事项或加分项：请至少写一项。".to_owned(),
        Problem::DuplicateCode { code } => format!("编号“{code}”出现了不止一次：每项指标、否决事项、加分项的编号都要不同。"),
        Problem::DuplicateArea { code } => format!("方面编号“{code}”出现了不止一次：请改成不同的编号。"),
        Problem::DuplicateUnit { code } => format!("单位编号“{code}”出现了不止一次：请改成不同的编号。"),
        Problem::BadCode { code, text } if code.is_empty() => format!("“{text}”没有编号：请补上。"),
        Problem::BadCode { code, text } => format!("“{text}”的编号“{code}”不能用：不超过 24 个字符，不含空格和斜杠。"),
        Problem::EmptyText { code } => format!("编号“{code}”没有内容：请补上名称或考评内容。"),
        Problem::EmptyArea { code, title } => format!("方面“{code} {title}”下面没有指标：请补上指标，或删去这个方面。"),
        Problem::UnknownUnit { indicator, unit } => {
            format!("指标“{indicator}”的责任单位“{unit}”不在单位名单里：请改正编号，或在名单里补上。")
        }
        Problem::NegativeScore { code, score } => format!("编号“{code}”的分值是负数（{score}）：请改正。"),
        Problem::PeriodReversed => "考评时间段的开始晚于结束：请改正 period_from 和 period_to。".to_owned(),
        Problem::YearOutside { year } => format!("年度 {year} 不在考评时间段内：请改正 years、partial_years 或时间段。"),
    }
}
