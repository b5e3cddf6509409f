//! Head and foot of a page, read from what the page prints.

use hayro_syntax::content::TypedIter;
use hayro_syntax::content::ops::TypedInstruction;
use hayro_syntax::object::{Array, Dict, Name, Object, Stream, String as PdfString};

use super::lettering::Letters;

/// What a stretch of marked content is.
enum Mark {
    Head,
    Foot,
    /// What is meant is said beside what is printed.
    Said(String),
    Other,
}

/// Text of the artifacts that are marked as head and foot.
pub fn stamps<'a>(page: &Dict<'a>, resources: &Dict<'a>, letters: &mut Letters) -> (String, String) {
    let fonts = resources.get::<Dict<'a>>(b"Font").unwrap_or_default();
    let (mut head, mut foot) = (String::new(), String::new());
    let mut marks: Vec<Mark> = Vec::new();
    let mut font = None;
    for content in contents(page) {
        let mut instructions = TypedIter::new(&content);
        while let Some(instruction) = instructions.next() {
            match instruction {
                TypedInstruction::BeginMarkedContent(_) => marks.push(Mark::Other),
                TypedInstruction::BeginMarkedContentWithProperties(begin) => marks.push(mark(begin.0, begin.1)),
                TypedInstruction::EndMarkedContent(_) => drop(marks.pop()),
                TypedInstruction::TextFont(chosen) => font = letters.font(&fonts, chosen.0),
                TypedInstruction::ShowText(shown) => {
                    let printed = match marks.last() {
                        Some(Mark::Said(meant)) => meant.clone(),
                        _ => font.map(|font| letters.read(font, shown.0.as_bytes())).unwrap_or_default(),
                    };
                    match marks.iter().find(|mark| matches!(mark, Mark::Head | Mark::Foot)) {
                        Some(Mark::Head) => head += &printed,
                        Some(_) => foot += &printed,
                        None => {}
                    }
                }
                _ => {}
            }
        }
    }
    (head, foot)
}

fn contents(page: &Dict<'_>) -> Vec<Vec<u8>> {
    let streams = match page.get::<Stream<'_>>(b"Contents") {
        Some(only) => vec![only],
        None => page.get::<Array<'_>>(b"Contents").map(|parts| parts.iter::<Stream<'_>>().collect()).unwrap_or_default(),
    };
    streams.iter().filter_map(|stream| Some(stream.decoded_data().ok()?.into_owned())).collect()
}

fn mark(name: &Name<'_>, properties: &Object<'_>) -> Mark {
    let Some(properties) = properties.clone().into_dict() else { return Mark::Other };
    if let Some(meant) = properties.get::<PdfString<'_>>(b"ActualText") {
        return Mark::Said(super::text(&meant));
    }
    match properties.get::<Name<'_>>(b"Subtype").as_deref() {
        Some(b"Header") if name.as_ref() == b"Artifact" => Mark::Head,
        Some(b"Footer") if name.as_ref() == b"Artifact" => Mark::Foot,
        _ => Mark::Other,
    }
}
