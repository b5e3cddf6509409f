//! The looks of the manuscript as real styles, and the fonts they name.

use docx_rs::{AlignmentType, BuildXML, LineSpacing, LineSpacingType, RunFonts, SpecialIndentType, Style, StyleType, Styles};

use super::geometry::{FOLIO_PITCH, HEAD_PITCH};
use super::order::normalise;
use super::tree::{Element, parse};
use crate::font::Face;
use crate::layout::measure;
use crate::manuscript::{Align, Look, Table, WriteError};

/// Faces by the names that GB/T 9704 offices know them by, each with the face that stands in where it is missing.
const FACES: [(&str, &str); 5] = [(TITLE, "宋体"), (FANG, "仿宋"), (KAI, "楷体"), (HEI, "SimHei"), (SONG, "SimSun")];
const TITLE: &str = "方正小标宋简体";
const FANG: &str = "仿宋_GB2312";
const KAI: &str = "楷体_GB2312";
pub const HEI: &str = "黑体";
const SONG: &str = "宋体";
/// Digits and letters of the text.
const LATIN: &str = "Times New Roman";

/// How one style looks; sizes in half points, the rest in twips.
struct Form {
    id: &'static str,
    name: &'static str,
    face: &'static str,
    size: usize,
    /// Exact height of a line; 0 lets the line be as high as what stands on it.
    pitch: i32,
    align: AlignmentType,
    outline: Option<usize>,
    left: i32,
    right: i32,
    /// Of the first line; negative hangs it out.
    indent: i32,
    after: u32,
}

const PLAIN: Form = Form {
    id: "",
    name: "",
    face: FANG,
    size: 32,
    pitch: 576,
    align: AlignmentType::Left,
    outline: None,
    left: 0,
    right: 0,
    indent: 0,
    after: 0,
};

/// Styles that Word knows by name; all others are the package's own.
const BUILT_IN: [&str; 9] = ["Normal", "Heading1", "Heading2", "Heading3", "TOC1", "TOC2", "TOC3", HEAD, FOOT];

pub const SPACER: &str = "Spacer";
pub const CELL: &str = "TableText";
pub const DENSE_CELL: &str = "DenseTableText";
pub const CONTINUED: &str = "Continued";
pub const CAPTION: &str = "EvidenceCaption";
pub const PICTURE: &str = "EvidencePicture";
pub const HEAD: &str = "Header";
pub const FOOT: &str = "Footer";

/// Id and name of the style that a look is written in; Word shows `heading 1` as 标题 1.
fn named(look: Look) -> (&'static str, &'static str) {
    match look {
        Look::CoverTitle => ("CoverTitle", "封面标题"),
        Look::CoverLine => ("CoverLine", "封面文字"),
        Look::Title => ("PageTitle", "页标题"),
        Look::AreaTitle => ("Heading1", "heading 1"),
        Look::IndicatorTitle => ("Heading2", "heading 2"),
        Look::SectionTitle => ("Heading3", "heading 3"),
        Look::Heading => ("SubHeading", "小标题"),
        Look::Body => ("BodyText", "正文段落"),
        Look::BodyRest => ("BodyRest", "正文续段"),
        Look::Note => ("Note", "表注"),
        Look::Centred => ("Centred", "居中文字"),
        Look::Signed => ("Signed", "落款"),
    }
}

/// Id of the style that a look is written in.
pub fn of(look: Look) -> &'static str {
    named(look).0
}

/// Id of the style of a line in a table of contents; level 0 is the highest.
pub fn contents(level: u8) -> &'static str {
    match level {
        0 => "TOC1",
        1 => "TOC2",
        _ => "TOC3",
    }
}

fn forms() -> Vec<Form> {
    let looks = [
        Look::AreaTitle,
        Look::IndicatorTitle,
        Look::SectionTitle,
        Look::CoverTitle,
        Look::CoverLine,
        Look::Title,
        Look::Heading,
        Look::Body,
        Look::BodyRest,
        Look::Note,
        Look::Centred,
        Look::Signed,
    ];
    let mut forms: Vec<Form> = looks.into_iter().map(of_look).collect();
    forms.extend([(0, "toc 1"), (1, "toc 2"), (2, "toc 3")].map(|(level, name)| of_contents(level, name)));
    let (plain, dense) = (measure::grid(&grid(false)), measure::grid(&grid(true)));
    let cell = |id, name, grid: measure::Grid| Form { id, name, size: half_points(grid.size), pitch: twips(grid.pitch), ..PLAIN };
    forms.extend([
        cell(CELL, "表格文字", plain),
        cell(DENSE_CELL, "表格小字", dense),
        Form {
            id: CONTINUED,
            name: "续表",
            size: half_points(measure::CONTINUED_SIZE),
            pitch: twips(measure::CONTINUED_PITCH),
            align: AlignmentType::Right,
            ..PLAIN
        },
        Form { id: HEAD, name: "header", size: 21, pitch: HEAD_PITCH, ..PLAIN },
        Form { id: FOOT, name: "footer", face: SONG, size: 28, pitch: FOLIO_PITCH, ..PLAIN },
        Form { id: CAPTION, name: "佐证题注", size: 21, pitch: 400, align: AlignmentType::Center, after: 80, ..PLAIN },
        Form { id: PICTURE, name: "佐证页", size: 2, pitch: 0, align: AlignmentType::Center, ..PLAIN },
        Form { id: SPACER, name: "间隔", size: 2, pitch: 20, ..PLAIN },
    ]);
    forms
}

fn of_look(look: Look) -> Form {
    let setting = measure::setting(look);
    let (id, name) = named(look);
    Form {
        id,
        name,
        face: face(setting.face),
        size: half_points(setting.size),
        pitch: twips(setting.pitch),
        align: align(setting.align, setting.justified),
        outline: match look {
            Look::AreaTitle => Some(0),
            Look::IndicatorTitle => Some(1),
            Look::SectionTitle => Some(2),
            _ => None,
        },
        right: twips(setting.right * setting.size),
        indent: twips(setting.indent * setting.size),
        after: twips(setting.after).unsigned_abs(),
        ..PLAIN
    }
}

fn of_contents(level: u8, name: &'static str) -> Form {
    let setting = measure::contents(level);
    Form {
        id: contents(level),
        name,
        face: face(setting.face),
        size: half_points(setting.size),
        pitch: twips(setting.pitch),
        left: twips(setting.left + setting.hang),
        // None at the right: LibreOffice paints no number whose tab stop lies in an indent. Lines are only fewer for it.
        right: 0,
        indent: -twips(setting.hang),
        ..PLAIN
    }
}

fn grid(dense: bool) -> Table {
    Table { dense, ..Table::new(Vec::new(), Vec::new()) }
}

fn face(face: Face) -> &'static str {
    match face {
        Face::Song => TITLE,
        Face::Fang => FANG,
        Face::Kai => KAI,
        Face::Hei => HEI,
        Face::Folio | Face::Plain => SONG,
    }
}

pub fn align(align: Align, justified: bool) -> AlignmentType {
    match align {
        Align::Left if justified => AlignmentType::Both,
        Align::Left => AlignmentType::Left,
        Align::Centre => AlignmentType::Center,
        Align::Right => AlignmentType::Right,
    }
}

fn half_points(pt: f32) -> usize {
    (pt * 2.0).round() as usize
}

fn twips(pt: f32) -> i32 {
    (pt * 20.0).round() as i32
}

/// `word/styles.xml`; `text_width` in twips is where the folios of a table of contents stand.
pub fn part(text_width: i32) -> Result<String, WriteError> {
    let mut styles = Styles::new().default_fonts(fonts(FANG)).default_size(PLAIN.size);
    for form in forms() {
        styles = styles.add_style(style(&form));
    }
    let mut root = parse(&styles.build())?;
    root.each_mut(&mut |element| complete(element, text_width));
    normalise(&mut root);
    let mut out = super::parts::DECLARATION.to_owned();
    root.write(&mut out);
    Ok(out)
}

fn style(form: &Form) -> Style {
    let spacing = match form.pitch {
        0 => LineSpacing::new().line_rule(LineSpacingType::Auto).line(240),
        pitch => exact(pitch),
    };
    let mut style = Style::new(form.id, StyleType::Paragraph)
        .name(form.name)
        .based_on("Normal")
        .q_format(!form.id.starts_with("TOC"))
        .fonts(fonts(form.face))
        .size(form.size)
        .align(form.align)
        .line_spacing(spacing.before(0).after(form.after));
    let indent = match form.indent {
        0 => None,
        out @ ..0 => Some(SpecialIndentType::Hanging(-out)),
        in_ => Some(SpecialIndentType::FirstLine(in_)),
    };
    if indent.is_some() || form.left + form.right > 0 {
        style = style.indent(Some(form.left), indent, Some(form.right), None);
    }
    if let Some(level) = form.outline {
        style = style.outline_lvl(level).next("BodyText");
    }
    style
}

/// What docx-rs has no words for.
fn complete(element: &mut Element, text_width: i32) {
    match (element.name.as_str(), element.attribute("w:styleId").unwrap_or_default()) {
        ("w:rPrDefault", _) => {
            let language = Element::new("w:lang").with("w:val", "en-US").with("w:eastAsia", "zh-CN").with("w:bidi", "ar-SA");
            element.ensure("w:rPr").push(language);
        }
        ("w:style", "Normal") => {
            element.set("w:default", "1");
            // Pages are dealt out already: no line is moved to keep company, no space is added between scripts.
            let paragraph = element.ensure("w:pPr");
            for name in ["w:widowControl", "w:autoSpaceDE", "w:autoSpaceDN", "w:snapToGrid"] {
                paragraph.push(Element::new(name).with("w:val", "0"));
            }
        }
        ("w:style", id) if id.starts_with("TOC") => {
            let tab = Element::new("w:tab").with("w:val", "right").with("w:leader", "dot").with("w:pos", text_width);
            element.ensure("w:pPr").push(Element::new("w:tabs").holding(tab));
        }
        ("w:style", HEAD) => {
            let rule = Element::new("w:bottom").with("w:val", "single").with("w:sz", 4).with("w:space", 1).with("w:color", "auto");
            element.ensure("w:pPr").push(Element::new("w:pBdr").holding(rule));
        }
        ("w:style", id) if !BUILT_IN.contains(&id) => element.set("w:customStyle", "1"),
        _ => {}
    }
}

pub fn fonts(face: &str) -> RunFonts {
    let latin = if face == SONG { SONG } else { LATIN };
    RunFonts::new().ascii(latin).hi_ansi(latin).cs(latin).east_asia(face)
}

pub fn exact(pitch: i32) -> LineSpacing {
    LineSpacing::new().line_rule(LineSpacingType::Exact).line(pitch)
}

/// `word/fontTable.xml`.
pub fn font_table() -> String {
    let mut out = super::parts::DECLARATION.to_owned();
    out.push_str(r#"<w:fonts xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">"#);
    for (face, stand_in) in FACES {
        out.push_str(&format!(
            r#"<w:font w:name="{face}"><w:altName w:val="{stand_in}"/><w:charset w:val="86"/><w:family w:val="auto"/><w:pitch w:val="variable"/></w:font>"#
        ));
    }
    out.push_str(&format!(
        r#"<w:font w:name="{LATIN}"><w:charset w:val="00"/><w:family w:val="roman"/><w:pitch w:val="variable"/></w:font></w:fonts>"#
    ));
    out
}
