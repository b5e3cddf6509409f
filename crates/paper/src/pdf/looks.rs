//! Annotations and form fields of a source page: their looks are flattened, links to the outside are kept, all else goes.

use hayro_syntax::Pdf;
use hayro_syntax::content::UntypedIter;
use hayro_syntax::object::{Array, Dict, MaybeRef, Name, ObjRef, Object, Stream, String as PdfString};

use super::copy::Copier;
use super::geometry::{Matrix, Rect};
use super::objects::Id;
use super::piece::OutsideLink;
use super::source::is_active;
use super::syntax::number;

#[derive(Default)]
pub struct Looks {
    /// Operators that show form `/A0`, `/A1` … where it belongs.
    pub content: String,
    pub forms: Vec<Id>,
    pub links: Vec<OutsideLink>,
    /// Active content that was left out.
    pub active: Option<String>,
    /// Annotations and filled fields that bring no look, which each reader would draw in its own way.
    pub missing: u32,
}

/// Annotations on one page.
const MOST: usize = 10_000;
/// Flags of an annotation that is not seen: hidden (2) and not shown (32).
const UNSEEN: i32 = 2 | 32;
/// Flag of an annotation that stays upright on a turned page (NoRotate).
const UPRIGHT: i32 = 16;
/// Annotations that carry a file, a film or a program.
const CARRIERS: [&[u8]; 6] = [b"3D", b"FileAttachment", b"Movie", b"RichMedia", b"Screen", b"Sound"];

/// Annotations that mark a page by what they say of themselves; a note's sign is not printed.
const MARKS: [&[u8]; 13] = [
    b"Caret",
    b"Circle",
    b"FreeText",
    b"Highlight",
    b"Ink",
    b"Line",
    b"PolyLine",
    b"Polygon",
    b"Square",
    b"Squiggly",
    b"Stamp",
    b"StrikeOut",
    b"Underline",
];
/// Fields within fields that are followed for a value.
const DEEPEST: usize = 8;

/// Collects the looks of a page's annotations; `turn` is the page's own rotation, in degrees clockwise.
pub fn collect<'a>(copier: &mut Copier<'a, '_>, page: &Dict<'a>, turn: u16) -> Looks {
    let mut looks = Looks::default();
    if page.contains_key(b"AA") {
        looks.active = Some("actions of the page".to_owned());
    }
    let redrawn = redraws_fields(copier.pdf);
    for annotation in annotations(copier.pdf, page).take(MOST).flatten() {
        take(copier, &annotation, turn, &mut looks);
        looks.missing += u32::from(redrawn && lacks_its_letters(&annotation));
    }
    looks
}

/// Whether readers are told to draw the fields by what they are filled with, whatever look they bring: programs that fill in a
/// form leave the look of the empty field.
fn redraws_fields(pdf: &Pdf) -> bool {
    let root = pdf.xref().get::<Dict<'_>>(pdf.xref().root_id());
    let form = root.and_then(|root| root.get::<Dict<'_>>(b"AcroForm"));
    form.and_then(|form| form.get::<bool>(b"NeedAppearances")).unwrap_or(false)
}

/// A field with a text whose look shows none.
fn lacks_its_letters(annotation: &Dict<'_>) -> bool {
    let is_field = annotation.get::<Name<'_>>(b"Subtype").is_some_and(|kind| kind.as_ref() == b"Widget");
    let is_seen = annotation.get::<i32>(b"F").unwrap_or(0) & UNSEEN == 0;
    is_field && is_seen && is_filled(annotation) && look_of(annotation).is_some_and(|(_, look)| !draws_letters(&look))
}

/// What can't be read may hold letters, and so may what it shows.
fn draws_letters(look: &Stream<'_>) -> bool {
    let Ok(content) = look.decoded_data() else { return true };
    let mut instructions = UntypedIter::new(&content);
    while let Some(instruction) = instructions.next() {
        let operator: &[u8] = instruction.operator.as_ref();
        if matches!(operator, b"Tj" | b"TJ" | b"'" | b"\"" | b"Do") {
            return true;
        }
    }
    false
}

/// Each annotation of a page; `None` for an entry that leads to none, which says nothing of those behind it.
pub fn annotations<'a>(pdf: &'a Pdf, page: &Dict<'a>) -> impl Iterator<Item = Option<Dict<'a>>> + use<'a> {
    let all = page.get::<Array<'a>>(b"Annots").unwrap_or_default();
    all.raw_iter().map(|entry| match entry {
        MaybeRef::Ref(reference) => pdf.xref().get::<Dict<'a>>(reference.into()),
        MaybeRef::NotRef(Object::Dict(annotation)) => Some(annotation),
        MaybeRef::NotRef(_) => None,
    })
}

/// What is said of a page that was drawn although its annotations [break off](break_off).
pub const BROKEN: &str = "drawn without the annotations behind one that is not there";

/// Whether annotations stand behind an entry that leads to none: a page that is drawn lacks them, for the reader that draws it
/// ends there.
pub fn break_off(pdf: &Pdf, page: u32) -> bool {
    let Some(page) = pdf.pages().get(page as usize) else { return false };
    annotations(pdf, page.raw()).take(MOST).skip_while(Option::is_some).flatten().next().is_some()
}

fn take<'a>(copier: &mut Copier<'a, '_>, annotation: &Dict<'a>, turn: u16, looks: &mut Looks) {
    let kind = annotation.get::<Name<'_>>(b"Subtype");
    let kind = kind.as_ref().map_or(&b""[..], |kind| kind.as_ref());
    let action = annotation.get::<Dict<'a>>(b"A");
    if CARRIERS.contains(&kind) || annotation.contains_key(b"AA") || action.as_ref().is_some_and(is_active) {
        looks.active.get_or_insert_with(|| format!("annotation {}", String::from_utf8_lossy(kind)));
    }
    let flags = annotation.get::<i32>(b"F").unwrap_or(0);
    if flags & UNSEEN != 0 || kind == b"Popup" {
        return;
    }
    let Some(rect) = rect_of(annotation, b"Rect") else { return };
    if let Some(uri) = action.and_then(|action| action.get::<PdfString<'a>>(b"URI")) {
        looks.links.push(OutsideLink { rect, uri: uri.as_bytes().to_vec() });
    }
    let Some((reference, stream)) = look_of(annotation) else {
        let is_seen = MARKS.contains(&kind) || kind == b"Widget" && is_filled(annotation);
        looks.missing += u32::from(is_seen && !annotation.contains_key(b"AP"));
        return;
    };
    let Some(fitted) = fit(stream.dict(), rect) else { return };
    let fitted = if flags & UPRIGHT != 0 { fitted.then(upright(rect, turn)) } else { fitted };
    looks.content += &format!("q {} cm/A{} Do Q\n", fitted.spelt(), looks.forms.len());
    looks.forms.push(copier.number_of_form(reference));
}

/// The normal look; of several states the one that is on.
fn look_of<'a>(annotation: &Dict<'a>) -> Option<(ObjRef, Stream<'a>)> {
    let looks = annotation.get::<Dict<'a>>(b"AP")?;
    if let Some(stream) = looks.get::<Stream<'a>>(b"N") {
        return Some((looks.get_ref(b"N")?, stream));
    }
    let states = looks.get::<Dict<'a>>(b"N")?;
    let state = annotation.get::<Name<'a>>(b"AS")?;
    Some((states.get_ref(&*state)?, states.get::<Stream<'a>>(&*state)?))
}

/// Whether a field, or one that it is part of, has a text for its value.
fn is_filled(field: &Dict<'_>) -> bool {
    let mut field = Some(field.clone());
    for _ in 0..DEEPEST {
        let Some(now) = field else { return false };
        if let Some(value) = now.get::<PdfString<'_>>(b"V") {
            return !value.as_bytes().is_empty();
        }
        field = now.get::<Dict<'_>>(b"Parent");
    }
    false
}

/// The matrix that puts a look into its rectangle (ISO 32000-1, 12.5.5, algorithm 8.1).
fn fit(look: &Dict<'_>, rect: Rect) -> Option<Matrix> {
    let own = numbers(look, b"Matrix").and_then(|six| <[f64; 6]>::try_from(six).ok()).map_or(Matrix::IDENTITY, Matrix);
    let seen = own.bounds(rect_of(look, b"BBox")?);
    if seen.width() <= 0.0 || seen.height() <= 0.0 {
        return None;
    }
    let (across, up) = (rect.width() / seen.width(), rect.height() / seen.height());
    Some(Matrix([across, 0.0, 0.0, up, rect.x0 - seen.x0 * across, rect.y0 - seen.y0 * up]))
}

/// Turns a rectangle about its upper left corner, which stays where it is, against the turn of the page (ISO 32000-1, 12.5.3).
fn upright(rect: Rect, turn: u16) -> Matrix {
    let [cos, sin] = match turn {
        90 => [0.0, 1.0],
        180 => [-1.0, 0.0],
        270 => [0.0, -1.0],
        _ => return Matrix::IDENTITY,
    };
    let (x, y) = (rect.x0, rect.y1);
    Matrix([cos, sin, -sin, cos, x - x * cos + y * sin, y - x * sin - y * cos])
}

fn rect_of(dict: &Dict<'_>, key: &[u8]) -> Option<Rect> {
    let four = <[f64; 4]>::try_from(numbers(dict, key)?).ok()?;
    Some(Rect::around(&[(four[0], four[1]), (four[2], four[3])]))
}

fn numbers(dict: &Dict<'_>, key: &[u8]) -> Option<Vec<f64>> {
    let values: Vec<f64> = dict.get::<Array<'_>>(key)?.iter::<f64>().take(7).collect();
    values.iter().all(|value| value.is_finite()).then_some(values)
}

/// An annotation of ours that leads to an address.
pub fn outside_link(rect: Rect, uri: &[u8]) -> Vec<u8> {
    let corners = [rect.x0, rect.y0, rect.x1, rect.y1].map(number).join(" ");
    let mut out = format!("<</Type/Annot/Subtype/Link/F 4/Border[0 0 0]/Rect[{corners}]/A<</S/URI/URI").into_bytes();
    super::syntax::bytes(&mut out, uri);
    out.extend_from_slice(b">>>>");
    out
}
