//! What the name of a file says of the piece: title, 文号, year and date.

use std::sync::OnceLock;

use jiff::civil::Date;
use regex_lite::Regex;

use super::code::half_width;

/// A 文号 as read, and as it is written properly: `示双拥〔2021〕3号`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Number {
    pub text: String,
    pub number: String,
}

/// Reads a 文号. Brackets of all kinds become 〔〕, full-width digits half-width, 03号 becomes 3号.
pub(super) fn number(text: &str) -> Option<Number> {
    static NUMBER: OnceLock<Regex> = OnceLock::new();
    // Without 号 only where the brackets are those of a 文号: 方案（2021）3 is no number.
    let pattern = NUMBER.get_or_init(|| {
        regex(r"([\u{4e00}-\u{9fff}]{2,14}) ?(?:[〔\[【﹝［{] ?((?:19|20)\d\d) ?年?[〕\]】﹞］}] ?第? ?(\d{1,4})(?:号|\b)|[(（<〈《] ?((?:19|20)\d\d) ?[)）>〉》] ?第? ?(\d{1,4}) ?号)")
    });
    // The same length in characters, so that what is read can be cut from the text as written.
    let half: String = text.chars().map(half_width_number).collect();
    let found = pattern.captures(&half)?;
    let organ = organ(found.get(1)?.as_str());
    let year = found.get(2).or(found.get(4))?.as_str();
    let serial = found.get(3).or(found.get(5))?.as_str().trim_start_matches('0');
    if organ.chars().count() < 2 || serial.is_empty() {
        return None;
    }
    let whole = found.get(0)?;
    let from = half[..whole.start()].chars().count() + found.get(1)?.as_str().chars().count() - organ.chars().count();
    let to = half[..whole.end()].chars().count();
    let text = text.chars().skip(from).take(to - from).collect();
    Some(Number { text, number: format!("{organ}〔{year}〕{serial}号") })
}

fn half_width_number(character: char) -> char {
    match half_width(character) {
        digit if digit.is_ascii_digit() => digit,
        _ => character,
    }
}

/// The organ's short name without the words before it (关于转发示双拥〔2021〕3号).
fn organ(run: &str) -> &str {
    let mut organ = run;
    for word in ["关于", "转发", "印发", "附件", "落实", "贯彻", "的", "根据", "文号", "文件"] {
        if let Some((_, behind)) = organ.rsplit_once(word) {
            organ = behind;
        }
    }
    organ
}

/// The title that is left of a name without its code: 文号, stamps of the office and traces of machines taken away.
/// Empty where nothing is left that a person wrote.
pub(super) fn title(rest: &str, number: Option<&Number>) -> String {
    let mut title = rest.to_owned();
    if let Some(number) = number {
        title = title.replacen(&number.text, " ", 1);
    }
    for trace in traces() {
        title = trace.replace_all(&title, "").into_owned();
    }
    let edges = |c: char| c.is_whitespace() || "-–—－−_.．、:：·，,;；~～+＋=&".contains(c);
    let title = title.replace(['_', '\u{3000}'], " ").split_whitespace().collect::<Vec<_>>().join(" ");
    let title = title.trim_matches(edges);
    if title.chars().any(|c| c.is_alphabetic() && !c.is_ascii()) { balanced(title).to_owned() } else { String::new() }
}

/// A bracket that lost its partner at an end of the title is cut.
fn balanced(title: &str) -> &str {
    let count = |set: &str| title.chars().filter(|c| set.contains(*c)).count();
    if count("（(") < count("）)") {
        title.trim_end_matches(['）', ')'])
    } else if count("（(") > count("）)") {
        title.trim_end_matches(['（', '('])
    } else {
        title
    }
}

/// Patterns that offices, scanners, chats and copies leave in a name.
fn traces() -> &'static [Regex] {
    static TRACES: OnceLock<Vec<Regex>> = OnceLock::new();
    TRACES.get_or_init(|| {
        [
            // Pictures and scans named by a machine.
            r"(?i)(微信图片|微信截图|微信视频|QQ图片|QQ截图|企业微信截图|WPS图片|屏幕截图|截图|截屏|照片|图片|扫描)[_ -]?\d{6,}[\d_-]*",
            r"(?i)(mmexport|wx_camera_|IMG|DSC[FN]?|DSC|PXL|MVIMG|VID|SCAN|Screenshot|CamScanner|扫描全能王|扫描文件|夸克扫描王|新建文档|新文档|文档扫描)[_ -]*\d[\d _.:-]*\d?",
            // Stamps of the office in brackets of their own.
            r"[（(【\[](?:[^（()）【】\[\]]{0,6}(?:盖章|扫描|签字|定稿|终稿|终版|最终|修改|修订稿|报送|上报|打印|正式|红头|原件|复印|清晰|已审|副本)[^（()）【】\[\]]{0,4})[）)】\]]",
            // Copies: (1), （2）, - 副本, 副本(3).
            r"[-–—_ ]*(副本|复件|拷贝) ?([（(]\d{1,3}[）)])?",
            r"[（(]\d{1,3}[）)]\s*$",
            r"[（(]?共?\d{1,4}[张页份幅][）)]?\s*$",
            // The same stamps without brackets, at the end.
            r"[-–—_ ]*(已?盖章(扫描)?[版件稿]?|扫描[版件稿]|(最终|最新|终)(定)?[版稿]|定稿|终稿|最终|(修改|修订|正式|报送|上报|打印|送审|审定|签字|红头|电子)[版稿件])+\s*\d{0,2}\s*$",
            r"(?i)[-–—_ ]*v\d{1,2}(\.\d{1,2})?\s*$",
            // A date or a time that a machine put at an end.
            r"^(19|20)\d{2}[01]\d[0-3]\d(\d{4,6})?[-_ ]+",
            r"[-_ ]+(19|20)\d{2}[01]\d[0-3]\d(\d{4,6})?\s*$",
            r"^(新建|未命名|无标题)( ?(Microsoft|DOC|DOCX|文本|PDF))*( ?(Word|文档|文件))*",
        ]
        .iter()
        .map(|pattern| regex(pattern))
        .collect()
    })
}

/// A date in a name, with the text it was read from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Time {
    /// 2021年3月5日, 2021-03-05, 20210305.
    Day { text: String, date: Date },
    /// Several of them, as they stand.
    Days { texts: Vec<String> },
    /// A time that a chat, a phone or a scanner wrote.
    Download { text: String },
}

pub(super) fn time(name: &str) -> Option<Time> {
    static MACHINE: OnceLock<Regex> = OnceLock::new();
    static DAY: OnceLock<Regex> = OnceLock::new();
    let machine = MACHINE.get_or_init(|| {
        // By the name of a chat, of a camera or a scanner, or by a time of day behind the date.
        regex(r"(?i)((?:微信图片|微信截图|微信视频|QQ图片|QQ截图|企业微信截图|WPS图片|屏幕截图|mmexport|wx_camera_|Screenshot|CamScanner|扫描全能王|夸克扫描王)[_ -]*\d[\d_-]*|(?:IMG|MVIMG|PXL|VID|DSC[FN]?|SCAN|扫描件|扫描文件|文档扫描|新建文档|新文档)[_ -]*(?:19|20)\d{2}[-_.]?\d{2}[-_.]?\d{2}[\d_-]*)|(?:^|\D)((?:19|20)\d{6}[-_ ]?\d{6}(?:\d{3})?)(?:\D|$)")
    });
    let half: String = name.chars().map(half_width_number).collect();
    if let Some(found) = machine.captures(&half).and_then(|found| found.get(1).or(found.get(2))) {
        return Some(Time::Download { text: found.as_str().trim_end_matches(['_', '-']).to_owned() });
    }
    let day = DAY.get_or_init(|| {
        regex(r"(?:^|\D)((19[89]\d|20\d\d)(?:年(\d{1,2})月(\d{1,2})日?|[-._](\d{1,2})[-._](\d{1,2})|(\d{2})(\d{2})))(?:\D|$)")
    });
    let mut days: Vec<(String, Date)> = Vec::new();
    let mut from = 0;
    while let Some(found) = half.get(from..).and_then(|rest| day.captures(rest)) {
        let Some(text) = found.get(1) else { break };
        let figure = |groups: [usize; 3]| groups.iter().find_map(|group| found.get(*group)).and_then(|m| m.as_str().parse::<i8>().ok());
        let year = found.get(2).and_then(|year| year.as_str().parse().ok());
        let date = year.zip(figure([3, 5, 7])).zip(figure([4, 6, 8])).and_then(|((year, month), day)| Date::new(year, month, day).ok());
        // What was asked for until then was not written then.
        let is_due = ["前", "以前", "之前", "截止"].iter().any(|word| half[from + text.end()..].starts_with(word));
        if let Some(date) = date.filter(|date| !is_due && days.iter().all(|(_, known)| known != date)) {
            days.push((text.as_str().to_owned(), date));
        }
        from += text.end();
    }
    match days.len() {
        0 => None,
        1 => days.pop().map(|(text, date)| Time::Day { text, date }),
        _ => Some(Time::Days { texts: days.into_iter().map(|(text, _)| text).collect() }),
    }
}

/// Years that a name says in so many words: 2021年度, 2020-2022年, 二〇二一年, or a folder that is nothing but a year.
/// Each with its text; a year behind a machine's name is not one.
pub(super) fn years(name: &str, whole_folder: bool) -> Vec<(String, i16)> {
    static RANGE: OnceLock<Regex> = OnceLock::new();
    static YEAR: OnceLock<Regex> = OnceLock::new();
    static HAN: OnceLock<Regex> = OnceLock::new();
    let half: String = name.chars().map(half_width_number).collect();
    if whole_folder && let Ok(year @ 1950..=2099) = half.trim().parse::<i16>() {
        return vec![(half.trim().to_owned(), year)];
    }
    let range = RANGE.get_or_init(|| regex(r"(20\d\d)年?[-–—－−~～至到](20\d\d)年"));
    if let Some(found) = range.captures(&half)
        && let (Some(Ok(from)), Some(Ok(to))) =
            (found.get(1).map(|m| m.as_str().parse::<i16>()), found.get(2).map(|m| m.as_str().parse::<i16>()))
        && from <= to
        && to - from < 10
    {
        return (from..=to).map(|year| (found[0].to_owned(), year)).collect();
    }
    let year = YEAR.get_or_init(|| regex(r"(?:^|\D)((20\d\d) ?年度?)"));
    let mut out: Vec<(String, i16)> = Vec::new();
    for found in year.captures_iter(&half) {
        if let Ok(year) = found[2].parse() {
            out.push((found[1].to_owned(), year));
        }
    }
    let han = HAN.get_or_init(|| regex(r"二[〇○零0]([一二三四五六七八九〇○零])([一二三四五六七八九〇○零])年度?"));
    if let Some(found) = han.captures(&half) {
        let digit = |text: &str| "〇一二三四五六七八九".chars().position(|c| text.starts_with(c)).unwrap_or(0) as i16;
        out.push((found[0].to_owned(), 2000 + digit(&found[1]) * 10 + digit(&found[2])));
    }
    out.dedup_by_key(|(_, year)| *year);
    out
}

fn regex(pattern: &str) -> Regex {
    Regex::new(pattern).expect("our own pattern is well formed")
}
