//! Puts what docx-rs builds into the order that the schema asks for (ISO/IEC 29500-4, transitional).

use super::tree::{Element, Node};

/// Sorts children into schema order, and drops what docx-rs adds and no reader needs.
pub fn normalise(element: &mut Element) {
    element.attributes.retain(|(key, _)| kept(&element.name, key));
    if element.name == "w:instrText" && element.attribute("xml:space").is_none() {
        element.set("xml:space", "preserve");
    }
    for node in &mut element.children {
        if let Node::Element(child) = node {
            normalise(child);
        }
    }
    element.children.retain(|node| !matches!(node, Node::Element(child) if says_nothing(child)));
    let order = sequence(&element.name);
    if !order.is_empty() {
        element.children.sort_by_key(|node| match node {
            Node::Element(child) => order.iter().position(|name| child.name.strip_prefix("w:") == Some(name)).unwrap_or(order.len()),
            Node::Text(_) => order.len(),
        });
    }
}

/// Paragraph ids need a namespace we don't declare and differ from run to run; grid columns have no type; a field that
/// is marked dirty would be worked out again by Word when the file is opened.
fn kept(element: &str, attribute: &str) -> bool {
    !matches!((element, attribute), (_, "w14:paraId") | ("w:gridCol", "w:type") | ("w:fldChar", "w:dirty"))
}

fn says_nothing(element: &Element) -> bool {
    element.children.is_empty() && element.attributes.is_empty() && matches!(element.name.as_str(), "w:rPr" | "w:pPr" | "w:trPr" | "w:tcPr")
}

/// Names of the children in schema order, without their prefix; empty where the order is free or already right.
#[rustfmt::skip]
pub fn sequence(parent: &str) -> &'static [&'static str] {
    match parent {
        "w:pPr" => &[
            "pStyle", "keepNext", "keepLines", "pageBreakBefore", "framePr", "widowControl", "numPr", "suppressLineNumbers", "pBdr", "shd",
            "tabs", "suppressAutoHyphens", "kinsoku", "wordWrap", "overflowPunct", "topLinePunct", "autoSpaceDE", "autoSpaceDN", "bidi",
            "adjustRightInd", "snapToGrid", "spacing", "ind", "contextualSpacing", "mirrorIndents", "suppressOverlap", "jc",
            "textDirection", "textAlignment", "textboxTightWrap", "outlineLvl", "divId", "cnfStyle", "rPr", "sectPr", "pPrChange",
        ],
        "w:rPr" => &[
            "rStyle", "rFonts", "b", "bCs", "i", "iCs", "caps", "smallCaps", "strike", "dstrike", "outline", "shadow", "emboss", "imprint",
            "noProof", "snapToGrid", "vanish", "webHidden", "color", "spacing", "w", "kern", "position", "sz", "szCs", "highlight", "u",
            "effect", "bdr", "shd", "fitText", "vertAlign", "rtl", "cs", "em", "lang", "eastAsianLayout", "specVanish", "oMath",
        ],
        "w:sectPr" => &[
            "headerReference", "footerReference", "footnotePr", "endnotePr", "type", "pgSz", "pgMar", "paperSrc", "pgBorders", "lnNumType",
            "pgNumType", "cols", "formProt", "vAlign", "noEndnote", "titlePg", "textDirection", "bidi", "rtlGutter", "docGrid",
            "printerSettings",
        ],
        "w:tbl" => &["tblPr", "tblGrid", "tr"],
        "w:tblPr" => &[
            "tblStyle", "tblpPr", "tblOverlap", "bidiVisual", "tblStyleRowBandSize", "tblStyleColBandSize", "tblW", "jc", "tblCellSpacing",
            "tblInd", "tblBorders", "shd", "tblLayout", "tblCellMar", "tblLook",
        ],
        "w:tr" => &["tblPrEx", "trPr", "tc"],
        "w:tcPr" => &[
            "cnfStyle", "tcW", "gridSpan", "hMerge", "vMerge", "tcBorders", "shd", "noWrap", "tcMar", "textDirection", "tcFitText",
            "vAlign", "hideMark",
        ],
        "w:tblBorders" | "w:tcBorders" | "w:tblCellMar" | "w:tcMar" | "w:pBdr" => {
            &["top", "left", "start", "bottom", "right", "end", "insideH", "insideV", "between", "bar", "tl2br", "tr2bl"]
        }
        "w:style" => &[
            "name", "aliases", "basedOn", "next", "link", "autoRedefine", "hidden", "uiPriority", "semiHidden", "unhideWhenUsed",
            "qFormat", "locked", "rsid", "pPr", "rPr", "tblPr", "trPr", "tcPr", "tblStylePr",
        ],
        _ => &[],
    }
}
