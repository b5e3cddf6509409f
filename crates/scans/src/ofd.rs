//! OFD (GB/T 33190-2016) whose pages are scanned pictures: written as a PDF of the same pages, the pictures as they are.
//!
//! Whatever else can be seen on a page (text, drawing, a template, an annotation) and any signature or seal of the file ends
//! it with [`Trouble::Unsupported`]: nothing may be missing from a page in silence.

use std::collections::HashMap;
use std::io::{self, Cursor, Read, Write};

use flate2::Compression;
use flate2::write::ZlibEncoder;
use quick_xml::Reader;
use quick_xml::events::Event;
use zip::ZipArchive;

use crate::inspected::{Limit, Trouble};
use crate::jpeg::{self, JpegHeader};
use crate::kind::Kind;
use crate::limits;
use crate::pdf::objects::{Objects, Tell};
use crate::picture::{self, Scale, guarded};

/// PDF points a millimetre.
const MM: f64 = 72.0 / 25.4;
/// Parts of a picture's side by which it may differ from the place it is said to fill.
const OFF: f64 = 0.02;

type Package<'b> = ZipArchive<Cursor<&'b [u8]>>;

/// Tells the PDF, where every page is made of pictures alone.
///
/// # Errors
/// The outer one is of whom it is told; within, [`Trouble::Unsupported`] for pages that this can't draw, or what is wrong.
pub(crate) fn paginate(bytes: &[u8], tell: &mut Tell<'_>) -> io::Result<Result<(), Trouble>> {
    let opened = guarded(|| {
        let mut package = ZipArchive::new(Cursor::new(bytes)).map_err(|error| Trouble::damaged(error.to_string()))?;
        let sheets = sheets(&mut package)?;
        Ok((package, sheets))
    });
    let (mut package, sheets) = match opened {
        Ok(opened) => opened,
        Err(trouble) => return Ok(Err(trouble)),
    };
    let mut objects = Objects::begin(tell)?;
    let (root, tree) = (objects.reserve(), objects.reserve());
    let mut kids = String::new();
    for sheet in &sheets {
        let (page, content) = (objects.reserve(), objects.reserve());
        let (mut shows, mut named) = (String::new(), String::new());
        for (at, shown) in sheet.pictures.iter().enumerate() {
            let image = match guarded(|| image(&mut package, &shown.path)) {
                Ok(image) => image,
                Err(trouble) => return Ok(Err(trouble)),
            };
            let number = objects.reserve();
            objects.stream(number, image.entries.as_bytes(), &image.data)?;
            let [x, y, width, height] = shown.place;
            let up = sheet.height - y - height;
            shows.push_str(&format!("q {:.3} 0 0 {:.3} {:.3} {:.3} cm /I{at} Do Q\n", width * MM, height * MM, x * MM, up * MM));
            named.push_str(&format!("/I{at} {number} 0 R"));
        }
        objects.stream(content, b"", shows.as_bytes())?;
        let (width, height) = (sheet.width * MM, sheet.height * MM);
        let entries = format!(
            "<</Type/Page/Parent {tree} 0 R/MediaBox[0 0 {width:.3} {height:.3}]/Resources<</XObject<<{named}>>>>/Contents {content} 0 R>>"
        );
        objects.object(page, entries.as_bytes())?;
        kids.push_str(&format!("{page} 0 R "));
    }
    objects.object(tree, format!("<</Type/Pages/Count {}/Kids[{kids}]>>", sheets.len()).as_bytes())?;
    objects.object(root, format!("<</Type/Catalog/Pages {tree} 0 R>>").as_bytes())?;
    objects.finish(root)?;
    Ok(Ok(()))
}

/// A page, in mm.
struct Sheet {
    width: f64,
    height: f64,
    pictures: Vec<Shown>,
}

/// A picture on a page: left, top, width and height in mm.
struct Shown {
    path: String,
    place: [f64; 4],
}

fn sheets(package: &mut Package<'_>) -> Result<Vec<Sheet>, Trouble> {
    let top = elements(&part(package, "OFD.xml")?)?;
    if top.iter().any(|element| element.name == "Signatures") {
        return Err(Trouble::Unsupported);
    }
    let mut roots = top.iter().filter(|element| element.name == "DocRoot");
    let (Some(root), None) = (roots.next(), roots.next()) else { return Err(Trouble::Unsupported) };
    let root = resolved("", &root.text);
    let document = elements(&part(package, &root)?)?;
    if document.iter().any(|element| matches!(element.name.as_str(), "Annotations" | "Attachments")) {
        return Err(Trouble::Unsupported);
    }
    let usual = document.iter().find(|element| element.name == "PhysicalBox").and_then(|element| numbers::<4>(&element.text));
    let mut media = HashMap::new();
    for resources in document.iter().filter(|element| matches!(element.name.as_str(), "DocumentRes" | "PublicRes")) {
        read_media(package, &resolved(&root, &resources.text), &mut media)?;
    }
    let pages: Vec<String> = document
        .iter()
        .filter(|element| element.name == "Page")
        .filter_map(|element| Some(resolved(&root, element.attribute("BaseLoc")?)))
        .collect();
    limits::pages(pages.len() as u64)?;
    let sheets = pages.iter().map(|path| sheet(package, path, usual, &media)).collect::<Result<Vec<_>, _>>()?;
    // A file of blank pages alone is one that was not understood.
    if sheets.iter().all(|sheet| sheet.pictures.is_empty()) { Err(Trouble::Unsupported) } else { Ok(sheets) }
}

fn sheet(package: &mut Package<'_>, path: &str, usual: Option<[f64; 4]>, media: &HashMap<String, String>) -> Result<Sheet, Trouble> {
    let content = elements(&part(package, path)?)?;
    let own = content.iter().find(|element| element.name == "PhysicalBox").and_then(|element| numbers::<4>(&element.text));
    let [_, _, width, height] = own.or(usual).ok_or_else(|| Trouble::damaged("a page without a size"))?;
    if !(1.0..=5_000.0).contains(&width) || !(1.0..=5_000.0).contains(&height) {
        return Err(Trouble::damaged("a page of no size that paper has"));
    }
    let mut own_media = HashMap::new();
    for resources in content.iter().filter(|element| element.name == "PageRes") {
        read_media(package, &resolved(path, &resources.text), &mut own_media)?;
    }
    let mut pictures = Vec::new();
    for element in &content {
        match element.name.as_str() {
            "TextObject" | "PathObject" | "CompositeObject" if element.is_unseen() => {}
            "ImageObject" if element.is_unseen() => {}
            "TextObject" | "PathObject" | "CompositeObject" | "Template" | "Clips" => return Err(Trouble::Unsupported),
            "ImageObject" => pictures.push(picture_of(element, |id| own_media.get(id).or_else(|| media.get(id)).cloned())?),
            _ => {}
        }
    }
    Ok(Sheet { width, height, pictures })
}

/// A picture that stands upright in its place and is wholly seen.
fn picture_of(element: &Element, path: impl Fn(&str) -> Option<String>) -> Result<Shown, Trouble> {
    let place = element.attribute("Boundary").and_then(numbers::<4>).ok_or(Trouble::Unsupported)?;
    let matrix = element.attribute("CTM").and_then(numbers::<6>).ok_or(Trouble::Unsupported)?;
    let [_, _, width, height] = place;
    let near = |value: f64, wanted: f64, side: f64| (value - wanted).abs() <= side.abs() * OFF;
    let [a, b, c, d, e, f] = matrix;
    let fills = near(a, width, width) && near(d, height, height) && near(b, 0.0, width) && near(c, 0.0, height);
    let solid = element.attribute("Alpha").is_none_or(|alpha| alpha == "255") && element.attribute("ImageMask").is_none();
    if !fills || !near(e, 0.0, width) || !near(f, 0.0, height) || !solid {
        return Err(Trouble::Unsupported);
    }
    let path = element.attribute("ResourceID").and_then(path).ok_or_else(|| Trouble::damaged("a picture that is not there"))?;
    Ok(Shown { path, place })
}

/// Paths of the pictures that a list of resources names, by their ids.
fn read_media(package: &mut Package<'_>, path: &str, media: &mut HashMap<String, String>) -> Result<(), Trouble> {
    let resources = elements(&part(package, path)?)?;
    let base = resources.first().and_then(|element| element.attribute("BaseLoc")).unwrap_or_default().to_owned();
    let folder = resolved(path, &format!("{}/x", base.trim_end_matches('/')));
    let mut id = None;
    for element in resources {
        match element.name.as_str() {
            "MultiMedia" => id = element.attribute("ID").map(str::to_owned),
            "MediaFile" => {
                if let Some(id) = id.take() {
                    let from = if base.is_empty() { path } else { folder.as_str() };
                    media.insert(id, resolved(from, &element.text));
                }
            }
            _ => {}
        }
    }
    Ok(())
}

struct Image {
    entries: String,
    data: Vec<u8>,
}

/// A JPEG as it is; any other picture without loss.
fn image(package: &mut Package<'_>, path: &str) -> Result<Image, Trouble> {
    let bytes = raw(package, path, limits::HELD_IN_MEMORY)?;
    let kind = Kind::sniff(&bytes);
    if let (Kind::Jpeg, Ok(JpegHeader { width, height, components: components @ (1 | 3), bits: 8, frame: 0xC0..=0xC2, .. })) =
        (kind, jpeg::header(&bytes))
    {
        let space = if components == 1 { "DeviceGray" } else { "DeviceRGB" };
        let entries =
            format!("/Type/XObject/Subtype/Image/Width {width}/Height {height}/BitsPerComponent 8/ColorSpace/{space}/Filter/DCTDecode");
        return Ok(Image { entries, data: bytes });
    }
    if !matches!(kind, Kind::Jpeg | Kind::Png | Kind::Tiff | Kind::Bmp | Kind::Gif) {
        return Err(Trouble::Unsupported);
    }
    let raster = picture::draw(&bytes, kind, 0, Scale::Full)?;
    let space = if raster.channels() == 1 { "DeviceGray" } else { "DeviceRGB" };
    let entries = format!(
        "/Type/XObject/Subtype/Image/Width {}/Height {}/BitsPerComponent 8/ColorSpace/{space}/Filter/FlateDecode",
        raster.width, raster.height
    );
    let mut packed = ZlibEncoder::new(Vec::new(), Compression::fast());
    let packed = packed.write_all(raster.samples()).and_then(|()| packed.finish());
    Ok(Image { entries, data: packed.map_err(|error| Trouble::unreadable(error.to_string()))? })
}

fn part(package: &mut Package<'_>, path: &str) -> Result<String, Trouble> {
    let bytes = raw(package, path, limits::XML_BYTES)?;
    let text = String::from_utf8_lossy(&bytes).into_owned();
    Ok(text.strip_prefix('\u{feff}').map(str::to_owned).unwrap_or(text))
}

fn raw(package: &mut Package<'_>, path: &str, most: u64) -> Result<Vec<u8>, Trouble> {
    let damaged = |detail: String| Trouble::damaged(format!("{path}: {detail}"));
    let entry = package.by_name(path).map_err(|error| damaged(error.to_string()))?;
    let mut bytes = Vec::new();
    entry.take(most + 1).read_to_end(&mut bytes).map_err(|error| damaged(error.to_string()))?;
    let found = bytes.len() as u64;
    if found > most { Err(Trouble::OverLimit { limit: Limit::Bytes, found, most }) } else { Ok(bytes) }
}

/// A place in the package as a file within it names it (GB/T 33190-2016, ST_Loc): from the root, or from that file's folder.
fn resolved(from: &str, place: &str) -> String {
    let place = place.trim().replace('\\', "/");
    let folder = from.rsplit_once('/').map_or("", |(folder, _)| folder);
    let mut parts: Vec<&str> = if place.starts_with('/') { Vec::new() } else { folder.split('/').collect() };
    for part in place.split('/') {
        match part {
            ".." => drop(parts.pop()),
            part => parts.push(part),
        }
    }
    parts.retain(|part| !part.is_empty() && *part != ".");
    parts.join("/")
}

/// An element of an XML part, in the order in which they open.
struct Element {
    name: String,
    attributes: Vec<(String, String)>,
    text: String,
}

impl Element {
    fn attribute(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }

    fn is_unseen(&self) -> bool {
        self.attribute("Visible") == Some("false") || self.attribute("Alpha") == Some("0")
    }
}

fn elements(xml: &str) -> Result<Vec<Element>, Trouble> {
    let mut reader = Reader::from_str(xml);
    let mut found: Vec<Element> = Vec::new();
    let mut open = Vec::new();
    loop {
        let event = reader.read_event().map_err(|error| Trouble::damaged(error.to_string()))?;
        match &event {
            Event::Start(start) | Event::Empty(start) => {
                let attributes = start.attributes().flatten().filter_map(|attribute| {
                    let value = quick_xml::escape::unescape(&attribute.value).ok()?.into_owned();
                    Some((attribute.key.local_name().as_ref().to_owned(), value))
                });
                let name = start.local_name().as_ref().to_owned();
                found.push(Element { name, attributes: attributes.collect(), text: String::new() });
                if matches!(event, Event::Start(_)) {
                    open.push(found.len() - 1);
                }
                let depth = open.len() as u64;
                if depth > limits::XML_NESTING {
                    return Err(Trouble::OverLimit { limit: Limit::Elements, found: depth, most: limits::XML_NESTING });
                }
            }
            Event::Text(text) => {
                if let Some(at) = open.last() {
                    found[*at].text.push_str(text.as_ref());
                }
            }
            Event::End(_) => drop(open.pop()),
            Event::DocType(_) => return Err(Trouble::damaged("a document type, which such a part never has")),
            Event::Eof => return Ok(found),
            _ => {}
        }
    }
}

/// Numbers parted by spaces.
fn numbers<const N: usize>(text: &str) -> Option<[f64; N]> {
    let read: Vec<f64> = text.split_whitespace().map(str::parse).collect::<Result<_, _>>().ok()?;
    read.try_into().ok()
}

#[cfg(test)]
mod tests {
    use super::resolved;

    #[test]
    fn places_are_read_from_the_root_or_from_their_file() {
        assert_eq!(resolved("", "Doc_0/Document.xml"), "Doc_0/Document.xml");
        assert_eq!(resolved("Doc_0/Document.xml", "Pages/Page_0/Content.xml"), "Doc_0/Pages/Page_0/Content.xml");
        assert_eq!(resolved("Doc_0/Document.xml", "/Doc_0/PublicRes.xml"), "Doc_0/PublicRes.xml");
        assert_eq!(resolved("Doc_0/Pages/Page_0/Content.xml", "../../Res/./a.jpg"), "Doc_0/Res/a.jpg");
    }
}
