//! What each column of an issued table is, guessed from its head; the clerk corrects it.

use std::sync::LazyLock;

use jiff::civil::{Date, date};
use regex_lite::Regex;
use scans::table::{Cell, Grid, Sheet};
use serde::{Deserialize, Serialize};

use super::text::{half_width, one_line, squeezed};
use crate::domain::catalogue::Cycle;

/// Rows at the top of a table in which its head is looked for: titles, dates and units of measure stand above it.
const HEAD_WITHIN: usize = 15;
/// Longest text of a head's cell, in characters.
const LONGEST_LABEL: usize = 30;

/// How a grid is read as a catalogue; every part of it can be corrected before [`catalogue`](super::catalogue).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Columns {
    /// Name of the catalogue.
    pub name: String,
    pub cycle: Cycle,
    /// Whether the period stands in the table; else the years are assumed.
    pub period_stated: bool,
    /// One for each sheet of the grid.
    pub layouts: Vec<Layout>,
}

/// How one sheet is taken.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Layout {
    /// Whether the sheet holds indicators; of another one the text goes to the notes.
    pub used: bool,
    /// The first row behind the head, from 0.
    pub first: usize,
    /// What each column is.
    pub roles: Vec<Role>,
    /// What stands above each column; it is put before the text of a column that is [`Role::Other`].
    pub labels: Vec<String>,
}

/// What a column holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// 考评项目, 方面
    Area,
    /// 序号, 编号
    Number,
    /// 考评内容
    Content,
    /// 分值
    Score,
    /// 评分标准
    Rule,
    /// 责任单位, 牵头单位
    Lead,
    /// 配合单位
    Support,
    /// 载体形式
    Forms,
    /// 要求
    Requirements,
    /// 应报材料
    Expected,
    /// Kept among the requirements, behind its label.
    Other,
}

/// What a label says, the most telling words first.
const WORDS: [(Role, &[&str]); 10] = [
    (Role::Support, &["配合单位", "协办单位", "协助单位", "参与单位", "配合部门", "协同单位"]),
    (Role::Lead, &["责任单位", "牵头单位", "责任部门", "主办单位", "承办单位", "落实单位", "报送单位", "牵头部门", "责任分工"]),
    (
        Role::Rule,
        &[
            "评分标准",
            "评分办法",
            "计分办法",
            "计分标准",
            "评分细则",
            "考评办法",
            "考核标准",
            "考评标准",
            "评分方法",
            "计分方法",
            "扣分标准",
        ],
    ),
    (Role::Score, &["分值", "标准分", "满分", "分数", "权重", "赋分"]),
    (Role::Forms, &["载体形式", "载体", "材料形式", "资料形式", "呈现形式", "材料类型"]),
    (
        Role::Expected,
        &[
            "应报材料",
            "备查材料",
            "备查资料",
            "印证材料",
            "佐证材料",
            "支撑材料",
            "材料清单",
            "所需材料",
            "提供材料",
            "软件资料",
            "档案资料",
        ],
    ),
    (Role::Requirements, &["要求", "注意事项"]),
    (
        Role::Content,
        &[
            "考评内容",
            "考核内容",
            "测评内容",
            "考评指标",
            "考核指标",
            "指标内容",
            "工作内容",
            "任务内容",
            "具体内容",
            "工作任务",
            "评价内容",
            "三级指标",
            "考评要点",
            "内容",
            "指标",
        ],
    ),
    (Role::Number, &["序号", "编号", "代码", "指标号", "项号"]),
    (Role::Area, &["考评项目", "考核项目", "考评方面", "测评项目", "一级指标", "类别", "方面", "项目", "部分"]),
];

/// What the columns are, by the words above them; the period by the years in the titles, else the last four years.
pub fn guess(grid: &Grid, today: Date) -> Columns {
    let mut layouts: Vec<Layout> = Vec::new();
    for sheet in &grid.sheets {
        let before = layouts.iter().rev().find(|layout| layout.used);
        let layout = headed(sheet).or_else(|| continued(sheet, before?)).unwrap_or_else(|| unused(sheet));
        layouts.push(layout);
    }
    let titles = titles(grid, &layouts);
    let period = titles.iter().find_map(|title| period(title));
    let (from, to) = period.unwrap_or((date(today.year() - 3, 1, 1), date(today.year(), 12, 31)));
    let name = titles.iter().max_by_key(|title| likeness(title)).map(|title| one_line(title)).unwrap_or_default();
    let due = due(&titles, to.year()).filter(|due| due.year() >= from.year());
    Columns { name, cycle: cycle(from, to, due), period_stated: period.is_some(), layouts }
}

/// The cycle of a period; its last year, in which the package is due, is still open until then.
fn cycle(from: Date, to: Date, due: Option<Date>) -> Cycle {
    Cycle {
        period_from: from,
        period_to: to,
        years: (from.year()..=to.year()).collect(),
        submission_due: due.unwrap_or(to),
        onsite_from: None,
        partial_years: vec![to.year()],
        note: String::new(),
    }
}

impl Role {
    pub const ALL: [Self; 11] = [
        Self::Area,
        Self::Number,
        Self::Content,
        Self::Score,
        Self::Rule,
        Self::Lead,
        Self::Support,
        Self::Forms,
        Self::Requirements,
        Self::Expected,
        Self::Other,
    ];
}

impl Columns {
    /// Says what the columns are, from the left, in every sheet that is used; where none was recognised, in all of them,
    /// below a head of one row. Columns that are not named stay as they are.
    pub fn name_columns(&mut self, roles: &[Role]) {
        let none = self.layouts.iter().all(|layout| !layout.used);
        for layout in self.layouts.iter_mut().filter(|layout| none || layout.used) {
            layout.roles.iter_mut().zip(roles).for_each(|(role, said)| *role = *said);
            layout.first = if none { 1 } else { layout.first };
            layout.used = layout.roles.contains(&Role::Content);
        }
    }
}

/// The row in which the head of a sheet begins.
pub(super) fn head_of(sheet: &Sheet, layout: &Layout) -> usize {
    let names_columns = |row: &Vec<Cell>| row.iter().filter(|cell| !cell.left && role(&cell.text).is_some()).count() > 1;
    sheet.rows.iter().take(layout.first).position(names_columns).unwrap_or(layout.first)
}

/// What a label says; `None` for words that no column of a catalogue has.
fn role(label: &str) -> Option<Role> {
    let label = squeezed(label);
    if label.is_empty() || label.chars().count() > LONGEST_LABEL {
        return None;
    }
    let named = WORDS.iter().find(|(_, words)| words.iter().any(|word| label.contains(word)));
    named.map(|(role, _)| *role)
}

/// A sheet with a head of its own: the row that names most columns, with a second one below it where cells are split.
fn headed(sheet: &Sheet) -> Option<Layout> {
    let told = |row: &Vec<Cell>| {
        let mut roles: Vec<Role> = row.iter().filter(|cell| !cell.left).filter_map(|cell| role(&cell.text)).collect();
        roles.dedup();
        roles.len()
    };
    let within = sheet.rows.iter().take(HEAD_WITHIN).enumerate();
    let (head, found) = within.map(|(at, row)| (at, told(row))).max_by_key(|(at, found)| (*found, usize::MAX - at))?;
    if found < 2 || !sheet.rows[head].iter().any(|cell| role(&cell.text) == Some(Role::Content)) {
        return None;
    }
    let mut labels: Vec<String> = sheet.rows[head].iter().map(|cell| one_line(&cell.text)).collect();
    let mut first = head + 1;
    // 责任单位 over 牵头 and 配合: a second row of the head has cells that are one with the first.
    while let Some(row) = sheet.rows.get(first).filter(|row| row.iter().any(|cell| cell.above && !cell.text.is_empty())) {
        let split = row.iter().zip(&sheet.rows[head]).all(|(cell, above)| cell.above || above.left || spreads(above, &sheet.rows[head]));
        if !split {
            break;
        }
        for (label, cell) in labels.iter_mut().zip(row).filter(|(_, cell)| !cell.above && !cell.text.is_empty()) {
            *label = one_line(&cell.text);
        }
        first += 1;
    }
    let mut roles: Vec<Role> = labels.iter().map(|label| split_role(label).or_else(|| role(label)).unwrap_or(Role::Other)).collect();
    only_once(&mut roles, &sheet.rows[head]);
    Some(Layout { used: true, first, roles, labels })
}

/// Whether a cell of the head covers the place to its right too.
fn spreads(cell: &Cell, row: &[Cell]) -> bool {
    row.iter().any(|other| other.left && other.text == cell.text)
}

/// 牵头 and 配合 stand alone below 责任单位.
fn split_role(label: &str) -> Option<Role> {
    match squeezed(label).as_str() {
        "牵头" | "主办" | "牵头责任" => Some(Role::Lead),
        "配合" | "协办" | "参与" => Some(Role::Support),
        _ => None,
    }
}

/// Of several columns that seem to be the same, the first is; but two columns below one cell are one text (an area with its
/// number in front), and two columns of contents are area and content.
fn only_once(roles: &mut [Role], head: &[Cell]) {
    let contents: Vec<usize> = (0..roles.len()).filter(|at| roles[*at] == Role::Content && !head[*at].left).collect();
    if let [first, .., last] = contents[..]
        && !roles.contains(&Role::Area)
    {
        roles[first] = Role::Area;
        for at in &contents[1..contents.len() - 1] {
            roles[*at] = Role::Other;
        }
        debug_assert_eq!(roles[last], Role::Content);
    }
    for at in 1..roles.len() {
        let twice = roles[..at].contains(&roles[at]) && !head[at].left;
        if twice && !matches!(roles[at], Role::Other | Role::Lead | Role::Support | Role::Requirements | Role::Expected) {
            roles[at] = Role::Other;
        }
    }
}

/// A table that goes on on the next page has as many columns as the one before, and no head.
fn continued(sheet: &Sheet, before: &Layout) -> Option<Layout> {
    let width = sheet.rows.first()?.len();
    (width == before.roles.len()).then(|| Layout { first: 0, ..before.clone() })
}

fn unused(sheet: &Sheet) -> Layout {
    let width = sheet.rows.first().map_or(0, Vec::len);
    Layout { used: false, first: 0, roles: vec![Role::Other; width], labels: vec![String::new(); width] }
}

/// Every text above the heads and between the tables.
fn titles(grid: &Grid, layouts: &[Layout]) -> Vec<String> {
    let mut out = Vec::new();
    for (sheet, layout) in grid.sheets.iter().zip(layouts) {
        out.extend(sheet.before.lines().map(str::to_owned));
        let above = sheet.rows.iter().take(if layout.used { layout.first } else { HEAD_WITHIN });
        out.extend(above.flatten().filter(|cell| !cell.above && !cell.left && !cell.text.is_empty()).map(|cell| cell.text.clone()));
        out.extend(Some(sheet.name.clone()).filter(|name| !name.is_empty()));
    }
    out
}

/// How much a text looks like the name of such a table; the first of those that look alike should win, hence no length.
fn likeness(title: &str) -> (usize, std::cmp::Reverse<usize>) {
    const TELLING: [&str; 9] = ["分解表", "考评", "标准", "创建", "双拥", "任务", "目录", "细则", "测评"];
    let length = title.chars().count();
    let fits = (6..=60).contains(&length);
    let hits = TELLING.iter().filter(|word| squeezed(title).contains(**word)).count();
    (if fits { hits } else { 0 }, std::cmp::Reverse(length))
}

/// First and last day of `2020—2023年`, `2019年4月至2023年3月`, `2019.04—2023.03`, `2020-2023`.
fn period(title: &str) -> Option<(Date, Date)> {
    const DAY: &str = r"(20\d\d)(?:[年.](?:(\d{1,2})月?)?)?(?:[.月]?(\d{1,2})日)?";
    static PERIOD: LazyLock<Regex> = LazyLock::new(|| Regex::new(&format!("{DAY}(?:-|—+|–|~|至|到){DAY}")).expect("a fixed pattern"));
    let text = half_width(&squeezed(title));
    let found = PERIOD.captures(&text)?;
    let number = |group| found.get(group).and_then(|group| group.as_str().parse::<i8>().ok());
    let year = |group: usize| found[group].parse::<i16>().ok();
    let from = Date::new(year(1)?, number(2).unwrap_or(1), number(3).unwrap_or(1)).ok()?;
    let month = Date::new(year(4)?, number(5).unwrap_or(12), 1).ok()?;
    let to = number(6).map_or(Some(month.last_of_month()), |day| Date::new(month.year(), month.month(), day).ok())?;
    cycle(from, to, None).examine().is_ok().then_some((from, to))
}

/// `4月20日前报送`, of the last year of the period.
fn due(titles: &[String], year: i16) -> Option<Date> {
    static DUE: LazyLock<Regex> =
        LazyLock::new(|| Regex::new(r"(?:(20\d\d)年)?(\d{1,2})月(\d{1,2})日(?:之?前|以前|截止)").expect("a fixed pattern"));
    titles.iter().find_map(|title| {
        let text = squeezed(title);
        let found = DUE.captures(&text)?;
        let year = found.get(1).map_or(Some(year), |year| year.as_str().parse().ok())?;
        Date::new(year, found[2].parse().ok()?, found[3].parse().ok()?).ok()
    })
}
