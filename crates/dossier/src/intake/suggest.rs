//! 归类建议: where a file probably belongs, read from its path, its name and its first lines. Pure.
//!
//! | rests on | confidence |
//! |---|---|
//! | a full code at the head of the file's name (`1-3`, `02－06`, `V2`) | 92 |
//! | a full code at the head of a folder's name | 88 |
//! | name and folder give the same code | 97 |
//! | they give different codes (the file's name stands) | 60 |
//! | a number said to be one of the table (第37项, 指标37) | 88 |
//! | a folder numbered within the folder of its area (`01 组织领导/03 …`) | 84 |
//! | a single number (`37 …`), which may be the place in a list | 50; in a folder 60 |
//! | … and the name is like what that indicator asks for | 88 |
//! | the name holds the whole title of one material, and of no other leaf | 84 |
//! | the name is like a title | 25–78 |
//! | a code, but the name is plainly the material of another leaf | 60 |
//!
//! From [`Suggestion::SURE`] on a suggestion may be accepted unseen with others, so likeness alone stays below it.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;
use scans::{Kind, Shot};

use super::carrier::{self, Signs};
use super::code::{self, Code};
use super::facts::{self, Facts};
use super::{name, unit};
use crate::domain::likeness::Bigrams;
use crate::domain::name::stem;
use crate::domain::{Because, Catalogue, Duty, IndicatorCode, Leaf, Suggestion, UnitCode, Units, natural};

const CODE_IN_NAME: u8 = 92;
const CODE_IN_FOLDER: u8 = 88;
const CODE_TWICE: u8 = 97;
const ANNOUNCED: u8 = 88;
const WITHIN_AREA: u8 = 84;
const BARE_IN_NAME: u8 = 50;
const BARE_IN_FOLDER: u8 = 60;
const BARE_AND_LIKE: u8 = 88;
const WHOLE_TITLE: u8 = 84;
const CONTRADICTED: u8 = 60;
/// Likeness (0 to 1) below which a title counts for nothing.
const FAINT: f32 = 0.34;
/// Characters of the text layer that count as its first lines.
const FIRST_LINES: usize = 240;

/// What the table and the list of units say, prepared once for a batch.
pub struct Known<'a> {
    catalogue: &'a Catalogue,
    units: &'a Units,
    names: unit::Names,
    duties: BTreeMap<(&'a UnitCode, &'a IndicatorCode), Duty>,
    materials: Vec<Material<'a>>,
    /// Weight of each pair of characters: rare pairs weigh more than 照片 and 工作.
    weights: BTreeMap<[char; 2], f32>,
}

/// A title that a leaf asks for.
struct Material<'a> {
    code: &'a IndicatorCode,
    /// Code of the area, empty for veto items.
    area: &'a str,
    title: &'a str,
    grams: Bigrams,
}

impl<'a> Known<'a> {
    pub fn new(catalogue: &'a Catalogue, units: &'a Units) -> Self {
        let mut materials = Vec::new();
        for (_, area) in catalogue.all_areas() {
            for indicator in &area.indicators {
                materials.extend(indicator.expected_evidence.iter().map(|expected| Material {
                    code: &indicator.code,
                    area: &area.code,
                    title: &expected.title,
                    grams: Bigrams::of(&expected.title),
                }));
            }
        }
        for veto in &catalogue.veto_items {
            materials.extend(veto.typical_proof.iter().map(|title| Material {
                code: &veto.code,
                area: "",
                title,
                grams: Bigrams::of(title),
            }));
        }
        let mut counts: BTreeMap<[char; 2], u32> = BTreeMap::new();
        for piece in materials.iter().flat_map(|material| material.grams.iter()) {
            *counts.entry(piece).or_default() += 1;
        }
        let all = materials.len() as f32;
        let weights = counts.into_iter().map(|(piece, count)| (piece, (1.0 + all / count as f32).ln())).collect();
        let mut duties = BTreeMap::new();
        for unit in &units.units {
            duties.extend(unit.support.iter().map(|code| ((&unit.code, code), Duty::Support)));
            duties.extend(unit.lead.iter().map(|code| ((&unit.code, code), Duty::Lead)));
        }
        for indicator in catalogue.indicators() {
            duties.extend(indicator.support_units.iter().map(|unit| ((unit, &indicator.code), Duty::Support)));
            duties.extend(indicator.lead_units.iter().map(|unit| ((unit, &indicator.code), Duty::Lead)));
        }
        Self { catalogue, units, names: unit::Names::of(units), duties, materials, weights }
    }

    pub(super) fn catalogue(&self) -> &'a Catalogue {
        self.catalogue
    }

    pub(super) fn units(&self) -> &'a Units {
        self.units
    }

    /// What a camera says of a picture, without a day that its clock can't have meant: one to come, one before such cameras, or the
    /// first of a year before the period, where clocks begin that were never set.
    pub fn believed(&self, shot: Shot, today: Date) -> Shot {
        let is_meant = |day: &Date| {
            let is_beginning = (day.month(), day.day()) == (1, 1) && *day < self.catalogue.cycle.period_from;
            (Date::constant(2001, 1, 1)..=today).contains(day) && !is_beginning
        };
        Shot { day: shot.day.filter(is_meant) }
    }

    fn weight(&self, piece: [char; 2]) -> f32 {
        // A piece that no title holds is mostly the name of a place or a unit.
        self.weights.get(&piece).copied().unwrap_or(1.0)
    }
}

/// What is known of one file.
#[derive(Debug, Clone, Copy)]
pub struct Clues<'a> {
    /// As shown in the batch.
    pub folder: &'a str,
    pub name: &'a str,
    /// The first of its text layer.
    pub text: &'a str,
    pub kind: Kind,
    /// Of a picture that a camera took; the day is one that can be believed, see [`Known::believed`].
    pub shot: Option<Shot>,
}

/// Suggests where one file belongs, and what is to be said of it.
pub fn suggest(known: &Known<'_>, clues: &Clues<'_>) -> Suggestion {
    let Clues { folder, name, text, .. } = *clues;
    let stem = stem(name);
    let mut because = Vec::new();
    let head = code::head(stem);
    let in_name = head.as_ref().and_then(|head| head.code(known.catalogue).map(|code| (code, head.announced, head.text)));
    let number = name::number(stem);
    let read = facts::of(text);
    let named = name::title(rest_of(stem, &head, in_name.is_some()), number.as_ref());
    let is_nameless = named.is_empty() && !read.title.is_empty();
    let title = if is_nameless { read.title.clone() } else { named };
    let is_issued = number.is_some() || read.is_issued;

    let path = Path::read(known, folder);
    let unit = known.names.find(folder, stem);
    let likely = likely(known, &title, &path, text, unit.as_ref().map(|(_, code)| code));

    let (indicator, confidence) = decide(known, in_name, &path, &likely, &mut because);
    if let Some((area, text)) = &path.area {
        because.push(Because::AreaInFolder { text: text.clone(), area: area.clone() });
    }
    if let Some((text, unit)) = &unit {
        because.push(Because::UnitInPath { text: text.clone(), unit: unit.clone() });
    }
    if is_nameless {
        because.push(Because::TitleRead { text: title.clone() });
    }
    let number = number.or_else(|| name::number(&first_lines(text)));
    if let Some(number) = &number {
        because.push(Because::NumberRead { text: number.text.clone(), number: number.number.clone() });
    }
    let signs = Signs {
        kind: clues.kind,
        is_shot: clues.shot.is_some(),
        is_written: carrier::is_written(text),
        is_issued,
        title: &title,
        folder: &path.words,
    };
    let form = carrier::form(known.catalogue, indicator.as_ref(), &signs);
    let is_photo = form.as_ref().is_some_and(|(form, _)| known.catalogue.is_photo(form));
    let issuer = issuer(known, &read, &title, folder, number.is_some() || is_photo, &mut because);
    let shot = clues.shot.filter(|_| is_photo).and_then(|shot| shot.day);
    let dated = dated(&read, stem, shot, &mut because);
    let years = years(known, folder, stem, &mut because);
    let number = number.map(|number| number.number).unwrap_or_default();
    // Who signed a paper has mostly handed it in; a path that names another unit knows better.
    let unit = unit.or_else(|| known.names.find("", &read.issuer)).map(|(_, code)| code);
    let mut suggestion = Suggestion { indicator, unit, title, number, issuer, form: String::new(), dated, years, confidence, because };
    suggestion.put_form(form);
    suggestion
}

/// Suggests the form that the indicator asks for, where it is now another that is suggested and nothing else tells the form.
pub(super) fn ask_for_form(catalogue: &Catalogue, suggestion: &mut Suggestion, kind: Kind) {
    let Some(code) = suggestion.indicator.clone() else { return };
    if suggestion.form.is_empty() || !suggestion.form_stays() {
        let title = suggestion.title.clone();
        let signs = Signs { kind, is_shot: false, is_written: false, is_issued: false, title: &title, folder: "" };
        suggestion.put_form(carrier::form_asked(catalogue, &code, &signs));
    }
}

/// Who signed it; where the text does not say, the unit that its name begins with, or whose folder it lay in. An issued paper is mostly
/// another's than the folder's, and a photo nobody's.
fn issuer(known: &Known<'_>, read: &Facts, title: &str, folder: &str, is_others: bool, because: &mut Vec<Because>) -> String {
    if !read.issuer.is_empty() {
        because.push(Because::IssuerRead { text: read.issuer.clone() });
        return read.issuer.clone();
    }
    if is_others {
        return String::new();
    }
    let unit = match (known.names.at_head(title), known.names.find(folder, "")) {
        (Some((text, unit)), _) => {
            because.push(Because::IssuerInName { text, unit: unit.clone() });
            unit
        }
        (None, Some((_, unit))) => {
            because.push(Because::IssuerInFolder { unit: unit.clone() });
            unit
        }
        (None, None) => return String::new(),
    };
    known.units.name_of(&unit).to_owned()
}

/// Suggests the unit that a folder is known to be of as the issuer, where no better word is.
pub(super) fn own_folder(known: &Known<'_>, suggestion: &mut Suggestion, unit: &UnitCode) {
    let is_others = !suggestion.number.is_empty() || known.catalogue.is_photo(&suggestion.form);
    if suggestion.is_issuer_guessed() || (suggestion.issuer.is_empty() && !is_others) {
        suggestion.because.retain(|because| !matches!(because, Because::IssuerInFolder { .. }));
        suggestion.because.push(Because::IssuerInFolder { unit: unit.clone() });
        suggestion.issuer = known.units.name_of(unit).to_owned();
    }
}

/// 成文日期 below the signature; where the text does not say, the day that a person wrote into the name, then the one that a camera
/// tells of a photo.
fn dated(read: &Facts, stem: &str, shot: Option<Date>, because: &mut Vec<Because>) -> Option<Date> {
    if let Some((text, date)) = &read.dated {
        because.push(Because::DateRead { text: text.clone(), date: *date });
    }
    let signed = read.dated.as_ref().map(|(_, date)| *date);
    let mut in_name = None;
    match name::time(stem) {
        Some(name::Time::Day { text, date }) if signed.is_some_and(|signed| signed != date) => {
            because.push(Because::OtherDateInName { text, date });
        }
        Some(name::Time::Day { text, date }) => {
            because.push(Because::DateInName { text, date });
            in_name = Some(date);
        }
        Some(name::Time::Days { texts }) => because.push(Because::DatesInName { texts }),
        Some(name::Time::Download { text }) => because.push(Because::DownloadTime { text }),
        None => {}
    }
    if let Some(date) = shot {
        because.push(Because::TakenOn { date });
    }
    signed.or(in_name).or(shot)
}

/// The name behind its code, or behind a number that is only its place in a list (`3、…`, `(2) …`).
fn rest_of<'n>(stem: &'n str, head: &Option<code::Head<'n>>, known: bool) -> &'n str {
    match head {
        Some(head) if known => head.rest,
        Some(head) if head.parts.len() == 1 && !head.announced => {
            let behind = &stem[stem.find(head.text).map_or(0, |at| at + head.text.len())..];
            if behind.starts_with(|c: char| ".．、)）】]:：-_ ".contains(c)) { head.rest } else { stem }
        }
        _ => stem,
    }
}

/// What the folders say, the innermost first where two disagree.
struct Path {
    code: Option<(Code, bool, String)>,
    /// A number within the folder of an area.
    within_area: Option<(IndicatorCode, String)>,
    area: Option<(String, String)>,
    /// Words of the innermost folder without its code.
    words: String,
}

impl Path {
    fn read(known: &Known<'_>, folder: &str) -> Self {
        let mut path = Self { code: None, within_area: None, area: None, words: String::new() };
        for part in folder.split('/').filter(|part| !part.is_empty()) {
            let head = code::head(part);
            path.words = head.as_ref().map_or(part, |head| head.rest).to_owned();
            if let Some(area) = area(known.catalogue, part) {
                path.area = Some((area, part.to_owned()));
                (path.code, path.within_area) = (None, None);
                continue;
            }
            let Some(head) = head else { continue };
            let within = match (&path.area, head.number()) {
                (Some((area, _)), Some(number)) => known.catalogue.typed(&format!("{area}-{number}")),
                _ => None,
            };
            if let Some(leaf) = within {
                path.within_area = Some((leaf.code().clone(), part.to_owned()));
            } else if let Some(code) = head.code(known.catalogue) {
                path.code = Some((code, head.announced, part.to_owned()));
            }
        }
        path
    }
}

/// The area that a folder is named for: by its number and some of its title (`01 组织领导`, `一、组织领导`), by its number
/// alone (`01`), or by nothing but words of its title.
fn area(catalogue: &Catalogue, part: &str) -> Option<String> {
    let (number, rest) = area_number(part);
    let rest_grams = Bigrams::of(rest);
    let empty = !rest.chars().any(char::is_alphanumeric);
    catalogue
        .all_areas()
        .into_iter()
        .find(|(_, area)| {
            let numbered = number.as_deref().is_some_and(|number| same_number(number, &area.code));
            let title = Bigrams::of(&area.title);
            let alike = rest_grams.share_in(&title).max(title.share_in(&rest_grams));
            (numbered && (empty || alike >= 0.3)) || (number.is_none() && rest_grams.len() >= 2 && rest_grams.share_in(&title) >= 0.8)
        })
        .map(|(_, area)| area.code.clone())
}

/// `01 …`, `一、…`, `（三）…`, `第二方面 …`; and what stands behind.
fn area_number(part: &str) -> (Option<String>, &str) {
    if let Some(head) = code::head(part)
        && head.parts.len() == 1
    {
        return (head.parts.first().cloned(), head.rest.strip_prefix("方面").unwrap_or(head.rest));
    }
    let bare = part.trim_start_matches(|c: char| c.is_whitespace() || "（([【第".contains(c));
    let length: usize = bare.chars().take_while(|c| "一二三四五六七八九十百".contains(*c)).map(char::len_utf8).sum();
    let (han, rest) = bare.split_at(length);
    let parted = rest.starts_with(|c: char| "、.．）)】] 　:：方".contains(c));
    if han.is_empty() || !parted {
        return (None, part);
    }
    let rest = rest.trim_start_matches(|c: char| "、.．）)】] 　:：".contains(c));
    (natural::number(han).map(|number| number.to_string()), rest.strip_prefix("方面").unwrap_or(rest))
}

fn same_number(a: &str, b: &str) -> bool {
    let plain = |text: &str| text.trim_start_matches('0').to_ascii_uppercase();
    plain(a) == plain(b)
}

/// The leaf whose materials the name is most like.
#[derive(Default)]
struct Likely {
    /// Best likeness of each leaf that is like at all, with the title it is like and the share of that title.
    leaves: BTreeMap<IndicatorCode, Alike>,
    best: Option<IndicatorCode>,
    /// How far the best is ahead of the next leaf.
    ahead: f32,
}

struct Alike {
    likeness: f32,
    whole: f32,
    title: String,
    in_text: bool,
}

fn likely(known: &Known<'_>, title: &str, path: &Path, text: &str, unit: Option<&UnitCode>) -> Likely {
    let from_title = Bigrams::of(title);
    let mut with_folder = title.to_owned();
    with_folder.push(' ');
    with_folder.push_str(&path.words);
    let from_both = Bigrams::of(&with_folder);
    let lines = Bigrams::of(&first_lines(text));
    let mut out = Likely::default();
    for material in &known.materials {
        let (likeness, whole) = alike(known, &material.grams, &from_title);
        let (both, both_whole) = alike(known, &material.grams, &from_both);
        let (mut likeness, mut whole, mut in_text) =
            if both * 0.9 > likeness { (both * 0.9, both_whole, false) } else { (likeness, whole, false) };
        let read = material.grams.share_in(&lines);
        if material.grams.len() >= 3 && read >= 0.8 && read * 0.6 > likeness {
            (likeness, whole, in_text) = (read * 0.6, 0.0, true);
        }
        if likeness < FAINT {
            continue;
        }
        // Who hands it in, and in which folder, only part titles that are equally like.
        let duty = unit.and_then(|unit| known.duties.get(&(unit, material.code)));
        likeness += match duty {
            Some(Duty::Lead) => 0.06,
            Some(Duty::Support) => 0.03,
            None => 0.0,
        };
        match &path.area {
            Some((area, _)) if area == material.area => likeness += 0.12,
            Some(_) => likeness *= 0.7,
            None => {}
        }
        let best = out.leaves.get(material.code).map_or(0.0, |alike| alike.likeness);
        if likeness > best {
            out.leaves.insert(material.code.clone(), Alike { likeness, whole, title: material.title.to_owned(), in_text });
        }
    }
    let mut order: Vec<(&IndicatorCode, f32)> = out.leaves.iter().map(|(code, alike)| (code, alike.likeness)).collect();
    order.sort_by(|a, b| b.1.total_cmp(&a.1).then_with(|| a.0.cmp(b.0)));
    if let Some((code, most)) = order.first() {
        out.ahead = most - order.get(1).map_or(0.0, |(_, next)| *next);
        out.best = Some((*code).clone());
    }
    out
}

/// Likeness of a name to a title, and the share of the title that stands in the name; rare pieces weigh more.
fn alike(known: &Known<'_>, title: &Bigrams, name: &Bigrams) -> (f32, f32) {
    let sum = |grams: &Bigrams| grams.iter().map(|piece| known.weight(piece)).sum::<f32>();
    let shared: f32 = title.iter().filter(|piece| name.contains(*piece)).map(|piece| known.weight(piece)).sum();
    if shared == 0.0 {
        return (0.0, 0.0);
    }
    let (of_title, of_name) = (shared / sum(title), shared / sum(name));
    (0.65 * of_title + 0.35 * of_name, of_title)
}

fn decide(
    known: &Known<'_>,
    in_name: Option<(Code, bool, &str)>,
    path: &Path,
    likely: &Likely,
    because: &mut Vec<Because>,
) -> (Option<IndicatorCode>, u8) {
    let mut say_like = |code: &IndicatorCode, because: &mut Vec<Because>| {
        if let Some(alike) = likely.leaves.get(code) {
            let (title, code) = (alike.title.clone(), code.clone());
            because.push(if alike.in_text { Because::ExpectedInText { title, code } } else { Because::ExpectedTitle { title, code } });
        }
    };
    let is_like = |code: &IndicatorCode| likely.leaves.contains_key(code) || speaks_of(known, code, &path.words);
    let other = |code: &IndicatorCode| {
        let best = likely.best.as_ref().filter(|best| *best != code)?;
        (likely.leaves[best].whole >= 0.85 && likely.ahead >= 0.12 && !is_like(code)).then_some(())
    };

    let folder = path.within_area.as_ref().map(|(code, text)| (code.clone(), false, WITHIN_AREA, text.clone())).or_else(|| {
        path.code.as_ref().map(|(code, announced, text)| {
            let confidence = if !code.bare {
                CODE_IN_FOLDER
            } else if *announced {
                ANNOUNCED
            } else {
                BARE_IN_FOLDER
            };
            (code.code.clone(), code.bare && !announced, confidence, text.clone())
        })
    });
    let file = in_name.map(|(code, announced, text)| {
        let confidence = if !code.bare {
            CODE_IN_NAME
        } else if announced {
            ANNOUNCED
        } else {
            BARE_IN_NAME
        };
        (code.code, code.bare && !announced, confidence, text.to_owned())
    });

    let (code, bare, mut confidence) = match (file, folder) {
        // A single number before the name in a folder with a code is its place in a list.
        (Some((_, true, ..)), Some((code, bare, confidence, text))) => {
            because.push(Because::CodeInFolder { text, code: code.clone() });
            (code, bare, confidence)
        }
        (Some((code, bare, confidence, text)), folder) => {
            because.push(Because::CodeInName { text, code: code.clone() });
            match folder {
                Some((same, _, _, text)) if same == code => {
                    because.push(Because::CodeInFolder { text, code: same });
                    (code, false, CODE_TWICE)
                }
                Some((_, false, ..)) => (code, bare, CONTRADICTED),
                Some(_) | None => {
                    // A single number within the folder of an area may mean its indicator of that number.
                    let outside = path.area.as_ref().is_some_and(|(area, _)| !stands_in_area(known.catalogue, area, &code));
                    (code, bare, if outside { confidence.min(CONTRADICTED) } else { confidence })
                }
            }
        }
        (None, Some((code, bare, confidence, text))) => {
            because.push(Because::CodeInFolder { text, code: code.clone() });
            (code, bare, confidence)
        }
        (None, None) => return by_likeness(likely, because, &mut say_like),
    };
    if bare && is_like(&code) {
        confidence = confidence.max(BARE_AND_LIKE);
    } else if bare && let Some(best) = likely.best.clone().filter(|best| likely.leaves[best].likeness >= 0.5 && *best != code) {
        // The number was only the place in a list.
        because.clear();
        say_like(&best, because);
        let (indicator, confidence) = by_likeness(likely, &mut Vec::new(), &mut |_, _| {});
        return (indicator.or(Some(best)), confidence);
    } else if other(&code).is_some() {
        confidence = confidence.min(CONTRADICTED);
    }
    say_like(&code, because);
    (Some(code), confidence)
}

fn by_likeness(
    likely: &Likely,
    because: &mut Vec<Because>,
    say_like: &mut dyn FnMut(&IndicatorCode, &mut Vec<Because>),
) -> (Option<IndicatorCode>, u8) {
    let Some(best) = &likely.best else { return (None, 0) };
    let alike = &likely.leaves[best];
    say_like(best, because);
    if alike.whole >= 0.95 && likely.ahead >= 0.12 {
        return (Some(best.clone()), WHOLE_TITLE);
    }
    let confidence = (25.0 + 55.0 * alike.likeness.min(1.0)).min(78.0);
    // Several leaves ask for the very same (活动照片): that is no suggestion.
    if likely.ahead < 0.01 {
        because.clear();
        return (None, 0);
    }
    // Two leaves that ask for nearly the same: shown, but far from sure.
    let confidence = if likely.ahead < 0.05 { confidence / 2.0 } else { confidence };
    (Some(best.clone()), confidence as u8)
}

/// Whether the words stand in the leaf's own text.
fn speaks_of(known: &Known<'_>, code: &IndicatorCode, words: &str) -> bool {
    let words = Bigrams::of(words);
    let text = known.catalogue.leaf(code).map(Leaf::text).unwrap_or_default();
    words.len() >= 2 && words.share_in(&Bigrams::of(text)) >= 0.6
}

fn stands_in_area(catalogue: &Catalogue, area: &str, code: &IndicatorCode) -> bool {
    let areas = catalogue.all_areas();
    let Some(at) = areas.iter().position(|(_, known)| known.code == area) else { return true };
    let depth = areas[at].0;
    let below = areas.iter().skip(at + 1).take_while(|(deeper, _)| *deeper > depth);
    std::iter::once(&areas[at]).chain(below).any(|(_, area)| area.indicators.iter().any(|indicator| indicator.code == *code))
}

/// Years of the period that the name says, else the innermost folder that says one.
fn years(known: &Known<'_>, folder: &str, stem: &str, because: &mut Vec<Because>) -> Vec<i16> {
    let period = &known.catalogue.cycle.years;
    let within =
        |found: Vec<(String, i16)>| -> Vec<(String, i16)> { found.into_iter().filter(|(_, year)| period.contains(year)).collect() };
    let mut found = within(name::years(stem, false));
    if found.is_empty() {
        found = folder.split('/').rev().map(|part| within(name::years(part, true))).find(|found| !found.is_empty()).unwrap_or_default();
    }
    let years: BTreeSet<i16> = found.iter().map(|(_, year)| *year).collect();
    because.extend(found.into_iter().map(|(text, year)| Because::YearInPath { text, year }));
    years.into_iter().collect()
}

fn first_lines(text: &str) -> String {
    text.chars().take(FIRST_LINES).collect()
}
