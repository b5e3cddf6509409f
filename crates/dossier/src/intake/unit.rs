//! Which unit a path names, in full or as offices shorten it: 示例街道1, 区委办, 人武部.

use std::collections::BTreeMap;

use unicode_normalization::UnicodeNormalization as _;

use crate::domain::{UnitCode, Units};

/// Names by which a unit is known, longest first; a name of two units is none.
pub(super) struct Names(Vec<(String, UnitCode)>);

/// How offices shorten the words of their own names.
const SHORTENED: [(&str, &[&str]); 40] = [
    ("办公室", &["办"]),
    ("人民武装部", &["人武部", "武装部"]),
    ("退役军人事务局", &["退役军人局", "退役局"]),
    ("发展改革委", &["发改委", "发改局"]),
    ("发展和改革委员会", &["发改委"]),
    ("发展和改革局", &["发改局"]),
    ("教育体育局", &["教体局", "教育局"]),
    ("科技经济信息化局", &["科经局", "经信局", "科经信局"]),
    ("工业和信息化局", &["工信局"]),
    ("人力资源社会保障局", &["人社局"]),
    ("人力资源和社会保障局", &["人社局"]),
    ("自然资源和规划分局", &["自然资源分局", "自规分局", "资规分局", "自规局", "资规局"]),
    ("自然资源和规划局", &["自然资源局", "自规局", "资规局"]),
    ("生态环境分局", &["环保分局", "生态环境局", "环保局"]),
    ("住房城乡建设局", &["住建局"]),
    ("住房和城乡建设局", &["住建局"]),
    ("交通运输局", &["交通局", "交运局"]),
    ("农业农村水利局", &["农业农村局", "农水局", "农业局"]),
    ("农业农村局", &["农业局"]),
    ("文化旅游局", &["文旅局"]),
    ("文化和旅游局", &["文旅局"]),
    ("卫生健康委", &["卫健委", "卫健局"]),
    ("卫生健康委员会", &["卫健委"]),
    ("应急管理局", &["应急局"]),
    ("市场监督管理局", &["市场监管局", "市监局"]),
    ("医疗保障局", &["医保局"]),
    ("城市管理局", &["城管局"]),
    ("数据资源局", &["数据局", "数管局"]),
    ("政务服务中心", &["政务中心"]),
    ("国防动员办公室", &["国动办"]),
    ("公安分局", &["公安局"]),
    ("融媒体中心", &["融媒体", "融媒中心"]),
    ("直属机关工委", &["直机关工委", "机关工委", "直工委"]),
    ("精神文明建设指导委员会办公室", &["文明办"]),
    ("机构编制委员会办公室", &["编办"]),
    ("委员会", &["委"]),
    ("妇女联合会", &["妇联"]),
    ("街道办事处", &["街道", "街道办"]),
    ("街道", &["街道办事处", "街道办", "街办"]),
    ("人民政府", &["政府"]),
];

/// The unit that a path names.
pub fn unit_of(units: &Units, folder: &str, name: &str) -> Option<UnitCode> {
    Names::of(units).find(folder, name).map(|(_, code)| code)
}

impl Names {
    pub fn of(units: &Units) -> Self {
        let mut owners: BTreeMap<String, Option<UnitCode>> = BTreeMap::new();
        for unit in &units.units {
            for name in names(&unit.name) {
                owners
                    .entry(name)
                    .and_modify(|owner| {
                        if owner.as_ref() != Some(&unit.code) {
                            *owner = None;
                        }
                    })
                    .or_insert_with(|| Some(unit.code.clone()));
            }
        }
        // A full name always means its unit, whatever else is shortened to it.
        for unit in &units.units {
            owners.insert(folded(&unit.name), Some(unit.code.clone()));
        }
        let mut names: Vec<_> = owners.into_iter().filter_map(|(name, owner)| Some((name, owner?))).collect();
        names.sort_by_key(|(name, _)| std::cmp::Reverse(name.chars().count()));
        Self(names)
    }

    /// The unit named in the innermost folder that names one, else in the file's name; with the text it was read from.
    pub fn find(&self, folder: &str, name: &str) -> Option<(String, UnitCode)> {
        let in_folder = |part: &str| self.in_text(part).map(|(_, code)| (part.to_owned(), code));
        folder.split('/').rev().find_map(in_folder).or_else(|| self.in_text(name))
    }

    /// The unit that a text begins with, with the name it was read from: who speaks in it.
    pub fn at_head(&self, text: &str) -> Option<(String, UnitCode)> {
        let text = folded(text);
        let speaks = |name: &str| text.starts_with(name) && stands_in(&text, name);
        self.0.iter().find(|(name, _)| speaks(name)).cloned()
    }

    fn in_text(&self, text: &str) -> Option<(String, UnitCode)> {
        let text = folded(text);
        if let Some((_, code)) = self.0.iter().find(|(_, code)| begins_with_code(&text, code)) {
            return Some((code.0.clone(), code.clone()));
        }
        self.0.iter().find(|(name, _)| stands_in(&text, name)).cloned()
    }
}

/// `T01 示例街道01`: the unit's code at the head, as collection kits name their folders.
fn begins_with_code(text: &str, code: &UnitCode) -> bool {
    let code = folded(&code.0);
    let has_both = code.chars().any(|c| c.is_ascii_alphabetic()) && code.chars().any(|c| c.is_ascii_digit());
    has_both
        && text.strip_prefix(code.as_str()).is_some_and(|rest| !rest.chars().next().is_some_and(|c| c.is_ascii_alphanumeric() || c == '.'))
}

/// A name that ends in a number stands in a text only where the number ends as well: 街道1 is not in 街道12.
fn stands_in(text: &str, name: &str) -> bool {
    let numbered = name.chars().next_back().is_some_and(|c| c.is_ascii_digit());
    text.match_indices(name).any(|(at, _)| {
        let next = text[at + name.len()..].chars().next();
        !(numbered && next.is_some_and(|c| c.is_ascii_digit()))
    })
}

/// Full name, names in its brackets, each also shortened, each also without the word of its rank (区, 区委).
fn names(name: &str) -> Vec<String> {
    let folded = folded(name);
    let mut plain: Vec<String> =
        folded.split(['(', ')', '、', ',', '/']).map(str::trim).filter(|part| !part.is_empty()).map(str::to_owned).collect();
    for part in plain.clone() {
        for (long, shorts) in SHORTENED {
            if part.ends_with(long) || (long == "街道" && part.contains(long)) {
                plain.extend(shorts.iter().map(|short| part.replacen(long, short, 1)));
            }
        }
    }
    for part in plain.clone() {
        for rank in ["区委", "县委", "市委", "区", "县", "市"] {
            if let Some(rest) = part.strip_prefix(rank)
                && speaks_for_itself(rest)
            {
                plain.push(rest.to_owned());
                break;
            }
        }
        // 驻区部队甲 is called 部队甲, 团区委 stays as it is.
        if let Some(rest) = part.strip_prefix("驻区") {
            plain.push(rest.to_owned());
        }
    }
    plain.retain(|name| name.chars().count() >= 2);
    plain.sort();
    plain.dedup();
    plain
}

/// 组织部 and 妇联 do, 办公室 and 政府办 of no rank do not.
fn speaks_for_itself(rest: &str) -> bool {
    let length = rest.chars().count();
    let known_short = ["妇联", "编办"].contains(&rest);
    known_short || (length >= 3 && !["办公室", "政府办", "政府办公室", "督查室", "督办室", "公安局"].contains(&rest))
}

/// Half-width, lower-case, without spaces, numbers without leading zeros.
fn folded(text: &str) -> String {
    let mut out = String::new();
    for character in text.nfkc().flat_map(char::to_lowercase).filter(|c| !c.is_whitespace()) {
        let in_number = out.chars().next_back().is_some_and(|c| c.is_ascii_digit());
        if character == '0' && !in_number {
            // Kept only if no digit follows; see below.
            out.push('\u{0}');
        } else {
            if !character.is_ascii_digit() && out.ends_with('\u{0}') {
                out.pop();
                out.push('0');
            }
            out.push(character);
        }
    }
    out.replace('\u{0}', "")
}
