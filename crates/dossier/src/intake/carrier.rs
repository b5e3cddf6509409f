//! 载体形式: which of the catalogue's forms a file has, and what that rests on. Pure.
//!
//! | rests on | in this order |
//! |---|---|
//! | the kind of the file | films and sound |
//! | the material | its whole title stands in the name |
//! | a word of the name | 照片, 截图, 纪要, 签到表, 台账 … at its end, or before a number at its head |
//! | 红头 or 文号 | in the name, or in the head of the text |
//! | a word of the name | 计划, 总结, 通知 …: what may be issued as 红头文件 |
//! | a word of the innermost folder | of a camera's picture only 照片: that of a meeting lies in 会议纪要, too |
//! | a camera | with few letters on the picture |
//! | the material | most of its title stands in the name |
//! | the indicator | it asks for one form only |
//!
//! Codes and names of forms are the catalogue's. So a sign stands for a word, and is told only where that word stands in the name of
//! one form and no other.

use scans::Kind;

use crate::domain::likeness::Bigrams;
use crate::domain::{Catalogue, Expected, FormGround, IndicatorCode, Leaf};

/// Letters of a page from which on it is a paper, and no photo of a banner or a plate.
const PAPER_LETTERS: usize = 150;
/// Share of a material's title in a name from which on the name is that of the material.
const WHOLE: f32 = 0.85;
/// Share from which on a piece is counted for a material, see `check::matching`.
const ALIKE: f32 = 0.34;

const PHOTO: &str = "照片";
const RED_HEAD: &str = "红头";

/// A word that a name ends with, the word that the form's name holds, and whether such a paper may be issued with a red head.
type Sign = (&'static str, &'static str, bool);

const SIGNS: [Sign; 70] = [
    ("照片", PHOTO, false),
    ("相片", PHOTO, false),
    ("合影", PHOTO, false),
    ("图片", PHOTO, false),
    ("留影", PHOTO, false),
    ("视频", "视频", false),
    ("录像", "视频", false),
    ("宣传片", "视频", false),
    ("音频", "音像", false),
    ("截图", "截图", false),
    ("截屏", "截图", false),
    ("公众号截图", "报道", false),
    ("网页截图", "报道", false),
    ("新闻截图", "报道", false),
    ("报道", "报道", false),
    ("报道截图", "报道", false),
    ("会议纪要", "纪要", false),
    ("纪要", "纪要", false),
    ("会议记录", "会议记录", false),
    ("会议通知", "会议通知", false),
    ("签到表", "签到", false),
    ("签到册", "签到", false),
    ("签到", "签到", false),
    ("讲话", "讲话", false),
    ("讲话稿", "讲话", false),
    ("批示", "批示", false),
    ("批示件", "批示", false),
    ("台账", "台账", false),
    ("登记表", "登记表", false),
    ("登记册", "登记表", false),
    ("花名册", "花名册", false),
    ("名册", "花名册", false),
    ("名单", "花名册", true),
    ("统计表", "统计", false),
    ("汇总表", "统计", false),
    ("报表", "统计", false),
    ("拨款单", "凭证", false),
    ("发放明细", "凭证", false),
    ("发放表", "凭证", false),
    ("凭证", "凭证", false),
    ("发票", "凭证", false),
    ("收据", "凭证", false),
    ("预算", "凭证", true),
    ("证书", "证书", false),
    ("奖牌", "奖牌", false),
    ("奖状", "证书", false),
    ("协议书", "协议", false),
    ("协议", "协议", false),
    ("备忘录", "备忘录", false),
    ("公约", "公约", false),
    ("证明", "证明", false),
    ("评价意见", "证明", false),
    ("简报", "简报", false),
    ("工作信息", "简报", false),
    ("画册", "宣传品", false),
    ("折页", "宣传品", false),
    ("标语", "宣传品", false),
    ("海报", "宣传品", false),
    ("感谢信", "感谢信", false),
    ("锦旗", "锦旗", false),
    ("计划", "计划", true),
    ("要点", "计划", true),
    ("方案", "方案", true),
    ("预案", "预案", true),
    ("总结", "总结", true),
    ("汇报", "报告", true),
    ("报告", "报告", true),
    ("述职", "述职", false),
    ("制度", "制度", true),
    ("规定", "制度", true),
];

/// How titles of issued papers end: `关于……的通知`.
const ISSUED: [&str; 8] = ["通知", "通报", "决定", "意见", "批复", "命令", "公告", "通告"];

/// What of a file tells its form.
pub(super) struct Signs<'a> {
    pub kind: Kind,
    /// A camera took it.
    pub is_shot: bool,
    /// It has so many letters that it is a paper, whatever took it.
    pub is_written: bool,
    /// 红头 or 文号 was read.
    pub is_issued: bool,
    /// Words of the name, without code and 文号.
    pub title: &'a str,
    /// Words of the innermost folder, without its code.
    pub folder: &'a str,
}

/// Whether there are as many letters as a paper has.
pub(super) fn is_written(text: &str) -> bool {
    text.chars().filter(|c| c.is_alphanumeric()).nth(PAPER_LETTERS).is_some()
}

/// The form, with what it rests on; `leaf` is where the file is suggested to belong.
pub(super) fn form(catalogue: &Catalogue, leaf: Option<&IndicatorCode>, signs: &Signs<'_>) -> Option<(String, FormGround)> {
    let asked = leaf.map(|code| Asked::of(catalogue, code, signs)).unwrap_or_default();
    by_kind(catalogue, signs.kind)
        .or_else(|| asked.by_title(signs.title, WHOLE))
        .or_else(|| by_own_signs(catalogue, signs))
        .or_else(|| asked.by_title(signs.title, ALIKE))
        .or_else(|| asked.alone())
}

/// The form by what the indicator asks for, of a file of which nothing else tells.
pub(super) fn form_asked(catalogue: &Catalogue, code: &IndicatorCode, signs: &Signs<'_>) -> Option<(String, FormGround)> {
    let asked = Asked::of(catalogue, code, signs);
    asked.by_title(signs.title, ALIKE).or_else(|| asked.alone())
}

fn by_kind(catalogue: &Catalogue, kind: Kind) -> Option<(String, FormGround)> {
    let word = match kind {
        Kind::Video => "视频",
        Kind::Audio => "音像",
        _ => return None,
    };
    Some((named(catalogue, word)?, FormGround::Kind))
}

fn by_own_signs(catalogue: &Catalogue, signs: &Signs<'_>) -> Option<(String, FormGround)> {
    let in_name = sign(signs.title);
    let by_word = |(word, key, _): Sign| Some((named(catalogue, key)?, FormGround::Word { text: word.to_owned() }));
    let may_be_issued = in_name.is_none_or(|(.., may_be_issued)| may_be_issued);
    if signs.is_issued
        && may_be_issued
        && let Some(form) = named(catalogue, RED_HEAD)
    {
        return Some((form, FormGround::Issued));
    }
    if let Some(found) = in_name {
        return by_word(found);
    }
    let is_photo = signs.is_shot && !signs.is_written;
    match sign(signs.folder) {
        Some(found @ (_, PHOTO, _)) if is_picture(signs.kind) && !signs.is_written => by_word(found),
        Some((_, PHOTO, _)) => None,
        Some(found) if !is_photo => by_word(found),
        // A photo in a folder of papers, or a paper that was photographed: nobody can tell.
        Some(_) => None,
        None => is_photo.then(|| Some((named(catalogue, PHOTO)?, FormGround::Shot))).flatten(),
    }
}

/// The sign that a name ends with, the longest; else the one at its head with nothing but a number, a colon or a stroke behind.
fn sign(name: &str) -> Option<Sign> {
    let bare = bare(name);
    let is_title_of = |word: &str| bare.contains("关于") && bare.strip_suffix(word).is_some_and(|rest| rest.ends_with('的'));
    if let Some(word) = ISSUED.into_iter().find(|word| is_title_of(word)) {
        return Some((word, RED_HEAD, true));
    }
    let longest = |stands: &dyn Fn(&str) -> bool| SIGNS.into_iter().filter(|(word, ..)| stands(word)).max_by_key(|(word, ..)| word.len());
    let at_head = |word: &str| bare.strip_prefix(word).is_some_and(|rest| !rest.starts_with(char::is_alphabetic));
    longest(&|word| bare.ends_with(word)).or_else(|| longest(&at_head))
}

/// A name without what may stand behind its last word: brackets, numbers, 版 and 材料.
fn bare(name: &str) -> &str {
    let mut bare = name.trim();
    loop {
        let before = bare;
        bare = bare.trim_end_matches(|c: char| !c.is_alphabetic() && !"）)】]".contains(c));
        if let Some(open) = bare.ends_with(['）', ')', '】', ']']).then(|| bare.rfind(['（', '(', '【', '['])).flatten() {
            bare = &bare[..open];
        }
        for word in ["材料", "资料", "扫描件", "复印件", "原件", "节选"] {
            bare = bare.strip_suffix(word).unwrap_or(bare);
        }
        if bare == before {
            return bare;
        }
    }
}

/// The one form whose name holds a word; what stands in its brackets speaks only where no name does.
fn named(catalogue: &Catalogue, word: &str) -> Option<String> {
    let only = |holds: &dyn Fn(&str) -> bool| {
        let mut holding = catalogue.carrier_forms.iter().filter(|(_, name)| holds(name)).map(|(code, _)| code.clone());
        (holding.next(), holding.next())
    };
    match only(&|name| head(name).contains(word)) {
        (Some(form), None) => Some(form),
        (Some(_), Some(_)) => None,
        (None, _) => match only(&|name| name.contains(word)) {
            (Some(form), None) => Some(form),
            _ => None,
        },
    }
}

fn head(name: &str) -> &str {
    name.split(['（', '(']).next().unwrap_or(name)
}

fn is_picture(kind: Kind) -> bool {
    matches!(kind, Kind::Jpeg | Kind::Png | Kind::Gif | Kind::Bmp | Kind::Webp | Kind::Heic | Kind::Tiff)
}

/// What an indicator asks for that a file may be: photos are pictures.
#[derive(Default)]
struct Asked<'a> {
    code: Option<&'a IndicatorCode>,
    /// Of all that is asked for.
    forms: Vec<&'a str>,
    fitting: Vec<&'a Expected>,
    /// A picture may be a photo or a paper.
    is_open: bool,
}

impl<'a> Asked<'a> {
    fn of(catalogue: &'a Catalogue, code: &'a IndicatorCode, signs: &Signs<'_>) -> Self {
        let Some(Leaf::Indicator(indicator)) = catalogue.leaf(code) else { return Self::default() };
        let may_be_photo = is_picture(signs.kind) && !signs.is_written;
        let fits = |expected: &&Expected| !expected.form.is_empty() && (may_be_photo || !catalogue.is_photo(&expected.form));
        let mut forms: Vec<&str> = indicator.expected_evidence.iter().map(|expected| expected.form.as_str()).collect();
        forms.sort_unstable();
        forms.dedup();
        let is_photo_alone = forms.first().is_some_and(|form| catalogue.is_photo(form));
        Self {
            code: Some(code),
            fitting: indicator.expected_evidence.iter().filter(fits).collect(),
            is_open: may_be_photo && !is_photo_alone,
            forms,
        }
    }

    /// The form of the material whose title is most like the name.
    fn by_title(&self, name: &str, least: f32) -> Option<(String, FormGround)> {
        let name = Bigrams::of(name);
        let mut best: Option<(&Expected, f32)> = None;
        for expected in &self.fitting {
            let share = Bigrams::of(&expected.title).share_in(&name);
            if share >= least && best.is_none_or(|(_, most)| share > most) {
                best = Some((expected, share));
            }
        }
        best.map(|(expected, _)| (expected.form.clone(), FormGround::Material { title: expected.title.clone() }))
    }

    /// The one form that is asked for.
    fn alone(&self) -> Option<(String, FormGround)> {
        let [form] = self.forms.as_slice() else { return None };
        let is_fitting = self.fitting.iter().any(|expected| expected.form == *form);
        (is_fitting && !self.is_open).then(|| Some(((*form).to_owned(), FormGround::Asked { code: self.code?.clone() }))).flatten()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_ends_with_what_it_is() {
        for (name, word) in [
            ("领导小组会议纪要（第3期）", "会议纪要"),
            ("会场照片3", "照片"),
            ("照片1：走访慰问", "照片"),
            ("锦旗照片", "照片"),
            ("优抚对象台账（2021年）扫描件", "台账"),
            ("关于开展双拥月活动的通知", "通知"),
            ("双拥工作总结材料", "总结"),
            ("公众号截图", "公众号截图"),
            // Nothing is made up.
            ("台账式管理做法", ""),
            ("照片墙建设情况", ""),
            ("扫描件001", ""),
            ("", ""),
        ] {
            assert_eq!(sign(name).map_or("", |(word, ..)| word), word, "{name}");
        }
    }
}
