//! What a page prints of its own: head, foot, and what lies over its evidence unseen.

use hayro_syntax::content::TypedIter;
use hayro_syntax::content::ops::TypedInstruction;
use hayro_syntax::object::{Array, Dict, Name, Number, Object, ObjectIdentifier, Stream, String as PdfString};
use scans::Mask;

use super::lettering::Letters;
use crate::pdf::geometry::Matrix;

#[derive(Default)]
pub struct Printed {
    /// Text of the artifacts that are marked as head and foot.
    pub head: String,
    pub foot: String,
    /// Text of the rendering mode that shows nothing, as it was set piece by piece.
    pub unseen: Vec<String>,
    /// How many letters of that stand under a bar.
    pub covered: u32,
}

/// Kind of a stretch of marked content.
enum Mark {
    Head,
    Foot,
    /// Carries its meaning beside the printed letters (`/ActualText`).
    Said(String),
    Other,
}

/// Neither filled nor stroked (ISO 32000-1 9.3.6).
const UNSEEN: i64 = 3;

/// Of the graphics state what is needed to tell what text says, where it stands, and whether it is seen.
#[derive(Clone, Copy)]
struct State {
    matrix: Matrix,
    font: Option<ObjectIdentifier>,
    size: f64,
    stretch: f64,
    mode: i64,
}

/// Reads a page on which these bars should lie, by the piece that is shown.
pub fn read<'a>(page: &Dict<'a>, resources: &Dict<'a>, letters: &mut Letters, bars: &[(usize, Vec<Mask>)]) -> Printed {
    let fonts = resources.get::<Dict<'a>>(b"Font").unwrap_or_default();
    let mut printed = Printed::default();
    let mut marks: Vec<Mark> = Vec::new();
    let mut state = State { matrix: Matrix::IDENTITY, font: None, size: 0.0, stretch: 1.0, mode: 0 };
    let (mut before, mut line) = (Vec::new(), Matrix::IDENTITY);
    // Where pieces and unseen letters stand on the paper; asked for only where there are bars.
    let (mut pieces, mut places) = (Vec::new(), Vec::new());
    for content in contents(page) {
        let mut instructions = TypedIter::new(&content);
        while let Some(instruction) = instructions.next() {
            match instruction {
                TypedInstruction::SaveState(_) => before.push(state),
                TypedInstruction::RestoreState(_) => state = before.pop().unwrap_or(state),
                TypedInstruction::Transform(by) => state.matrix = matrix([by.0, by.1, by.2, by.3, by.4, by.5]).then(state.matrix),
                TypedInstruction::XObject(_) => pieces.push(state.matrix),
                TypedInstruction::BeginMarkedContent(_) => marks.push(Mark::Other),
                TypedInstruction::BeginMarkedContentWithProperties(begin) => marks.push(mark(begin.0, begin.1)),
                TypedInstruction::EndMarkedContent(_) => drop(marks.pop()),
                TypedInstruction::TextFont(chosen) => {
                    (state.font, state.size) = (letters.font(&fonts, chosen.0), chosen.1.as_f64());
                }
                TypedInstruction::HorizontalScaling(by) => state.stretch = by.0.as_f64() / 100.0,
                TypedInstruction::TextRenderingMode(mode) => state.mode = mode.0.as_i64(),
                TypedInstruction::SetTextMatrix(to) => line = matrix([to.0, to.1, to.2, to.3, to.4, to.5]),
                TypedInstruction::ShowText(shown) => {
                    let codes = shown.0.as_bytes();
                    let said = match marks.last() {
                        Some(Mark::Said(meant)) => meant.clone(),
                        _ => state.font.map(|font| letters.read(font, codes)).unwrap_or_default(),
                    };
                    match marks.iter().find(|mark| matches!(mark, Mark::Head | Mark::Foot)) {
                        Some(Mark::Head) => printed.head += &said,
                        Some(_) => printed.foot += &said,
                        None if state.mode == UNSEEN => {
                            printed.unseen.push(said);
                            let middles = state.font.filter(|_| !bars.is_empty()).map(|font| letters.middles(font, codes));
                            let on_paper = |(x, y): (f64, f64)| {
                                let (x, y) = line.apply(x * state.size * state.stretch, y * state.size);
                                state.matrix.apply(x, y)
                            };
                            places.extend(middles.unwrap_or_default().into_iter().map(on_paper));
                        }
                        None => {}
                    }
                }
                _ => {}
            }
        }
    }
    let bars = bars.iter().filter_map(|(piece, bars)| Some((pieces.get(*piece)?.inverse()?, bars)));
    let bars: Vec<(Matrix, &Vec<Mask>)> = bars.collect();
    let is_covered = |(x, y): &(f64, f64)| bars.iter().any(|(way, bars)| bars.iter().any(|bar| lies_under(way.apply(*x, *y), *bar)));
    printed.covered = places.iter().filter(|place| is_covered(place)).count() as u32;
    printed
}

/// Whether a place of a picture, in its unit square, is below a bar.
fn lies_under((x, y): (f64, f64), bar: Mask) -> bool {
    let between = |at: f64, one: u16, other: u16| at > f64::from(one.min(other)) && at < f64::from(one.max(other));
    between(x * 10_000.0, bar.x0, bar.x1) && between((1.0 - y) * 10_000.0, bar.y0, bar.y1)
}

fn matrix(six: [Number; 6]) -> Matrix {
    Matrix(six.map(|number| number.as_f64()))
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
