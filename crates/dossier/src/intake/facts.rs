//! What an official paper says of itself, read from its text by the layout of GB/T 9704-2012: 标题 below the 文号 and above
//! the 主送机关, 发文机关署名 above the 成文日期 (7.3.5), the name of the organ in the red head (7.2.4). Pure.
//!
//! Each fact is told only where the layout says so; a person confirms it. Lines may come from a reader of scans, so blanks
//! within them mean nothing.

use std::sync::OnceLock;

use jiff::civil::Date;
use regex_lite::Regex;

use super::code::half_width;
use super::name;
use crate::domain::personal::PAGE_BREAK;

/// Lines of the first page among which head, 文号 and title stand.
const HEAD_LINES: usize = 16;
/// Pages among which the signature stands; what follows is annexed.
const PAGES: usize = 8;
/// Lines over which a title runs at most.
const TITLE_LINES: usize = 4;
/// Characters of a title.
const TITLE: std::ops::RangeInclusive<usize> = 6..=80;
/// Characters of an organ's name.
const ORGAN: std::ops::RangeInclusive<usize> = 3..=30;

/// What a paper is called at the end of its title (党政机关公文处理工作条例, chapter 2, and what offices use beside it).
const GENRES: [&str; 40] = [
    "决议",
    "决定",
    "命令",
    "公报",
    "公告",
    "通告",
    "意见",
    "通知",
    "通报",
    "报告",
    "请示",
    "批复",
    "议案",
    "函",
    "纪要",
    "方案",
    "办法",
    "规定",
    "细则",
    "制度",
    "总结",
    "计划",
    "要点",
    "汇报",
    "协议书",
    "协议",
    "责任书",
    "承诺书",
    "倡议书",
    "慰问信",
    "感谢信",
    "证明",
    "说明",
    "登记表",
    "统计表",
    "汇总表",
    "签到表",
    "名单",
    "台账",
    "预案",
];

/// Endings of the names of organs.
const ORGANS: [&str; 21] = [
    "委员会",
    "办公室",
    "政府",
    "领导小组",
    "工作组",
    "指挥部",
    "部",
    "局",
    "委",
    "院",
    "中心",
    "街道",
    "办事处",
    "总队",
    "支队",
    "大队",
    "学校",
    "中学",
    "公司",
    "协会",
    "联合会",
];

/// What was read; what the layout does not tell is empty.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Facts {
    pub title: String,
    pub issuer: String,
    /// 成文日期, with the line that it was read from.
    pub dated: Option<(String, Date)>,
    /// It has a red head, or a line of its own for its 文号.
    pub is_issued: bool,
}

/// Reads the text of a piece, page by page.
pub(super) fn of(text: &str) -> Facts {
    let pages: Vec<Vec<String>> = text.split(PAGE_BREAK).take(PAGES).map(lines).collect();
    let first = pages.first().map(Vec::as_slice).unwrap_or_default();
    let head = &first[..first.len().min(HEAD_LINES)];
    let signed = signature(&pages);
    let issuer = signed.as_ref().and_then(|(organ, ..)| organ.clone()).or_else(|| red_head(head)).unwrap_or_default();
    let is_issued = red_head(head).is_some() || head.iter().any(|line| is_number(line));
    Facts { title: title(head).unwrap_or_default(), issuer, dated: signed.map(|(_, line, date)| (line, date)), is_issued }
}

/// A line of the head that is nothing but a 文号, with the 签发人 beside it in a report to a higher organ.
fn is_number(line: &str) -> bool {
    let rest = name::number(line).and_then(|number| line.strip_prefix(number.text.as_str()));
    rest.is_some_and(|rest| rest.is_empty() || rest.starts_with("签发人"))
}

/// Lines without blanks, digits and brackets half-width; empty ones are gone.
fn lines(page: &str) -> Vec<String> {
    let tight = |line: &str| line.chars().filter(|c| !c.is_whitespace()).map(digit).collect::<String>();
    page.lines().map(tight).filter(|line| !line.is_empty()).collect()
}

fn digit(character: char) -> char {
    let half = half_width(character);
    if half.is_ascii_digit() { half } else { character }
}

/// 示例区人民政府文件 alone on a line.
fn red_head(head: &[String]) -> Option<String> {
    let organ = head.iter().find_map(|line| line.strip_suffix("文件").filter(|organ| is_organ(organ)))?;
    Some(organ.to_owned())
}

fn is_organ(line: &str) -> bool {
    ORGAN.contains(&line.chars().count())
        && ORGANS.iter().any(|ending| line.ends_with(ending))
        && line.chars().all(|c| c.is_alphanumeric() || "（）()、".contains(c))
}

/// The first date that stands alone on its line, with the organ above it; else the last such date without one.
fn signature(pages: &[Vec<String>]) -> Option<(Option<String>, String, Date)> {
    let mut bare = None;
    for (place, line) in pages.iter().flat_map(|page| page.iter().enumerate().map(move |(at, line)| ((page, at), line))) {
        let Some(date) = alone(line) else { continue };
        let (page, at) = place;
        let above = at.checked_sub(1).and_then(|above| page.get(above)).filter(|line| is_organ(line));
        if let Some(organ) = above {
            return Some((Some(organ.clone()), line.clone(), date));
        }
        bare = Some((None, line.clone(), date));
    }
    bare
}

/// `2021年3月5日`, `二〇二一年三月五日`, and nothing else on the line.
fn alone(line: &str) -> Option<Date> {
    static DATE: OnceLock<Regex> = OnceLock::new();
    let date = DATE.get_or_init(|| regex("^[（(]?((?:19|20)[0-9]{2}|[一二][一二三四五六七八九〇○零Oo0]{3})年([0-9]{1,2}|[一二三四五六七八九十]{1,3})月([0-9]{1,2}|[一二三四五六七八九十]{1,3})日[）)]?$"));
    let found = date.captures(line)?;
    let figures = |group: usize| found.get(group).map(|found| found.as_str()).unwrap_or_default();
    Date::new(year(figures(1))?, figure(figures(2))?, figure(figures(3))?).ok()
}

/// A year, figure by figure.
fn year(text: &str) -> Option<i16> {
    let figure =
        |c: char| c.to_digit(10).or_else(|| "〇一二三四五六七八九".chars().position(|han| han == c).map(|at| at as u32)).or(Some(0));
    text.chars().try_fold(0, |year: i16, c| year.checked_mul(10)?.checked_add(figure(c)? as i16))
}

/// 3, 十二, 三十一.
fn figure(text: &str) -> Option<i8> {
    if let Ok(number) = text.parse() {
        return Some(number);
    }
    let one = |text: &str| match text {
        "" => Some(0),
        han => "一二三四五六七八九".chars().position(|c| han.chars().eq([c])).map(|at| at as i8 + 1),
    };
    match text.split_once('十') {
        Some((tens, ones)) => Some(if tens.is_empty() { 10 } else { one(tens)? * 10 } + one(ones)?),
        None => one(text),
    }
}

/// Lines below the 文号 (else from the head on) that make a title: they end with what such a paper is called.
fn title(head: &[String]) -> Option<String> {
    let below_number = head.iter().position(|line| name::number(line).is_some()).map(|at| at + 1);
    match below_number {
        Some(from) => from_lines(&head[from.min(head.len())..]),
        // Without a 文号 the title is the first that stands there, or comes after a head.
        None => (0..head.len().min(3)).find_map(|from| from_lines(&head[from..])),
    }
}

fn from_lines(lines: &[String]) -> Option<String> {
    let mut title = String::new();
    for (at, line) in lines.iter().take(TITLE_LINES).enumerate() {
        // 签发人 stands beside the 文号; the 主送机关 below the title ends with a colon.
        if at == 0 && line.starts_with("签发人") {
            continue;
        }
        if line.ends_with(['：', ':', '。', '；', '，']) || line.chars().count() > 40 {
            return None;
        }
        title.push_str(line);
        if is_title(&title) {
            return Some(title);
        }
    }
    None
}

fn is_title(text: &str) -> bool {
    // （试行）, （2021—2023年） behind the name of its kind.
    let bare = text.strip_suffix(['）', ')']).and_then(|text| text.rsplit_once(['（', '('])).map_or(text, |(text, _)| text);
    TITLE.contains(&text.chars().count()) && GENRES.iter().any(|genre| bare.ends_with(genre))
}

fn regex(pattern: &str) -> Regex {
    Regex::new(pattern).expect("the pattern is written right")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_paper_says_what_it_is() {
        // The text, the title, the organ, the date; `/` ends a line, `|` a page.
        let table = [
            (
                "示例区双拥工作领导小组文件/示双拥〔2021〕3号/关于调整示例区双拥工作领导小组/成员的通知/各乡镇（街道），区直各单位：/　　因人事变动，现作如下调整。|示例区双拥工作领导小组/2021年3月5日/抄送：区人武部/示例区双拥办公室 2021年3月6日印发",
                "关于调整示例区双拥工作领导小组成员的通知",
                "示例区双拥工作领导小组",
                "2021-03-05",
            ),
            (
                "示例区人民政府文件/示政 〔２０２２〕 12 号   签发人：某某/关于印发《示例区优抚对象优待办法（试行）》的通知/各单位：/二 〇 二 二 年 十 一 月 二 十 日|附件/2023年1月1日前完成。",
                "关于印发《示例区优抚对象优待办法（试行）》的通知",
                "示例区人民政府",
                "2022-11-20",
            ),
            (
                "示例街道01双拥工作总结/2022年，街道在区委领导下开展工作。/示例街道/二〇二二年十二月三十一日",
                "示例街道01双拥工作总结",
                "示例街道",
                "2022-12-31",
            ),
            ("示例区双拥工作要点（2021年）/一、总体要求", "示例区双拥工作要点（2021年）", "", ""),
            // Nothing is made up: a sentence, a list, a date within a line.
            ("经研究，决定如下。/会议于2021年3月5日召开。/请遵照执行。", "", "", ""),
            ("姓名 单位 电话/某某 示例街道01 0000", "", "", ""),
            ("", "", "", ""),
        ];
        for (text, title, issuer, dated) in table {
            let read = of(&text.replace('/', "\n").replace('|', "\u{c}"));
            assert_eq!(read.is_issued, text.contains("文件/"), "{text}");
            let date = read.dated.map(|(_, date)| date.to_string()).unwrap_or_default();
            assert_eq!((read.title.as_str(), read.issuer.as_str(), date.as_str()), (title, issuer, dated), "{text}");
        }
    }

    #[test]
    fn a_day_that_does_not_exist_is_no_date() {
        assert_eq!(alone("2021年2月30日"), None);
        assert_eq!(alone("2021年13月1日"), None);
        assert_eq!(alone("二〇二一年三月三十一日").map(|date| date.to_string()).as_deref(), Some("2021-03-31"));
    }
}
