//! What is wrong with a catalogue or a list of units, and what to change in it.

use scans::Trouble;

use crate::domain::NoPeriod;
use crate::exchange::table::{Summed, Warning};
use crate::exchange::{CatalogueError, Fault, Problem};

/// The rule that a period does not keep to.
pub fn no_period(why: NoPeriod) -> String {
    match why {
        NoPeriod::Reversed => "考评期的止日不能早于起日".to_owned(),
        NoPeriod::TooLong { most } => format!("考评期不能超过 {most} 年"),
        NoPeriod::DueBefore => "报送日期不能早于考评期的第一年".to_owned(),
    }
}

/// One sentence a problem.
pub fn sentences(error: &CatalogueError) -> Vec<String> {
    match error {
        CatalogueError::Unreadable(_) => {
            vec!["目录文件打不开：请检查文件是否存在、是否有读取权限；JSON 须为 UTF-8 编码。".to_owned()]
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
        CatalogueError::Table(trouble) => vec![table_trouble(trouble)],
        CatalogueError::Problems { problems } => problems.iter().map(problem).collect(),
    }
}

fn table_trouble(trouble: &Trouble) -> String {
    match trouble {
        Trouble::Unsupported => {
            "目录文件不是能读的表格：请选 XLSX、XLS 或 DOCX；旧版 DOC、WPS 文字或 PDF 请先另存为 DOCX，再导入。".to_owned()
        }
        Trouble::Encrypted => "目录文件设有打开密码，没有导入：请在 Word 或 Excel 中取消密码，另存后再导入。".to_owned(),
        Trouble::NoPages => "目录文件里没有表格，没有导入：请检查选的文件；表格若是图片，请换成可以编辑的表格。".to_owned(),
        Trouble::OverLimit { found, most, .. } => {
            format!("目录文件里的表格过大（{found}，上限 {most}），没有导入：请只留任务分解表，删去多余的行列后另存，再导入。")
        }
        Trouble::TimedOut { .. } | Trouble::WorkerDied => {
            "目录文件读不下去，没有导入：文件可能已损坏或异常庞大，请在 Word 或 Excel 中打开，只留任务分解表，另存后再导入。".to_owned()
        }
        Trouble::Damaged { .. }
        | Trouble::FewerPages { .. }
        | Trouble::Unreadable { .. }
        | Trouble::Unusual { .. }
        | Trouble::Overlaps
        | Trouble::UnsafeName
        | Trouble::Undrawn { .. } => {
            "目录文件已损坏，读不出表格，没有导入：请在 Word 或 Excel 中打开，另存后再导入；仍不行请向印发单位重新索取。".to_owned()
        }
    }
}

/// What to look at in a table that was taken over, one sentence each.
pub fn warning(warning: &Warning) -> String {
    match warning {
        Warning::Sum { of, stated, sum } => {
            let (whose, parts) = match of {
                Summed::Total => ("总分".to_owned(), "各方面"),
                Summed::Area { code, title } => (format!("方面“{code} {title}”"), "各指标"),
            };
            format!("{whose}印发的分值是 {stated} 分，{parts}相加是 {sum} 分，两数不一致：文本按印发的保留，请向印发单位核实。")
        }
        Warning::PassedOver { table } => format!("“{}”没有认出考评内容等栏目，没有当作指标，文字已存入目录备注：请核对。", short(table)),
        Warning::Noted { text } => format!("“{}”不在任何栏目里，已存入目录备注：请核对。", short(text)),
        Warning::ScoreUnread { code, text } => format!("指标“{code}”的分值“{}”不是一个数，已写在评分标准前面：请核对。", short(text)),
        Warning::Renumbered { issued, code } if issued.is_empty() => format!("有一项指标没有可用的序号，编为“{code}”：请核对。"),
        Warning::Renumbered { issued, code } => format!("序号“{issued}”重复，其中一项编为“{code}”：请核对。"),
        Warning::Joined { code, text } => format!("“{}”没有序号和分值，已接在指标“{code}”的内容后面：请核对。", short(text)),
        Warning::NoArea { code } => format!("从指标“{code}”起没有写明属于哪个方面，已用目录名称作为方面：请核对。"),
        Warning::NoDuty { code } => format!("指标“{code}”没有责任单位：请核对原表。"),
        Warning::PeriodAssumed { years: (from, to) } => {
            format!("表中没有写明考评时间段，暂按 {from} 年至 {to} 年：请对照通知，建好后在“项目设置”里改正考评期和报送日。")
        }
        Warning::UnitAdded { name } => format!("责任单位“{name}”不在单位名单里，已补入：若是同一单位的不同写法，请改正名单。"),
    }
}

/// Name of a column's role.
pub fn role(role: crate::exchange::table::Role) -> &'static str {
    use crate::exchange::table::Role;
    match role {
        Role::Area => "考评项目",
        Role::Number => "序号",
        Role::Content => "考评内容",
        Role::Score => "分值",
        Role::Rule => "评分标准",
        Role::Lead => "责任单位",
        Role::Support => "配合单位",
        Role::Forms => "载体形式",
        Role::Requirements => "要求",
        Role::Expected => "应报材料",
        Role::Other => "其他",
    }
}

/// A long text by its beginning.
fn short(text: &str) -> String {
    const SHOWN: usize = 40;
    let line: String = text.chars().take(SHOWN).map(|character| if character == '\n' { ' ' } else { character }).collect();
    if text.chars().count() > SHOWN { format!("{line}…") } else { line }
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
        Problem::Period(why) => format!("{}：请改正 period_from、period_to 或 submission_due。", no_period(*why)),
        Problem::YearOutside { year } => format!("年度 {year} 不在考评时间段内：请改正 years、partial_years 或时间段。"),
    }
}
