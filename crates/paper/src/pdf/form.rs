//! A page of a source PDF becomes a form: its content, its resources and the looks of its annotations, nothing else.

use std::collections::HashSet;

use hayro_syntax::object::{Array, Dict, Name, Object, Stream};
use hayro_syntax::page::{Page, Rotation};

use super::balance;
use super::copy::Copier;
use super::fonts;
use super::geometry::{Matrix, Rect};
use super::looks;
use super::named::Names;
use super::objects::{Id, Objects};
use super::piece::Piece;
use super::refusal::Refusal;
use super::source::{Source, inherited};
use crate::manuscript::RemarkKind;

/// A remark on a page for the receipt: its kind, and the part of the page that it is about, in English.
pub type Said = (RemarkKind, String);

/// Content of one page, decoded.
const MOST_CONTENT: usize = 256 << 20;

/// Takes in one page; the second value is what has to be said of it. `sparing`: of resources that it shares with other pages
/// only what it names.
pub fn take_in(objects: &mut Objects, source: &mut Source, index: usize, sparing: bool) -> Result<(Piece, Vec<Said>), Refusal> {
    let Source { pdf, mapped, numbers, .. } = source;
    let page = pdf.pages().get(index).ok_or_else(|| Refusal::unfit("the file has no such page"))?;
    if source.hidden_layers {
        return Err(Refusal::unfit("layers are hidden"));
    }
    let mut copier = Copier::new(pdf, mapped, numbers, objects, sparing);
    let crop = crop_box(page);
    let turn = match page.rotation() {
        Rotation::None => 0,
        Rotation::Horizontal => 90,
        Rotation::Flipped => 180,
        Rotation::FlippedHorizontal => 270,
    };
    let content = write_content(&mut copier, page, crop)?;
    let group = group(&mut copier, page)?;
    let looks = looks::collect(&mut copier, page.raw(), turn);
    let object = match looks.content.is_empty() {
        true => content,
        false => wrap(&mut copier, content, crop, &looks)?,
    };
    copier.finish()?;
    let unit = page.raw().get::<f64>(b"UserUnit").filter(|unit| (0.01..=100_000.0).contains(unit)).unwrap_or(1.0);
    let (width, height) = (crop.width(), crop.height());
    let upright = Matrix([1.0, 0.0, 0.0, 1.0, -crop.x0, -crop.y0])
        .then(Matrix::turned(turn, width, height))
        .then(Matrix([unit, 0.0, 0.0, unit, 0.0, 0.0]));
    let (width, height) = if turn % 180 == 90 { (height * unit, width * unit) } else { (width * unit, height * unit) };
    let resources = inherited(page, |node| node.get::<Dict<'_>>(b"Resources")).unwrap_or_default();
    let loose = fonts::of(&resources, fonts::DEEPEST, &mut HashSet::new()).into_iter().find(|font| !font.embedded);
    let active = looks.active.map(|detail| (RemarkKind::ActiveContentDropped, detail));
    let missing = (looks.missing > 0).then(|| (RemarkKind::LookMissing, format!("{} annotations", looks.missing)));
    let loose = loose.map(|font| (RemarkKind::FontNotEmbedded, font.name));
    let said = active.into_iter().chain(missing).chain(loose).collect();
    Ok((Piece { object, upright, width, height, measured: true, links: looks.links, group, drawn: None }, said))
}

/// What is shown of a page: the crop box, or the media box where that is empty, or A4.
fn crop_box(page: &Page<'_>) -> Rect {
    let boxes = [page.intersected_crop_box(), page.media_box()];
    let usable = boxes.into_iter().find(|found| found.x1 - found.x0 >= 1.0 && found.y1 - found.y0 >= 1.0);
    usable.map_or(Rect { x0: 0.0, y0: 0.0, x1: 595.0, y1: 842.0 }, |found| Rect { x0: found.x0, y0: found.y0, x1: found.x1, y1: found.y1 })
}

/// Writes the content of the page as a form, which keeps what it does to the graphics state to itself.
fn write_content<'a>(copier: &mut Copier<'a, '_>, page: &Page<'a>, crop: Rect) -> Result<Id, Refusal> {
    let mut entries = format!("/Type/XObject/Subtype/Form/BBox[{}]", crop.spelt()).into_bytes();
    entries.extend_from_slice(b"/Resources");
    let parts = content_parts(page.raw());
    match inherited(page, |node| node.get_raw::<Object<'a>>(b"Resources")) {
        Some(_) if copier.sparing => {
            let mut names = Names::default();
            for part in &parts {
                names.add(&check(part)?);
            }
            let resources = inherited(page, |node| node.get::<Dict<'a>>(b"Resources")).unwrap_or_default();
            copier.named(&mut entries, &resources, names)?;
        }
        Some(resources) => copier.value(&mut entries, resources)?,
        None => entries.extend_from_slice(b"<<>>"),
    }
    let id = copier.objects.reserve();
    if let [only] = parts.as_slice() {
        let mut data = check(only)?;
        if balance::mend(&mut data) {
            copier.objects.deflated(id, &entries, &data)?;
            return Ok(id);
        }
        drop(data);
        for key in [b"Filter".as_slice(), b"DecodeParms"] {
            if let Some(value) = only.dict().get_raw::<Object<'a>>(key) {
                super::syntax::name(&mut entries, key);
                copier.value(&mut entries, value)?;
            }
        }
        copier.write_stream(id, &entries, only)?;
        return Ok(id);
    }
    let mut merged = Vec::new();
    for part in &parts {
        merged.extend_from_slice(&check(part)?);
        merged.push(b'\n');
        if merged.len() > MOST_CONTENT {
            return Err(Refusal::unfit("the content of the page is too long"));
        }
    }
    balance::mend(&mut merged);
    copier.objects.deflated(id, &entries, &merged)?;
    Ok(id)
}

/// `/Group` of a page with its key; empty where it has none.
fn group<'a>(copier: &mut Copier<'a, '_>, page: &Page<'a>) -> Result<String, Refusal> {
    let Some(group) = page.raw().get_raw::<Object<'a>>(b"Group") else { return Ok(String::new()) };
    let mut spelt = b"/Group".to_vec();
    copier.value(&mut spelt, group)?;
    String::from_utf8(spelt).map_err(|_| Refusal::unfit("the group of the page can't be spelt"))
}

fn content_parts<'a>(page: &Dict<'a>) -> Vec<Stream<'a>> {
    if let Some(only) = page.get::<Stream<'a>>(b"Contents") {
        return vec![only];
    }
    page.get::<Array<'a>>(b"Contents").map(|parts| parts.iter::<Stream<'a>>().collect()).unwrap_or_default()
}

/// The decoded content. Other readers are less patient than ours with damaged streams, so a plain Flate stream has to be
/// sound to its end.
fn check<'a>(stream: &Stream<'a>) -> Result<Vec<u8>, Refusal> {
    let damaged = || Refusal::unfit("the content of the page is damaged");
    let plain = stream.dict().get::<Name<'_>>(b"Filter").is_some_and(|filter| filter.as_ref() == b"FlateDecode")
        && !stream.dict().contains_key(b"DecodeParms");
    if plain {
        let data = stream.raw_data();
        let mut decoded = Vec::new();
        let mut decoder = std::io::Read::take(flate2::bufread::ZlibDecoder::new(data.as_ref()), MOST_CONTENT as u64 + 1);
        std::io::Read::read_to_end(&mut decoder, &mut decoded).map_err(|_| damaged())?;
        return if decoded.len() > MOST_CONTENT { Err(Refusal::unfit("the content of the page is too long")) } else { Ok(decoded) };
    }
    Ok(stream.decoded_data().map_err(|_| damaged())?.into_owned())
}

/// A form around the page's own form, with the looks of its annotations on top.
fn wrap(copier: &mut Copier<'_, '_>, content: Id, crop: Rect, looks: &looks::Looks) -> Result<Id, Refusal> {
    let mut objects = format!("/P {content}");
    for (index, id) in looks.forms.iter().enumerate() {
        objects += &format!("/A{index} {id}");
    }
    let id = copier.objects.reserve();
    let entries = format!("/Type/XObject/Subtype/Form/BBox[{}]/Resources<</XObject<<{objects}>>>>", crop.spelt());
    copier.objects.stream(id, entries, format!("/P Do\n{}", looks.content).as_bytes())?;
    Ok(id)
}
