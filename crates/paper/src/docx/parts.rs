//! The small parts round the document: types, relationships, properties, settings.

use super::heads::Heads;
use super::package::Package;
use super::pictures::Pictures;
use super::text::escaped;
use super::{geometry, styles};
use crate::manuscript::{Manuscript, WriteError};

pub const DECLARATION: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n";
pub const RELATIONSHIPS: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const WORD: &str = "application/vnd.openxmlformats-officedocument.wordprocessingml";
/// Our own, the smallest that Office takes for whole.
const THEME: &str = include_str!("theme1.xml");

/// Everything that is known before the first picture is copied.
pub fn write(package: &mut Package, manuscript: &Manuscript, heads: &Heads) -> Result<(), WriteError> {
    package.part("[Content_Types].xml", &content_types(heads))?;
    package.part("_rels/.rels", &package_relationships())?;
    package.part("docProps/core.xml", &core(manuscript))?;
    package.part("docProps/app.xml", &app(manuscript))?;
    package.part("word/settings.xml", &settings(manuscript.setup.duplex))?;
    package.part("word/styles.xml", &styles::part(geometry::text_width(&manuscript.setup))?)?;
    package.part("word/fontTable.xml", &styles::font_table())?;
    package.part("word/theme/theme1.xml", THEME)?;
    heads.write(package)
}

/// `word/_rels/document.xml.rels`, once every picture has its name.
pub fn relationships(package: &mut Package, heads: &Heads, pictures: &Pictures) -> Result<(), WriteError> {
    let mut out = format!(r#"{DECLARATION}<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">"#);
    for (id, kind, target) in [
        ("rId1", "styles", "styles.xml"),
        ("rId2", "settings", "settings.xml"),
        ("rId3", "fontTable", "fontTable.xml"),
        ("rId4", "theme", "theme/theme1.xml"),
    ] {
        out.push_str(&format!(r#"<Relationship Id="{id}" Type="{RELATIONSHIPS}/{kind}" Target="{target}"/>"#));
    }
    heads.relationships(&mut out);
    for (id, name) in pictures.media() {
        out.push_str(&format!(r#"<Relationship Id="{id}" Type="{RELATIONSHIPS}/image" Target="media/{name}"/>"#));
    }
    out.push_str("</Relationships>");
    package.part("word/_rels/document.xml.rels", &out)
}

fn content_types(heads: &Heads) -> String {
    let mut out = format!(r#"{DECLARATION}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">"#);
    for (ending, kind) in [
        ("rels", "application/vnd.openxmlformats-package.relationships+xml"),
        ("xml", "application/xml"),
        ("jpeg", "image/jpeg"),
        ("png", "image/png"),
    ] {
        out.push_str(&format!(r#"<Default Extension="{ending}" ContentType="{kind}"/>"#));
    }
    for (name, kind) in [
        ("docProps/core", "application/vnd.openxmlformats-package.core-properties+xml"),
        ("docProps/app", "application/vnd.openxmlformats-officedocument.extended-properties+xml"),
        ("word/theme/theme1", "application/vnd.openxmlformats-officedocument.theme+xml"),
    ] {
        out.push_str(&format!(r#"<Override PartName="/{name}.xml" ContentType="{kind}"/>"#));
    }
    for (name, kind) in [("document", "document.main"), ("styles", "styles"), ("settings", "settings"), ("fontTable", "fontTable")] {
        out.push_str(&format!(r#"<Override PartName="/word/{name}.xml" ContentType="{WORD}.{kind}+xml"/>"#));
    }
    for (name, kind) in heads.parts() {
        out.push_str(&format!(r#"<Override PartName="/word/{name}.xml" ContentType="{WORD}.{kind}+xml"/>"#));
    }
    out.push_str("</Types>");
    out
}

fn package_relationships() -> String {
    let mut out = format!(r#"{DECLARATION}<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">"#);
    for (id, kind, target) in [
        ("rId1", format!("{RELATIONSHIPS}/officeDocument"), "word/document.xml"),
        ("rId2", "http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties".to_owned(), "docProps/core.xml"),
        ("rId3", format!("{RELATIONSHIPS}/extended-properties"), "docProps/app.xml"),
    ] {
        out.push_str(&format!(r#"<Relationship Id="{id}" Type="{kind}" Target="{target}"/>"#));
    }
    out.push_str("</Relationships>");
    out
}

fn core(manuscript: &Manuscript) -> String {
    let title = escaped(&manuscript.title);
    let office = escaped(&manuscript.office);
    let day = escaped(&manuscript.made_on);
    format!(
        r#"{DECLARATION}<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><dc:title>{title}</dc:title><dc:creator>{office}</dc:creator><cp:lastModifiedBy>{office}</cp:lastModifiedBy><dcterms:created xsi:type="dcterms:W3CDTF">{day}T00:00:00Z</dcterms:created><dcterms:modified xsi:type="dcterms:W3CDTF">{day}T00:00:00Z</dcterms:modified><dc:language>zh-CN</dc:language></cp:coreProperties>"#
    )
}

fn app(manuscript: &Manuscript) -> String {
    let pages = manuscript.sheets.len();
    let program = escaped(&manuscript.producer);
    let office = escaped(&manuscript.office);
    format!(
        r#"{DECLARATION}<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties"><Pages>{pages}</Pages><Application>{program}</Application><Company>{office}</Company></Properties>"#
    )
}

/// No `updateFields`: the results of fields are written already, and Word would ask before it opens the file.
fn settings(duplex: bool) -> String {
    let (mirror, sides) = if duplex { ("<w:mirrorMargins/>", "<w:evenAndOddHeaders/>") } else { ("", "") };
    let compatibility: String = [
        ("compatibilityMode", "15"),
        ("overrideTableStyleFontSizeAndJustification", "1"),
        ("enableOpenTypeFeatures", "1"),
        ("doNotFlipMirrorIndents", "1"),
        ("differentiateMultirowTableHeaders", "1"),
    ]
    .iter()
    .map(|(name, value)| format!(r#"<w:compatSetting w:name="{name}" w:uri="http://schemas.microsoft.com/office/word" w:val="{value}"/>"#))
    .collect();
    format!(
        r#"{DECLARATION}<w:settings xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:zoom w:percent="100"/>{mirror}<w:defaultTabStop w:val="420"/>{sides}<w:characterSpacingControl w:val="doNotCompress"/><w:compat><w:useFELayout/>{compatibility}</w:compat><w:themeFontLang w:val="en-US" w:eastAsia="zh-CN"/><w:clrSchemeMapping w:bg1="light1" w:t1="dark1" w:bg2="light2" w:t2="dark2" w:accent1="accent1" w:accent2="accent2" w:accent3="accent3" w:accent4="accent4" w:accent5="accent5" w:accent6="accent6" w:hyperlink="hyperlink" w:followedHyperlink="followedHyperlink"/><w:decimalSymbol w:val="."/><w:listSeparator w:val=","/></w:settings>"#
    )
}
