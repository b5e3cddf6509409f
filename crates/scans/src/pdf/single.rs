//! Whether a PDF page is one single picture, and how finely that picture lies on it.

use hayro_syntax::content::UntypedIter;
use hayro_syntax::object::{Array, Dict, Name, Number, Object, Stream};
use hayro_syntax::page::{Page, Rotation};

/// Content longer than this draws more than one picture.
const LONGEST_CONTENT: usize = 64 << 10;
/// Forms within forms that are followed; scanners and imposers wrap a page once or twice.
const DEEPEST: u32 = 5;

/// The picture that a page consists of.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Single {
    /// As shown.
    pub(super) pixels: (u32, u32),
    pub(super) dpi: Option<f32>,
}

type Matrix = [f64; 6];

struct Found {
    width: u32,
    height: u32,
    matrix: Matrix,
}

/// The one picture of a page; `None` as soon as anything else is visible on it. Invisible text, as recognition
/// leaves it, is no obstacle.
pub(super) fn picture(page: &Page<'_>) -> Option<Single> {
    let mut content = Vec::new();
    if let Some(stream) = page.raw().get::<Stream<'_>>("Contents") {
        add(&mut content, &stream)?;
    } else {
        for stream in page.raw().get::<Array<'_>>("Contents")?.iter::<Stream<'_>>() {
            add(&mut content, &stream)?;
        }
    }
    let mut found = None;
    walk(&content, &page.resources().x_objects, [1.0, 0.0, 0.0, 1.0, 0.0, 0.0], 0, &mut found)?;
    let Found { width, height, matrix: [a, b, c, d, ..] } = found?;
    let (across, down) = (a.hypot(b), c.hypot(d));
    let unit = page.raw().get::<f32>("UserUnit").filter(|unit| *unit > 0.0).map_or(1.0, f64::from);
    let dpi = |pixels: u32, length: f64| f64::from(pixels) * 72.0 / (length * unit);
    let dpi = dpi(width, across).min(dpi(height, down)) as f32;
    let lies = matches!(page.rotation(), Rotation::Horizontal | Rotation::FlippedHorizontal) != (b.abs() > a.abs());
    Some(Single { pixels: if lies { (height, width) } else { (width, height) }, dpi: (30.0..=2400.0).contains(&dpi).then_some(dpi) })
}

fn add(content: &mut Vec<u8>, stream: &Stream<'_>) -> Option<()> {
    if stream.raw_data().len() > LONGEST_CONTENT {
        return None;
    }
    content.extend_from_slice(&stream.decoded_data().ok()?);
    content.push(b' ');
    (content.len() <= 16 * LONGEST_CONTENT).then_some(())
}

/// Follows the content; `None` stops at what is neither a picture nor invisible.
fn walk(content: &[u8], objects: &Dict<'_>, start: Matrix, depth: u32, found: &mut Option<Found>) -> Option<()> {
    let (mut matrix, mut invisible) = (start, false);
    let mut kept = Vec::new();
    let mut path = UntypedIter::new(content);
    while let Some(instruction) = path.next() {
        let operator: &[u8] = instruction.operator.as_ref();
        match operator {
            b"q" => kept.push((matrix, invisible)),
            b"Q" => (matrix, invisible) = kept.pop().unwrap_or((start, false)),
            b"cm" => {
                let values: Vec<f64> = instruction.operands().filter_map(number).collect();
                matrix = times(values.try_into().ok()?, matrix);
            }
            b"Tr" => invisible = instruction.operands().next().and_then(number) == Some(3.0),
            b"Tj" | b"TJ" | b"'" | b"\"" if invisible => {}
            b"Do" => {
                let Some(Object::Name(name)) = instruction.operands().last() else { return None };
                draw(objects, name, matrix, depth, found)?;
            }
            b"Tj" | b"TJ" | b"'" | b"\"" | b"f" | b"F" | b"f*" | b"B" | b"B*" | b"b" | b"b*" | b"s" | b"S" | b"sh" | b"BI" | b"EI" => {
                return None;
            }
            _ => {}
        }
    }
    Some(())
}

fn draw(objects: &Dict<'_>, name: &Name<'_>, matrix: Matrix, depth: u32, found: &mut Option<Found>) -> Option<()> {
    let object = objects.get::<Stream<'_>>(name)?;
    let dict = object.dict();
    match dict.get::<Name<'_>>("Subtype")?.as_ref() {
        b"Image" if found.is_none() => {
            let side = |key| dict.get::<u32>(key).filter(|side| *side > 0);
            *found = Some(Found { width: side("Width")?, height: side("Height")?, matrix });
            Some(())
        }
        b"Form" if depth < DEEPEST => {
            let mut content = Vec::new();
            add(&mut content, &object)?;
            let values: Vec<f64> = dict.get::<Array<'_>>("Matrix").map(|values| values.iter::<f64>().collect()).unwrap_or_default();
            let own = values.try_into().unwrap_or([1.0, 0.0, 0.0, 1.0, 0.0, 0.0]);
            let resources = dict.get::<Dict<'_>>("Resources");
            let inner = resources.map_or_else(|| Some(objects.clone()), |resources| resources.get::<Dict<'_>>("XObject"));
            walk(&content, &inner.unwrap_or_default(), times(own, matrix), depth + 1, found)
        }
        _ => None,
    }
}

fn number(object: &Object<'_>) -> Option<f64> {
    match object {
        Object::Number(number) => Some(Number::as_f64(number)),
        _ => None,
    }
}

fn times([a, b, c, d, e, f]: Matrix, [ga, gb, gc, gd, ge, gf]: Matrix) -> Matrix {
    [a * ga + b * gc, a * gb + b * gd, c * ga + d * gc, c * gb + d * gd, e * ga + f * gc + ge, e * gb + f * gd + gf]
}
